"""Trends over years, and the corrections that many of them need at once.

A yearly mean of 134 recipes says less than one of 29,790, so a trend is fitted by least
squares weighted by the number of recipes of the year. The robust companion, Mann–Kendall
with Sen's slope, ignores the weights and the outliers alike.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special, stats

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]

CONFIDENCE = 0.95
NORMAL_QUANTILE = float(special.ndtri((1 + CONFIDENCE) / 2))  # 1.96
SMALLEST_FIT = 3  # points: a line through two leaves nothing to estimate its error with
SMALLEST_VERDICT = 4  # points: Student's t with one degree of freedom decides nothing


def enough_for_trend(n: int) -> bool:
    """Tell whether `n` points can carry a verdict on a trend."""
    return n >= SMALLEST_VERDICT


@dataclass(frozen=True)
class Trend:
    """A straight line fitted by weighted least squares, with its uncertainty.

    `slope` is per unit of x; `slope_low` and `slope_high` bound its 95 % confidence interval
    (Student's t, n − 2 degrees of freedom). `r_squared` is centred on the weighted mean and
    is nan for a constant series, whose slope is 0 and p-value 1. `lag1_autocorrelation` is
    that of the weighted residuals, nan when the line fits exactly.
    """

    n: int
    slope: float
    intercept: float
    slope_low: float
    slope_high: float
    r_squared: float
    p_value: float
    x_mean: float
    y_mean: float
    lag1_autocorrelation: float
    x_spread: float  # sum of w (x − x_mean)²
    residual_variance: float  # sum of w (y − line)² / (n − 2)

    @property
    def has_autocorrelated_residuals(self) -> bool:
        """Tell whether neighbouring years err together, so that p is too small.

        The bound 1.96 / √n is Bartlett's for white noise (Box, Jenkins and Reinsel,
        Time Series Analysis, § 2.1.6).
        """
        bound = NORMAL_QUANTILE / math.sqrt(self.n)
        return bool(abs(self.lag1_autocorrelation) > bound)

    def predict(self, x: ArrayLike) -> Vector:
        """Give the height of the line at each `x`."""
        return self.y_mean + self.slope * (np.asarray(x, dtype=float) - self.x_mean)


@dataclass(frozen=True)
class Trends:
    """As many trends as there are series; each array has one value per series."""

    n: int
    slope: Vector
    intercept: Vector
    slope_low: Vector
    slope_high: Vector
    r_squared: Vector
    p_value: Vector
    x_mean: float
    y_mean: Vector
    lag1_autocorrelation: Vector
    x_spread: float
    residual_variance: Vector

    def __len__(self) -> int:
        return len(self.slope)

    def __getitem__(self, i: int) -> Trend:
        return Trend(
            n=self.n,
            slope=float(self.slope[i]),
            intercept=float(self.intercept[i]),
            slope_low=float(self.slope_low[i]),
            slope_high=float(self.slope_high[i]),
            r_squared=float(self.r_squared[i]),
            p_value=float(self.p_value[i]),
            x_mean=self.x_mean,
            y_mean=float(self.y_mean[i]),
            lag1_autocorrelation=float(self.lag1_autocorrelation[i]),
            x_spread=self.x_spread,
            residual_variance=float(self.residual_variance[i]),
        )

    def __iter__(self) -> Iterator[Trend]:
        return (self[i] for i in range(len(self)))


@dataclass(frozen=True)
class MannKendall:
    """Whether a series goes one way, whatever the shape: S / (n(n−1)/2) and Sen's slope.

    `sen_low` and `sen_high` bound the 95 % confidence interval of `sen_slope`.
    """

    n: int
    tau: float
    p_value: float
    sen_slope: float
    sen_low: float
    sen_high: float


def weighted_trend(x: ArrayLike, y: ArrayLike, weights: ArrayLike) -> Trend:
    """Fit a line to one series; see `weighted_trends` for the rules.

    Raises:
        ValueError: as `weighted_trends`.
    """
    return weighted_trends(x, np.atleast_2d(np.asarray(y, dtype=float)), weights)[0]


def weighted_trends(x: ArrayLike, y: ArrayLike, weights: ArrayLike) -> Trends:
    """Fit a line to each row of `y` by least squares weighted by `weights`.

    Args:
        x: n increasing values, usually years.
        y: matrix of n_series rows and n columns.
        weights: n positive values, the same for all series: the recipes of each year.

    Raises:
        ValueError: fewer than 3 points, lengths that differ, x that does not increase,
            a weight that is not positive, or a value that is not finite.

    Source of the formulas: Draper and Smith, Applied Regression Analysis, § 1.4 and § 9.2;
    the same as statsmodels' WLS, whose R² is centred on the weighted mean.
    """
    years, series, w = _checked(x, y, weights)
    n = len(years)
    total = float(w.sum())
    x_mean = float(years @ w / total)
    x_centred = years - x_mean
    x_spread = float(w @ x_centred**2)

    y_mean = series @ w / total
    y_centred = series - y_mean[:, np.newaxis]
    slope = y_centred @ (w * x_centred) / x_spread
    residuals = y_centred - slope[:, np.newaxis] * x_centred

    is_constant = np.ptp(series, axis=1) == 0  # exact: the arithmetic above leaves some dust
    slope[is_constant] = 0.0
    residuals[is_constant] = 0.0

    unexplained = residuals**2 @ w
    variance = unexplained / (n - 2)
    standard_error = np.sqrt(variance / x_spread)
    half_width = t_quantile(n - 2) * standard_error
    return Trends(
        n=n,
        slope=slope,
        intercept=y_mean - slope * x_mean,
        slope_low=slope - half_width,
        slope_high=slope + half_width,
        r_squared=_r_squared(unexplained, y_centred**2 @ w, is_constant),
        p_value=_slope_p_value(slope, standard_error, n),
        x_mean=x_mean,
        y_mean=y_mean,
        lag1_autocorrelation=_lag1_autocorrelation(residuals * np.sqrt(w)),
        x_spread=x_spread,
        residual_variance=variance,
    )


@dataclass(frozen=True)
class MannKendallScore:
    """Rising pairs less falling pairs of a series: S, and its variance without a trend."""

    n: int
    s: float
    variance: float

    @property
    def tau(self) -> float:
        """S as a share of the pairs."""
        return self.s / (self.n * (self.n - 1) / 2)

    def p_value(self, factor: float = 1.0) -> float:
        """Give the two-sided p-value; `factor` multiplies the variance."""
        variance = self.variance * factor
        z = (abs(self.s) - 1) / math.sqrt(variance) if self.s and variance > 0 else 0.0
        return min(1.0, float(2 * special.ndtr(-z)))


def mann_kendall_score(series: Vector) -> MannKendallScore:
    """Count the pairs of a series that rise and that fall.

    Sources: Mann 1945, Kendall 1975 § 4 for the variance with ties. The same as pymannkendall,
    a hundred times faster.
    """
    n = len(series)
    s = float(np.tril(np.sign(series[:, np.newaxis] - series[np.newaxis, :])).sum())
    _, ties = np.unique(series, return_counts=True)
    variance = (n * (n - 1) * (2 * n + 5) - (ties * (ties - 1) * (2 * ties + 5)).sum()) / 18
    return MannKendallScore(n, s, float(variance))


def mann_kendall(y: ArrayLike, x: ArrayLike | None = None) -> MannKendall:
    """Test whether `y` goes one way and estimate its slope without weights.

    Args:
        y: the series, in order.
        x: its increasing positions, usually years; 0, 1, 2… by default. They only matter
            to Sen's slope, when years are missing.

    Raises:
        ValueError: fewer than 3 points, lengths that differ, x that does not increase, or
            a value that is not finite.

    The p-value rests on a normal approximation corrected for ties, rough below 8 points.
    Sources: Mann 1945, Kendall 1975; Sen 1968 for the slope and its interval.
    """
    series = np.asarray(y, dtype=float)
    positions = np.arange(len(series), dtype=float) if x is None else np.asarray(x, dtype=float)
    _check_points(positions, series[np.newaxis, :])
    score = mann_kendall_score(series)
    sen = stats.theilslopes(series, positions, alpha=CONFIDENCE)
    return MannKendall(
        n=len(series),
        tau=score.tau,
        p_value=score.p_value(),
        sen_slope=float(sen[0]),
        sen_low=float(sen[2]),
        sen_high=float(sen[3]),
    )


def adjust_p_values(p: ArrayLike, method: Literal["bh", "holm"] = "bh") -> Vector:
    """Give p-values corrected for having been computed together, in the same order.

    "bh" controls the share of false discoveries (Benjamini and Hochberg 1995), for long
    lists; "holm" the chance of a single one (Holm 1979), for a handful of findings.

    Raises:
        ValueError: a value that is not between 0 and 1.
    """
    values = np.atleast_1d(np.asarray(p, dtype=float))
    outside = ~((values >= 0) & (values <= 1))
    if outside.any():
        raise ValueError(f"{values[outside][0]} is not a p-value")
    if values.size == 0:
        return values
    if method == "bh":
        return np.asarray(stats.false_discovery_control(values, method="bh"))
    return _holm(values)


def _holm(p: Vector) -> Vector:
    order = np.argsort(p)
    steps = p[order] * np.arange(len(p), 0, -1)
    adjusted = np.empty_like(p)
    adjusted[order] = np.minimum(np.maximum.accumulate(steps), 1.0)
    return adjusted


def _checked(x: ArrayLike, y: ArrayLike, weights: ArrayLike) -> tuple[Vector, Matrix, Vector]:
    years = np.asarray(x, dtype=float)
    series = np.asarray(y, dtype=float)
    w = np.asarray(weights, dtype=float)
    _check_points(years, series)
    if w.shape != years.shape:
        raise ValueError(f"{len(years)} points but {w.size} weights")
    if not (np.isfinite(w) & (w > 0)).all():
        raise ValueError(f"weights must be positive and finite: {w.tolist()}")
    return years, series, w


def _check_points(x: Vector, y: Matrix) -> None:
    if y.ndim != 2 or y.shape[1:] != x.shape:
        raise ValueError(f"{x.size} positions but values of shape {y.shape}")
    if len(x) < SMALLEST_FIT:
        raise ValueError(f"a trend needs at least {SMALLEST_FIT} points, not n = {len(x)}")
    if not (np.diff(x) > 0).all():
        raise ValueError(f"positions must increase: {x.tolist()}")
    if not (np.isfinite(x).all() and np.isfinite(y).all()):
        raise ValueError(f"values must be finite: {y[~np.isfinite(y)].tolist()} among them")


def t_quantile(degrees: float) -> float:
    """Give half the width of Student's interval, in standard errors."""
    return float(special.stdtrit(degrees, (1 + CONFIDENCE) / 2))


