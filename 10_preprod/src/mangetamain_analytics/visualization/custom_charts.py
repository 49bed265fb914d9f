"""Figures that several pages draw: numbers in, Plotly figure out.

A figure is put together from plain dictionaries.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import cycle
from typing import Any

from mangetamain_analytics.utils.chart_theme import (
    DEFAULT_HEIGHT,
    UNIFIED_HOVER,
    chart_template,
)
from mangetamain_analytics.utils.color_theme import ColorTheme
from mangetamain_analytics.utils.i18n import Number, Translator
from mangetamain_analytics.utils.statistics import Trend
from mangetamain_analytics.visualization.figure import Figure, Trace

# How Plotly writes numbers: decimal point, then group separator.
SEPARATORS = {"en": ".,", "fr": ",\N{NARROW NO-BREAK SPACE}"}
PERCENT_SIGNS = {"en": "%", "fr": "\N{NO-BREAK SPACE}%"}

BAND_OPACITY = 0.18
PARTIAL_OPACITY = 0.45
HALF_YEAR = 0.6  # with a little room beside the bar
FEW_YEARS = 8  # every one of them is written on the axis
ITEM_HEIGHT = 30  # px of a horizontal bar with its gap
ROOM_FOR_NUMBERS = 1.2  # of the longest bar, for what is written at its end
AXIS_HEIGHT = 110  # px above and below the bars

CELL_HEIGHT = 34  # px of a row of a heat map
SCALE_HEIGHT = 40  # px of its scale of colours


@dataclass(frozen=True)
class Line:
    """One value per year, with the fitted trend if it is to be drawn (dashed)."""

    name: str
    values: Sequence[float]
    trend: Trend | None = None


@dataclass(frozen=True)
class Band:
    """A lower and an upper value per year."""

    name: str
    low: Sequence[float]
    high: Sequence[float]


@dataclass(frozen=True)
class Bars:
    """One value per group, with a colour per group and, if known, the ends of its interval."""

    name: str
    values: Sequence[float]
    colors: Sequence[str]
    low: Sequence[float] | None = None
    high: Sequence[float] | None = None


@dataclass(frozen=True)
class Boxes:
    """What a box shows of each group: whiskers, quartiles, median and mean."""

    q05: Sequence[float]
    q25: Sequence[float]
    median: Sequence[float]
    q75: Sequence[float]
    q95: Sequence[float]
    mean: Sequence[float]


@dataclass(frozen=True)
class Style:
    """How the visitor reads a figure: language, theme, source, and what its values are.

    `address_of` says where a name on an axis leads to, if names do.
    """

    t: Translator
    theme: str
    source: str
    axis_title: str
    digits: int = 1
    is_share: bool = False
    address_of: Callable[[str], str] | None = None

    @property
    def suffix(self) -> str:
        """What follows a number: a percent sign after a share."""
        return PERCENT_SIGNS[self.t.language] if self.is_share else ""

    def number(self, variable: str, sign: str = "") -> str:
        """Return Plotly's placeholder for a value, written in the visitor's language."""
        return f"%{{{variable}:{sign},.{self.digits}f}}{self.suffix}"

    def drawn(self, values: Sequence[float]) -> list[float]:
        """Return the values as they are drawn: shares in percent."""
        return [100 * value for value in values] if self.is_share else list(values)

    @property
    def colors(self) -> tuple[str, ...]:
        """The series colours of the theme."""
        return ColorTheme.chart_cycle(self.theme)


def yearly_lines_figure(
    years: Sequence[int],
    lines: Sequence[Line],
    style: Style,
    band: Band | None = None,
    year_title: str = "",
) -> Figure:
    """Return lines over the years, over a band if there is one, each with its fitted trend.

    ``year_title`` says of what the years are, where they are not simply the years.
    """
    traces = _band_traces(years, band, style) if band else []
    for line, color in zip(lines, cycle(style.colors)):
        traces += _line_traces(years, line, color, style)
    return _figure_by_year(years, traces, style, year_title)


def yearly_bars_figure(
    years: Sequence[int], counts: Sequence[int], is_partial: Sequence[bool], style: Style
) -> Figure:
    """Return a bar per year, paler where the data cover it in part, and the mean of the years."""
    color, mean_color, *_ = style.colors
    mean = sum(counts) / len(counts)
    rows = list(zip(years, counts, is_partial, strict=True))
    traces = [
        {
            "type": "bar",
            "x": [year for year, _, is_pale in rows if is_pale == pale],
            "y": [count for _, count, is_pale in rows if is_pale == pale],
            "name": name,
            "marker": {
                "color": ColorTheme.to_rgba(color, opacity),
                "line": {"color": color, "width": 1.5},  # the edge keeps the contrast of a pale bar
            },
            "hovertemplate": style.number("y"),
        }
        for pale, opacity, name in (
            (False, 1, style.t("legend-whole-year")),
            (True, PARTIAL_OPACITY, style.t("legend-partial")),
        )
    ]
    mean_line = {
        "type": "scatter",
        "mode": "lines",
        "x": [years[0] - HALF_YEAR, years[-1] + HALF_YEAR],
        "y": [mean, mean],
        "name": style.t("legend-mean", mean=Number(mean)),
        "line": {"color": mean_color, "width": 1.5, "dash": "dash"},
        "hoverinfo": "skip",
    }
    return _figure_by_year(years, [trace for trace in traces if trace["x"]] + [mean_line], style)


def bars_figure(names: Sequence[str], values: Sequence[float], style: Style) -> Figure:
    """Return a horizontal bar per name, the first on top, with its value written at the end."""
    bars = {
        "type": "bar",
        "x": style.drawn(values),
        "y": list(names),
        "orientation": "h",
        "marker": {"color": style.colors[0]},
        "texttemplate": style.number("x"),
        "textposition": "outside",
        "cliponaxis": False,
        "hovertemplate": f"%{{y}}: {style.number('x')}<extra></extra>",
    }
    longest = max(style.drawn(values))
    axis = _value_axis(style) | {"range": [0, longest * ROOM_FOR_NUMBERS]}
    return _figure_by_name(names, [bars], style, xaxis=axis)


def intervals_figure(
    names: Sequence[str],
    estimates: Sequence[float],
    lows: Sequence[float],
    highs: Sequence[float],
    style: Style,
    legend: tuple[str, str] | None = None,
    is_established: Sequence[bool] | None = None,
) -> Figure:
    """Return an estimate with its interval per name; those above and below zero differ in colour.

    ``legend`` names the two sides, above zero first; they are rises and falls by default. What
    is not established takes no side, if that is told.
    """
    palette = ColorTheme.palette(style.theme)
    above, below = legend or (style.t("legend-rise"), style.t("legend-fall"))
    rows = list(zip(names, estimates, lows, highs, strict=True))
    told = is_established or [True] * len(rows)
    sides = [
        (rise >= 0) if is_told else None
        for (_, rise, _, _), is_told in zip(rows, told, strict=True)
    ]
    traces = [
        _interval_trace(
            [row for row, of_row in zip(rows, sides, strict=True) if of_row is side],
            name,
            color,
            style,
        )
        for side, name, color in (
            (True, above, palette.rise),
            (False, below, palette.fall),
            (None, style.t("legend-unestablished"), palette.text_muted),
        )
    ]
    zero = {"type": "line", "x0": 0, "x1": 0, "yref": "paper", "y0": 0, "y1": 1}
    zero |= {"line": {"width": 1, "color": palette.text_muted}}
    shown = [trace for trace in traces if trace["x"]]
    return _figure_by_name(names, shown, style, shapes=[zero])


def group_bars_figure(groups: Sequence[str], series: Sequence[Bars], style: Style) -> Figure:
    """Return vertical bars by group, those of several series side by side, from zero.

    Bars of many colours have none of their own for a legend: there the other series stand alone.
    """
    traces = [
        {
            "type": "bar",
            "name": bars.name,
            "x": list(groups),
            "y": style.drawn(bars.values),
            "marker": {"color": list(bars.colors)},
            "showlegend": len(set(bars.colors)) == 1,
            "hovertemplate": f"%{{x}}: {style.number('y')}<extra>{bars.name}</extra>",
        }
        | _error_bars(bars, style)
        for bars in series
    ]
    return _figure_by_group(groups, traces, style, showlegend=len(series) > 1)


def group_means_figure(groups: Sequence[str], means: Bars, style: Style) -> Figure:
    """Return a point with its interval per group; the axis need not start at zero."""
    points = {
        "type": "scatter",
        "mode": "markers",
        "name": means.name,
        "x": list(groups),
        "y": style.drawn(means.values),
        "marker": {"color": list(means.colors), "size": 13},
        "customdata": list(zip(means.low or [], means.high or [], strict=True)),
        "hovertemplate": f"%{{x}}: {style.number('y')} [{style.number('customdata[0]')}; "
        f"{style.number('customdata[1]')}]<extra></extra>",
    }
    # As wide a place for each group as bars have: of two, the points would stand at both edges.
    axis = _group_axis(groups) | {"range": [-0.5, len(groups) - 0.5]}
    return _figure_by_group(groups, [points | _error_bars(means, style)], style, xaxis=axis)


def group_boxes_figure(
    groups: Sequence[str], boxes: Boxes, colors: Sequence[str], style: Style
) -> Figure:
    """Return a box per group, from quantiles: whiskers to the 5th and the 95th percentile."""
    traces = [
        {
            "type": "box",
            "name": group,
            "x": [group],
            "lowerfence": [boxes.q05[i]],
            "q1": [boxes.q25[i]],
            "median": [boxes.median[i]],
            "q3": [boxes.q75[i]],
            "upperfence": [boxes.q95[i]],
            "mean": [boxes.mean[i]],
            "line": {"color": color},
            "fillcolor": ColorTheme.to_rgba(color, BAND_OPACITY),
            "showlegend": False,
            "hoverinfo": "y",
        }
        for i, (group, color) in enumerate(zip(groups, colors, strict=True))
    ]
    axis = _value_axis(style) | {"hoverformat": f",.{style.digits}f", "rangemode": "tozero"}
    return _figure_by_group(groups, traces, style, yaxis=axis)


def heat_map_figure(
    rows: Sequence[str],
    columns: Sequence[str],
    scores: Sequence[Sequence[float]],
    texts: Sequence[Sequence[str]],
    limit: float,
    style: Style,
) -> Figure:
    """Return a cell per row and column, the first row on top, coloured by score around zero.

    Scores beyond ``limit`` take the colour of the limit; every text keeps its contrast.
    """
    scale = ColorTheme.diverging_scale(style.theme)
    cells = {
        "type": "heatmap",
        "x": list(columns),
        "y": list(rows),
        "z": [style.drawn(row) for row in scores],
        "text": [list(row) for row in texts],
        "zmin": style.drawn([-limit])[0],
        "zmax": style.drawn([limit])[0],
        "colorscale": [[place, color] for place, color in zip((0, 0.5, 1), scale, strict=True)],
        "xgap": 2,
        "ygap": 2,
        "colorbar": {
            "orientation": "h",
            "y": 0,
            "yanchor": "top",
            "title": {"text": style.axis_title, "side": "bottom", "font": {"size": 12}},
            "ticksuffix": style.suffix,
            "nticks": 5,
            "thickness": 12,
            "outlinewidth": 0,
        },
        "hovertemplate": f"%{{y}}, %{{x}}: %{{text}} ({style.number('z', '+')})<extra></extra>",
    }
    layout = {
        "height": AXIS_HEIGHT + SCALE_HEIGHT + CELL_HEIGHT * len(rows),
        "showlegend": False,
        "xaxis": {"side": "top", "ticks": "", "range": [-0.5, len(columns) - 0.5]},
        "yaxis": {
            "categoryorder": "array",
            "categoryarray": list(reversed(rows)),
            "range": [-0.5, len(rows) - 0.5],
            "ticks": "",
        }
        | linked_ticks(rows, rows, rows, style),
    }
    return drawn([cells, _cell_texts(rows, columns, scores, texts, limit, style)], layout, style)


def _cell_texts(
    rows: Sequence[str],
    columns: Sequence[str],
    scores: Sequence[Sequence[float]],
    texts: Sequence[Sequence[str]],
    limit: float,
    style: Style,
) -> Trace:
    """Plotly's own texts of a heat map fall below 4.5 to 1 on middling colours."""
    positions = [max(-1.0, min(1.0, score / limit)) for row in scores for score in row]
    colors = [ColorTheme.diverging_color(position, style.theme) for position in positions]
    return {
        "type": "scatter",
        "mode": "text",
        "x": list(columns) * len(rows),
        "y": [row for row in rows for _ in columns],
        "text": [text for row in texts for text in row],
        "textfont": {"size": 12, "color": [ColorTheme.text_on(color) for color in colors]},
        "hoverinfo": "skip",
    }


