"""Language and theme: of the address, else of the browser; both without a reload."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from mangetamain_analytics.utils.color_theme import ColorTheme

pytestmark = pytest.mark.browser

# The first time that the application is painted, before the server has answered.
FIRST_GROUND = """new MutationObserver((changes, observer) => {
    const application = document.querySelector(".stApp");
    if (!application) return;
    window.firstGround = getComputedStyle(application).backgroundColor;
    observer.disconnect();
}).observe(document, { childList: true, subtree: true });"""


def _rgb(color: str) -> str:
    return "rgb({}, {}, {})".format(*(int(color[i : i + 2], 16) for i in (1, 3, 5)))


GROUNDS = {theme: _rgb(ColorTheme.palette(theme).background) for theme in ("dark", "light")}


@pytest.mark.parametrize(
    ("locale", "query", "heading", "language"),
    [
        ("fr-FR", "", "Tendances", "fr"),
        ("fr-FR", "?lang=en", "Trends", "en"),
        ("de-DE", "", "Trends", "en"),
    ],
)
def test_language_is_of_the_address_else_of_the_browser(
    visitor: Callable, locale: str, query: str, heading: str, language: str
) -> None:
    one = visitor(locale).open(f"/trends{query}")

    reading = one.read()
    assert (reading["heading"], reading["language"]) == (heading, language)


def test_document_language_follows_the_visitor_there_and_back(visitor: Callable) -> None:
    one = visitor().open("/?lang=fr")
    one.part("lang").get_by_role("radio", name="en").click()
    one.page.get_by_role("link", name="Trends", exact=True).wait_for()
    assert one.settle().read()["language"] == "en"

    one.part("lang").get_by_role("radio", name="fr").click()
    one.page.get_by_role("link", name="Tendances", exact=True).wait_for()
    assert one.settle().read()["language"] == "fr"


@pytest.mark.parametrize(("query", "theme"), [("?light=true", "light"), ("", "dark")])
def test_first_paint_has_the_theme_of_the_address(
    visitor: Callable, query: str, theme: str
) -> None:
    one = visitor()
    one.page.add_init_script(FIRST_GROUND)
    one.open(f"/{query}")

    # Streamlit paints its own white or black until the server has sent our colours.
    first = [int(part) for part in re.findall(r"\d+", one.page.evaluate("firstGround"))]
    assert min(first) > 200 if theme == "light" else max(first) < 50
    assert one.read()["ground"] == GROUNDS[theme]


@pytest.mark.parametrize("path", ["/", "/trends"])
def test_toggle_switches_theme_and_logo_without_reload(visitor: Callable, path: str) -> None:
    one = visitor().open(path)
    one.page.evaluate("window.notReloaded = true")
    logo = one.page.get_by_test_id("stSidebarLogo")
    dark_logo = logo.get_attribute("src")

    one.part("light").locator("label").click()
    expect(one.page.locator(".stApp")).to_have_css("background-color", GROUNDS["light"])
    expect(logo).not_to_have_attribute("src", dark_logo)
    one.settle()
    papers = one.page.locator(".js-plotly-plot .main-svg:first-child")
    grounds = papers.evaluate_all("all => all.map((e) => getComputedStyle(e).backgroundColor)")
    assert set(grounds) <= {GROUNDS["light"]}

    one.part("light").locator("label").click()
    expect(one.page.locator(".stApp")).to_have_css("background-color", GROUNDS["dark"])
    expect(logo).to_have_attribute("src", dark_logo)
    assert one.page.evaluate("window.notReloaded")
