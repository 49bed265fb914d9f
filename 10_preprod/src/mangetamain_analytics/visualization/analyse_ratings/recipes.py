"""R9: the recipes that people like most and least, as far as their votes can be believed."""

from collections.abc import Mapping, Sequence
from html import escape

import numpy as np
import polars as pl
import streamlit as st

from mangetamain_analytics.utils.color_theme import ColorTheme
from mangetamain_analytics.utils.i18n import Number
from mangetamain_analytics.utils.rating_insights import stars
from mangetamain_analytics.utils.rating_statistics import Shrinkage, fit_shrinkage
from mangetamain_analytics.visualization.analyse_ratings.counts import Choices, scope_method
from mangetamain_analytics.visualization.analyse_ratings.figures import ranked_figure
from mangetamain_analytics.visualization.analyse_ratings.recipe_ratings import (
    BY_RECIPE,
    FEATURES,
    Integers,
    RecipeRatings,
    Recipes,
    all_recipes,
)
from mangetamain_analytics.visualization.markup import Column
from mangetamain_analytics.visualization.page import Analysis, Chart, Query, Visit

N_RECIPES = 10  # most liked, and as many least liked
RECIPE_ADDRESS = "https://www.food.com/recipe/-{}"


def analyse(visit: Visit, choices: Choices, ratings: RecipeRatings) -> Analysis:
    """Return the most and the least liked recipes, or say why there are none."""
    t = visit.t
    name = t("ratings-recipes-name")
    shrinkage = fit_shrinkage(ratings.n, ratings.total, ratings.squares)
    if shrinkage is None or len(ratings.n) < 2 * N_RECIPES:
        note = t("ratings-recipes-too-few", needed=2 * N_RECIPES)
        return Analysis(id="ratings-recipes", name=name, charts=[], note=note)
    scope = scope_method(visit, choices, int(ratings.n.sum()))
    recipes, palette = all_recipes(visit), ColorTheme.palette(visit.theme)
    best, worst = extremes(ratings, shrinkage)
    return Analysis(
        id="ratings-recipes",
        name=name,
        charts=[
            ranking_chart(
                visit,
                "ratings-recipes-most",
                title_key="ratings-most-title",
                color=palette.rise,
                scope=scope,
                table=ranking(recipes, ratings, shrinkage, best),
                shrinkage=shrinkage,
                queries=[BY_RECIPE, FEATURES],
            ),
            ranking_chart(
                visit,
                "ratings-recipes-least",
                title_key="ratings-least-title",
                color=palette.fall,
                scope=scope,
                table=ranking(recipes, ratings, shrinkage, worst),
                shrinkage=shrinkage,
                queries=[BY_RECIPE, FEATURES],
            ),
        ],
    )


def extremes(ratings: RecipeRatings, shrinkage: Shrinkage) -> tuple[Integers, Integers]:
    """Return the most and the least liked recipes, each from the most extreme one.

    Among equal means, more ratings are more extreme.
    """
    shrunk, _ = shrinkage.estimate(ratings.n, ratings.total)
    first, last = N_RECIPES - 1, len(shrunk) - N_RECIPES
    # One place at a time: both in one call take six times as long.
    worst = np.flatnonzero(shrunk <= np.partition(shrunk, first)[first])
    best = np.flatnonzero(shrunk >= np.partition(shrunk, last)[last])
    best = best[np.lexsort((-ratings.n[best], -shrunk[best]))]
    worst = worst[np.lexsort((-ratings.n[worst], shrunk[worst]))]
    return best[:N_RECIPES], worst[:N_RECIPES]


def ranking(
    recipes: Recipes, ratings: RecipeRatings, shrinkage: Shrinkage, order: Integers
) -> pl.DataFrame:
    """Return the recipes in this order with their name, their ratings and their shrunk mean."""
    shrunk, half_width = shrinkage.estimate(ratings.n[order], ratings.total[order])
    places = ratings.place[order]
    return pl.DataFrame(
        {
            "recipe_id": recipes.ids[places],
            "name": recipes.names.gather(places),
            "n_ratings": ratings.n[order],
            "mean_rating": ratings.mean[order],
            "shrunk_mean": shrunk,
            "shrunk_low": shrunk - half_width,
            "shrunk_high": np.minimum(shrunk + half_width, 5.0),
        }
    )


def ranking_chart(
    visit: Visit,
    chart_id: str,
    *,
    title_key: str,
    color: str,
    scope: str,
    table: pl.DataFrame,
    shrinkage: Shrinkage,
    queries: Sequence[Query],
    after_name: Mapping[str, Column] | None = None,
) -> Chart:
    """Return the chart of a ranking, one row of ``table`` (see ``ranking``) per recipe.

    ``after_name`` are columns that the table shows besides, after the recipe's name.
    """
    t = visit.t
    names = table["name"].to_list()
    first = table.row(0, named=True)
    shrunk, low, high = (table[f"shrunk_{part}"].to_list() for part in ("mean", "low", "high"))

    def in_stars(value: float) -> str:
        return t.number(value, 2)

    return Chart(
        id=chart_id,
        title=t(title_key, name=names[0]),
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
            shrunk,
            low,
            high,
            shrinkage.mean,
            color,
            visit.style(t("ratings-axis-shrunk"), 2),
        ),
        alt=t(
            "ratings-recipes-alt",
            recipes="; ".join(
                f"{name} {in_stars(mean)}" for name, mean in zip(names, shrunk, strict=True)
            ),
        ),
        table=table,
        columns={
            "name": Column(t("ratings-column-recipe"), str, is_number=False),
            **(after_name or {}),
            "n_ratings": Column(t("ratings-column-n"), t.number),
            "mean_rating": Column(t("ratings-column-raw-mean"), in_stars),
            "shrunk_mean": Column(t("ratings-axis-shrunk"), in_stars),
            "shrunk_low": Column(t("column-interval-low"), in_stars),
            "shrunk_high": Column(t("column-interval-high"), in_stars),
        },
        method=[
            scope,
            t(
                "ratings-recipes-method",
                mean=stars(shrinkage.mean, 3),
                weight=Number(shrinkage.weight, 1),
                within=Number(shrinkage.within_sd, 2),
                between=Number(shrinkage.between_sd, 2),
            ),
        ],
        queries=queries,
    )


def render_links(visit: Visit, analysis: Analysis) -> None:
    """Show where the recipes of the charts are found on Food.com; invented ones nowhere."""
    if visit.data.snapshot.info.is_demo or not analysis.charts:
        return
    for chart in analysis.charts:
        st.html(links(chart.title, chart.table))


def links(title: str, table: pl.DataFrame) -> str:
    """Return the links to the recipes of a ranking, in its order."""
    items = "".join(
        f'<li><a href="{RECIPE_ADDRESS.format(recipe_id)}" target="_blank"'
        f' rel="noopener noreferrer">{escape(name)}</a></li>'
        for recipe_id, name in table.select("recipe_id", "name").iter_rows()
    )
    return f"<h4>{escape(title)}</h4><ol>{items}</ol>"
