"""Minutes, steps and ingredients of every recipe."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq

from .allocation import by_rank, whole_shares
from .population import ABSURD_MINUTES, CLEAN, OUT_OF_BOUNDS, Population, bounds_kinds
from .shifts import shift_group_means
from .targets import PERIODS, YEARS, Floats, Ints, assumed, by_season, by_year, published

INT32_MAX = 2147483647  # "forever": the largest duration in the real file


@dataclass(frozen=True)
class Effort:
    """One entry per recipe of the population."""

    minutes: Ints
    n_steps: Ints
    n_ingredients: Ints


def build_effort(population: Population, rng: np.random.Generator) -> Effort:
    """Durations and counts with the published yearly values, correlations and dirt."""
    latent = _latent_effort(len(population), rng)
    minutes_pmf = _yearly_minutes()
    ingredients_pmf = _yearly_ingredients()
    steps_pmf = _yearly_steps(minutes_pmf, ingredients_pmf)
    minutes = _deal(population, latent[0], np.arange(1, 181), minutes_pmf, "minutes")
    steps = _deal(population, latent[1], np.arange(2, 25), steps_pmf, "steps")
    ingredients = _deal(
        population, latent[2], np.arange(3, 18), ingredients_pmf, "ingredients_count"
    )
    _spoil_minutes(minutes, population, rng)
    _leave_bounds(steps, ingredients, population, rng)
    return Effort(minutes, steps, ingredients)


def tilt(values: Floats, weights: Floats, mean: float, variance: float | None = None) -> Floats:
    """Probabilities nearest to `weights` (Kullback-Leibler) with the mean and variance wanted.

    Newton's method on the exponential family exp(a x + b x^2); b stays 0 without a variance.
    """
    x = (values - values.mean()) / values.std()
    features = np.stack([x, x * x]) if variance is not None else x[None, :]
    spread = values.std()
    goal = np.array([(mean - values.mean()) / spread])
    if variance is not None:
        goal = np.append(goal, variance / spread**2 + goal[0] ** 2)
    theta = np.zeros(len(features))
    for _ in range(100):
        p = weights * np.exp(theta @ features)
        p /= p.sum()
        gap = goal - features @ p
        if np.abs(gap).max() < 1e-10:
            return np.asarray(p)
        centred = features - (features @ p)[:, None]
        theta = theta + np.clip(np.linalg.solve((centred * p) @ centred.T, gap), -1.0, 1.0)
    raise ValueError(f"no distribution on {values[0]}..{values[-1]} has mean {mean:g}")


def _latent_effort(size: int, rng: np.random.Generator) -> Floats:
    rho = assumed()["effort"]["latent_correlation"]
    ms, mi, si = rho["minutes_steps"], rho["minutes_ingredients"], rho["steps_ingredients"]
    mixing = np.linalg.cholesky(np.array([[1, ms, mi], [ms, 1, si], [mi, si, 1]]))
    return mixing @ rng.standard_normal((3, size))


def _yearly_minutes() -> list[Floats]:
    settings = assumed()["effort"]
    values = np.arange(1.0, 181.0)
    weights = np.where(values <= 60, settings["other_short"], settings["other_long"])
    for minutes, weight in settings["minutes"].items():
        weights[int(minutes) - 1] = weight
    quartiles = [by_year(f"trends.minutes.{name}_per_year") for name in ("q25", "median", "q75")]
    means = by_year("trends.minutes.mean_per_year")
    return [
        _with_quartiles(values, weights, means[y], [int(q[y]) for q in quartiles])
        for y in range(len(YEARS))
    ]


def _with_quartiles(values: Floats, weights: Floats, mean: float, quartiles: list[int]) -> Floats:
    """`weights` with the mean, and with each quartile well inside the step of its value."""
    margin = 0.004
    p = tilt(values, weights, mean)
    edges = sorted({int(edge) for q in quartiles for edge in (q - 1, q)} | {0, 180})
    cumulated = dict(zip(edges, np.concatenate(([0.0], np.cumsum(p)))[edges], strict=True))
    for level, q in zip((0.25, 0.50, 0.75), quartiles, strict=True):
        cumulated[q - 1] = min(cumulated[q - 1], level - margin)
        cumulated[q] = max(cumulated[q], level + margin)

    def tilted(theta: float) -> Floats:
        return _in_segments(weights * np.exp(theta * values), edges, cumulated)

    return tilted(brentq(lambda theta: float(tilted(theta) @ values) - mean, -0.2, 0.2))


def _in_segments(weights: Floats, edges: list[int], cumulated: dict[int, float]) -> Floats:
    p = weights.copy()
    for start, stop in zip(edges, edges[1:], strict=False):
        p[start:stop] *= (cumulated[stop] - cumulated[start]) / p[start:stop].sum()
    return p


def _yearly_ingredients() -> list[Floats]:
    values = np.arange(3.0, 18.0)
    weights = np.array(assumed()["effort"]["ingredients"], dtype=float)
    means = by_year("trends.ingredients_count.mean_per_year")
    return [tilt(values, weights, mean) for mean in means]


def _yearly_steps(minutes_pmf: list[Floats], ingredients_pmf: list[Floats]) -> list[Floats]:
    """Steps with the yearly mean and the spread that the complexity score's spread implies."""
    values = np.arange(2.0, 25.0)
    weights = np.array(assumed()["effort"]["steps"], dtype=float)
    means = by_year("trends.steps.mean_per_year")
    spreads = by_year("trends.complexity.std_per_year")
    return [
        tilt(values, weights, means[y], _steps_variance(spreads[y], minutes, ingredients))
        for y, (minutes, ingredients) in enumerate(zip(minutes_pmf, ingredients_pmf, strict=True))
    ]


