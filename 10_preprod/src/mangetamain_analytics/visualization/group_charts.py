"""Charts of quantities by group, shared by the pages on seasons and on the weekend."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace

import numpy as np
import polars as pl
from babel.lists import format_list

from mangetamain_analytics.utils.group_insights import EPSILON_DIGITS, epsilon_squared
from mangetamain_analytics.utils.group_tests import (
    SMALLEST_GROUP,
    SeveralGroups,
    Summary,
    TwoGroups,
)
from mangetamain_analytics.utils.i18n import (
    Interval,
    Number,
    Paragraph,
    Percent,
    PValue,
    Translator,
)
from mangetamain_analytics.utils.insights import (
    CALORIES,
    CARBOHYDRATES,
    COMPLEXITY,
    FAT,
    INGREDIENTS,
    MEAN_MINUTES,
    PROTEIN,
    SATURATED_FAT,
    SODIUM,
    STEPS,
    SUGAR,
    Insight,
    Metric,
)
from mangetamain_analytics.visualization.custom_charts import (
    Bars,
    Boxes,
    group_boxes_figure,
    group_means_figure,
)
from mangetamain_analytics.visualization.group_tables import VALUES
from mangetamain_analytics.visualization.markup import Column
from mangetamain_analytics.visualization.page import Analysis, Chart, Deferred, Visit

SUMMARY_COLUMNS = ("mean_low", "mean_high", "sd", "q05", "q25", "median", "q75", "q95")


@dataclass(frozen=True)
class Measured:
    """A column of the recipes, what it measures and the title of its axis."""

    column: str
    metric: Metric
    axis_key: str


MINUTES = Measured("minutes", MEAN_MINUTES, axis_key="axis-minutes")
SCORE = Measured("complexity_score", COMPLEXITY, axis_key="axis-points")
STEPS_PER_RECIPE = Measured("n_steps", STEPS, axis_key="axis-steps")
INGREDIENTS_PER_RECIPE = Measured("n_ingredients", INGREDIENTS, axis_key="axis-ingredients")
COMPLEXITY_MEASURES = (SCORE, STEPS_PER_RECIPE, INGREDIENTS_PER_RECIPE)
NUTRITION = (
    Measured("calories", CALORIES, axis_key="axis-kcal"),
    Measured("carb_pct", CARBOHYDRATES, axis_key="axis-carbohydrates"),
    Measured("total_fat_pct", FAT, axis_key="axis-fat"),
    Measured("protein_pct", PROTEIN, axis_key="axis-protein"),
    Measured("sugar_pct", SUGAR, axis_key="axis-sugar"),
    Measured("sodium_pct", SODIUM, axis_key="axis-sodium"),
    Measured("sat_fat_pct", SATURATED_FAT, axis_key="axis-saturated-fat"),
)

# Short enough for the rows of a chart on a phone; titles of axes and columns carry the units.
NUTRIENT_KEYS = {
    "calories": "nutrient-energy",
    "carb_pct": "nutrient-carbohydrates",
    "total_fat_pct": "nutrient-fat",
    "protein_pct": "nutrient-protein",
    "sugar_pct": "nutrient-sugar",
    "sodium_pct": "nutrient-sodium",
    "sat_fat_pct": "nutrient-saturated-fat",
}


@dataclass(frozen=True)
class GroupAxis:
    """The groups of a chart.

    Attributes:
        column: Column of a table that names them.
        title: How the visitor reads the column.
        names: As the data name them.
        labels: As the visitor reads them.
        ticks: The same, short enough for an axis on a phone.
        colors: Of their bars.
    """

    column: str
    title: str
    names: Sequence[str]
    labels: Sequence[str]
    ticks: Sequence[str]
    colors: Sequence[str]

    def only(self, chosen: Sequence[int]) -> "GroupAxis":
        """Return some of the groups, in their order."""
        names, labels, ticks, colors = (
            [values[i] for i in chosen]
            for values in (self.names, self.labels, self.ticks, self.colors)
        )
        return GroupAxis(self.column, self.title, names, labels, ticks, colors)

    def table_column(self) -> Column:
        """Return how the names of the data are shown in a table."""
        label_of = dict(zip(self.names, self.labels, strict=True))
        return Column(self.title, lambda name: label_of[name], is_number=False)


@dataclass(frozen=True)
class ComparedMetric:
    """A quantity by group: what is drawn of it, what the tests say and how they were done."""

    measured: Measured
    axis: GroupAxis
    summary: Summary
    insight: Insight
    method: Callable[[], list[str]]


def boxes_chart(visit: Visit, chart_id: str, compared: ComparedMetric, definition: str) -> Chart:
    """Return the chart of the quartiles of a quantity by group, with the finding."""
    t, summary = visit.t, compared.summary
    boxes = Boxes(
        *(values.tolist() for values in (summary.q05, summary.q25, summary.median)),
        *(values.tolist() for values in (summary.q75, summary.q95, summary.mean)),
    )
    style = visit.style(t(compared.measured.axis_key), compared.measured.metric.digits)
    figure = group_boxes_figure(compared.axis.ticks, boxes, compared.axis.colors, style)
    words = [
        t("alt-box", group=label, q25=Number(q25, 1), median=Number(median, 1), q75=Number(q75, 1))
        for label, q25, median, q75 in zip(
            compared.axis.labels, summary.q25, summary.median, summary.q75, strict=True
        )
    ]
    return Chart(
        id=chart_id,
        title=compared.insight.title.text(t),
        text=[compared.insight.sentence.text(t)],
        figure=figure,
        alt=" ".join(words),
        table=summary_table(compared),
        columns=summary_columns(t, compared),
        method=Deferred(lambda: [definition, t("method-boxes"), *compared.method()]),
        queries=[VALUES],
        verdict=compared.insight.verdict,
        evidence=compared.insight.evidence,
    )


def duration_analysis(
    visit: Visit, page: str, name: str, compared: Sequence[ComparedMetric]
) -> Analysis:
    """Return the quartiles of the preparation time with the finding, and its means.

    ``compared`` is what became of `MINUTES`; nothing where a group holds too few recipes.
    """
    definition = visit.t("group-duration-definition")
    charts = []
    for one in compared:
        means = means_chart(visit, f"{page}-duration-mean", one, definition)
        charts += [
            boxes_chart(visit, f"{page}-duration", one, definition),
            replace(means, title=_means_title(visit.t, one.insight), text=[], verdict=None),
        ]
    return Analysis(
        id=f"{page}-duration",
        name=name,
        charts=charts,
        note="" if compared else too_few(visit.t),
    )


def _means_title(t: Translator, insight: Insight) -> str:
    """Return the means in words: the first sentence of the finding."""
    assert isinstance(insight.sentence, Paragraph)
    return insight.sentence.sentences[0].text(t).removesuffix(".")


def complexity_analysis(
    visit: Visit, page: str, name: str, compared: Sequence[ComparedMetric]
) -> Analysis:
    """Return the means of the score, of the steps and of the ingredients, with the findings.

    ``compared`` is what became of `COMPLEXITY_MEASURES`; nothing where a group holds too few.
    """
    t = visit.t
    charts = (
        (f"{page}-complexity", t("group-complexity-definition")),
        (f"{page}-steps", t("group-steps-definition")),
        (f"{page}-ingredients-count", t("group-ingredients-count-definition")),
    )
    return Analysis(
        id=f"{page}-complexity",
        name=name,
        charts=[
            means_chart(visit, chart_id, one, definition)
            for one, (chart_id, definition) in zip(compared, charts, strict=bool(compared))
        ],
        note="" if compared else too_few(t),
    )


def means_chart(
    visit: Visit,
    chart_id: str,
    compared: ComparedMetric,
    definition: str,
) -> Chart:
    """Return the chart of the means of a quantity by group, with the finding."""
    t, summary, metric = visit.t, compared.summary, compared.measured.metric
    means = Bars(
        t(compared.measured.axis_key),
        summary.mean.tolist(),
        compared.axis.colors,
        summary.mean_low.tolist(),
        summary.mean_high.tolist(),
    )
    style = visit.style(means.name, metric.digits + 1)
    return Chart(
        id=chart_id,
        title=compared.insight.title.text(t),
        text=[compared.insight.sentence.text(t)],
        figure=group_means_figure(compared.axis.ticks, means, style),
        alt=alt_by_group(t, means.name, compared.axis.labels, means.values, metric.digits + 1),
        table=summary_table(compared),
        columns=summary_columns(t, compared),
        method=Deferred(lambda: [definition, t("method-means"), *compared.method()]),
        queries=[VALUES],
        verdict=compared.insight.verdict,
        evidence=compared.insight.evidence,
    )


def summary_table(compared: ComparedMetric) -> pl.DataFrame:
    """Return a row per group with all that describes it."""
    described = asdict(compared.summary)
    return pl.DataFrame(
        {
            compared.axis.column: list(compared.axis.names),
            "n_recipes": compared.summary.n.astype(np.int64),
            f"mean_{compared.measured.column}": described["mean"],
        }
        | {name: described[name] for name in SUMMARY_COLUMNS}
    )


def summary_columns(t: Translator, compared: ComparedMetric) -> dict[str, Column]:
    """Return how the columns of `summary_table` are shown."""
    digits = compared.measured.metric.digits + 1

    def written(value: float) -> str:
        return t.number(value, digits)

    titles = {
        f"mean_{compared.measured.column}": t("column-mean"),
        "mean_low": t("column-interval-low"),
        "mean_high": t("column-interval-high"),
        "sd": t("column-standard-deviation"),
        "q05": t("column-q05"),
        "q25": t("column-q25"),
        "median": t("column-median"),
        "q75": t("column-q75"),
        "q95": t("column-q95"),
    }
    return {
        compared.axis.column: compared.axis.table_column(),
        "n_recipes": Column(t("column-recipes"), t.number),
    } | {name: Column(title, written) for name, title in titles.items()}


def several_groups_method(
    t: Translator, compared: SeveralGroups, p_adjusted: float, n_tests: int
) -> list[str]:
    """Say how several groups were compared, with every number that the verdict rests on."""
    kruskal = compared.kruskal
    return [
        t(
            "method-kruskal",
            n_groups=kruskal.n_groups,
            n=kruskal.n,
            h=Number(kruskal.h, 2),
            p=PValue(kruskal.p_value),
            effect=epsilon_squared(kruskal.epsilon_squared.estimate),
            interval=Interval(
                kruskal.epsilon_squared.low, kruskal.epsilon_squared.high, EPSILON_DIGITS
            ),
        ),
        t(
            "method-extremes",
            p=PValue(compared.p_extremes),
            gap=Percent(compared.relative_gap, 1),
        ),
        t("method-groups-holm", n_tests=n_tests, p=PValue(p_adjusted)),
        t("method-groups-caveat"),
    ]


def seven_days_method(t: Translator, compared: SeveralGroups) -> list[str]:
    """Say whether the seven days differ among themselves, whatever weekday and weekend do."""
    kruskal = compared.kruskal
    return [
        t(
            "method-seven-days",
            h=Number(kruskal.h, 2),
            p=PValue(kruskal.p_value),
            effect=epsilon_squared(kruskal.epsilon_squared.estimate),
            interval=Interval(
                kruskal.epsilon_squared.low, kruskal.epsilon_squared.high, EPSILON_DIGITS
            ),
        )
    ]


def two_groups_method(
    t: Translator, metric: Metric, compared: TwoGroups, p_adjusted: float, n_tests: int
) -> list[str]:
    """Say how weekdays and weekend were compared: both tests, and which one decides."""
    welch, ranks = compared.welch, compared.mann_whitney
    choice = t("choice-welch") if compared.means_decide else t("choice-mann-whitney")
    return [
        t("method-choice", skewness=Number(compared.skewness, 1, is_signed=True), choice=choice),
        t(
            "method-welch",
            difference=metric.slope(welch.difference.estimate),
            difference_interval=Interval(
                welch.difference.low, welch.difference.high, metric.digits + 1
            ),
            statistic=Number(welch.t, 2, is_signed=True),
            p=PValue(welch.p_value),
            effect=Number(welch.cohens_d.estimate, 3, is_signed=True),
            interval=Interval(welch.cohens_d.low, welch.cohens_d.high, 3),
        ),
        t(
            "method-mann-whitney",
            u=Number(ranks.u, 0),
            p=PValue(ranks.p_value),
            effect=Number(ranks.cliffs_delta.estimate, 3, is_signed=True),
            interval=Interval(ranks.cliffs_delta.low, ranks.cliffs_delta.high, 3),
        ),
        t("method-two-holm", n_tests=n_tests, p=PValue(p_adjusted)),
        t("method-groups-caveat"),
    ]


def alt_by_group(
    t: Translator, name: str, labels: Sequence[str], values: Sequence[float], digits: int
) -> str:
    """Say in words what a chart by group shows: every value."""
    written = [f"{label} {t.number(x, digits)}" for label, x in zip(labels, values, strict=True)]
    return t("alt-by-group", name=name, values=listed(t, written))


def too_few(t: Translator) -> str:
    """Say that a group of the chosen years holds too few recipes to be compared."""
    return t("groups-too-few", needed=SMALLEST_GROUP)


def listed(t: Translator, items: Sequence[str]) -> str:
    """Write a list as a sentence does: “a, b and c”."""
    return str(format_list(items, locale=t.language))
