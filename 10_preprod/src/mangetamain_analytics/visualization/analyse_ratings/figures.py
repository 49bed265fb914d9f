"""Figures that the ratings alone draw: numbers in, Plotly figure out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from html import escape
from typing import Any

import numpy as np

from mangetamain_analytics.utils.chart_theme import UNIFIED_HOVER
from mangetamain_analytics.utils.color_theme import ColorTheme
from mangetamain_analytics.visualization.custom_charts import (
    AXIS_HEIGHT,
    BAND_OPACITY,
    ITEM_HEIGHT,
    Band,
    Boxes,
    Style,
    drawn,
    linked_ticks,
)
from mangetamain_analytics.visualization.figure import Figure, Trace

STORED_DIGITS = 4  # of a drawn value: more than is ever read, less than is sent otherwise
PANEL_HEIGHT = 150  # px
BOX_HEIGHT = 190
ROOM_FOR_NUMBERS = 1.35  # of the highest bar, for the number above it
LONGEST_NAME = 38  # characters of a recipe's name on an axis, for a phone
MONTH_HOVER = "%Y-%m"


@dataclass(frozen=True)
class MonthLine:
    """A value per month; observed months are joined, fitted ones dashed, or both are points."""

    name: str
    values: Sequence[float]
    kind: str = "observed"  # or "fitted", "points"


@dataclass(frozen=True)
class Panel:
    """A small chart among others: a value per name, with an interval or as bars.

    `style` holds the title of the panel and how its numbers are written.
    """

    style: Style
    values: Sequence[float]
    lows: Sequence[float] | None = None
    highs: Sequence[float] | None = None


@dataclass(frozen=True)
class BoxPanel:
    """What the boxes of a panel show, bin by bin, under a title."""

    title: str
    bins: Sequence[str]
    boxes: Boxes


def month_bars_figure(months: Sequence[date], values: Sequence[float], style: Style) -> Figure:
    """Return a bar per month."""
    bars = {
        "type": "bar",
        "x": _dates(months),
        "y": list(values),
        "marker": {"color": style.colors[0]},
        "hovertemplate": f"%{{x|{MONTH_HOVER}}}: {style.number('y')}<extra></extra>",
    }
    return drawn([bars], {"xaxis": _month_axis(style), "yaxis": _axis(style)}, style)


def month_lines_figure(
    months: Sequence[date],
    lines: Sequence[MonthLine],
    style: Style,
    bands: Sequence[Band] = (),
) -> Figure:
    """Return lines over the months, over bands if there are any."""
    x = _dates(months)
    traces: list[Trace] = []
    for band, color in zip(bands, style.colors, strict=False):
        traces += _band(x, band, color, style)
    # A band and the line inside it share a colour.
    for line, color in zip(lines, style.colors, strict=False):
        traces.append(_month_line(x, line, color, style))
    layout = {"xaxis": _month_axis(style), "yaxis": _axis(style), "hovermode": UNIFIED_HOVER}
    shown = sum(trace.get("showlegend", True) for trace in traces)
    return drawn(traces, layout | {"showlegend": shown > 1}, style)


def _month_line(x: list[str], line: MonthLine, color: str, style: Style) -> Trace:
    trace: Trace = {
        "type": "scatter",
        "mode": "markers" if line.kind == "points" else "lines",
        "x": x,
        "y": _stored(line.values),
        "name": line.name,
        "hovertemplate": style.number("y"),
    }
    if line.kind == "points":
        return trace | {"marker": {"color": ColorTheme.to_rgba(color, 0.55), "size": 6}}
    dash = "dash" if line.kind == "fitted" else "solid"
    return trace | {"line": {"color": color, "width": 2, "dash": dash}}


def _band(x: list[str], band: Band, color: str, style: Style) -> list[Trace]:
    edge = {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "line": {"width": 0},
        "legendgroup": band.name,
        "name": band.name,
    }
    fill = {"fill": "tonexty", "fillcolor": ColorTheme.to_rgba(color, BAND_OPACITY)}
    high, low = (
        {"hovertemplate": f"{style.t(key, band=band.name)}: {style.number('y')}<extra></extra>"}
        for key in ("band-high", "band-low")
    )
    return [
        edge | high | {"y": _stored(band.high), "showlegend": False},
        edge | low | fill | {"y": _stored(band.low)},
    ]


def panels_figure(
    names: Sequence[str], panels: Sequence[Panel], colors: Sequence[str], style: Style
) -> Figure:
    """Return small charts below each other, each with its own scale and the same names."""
    traces: list[Trace] = []
    layout: dict[str, Any] = {"xaxis": {"type": "category", "anchor": f"y{len(panels)}"}}
    annotations = []
    step = 1 / len(panels)
    for i, panel in enumerate(panels, start=1):
        axis = "y" if i == 1 else f"y{i}"
        trace = _bars(names, panel, colors) if panel.lows is None else _points(names, panel, colors)
        traces.append(trace | {"yaxis": axis})
        top = 1 - (i - 1) * step
        axis_layout = _axis(panel.style, title=False) | {
            "domain": [top - step * 0.78, top - step * 0.16],
            "nticks": 4,
        }
        if panel.lows is None:
            axis_layout["range"] = [0, ROOM_FOR_NUMBERS * max(panel.values)]
        layout["yaxis" if i == 1 else f"yaxis{i}"] = axis_layout
        annotations.append(_panel_title(panel.style.axis_title, top, step, style))
    layout |= {
        "annotations": annotations,
        "showlegend": False,
        "height": AXIS_HEIGHT // 2 + PANEL_HEIGHT * len(panels),
    }
    return drawn(traces, layout, style)


def _points(names: Sequence[str], panel: Panel, colors: Sequence[str]) -> Trace:
    style = panel.style
    values, lows, highs = (
        style.drawn(list(series)) for series in (panel.values, panel.lows or (), panel.highs or ())
    )
    return {
        "type": "scatter",
        "mode": "markers",
        "x": list(names),
        "y": _stored(values),
        "customdata": [_stored(ends) for ends in zip(lows, highs, strict=True)],
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": _stored([high - v for v, high in zip(values, highs, strict=True)]),
            "arrayminus": _stored([v - low for v, low in zip(values, lows, strict=True)]),
            "thickness": 2,
            "color": ColorTheme.palette(style.theme).text_muted,
        },
        "marker": {"size": 11, "color": list(colors)},
        "hovertemplate": f"%{{x}}: {style.number('y')} [{style.number('customdata[0]')}; "
        f"{style.number('customdata[1]')}]<extra></extra>",
    }


def _bars(names: Sequence[str], panel: Panel, colors: Sequence[str]) -> Trace:
    style = panel.style
    return {
        "type": "bar",
        "x": list(names),
        "y": _stored(style.drawn(list(panel.values))),
        "marker": {"color": list(colors)},
        "texttemplate": style.number("y"),
        "textposition": "outside",
        "textangle": 0,
        "cliponaxis": False,
        "hovertemplate": f"%{{x}}: {style.number('y')}<extra></extra>",
    }


def bin_boxes_figure(panels: Sequence[BoxPanel], style: Style) -> Figure:
    """Return panels below each other with a box per bin, whiskers to the 5th and 95th percentile.

    Stars crowd near five: the axes do not start at zero.
    """
    color, step = style.colors[0], 1 / len(panels)
    traces: list[Trace] = []
    layout: dict[str, Any] = {}
    for i, panel in enumerate(panels):
        number = str(i + 1) if i else ""
        boxes = panel.boxes
        traces.append(
            {
                "type": "box",
                "x": list(panel.bins),
                "lowerfence": _stored(boxes.q05),
                "q1": _stored(boxes.q25),
                "median": _stored(boxes.median),
                "q3": _stored(boxes.q75),
                "upperfence": _stored(boxes.q95),
                "mean": _stored(boxes.mean),
                "line": {"color": color},
                "fillcolor": ColorTheme.to_rgba(color, BAND_OPACITY),
                "hoverinfo": "y",
                "xaxis": f"x{number}",
                "yaxis": f"y{number}",
            }
        )
        top = 1 - i * step
        layout[f"xaxis{number}"] = {"type": "category", "anchor": f"y{number}"}
        layout[f"yaxis{number}"] = _axis(style, title=False) | {
            "anchor": f"x{number}",
            "domain": [top - step * 0.76, top - step * 0.16],
            "hoverformat": f",.{style.digits}f",
            "nticks": 4,
        }
    titles = [
        _panel_title(panel.title, 1 - i * step, step, style) for i, panel in enumerate(panels)
    ]
    height = AXIS_HEIGHT // 2 + BOX_HEIGHT * len(panels)
    layout |= {"annotations": titles, "showlegend": False, "height": height}
    return drawn(traces, layout, style)


def _panel_title(text: str, top: float, step: float, style: Style) -> dict[str, Any]:
    return {
        "text": text,
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "y": top - step * 0.14,
        "yref": "paper",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": 13, "weight": 600, "color": ColorTheme.palette(style.theme).text_strong},
    }


def grouped_points_figure(
    names: Sequence[str],
    groups: Sequence[tuple[str, str, Sequence[float | None]]],
    style: Style,
) -> Figure:
    """Return on each name's line a point per group: its label, its colour, a value per name."""
    traces = [
        {
            "type": "scatter",
            "mode": "markers",
            "name": label,
            "x": [None if value is None else round(value, STORED_DIGITS) for value in values],
            "y": list(names),
            "marker": {"size": 11, "color": color},
            "hovertemplate": f"%{{y}}, {label}: {style.number('x')}<extra></extra>",
        }
        for label, color, values in groups
    ]
    layout = {
        "height": AXIS_HEIGHT + 20 + ITEM_HEIGHT * len(names),
        "xaxis": _axis(style),
        "yaxis": {"categoryorder": "array", "categoryarray": list(reversed(names))}
        | linked_ticks(names, names, names, style),
    }
    return drawn(traces, layout, style)


