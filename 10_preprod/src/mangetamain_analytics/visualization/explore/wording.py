"""What several charts of an item say alike: its definition, the correction, their columns."""

from mangetamain_analytics.utils.i18n import Number, PValue, Translator
from mangetamain_analytics.utils.insights import SIGNIFICANCE, Item
from mangetamain_analytics.visualization.explore.evidence import Answer, Answers
from mangetamain_analytics.visualization.explore.subject import Subject
from mangetamain_analytics.visualization.markup import Column

DEFINITION_KEYS = {
    Item.INGREDIENT: "explore-ingredient-definition",
    Item.TAG: "explore-tag-definition",
}


def definition(t: Translator, subject: Subject) -> str:
    """Say what counts as a recipe with the item."""
    return t(DEFINITION_KEYS[subject.kind], years=str(subject.years))


def multiplicity(t: Translator, answers: Answers, answer: Answer) -> str:
    """Say how the p-value was corrected."""
    return t(
        "explore-holm-method",
        n_tests=answers.n_tests,
        p=PValue(answer.p_adjusted),
        level=Number(SIGNIFICANCE, 2),
    )


def with_item_column(t: Translator) -> Column:
    """Return how the number of recipes with the item is shown."""
    return Column(t("explore-column-with-item"), t.number)


def share_column(t: Translator, title: str, digits: int) -> Column:
    """Return how shares are shown."""
    return Column(title, lambda share: t.percent(share, digits))
