"""The page without a mouse: what is focused shows it, what is closed opens."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

# An outline or a ring on the focused control, or on what is drawn for it.
RING = """() => {
    let node = document.activeElement;
    for (let level = 0; level < 4 && node; level += 1, node = node.parentElement) {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(node);
        if (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2) return true;
        if (/ [2-9](\\.\\d+)?px$/.test(boxShadow)) return true;
        const drawn = [...node.parentElement?.querySelectorAll("div, span") ?? []].some((one) =>
            level < 2 && / [2-9](\\.\\d+)?px$/.test(getComputedStyle(one).boxShadow));
        if (drawn) return true;
    }
    return false;
}"""
FOCUSED = """() => {
    const e = document.activeElement;
    return e.tagName === "MAIN" ? "main" : e.getAttribute("aria-label") || e.innerText;
}"""


def test_every_control_up_to_the_first_chart_shows_its_focus(visitor: Callable) -> None:
    one = visitor().open("/trends")
    ringless, reached = [], []
    for _ in range(40):
        one.page.keyboard.press("Tab")
        name = one.page.evaluate(FOCUSED)
        reached.append(name)
        if not one.page.evaluate(RING):
            ringless.append(name)
        if "How it was computed" in name:
            break

    assert ringless == []
    seen = "\n".join(reached)
    for wanted in (
        "Light theme",
        "Home",
        "Refresh the data",
        "Years — start",
        "Years — end",
        "25–75",
        "All seven nutrients",
        "Recipes published",
        "CSV",
        "Download as PNG",
        "How it was computed",
    ):
        assert wanted in seen


def test_explanation_opens_with_enter_and_shows_method_table_and_query(visitor: Callable) -> None:
    one = visitor().open("/trends?years=2003&years=2012")
    explanation = one.part("how-trends-volume")
    assert explanation.get_by_role("table").count() == 0

    one.press(explanation.locator("summary"), "Enter")

    expect(explanation.get_by_text("Definition.")).to_be_visible()
    table = explanation.get_by_role("table")
    expect(table).to_be_visible()
    years = table.locator("tbody th").all_inner_texts()
    assert years == [str(year) for year in range(2003, 2013)]
    expect(explanation.get_by_text("trends_volume.sql")).to_be_visible()
    expect(explanation.get_by_test_id("stCode").first).to_contain_text("group by")

    one.press(explanation.locator("summary"), "Enter")
    expect(table).not_to_be_visible()


def test_a_link_leads_past_the_sidebar(visitor: Callable) -> None:
    one = visitor().open("/trends?lang=fr")
    skip = one.page.get_by_role("link", name="Aller au contenu")
    for _ in range(3):  # after the button that folds the sidebar
        one.page.keyboard.press("Tab")
        if skip.evaluate("link => link === document.activeElement"):
            break
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    one.page.keyboard.press("Enter")
    expect(one.page.get_by_test_id("stMain")).to_be_focused()
    one.page.keyboard.press("Tab")
    expect(one.page.get_by_role("button", name="Partager cette page")).to_be_focused()
    assert one.page.url.endswith("/trends?lang=fr")