def _error_bars(bars: Bars, style: Style) -> Trace:
    if bars.low is None or bars.high is None:
        return {}
    values, lows, highs = (style.drawn(ends) for ends in (bars.values, bars.low, bars.high))
    return {
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [high - value for value, high in zip(values, highs, strict=True)],
            "arrayminus": [value - low for value, low in zip(values, lows, strict=True)],
            "color": ColorTheme.palette(style.theme).text,
            "thickness": 2,
        }
    }


def _figure_by_group(
    groups: Sequence[str], traces: Sequence[Trace], style: Style, **layout: Any
) -> Figure:
    by_group = {
        "showlegend": sum(trace.get("showlegend", True) for trace in traces) > 1,
        "xaxis": _group_axis(groups),
        "yaxis": _value_axis(style) | {"zeroline": True},
    }
    return drawn(traces, by_group | layout, style)


def _group_axis(groups: Sequence[str]) -> dict[str, Any]:
    return {"type": "category", "categoryorder": "array", "categoryarray": list(groups)}


def _interval_trace(
    rows: Sequence[tuple[str, float, float, float]], name: str, color: str, style: Style
) -> Trace:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [estimate for _, estimate, _, _ in rows],
        "y": [item for item, _, _, _ in rows],
        "customdata": [[low, high] for _, _, low, high in rows],
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [high - estimate for _, estimate, _, high in rows],
            "arrayminus": [estimate - low for _, estimate, low, _ in rows],
            "thickness": 2,
        },
        "marker": {"size": 11, "color": color},
        "hovertemplate": f"%{{y}}: {style.number('x', '+')} [{style.number('customdata[0]', '+')}; "
        f"{style.number('customdata[1]', '+')}]<extra></extra>",
    }


