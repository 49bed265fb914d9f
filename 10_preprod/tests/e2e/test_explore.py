"""The page of an ingredient or a tag: search, address, and the names that lead there."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from mangetamain_analytics.utils.insights import Item
from mangetamain_analytics.visualization.explore.choice import FIRST_SHOWN

pytestmark = pytest.mark.browser


def choices(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def search(one, text: str, option: str | None = None) -> None:
    """Type a name; take an option of the list, or the text itself."""
    field = one.part("item").get_by_role("combobox")
    field.click()
    field.fill(text)
    if option is None:
        field.press("Enter")
    else:
        one.page.get_by_role("option", name=option, exact=True).click()


def click_in_drawing(one, label) -> None:
    """Click where a visitor would; playwright aims beside a link inside an SVG text."""
    label.scroll_into_view_if_needed()
    box = label.bounding_box()
    one.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


@pytest.mark.parametrize(
    ("typed", "item"), [("olive oil", "olive oil"), ("confectioners", "confectioners' sugar")]
)
def test_search_leads_to_an_item_that_its_address_reproduces(
    visitor: Callable, typed: str, item: str
) -> None:
    one = visitor().open("/explore?lang=en")
    search(one, typed, item)
    one.page.get_by_role("heading", level=1, name=item, exact=True).wait_for()
    chosen = one.settle().read()
    assert choices(one.page.url)["item"] == item
    assert chosen["charts"]["explore-years"][0][0] == item

    one.page.reload()
    assert one.settle().read() == chosen
    second = visitor()
    second.page.goto(one.page.url)
    assert second.settle().read() == chosen


def test_a_rare_name_may_be_typed_and_an_unknown_one_finds_its_neighbours(
    visitor: Callable,
) -> None:
    one = visitor().open("/explore?lang=en")
    search(one, "oliv oil")
    one.page.get_by_text("The data hold no ingredient named “oliv oil”.").wait_for()
    one.settle().page.get_by_role("link", name="olive oil", exact=True).click()
    one.page.get_by_role("heading", level=1, name="olive oil", exact=True).wait_for()
    one.settle()
    assert choices(one.page.url)["item"] == "olive oil"


def test_another_kind_is_in_the_address_and_keeps_its_words(visitor: Callable) -> None:
    one = visitor("fr-FR").open("/explore")
    one.part("kind").get_by_text("Étiquettes").click()
    one.page.get_by_role("heading", level=1, name="christmas", exact=True).wait_for()
    chosen = one.settle().read()
    expect(one.page).to_have_url(re.compile(r"/explore\?kind=tag$"))
    one.page.reload()
    assert one.settle().read() == chosen
    expect(one.part("kind").get_by_role("radio", name="Étiquettes")).to_be_checked()

    one.part("menu").get_by_role("link", name="Tendances").click()
    one.page.get_by_role("heading", level=1, name="Tendances").wait_for()
    one.settle().page.go_back()
    one.page.get_by_role("heading", level=1, name="christmas", exact=True).wait_for()
    assert one.settle().read() == chosen


CHARTS = [
    ("trends", "trends-ingredients-most-used", "ingredient"),
    ("trends", "trends-tags-slopes", "tag"),
    ("seasonality", "seasonality-tags-shares", "tag"),
    ("weekend", "weekend-ingredients-differences", "ingredient"),
    ("ratings", "ratings-ingredients-seasons", "ingredient"),
]


@pytest.mark.parametrize(("page", "chart", "kind"), CHARTS)
def test_a_name_on_an_axis_leads_to_its_page_in_the_same_tab(
    visitor: Callable, page: str, chart: str, kind: str
) -> None:
    one = visitor().open(f"/{page}?lang=fr&light=true")
    label = one.part(f"chart-{chart}").locator(".ytick a").first
    name = label.text_content()
    expect(label).to_have_css("text-decoration-line", "underline")
    text = one.page.locator(".stApp").evaluate("app => getComputedStyle(app).color")
    expect(label).to_have_css("fill", text)

    click_in_drawing(one, label)
    one.page.get_by_role("heading", level=1, name=name, exact=True).wait_for()
    one.settle()
    assert urlsplit(one.page.url).path == "/explore"
    # Streamlit leaves out of the address what is shown at first.
    chosen = {"item": FIRST_SHOWN[Item(kind)]} | choices(one.page.url)
    assert (chosen["kind"], chosen["item"], chosen["light"]) == (kind, name, "true")
    assert one.read()["language"] == "fr"
    assert one.page.context.pages == [one.page]


def test_an_image_keeps_its_names_and_leads_back_to_the_site(
    visitor: Callable, tmp_path: Path
) -> None:
    one = visitor().open("/explore?lang=en")
    card = one.part("card-explore-together")
    with one.page.expect_download() as download:
        card.locator('[data-mm-export="svg"]').click()
    download.value.save_as(tmp_path / "chart.svg")
    image = (tmp_path / "chart.svg").read_text(encoding="utf-8")
    names = one.traces("explore-together")[0]["y"]
    assert all(f">{name}</a>" in image for name in names)
    assert f'href="{one.address}/explore?kind=ingredient&amp;item=' in image
