"""T2: how long the recipes of each year take."""

import polars as pl

from mangetamain_analytics.utils.insights import MEAN_MINUTES, MEDIAN_MINUTES
from mangetamain_analytics.visualization.custom_charts import Band, Line, yearly_lines_figure
from mangetamain_analytics.visualization.markup import Column
from mangetamain_analytics.visualization.page import Analysis, Chart, Query, Visit, Years
from mangetamain_analytics.visualization.yearly_trends import (
    FittedMetric,
    YearlyMetric,
    fit_metrics,
    metric_column,
    trend_method,
    year_columns,
    yearly_alt,
)

# The quantile bands that a visitor may choose, as they stand in the address.
BANDS = {
    "25–75": ("q25", "q75"),
    "10–90": ("q10", "q90"),
    "5–95": ("q05", "q95"),
    "33–66": ("q33", "q66"),
}
DEFAULT_BAND = "25–75"

MEAN = YearlyMetric("mean_minutes", MEAN_MINUTES, axis_key="axis-mean-minutes")
MEDIAN = YearlyMetric("median_minutes", MEDIAN_MINUTES, axis_key="axis-median-minutes")


def analyse(visit: Visit, years: Years, band: str) -> Analysis:
    """Return the mean and the median time with the chosen quantile band."""
    query = Query("trends_duration", {}, years)
    frame = query.run(visit.data)
    mean, median = fit_metrics(frame, (MEAN, MEDIAN))
    return Analysis(
        id="trends-duration",
        name=visit.t("trends-duration-name"),
        charts=[_chart(visit, frame, mean, median, band, query)],
    )


def _chart(
    visit: Visit,
    frame: pl.DataFrame,
    mean: FittedMetric,
    median: FittedMetric,
    band: str,
    query: Query,
) -> Chart:
    t = visit.t
    low, high = (f"{quantile}_minutes" for quantile in BANDS[band])
    band_name = t("band-name", band=band)
    style = visit.style(t("axis-minutes"), digits=1)
    years = frame["year"].to_list()
    lines = [
        Line(
            t(metric.yearly.axis_key),
            frame[metric.yearly.column].to_list(),
            metric.trend,
        )
        for metric in (mean, median)
    ]
    columns = year_columns(t)
    for metric in (mean, median):
        columns[metric.yearly.column] = metric_column(t, metric.yearly)
    for column, key in ((low, "band-low"), (high, "band-high")):
        columns[column] = Column(t(key, band=band_name), t.number)
    return Chart(
        id="trends-duration",
        title=mean.insight.title.text(t),
        text=[metric.insight.sentence.text(t) for metric in (mean, median)],
        figure=yearly_lines_figure(
            years, lines, style, Band(band_name, frame[low].to_list(), frame[high].to_list())
        ),
        alt=yearly_alt(t, lines[0].name, years, lines[0].values, digits=1),
        table=frame.select(list(columns)),
        columns=columns,
        method=[
            t("trends-duration-definition"),
            t("method-of", name=lines[0].name),
            *trend_method(t, mean),
            t("method-of", name=lines[1].name),
            *trend_method(t, median),
        ],
        queries=[query],
        verdict=mean.insight.verdict,
        evidence=mean.insight.evidence,
    )
