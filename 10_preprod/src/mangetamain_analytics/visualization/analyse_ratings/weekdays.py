"""R6: whether the day of the week, or the weekend, changes ratings and their number."""

from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from mangetamain_analytics.utils.calendar_fit import CalendarFit, calendar_fit
from mangetamain_analytics.utils.group_tests import KruskalWallis, mann_whitney
from mangetamain_analytics.utils.groupings import WEEKDAYS
from mangetamain_analytics.utils.i18n import Number, Percent, PValue
from mangetamain_analytics.utils.rating_insights import (
    too_few_to_compare,
    volume_insight,
    weekend_sentence,
)
from mangetamain_analytics.utils.rating_statistics import Difference, clustered_difference
from mangetamain_analytics.utils.statistics import Matrix, adjust_p_values
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
    gap_test,
    group_columns,
    star_table,
)
from mangetamain_analytics.visualization.analyse_weekend.days import day_axis
from mangetamain_analytics.visualization.calendar_charts import holm_method
from mangetamain_analytics.visualization.custom_charts import (
    Bars,
    group_bars_figure,
    group_means_figure,
)
from mangetamain_analytics.visualization.group_tables import N_WEEKDAYS, with_days
from mangetamain_analytics.visualization.markup import Column
from mangetamain_analytics.visualization.page import Analysis, Chart, Visit


@dataclass(frozen=True)
class WeekdayTests:
    """What is asked of weekdays, with p-values that are corrected for each other (Holm).

    Attributes:
        fit: Of their numbers to the calendar.
        n_ratings: Year (rows) by weekday.
        n_days: The same of the calendar.
        gap: Of their means; None if a weekday has too few ratings.
        weekend: Less weekdays; None as well, and where months are too few.
    """

    fit: CalendarFit
    n_ratings: Matrix
    n_days: Matrix
    gap: KruskalWallis | None
    weekend: Difference | None

    @classmethod
    def of(cls, visit: Visit, choices: Choices, ratings: RatingCounts) -> "WeekdayTests":
        """Return the tests of the chosen ratings."""
        n_ratings, n_days = _calendar(visit, choices, ratings)
        shown = with_days(n_ratings, n_days)
        fit = calendar_fit(n_ratings[:, shown], n_days[:, shown])
        gap = weekend = None
        if is_large(ratings.by_weekday).all():
            gap = gap_test(ratings.by_weekday)
            weekday, weekend_days = ratings.weekdays_and_weekend
            weekend = clustered_difference(weekend_days, weekday)
        asked = [test for test in (fit, gap, weekend) if test]
        p_fit, *others = adjust_p_values([test.p_value for test in asked], "holm").tolist()
        adjusted = iter(others)
        return cls(
            fit=replace(fit, p_adjusted=p_fit, n_tests=len(asked)),
            n_ratings=n_ratings,
            n_days=n_days,
            gap=gap and replace(gap, p_value=next(adjusted)),
            weekend=weekend and replace(weekend, p_value=next(adjusted)),
        )


def analyse(visit: Visit, choices: Choices, ratings: RatingCounts) -> Analysis:
    """Return the ratings of each weekday and their number per day of the calendar."""
    t, tests = visit.t, WeekdayTests.of(visit, choices, ratings)
    charts, note = [_volume_chart(visit, choices, ratings, tests)], ""
    if tests.gap:
        charts.insert(0, _means_chart(visit, choices, ratings, tests, tests.gap))
    else:
        note = too_few_to_compare(SMALLEST_GROUP).text(t)
    return Analysis(
        id="ratings-weekdays", name=t("ratings-weekdays-name"), charts=charts, note=note
    )


def _means_chart(
    visit: Visit, choices: Choices, ratings: RatingCounts, tests: WeekdayTests, gap: KruskalWallis
) -> Chart:
    t = visit.t
    frame = group_frame(ratings.by_weekday)
    axis = day_axis(visit)
    insight = gap_of(WEEKDAYS, ratings.by_weekday, gap)
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
        text=[insight.sentence.text(t), *_weekend(visit, ratings, tests.weekend)],
        figure=group_means_figure(axis.ticks, means, visit.style(t("ratings-axis-mean"), 3)),
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
            scope_method(visit, choices, ratings.total),
            t("ratings-clusters-method"),
            t("ratings-gap-method"),
            t("ratings-weekend-method"),
            *holm_method(t, tests.fit.n_tests, gap.p_value),
        ],
        queries=[COUNTS],
        verdict=insight.verdict,
        evidence=insight.evidence,
    )


def _weekend(visit: Visit, ratings: RatingCounts, difference: Difference | None) -> list[str]:
    """Compare the weekend with weekdays."""
    if difference is None:
        return []
    weekday, weekend = ratings.weekdays_and_weekend
    test = mann_whitney(star_table(weekday.sum(axis=0), weekend.sum(axis=0)))
    return [weekend_sentence(difference, test)[1].text(visit.t)]


def _calendar(visit: Visit, choices: Choices, ratings: RatingCounts) -> tuple[Matrix, Matrix]:
    """Return the ratings and the days of each year (row) and weekday."""
    days = days_of(visit, choices.years)
    years = years_and_months(days)[0]
    n_days = by_year(years, weekdays(days), np.ones_like(years), N_WEEKDAYS)
    n_ratings = np.zeros_like(n_days)
    np.add.at(n_ratings, ratings.months // 12 - years.min(), ratings.counts.sum(axis=2))
    return n_ratings, n_days


def _volume_chart(
    visit: Visit, choices: Choices, ratings: RatingCounts, tests: WeekdayTests
) -> Chart:
    t, fit, n_ratings, n_days = visit.t, tests.fit, tests.n_ratings, tests.n_days
    shown = with_days(n_ratings, n_days)
    insight = volume_insight(WEEKDAYS.only(shown), fit)
    n_of_day, days_of_day = n_ratings.sum(axis=0)[shown], n_days.sum(axis=0)[shown]
    per_day = n_of_day / days_of_day
    axis = day_axis(visit).only(shown)
    table = pl.DataFrame(
        {
            axis.column: list(axis.names),
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
                for name, value in zip(axis.labels, per_day.tolist(), strict=True)
            ),
        ),
        table=table,
        columns={
            axis.column: axis.table_column(),
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
            *holm_method(t, fit.n_tests, fit.p_adjusted),
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
