"""E3: how complex recipes of weekdays and weekends are: a score, its steps and ingredients."""

from mangetamain_analytics.visualization.analyse_weekend.days import compare_weekend
from mangetamain_analytics.visualization.group_charts import (
    COMPLEXITY_MEASURES,
    complexity_analysis,
)
from mangetamain_analytics.visualization.page import Analysis, Visit, Years


def analyse(visit: Visit, years: Years) -> Analysis:
    """Return the score, the steps and the ingredients by day."""
    compared = [one.compared for one in compare_weekend(visit, years, COMPLEXITY_MEASURES)]
    name = visit.t("weekend-complexity-name")
    return complexity_analysis(visit, "weekend", name, compared)
