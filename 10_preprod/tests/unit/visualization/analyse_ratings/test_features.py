import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.stats.multitest import multipletests

from mangetamain_analytics.utils.insights import Verdict
from mangetamain_analytics.visualization.analyse_ratings import features
from mangetamain_analytics.visualization.analyse_ratings.counts import Choices
from mangetamain_analytics.visualization.analyse_ratings.recipe_ratings import recipe_ratings
from mangetamain_analytics.visualization.page import Years

AXES = ["Minutes", "Steps", "Ingredients", "Complexity score", "Calories (kcal)"]
COLUMNS = ["minutes", "n_steps", "n_ingredients", "complexity_score", "calories"]


@pytest.fixture
def charts(demo_visit, choices, by_id):
    return by_id(features.analyse(demo_visit, choices, recipe_ratings(demo_visit, choices)))


@pytest.fixture
def rated(rows, choices):
    """Recipes with five ratings or more: their mean and what they are."""
    by_recipe = rows.chosen(choices).groupby("recipe_id")["rating"].agg(["size", "mean"])
    joined = by_recipe[by_recipe["size"] >= 5].join(rows.recipes, how="inner")
    assert len(joined) > 300
    return joined


def words(text):
    return text.replace("\u00a0", " ").replace("−", "-")


def test_sums_by_recipe_are_those_of_the_single_ratings(demo_visit, rows, choices):
    found = recipe_ratings(demo_visit, choices)
    chosen = rows.chosen(choices)
    chosen = chosen[chosen["recipe_id"].isin(rows.recipes.index)]
    assert len(chosen) < len(rows.chosen(choices))  # ratings of recipes that were cleaned away
    by_recipe = chosen.groupby("recipe_id")["rating"].agg(["size", "sum"])
    assert found.n.tolist() == by_recipe["size"].tolist()
    assert found.total.tolist() == by_recipe["sum"].tolist()
    squares = (chosen["rating"].astype(int) ** 2).groupby(chosen["recipe_id"]).sum()
    assert found.squares.tolist() == squares.tolist()


def test_rank_correlations_are_those_of_scipy_corrected_together(charts, rated):
    chart = charts["ratings-features"]
    tests = [stats.spearmanr(rated[column], rated["mean"]) for column in COLUMNS]
    assert chart.table["rho"].to_list() == pytest.approx([test.statistic for test in tests])
    adjusted = multipletests([test.pvalue for test in tests], method="holm")[1]
    assert chart.table["p_adjusted"].to_list() == pytest.approx(adjusted)
    errors = [np.sqrt((1 + test.statistic**2 / 2) / (len(rated) - 3)) for test in tests]
    lows = [
        np.tanh(np.arctanh(test.statistic) - 1.959964 * error)
        for test, error in zip(tests, errors, strict=True)
    ]
    assert chart.table["rho_low"].to_list() == pytest.approx(lows, abs=1e-6)
    strongest = max(tests, key=lambda test: abs(test.statistic)).statistic
    if not (adjusted < 0.05).any():
        assert chart.verdict is Verdict.NO_EVIDENCE
        assert f"ρ = {strongest:+.3f}" in words(chart.text[0])
    assert f"over {len(rated):,} recipes" in chart.text[0]


@pytest.mark.parametrize("column", COLUMNS)
def test_boxes_hold_about_as_many_recipes_and_their_quantiles(charts, rated, column):
    chart, number = charts["ratings-features-bins"], COLUMNS.index(column)
    table = chart.table.filter(chart.table["feature"] == column)
    cuts = np.unique(np.quantile(rated[column], [0.2, 0.4, 0.6, 0.8], method="inverted_cdf"))
    bins = pd.Series(np.searchsorted(cuts, rated[column]), index=rated.index)
    groups = [rated.loc[bins == number, "mean"] for number in sorted(bins.unique())]
    assert table["n_recipes"].to_list() == [len(group) for group in groups]
    assert table["mean_rating"].to_list() == pytest.approx([g.mean() for g in groups])
    for q in (5, 25, 50, 75, 95):
        expected = [group.quantile(q / 100) for group in groups]
        assert table[f"q{q:02}_rating"].to_list() == pytest.approx(expected)
    boxes = chart.figure.data[number]
    ends = [rated.loc[bins == number, column].max() for number in sorted(bins.unique())]
    assert table["bin_up_to"].to_list() == ends and len(boxes.x) == len(ends)
    assert list(boxes.median) == pytest.approx([g.median() for g in groups], abs=1e-4)
    assert list(boxes.q3) == pytest.approx([g.quantile(0.75) for g in groups], abs=1e-4)
    assert list(boxes.lowerfence) == pytest.approx([g.quantile(0.05) for g in groups], abs=1e-4)
    rho = stats.spearmanr(rated[column], rated["mean"]).statistic
    title = words(chart.figure.layout.annotations[number].text)
    assert title.startswith(AXES[number]) and f"{abs(rho):.3f})" in title


def test_bins_are_named_by_their_largest_value(charts, rated):
    names = [words(name) for name in charts["ratings-features-bins"].figure.data[0].x]
    cuts = np.unique(np.quantile(rated["minutes"], [0.2, 0.4, 0.6, 0.8], method="inverted_cdf"))
    assert names[:-1] == [f"≤ {cut}" for cut in cuts.astype(int)]
    assert names[-1] == f"> {int(cuts[-1])}"


@pytest.mark.parametrize(
    ("language", "feature", "bin_"), [("en", "Steps", "≤ 9.5"), ("fr", "Étapes", "≤ 9,5")]
)
def test_features_and_bins_are_shown_in_the_language_of_the_visitor(
    visit, demo, by_id, language, feature, bin_
):
    view, choices = visit(language, data=demo), Choices(Years(2000, 2018), False, 100)
    shown = by_id(features.analyse(view, choices, recipe_ratings(view, choices)))
    for chart in shown.values():
        assert chart.table["feature"].unique(maintain_order=True).to_list() == COLUMNS
        assert chart.columns["feature"].write("n_steps") == feature
    write = shown["ratings-features-bins"].columns["bin_up_to"].write
    assert [words(write(end)) for end in (40.0, 9.5)] == ["≤ 40", bin_]


def test_equal_values_stay_in_one_bin():
    codes = np.array([0, 0, 0, 0, 0, 0, 1, 1, 2, 2], dtype=np.int32)
    bins = features.bins_of(codes, np.array([5.0, 7.0, 30.0]), np.linspace(4, 5, 10))
    assert bins.edges.tolist() == [5, 7, 30]
    assert bins.n.tolist() == [6, 2, 2]
    constant = features.bins_of(np.zeros(6, dtype=np.int32), np.array([5.0]), np.ones(6))
    assert constant.n.tolist() == [6]


def test_few_rated_recipes_are_told_in_a_sentence(visit):
    view, choices = visit(), Choices(Years(2001, 2004), False, 100)
    analysis = features.analyse(view, choices, recipe_ratings(view, choices))
    assert analysis.charts == []
    assert "Fewer than 30 recipes have 5 ratings" in analysis.note
