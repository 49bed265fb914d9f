from math import log1p
from statistics import stdev

import pytest
from statsmodels.stats.multitest import multipletests

from mangetamain_analytics.visualization.analyse_trendlines import complexity
from mangetamain_analytics.visualization.page import Years

ALL = Years(2000, 2007)


def score(recipe):
    return log1p(recipe.minutes) + recipe.n_steps + len(recipe.ingredients) / 2


MEASURES = {
    "score": (score, 2, "Mean complexity score (points)"),
    "steps": (lambda recipe: recipe.n_steps, 2, "Mean number of steps"),
    "ingredients": (lambda recipe: len(recipe.ingredients), 2, "Mean number of ingredients"),
}


def charts(visit, years=ALL):
    return dict(zip(MEASURES, complexity.analyse(visit, years).charts, strict=True))


@pytest.fixture
def references(yearly_means, reference):
    return {name: reference(*yearly_means(value)) for name, (value, *_) in MEASURES.items()}


@pytest.mark.parametrize("name", MEASURES)
def test_each_chart_draws_its_own_measure_with_its_weighted_trend(visit, references, name):
    observed, trend = charts(visit())[name].figure.data[-2:]
    expected = references[name]
    assert list(observed.x) == expected.years
    assert list(observed.y) == pytest.approx(expected.values)
    assert list(trend.y) == pytest.approx(expected.ends)
    assert charts(visit())[name].figure.layout.yaxis.title.text == MEASURES[name][2]


@pytest.mark.parametrize("name", MEASURES)
def test_the_method_corrects_the_three_trends_together(visit, references, write_p, name):
    holm = dict(
        zip(
            references,
            multipletests([one.p for one in references.values()], method="holm")[1],
            strict=True,
        )
    )
    text = " ".join(charts(visit())[name].method)
    for number in references[name].written(MEASURES[name][1]):
        assert number in text
    assert f"(3): adjusted {write_p(holm[name])}." in text


def test_the_band_of_the_score_is_one_standard_deviation_of_the_recipes(
    visit, references, small_recipes
):
    chart = charts(visit())["score"]
    high, low = chart.figure.data[:2]
    for year, mean, top, bottom in zip(high.x, references["score"].values, high.y, low.y):
        scores = [score(recipe) for recipe in small_recipes if recipe.year == year]
        spread = stdev(scores) if len(scores) > 1 else 0  # one recipe has no spread
        assert (bottom, top) == pytest.approx((mean - spread, mean + spread))
    assert low.name == "Mean ± one standard deviation"


def test_the_table_of_the_score_holds_what_is_drawn(visit):
    chart = charts(visit("fr"))["score"]
    high, low, observed, _ = chart.figure.data
    means, spreads = chart.table["mean_complexity_score"], chart.table["sd_complexity_score"]
    assert means.to_list() == list(observed.y)
    assert (means + spreads).to_list() == list(high.y)
    assert (means - spreads).to_list() == list(low.y)
    assert list(chart.columns) == chart.table.columns
    assert chart.columns["sd_complexity_score"].title == "Écart-type (points)"
    assert chart.columns["sd_complexity_score"].write(1.2345) == "1,23"


def test_each_chart_defines_its_own_measure(visit):
    definitions = {name: chart.method[0] for name, chart in charts(visit()).items()}
    assert "ln(1 + minutes) + steps + ingredients" in definitions["score"]
    assert "Number of steps" in definitions["steps"]
    assert "Number of ingredients" in definitions["ingredients"]
