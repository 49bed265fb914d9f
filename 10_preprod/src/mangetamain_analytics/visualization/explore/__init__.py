"""Explore: all that the data know of one ingredient or one tag, on one page."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from mangetamain_analytics.utils.insights import Item
from mangetamain_analytics.visualization import markup
from mangetamain_analytics.visualization.analyse_ratings.recipes import render_links
from mangetamain_analytics.visualization.analyse_ratings.scope import train_filter
from mangetamain_analytics.visualization.explore import (
    best_recipes,
    companions,
    ratings,
    timing,
    years,
)
from mangetamain_analytics.visualization.explore.cards import answer_cards, how_common
from mangetamain_analytics.visualization.explore.choice import (
    chosen_item,
    chosen_kind,
    close_names,
    first_shown,
    known_name,
)
from mangetamain_analytics.visualization.explore.evidence import answer, gather
from mangetamain_analytics.visualization.explore.subject import (
    MIN_RECIPES,
    RecipesByDay,
    Subject,
    recipes_by_day,
)
from mangetamain_analytics.visualization.explore.votes import MIN_RATED, votes
from mangetamain_analytics.visualization.item_choice import names_of
from mangetamain_analytics.visualization.item_links import EXPLORE_PATH, explore_address
from mangetamain_analytics.visualization.markup import Card
from mangetamain_analytics.visualization.page import (
    Analysis,
    Page,
    Visit,
    all_years,
    render_analysis,
    year_filter,
)


@dataclass(frozen=True)
class View:
    """What the page shows of an item: the answers in a line each, then the charts."""

    cards: tuple[Card, ...]
    analyses: tuple[Analysis, ...]


def render(visit: Visit) -> None:
    """Show the page."""
    t = visit.t
    head = st.container()
    with st.container(key="mm-filters"):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="large"):
            kind = chosen_kind(visit)
            asked = chosen_item(visit, kind)
            train_only = train_filter(visit)
        chosen_years = year_filter(visit)
    name = known_name(names_of(visit, kind), asked)
    head.html(markup.hero(name or t("explore-title"), t("explore-lead")))
    if chosen_years is None:
        return
    if name is None:
        _render_unknown(visit, kind, asked)
        return
    subject = Subject(kind, name, chosen_years)
    recipes = recipes_by_day(visit, subject)
    if not recipes.n_recipes:
        st.info(t("volume-empty-sentence"), icon=":material/info:")
    elif recipes.total < MIN_RECIPES:
        _render_rare(visit, subject, recipes)
    else:
        _render_view(visit, explore(visit, subject, train_only=train_only))


def _render_view(visit: Visit, view: View) -> None:
    st.html(markup.cards(view.cards, of_words=True))
    contents = {analysis.id: analysis.name for analysis in view.analyses}
    st.html(markup.contents(visit.t("contents"), contents))
    for analysis in view.analyses:
        render_analysis(visit, analysis)
    render_links(visit, view.analyses[-1])


def _render_rare(visit: Visit, subject: Subject, recipes: RecipesByDay) -> None:
    """Say that too few recipes carry the item, and offer those of a similar name."""
    st.html(markup.cards(how_common(visit, subject, recipes), of_words=True))
    st.info(
        visit.t(
            "explore-rare",
            item=markup.as_markdown(subject.name),
            n=recipes.total,
            years=str(subject.years),
            needed=MIN_RECIPES,
        ),
        icon=":material/info:",
    )
    _render_close_names(visit, subject.kind, subject.name)


def _render_unknown(visit: Visit, kind: Item, asked: str) -> None:
    """Say that the data hold no such item, and offer those that come close."""
    t = visit.t
    if not asked:
        st.info(t("explore-nothing-asked"), icon=":material/search:")
        return
    unknown = t(UNKNOWN_KEYS[kind], item=markup.as_markdown(asked))
    st.info(unknown, icon=":material/search_off:")
    (other,) = (one for one in Item if one is not kind)
    if (name := known_name(names_of(visit, other), asked)) is not None:
        _render_names(visit, other, t(OTHER_KIND_KEYS[other]), [name])
    _render_close_names(visit, kind, asked)


UNKNOWN_KEYS = {
    Item.INGREDIENT: "explore-unknown-ingredient",
    Item.TAG: "explore-unknown-tag",
}
OTHER_KIND_KEYS = {
    Item.INGREDIENT: "explore-is-ingredient",
    Item.TAG: "explore-is-tag",
}


def _render_close_names(visit: Visit, kind: Item, asked: str) -> None:
    names = [name for name in close_names(names_of(visit, kind), asked) if name != asked]
    if names:
        _render_names(visit, kind, visit.t("explore-close"), names)


def _render_names(visit: Visit, kind: Item, label: str, names: Sequence[str]) -> None:
    """Show links to items, with their recipes."""
    counts = names_of(visit, kind)
    links = [
        markup.Link(
            name,
            explore_address(kind, name, visit.t, visit.theme),
            visit.t("explore-n-recipes", n=counts[name]),
        )
        for name in names
    ]
    st.html(markup.links(label, links))


def explore(visit: Visit, subject: Subject, *, train_only: bool) -> View:
    """Return what the page shows of an item with enough recipes."""

    def compute() -> View:
        recipes = recipes_by_day(visit, subject)
        of_recipes = votes(visit, subject, train_only=train_only)
        evidence = gather(recipes, of_recipes.compare())
        answers = answer(subject.name, evidence, MIN_RATED)
        return View(
            tuple(answer_cards(visit, subject, evidence, answers)),
            (
                years.analyse(visit, subject, evidence, answers),
                timing.analyse(visit, subject, evidence, answers),
                ratings.analyse(visit, subject, evidence.rated, of_recipes, answers),
                companions.analyse(visit, subject, recipes),
                best_recipes.analyse(visit, subject, of_recipes),
            ),
        )

    key = ("explore", visit.t.language, visit.theme, subject, train_only)
    return visit.data.view(key, compute)


def prepare(visit: Visit) -> None:
    """Compute the view of those who have not asked for an item yet."""
    chosen_years, name = all_years(visit), first_shown(visit, Item.INGREDIENT)
    if chosen_years is None or name is None:
        return
    subject = Subject(Item.INGREDIENT, name, chosen_years)
    if recipes_by_day(visit, subject).total >= MIN_RECIPES:
        explore(visit, subject, train_only=False)


PAGE = Page(
    path=EXPLORE_PATH,
    title_key="explore-menu",
    description_key="explore-description",
    icon=":material/search:",
    render=render,
    prepare=prepare,
    choice_keys={
        "kind": "explore-kind-label",
        "item": "choice-item",
        "train": "ratings-train-label",
        "years": "years-label",
    },
)
