import re
from pathlib import Path

import pytest

from mangetamain_analytics.utils.color_theme import ColorTheme

PREPROD = Path(__file__).parents[3]
SPEC = PREPROD.parents[1] / "shared" / "spec.md"
THEMES = ("dark", "light")
HEX_COLOR = re.compile(r"#[0-9A-Fa-f]{8}\b|#[0-9A-Fa-f]{6}\b|[\"':]\s*#[0-9A-Fa-f]{3,4}\b")
TEXT_ON_PAGE = (
    "text text_strong text_muted primary heading success warning error info rise fall".split()
)
TEXT_ON_SIDEBAR = "text text_strong text_muted primary success warning error info".split()
TEXT_ON_CARD = "text text_strong card_text_muted primary".split()
ALERTS = {"red": "error", "orange": "primary", "yellow": "warning", "green": "success"} | {
    "blue": "info"
}


def channels(color):
    """Red, green and blue, 0 to 255."""
    return tuple(bytes.fromhex(color[1:]))


def luminance(rgb):
    """Relative luminance, WCAG 2.2."""
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in rgb)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def painted_over(rgba, ground):
    """The opaque colour that a translucent one makes on a ground."""
    *front, alpha = (float(part) for part in re.findall(r"[\d.]+", rgba))
    return tuple(alpha * f + (1 - alpha) * g for f, g in zip(front, ground, strict=True))


def css_values(theme):
    return dict(
        line.rstrip(";").split(": ") for line in ColorTheme.css_variables(theme).split("\n")
    )


def test_contrast_agrees_with_the_published_examples_of_wcag():
    assert contrast((255, 255, 255), (0, 0, 0)) == pytest.approx(21)
    assert contrast((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.005)
    assert contrast((255, 0, 0), (255, 255, 255)) == pytest.approx(4.00, abs=0.005)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    ("ground", "role"),
    [("background", role) for role in TEXT_ON_PAGE]
    + [("sidebar", role) for role in TEXT_ON_SIDEBAR]
    + [("card", role) for role in TEXT_ON_CARD]
    + [("sidebar_card", "text"), ("primary", "on_primary")],
)
def test_text_can_be_read_on_every_ground_it_is_put_on(theme, ground, role):
    palette = ColorTheme.palette(theme)
    ratio = contrast(channels(getattr(palette, role)), channels(getattr(palette, ground)))
    assert ratio >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("place", ["", "sidebar."])
@pytest.mark.parametrize("hue", ALERTS)
def test_text_of_streamlits_alerts_can_be_read_on_their_tint(theme, place, hue):
    options = ColorTheme.streamlit_options()
    section = f"theme.{theme}.{place}"
    ground = channels(options[f"{section}backgroundColor"])
    tint = painted_over(options[f"{section}{hue}BackgroundColor"], ground)
    assert contrast(channels(options[f"{section}{hue}TextColor"]), tint) >= 4.5
    assert options[f"{section}{hue}TextColor"] == getattr(ColorTheme.palette(theme), ALERTS[hue])


@pytest.mark.parametrize("name", ["PREPROD", "PROD", "LOCAL"])
def test_environment_badges_can_be_read(name):
    badge = ColorTheme.environment_badge(name)
    assert contrast(channels(badge.background), channels(badge.text)) >= 4.5


def test_each_environment_has_the_colour_people_know_it_by():
    assert ColorTheme.environment_badge("PREPROD").background == ColorTheme.WARNING
    assert ColorTheme.environment_badge("PROD").background == ColorTheme.SUCCESS
    assert ColorTheme.environment_badge("LOCAL").background == ColorTheme.TEXT_SECONDARY


