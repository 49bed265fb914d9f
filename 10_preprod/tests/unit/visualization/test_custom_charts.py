import json

import numpy as np
import plotly.graph_objects as go
import pytest
import statsmodels.api as sm

from mangetamain_analytics.utils.color_theme import ColorTheme
from mangetamain_analytics.utils.i18n import translator
from mangetamain_analytics.utils.statistics import weighted_trend
from mangetamain_analytics.visualization.custom_charts import (
    AXIS_HEIGHT,
    ITEM_HEIGHT,
    PARTIAL_OPACITY,
    Band,
    Bars,
    Boxes,
    Line,
    Style,
    bars_figure,
    group_bars_figure,
    group_boxes_figure,
    group_means_figure,
    heat_map_figure,
    intervals_figure,
    yearly_bars_figure,
    yearly_lines_figure,
)

YEARS = [2001, 2002, 2004, 2005]  # 2003 is missing on purpose
MINUTES = [50.0, 47.5, 44.0, 43.25]
RECIPES = [10, 400, 30, 5]
THEMES = ("dark", "light")
SOURCE = "Source: Food.com · data 0123456789ab of May 1, 2026"


def style(language="en", theme="dark", **changes):
    return Style(translator(language), theme, SOURCE, "Time (minutes)", **changes)


def sent(figure):
    """The figure as the browser receives it."""
    return json.loads(figure.to_json())


def traces(figure):
    return {trace["name"]: trace for trace in sent(figure)["data"]}


def one_line(language="en", theme="dark", **changes):
    return yearly_lines_figure(YEARS, [Line("Mean", MINUTES)], style(language, theme, **changes))


def test_a_line_draws_its_values_at_their_years():
    (line,) = sent(one_line())["data"]
    assert (line["x"], line["y"], line["name"]) == (YEARS, MINUTES, "Mean")
    assert line["mode"] == "lines+markers"


def test_lines_take_the_colours_of_the_theme_in_order():
    for theme in THEMES:
        lines = [Line("a", MINUTES), Line("b", MINUTES[::-1])]
        figure = sent(yearly_lines_figure(YEARS, lines, style(theme=theme)))
        assert [line["line"]["color"] for line in figure["data"]] == list(
            ColorTheme.chart_cycle(theme)[:2]
        )


def test_more_lines_than_colours_start_again_at_the_first():
    n_colors = len(ColorTheme.chart_cycle("dark"))
    lines = [Line(str(i), MINUTES) for i in range(n_colors + 1)]
    drawn = sent(yearly_lines_figure(YEARS, lines, style()))["data"]
    assert len(drawn) == n_colors + 1
    assert drawn[-1]["line"]["color"] == drawn[0]["line"]["color"]


def test_the_dashed_line_is_the_weighted_fit_at_both_ends():
    trend = weighted_trend(YEARS, MINUTES, RECIPES)
    expected = sm.WLS(MINUTES, sm.add_constant(np.array(YEARS)), RECIPES).fit()
    observed, fitted = yearly_lines_figure(YEARS, [Line("Mean", MINUTES, trend)], style()).data
    assert fitted.line.dash == "dash"
    assert fitted.x == (2001, 2005)
    assert fitted.y == pytest.approx(expected.predict([[1, 2001], [1, 2005]]))
    assert fitted.line.color == observed.line.color
    assert fitted.name == "Trend of Mean"
    assert fitted.hoverinfo == "skip"
    assert observed.line.dash is None


def test_the_weights_change_the_dashed_line():
    ends = [
        yearly_lines_figure(
            YEARS, [Line("Mean", MINUTES, weighted_trend(YEARS, MINUTES, weights))], style()
        )
        .data[1]
        .y
        for weights in (RECIPES, [1, 1, 1, 1])
    ]
    assert ends[0] != pytest.approx(ends[1])


def test_a_band_shades_between_its_low_and_its_high_edge():
    band = Band("Percentiles", [20, 21, 22, 23], [60, 61, 62, 63])
    high, low, line = yearly_lines_figure(YEARS, [Line("Mean", MINUTES)], style(), band).data
    assert high.y == (60, 61, 62, 63)
    assert low.y == (20, 21, 22, 23)
    assert high.hovertemplate.startswith("Percentiles, high end: ")
    assert low.hovertemplate.startswith("Percentiles, low end: ")
    # The second trace fills towards the one before it; the line comes last, on top.
    assert (high.fill, low.fill) == (None, "tonexty")
    assert low.fillcolor == ColorTheme.to_rgba(ColorTheme.chart_cycle("dark")[0], 0.18)
    assert (high.line.width, low.line.width) == (0, 0)
    assert line.name == "Mean"


