"""Which recipe gets which ingredients and tags."""

import numpy as np

from .allocation import systematic_counts
from .doubles import separate_doubles
from .effort import Effort
from .items import N_CELLS, RARE, Catalogue
from .population import CLEAN, Population
from .targets import Floats, Ints, clean_rows


def assign_ingredients(
    catalogue: Catalogue, population: Population, effort: Effort, rng: np.random.Generator
) -> tuple[Ints, Ints]:
    """Offsets and item numbers: recipe r has items[offsets[r]:offsets[r + 1]], all distinct.

    Each cell gets a multiset of items with the expected counts, shuffled over its recipes' slots;
    an item that falls twice into one recipe is swapped away.
    """
    offsets = np.concatenate(([0], np.cumsum(effort.n_ingredients)))
    owner = np.repeat(np.arange(len(population)), effort.n_ingredients)
    items = np.empty(len(owner), dtype=np.int64)
    for is_clean in (True, False):
        slots = np.flatnonzero((population.kind == CLEAN)[owner] == is_clean)
        cell = population.cell[owner[slots]]
        recipes = np.bincount(
            population.cell[(population.kind == CLEAN) == is_clean], minlength=N_CELLS
        )
        order = slots[np.lexsort((rng.random(len(slots)), cell))]
        items[order] = _deal_cells(catalogue, recipes, np.bincount(cell, minlength=N_CELLS), rng)
    cell = population.cell[owner] * 2 + (population.kind[owner] > 0)
    separate_doubles(owner, items, [cell, np.zeros_like(cell)], rng)
    return offsets, items


def _deal_cells(catalogue: Catalogue, recipes: Ints, slots: Ints, rng: np.random.Generator) -> Ints:
    """Items for the slots of all cells, cell by cell."""
    rare = np.flatnonzero(catalogue.totals < RARE)
    rare_items, rare_cells = _scatter_rare(
        catalogue, rare, recipes.sum() / clean_rows(), slots, rng
    )
    frequent = np.arange(len(catalogue.totals) - len(rare))
    generic = catalogue.totals[frequent].copy()
    generic[catalogue.named[catalogue.named < len(frequent)]] = 0.0
    dealt = []
    for cell in range(N_CELLS):
        drawn = rare_items[rare_cells == cell][: slots[cell]]
        expected = _expected_in_cell(catalogue, generic, cell, recipes[cell])
        expected = _fit_total(expected, generic > 0, slots[cell] - len(drawn))
        shuffled = rng.permutation(frequent)
        counts = np.zeros(len(frequent), dtype=np.int64)
        counts[shuffled] = _exactly(expected[shuffled], slots[cell] - len(drawn), rng)
        dealt.append(rng.permutation(np.concatenate([drawn, np.repeat(frequent, counts)])))
    return np.concatenate(dealt)


def _scatter_rare(
    catalogue: Catalogue, rare: Ints, scale: float, slots: Ints, rng: np.random.Generator
) -> tuple[Ints, Ints]:
    """Occurrences of the rare items and the cell each falls into."""
    counts = np.maximum(1, np.round(catalogue.totals[rare])).astype(np.int64)
    counts = rng.binomial(counts, scale) if scale < 1 else np.round(counts * scale).astype(int)
    items = np.repeat(rare, counts)
    return items, rng.choice(N_CELLS, size=len(items), p=slots / slots.sum())


def _expected_in_cell(catalogue: Catalogue, generic: Floats, cell: int, recipes: int) -> Floats:
    expected = generic * (recipes / clean_rows())
    inside = catalogue.named < len(generic)
    expected[catalogue.named[inside]] = catalogue.share[inside, cell] * recipes
    return expected


def _fit_total(expected: Floats, adjustable: np.ndarray, total: int) -> Floats:
    """`expected` with its adjustable part scaled so that everything sums to `total`."""
    fixed = expected[~adjustable].sum()
    if fixed < 0.9 * total:
        scale = (total - fixed) / expected[adjustable].sum()
        return np.where(adjustable, expected * scale, expected)
    return np.asarray(expected * (total / max(expected.sum(), 1e-9)))


