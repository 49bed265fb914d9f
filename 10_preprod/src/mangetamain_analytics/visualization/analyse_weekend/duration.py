"""E2: how long the recipes of weekdays and weekends take."""

from mangetamain_analytics.visualization.analyse_weekend.days import compare_weekend
from mangetamain_analytics.visualization.group_charts import MINUTES, duration_analysis
from mangetamain_analytics.visualization.page import Analysis, Visit, Years


def analyse(visit: Visit, years: Years) -> Analysis:
    """Return the quartiles and the means of the preparation time by day."""
    compared = [one.compared for one in compare_weekend(visit, years, [MINUTES])]
    name = visit.t("weekend-duration-name")
    return duration_analysis(visit, "weekend", name, compared)
