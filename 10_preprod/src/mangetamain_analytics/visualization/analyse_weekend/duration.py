"""E2: how long the recipes of weekdays and weekends take."""

from mangetamain_analytics.visualization.analyse_weekend.days import compare_weekend
from mangetamain_analytics.visualization.group_charts import MINUTES, duration_charts, too_few
from mangetamain_analytics.visualization.page import Analysis, Visit, Years


def analyse(visit: Visit, years: Years) -> Analysis:
    """Return the quartiles and the means of the preparation time by day."""
    t = visit.t
    compared = compare_weekend(visit, years, [MINUTES])
    return Analysis(
        id="weekend-duration",
        name=t("weekend-duration-name"),
        charts=duration_charts(visit, "weekend", compared[0].compared) if compared else [],
        note="" if compared else too_few(t),
    )
