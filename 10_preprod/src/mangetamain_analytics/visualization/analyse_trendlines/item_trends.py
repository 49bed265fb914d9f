"""Which ingredients (or tags) take a larger or smaller share of the recipes, year after year."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from mangetamain_analytics.utils.insights import Insight, Item, Verdict, change_verdict
from mangetamain_analytics.utils.item_trend_insights import (
    SMALLEST_SHARE_CHANGE,
    established_changes,
    items_insight,
)
from mangetamain_analytics.utils.statistics import (
    Matrix,
    Trends,
    Vector,
    adjust_p_values,
    enough_for_trend,
    weighted_trends,
)
from mangetamain_analytics.visualization.page import Query, Visit, Years

# An item in fewer recipes has a share too noisy for a trend; 2,415 real ingredients have as many.
MIN_RECIPES = 50
N_STRONGEST = 5  # rises, and as many falls
POINTS_PER_DECADE = 1000  # of a share per year: ten years, a hundred points

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class ItemYears:
    """How many recipes of each year carry each item.

    Attributes:
        names: The items.
        years: The years with recipes, in order.
        n_recipes: A row per item, a column per year.
        n_recipes_of_year: All the recipes of each year.
    """

    names: pl.Series
    years: Counts
    n_recipes: NDArray[np.int32]
    n_recipes_of_year: Counts

    @classmethod
    def of(cls, frame: pl.DataFrame, volumes: pl.DataFrame) -> "ItemYears":
        """Return the table of the rows of `trends_items_by_year.sql` and `trends_volume.sql`."""
        names = frame["item"].unique(maintain_order=True)
        years = volumes["year"].to_numpy()
        n_recipes = np.zeros((len(names), len(years)), dtype=np.int32)
        place = frame["item"].rle_id().to_numpy(), np.searchsorted(years, frame["year"].to_numpy())
        n_recipes[place] = frame["n_recipes"]
        return cls(names, years, n_recipes, volumes["n_recipes"].to_numpy())

    def within(self, years: Years) -> "ItemYears":
        """Return the same items in the chosen years."""
        chosen = years.rows(self.years)
        return ItemYears(
            self.names,
            self.years[chosen],
            self.n_recipes[:, chosen],
            self.n_recipes_of_year[chosen],
        )

    def frequent(self) -> "ItemYears":
        """Return the items of at least MIN_RECIPES recipes."""
        rows = np.flatnonzero(self.n_recipes.sum(axis=1) >= MIN_RECIPES)
        return replace(self, names=self.names[rows], n_recipes=self.n_recipes[rows])

    def most_used(self, n_items: int) -> pl.DataFrame:
        """Return the items of most recipes, among equals by name.

        Returns:
            ``item``, ``n_recipes``, ``share_of_recipes``; fewer rows where fewer items occur.
        """
        n_recipes = self.n_recipes.sum(axis=1)
        order = np.argsort(-n_recipes, kind="stable")[:n_items]
        rows = order[n_recipes[order] > 0]
        return pl.DataFrame(
            {
                "item": self.names[rows],
                "n_recipes": n_recipes[rows],
                "share_of_recipes": n_recipes[rows] / self.n_recipes_of_year.sum(),
            }
        )


VOLUME = Query("trends_volume", {})


def items_query(kind: Item) -> Query:
    """Return the query that counts the items of a kind year by year."""
    return Query("trends_items_by_year", {"kind": kind.value})


def item_years(visit: Visit, kind: Item) -> ItemYears:
    """Return all items of a kind in all years, counted once per data version."""
    return visit.data.once(
        ("ItemYears", kind),
        lambda: ItemYears.of(items_query(kind).run_uncached(visit.data), VOLUME.run(visit.data)),
    )


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
        tested: Names of the items.
        p_value: One per item, before correction.
        p_adjusted: One per item, after it.
    """

    insight: Insight
    n_tested: int
    years: Sequence[int]
    rises: Sequence[str]
    falls: Sequence[str]
    shares: dict[str, list[float]]
    slopes: pl.DataFrame
    tested: Sequence[str] = ()
    p_value: Vector = field(default_factory=lambda: np.empty(0))
    p_adjusted: Vector = field(default_factory=lambda: np.empty(0))