@pytest.mark.parametrize("theme", THEMES)
def test_badges_and_banner_of_the_style_sheet_can_be_read(theme):
    values = css_values(theme)
    on_badge = channels(values["--mm-on-badge"])
    for name in ("preprod", "prod", "local"):
        assert contrast(channels(values[f"--mm-{name}"]), on_badge) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_series_and_seasons_stand_out_from_the_chart(theme):
    palette = ColorTheme.palette(theme)
    ground = channels(ColorTheme.get_plotly_theme(theme)["plot_bgcolor"])
    marks = (*palette.chart_cycle, *palette.seasons.values())
    too_faint = [color for color in marks if contrast(channels(color), ground) < 3]
    assert too_faint == []


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", ["background", "sidebar"])
@pytest.mark.parametrize("mark", ["control_border", "focus"])
def test_outline_of_a_control_can_be_seen(theme, ground, mark):
    palette = ColorTheme.palette(theme)
    assert contrast(channels(getattr(palette, mark)), channels(getattr(palette, ground))) >= 3


@pytest.mark.parametrize("theme", THEMES)
def test_eight_series_and_four_seasons_have_distinct_colours(theme):
    assert len(set(ColorTheme.chart_cycle(theme))) == 8
    seasons = ColorTheme.get_seasonal_colors(theme)
    assert list(seasons) == ["Winter", "Spring", "Summer", "Autumn"]
    assert len(set(seasons.values())) == 4


def test_a_season_keeps_its_colour_between_the_two_ways_to_ask():
    for theme in THEMES:
        for season, color in ColorTheme.get_seasonal_colors(theme).items():
            assert ColorTheme.get_seasonal_color(season, theme) == color
    assert ColorTheme.get_seasonal_color("Summer") == ColorTheme.GOLD


def test_a_caller_cannot_repaint_the_seasons_for_everybody():
    ColorTheme.get_seasonal_colors()["Summer"] = "blue"
    assert ColorTheme.get_seasonal_color("Summer") == ColorTheme.GOLD


def test_the_colours_are_those_of_the_specification():
    if not SPEC.exists():
        pytest.skip(f"{SPEC.name} of the project is not on this machine")
    section = SPEC.read_text(encoding="utf-8").split("### 2.1")[1].split("###")[0]
    cycle = re.search(r"chart cycle (.*?)\.", section)[1].split(", ")
    assert list(ColorTheme.CHART_COLORS) == cycle
    seasons = dict(re.findall(r"(spring|summer|autumn|winter) (#\w{6})", section))
    assert {k.lower(): v for k, v in ColorTheme.get_seasonal_colors().items()} == seasons
    named = {v for k, v in vars(ColorTheme).items() if k.isupper() and isinstance(v, str)}
    assert named == set(re.findall(r"#\w{6}", section.split("chart cycle")[0]))


@pytest.mark.parametrize(
    ("alpha", "expected"),
    [(0.25, "rgba(255, 140, 0, 0.25)"), (0, "rgba(255, 140, 0, 0)"), (1, "rgba(255, 140, 0, 1)")],
)
def test_to_rgba_keeps_the_channels_in_order(alpha, expected):
    assert ColorTheme.to_rgba(ColorTheme.ORANGE_PRIMARY, alpha) == expected


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: ColorTheme.to_rgba("orange", 0.5), "orange"),
        (lambda: ColorTheme.to_rgba("#GG8C00", 0.5), "#GG8C00"),
        (lambda: ColorTheme.to_rgba(ColorTheme.GOLD, 1.5), "1.5"),
        (lambda: ColorTheme.to_rgba(ColorTheme.GOLD, -0.1), "-0.1"),
        (lambda: ColorTheme.palette("sepia"), "sepia"),
        (lambda: ColorTheme.css_variables("sepia"), "sepia"),
        (lambda: ColorTheme.get_plotly_theme("sepia"), "sepia"),
        (lambda: ColorTheme.get_seasonal_color("Monsoon"), "Monsoon"),
        (lambda: ColorTheme.environment_badge("preprod"), "preprod"),
    ],
)
def test_an_unknown_value_is_refused_by_name(call, named):
    with pytest.raises(ValueError, match=re.escape(repr(named).strip("'"))):
        call()


