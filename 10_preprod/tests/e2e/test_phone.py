"""The site on a phone, 390 px wide."""

from collections.abc import Callable

import pytest
from babel.dates import get_month_names
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}

TOO_WIDE = """() => {
    const scrollers = [document.documentElement, document.querySelector("[data-testid=stMain]")];
    return scrollers.filter((one) => one.scrollWidth > one.clientWidth).length;
}"""

LONGEST = """(text, months) => Math.max(...months.map((month) => {
    const copy = text.cloneNode();
    copy.textContent = text.textContent.replace(new RegExp(months.join("|")), month);
    text.after(copy);
    const { width } = copy.getBBox();
    copy.remove();
    return width;
}))"""


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("path", ["/", "/trends"])
def test_nothing_is_wider_than_the_screen(visitor: Callable, path: str, language: str) -> None:
    one = visitor(screen=PHONE).open(f"{path}?lang={language}")

    assert one.page.evaluate(TOO_WIDE) == 0
    for chart in one.page.locator(".js-plotly-plot").all():
        box = chart.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["width"]
        assert box["width"] > 300


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_source_of_a_chart_is_read_to_its_end(visitor: Callable, language: str) -> None:
    one = visitor(screen=PHONE).open(f"/trends?lang={language}")

    note = one.part("chart-trends-volume").locator(".gtitle")
    drawing = one.part("chart-trends-volume").locator(".main-svg").first.bounding_box()
    assert "Food.com" in note.text_content()
    months = list(get_month_names("wide", locale=language).values())
    longest = note.evaluate(LONGEST, months)  # today's month may be a short one
    assert note.bounding_box()["x"] + longest <= drawing["x"] + drawing["width"]


def test_sidebar_opens_and_closes(visitor: Callable) -> None:
    one = visitor(screen=PHONE).open("/")
    sidebar = one.page.get_by_test_id("stSidebar")
    expect(sidebar).not_to_be_in_viewport()

    one.page.get_by_test_id("stExpandSidebarButton").click()
    menu = one.part("menu").get_by_role("link")
    expect(menu.filter(has_text="Trends")).to_be_in_viewport()
    names = [name.split("\n")[-1] for name in menu.all_inner_texts()]
    assert names == ["Home", "Trends", "Seasonality", "Weekend", "Ratings", "Explore"]
    expect(sidebar).to_be_in_viewport(ratio=1)  # it has slid in whole
    assert sidebar.bounding_box()["x"] == 0

    one.page.get_by_test_id("stSidebarCollapseButton").get_by_role("button").click()
    expect(sidebar).not_to_be_in_viewport()
    box = sidebar.bounding_box()
    assert box is None or box["x"] + box["width"] <= 0


@pytest.mark.parametrize(
    "screen", [PHONE, {"width": 1440, "height": 900}], ids=lambda s: s["width"]
)
def test_contents_lead_below_the_header(visitor: Callable, screen: dict[str, int]) -> None:
    one = visitor(screen=screen).open("/trends")
    one.page.get_by_role("navigation", name="On this page").get_by_text("Nutrition").click()
    heading = one.page.get_by_role("heading", name="Nutrition", exact=True)
    expect(heading).to_be_in_viewport()

    header = one.page.get_by_test_id("stHeader").bounding_box()
    top = heading.bounding_box()["y"]
    assert header["y"] + header["height"] <= top < screen["height"] / 2
