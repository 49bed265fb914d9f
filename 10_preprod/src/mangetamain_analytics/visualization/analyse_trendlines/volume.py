"""T1: how many recipes each year brought."""

import polars as pl

from mangetamain_analytics.utils.i18n import Number
from mangetamain_analytics.utils.volume_insights import partial_years, volume_insight
from mangetamain_analytics.visualization.custom_charts import yearly_bars_figure
from mangetamain_analytics.visualization.page import Analysis, Chart, Query, Visit, Years
from mangetamain_analytics.visualization.yearly_trends import year_columns, yearly_alt


def analyse(visit: Visit, years: Years) -> Analysis:
    """Return the recipes of each year, with the years that the data cover in part."""
    query = Query("trends_volume", {}, years)
    frame = query.run(visit.data)
    return Analysis(
        id="trends-volume",
        name=visit.t("trends-volume-name"),
        charts=[_chart(visit, frame, query)],
    )


def _chart(visit: Visit, frame: pl.DataFrame, query: Query) -> Chart:
    t = visit.t
    period = visit.data.query("data_period").row(0, named=True)
    first_day, last_day = period["first_day"], period["last_day"]
    counts = dict(frame.select("year", "n_recipes").iter_rows())
    partial = partial_years(first_day, last_day)
    insight = volume_insight(counts, first_day, last_day)
    style = visit.style(t("axis-recipes"), digits=0)
    return Chart(
        id="trends-volume",
        title=insight.title.text(t),
        text=[insight.sentence.text(t)],
        figure=yearly_bars_figure(
            list(counts), list(counts.values()), [year in partial for year in counts], style
        ),
        alt=yearly_alt(t, t("axis-recipes"), list(counts), list(counts.values()), digits=0),
        table=frame,
        columns=year_columns(t),
        method=[
            t(
                "trends-volume-definition",
                total=sum(counts.values()),
                n=len(counts),
                mean=Number(sum(counts.values()) / len(counts), 0),
            )
        ],
        queries=[query, Query("data_period", {})],
        verdict=insight.verdict,
        evidence=insight.evidence,
    )
