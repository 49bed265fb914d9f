import numpy as np
import polars as pl
import pytest
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

from mangetamain_analytics.utils.insights import Item, Verdict
from mangetamain_analytics.visualization.explore.companions import (
    CompanionYears,
    find_companions,
)
from mangetamain_analytics.visualization.page import Years

N_ITEM, N_RECIPES = 400, 10_000
# Beside the item, and anywhere.
COUNTS = {
    "salt": (150, 3800),  # as everywhere
    "nutmeg": (120, 600),  # 30 % against 6 %
    "cream": (60, 300),  # 15 % against 3 %: the same lift, less often
    "water": (60, 2500),  # less often than elsewhere
    "flour": (90, 2000),  # 1.125 times: too little to call typical
    "clove": (19, 40),  # a high lift, but in less than 5 % of the item's recipes
    "mace": (45, 150),
}


def found(counts=COUNTS, n_item=N_ITEM, n_recipes=N_RECIPES):
    rows = [(name, beside, anywhere) for name, (beside, anywhere) in counts.items()]
    schema = {"companion": pl.String, "n_together": pl.Int64, "n_recipes": pl.Int64}
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    return find_companions("pumpkin", Item.INGREDIENT, frame, n_item, n_recipes)


def rows_by_name(companions):
    return {row["companion"]: row for row in companions.table.iter_rows(named=True)}


def test_typical_companions_come_by_lift_and_the_others_not_at_all():
    companions = found()
    names = companions.table["companion"].to_list()
    assert [names[row] for row in companions.kept] == ["mace", "nutmeg", "cream"]
    assert companions.insight.verdict is Verdict.DIFFERENCE


def test_lift_is_the_share_beside_the_item_over_that_of_all_recipes():
    row = rows_by_name(found())["nutmeg"]
    assert (row["share_with_item"], row["share_of_all"]) == (0.3, 0.06)
    assert row["lift"] == pytest.approx(5)
    low, high = proportion_confint(120, N_ITEM, method="wilson")
    assert (row["lift_low"], row["lift_high"]) == pytest.approx((low / 0.06, high / 0.06))


def test_companions_are_tested_against_the_other_recipes_and_corrected_together():
    tested = {name: COUNTS[name] for name in COUNTS if name != "clove"}
    tables = [
        [[beside, anywhere - beside], [N_ITEM - beside, N_RECIPES - N_ITEM - anywhere + beside]]
        for beside, anywhere in tested.values()
    ]
    tests = [stats.chi2_contingency(table, correction=True) for table in tables]
    adjusted = multipletests([test.pvalue for test in tests], method="fdr_bh")[1]
    rows = rows_by_name(found())
    assert [rows[name]["chi_squared_yates"] for name in tested] == pytest.approx(
        [test.statistic for test in tests]
    )
    assert [rows[name]["p_adjusted"] for name in tested] == pytest.approx(adjusted.tolist())
    plain = [stats.chi2_contingency(table, correction=False).statistic for table in tables]
    assert [rows[name]["cramers_v"] for name in tested] == pytest.approx(
        np.sqrt(np.array(plain) / N_RECIPES).tolist()
    )
    assert rows["clove"]["p_adjusted"] is None


def test_an_item_of_every_recipe_has_no_typical_companion():
    companions = found({"salt": (4000, 4000)}, n_item=10_000)
    assert companions.kept == [] and companions.insight.verdict is Verdict.TOO_LITTLE_DATA


def test_nothing_beside_the_item_is_no_error():
    companions = found({})
    assert companions.table.is_empty()
    assert companions.insight.verdict is Verdict.TOO_LITTLE_DATA


def test_companions_of_some_years_are_added_up_and_ranked_without_those_by_chance():
    rows = [
        ("egg", 2001, 8, 20),
        ("egg", 2002, 9, 30),
        ("milk", 2002, 9, 40),
        ("oil", 2001, 30, 90),
        ("oil", 2003, 50, 95),
        ("salt", 2001, 0, 70),
        ("salt", 2002, 30, 80),
        ("salt", 2003, 40, 85),
    ]
    columns = ("companion", "year", "n_together", "n_recipes")
    by_year = CompanionYears.of(pl.DataFrame(rows, schema=columns, orient="row"))
    assert by_year.within(Years(2001, 2002)).rows() == [
        ("oil", 30, 90),
        ("salt", 30, 150),
        ("egg", 17, 50),
    ]
    assert by_year.within(Years(2004, 2005)).is_empty()
