"""The queries of the page of an item against numbers worked out from the rows of `conftest.py`."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from mangetamain_analytics.data.loaders import DataLoader

# An item of each kind; one with an apostrophe, one with a comma, one like markup, one beyond ASCII.
ITEMS = [
    ("ingredient", "butter"),
    ("ingredient", "confectioners' sugar"),
    ("ingredient", "salt, kosher"),
    ("ingredient", "<b>bold</b> basil"),
    ("ingredient", "crème fraîche"),
    ("ingredient", "corn"),  # twice in the list of recipe 223
    ("tag", "beef"),  # also an ingredient
    ("tag", "easy"),
]


def of_kind(recipe: Any, kind: str) -> set[str]:
    return set(recipe.ingredients if kind == "ingredient" else recipe.tags)


@pytest.fixture
def carrying(small_recipes: Sequence[Any]) -> Callable[[str, str], list[Any]]:
    """The recipes with an item."""

    def of(kind: str, item: str) -> list[Any]:
        return [recipe for recipe in small_recipes if item in of_kind(recipe, kind)]

    return of


@pytest.mark.parametrize("kind", ["ingredient", "tag"])
def test_item_names_lists_every_item_the_most_used_first(
    loader: DataLoader, small_recipes: Sequence[Any], kind: str
) -> None:
    counts = Counter(item for recipe in small_recipes for item in of_kind(recipe, kind))

    rows = loader.query("item_names", kind=kind).rows()

    assert rows == sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


@pytest.mark.parametrize(("kind", "item"), ITEMS)
def test_item_days_counts_each_recipe_of_the_item_once(
    loader: DataLoader, carrying: Callable[[str, str], list[Any]], kind: str, item: str
) -> None:
    days = [recipe.submitted for recipe in carrying(kind, item)]
    counts = Counter((day.year, day.month, day.isoweekday()) for day in days)

    rows = loader.query("item_days", kind=kind, item=item).rows()

    assert rows == [(*day, n) for day, n in sorted(counts.items())]


@pytest.mark.parametrize(("kind", "item"), ITEMS)
def test_explore_recipes_names_the_recipes_of_the_item(
    loader: DataLoader, carrying: Callable[[str, str], list[Any]], kind: str, item: str
) -> None:
    ids = loader.query("explore_recipes", kind=kind, item=item)["recipe_id"].to_list()

    assert ids == sorted(recipe.id for recipe in carrying(kind, item))


@pytest.mark.parametrize("companions", ["ingredient", "tag"])
@pytest.mark.parametrize(("kind", "item"), ITEMS)
def test_explore_companions_count_what_stands_beside_the_item_and_anywhere(
    loader: DataLoader, small_recipes: Sequence[Any], kind: str, item: str, companions: str
) -> None:
    anywhere = Counter((x, r.year) for r in small_recipes for x in of_kind(r, companions))
    beside = Counter(
        (x, recipe.year)
        for recipe in small_recipes
        if item in of_kind(recipe, kind)
        for x in of_kind(recipe, companions)
        if (companions, x) != (kind, item)
    )
    of_all_years = Counter(x for x, _ in beside.elements())

    rows = loader.query(
        "explore_companions", kind=kind, item=item, of_kind=companions, min_together=2
    ).rows()

    expected = [(*at, beside[at], n) for at, n in anywhere.items() if of_all_years[at[0]] >= 2]
    assert rows == sorted(expected)


def test_explore_companions_keep_the_tag_of_an_ingredient_s_name(loader: DataLoader) -> None:
    """Ten recipes of beef (the ingredient) carry the tag beef: that is news; itself is not."""
    beside = {
        kind: loader.query(
            "explore_companions",
            kind="ingredient",
            item="beef",
            of_kind=kind,
            min_together=1,
        )["companion"].to_list()
        for kind in ("ingredient", "tag")
    }

    assert "beef" in beside["tag"] and "beef" not in beside["ingredient"]


@pytest.mark.parametrize("name", ["item_days", "explore_recipes"])
@pytest.mark.parametrize(
    ("kind", "item"),
    [("ingredient", "no such thing"), ("tag", "butter"), ("ingredient", "vegan"), ("x", "butter")],
)
def test_an_item_that_the_kind_does_not_have_has_no_recipe(
    loader: DataLoader, name: str, kind: str, item: str
) -> None:
    assert loader.query(name, kind=kind, item=item).is_empty()
