"""A walk through every page: there, back, again; and every page's numbers as they are drawn."""

import csv
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from playwright.sync_api import expect

from mangetamain_analytics.utils.i18n import LANGUAGES, translator
from mangetamain_analytics.visualization import PAGES

pytestmark = pytest.mark.browser

# A chart of each page: what its bars, or else its first series, draw is this column, so many times.
DRAWN = [
    ("trends", "trends-volume", "n_recipes", 1),
    ("seasonality", "seasonality-duration-mean", "mean_minutes", 1),
    ("weekend", "weekend-volume", "n_recipes_per_day", 1),
    ("ratings", "ratings-distribution", "share_of_ratings", 100),
    ("explore", "explore-months", "share_of_recipes", 100),
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_back_forward_and_reload_find_every_page_as_it_was(
    visitor: Callable, language: str
) -> None:
    t = translator(language)
    one = visitor().open(f"/?lang={language}&light=true")
    seen = [one.read()]
    for page in PAGES[1:]:
        one.part("menu").get_by_role("link", name=t(page.title_key), exact=True).click()
        one.page.wait_for_url(f"**/{page.path}?*")
        expect(one.page.locator("h1")).not_to_have_text(seen[-1]["heading"])
        seen.append(one.settle().read())
    assert all(reading["language"] == language for reading in seen)
    assert len({reading["heading"] for reading in seen}) == len(PAGES)
    assert len({reading["ground"] for reading in seen}) == 1

    for reading in reversed(seen[:-1]):
        one.page.go_back()
        expect(one.page.locator("h1")).to_have_text(reading["heading"])
        assert one.settle().read() == reading
    for reading in seen[1:]:
        one.page.go_forward()
        expect(one.page.locator("h1")).to_have_text(reading["heading"])
        assert one.settle().read() == reading
    one.page.reload()
    assert one.settle().read() == seen[-1]


@pytest.mark.parametrize(("path", "chart", "column", "factor"), DRAWN, ids=str)
def test_downloads_hold_the_numbers_drawn_for_the_years_in_the_address(
    visitor: Callable, path: str, chart: str, column: str, factor: int
) -> None:
    one = visitor().open(f"/{path}?years=2003&years=2012")
    before = one.read()
    with one.page.expect_download() as waiting:
        one.part(f"csv-{chart}").get_by_role("button").click()
    rows = csv.DictReader(StringIO(Path(waiting.value.path()).read_text(encoding="utf-8")))
    downloaded = sorted(factor * float(row[column]) for row in rows)

    traces = one.traces(chart)
    bars = [trace for trace in traces if trace["type"] == "bar"] or traces[:1]
    values = "x" if bars[0].get("orientation") == "h" else "y"
    drawn = sorted(value for trace in bars for value in trace[values])
    assert len(drawn) >= 4
    assert downloaded == pytest.approx(drawn)

    one.page.reload()
    assert one.settle().read() == before


def test_the_download_of_every_page_with_charts_is_tried() -> None:
    assert {path for path, *_ in DRAWN} == {page.path for page in PAGES if page.choice_keys}
