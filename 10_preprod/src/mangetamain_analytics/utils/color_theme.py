"""The colours of "Back to the Kitchen": the one file of the site where a colour is written."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, NamedTuple

from mangetamain_analytics.utils.typography import (
    BODY_FAMILY,
    DISPLAY_FAMILY,
    font_faces,
)

_HEX_COLOR = re.compile(r"#[0-9A-Fa-f]{6}")
_ALERT_OPACITY = 0.1  # tint of an alert; its text keeps WCAG AA on it


class Badge(NamedTuple):
    """Background and text colour of a badge."""

    background: str
    text: str


@dataclass(frozen=True)
class Palette:
    """The colours that one theme gives to each role on the page.

    Every text role reaches WCAG AA (4.5:1) on background, sidebar and card, but for `text_muted`,
    which on a card gives way to `card_text_muted`. Colours of series, seasons and of the borders
    of controls reach 3:1 on what they are drawn on.
    """

    background: str
    sidebar: str
    card: str
    sidebar_card: str
    border: str
    control_border: str
    grid: str
    text: str
    text_strong: str
    text_muted: str
    card_text_muted: str
    primary: str
    on_primary: str
    focus: str
    heading: str
    success: str
    warning: str
    error: str
    info: str
    rise: str
    fall: str
    chart_cycle: tuple[str, ...]
    seasons: Mapping[str, str]


class ColorTheme:
    """The named colours of the identity, its two palettes, and what others derive from them."""

    BACKGROUND_MAIN = "#1E1E1E"
    BACKGROUND_SIDEBAR = "#000000"
    BACKGROUND_CARD = "#333333"
    TEXT_PRIMARY = "#F0F0F0"
    TEXT_SECONDARY = "#888888"
    TEXT_WHITE = "#FFFFFF"
    ORANGE_PRIMARY = "#FF8C00"
    GOLD = "#FFD700"
    ORANGE_DEEP = "#E24E1B"
    SALMON = "#FFA07A"
    SUCCESS = "#28A745"
    WARNING = "#FFC107"
    ERROR = "#DC3545"
    INFO = "#17A2B8"
    CHART_COLORS = (
        ORANGE_PRIMARY,
        GOLD,
        ORANGE_DEEP,
        "#1E90FF",
        "#00CED1",
        SALMON,
        "#B0E0E6",
        "#DAA520",
    )

    DARK = Palette(
        background=BACKGROUND_MAIN,
        sidebar=BACKGROUND_SIDEBAR,
        card=BACKGROUND_CARD,
        sidebar_card=BACKGROUND_MAIN,
        border="#4A4A4A",
        control_border="#7A7A7A",
        grid="#3A3A3A",
        text=TEXT_PRIMARY,
        text_strong=TEXT_WHITE,
        text_muted=TEXT_SECONDARY,
        card_text_muted="#B3B3B3",
        primary=ORANGE_PRIMARY,
        on_primary=BACKGROUND_MAIN,
        focus=GOLD,
        heading=GOLD,
        success="#4CC76B",
        warning=WARNING,
        error="#FF8088",
        info="#4CC3D6",
        rise=ORANGE_PRIMARY,
        fall="#6CB6FF",
        chart_cycle=CHART_COLORS,
        seasons=MappingProxyType(
            {
                "Winter": "#4682B4",
                "Spring": "#90EE90",
                "Summer": GOLD,
                "Autumn": ORANGE_PRIMARY,
            }
        ),
    )
    # Parchment, toast and burnt orange: the dark palette's hues, darkened until they can be read.
    LIGHT = Palette(
        background="#FBF1E0",
        sidebar="#F3E2C7",
        card="#FFFAF1",
        sidebar_card="#FBF1E0",
        border="#DCC29A",
        control_border="#9A7A4E",
        grid="#EBDCC2",
        text="#3A2A1C",
        text_strong="#1F140A",
        text_muted="#6B5540",
        card_text_muted="#6B5540",
        primary="#9E3F00",
        on_primary="#FFFAF1",
        focus="#1A5DAB",
        heading="#8F3A00",
        success="#17652B",
        warning="#7A5200",
        error="#A81C2B",
        info="#0B6475",
        rise="#9E3F00",
        fall="#1A5DAB",
        chart_cycle=(
            "#C95F00",
            "#A67B00",
            "#B5301A",
            "#1666B8",
            "#00848A",
            "#D0604A",
            "#56879B",
            "#6B5210",
        ),
        seasons=MappingProxyType(
            {
                "Winter": "#35689A",
                "Spring": "#2F8A4A",
                "Summer": "#A67B00",
                "Autumn": "#C4570A",
            }
        ),
    )
    PAPER = replace(LIGHT, background=TEXT_WHITE, sidebar=TEXT_WHITE, card=TEXT_WHITE)
    _PALETTES: Mapping[str, Palette] = MappingProxyType(
        {"dark": DARK, "light": LIGHT, "paper": PAPER}
    )
    SCREEN_THEMES = ("dark", "light")
    _ENVIRONMENT_BADGES: Mapping[str, Badge] = MappingProxyType(
        {
            "PREPROD": Badge(WARNING, BACKGROUND_MAIN),
            "PROD": Badge(SUCCESS, BACKGROUND_MAIN),
            "LOCAL": Badge(TEXT_SECONDARY, BACKGROUND_MAIN),
        }
    )

    @classmethod
    def palette(cls, theme: str) -> Palette:
        """Return the palette of `dark` or `light`, or of `paper`, on which either is printed.

        Raises:
            ValueError: the theme is none of them; the message names it.
        """
        if theme not in cls._PALETTES:
            raise ValueError(f"unknown theme {theme!r}: expected one of {list(cls._PALETTES)}")
        return cls._PALETTES[theme]

    @staticmethod
    def to_rgba(color: str, alpha: float) -> str:
        """Return `#RRGGBB` as a CSS `rgba(…)` of the given opacity, 0 to 1.

        Raises:
            ValueError: the colour or the opacity is malformed; the message names it.
        """
        if not _HEX_COLOR.fullmatch(color):
            raise ValueError(f"{color!r} is not a #RRGGBB colour")
        if not 0 <= alpha <= 1:
            raise ValueError(f"opacity {alpha!r} is not between 0 and 1")
        red, green, blue = bytes.fromhex(color[1:])
        return f"rgba({red}, {green}, {blue}, {alpha:g})"

    @classmethod
    def chart_cycle(cls, theme: str) -> tuple[str, ...]:
        """Return the eight series colours of a theme, in the order charts use them."""
        return cls.palette(theme).chart_cycle

    @classmethod
    def get_seasonal_colors(cls, theme: str = "dark") -> dict[str, str]:
        """Return the colour of each season, keyed as the data names it (Winter, …)."""
        return dict(cls.palette(theme).seasons)

    @classmethod
    def get_seasonal_color(cls, season: str, theme: str = "dark") -> str:
        """Return the colour of one season.

        Raises:
            ValueError: the data has no such season; the message names it.
        """
        seasons = cls.palette(theme).seasons
        if season not in seasons:
            raise ValueError(f"unknown season {season!r}: expected one of {list(seasons)}")
        return seasons[season]

    @classmethod
    def diverging_scale(cls, theme: str) -> tuple[str, str, str]:
        """Return the colours of least, middle and most, on a scale whose middle says nothing."""
        palette = cls.palette(theme)
        return palette.fall, palette.card, palette.rise

    @classmethod
    def diverging_color(cls, position: float, theme: str) -> str:
        """Return the colour at a position of that scale: −1 least, 0 middle, 1 most.

        Raises:
            ValueError: the position lies outside; the message names it.
        """
        if not -1 <= position <= 1:
            raise ValueError(f"position {position!r} is not between -1 and 1")
        least, middle, most = cls.diverging_scale(theme)
        end = most if position > 0 else least
        pairs = zip(bytes.fromhex(middle[1:]), bytes.fromhex(end[1:]), strict=True)
        mixed = bytes(round(start + abs(position) * (stop - start)) for start, stop in pairs)
        return f"#{mixed.hex().upper()}"

    @classmethod
    def text_on(cls, color: str) -> str:
        """Return black or white, whichever contrasts more with a colour: at least 4.5 to 1."""
        linear = (_linear(channel / 255) for channel in bytes.fromhex(color[1:]))
        luminance = sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
        # WCAG's contrasts with black and with white are equal at √(0.05 × 1.05) − 0.05.
        is_light = luminance > (0.05 * 1.05) ** 0.5 - 0.05
        return cls.BACKGROUND_SIDEBAR if is_light else cls.TEXT_WHITE

    @classmethod
    def paper_colors(cls, theme: str) -> dict[str, str]:
        """Return what is printed for every colour that a chart of a theme may be drawn in."""
        screen, paper = cls.palette(theme), cls.PAPER
        cells = [position / _N_DIVERGING for position in range(-_N_DIVERGING, _N_DIVERGING + 1)]
        inks = {cls.diverging_color(x, theme): cls.diverging_color(x, "paper") for x in cells}
        if theme == "dark":  # a cell that is light on screen is dark on paper, and its text light
            inks |= {cls.BACKGROUND_SIDEBAR: cls.TEXT_WHITE, cls.TEXT_WHITE: paper.text_strong}
        inks |= {getattr(screen, role): getattr(paper, role) for role in _CHART_ROLES}
        inks |= {color: paper.seasons[season] for season, color in screen.seasons.items()}
        return inks | dict(zip(screen.chart_cycle, paper.chart_cycle, strict=True))

    @classmethod
    def environment_badge(cls, name: str) -> Badge:
        """Return the badge colours of PREPROD, PROD or LOCAL.

        Raises:
            ValueError: there is no such environment; the message names it.
        """
        if name not in cls._ENVIRONMENT_BADGES:
            raise ValueError(
                f"unknown environment {name!r}: expected one of {list(cls._ENVIRONMENT_BADGES)}"
            )
        return cls._ENVIRONMENT_BADGES[name]

    @classmethod
    def get_plotly_theme(cls, theme: str) -> dict[str, Any]:
        """Return the colours of a chart as a Plotly layout, to be used as (part of) a template."""
        palette = cls.palette(theme)
        axis = {
            "gridcolor": palette.grid,
            "linecolor": palette.border,
            "zerolinecolor": palette.border,
            "tickcolor": palette.border,
        }
        return {
            "paper_bgcolor": palette.background,
            "plot_bgcolor": palette.background,
            "font": {"color": palette.text},
            "colorway": list(palette.chart_cycle),
            "xaxis": dict(axis),
            "yaxis": dict(axis),
            "hoverlabel": {
                "bgcolor": palette.card,
                "bordercolor": palette.border,
                "font": {"color": palette.text_strong},
            },
            "modebar": {
                "bgcolor": cls.to_rgba(palette.background, 0),
                "color": palette.text_muted,
                "activecolor": palette.primary,
            },
        }

    @classmethod
    def css_variables(cls, theme: str) -> str:
        """Return the custom properties that `assets/site.css` uses, one `--mm-…: …;` per line."""
        palette = cls.palette(theme)
        values = {role: getattr(palette, role) for role in _STYLE_SHEET_ROLES}
        values |= {name.lower(): badge for name, (badge, _) in cls._ENVIRONMENT_BADGES.items()}
        values |= {
            "on_badge": cls.BACKGROUND_MAIN,
            "sunset_top": cls.GOLD,
            "sunset_middle": cls.ORANGE_PRIMARY,
            "sunset_bottom": cls.ORANGE_DEEP,
            "font_body": BODY_FAMILY,
            "font_display": DISPLAY_FAMILY,
        }
        if theme in cls.SCREEN_THEMES:
            inks = (f"{color} {ink}" for color, ink in cls.paper_colors(theme).items())
            values["on_paper"] = " ".join(inks)
        return "\n".join(
            f"--mm-{name.replace('_', '-')}: {value};" for name, value in values.items()
        )

    @classmethod
    def streamlit_options(cls) -> dict[str, Any]:
        """Return Streamlit's theme options, keyed by dotted name, for `App.run(config=…)`."""
        options: dict[str, Any] = dict(_SHAPE_AND_TYPE) | {"theme.fontFaces": font_faces()}
        for theme in cls.SCREEN_THEMES:
            palette = cls.palette(theme)
            main = cls._streamlit_colors(palette, palette.background, palette.card)
            sidebar = cls._streamlit_colors(palette, palette.sidebar, palette.sidebar_card)
            options |= {f"theme.{theme}.{name}": value for name, value in main.items()}
            options |= {f"theme.{theme}.sidebar.{name}": value for name, value in sidebar.items()}
        return options

    @classmethod
    def _streamlit_colors(cls, palette: Palette, ground: str, widget: str) -> dict[str, Any]:
        colors: dict[str, Any] = {
            "primaryColor": palette.primary,
            "backgroundColor": ground,
            "secondaryBackgroundColor": widget,
            "textColor": palette.text,
            "linkColor": palette.primary,
            "borderColor": palette.control_border,
            "codeBackgroundColor": widget,
            "codeTextColor": palette.text,
            "dataframeBorderColor": palette.border,
            "dataframeHeaderBackgroundColor": widget,
            "dataframeHeaderTextColor": palette.text_strong,
            "chartCategoricalColors": list(palette.chart_cycle),
        }
        for name, role in _STREAMLIT_HUES.items():
            color = getattr(palette, role)
            colors[f"{name}Color"] = color
            colors[f"{name}TextColor"] = color
            colors[f"{name}BackgroundColor"] = cls.to_rgba(color, _ALERT_OPACITY)
        return colors


