"""Ratings of the recipes that contain an ingredient: by year, by season, at weekends."""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from mangetamain_analytics.utils.rating_statistics import STARS
from mangetamain_analytics.visualization.analyse_ratings.counts import (
    SEASON_OF_MONTH,
    Choices,
    Counts,
)
from mangetamain_analytics.visualization.page import Query, Visit, Years

# A yearly mean of fewer ratings jumps about: the year is left out of an ingredient's curve.
MIN_RATINGS_OF_YEAR = 20


@dataclass(frozen=True)
class IngredientRatings:
    """Ratings of one ingredient by month (as in RatingCounts), weekday or weekend, and star."""

    name: str
    months: Counts
    counts: Counts  # months × (weekdays, weekend) × stars

    def within(self, years: Years) -> "IngredientRatings":
        """Return the ratings of these years."""
        chosen = years.rows(self.months // 12)
        return IngredientRatings(self.name, self.months[chosen], self.counts[chosen])

    @property
    def total(self) -> int:
        """All ratings."""
        return int(self.counts.sum())

    @property
    def by_star(self) -> Counts:
        """Ratings by star."""
        return np.asarray(self.counts.sum(axis=(0, 1)))

    @property
    def by_season(self) -> Counts:
        """Ratings by season, month and star."""
        season = SEASON_OF_MONTH[self.months % 12]
        by_month = self.counts.sum(axis=1)
        return np.asarray([by_month * (season == s)[:, np.newaxis] for s in range(4)])

    @property
    def weekdays_and_weekend(self) -> tuple[Counts, Counts]:
        """Ratings by month and star from Monday to Friday, and at weekends."""
        return self.counts[:, 0], self.counts[:, 1]

    def yearly(self) -> tuple[Counts, Counts, NDArray[np.float64]]:
        """Return the years with enough ratings, their ratings and their means."""
        years, year_of = np.unique(self.months // 12, return_inverse=True)
        by_year = np.zeros((len(years), 5), dtype=np.int64)
        np.add.at(by_year, year_of, self.counts.sum(axis=1))
        n = by_year.sum(axis=1)
        kept = n >= MIN_RATINGS_OF_YEAR
        return years[kept], n[kept], by_year[kept] @ STARS / n[kept]


def ingredient_query(name: str) -> Query:
    """Return the query of an ingredient's ratings."""
    return Query("ratings_ingredient", {"ingredient": name})


def all_ratings(visit: Visit, name: str, *, train_only: bool) -> IngredientRatings:
    """Return an ingredient's ratings of all years, counted once per data version."""

    def count() -> IngredientRatings:
        frame = ingredient_query(name).run_uncached(visit.data)
        return count_ratings(name, frame.filter(pl.col("in_train")) if train_only else frame)

    return visit.data.once(("IngredientRatings", name, train_only), count)


def ingredient_ratings(visit: Visit, choices: Choices, name: str) -> IngredientRatings:
    """Return an ingredient's ratings in the chosen years and split."""
    return all_ratings(visit, name, train_only=choices.train_only).within(choices.years)


def count_ratings(name: str, frame: pl.DataFrame) -> IngredientRatings:
    """Return the counts of the rows of `ratings_ingredient.sql`."""
    position = 12 * frame["year"].cast(pl.Int64).to_numpy() + frame["month"].to_numpy() - 1
    months, month_of = np.unique(position, return_inverse=True)
    counts = np.zeros((len(months), 2, 5), dtype=np.int64)
    place = (month_of, frame["is_weekend"].to_numpy().astype(int), frame["rating"].to_numpy() - 1)
    np.add.at(counts, place, frame["n_ratings"].to_numpy())
    return IngredientRatings(name, months, counts)
