import polars as pl
import pytest
from statsmodels.stats.multitest import multipletests

from mangetamain_analytics.data.cached_loaders import CachedLoader
from mangetamain_analytics.utils.insights import Verdict
from mangetamain_analytics.visualization.analyse_trendlines import items
from mangetamain_analytics.visualization.item_choice import ChosenItems
from mangetamain_analytics.visualization.page import Years

YEARS = list(range(2001, 2009))
RECIPES = [100, 200, 400, 300, 200, 150, 120, 100]
CHOSEN = Years(2001, 2008)
# Recipes with the item, year by year.
COUNTS = {
    "garlic": [10, 24, 56, 48, 36, 30, 27, 25],
    "kale": [1, 6, 16, 15, 12, 11, 10, 9],
    "lard": [30, 52, 90, 58, 30, 18, 10, 4],
    "salt": [60, 124, 236, 180, 122, 88, 72, 61],
    "just frequent": [0, 0, 0, 10, 10, 10, 10, 10],
    "just too rare": [0, 0, 0, 0, 9, 10, 10, 20],
}
TAGS = {"easy": [50, 100, 200, 150, 100, 75, 60, 50], "dinner": [5, 9, 20, 14, 10, 8, 6, 5]}


def rows(values):
    return ", ".join(f"({', '.join(map(repr, value))})" for value in values)


@pytest.fixture
def data(edited_snapshot):
    """Eight years of recipes with items that rise, fall or stay."""
    item_years = [
        (kind, item, year, n)
        for kind, counts in (("ingredient", COUNTS), ("tag", TAGS))
        for item, by_year in counts.items()
        for year, n in zip(YEARS, by_year, strict=True)
        if n
    ]
    return edited_snapshot(
        "create temp table one as select * from recipes limit 1",
        "delete from recipes",
        "insert into recipes by name select one.* replace (y as year, make_date(y, 1, 1) as"
        " submitted) from one, (values"
        f" {rows(zip(YEARS, RECIPES, strict=True))}) as v(y, n), range(n)",
        "delete from item_years",
        f"insert into item_years values {rows(item_years)}",
    )


def charts(visit, kind=items.INGREDIENTS, years=CHOSEN, chosen=()):
    analysis = items.analyse(visit, years, kind, ChosenItems(tuple(chosen)))
    return {chart.id.removeprefix(f"{kind.id}-"): chart for chart in analysis.charts}


def share(item):
    return [n / all_of_year for n, all_of_year in zip(COUNTS[item], RECIPES, strict=True)]


@pytest.fixture
def references(reference):
    tested = {item: counts for item, counts in COUNTS.items() if sum(counts) >= 50}
    return {item: reference(YEARS, share(item), RECIPES) for item in tested}


def test_the_threshold_is_fifty_recipes(visit, data, references):
    assert items.MIN_RECIPES == 50
    assert "just frequent" in references and "just too rare" not in references
    text = " ".join(charts(visit(data=data))["slopes"].method)
    assert "for each of the 5 candidates" in text
    assert "over 8 years" in text
    assert "at least 50 of the chosen recipes" in text
    drawn = charts(visit(data=data))["slopes"].table["item"].to_list()
    assert "just too rare" not in drawn


def test_slopes_are_drawn_from_the_strongest_rise_to_the_strongest_fall(visit, data, references):
    chart = charts(visit(data=data))["slopes"]
    names = chart.table["item"].to_list()
    slopes = [1000 * references[name].slope for name in names]
    assert slopes == sorted(slopes, reverse=True)
    assert names[0] == "garlic" and names[-1] == "lard"
    rise, fall = chart.figure.data
    assert list(fall.y) == ["lard"]
    assert [*rise.x, *fall.x] == pytest.approx(slopes)
    assert chart.figure.layout.yaxis.categoryarray == tuple(reversed(names))
    for trace in (rise, fall):
        for name, (low, high) in zip(trace.y, trace.customdata, strict=True):
            assert (low, high) == pytest.approx(
                (1000 * references[name].low, 1000 * references[name].high)
            )


