"""Counts by season or by day against what the days of the calendar alone would give."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from mangetamain_analytics.utils.group_tests import Interval95, noncentrality
from mangetamain_analytics.utils.statistics import NORMAL_QUANTILE, Matrix, Vector

WIDEST_DEVIATION = 100.0  # times the calendar's: years that contradict each other say nothing


@dataclass(frozen=True)
class CalendarFit:
    """Counts per group against what the days of the calendar alone would give.

    Attributes:
        observed: Counts per group.
        expected: Counts if each year's were spread evenly over the days that it has.
        deviation: observed / expected − 1, per group; `deviation_low` and `_high` its interval,
            nan where years contradict each other so much that it says nothing.
        chi_squared: Pearson's statistic of the two.
        degrees: Its degrees of freedom.
        dispersion: How much more the pattern changes between years than independent events
            would, at least 1; all intervals and `p_value` allow for it.
        p_value: Of the F test of χ² against the dispersion; of χ² itself if there is one year.
        p_adjusted: Corrected for the tests that were computed together with it; the same if none.
        n_tests: Number of these, itself included.
        cohens_w: Effect size, 0 when the calendar explains all.
    """

    observed: Vector
    expected: Vector
    deviation: Vector
    deviation_low: Vector
    deviation_high: Vector
    chi_squared: float
    degrees: int
    dispersion: float
    p_value: float
    p_adjusted: float
    n_tests: int
    cohens_w: Interval95

    def ratio(self, of: int, base: int, n_days: Vector) -> Interval95:
        """Give the rate per day of one group over that of another, with its interval.

        Args:
            of: A group with an event.
            base: Another one.
            n_days: The days of every group.
        """
        rates = self.observed / n_days
        log = math.log(rates[of] / rates[base])
        spread = 1 / self.observed[of] + 1 / self.observed[base]
        half = NORMAL_QUANTILE * math.sqrt(self.dispersion * spread)
        return Interval95(math.exp(log), math.exp(log - half), math.exp(log + half))


def calendar_fit(counts: ArrayLike, days: ArrayLike) -> CalendarFit:
    """Compare counts with the calendar: rows are years, columns groups.

    A year's counts are spread over the days that the data cover of it, so that neither the growth
    of the site nor a partial year passes for a season.

    Args:
        counts: How many events each group of each year has.
        days: How many days.

    Raises:
        ValueError: nothing was counted, or an event lies on no day.
    """
    n, d = _checked_calendar(counts, days)
    by_year = n.sum(axis=1, keepdims=True) * d / d.sum(axis=1, keepdims=True)
    observed, expected = n.sum(axis=0), by_year.sum(axis=0)
    total = float(observed.sum())
    chi_squared = float(((observed - expected) ** 2 / expected).sum())
    degrees = len(observed) - 1
    dispersion, free = _dispersion(n, by_year, observed / expected)
    f = chi_squared / degrees / dispersion if degrees else 0.0
    tail = special.fdtrc(degrees, free, f) if free > 0 else special.chdtrc(degrees, chi_squared)
    p_value = float(tail) if degrees else 1.0
    bounds = noncentrality(chi_squared / dispersion, degrees) if degrees else (0.0, 0.0)
    w_low, w_high = (math.sqrt(dispersion * bound / total) for bound in bounds)
    low, high = _ratio_interval(observed, expected, dispersion)
    return CalendarFit(
        observed=observed,
        expected=expected,
        deviation=observed / expected - 1,
        deviation_low=low - 1,
        deviation_high=high - 1,
        chi_squared=chi_squared,
        degrees=degrees,
        dispersion=dispersion,
        p_value=p_value,
        p_adjusted=p_value,
        n_tests=1,
        cohens_w=Interval95(math.sqrt(chi_squared / total), w_low, w_high),
    )


def _checked_calendar(counts: ArrayLike, days: ArrayLike) -> tuple[Matrix, Matrix]:
    n, d = np.asarray(counts, dtype=float), np.asarray(days, dtype=float)
    if n.shape != d.shape or n.ndim != 2:
        raise ValueError(f"counts of shape {n.shape} but days of shape {d.shape}")
    if not n.sum():
        raise ValueError("nothing was counted")
    if (n[d == 0] > 0).any():
        raise ValueError("something was counted on no day")
    with_events = n.sum(axis=1) > 0
    return n[with_events], d[with_events]


def _dispersion(n: Matrix, by_year: Matrix, ratio: Vector) -> tuple[float, int]:
    """Pearson's χ² of the years around their common pattern, per degree of freedom, and these.

    McCullagh and Nelder, Generalized Linear Models, § 4.5.
    """
    fitted = by_year * ratio
    fitted *= n.sum(axis=1, keepdims=True) / fitted.sum(axis=1, keepdims=True)
    shown = fitted > 0
    free = int(shown.sum()) - n.shape[0] - (n.shape[1] - 1)
    if free <= 0:
        return 1.0, 0
    left = float(((n[shown] - fitted[shown]) ** 2 / fitted[shown]).sum())
    return max(1.0, left / free), free


def _ratio_interval(observed: Vector, expected: Vector, dispersion: float) -> tuple[Vector, Vector]:
    """Interval of observed / expected, on the logarithm; a share of the total, not a rate.

    Both ends are nan where the upper one lies beyond `WIDEST_DEVIATION`.
    """
    counted = np.maximum(observed, 0.5)  # of nothing counted there is no logarithm
    half = NORMAL_QUANTILE * np.sqrt(dispersion * np.maximum(1 / counted - 1 / observed.sum(), 0))
    log = np.log(counted / expected)
    half = np.where(log + half > math.log(1 + WIDEST_DEVIATION), np.nan, half)
    return np.exp(log - half), np.exp(log + half)
