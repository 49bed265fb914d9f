"""S2: how long the recipes of each season take."""

from mangetamain_analytics.visualization.analyse_seasonality.seasons import compare_seasons
from mangetamain_analytics.visualization.group_charts import MINUTES, duration_analysis
from mangetamain_analytics.visualization.page import Analysis, Visit, Years


def analyse(visit: Visit, years: Years) -> Analysis:
    """Return the quartiles and the means of the preparation time by season."""
    compared = [one.compared for one in compare_seasons(visit, years, [MINUTES])]
    name = visit.t("seasonality-duration-name")
    return duration_analysis(visit, "seasonality", name, compared)
