"""Ratings: how many stars recipes get, when, for what, and how far that can be believed."""

from dataclasses import replace

import numpy as np
import streamlit as st

from mangetamain_analytics.utils.rating_statistics import STARS
from mangetamain_analytics.visualization import markup
from mangetamain_analytics.visualization.analyse_ratings import (
    distribution,
    features,
    ingredients,
    months,
    recipes,
    seasons,
    weekdays,
)
from mangetamain_analytics.visualization.analyse_ratings.counts import (
    Choices,
    RatingCounts,
    all_counts,
)
from mangetamain_analytics.visualization.analyse_ratings.recipe_ratings import recipe_ratings
from mangetamain_analytics.visualization.analyse_ratings.scope import train_filter
from mangetamain_analytics.visualization.markup import Card
from mangetamain_analytics.visualization.page import (
    Analysis,
    Page,
    Visit,
    Years,
    all_years,
    render_analysis,
    render_charts,
    year_filter,
)

# Fewest ratings of a month whose mean is shown, as they stand in the address.
THRESHOLDS = ("20", "50", "100", "200", "500")
DEFAULT_THRESHOLD = "100"


def render(visit: Visit) -> None:
    """Show the page."""
    t = visit.t
    st.html(markup.hero(t("ratings-title"), t("ratings-lead")))
    with st.container(key="mm-filters"):
        years = year_filter(visit)
        min_ratings, train_only = _filters(visit)
    if years is None:
        return
    rated = rated_years(visit, years)
    if rated is None:
        st.info(t("ratings-none", years=str(years)), icon=":material/info:")
        return
    choices = Choices(rated, train_only, min_ratings)
    ratings = all_counts(visit, train_only=train_only).within(rated)
    if not ratings.total:
        st.info(t("ratings-none", years=str(rated)), icon=":material/info:")
        return
    analyses = analyse(visit, choices)
    st.html(markup.cards(_cards(visit, choices, ratings)))
    *before, liked = analyses
    names = {analysis.id: analysis.name for analysis in before}
    names |= {"ratings-ingredients": t("ratings-ingredients-name"), liked.id: liked.name}
    st.html(markup.contents(t("contents"), names))
    for analysis in before:
        render_analysis(visit, analysis)
    _render_ingredients(visit, choices)
    render_analysis(visit, liked)
    recipes.render_links(visit, liked)


def analyse(visit: Visit, choices: Choices) -> list[Analysis]:
    """Return the analyses that all filters but the list of ingredients decide."""

    def compute() -> list[Analysis]:
        ratings = all_counts(visit, train_only=choices.train_only).within(choices.years)
        by_recipe = recipe_ratings(visit, choices)
        return [
            distribution.analyse(visit, choices, ratings),
            *months.analyse(visit, choices, ratings),
            *seasons.analyse(visit, choices, ratings),
            weekdays.analyse(visit, choices, ratings),
            features.analyse(visit, choices, by_recipe),
            recipes.analyse(visit, choices, by_recipe),
        ]

    return visit.data.view(("ratings", visit.t.language, visit.theme, choices), compute)


def analyse_ingredients(visit: Visit, choices: Choices, names: tuple[str, ...]) -> Analysis:
    """Return the analysis of the chosen ingredients."""
    return visit.data.view(
        ("ratings-ingredients", visit.t.language, visit.theme, choices, names),
        lambda: ingredients.analyse(visit, choices, names),
    )


@st.fragment
def _render_ingredients(visit: Visit, choices: Choices) -> None:
    """Show the ratings of ingredients; another choice of them leaves the rest of the page alone."""
    st.header(visit.t("ratings-ingredients-name"), anchor="ratings-ingredients")
    names = tuple(ingredients.chosen_ingredients(visit))
    render_charts(visit, analyse_ingredients(visit, choices, names))


def analyse_at_first(visit: Visit) -> list[Analysis]:
    """Return the analyses of those who have not chosen anything yet; none without ratings."""
    choices = _choices_at_first(visit)
    if not choices:
        return []
    names = tuple(ingredients.shown_at_first(visit))
    return [*analyse(visit, choices), analyse_ingredients(visit, choices, names)]


def _choices_at_first(visit: Visit) -> Choices | None:
    years = all_years(visit)
    rated = years and rated_years(visit, years)
    return Choices(rated, train_only=False, min_ratings=int(DEFAULT_THRESHOLD)) if rated else None


def prepare(visit: Visit) -> None:
    """Compute what those see who have not chosen anything yet, and count the train split."""
    analyse_at_first(visit)
    choices = _choices_at_first(visit)
    if not choices:
        return
    # What the train split needs beyond: half a second that its first visitor would wait.
    all_counts(visit, train_only=True)
    recipe_ratings(visit, replace(choices, train_only=True))
    seasons.reach_query(train_only=True).run(visit.data)


def rated_years(visit: Visit, years: Years) -> Years | None:
    """Return those of the chosen years, which are recipes', in which recipes were rated.

    Ratings began a year after recipes; None if no rating lies in the chosen years.
    """
    period = visit.data.query("ratings_period").row(0, named=True)
    first, last = period["first_year"], period["last_year"]
    if first is None or years.last < first or years.first > last:
        return None
    return Years(max(years.first, first), min(years.last, last))


def _filters(visit: Visit) -> tuple[int, bool]:
    """Return the fewest ratings of a month, and whether only the train split is shown."""
    t = visit.t
    with st.container(horizontal=True, vertical_alignment="bottom", gap="large"):
        threshold = st.segmented_control(
            t("ratings-threshold-label"),
            THRESHOLDS,
            default=DEFAULT_THRESHOLD,
            key="min_ratings",
            bind="query-params",
            required=True,
            help=t("ratings-threshold-help"),
        )
        train_only = train_filter(visit)
    return int(threshold if threshold in THRESHOLDS else DEFAULT_THRESHOLD), train_only


def _cards(visit: Visit, choices: Choices, ratings: RatingCounts) -> list[Card]:
    t = visit.t
    by_star = ratings.by_star
    scope = t("ratings-card-train") if choices.train_only else t("ratings-card-all")
    n_years = len(np.unique(ratings.months // 12))
    return [
        Card(t("card-period"), str(choices.years), t("ratings-card-years", n=n_years)),
        Card(t("ratings-card-ratings"), t.number(ratings.total), scope),
        Card(
            t("ratings-axis-mean"),
            t.number(float(by_star @ STARS / ratings.total), 2),
            _other_scope(visit, choices),
        ),
        Card(
            t("ratings-axis-five"),
            t.percent(float(by_star[-1] / ratings.total), 1),
            t("ratings-card-low", share=t.percent(float(by_star[:2].sum() / ratings.total), 1)),
        ),
    ]


def _other_scope(visit: Visit, choices: Choices) -> str:
    """Say what the mean would be with the other choice of ratings."""
    t = visit.t
    other = all_counts(visit, train_only=not choices.train_only).within(choices.years)
    if not other.total:
        return t("ratings-card-no-other")
    mean = t.number(float(other.by_star @ STARS / other.total), 2)
    if choices.train_only:
        return t("ratings-card-mean-all", mean=mean)
    return t("ratings-card-mean-train", mean=mean)


PAGE = Page(
    path="ratings",
    title_key="ratings-menu",
    description_key="ratings-description",
    icon=":material/star:",
    render=render,
    prepare=prepare,
    choice_keys={
        "years": "years-label",
        "min_ratings": "ratings-threshold-label",
        "train": "ratings-train-label",
        "rated_ingredients": "ratings-ingredients-label",
    },
)
