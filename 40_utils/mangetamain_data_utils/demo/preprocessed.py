"""PP_recipes, PP_users and the three split files, consistent with the raw ones."""

from collections.abc import Iterator
from functools import cache

import numpy as np
import polars as pl

from .cells import list_column, matrix_lists, pick_rows, whole_number_lists
from .names import recipe_names
from .tables import Interactions, Recipes
from .targets import Floats, Ints, assumed
from .texts import sentences
from .users import TRAIN

# Word numbers of the published files start and end a text with these.
TEXT_START, TEXT_END = 40480, 40481
CHUNK = 20_000


def recipe_chunks(
    recipes: Recipes, interactions: Interactions, seed: int
) -> Iterator[pl.DataFrame]:
    """PP_recipes in pieces: the recipes that the split knows, with their index `i`."""
    index = interactions.authors.index_of_recipe
    techniques = recipe_techniques(interactions, seed)
    levels = np.searchsorted(
        np.quantile(recipes.nutrition[:, 0], (1 / 3, 2 / 3)), _calories(recipes)
    )
    tokens = pl.Series([str(_word_numbers(name)) for name in recipes.ingredient_names])
    kept = np.flatnonzero(index >= 0)
    for rows in np.array_split(kept, max(1, len(kept) // CHUNK)):
        offsets, items = pick_rows(*recipes.ingredients, rows)
        yield pl.DataFrame(
            {
                "id": recipes.recipe_id[rows],
                "i": index[rows],
                "name_tokens": _text_tokens(
                    recipe_names(), np.arange(len(rows) + 1), recipes.name[rows]
                ),
                "ingredient_tokens": list_column(offsets, tokens.gather(items)),
                "steps_tokens": _text_tokens(sentences("step"), *pick_rows(*recipes.steps, rows)),
                "techniques": matrix_lists(techniques[index[rows]]),
                "calorie_level": levels[rows],
                "ingredient_ids": whole_number_lists(offsets, items),
            }
        )


def user_chunks(interactions: Interactions, seed: int) -> Iterator[pl.DataFrame]:
    """PP_users in pieces: what each user of the train split rated, and the techniques met."""
    authors = interactions.authors
    train = np.flatnonzero(authors.split == TRAIN)
    train = train[np.lexsort((interactions.slots.day[train], authors.user[train]))]
    items = authors.index_of_recipe[interactions.slots.recipe[train]]
    ratings = pl.Series([f"{star}.0" for star in range(6)])
    techniques = recipe_techniques(interactions, seed)
    sizes = np.bincount(authors.user[train], minlength=authors.n_active)
    offsets = np.concatenate(([0], np.cumsum(sizes)))
    for users in np.array_split(np.arange(authors.n_active), max(1, authors.n_active // 2_000)):
        part = slice(offsets[users[0]], offsets[users[-1] + 1])
        local = offsets[users[0] : users[-1] + 2] - offsets[users[0]]
        met = np.add.reduceat(techniques[items[part]].astype(np.int64), local[:-1])
        stars = ratings.gather(interactions.stars[train[part]])
        yield pl.DataFrame(
            {
                "u": users,
                "techniques": matrix_lists(met),
                "items": whole_number_lists(local, items[part]),
                "n_items": sizes[users],
                "ratings": list_column(local, stars),
                "n_ratings": sizes[users],
            }
        )


def recipe_techniques(interactions: Interactions, seed: int) -> Ints:
    """0 or 1 per recipe index `i` and technique; the same at every call with the same seed."""
    files = assumed()["files"]
    share = files["commonest_technique"] * files["technique_decay"] ** np.arange(
        files["techniques"]
    )
    rng = np.random.default_rng([seed, files["techniques"]])
    n_recipes = int(interactions.authors.index_of_recipe.max()) + 1
    drawn = rng.random((n_recipes, files["techniques"]), dtype=np.float32) < rng.permutation(share)
    return drawn.astype(np.int8)


def _calories(recipes: Recipes) -> Floats:
    return recipes.nutrition[:, 0]


@cache
def _words() -> dict[str, int]:
    """A number for every word of the texts, in alphabetical order."""
    texts = (*recipe_names(), *sentences("step"))
    return {word: i for i, word in enumerate(sorted({w for text in texts for w in text.split()}))}


def _word_numbers(text: str) -> list[int]:
    known = _words()
    return [known.get(word, TEXT_START - 1) for word in text.split()]


@cache
def _token_literals(stock: tuple[str, ...]) -> pl.Series:
    return pl.Series([str(_word_numbers(text))[1:-1] for text in stock])


def _text_tokens(stock: tuple[str, ...], offsets: Ints, texts: Ints) -> pl.Series:
    """Word numbers of one or more texts of the stock per row, between the start and end marks."""
    rows = len(offsets) - 1
    marks_as_text = pl.Series([str(TEXT_START), str(TEXT_END)])
    literals = pl.concat([_token_literals(stock), marks_as_text])
    start, end = len(literals) - 2, len(literals) - 1
    sizes = np.diff(offsets) + 2
    framed_offsets = np.concatenate(([0], np.cumsum(sizes)))
    framed = np.empty(framed_offsets[-1], dtype=np.int64)
    marks = np.zeros(len(framed), dtype=bool)
    marks[framed_offsets[:-1]] = marks[framed_offsets[1:] - 1] = True
    framed[~marks] = texts
    framed[framed_offsets[:-1]] = np.full(rows, start)
    framed[framed_offsets[1:] - 1] = np.full(rows, end)
    return list_column(framed_offsets, literals.gather(framed))
