"""One look for every Plotly chart, readable from a phone (390 px) to a desktop."""

from functools import cache
from typing import Any

import plotly.graph_objects as go

from mangetamain_analytics.utils.color_theme import ColorTheme
from mangetamain_analytics.utils.typography import BODY_FAMILY

DEFAULT_HEIGHT = 420  # px
UNIFIED_HOVER = "x unified"
_TEXT_SIZE = 14  # px
_SMALL_TEXT_SIZE = 12
_NOTE_SIZE = 11
_SUBPLOT_TITLE_ROOM = 40  # px


def apply_chart_theme(
    figure: go.Figure, theme: str, *, height: int = DEFAULT_HEIGHT, unified_hover: bool = False
) -> go.Figure:
    """Return the same figure in the site's fonts, colours, margins and legend.

    The chart says what was found in the page's own text, so a title inside is not expected.
    Pass the figure on with `st.plotly_chart(…, theme=None)`, or Streamlit paints over it.

    Args:
        figure: the figure, changed in place.
        theme: `dark` or `light`; anything else raises ValueError.
        height: px.
        unified_hover: one hover label for all series at an x, instead of one per point.
    """
    figure.update_layout(template=_template(theme), height=height)
    if unified_hover:
        figure.update_layout(hovermode=UNIFIED_HOVER)
    return figure


def apply_subplot_theme(
    figure: go.Figure, theme: str, *, height: int = DEFAULT_HEIGHT, unified_hover: bool = False
) -> go.Figure:
    """Return a figure of `make_subplots` in the site's look, subplot titles and axes included.

    Takes the arguments of `apply_chart_theme`. Call it before adding annotations of your own:
    every annotation present is taken for a subplot title. On a phone there is no room between
    columns for the title of a y axis: write the unit in the subplot title.
    """
    apply_chart_theme(figure, theme, height=height, unified_hover=unified_hover)
    palette = ColorTheme.palette(theme)
    title_font = {"size": _TEXT_SIZE, "color": palette.text_strong, "weight": 600}
    figure.update_annotations(font=title_font, yshift=4)
    # The legend stands on the titles of the first row, not on the plot area as elsewhere.
    figure.update_layout(
        legend={"yref": "paper", "y": 1 + _SUBPLOT_TITLE_ROOM / height, "yanchor": "bottom"}
    )
    small = {"size": _SMALL_TEXT_SIZE}
    figure.update_xaxes(tickfont=small, title_font=small, title_standoff=6)
    figure.update_yaxes(tickfont=small, title_font=small, title_standoff=6, nticks=5)
    return figure


def source_note(figure: go.Figure, text: str) -> go.Figure:
    """Return the same figure with its source in the bottom left corner, in exported images too.

    The note takes the place of Plotly's title, the one text that is tied to the corner of the
    whole image and keeps clear of axis titles whatever their height.
    """
    figure.update_layout(title_text=text)
    return figure


@cache
def chart_template(theme: str) -> dict[str, Any]:
    """Return the template of every chart, checked once; it is shared: never change it.

    It has less than 2 kB; Plotly's own would add 7 kB to every figure sent.
    """
    return dict(_template(theme).to_plotly_json())


@cache
def _template(theme: str) -> go.layout.Template:
    template = go.layout.Template(layout=ColorTheme.get_plotly_theme(theme))
    template.layout.update(_typography_and_space(theme))
    return template


def _typography_and_space(theme: str) -> dict[str, Any]:
    axis = {
        "automargin": True,
        "tickfont": {"size": 13},
        "title": {"standoff": 10, "font": {"size": 13}},
    }
    return {
        "font": {"family": BODY_FAMILY, "size": _TEXT_SIZE},
        "margin": {"l": 8, "r": 16, "t": 16, "b": 8},
        "xaxis": axis | {"showgrid": False, "ticks": "outside", "ticklen": 5},
        "yaxis": axis | {"zeroline": False},
        "legend": {
            "orientation": "h",
            "x": 0,
            "y": 1,
            "yref": "container",
            "yanchor": "top",
            "traceorder": "normal",  # a filled band would reverse it
            "font": {"size": 13},
        },
        "hoverlabel": {"font": {"family": BODY_FAMILY, "size": 13}, "align": "left"},
        "title": {
            "x": 0,
            "xref": "container",
            "y": 0,
            "yref": "container",
            "yanchor": "bottom",
            "automargin": True,
            "pad": {"l": 0, "b": 4, "t": 10},
            "font": {"size": _NOTE_SIZE, "color": ColorTheme.palette(theme).text_muted},
        },
        "bargap": 0.18,
        "dragmode": False,  # a finger that scrolls the page must not zoom the chart
    }
