"""S4: what the recipes of each season bring: calories, and shares of the daily value."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from mangetamain_analytics.utils.group_insights import (
    epsilon_cell,
    epsilon_squared,
    metrics_insight,
)
from mangetamain_analytics.utils.i18n import Number, PValue
from mangetamain_analytics.utils.statistics import Matrix
from mangetamain_analytics.visualization.analyse_seasonality.seasons import (
    SeasonalMetric,
    compare_seasons,
)
from mangetamain_analytics.visualization.custom_charts import heat_map_figure
from mangetamain_analytics.visualization.group_charts import (
    NUTRIENT_KEYS,
    NUTRITION,
    GroupAxis,
    listed,
    too_few,
)
from mangetamain_analytics.visualization.group_tables import VALUES
from mangetamain_analytics.visualization.markup import Column
from mangetamain_analytics.visualization.page import Analysis, Chart, Visit, Years

Z_LIMIT = 2.0  # among four seasons no z-score exceeds √3


def analyse(visit: Visit, years: Years) -> Analysis:
    """Return the heat map of the seven nutritional values by season."""
    t = visit.t
    seasonal = compare_seasons(visit, years, NUTRITION)
    return Analysis(
        id="seasonality-nutrition",
        name=t("seasonality-nutrition-name"),
        charts=[_chart(visit, seasonal)] if seasonal else [],
        note="" if seasonal else too_few(t),
    )


def z_scores(means: Matrix) -> Matrix:
    """Return each row's distances from its mean, in its standard deviations (divided by n)."""
    spread = means.std(axis=1, keepdims=True)
    centred = means - means.mean(axis=1, keepdims=True)
    return np.asarray(np.divide(centred, spread, out=np.zeros_like(means), where=spread > 0))


def _chart(visit: Visit, seasonal: Sequence[SeasonalMetric]) -> Chart:
    t, axis = visit.t, seasonal[0].compared.axis
    means = np.array([one.compared.summary.mean for one in seasonal])
    scores = z_scores(means)
    names = [t(NUTRIENT_KEYS[one.compared.measured.column]) for one in seasonal]
    gaps = [abs(one.groups.relative_gap) for one in seasonal]
    strongest = min(
        range(len(seasonal)),
        key=lambda i: (seasonal[i].compared.insight.verdict.name != "DIFFERENCE", -gaps[i]),
    )
    insight = metrics_insight(
        [one.compared.insight for one in seasonal], strongest, between_key="between-seasons"
    )
    texts = [[t.signed(float(score), 2) for score in row] for row in scores]
    words = [
        t("alt-heat-map-row", name=name, values=listed(t, _cells(axis, row)))
        for name, row in zip(names, texts, strict=True)
    ]
    return Chart(
        id="seasonality-nutrition",
        title=insight.title.text(t),
        text=[insight.sentence.text(t)],
        figure=heat_map_figure(
            names, axis.labels, scores.tolist(), texts, Z_LIMIT, visit.style(t("axis-z"), digits=2)
        ),
        alt=" ".join(words),
        table=_table(seasonal, axis, means, scores),
        columns=_columns(visit, seasonal, axis),
        method=[
            t("group-nutrition-definition"),
            t("method-z"),
            *(_test_line(visit, one) for one in seasonal),
            t("method-groups-holm-of", n_tests=len(seasonal)),
            t("method-groups-caveat"),
        ],
        queries=[VALUES],
        verdict=insight.verdict,
        evidence=insight.evidence,
    )


def _cells(axis: GroupAxis, texts: Sequence[str]) -> list[str]:
    return [f"{label} {text}" for label, text in zip(axis.labels, texts, strict=True)]


def _test_line(visit: Visit, one: SeasonalMetric) -> str:
    kruskal = one.groups.kruskal
    return visit.t(
        "method-kruskal-line",
        name=visit.t(one.compared.measured.axis_key),
        h=Number(kruskal.h, 2),
        effect=epsilon_squared(kruskal.epsilon_squared.estimate),
        p=PValue(one.p_adjusted),
    )


def _table(
    seasonal: Sequence[SeasonalMetric], axis: GroupAxis, means: Matrix, scores: Matrix
) -> pl.DataFrame:
    columns: dict[str, object] = {"nutrient": [one.compared.measured.column for one in seasonal]}
    for prefix, values in (("mean", means), ("z", scores)):
        for i, name in enumerate(axis.names):
            columns[f"{prefix}_{name.lower()}"] = values[:, i]
    columns["kruskal_h"] = [one.groups.kruskal.h for one in seasonal]
    columns["epsilon_squared"] = [one.groups.kruskal.epsilon_squared.estimate for one in seasonal]
    columns["p_adjusted"] = [one.p_adjusted for one in seasonal]
    return pl.DataFrame(columns)


def _columns(
    visit: Visit, seasonal: Sequence[SeasonalMetric], axis: GroupAxis
) -> dict[str, Column]:
    t = visit.t
    name_of = {one.compared.measured.column: t(one.compared.measured.axis_key) for one in seasonal}
    columns = {"nutrient": Column(t("column-nutrient"), lambda n: name_of[n], is_number=False)}
    for name, label in zip(axis.names, axis.labels, strict=True):
        columns[f"mean_{name.lower()}"] = Column(label, lambda x: t.number(x, 2))
    for name, label in zip(axis.names, axis.labels, strict=True):
        columns[f"z_{name.lower()}"] = Column(t("column-z", group=label), lambda x: t.signed(x, 2))
    columns["kruskal_h"] = Column(t("column-kruskal-h"), lambda x: t.number(x, 2))
    columns["epsilon_squared"] = Column(
        t("column-epsilon-squared"), lambda x: epsilon_cell(x).text(t)
    )
    columns["p_adjusted"] = Column(t("column-p-adjusted"), t.p_value)
    return columns
