"""T4: what the recipes of each year bring: calories, and shares of the daily value."""

from mangetamain_analytics.utils.insights import (
    CALORIES,
    CARBOHYDRATES,
    FAT,
    PROTEIN,
    SATURATED_FAT,
    SODIUM,
    SUGAR,
)
from mangetamain_analytics.visualization.page import Analysis, Query, Visit, Years
from mangetamain_analytics.visualization.yearly_trends import (
    YearlyMetric,
    fit_metrics,
    metric_chart,
)

MAIN = (
    YearlyMetric("mean_calories", CALORIES, axis_key="axis-kcal"),
    YearlyMetric("mean_carb_pct", CARBOHYDRATES, axis_key="axis-carbohydrates"),
    YearlyMetric("mean_total_fat_pct", FAT, axis_key="axis-fat"),
    YearlyMetric("mean_protein_pct", PROTEIN, axis_key="axis-protein"),
)
OTHERS = (
    YearlyMetric("mean_sugar_pct", SUGAR, axis_key="axis-sugar"),
    YearlyMetric("mean_sodium_pct", SODIUM, axis_key="axis-sodium"),
    YearlyMetric("mean_sat_fat_pct", SATURATED_FAT, axis_key="axis-saturated-fat"),
)


def analyse(visit: Visit, years: Years, with_others: bool) -> Analysis:
    """Return a chart per nutrient; all seven are tested, whichever are shown."""
    t = visit.t
    query = Query("trends_nutrition", {}, years)
    frame = query.run(visit.data)
    fitted = fit_metrics(frame, MAIN + OTHERS)
    shown = fitted if with_others else fitted[: len(MAIN)]
    return Analysis(
        id="trends-nutrition",
        name=t("trends-nutrition-name"),
        charts=[
            metric_chart(
                visit,
                f"trends-nutrition-{metric.yearly.column}",
                frame,
                metric,
                query,
                t("trends-nutrition-definition"),
            )
            for metric in shown
            if frame[metric.yearly.column].count()
        ],
    )