def test_the_ends_of_a_band_are_named_in_french():
    band = Band("Centiles", [20, 21, 22, 23], [60, 61, 62, 63])
    high, low, _ = yearly_lines_figure(YEARS, [Line("m", MINUTES)], style("fr"), band).data
    assert high.hovertemplate.startswith("Centiles, borne haute")
    assert low.hovertemplate.startswith("Centiles, borne basse")


def test_a_band_is_one_entry_of_the_legend():
    band = Band("Percentiles", [20, 21, 22, 23], [60, 61, 62, 63])
    figure = yearly_lines_figure(YEARS, [Line("Mean", MINUTES)], style(), band)
    assert [trace.showlegend for trace in figure.data] == [False, None, None]
    assert figure.layout.showlegend is True
    assert len({trace.legendgroup for trace in figure.data[:2]}) == 1


def test_a_single_series_needs_no_legend_even_with_its_trend():
    assert one_line().layout.showlegend is False
    trend = weighted_trend(YEARS, MINUTES, RECIPES)
    with_trend = yearly_lines_figure(YEARS, [Line("Mean", MINUTES, trend)], style())
    assert with_trend.layout.showlegend is False
    two = yearly_lines_figure(YEARS, [Line("a", MINUTES), Line("b", MINUTES)], style())
    assert two.layout.showlegend is True


def test_a_series_named_like_markup_is_read_as_written():
    trend = weighted_trend(YEARS, MINUTES, RECIPES)
    figure = yearly_lines_figure(YEARS, [Line("<b>x</b> & y", MINUTES, trend)], style())
    observed, fitted = figure.data
    assert observed.name == "&lt;b&gt;x&lt;/b&gt; &amp; y"
    assert observed.name in fitted.name


def test_hiding_a_series_hides_its_trend():
    trend = weighted_trend(YEARS, MINUTES, RECIPES)
    lines = [Line("a", MINUTES, trend), Line("b", MINUTES, trend)]
    groups = [trace.legendgroup for trace in yearly_lines_figure(YEARS, lines, style()).data]
    assert groups == ["a", "a", "b", "b"]


@pytest.mark.parametrize(("digits", "hover"), [(0, "%{y:,.0f}"), (1, "%{y:,.1f}")])
def test_numbers_are_rounded_where_the_visitor_points(digits, hover):
    figure = one_line(digits=digits)
    assert figure.data[0].hovertemplate == hover
    assert (figure.layout.yaxis.tickformat, figure.layout.yaxis.ticksuffix) == (",~f", "")


@pytest.mark.parametrize(("language", "sign"), [("en", "%"), ("fr", "\u00a0%")])
def test_shares_are_drawn_in_percent_of_the_visitors_language(language, sign):
    shares = [0.5, 0.25, 0.125, 0.0]
    trend = weighted_trend(YEARS, shares, RECIPES)
    band = Band("Half of them", [0.1, 0.1, 0.1, 0.0], [0.6, 0.6, 0.6, 0.6])
    figure = yearly_lines_figure(
        YEARS, [Line("Salt", shares, trend)], style(language, is_share=True), band
    )
    high, low, line, fitted = figure.data
    assert high.y == pytest.approx((60, 60, 60, 60))
    assert low.y == pytest.approx((10, 10, 10, 0))
    assert line.y == (50, 25, 12.5, 0)
    expected = sm.WLS(shares, sm.add_constant(np.array(YEARS)), RECIPES).fit()
    assert fitted.y == pytest.approx(100 * expected.predict([[1, 2001], [1, 2005]]))
    assert line.hovertemplate == "%{y:,.1f}" + sign
    assert (figure.layout.yaxis.tickformat, figure.layout.yaxis.ticksuffix) == (",~f", sign)


@pytest.mark.parametrize(
    ("language", "separators", "year"),
    [("en", ".,", "Year of publication"), ("fr", ",\u202f", "Année de publication")],
)
def test_axes_and_separators_speak_the_visitors_language(language, separators, year):
    figures = [
        one_line(language),
        yearly_bars_figure(YEARS, RECIPES, [False] * 4, style(language)),
        bars_figure(["salt"], [0.5], style(language)),
        intervals_figure(["salt"], [1.0], [0.5], [2.0], style(language)),
    ]
    assert [figure.layout.separators for figure in figures] == [separators] * 4
    assert [figure.layout.xaxis.title.text for figure in figures[:2]] == [year] * 2
    assert [figure.layout.yaxis.title.text for figure in figures[:2]] == ["Time (minutes)"] * 2
    assert [figure.layout.xaxis.title.text for figure in figures[2:]] == ["Time (minutes)"] * 2


