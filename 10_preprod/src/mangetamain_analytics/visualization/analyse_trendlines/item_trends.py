"""Which ingredients (or tags) take a larger or smaller share of the recipes, year after year."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from mangetamain_analytics.utils.insights import Insight, Item, established_changes, items_insight
from mangetamain_analytics.utils.statistics import (
    adjust_p_values,
    enough_for_trend,
    weighted_trends,
)

N_STRONGEST = 5  # rises, and as many falls
POINTS_PER_DECADE = 1000  # of a share per year: ten years, a hundred points


@dataclass(frozen=True)
class ItemChanges:
    """The strongest established changes among all the items that were tested together.

    Attributes:
        insight: What the tests say.
        n_tested: Number of items, all corrected for together (Benjamini–Hochberg).
        years: The chosen years that hold recipes, in order.
        rises: Names of the strongest rises, the strongest first.
        falls: Names of the strongest falls, the strongest first.
        shares: By name, the share of the recipes of each year; fractions.
        slopes: A row per change, from the strongest rise to the strongest fall: ``item``,
            ``slope_points_per_decade`` and its 95 % interval, ``p_adjusted``.
    """

    insight: Insight
    n_tested: int
    years: Sequence[int]
    rises: Sequence[str]
    falls: Sequence[str]
    shares: dict[str, list[float]]
    slopes: pl.DataFrame


def find_changes(item: Item, frame: pl.DataFrame) -> ItemChanges:
    """Fit the trend of each item's share and keep the strongest established changes.

    Args:
        item: What the items are.
        frame: Ordered by item and year, with a row for every pair: ``item``, ``year``,
            ``n_recipes_of_year`` and ``share_of_recipes``.
    """
    names = frame["item"].unique(maintain_order=True).to_list()
    of_first_item = frame.head(frame.height // max(1, len(names)))
    years = of_first_item["year"].to_list()
    if not names or not enough_for_trend(len(years)):
        insight = items_insight(item, names, None, [], (0, 0))
        return ItemChanges(insight, len(names), years, [], [], {}, pl.DataFrame())
    shares = frame["share_of_recipes"].to_numpy().reshape(len(names), len(years))
    trends = weighted_trends(years, shares, of_first_item["n_recipes_of_year"])
    p_adjusted = adjust_p_values(trends.p_value, "bh")
    period = (years[0], years[-1])
    all_rises, all_falls = established_changes(trends, p_adjusted, period)
    rises, falls = all_rises[:N_STRONGEST], all_falls[:N_STRONGEST]
    strongest = [*rises, *reversed(falls)]
    return ItemChanges(
        insight=items_insight(item, names, trends, p_adjusted, period),
        n_tested=len(names),
        years=years,
        rises=[names[i] for i in rises],
        falls=[names[i] for i in falls],
        shares={names[i]: shares[i].tolist() for i in strongest},
        slopes=pl.DataFrame(
            {
                "item": [names[i] for i in strongest],
                "slope_points_per_decade": trends.slope[strongest] * POINTS_PER_DECADE,
                "slope_low": trends.slope_low[strongest] * POINTS_PER_DECADE,
                "slope_high": trends.slope_high[strongest] * POINTS_PER_DECADE,
                "p_adjusted": p_adjusted[strongest],
            }
        ),
    )
