"""The seven CSV files, written piece by piece."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import polars as pl

from .cells import float_matrix_lists, list_column, pick_rows, quoted
from .names import recipe_names
from .preprocessed import recipe_chunks, user_chunks
from .tables import Interactions, Recipes
from .targets import Ints, assumed
from .texts import sentences, text_column
from .users import TEST, TRAIN, VALIDATION

RECIPE_CHUNK = 20_000
INTERACTION_CHUNK = 100_000


def write_files(
    folder: Path,
    recipes: Recipes,
    interactions: Interactions,
    seed: int,
    advance: Callable[[str], None],
) -> dict[str, int]:
    """Write the seven files into `folder`; rows written, by file name."""
    order = _reading_order(recipes, interactions, seed)
    pieces = {
        "RAW_recipes.csv": _raw_recipes(recipes),
        "RAW_interactions.csv": _raw_interactions(recipes, interactions, order, seed),
        "PP_recipes.csv": recipe_chunks(recipes, interactions, seed),
        "PP_users.csv": user_chunks(interactions, seed),
        "interactions_train.csv": _split(recipes, interactions, order, TRAIN),
        "interactions_validation.csv": _split(recipes, interactions, order, VALIDATION),
        "interactions_test.csv": _split(recipes, interactions, order, TEST),
    }
    rows = {}
    for name, frames in pieces.items():
        rows[name] = _write(folder / name, frames)
        advance(name)
    return rows


def _write(path: Path, frames: Iterator[pl.DataFrame]) -> int:
    """Rows written. Quoted only where needed, Unix line ends, nothing for null: like Kaggle's."""
    rows = 0
    with path.open("wb") as file:
        for frame in frames:
            frame.write_csv(file, include_header=rows == 0, quote_style="necessary")
            rows += len(frame)
    return rows


def _raw_recipes(recipes: Recipes) -> Iterator[pl.DataFrame]:
    """RAW_recipes in alphabetical order of names."""
    ingredients, tags = quoted(recipes.ingredient_names), quoted((*recipes.tag_names, ""))
    steps = quoted(sentences("step"))
    names = np.array(recipe_names())
    rank = np.empty(len(names), dtype=np.int64)
    rank[np.argsort(names, kind="stable")] = np.arange(len(names))
    order = np.lexsort((recipes.recipe_id, rank[recipes.name]))
    for rows in np.array_split(order, max(1, len(order) // RECIPE_CHUNK)):
        yield pl.DataFrame(
            {
                "name": text_column(recipe_names(), recipes.name[rows], recipes.unnamed[rows]),
                "id": recipes.recipe_id[rows],
                "minutes": recipes.effort.minutes[rows],
                "contributor_id": recipes.contributor_id[rows],
                "submitted": _dates(recipes.population.day[rows]),
                "tags": _literal_lists(
                    tags, *_with_empty_tag(*pick_rows(*recipes.tags, rows), len(tags) - 1)
                ),
                "nutrition": float_matrix_lists(recipes.nutrition[rows]),
                "n_steps": recipes.effort.n_steps[rows],
                "steps": _literal_lists(steps, *pick_rows(*recipes.steps, rows)),
                "description": text_column(
                    sentences("description"), recipes.description[rows], recipes.undescribed[rows]
                ),
                "ingredients": _literal_lists(ingredients, *pick_rows(*recipes.ingredients, rows)),
                "n_ingredients": recipes.effort.n_ingredients[rows],
            }
        )


def _literal_lists(literals: pl.Series, offsets: Ints, numbers: Ints) -> pl.Series:
    return list_column(offsets, literals.gather(numbers))


def _with_empty_tag(offsets: Ints, tags: Ints, empty: int) -> tuple[Ints, Ints]:
    """Recipes without any tag have the list `['']`, as in the real file."""
    bare = np.flatnonzero(np.diff(offsets) == 0)
    sizes = np.diff(offsets)
    sizes[bare] = 1
    return np.concatenate(([0], np.cumsum(sizes))), np.insert(tags, offsets[bare], empty)


def _reading_order(recipes: Recipes, interactions: Interactions, seed: int) -> Ints:
    """Interactions recipe by recipe, the recipes in random order."""
    shuffled = np.random.default_rng([seed, len(recipes.recipe_id)]).permutation(
        len(recipes.recipe_id)
    )
    return np.lexsort((interactions.slots.day, shuffled[interactions.slots.recipe]))


def _raw_interactions(
    recipes: Recipes, interactions: Interactions, order: Ints, seed: int
) -> Iterator[pl.DataFrame]:
    share = assumed()["files"]["missing_reviews"]
    mute = np.random.default_rng([seed, 1]).random(len(order)) < share
    for rows in _slices(order):
        review = text_column(sentences("review"), interactions.review[rows], mute[rows])
        yield _who_what_when(recipes, interactions, rows).with_columns(review=review)


def _split(
    recipes: Recipes, interactions: Interactions, order: Ints, part: int
) -> Iterator[pl.DataFrame]:
    authors = interactions.authors
    for rows in _slices(order[authors.split[order] == part]):
        index = authors.index_of_recipe[interactions.slots.recipe[rows]]
        frame = _who_what_when(recipes, interactions, rows)
        yield frame.with_columns(u=pl.Series(authors.user[rows]), i=pl.Series(index))


def _slices(rows: Ints) -> list[Ints]:
    return np.array_split(rows, max(1, len(rows) // INTERACTION_CHUNK))


def _who_what_when(recipes: Recipes, interactions: Interactions, rows: Ints) -> pl.DataFrame:
    slots, authors = interactions.slots, interactions.authors
    return pl.DataFrame(
        {
            "user_id": authors.user_id[authors.user[rows]],
            "recipe_id": recipes.recipe_id[slots.recipe[rows]],
            "date": _dates(slots.day[rows]),
            "rating": interactions.stars[rows],
        }
    )


def _dates(days: Ints) -> pl.Series:
    return pl.Series(days).cast(pl.Int32).cast(pl.Date)
