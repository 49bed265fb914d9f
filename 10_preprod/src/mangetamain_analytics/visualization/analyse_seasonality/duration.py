"""S2: how long the recipes of each season take."""

from mangetamain_analytics.visualization.analyse_seasonality.seasons import compare_seasons
from mangetamain_analytics.visualization.group_charts import MINUTES, duration_charts, too_few
from mangetamain_analytics.visualization.page import Analysis, Visit, Years


def analyse(visit: Visit, years: Years) -> Analysis:
    """Return the quartiles and the means of the preparation time by season."""
    t = visit.t
    seasonal = compare_seasons(visit, years, [MINUTES])
    return Analysis(
        id="seasonality-duration",
        name=t("seasonality-duration-name"),
        charts=duration_charts(visit, "seasonality", seasonal[0].compared) if seasonal else [],
        note="" if seasonal else too_few(t),
    )
