"""T3: how complex the recipes of each year are: a score, its steps and its ingredients."""

from dataclasses import replace

import polars as pl

from mangetamain_analytics.utils.insights import COMPLEXITY, INGREDIENTS, STEPS
from mangetamain_analytics.visualization.custom_charts import Band, Line, yearly_lines_figure
from mangetamain_analytics.visualization.markup import Column
from mangetamain_analytics.visualization.page import Analysis, Chart, Query, Visit, Years
from mangetamain_analytics.visualization.yearly_trends import (
    FittedMetric,
    YearlyMetric,
    fit_metrics,
    metric_chart,
)

SCORE = YearlyMetric("mean_complexity_score", COMPLEXITY, axis_key="axis-points")
STEPS_PER_RECIPE = YearlyMetric("mean_n_steps", STEPS, axis_key="axis-steps")
INGREDIENTS_PER_RECIPE = YearlyMetric(
    "mean_n_ingredients", INGREDIENTS, axis_key="axis-ingredients"
)


def analyse(visit: Visit, years: Years) -> Analysis:
    """Return the score with its spread, the steps and the ingredients."""
    t = visit.t
    query = Query("trends_complexity", {}, years)
    frame = query.run(visit.data)
    score, steps, ingredients = fit_metrics(
        frame, (SCORE, STEPS_PER_RECIPE, INGREDIENTS_PER_RECIPE)
    )
    return Analysis(
        id="trends-complexity",
        name=t("trends-complexity-name"),
        charts=[
            _score_chart(visit, frame, score, query),
            metric_chart(visit, "trends-steps", frame, steps, query, t("trends-steps-definition")),
            metric_chart(
                visit,
                "trends-ingredients-count",
                frame,
                ingredients,
                query,
                t("trends-ingredients-count-definition"),
            ),
        ],
    )


def _score_chart(visit: Visit, frame: pl.DataFrame, score: FittedMetric, query: Query) -> Chart:
    """Return the chart of the score within one standard deviation of the recipes of the year."""
    t, digits = visit.t, SCORE.metric.digits + 1
    chart = metric_chart(
        visit, "trends-complexity", frame, score, query, t("trends-complexity-definition")
    )
    # A year of one recipe has no spread: it is drawn as wide as its mean.
    spread = frame["sd_complexity_score"].fill_null(0.0)
    band = Band(
        t("band-one-sd"),
        (frame[SCORE.column] - spread).to_list(),
        (frame[SCORE.column] + spread).to_list(),
    )
    line = Line(t(SCORE.axis_key), frame[SCORE.column].to_list(), score.trend)
    style = visit.style(t(SCORE.axis_key), digits)
    table = frame.select("year", "n_recipes", SCORE.column).with_columns(sd_complexity_score=spread)
    return replace(
        chart,
        figure=yearly_lines_figure(frame["year"].to_list(), [line], style, band),
        table=table,
        columns=chart.columns
        | {"sd_complexity_score": Column(t("column-sd"), lambda value: t.number(value, digits))},
    )