def test_years_are_written_without_separator_and_all_of_them_when_few():
    figure = one_line()
    assert figure.layout.xaxis.tickformat == "d"
    assert figure.layout.xaxis.dtick == 1
    years = list(range(1999, 2019))
    many = yearly_lines_figure(years, [Line("Mean", [1.0] * 20)], style())
    assert many.layout.xaxis.dtick is None


@pytest.mark.parametrize("years", [[2001], [2001, 2002]])
def test_one_or_two_years_are_drawn_inside_the_axis(years):
    values = MINUTES[: len(years)]
    lines = yearly_lines_figure(years, [Line("Mean", values)], style())
    bars = yearly_bars_figure(years, RECIPES[: len(years)], [False] * len(years), style())
    for figure in (lines, bars):
        low, high = figure.layout.xaxis.range
        assert low < years[0] and years[-1] < high
        assert list(figure.data[0].x) == years


def test_only_partial_years_are_paler():
    figure = yearly_bars_figure(YEARS, RECIPES, [True, False, False, True], style(digits=0))
    whole, partial, _ = figure.data
    assert (whole.name, partial.name) == ("Whole year", "Partly covered year")
    assert dict(zip(whole.x, whole.y, strict=True)) == {2002: 400, 2004: 30}
    assert dict(zip(partial.x, partial.y, strict=True)) == {2001: 10, 2005: 5}
    color = ColorTheme.chart_cycle("dark")[0]
    assert whole.marker.color == ColorTheme.to_rgba(color, 1)
    assert partial.marker.color == ColorTheme.to_rgba(color, PARTIAL_OPACITY)
    assert PARTIAL_OPACITY < 1
    assert figure.layout.showlegend is True
    assert whole.hovertemplate == partial.hovertemplate == "%{y:,.0f}"


@pytest.mark.parametrize(
    ("is_partial", "name"), [(False, "Année entière"), (True, "Année couverte en partie")]
)
def test_bars_stand_before_the_mean_of_their_years(is_partial, name):
    figure = yearly_bars_figure(YEARS, RECIPES, [is_partial] * 4, style("fr"))
    bars, mean = figure.data
    assert (bars.name, mean.name) == (name, "Moyenne des années\u00a0: 111")
    assert list(mean.y) == [sum(RECIPES) / 4] * 2  # 111.25, drawn unrounded
    assert mean.x[0] < YEARS[0] and mean.x[1] > YEARS[-1]
    assert figure.layout.showlegend is True


def test_bars_need_one_flag_per_year():
    with pytest.raises(ValueError, match="shorter"):
        yearly_bars_figure(YEARS, RECIPES, [False], style())


def test_the_first_bar_is_on_top_with_its_value_at_the_end():
    figure = bars_figure(["salt", "butter", "eggs"], [0.4, 0.3, 0.2], style(is_share=True))
    (bars,) = figure.data
    assert bars.y == ("salt", "butter", "eggs")
    assert bars.x == pytest.approx((40, 30, 20))
    assert bars.orientation == "h"
    # Plotly draws categories upwards.
    assert figure.layout.yaxis.categoryarray == ("eggs", "butter", "salt")
    assert figure.layout.yaxis.categoryorder == "array"
    assert (bars.texttemplate, bars.textposition) == ("%{x:,.1f}%", "outside")
    assert bars.hovertemplate == "%{y}: %{x:,.1f}%<extra></extra>"
    assert bars.marker.color == ColorTheme.chart_cycle("dark")[0]


def test_the_number_of_the_longest_bar_has_room_on_the_axis():
    low, high = bars_figure(["salt", "butter"], [200.0, 100.0], style()).layout.xaxis.range
    assert low == 0
    assert high >= 1.1 * 200


@pytest.mark.parametrize("n_names", [1, 15])
def test_horizontal_bars_keep_their_thickness(n_names):
    names = [f"item {i}" for i in range(n_names)]
    figures = (
        bars_figure(names, [1.0] * n_names, style()),
        intervals_figure(names, [1.0] * n_names, [0.5] * n_names, [2.0] * n_names, style()),
    )
    for figure in figures:
        assert figure.layout.height == AXIS_HEIGHT + ITEM_HEIGHT * n_names


