"""R6: whether the day of the week, or the weekend, changes ratings and their number."""

import numpy as np
import polars as pl

from mangetamain_analytics.utils.calendar_fit import calendar_fit
from mangetamain_analytics.utils.group_tests import mann_whitney
from mangetamain_analytics.utils.groupings import WEEKDAYS
from mangetamain_analytics.utils.i18n import Number, Percent, PValue
from mangetamain_analytics.utils.rating_insights import (
    too_few_to_compare,
    volume_insight,
    weekend_sentence,
)
from mangetamain_analytics.utils.rating_statistics import clustered_difference
from mangetamain_analytics.visualization.analyse_ratings.counts import (
    COUNTS,
    FIRST_DAY_OF_WEEKEND,
    SMALLEST_GROUP,
    Choices,
    RatingCounts,
    by_year,
    days_of,
    group_frame,
    is_large,
    scope_method,
    weekdays,
    years_and_months,
)
from mangetamain_analytics.visualization.analyse_ratings.groups import (
    gap_of,
    group_columns,
    star_table,
)
from mangetamain_analytics.visualization.analyse_weekend.days import day_axis
from mangetamain_analytics.visualization.custom_charts import (
    Bars,
    group_bars_figure,
    group_means_figure,
)
from mangetamain_analytics.visualization.group_tables import with_days
from mangetamain_analytics.visualization.markup import Column
from mangetamain_analytics.visualization.page import Analysis, Chart, Visit

N_WEEKDAYS = 7


def analyse(visit: Visit, choices: Choices, ratings: RatingCounts) -> Analysis:
    """Return the ratings of each weekday and their number per day of the calendar."""
    t = visit.t
    charts, note = [_volume_chart(visit, choices, ratings)], ""
    if is_large(ratings.by_weekday).all():
        charts.insert(0, _means_chart(visit, choices, ratings))
    else:
        note = too_few_to_compare(SMALLEST_GROUP).text(t)
    return Analysis(
        id="ratings-weekdays", name=t("ratings-weekdays-name"), charts=charts, note=note
    )


def _means_chart(visit: Visit, choices: Choices, ratings: RatingCounts) -> Chart:
    t = visit.t
    frame = group_frame(ratings.by_weekday)
    axis = day_axis(visit)
    names = axis.labels
    insight = gap_of(WEEKDAYS, ratings.by_weekday)
    means = Bars(
        t("ratings-axis-mean"),
        frame["mean_rating"].to_list(),
        axis.colors,
        frame["mean_low"].to_list(),
        frame["mean_high"].to_list(),
    )
    return Chart(
        id="ratings-weekdays",
        title=insight.title.text(t),
        text=[insight.sentence.text(t), *_weekend(visit, ratings)],
        figure=group_means_figure(axis.ticks, means, visit.style(t("ratings-axis-mean"), 3)),
        alt=t(
            "ratings-means-alt",
            means="; ".join(
                f"{name} {t.number(mean, 3)}"
                for name, mean in zip(names, frame["mean_rating"], strict=True)
            ),
        ),
        table=frame.insert_column(0, pl.Series("weekday", names)),
        columns={"weekday": Column(t("ratings-column-weekday"), str, is_number=False)}
        | group_columns(t),
        method=[
            scope_method(visit, choices, ratings.total),
            t("ratings-clusters-method"),
            t("ratings-gap-method"),
            t("ratings-weekend-method"),
        ],
        queries=[COUNTS],
        verdict=insight.verdict,
        evidence=insight.evidence,
    )


def _weekend(visit: Visit, ratings: RatingCounts) -> list[str]:
    """Compare the weekend with weekdays."""
    weekday, weekend = ratings.weekdays_and_weekend
    difference = clustered_difference(weekend, weekday)
    if difference is None:
        return []
    test = mann_whitney(star_table(weekday.sum(axis=0), weekend.sum(axis=0)))
    return [weekend_sentence(difference, test)[1].text(visit.t)]


def _volume_chart(visit: Visit, choices: Choices, ratings: RatingCounts) -> Chart:
    t = visit.t
    days = days_of(visit, choices.years)
    years = years_and_months(days)[0]
    n_days = by_year(years, weekdays(days), np.ones_like(years), N_WEEKDAYS)
    n_ratings = np.zeros_like(n_days)
    np.add.at(n_ratings, ratings.months // 12 - years.min(), ratings.counts.sum(axis=2))
    shown = with_days(n_ratings, n_days)
    fit = calendar_fit(n_ratings[:, shown], n_days[:, shown])
    insight = volume_insight(WEEKDAYS.only(shown), fit)
    n_of_day, days_of_day = n_ratings.sum(axis=0)[shown], n_days.sum(axis=0)[shown]
    per_day = n_of_day / days_of_day
    axis = day_axis(visit).only(shown)
    names = axis.labels
    table = pl.DataFrame(
        {
            "weekday": names,
            "n_ratings": n_of_day.astype(int),
            "n_days": days_of_day.astype(int),
            "ratings_per_day": per_day,
            "deviation": fit.deviation,
        }
    )
    bars = Bars(t("ratings-axis-per-day"), per_day.tolist(), axis.colors)
    return Chart(
        id="ratings-weekdays-volume",
        title=insight.title.text(t),
        text=[insight.sentence.text(t), *_weekend_share(visit, n_ratings, n_days)],
        figure=group_bars_figure(axis.ticks, [bars], visit.style(t("ratings-axis-per-day"), 1)),
        alt=t(
            "ratings-per-day-alt",
            days="; ".join(
                f"{name} {t.number(value, 1)}"
                for name, value in zip(names, per_day.tolist(), strict=True)
            ),
        ),
        table=table,
        columns={
            "weekday": Column(t("ratings-column-weekday"), str, is_number=False),
            "n_ratings": Column(t("ratings-column-n"), t.number),
            "n_days": Column(t("ratings-column-days"), t.number),
            "ratings_per_day": Column(t("ratings-axis-per-day"), lambda value: t.number(value, 1)),
            "deviation": Column(
                t("ratings-column-deviation"),
                lambda value: t.percent(value, 1, is_signed=True),
            ),
        },
        method=[
            scope_method(visit, choices, ratings.total),
            t(
                "ratings-weekdays-volume-method",
                dispersion=Number(fit.dispersion, 1),
                p=PValue(fit.p_value),
            ),
        ],
        queries=[COUNTS],
        verdict=insight.verdict,
        evidence=insight.evidence,
    )


def _weekend_share(
    visit: Visit, n_ratings: np.typing.NDArray[np.float64], n_days: np.typing.NDArray[np.float64]
) -> list[str]:
    """Compare a day of the weekend with a weekday; nothing if one of them has no rating."""
    is_weekend = np.arange(N_WEEKDAYS) >= FIRST_DAY_OF_WEEKEND
    ratings, days = n_ratings.sum(axis=0), n_days.sum(axis=0)
    counted = [float(ratings[side].sum()) for side in (is_weekend, ~is_weekend)]
    if not all(counted):
        return []
    rates = [
        n / float(days[side].sum())
        for n, side in zip(counted, (is_weekend, ~is_weekend), strict=True)
    ]
    return [
        visit.t(
            "ratings-weekend-volume",
            share=Percent(counted[0] / sum(counted), 1),
            weekend=Number(rates[0], 1),
            weekday=Number(rates[1], 1),
            difference=Percent(rates[0] / rates[1] - 1, 1, is_signed=True),
        )
    ]
