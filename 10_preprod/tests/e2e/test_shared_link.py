"""Everything that a visitor chooses is in the address, and the address gives it back."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

CHOICES = "/trends?band=10%E2%80%9390&lang=fr&light=true&nutrients=true&years=2003&years=2014"


def test_keyboard_moves_years_and_link_reproduces_the_page(visitor: Callable) -> None:
    first = visitor().open("/trends")
    before = first.read()
    assert before["cards"][0] == "1999–2018"

    low, high = first.part("years").locator("input").all()
    first.press(low, *["ArrowRight"] * 4)
    first.wait_for_period("2003–2018")
    first.press(high, *["ArrowLeft"] * 3)
    first.wait_for_period("2003–2015")

    expect(first.page).to_have_url(re.compile(r"/trends\?years=2003&years=2015$"))
    chosen = first.read()
    assert chosen["charts"]["trends-volume"][0][1] == list(range(2003, 2016))
    assert chosen["cards"][1] != before["cards"][1]
    unchanged = [
        key for key, drawn in chosen["charts"].items() if before["charts"].get(key) == drawn
    ]
    assert unchanged == []

    address = first.page.url
    first.page.reload()
    assert first.settle().read() == chosen
    second = visitor()
    second.page.goto(address)
    assert second.settle().read() == chosen


def test_mouse_moves_years(visitor: Callable) -> None:
    one = visitor().open("/trends")
    slider = one.part("years").get_by_role("group").bounding_box()
    thumb = one.part("years").get_by_test_id("stSliderThumbValue").first
    handle = thumb.locator("xpath=..").bounding_box()
    middle = handle["y"] + handle["height"] / 2

    one.page.mouse.move(handle["x"] + handle["width"] / 2, middle)
    one.page.mouse.down()
    one.page.mouse.move(slider["x"] + slider["width"] * 10 / 19, middle, steps=8)
    one.page.mouse.up()

    one.wait_for_period("2009–2018")
    assert one.page.url.endswith("/trends?years=2009&years=2018")
    assert one.read()["charts"]["trends-volume"][0][1][0] == 2009


def test_every_choice_is_in_the_address(visitor: Callable) -> None:
    one = visitor().open("/trends")
    one.part("band").get_by_role("radio", name="10–90").click()
    expect(one.page).to_have_url(re.compile("band="))
    one.settle().part("nutrients").locator("label").click()
    expect(one.page).to_have_url(re.compile("nutrients=true"))
    one.settle().part("lang").get_by_role("radio", name="fr").click()
    expect(one.page).to_have_url(re.compile("lang=fr"))
    one.settle().part("light").locator("label").click()
    expect(one.page).to_have_url(re.compile("light=true"))
    one.page.get_by_role("heading", name="Tendances").wait_for()
    one.part("chart-trends-nutrition-mean_sodium_pct").wait_for()
    chosen = one.settle().read()

    expect(one.page).to_have_url(
        re.compile(r"\?band=10%E2%80%9390&lang=fr&light=true&nutrients=true$")
    )
    band = chosen["charts"]["trends-duration"][0]
    assert band[0] == "Centiles 10–90"
    second = visitor()
    second.page.goto(one.page.url)
    assert second.settle().read() == chosen


def test_link_opens_with_every_control_as_it_was(visitor: Callable) -> None:
    one = visitor().open(CHOICES)

    assert one.read()["cards"][0] == "2003–2014"
    assert [i.input_value() for i in one.part("years").locator("input").all()] == ["2003", "2014"]
    expect(one.part("band").get_by_role("radio", name="10–90")).to_be_checked()
    expect(one.part("nutrients").get_by_role("switch")).to_be_checked()
    expect(one.part("lang").get_by_role("radio", name="fr")).to_be_checked()
    expect(one.part("light").get_by_role("switch")).to_be_checked()


def test_back_and_forward_restore_page_and_choices(visitor: Callable) -> None:
    one = visitor().open(CHOICES)
    address, chosen = one.page.url, one.read()
    one.part("menu").get_by_role("link", name="Accueil").click()
    one.page.get_by_role("heading", name="Back to the Kitchen").wait_for()
    expect(one.page).to_have_url(f"{one.address}/?lang=fr&light=true")
    home = one.settle().read()
    assert home["language"] == "fr"
    assert home["ground"] == chosen["ground"]

    one.page.go_back()
    one.wait_for_period("2003–2014")
    assert one.page.evaluate("location.href") == address
    assert one.read() == chosen

    one.page.go_forward()
    one.page.get_by_role("heading", name="Back to the Kitchen").wait_for()
    assert one.settle().read() == home

    one.part("menu").get_by_role("link", name="Tendances").click()
    one.wait_for_period("2003–2014")
    assert one.read() == chosen
    one.page.go_back()
    one.page.get_by_role("heading", name="Back to the Kitchen").wait_for()
    assert one.settle().read() == home


def test_malformed_choices_in_the_address_open_the_default_page(visitor: Callable) -> None:
    one = visitor().open("/trends?years=soon&band=1–2&light=7&lang=de&nutrients=maybe")

    assert one.read() == visitor().open("/trends").read()
