"""Wherever an ingredient or a tag is named, its name leads to its page."""

from collections import Counter
from html import unescape
from urllib.parse import parse_qs, urlsplit

import polars as pl
import pytest
from bs4 import BeautifulSoup

from mangetamain_analytics.utils.color_theme import ColorTheme
from mangetamain_analytics.utils.i18n import translator
from mangetamain_analytics.utils.insights import Item
from mangetamain_analytics.visualization import markup
from mangetamain_analytics.visualization.custom_charts import (
    bars_figure,
    heat_map_figure,
    intervals_figure,
)
from mangetamain_analytics.visualization.analyse_ratings.figures import (
    LONGEST_NAME,
    grouped_points_figure,
    ranked_figure,
)
from mangetamain_analytics.visualization.item_links import (
    explore_address,
    headed_by,
    item_column,
    linked,
)

NAMES = ["confectioners' sugar", "salt, kosher", "<b>bold</b> basil", 'a "b" & c']

FIGURES = {
    "bars": lambda style: bars_figure(NAMES, [4, 3, 2, 1], style),
    "intervals": lambda style: intervals_figure(NAMES, [1, -1, 2, 3], [0] * 4, [4] * 4, style),
    "heat map": lambda style: heat_map_figure(NAMES, ["a"], [[0.1]] * 4, [["1"]] * 4, 0.5, style),
    "points": lambda style: grouped_points_figure(
        NAMES, [("x", ColorTheme.GOLD, [1, 2, 3, 4])], style
    ),
    "ranked": lambda style: ranked_figure(
        NAMES, [1] * 4, [0] * 4, [2] * 4, 1, ColorTheme.GOLD, style
    ),
}


def choices(address):
    parts = urlsplit(address)
    assert (parts.scheme, parts.netloc, parts.path) == ("", "", "/explore")
    return {name: values[0] for name, values in parse_qs(parts.query).items()}


def links(texts):
    return [BeautifulSoup(text, "html.parser").a for text in texts]


def test_addresses_carry_any_name_the_language_and_the_theme():
    for name in (*NAMES, "crème & co", "50% +1 #2?", "a/b?c=d"):
        address = explore_address(Item.TAG, name, translator("fr"), "light")
        assert '"' not in address and "'" not in address and " " not in address
        assert choices(address) == {"kind": "tag", "item": name, "lang": "fr", "light": "true"}
    assert "light" not in explore_address(Item.TAG, "x", translator("fr"), "dark")


@pytest.mark.parametrize("name", FIGURES)
def test_names_on_an_axis_lead_to_their_pages(visit, name):
    view = visit("fr", "light")
    axis = FIGURES[name](linked(view, Item.TAG, view.style("axis"))).layout.yaxis
    found = links(axis.ticktext)
    assert [link.text for link in found] == NAMES
    assert [choices(link["href"])["item"] for link in found] == NAMES
    assert choices(found[0]["href"]) == {
        "kind": "tag",
        "item": NAMES[0],
        "lang": "fr",
        "light": "true",
    }
    # Plotly would open another tab, and would lay a handle over an axis that can be dragged.
    assert {link["target"] for link in found} == {"_self"} and axis.fixedrange
    assert list(axis.tickvals) == (list(range(4)) if name == "ranked" else NAMES)


@pytest.mark.parametrize("name", FIGURES)
def test_names_that_lead_nowhere_stay_names(visit, name):
    axis = FIGURES[name](visit().style("axis")).layout.yaxis
    assert "<a" not in unescape(" ".join(axis.ticktext or []))


def test_a_long_name_is_shortened_in_its_link_only(visit):
    long = "x" * 60
    style = linked(visit(), Item.INGREDIENT, visit().style("axis"))
    (link,) = links(
        ranked_figure([long], [1], [0], [2], 1, ColorTheme.GOLD, style).layout.yaxis.ticktext
    )
    assert choices(link["href"])["item"] == long and len(link.text) == LONGEST_NAME


