"""axe-core on every page: themes, languages, screens, and with an explanation open."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from mangetamain_analytics.visualization import PAGES

pytestmark = pytest.mark.browser

GRAVE = ("serious", "critical")
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
# What axe finds in Streamlit's own mark-up and we cannot mend: (rule, selector): reason.
EXEMPT: dict[tuple[str, str], str] = {}
# A colour is judged where it is seen: the window takes the whole page.
WHOLE_PAGE = """() => document.querySelector("[data-testid=stMain]").scrollHeight + 20"""
# `region` looks at each letter of each chart for two seconds and is not grave.
RULES = {"resultTypes": ["violations"], "rules": {"region": {"enabled": False}}}


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


@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path or "home")
def test_no_page_keeps_anybody_out(visitor: Callable, page, screen: dict[str, int]) -> None:
    one = visitor(screen=screen).open(f"/{page.path}?lang=en")
    found = []
    for query in ("lang=en", "lang=fr", "lang=fr&light=true", "lang=en&light=true"):
        one.open(f"/{page.path}?{query}")
        found += [f"{query}: {violation}" for violation in grave_violations(one)]
    assert found == []


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
