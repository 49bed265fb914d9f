"""The mean rating of each month: its trend and its level, neighbouring months being alike."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from mangetamain_analytics.utils.rating_statistics import Vector, two_sided_p
from mangetamain_analytics.utils.statistics import (
    NORMAL_QUANTILE,
    Trend,
    enough_for_trend,
    mann_kendall_score,
    t_quantile,
    weighted_trend,
)

SMALLEST_EFFECTIVE = 4.0  # independent months: fewer decide nothing


@dataclass(frozen=True)
class MonthlyTrend:
    """The trend of monthly means, whose neighbours resemble each other.

    Attributes:
        unweighted: Every month weighs the same; per month.
        weighted: A month weighs the square root of its ratings; its own interval and p-value
            take months for independent.
        n_effective: How many independent months would tell as much.
        slope_low: Low end of the 95 % interval of the weighted slope, with autocorrelation.
        slope_high: Its high end.
        p_value: Of the weighted slope, with autocorrelation.
        tau: Kendall's, of the means against time.
        p_independent: Of Mann–Kendall's test, months being independent.
        p_robust: The same with autocorrelation (Hamed and Rao 1998).
        sen_slope: Median slope between two months; per month.
    """

    unweighted: Trend
    weighted: Trend
    n_effective: float
    slope_low: float
    slope_high: float
    p_value: float
    tau: float
    p_independent: float
    p_robust: float
    sen_slope: float


@dataclass(frozen=True)
class MeanLevel:
    """The mean of monthly means, weighted by the square root of their ratings, and how sure it is.

    Attributes:
        mean: Stars.
        sd: Of the monthly means, same weights.
        n_months: Number of means.
        autocorrelation: Of neighbouring months; 0 where it would be negative.
        n_weighted: Kish's effective number of months, for unequal weights.
        n_autocorrelated: Effective number of months of equal weight, for autocorrelation.
        n_effective: The same for both at once.
        half_width_naive: 1.96 sd / √(sum of weights), which takes a sum of weights for a number
            of observations: what others published; too small by an order of magnitude.
        half_width_weighted: 95 % half width if months were independent.
        half_width_autocorrelated: If weights were equal.
        half_width: With unequal weights and autocorrelation: the valid one.
    """

    mean: float
    sd: float
    n_months: int
    autocorrelation: float
    n_weighted: float
    n_autocorrelated: float
    n_effective: float
    half_width_naive: float
    half_width_weighted: float
    half_width_autocorrelated: float
    half_width: float


def monthly_trend(means: ArrayLike, n_ratings: ArrayLike, months: ArrayLike) -> MonthlyTrend | None:
    """Fit a line to monthly means, or give None where they cannot carry a verdict.

    Args:
        means: stars, one per month.
        n_ratings: of each month; a month weighs their square root, between equal weights (the
            months truly differ) and the number of ratings (small months are noisy).
        months: increasing positions in months, so that a month left out leaves a gap.

    The error of the slope is that of n_effective = n (1 − r) / (1 + r) months, r being the
    correlation of successive weighted residuals (Santer et al. 2000).
    """
    y, weights = np.asarray(means, dtype=float), np.sqrt(np.asarray(n_ratings, dtype=float))
    if not enough_for_trend(len(y)):
        return None
    weighted = weighted_trend(months, y, weights)
    n_effective = _effective(len(y), _positive(weighted.lag1_autocorrelation))
    if n_effective < SMALLEST_EFFECTIVE:
        return None
    degrees = n_effective - 2
    error = math.sqrt(weighted.residual_variance * (weighted.n - 2) / degrees / weighted.x_spread)
    half_width = t_quantile(degrees) * error
    p_value = two_sided_p(weighted.slope, error, degrees)
    tau, p_independent, p_robust = _mann_kendall(y)
    return MonthlyTrend(
        unweighted=weighted_trend(months, y, np.ones_like(y)),
        weighted=weighted,
        n_effective=n_effective,
        slope_low=weighted.slope - half_width,
        slope_high=weighted.slope + half_width,
        p_value=p_value,
        tau=tau,
        p_independent=p_independent,
        p_robust=p_robust,
        sen_slope=float(stats.theilslopes(y, np.asarray(months, dtype=float))[0]),
    )


def _mann_kendall(y: Vector) -> tuple[float, float, float]:
    """Kendall's τ over time, p for independent months, p for autocorrelated ones.

    Hamed and Rao 1998: the variance of S is multiplied by what the significant autocorrelations
    of the ranks of the detrended series add.
    """
    score, n = mann_kendall_score(y), len(y)
    slope = stats.theilslopes(y)[0]
    ranks = stats.rankdata(y - slope * np.arange(1, n + 1))
    correlations = _autocorrelations(ranks)
    lags = np.arange(1, n)
    is_significant = np.abs(correlations) > NORMAL_QUANTILE / math.sqrt(n)
    terms = (n - lags) * (n - lags - 1) * (n - lags - 2) * correlations
    factor = 1 + 2 / (n * (n - 1) * (n - 2)) * terms[is_significant].sum()
    return score.tau, score.p_value(), score.p_value(max(float(factor), 1.0))


def _autocorrelations(values: Vector) -> Vector:
    """The autocorrelation at every lag from 1."""
    centred = values - values.mean()
    products = np.correlate(centred, centred, "full")[len(centred) :]
    total = centred @ centred
    return np.asarray(products / total if total else np.zeros_like(products))


def mean_level(means: ArrayLike, n_ratings: ArrayLike) -> MeanLevel | None:
    """Give the mean of monthly means with a valid interval; None where months are too few.

    Args:
        means: stars, month after month.
        n_ratings: of each month; a month weighs their square root.

    Sources: Kish 1965, § 11.7, for the weights; Wilks, Statistical Methods in the Atmospheric
    Sciences, § 5.2.4, for the autocorrelation; for both, the variance of a weighted mean of a
    first-order autoregression, Σ wᵢ wⱼ r^|i−j|.
    """
    y, w = np.asarray(means, dtype=float), np.sqrt(np.asarray(n_ratings, dtype=float))
    n = len(y)
    if not enough_for_trend(n):
        return None
    mean = float(w @ y / w.sum())
    sd = math.sqrt(float(w @ (y - mean) ** 2 / w.sum()))
    # the level is judged, not the weights: plain residuals
    autocorrelation = _positive(_autocorrelations(y)[0])
    decay = autocorrelation ** np.abs(np.subtract.outer(np.arange(n), np.arange(n)))
    n_weighted = float(w.sum() ** 2 / (w @ w))
    n_autocorrelated = _effective(n, autocorrelation)
    n_effective = float(w.sum() ** 2 / (w @ decay @ w))

    def half_width(number: float) -> float:
        return NORMAL_QUANTILE * sd / math.sqrt(number)

    return MeanLevel(
        mean=mean,
        sd=sd,
        n_months=n,
        autocorrelation=autocorrelation,
        n_weighted=n_weighted,
        n_autocorrelated=n_autocorrelated,
        n_effective=n_effective,
        half_width_naive=half_width(float(w.sum())),
        half_width_weighted=half_width(n_weighted),
        half_width_autocorrelated=half_width(n_autocorrelated),
        half_width=half_width(n_effective),
    )


def _effective(n: int, autocorrelation: float) -> float:
    return n * (1 - autocorrelation) / (1 + autocorrelation)


def _positive(correlation: float) -> float:
    """A correlation that would make the error smaller, or none at all, is taken for zero."""
    return max(0.0, correlation) if math.isfinite(correlation) else 0.0
