"""R4 and R5: how many ratings, users and recipes each season sees, and how ratings differ."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from mangetamain_analytics.utils.calendar_fit import CalendarFit, calendar_fit
from mangetamain_analytics.utils.groupings import SEASONS, MonthName
from mangetamain_analytics.utils.i18n import Number, PValue
from mangetamain_analytics.utils.rating_insights import too_few_to_compare, volume_insight
from mangetamain_analytics.utils.rating_statistics import clustered_means
from mangetamain_analytics.utils.statistics import Matrix
from mangetamain_analytics.visualization.analyse_ratings.counts import (
    COUNTS,
    SEASON_OF_MONTH,
    SMALLEST_GROUP,
    Choices,
    Counts,
    RatingCounts,
    by_year,
    days_of,
    group_frame,
    is_large,
    month_axis,
    scope_method,
    years_and_months,
)
from mangetamain_analytics.visualization.analyse_ratings.figures import Panel, panels_figure, titled
from mangetamain_analytics.visualization.analyse_ratings.groups import (
    gap_of,
    gap_test,
    group_columns,
)
from mangetamain_analytics.visualization.analyse_seasonality.seasons import season_axis
from mangetamain_analytics.visualization.custom_charts import Bars, group_means_figure
from mangetamain_analytics.visualization.group_tables import SEASON_NAMES, with_days
from mangetamain_analytics.visualization.markup import Column
from mangetamain_analytics.visualization.page import Analysis, Chart, Query, Visit, Years

N_SEASONS = 4


def analyse(visit: Visit, choices: Choices, ratings: RatingCounts) -> list[Analysis]:
    """Return the volume by season and the dashboard of the seasons."""
    return [_volume(visit, choices, ratings), _dashboard(visit, choices, ratings)]


def reach_query(*, train_only: bool) -> Query:
    """Return the query of the users and the recipes that were active."""
    return Query("ratings_reach", {"scope": "train" if train_only else "all"})


def reach(frame: pl.DataFrame, kind: str, years: Years) -> Counts:
    """Return how many users (or recipes) were active in each season of the chosen years.

    Args:
        frame: the rows of `ratings_reach.sql`.
        kind: `users` or `recipes`.
        years: the chosen ones.
    """
    first_time = pl.col("previous_year").is_null() | (pl.col("previous_year") < years.first)
    chosen = years.of(frame).filter((pl.col("kind") == kind) & first_time)
    counted = dict(chosen.group_by("season").agg(pl.col("n_active").sum()).iter_rows())
    return np.array([int(counted.get(season, 0)) for season in SEASON_NAMES])


def _volume(visit: Visit, choices: Choices, ratings: RatingCounts) -> Analysis:
    n_ratings, n_days = _calendar(visit, choices.years, ratings)
    shown = with_days(n_ratings, n_days)
    charts, note = [], too_few_to_compare(SMALLEST_GROUP).text(visit.t)
    if len(shown) > 1:
        fit = calendar_fit(n_ratings[:, shown], n_days[:, shown])
        charts, note = [_volume_chart(visit, choices, ratings, shown, fit)], ""
    return Analysis(
        id="ratings-seasons", name=visit.t("ratings-seasons-name"), charts=charts, note=note
    )


def _volume_chart(
    visit: Visit, choices: Choices, ratings: RatingCounts, shown: Sequence[int], fit: CalendarFit
) -> Chart:
    t, axis = visit.t, season_axis(visit).only(shown)
    query = reach_query(train_only=choices.train_only)
    frame = query.run(visit.data)
    n = ratings.by_season.sum(axis=(1, 2))[shown]
    table = pl.DataFrame(
        {
            axis.column: list(axis.names),
            "n_ratings": n,
            "n_users": reach(frame, "users", choices.years)[shown],
            "n_recipes": reach(frame, "recipes", choices.years)[shown],
        }
    )
    insight = volume_insight(SEASONS.only(shown), fit)
    style = visit.style(t("ratings-axis-n"), digits=0)
    panels = [
        Panel(titled(style, t(key), 0), table[column].to_list())
        for key, column in (
            ("ratings-axis-n", "n_ratings"),
            ("ratings-axis-users", "n_users"),
            ("ratings-axis-recipes", "n_recipes"),
        )
    ]
    return Chart(
        id="ratings-seasons",
        title=insight.title.text(t),
        text=[insight.sentence.text(t), *_ratio(visit, n)],
        figure=panels_figure(axis.labels, panels, axis.colors, style),
        alt=t(
            "ratings-seasons-alt",
            seasons="; ".join(
                t("ratings-season-alt", season=season, n=n, users=users, recipes=recipes)
                for season, (_, n, users, recipes) in zip(
                    axis.labels, table.iter_rows(), strict=True
                )
            ),
        ),
        table=table,
        columns={
            axis.column: axis.table_column(),
            "n_ratings": Column(t("ratings-column-n"), t.number),
            "n_users": Column(t("ratings-axis-users"), t.number),
            "n_recipes": Column(t("ratings-axis-recipes"), t.number),
        },
        method=[
            scope_method(visit, choices, ratings.total),
            t(
                "ratings-seasons-method",
                dispersion=Number(fit.dispersion, 1),
                p=PValue(fit.p_value),
            ),
        ],
        queries=[COUNTS, query],
        verdict=insight.verdict,
        evidence=insight.evidence,
    )


def _ratio(visit: Visit, n: Counts) -> list[str]:
    """Say how much the largest season exceeds the smallest; nothing if one is empty."""
    if not n.all():
        return []
    return [visit.t("ratings-seasons-ratio", ratio=Number(float(n.max() / n.min()), 3))]


def _calendar(visit: Visit, years: Years, ratings: RatingCounts) -> tuple[Matrix, Matrix]:
    """Return the ratings and the days of each year (row) and season."""
    day_years, day_months = years_and_months(days_of(visit, years))
    n_days = by_year(day_years, SEASON_OF_MONTH[day_months], np.ones_like(day_years), N_SEASONS)
    n_ratings = np.zeros_like(n_days)
    rows = ratings.months // 12 - day_years.min()
    np.add.at(n_ratings, (rows, SEASON_OF_MONTH[ratings.months % 12]), ratings.by_month.sum(axis=1))
    return n_ratings, n_days


def _dashboard(visit: Visit, choices: Choices, ratings: RatingCounts) -> Analysis:
    t, by_season = visit.t, ratings.by_season
    name = t("ratings-dashboard-name")
    large = np.flatnonzero(is_large(by_season))
    if len(large) < 2:
        note = too_few_to_compare(SMALLEST_GROUP).text(t)
        return Analysis(id="ratings-dashboard", name=name, charts=[], note=note)
    charts = [_dashboard_chart(visit, choices, by_season[large], large.tolist())]
    charts += _calendar_month_charts(visit, choices, ratings)
    return Analysis(id="ratings-dashboard", name=name, charts=charts)


def _dashboard_chart(
    visit: Visit, choices: Choices, counts: Counts, chosen: Sequence[int]
) -> Chart:
    t, axis = visit.t, season_axis(visit).only(chosen)
    frame = group_frame(counts)
    insight = gap_of(SEASONS.only(chosen), counts, gap_test(counts))
    style = visit.style(t("ratings-axis-mean"), digits=3)
    return Chart(
        id="ratings-dashboard",
        title=insight.title.text(t),
        text=[insight.sentence.text(t)],
        figure=panels_figure(axis.labels, _dashboard_panels(visit, frame), axis.colors, style),
        alt=t(
            "ratings-means-alt",
            means="; ".join(
                f"{name} {t.number(mean, 3)}"
                for name, mean in zip(axis.labels, frame["mean_rating"], strict=True)
            ),
        ),
        table=frame.insert_column(0, pl.Series(axis.column, axis.names)),
        columns={axis.column: axis.table_column()} | group_columns(t),
        method=[
            scope_method(visit, choices, int(counts.sum())),
            t("ratings-clusters-method"),
            t("ratings-gap-method"),
        ],
        queries=[COUNTS],
        verdict=insight.verdict,
        evidence=insight.evidence,
    )


def _dashboard_panels(visit: Visit, frame: pl.DataFrame) -> list[Panel]:
    t = visit.t
    style = visit.style(t("ratings-axis-mean"), digits=3)

    def ends(*columns: str) -> list[list[float]]:
        return [frame[column].to_list() for column in columns]

    return [
        Panel(style, *ends("mean_rating", "mean_low", "mean_high")),
        Panel(
            titled(style, t("ratings-axis-five"), 2, is_share=True),
            *ends("share_of_five", "share_of_five_low", "share_of_five_high"),
        ),
        Panel(
            titled(style, t("ratings-axis-low"), 2, is_share=True),
            *ends("share_of_two_or_less", "share_of_two_or_less_low", "share_of_two_or_less_high"),
        ),
        Panel(titled(style, t("ratings-axis-sd"), 3), *ends("sd_rating", "sd_rating", "sd_rating")),
        Panel(titled(style, t("ratings-axis-n"), 0), *ends("n_ratings")),
    ]


def _calendar_month_charts(visit: Visit, choices: Choices, ratings: RatingCounts) -> list[Chart]:
    """Return the mean of each month of the year, for those that several years hold."""
    t, counts = visit.t, ratings.by_calendar_month
    large = np.flatnonzero(is_large(counts))
    if len(large) < 2:
        return []
    means = clustered_means(counts[large])
    names = [month_axis(t)[i] for i in large]
    table = pl.DataFrame(
        {
            "month": large + 1,
            "n_ratings": counts[large].sum(axis=(1, 2)),
            "mean_rating": means.mean,
            "mean_low": means.low,
            "mean_high": means.high,
        }
    )
    of_seasons = season_axis(visit).colors
    colors = [of_seasons[SEASON_OF_MONTH[i]] for i in large]
    bars = Bars(
        t("ratings-axis-mean"),
        means.mean.tolist(),
        colors,
        means.low.tolist(),
        means.high.tolist(),
    )
    return [
        Chart(
            id="ratings-calendar-months",
            title=t("ratings-calendar-months-title"),
            text=[],
            figure=group_means_figure(names, bars, visit.style(t("ratings-axis-mean"), 3)),
            alt=t(
                "ratings-means-alt",
                means="; ".join(
                    f"{name} {t.number(mean, 3)}"
                    for name, mean in zip(names, means.mean.tolist(), strict=True)
                ),
            ),
            table=table,
            columns={
                "month": Column(
                    t("ratings-axis-month"),
                    lambda month: MonthName(month).text(t),
                    is_number=False,
                ),
                "n_ratings": Column(t("ratings-column-n"), t.number),
                "mean_rating": Column(t("ratings-axis-mean"), lambda value: t.number(value, 3)),
                "mean_low": Column(t("column-interval-low"), lambda value: t.number(value, 3)),
                "mean_high": Column(t("column-interval-high"), lambda value: t.number(value, 3)),
            },
            method=[
                scope_method(visit, choices, int(counts[large].sum())),
                t("ratings-clusters-method"),
            ],
            queries=[COUNTS],
        )
    ]