def _band_traces(years: Sequence[int], band: Band, style: Style) -> list[Trace]:
    edge = {
        "type": "scatter",
        "mode": "lines",
        "x": list(years),
        "line": {"width": 0},
        "name": band.name,
        "legendgroup": band.name,
    }
    fill = {"fill": "tonexty", "fillcolor": ColorTheme.to_rgba(style.colors[0], BAND_OPACITY)}
    high, low = (
        {"hovertemplate": f"{style.t(key, band=band.name)}: {style.number('y')}<extra></extra>"}
        for key in ("band-high", "band-low")
    )
    return [
        edge | high | {"y": style.drawn(band.high), "showlegend": False},
        edge | low | {"y": style.drawn(band.low)} | fill,
    ]


def _line_traces(years: Sequence[int], line: Line, color: str, style: Style) -> list[Trace]:
    name = escape(line.name, quote=False)  # of an item, maybe: Plotly reads tags
    observed = {
        "type": "scatter",
        "mode": "lines+markers",
        "x": list(years),
        "y": style.drawn(line.values),
        "name": name,
        "line": {"color": color, "width": 2.5},
        "marker": {"size": 7},
        "legendgroup": name,
        "hovertemplate": style.number("y"),
    }
    if line.trend is None:
        return [observed]
    ends = [years[0], years[-1]]
    fitted = {
        "type": "scatter",
        "mode": "lines",
        "x": ends,
        "y": style.drawn(line.trend.predict(ends).tolist()),
        "name": style.t("legend-trend", series=name),
        "line": {"color": color, "width": 1.5, "dash": "dash"},
        "legendgroup": name,
        "showlegend": False,
        "hoverinfo": "skip",
    }
    return [observed, fitted]


