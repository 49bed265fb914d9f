"""X5: the recipes with the item that people like best, as far as their votes can be believed."""

import numpy as np

from mangetamain_analytics.utils.color_theme import ColorTheme
from mangetamain_analytics.utils.rating_statistics import Shrinkage
from mangetamain_analytics.visualization.analyse_ratings.recipe_ratings import all_recipes
from mangetamain_analytics.visualization.analyse_ratings.recipes import (
    N_RECIPES,
    RECIPE_ADDRESS,
    ranking,
    ranking_chart,
)
from mangetamain_analytics.visualization.explore.subject import Subject
from mangetamain_analytics.visualization.explore.votes import Votes, vote_queries
from mangetamain_analytics.visualization.markup import Column
from mangetamain_analytics.visualization.page import Analysis, Chart, Visit


def analyse(visit: Visit, subject: Subject, votes: Votes) -> Analysis:
    """Return the best-loved recipes, or say why there are none."""
    t, shrinkage = visit.t, votes.shrinkage
    has_ranking = shrinkage is not None and len(votes.own.n) > 0
    return Analysis(
        id="explore-recipes",
        name=t("explore-recipes-name"),
        charts=[_chart(visit, subject, votes, shrinkage)] if shrinkage and has_ranking else [],
        note="" if has_ranking else t("explore-recipes-none"),
    )


def _chart(visit: Visit, subject: Subject, votes: Votes, shrinkage: Shrinkage) -> Chart:
    own = votes.own
    shrunk, _ = shrinkage.estimate(own.n, own.total)
    # Among equal means, more ratings are more convincing.
    best = np.lexsort((-own.n, -shrunk))[:N_RECIPES]
    return ranking_chart(
        visit,
        "explore-recipes",
        title_key="ratings-most-title",
        color=ColorTheme.palette(visit.theme).rise,
        scope=votes.scope(visit),
        table=ranking(all_recipes(visit), own, shrinkage, best),
        shrinkage=shrinkage,
        queries=vote_queries(subject),
        after_name=_number_column(visit),
    )


def _number_column(visit: Visit) -> dict[str, Column]:
    """Return the recipes' numbers as links to Food.com, which knows no invented ones."""
    if visit.data.snapshot.info.is_demo:
        return {}
    title = visit.t("explore-column-number")
    return {"recipe_id": Column(title, str, is_number=False, address_of=RECIPE_ADDRESS.format)}
