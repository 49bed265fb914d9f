"""Where the site tells all it knows of an ingredient or a tag: the address of its page."""

from urllib.parse import quote, urlencode

from mangetamain_analytics.utils.i18n import Translator
from mangetamain_analytics.utils.insights import Item
from mangetamain_analytics.visualization.page import DEFAULT_THEME

EXPLORE_PATH = "explore"


def explore_address(kind: Item, name: str, t: Translator, theme: str) -> str:
    """Return the address of an item's page, in the visitor's language and theme."""
    choices = {"kind": kind.value, "item": name, "lang": t.language}
    if theme != DEFAULT_THEME:
        choices[theme] = "true"
    return f"/{EXPLORE_PATH}?{urlencode(choices, quote_via=quote)}"