def test_the_table_of_slopes_holds_exactly_what_is_drawn(visit, data):
    chart = charts(visit(data=data))["slopes"]
    drawn = {
        (name, slope, *ends)
        for trace in chart.figure.data
        for name, slope, ends in zip(trace.y, trace.x, trace.customdata, strict=True)
    }
    assert drawn == {row[:4] for row in chart.table.iter_rows()}
    assert list(chart.columns) == chart.table.columns


@pytest.mark.parametrize(
    ("name", "language", "title", "verdict"),
    [
        ("rises", "en", "On the rise: garlic, just frequent, and kale", Verdict.RISE),
        ("falls", "en", "On the wane: lard", Verdict.FALL),
        ("rises", "fr", "En hausse : garlic, just frequent et kale", Verdict.RISE),
        ("falls", "fr", "En baisse : lard", Verdict.FALL),
    ],
)
def test_curves_name_their_items(visit, data, name, language, title, verdict):
    chart = charts(visit(language, data=data))[name]
    assert chart.title.replace("\u00a0", " ").startswith(title)
    assert chart.verdict is verdict


@pytest.mark.parametrize("name", ["rises", "falls"])
def test_curves_draw_the_observed_shares_zeros_included(visit, data, name):
    chart = charts(visit(data=data))[name]
    assert len(chart.figure.data) == len(chart.table.columns) - 1
    for trace in chart.figure.data:
        assert list(trace.x) == YEARS
        assert list(trace.y) == pytest.approx([100 * value for value in share(trace.name)])
        assert chart.table[f"share_{trace.name}"].to_list() == pytest.approx(share(trace.name))
        first, last = share(trace.name)[0], share(trace.name)[-1]
        alt = f"{trace.name}: {first:.1%} of recipes in 2001, {last:.1%} in 2008."
        assert alt in chart.alt
    assert chart.figure.layout.yaxis.title.text == "Share of recipes"


def test_chosen_items_stand_first_with_their_trend_and_verdict(visit, data, references, reference):
    """One of the tested, and one too rare to be: it is corrected beside the others."""
    drawn = charts(visit(data=data), chosen=["salt", "just too rare"])
    rare = reference(YEARS, share("just too rare"), RECIPES)
    p_values = {item: one.p for item, one in references.items()}
    alone = dict(zip(p_values, multipletests(list(p_values.values()), method="fdr_bh")[1]))
    beside = multipletests([*p_values.values(), rare.p], method="fdr_bh")[1][-1]

    table = drawn["slopes"].table
    rows = {row["item"]: row for row in table.iter_rows(named=True)}
    assert table["item"].to_list()[:2] == ["salt", "just too rare"]
    assert [row["is_chosen"] for row in rows.values()] == [True] * 2 + [False] * (len(rows) - 2)
    for item, fitted, p in (
        ("salt", references["salt"], alone["salt"]),
        ("just too rare", rare, beside),
        ("lard", references["lard"], alone["lard"]),
    ):
        assert rows[item]["p_adjusted"] == pytest.approx(p)
        assert rows[item]["slope_points_per_decade"] == pytest.approx(1000 * fitted.slope)
        assert rows[item]["slope_low"] == pytest.approx(1000 * fitted.low)
    assert rare.p > beside / 3 and alone["salt"] > 0.05
    assert [rows[item]["verdict"] for item in ("salt", "lard", "garlic")] == [
        "no evidence",
        "fall",
        "rise",
    ]
    write = drawn["slopes"].columns["verdict"].write
    assert write(rows["salt"]["verdict"]) == "nothing established"
    sides = {trace.name: list(trace.y) for trace in drawn["slopes"].figure.data}
    assert "▸ salt" in sides["Not established"]
    assert sides["Fall"] == ["lard"] and "garlic" in sides["Rise"]

    chosen = drawn["chosen"]
    observed = [trace for trace in chosen.figure.data if trace.mode == "lines+markers"]
    assert [trace.name for trace in observed] == ["salt", "just too rare"]
    assert list(observed[1].y) == pytest.approx([100 * x for x in share("just too rare")])
    assert chosen.table["share_salt"].to_list() == pytest.approx(share("salt"))
    assert chosen.title == "Your choice: salt and just too rare"
    slope = f"{1000 * references['salt'].slope:+.2f}".replace("-", "−")
    assert chosen.text[0].startswith(f"▸ “salt”: {slope}\N{NO-BREAK SPACE}points per decade")
    assert chosen.text[0].endswith(
        f"— nothing established (adjusted p\u00a0=\u00a0{alone['salt']:.3f})."
    )


