"""E5 and E6: which ingredients and which tags belong to the weekend, and which to weekdays."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from mangetamain_analytics.utils.group_insights import (
    SMALLEST_MEAN_SHARE,
    SMALLEST_WEEKEND_DIFFERENCE,
    weekend_items_insight,
)
from mangetamain_analytics.utils.group_tests import (
    SMALLEST_GROUP,
    ItemShares,
    frequent_enough,
    item_shares,
    share_differences,
)
from mangetamain_analytics.utils.insights import SIGNIFICANCE, Insight, Item
from mangetamain_analytics.utils.statistics import Vector, adjust_p_values
from mangetamain_analytics.visualization.custom_charts import intervals_figure
from mangetamain_analytics.visualization.group_charts import item_column, listed
from mangetamain_analytics.visualization.group_tables import (
    DAY_TYPES,
    DAYS,
    calendar,
    item_counts,
    items_query,
    merged,
)
from mangetamain_analytics.visualization.markup import Column
from mangetamain_analytics.visualization.page import Analysis, Chart, Visit, Years

N_SHOWN = 20
N_SHOWN_UNESTABLISHED = 10  # largest differences, shown where none is established


@dataclass(frozen=True)
class WeekendItemKind:
    """What recipes are counted by, with the texts that name it."""

    item: Item
    name_key: str
    definition_key: str

    @property
    def id(self) -> str:
        """Anchor of the analysis."""
        return f"weekend-{self.item.value}s"


INGREDIENTS = WeekendItemKind(
    Item.INGREDIENT,
    name_key="weekend-ingredients-name",
    definition_key="group-ingredient-definition",
)
TAGS = WeekendItemKind(
    Item.TAG, name_key="weekend-tags-name", definition_key="group-tag-definition"
)


@dataclass(frozen=True)
class WeekendItems:
    """The items tested together, and those of them that are established to differ.

    `differences` are shares at weekends minus shares on weekdays, with both ends of their
    intervals; `kept` are indices, the largest difference first.
    """

    names: Sequence[str]
    tested: ItemShares
    differences: tuple[Vector, Vector, Vector]
    p_adjusted: Vector
    kept: Sequence[int]
    insight: Insight


def find_weekend_items(visit: Visit, years: Years, item: Item) -> WeekendItems:
    """Test the items of the chosen years and keep the established differences, by size."""
    counts = item_counts(visit, item)
    n_all = merged(calendar(visit, years).by_weekday()[0], DAY_TYPES).sum(axis=0)
    n_with = counts.by_day_type(years)
    if not n_all.all():
        n_with, n_all = np.empty((0, 2)), np.ones(2)  # no item, for want of a comparison
    # The mean share looks at no difference: it chooses what is tested without bias.
    mean_share = (n_with / n_all).mean(axis=1)
    chosen = np.flatnonzero(
        (mean_share >= SMALLEST_MEAN_SHARE) & frequent_enough(n_with, n_all)
    ).tolist()
    names = [counts.names[i] for i in chosen]
    tested = item_shares(n_with[chosen], n_all, yates=True)
    differences = share_differences(n_with[chosen], n_all)
    p_adjusted = adjust_p_values(tested.p_value, "bh")
    size = np.abs(differences[0])
    is_kept = (size >= SMALLEST_WEEKEND_DIFFERENCE) & (p_adjusted < SIGNIFICANCE)
    kept = [int(i) for i in np.argsort(-size, kind="stable") if is_kept[i]]
    return WeekendItems(
        names=names,
        tested=tested,
        differences=differences,
        p_adjusted=p_adjusted,
        kept=kept,
        insight=weekend_items_insight(item, names, differences, p_adjusted, kept),
    )


def analyse(visit: Visit, years: Years, kind: WeekendItemKind) -> Analysis:
    """Return the items whose share differs most between weekdays and weekends."""
    found = visit.data.once(
        ("find_weekend_items", kind.item, years),
        lambda: find_weekend_items(visit, years, kind.item),
    )
    return Analysis(
        id=kind.id,
        name=visit.t(kind.name_key),
        charts=[_chart(visit, kind, found)] if found.names else [],
        note="" if found.names else found.insight.sentence.text(visit.t),
    )


def _chart(visit: Visit, kind: WeekendItemKind, found: WeekendItems) -> Chart:
    t = visit.t
    largest = np.argsort(-np.abs(found.differences[0]), kind="stable").tolist()
    table = _table(found, found.kept[:N_SHOWN] or largest[:N_SHOWN_UNESTABLISHED])
    names = table["item"].to_list()
    points, lows, highs = (
        table[name].to_list() for name in ("difference_points", "points_low", "points_high")
    )
    style = visit.style(t("axis-difference-points"), digits=2)
    written = [f"{name} {t.signed(x, 2)}" for name, x in zip(names, points, strict=True)]
    return Chart(
        id=f"{kind.id}-differences",
        title=found.insight.title.text(t),
        text=[found.insight.sentence.text(t)],
        figure=intervals_figure(
            names, points, lows, highs, style, (t("legend-weekend"), t("legend-weekday"))
        ),
        alt=t("alt-differences", name=t("axis-difference-points"), values=listed(t, written)),
        table=table,
        columns=_columns(visit),
        method=[
            t(kind.definition_key),
            t("method-weekend-items", n_shown=N_SHOWN, n_kept=len(found.kept)),
            t("method-items-test", n_tests=len(found.names), needed=SMALLEST_GROUP),
            t("method-groups-caveat"),
        ],
        queries=[items_query(kind.item), DAYS],
        verdict=found.insight.verdict,
        evidence=found.insight.evidence,
    )


def _table(found: WeekendItems, shown: Sequence[int]) -> pl.DataFrame:
    chosen, tested = list(shown), found.tested
    difference, low, high = (100 * ends[chosen] for ends in found.differences)
    return pl.DataFrame(
        {
            "item": [found.names[i] for i in chosen],
            "share_weekdays": tested.shares[chosen, 0],
            "share_weekend": tested.shares[chosen, 1],
            "difference_points": difference,
            "points_low": low,
            "points_high": high,
            "chi_squared_yates": tested.chi_squared[chosen],
            "cramers_v": tested.cramers_v[chosen],
            "p_adjusted": found.p_adjusted[chosen],
        }
    )


def _columns(visit: Visit) -> dict[str, Column]:
    t = visit.t

    def share(x: float) -> str:
        return t.percent(x, 2)

    def points(x: float) -> str:
        return t.signed(x, 2)

    return {
        "item": item_column(t),
        "share_weekdays": Column(t("group-weekdays"), share),
        "share_weekend": Column(t("group-weekend"), share),
        "difference_points": Column(t("axis-difference-points"), points),
        "points_low": Column(t("column-interval-low"), points),
        "points_high": Column(t("column-interval-high"), points),
        "chi_squared_yates": Column(t("column-chi-squared-yates"), lambda x: t.number(x, 2)),
        "cramers_v": Column(t("column-cramers-v"), lambda x: t.number(x, 3)),
        "p_adjusted": Column(t("column-p-adjusted"), t.p_value),
    }
