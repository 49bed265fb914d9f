from dataclasses import replace

import pymannkendall
import pytest
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats.multitest import multipletests

from mangetamain_analytics.utils.insights import Verdict
from mangetamain_analytics.visualization.analyse_ratings import ingredients
from mangetamain_analytics.visualization.analyse_ratings.counts import Choices
from mangetamain_analytics.visualization.analyse_ratings.ingredient_ratings import (
    ingredient_ratings,
)
from mangetamain_analytics.visualization.page import Years

CHOSEN = ["salt", "butter", "olive oil", "garlic", "bacon"]


@pytest.fixture
def charts(demo_visit, choices, by_id):
    return by_id(ingredients.analyse(demo_visit, choices, CHOSEN))


def words(text):
    return text.replace("\u00a0", " ").replace("−", "-")


def p_value(p):
    return "p < 0.001" if p < 0.001 else f"p = {p:.3f}" if p <= 0.999 else "p > 0.999"


def signed(tau):
    return f"{tau:+.2f}" if round(tau, 2) else "0.00"


@pytest.fixture
def yearly(rows, choices):
    """Number and mean of the years with twenty ratings or more, by ingredient."""
    found = {}
    for name in CHOSEN:
        by_year = rows.with_ingredient(name, choices).groupby("year")["rating"]
        years = by_year.agg(["size", "mean"])
        found[name] = years[years["size"] >= 20]
    return found


def test_curves_are_the_yearly_means_of_the_recipes_with_the_ingredient(charts, yearly):
    chart = charts["ratings-ingredients-years"]
    for name, trace in zip(CHOSEN, chart.figure.data, strict=True):
        assert trace.name == name
        drawn = {
            year: value for year, value in zip(trace.x, trace.y, strict=True) if value == value
        }
        assert drawn == pytest.approx(yearly[name]["mean"].to_dict())
        column = dict(chart.table.select("year", f"mean_{name}").drop_nulls().iter_rows())
        assert column == pytest.approx(yearly[name]["mean"].to_dict())
    assert chart.figure.to_dict()["layout"]["xaxis"]["title"]["text"] == "Year of the rating"


def test_a_selection_after_another_one_has_its_own_ratings(demo_visit, rows):
    everything = Choices(Years(2000, 2018), train_only=False, min_ratings=20)
    selections = [
        everything,
        replace(everything, train_only=True),
        replace(everything, years=Years(2004, 2011)),
    ]
    found = [ingredient_ratings(demo_visit, choices, "salt").total for choices in selections]
    assert found == [len(rows.with_ingredient("salt", choices)) for choices in selections]
    assert len(set(found)) == len(found)


def test_the_robust_test_waits_for_those_who_open_the_method(charts, monkeypatch):
    def refuse(*_):
        raise AssertionError("nobody has opened the method")

    monkeypatch.setattr(ingredients, "mann_kendall", refuse)
    with pytest.raises(AssertionError, match="nobody has opened"):
        _ = charts["ratings-ingredients-years"].method[2]


def test_the_method_of_the_seasons_says_what_its_p_values_assume(charts):
    _, method = charts["ratings-ingredients-seasons"].method
    assert "takes ratings for independent, which they are not" in method


def test_trends_are_those_of_statsmodels_corrected_together(charts, yearly):
    chart = charts["ratings-ingredients-years"]
    fits = {
        name: sm.WLS(
            years["mean"].to_numpy(),
            sm.add_constant(years.index.to_numpy(dtype=float)),
            years["size"].to_numpy(),
        ).fit()
        for name, years in yearly.items()
    }
    adjusted = multipletests([fit.pvalues[1] for fit in fits.values()], method="fdr_bh")[1]
    for (name, fit), p, line in zip(fits.items(), adjusted, chart.method[2:], strict=True):
        low, high = 10 * fit.conf_int()[1]
        test = pymannkendall.original_test(yearly[name]["mean"])
        expected = (
            f"“{name}”: {10 * fit.params[1]:+.3f} stars per decade over {len(yearly[name])} years"
            f" (95% CI {low:.3f} to {high:.3f}), adjusted {p_value(p)};"
        )
        assert words(line).startswith(expected)
        assert f"τ = {signed(test.Tau)}, {p_value(test.p)}." in words(line)
    if (adjusted >= 0.05).all():
        assert chart.verdict is Verdict.NO_EVIDENCE


