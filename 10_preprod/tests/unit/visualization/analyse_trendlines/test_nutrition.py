import pytest
from statsmodels.stats.multitest import multipletests

from mangetamain_analytics.visualization.analyse_trendlines import nutrition
from mangetamain_analytics.visualization.page import Years

ALL = Years(2000, 2007)
# Column, place in the nutrition list of Food.com, digits of its slope, English and French axes.
NUTRIENTS = {
    "mean_calories": (0, 1, "Mean energy (kcal)", "Énergie moyenne (kcal)"),
    "mean_carb_pct": (6, 2, "Carbohydrates (%", "Glucides (%"),
    "mean_total_fat_pct": (1, 2, "Total fat (%", "Lipides (%"),
    "mean_protein_pct": (4, 2, "Protein (%", "Protéines (%"),
    "mean_sugar_pct": (2, 2, "Sugar (%", "Sucres (%"),
    "mean_sodium_pct": (3, 2, "Sodium (%", "Sodium (%"),
    "mean_sat_fat_pct": (5, 2, "Saturated fat (%", "Acides gras saturés (%"),
}


def charts(visit, with_others=True):
    analysis = nutrition.analyse(visit, ALL, with_others)
    return {chart.table.columns[-1]: chart for chart in analysis.charts}


@pytest.fixture
def references(yearly_means, reference):
    def of(place):
        return reference(*yearly_means(lambda recipe: recipe.nutrition[place]))

    return {column: of(place) for column, (place, *_) in NUTRIENTS.items()}


def test_four_nutrients_are_shown_and_seven_on_demand(visit):
    assert list(charts(visit(), with_others=False)) == list(NUTRIENTS)[:4]
    assert list(charts(visit(), with_others=True)) == list(NUTRIENTS)


@pytest.mark.parametrize("column", NUTRIENTS)
def test_each_chart_draws_its_own_nutrient_under_its_own_name(visit, references, column):
    _, _, english, french = NUTRIENTS[column]
    for language, axis in (("en", english), ("fr", french)):
        chart = charts(visit(language))[column]
        observed, trend = chart.figure.data
        assert list(observed.y) == pytest.approx(references[column].values)
        assert list(trend.y) == pytest.approx(references[column].ends)
        assert chart.figure.layout.yaxis.title.text.startswith(axis)
        assert chart.alt.startswith(axis)
        assert chart.table[column].to_list() == list(observed.y)


@pytest.mark.parametrize("with_others", [True, False])
def test_seven_trends_are_tested_whichever_are_shown(visit, references, write_p, with_others):
    holm = multipletests([one.p for one in references.values()], method="holm")[1]
    adjusted = dict(zip(references, holm, strict=True))
    for column, chart in charts(visit(), with_others).items():
        text = " ".join(chart.method)
        assert f"(7): adjusted {write_p(adjusted[column])}." in text
        for number in references[column].written(NUTRIENTS[column][1]):
            assert number in text


def test_the_titles_name_their_nutrient(visit):
    words = ("energy", "carbohydrate", "mean fat", "protein", "sugar", "sodium", "saturated fat")
    for word, chart in zip(words, charts(visit()).values(), strict=True):
        assert word in chart.title.lower()
        assert word in chart.text[0].lower()
