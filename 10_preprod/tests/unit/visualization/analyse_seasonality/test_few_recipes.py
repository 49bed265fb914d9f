import pytest
from bs4 import BeautifulSoup

from mangetamain_analytics.utils.color_theme import ColorTheme
from mangetamain_analytics.utils.insights import Verdict
from mangetamain_analytics.visualization import analyse_seasonality, markup
from mangetamain_analytics.visualization.page import Years


def analyses(visit, years):
    return {analysis.id: analysis for analysis in analyse_seasonality.analyse(visit, years)}


@pytest.mark.parametrize(
    ("years", "seasons"),
    [
        (Years(2000, 2000), ["Winter", "Spring", "Summer", "Autumn"]),  # a single recipe
        (Years(2003, 2003), ["Winter", "Spring", "Summer", "Autumn"]),  # three per season
        (Years(2004, 2006), ["Winter", "Spring", "Summer", "Autumn"]),  # nothing in 2005
    ],
)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_too_few_recipes_are_counted_but_not_compared(visit, language, years, seasons):
    found = analyses(visit(language), years)
    volume = found["seasonality-volume"].charts
    assert {chart.verdict for chart in volume} == {Verdict.TOO_LITTLE_DATA}
    assert volume[0].table["season"].to_list() == seasons
    for name in ("duration", "complexity", "nutrition", "ingredients", "tags"):
        analysis = found[f"seasonality-{name}"]
        assert analysis.charts == []
        assert " 5 rec" in analysis.note


def test_a_season_without_a_recipe_is_left_out(visit, edited_snapshot):
    data = edited_snapshot("delete from recipes where season = 'Winter' and year < 2007")
    found = analyses(visit(data=data), Years(2000, 2006))
    chart, *_ = found["seasonality-duration"].charts
    assert chart.table["season"].to_list() == ["Spring", "Summer", "Autumn"]
    assert [box.name for box in chart.figure.data] == ["Spring", "Summer", "Autumn"]
    assert "over 3 groups" in " ".join(chart.method)


def test_values_that_are_all_alike_do_not_differ(visit, edited_snapshot):
    data = edited_snapshot("update recipes set minutes = 30, calories = 0, carb_pct = 0")
    found = analyses(visit(data=data), Years(2000, 2007))
    chart, *_ = found["seasonality-duration"].charts
    assert chart.verdict is Verdict.NO_EVIDENCE
    (heat_map,) = found["seasonality-nutrition"].charts
    assert list(heat_map.figure.data[0].z[0]) == [0, 0, 0, 0]


def test_seasons_keep_their_order_and_their_colours(visit):
    visit = visit("fr", "light")
    chart, *_ = analyses(visit, Years(2000, 2007))["seasonality-volume"].charts
    bars = chart.figure.data[0]
    assert list(bars.x) == ["Hiver", "Printemps", "Été", "Automne"]
    assert list(bars.marker.color) == list(ColorTheme.get_seasonal_colors("light").values())
    assert chart.columns["season"].write("Summer") == "Été"


def test_two_years_that_contradict_each_other_have_no_interval(visit, edited_snapshot):
    """One recipe in the winter of a year, hundreds in the autumn of the next."""
    data = edited_snapshot(
        "create temp table one as select * from recipes limit 1",
        "delete from recipes",
        "insert into recipes by name select one.* replace (i as id, 2003 + (i > 0)::int as year,"
        " [1, 7, 10][least(i, 2) + 1] as month,"
        " ['Winter', 'Summer', 'Autumn'][least(i, 2) + 1] as season,"
        " make_date(2003 + (i > 0)::int, [1, 7, 10][least(i, 2) + 1], 1) as submitted,"
        " [3, 4, 5][least(i, 2) + 1] as weekday)"
        " from one, range(519) as r(i)",
    )
    chart, deviations, _ = analyses(visit(data=data), Years(2003, 2004))[
        "seasonality-volume"
    ].charts
    for one in (chart, deviations):
        html = markup.table(one.table, one.columns, "")
        assert "–" in html and "nan" not in html
        assert max(len(cell.text) for cell in BeautifulSoup(html, "html.parser")("td")) < 12
        assert one.table["deviation_high"].to_list()[:3] == [None] * 3
        assert one.verdict is Verdict.TOO_LITTLE_DATA
