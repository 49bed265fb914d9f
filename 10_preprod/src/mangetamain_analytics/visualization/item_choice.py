"""The list in which a visitor chooses ingredients or tags for the charts of an analysis."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st
from babel.lists import format_list

from mangetamain_analytics.utils.insights import Item
from mangetamain_analytics.visualization.markup import as_markdown
from mangetamain_analytics.visualization.page import Analysis, Query, Visit, render_charts

MIN_OFFERED = 20  # recipes with an item of the list
OFFERED_BYTES = 8_000  # of names: the list is sent anew with each choice
MAX_CHOSEN = 8  # as many as there are colours
LONGEST_NAME = 80  # characters typed

# Keys of the lists, as they stand in the address.
CHOICE_NAMES = {Item.INGREDIENT: "ingredients", Item.TAG: "tags"}
LABEL_KEYS = {Item.INGREDIENT: "choose-ingredients-label", Item.TAG: "choose-tags-label"}


@dataclass(frozen=True)
class ChosenItems:
    """What a visitor chose: names of the data, and names that the data do not know."""

    names: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


NOTHING_CHOSEN = ChosenItems()


def names_of(visit: Visit, item: Item) -> Mapping[str, int]:
    """Return the recipes of all years by item of a kind, the most used first."""

    def read() -> dict[str, int]:
        return dict(Query("item_names", {"kind": item.value}).run_uncached(visit.data).iter_rows())

    return visit.data.once(("names_of", item), read)


def offered_names(visit: Visit, item: Item) -> Sequence[str]:
    """Return the most used items, as many as the list may hold; any other name may be typed."""

    def choose() -> list[str]:
        offered, n_bytes = [], 0
        for name, n_recipes in names_of(visit, item).items():
            n_bytes += len(name.encode())
            if n_recipes < MIN_OFFERED or n_bytes > OFFERED_BYTES:
                break
            offered.append(name)
        return offered

    return visit.data.once(("offered_names", item), choose)


def choose_names(
    visit: Visit, item: Item, *, key: str, label: str, default: Sequence[str] = ()
) -> list[str]:
    """Show the list and return the chosen names, as the data would write them."""
    t, offered = visit.t, offered_names(visit, item)
    chosen = st.multiselect(
        label,
        sorted({*offered, *default}),
        default=list(default),
        key=key,
        bind="query-params",
        max_selections=MAX_CHOSEN,
        accept_new_options=True,
        placeholder=t("choose-items-placeholder"),
        help=t("choose-items-help", n=len(offered), most=MAX_CHOSEN),
    )
    # A hand-written client may send what the list would not.
    names = [str(name).strip().lower()[:LONGEST_NAME] for name in chosen]
    return list(dict.fromkeys(name for name in names if name))[:MAX_CHOSEN]


def choose_items(visit: Visit, item: Item) -> ChosenItems:
    """Show the list of the ingredients, or of the tags, that are added to charts."""
    names = choose_names(visit, item, key=CHOICE_NAMES[item], label=visit.t(LABEL_KEYS[item]))
    known = names_of(visit, item)
    return ChosenItems(
        tuple(name for name in names if name in known),
        tuple(name for name in names if name not in known),
    )


@st.fragment
def render_choice(
    visit: Visit, at_first: Analysis, item: Item, analyse: Callable[[ChosenItems], Analysis]
) -> None:
    """Show an analysis under the list of its items; another choice leaves the rest of the page.

    Args:
        visit: The visitor's.
        at_first: What is shown without a choice.
        item: What the list offers.
        analyse: Returns the analysis with chosen items.
    """
    st.header(at_first.name, anchor=at_first.id)
    chosen = choose_items(visit, item)
    render_charts(visit, at_first if chosen == NOTHING_CHOSEN else analyse(chosen))


def quoted(visit: Visit, names: Sequence[str]) -> str:
    """Write names that may hold anything as a sentence in Markdown does: “a”, “b” and “c”."""
    t = visit.t
    written = [t("quoted", name=as_markdown(name)) for name in names]
    return str(format_list(written, locale=t.language))


def choice_note(visit: Visit, chosen: ChosenItems, absent: Sequence[str] = ()) -> str:
    """Say which of the chosen names are left out and why; empty if none is.

    Args:
        visit: The visitor's.
        chosen: What was chosen.
        absent: Those of its names that no recipe of the chosen years carries.
    """
    t, notes = visit.t, []
    if chosen.unknown:
        notes.append(t("chosen-unknown", names=quoted(visit, chosen.unknown)))
    if absent:
        notes.append(t("chosen-absent", names=quoted(visit, absent)))
    return " ".join(notes)
