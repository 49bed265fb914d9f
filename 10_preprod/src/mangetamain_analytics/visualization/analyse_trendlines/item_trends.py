"""The share of recipes of every frequent ingredient (or tag), and which shares rise and fall."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from mangetamain_analytics.utils.insights import established_changes
from mangetamain_analytics.utils.statistics import (
    Matrix,
    Trends,
    Vector,
    adjust_p_values,
    enough_for_trend,
    weighted_trends,
)

POINTS_PER_DECADE = 1000  # of a share per year: ten years, a hundred points


@dataclass(frozen=True)
class ItemTrends:
    """The share of recipes of each item, year by year, with its trend.

    Attributes:
        names: The items.
        years: The chosen years that hold recipes, in order.
        shares: A row per item, a column per year; fractions of the year's recipes.
        trends: One per item; None when the years are too few.
        p_adjusted: One per item, corrected over all of them (Benjamini–Hochberg).
        rises: Indices of the established rises, strongest first.
        falls: Those of the falls.
    """

    names: Sequence[str]
    years: Sequence[int]
    shares: Matrix
    trends: Trends | None
    p_adjusted: Vector
    rises: Sequence[int]
    falls: Sequence[int]

    @property
    def period(self) -> tuple[int, int]:
        """First and last of the years; (0, 0) if there is no item."""
        return (self.years[0], self.years[-1]) if self.years else (0, 0)

    def slopes(self, indices: Sequence[int]) -> pl.DataFrame:
        """Return the trends of the items in points of share per decade, with 95 % interval."""
        if self.trends is None:
            raise ValueError(f"{len(self.years)} years are too few for a trend")
        rows = list(indices)
        return pl.DataFrame(
            {
                "item": [self.names[i] for i in rows],
                "slope_points_per_decade": self.trends.slope[rows] * POINTS_PER_DECADE,
                "slope_low": self.trends.slope_low[rows] * POINTS_PER_DECADE,
                "slope_high": self.trends.slope_high[rows] * POINTS_PER_DECADE,
                "p_adjusted": self.p_adjusted[rows],
            }
        )


def fit_items(frame: pl.DataFrame) -> ItemTrends:
    """Fit the trend of each item's share and find the established changes.

    Args:
        frame: Ordered by item and year, with a row for every pair: ``item``, ``year``,
            ``n_recipes_of_year`` and ``share_of_recipes``.
    """
    names = frame["item"].unique(maintain_order=True).to_list()
    if not names:
        return ItemTrends((), (), np.empty((0, 0)), None, np.empty(0), (), ())
    of_first_item = frame.head(frame.height // len(names))
    years_with_recipes = of_first_item["year"].to_list()
    shares = frame["share_of_recipes"].to_numpy().reshape(len(names), of_first_item.height)
    if not enough_for_trend(len(years_with_recipes)):
        return ItemTrends(names, years_with_recipes, shares, None, np.ones(len(names)), (), ())
    trends = weighted_trends(years_with_recipes, shares, of_first_item["n_recipes_of_year"])
    p_adjusted = adjust_p_values(trends.p_value, "bh")
    period = (years_with_recipes[0], years_with_recipes[-1])
    rises, falls = established_changes(trends, p_adjusted, period)
    return ItemTrends(names, years_with_recipes, shares, trends, p_adjusted, rises, falls)