def _figure_by_year(
    years: Sequence[int], traces: Sequence[Trace], style: Style, year_title: str = ""
) -> Figure:
    year_axis: dict[str, Any] = {
        "title": {"text": year_title or style.t("axis-year")},
        "tickformat": "d",
        "range": [years[0] - HALF_YEAR, years[-1] + HALF_YEAR],
    }
    if len(years) <= FEW_YEARS:
        year_axis |= {"dtick": 1}
    layout = {
        "showlegend": sum(trace.get("showlegend", True) for trace in traces) > 1,
        "xaxis": year_axis,
        "yaxis": _value_axis(style),
        "hovermode": UNIFIED_HOVER,
    }
    return drawn(traces, layout, style)


def _figure_by_name(
    names: Sequence[str], traces: Sequence[Trace], style: Style, **layout: Any
) -> Figure:
    by_name = {
        "height": AXIS_HEIGHT + ITEM_HEIGHT * len(names),
        "xaxis": _value_axis(style),
        "yaxis": {"categoryorder": "array", "categoryarray": list(reversed(names))}
        | linked_ticks(names, names, names, style),
    }
    return drawn(traces, by_name | layout, style)


def linked_ticks(
    places: Sequence[str | int], names: Sequence[str], texts: Sequence[str], style: Style
) -> dict[str, Any]:
    """Return what makes the names on an axis links; nothing where they lead nowhere.

    Args:
        places: Where the names stand on the axis.
        names: What is told of.
        texts: The same as they are written, maybe shorter.
        style: Says where a name leads to.
    """
    if style.address_of is None:
        return {}
    links = [
        f'<a href="{escape(style.address_of(name))}" target="_self">{escape(text, quote=False)}</a>'
        for name, text in zip(names, texts, strict=True)
    ]
    # An axis that can be dragged would lie over its own links.
    return {"tickmode": "array", "tickvals": list(places), "ticktext": links, "fixedrange": True}


def drawn(traces: Sequence[Trace], layout: Mapping[str, Any], style: Style) -> Figure:
    """Return the figure in the site's look, with its source."""
    common = {
        "template": chart_template(style.theme),
        "height": DEFAULT_HEIGHT,
        "separators": SEPARATORS[style.t.language],
        "title": {"text": style.source},
    }
    return Figure(traces, common | dict(layout))


def _value_axis(style: Style) -> dict[str, Any]:
    """Axes are round numbers: no more digits than they need."""
    return {
        "title": {"text": style.axis_title},
        "tickformat": ",~f",
        "ticksuffix": style.suffix,
    }
