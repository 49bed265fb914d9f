"""X5: the recipes with the item that people like best, as far as their votes can be believed."""

import numpy as np

from mangetamain_analytics.utils.color_theme import ColorTheme
from mangetamain_analytics.utils.i18n import Number
from mangetamain_analytics.utils.rating_insights import stars
from mangetamain_analytics.utils.rating_statistics import Shrinkage
from mangetamain_analytics.visualization.analyse_ratings.counts import scope_method
from mangetamain_analytics.visualization.analyse_ratings.figures import ranked_figure
from mangetamain_analytics.visualization.analyse_ratings.recipe_ratings import all_recipes
from mangetamain_analytics.visualization.analyse_ratings.recipes import (
    N_RECIPES,
    RECIPE_ADDRESS,
    ranking,
)
from mangetamain_analytics.visualization.explore.subject import Subject
from mangetamain_analytics.visualization.explore.votes import Votes, all_ratings, vote_queries
from mangetamain_analytics.visualization.markup import Column
from mangetamain_analytics.visualization.page import Analysis, Chart, Visit

STAR_DIGITS = 2


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
    t, own = visit.t, votes.own
    shrunk, _ = shrinkage.estimate(own.n, own.total)
    # Among equal means, more ratings are more convincing.
    best = np.lexsort((-own.n, -shrunk))[:N_RECIPES]
    table = ranking(all_recipes(visit), own, shrinkage, best)
    names, first = table["name"].to_list(), table.row(0, named=True)
    means, lows, highs = (table[f"shrunk_{part}"].to_list() for part in ("mean", "low", "high"))

    def in_stars(value: float) -> str:
        return t.number(value, STAR_DIGITS)

    return Chart(
        id="explore-recipes",
        title=t("ratings-most-title", name=names[0]),
        text=[
            t(
                "ratings-recipes-text",
                name=names[0],
                n=first["n_ratings"],
                mean=stars(first["mean_rating"]),
                shrunk=stars(first["shrunk_mean"]),
            )
        ],
        figure=ranked_figure(
            names,
            means,
            lows,
            highs,
            shrinkage.mean,
            ColorTheme.palette(visit.theme).rise,
            visit.style(t("ratings-axis-shrunk"), STAR_DIGITS),
        ),
        alt=t(
            "ratings-recipes-alt",
            recipes="; ".join(
                f"{name} {in_stars(mean)}" for name, mean in zip(names, means, strict=True)
            ),
        ),
        table=table,
        columns={
            "name": Column(t("ratings-column-recipe"), str, is_number=False),
            **_number_column(visit),
            "n_ratings": Column(t("ratings-column-n"), t.number),
            "mean_rating": Column(t("ratings-column-raw-mean"), in_stars),
            "shrunk_mean": Column(t("ratings-axis-shrunk"), in_stars),
            "shrunk_low": Column(t("column-interval-low"), in_stars),
            "shrunk_high": Column(t("column-interval-high"), in_stars),
        },
        method=[
            scope_method(visit, all_ratings(subject.years), votes.total),
            t(
                "ratings-recipes-method",
                mean=stars(shrinkage.mean, 3),
                weight=Number(shrinkage.weight, 1),
                within=Number(shrinkage.within_sd, 2),
                between=Number(shrinkage.between_sd, 2),
            ),
        ],
        queries=vote_queries(subject),
    )


def _number_column(visit: Visit) -> dict[str, Column]:
    """Return the recipes' numbers as links to Food.com, which knows no invented ones."""
    if visit.data.snapshot.info.is_demo:
        return {}
    title = visit.t("explore-column-number")
    return {"recipe_id": Column(title, str, is_number=False, address_of=RECIPE_ADDRESS.format)}
