"""S1: how many recipes each season and each month brings, against the calendar."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from babel.dates import get_month_names

from mangetamain_analytics.utils.calendar_fit import CalendarFit, calendar_fit
from mangetamain_analytics.utils.calendar_insights import (
    calendar_insight,
    corrected_together,
    deviations_title,
)
from mangetamain_analytics.utils.groupings import MONTHS, SEASONS, Timed
from mangetamain_analytics.utils.i18n import Number
from mangetamain_analytics.utils.insights import Insight
from mangetamain_analytics.utils.statistics import Matrix
from mangetamain_analytics.visualization.analyse_seasonality.seasons import season_axis
from mangetamain_analytics.visualization.calendar_charts import (
    calendar_columns,
    calendar_method,
    calendar_table,
    deviations_chart,
    muted,
)
from mangetamain_analytics.visualization.custom_charts import Bars, group_bars_figure
from mangetamain_analytics.visualization.group_charts import GroupAxis, alt_by_group
from mangetamain_analytics.visualization.group_tables import (
    DAYS,
    MONTHS_OF_SEASONS,
    N_MONTHS,
    calendar,
    merged,
    with_days,
)
from mangetamain_analytics.visualization.page import Analysis, Chart, Visit, Years


def analyse(visit: Visit, years: Years) -> Analysis:
    """Return the recipes by season, and how far seasons and months lie from the calendar."""
    t = visit.t
    n_recipes, n_days = calendar(visit, years).by_month()
    seasons = _AgainstCalendar.of(
        season_axis(visit),
        SEASONS.groups,
        merged(n_recipes, MONTHS_OF_SEASONS),
        merged(n_days, MONTHS_OF_SEASONS),
    )
    months = _AgainstCalendar.of(month_axis(visit), MONTHS, n_recipes, n_days)
    seasons, months = (
        replace(part, fit=fit)
        for part, fit in zip(
            (seasons, months), corrected_together(seasons.fit, months.fit), strict=True
        )
    )
    method = [t("seasonality-volume-definition"), t("method-calendar")]
    return Analysis(
        id="seasonality-volume",
        name=t("seasonality-volume-name"),
        charts=[
            _counts_chart(visit, seasons, method),
            replace(
                _deviations_chart(visit, "seasonality-deviation", seasons, method),
                title=deviations_title(seasons.groups, seasons.fit, seasons.insight).text(t),
                text=[],
            ),
            _deviations_chart(visit, "seasonality-months", months, method),
        ],
    )


def month_axis(visit: Visit) -> GroupAxis:
    """Return the twelve months, coloured by season."""
    names, ticks = (
        get_month_names(width, locale=visit.t.language) for width in ("wide", "abbreviated")
    )
    colors = season_axis(visit).colors
    return GroupAxis(
        column="month",
        title=visit.t("column-month"),
        names=[str(month) for month in range(1, N_MONTHS + 1)],
        labels=[names[month] for month in range(1, N_MONTHS + 1)],
        ticks=[ticks[month] for month in range(1, N_MONTHS + 1)],
        colors=[colors[month % N_MONTHS // 3] for month in range(1, N_MONTHS + 1)],
    )


@dataclass(frozen=True)
class _AgainstCalendar:
    """Groups that the years with recipes have a day of, with their recipes and the test."""

    axis: GroupAxis
    groups: Sequence[Timed]
    n_days: list[float]
    fit: CalendarFit

    @classmethod
    def of(
        cls, axis: GroupAxis, groups: Sequence[Timed], n_recipes: Matrix, n_days: Matrix
    ) -> "_AgainstCalendar":
        """Return the groups with their own test."""
        shown = with_days(n_recipes, n_days)
        return cls(
            axis.only(shown),
            [groups[i] for i in shown],
            n_days.sum(axis=0)[shown].tolist(),
            calendar_fit(n_recipes[:, shown], n_days[:, shown]),
        )

    @cached_property
    def insight(self) -> Insight:
        """What the test says."""
        return calendar_insight(self.groups, self.fit)


def _deviations_chart(
    visit: Visit, chart_id: str, part: _AgainstCalendar, method: Sequence[str]
) -> Chart:
    return deviations_chart(visit, chart_id, part.axis, part.fit, part.n_days, part.insight, method)


def _counts_chart(visit: Visit, seasons: _AgainstCalendar, method: Sequence[str]) -> Chart:
    t, fit, axis = visit.t, seasons.fit, seasons.axis
    series = [
        Bars(t("legend-published"), fit.observed.tolist(), axis.colors),
        Bars(t("legend-expected"), fit.expected.tolist(), muted(visit, len(axis.names))),
    ]
    style = visit.style(t("axis-recipes"), digits=0)
    spread = fit.observed.std(ddof=1) if len(fit.observed) > 1 else 0.0
    return Chart(
        id="seasonality-volume",
        title=seasons.insight.title.text(t),
        text=[seasons.insight.sentence.text(t)],
        figure=group_bars_figure(axis.ticks, series, style),
        alt=alt_by_group(t, t("axis-recipes"), axis.labels, series[0].values, digits=0),
        table=calendar_table(axis, fit, seasons.n_days),
        columns=calendar_columns(t, axis),
        method=[
            *method,
            t(
                "method-season-mean",
                mean=Number(float(fit.observed.mean()), 0),
                spread=Number(float(spread), 0),
            ),
            *calendar_method(t, fit),
        ],
        queries=[DAYS],
        verdict=seasons.insight.verdict,
        evidence=seasons.insight.evidence,
    )
