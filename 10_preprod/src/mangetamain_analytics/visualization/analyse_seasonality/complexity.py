"""S3: how complex the recipes of each season are: a score, its steps and its ingredients."""

from mangetamain_analytics.visualization.analyse_seasonality.seasons import compare_seasons
from mangetamain_analytics.visualization.group_charts import (
    INGREDIENTS_PER_RECIPE,
    SCORE,
    STEPS_PER_RECIPE,
    means_chart,
    too_few,
)
from mangetamain_analytics.visualization.page import Analysis, Visit, Years


def analyse(visit: Visit, years: Years) -> Analysis:
    """Return the score, the steps and the ingredients by season."""
    t = visit.t
    measured = (SCORE, STEPS_PER_RECIPE, INGREDIENTS_PER_RECIPE)
    charts = (
        ("seasonality-complexity", t("group-complexity-definition")),
        ("seasonality-steps", t("group-steps-definition")),
        ("seasonality-ingredients-count", t("group-ingredients-count-definition")),
    )
    seasonal = compare_seasons(visit, years, measured)
    return Analysis(
        id="seasonality-complexity",
        name=t("seasonality-complexity-name"),
        charts=[
            means_chart(visit, chart_id, one.compared, definition)
            for one, (chart_id, definition) in zip(seasonal, charts, strict=bool(seasonal))
        ],
        note="" if seasonal else too_few(t),
    )
