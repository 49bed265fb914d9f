"""Figures that several pages draw: numbers in, Plotly figure out.

A figure is put together from plain dictionaries.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle
from typing import Any

import plotly.graph_objects as go

from mangetamain_analytics.utils.chart_theme import (
    DEFAULT_HEIGHT,
    UNIFIED_HOVER,
    chart_template,
)
from mangetamain_analytics.utils.color_theme import ColorTheme
from mangetamain_analytics.utils.i18n import Translator
from mangetamain_analytics.utils.statistics import Trend

# How Plotly writes numbers: decimal point, then group separator.
SEPARATORS = {"en": ".,", "fr": ",\N{NARROW NO-BREAK SPACE}"}
PERCENT_SIGNS = {"en": "%", "fr": "\N{NO-BREAK SPACE}%"}

BAND_OPACITY = 0.18
PARTIAL_OPACITY = 0.45
FEW_YEARS = 8  # every one of them is written on the axis
ITEM_HEIGHT = 30  # px of a horizontal bar with its gap
ROOM_FOR_NUMBERS = 1.2  # of the longest bar, for what is written at its end
AXIS_HEIGHT = 110  # px above and below the bars

Trace = dict[str, Any]


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
class Style:
    """How the visitor reads a figure: language, theme, source, and what its values are."""

    t: Translator
    theme: str
    source: str
    axis_title: str
    digits: int = 1
    is_share: bool = False

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
    years: Sequence[int], lines: Sequence[Line], style: Style, band: Band | None = None
) -> go.Figure:
    """Return lines over the years, over a band if there is one, each with its fitted trend."""
    traces = _band_traces(years, band, style) if band else []
    for line, color in zip(lines, cycle(style.colors)):
        traces += _line_traces(years, line, color, style)
    return _figure_by_year(years, traces, style)


def yearly_bars_figure(
    years: Sequence[int], counts: Sequence[int], is_partial: Sequence[bool], style: Style
) -> go.Figure:
    """Return a bar per year; the years that the data cover in part are paler."""
    color = style.colors[0]
    rows = list(zip(years, counts, is_partial, strict=True))
    traces = [
        {
            "type": "bar",
            "x": [year for year, _, is_pale in rows if is_pale == pale],
            "y": [count for _, count, is_pale in rows if is_pale == pale],
            "name": name,
            "marker": {"color": ColorTheme.to_rgba(color, opacity)},
            "hovertemplate": style.number("y"),
        }
        for pale, opacity, name in (
            (False, 1, style.t("legend-whole-year")),
            (True, PARTIAL_OPACITY, style.t("legend-partial")),
        )
    ]
    return _figure_by_year(years, [trace for trace in traces if trace["x"]], style)


def bars_figure(names: Sequence[str], values: Sequence[float], style: Style) -> go.Figure:
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
) -> go.Figure:
    """Return an estimate with its interval per name; rises and falls differ in colour."""
    palette = ColorTheme.palette(style.theme)
    rows = list(zip(names, estimates, lows, highs, strict=True))
    traces = [
        _interval_trace([row for row in rows if (row[1] >= 0) == is_rise], name, color, style)
        for is_rise, name, color in (
            (True, style.t("legend-rise"), palette.rise),
            (False, style.t("legend-fall"), palette.fall),
        )
    ]
    zero = {"type": "line", "x0": 0, "x1": 0, "yref": "paper", "y0": 0, "y1": 1}
    zero |= {"line": {"width": 1, "color": palette.text_muted}}
    shown = [trace for trace in traces if trace["x"]]
    return _figure_by_name(names, shown, style, shapes=[zero])


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
    observed = {
        "type": "scatter",
        "mode": "lines+markers",
        "x": list(years),
        "y": style.drawn(line.values),
        "name": line.name,
        "line": {"color": color, "width": 2.5},
        "marker": {"size": 7},
        "legendgroup": line.name,
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
        "name": style.t("legend-trend", series=line.name),
        "line": {"color": color, "width": 1.5, "dash": "dash"},
        "legendgroup": line.name,
        "showlegend": False,
        "hoverinfo": "skip",
    }
    return [observed, fitted]


def _figure_by_year(years: Sequence[int], traces: Sequence[Trace], style: Style) -> go.Figure:
    year_axis: dict[str, Any] = {
        "title": {"text": style.t("axis-year")},
        "tickformat": "d",
        "range": [years[0] - 0.6, years[-1] + 0.6],
    }
    if len(years) <= FEW_YEARS:
        year_axis |= {"dtick": 1}
    layout = {
        "showlegend": sum(trace.get("showlegend", True) for trace in traces) > 1,
        "xaxis": year_axis,
        "yaxis": _value_axis(style),
        "hovermode": UNIFIED_HOVER,
    }
    return _figure(traces, layout, style)


def _figure_by_name(
    names: Sequence[str], traces: Sequence[Trace], style: Style, **layout: Any
) -> go.Figure:
    by_name = {
        "height": AXIS_HEIGHT + ITEM_HEIGHT * len(names),
        "xaxis": _value_axis(style),
        "yaxis": {"categoryorder": "array", "categoryarray": list(reversed(names))},
    }
    return _figure(traces, by_name | layout, style)


def _figure(traces: Sequence[Trace], layout: Mapping[str, Any], style: Style) -> go.Figure:
    common = {
        "template": chart_template(style.theme),
        "height": DEFAULT_HEIGHT,
        "separators": SEPARATORS[style.t.language],
        "title": {"text": style.source},
    }
    # Checking a figure takes Plotly 2 ms, ten times as long as making it, and a page shows twenty;
    # the tests check each kind of figure once.
    return go.Figure(data=traces, layout=common | dict(layout), _validate=False)


def _value_axis(style: Style) -> dict[str, Any]:
    """Axes are round numbers: no more digits than they need."""
    return {
        "title": {"text": style.axis_title},
        "tickformat": ",~f",
        "ticksuffix": style.suffix,
    }
