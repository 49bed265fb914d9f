"""Quantities measured year after year: their trends, fitted together, and a chart of each."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import polars as pl

from mangetamain_analytics.utils.i18n import Interval, Number, Percent, PValue, Translator
from mangetamain_analytics.utils.insights import (
    SIGNIFICANCE,
    SMALLEST_CHANGE,
    Insight,
    Metric,
    trend_insight,
)
from mangetamain_analytics.utils.statistics import (
    CONFIDENCE,
    SMALLEST_VERDICT,
    MannKendall,
    Trend,
    adjust_p_values,
    enough_for_trend,
    mann_kendall,
    weighted_trend,
)
from mangetamain_analytics.visualization.custom_charts import Line, yearly_lines_figure
from mangetamain_analytics.visualization.markup import Column
from mangetamain_analytics.visualization.page import Chart, Deferred, Query, Visit


@dataclass(frozen=True)
class YearlyMetric:
    """A column with one value per year, what it measures and the title of its axis."""

    column: str
    metric: Metric
    axis_key: str


@dataclass(frozen=True)
class FittedMetric:
    """A yearly metric with what the evidence says of its trend.

    ``trend`` and ``mann_kendall`` are None when the years are too few for a verdict;
    ``p_adjusted`` is corrected (Holm) for the ``n_tests`` trends that were fitted together.
    """

    yearly: YearlyMetric
    insight: Insight
    trend: Trend | None
    mann_kendall: MannKendall | None
    p_adjusted: float
    n_tests: int


class Judge(Protocol):
    """A function of ``utils.insights`` that says what a trend means."""

    def __call__(
        self,
        metric: Metric,
        trend: Trend | None,
        p_adjusted: float,
        years: tuple[int, int],
        mann_kendall: MannKendall | None = None,
    ) -> Insight:
        """Return the verdict and its words."""


def fit_metrics(
    frame: pl.DataFrame,
    metrics: Sequence[YearlyMetric],
    judge: Judge = trend_insight,
) -> list[FittedMetric]:
    """Fit the trend of each metric, weighted by the recipes of the year, and judge them together.

    Args:
        frame: One row per year, in order: ``year``, ``n_recipes`` and the metrics' columns; a
            year in which no recipe has a value is left out of that metric.
        metrics: Those of one analysis: their p-values are corrected together.
        judge: What puts the finding into words.
    """
    fits = [_fit(frame.drop_nulls(yearly.column), yearly.column) for yearly in metrics]
    p_values = adjust_p_values([trend.p_value for trend, _, _ in fits if trend], "holm").tolist()
    adjusted = iter(p_values)
    return [
        _judged(yearly, *fit, next(adjusted) if fit[0] else 1.0, len(p_values), judge)
        for yearly, fit in zip(metrics, fits, strict=True)
    ]


def _fit(
    frame: pl.DataFrame, column: str
) -> tuple[Trend | None, MannKendall | None, tuple[int, int]]:
    """Return the trend, its robust companion and the first and last year of a metric."""
    years, values = frame["year"], frame[column]
    if not enough_for_trend(frame.height):
        return None, None, (0, 0)
    trend = weighted_trend(years, values, frame["n_recipes"])
    return trend, mann_kendall(values, years), (years[0], years[-1])


def _judged(
    yearly: YearlyMetric,
    trend: Trend | None,
    robust: MannKendall | None,
    period: tuple[int, int],
    p_adjusted: float,
    n_tests: int,
    judge: Judge,
) -> FittedMetric:
    insight = judge(yearly.metric, trend, p_adjusted, period, robust)
    return FittedMetric(yearly, insight, trend, robust, p_adjusted, n_tests)


def metric_chart(
    visit: Visit,
    chart_id: str,
    frame: pl.DataFrame,
    fitted: FittedMetric,
    query: Query,
    definition: str,
) -> Chart:
    """Return the chart of one metric with its trend."""
    frame = frame.drop_nulls(fitted.yearly.column)
    t, metric = visit.t, fitted.yearly.metric
    name = t(fitted.yearly.axis_key)
    style = visit.style(t(fitted.yearly.axis_key), metric.digits)
    line = Line(name, frame[fitted.yearly.column].to_list(), fitted.trend)
    return Chart(
        id=chart_id,
        title=fitted.insight.title.text(t),
        text=[fitted.insight.sentence.text(t)],
        figure=yearly_lines_figure(frame["year"].to_list(), [line], style),
        alt=yearly_alt(t, name, frame["year"].to_list(), line.values, metric.digits),
        table=frame.select("year", "n_recipes", fitted.yearly.column),
        columns=year_columns(t) | {fitted.yearly.column: metric_column(t, fitted.yearly)},
        method=Deferred(lambda: [definition, *trend_method(t, fitted)]),
        queries=[query],
        verdict=fitted.insight.verdict,
        evidence=fitted.insight.evidence,
    )


def yearly_alt(
    t: Translator, name: str, years: Sequence[int], values: Sequence[float], digits: int
) -> str:
    """Say in words what a line over the years shows: its ends, its low and its high."""
    low, high = min(values), max(values)
    return t(
        "alt-yearly",
        name=name,
        first_year=str(years[0]),
        first=Number(values[0], digits),
        last_year=str(years[-1]),
        last=Number(values[-1], digits),
        low_year=str(years[values.index(low)]),
        low=Number(low, digits),
        high_year=str(years[values.index(high)]),
        high=Number(high, digits),
    )


def year_columns(t: Translator) -> dict[str, Column]:
    """Return how the first columns of a table by year are shown."""
    return {
        "year": Column(t("column-year"), str, is_number=False),
        "n_recipes": Column(t("column-recipes"), t.number),
    }


def metric_column(t: Translator, yearly: YearlyMetric) -> Column:
    """Return how a metric's values are shown in a table."""
    digits = yearly.metric.digits + 1

    def write(value: float) -> str:
        return t.number(value, 0 if isinstance(value, int) else digits)

    return Column(t(yearly.axis_key), write)


def trend_method(t: Translator, fitted: FittedMetric) -> list[str]:
    """Say how the trend was tested, with every number that the verdict rests on."""
    if fitted.trend is None or fitted.mann_kendall is None:
        return [t("method-too-few-years", needed=SMALLEST_VERDICT)]
    trend, robust, metric = fitted.trend, fitted.mann_kendall, fitted.yearly.metric
    if math.isnan(trend.r_squared):
        return [t("method-constant", n=trend.n)]
    digits = metric.digits + 1
    paragraphs = [
        t(
            "method-trend",
            n=trend.n,
            slope=metric.slope(trend.slope),
            confidence=Percent(CONFIDENCE),
            interval=Interval(trend.slope_low, trend.slope_high, digits),
            r_squared=Number(trend.r_squared, 3),
            p=PValue(trend.p_value),
        ),
        t(
            "method-holm",
            n_tests=fitted.n_tests,
            p=PValue(fitted.p_adjusted),
            level=Number(SIGNIFICANCE, 2),
            smallest=Percent(SMALLEST_CHANGE),
        ),
        t(
            "method-mann-kendall",
            tau=Number(robust.tau, 2, is_signed=True),
            p=PValue(robust.p_value),
            slope=metric.slope(robust.sen_slope),
            confidence=Percent(CONFIDENCE),
            interval=Interval(robust.sen_low, robust.sen_high, digits),
        ),
    ]
    if trend.has_autocorrelated_residuals:
        paragraphs.append(
            t("method-autocorrelated", r=Number(trend.lag1_autocorrelation, 2, is_signed=True))
        )
    return paragraphs
