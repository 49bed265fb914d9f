"""A link to what is on the screen, and all of its numbers at once."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
CHOICES = "/trends?lang=fr&light=true&years=2003&years=2012"

REFUSE_CLIPBOARD = """navigator.clipboard.writeText = () => Promise.reject(new Error("refused"));"""
REFUSE_COMMAND = "document.execCommand = () => false;"
# As a phone's browser offers it; what is handed over is kept.
OFFER_SHARING = "navigator.share = async (what) => { window.handedOver = what; };"


def test_page_link_is_copied_and_said(visitor: Callable) -> None:
    one = visitor().open(CHOICES)
    one.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    status = one.page.get_by_role("status").filter(has_text=re.compile("."))
    expect(status).to_have_count(0)
    one.press(one.page.get_by_role("button", name="Partager cette page"), "Enter")

    expect(status).to_have_text("Le lien est copié.")
    assert one.page.evaluate("navigator.clipboard.readText()") == one.address + CHOICES
    expect(status).to_have_count(0, timeout=10_000)


def test_chart_link_leads_to_the_chart(visitor: Callable) -> None:
    one = visitor().open("/trends?years=2003&years=2012")
    one.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    card = one.part("card-trends-complexity")
    title = card.locator("h3").inner_text()
    card.get_by_role("button", name=f"Share a link to: {title}").click()
    expect(one.page.get_by_text("The link is copied.")).to_be_visible()
    address = one.page.evaluate("navigator.clipboard.readText()")
    assert address.endswith("#finding-trends-complexity")

    other = visitor()
    other.page.goto(address)
    heading = other.page.get_by_role("heading", name=title, exact=True)
    expect(heading).to_be_in_viewport()
    other.settle()
    other.page.wait_for_timeout(2_000)  # it stays when the page has grown
    assert 0 < heading.bounding_box()["y"] < 300


def test_without_permission_the_link_is_copied_all_the_same(visitor: Callable) -> None:
    one = visitor()
    one.page.add_init_script(REFUSE_CLIPBOARD)
    one.open(CHOICES)
    one.page.get_by_role("button", name="Partager cette page").click()

    expect(one.page.get_by_text("Le lien est copié.")).to_be_visible()
    one.page.context.grant_permissions(["clipboard-read"])
    assert one.page.evaluate("navigator.clipboard.readText()") == one.address + CHOICES


def test_where_nothing_may_be_copied_the_link_stands_ready_to_be(visitor: Callable) -> None:
    one = visitor()
    one.page.add_init_script(REFUSE_CLIPBOARD + REFUSE_COMMAND)
    one.open(CHOICES)
    button = one.page.get_by_role("button", name="Partager cette page")
    button.click()

    field = one.page.get_by_role("textbox", name="Copiez cette adresse")
    expect(field).to_be_focused()
    expect(field).to_have_value(one.address + CHOICES)
    assert one.page.evaluate("getSelection().toString()") == one.address + CHOICES
    field.press("Escape")
    expect(field).to_have_count(0)
    expect(button).to_be_focused()


def test_a_phone_shares_as_phones_do(visitor: Callable) -> None:
    one = visitor(screen=PHONE)
    one.page.add_init_script(OFFER_SHARING)
    one.open("/weekend")
    one.page.get_by_role("button", name="Share this page").tap()

    one.page.wait_for_function("window.handedOver")
    handed_over = one.page.evaluate("window.handedOver")
    assert handed_over == {"title": "Weekend", "url": f"{one.address}/weekend"}


def test_the_archive_of_a_page_follows_what_is_chosen_in_a_part_of_it(visitor: Callable) -> None:
    one = visitor("fr-FR").open("/ratings?years=2004&years=2010")
    name, before = _download(one)
    assert re.fullmatch(r"mangetamain_ratings_[0-9a-f]{12}\.zip", name)
    chosen = _line(before["README.txt"], "Choix")
    assert "2004–2010" in chosen
    n_chosen = one.part("rated_ingredients").locator("[data-tag]").count()
    assert len(chosen.split(", ")) == n_chosen > 1
    assert "ratings-ingredients-years.csv" in before

    for _ in range(n_chosen):
        one.part("rated_ingredients").locator("input").press("Backspace")
    expect(one.part("card-ratings-ingredients-years")).to_have_count(0)
    _, after = _download(one.settle())

    assert len(_line(after["README.txt"], "Choix").split(", ")) == 1
    assert "ratings-ingredients-years.csv" not in after
    others = {name for name in before if name.endswith(".csv") and "ingredients" not in name}
    assert {name: after[name] for name in others} == {name: before[name] for name in others}


def _download(one: Any) -> tuple[str, dict[str, str]]:
    with one.page.expect_download() as waiting:
        one.part("page-zip").get_by_role("button").click()
    return waiting.value.suggested_filename, _unpacked(Path(waiting.value.path()).read_bytes())


def _line(text: str, start: str) -> str:
    return next(line for line in text.splitlines() if line.startswith(start))


def _unpacked(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name).decode("utf-8") for name in packed.namelist()}