def ratio(part: float, whole: float) -> float:
    """Give part / whole; of nothing, something is infinitely much and nothing is 0."""
    if whole == 0:
        return math.copysign(math.inf, part) if part else 0.0
    return float(part / whole)


def _slope_p_value(slope: Vector, standard_error: Vector, n: int) -> Vector:
    """Two-sided; an exact line has p = 0, an exact line without slope p = 1."""
    t = np.zeros_like(slope)
    np.divide(slope, standard_error, out=t, where=standard_error > 0)
    t[(standard_error == 0) & (slope != 0)] = np.inf
    return np.asarray(2 * special.stdtr(n - 2, -np.abs(t)))


def _r_squared(unexplained: Vector, total: Vector, is_constant: NDArray[np.bool_]) -> Vector:
    r_squared = np.full_like(total, np.nan)
    np.divide(total - unexplained, total, out=r_squared, where=~is_constant)
    return r_squared


def _lag1_autocorrelation(residuals: Matrix) -> Vector:
    squares: Vector = (residuals**2).sum(axis=1)
    autocorrelation = np.full_like(squares, np.nan)
    products = (residuals[:, 1:] * residuals[:, :-1]).sum(axis=1)
    np.divide(products, squares, out=autocorrelation, where=squares > 0)
    return autocorrelation
