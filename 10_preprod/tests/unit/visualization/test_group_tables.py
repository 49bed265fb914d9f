"""What the tests of the pages read, against the rows written by hand in `tests/conftest.py`."""

from collections import Counter

import numpy as np
import polars as pl
import pytest

from mangetamain_analytics.utils.insights import Item
from mangetamain_analytics.visualization.group_tables import (
    DAY_TYPES,
    MONTHS_OF_SEASONS,
    SEASON_NAMES,
    Calendar,
    ItemCounts,
    Measures,
    calendar,
    item_counts,
    measures,
    merged,
)
from mangetamain_analytics.visualization.page import Query, Years

ALL = Years(2000, 2007)


def season_of(recipe):
    return SEASON_NAMES[recipe.submitted.month % 12 // 3]


def chosen(recipes, years):
    return [recipe for recipe in recipes if years.first <= recipe.year <= years.last]


@pytest.mark.parametrize("years", [ALL, Years(2002, 2003), Years(2004, 2004)])
def test_recipes_by_season_and_weekday_are_those_of_the_chosen_years(visit, small_recipes, years):
    table = calendar(visit(), years)
    by_month, by_weekday = table.by_month()[0], table.by_weekday()[0]
    recipes = chosen(small_recipes, years)
    seasons = merged(by_month, MONTHS_OF_SEASONS).sum(axis=0)
    assert dict(zip(SEASON_NAMES, seasons, strict=True)) == Counter(map(season_of, recipes))
    weekdays = Counter(recipe.submitted.isoweekday() for recipe in recipes)
    assert by_weekday.sum(axis=0).tolist() == [weekdays[day] for day in range(1, 8)]
    n_weekend = sum(day > 5 for day in weekdays.elements())
    types = merged(by_weekday, DAY_TYPES).sum(axis=0).tolist()
    assert types == [len(recipes) - n_weekend, n_weekend]


def test_days_count_leap_years_and_the_cut_last_year(visit):
    table = calendar(visit(), ALL)
    days = dict(zip(table.years.tolist(), table.n_days.sum(axis=(1, 2)), strict=True))
    assert days == {2000: 366, 2004: 366, 2007: 286} | dict.fromkeys(
        (2001, 2002, 2003, 2005, 2006), 365
    )
    seasons = merged(calendar(visit(), Years(2007, 2007)).by_month()[1], MONTHS_OF_SEASONS)
    assert seasons.tolist() == [[59, 92, 92, 43]]  # until 13 October


@pytest.mark.parametrize("years", [ALL, Years(2002, 2003)])
@pytest.mark.parametrize("measure", ["minutes", "n_steps", "calories", "carb_pct"])
def test_values_are_counted_by_season_and_by_weekday(visit, small_recipes, measure, years):
    value_of = {
        "minutes": lambda recipe: recipe.minutes,
        "n_steps": lambda recipe: recipe.n_steps,
        "calories": lambda recipe: recipe.nutrition[0],
        "carb_pct": lambda recipe: recipe.nutrition[6],
    }[measure]
    recipes = chosen(small_recipes, years)
    of_all = measures(visit())
    by_season = of_all.by_season(measure, years)
    counted = Counter((value_of(recipe), season_of(recipe)) for recipe in recipes)
    for i, value in enumerate(by_season.values):
        for j, name in enumerate(SEASON_NAMES):
            assert by_season.counts[i, j] == counted[value, name]
    assert by_season.counts.sum() == len(recipes)
    assert (np.diff(by_season.values) > 0).all()
    by_weekday = of_all.by_weekday(measure, years)
    counted = Counter((value_of(recipe), recipe.submitted.isoweekday()) for recipe in recipes)
    for i, value in enumerate(by_weekday.values):
        assert by_weekday.counts[i].tolist() == [counted[value, day] for day in range(1, 8)]


@pytest.mark.parametrize("years", [ALL, Years(2002, 2003)])
@pytest.mark.parametrize("kind", ["ingredient", "tag"])
def test_recipes_with_an_item_are_counted_by_season_and_kind_of_day(
    loader, small_recipes, kind, years
):
    query = Query("calendar_items", {"kind": kind, "min_recipes": 1})
    counts = ItemCounts.of(loader.query(query.name, **query.parameters))
    by_season, by_type = counts.by_season(years), counts.by_day_type(years)
    for i, name in enumerate(counts.names):
        recipes = [
            recipe
            for recipe in chosen(small_recipes, years)
            if name in (recipe.ingredients if kind == "ingredient" else recipe.tags)
        ]
        seasons = Counter(map(season_of, recipes))
        assert by_season[i].tolist() == [seasons[season] for season in SEASON_NAMES], name
        n_weekend = sum(recipe.submitted.isoweekday() > 5 for recipe in recipes)
        assert by_type[i].tolist() == [len(recipes) - n_weekend, n_weekend], name


def test_items_too_rare_for_four_seasons_are_not_read(visit, small_recipes):
    """Of 36 recipes only salt is in 20 or more; no tag is."""
    assert item_counts(visit(), Item.INGREDIENT).names == ["salt"]
    none = item_counts(visit(), Item.TAG)
    assert (list(none.names), none.by_season(ALL).shape) == ([], (0, 4))
    assert none.by_day_type(ALL).shape == (0, 2)


def test_tables_of_no_recipe_are_empty(loader):
    days = loader.query("calendar_days").clear()
    assert Calendar.of(days).n_recipes.sum() == 0
    assert (
        Measures.of(loader.query("calendar_values").clear()).by_season("minutes", ALL).n.sum() == 0
    )


def test_the_order_of_the_recipes_does_not_matter():
    columns = ("year", "month", "weekday", "minutes")
    rows = [(2004, 1, 1, 10), (2002, 7, 6, 30), (2003, 1, 1, 20), (2002, 1, 1, 20)]
    of_all = Measures.of(pl.DataFrame(rows, schema=columns, orient="row"))
    by_season = of_all.by_season("minutes", Years(2002, 2003))
    assert by_season.values.tolist() == [20, 30]
    assert by_season.counts.tolist() == [[2, 0, 0, 0], [0, 0, 1, 0]]
