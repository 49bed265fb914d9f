"""The ratings as counts by month, weekday and star, of the chosen years; and the days they had."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
from babel.dates import get_month_names
from numpy.typing import NDArray

from mangetamain_analytics.utils.i18n import Translator
from mangetamain_analytics.utils.rating_statistics import IS_FIVE, IS_LOW, STARS, clustered_means
from mangetamain_analytics.visualization.page import Query, Visit, Years

Counts = NDArray[np.int64]

# A mean of fewer ratings says nothing: such a group is neither drawn nor tested.
SMALLEST_GROUP = 30
SEASON_OF_MONTH = np.array([0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 0])
FIRST_DAY_OF_WEEKEND = 5  # Saturday, when Monday is 0


@dataclass(frozen=True)
class Choices:
    """What the visitor chose for the whole page."""

    years: Years
    train_only: bool
    min_ratings: int


@dataclass(frozen=True)
class RatingCounts:
    """Ratings by month, weekday (from Monday) and star.

    `months` counts them since year 0, without a gap: 12 × year + month − 1.
    """

    months: Counts
    counts: Counts

    @classmethod
    def of(cls, frame: pl.DataFrame) -> "RatingCounts":
        """Return the counts of the rows of `ratings_counts.sql`."""
        if frame.is_empty():
            return cls(np.zeros(0, dtype=np.int64), np.zeros((0, 7, 5), dtype=np.int64))
        year, month, weekday, rating, n = (
            frame[name].to_numpy().astype(np.int64)
            for name in ("year", "month", "weekday", "rating", "n_ratings")
        )
        position = 12 * year + month - 1
        months = np.arange(position.min(), position.max() + 1)
        counts = np.zeros((len(months), 7, 5), dtype=np.int64)
        np.add.at(counts, (position - months[0], weekday - 1, rating - 1), n)
        return cls(months, counts)

    def within(self, years: Years) -> "RatingCounts":
        """Return the counts of these years."""
        chosen = years.rows(self.months // 12)
        return RatingCounts(self.months[chosen], self.counts[chosen])

    @property
    def by_star(self) -> Counts:
        """Ratings by star."""
        return np.asarray(self.counts.sum(axis=(0, 1)))

    @property
    def by_month(self) -> Counts:
        """Ratings by month and star."""
        return np.asarray(self.counts.sum(axis=1))

    @property
    def total(self) -> int:
        """All ratings."""
        return int(self.counts.sum())

    @property
    def by_season(self) -> Counts:
        """Ratings by season, month and star; a month has none in the seasons of others."""
        season = SEASON_OF_MONTH[self.months % 12]
        return np.asarray([self.by_month * (season == s)[:, np.newaxis] for s in range(4)])

    @property
    def by_calendar_month(self) -> Counts:
        """Ratings by month of the year, month and star."""
        return np.asarray(
            [self.by_month * (self.months % 12 == m)[:, np.newaxis] for m in range(12)]
        )

    @property
    def by_weekday(self) -> Counts:
        """Ratings by weekday, month and star."""
        return np.asarray(self.counts.transpose(1, 0, 2))

    @property
    def weekdays_and_weekend(self) -> tuple[Counts, Counts]:
        """Ratings by month and star from Monday to Friday, and at weekends."""
        return (
            np.asarray(self.counts[:, :FIRST_DAY_OF_WEEKEND].sum(axis=1)),
            np.asarray(self.counts[:, FIRST_DAY_OF_WEEKEND:].sum(axis=1)),
        )


@dataclass(frozen=True)
class KeptMonths:
    """The months that hold enough ratings for their mean to be compared."""

    months: Counts
    counts: Counts

    @classmethod
    def of(cls, ratings: RatingCounts, min_ratings: int) -> "KeptMonths":
        """Return the months with at least `min_ratings`."""
        by_month = ratings.by_month
        kept = by_month.sum(axis=1) >= max(1, min_ratings)
        return cls(ratings.months[kept], by_month[kept])

    @property
    def first_days(self) -> list[date]:
        """First day of each month."""
        return [date(int(m) // 12, int(m) % 12 + 1, 1) for m in self.months]

    @property
    def n(self) -> Counts:
        """Ratings of each month."""
        return np.asarray(self.counts.sum(axis=1))

    @property
    def span(self) -> int:
        """Months from the first to the last one."""
        return int(self.months[-1] - self.months[0]) if len(self.months) else 0


def all_counts(visit: Visit, *, train_only: bool) -> RatingCounts:
    """Return the ratings of all years, counted once per data version."""

    def count() -> RatingCounts:
        frame = COUNTS.run_uncached(visit.data)
        return RatingCounts.of(frame.filter(pl.col("in_train")) if train_only else frame)

    return visit.data.once(("RatingCounts", train_only), count)


COUNTS = Query("ratings_counts", {})


def days_of(visit: Visit, years: Years) -> NDArray[np.datetime64]:
    """Return every day of the chosen years that the data cover."""
    period = visit.data.query("ratings_period").row(0, named=True)
    first = max(period["first_day"], date(years.first, 1, 1))
    last = min(period["last_day"], date(years.last, 12, 31))
    return np.arange(np.datetime64(first), np.datetime64(last) + 1)


def years_and_months(days: NDArray[np.datetime64]) -> tuple[Counts, Counts]:
    """Return the year and the month (from 0) of each day."""
    months = days.astype("datetime64[M]").astype(np.int64)  # since January 1970
    return 1970 + months // 12, months % 12


def weekdays(days: NDArray[np.datetime64]) -> Counts:
    """Return the weekday of each day, Monday being 0."""
    return np.asarray((days.astype("datetime64[D]").astype(np.int64) + 3) % 7)  # 1970-01-01: Thu


def by_year(years: Counts, groups: Counts, n: Counts, n_groups: int) -> NDArray[np.float64]:
    """Return sums of `n` by year (rows, in order, without a gap) and group."""
    table = np.zeros((int(years.max() - years.min()) + 1, n_groups))
    np.add.at(table, (years - years.min(), groups), n)
    return table


def is_large(counts: Counts) -> NDArray[np.bool_]:
    """Tell which groups (rows: months × stars) hold enough ratings, from two months or more."""
    by_month = counts.sum(axis=-1)
    return np.asarray((by_month.sum(axis=-1) >= SMALLEST_GROUP) & ((by_month > 0).sum(axis=-1) > 1))


def group_frame(counts: Counts) -> pl.DataFrame:
    """Return what describes each group of ratings (groups × months × stars, all large enough)."""
    n = counts.sum(axis=(1, 2))
    mean, five = clustered_means(counts), clustered_means(counts, IS_FIVE)
    low = clustered_means(counts, IS_LOW)
    squares = counts.sum(axis=1) @ STARS**2
    sd = np.sqrt((squares - n * mean.mean**2) / (n - 1))
    return pl.DataFrame(
        {
            "n_ratings": n,
            "mean_rating": mean.mean,
            "mean_low": mean.low,
            "mean_high": mean.high,
            "share_of_five": five.mean,
            "share_of_five_low": five.low,
            "share_of_five_high": five.high,
            "share_of_two_or_less": low.mean,
            "share_of_two_or_less_low": low.low,
            "share_of_two_or_less_high": low.high,
            "sd_rating": sd,
        }
    )


def month_axis(t: Translator) -> list[str]:
    """Return the months as they stand on an axis."""
    names = get_month_names("abbreviated", "stand-alone", t.language)
    return [names[i + 1] for i in range(12)]


def scope_method(visit: Visit, choices: Choices, n: int) -> str:
    """Say which ratings a chart shows."""
    return visit.t(SCOPE_KEYS[choices.train_only], n=n, years=str(choices.years))


SCOPE_KEYS = {False: "ratings-scope-all", True: "ratings-scope-train"}
