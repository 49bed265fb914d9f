"""E5 and E6: which ingredients and which tags belong to the weekend, and which to weekdays."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from mangetamain_analytics.utils.group_item_insights import (
    SMALLEST_MEAN_SHARE,
    SMALLEST_WEEKEND_DIFFERENCE,
    share_threshold,
    weekend_items_insight,
)
from mangetamain_analytics.utils.i18n import Argument, Percent, Translator
from mangetamain_analytics.utils.insights import Insight, Item, Verdict
from mangetamain_analytics.utils.item_shares import share_differences
from mangetamain_analytics.utils.statistics import Vector
from mangetamain_analytics.visualization.custom_charts import intervals_figure
from mangetamain_analytics.visualization.group_charts import listed
from mangetamain_analytics.visualization.group_items import (
    DEFINITION_KEYS,
    N_SHOWN,
    ComparedItems,
    ItemKind,
    ItemRows,
    choice_columns,
    choice_method,
    compare_items,
    items_analysis,
    items_method,
    rows_shown,
)
from mangetamain_analytics.visualization.group_tables import (
    DAY_TYPES,
    DAYS,
    calendar,
    counts_of_one,
    item_counts,
    items_query,
    merged,
)
from mangetamain_analytics.visualization.item_choice import NOTHING_CHOSEN, ChosenItems
from mangetamain_analytics.visualization.item_links import item_column, linked
from mangetamain_analytics.visualization.markup import Column
from mangetamain_analytics.visualization.page import Analysis, Chart, Visit, Years

INGREDIENTS = ItemKind("weekend", Item.INGREDIENT, name_key="weekend-ingredients-name")
TAGS = ItemKind("weekend", Item.TAG, name_key="weekend-tags-name")


@dataclass(frozen=True)
class WeekendItems:
    """The items tested together, and those of them that are established to differ.

    `differences` are shares at weekends minus shares on weekdays, with both ends of their
    intervals; `kept` are indices, the largest difference first.
    """

    compared: ComparedItems
    differences: tuple[Vector, Vector, Vector]
    kept: Sequence[int]
    insight: Insight


def find_weekend_items(
    visit: Visit, years: Years, item: Item, min_share: float = SMALLEST_MEAN_SHARE
) -> WeekendItems:
    """Test the items of the chosen years and keep the established differences, by size."""
    counts = item_counts(visit, item)
    n_all = merged(calendar(visit, years).by_weekday()[0], DAY_TYPES).sum(axis=0)
    compared = compare_items(counts.names, counts.by_day_type(years), n_all, min_share, yates=True)
    differences = share_differences(compared.n_with, compared.n_all)
    sizes = np.abs(differences[0])
    kept = compared.established(sizes, SMALLEST_WEEKEND_DIFFERENCE, by=sizes)
    insight = weekend_items_insight(
        item, compared.names, differences, compared.p_adjusted, kept, min_share
    )
    return WeekendItems(compared, differences, kept, insight)


def analyse(
    visit: Visit,
    years: Years,
    kind: ItemKind,
    min_share: float = SMALLEST_MEAN_SHARE,
    chosen: ChosenItems = NOTHING_CHOSEN,
) -> Analysis:
    """Return what differs most between weekdays and weekends, and the chosen items."""
    found = visit.data.once(
        ("find_weekend_items", kind.item, years, min_share),
        lambda: find_weekend_items(visit, years, kind.item, min_share),
    )
    counts = [
        (name, counts_of_one(visit, kind.item, name).by_day_type(years)[0]) for name in chosen.names
    ]
    shown = found.compared.shown(found.kept, by=np.abs(found.differences[0]))
    rows = rows_shown(found.compared, shown, counts, yates=True)
    return items_analysis(
        visit,
        kind,
        min_share,
        chosen,
        rows,
        found.insight,
        lambda: _chart(visit, kind, found, rows, min_share),
    )


def _chart(
    visit: Visit, kind: ItemKind, found: WeekendItems, rows: ItemRows, min_share: float
) -> Chart:
    t = visit.t
    table, names = _table(rows), rows.labels()
    points, lows, highs = (
        table[name].to_list() for name in ("difference_points", "points_low", "points_high")
    )
    style = linked(visit, kind.item, visit.style(t("axis-difference-points"), digits=2))
    written = [f"{name} {t.signed(x, 2)}" for name, x in zip(names, points, strict=True)]
    return Chart(
        id=f"{kind.id}-differences",
        title=found.insight.title.text(t),
        text=[found.insight.sentence.text(t), *_chosen_sentences(t, rows)],
        figure=intervals_figure(
            names,
            points,
            lows,
            highs,
            style,
            (t("legend-weekend"), t("legend-weekday")),
            is_established=_is_established(rows),
        ),
        alt=t("alt-differences", name=t("axis-difference-points"), values=listed(t, written)),
        table=table,
        columns=_columns(visit, kind) | choice_columns(t, table),
        method=[
            t(DEFINITION_KEYS[kind.item]),
            t(
                "method-weekend-items",
                share=share_threshold(min_share),
                n_shown=N_SHOWN,
                n_kept=len(found.kept),
            ),
            *items_method(t, found.compared, min_share),
            *choice_method(t, rows),
            t("method-groups-caveat"),
        ],
        queries=[items_query(kind.item), *rows.queries(kind.item), DAYS],
        verdict=found.insight.verdict,
        evidence=found.insight.evidence,
    )


def _is_established(rows: ItemRows) -> list[bool]:
    """Tell which of the shown items differ for sure, and enough to matter."""
    sizes = rows.items.tested.share_range
    return [
        rows.verdict(i, float(sizes[i]), SMALLEST_WEEKEND_DIFFERENCE) is Verdict.DIFFERENCE
        for i in rows.shown
    ]


def _chosen_sentences(t: Translator, rows: ItemRows) -> list[str]:
    """Tell both shares of each chosen item, and what the test says."""
    shares, sentences = rows.items.tested.shares, []
    for i in rows.chosen:
        weekday, weekend = (float(share) for share in shares[i])
        facts: dict[str, Argument] = {
            "item": rows.items.names[i],
            "weekday": Percent(weekday, 2),
            "weekend": Percent(weekend, 2),
        }
        sentences.append(
            rows.sentence(
                t,
                i,
                t("chosen-weekend", **facts),
                rows.items.tested.share_range,
                SMALLEST_WEEKEND_DIFFERENCE,
            )
        )
    return sentences


def _table(rows: ItemRows) -> pl.DataFrame:
    compared, tested, shown = rows.items, rows.items.tested, list(rows.shown)
    difference, low, high = (
        100 * ends for ends in share_differences(compared.n_with[shown], compared.n_all)
    )
    return pl.DataFrame(
        {
            "item": [compared.names[i] for i in shown],
            "share_weekdays": tested.shares[shown, 0],
            "share_weekend": tested.shares[shown, 1],
            "difference_points": difference,
            "points_low": low,
            "points_high": high,
            "chi_squared_yates": tested.chi_squared[shown],
            "cramers_v": tested.cramers_v[shown],
            "p_adjusted": compared.p_adjusted[shown],
        }
        | rows.column_of_choice(),
        nan_to_null=True,
    )


def _columns(visit: Visit, kind: ItemKind) -> dict[str, Column]:
    t = visit.t

    def share(x: float) -> str:
        return t.percent(x, 2)

    def points(x: float) -> str:
        return t.signed(x, 2)

    return {
        "item": item_column(visit, kind.item),
        "share_weekdays": Column(t("group-weekdays"), share),
        "share_weekend": Column(t("group-weekend"), share),
        "difference_points": Column(t("axis-difference-points"), points),
        "points_low": Column(t("column-interval-low"), points),
        "points_high": Column(t("column-interval-high"), points),
        "chi_squared_yates": Column(t("column-chi-squared-yates"), lambda x: t.number(x, 2)),
        "cramers_v": Column(t("column-cramers-v"), lambda x: t.number(x, 3)),
        "p_adjusted": Column(t("column-p-adjusted"), t.p_value),
    }
