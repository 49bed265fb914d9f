import polars as pl
import pytest
from statsmodels.stats.multitest import multipletests

from mangetamain_analytics.utils.insights import Item, Verdict
from mangetamain_analytics.visualization.analyse_trendlines.item_trends import (
    ItemYears,
    find_changes,
)
from mangetamain_analytics.visualization.page import Years

YEARS = [2001, 2002, 2003, 2005, 2006, 2007]
RECIPES = [1000, 4000, 3000, 2000, 1500, 500]
BUMPS = [0.001, -0.002, 0.0, 0.002, -0.002, 0.0]


def counts_of(slope, start=0.5):
    return [
        round(n * (start + slope * (year - 2001) + bump))
        for year, n, bump in zip(YEARS, RECIPES, BUMPS, strict=True)
    ]


# Seven rises, six falls, one too small to matter, one flat: only five of each side are shown.
COUNTS = {
    **{f"rise {i}": counts_of(0.01 * i, start=0.1) for i in range(1, 8)},
    **{f"fall {i}": counts_of(-0.01 * i) for i in range(1, 7)},
    "small": counts_of(0.0004),
    "zigzag": [200, 1200, 600, 600, 300, 150],
}


def share_of(item):
    return [n / of_year for n, of_year in zip(COUNTS[item], RECIPES, strict=True)]


def all_items(counts):
    rows = [
        (item, year, n)
        for item, by_year in sorted(counts.items())
        for year, n in zip(YEARS, by_year, strict=True)
        if n
    ]
    frame = pl.DataFrame(rows, schema=["item", "year", "n_recipes"], orient="row")
    return ItemYears.of(frame, pl.DataFrame({"year": YEARS, "n_recipes": RECIPES}))


def items_of(counts, chosen=Years(2001, 2007)):
    return all_items(counts).within(chosen).frequent()


@pytest.fixture
def references(reference):
    return {item: reference(YEARS, share_of(item), RECIPES) for item in sorted(COUNTS)}


def test_the_five_strongest_of_each_side_are_kept_strongest_first():
    changes = find_changes(Item.INGREDIENT, items_of(COUNTS))
    assert changes.rises == ["rise 7", "rise 6", "rise 5", "rise 4", "rise 3"]
    assert changes.falls == ["fall 6", "fall 5", "fall 4", "fall 3", "fall 2"]
    # On the chart, from the strongest rise on top to the strongest fall at the bottom.
    assert changes.slopes["item"].to_list() == [*changes.rises, *reversed(changes.falls)]
    assert changes.insight.verdict is Verdict.MIXED


def test_slopes_are_points_per_decade_weighted_by_recipes(references):
    changes = find_changes(Item.INGREDIENT, items_of(COUNTS))
    for item, slope, low, high, _ in changes.slopes.iter_rows():
        expected = references[item]
        # A share of 1 is 100 points, a decade is ten years.
        assert slope == pytest.approx(100 * 10 * expected.slope)
        assert low == pytest.approx(100 * 10 * expected.low)
        assert high == pytest.approx(100 * 10 * expected.high)
        assert expected.slope != pytest.approx(expected.unweighted_slope, rel=1e-4)


def test_every_item_tested_counts_in_the_correction(references):
    changes = find_changes(Item.INGREDIENT, items_of(COUNTS))
    p_values = [one.p for one in references.values()]
    adjusted = dict(zip(references, multipletests(p_values, method="fdr_bh")[1], strict=True))
    assert changes.n_tested == len(COUNTS) == 15
    for row in changes.slopes.iter_rows(named=True):
        assert row["p_adjusted"] == pytest.approx(adjusted[row["item"]])


def test_shares_are_kept_as_observed_for_the_items_shown_only():
    changes = find_changes(Item.INGREDIENT, items_of(COUNTS))
    assert changes.years == YEARS
    assert set(changes.shares) == {*changes.rises, *changes.falls}
    for item, values in changes.shares.items():
        assert values == share_of(item)


def test_a_change_that_is_small_or_uncertain_is_not_shown():
    quiet = {name: COUNTS[name] for name in ("small", "zigzag")}
    changes = find_changes(Item.TAG, items_of(quiet))
    assert (changes.rises, changes.falls, changes.shares) == ([], [], {})
    assert changes.insight.verdict is Verdict.NO_EVIDENCE
    assert changes.n_tested == 2


@pytest.mark.parametrize("n_years", [1, 2, 3])
def test_too_few_years_show_no_change(n_years):
    changes = find_changes(Item.TAG, items_of(COUNTS, Years(2001, 2000 + n_years)))
    assert changes.insight.verdict is Verdict.TOO_LITTLE_DATA
    assert (changes.rises, changes.falls, changes.shares) == ([], [], {})


def test_no_item_shows_no_change():
    nothing = items_of({"rare": [1, 1, 1, 1, 1, 1]})
    changes = find_changes(Item.TAG, nothing)
    assert (changes.n_tested, changes.shares) == (0, {})


def test_fifty_recipes_of_the_chosen_years_make_an_item_frequent():
    counts = {"many": [9, 9, 9, 9, 9, 5], "few": [9, 9, 9, 9, 9, 4], "early": [60, 0, 0, 0, 0, 0]}
    assert items_of(counts).names.to_list() == ["early", "many"]
    assert items_of(counts, Years(2002, 2007)).names.to_list() == []


def test_the_chosen_years_keep_their_own_counts():
    chosen = items_of(COUNTS, Years(2002, 2005))
    assert chosen.years.tolist() == [2002, 2003, 2005]
    assert chosen.n_recipes_of_year.tolist() == [4000, 3000, 2000]
    assert dict(zip(chosen.names, chosen.n_recipes.tolist(), strict=True)) == {
        item: counts[1:4] for item, counts in COUNTS.items()
    }


# Salt is in most recipes, "b" and "a" in as many, but each in its own years; in 2007 twenty items
# besides salt are in one recipe each, more than a sort by insertion would take.
LETTERS = "cdefghijklmnopqrstuv"
USED = {
    **{letter: [0, 0, 0, 0, 0, 1] for letter in LETTERS},
    "b": [3, 0, 0, 0, 40, 0],
    "salt": [20, 20, 20, 20, 20, 20],
    "a": [0, 40, 0, 3, 0, 0],
    "rare": [1, 0, 0, 0, 0, 0],
}


@pytest.mark.parametrize(
    ("chosen", "n_items", "expected"),
    [
        # of 11,500 recipes, then of 12,000
        (Years(2001, 2006), 9, [("salt", 100), ("a", 43), ("b", 43), ("rare", 1)]),
        (Years(2001, 2007), 2, [("salt", 120), ("a", 43)]),
        # of 7,000; an item of other years is not named
        (Years(2002, 2004), 9, [("a", 40), ("salt", 40)]),
        (Years(2001, 2001), 9, [("salt", 20), ("b", 3), ("rare", 1)]),
        (Years(2007, 2007), 15, [("salt", 20), *((letter, 1) for letter in LETTERS[:14])]),
        (Years(2004, 2004), 9, []),
        (Years(1990, 2000), 9, []),
    ],
)
def test_the_most_used_of_the_chosen_years_come_first_then_by_name(chosen, n_items, expected):
    table = all_items(USED).within(chosen).most_used(n_items)
    of_years = dict(zip(YEARS, RECIPES, strict=True)).items()
    n_all = sum(n for year, n in of_years if chosen.first <= year <= chosen.last)
    assert table.columns == ["item", "n_recipes", "share_of_recipes"]
    assert table.rows() == [(item, n, n / n_all) for item, n in expected]
