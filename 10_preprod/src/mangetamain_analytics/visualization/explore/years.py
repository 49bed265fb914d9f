"""X1: whether the item takes a larger or a smaller share of the recipes, year after year."""

import polars as pl

from mangetamain_analytics.utils.i18n import Interval, Message, Number, Percent, PValue
from mangetamain_analytics.utils.item_insights import SMALLEST_OF_OWN_SHARE, share_digits
from mangetamain_analytics.utils.item_trend_insights import SMALLEST_SHARE_CHANGE
from mangetamain_analytics.utils.statistics import CONFIDENCE, SMALLEST_VERDICT, weighted_trend
from mangetamain_analytics.visualization.custom_charts import Line, yearly_lines_figure
from mangetamain_analytics.visualization.explore.evidence import Answers, Evidence, YearlyShare
from mangetamain_analytics.visualization.explore.subject import Subject
from mangetamain_analytics.visualization.explore.wording import (
    definition,
    multiplicity,
    share_column,
    with_item_column,
)
from mangetamain_analytics.visualization.group_tables import DAYS
from mangetamain_analytics.visualization.page import Analysis, Chart, Visit
from mangetamain_analytics.visualization.yearly_trends import year_columns


def analyse(visit: Visit, subject: Subject, evidence: Evidence, answers: Answers) -> Analysis:
    """Return the share of the recipes of each year, with its trend."""
    t, yearly, insight = visit.t, evidence.yearly, answers.trend.insight
    digits = share_digits(evidence.recipes.share)
    shares, years = yearly.shares.tolist(), yearly.years
    # The evidence has the trend of the share in percent; figures draw fractions.
    trend = weighted_trend(years, yearly.shares, yearly.n_recipes) if yearly.trend else None
    line = Line(subject.name, shares, trend)
    style = visit.style(t("axis-share"), digits, is_share=True)
    chart = Chart(
        id="explore-years",
        title=insight.title.text(t),
        text=[insight.sentence.text(t)],
        figure=yearly_lines_figure(years, [line], style),
        alt=t(
            "alt-share",
            item=subject.name,
            first=Percent(shares[0], digits),
            first_year=str(years[0]),
            last=Percent(shares[-1], digits),
            last_year=str(years[-1]),
        ),
        table=pl.DataFrame(
            {
                "year": years,
                "n_recipes": yearly.n_recipes.astype(int),
                "n_with_item": yearly.n_with.astype(int),
                "share_of_recipes": shares,
            }
        ),
        columns=year_columns(t)
        | {
            "n_with_item": with_item_column(t),
            "share_of_recipes": share_column(t, t("axis-share"), digits + 1),
        },
        method=[definition(t, subject), *_method(visit, yearly, answers, digits + 2)],
        queries=[subject.days, DAYS],
        verdict=insight.verdict,
    )
    return Analysis(id="explore-years", name=t("explore-years-name"), charts=[chart])


def _method(visit: Visit, yearly: YearlyShare, answers: Answers, digits: int) -> list[str]:
    """Say how the trend was tested, with every number that the verdict rests on."""
    t, trend, robust = visit.t, yearly.trend, yearly.mann_kendall
    if trend is None or robust is None:
        return [t("method-too-few-years", needed=SMALLEST_VERDICT)]

    def points(slope: float) -> Message:
        return Message("unit-points", {"number": Number(slope, digits, is_signed=True)})

    return [
        t(
            "explore-trend-method",
            n=trend.n,
            slope=points(trend.slope),
            confidence=Percent(CONFIDENCE),
            interval=Interval(trend.slope_low, trend.slope_high, digits),
            p=PValue(trend.p_value),
            smallest=Percent(SMALLEST_OF_OWN_SHARE),
            points=Number(100 * SMALLEST_SHARE_CHANGE, 1),
        ),
        t(
            "method-mann-kendall",
            tau=Number(robust.tau, 2, is_signed=True),
            p=PValue(robust.p_value),
            slope=points(robust.sen_slope),
            confidence=Percent(CONFIDENCE),
            interval=Interval(robust.sen_low, robust.sen_high, digits),
        ),
        multiplicity(t, answers, answers.trend),
    ]