def test_a_verdict_is_read_in_french_and_downloaded_in_english(visit, data):
    slopes = charts(visit("fr", data=data), chosen=["lard"])["slopes"]
    assert slopes.table["verdict"][0] == "fall"
    assert slopes.columns["verdict"].write("fall") == "baisse"


def test_a_choice_changes_nothing_of_the_other_items(visit, data):
    alone = charts(visit(data=data))
    beside = charts(visit(data=data), chosen=["just too rare"])
    columns = alone["slopes"].table.columns
    assert (
        beside["slopes"]
        .table.filter(~pl.col("is_chosen"))
        .select(columns)
        .equals(alone["slopes"].table)
    )
    assert beside["slopes"].title == alone["slopes"].title
    assert beside["rises"].table.equals(alone["rises"].table)


def test_a_chosen_item_is_followed_where_no_change_is_established(visit, data):
    drawn = charts(visit(data=data), items.TAGS, chosen=["dinner"])
    assert drawn["slopes"].table["item"].to_list() == ["dinner"]
    assert drawn["slopes"].title == "No established change of share"


def test_two_years_draw_a_chosen_item_without_a_trend(visit, data):
    drawn = charts(visit(data=data), years=Years(2002, 2003), chosen=["salt"])
    assert "slopes" not in drawn
    assert drawn["chosen"].table["share_salt"].to_list() == pytest.approx(share("salt")[1:3])
    assert drawn["chosen"].text == ["A verdict on shares needs at least 4 years with recipes."]


def test_what_cannot_be_shown_of_a_choice_is_said(visit, data):
    chosen = ChosenItems(("just too rare",), ("unicorn, grated",))
    analysis = items.analyse(visit(data=data), Years(2001, 2004), items.INGREDIENTS, chosen)
    assert "the data do not know it: “unicorn, grated”." in analysis.note
    assert "No recipe of the chosen years carries “just too rare”." in analysis.note


def test_an_item_called_year_has_a_column_of_its_own(visit, edited_snapshot):
    data = edited_snapshot("update item_years set item = 'year' where item = 'salt'")
    chart = charts(visit(data=data), years=Years(1999, 2018), chosen=["year"])["chosen"]
    assert chart.table.columns == ["year", "share_year"]
    assert chart.columns["share_year"].title == "year"


def test_the_alternative_of_the_slopes_names_every_value(visit, data, references):
    alt = charts(visit(data=data))["slopes"].alt
    for name in ("garlic", "kale", "lard"):
        written = f"{name} {1000 * references[name].slope:+.2f}".replace("-", "−")
        assert written in alt


def test_the_most_used_are_counted_over_all_chosen_recipes(visit, data):
    chart = charts(visit(data=data))["most-used"]
    totals = {item: sum(counts) for item, counts in COUNTS.items()}
    names = sorted(totals, key=lambda item: (-totals[item], item))
    (bars,) = chart.figure.data
    assert list(bars.y) == names == chart.table["item"].to_list()
    assert list(bars.x) == pytest.approx([100 * totals[name] / sum(RECIPES) for name in names])
    assert chart.table["n_recipes"].to_list() == [totals[name] for name in names]
    assert [value / 100 for value in bars.x] == pytest.approx(
        chart.table["share_of_recipes"].to_list()
    )
    assert chart.title == "Most used: salt, lard, and garlic"
    assert f"salt {totals['salt'] / sum(RECIPES):.1%}" in chart.alt
    assert chart.verdict is None


