"""The seasons as every analysis of the page shows and compares them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from mangetamain_analytics.utils.color_theme import ColorTheme
from mangetamain_analytics.utils.group_insights import groups_insight
from mangetamain_analytics.utils.group_tests import SeveralGroups, compare_groups
from mangetamain_analytics.utils.groupings import SEASONS
from mangetamain_analytics.utils.statistics import adjust_p_values
from mangetamain_analytics.visualization.group_charts import (
    ComparedMetric,
    GroupAxis,
    Measured,
    several_groups_method,
)
from mangetamain_analytics.visualization.group_tables import SEASON_NAMES, measures
from mangetamain_analytics.visualization.page import Visit, Years


@dataclass(frozen=True)
class SeasonalMetric:
    """A quantity by season with its test; `compared` is what a chart of it needs."""

    compared: ComparedMetric
    groups: SeveralGroups
    p_adjusted: float


def season_axis(visit: Visit) -> GroupAxis:
    """Return the four seasons."""
    t, colors = visit.t, ColorTheme.get_seasonal_colors(visit.theme)
    labels = [group.label.text(t) for group in SEASONS.groups]
    return GroupAxis(
        column="season",
        title=t("column-season"),
        names=SEASON_NAMES,
        labels=labels,
        ticks=labels,
        colors=[colors[name] for name in SEASON_NAMES],
    )


def compare_seasons(
    visit: Visit, years: Years, measured: Sequence[Measured]
) -> list[SeasonalMetric]:
    """Compare quantities between the seasons that hold recipes; none if one holds too few.

    The p-values of all of them, those of one analysis, are corrected together (Holm).
    """
    of_all = measures(visit)
    tables = [of_all.by_season(one.column, years) for one in measured]
    shown = np.flatnonzero(tables[0].n).tolist()
    tables = [table.merged([[i] for i in shown]) for table in tables]
    if not tables[0].has_enough():
        return []
    compared = [compare_groups(table) for table in tables]
    adjusted = adjust_p_values([one.kruskal.p_value for one in compared], "holm").tolist()
    axis, grouping = season_axis(visit).only(shown), SEASONS.only(shown)
    return [
        SeasonalMetric(
            ComparedMetric(
                one,
                axis,
                groups.summary,
                groups_insight(one.metric, grouping, groups, p),
                partial(several_groups_method, visit.t, groups, p, len(measured)),
            ),
            groups,
            p,
        )
        for one, groups, p in zip(measured, compared, adjusted, strict=True)
    ]
