"""Every page, in each language and theme: our own server only, no error, few bytes, our fonts."""

import re
from collections.abc import Callable

import pytest

from mangetamain_analytics.utils.i18n import LANGUAGES
from mangetamain_analytics.utils.typography import BODY_FONT, DISPLAY_FONT, FONT_ROUTE
from mangetamain_analytics.visualization import PAGES

pytestmark = pytest.mark.browser

MAX_BYTES = 300_000

LOADED_FONTS = """() => [...document.fonts]
    .filter((face) => face.status === "loaded").map((face) => face.family.replaceAll('"', ""))"""
FONT_REQUESTS = """(route) => performance.getEntriesByType("resource").map((one) => one.name)
    .filter((name) => name.startsWith(location.origin + route))"""


@pytest.mark.parametrize("query", ["", "&light=true"], ids=["dark", "light"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_ask_our_server_only_and_nothing_fails(
    visitor: Callable, language: str, query: str
) -> None:
    one = visitor()
    for page in PAGES:
        one.open(f"/{page.path}?lang={language}{query}")
        assert one.page.locator(".stApp").get_by_test_id("stException").count() == 0
    assert one.problems == []


def test_problems_are_noticed(visitor: Callable) -> None:
    one = visitor().open("/")
    one.page.evaluate("""async () => {
            await fetch("/assets/none.svg");
            await fetch("http://mangetamain.invalid/").catch(() => null);
            console.error("burnt");
            setTimeout(() => { throw new Error("spilt"); });
            await new Promise((resolve) => setTimeout(resolve, 200));
        }""")

    seen = "\n".join(one.problems)
    assert f"404: {one.address}/assets/none.svg" in seen
    assert re.search("console error: .*http://mangetamain.invalid/.*Content Security Policy", seen)
    assert "console error: burnt" in seen
    assert "page error: spilt" in seen
    one.problems.clear()


def test_both_typefaces_come_from_our_server(visitor: Callable) -> None:
    one = visitor().open("/trends")

    assert {BODY_FONT, DISPLAY_FONT} <= set(one.page.evaluate(LOADED_FONTS))
    assert len(set(one.page.evaluate(FONT_REQUESTS, FONT_ROUTE))) == 2
    heading = one.page.locator("h1").evaluate("h => getComputedStyle(h).fontFamily")
    assert heading.startswith(DISPLAY_FONT)
    words = one.page.locator(".mm-finding p").last.evaluate("p => getComputedStyle(p).fontFamily")
    assert words.startswith(BODY_FONT)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path or "home")
def test_page_sends_few_bytes(visitor: Callable, page, record_property: Callable) -> None:
    one = visitor().open(f"/{page.path}")

    record_property("bytes", one.bytes_received)
    print(f"/{page.path}: {one.bytes_received:,} bytes over the WebSocket, uncompressed")
    assert 1_000 < one.bytes_received < MAX_BYTES
