import math

import pytest
from scipy import stats
from statsmodels.stats.multitest import multipletests

from mangetamain_analytics.utils.insights import Verdict
from mangetamain_analytics.visualization.analyse_seasonality import items
from mangetamain_analytics.visualization.item_choice import ChosenItems
from mangetamain_analytics.visualization.page import Years

MONTHS = {"Winter": 1, "Spring": 4, "Summer": 7, "Autumn": 10}
N_ALL = (500, 600, 700, 800)
# Recipes with the tag, in winter, spring, summer and autumn.
COUNTS = {
    "soup": (200, 60, 35, 160),  # the most seasonal
    "easy": (250, 300, 350, 400),  # half of all, whenever
    "grill": (20, 60, 140, 40),
    "seldom": (2, 6, 12, 6),  # mean share of 0.97 %: just below the threshold, testable
    "scarce": (0, 3, 0, 1),  # too rare to be tested
}
YEAR = Years(2003, 2003)


@pytest.fixture
def data(edited_snapshot):
    """2,600 recipes of 2003, those of a season in one month."""
    starts = [sum(N_ALL[:i]) for i in range(4)]
    recipes = [
        "insert into recipes by name select one.* replace (i as id, 2003 as year,"
        f" {month} as month, '{season}' as season, 3 as weekday, false as is_weekend,"
        f" make_date(2003, {month}, 1) as submitted) from one, range({start}, {start + n}) as r(i)"
        for (season, month), start, n in zip(MONTHS.items(), starts, N_ALL, strict=True)
    ]
    tags = " union all ".join(
        f"select i as recipe_id, '{tag}' as tag from range({start}, {start + n}) as r(i)"
        for tag, counts in COUNTS.items()
        for start, n in zip(starts, counts, strict=True)
    )
    return edited_snapshot(
        "create temp table one as select * from recipes limit 1",
        "delete from recipes",
        *recipes,
        "delete from recipe_tags",
        f"insert into recipe_tags {tags}",
        "delete from item_years",
        "insert into item_years select 'tag', tag, 2003, count(*) from recipe_tags group by tag",
    )


def chart_of(visit, min_share=0.01, chosen=()):
    choice = ChosenItems(tuple(chosen))
    (chart,) = items.analyse(visit, YEAR, items.TAGS, min_share, choice).charts
    return chart


def chi_squared(tag):
    with_tag = COUNTS[tag]
    return stats.chi2_contingency([with_tag, [n - k for n, k in zip(N_ALL, with_tag)]])


TESTED = ("easy", "grill", "soup")


def test_chosen_items_stand_first_marked_with_shares_and_test(visit, data):
    chart = chart_of(visit(data=data), chosen=["seldom", "grill"])
    rows = {row["item"]: row for row in chart.table.iter_rows(named=True)}
    assert list(rows) == ["seldom", "grill", "soup"]
    assert [row["is_chosen"] for row in rows.values()] == [True, True, False]
    assert list(chart.figure.data[0].y) == ["▸ seldom", "▸ grill", "soup"]
    first, *_ = chart.figure.layout.yaxis.ticktext
    assert "item=seldom&amp;" in first and ">▸ seldom</a>" in first
    for season, k, n in zip(MONTHS, COUNTS["seldom"], N_ALL, strict=True):
        assert rows["seldom"][f"share_{season.lower()}"] == k / n
    p_values = [chi_squared(tag).pvalue for tag in TESTED]
    alone = dict(zip(TESTED, multipletests(p_values, method="fdr_bh")[1]))
    rare = chi_squared("seldom")
    beside = multipletests([*p_values, rare.pvalue], method="fdr_bh")[1][-1]
    assert rows["seldom"]["chi_squared"] == pytest.approx(rare.statistic)
    assert rows["seldom"]["p_adjusted"] == pytest.approx(beside)
    assert rows["grill"]["p_adjusted"] == pytest.approx(alone["grill"])
    assert "0.50" not in chart.text[0] and "Among 3 tags" in chart.text[0]
    assert chart.text[1] == (
        "▸ “seldom”: 1.71% of recipes in summer, 0.40% in winter — nothing established"
        f" (adjusted p\u00a0=\u00a0{beside:.3f})."
    )
    assert "— difference (adjusted p\u00a0<\u00a00.001)." in chart.text[2]
    assert chart.verdict is Verdict.DIFFERENCE
    assert [query.name for query in chart.queries].count("item_days") == 2


def test_a_chosen_item_too_rare_to_be_tested_is_shown_without_a_test(visit, data):
    chart = chart_of(visit(data=data), chosen=["scarce"])
    row = chart.table.row(0, named=True)
    assert (row["item"], row["n_recipes"]) == ("scarce", 4)
    assert (row["share_spring"], row["share_summer"]) == (3 / 600, 0)
    assert row["p_adjusted"] is row["chi_squared"] is row["cramers_v"] is None
    assert chart.text[1].endswith("— too little data to tell.")
    assert not math.isnan(row["variation"])


def test_without_a_choice_nothing_speaks_of_one(visit, data):
    chart = chart_of(visit(data=data))
    assert chart.table["item"].to_list() == ["soup", "grill"]
    assert "is_chosen" not in chart.table.columns
    assert len(chart.text) == 1
    assert "▸" not in " ".join([*chart.text, *chart.method, chart.alt])


def test_the_smallest_share_decides_what_is_tested(visit, data):
    assert "Among 3 tags in 1% of the recipes" in chart_of(visit(data=data)).text[0]
    lower = chart_of(visit(data=data), min_share=0.005)
    assert "Among 4 tags in 0.5% of the recipes" in lower.text[0]
    assert "for the 4 items with a mean share of 0.5%" in " ".join(lower.method)
    analysis = items.analyse(visit(data=data), YEAR, items.TAGS, 0.6)
    assert analysis.charts == []
    assert analysis.note.startswith("No name has a mean share of 60% or more")


def test_a_choice_is_shown_where_nothing_else_is(visit, data):
    chosen = ChosenItems(("scarce",), ("nowhere",))
    analysis = items.analyse(visit(data=data), YEAR, items.TAGS, 0.6, chosen)
    assert analysis.charts[0].table["item"].to_list() == ["scarce"]
    assert "the data do not know it: “nowhere”." in analysis.note
