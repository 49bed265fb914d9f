"""Names of recipes, each after something that is in it."""

import re
from functools import cache
from itertools import product

import numpy as np

from .targets import Ints
from .texts import stock

# One name in three has the doubled space that Food.com leaves after a dropped word or sign.
DOUBLED_SPACE_SHARE = 1 / 3


@cache
def recipe_names() -> tuple[str, ...]:
    """Every name, in a fixed order; the second half repeats the first with doubled spaces."""
    whole = [f"{first} {food} {dish}" for first, (food, dish) in product(_firsts(), _dishes())]
    return (*whole, *(text.replace(" ", "  ", 1) for text in whole))


def name_recipes(
    ingredient_names: tuple[str, ...], offsets: Ints, items: Ints, rng: np.random.Generator
) -> Ints:
    """Numbers of names, each after the recipe's least common ingredient that a name can hold.

    Ingredients are numbered by popularity; a recipe without such an ingredient gets any name.
    """
    food = np.array([_food_of(name) for name in ingredient_names])
    numbers = np.where(food[items] >= 0, items, -1)
    rarest = np.maximum.reduceat(numbers, offsets[:-1])
    named_after = np.where(rarest >= 0, food[rarest], rng.integers(0, len(_foods()), len(rarest)))
    first_dish, n_dishes = _dishes_by_food()
    dish = first_dish[named_after] + rng.integers(0, n_dishes[named_after])
    first = rng.integers(0, len(_firsts()), len(rarest))
    doubled = rng.random(len(rarest)) < DOUBLED_SPACE_SHARE
    return (doubled * len(_firsts()) + first) * len(_dishes()) + dish


def _firsts() -> list[str]:
    firsts: list[str] = stock("name")["first"]
    return firsts


@cache
def _dishes() -> tuple[tuple[str, str], ...]:
    """What can be made of which food, food by food."""
    kinds = [stock("name")[kind] for kind in ("savoury", "sweet")]
    return tuple(sorted(pair for kind in kinds for pair in product(kind["middle"], kind["last"])))


@cache
def _foods() -> tuple[str, ...]:
    return tuple(dict.fromkeys(food for food, _ in _dishes()))


def _dishes_by_food() -> tuple[Ints, Ints]:
    """Number of the first dish of each food, and how many there are."""
    foods = [food for food, _ in _dishes()]
    counts = np.array([foods.count(food) for food in _foods()])
    return np.cumsum(counts) - counts, counts


@cache
def _spoken_foods() -> re.Pattern[str]:
    """Finds a food in the name of an ingredient, in the singular or the plural."""
    singular = (re.sub("y$", "(?:y|ie)", food) for food in _foods())
    return re.compile("|".join(rf"(\b{food}(?:e?s)?\b)" for food in singular))


def _food_of(ingredient: str) -> int:
    """Number of the food that the ingredient speaks of, or -1."""
    found = _spoken_foods().search(ingredient)
    return (found.lastindex or 0) - 1 if found else -1
