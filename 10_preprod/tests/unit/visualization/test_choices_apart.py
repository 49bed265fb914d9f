"""What is computed for one choice is never shown for another one.

Results and views are kept in memory by keys; a key that forgets a choice would show another
period's numbers, or another language. So each choice is changed alone, in one process, and what is
shown then is compared with what a process shows that has shown nothing before.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import plotly.io
import pytest

from mangetamain_analytics.data.cached_loaders import RESULTS, TABLES, VIEWS
from mangetamain_analytics.utils.insights import Item
from mangetamain_analytics.visualization import (
    PAGES,
    analyse_ratings,
    analyse_seasonality,
    analyse_trendlines,
    analyse_weekend,
    explore,
    home,
    markup,
)
from mangetamain_analytics.visualization.analyse_ratings.counts import Choices
from mangetamain_analytics.visualization.explore.subject import Subject
from mangetamain_analytics.visualization.item_choice import (
    CHOICE_NAMES,
    NOTHING_CHOSEN,
    ChosenItems,
    offered_names,
)
from mangetamain_analytics.visualization.page import Analysis, Chart, Visit, Years, csv_text

Reading = dict[str, str]  # what is read or drawn, by where it stands

GROUP_PAGES = {page.path: page for page in (analyse_seasonality._PAGE, analyse_weekend._PAGE)}


def read(visit: Visit, analyses: Sequence[Analysis]) -> Reading:
    """All that a visitor may see of the analyses, every explanation open."""
    reading = {}
    for analysis in analyses:
        reading |= {f"{analysis.id} name": analysis.name, f"{analysis.id} note": analysis.note}
        for chart in analysis.charts:
            reading |= {f"{chart.id} {part}": text for part, text in _parts(visit, chart)}
    return reading


def _parts(visit: Visit, chart: Chart) -> Iterator[tuple[str, str]]:
    yield "finding", markup.finding(visit.t, chart.id, chart.title, chart.text, chart.verdict)
    yield "alt", chart.alt
    yield "figure", plotly.io.to_json(chart.figure)
    yield "csv", csv_text(chart.table)
    yield "table", markup.table(chart.table, chart.columns, "")
    yield "method", "\n".join(chart.method)
    yield "queries", "\n".join(query.caption(visit.t) for query in chart.queries)


def findings(visit: Visit) -> Reading:
    return {"findings": home.findings.section(visit)}


def trends(visit: Visit, years: Years, band: str, nutrients: bool) -> Reading:
    return read(visit, analyse_trendlines.analyse(visit, years, band, nutrients))


def trends_of_items(visit: Visit, years: Years, kind: Item, **chosen: ChosenItems) -> Reading:
    (of_kind,) = (one for one in analyse_trendlines.items.KINDS if one.item is kind)
    (items,) = chosen.values()
    return read(visit, [analyse_trendlines.analyse_items(visit, years, of_kind, items)])


def groups(visit: Visit, page: str, years: Years, min_share: float) -> Reading:
    return read(visit, GROUP_PAGES[page].analyse(visit, years, min_share))


def groups_of_items(
    visit: Visit, page: str, years: Years, min_share: float, kind: Item, **chosen: ChosenItems
) -> Reading:
    (of_kind,) = (one for one in GROUP_PAGES[page].kinds if one.item is kind)
    (items,) = chosen.values()
    analysis = GROUP_PAGES[page].analyse_kind(visit, years, of_kind, min_share, items)
    return read(visit, [analysis])


def ratings(visit: Visit, years: Years, train: bool, min_ratings: int) -> Reading:
    return read(visit, analyse_ratings.analyse(visit, Choices(years, train, min_ratings)))


def ratings_of_ingredients(
    visit: Visit, years: Years, train: bool, rated_ingredients: tuple[str, ...]
) -> Reading:
    choices = Choices(years, train, min_ratings=100)
    return read(visit, [analyse_ratings.analyse_ingredients(visit, choices, rated_ingredients)])


def explored(visit: Visit, years: Years, kind: Item, item: str, train: bool) -> Reading:
    view = explore.explore(visit, Subject(kind, item, years), train_only=train)
    return {"cards": markup.cards(view.cards)} | read(visit, view.analyses)


def offered(visit: Visit, kind: Item) -> Reading:
    return {"offered": "\n".join(offered_names(visit, kind))}


@dataclass(frozen=True)
class Part:
    """A part of a page with its choices: what is chosen at first, then what may be instead."""

    page: str
    show: Callable[..., Reading]
    choices: Mapping[str, Sequence[Any]]

    def cases(self) -> Iterator[Any]:
        """One for each other value: what is shown, the choices before, the choices after."""
        at_first = {choice: values[0] for choice, values in self.choices.items()}
        for choice, values in self.choices.items():
            for value in values[1:]:
                name = f"{self.page}, {self.show.__name__}, {choice}: {_named(value)}"
                yield pytest.param(self.show, at_first, at_first | {choice: value}, id=name)


def _named(value: Any) -> str:
    """Write a value shortly, to name a case."""
    if isinstance(value, ChosenItems):
        value = (*value.names, *value.unknown)
    return ", ".join(value) if isinstance(value, tuple) else str(value)


READER = {"language": ("en", "fr"), "theme": ("dark", "light")}
# The later changes move one end each.
COMMON = READER | {"years": (Years(2000, 2018), Years(2005, 2018), Years(2000, 2010))}
# Chosen in vain, too: a note says so.
CHOSEN = {
    Item.INGREDIENT: (NOTHING_CHOSEN, ChosenItems(("cinnamon",)), ChosenItems((), ("unheard",))),
    Item.TAG: (NOTHING_CHOSEN, ChosenItems(("desserts",)), ChosenItems((), ("unheard",))),
}


def _of_groups(page: str) -> dict[str, Sequence[Any]]:
    (other,) = (one for one in GROUP_PAGES if one != page)
    return COMMON | {"page": (page, other), "min_share": (0.01, 0.05)}


def _of_items(kind: Item) -> dict[str, Sequence[Any]]:
    (other,) = (one for one in Item if one is not kind)
    return {"kind": (kind, other), CHOICE_NAMES[kind]: CHOSEN[kind]}


PARTS = (
    Part("", findings, {"language": ("en", "fr"), "theme": ("dark",)}),
    Part("trends", trends, COMMON | {"band": ("25–75", "5–95"), "nutrients": (False, True)}),
    *(Part("trends", trends_of_items, COMMON | _of_items(kind)) for kind in Item),
    *(Part(page, groups, _of_groups(page)) for page in GROUP_PAGES),
    *(
        Part(page, groups_of_items, _of_groups(page) | _of_items(kind))
        for page in GROUP_PAGES
        for kind in Item
    ),
    Part("ratings", ratings, COMMON | {"train": (False, True), "min_ratings": (20, 100)}),
    Part(
        "ratings",
        ratings_of_ingredients,
        COMMON | {"train": (False, True), "rated_ingredients": (("salt",), ("salt", "butter"))},
    ),
    # Eggs are an ingredient and a tag.
    Part(
        "explore",
        explored,
        COMMON | {"kind": tuple(Item), "item": ("eggs", "cheese"), "train": (False, True)},
    ),
    Part("explore", offered, {"language": ("en",), "theme": ("dark",), "kind": tuple(Item)}),
)


@pytest.fixture
def shown(visit, demo_snapshot):
    """What one process shows for some choices, whatever it has shown before."""

    def show(part, choices):
        choices = dict(choices)
        language, theme = choices.pop("language"), choices.pop("theme")
        return part(visit(language, theme, demo_snapshot), **choices)

    return show


def _differences(one: Reading, other: Reading) -> list[str]:
    """Where two readings differ: their texts and figures are too long to be told."""
    return [place for place in {**one, **other} if one.get(place) != other.get(place)]


@pytest.mark.parametrize(
    ("part", "before", "after"), [case for part in PARTS for case in part.cases()]
)
def test_what_is_shown_does_not_depend_on_what_was_shown_before(shown, part, before, after):
    first, then = shown(part, before), shown(part, after)
    for memory in (RESULTS, VIEWS, TABLES):
        memory.keep_only()
    alone = shown(part, after)
    assert _differences(then, alone) == []
    assert _differences(first, alone) != []  # else nothing was put to the test


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)
def test_every_choice_of_a_page_is_changed_above(page):
    changed = {choice for part in PARTS if part.page == page.path for choice in part.choices}
    assert set(page.choice_keys) - changed == set()
