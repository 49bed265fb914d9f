"""Ratings summed by recipe, of the chosen years, and what recipes are: for R7 and R9."""

from dataclasses import dataclass

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
        return RecipeRatings(self.place[kept], self.n[kept], self.total[kept], self.squares[kept])


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
class YearlyRecipeRatings:
    """Half a million rows of `ratings_by_recipe.sql`, ordered by year: years are a slice."""

    years: NDArray[np.int16]
    place: Integers
    sums: tuple[NDArray[np.float64], ...]  # ratings, stars, squares

    @classmethod
    def of(cls, frame: pl.DataFrame, recipes: Recipes) -> "YearlyRecipeRatings":
        """Return the arrays of the rows."""
        ordered = frame.sort("year", maintain_order=True)
        return cls(
            ordered["year"].to_numpy(),
            np.searchsorted(recipes.ids, ordered["recipe_id"].to_numpy()),
            tuple(
                ordered[column].to_numpy().astype(np.float64)
                for column in ("n_ratings", "total_stars", "total_squares")
            ),
        )

    def within(self, years: Years, n_recipes: int) -> RecipeRatings:
        """Return the recipes rated in these years."""
        first, last = np.searchsorted(self.years, [years.first, years.last + 1])
        place = self.place[first:last]
        n, total, squares = (
            np.bincount(place, weights=column[first:last], minlength=n_recipes).astype(np.int64)
            for column in self.sums
        )
        return RecipeRatings(np.arange(n_recipes), n, total, squares).where(n > 0)


def all_recipes(visit: Visit) -> Recipes:
    """Return every cleaned recipe, read once per data version."""
    return visit.data.once(("Recipes",), lambda: Recipes.of(FEATURES.run_uncached(visit.data)))


def recipe_ratings(visit: Visit, choices: Choices) -> RecipeRatings:
    """Return the ratings of each recipe in the chosen years and split."""
    recipes = all_recipes(visit)

    def read() -> YearlyRecipeRatings:
        frame = BY_RECIPE.run_uncached(visit.data)
        if choices.train_only:
            frame = frame.filter(pl.col("in_train"))
        return YearlyRecipeRatings.of(frame, recipes)

    rows = visit.data.once(("YearlyRecipeRatings", choices.train_only), read)
    return rows.within(choices.years, len(recipes.ids))