def test_streamlit_knows_every_option_we_set():
    from streamlit import config

    assert set(ColorTheme.streamlit_options()) <= set(config.get_config_options())


@pytest.mark.parametrize("theme", THEMES)
def test_streamlit_page_and_sidebar_get_the_palette(theme):
    options, palette = ColorTheme.streamlit_options(), ColorTheme.palette(theme)
    assert options[f"theme.{theme}.backgroundColor"] == palette.background
    assert options[f"theme.{theme}.secondaryBackgroundColor"] == palette.card
    assert options[f"theme.{theme}.sidebar.backgroundColor"] == palette.sidebar
    assert options[f"theme.{theme}.sidebar.textColor"] == palette.text
    assert options[f"theme.{theme}.primaryColor"] == palette.primary


def test_streamlit_options_are_not_shared_between_callers():
    ColorTheme.streamlit_options()["theme.fontFaces"][0].clear()
    assert ColorTheme.streamlit_options()["theme.fontFaces"][0]["family"] == "Figtree"


def colors_written_in(path):
    return HEX_COLOR.findall(path.read_text(encoding="utf-8"))


def test_a_colour_is_written_in_one_file_only():
    source_files = [
        path
        for suffix in ("py", "css", "toml", "js", "html", "ftl")
        for folder in ("src", "tests", ".streamlit")
        for path in (PREPROD / folder).rglob(f"*.{suffix}")
    ]
    with_colors = {path.name for path in source_files if colors_written_in(path)}
    assert {"site.css", "test_color_theme.py"} <= {path.name for path in source_files}
    assert with_colors == {"color_theme.py"}


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_a_diverging_scale_goes_from_least_through_the_card_to_most(theme):
    palette = ColorTheme.palette(theme)
    least, middle, most = ColorTheme.diverging_scale(theme)
    assert middle == palette.card
    assert [ColorTheme.diverging_color(x, theme) for x in (-1, 0, 1)] == [least, middle, most]
    half = channels(ColorTheme.diverging_color(0.5, theme))
    ends = zip(channels(middle), channels(most), strict=True)
    assert half == pytest.approx(tuple((low + high) / 2 for low, high in ends), abs=0.5)
    with pytest.raises(ValueError, match="1.5"):
        ColorTheme.diverging_color(1.5, theme)


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_text_can_be_read_on_every_colour_of_a_diverging_scale(theme):
    for step in range(-100, 101):
        color = ColorTheme.diverging_color(step / 100, theme)
        assert contrast(channels(ColorTheme.text_on(color)), channels(color)) >= 4.5, color


@pytest.mark.parametrize(
    ("level", "text"),
    [
        (0, ColorTheme.TEXT_WHITE),
        (0x75, ColorTheme.TEXT_WHITE),  # 4.6 against 4.5
        (0x77, ColorTheme.BACKGROUND_SIDEBAR),  # 4.7 against 4.5
        (0xFF, ColorTheme.BACKGROUND_SIDEBAR),
    ],
)
def test_text_is_black_on_light_and_white_on_dark(level, text):
    gray = "#" + f"{level:02X}" * 3
    assert ColorTheme.text_on(gray) == text


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_every_colour_of_a_chart_has_one_on_white_paper(theme):
    inks, screen = ColorTheme.paper_colors(theme), ColorTheme.palette(theme)
    assert inks[screen.background] == ColorTheme.TEXT_WHITE
    assert inks[screen.text] == ColorTheme.LIGHT.text
    series = [inks[color] for color in screen.chart_cycle]
    assert series == list(ColorTheme.LIGHT.chart_cycle)
    assert [inks[color] for color in screen.seasons.values()][0] == ColorTheme.LIGHT.seasons[
        "Winter"
    ]
    assert contrast(channels(inks[screen.text_muted]), (255, 255, 255)) >= 4.5
    most = ColorTheme.diverging_color(-1, theme)
    assert inks[most] == ColorTheme.LIGHT.fall
