"""E4: what the recipes of weekends bring compared with those of weekdays."""

from collections.abc import Sequence

import polars as pl

from mangetamain_analytics.utils.group_insights import metrics_insight
from mangetamain_analytics.utils.i18n import Number, PValue, Translator
from mangetamain_analytics.utils.insights import Verdict
from mangetamain_analytics.visualization.analyse_weekend.days import (
    WeekendMetric,
    compare_weekend,
)
from mangetamain_analytics.visualization.custom_charts import intervals_figure
from mangetamain_analytics.visualization.group_charts import (
    NUTRIENT_KEYS,
    NUTRITION,
    listed,
    too_few,
)
from mangetamain_analytics.visualization.group_tables import VALUES
from mangetamain_analytics.visualization.markup import Column
from mangetamain_analytics.visualization.page import Analysis, Chart, Visit, Years


def analyse(visit: Visit, years: Years) -> Analysis:
    """Return the seven nutritional values at weekends, compared with weekdays."""
    t = visit.t
    compared = compare_weekend(visit, years, NUTRITION)
    # Of nothing on weekdays no difference can be a share.
    shown = [one for one in compared if one.two.summary.mean[0] > 0]
    return Analysis(
        id="weekend-nutrition",
        name=t("weekend-nutrition-name"),
        charts=[_chart(visit, shown)] if shown else [],
        note="" if shown else too_few(t),
    )


def _chart(visit: Visit, compared: Sequence[WeekendMetric]) -> Chart:
    t = visit.t
    table = _table(compared)
    names = [t(NUTRIENT_KEYS[one.compared.measured.column]) for one in compared]
    gaps = [abs(one.two.relative_difference) for one in compared]
    strongest = min(
        range(len(compared)),
        key=lambda i: (
            compared[i].compared.insight.verdict is not Verdict.DIFFERENCE,
            compared[i].p_adjusted,
            -gaps[i],
        ),
    )
    insight = metrics_insight(
        [one.compared.insight for one in compared], strongest, between_key="between-day-types"
    )
    written = [
        f"{name} {t.percent(share, 1, is_signed=True)}"
        for name, share in zip(names, table["relative_difference"], strict=True)
    ]
    shares, lows, highs = (
        [100 * share for share in table[name]]
        for name in ("relative_difference", "relative_low", "relative_high")
    )
    return Chart(
        id="weekend-nutrition",
        title=insight.title.text(t),
        text=[insight.sentence.text(t)],
        figure=intervals_figure(
            names,
            shares,
            lows,
            highs,
            visit.style(t("axis-relative-difference"), digits=1),
            (t("legend-weekend"), t("legend-weekday")),
            is_established=[one.compared.insight.verdict is Verdict.DIFFERENCE for one in compared],
        ),
        alt=t("alt-differences", name=t("axis-relative-difference"), values=listed(t, written)),
        table=table,
        columns=_columns(t, compared),
        method=[
            t("group-nutrition-definition"),
            t("method-relative-difference"),
            *(_test_line(t, one) for one in compared),
            t("method-groups-holm-of", n_tests=len(compared)),
            t("method-groups-caveat"),
        ],
        queries=[VALUES],
        verdict=insight.verdict,
        evidence=insight.evidence,
    )


def _test_line(t: Translator, one: WeekendMetric) -> str:
    name, p = t(one.compared.measured.axis_key), PValue(one.p_adjusted)
    if one.two.means_decide:
        d = Number(one.two.welch.cohens_d.estimate, 3, is_signed=True)
        return t("method-welch-line", name=name, effect=d, p=p)
    delta = Number(one.two.mann_whitney.cliffs_delta.estimate, 3, is_signed=True)
    return t("method-mann-whitney-line", name=name, effect=delta, p=p)


def _table(compared: Sequence[WeekendMetric]) -> pl.DataFrame:
    weekdays = [float(one.two.summary.mean[0]) for one in compared]
    differences = [one.two.welch.difference for one in compared]
    relative = {
        name: [
            getattr(difference, end) / mean
            for difference, mean in zip(differences, weekdays, strict=True)
        ]
        for name, end in (
            ("relative_difference", "estimate"),
            ("relative_low", "low"),
            ("relative_high", "high"),
        )
    }
    return pl.DataFrame(
        {
            "nutrient": [one.compared.measured.column for one in compared],
            "mean_weekdays": weekdays,
            "mean_weekend": [float(one.two.summary.mean[1]) for one in compared],
        }
        | relative
        | {
            "cliffs_delta": [one.two.mann_whitney.cliffs_delta.estimate for one in compared],
            "p_welch": [one.two.welch.p_value for one in compared],
            "p_adjusted": [one.p_adjusted for one in compared],
        }
    )


def _columns(t: Translator, compared: Sequence[WeekendMetric]) -> dict[str, Column]:
    name_of = {one.compared.measured.column: t(one.compared.measured.axis_key) for one in compared}

    def signed(share: float) -> str:
        return t.percent(share, 2, is_signed=True)

    return {
        "nutrient": Column(t("column-nutrient"), lambda name: name_of[name], is_number=False),
        "mean_weekdays": Column(t("group-weekdays"), lambda x: t.number(x, 2)),
        "mean_weekend": Column(t("group-weekend"), lambda x: t.number(x, 2)),
        "relative_difference": Column(t("axis-relative-difference"), signed),
        "relative_low": Column(t("column-interval-low"), signed),
        "relative_high": Column(t("column-interval-high"), signed),
        "cliffs_delta": Column(t("column-cliffs-delta"), lambda x: t.signed(x, 3)),
        "p_welch": Column(t("column-p-welch"), t.p_value),
        "p_adjusted": Column(t("column-p-adjusted"), t.p_value),
    }
