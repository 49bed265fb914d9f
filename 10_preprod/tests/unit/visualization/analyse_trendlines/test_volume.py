import pytest

from mangetamain_analytics.utils.insights import Verdict
from mangetamain_analytics.visualization.analyse_trendlines import volume
from mangetamain_analytics.visualization.page import Years

COUNTS = {2000: 1, 2001: 2, 2002: 8, 2003: 12, 2004: 6, 2006: 4, 2007: 3}
ALL = Years(2000, 2007)


def only_chart(visit, years=ALL):
    (chart,) = volume.analyse(visit, years).charts
    return chart


def test_bars_are_the_recipes_of_each_year_and_the_cut_year_is_pale(visit):
    whole, partial, mean = only_chart(visit()).figure.data
    assert dict(zip(whole.x, whole.y, strict=True)) == {y: n for y, n in COUNTS.items() if y < 2007}
    assert dict(zip(partial.x, partial.y, strict=True)) == {2007: 3}  # it ends on 13 October
    assert (whole.name, partial.name) == ("Whole year", "Partly covered year")
    assert list(mean.y) == [36 / 7] * 2


def test_the_table_holds_the_bars(visit):
    chart = only_chart(visit())
    assert dict(chart.table.rows()) == COUNTS
    assert list(chart.columns) == chart.table.columns == ["year", "n_recipes"]


@pytest.mark.parametrize(
    ("language", "title", "alt", "axis"),
    [
        (
            "en",
            "2003 is the peak year, with 12 recipes",
            "Recipes published: 1 in 2000, 3 in 2007; lowest 1 in 2000, highest 12 in 2003.",
            "Recipes published",
        ),
        (
            "fr",
            "2003 est l’année record, avec 12\u00a0recettes",
            "Recettes publiées\u00a0: 1 en 2000, 3 en 2007\u00a0;"
            " minimum 1 en 2000, maximum 12 en 2003.",
            "Recettes publiées",
        ),
    ],
)
def test_title_words_and_axis(visit, language, title, alt, axis):
    chart = only_chart(visit(language))
    assert (chart.title, chart.figure.layout.yaxis.title.text) == (title, axis)
    assert chart.alt == alt


def test_the_sentence_gives_share_period_and_cut(visit):
    (sentence,) = only_chart(visit()).text
    assert "12 recipes date from 2003" in sentence
    assert "33.3% of the 36 published from 2000 to 2007" in sentence
    assert "The data end on October 13, 2007: that year is partial." in sentence


def test_the_method_counts_recipes_and_years(visit):
    (definition,) = only_chart(visit()).method
    assert "36 in 7 years, 5 a year on average" in definition
    (definition,) = only_chart(visit(), Years(2002, 2004)).method
    assert "26 in 3 years, 9 a year on average" in definition


def test_only_the_chosen_years_are_counted(visit):
    chart = only_chart(visit(), Years(2002, 2004))
    assert dict(chart.table.rows()) == {2002: 8, 2003: 12, 2004: 6}
    bars, _ = chart.figure.data
    assert bars.name == "Whole year"
    assert "partial" not in chart.text[0]


def test_one_year_is_told_without_verdict(visit):
    chart = only_chart(visit(), Years(2000, 2000))
    assert chart.title == "1 recipe in 2000"
    assert chart.verdict is Verdict.TOO_LITTLE_DATA


def test_a_climb_before_the_peak_is_a_verdict(visit, edited_snapshot):
    years = range(2001, 2011)
    counts = [1, 3, 4, 6, 9, 12, 20, 30, 40, 5]
    values = ", ".join(f"({year}, {n})" for year, n in zip(years, counts, strict=True))
    data = edited_snapshot(
        "create temp table one as select * from recipes limit 1",
        "delete from recipes",
        "insert into recipes by name select one.* replace (y as year, make_date(y, 1, 1) as"
        f" submitted) from one, (values {values}) as v(y, n), range(n)",
        "update recipes set submitted = '2010-12-31' where year = 2010",
    )
    chart = only_chart(visit(data=data), Years(2001, 2010))
    assert chart.verdict is Verdict.RISE
    assert "In the complete years before it, the number rises" in chart.text[0]


def test_the_queries_are_those_that_gave_the_numbers(visit, loader):
    chart = only_chart(visit(), Years(2002, 2004))
    main, period = chart.queries
    rows = loader.query(main.name, **main.parameters)
    assert rows.filter(rows["year"].is_between(2002, 2004)).equals(chart.table)
    assert period.name == "data_period"
