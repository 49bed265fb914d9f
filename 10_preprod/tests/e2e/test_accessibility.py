"""axe-core on every page: themes, languages, screens, and with an explanation open."""

from collections.abc import Callable
from itertools import cycle, product
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from mangetamain_analytics.utils.i18n import LANGUAGES
from mangetamain_analytics.visualization import PAGES

pytestmark = pytest.mark.browser

GRAVE = ("serious", "critical")
SCREENS = {"desktop": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}
# Colours depend on the theme, labels on the language, what overlaps on the screen: each page is
# looked at in one way and in its opposite, and all the ways are somewhere.
FACTORS = (("dark", "light"), LANGUAGES, tuple(SCREENS))
# What axe finds in Streamlit's own mark-up and we cannot mend: (rule, selector): reason.
EXEMPT: dict[tuple[str, str], str] = {}
# A colour is judged where it is seen: the window takes the whole page.
WHOLE_PAGE = """() => document.querySelector("[data-testid=stMain]").scrollHeight + 20"""
# `region` looks at each letter of each chart for two seconds and is not grave.
RULES = {"resultTypes": ["violations"], "rules": {"region": {"enabled": False}}}


def _opposite(way: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(next(one for one in levels if one != level) for levels, level in zip(FACTORS, way))


WAYS = [way for way in product(*FACTORS) if way[0] == FACTORS[0][0]]
LOOKS = [
    (page.path, *way)
    for page, first in zip(PAGES, cycle(WAYS))
    for way in (first, _opposite(first))
]


def grave_violations(one: Any) -> list[str]:
    screen = one.page.viewport_size
    one.page.set_viewport_size(screen | {"height": one.page.evaluate(WHOLE_PAGE)})
    one.settle()
    found = Axe().run(one.page, options=RULES).response["violations"]
    one.page.set_viewport_size(screen)
    return [
        f"{rule['id']} ({rule['impact']}): {node['target']} {node.get('failureSummary', '')}"
        for rule in found
        if rule["impact"] in GRAVE
        for node in rule["nodes"]
        if (rule["id"], str(node["target"][0])) not in EXEMPT
    ]


def test_every_page_meets_both_levels_and_every_pair_of_levels_some_page() -> None:
    """Pairwise: 12 looks instead of 48."""
    assert {page for page, *_ in LOOKS} == {page.path for page in PAGES}
    for page in PAGES:
        ways = [way for path, *way in LOOKS if path == page.path]
        assert all({way[i] for way in ways} == set(FACTORS[i]) for i in range(3))
    seen = {tuple(way) for _, *way in LOOKS}
    assert seen == set(product(*FACTORS))


@pytest.mark.parametrize(("path", "theme", "language", "screen"), LOOKS)
def test_no_page_keeps_anybody_out(
    visitor: Callable, path: str, theme: str, language: str, screen: str
) -> None:
    query = f"lang={language}" + ("&light=true" if theme == "light" else "")
    one = visitor(screen=SCREENS[screen]).open(f"/{path}?{query}")
    assert grave_violations(one) == []


@pytest.mark.parametrize("query", ["", "?light=true"], ids=["dark", "light"])
def test_an_open_explanation_keeps_nobody_out(visitor: Callable, query: str) -> None:
    one = visitor().open(f"/trends{query}")
    explanation = one.part("how-trends-volume")
    explanation.locator("summary").click()
    expect(explanation.get_by_role("table")).to_be_visible()
    assert grave_violations(one) == []


def test_a_grave_violation_is_found_wherever_it_stands(visitor: Callable) -> None:
    one = visitor().open("/trends")
    one.page.evaluate("""() => document.querySelector(".mm-footer").insertAdjacentHTML(
        "beforeend", '<button></button><span style="opacity: 0.3">too dark to be read</span>')""")
    found = "\n".join(grave_violations(one))
    assert "button-name" in found
    assert "color-contrast" in found
