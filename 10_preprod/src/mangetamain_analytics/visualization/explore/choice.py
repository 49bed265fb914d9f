"""The search: which ingredient or tag the visitor asks for, and what comes close to a name."""

import difflib
from collections.abc import Mapping

import streamlit as st

from mangetamain_analytics.utils.insights import Item
from mangetamain_analytics.visualization.explore.subject import MIN_RECIPES
from mangetamain_analytics.visualization.item_choice import LONGEST_NAME, names_of
from mangetamain_analytics.visualization.page import Visit

KINDS = tuple(kind.value for kind in Item)  # as they stand in the address
# Shown first, for they have a season; the most used item where the data do not know it.
FIRST_SHOWN = {Item.INGREDIENT: "zucchini", Item.TAG: "christmas"}
N_CLOSE = 8
FEWEST_SHARED = 0.6  # of the letters of two names that come close, as difflib counts them


def chosen_kind(visit: Visit) -> Item:
    """Show whether ingredients or tags are searched and return the choice.

    Streamlit would write what it shows into the address; there it is the same in every language.
    """
    in_address = st.query_params.get("kind")
    kind = in_address if in_address in KINDS else KINDS[0]
    st.session_state["kind"] = kind
    chosen = st.segmented_control(
        visit.t("explore-kind-label"),
        KINDS,
        format_func=lambda kind: visit.t(KIND_KEYS[kind]),
        key="kind",
        required=True,
        on_change=_write_kind,
        args=(visit,),
    )
    return Item(chosen if chosen in KINDS else kind)


def _write_kind(visit: Visit) -> None:
    """Put the choice into the address; keep the item if there is one of its name."""
    kind = st.session_state["kind"]
    if kind not in KINDS:
        return
    st.query_params["kind"] = kind
    if st.session_state.get("item") not in names_of(visit, Item(kind)):
        st.session_state["item"] = first_shown(visit, Item(kind))


KIND_KEYS = {"ingredient": "explore-kind-ingredients", "tag": "explore-kind-tags"}


def chosen_item(visit: Visit, kind: Item) -> str:
    """Show the search and return the name asked for, as the data write names; maybe empty."""
    t = visit.t
    first = first_shown(visit, kind)
    offered = [
        name for name, n in names_of(visit, kind).items() if n >= MIN_RECIPES or name == first
    ]
    asked = st.selectbox(
        t(LABEL_KEYS[kind]),
        offered,
        index=offered.index(first) if first else None,
        key="item",
        bind="query-params",
        accept_new_options=True,
        placeholder=t("explore-item-placeholder"),
        help=t("explore-item-help", n=len(offered), needed=MIN_RECIPES),
    )
    # A hand-written client may send what the list would not.
    return str(asked or "").strip()[:LONGEST_NAME]


LABEL_KEYS = {Item.INGREDIENT: "explore-item-ingredient", Item.TAG: "explore-item-tag"}


def first_shown(visit: Visit, kind: Item) -> str | None:
    """Return the item that is shown to those who have not asked for any; None without items."""
    names = names_of(visit, kind)
    return FIRST_SHOWN[kind] if FIRST_SHOWN[kind] in names else next(iter(names), None)


def known_name(names: Mapping[str, int], asked: str) -> str | None:
    """Return the item that is meant, whatever the case of its letters; None if there is none."""
    return next((name for name in (asked, asked.lower()) if name in names), None)


def close_names(names: Mapping[str, int], asked: str) -> list[str]:
    """Return names that hold every word asked for, the most used first; then those spelled alike.

    Args:
        names: Recipes by name, the most used first.
        asked: What was typed.
    """
    words = asked.lower().split()
    holding = [name for name in names if words and all(word in name for word in words)]
    alike = difflib.get_close_matches(asked.lower(), names, N_CLOSE, FEWEST_SHARED)
    return list(dict.fromkeys([*holding[:N_CLOSE], *alike]))[:N_CLOSE]
