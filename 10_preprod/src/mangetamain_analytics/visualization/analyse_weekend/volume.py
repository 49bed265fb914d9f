"""E1: how many recipes each weekday brings, per day of the calendar."""

from collections.abc import Sequence
from dataclasses import replace

from mangetamain_analytics.utils.calendar_fit import CalendarFit, calendar_fit
from mangetamain_analytics.utils.calendar_insights import (
    calendar_insight,
    corrected_together,
    deviations_title,
    weekend_volume_insight,
)
from mangetamain_analytics.utils.groupings import WEEKDAYS
from mangetamain_analytics.utils.i18n import Number
from mangetamain_analytics.utils.insights import Insight
from mangetamain_analytics.utils.statistics import Vector
from mangetamain_analytics.visualization.analyse_weekend.days import day_axis, day_type_axis
from mangetamain_analytics.visualization.calendar_charts import (
    calendar_columns,
    calendar_method,
    calendar_table,
    deviations_chart,
)
from mangetamain_analytics.visualization.custom_charts import Bars, group_bars_figure
from mangetamain_analytics.visualization.group_charts import GroupAxis, alt_by_group
from mangetamain_analytics.visualization.group_tables import (
    DAY_TYPES,
    DAYS,
    calendar,
    merged,
    with_days,
)
from mangetamain_analytics.visualization.page import Analysis, Chart, Visit, Years


def analyse(visit: Visit, years: Years) -> Analysis:
    """Return recipes per day by weekday and kind of day, and each day's deviation."""
    t = visit.t
    n_recipes, n_days = calendar(visit, years).by_weekday()
    shown = with_days(n_recipes, n_days)
    axis, groups = day_axis(visit).only(shown), WEEKDAYS.only(shown).groups
    of_kinds = merged(n_recipes, DAY_TYPES), merged(n_days, DAY_TYPES)
    has_both = len(with_days(*of_kinds)) == len(DAY_TYPES)
    fit, *two = corrected_together(
        calendar_fit(n_recipes[:, shown], n_days[:, shown]),
        *([calendar_fit(*of_kinds)] if has_both else []),
    )
    days, insight = n_days.sum(axis=0)[shown], calendar_insight(groups, fit)
    method = [t("weekend-volume-definition"), t("method-calendar")]
    return Analysis(
        id="weekend-volume",
        name=t("weekend-volume-name"),
        charts=[
            _rates_chart(visit, "weekend-volume", axis, fit, days, insight, method),
            replace(
                deviations_chart(
                    visit,
                    "weekend-deviation",
                    axis,
                    fit,
                    days.tolist(),
                    insight,
                    [*method, t("method-deviation-base", mean=_mean_rate(fit, days))],
                ),
                title=deviations_title(groups, fit, insight).text(t),
                text=[],
            ),
            *(_day_types_chart(visit, of_two, of_kinds[1].sum(axis=0)) for of_two in two),
        ],
    )


def _mean_rate(fit: CalendarFit, n_days: Vector) -> Number:
    return Number(float(fit.observed.sum() / n_days.sum()), 1)


def _day_types_chart(visit: Visit, fit: CalendarFit, days: Vector) -> Chart:
    """Return the chart of weekdays against weekend."""
    t = visit.t
    insight = weekend_volume_insight(fit, days)
    method = [t("weekend-day-types-definition"), t("method-calendar"), t("method-ratio")]
    axis = day_type_axis(visit)
    return _rates_chart(visit, "weekend-day-types", axis, fit, days, insight, method)


def _rates_chart(
    visit: Visit,
    chart_id: str,
    axis: GroupAxis,
    fit: CalendarFit,
    n_days: Vector,
    insight: Insight,
    method: Sequence[str],
) -> Chart:
    t = visit.t
    rates = Bars(t("axis-recipes-per-day"), (fit.observed / n_days).tolist(), axis.colors)
    style = visit.style(rates.name, digits=1)
    return Chart(
        id=chart_id,
        title=insight.title.text(t),
        text=[insight.sentence.text(t)],
        figure=group_bars_figure(axis.ticks, [rates], style),
        alt=alt_by_group(t, rates.name, axis.labels, rates.values, digits=1),
        table=calendar_table(axis, fit, n_days.tolist()),
        columns=calendar_columns(t, axis),
        method=[*method, *calendar_method(t, fit)],
        queries=[DAYS],
        verdict=insight.verdict,
        evidence=insight.evidence,
    )