def _linear(channel: float) -> float:
    """Undo the gamma of sRGB (WCAG 2.2, relative luminance)."""
    return float(channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4)


_STREAMLIT_HUES = {
    "red": "error",
    "orange": "primary",
    "yellow": "warning",
    "green": "success",
    "blue": "info",
}

_SHAPE_AND_TYPE = {
    "theme.font": BODY_FAMILY,
    "theme.headingFont": DISPLAY_FAMILY,
    "theme.headingFontWeights": [400] * 6,  # Righteous has no bold; a false one looks smeared
    "theme.headingFontSizes": ["2.5rem", "1.75rem", "1.375rem", "1.125rem", "1rem", "0.875rem"],
    "theme.baseFontSize": 16,
    "theme.baseRadius": "0.75rem",
    "theme.linkUnderline": True,
    "theme.showSidebarBorder": False,
    "theme.paddingTop": "1rem",
    "theme.paddingBottom": "2rem",
}

# What charts are drawn in beside series, seasons and the scale of which paper knows so many steps.
_CHART_ROLES = ("rise", "fall", "border", "grid", "text", "text_muted", "card", "background")
_N_DIVERGING = 50

_STYLE_SHEET_ROLES = (
    "background",
    "sidebar",
    "card",
    "border",
    "control_border",
    "focus",
    "text",
    "text_strong",
    "text_muted",
    "card_text_muted",
    "primary",
    "on_primary",
    "heading",
    "success",
    "warning",
    "rise",
    "fall",
)