def ranked_figure(
    names: Sequence[str],
    values: Sequence[float],
    lows: Sequence[float],
    highs: Sequence[float],
    middle: float,
    color: str,
    style: Style,
) -> Figure:
    """Return a ranking, the first on top, with intervals; a line marks the mean of all.

    Names may occur twice and hold anything: each has its own line, and markup is text.
    """
    labels = [escape(_short(name), quote=False) for name in names]
    trace = {
        "type": "scatter",
        "mode": "markers",
        "x": _stored(values),
        "y": list(range(len(names))),
        "text": labels,
        "customdata": [_stored(ends) for ends in zip(lows, highs, strict=True)],
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": _stored([high - v for v, high in zip(values, highs, strict=True)]),
            "arrayminus": _stored([v - low for v, low in zip(values, lows, strict=True)]),
            "thickness": 2,
        },
        "marker": {"size": 11, "color": color},
        "hovertemplate": f"%{{text}}: {style.number('x')} [{style.number('customdata[0]')}; "
        f"{style.number('customdata[1]')}]<extra></extra>",
    }
    muted = ColorTheme.palette(style.theme).text_muted
    line = {"type": "line", "x0": middle, "x1": middle, "yref": "paper", "y0": 0, "y1": 1}
    layout = {
        "height": AXIS_HEIGHT + ITEM_HEIGHT * len(names),
        "xaxis": _axis(style),
        "yaxis": {
            "tickmode": "array",
            "tickvals": list(range(len(names))),
            "ticktext": labels,
            "range": [len(names) - 0.5, -0.5],
        }
        | linked_ticks(range(len(names)), names, list(map(_short, names)), style),
        "shapes": [line | {"line": {"width": 1, "dash": "dot", "color": muted}}],
        "showlegend": False,
    }
    return drawn([trace], layout, style)


def titled(style: Style, axis_title: str, digits: int, *, is_share: bool = False) -> Style:
    """Return the style of one panel."""
    return replace(style, axis_title=axis_title, digits=digits, is_share=is_share)


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1].rstrip() + "…"


def _dates(months: Sequence[date]) -> list[str]:
    return [month.isoformat() for month in months]


def _stored(values: Sequence[float]) -> list[float]:
    return list(np.round(values, STORED_DIGITS).tolist())


def _month_axis(style: Style) -> dict[str, Any]:
    return {
        "type": "date",
        "tickformat": "%Y",
        "hoverformat": MONTH_HOVER,
        "title": {"text": style.t("ratings-axis-month")},
    }


def _axis(style: Style, *, title: bool = True) -> dict[str, Any]:
    axis = {"tickformat": ",~f", "ticksuffix": style.suffix}
    return axis | {"title": {"text": style.axis_title}} if title else axis