@dataclass(frozen=True)
class ChosenTrends:
    """The items that a visitor chose, with their trends if there are enough years.

    Attributes:
        years: The years with recipes, in order.
        names: Those carried by a recipe of these years.
        shares: A row per item, a column per year.
        slopes: As those of `ItemChanges`; none if the years are too few.
        verdicts: One per row of the slopes.
        trends: None if the years are too few.
        absent: Chosen names that no recipe of these years carries.
    """

    years: Sequence[int]
    names: Sequence[str]
    shares: Matrix
    slopes: pl.DataFrame
    verdicts: Sequence[Verdict]
    trends: Trends | None
    absent: Sequence[str]


def follow(changes: ItemChanges, counts: ItemYears, wanted: Sequence[str]) -> ChosenTrends:
    """Fit the trends of chosen items, beside those that were tested together.

    An item that was tested keeps its p-value; the others are corrected together with all of the
    tested ones, whose p-values do not change.

    Args:
        changes: The items that were tested together.
        counts: All items in the chosen years.
        wanted: The chosen names.
    """
    years, n_of_year = counts.years.tolist(), counts.n_recipes_of_year
    row_of = {name: counts.names.index_of(name) for name in wanted}
    rows = {
        name: row for name, row in row_of.items() if row is not None and counts.n_recipes[row].any()
    }
    names, absent = list(rows), [name for name in wanted if name not in rows]
    shares = counts.n_recipes[list(rows.values())] / n_of_year
    if not names or not enough_for_trend(len(years)):
        return ChosenTrends(years, names, shares, pl.DataFrame(), [], None, absent)
    trends = weighted_trends(years, shares, n_of_year)
    p_adjusted = _adjusted_beside(changes, names, trends)
    span = years[-1] - years[0]
    return ChosenTrends(
        years=years,
        names=names,
        shares=shares,
        slopes=_slopes(names, trends, p_adjusted, range(len(names))),
        verdicts=[
            change_verdict(float(p), float(slope * span), SMALLEST_SHARE_CHANGE)
            for p, slope in zip(p_adjusted, trends.slope, strict=True)
        ],
        trends=trends,
        absent=absent,
    )


def _adjusted_beside(changes: ItemChanges, names: Sequence[str], trends: Trends) -> Vector:
    place = {name: i for i, name in enumerate(changes.tested)}
    new = [i for i, name in enumerate(names) if name not in place]
    together = np.concatenate([changes.p_value, trends.p_value[new]])
    p_of_new = iter(adjust_p_values(together, "bh")[len(changes.tested) :])
    return np.array(
        [changes.p_adjusted[place[name]] if name in place else next(p_of_new) for name in names]
    )


def _slopes(
    names: Sequence[str], trends: Trends, p_adjusted: Vector, rows: Sequence[int]
) -> pl.DataFrame:
    chosen = list(rows)
    return pl.DataFrame(
        {
            "item": [names[i] for i in chosen],
            "slope_points_per_decade": trends.slope[chosen] * POINTS_PER_DECADE,
            "slope_low": trends.slope_low[chosen] * POINTS_PER_DECADE,
            "slope_high": trends.slope_high[chosen] * POINTS_PER_DECADE,
            "p_adjusted": p_adjusted[chosen],
        }
    )


def find_changes(item: Item, chosen: ItemYears) -> ItemChanges:
    """Fit the trend of each item's share and keep the strongest established changes.

    Args:
        item: What the items are.
        chosen: The items that are frequent in the chosen years.
    """
    names, years = chosen.names.to_list(), chosen.years.tolist()
    if not names or not enough_for_trend(len(years)):
        insight = items_insight(item, names, None, [], (0, 0))
        return ItemChanges(insight, len(names), years, [], [], {}, pl.DataFrame())
    shares = chosen.n_recipes / chosen.n_recipes_of_year
    trends = weighted_trends(years, shares, chosen.n_recipes_of_year)
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
        slopes=_slopes(names, trends, p_adjusted, strongest),
        tested=names,
        p_value=trends.p_value,
        p_adjusted=p_adjusted,
    )