@pytest.mark.parametrize("theme", THEMES)
def test_rises_and_falls_differ_in_colour_and_keep_their_own_interval(theme):
    figure = intervals_figure(
        ["garlic", "cream", "lard"],
        [3.0, 1.0, -2.0],
        [2.5, -0.5, -2.25],
        [4.5, 2.0, -1.0],
        style(theme=theme),
    )
    palette = ColorTheme.palette(theme)
    rise, fall = figure.data
    assert (rise.name, rise.marker.color) == ("Rise", palette.rise)
    assert (fall.name, fall.marker.color) == ("Fall", palette.fall)
    assert palette.rise != palette.fall
    assert (rise.y, rise.x) == (("garlic", "cream"), (3.0, 1.0))
    assert (fall.y, fall.x) == (("lard",), (-2.0,))
    assert rise.error_x.symmetric is False
    assert (rise.error_x.array, rise.error_x.arrayminus) == ((1.5, 1.0), (0.5, 1.5))
    assert (fall.error_x.array, fall.error_x.arrayminus) == ((1.0,), (0.25,))
    assert [list(ends) for ends in rise.customdata] == [[2.5, 4.5], [-0.5, 2.0]]
    assert [list(ends) for ends in fall.customdata] == [[-2.25, -1.0]]
    assert figure.layout.yaxis.categoryarray == ("lard", "cream", "garlic")


def test_intervals_are_read_with_their_sign_against_a_line_at_zero():
    figure = intervals_figure(["garlic"], [3.0], [2.5], [4.5], style(digits=1))
    assert figure.data[0].hovertemplate == (
        "%{y}: %{x:+,.1f} [%{customdata[0]:+,.1f}; %{customdata[1]:+,.1f}]<extra></extra>"
    )
    (zero,) = figure.layout.shapes
    assert (zero.x0, zero.x1, zero.y0, zero.y1, zero.yref) == (0, 0, 0, 1, "paper")


def test_rises_alone_draw_no_empty_series_of_falls():
    figure = intervals_figure(["garlic"], [3.0], [2.5], [4.5], style("fr"))
    assert [trace.name for trace in figure.data] == ["Hausse"]


@pytest.mark.parametrize("theme", THEMES)
def test_every_figure_wears_the_theme_and_tells_its_source(theme):
    figures = [
        one_line(theme=theme),
        yearly_bars_figure(YEARS, RECIPES, [False] * 4, style(theme=theme)),
        bars_figure(["salt"], [0.5], style(theme=theme)),
        intervals_figure(["salt"], [1.0], [0.5], [2.0], style(theme=theme)),
    ]
    palette = ColorTheme.palette(theme)
    for figure in figures:
        assert figure.layout.template.layout.paper_bgcolor == palette.background
        assert figure.layout.template.layout.font.color == palette.text
        assert figure.layout.title.text == SOURCE


def test_one_label_gathers_the_values_of_a_year():
    assert one_line().layout.hovermode == "x unified"


# Figures by group.

GROUPS = ["Winter", "Spring", "Summer"]
MEANS = Bars("Mean", [43.1, 41.9, 0.41], ["red", "green", "gold"], [42.0, 41.0, 0.4], [45, 42, 0.5])
BOXES = Boxes([5, 6, 7], [20, 21, 22], [35, 36, 37], [55, 60, 65], [120, 121, 122], [42, 43, 44])


def group_figures(theme="dark", language="en"):
    look = style(language, theme)
    heat_map = heat_map_figure(
        ["a", "b"], GROUPS, [[-3, 0, 3], [1, 0.5, -1]], [["l", "m", "n"], ["o", "p", "q"]], 2, look
    )
    return {
        "bars": group_bars_figure(GROUPS, [MEANS], look),
        "means": group_means_figure(GROUPS, MEANS, look),
        "boxes": group_boxes_figure(GROUPS, BOXES, list(ColorTheme.chart_cycle(theme)[:3]), look),
        "heat map": heat_map,
    }


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_figures_by_group_are_valid(theme, language):
    for figure in group_figures(theme, language).values():
        checked = go.Figure(figure.to_dict())
        assert checked.layout.title.text == SOURCE
        assert checked.layout.separators == figure.layout.separators


def test_two_means_stand_as_far_from_the_edges_as_bars_would():
    means = Bars("Mean", [4.65, 4.66], ["red", "gray"], [4.6, 4.65], [4.7, 4.67])
    figure = sent(group_means_figure(["With it", "Without"], means, style()))
    assert figure["layout"]["xaxis"]["range"] == [-0.5, 1.5]


