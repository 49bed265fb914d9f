"""E5 and E6: which ingredients and which tags belong to the weekend, and which to weekdays."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from mangetamain_analytics.utils.group_item_insights import (
    SMALLEST_WEEKEND_DIFFERENCE,
    weekend_items_insight,
)
from mangetamain_analytics.utils.group_tests import SMALLEST_GROUP
from mangetamain_analytics.utils.insights import Insight, Item
from mangetamain_analytics.utils.item_shares import share_differences
from mangetamain_analytics.utils.statistics import Vector
from mangetamain_analytics.visualization.custom_charts import intervals_figure
from mangetamain_analytics.visualization.group_charts import listed
from mangetamain_analytics.visualization.group_items import (
    DEFINITION_KEYS,
    N_SHOWN,
    ComparedItems,
    ItemKind,
    compare_items,
)
from mangetamain_analytics.visualization.group_tables import (
    DAY_TYPES,
    DAYS,
    calendar,
    item_counts,
    items_query,
    merged,
)
from mangetamain_analytics.visualization.item_links import item_column, linked
from mangetamain_analytics.visualization.markup import Column
from mangetamain_analytics.visualization.page import Analysis, Chart, Visit, Years

INGREDIENTS = ItemKind("weekend", Item.INGREDIENT, name_key="weekend-ingredients-name")
TAGS = ItemKind("weekend", Item.TAG, name_key="weekend-tags-name")


@dataclass(frozen=True)
class WeekendItems:
    """The items tested together, and those of them that are established to differ.

    `differences` are shares at weekends minus shares on weekdays, with both ends of their
    intervals; `kept` are indices, the largest difference first.
    """

    compared: ComparedItems
    differences: tuple[Vector, Vector, Vector]
    kept: Sequence[int]
    insight: Insight


def find_weekend_items(visit: Visit, years: Years, item: Item) -> WeekendItems:
    """Test the items of the chosen years and keep the established differences, by size."""
    counts = item_counts(visit, item)
    n_all = merged(calendar(visit, years).by_weekday()[0], DAY_TYPES).sum(axis=0)
    compared = compare_items(counts.names, counts.by_day_type(years), n_all, yates=True)
    differences = share_differences(compared.n_with, compared.n_all)
    sizes = np.abs(differences[0])
    kept = compared.established(sizes, SMALLEST_WEEKEND_DIFFERENCE, by=sizes)
    insight = weekend_items_insight(item, compared.names, differences, compared.p_adjusted, kept)
    return WeekendItems(compared, differences, kept, insight)


def analyse(visit: Visit, years: Years, kind: ItemKind) -> Analysis:
    """Return the items whose share differs most between weekdays and weekends."""
    found = visit.data.once(
        ("find_weekend_items", kind.item, years),
        lambda: find_weekend_items(visit, years, kind.item),
    )
    return Analysis(
        id=kind.id,
        name=visit.t(kind.name_key),
        charts=[_chart(visit, kind, found)] if found.compared.names else [],
        note="" if found.compared.names else found.insight.sentence.text(visit.t),
    )


def _chart(visit: Visit, kind: ItemKind, found: WeekendItems) -> Chart:
    t = visit.t
    table = _table(found, found.compared.shown(found.kept, by=np.abs(found.differences[0])))
    names = table["item"].to_list()
    points, lows, highs = (
        table[name].to_list() for name in ("difference_points", "points_low", "points_high")
    )
    style = linked(visit, kind.item, visit.style(t("axis-difference-points"), digits=2))
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
        columns=_columns(visit, kind),
        method=[
            t(DEFINITION_KEYS[kind.item]),
            t("method-weekend-items", n_shown=N_SHOWN, n_kept=len(found.kept)),
            t("method-items-test", n_tests=len(found.compared.names), needed=SMALLEST_GROUP),
            t("method-groups-caveat"),
        ],
        queries=[items_query(kind.item), DAYS],
        verdict=found.insight.verdict,
        evidence=found.insight.evidence,
    )


def _table(found: WeekendItems, shown: Sequence[int]) -> pl.DataFrame:
    compared, tested = found.compared, found.compared.tested
    difference, low, high = (100 * ends[shown] for ends in found.differences)
    return pl.DataFrame(
        {
            "item": [compared.names[i] for i in shown],
            "share_weekdays": tested.shares[shown, 0],
            "share_weekend": tested.shares[shown, 1],
            "difference_points": difference,
            "points_low": low,
            "points_high": high,
            "chi_squared_yates": tested.chi_squared[shown],
            "cramers_v": tested.cramers_v[shown],
            "p_adjusted": compared.p_adjusted[shown],
        }
    )


def _columns(visit: Visit, kind: ItemKind) -> dict[str, Column]:
    t = visit.t

    def share(x: float) -> str:
        return t.percent(x, 2)

    def points(x: float) -> str:
        return t.signed(x, 2)

    return {
        "item": item_column(visit, kind.item),
        "share_weekdays": Column(t("group-weekdays"), share),
        "share_weekend": Column(t("group-weekend"), share),
        "difference_points": Column(t("axis-difference-points"), points),
        "points_low": Column(t("column-interval-low"), points),
        "points_high": Column(t("column-interval-high"), points),
        "chi_squared_yates": Column(t("column-chi-squared-yates"), lambda x: t.number(x, 2)),
        "cramers_v": Column(t("column-cramers-v"), lambda x: t.number(x, 3)),
        "p_adjusted": Column(t("column-p-adjusted"), t.p_value),
    }


def analyse_ingredients(visit: Visit, years: Years) -> Analysis:
    """Return E5."""
    return analyse(visit, years, INGREDIENTS)


def analyse_tags(visit: Visit, years: Years) -> Analysis:
    """Return E6."""
    return analyse(visit, years, TAGS)
