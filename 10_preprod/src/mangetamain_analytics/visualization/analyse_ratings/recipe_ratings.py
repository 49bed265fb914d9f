"""Ratings summed by recipe, of the chosen years, and what recipes are: for R7 and R9."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import polars as pl
from numpy.typing import NDArray

from mangetamain_analytics.visualization.analyse_ratings.counts import Choices
from mangetamain_analytics.visualization.page import Query, Visit, Years

BY_RECIPE = Query("ratings_by_recipe", {})
FEATURES = Query("ratings_recipe_features", {})

Integers = NDArray[np.int64]
Codes = NDArray[np.int32]


@dataclass(frozen=True)
class RecipeRatings:
    """Ratings of each recipe: their number, the sum of their stars and of the squares of these.

    `place` is the row of the recipe in `Recipes`.
    """

    place: Integers
    n: Integers
    total: Integers
    squares: Integers

    @property
    def mean(self) -> NDArray[np.float64]:
        """Mean stars of each recipe."""
        return self.total / self.n

    def where(self, kept: NDArray[np.bool_]) -> "RecipeRatings":
        """Return some of the recipes."""
        # A mask that follows no pattern takes six times as long as the rows it keeps.
        rows = np.flatnonzero(kept)
        return RecipeRatings(self.place[rows], self.n[rows], self.total[rows], self.squares[rows])


@dataclass(frozen=True)
class Recipes:
    """Every cleaned recipe, by number.

    Attributes:
        ids: Their numbers, increasing.
        names: In the same order.
        codes: By feature, the rank of each recipe's value among the distinct values, from 0.
        values: By feature, these distinct values, increasing.
    """

    ids: Integers
    names: pl.Series
    codes: dict[str, Codes]
    values: dict[str, NDArray[np.float64]]

    @classmethod
    def of(cls, frame: pl.DataFrame) -> "Recipes":
        """Return the recipes of the rows of `ratings_recipe_features.sql`."""
        codes, values = {}, {}
        for column in frame.columns[2:]:
            distinct, code = np.unique(frame[column].to_numpy(), return_inverse=True)
            codes[column], values[column] = code.astype(np.int32), distinct.astype(np.float64)
        return cls(frame["recipe_id"].to_numpy(), frame["name"], codes, values)


@dataclass(frozen=True)
class CumulativeRecipeRatings:
    """Sums from the first year to each other one: those of a range of years are a difference.

    Attributes:
        years: Increasing.
        sums: Ratings, stars and squares of these, before each year and after the last one
            ((1 + years) × recipes); each in the smallest type, since it has four million numbers.
    """

    years: NDArray[np.int16]
    sums: tuple[NDArray[np.unsignedinteger], ...]

    @classmethod
    def of(cls, frame: pl.DataFrame, recipes: Recipes) -> "CumulativeRecipeRatings":
        """Return the sums of the rows of `ratings_by_recipe.sql`."""
        frame = frame.sort("year", maintain_order=True)
        years, starts = np.unique(frame["year"].to_numpy(), return_index=True)
        place = np.searchsorted(recipes.ids, frame["recipe_id"].to_numpy())
        of_year = [slice(*ends) for ends in pairwise([*starts.tolist(), len(place)])]

        def cumulated(column: str) -> NDArray[np.unsignedinteger]:
            values, n = frame[column].to_numpy(), len(recipes.ids)
            largest = np.bincount(place, weights=values, minlength=n).max(initial=0)
            sums = np.zeros((1 + len(years), n), dtype=np.min_scalar_type(int(largest)))
            for i, rows in enumerate(of_year):
                sums[i + 1] = sums[i] + np.bincount(place[rows], values[rows], minlength=n)
            return sums

        columns = ("n_ratings", "total_stars", "total_squares")
        return cls(years, tuple(cumulated(column) for column in columns))

    def within(self, years: Years) -> RecipeRatings:
        """Return the recipes rated in these years."""
        chosen = years.rows(self.years)
        n, total, squares = (sums[chosen.stop] - sums[chosen.start] for sums in self.sums)
        rated = np.flatnonzero(n > 0)
        return RecipeRatings(rated, *(sums[rated].astype(np.int64) for sums in (n, total, squares)))


def all_recipes(visit: Visit) -> Recipes:
    """Return every cleaned recipe, read once per data version."""
    return visit.data.once(("Recipes",), lambda: Recipes.of(FEATURES.run_uncached(visit.data)))


def recipe_ratings(visit: Visit, choices: Choices) -> RecipeRatings:
    """Return the ratings of each recipe in the chosen years and split."""
    recipes = all_recipes(visit)

    def read() -> CumulativeRecipeRatings:
        frame = BY_RECIPE.run_uncached(visit.data)
        if choices.train_only:
            frame = frame.filter(pl.col("in_train"))
        return CumulativeRecipeRatings.of(frame, recipes)

    cumulative = visit.data.once(("CumulativeRecipeRatings", choices.train_only), read)
    return cumulative.within(choices.years)
