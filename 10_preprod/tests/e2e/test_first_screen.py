"""What a visitor reads without scrolling, and how the parts of a page stand beside each other."""

from collections.abc import Callable

import pytest

pytestmark = pytest.mark.browser

DESKTOP = {"width": 1440, "height": 900}
BOTTOM = "parts => Math.max(...parts.map((part) => part.getBoundingClientRect().bottom))"
BOXES = """parts => parts.map((part) => part.getBoundingClientRect())
    .map(({ left, right, top, bottom }) => ({ left, right, top, bottom }))"""


@pytest.mark.parametrize("language", ["en", "fr"])
def test_home_is_read_without_scrolling(visitor: Callable, language: str) -> None:
    page = visitor().open(f"/?lang={language}").page
    for part in (".mm-demo-banner", ".mm-slim .mm-card", ".mm-top-list li", ".mm-panel"):
        assert page.locator(part).count() >= 1
        assert page.locator(part).evaluate_all(BOTTOM) <= DESKTOP["height"], part


@pytest.mark.parametrize("language", ["en", "fr"])
def test_three_questions_of_an_item_are_answered_without_scrolling(
    visitor: Callable, language: str
) -> None:
    page = visitor().open(f"/explore?kind=ingredient&item=butter&lang={language}").page
    answers = page.locator(".mm-card")
    assert answers.evaluate_all(BOTTOM) <= DESKTOP["height"]
    first, second, third = answers.evaluate_all(BOXES)[:3]
    assert first["top"] == second["top"] == third["top"]


def test_buttons_of_a_page_leave_room_for_its_title(visitor: Callable) -> None:
    page = visitor().open("/explore?kind=ingredient&item=confectioners' sugar&lang=en").page
    (title,) = page.locator("h1").evaluate_all(
        "all => all.map((h1) => {const words = document.createRange();"
        " words.selectNodeContents(h1); return words.getBoundingClientRect();})"
    )
    buttons = page.locator(".st-key-mm-tools button").evaluate_all(BOXES)
    assert len(buttons) == 3
    assert all(title["right"] < button["left"] for button in buttons)
    assert all(button["bottom"] <= title["bottom"] for button in buttons)


def test_cards_of_a_row_are_as_high_as_each_other_until_one_is_opened(visitor: Callable) -> None:
    one = visitor().open("/weekend?lang=en")
    pair = [one.part(f"card-weekend-{name}") for name in ("deviation", "day-types")]

    def heights() -> list[float]:
        return [round(card.bounding_box()["height"]) for card in pair]

    assert heights()[0] == heights()[1]
    at_first = heights()
    one.part("how-weekend-deviation").locator("summary").click()
    one.part("how-weekend-deviation").get_by_role("table").wait_for()
    opened = heights()
    assert opened[0] > at_first[0] >= opened[1]
