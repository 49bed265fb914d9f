"""S3: how complex the recipes of each season are: a score, its steps and its ingredients."""

from mangetamain_analytics.visualization.analyse_seasonality.seasons import compare_seasons
from mangetamain_analytics.visualization.group_charts import (
    COMPLEXITY_MEASURES,
    complexity_analysis,
)
from mangetamain_analytics.visualization.page import Analysis, Visit, Years


def analyse(visit: Visit, years: Years) -> Analysis:
    """Return the score, the steps and the ingredients by season."""
    compared = [one.compared for one in compare_seasons(visit, years, COMPLEXITY_MEASURES)]
    name = visit.t("seasonality-complexity-name")
    return complexity_analysis(visit, "seasonality", name, compared)
