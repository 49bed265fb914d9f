"""What counts of stars say, and how sure that is.

Every function reads counts: the last axis of a table holds the ratings of 1, 2, 3, 4 and 5 stars.
A million ratings make any difference significant, and they do not come independently: a month
has its mood, a recipe its public. So intervals rest on months or recipes, not on single ratings.
Tests by rank are those of `group_tests`.
"""

import math
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special, stats

from mangetamain_analytics.utils.statistics import NORMAL_QUANTILE, t_quantile

Vector = NDArray[np.float64]
Counts = NDArray[np.int64]

STARS = np.arange(1.0, 6.0)
IS_FIVE = (STARS == 5).astype(float)
IS_LOW = (STARS <= 2).astype(float)


@dataclass(frozen=True)
class StarSummary:
    """What the ratings of each group are like; arrays of the shape of the groups.

    `sd` is that of a sample (n − 1), nan for a single rating; shares are fractions.
    """

    n: Counts
    mean: Vector
    sd: Vector
    median: Vector
    mode: Counts
    share_of_five: Vector
    share_of_low: Vector


@dataclass(frozen=True)
class ClusteredMeans:
    """The mean of each group and its 95 % interval, months (clusters) being independent.

    The interval of a group whose ratings come from a single month is nan.
    """

    mean: Vector
    low: Vector
    high: Vector


@dataclass(frozen=True)
class Difference:
    """How much the mean of one group exceeds that of another, months being independent."""

    value: float
    low: float
    high: float
    p_value: float
    n_clusters: int


@dataclass(frozen=True)
class RankCorrelations:
    """Spearman's ρ of one variable with several others, with 95 % intervals and p-values."""

    n: int
    rho: Vector
    low: Vector
    high: Vector
    p_value: Vector


class RatingSums(Protocol):
    """Ratings of each recipe: their number, the sum of their stars and of the squares of these."""

    @property
    def n(self) -> Counts:
        """Ratings."""

    @property
    def total(self) -> Counts:
        """Stars."""

    @property
    def squares(self) -> Counts:
        """Squared stars."""


@dataclass(frozen=True)
class RecipesCompared:
    """The ratings of some recipes and those of others, recipes being independent.

    `means` holds both, in this order; `difference` is first less second, `cohens_d` the same in
    pooled standard deviations of the ratings, with both ends of its 95 % interval.
    """

    means: ClusteredMeans
    difference: Difference
    cohens_d: float
    cohens_d_low: float
    cohens_d_high: float


@dataclass(frozen=True)
class Shrinkage:
    """How far the mean of a few ratings is to be believed.

    Recipes differ by `between_sd` around `mean`, ratings of one recipe by `within_sd` around its
    own. The best guess of a recipe's mean adds `weight` ratings of `mean` to those it has.
    """

    mean: float
    within_sd: float
    between_sd: float

    @property
    def weight(self) -> float:
        """The number of ratings that the prior is worth."""
        return (self.within_sd / self.between_sd) ** 2

    def estimate(self, n: ArrayLike, total: ArrayLike) -> tuple[Vector, Vector]:
        """Give the shrunk mean of recipes with `n` ratings and `total` stars, and its half width.

        The half width is that of the 95 % interval of the normal model.
        """
        ratings = np.asarray(n, dtype=float) + self.weight
        shrunk = (np.asarray(total, dtype=float) + self.weight * self.mean) / ratings
        return shrunk, NORMAL_QUANTILE * self.within_sd / np.sqrt(ratings)


