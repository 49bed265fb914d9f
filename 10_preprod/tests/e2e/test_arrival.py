"""From the address to the page: skeleton, unknown addresses, links to a chart, other scripts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from mangetamain_analytics.utils.i18n import translator

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1440, "height": 900}
OUTDATED_AFTER = 1_000  # ms: twice what the style sheet waits

STREAMLIT_SCRIPTS = "**/static/js/index*.js"

INJECT = """() => {
    const script = document.createElement("script");
    script.textContent = "window.injected = true";
    document.body.append(script);
    return [window.injected === true, document.querySelector("#root").children.length > 0];
}"""


def test_a_skeleton_stands_until_the_page_is_drawn(visitor: Callable) -> None:
    one = visitor()
    held: list[Route] = []
    one.page.route(STREAMLIT_SCRIPTS, lambda route: held.append(route), times=1)
    one.page.goto(f"{one.address}/trends?light=true", wait_until="commit")
    skeleton = one.page.locator(".mm-skeleton")

    expect(skeleton).to_be_visible()
    grounds = one.page.evaluate("""() => [".mm-skeleton", ".mm-skeleton i"].map(
            (part) => getComputedStyle(document.querySelector(part)).backgroundColor)""")
    assert len(set(grounds)) == 2 and "rgba(0, 0, 0, 0)" not in grounds
    held[0].continue_()
    one.settle()
    expect(skeleton).to_have_count(0)
    one.page.wait_for_load_state("networkidle")  # what Streamlit loads for later was held up too


@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=lambda screen: str(screen["width"]))
def test_each_finding_leads_to_its_chart(visitor: Callable, screen: dict[str, int]) -> None:
    one = visitor(screen=screen).open("/?lang=fr")
    links = one.page.locator(".mm-top-list a")
    titles = links.all_inner_texts()
    assert titles
    for number, title in enumerate(titles):
        links.nth(number).click()
        heading = one.page.get_by_role("heading", name=title, exact=True)
        expect(heading).to_be_in_viewport()
        one.settle()
        one.page.wait_for_timeout(500)  # a chart drawn late would have pushed it away by now
        header = one.page.get_by_test_id("stHeader").bounding_box()
        assert header["y"] + header["height"] <= heading.bounding_box()["y"] < screen["height"] / 2
        one.open("/?lang=fr")


def test_a_part_that_no_address_can_name_breaks_nothing(visitor: Callable) -> None:
    one = visitor().open("/trends?lang=en#50%")
    assert one.read()["heading"] == "Trends"
    assert one.problems == []


def test_the_visitor_who_scrolls_is_not_pulled_back(visitor: Callable) -> None:
    one = visitor().open("/trends#trends-tags")
    one.page.mouse.wheel(0, -50)  # from now on the page is theirs
    one.page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 0)")
    one.page.wait_for_timeout(700)

    assert one.page.get_by_test_id("stMain").evaluate("main => main.scrollTop") == 0


def test_an_unknown_address_leads_back_to_the_pages(visitor: Callable) -> None:
    one = visitor()
    answer = one.page.goto(f"{one.address}/nowhere?lang=fr&light=true")
    assert answer.status == 404
    assert [problem for problem in one.problems if "/nowhere" in problem]
    one.problems.clear()
    t = translator("fr")
    assert one.page.locator("h1").inner_text() == t("nowhere-title")

    one.page.get_by_role("link", name=t("trends-menu"), exact=True).click()
    one.settle()
    assert one.page.url == f"{one.address}/trends?lang=fr&light=true"
    assert one.read()["language"] == "fr"


def test_no_script_runs_but_the_servers_own(visitor: Callable) -> None:
    one = visitor().open("/")

    assert one.page.evaluate(INJECT) == [False, True]
    assert any("Content Security Policy" in problem for problem in one.problems)
    one.problems.clear()


def test_numbers_of_the_last_choice_fade_while_the_next_is_computed(visitor: Callable) -> None:
    one = visitor().open("/trends")
    value = one.page.locator(".mm-card-value").first
    now = value.evaluate("value => getComputedStyle(value).color")
    value.evaluate("value => { value.closest('.mm-cards').dataset.stale = 'true'; }")
    one.page.wait_for_timeout(OUTDATED_AFTER)
    later = value.evaluate("value => getComputedStyle(value).color")

    assert now != later == "rgba(0, 0, 0, 0)"


def test_without_javascript_a_sentence_says_what_is_missing(browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False, locale="fr-FR")
    page = context.new_page()
    page.goto(f"{site}/ratings")

    sentence = page.locator(".mm-noscript p").last
    expect(sentence).to_be_visible()
    assert sentence.inner_text() == translator("fr")("noscript")
    box = page.locator(".mm-noscript").bounding_box()
    assert box == {"x": 0, "y": 0, **page.viewport_size}  # nothing of the skeleton shows
    context.close()
