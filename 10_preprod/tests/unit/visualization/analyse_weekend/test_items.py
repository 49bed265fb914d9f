import pytest
from scipy import stats
from statsmodels.stats.multitest import multipletests

from mangetamain_analytics.utils.insights import Verdict
from mangetamain_analytics.visualization.analyse_weekend import items
from mangetamain_analytics.visualization.item_choice import ChosenItems
from mangetamain_analytics.visualization.page import Years

N_WEEKDAYS, N_WEEKEND = 1000, 400
# Recipes with the tag, on weekdays and at weekends.
COUNTS = {
    "main-dish": (500, 120),  # 50 % and 30 %: −20 points
    "vegetarian": (100, 100),  # 10 % and 25 %: +15 points
    "salt": (300, 121),  # +0.25 points, as chance would
    "rare": (4, 8),  # a mean share above 1 %, too few expected at weekends
}


@pytest.fixture
def data(edited_snapshot):
    """1,400 recipes of 2003, the first thousand on Mondays, the others on Saturdays."""
    tags = [
        f"select i as recipe_id, '{tag}' as tag from range({n_weekdays}) as r(i) union all"
        f" select {N_WEEKDAYS} + i, '{tag}' from range({n_weekend}) as r(i)"
        for tag, (n_weekdays, n_weekend) in COUNTS.items()
    ]
    return edited_snapshot(
        "create temp table one as select * from recipes limit 1",
        "delete from recipes",
        "insert into recipes by name select one.* replace (i as id, 2003 as year,"
        f" i >= {N_WEEKDAYS} as is_weekend, if(i >= {N_WEEKDAYS}, 6, 1) as weekday,"
        f" if(i >= {N_WEEKDAYS}, date '2003-06-07', date '2003-06-02') as submitted,"
        f" 6 as month, 'Summer' as season) from one, range({N_WEEKDAYS + N_WEEKEND}) as r(i)",
        "delete from recipe_tags",
        f"insert into recipe_tags {' union all '.join(tags)}",
        "delete from item_years",
        "insert into item_years select 'tag', tag, 2003, count(*) * 2 from recipe_tags"
        " group by tag",
    )


def test_established_items_are_ranked_by_size_in_either_direction(visit, data):
    (chart,) = items.analyse(visit(data=data), Years(2003, 2003), items.TAGS).charts
    rows = chart.table.select("item", "share_weekdays", "share_weekend", "difference_points")
    assert rows.rows() == [
        ("main-dish", 0.5, 0.3, pytest.approx(-20)),
        ("vegetarian", 0.1, 0.25, pytest.approx(15)),
    ]
    assert chart.verdict is Verdict.DIFFERENCE
    assert chart.title == "More “vegetarian” at weekends, more “main-dish” on weekdays"
    assert "for the 3 items" in " ".join(chart.method)
    sides = {trace.name: list(trace.y) for trace in chart.figure.data}
    assert sides == {"More at weekends": ["vegetarian"], "More on weekdays": ["main-dish"]}


def test_chosen_items_stand_first_with_their_shares_and_test(visit, data):
    chosen = ChosenItems(("salt", "rare"), ("nowhere",))
    analysis = items.analyse(visit(data=data), Years(2003, 2003), items.TAGS, chosen=chosen)
    (chart,) = analysis.charts
    rows = {row["item"]: row for row in chart.table.iter_rows(named=True)}
    assert list(rows) == ["salt", "rare", "main-dish", "vegetarian"]
    assert [row["is_chosen"] for row in rows.values()] == [True, True, False, False]
    tests = {
        tag: stats.chi2_contingency([[a, b], [N_WEEKDAYS - a, N_WEEKEND - b]], correction=True)
        for tag, (a, b) in COUNTS.items()
    }
    tested = ("main-dish", "salt", "vegetarian")
    adjusted = multipletests([tests[tag].pvalue for tag in tested], method="fdr_bh")[1]
    assert rows["salt"]["p_adjusted"] == pytest.approx(adjusted[1])
    assert rows["salt"]["chi_squared_yates"] == pytest.approx(tests["salt"].statistic)
    assert rows["rare"]["p_adjusted"] is None
    assert rows["rare"]["difference_points"] == pytest.approx(100 * (8 / 400 - 4 / 1000))
    drawn = {trace.name: set(trace.y) for trace in chart.figure.data}
    assert drawn == {
        "More at weekends": {"vegetarian"},
        "More on weekdays": {"main-dish"},
        "Not established": {"▸ salt", "▸ rare"},
    }
    assert chart.text[1].startswith("▸ “salt”: 30.00% of recipes on weekdays, 30.25% at weekends —")
    assert chart.text[2].endswith("— too little data to tell.")
    assert "“nowhere”" in analysis.note


def test_a_chosen_item_below_the_threshold_is_tested_beside_the_others(visit, data):
    (chart,) = items.analyse(
        visit(data=data), Years(2003, 2003), items.TAGS, 0.28, ChosenItems(("vegetarian",))
    ).charts
    row = chart.table.row(0, named=True)
    (a, b), others = COUNTS["vegetarian"], [COUNTS["main-dish"], COUNTS["salt"]]
    p_values = [
        stats.chi2_contingency([[k, m], [N_WEEKDAYS - k, N_WEEKEND - m]], correction=True).pvalue
        for k, m in [*others, (a, b)]
    ]
    assert row["item"] == "vegetarian" and row["is_chosen"]
    assert row["p_adjusted"] == pytest.approx(multipletests(p_values, method="fdr_bh")[1][-1])
    assert "Among 2 tags in 28% of the recipes" in chart.text[0]