def test_seasons_are_compared_by_ranks_and_corrected_together(charts, rows, choices):
    table = charts["ratings-ingredients-seasons"].table
    p_values = []
    for row in table.iter_rows(named=True):
        by_season = rows.with_ingredient(row["ingredient"], choices).groupby("season")["rating"]
        for season, mean in by_season.mean().items():
            assert row[f"mean_{season.lower()}"] == pytest.approx(mean)
        test = stats.kruskal(*(group for _, group in by_season))
        assert row["epsilon_squared"] == pytest.approx(test.statistic / (row["n_ratings"] - 1))
        p_values.append(test.pvalue)
    assert len(p_values) >= 4
    assert table["p_adjusted"].to_list() == pytest.approx(
        multipletests(p_values, method="fdr_bh")[1]
    )
    winter = charts["ratings-ingredients-seasons"].figure.data[0]
    assert winter.name == "Winter" and list(winter.y) == table["ingredient"].to_list()
    assert list(winter.x) == pytest.approx(table["mean_winter"].to_list(), abs=1e-4)


def test_the_weekend_is_compared_with_months_as_clusters(charts, rows, choices, clustered):
    chart, p_values = charts["ratings-ingredients-weekend"], []
    for row in chart.table.iter_rows(named=True):
        ratings = rows.with_ingredient(row["ingredient"], choices)
        fit = clustered(ratings, ratings["rating"], ratings["is_weekend"])
        assert row["difference"] == pytest.approx(fit.params[1])
        ends = (row["difference_low"], row["difference_high"])
        assert ends == pytest.approx(tuple(fit.conf_int()[1]))
        weekend, weekday = (
            ratings.loc[ratings["is_weekend"] == side, "rating"] for side in (True, False)
        )
        test = stats.mannwhitneyu(weekend, weekday, method="asymptotic")
        assert row["p_mann_whitney"] == pytest.approx(test.pvalue)
        assert row["cliffs_delta"] == pytest.approx(
            2 * test.statistic / (len(weekend) * len(weekday)) - 1
        )
        p_values.append(fit.pvalues[1])
    adjusted = multipletests(p_values, method="fdr_bh")[1]
    assert chart.table["p_adjusted"].to_list() == pytest.approx(adjusted)
    drawn = {y: x for trace in chart.figure.data for y, x in zip(trace.y, trace.x, strict=True)}
    assert drawn == pytest.approx(dict(chart.table.select("ingredient", "difference").iter_rows()))
    sides = {name: trace.name for trace in chart.figure.data for name in trace.y}
    for row, p in zip(chart.table.iter_rows(named=True), adjusted, strict=True):
        is_told = bool(p < 0.05) and abs(row["difference"]) >= 0.1
        assert (sides[row["ingredient"]] != "Not established") is is_told


@pytest.mark.parametrize(
    ("language", "note"),
    [
        ("en", "Fewer than 30 ratings in this selection for “kale” and “no such thing”."),
        ("fr", "Moins de 30 notes dans cette sélection pour « kale » et « no such thing »."),
    ],
)
def test_ingredients_without_ratings_are_named(visit, demo, choices, language, note):
    view = visit(language)  # a few recipes written by hand
    analysis = ingredients.analyse(view, choices, ["kale", "no such thing"])
    assert analysis.charts == []
    assert words(analysis.note) == note
    assert ingredients.analyse(view, choices, []).charts == []
    assert ingredients.analyse(view, choices, []).note != ""


def test_what_is_shown_at_first_is_rated(visit, demo):
    small, invented = visit(), visit(data=demo)
    assert ingredients.shown_at_first(small) == ["kale", "tofu"]
    assert set(ingredients.shown_at_first(invented)) <= set(ingredients.DEFAULT_INGREDIENTS)


def test_the_most_used_are_shown_at_first_where_no_default_is_rated(visit, edited_snapshot):
    plain = edited_snapshot("delete from recipe_ingredients where ingredient in ('kale', 'tofu')")
    shown = ingredients.shown_at_first(visit(data=plain))
    assert shown[:2] == ["salt", "butter"] and len(shown) == 6
