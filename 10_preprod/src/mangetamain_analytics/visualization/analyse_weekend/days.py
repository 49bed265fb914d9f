"""The seven weekdays, weekdays together and the weekend, as the page shows and compares them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from babel.dates import get_day_names

from mangetamain_analytics.utils.group_insights import two_groups_insight
from mangetamain_analytics.utils.group_tests import (
    TwoGroups,
    ValueCounts,
    compare_groups,
    compare_two,
    summarise,
)
from mangetamain_analytics.utils.groupings import WEEKDAYS
from mangetamain_analytics.utils.statistics import adjust_p_values
from mangetamain_analytics.visualization.group_charts import (
    ComparedMetric,
    GroupAxis,
    Measured,
    seven_days_method,
    two_groups_method,
)
from mangetamain_analytics.visualization.group_tables import DAY_TYPES, N_WEEKDAYS, measures
from mangetamain_analytics.visualization.page import Visit, Years

DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEEKDAY_COLOR, WEEKEND_COLOR = 0, 3  # places in the colour cycle: orange and blue


@dataclass(frozen=True)
class WeekendMetric:
    """A quantity on weekdays and at weekends with its test; `compared` is what a chart needs."""

    compared: ComparedMetric
    two: TwoGroups
    p_adjusted: float


def day_axis(visit: Visit) -> GroupAxis:
    """Return the seven weekdays, Monday first."""
    t, (weekday, weekend) = visit.t, _colors(visit)
    ticks = get_day_names("abbreviated", locale=t.language)
    return GroupAxis(
        column="weekday",
        title=t("column-weekday"),
        names=DAY_NAMES,
        labels=[group.label.text(t) for group in WEEKDAYS.groups],
        ticks=[ticks[day] for day in range(N_WEEKDAYS)],
        colors=[weekday] * len(DAY_TYPES[0]) + [weekend] * len(DAY_TYPES[1]),
    )


def day_type_axis(visit: Visit) -> GroupAxis:
    """Return weekdays, then the weekend."""
    t = visit.t
    return GroupAxis(
        column="day_type",
        title=t("column-day-type"),
        names=("Weekdays", "Weekend"),
        labels=[t("group-weekdays"), t("group-weekend")],
        ticks=[t("group-weekdays"), t("group-weekend")],
        colors=_colors(visit),
    )


def compare_weekend(
    visit: Visit, years: Years, measured: Sequence[Measured]
) -> list[WeekendMetric]:
    """Compare quantities between weekdays and weekends; none if a day holds too few recipes.

    The p-values of all of them, those of one analysis, are corrected together (Holm).
    """
    of_all = measures(visit)
    by_day = [of_all.by_weekday(one.column, years) for one in measured]
    if not by_day[0].has_enough():
        return []
    two = [compare_two(table.merged(DAY_TYPES)) for table in by_day]
    adjusted = adjust_p_values([one.p_value for one in two], "holm").tolist()
    return [
        WeekendMetric(
            ComparedMetric(
                one,
                _days_and_types(visit),
                summarise(table.merged([*([i] for i in range(N_WEEKDAYS)), *DAY_TYPES])),
                two_groups_insight(one.metric, groups, p),
                partial(_method, visit, one, table, groups, p, len(measured)),
            ),
            groups,
            p,
        )
        for one, table, groups, p in zip(measured, by_day, two, adjusted, strict=True)
    ]


def _method(
    visit: Visit,
    measured: Measured,
    by_day: ValueCounts,
    two: TwoGroups,
    p_adjusted: float,
    n_tests: int,
) -> list[str]:
    return [
        *two_groups_method(visit.t, measured.metric, two, p_adjusted, n_tests),
        *seven_days_method(visit.t, compare_groups(by_day)),
    ]


def _days_and_types(visit: Visit) -> GroupAxis:
    """Return the seven days and then both kinds of day."""
    days, types = day_axis(visit), day_type_axis(visit)
    names, labels, ticks, colors = (
        [*getattr(days, part), *getattr(types, part)]
        for part in ("names", "labels", "ticks", "colors")
    )
    return GroupAxis(days.column, days.title, names, labels, ticks, colors)


def _colors(visit: Visit) -> list[str]:
    cycle = visit.style("").colors
    return [cycle[WEEKDAY_COLOR], cycle[WEEKEND_COLOR]]
