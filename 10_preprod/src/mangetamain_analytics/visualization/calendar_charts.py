"""Charts of recipes by group against what the days of the calendar alone would bring."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from mangetamain_analytics.utils.calendar_fit import CalendarFit
from mangetamain_analytics.utils.color_theme import ColorTheme
from mangetamain_analytics.utils.i18n import Interval, Number, PValue, Translator
from mangetamain_analytics.utils.insights import Insight
from mangetamain_analytics.visualization.custom_charts import Bars, group_bars_figure
from mangetamain_analytics.visualization.group_charts import GroupAxis, listed
from mangetamain_analytics.visualization.group_tables import DAYS
from mangetamain_analytics.visualization.markup import Column
from mangetamain_analytics.visualization.page import Chart, Visit


def calendar_table(axis: GroupAxis, fit: CalendarFit, n_days: Sequence[float]) -> pl.DataFrame:
    """Return a row per group: its days, its recipes, and what the calendar would bring."""
    return pl.DataFrame(
        {
            axis.column: list(axis.names),
            "n_days": [int(n) for n in n_days],
            "n_recipes": fit.observed.astype(np.int64),
            "n_recipes_per_day": fit.observed / np.asarray(n_days),
            "n_recipes_expected": fit.expected,
            "deviation": fit.deviation,
            "deviation_low": fit.deviation_low,
            "deviation_high": fit.deviation_high,
        },
        nan_to_null=True,
    )


def calendar_columns(t: Translator, axis: GroupAxis) -> dict[str, Column]:
    """Return how the columns of `calendar_table` are shown."""

    def signed(share: float) -> str:
        return t.percent(share, 1, is_signed=True)

    return {
        axis.column: axis.table_column(),
        "n_days": Column(t("column-days"), t.number),
        "n_recipes": Column(t("column-recipes"), t.number),
        "n_recipes_per_day": Column(t("axis-recipes-per-day"), lambda x: t.number(x, 1)),
        "n_recipes_expected": Column(t("column-expected"), t.number),
        "deviation": Column(t("axis-deviation"), signed),
        "deviation_low": Column(t("column-interval-low"), signed),
        "deviation_high": Column(t("column-interval-high"), signed),
    }


def deviations_chart(
    visit: Visit,
    chart_id: str,
    axis: GroupAxis,
    fit: CalendarFit,
    n_days: Sequence[float],
    insight: Insight,
    method: Sequence[str],
) -> Chart:
    """Return the chart of how far each group lies from what the calendar would bring."""
    t = visit.t
    bars = Bars(
        t("axis-deviation"),
        fit.deviation.tolist(),
        axis.colors,
        fit.deviation_low.tolist(),
        fit.deviation_high.tolist(),
    )
    style = visit.style(bars.name, digits=1, is_share=True)
    return Chart(
        id=chart_id,
        title=insight.title.text(t),
        text=[insight.sentence.text(t)],
        figure=group_bars_figure(axis.ticks, [bars], style),
        alt=t(
            "alt-by-group",
            name=bars.name,
            values=listed(
                t,
                [
                    f"{label} {t.percent(share, 1, is_signed=True)}"
                    for label, share in zip(axis.labels, bars.values, strict=True)
                ],
            ),
        ),
        table=calendar_table(axis, fit, n_days),
        columns=calendar_columns(t, axis),
        method=[*method, *calendar_method(t, fit)],
        queries=[DAYS],
        verdict=insight.verdict,
        evidence=insight.evidence,
    )


def calendar_method(t: Translator, fit: CalendarFit) -> list[str]:
    """Say how recipes were compared with the calendar, with the numbers of the test."""
    if not fit.degrees:
        return []
    return [
        t(
            "method-calendar-test",
            n=int(fit.observed.sum()),
            chi=Number(fit.chi_squared, 1),
            degrees=fit.degrees,
            dispersion=Number(fit.dispersion, 1),
            p=PValue(fit.p_value),
            w=Number(fit.cohens_w.estimate, 3),
            interval=Interval(fit.cohens_w.low, fit.cohens_w.high, 3),
        ),
        *holm_method(t, fit.n_tests, fit.p_adjusted),
        t("method-calendar-caveat"),
    ]


def holm_method(t: Translator, n_tests: int, p_adjusted: float) -> list[str]:
    """Say how a p-value was corrected for the other tests of its analysis, if there are any."""
    if n_tests == 1:
        return []
    return [t("method-holm-adjusted", n_tests=n_tests, p=PValue(p_adjusted))]


def muted(visit: Visit, n: int) -> list[str]:
    """Return the colour of what bars are compared with, once per bar."""
    return [ColorTheme.palette(visit.theme).control_border] * n
