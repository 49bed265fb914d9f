import json
import re
import shutil

import plotly.graph_objects as go
import pytest
from plotly.subplots import make_subplots

from mangetamain_analytics.utils.chart_theme import (
    apply_chart_theme,
    apply_subplot_theme,
    source_note,
)
from mangetamain_analytics.utils.color_theme import ColorTheme

THEMES = ("dark", "light")
SOURCE = "Food.com · data 3f2a9c01d4e7 · 2026-11-20"


def sent(figure):
    """The figure as the browser receives it."""
    return json.loads(figure.to_json())


@pytest.mark.parametrize("theme", THEMES)
def test_an_empty_figure_sends_less_than_2_kb(theme):
    assert len(go.Figure(layout_template="plotly").to_json()) > 5_000  # what ours replaces
    assert len(apply_chart_theme(go.Figure(), theme).to_json()) < 2_000


@pytest.mark.parametrize("theme", THEMES)
def test_a_figure_wears_the_palette_and_the_body_font(theme):
    palette = ColorTheme.palette(theme)
    layout = sent(apply_chart_theme(go.Figure(), theme))["layout"]["template"]["layout"]
    assert layout["font"]["family"].startswith("Figtree, ")
    assert layout["font"]["color"] == palette.text
    assert layout["paper_bgcolor"] == layout["plot_bgcolor"] == palette.background
    assert layout["colorway"] == list(palette.chart_cycle)
    assert layout["yaxis"]["gridcolor"] == palette.grid
    assert layout["xaxis"]["showgrid"] is False
    assert layout["hoverlabel"]["bgcolor"] == palette.card
    assert layout["hoverlabel"]["font"]["color"] == palette.text_strong


def test_margins_leave_a_phone_its_width():
    layout = apply_chart_theme(go.Figure(), "dark").layout.template.layout
    assert layout.margin.l + layout.margin.r <= 32
    assert layout.xaxis.automargin and layout.yaxis.automargin


def test_height_and_hover_are_the_callers_choice():
    figure = apply_chart_theme(go.Figure(), "dark", height=300)
    assert figure.layout.height == 300
    assert figure.layout.hovermode is None
    assert apply_chart_theme(figure, "dark", unified_hover=True).layout.hovermode == "x unified"


def test_the_same_figure_comes_back():
    figure = go.Figure(go.Scatter(x=[1, 2], y=[3, 4], line_color="red"))
    assert apply_chart_theme(figure, "dark") is figure
    assert list(figure.data[0].y) == [3, 4]
    assert figure.data[0].line.color == "red"
    assert source_note(figure, SOURCE) is figure


def test_themes_do_not_leak_into_each_other():
    dark = apply_chart_theme(go.Figure(), "dark")
    dark.layout.template.layout.font.color = "red"
    again = apply_chart_theme(go.Figure(), "dark").layout.template.layout
    assert again.font.color == ColorTheme.palette("dark").text
    light = apply_chart_theme(go.Figure(), "light").layout.template.layout
    assert light.font.color == ColorTheme.palette("light").text


def test_an_unknown_theme_is_refused_by_name():
    with pytest.raises(ValueError, match="'sepia'"):
        apply_chart_theme(go.Figure(), "sepia")


def two_panels():
    figure = make_subplots(1, 2, subplot_titles=["Calories (kcal)", "Protein (% DV)"])
    for column in (1, 2):
        figure.add_scatter(x=[1999, 2009, 2018], y=[1, 3, 2], name=f"s{column}", row=1, col=column)
    return figure.update_xaxes(title_text="Year")


@pytest.mark.parametrize("theme", THEMES)
def test_subplot_titles_and_every_axis_are_dressed(theme):
    figure = apply_subplot_theme(two_panels(), theme, height=500)
    strong = ColorTheme.palette(theme).text_strong
    assert [title.font.color for title in figure.layout.annotations] == [strong, strong]
    assert [title.text for title in figure.layout.annotations] == [
        "Calories (kcal)",
        "Protein (% DV)",
    ]
    assert figure.layout.xaxis2.tickfont.size == figure.layout.yaxis2.tickfont.size == 12
    assert figure.layout.xaxis2.title.text == "Year"
    assert figure.layout.height == 500


def long_legend():
    figure = go.Figure()
    for name in ("median", "mean", "25–75 % of recipes", "trend of the median", "trend of mean"):
        figure.add_scatter(x=[1999, 2009, 2018], y=[40_000, 30_000, 20_000], name=name)
    return figure.update_xaxes(title_text="Year").update_yaxes(title_text="Duration (min)")


@pytest.fixture(scope="module")
def chromium_page():
    executable = shutil.which("chromium")
    if executable is None:
        pytest.skip("chromium is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser.new_page()
        browser.close()


BOXES = """() => Object.fromEntries(Object.entries({
    legend: '.legend .bg', plot: '.nsewdrag', x_title: '.xtitle', note: '.gtitle',
    panel_title: '.annotation-text', image: '.main-svg',
}).map(([name, selector]) => {
    const element = document.querySelector(selector);
    const box = element && element.getBoundingClientRect();
    return [name, box && {top: box.top, bottom: box.bottom, left: box.left, right: box.right}];
}))"""


def drawn_boxes(page, figure, width):
    """Where each part of the figure ends up on a screen of this width, in px."""
    page.set_viewport_size({"width": width, "height": 800})
    page.set_content(figure.to_html(include_plotlyjs=True, config={"responsive": True}))
    page.wait_for_selector(".gtitle")
    page.wait_for_timeout(300)
    return page.evaluate(BOXES)


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1440])
def test_parts_of_a_chart_are_stacked_without_overlap(chromium_page, width):
    figure = source_note(apply_chart_theme(long_legend(), "dark"), SOURCE)
    box = drawn_boxes(chromium_page, figure, width)
    assert box["legend"]["bottom"] <= box["plot"]["top"]
    assert box["plot"]["bottom"] < box["x_title"]["top"]
    assert box["x_title"]["bottom"] <= box["note"]["top"]
    assert box["note"]["bottom"] <= box["image"]["bottom"]
    assert box["legend"]["right"] <= width
    assert box["plot"]["bottom"] - box["plot"]["top"] > 150


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1440])
def test_the_legend_of_small_multiples_stands_clear_of_their_titles(chromium_page, width):
    figure = source_note(apply_subplot_theme(two_panels(), "light"), SOURCE)
    box = drawn_boxes(chromium_page, figure, width)
    assert box["legend"]["top"] >= 0
    assert box["legend"]["bottom"] <= box["panel_title"]["top"]
    assert box["panel_title"]["bottom"] <= box["plot"]["top"] + 4
    assert box["x_title"]["bottom"] <= box["note"]["top"]


def test_the_source_is_in_the_corner_of_the_image():
    figure = source_note(apply_chart_theme(go.Figure(), "dark"), SOURCE)
    title = figure.layout.template.layout.title
    assert figure.layout.title.text == SOURCE
    assert (title.xref, title.yref, title.x, title.y) == ("container", "container", 0, 0)


def test_a_figure_names_no_font_from_elsewhere():
    text = apply_chart_theme(go.Figure(), "dark").to_json()
    assert not re.search(r"https?:", text)
