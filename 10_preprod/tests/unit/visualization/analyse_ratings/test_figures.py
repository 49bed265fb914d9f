from datetime import date

import plotly.graph_objects as go
import pytest

from mangetamain_analytics.utils.color_theme import ColorTheme
from mangetamain_analytics.visualization.analyse_ratings import figures, ingredients
from mangetamain_analytics.visualization.analyse_ratings import analyse as analyse_page
from mangetamain_analytics.visualization.analyse_ratings.counts import Choices
from mangetamain_analytics.visualization.custom_charts import Band, Boxes
from mangetamain_analytics.visualization.page import Years

ONE_COLOR, OTHER_COLOR = ColorTheme.ORANGE_PRIMARY, ColorTheme.GOLD

MONTHS = [date(2001, 9, 1), date(2001, 10, 1), date(2002, 1, 1)]


@pytest.fixture
def style(visit):
    return visit().style("Stars", digits=2)


def test_every_figure_of_the_page_is_one_that_plotly_accepts(demo_visit):
    choices = Choices(Years(2000, 2018), False, 50)
    analyses = [*analyse_page(demo_visit, choices)]
    analyses.append(ingredients.analyse(demo_visit, choices, ["salt", "butter"]))
    charts = [chart for analysis in analyses for chart in analysis.charts]
    assert len(charts) >= 16
    for chart in charts:
        go.Figure(chart.figure.to_dict())
        assert chart.figure.layout.title.text.startswith("Demo, not Food.com")
    assert sum(len(chart.figure.to_json()) for chart in charts) < 200_000


def test_months_are_dates_with_their_gaps(style):
    figure = figures.month_bars_figure(MONTHS, [3, 4, 5], style)
    assert list(figure.data[0].x) == ["2001-09-01", "2001-10-01", "2002-01-01"]
    assert list(figure.data[0].y) == [3, 4, 5]
    assert figure.layout.xaxis.type == "date"


def test_a_band_lies_between_its_ends_and_lines_above_it(style):
    band = Band("range", [1, 2, 3], [4, 5, 6])
    lines = [figures.MonthLine("seen", [2, 3, 4]), figures.MonthLine("line", [2, 2, 2], "fitted")]
    high, low, seen, line = figures.month_lines_figure(MONTHS, lines, style, [band]).data
    assert (list(high.y), list(low.y)) == ([4, 5, 6], [1, 2, 3])
    assert low.fill == "tonexty" and not high.showlegend
    assert (seen.line.dash, line.line.dash) == ("solid", "dash")
    assert figures.month_lines_figure(MONTHS, lines[:1], style).layout.showlegend is False


def test_panels_have_a_title_and_a_scale_of_their_own(style):
    share = figures.titled(style, "Share", 1, is_share=True)
    panels = [
        figures.Panel(style, [4.5, 4.6], [4.4, 4.5], [4.7, 4.8]),
        figures.Panel(share, [0.25, 0.5]),
    ]
    figure = figures.panels_figure(["A", "B"], panels, [ONE_COLOR, OTHER_COLOR], style)
    points, bars = figure.data
    assert list(points.error_y.array) == pytest.approx([0.2, 0.2])
    assert list(points.error_y.arrayminus) == pytest.approx([0.1, 0.1])
    assert list(bars.y) == [25, 50] and bars.yaxis == "y2"
    assert [note.text for note in figure.layout.annotations] == ["Stars", "Share"]
    assert figure.layout.yaxis.domain[0] > figure.layout.yaxis2.domain[1]
    assert figure.layout.yaxis2.ticksuffix == "%" and not figure.layout.yaxis.ticksuffix


def test_boxes_show_quantiles_and_mean_panel_by_panel(style):
    boxes = Boxes([1, 2], [2, 3], [3, 3.5], [4, 4.5], [5, 5], [3.2, 3.6])
    panels = [figures.BoxPanel(title, ["≤ 5", "> 5"], boxes) for title in ("Steps", "Minutes")]
    figure = figures.bin_boxes_figure(panels, style)
    trace, below = figure.data
    assert (list(trace.lowerfence), list(trace.q1)) == ([1, 2], [2, 3])
    assert (list(trace.median), list(trace.q3)) == ([3, 3.5], [4, 4.5])
    assert (list(trace.upperfence), list(trace.mean)) == ([5, 5], [3.2, 3.6])
    assert (trace.xaxis, trace.yaxis, below.xaxis, below.yaxis) == ("x", "y", "x2", "y2")
    assert [note.text for note in figure.layout.annotations] == ["Steps", "Minutes"]
    assert figure.layout.yaxis.domain[0] > figure.layout.yaxis2.domain[1]


def test_groups_are_points_on_the_line_of_each_name(style):
    groups = [("Winter", ONE_COLOR, [4.5, None]), ("Summer", OTHER_COLOR, [4.6, 4.7])]
    winter, summer = figures.grouped_points_figure(["kale", "tofu"], groups, style).data
    assert (winter.name, list(winter.x), list(winter.y)) == (
        "Winter",
        [4.5, None],
        ["kale", "tofu"],
    )
    assert list(summer.x) == [4.6, 4.7]


def test_a_ranking_keeps_equal_names_apart_and_shows_markup_as_written(style):
    names = ["pie", "pie", "<b>x</b> & " + "long " * 20]
    figure = figures.ranked_figure(
        names, [4.9, 4.8, 4.7], [4.8, 4.7, 4.6], [5.0, 4.9, 4.8], 4.66, ONE_COLOR, style
    )
    (trace,) = figure.data
    assert list(trace.y) == [0, 1, 2] and list(trace.x) == [4.9, 4.8, 4.7]
    labels = figure.layout.yaxis.ticktext
    assert labels[:2] == ("pie", "pie")
    assert labels[2].startswith("&lt;b&gt;x&lt;/b&gt; &amp; long") and labels[2].endswith("…")
    assert figure.layout.shapes[0].x0 == 4.66