def _steps_variance(complexity_spread: float, minutes: Floats, ingredients: Floats) -> float:
    """Solve var(ln(1+minutes) + steps + ingredients/2) = complexity_spread^2 for var(steps)."""
    pearson = published("trends.complexity.pearson")
    log_spread = _spread(np.log1p(np.arange(1.0, 181.0)), minutes)
    half = 0.5 * _spread(np.arange(3.0, 18.0), ingredients)
    linear = pearson["minutes~n_steps"] * log_spread + pearson["n_steps~n_ingredients"] * half
    rest = log_spread**2 + half**2 + 2 * pearson["minutes~n_ingredients"] * log_spread * half
    spread = -linear + np.sqrt(linear**2 + complexity_spread**2 - rest)
    return float(spread**2)


def _quantiles(support: Ints, p: Floats, size: int) -> Ints:
    """`size` ascending values at evenly spaced levels: mean and quartiles of `p` at any size."""
    levels = (np.arange(size) + 0.5) / max(size, 1)
    return support[np.searchsorted(np.cumsum(p) / p.sum(), levels)]


def _spread(values: Floats, p: Floats) -> float:
    return float(np.sqrt(p @ values**2 - (p @ values) ** 2))


def _deal(
    population: Population, latent: Floats, support: Ints, pmf: list[Floats], name: str
) -> Ints:
    """Whole values per recipe: exact yearly counts for clean recipes, the same law for others."""
    block = population.year * 2 + (population.kind != CLEAN)
    sizes = np.bincount(block, minlength=2 * len(YEARS))
    values = np.concatenate(
        [_quantiles(support, pmf[b // 2], size) for b, size in enumerate(sizes)]
    ).astype(float)
    clean = population.kind == CLEAN
    latent = shift_group_means(
        lambda moved: by_rank(values, moved, block),
        latent,
        [
            (population.season, by_season(published(f"season.{name}.mean"))),
            (population.weekend, _weekend_means(name)),
        ],
        clean,
        np.ones_like(latent),
    )
    return by_rank(values, latent, block).astype(np.int64)


def _weekend_means(name: str) -> Floats:
    """Weekday and weekend means; only their difference counts.

    Those of steps and ingredients were printed equal to one decimal, so the published difference
    of the complexity score is put on the steps.
    """
    if name == "ingredients_count":
        return np.zeros(len(PERIODS))
    means = published("weekend.minutes.mean" if name == "minutes" else "weekend.complexity.mean")
    return np.array([means[period] for period in PERIODS])


def _spoil_minutes(minutes: Ints, population: Population, rng: np.random.Generator) -> None:
    """Durations of 0 and above three hours, the record of the real file included."""
    absurd = rng.permutation(np.flatnonzero(population.kind == ABSURD_MINUTES))
    zeros = max(1, round(len(absurd) * assumed()["flow"]["zero_minutes_share"]))
    longs = assumed()["effort"]["long_minutes"]
    counts = whole_shares(np.array(list(longs.values()), dtype=float), len(absurd) - zeros)
    minutes[absurd[:zeros]] = 0
    minutes[absurd[zeros:]] = np.repeat([int(m) for m in longs], counts)
    records = published("ext.minutes_raw")["top"]
    most = min(len(records), max(1, (len(absurd) - zeros) // 100))
    minutes[absurd[-most:]] = records[:most]


def _leave_bounds(
    steps: Ints, ingredients: Ints, population: Population, rng: np.random.Generator
) -> None:
    flow = assumed()["flow"]
    outside = rng.permutation(np.flatnonzero(population.kind == OUT_OF_BOUNDS))
    names, shares = bounds_kinds()
    parts = np.split(outside, np.cumsum(whole_shares(shares, len(outside)))[:-1])
    for name, rows in zip(names, parts, strict=True):
        many_steps = 24 + rng.geometric(1 / flow["extra_steps_mean"], len(rows))
        many_items = 17 + rng.geometric(1 / flow["extra_ingredients_mean"], len(rows))
        if name in ("few_steps", "few_both"):
            steps[rows] = 1
        if name in ("many_steps", "many_both"):
            steps[rows] = np.minimum(many_steps, flow["max_steps"])
        if name in ("few_ingredients", "few_both"):
            ingredients[rows] = np.where(rng.random(len(rows)) < 0.1, 1, 2)
        if name in ("many_ingredients", "many_both"):
            ingredients[rows] = np.minimum(many_items, flow["max_ingredients"])
