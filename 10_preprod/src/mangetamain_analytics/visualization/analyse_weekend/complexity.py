"""E3: how complex recipes of weekdays and weekends are: a score, its steps and ingredients."""

from mangetamain_analytics.visualization.analyse_weekend.days import compare_weekend
from mangetamain_analytics.visualization.group_charts import (
    INGREDIENTS_PER_RECIPE,
    SCORE,
    STEPS_PER_RECIPE,
    means_chart,
    too_few,
)
from mangetamain_analytics.visualization.page import Analysis, Visit, Years


def analyse(visit: Visit, years: Years) -> Analysis:
    """Return the score, the steps and the ingredients by day."""
    t = visit.t
    measured = (SCORE, STEPS_PER_RECIPE, INGREDIENTS_PER_RECIPE)
    charts = (
        ("weekend-complexity", t("group-complexity-definition")),
        ("weekend-steps", t("group-steps-definition")),
        ("weekend-ingredients-count", t("group-ingredients-count-definition")),
    )
    compared = compare_weekend(visit, years, measured)
    return Analysis(
        id="weekend-complexity",
        name=t("weekend-complexity-name"),
        charts=[
            means_chart(visit, chart_id, one.compared, definition)
            for one, (chart_id, definition) in zip(compared, charts, strict=bool(compared))
        ],
        note="" if compared else too_few(t),
    )