def test_bars_of_groups_stand_side_by_side_with_their_intervals():
    expected = Bars("Expected", [40, 40, 1], ["gray"] * 3)
    figure = sent(group_bars_figure(GROUPS, [MEANS, expected], style()))
    drawn, without = figure["data"]
    assert (drawn["x"], drawn["y"]) == (GROUPS, [43.1, 41.9, 0.41])
    assert drawn["marker"]["color"] == ["red", "green", "gold"]
    assert drawn["error_y"]["array"] == pytest.approx([1.9, 0.1, 0.09])
    assert drawn["error_y"]["arrayminus"] == pytest.approx([1.1, 0.9, 0.01])
    assert "error_y" not in without
    assert figure["layout"]["xaxis"]["categoryarray"] == GROUPS


def test_bars_of_many_colours_are_not_in_the_legend_in_the_first_of_them():
    expected = Bars("Expected", [40, 40, 1], ["gray"] * 3)
    figure = sent(group_bars_figure(GROUPS, [MEANS, expected], style()))
    assert figure["layout"]["showlegend"] is True
    assert [trace["showlegend"] for trace in figure["data"]] == [False, True]
    alone = sent(group_bars_figure(GROUPS, [expected], style()))
    assert alone["layout"]["showlegend"] is False


def test_shares_of_groups_are_drawn_in_percent_with_their_intervals():
    bars = Bars("Share", [0.084], ["red"], [0.062], [0.107])
    (drawn,) = sent(group_bars_figure(["Spring"], [bars], style(is_share=True)))["data"]
    assert drawn["y"] == pytest.approx([8.4])
    assert drawn["error_y"]["array"] == pytest.approx([2.3])
    assert drawn["error_y"]["arrayminus"] == pytest.approx([2.2])
    assert drawn["hovertemplate"].startswith("%{x}: %{y:,.1f}%")


def test_points_of_groups_carry_their_interval_in_words():
    (drawn,) = sent(group_figures()["means"])["data"]
    assert drawn["mode"] == "markers"
    assert drawn["customdata"] == [[42.0, 45], [41.0, 42], [0.4, 0.5]]
    assert "customdata[0]" in drawn["hovertemplate"] and "customdata[1]" in drawn["hovertemplate"]


def test_boxes_are_drawn_from_quantiles_and_hold_no_observation():
    boxes = sent(group_figures()["boxes"])["data"]
    parts = ("lowerfence", "q1", "median", "q3", "upperfence", "mean")
    assert [[box[part] for part in parts] for box in boxes] == [
        [[5], [20], [35], [55], [120], [42]],
        [[6], [21], [36], [60], [121], [43]],
        [[7], [22], [37], [65], [122], [44]],
    ]
    assert [box["x"] for box in boxes] == [[group] for group in GROUPS]
    assert not any("y" in box for box in boxes)


def test_a_heat_map_puts_its_first_row_on_top_and_bounds_its_scale():
    figure = sent(group_figures()["heat map"])
    cells, texts = figure["data"]
    assert (cells["x"], cells["y"]) == (GROUPS, ["a", "b"])
    assert cells["z"] == [[-3, 0, 3], [1, 0.5, -1]]
    assert (cells["zmin"], cells["zmax"]) == (-2, 2)
    assert [color for _, color in cells["colorscale"]] == list(ColorTheme.diverging_scale("dark"))
    assert figure["layout"]["yaxis"]["categoryarray"] == ["b", "a"]
    places = list(zip(texts["y"], texts["x"], texts["text"], strict=True))
    assert places[:4] == [
        ("a", "Winter", "l"),
        ("a", "Spring", "m"),
        ("a", "Summer", "n"),
        ("b", "Winter", "o"),
    ]


@pytest.mark.parametrize("theme", THEMES)
def test_the_text_of_a_cell_contrasts_with_its_colour(theme):
    _, texts = sent(group_figures(theme)["heat map"])["data"]
    positions = [-1, 0, 1, 0.5, 0.25, -0.5]  # scores over the limit, held within it
    expected = [ColorTheme.text_on(ColorTheme.diverging_color(x, theme)) for x in positions]
    assert texts["textfont"]["color"] == expected
    assert len(set(expected)) == 2


def test_both_sides_of_zero_take_the_names_given():
    figure = intervals_figure(
        ["a", "b"], [1.0, -1.0], [0.5, -2.0], [2.0, -0.5], style(), ("Weekend", "Weekday")
    )
    assert {trace.name: list(trace.y) for trace in figure.data} == {
        "Weekend": ["a"],
        "Weekday": ["b"],
    }
