"""The seven nutrition values of every recipe."""

from functools import cache

import numpy as np
from scipy.optimize import brentq

from .allocation import by_rank
from .population import CLEAN, Population
from .shifts import shift_group_means
from .targets import (
    NUTRIENTS,
    PERIODS,
    YEARS,
    Floats,
    Ints,
    assumed,
    by_season,
    by_year,
    published,
)

GRID_POINTS = 20_000


def build_nutrition(population: Population, rng: np.random.Generator) -> Floats:
    """Array (recipes, 7) in the order of NUTRIENTS: kcal with one decimal, then whole % values."""
    settings = assumed()["nutrition_latent"]
    mixing = np.linalg.cholesky(np.array(settings["correlation"]))
    latent = mixing @ rng.standard_normal((len(NUTRIENTS), len(population)))
    columns = [
        np.round(_one_nutrient(population, name, latent[i]), 1 if name == "calories" else 0)
        for i, name in enumerate(NUTRIENTS)
    ]
    return np.stack(columns, axis=1)


def _one_nutrient(population: Population, name: str, latent: Floats) -> Floats:
    means = target_means(name)
    # Without a published profile the years differ by chance alone, as real ones do.
    year = population.year if len(means) == len(YEARS) else np.zeros_like(population.year)
    block = year * 2 + (population.kind != CLEAN)
    sizes = np.bincount(block, minlength=2 * len(means))
    values = np.concatenate(
        [
            spread_out(stretched_law(name, mean), size)
            for mean, pair in zip(means, sizes.reshape(-1, 2), strict=True)
            for size in pair
        ]
    )
    rank_share = assumed()["nutrition_latent"]["rank_share"][name]
    latent = shift_group_means(
        lambda moved: by_rank(values, moved, block),
        latent,
        _groupings(population, name),
        population.kind == CLEAN,
        rank_share + (1 - rank_share) * np.maximum(latent, 0.0),
    )
    return by_rank(values, latent, block)


def _groupings(population: Population, name: str) -> list[tuple[Ints, Floats]]:
    if name == "carb_pct":  # no seasonal or weekend mean was published for carbohydrates
        return []
    weekend = published(f"weekend.nutrition.{name}")
    return [
        (population.season, by_season(published(f"season.nutrition.{name}.mean"))),
        (population.weekend, np.array([weekend[period] for period in PERIODS], dtype=float)),
    ]


def target_means(name: str) -> Floats:
    """Mean per year, published or with another value's profile; else the overall mean alone."""
    follows = assumed()["nutrition_latent"]["follows"]
    if name not in follows:
        return by_year(f"trends.nutrition.{name}.mean_per_year")
    volume = by_year("trends.volume.per_year")
    seasons = by_season(published("season.volume"))
    overall = np.average(by_season(published(f"season.nutrition.{name}.mean")), weights=seasons)
    if not follows[name]:
        return np.array([overall])
    profile = by_year(f"trends.nutrition.{follows[name]}.mean_per_year")
    return overall * profile / np.average(profile, weights=volume)


@cache
def stretched_law(name: str, mean: float) -> tuple[Floats, Floats]:
    """Levels and values of a quantile function whose upper half is stretched to have `mean`."""
    law = assumed()["nutrition"][name]
    edges = np.concatenate(([0.0], np.array(assumed()["nutrition"]["levels"])))
    # Half of the points above the 99 % level, where most of the variance is.
    levels = np.concatenate(
        (np.linspace(0, 0.99, GRID_POINTS // 2), 1 - np.geomspace(0.01, 1e-7, GRID_POINTS // 2))
    )
    base = np.exp(np.interp(levels, edges, np.log([law["quantiles"][0], *law["quantiles"]])))
    base[levels < law["zeros"]] = 0.0
    median, upper = law["quantiles"][3], levels > 0.5

    def stretched(power: float) -> Floats:
        return np.where(upper, median * (base / median) ** power, base)

    def gap(power: float) -> float:
        return float(np.trapezoid(stretched(power), levels)) - mean

    return levels, stretched(brentq(gap, 0.2, 2.5))


def spread_out(law: tuple[Floats, Floats], size: int) -> Floats:
    """`size` ascending values with the mean of the law: the mean of each equal slice of it."""
    levels, values = law
    areas = np.concatenate(([0.0], np.cumsum(np.diff(levels) * (values[1:] + values[:-1]) / 2)))
    edges = np.interp(np.arange(size + 1) / max(size, 1), levels, areas)
    return np.asarray(np.diff(edges) * size)
