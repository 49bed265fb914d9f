import pytest

from mangetamain_analytics.utils.insights import Verdict
from mangetamain_analytics.visualization import analyse_weekend
from mangetamain_analytics.visualization.page import Years


def analyses(visit, years):
    return {analysis.id: analysis for analysis in analyse_weekend.analyse(visit, years)}


@pytest.mark.parametrize("years", [Years(2000, 2000), Years(2003, 2003), Years(2004, 2006)])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_too_few_recipes_are_counted_but_not_compared(visit, language, years):
    found = analyses(visit(language), years)
    volume = found["weekend-volume"].charts
    assert {chart.verdict for chart in volume} == {Verdict.TOO_LITTLE_DATA}
    assert volume[0].table.height == 7
    for name in ("duration", "complexity", "nutrition", "ingredients", "tags"):
        analysis = found[f"weekend-{name}"]
        assert analysis.charts == []
        assert " 5 rec" in analysis.note


def test_a_value_without_weekday_mean_has_no_relative_difference(visit, edited_snapshot):
    data = edited_snapshot(
        "insert into recipes by name select recipes.* replace"
        " (id + 1000 * i as id, weekday % 7 + 1 as weekday) from recipes, range(1, 4) as r(i)",
        "update recipes set carb_pct = 0",
    )
    (chart,) = analyses(visit(data=data), Years(2000, 2007))["weekend-nutrition"].charts
    assert "carb_pct" not in chart.table["nutrient"].to_list()
    assert chart.table.height == 6


def test_days_keep_their_order_and_both_kinds_their_colour(visit):
    chart, *_ = analyses(visit("fr"), Years(2000, 2007))["weekend-volume"].charts
    (bars,) = chart.figure.data
    assert list(bars.x) == ["lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."]
    assert len(set(bars.marker.color[:5])) == len(set(bars.marker.color[5:])) == 1
    assert bars.marker.color[0] != bars.marker.color[6]
    assert chart.columns["weekday"].write("Sunday") == "Dimanche"
    assert chart.alt.startswith("Recettes par jour\u00a0: Lundi ")


def test_a_year_without_a_recipe_says_nothing_of_the_days_that_it_alone_has(visit, edited_snapshot):
    """The data begin on a Sunday, the last day of 2000; the next recipe is of 2002."""
    data = edited_snapshot(
        "delete from recipes where id not in (select id from recipes order by id limit 2)",
        "update recipes set submitted = '2002-01-01', year = 2002, month = 1, weekday = 2",
        "update recipes set submitted = '2000-12-31', year = 2000, month = 12, weekday = 7"
        " where id = (select min(id) from recipes)",
    )
    rates, deviations = analyses(visit(data=data), Years(2000, 2001))["weekend-volume"].charts
    assert rates.table["weekday"].to_list() == ["Sunday"]
    assert deviations.table["deviation"].to_list() == [0.0]