def summarize_stars(counts: ArrayLike) -> StarSummary:
    """Give mean, spread, median, mode and shares of each group of ratings.

    Args:
        counts: ratings by star along the last axis.

    Raises:
        ValueError: a group is empty or the last axis does not hold five stars.
    """
    table = _checked(counts)
    n = table.sum(axis=-1)
    if (n == 0).any():
        raise ValueError("a group without a rating has no mean")
    mean = table @ STARS / n
    squares = np.einsum("...s,...s->...", table, (STARS - mean[..., np.newaxis]) ** 2)
    sd = np.full(mean.shape, np.nan)
    np.divide(squares, n - 1, out=sd, where=n > 1)
    return StarSummary(
        n=n,
        mean=mean,
        sd=np.sqrt(sd),
        median=(_star_at(table, (n - 1) // 2) + _star_at(table, n // 2)) / 2,
        mode=1 + table.argmax(axis=-1),
        share_of_five=table @ IS_FIVE / n,
        share_of_low=table @ IS_LOW / n,
    )


def _star_at(counts: Counts, position: Counts) -> Vector:
    """The star of the rating at a position, from 0, when they are sorted."""
    reached = counts.cumsum(axis=-1) <= np.asarray(position)[..., np.newaxis]
    return np.asarray(1.0 + reached.sum(axis=-1))


def clustered_means(counts: ArrayLike, values: Vector = STARS) -> ClusteredMeans:
    """Give the mean of `values` in each group, with an interval that months decide.

    Args:
        counts: groups × clusters × stars; a cluster without a rating counts for nothing.
        values: what a rating of each star is worth: its stars, or 1 and 0 for a share.

    Source: Cameron and Miller 2015, § II; Student's t with as many degrees of freedom as there
    are clusters less one; the same as statsmodels' cluster-robust OLS of a constant.
    """
    table = _checked(counts)
    n = table.sum(axis=(-1, -2))
    mean = table.sum(axis=-2) @ values / n
    errors = (table @ values - table.sum(axis=-1) * mean[..., np.newaxis]) / n[..., np.newaxis]
    clusters = (table.sum(axis=-1) > 0).sum(axis=-1)
    half_width = np.array(
        [
            _cluster_half_width(group, int(k))
            for group, k in zip(np.atleast_2d(errors), np.atleast_1d(clusters), strict=True)
        ]
    ).reshape(mean.shape)
    return ClusteredMeans(mean, mean - half_width, mean + half_width)


def _cluster_half_width(errors: Vector, n_clusters: int) -> float:
    if n_clusters < 2:
        return math.nan
    variance = errors @ errors * n_clusters / (n_clusters - 1)
    return t_quantile(n_clusters - 1) * math.sqrt(variance)


def clustered_difference(
    one: ArrayLike, other: ArrayLike, values: Vector = STARS
) -> Difference | None:
    """Give by how much the mean of `one` exceeds that of `other`; None below two clusters.

    Args:
        one: clusters × stars.
        other: the same clusters.
        values: as `clustered_means`.

    The same as statsmodels' cluster-robust OLS on a dummy.
    """
    tables = [_checked(one), _checked(other)]
    n_clusters = int((tables[0].sum(axis=-1) + tables[1].sum(axis=-1) > 0).sum())
    if n_clusters < 2 or not all(table.any() for table in tables):
        return None
    means = [float(table.sum(axis=0) @ values / table.sum()) for table in tables]
    errors = [
        (table @ values - table.sum(axis=-1) * mean) / table.sum()
        for table, mean in zip(tables, means, strict=True)
    ]
    n = int(sum(table.sum() for table in tables))
    small_sample = n_clusters / (n_clusters - 1) * (n - 1) / max(n - 2, 1)
    influence = errors[0] - errors[1]
    error = math.sqrt(float(influence @ influence) * small_sample)
    value = means[0] - means[1]
    half_width = t_quantile(n_clusters - 1) * error
    p_value = two_sided_p(value, error, n_clusters - 1)
    return Difference(value, value - half_width, value + half_width, p_value, n_clusters)


def compare_recipes(one: RatingSums, other: RatingSums) -> RecipesCompared:
    """Compare the ratings of some recipes with those of others; each side needs two recipes.

    A recipe's public returns to it, so recipes are the clusters: the means and the difference are
    those of statsmodels' cluster-robust OLS of a constant and on a dummy (Cameron and Miller 2015).
    """
    sides = (one, other)
    n = [int(side.n.sum()) for side in sides]
    means = [int(side.total.sum()) / size for side, size in zip(sides, n, strict=True)]
    errors = [
        (side.total - side.n * mean) / size
        for side, mean, size in zip(sides, means, n, strict=True)
    ]
    half_widths = np.array([_cluster_half_width(of_side, len(of_side)) for of_side in errors])
    mean = np.array(means)
    n_clusters = len(one.n) + len(other.n)
    small_sample = n_clusters / (n_clusters - 1) * (sum(n) - 1) / (sum(n) - 2)
    error = math.sqrt(sum(float(of_side @ of_side) for of_side in errors) * small_sample)
    value = means[0] - means[1]
    half_width = t_quantile(n_clusters - 1) * error
    squares = sum(
        float(side.squares.sum()) - size * mean**2
        for side, mean, size in zip(sides, means, n, strict=True)
    )
    sd = math.sqrt(max(squares, 0.0) / (sum(n) - 2))
    low, high = value - half_width, value + half_width
    return RecipesCompared(
        means=ClusteredMeans(mean, mean - half_widths, mean + half_widths),
        difference=Difference(
            value, low, high, two_sided_p(value, error, n_clusters - 1), n_clusters
        ),
        cohens_d=value / sd if sd else 0.0,
        cohens_d_low=low / sd if sd else 0.0,
        cohens_d_high=high / sd if sd else 0.0,
    )


def rank_correlations(y: ArrayLike, variables: ArrayLike) -> RankCorrelations:
    """Give Spearman's ρ of `y` with each row of `variables`; at least four values each.

    Only the order of the values counts: whole numbers from 0 without large gaps are fastest.
    The interval is Fisher's with the standard error of Bonett and Wright 2000; the p-value is
    scipy.stats.spearmanr's. A constant row has ρ = 0.
    """
    rows = np.array([_centred_ranks(row) for row in np.asarray(variables)])
    ranks = _centred_ranks(np.asarray(y))
    n = len(ranks)
    norms = np.sqrt((rows**2).sum(axis=1) * (ranks @ ranks))
    rho = np.zeros(len(rows))
    np.divide(rows @ ranks, norms, out=rho, where=norms > 0)
    inside = np.clip(rho, -1 + 1e-12, 1 - 1e-12)  # a perfect order has no finite transform
    centre = np.arctanh(inside)
    half_width = NORMAL_QUANTILE * np.sqrt((1 + inside**2 / 2) / (n - 3))
    t = inside * np.sqrt((n - 2) / (1 - inside**2))
    return RankCorrelations(
        n=n,
        rho=rho,
        low=np.tanh(centre - half_width),
        high=np.tanh(centre + half_width),
        p_value=np.asarray(2 * special.stdtr(n - 2, -np.abs(t))),
    )


def _centred_ranks(values: NDArray[np.generic]) -> Vector:
    """Ranks around their mean, equal values sharing theirs."""
    if np.issubdtype(values.dtype, np.integer):  # counting is ten times faster than sorting
        counts = np.bincount(values)
        ranks = (counts.cumsum() - (counts - 1) / 2)[values]
    else:
        ranks = np.asarray(stats.rankdata(values))
    return np.asarray(ranks - (len(values) + 1) / 2)


def fit_shrinkage(n: ArrayLike, total: ArrayLike, squares: ArrayLike) -> Shrinkage | None:
    """Estimate how much recipes differ, from their ratings; None where no difference shows.

    Args:
        n: ratings of each recipe.
        total: their stars.
        squares: their squared stars.

    Unbalanced one-way analysis of variance (Searle, Casella and McCulloch, Variance Components,
    § 3.6); recipes then weigh 1 / (between² + within² / n) in the mean.
    """
    count, stars = np.asarray(n, dtype=float), np.asarray(total, dtype=float)
    n_recipes, n_ratings = len(count), count.sum()
    if n_recipes < 2 or n_ratings <= n_recipes:
        return None
    means = stars / count
    within = float((np.asarray(squares, dtype=float) - stars * means).sum())
    within_variance = within / (n_ratings - n_recipes)
    grand = stars.sum() / n_ratings
    between = float(count @ (means - grand) ** 2) / (n_recipes - 1)
    typical_n = (n_ratings - (count @ count) / n_ratings) / (n_recipes - 1)
    between_variance = (between - within_variance) / typical_n
    if between_variance <= 0 or within_variance <= 0:
        return None
    weights = 1 / (between_variance + within_variance / count)
    mean = float(weights @ means / weights.sum())
    return Shrinkage(mean, math.sqrt(within_variance), math.sqrt(between_variance))


def _checked(counts: ArrayLike) -> Counts:
    table = np.asarray(counts)
    if table.ndim == 0 or table.shape[-1] != len(STARS):
        raise ValueError(f"five stars expected along the last axis, not shape {table.shape}")
    return table


def two_sided_p(value: float, error: float, degrees: float) -> float:
    """Give Student’s p-value; a value without error has 0, none at all 1."""
    if not error:
        return 0.0 if value else 1.0
    return float(2 * special.stdtr(degrees, -abs(value) / error))
