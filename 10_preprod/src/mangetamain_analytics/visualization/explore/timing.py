"""X2: in which months and seasons, and on which days, the item is cooked more than usual."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from mangetamain_analytics.utils.group_item_insights import (
    SMALLEST_SEASONAL_RANGE,
    SMALLEST_WEEKEND_DIFFERENCE,
)
from mangetamain_analytics.utils.group_tests import SMALLEST_GROUP
from mangetamain_analytics.utils.i18n import Number, Percent
from mangetamain_analytics.utils.item_insights import SMALLEST_OF_OWN_SHARE, share_digits
from mangetamain_analytics.utils.item_shares import share_intervals
from mangetamain_analytics.visualization.analyse_seasonality.seasons import season_axis
from mangetamain_analytics.visualization.analyse_seasonality.volume import month_axis
from mangetamain_analytics.visualization.analyse_weekend.days import day_axis
from mangetamain_analytics.visualization.custom_charts import Bars, group_bars_figure
from mangetamain_analytics.visualization.explore.evidence import (
    Answer,
    Answers,
    Evidence,
    GroupShares,
    group_shares,
)
from mangetamain_analytics.visualization.explore.subject import Subject
from mangetamain_analytics.visualization.explore.wording import (
    definition,
    multiplicity,
    share_column,
    with_item_column,
)
from mangetamain_analytics.visualization.group_charts import GroupAxis, listed
from mangetamain_analytics.visualization.group_tables import DAYS
from mangetamain_analytics.visualization.markup import Column
from mangetamain_analytics.visualization.page import Analysis, Chart, Visit


def analyse(visit: Visit, subject: Subject, evidence: Evidence, answers: Answers) -> Analysis:
    """Return the share of the recipes of each month, each season and each weekday."""
    t, recipes = visit.t, evidence.recipes
    weekdays = group_shares(recipes.n_with.sum(axis=1), recipes.calendar.n_recipes.sum(axis=1))
    of_groups = t(
        "explore-groups-method",
        needed=SMALLEST_GROUP,
        smallest=Percent(SMALLEST_OF_OWN_SHARE),
        points=Number(100 * SMALLEST_SEASONAL_RANGE, 1),
    )
    of_weekend = t(
        "explore-weekend-method",
        needed=SMALLEST_GROUP,
        smallest=Percent(SMALLEST_OF_OWN_SHARE),
        points=Number(100 * SMALLEST_WEEKEND_DIFFERENCE, 1),
    )
    return Analysis(
        id="explore-timing",
        name=t("explore-timing-name"),
        charts=[
            _chart(
                visit,
                "explore-months",
                month_axis(visit),
                evidence.months,
                answers.months,
                _method(visit, subject, answers, answers.months, of_groups),
                subject,
            ),
            _chart(
                visit,
                "explore-seasons",
                season_axis(visit),
                evidence.seasons,
                answers.seasons,
                _method(visit, subject, answers, answers.seasons, of_groups),
                subject,
            ),
            _chart(
                visit,
                "explore-weekdays",
                day_axis(visit),
                weekdays,
                answers.weekend,
                _method(visit, subject, answers, answers.weekend, of_weekend),
                subject,
            ),
        ],
    )


def _chart(
    visit: Visit,
    chart_id: str,
    whole_axis: GroupAxis,
    groups: GroupShares,
    answer: Answer,
    method: Sequence[str],
    subject: Subject,
) -> Chart:
    t, axis = visit.t, whole_axis.only(groups.shown)
    shares = groups.n_with / groups.n_recipes
    lows, highs = share_intervals(groups.n_with, groups.n_recipes)
    digits = share_digits(float(shares.max()))
    bars = Bars(t("axis-share"), shares.tolist(), axis.colors, lows.tolist(), highs.tolist())
    written = [
        f"{label} {t.percent(share, digits)}"
        for label, share in zip(axis.labels, bars.values, strict=True)
    ]
    return Chart(
        id=chart_id,
        title=answer.insight.title.text(t),
        text=[answer.insight.sentence.text(t)],
        figure=group_bars_figure(axis.ticks, [bars], visit.style(bars.name, digits, is_share=True)),
        alt=t("alt-by-group", name=bars.name, values=listed(t, written)),
        table=pl.DataFrame(
            {
                axis.column: list(axis.names),
                "n_recipes": groups.n_recipes.astype(np.int64),
                "n_with_item": groups.n_with.astype(np.int64),
                "share_of_recipes": shares,
                "share_low": lows,
                "share_high": highs,
            }
        ),
        columns={
            axis.column: axis.table_column(),
            "n_recipes": Column(t("column-recipes"), t.number),
            "n_with_item": with_item_column(t),
            "share_of_recipes": share_column(t, bars.name, digits + 1),
            "share_low": share_column(t, t("column-interval-low"), digits + 1),
            "share_high": share_column(t, t("column-interval-high"), digits + 1),
        },
        method=method,
        queries=[subject.days, DAYS],
        verdict=answer.insight.verdict,
    )


def _method(
    visit: Visit, subject: Subject, answers: Answers, answer: Answer, test: str
) -> list[str]:
    t = visit.t
    return [
        definition(t, subject),
        test,
        multiplicity(t, answers, answer),
        t("method-groups-caveat"),
    ]
