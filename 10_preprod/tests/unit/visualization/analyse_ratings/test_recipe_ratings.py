from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from mangetamain_analytics.visualization.analyse_ratings.counts import Choices
from mangetamain_analytics.visualization.analyse_ratings.recipe_ratings import (
    CumulativeRecipeRatings,
    Recipes,
    recipe_ratings,
)
from mangetamain_analytics.visualization.page import Years

COLUMNS = ["recipe_id", "year", "n_ratings", "total_stars", "total_squares"]


@pytest.fixture
def recipes():
    nothing = pl.Series(["a", "b", "c", "d"])
    return Recipes(np.array([3, 5, 8, 9]), nothing, {}, {})


@pytest.fixture
def frame():
    """Years in no order, 2004 without a row, both splits of a recipe in 2003, 9 never rated.

    Squares go beyond what two bytes hold, but only when the years of recipe 5 are added.
    """
    rows = [
        (5, 2005, 2_000, 9_000, 41_000),
        (3, 2002, 1, 5, 25),
        (5, 2003, 1_500, 7_000, 33_000),
        (8, 2003, 2, 6, 20),
        (8, 2003, 1, 1, 1),
        (3, 2005, 4, 4, 4),
    ]
    return pl.DataFrame(rows, schema=COLUMNS, orient="row")


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        (
            Years(2002, 2005),
            [(0, 5, 9, 29), (1, 3_500, 16_000, 74_000), (2, 3, 7, 21)],
        ),
        (Years(2003, 2004), [(1, 1_500, 7_000, 33_000), (2, 3, 7, 21)]),
        (Years(2004, 2005), [(0, 4, 4, 4), (1, 2_000, 9_000, 41_000)]),
        (Years(2002, 2002), [(0, 1, 5, 25)]),
        (Years(2004, 2004), []),
        (Years(1999, 2001), []),
        (Years(2006, 2018), []),
    ],
)
def test_ratings_of_a_range_of_years_are_the_sum_of_its_rows(recipes, frame, years, expected):
    found = CumulativeRecipeRatings.of(frame, recipes).within(years)
    rows = zip(found.place, found.n, found.total, found.squares, strict=True)
    assert [tuple(map(int, row)) for row in rows] == expected


def test_no_rating_at_all_is_no_rated_recipe(recipes, frame):
    found = CumulativeRecipeRatings.of(frame.clear(), recipes).within(Years(1999, 2018))
    assert len(found.place) == 0


def test_the_train_split_after_all_ratings_has_its_own(visit, small_ratings):
    everything = Choices(Years(1999, 2018), train_only=False, min_ratings=1)
    both, in_train = (
        int(recipe_ratings(visit(), choices).n.sum())
        for choices in (everything, replace(everything, train_only=True))
    )
    assert 0 < in_train < both
    assert in_train == sum(rating.in_train for rating in small_ratings)
