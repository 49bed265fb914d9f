"""Where the site tells all it knows of an ingredient or a tag, and how names lead there."""

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import quote, urlencode

from mangetamain_analytics.utils.i18n import Translator
from mangetamain_analytics.utils.insights import Item
from mangetamain_analytics.visualization.custom_charts import Style
from mangetamain_analytics.visualization.markup import Column
from mangetamain_analytics.visualization.page import DEFAULT_THEME, Visit

EXPLORE_PATH = "explore"
MARK = "▸ "  # before an item that the visitor chose


def explore_address(kind: Item, name: str, t: Translator, theme: str) -> str:
    """Return the address of an item's page, in the visitor's language and theme."""
    choices = {"kind": kind.value, "item": name, "lang": t.language}
    if theme != DEFAULT_THEME:
        choices[theme] = "true"
    return f"/{EXPLORE_PATH}?{urlencode(choices, quote_via=quote)}"


def linked(visit: Visit, kind: Item, style: Style) -> Style:
    """Return the style of a figure whose names are items: they lead to their pages."""

    def address_of(name: str) -> str:
        return explore_address(kind, name.removeprefix(MARK), visit.t, visit.theme)

    return replace(style, address_of=address_of)


def item_column(visit: Visit, kind: Item) -> Column:
    """Return how the names of items are shown in a table: as links to their pages."""
    return Column(
        visit.t("column-item"),
        str,
        is_number=False,
        address_of=lambda name: explore_address(kind, name, visit.t, visit.theme),
    )


def headed_by(visit: Visit, kind: Item, name: str, write: Callable[[float], str]) -> Column:
    """Return how numbers of one item are shown under its name: as a link to its page."""
    return Column(name, write, title_address=explore_address(kind, name, visit.t, visit.theme))
