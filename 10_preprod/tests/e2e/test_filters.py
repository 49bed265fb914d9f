"""Items that a visitor adds to charts, thresholds and the scope: drawn, shared and taken back."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import duckdb
import pytest
from playwright.sync_api import expect

from mangetamain_analytics.visualization.item_links import MARK

pytestmark = pytest.mark.browser

# Page, list, item, chart that marks it, chart that must not change.
ADDED = [
    ("trends", "ingredients", "honey", "trends-ingredients-slopes", "trends-volume"),
    ("trends", "tags", "vegan", "trends-tags-slopes", "trends-volume"),
    ("seasonality", "ingredients", "honey", "seasonality-ingredients-shares", "seasonality-months"),
    ("weekend", "tags", "vegan", "weekend-tags-differences", "weekend-volume"),
]
RATED = "rated_ingredients"


@pytest.fixture(scope="module")
def ask(demo_db: Path) -> Iterator[Callable[[str], list[tuple[Any, ...]]]]:
    """The data themselves, asked without the site."""
    with duckdb.connect(str(demo_db), read_only=True) as connection:
        yield lambda sql: connection.execute(sql).fetchall()


def plain(text: str) -> str:
    return re.sub("[\u00a0\u202f]", " ", text)


def chosen_in(url: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(url).query)


def drawn_names(one: Any, chart: str) -> list[str]:
    """Names on the axis of a chart, without the links around them."""
    ticks = one.part(f"chart-{chart}").locator(".ytick")
    return [text.strip() for text in ticks.all_text_contents()]


def add(one: Any, key: str, item: str) -> None:
    """Search an item in a list, take it, leave the list."""
    field = one.part(key).get_by_role("combobox")
    field.click()
    field.fill(item)
    one.page.get_by_role("option", name=item, exact=True).click()
    one.page.keyboard.press("Escape")


def remove_last(one: Any, key: str) -> None:
    one.press(one.part(key).get_by_role("combobox"), "Backspace")


def wait_until_drawn(one: Any, chart: str, name: str, times: int = 1) -> None:
    tick = one.part(f"chart-{chart}").locator(".ytick").get_by_text(name, exact=True)
    expect(tick).to_have_count(times)
    one.settle()


@pytest.mark.parametrize(("page", "key", "item", "chart", "other"), ADDED)
def test_an_added_item_is_drawn_shared_and_taken_back(
    visitor: Callable, page: str, key: str, item: str, chart: str, other: str
) -> None:
    one = visitor().open(f"/{page}?years=2002&years=2011")
    before, names = one.read(), drawn_names(one, chart)
    assert MARK + item not in names and item not in names

    add(one, key, item)
    wait_until_drawn(one, chart, MARK + item)
    chosen = one.read()
    assert set(drawn_names(one, chart)) == {MARK + item, *names}
    assert chosen["charts"][other] == before["charts"][other]
    told = one.page.locator(".mm-finding p").filter(has_text=f"{MARK}“{item}”")
    assert re.search(r"\d.* — .+ \(adjusted p ", plain(told.inner_text()))
    address = one.page.url
    assert chosen_in(address) == chosen_in(f"?years=2002&years=2011&{key}={item}")

    one.page.reload()
    wait_until_drawn(one, chart, MARK + item)
    assert one.read() == chosen
    one.part("menu").get_by_role("link", name="Home", exact=True).click()
    one.page.get_by_role("heading", name="Back to the Kitchen").wait_for()
    one.settle().page.go_back()
    wait_until_drawn(one, chart, MARK + item)
    assert (one.page.url, one.read()) == (address, chosen)
    one.page.go_forward()
    one.page.get_by_role("heading", name="Back to the Kitchen").wait_for()
    one.settle().page.go_back()
    wait_until_drawn(one, chart, MARK + item)

    remove_last(one, key)
    wait_until_drawn(one, chart, MARK + item, times=0)
    assert one.read() == before
    assert key not in chosen_in(one.page.url)


def test_an_added_ingredient_has_the_shares_of_its_recipes(visitor: Callable, ask) -> None:
    shares = dict(ask("""
        select season, count(*) filter (list_contains(ingredients, 'honey')) / count(*)
        from recipes group by season"""))
    low, high = (pick(shares, key=shares.get) for pick in (min, max))
    one = visitor().open("/seasonality?ingredients=honey")

    told = plain(
        one.part("card-seasonality-ingredients-shares").locator(".mm-finding").inner_text()
    )
    assert (
        f"{MARK}“honey”: {shares[high]:.2%} of recipes in {high.lower()},"
        f" {shares[low]:.2%} in {low.lower()}" in told
    )
    cells, *_ = one.traces("seasonality-ingredients-shares")
    (row,) = (i for i, name in enumerate(cells["y"]) if "honey" in name)
    assert MARK in cells["y"][row]
    drawn = dict(zip(cells["x"], cells["text"][row], strict=True))
    assert drawn == {season: f"{share:.1%}" for season, share in shares.items()}


def test_a_rated_ingredient_joins_the_others_and_leaves_them(visitor: Callable) -> None:
    one = visitor().open("/ratings")
    charts = [f"ratings-ingredients-{part}" for part in ("years", "seasons", "weekend")]
    before = one.read()
    legend = one.part("chart-ratings-ingredients-years").locator(".legendtext")
    expect(legend.get_by_text("honey", exact=True)).to_have_count(0)

    add(one, RATED, "honey")
    expect(legend.get_by_text("honey", exact=True)).to_have_count(1)
    chosen = one.settle().read()
    assert {name for name, *_ in chosen["charts"][charts[0]]} == {
        "honey",
        *(name for name, *_ in before["charts"][charts[0]]),
    }
    for chart in charts[1:]:
        assert set(drawn_names(one, chart)) >= {"honey"}
    untouched = set(before["charts"]) - set(charts)
    assert {key: chosen["charts"][key] for key in untouched} == {
        key: before["charts"][key] for key in untouched
    }
    assert chosen_in(one.page.url)[RATED][-1] == "honey"

    one.page.reload()
    expect(legend.get_by_text("honey", exact=True)).to_have_count(1)
    assert one.settle().read() == chosen
    remove_last(one, RATED)
    expect(legend.get_by_text("honey", exact=True)).to_have_count(0)
    assert one.settle().read() == before


def test_a_smallest_share_leaves_the_rarer_items_out(visitor: Callable, ask) -> None:
    (frequent,) = ask("""
        with shares as (
            select ingredient, count(*) / any_value(n) as share
            from recipe_ingredients
            join recipes on id = recipe_id
            join (select season, count(*) as n from recipes group by season) using (season)
            group by ingredient, season
        ), means as (select ingredient, sum(share) / 4 as mean from shares group by ingredient)
        select list(ingredient) from means where mean >= 0.03""")
    one = visitor().open("/seasonality")
    text = one.part("card-seasonality-ingredients-shares").locator(".mm-finding")
    expect(text).to_contain_text("in 1% of the recipes or more")
    at_first = drawn_names(one, "seasonality-ingredients-shares")

    one.press(one.part("min_share").locator("input"), *["ArrowRight"] * 4)
    expect(text).to_contain_text("in 3% of the recipes or more")
    one.settle()
    assert chosen_in(one.page.url)["min_share"] == ["3"]
    assert f"Among {len(frequent[0])} ingredients" in plain(text.inner_text())
    drawn = drawn_names(one, "seasonality-ingredients-shares")
    assert drawn != at_first
    assert set(drawn) <= set(frequent[0])
    chosen = one.read()
    one.page.reload()
    assert one.settle().read() == chosen


def test_fewest_ratings_of_a_month_decide_which_months_are_drawn(visitor: Callable, ask) -> None:
    months = [n for _, n in ask("""
        select (year, month), count(*) from interactions group by all having count(*) >= 20""")]
    one = visitor().open("/ratings")
    title = one.part("card-ratings-months-volume").locator("p").first

    for fewest in (200, 20):
        one.part("min_ratings").get_by_role("radio", name=str(fewest), exact=True).click()
        kept = sorted(n for n in months if n >= fewest)
        expect(title).to_contain_text(f"{len(kept)} months hold at least {fewest} ratings")
        (bars,) = one.settle().traces("ratings-months-volume")
        assert sorted(bars["y"]) == kept
        assert chosen_in(one.page.url)["min_ratings"] == [str(fewest)]


def test_the_train_split_shows_its_own_ratings(visitor: Callable, ask) -> None:
    scopes = dict(ask("select 'all', count(*) from interactions")) | dict(
        ask("select 'train', count(*) from interactions where in_train")
    )
    assert scopes["train"] < scopes["all"]
    one = visitor().open("/ratings")
    shown = one.page.locator(".mm-card-value").nth(1)
    expect(shown).to_have_text(f"{scopes['all']:,}")
    before = one.read()

    one.part("train").locator("label").click()
    expect(shown).to_have_text(f"{scopes['train']:,}")
    chosen = one.settle().read()
    assert chosen_in(one.page.url)["train"] == ["true"]
    first, *_ = ask(
        "select count(*) filter (rating = 5) / count(*) from interactions where in_train"
    )
    (bars,) = one.traces("ratings-distribution")
    assert bars["x"][0] == pytest.approx(100 * first[0])
    assert chosen["charts"]["ratings-distribution"] != before["charts"]["ratings-distribution"]
    one.part("how-ratings-distribution").locator("summary").click()
    expect(one.part("how-ratings-distribution")).to_contain_text(
        f"{scopes['train']:,} ratings are behind this chart"
    )
    one.part("train").locator("label").click()
    expect(shown).to_have_text(f"{scopes['all']:,}")
    assert one.settle().read() == before