def test_names_in_a_table_lead_to_their_pages(visit):
    table = markup.table(
        pl.DataFrame({"item": NAMES}), {"item": item_column(visit(), Item.INGREDIENT)}, "Numbers"
    )
    found = BeautifulSoup(table, "html.parser").select("tbody th a")
    assert [link.text for link in found] == NAMES
    assert [choices(link["href"])["item"] for link in found] == NAMES
    assert {link["target"] for link in found} == {"_self"}


def test_names_at_the_head_of_columns_lead_to_their_pages(visit):
    columns = {name: headed_by(visit("fr", "light"), Item.TAG, name, str) for name in NAMES}
    table = markup.table(pl.DataFrame({name: [1] for name in NAMES}), columns, "Numbers")
    page = BeautifulSoup(table, "html.parser")
    found = page.select("thead th a")
    assert [link.text for link in found] == NAMES and page.find("b") is None
    assert [choices(link["href"]) for link in found] == [
        {"kind": "tag", "item": name, "lang": "fr", "light": "true"} for name in NAMES
    ]
    assert {link["target"] for link in found} == {"_self"}
    assert page.select("tbody a") == []


@pytest.mark.parametrize(
    ("path", "chosen", "kinds"),
    [
        # Chosen, rises and falls of each kind.
        ("trends", {"ingredients": ["water"], "tags": ["desserts"]}, {"ingredient": 3, "tag": 3}),
        ("ratings", {"rated_ingredients": ["salt", "water"]}, {"ingredient": 1}),
    ],
)
def test_the_table_of_every_curve_of_items_links_them(open_site, demo_db, path, chosen, kinds):
    site = open_site(demo_db, path, lang="fr", light="true", **chosen)
    site.open_explanations()
    heads = [
        [choices(link["href"]) for link in table.select('thead a[href^="/explore"]')]
        for table in site.soup.select(".mm-table")
    ]
    heads = [head for head in heads if head]
    assert Counter(kind for head in heads for kind in {one["kind"] for one in head}) == kinds
    assert {(one["lang"], one["light"]) for head in heads for one in head} == {("fr", "true")}
    curves = [
        [unescape(trace["name"]) for trace in figure["data"] if trace["mode"] == "lines+markers"]
        for figure in site.figures
        if {trace.get("mode") for trace in figure["data"]} <= {"lines", "lines+markers"}
    ]
    assert all([one["item"] for one in head] in curves for head in heads)


@pytest.mark.parametrize(
    ("path", "charts"),
    [
        ("trends", {"ingredient": 2, "tag": 2}),  # slopes, most used
        ("seasonality", {"ingredient": 1, "tag": 1}),
        ("weekend", {"ingredient": 1, "tag": 1}),
        ("ratings", {"ingredient": 2}),  # seasons, weekend
        ("explore", {"ingredient": 1}),  # cooked with
    ],
)
def test_every_page_links_the_items_that_it_names(open_site, demo_db, path, charts):
    site = open_site(demo_db, path, lang="fr", light="true")
    site.open_explanations()
    drawn = {}
    for figure in site.figures:
        texts = figure["layout"]["yaxis"].get("ticktext", [])
        if texts and "/explore" in texts[0]:
            found = [choices(link["href"]) for link in links(texts)]
            assert [one["item"] for one in found] == [link.text for link in links(texts)]
            assert {(one["lang"], one["light"]) for one in found} == {("fr", "true")}
            (kind,) = {one["kind"] for one in found}
            drawn.setdefault(kind, []).append([one["item"] for one in found])
    assert {kind: len(named) for kind, named in drawn.items()} == charts
    in_tables = {(one["kind"], one["item"]) for one in map(choices, table_links(site))}
    assert {(kind, name) for kind in drawn for names in drawn[kind] for name in names} <= in_tables


def table_links(site):
    return [a["href"] for a in site.soup.select('.mm-table a[href^="/explore"]')]
