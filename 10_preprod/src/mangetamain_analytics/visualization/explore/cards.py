"""The answers in one screen: how common the item is, when it is cooked, whether people like it."""

from mangetamain_analytics.utils.groupings import SEASONS
from mangetamain_analytics.utils.i18n import Message, Number, Percent
from mangetamain_analytics.utils.insights import Insight, Verdict
from mangetamain_analytics.utils.item_insights import share_digits
from mangetamain_analytics.utils.rating_insights import stars
from mangetamain_analytics.visualization.explore.evidence import Answers, Evidence, GroupShares
from mangetamain_analytics.visualization.explore.subject import RecipesByDay, Subject
from mangetamain_analytics.visualization.markup import VERDICT_KEYS, Card
from mangetamain_analytics.visualization.page import Visit


def how_common(visit: Visit, subject: Subject, recipes: RecipesByDay) -> list[Card]:
    """Return the period, and how many of its recipes carry the item."""
    t = visit.t
    n_years = int((recipes.calendar.n_recipes.sum(axis=(1, 2)) > 0).sum())
    return [
        Card(t("card-period"), str(subject.years), t("card-period-note", n=n_years)),
        Card(
            t("explore-card-common"),
            t.percent(recipes.share, share_digits(recipes.share)),
            t("explore-card-common-note", n=recipes.total, total=recipes.n_recipes),
        ),
    ]


def answer_cards(
    visit: Visit, subject: Subject, evidence: Evidence, answers: Answers
) -> list[Card]:
    """Return a card per question, those that the lead of the page asks first."""
    return [
        _season(visit, evidence.seasons, answers.seasons.insight),
        _trend(visit, evidence, answers.trend.insight),
        _ratings(visit, evidence, answers.ratings.insight),
        *how_common(visit, subject, evidence.recipes),
        _weekend(visit, evidence.day_types, answers.weekend.insight),
    ]


def _season(visit: Visit, seasons: GroupShares, insight: Insight) -> Card:
    t = visit.t
    if seasons.tested is None:
        return Card(
            t("explore-card-season"),
            _word(visit, insight, nothing_key="explore-no-season"),
            insight.title.text(t),
        )
    shares = seasons.tested.shares[0]
    groups = SEASONS.only(seasons.shown).groups
    high, low = groups[int(shares.argmax())], groups[int(shares.argmin())]
    digits = share_digits(float(shares.max()))
    note = t(
        "explore-card-season-note",
        high=Percent(float(shares.max()), digits),
        high_when=high.when,
        low=Percent(float(shares.min()), digits),
        low_when=low.when,
    )
    is_claim = insight.verdict is Verdict.DIFFERENCE
    value = (
        high.label.text(t) if is_claim else _word(visit, insight, nothing_key="explore-no-season")
    )
    return Card(t("explore-card-season"), value, note)


def _trend(visit: Visit, evidence: Evidence, insight: Insight) -> Card:
    t, trend = visit.t, evidence.yearly.trend
    if trend is None:
        return Card(
            t("explore-card-trend"),
            _word(visit, insight, nothing_key="explore-no-trend"),
            insight.title.text(t),
        )
    digits = share_digits(evidence.recipes.share) + 1
    slope = Message("unit-points", {"number": Number(trend.slope, digits, is_signed=True)})
    return Card(
        t("explore-card-trend"),
        _word(visit, insight, nothing_key="explore-no-trend"),
        t("explore-card-trend-note", slope=slope),
    )


def _weekend(visit: Visit, day_types: GroupShares, insight: Insight) -> Card:
    t = visit.t
    if day_types.tested is None:
        return Card(
            t("explore-card-weekend"),
            _word(visit, insight, nothing_key="explore-no-difference"),
            insight.title.text(t),
        )
    weekday, weekend = (float(share) for share in day_types.tested.shares[0])
    digits = share_digits(max(weekday, weekend))
    note = t(
        "explore-card-weekend-note",
        weekend=Percent(weekend, digits),
        weekday=Percent(weekday, digits),
    )
    if insight.verdict is not Verdict.DIFFERENCE:
        return Card(
            t("explore-card-weekend"),
            _word(visit, insight, nothing_key="explore-no-difference"),
            note,
        )
    value = t("group-weekend") if weekend > weekday else t("group-weekdays")
    return Card(t("explore-card-weekend"), value, note)


def _ratings(visit: Visit, evidence: Evidence, insight: Insight) -> Card:
    t, rated = visit.t, evidence.rated
    if rated is None:
        return Card(
            t("explore-card-ratings"),
            _word(visit, insight, nothing_key="explore-no-difference"),
            insight.title.text(t),
        )
    value = float(rated.difference.value)
    note = t(
        "explore-card-ratings-note",
        mean=stars(float(rated.means.mean[0])),
        difference=Number(value, 2, is_signed=True),
    )
    if insight.verdict is not Verdict.DIFFERENCE:
        return Card(
            t("explore-card-ratings"),
            _word(visit, insight, nothing_key="explore-no-difference"),
            note,
        )
    word = t("explore-rated-better") if value > 0 else t("explore-rated-worse")
    return Card(t("explore-card-ratings"), word, note)


def _word(visit: Visit, insight: Insight, nothing_key: str) -> str:
    """Return the verdict as a card shows it; an answer of its own where nothing is established."""
    word_keys = VERDICT_KEYS | {Verdict.NO_EVIDENCE: nothing_key}
    word = visit.t(word_keys[insight.verdict])
    return word[:1].upper() + word[1:]
