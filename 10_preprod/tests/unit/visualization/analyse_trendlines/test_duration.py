from statistics import median

import pytest
from statsmodels.stats.multitest import multipletests

from mangetamain_analytics.visualization.analyse_trendlines import duration
from mangetamain_analytics.visualization.page import Years

ALL = Years(2000, 2007)
# Of the twelve recipes of 2003: 5 10 15 20 25 30 35 40 45 60 120 180 minutes.
ENDS_OF_2003 = {"25–75": (15, 45), "10–90": (10, 120), "5–95": (5, 180), "33–66": (20, 40)}


def only_chart(visit, band="25–75", years=ALL):
    (chart,) = duration.analyse(visit, years, band).charts
    return chart


@pytest.fixture
def medians(small_recipes, yearly_means):
    years, _, recipes = yearly_means(lambda recipe: recipe.minutes)
    by_year = [[r.minutes for r in small_recipes if r.year == year] for year in years]
    return years, [median(minutes) for minutes in by_year], recipes


def test_every_band_on_offer_has_known_ends():
    assert set(duration.BANDS) == set(ENDS_OF_2003)
    assert duration.DEFAULT_BAND in duration.BANDS


@pytest.mark.parametrize("band", duration.BANDS)
def test_the_chosen_band_is_the_one_drawn_and_downloaded(visit, band):
    chart = only_chart(visit(), band)
    high, low = chart.figure.data[:2]
    index = list(low.x).index(2003)
    assert (low.y[index], high.y[index]) == ENDS_OF_2003[band]
    assert low.name == f"Percentiles {band}"
    low_column, high_column = chart.table.columns[-2:]
    assert chart.table[low_column].to_list() == list(low.y)
    assert chart.table[high_column].to_list() == list(high.y)
    assert chart.columns[low_column].title == f"Percentiles {band}, low end"
    assert chart.columns[high_column].title == f"Percentiles {band}, high end"


def test_mean_and_median_are_drawn_each_with_its_weighted_trend(
    visit, yearly_means, medians, reference
):
    expected = [reference(*yearly_means(lambda r: r.minutes)), reference(*medians)]
    _, _, mean, mean_trend, middle, middle_trend = only_chart(visit()).figure.data
    for drawn, trend, one in zip((mean, middle), (mean_trend, middle_trend), expected, strict=True):
        assert list(drawn.x) == one.years
        assert list(drawn.y) == pytest.approx(one.values)
        assert list(trend.y) == pytest.approx(one.ends)
        assert one.slope != pytest.approx(one.unweighted_slope)
    assert (mean.name, middle.name) == ("Mean time (minutes)", "Median time (minutes)")


def test_the_method_tests_mean_and_median_together(
    visit, yearly_means, medians, reference, write_p
):
    expected = [reference(*yearly_means(lambda r: r.minutes)), reference(*medians)]
    holm = multipletests([one.p for one in expected], method="holm")[1]
    text = " ".join(only_chart(visit()).method)
    of_mean, of_median = text.split("**Median time (minutes)**")
    assert "**Mean time (minutes)**" in of_mean
    for part, one, p in zip((of_mean, of_median), expected, holm, strict=True):
        for number in one.written(digits=2):
            assert number in part
        assert f"(2): adjusted {write_p(p)}." in part


def test_table_words_and_axis(visit, yearly_means):
    years, means, recipes = yearly_means(lambda recipe: recipe.minutes)
    chart = only_chart(visit("fr"))
    assert chart.table["year"].to_list() == years
    assert chart.table["n_recipes"].to_list() == recipes
    assert chart.table["mean_minutes"].to_list() == pytest.approx(means)
    assert list(chart.columns) == chart.table.columns
    assert chart.figure.layout.yaxis.title.text == "Temps de préparation (minutes)"
    assert chart.alt == (
        "Temps moyen (minutes)\u00a0: 30,0 en 2000, 72,3 en 2007\u00a0;"
        " minimum 30,0 en 2000, maximum 72,3 en 2007."
    )


def test_the_title_judges_the_mean_and_the_text_judges_both(visit):
    chart = only_chart(visit())
    assert "mean preparation time" in chart.title
    mean, middle = chart.text
    assert "mean preparation time" in mean.lower()
    assert "median preparation time" in middle.lower()
