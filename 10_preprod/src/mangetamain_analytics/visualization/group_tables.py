"""What the chosen years hold of each season and each weekday, ready for the tests.

The data are read once per data version, for all years; choosing years only chooses rows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import ArrayLike, NDArray

from mangetamain_analytics.utils.group_tests import ValueCounts
from mangetamain_analytics.utils.insights import Item
from mangetamain_analytics.utils.statistics import Matrix, Vector
from mangetamain_analytics.visualization.page import Query, Visit, Years

SEASON_NAMES = ("Winter", "Spring", "Summer", "Autumn")  # in the order of the pages
N_MONTHS, N_WEEKDAYS = 12, 7
DAY_TYPES = ([0, 1, 2, 3, 4], [5, 6])  # columns of the weekdays, and of the weekend
MONTHS_OF_SEASONS = ([11, 0, 1], [2, 3, 4], [5, 6, 7], [8, 9, 10])  # columns, January first

# Fewer recipes cannot have five in each of the four seasons: the query may leave such items out.
MIN_RECIPES = 20

DAYS = Query("calendar_days", {})
VALUES = Query("calendar_values", {})

Codes = NDArray[np.integer]


def items_query(item: Item) -> Query:
    """Return the query that counts the recipes with each item."""
    return Query("calendar_items", {"kind": item.value, "min_recipes": MIN_RECIPES})


def item_days_query(item: Item, name: str) -> Query:
    """Return the query that counts the recipes with one item, day by day."""
    return Query("item_days", {"kind": item.value, "item": name})


@dataclass(frozen=True)
class Calendar:
    """Days and recipes of each year, month and weekday: axes in this order."""

    years: Codes
    n_days: Matrix
    n_recipes: Matrix

    @classmethod
    def of(cls, frame: pl.DataFrame) -> "Calendar":
        """Return the table of the rows of ``calendar_days``."""
        years = np.unique(frame["year"].to_numpy())
        place = (np.searchsorted(years, frame["year"]), frame["month"] - 1, frame["weekday"] - 1)
        shape = (len(years), N_MONTHS, N_WEEKDAYS)
        return cls(
            years, _dense(place, shape, frame["n_days"]), _dense(place, shape, frame["n_recipes"])
        )

    def within(self, years: Years) -> "Calendar":
        """Return the chosen years."""
        chosen = (self.years >= years.first) & (self.years <= years.last)
        return Calendar(self.years[chosen], self.n_days[chosen], self.n_recipes[chosen])

    def by_month(self) -> tuple[Matrix, Matrix]:
        """Return recipes and days: a row per year, a column per month."""
        return self.n_recipes.sum(axis=2), self.n_days.sum(axis=2)

    def by_weekday(self) -> tuple[Matrix, Matrix]:
        """Return recipes and days: a row per year, a column per weekday, Monday first."""
        return self.n_recipes.sum(axis=1), self.n_days.sum(axis=1)


def merged(table: Matrix, members: Sequence[Sequence[int]]) -> Matrix:
    """Return a table of larger groups: the sum of each list of columns."""
    return np.stack([table[:, list(group)].sum(axis=1) for group in members], axis=1)


def with_days(n_counted: Matrix, n_days: Matrix) -> list[int]:
    """Return the groups (columns) that the years (rows) in which something happened have a day of.

    A year in which nothing did says nothing of the groups that it alone has days of.
    """
    shown: list[int] = np.flatnonzero(n_days[n_counted.any(axis=1)].sum(axis=0)).tolist()
    return shown


@dataclass(frozen=True)
class Measures:
    """Every recipe's year, season and weekday, and the rank of each of its values.

    Attributes:
        years: By recipe, increasing: a range of years is a slice.
        seasons: By recipe, 0 for the first of ``SEASON_NAMES``.
        weekdays: By recipe, 0 for Monday.
        values: By measure, its distinct values, increasing.
        codes: By measure, where the value of each recipe stands among them.
    """

    years: Codes
    seasons: Codes
    weekdays: Codes
    values: Mapping[str, Vector]
    codes: Mapping[str, Codes]

    @classmethod
    def of(cls, frame: pl.DataFrame) -> "Measures":
        """Return the measures of the rows of ``calendar_values``."""
        frame, values, codes = frame.sort("year"), {}, {}
        for name in frame.columns[3:]:
            distinct, code = np.unique(frame[name].to_numpy(), return_inverse=True)
            values[name], codes[name] = distinct.astype(float), code.astype(np.int32)
        return cls(
            years=frame["year"].to_numpy(),
            seasons=(frame["month"].to_numpy() % 12) // 3,
            weekdays=frame["weekday"].to_numpy() - 1,
            values=values,
            codes=codes,
        )

    def by_season(self, measure: str, years: Years) -> ValueCounts:
        """Return how often each value occurs in each season of the chosen years."""
        return self._table(measure, years, self.seasons, len(SEASON_NAMES))

    def by_weekday(self, measure: str, years: Years) -> ValueCounts:
        """Return how often each value occurs on each weekday of the chosen years."""
        return self._table(measure, years, self.weekdays, N_WEEKDAYS)

    def _table(self, measure: str, years: Years, groups: Codes, n_groups: int) -> ValueCounts:
        chosen = years.rows(self.years)
        values = self.values[measure]
        place = self.codes[measure][chosen] * n_groups + groups[chosen]
        counts = np.bincount(place, minlength=len(values) * n_groups).reshape(-1, n_groups)
        occurring = counts.any(axis=1)
        return ValueCounts(values[occurring], counts[occurring].astype(float))


@dataclass(frozen=True)
class ItemCounts:
    """Recipes with each item: axes item, year, season, and weekday or weekend."""

    names: Sequence[str]
    years: Codes
    n_recipes: NDArray[np.int64]

    @classmethod
    def of(cls, frame: pl.DataFrame) -> "ItemCounts":
        """Return the table of the rows of ``calendar_items``, which come ordered by item."""
        names = frame["item"].unique(maintain_order=True)
        years = np.unique(frame["year"].to_numpy())
        seasons = frame["season"].cast(pl.Enum(SEASON_NAMES)).to_physical()
        place = (
            frame["item"].rle_id(),
            np.searchsorted(years, frame["year"]),
            seasons,
            frame["is_weekend"].cast(pl.Int8),
        )
        shape = (len(names), len(years), len(SEASON_NAMES), len(DAY_TYPES))
        counts = _dense(place, shape, frame["n_recipes"]).astype(np.int64)
        return cls(names.to_list(), years, counts)

    @classmethod
    def of_days(cls, name: str, frame: pl.DataFrame) -> "ItemCounts":
        """Return the table of one item from the rows of ``item_days``."""
        years, place_of_year = np.unique(frame["year"].to_numpy(), return_inverse=True)
        place = (
            np.zeros_like(place_of_year),
            place_of_year,
            (frame["month"].to_numpy() % N_MONTHS) // 3,
            frame["weekday"].to_numpy() > len(DAY_TYPES[0]),
        )
        shape = (1, len(years), len(SEASON_NAMES), len(DAY_TYPES))
        counts = _dense(place, shape, frame["n_recipes"]).astype(np.int64)
        return cls([name], years, counts)

    def only(self, name: str) -> "ItemCounts":
        """Return the table of one of its items."""
        row = self.names.index(name)
        return ItemCounts([name], self.years, self.n_recipes[row : row + 1])

    def by_season(self, years: Years) -> Matrix:
        """Return a row per item, a column per season of the chosen years."""
        return np.asarray(self._of(years).sum(axis=(1, 3)), dtype=float)

    def by_day_type(self, years: Years) -> Matrix:
        """Return a row per item; weekdays, then weekends of the chosen years."""
        return np.asarray(self._of(years).sum(axis=(1, 2)), dtype=float)

    def _of(self, years: Years) -> NDArray[np.int64]:
        return self.n_recipes[:, (self.years >= years.first) & (self.years <= years.last)]


def calendar(visit: Visit, years: Years) -> Calendar:
    """Return the days and the recipes of the chosen years."""
    whole = visit.data.once(("Calendar",), lambda: Calendar.of(DAYS.run(visit.data)))
    return whole.within(years)


def measures(visit: Visit) -> Measures:
    """Return what is measured of each recipe of all years."""
    return visit.data.once(("Measures",), lambda: Measures.of(VALUES.run_uncached(visit.data)))


def item_counts(visit: Visit, item: Item) -> ItemCounts:
    """Return how many recipes of all years carry each item."""
    query = items_query(item)
    return visit.data.once(
        ("ItemCounts", item), lambda: ItemCounts.of(query.run_uncached(visit.data))
    )


def counts_of_one(visit: Visit, item: Item, name: str) -> ItemCounts:
    """Return how many recipes of all years carry one item, however rare."""
    frequent = item_counts(visit, item)
    if name in frequent.names:
        return frequent.only(name)
    return ItemCounts.of_days(name, item_days_query(item, name).run(visit.data))


def _dense(place: Sequence[ArrayLike], shape: Sequence[int], counts: pl.Series) -> Matrix:
    flat = np.ravel_multi_index([np.asarray(axis) for axis in place], tuple(shape))
    filled = np.bincount(flat, weights=counts.to_numpy(), minlength=int(np.prod(shape)))
    return filled.astype(float).reshape(shape)
