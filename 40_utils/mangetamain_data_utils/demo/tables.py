"""The whole demo dataset in memory: numbers only, texts are added when it is written."""

from collections.abc import Callable
from dataclasses import dataclass
from zlib import crc32

import numpy as np

from .assignment import assign_ingredients, assign_tags
from .effort import Effort, build_effort
from .interactions import Slots, build_slots
from .items import ingredient_catalogue, tag_catalogue
from .names import name_recipes
from .nutrition import build_nutrition
from .population import CLEAN, NO_NAME, Population, build_population
from .stars import build_stars, ingredient_effects
from .targets import Floats, Ints, assumed, clean_rows, published
from .texts import choose
from .users import Authors, build_authors, contributors

Ragged = tuple[Ints, Ints]


@dataclass(frozen=True)
class Recipes:
    """One entry per recipe; ragged columns are (offsets, values)."""

    population: Population
    effort: Effort
    nutrition: Floats
    recipe_id: Ints
    contributor_id: Ints
    name: Ints
    unnamed: np.ndarray
    description: Ints
    undescribed: np.ndarray
    steps: Ragged
    ingredients: Ragged
    tags: Ragged
    ingredient_names: tuple[str, ...]
    tag_names: tuple[str, ...]


@dataclass(frozen=True)
class Interactions:
    """One entry per interaction."""

    slots: Slots
    authors: Authors
    stars: Ints
    review: Ints


def build_tables(
    scale: float, seed: int, advance: Callable[[str], None]
) -> tuple[Recipes, Interactions]:
    """Recipes and interactions; `advance` is told the name of each stage when it is done.

    Every stage draws from a stream of its own, so that a change in one leaves the others alone.
    """

    def stream(stage: str) -> np.random.Generator:
        return np.random.default_rng([seed, crc32(stage.encode())])

    population = build_population(scale, stream("population"))
    effort = build_effort(population, stream("effort"))
    advance("recipes")
    nutrition = build_nutrition(population, stream("nutrition"))
    advance("nutrition")
    pantry = ingredient_catalogue(population)
    ingredients = assign_ingredients(pantry, population, effort, stream("ingredients"))
    advance("ingredients")
    labels = tag_catalogue(population)
    tags = assign_tags(labels, population, effort, stream("tags"))
    advance("tags")
    slots = build_slots(population, scale, stream("interactions"))
    authors = build_authors(slots, effort, scale, stream("users"))
    opinions = ingredient_effects(pantry, *ingredients)
    stars = build_stars(slots, authors, opinions, stream("stars"))
    advance("interactions")
    written = stream("texts")
    recipes = Recipes(
        population=population,
        effort=effort,
        nutrition=nutrition,
        recipe_id=_recipe_ids(population.day, stream("ids")),
        contributor_id=contributors(authors, population.day, scale, stream("contributors")),
        name=name_recipes(pantry.names, *ingredients, stream("names")),
        unnamed=population.kind == NO_NAME,
        description=choose("description", len(population), written),
        undescribed=_undescribed(population, written),
        steps=_steps(effort, written),
        ingredients=ingredients,
        tags=tags,
        ingredient_names=pantry.names,
        tag_names=labels.names,
    )
    return recipes, Interactions(slots, authors, stars, choose("review", len(slots), written))


def _recipe_ids(day: Ints, rng: np.random.Generator) -> Ints:
    """Numbers that grow with the day of submission, with gaps."""
    most = max(assumed()["files"]["max_recipe_id"], 3 * len(day))
    ids = np.empty(len(day), dtype=np.int64)
    order = np.lexsort((rng.random(len(day)), day))
    ids[order] = np.sort(rng.choice(np.arange(38, most + 1), len(day), replace=False))
    return ids


def _undescribed(population: Population, rng: np.random.Generator) -> np.ndarray:
    """The published share of kept recipes without description, and the same share of others."""
    share = published("recipes.clean.null_description") / clean_rows()
    missing = np.zeros(len(population), dtype=bool)
    for is_clean in (True, False):
        rows = np.flatnonzero((population.kind == CLEAN) == is_clean)
        missing[rng.permutation(rows)[: round(share * len(rows))]] = True
    return missing


def _steps(effort: Effort, rng: np.random.Generator) -> Ragged:
    offsets = np.concatenate(([0], np.cumsum(effort.n_steps)))
    return offsets, choose("step", int(offsets[-1]), rng)