def test_the_queries_are_those_that_gave_the_numbers(visit, data):
    shown = charts(visit(data=data), chosen=["salt"], years=Years(2002, 2008))
    distinct = shown.pop("distinct")
    assert set(shown) == {"slopes", "chosen", "rises", "falls", "most-used"}
    for chart in shown.values():
        by_year, volume = chart.queries
        assert by_year.parameters == {"kind": "ingredient"}
        with_salt = by_year.run(CachedLoader(data)).filter(item="salt")["n_recipes"]
        assert with_salt.to_list() == COUNTS["salt"][1:]
        assert volume.run(CachedLoader(data))["n_recipes"].to_list() == RECIPES[1:]
    (query,) = distinct.queries
    assert query.run(CachedLoader(data))["n_distinct_items"].to_list()[0] == 4


def test_at_most_fifteen_most_used_are_shown(visit):
    chart = charts(visit(), years=Years(2000, 2007))["most-used"]
    assert chart.table.height == 15


def test_distinct_items_are_one_test_weighted_by_recipes(visit, data, reference, write_p):
    distinct = [sum(counts[i] > 0 for counts in COUNTS.values()) for i in range(len(YEARS))]
    assert distinct == [4, 4, 4, 5, 6, 6, 6, 6]
    expected = reference(YEARS, distinct, RECIPES)
    chart = charts(visit(data=data))["distinct"]
    observed, trend = chart.figure.data
    assert list(observed.y) == distinct
    assert list(trend.y) == pytest.approx(expected.ends)
    text = " ".join(chart.method)
    for number in expected.written(digits=1):
        assert number in text
    assert f"(1): adjusted {write_p(expected.p)}." in text
    assert "A year with more recipes naturally counts more distinct items" in chart.text[0]


def test_ingredients_and_tags_are_counted_apart(visit, data):
    ingredients = items.analyse(visit(data=data), CHOSEN, items.INGREDIENTS)
    tags = items.analyse(visit(data=data), CHOSEN, items.TAGS)
    assert (ingredients.name, tags.name) == ("Ingredients", "Tags")
    most_used = charts(visit(data=data), items.TAGS)["most-used"]
    assert most_used.table["item"].to_list() == ["easy", "dinner"]
    assert most_used.title == "Most frequent: easy and dinner"
    distinct = charts(visit(data=data), items.TAGS)["distinct"]
    assert distinct.figure.layout.yaxis.title.text == "Different tags"
    assert "number of distinct tags" in distinct.title


def test_without_an_established_change_a_note_says_so(visit, data):
    analysis = items.analyse(visit(data=data), CHOSEN, items.TAGS)
    assert [chart.id for chart in analysis.charts] == [
        "trends-tags-most-used",
        "trends-tags-distinct",
    ]
    assert analysis.note.replace("\u00a0", " ").startswith("Among 2 tags, none changes its share")
    assert items.analyse(visit(data=data), CHOSEN, items.INGREDIENTS).note == ""


def test_too_few_years_are_told_in_a_note(visit, data):
    analysis = items.analyse(visit("fr", data=data), Years(2001, 2003), items.INGREDIENTS)
    assert analysis.note.startswith("Il faut au moins 4 années")


@pytest.mark.parametrize(
    ("language", "note"),
    [
        ("en", "No name occurs in 50 of the chosen recipes"),
        ("fr", "Aucun nom ne figure dans 50 des recettes choisies"),
    ],
)
def test_names_that_are_all_rare_are_not_taken_for_too_few_years(visit, language, note):
    analysis = items.analyse(visit(language), Years(2000, 2007), items.INGREDIENTS)
    assert analysis.note.startswith(note)
    few_years = items.analyse(visit(language), Years(2000, 2002), items.INGREDIENTS)
    assert " 4 " in few_years.note


def test_an_item_named_as_markup_or_with_quotes_is_shown_as_written(visit):
    chart = charts(visit(), years=Years(2000, 2000))["most-used"]
    assert "<b>bold</b> basil" in chart.table["item"].to_list()
    assert chart.columns["item"].write("<b>bold</b> basil") == "<b>bold</b> basil"
