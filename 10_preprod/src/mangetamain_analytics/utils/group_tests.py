"""Whether groups differ, and by how much: seasons, weekdays, weekday against weekend.

Everything is computed from a table of counts (how often each value occurs in each group), which
holds all that tests by rank, means and quantiles need: 200,000 recipes have 180 different
preparation times. Every effect size comes with its 95 % interval.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special

from mangetamain_analytics.utils.statistics import (
    CONFIDENCE,
    NORMAL_QUANTILE,
    Matrix,
    Vector,
    ratio,
    t_quantile,
)

# The χ² approximation of Kruskal–Wallis and of Pearson's tests wants about five per cell.
SMALLEST_GROUP = 5
# Beyond, a mean says little of the typical recipe: ranks are compared instead of means.
# Bulmer, Principles of Statistics, calls a distribution highly skewed from 1 on.
LARGEST_SKEWNESS = 1.0


@dataclass(frozen=True)
class ValueCounts:
    """How often each value occurs in each group.

    `values` increase; `counts` has a row per value and a column per group.
    """

    values: Vector
    counts: Matrix

    @property
    def n(self) -> Vector:
        """Observations per group."""
        return np.asarray(self.counts.sum(axis=0))

    def merged(self, members: Sequence[Sequence[int]]) -> "ValueCounts":
        """Give the table of larger groups: one per list of columns."""
        columns = [self.counts[:, list(group)].sum(axis=1) for group in members]
        return ValueCounts(self.values, np.column_stack(columns))

    def has_enough(self) -> bool:
        """Tell whether there are two groups or more and none is too small for a verdict."""
        return len(self.n) > 1 and bool((self.n >= SMALLEST_GROUP).all())


@dataclass(frozen=True)
class Summary:
    """What describes each group; one value per group in every array.

    `mean_low` and `mean_high` bound the 95 % interval of the mean (Student's t). A quantile is
    the smallest value that the share of the group reaches; the median averages the two middle
    values. What one observation cannot give (SD, interval) is nan.
    """

    n: Vector
    mean: Vector
    sd: Vector
    mean_low: Vector
    mean_high: Vector
    q05: Vector
    q25: Vector
    median: Vector
    q75: Vector
    q95: Vector


@dataclass(frozen=True)
class Interval95:
    """An estimate with the ends of its 95 % interval."""

    estimate: float
    low: float
    high: float


@dataclass(frozen=True)
class KruskalWallis:
    """Whether values tend to be larger in some groups than in others.

    `epsilon_squared`, 0 to 1, is the share of the variation of ranks that the groups explain.
    """

    n: int
    n_groups: int
    h: float
    p_value: float
    epsilon_squared: Interval95


@dataclass(frozen=True)
class MannWhitney:
    """Whether values tend to be larger in the second of two groups than in the first.

    `cliffs_delta` is the chance that one of the second exceeds one of the first, less the chance
    of the contrary: −1 to 1.
    """

    u: float  # of the second group
    p_value: float
    cliffs_delta: Interval95


@dataclass(frozen=True)
class Welch:
    """Whether the mean of the second of two groups differs from that of the first.

    `difference` is second minus first, `cohens_d` the same in pooled standard deviations.
    """

    t: float
    degrees: float
    p_value: float
    difference: Interval95
    cohens_d: Interval95


@dataclass(frozen=True)
class TwoGroups:
    """Two groups compared by the test that their shape asks for; the other one beside it.

    `skewness` is that of all values together: the choice is made without a look at the
    difference. `means_decide` tells that it chose Welch's test.
    """

    summary: Summary
    skewness: float
    welch: Welch
    mann_whitney: MannWhitney

    @property
    def means_decide(self) -> bool:
        """Tell whether the values are symmetric enough for their means to stand for them."""
        return abs(self.skewness) <= LARGEST_SKEWNESS

    @property
    def p_value(self) -> float:
        """P-value of the test that decides."""
        return self.welch.p_value if self.means_decide else self.mann_whitney.p_value

    @property
    def relative_difference(self) -> float:
        """Difference of the means as a fraction of the first one."""
        return ratio(self.welch.difference.estimate, self.summary.mean[0])

    @property
    def agree(self) -> bool:
        """Tell whether means and ranks point the same way."""
        return self.welch.difference.estimate * self.mann_whitney.cliffs_delta.estimate > 0


@dataclass(frozen=True)
class SeveralGroups:
    """Groups compared by rank, and the two whose means lie furthest apart.

    `p_extremes` is Welch's, times the number of pairs that they were chosen from (Bonferroni).
    """

    summary: Summary
    kruskal: KruskalWallis
    highest: int
    lowest: int
    p_extremes: float

    @property
    def relative_gap(self) -> float:
        """Gap between the extreme means as a fraction of the mean of all."""
        n, mean = self.summary.n, self.summary.mean
        return ratio(float(mean[self.highest] - mean[self.lowest]), abs(float(n @ mean / n.sum())))


def summarise(table: ValueCounts) -> Summary:
    """Give what describes each group of a table without an empty group."""
    n, values = table.n, table.values
    mean = _dot(values, table.counts) / n
    squares = ((values[:, np.newaxis] - mean) ** 2 * table.counts).sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        sd = np.sqrt(squares / (n - 1))
        half = special.stdtrit(n - 1, (1 + CONFIDENCE) / 2) * sd / np.sqrt(n)
    cumulated = table.counts.cumsum(axis=0)

    def quantile(share: float) -> Vector:
        # Whole counts: a share that is met exactly must not fail by a rounding error.
        reached = cumulated >= np.ceil(np.round(share * n, 6))
        return np.asarray(values[reached.argmax(axis=0)])

    upper_middle = values[(cumulated > n / 2).argmax(axis=0)]
    return Summary(
        n=n,
        mean=mean,
        sd=sd,
        mean_low=mean - half,
        mean_high=mean + half,
        q05=quantile(0.05),
        q25=quantile(0.25),
        median=(quantile(0.5) + upper_middle) / 2,
        q75=quantile(0.75),
        q95=quantile(0.95),
    )


def compare_groups(table: ValueCounts) -> SeveralGroups:
    """Compare two groups or more.

    Raises:
        ValueError: as `kruskal_wallis`.
    """
    kruskal, summary = kruskal_wallis(table), summarise(table)
    highest, lowest = int(summary.mean.argmax()), int(summary.mean.argmin())
    n_pairs = math.comb(kruskal.n_groups, 2)
    extremes = _welch(summary, lowest, highest) if highest != lowest else None
    p_extremes = min(1.0, n_pairs * extremes.p_value) if extremes else 1.0
    return SeveralGroups(summary, kruskal, highest, lowest, p_extremes)


def compare_two(table: ValueCounts) -> TwoGroups:
    """Compare the second group of a table with the first.

    Raises:
        ValueError: there are not two groups, or one is too small.
    """
    _check(table)
    if len(table.n) != 2:
        raise ValueError(f"{len(table.n)} groups where two are compared")
    summary = summarise(table)
    return TwoGroups(summary, skewness(table), _welch(summary, 0, 1), mann_whitney(table))


def skewness(table: ValueCounts) -> float:
    """Give the skewness of all values together, 0 when they are all the same."""
    weights = table.counts.sum(axis=1)
    centred = table.values - _dot(table.values, weights) / weights.sum()
    second, third = (float(_dot(centred**k, weights) / weights.sum()) for k in (2, 3))
    return third / second**1.5 if second > 0 else 0.0


def kruskal_wallis(table: ValueCounts) -> KruskalWallis:
    """Test by ranks, ties corrected, whether groups differ.

    Raises:
        ValueError: there are fewer than two groups, or one is too small.

    Sources: Kruskal and Wallis 1952; ε² = H / (n − 1), Tomczak and Tomczak 2014. Its interval is
    that of the noncentrality of H, divided by n − 1.
    """
    _check(table)
    tied, n = table.counts.sum(axis=1), float(table.n.sum())
    ranks = np.cumsum(tied) - (tied - 1) / 2
    h = 12 / (n * (n + 1)) * float((_dot(ranks, table.counts) ** 2 / table.n).sum()) - 3 * (n + 1)
    untied = _untied(tied)
    h = max(0.0, h / untied) if untied > 0 else 0.0
    degrees = len(table.n) - 1
    low, high = (bound / (n - 1) for bound in noncentrality(h, degrees))
    return KruskalWallis(
        n=int(n),
        n_groups=len(table.n),
        h=h,
        p_value=float(special.chdtrc(degrees, h)),
        epsilon_squared=Interval95(h / (n - 1), low, high),
    )


def mann_whitney(table: ValueCounts) -> MannWhitney:
    """Test by ranks whether the second group tends to exceed the first.

    Normal approximation with the corrections for ties and continuity. The interval of δ rests on
    Cliff's consistent variance and is bent to stay within −1 and 1.
    Sources: Mann and Whitney 1947; Cliff 1993; Feng and Cliff 2004.
    """
    first, second = table.counts[:, 0], table.counts[:, 1]
    n1, n2 = table.n.tolist()
    n = n1 + n2
    # Of each value: its chance to exceed the other group less its chance to be exceeded.
    over_first = (2 * np.cumsum(first) - first - n1) / n1
    over_second = (2 * np.cumsum(second) - second - n2) / n2
    delta = float(_dot(second, over_first)) / n2
    u = n1 * n2 * (delta + 1) / 2
    sd = math.sqrt(n1 * n2 * (n + 1) / 12 * _untied(first + second))
    z = max(0.0, abs(u - n1 * n2 / 2) - 0.5) / sd if sd else 0.0
    spread_second = float(_dot(second, (over_first - delta) ** 2))
    spread_first = float(_dot(first, (over_second + delta) ** 2))
    untied_pairs = n1 * n2 - float(_dot(first, second))
    spread_of_pairs = untied_pairs - n1 * n2 * delta**2
    variance = (n1**2 * spread_second + n2**2 * spread_first - spread_of_pairs) / (
        n1 * n2 * (n1 - 1) * (n2 - 1)
    )
    low, high = _bent_interval(delta, max(0.0, variance))
    return MannWhitney(u, float(2 * special.ndtr(-z)), Interval95(delta, low, high))


def _check(table: ValueCounts) -> None:
    if not table.has_enough():
        raise ValueError(f"groups of {table.n.tolist()}: two of {SMALLEST_GROUP} are needed")


def _dot(one: Vector, other: Vector | Matrix) -> Vector:
    """Sum the products along the first axis.

    Not by `@`: BLAS starts a thread per core for a few thousand numbers, and with several visitors
    at once these threads wait for each other longer than they count.
    """
    return np.asarray(np.einsum("i,i...->...", one, other))


def _untied(tied: Vector) -> float:
    """1 without ties, 0 when all values are the same."""
    n = float(tied.sum())
    return 1 - float((tied.astype(float) ** 3 - tied).sum()) / (n**3 - n)


def noncentrality(chi_squared: float, degrees: int) -> tuple[float, float]:
    """Give the bounds of noncentrality that an observed χ² allows (Smithson 2003, chapter 4)."""
    tail = (1 - CONFIDENCE) / 2
    low, high = (
        # Below the tail's own quantile no noncentrality would do: the bound is 0.
        (
            float(special.chndtrinc(chi_squared, degrees, p))
            if special.chdtr(degrees, chi_squared) > p
            else 0.0
        )
        for p in (1 - tail, tail)
    )
    return low, high


def _welch(summary: Summary, first: int, second: int) -> Welch:
    """Welch 1947; the interval of d is Hedges and Olkin's (1985, chapter 5)."""
    n1, n2 = (float(summary.n[i]) for i in (first, second))
    v1, v2 = (float(summary.sd[i]) ** 2 for i in (first, second))
    difference = float(summary.mean[second] - summary.mean[first])
    error = math.sqrt(v1 / n1 + v2 / n2)
    if error == 0:
        exact = Interval95(difference, difference, difference)
        return Welch(0.0, n1 + n2 - 2, 1.0 if difference == 0 else 0.0, exact, exact)
    degrees = (v1 / n1 + v2 / n2) ** 2 / ((v1 / n1) ** 2 / (n1 - 1) + (v2 / n2) ** 2 / (n2 - 1))
    half = t_quantile(degrees) * error
    d = difference / math.sqrt(((n1 - 1) * v1 + (n2 - 1) * v2) / (n1 + n2 - 2))
    half_d = NORMAL_QUANTILE * math.sqrt((n1 + n2) / (n1 * n2) + d**2 / (2 * (n1 + n2)))
    return Welch(
        t=difference / error,
        degrees=degrees,
        p_value=float(2 * special.stdtr(degrees, -abs(difference / error))),
        difference=Interval95(difference, difference - half, difference + half),
        cohens_d=Interval95(d, d - half_d, d + half_d),
    )


def _bent_interval(delta: float, variance: float) -> tuple[float, float]:
    """Feng and Cliff 2004, equation 7."""
    spread = NORMAL_QUANTILE**2 * variance
    half = math.sqrt(spread * ((1 - delta**2) ** 2 + spread))
    below = 1 - delta**2 + spread
    if below == 0:
        return delta, delta
    low, high = ((delta - delta**3 + side * half) / below for side in (-1, 1))
    return max(-1.0, low), min(1.0, high)
