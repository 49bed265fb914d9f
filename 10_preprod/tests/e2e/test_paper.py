"""Every page on paper: white, complete, nothing to press, nothing cut."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from mangetamain_analytics.visualization import PAGES

pytestmark = pytest.mark.browser

PAPER = {"width": 703, "height": 1000}  # px of A4 between its margins

DARK_GROUNDS = """() => {
    const dark = [];
    const isDark = (color) => {
        const [r, g, b, alpha = 1] = color.match(/[\\d.]+/g).map(Number);
        return alpha > 0.5 && 0.2126 * r + 0.7152 * g + 0.0722 * b < 200;
    };
    const isShown = (one) => one.checkVisibility({ visibilityProperty: true })
        && one.getBoundingClientRect().width > 0;
    const shown = [...document.querySelectorAll(".stApp, .stApp *:not(svg *)")].filter(isShown);
    for (const one of shown) {
        const ground = getComputedStyle(one).backgroundColor;
        if (isDark(ground) && !one.matches(".mm-badge")) dark.push(one.className + ": " + ground);
    }
    return dark;
}"""
TOO_WIDE = """(width) => [...document.querySelectorAll(
    "svg.mm-printed, .mm-card, .mm-table, .mm-finding")]
    .filter((one) => one.getBoundingClientRect().right > width + 1).length"""
LUMINANCE_OF_TEXTS = """() => [...document.querySelectorAll(
    "svg.mm-printed :is(.xtick, .ytick) text, .mm-finding h3, .mm-finding p, .mm-footer")]
    .map((one) => getComputedStyle(one)[one instanceof SVGElement ? "fill" : "color"])
    .map((color) => color.match(/[\\d.]+/g).slice(0, 3).map(Number))
    .map(([r, g, b]) => 0.2126 * r + 0.7152 * g + 0.0722 * b)"""
PLOTLY_GROUND = """() => [...document.querySelectorAll("svg.mm-printed .bg")]
    .map((one) => getComputedStyle(one)).filter((style) => style.fillOpacity > 0)
    .map((style) => style.fill).filter((fill) => !/255, 255, 255|none/.test(fill))"""
SHEETS = re.compile(rb"/Type ?/Page\b")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path or "home")
@pytest.mark.parametrize("light", [False, True], ids=["dark", "light"])
def test_paper_is_white_and_holds_the_whole_page(visitor: Callable, page, light: bool) -> None:
    one = visitor("fr-FR").open(f"/{page.path}" + ("?light=true" if light else ""))
    charts = one.page.locator(".js-plotly-plot").count()
    titles = one.read()["titles"]
    one.page.set_viewport_size(PAPER)
    one.settle()
    one.page.emulate_media(media="print")
    printed = one.page.locator("svg.mm-printed")
    expect(printed).to_have_count(charts)

    assert one.page.evaluate(DARK_GROUNDS) == []
    assert max(one.page.evaluate(LUMINANCE_OF_TEXTS)) < 130
    assert one.page.evaluate(PLOTLY_GROUND) == []
    assert one.page.evaluate(TOO_WIDE, PAPER["width"]) == 0
    for hidden in ("stSidebar", "stHeader"):
        expect(one.page.get_by_test_id(hidden)).not_to_be_visible()
    expect(one.page.locator("button:visible")).to_have_count(0)
    expect(one.part("mm-filters").filter(visible=True)).to_have_count(0)
    assert one.page.locator(".mm-finding h3:visible").all_inner_texts() == titles
    footer = one.page.locator(".mm-footer")
    expect(footer).to_contain_text("Démo, pas Food.com")
    expect(footer).to_contain_text(f"{one.address}/{page.path}")
    for number in range(charts):
        expect(printed.nth(number)).to_contain_text("Démo, pas Food.com")

    one.page.emulate_media(media="screen")
    expect(printed).to_have_count(0)


def test_printing_takes_sheets_for_every_chart_and_leaves_the_page_as_it_was(
    visitor: Callable,
) -> None:
    one = visitor().open("/trends?years=2003&years=2012")
    before = one.read()
    content = one.page.pdf(prefer_css_page_size=True)

    assert content.startswith(b"%PDF")
    assert len(SHEETS.findall(content)) >= len(before["charts"]) / 3
    assert one.settle().read() == before
    expect(one.page.locator(".mm-printed")).to_have_count(0)


def test_paper_tells_what_was_chosen(visitor: Callable) -> None:
    one = visitor().open("/trends?years=2003&years=2012&band=10%E2%80%9390")
    note = one.page.locator(".mm-paper-note")
    expect(note).not_to_be_visible()
    one.page.emulate_media(media="print")

    expect(note).to_be_visible()
    assert note.inner_text() == (
        "Choices: Years: 2003–2012 · Percentile band of the times: 10–90"
        " · All seven nutrients: no"
    )
    assert note.bounding_box()["x"] == one.page.locator("h1").bounding_box()["x"]