def _exactly(expected: Floats, total: int, rng: np.random.Generator) -> Ints:
    """Systematic counts whose rounding at the two ends is settled to sum to `total`."""
    counts = systematic_counts(expected, rng)
    gap = total - int(counts.sum())
    counts[rng.choice(np.flatnonzero(counts + gap >= 0), abs(gap), replace=False)] += np.sign(gap)
    return counts


TIME_TAGS = {
    "15-minutes-or-less": (1, 15),
    "30-minutes-or-less": (16, 30),
    "60-minutes-or-less": (31, 60),
    "4-hours-or-less": (61, 240),
    "1-day-or-more": (1440, 2**31),
}


def assign_tags(
    catalogue: Catalogue, population: Population, effort: Effort, rng: np.random.Generator
) -> tuple[Ints, Ints]:
    """Offsets and tag numbers, like the ingredients; a recipe without tags has none.

    Tags that speak of minutes, steps or ingredients go first to recipes that fit them.
    """
    block = population.cell * 2 + (population.kind != CLEAN)
    order = np.argsort(block, kind="stable")
    sizes = np.bincount(block, minlength=2 * N_CELLS)
    expected = _expected_tags(catalogue, sizes)
    pairs = [
        _recipes_of_tag(catalogue.names[tag], expected[tag], order, sizes, effort, rng)
        for tag in range(len(catalogue.names))
    ]
    recipe = np.concatenate(pairs)
    tag = np.repeat(np.arange(len(pairs)), [len(recipes) for recipes in pairs])
    preparation = catalogue.names.index("preparation")
    tagged = np.zeros(len(population), dtype=bool)
    tagged[pairs[preparation]] = True
    recipe, tag = recipe[tagged[recipe]], tag[tagged[recipe]]
    by_recipe = np.lexsort((_tag_order(catalogue)[tag], recipe))
    offsets = np.concatenate(([0], np.cumsum(np.bincount(recipe, minlength=len(population)))))
    return offsets, tag[by_recipe]


def _expected_tags(catalogue: Catalogue, sizes: Ints) -> Floats:
    """Expected recipes per tag and block (cell, kept by the cleaning or not)."""
    share = np.repeat(catalogue.totals[:, None] / clean_rows(), N_CELLS, axis=1)
    share[catalogue.named] = catalogue.share
    return np.repeat(share, 2, axis=1) * sizes


def _recipes_of_tag(
    name: str, expected: Floats, order: Ints, sizes: Ints, effort: Effort, rng: np.random.Generator
) -> Ints:
    """Recipes with the tag: a random draw in each block, fitting recipes first."""
    blocks = rng.permutation(len(sizes))
    counts = np.empty(len(sizes), dtype=np.int64)
    counts[blocks] = systematic_counts(expected[blocks], rng)
    counts = np.minimum(counts, sizes)
    preference = rng.random(len(order)) if counts.sum() else np.empty(0)
    if not counts.sum():
        return np.empty(0, dtype=np.int64)
    fits = _fits(name, effort)
    if fits is not None:
        preference += ~fits[order]
    block = np.repeat(np.arange(len(sizes)), sizes)
    ranked = order[np.argsort(block * 2.0 + preference / 2.0)]
    place = np.arange(len(order)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return ranked[place < np.repeat(counts, sizes)]


def _fits(name: str, effort: Effort) -> np.ndarray | None:
    if name in TIME_TAGS:
        least, most = TIME_TAGS[name]
        return np.asarray((effort.minutes >= least) & (effort.minutes <= most))
    if name == "3-steps-or-less":
        return np.asarray(effort.n_steps <= 3)
    if name == "5-ingredients-or-less":
        return np.asarray(effort.n_ingredients <= 5)
    return None


def _tag_order(catalogue: Catalogue) -> Ints:
    """Place of each tag inside a cell: time tags, general tags, then the others by name."""
    general = [*TIME_TAGS, "time-to-make", "course", "main-ingredient", "cuisine", "preparation"]
    keys = [
        (general.index(name) if name in general else len(general), name) for name in catalogue.names
    ]
    place = np.empty(len(keys), dtype=np.int64)
    place[sorted(range(len(keys)), key=keys.__getitem__)] = np.arange(len(keys))
    return place
