"""S5 and S6: which ingredients and which tags are most tied to a season."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from mangetamain_analytics.utils.group_item_insights import (
    SMALLEST_SEASONAL_RANGE,
    seasonal_items_insight,
)
from mangetamain_analytics.utils.group_tests import SMALLEST_GROUP
from mangetamain_analytics.utils.insights import Insight, Item
from mangetamain_analytics.visualization.analyse_seasonality.seasons import season_axis
from mangetamain_analytics.visualization.custom_charts import heat_map_figure
from mangetamain_analytics.visualization.group_charts import GroupAxis, listed
from mangetamain_analytics.visualization.group_items import (
    DEFINITION_KEYS,
    N_SHOWN,
    ComparedItems,
    ItemKind,
    compare_items,
)
from mangetamain_analytics.visualization.group_tables import (
    DAYS,
    MONTHS_OF_SEASONS,
    calendar,
    item_counts,
    items_query,
    merged,
)
from mangetamain_analytics.visualization.item_links import item_column, linked
from mangetamain_analytics.visualization.markup import Column
from mangetamain_analytics.visualization.page import Analysis, Chart, Visit, Years

DEVIATION_LIMIT = 0.5  # half the mean share more or less takes the colour of the end

INGREDIENTS = ItemKind("seasonality", Item.INGREDIENT, name_key="seasonality-ingredients-name")
TAGS = ItemKind("seasonality", Item.TAG, name_key="seasonality-tags-name")


@dataclass(frozen=True)
class SeasonalItems:
    """The items tested together, and those of them that are established to be seasonal.

    `kept` are indices, the most seasonal first.
    """

    compared: ComparedItems
    kept: Sequence[int]
    insight: Insight


def find_seasonal_items(visit: Visit, years: Years, item: Item) -> SeasonalItems:
    """Test the items of the chosen years and keep the established ones, by variation."""
    counts = item_counts(visit, item)
    n_all = merged(calendar(visit, years).by_month()[0], MONTHS_OF_SEASONS).sum(axis=0)
    compared = compare_items(counts.names, counts.by_season(years), n_all)
    tested = compared.tested
    kept = compared.established(tested.share_range, SMALLEST_SEASONAL_RANGE, by=tested.variation)
    insight = seasonal_items_insight(item, compared.names, tested, compared.p_adjusted, kept)
    return SeasonalItems(compared, kept, insight)


def analyse(visit: Visit, years: Years, kind: ItemKind) -> Analysis:
    """Return the heat map of the items most tied to a season."""
    found = visit.data.once(
        ("find_seasonal_items", kind.item, years),
        lambda: find_seasonal_items(visit, years, kind.item),
    )
    return Analysis(
        id=kind.id,
        name=visit.t(kind.name_key),
        charts=[_chart(visit, kind, found)] if found.compared.names else [],
        note="" if found.compared.names else found.insight.sentence.text(visit.t),
    )


def _chart(visit: Visit, kind: ItemKind, found: SeasonalItems) -> Chart:
    t, axis, tested = visit.t, season_axis(visit).only(found.compared.groups), found.compared.tested
    shown = found.compared.shown(found.kept, by=tested.variation)
    shares = tested.shares[shown]
    deviations = shares / tested.mean_share[shown][:, np.newaxis] - 1
    names = [found.compared.names[i] for i in shown]
    texts = [[t.percent(float(share), 1) for share in row] for row in shares]
    style = linked(
        visit, kind.item, visit.style(t("axis-share-deviation"), digits=0, is_share=True)
    )
    words = [
        t(
            "alt-heat-map-row",
            name=name,
            values=listed(t, [f"{a} {b}" for a, b in zip(axis.labels, row, strict=True)]),
        )
        for name, row in zip(names, texts, strict=True)
    ]
    return Chart(
        id=f"{kind.id}-shares",
        title=found.insight.title.text(t),
        text=[found.insight.sentence.text(t)],
        figure=heat_map_figure(
            names, axis.labels, deviations.tolist(), texts, DEVIATION_LIMIT, style
        ),
        alt=" ".join(words),
        table=_table(found.compared, axis, shown),
        columns=_columns(visit, kind, axis),
        method=[
            t(DEFINITION_KEYS[kind.item]),
            t("method-seasonal-items", n_shown=N_SHOWN, n_kept=len(found.kept)),
            t("method-items-test", n_tests=len(found.compared.names), needed=SMALLEST_GROUP),
            t("method-groups-caveat"),
        ],
        queries=[items_query(kind.item), DAYS],
        verdict=found.insight.verdict,
        evidence=found.insight.evidence,
    )


def _table(compared: ComparedItems, axis: GroupAxis, shown: Sequence[int]) -> pl.DataFrame:
    tested = compared.tested
    return pl.DataFrame(
        {
            "item": [compared.names[i] for i in shown],
            "n_recipes": compared.n_with[shown].sum(axis=1).astype(np.int64),
        }
        | {
            f"share_{name.lower()}": tested.shares[shown, column]
            for column, name in enumerate(axis.names)
        }
        | {
            "variation": tested.variation[shown],
            "chi_squared": tested.chi_squared[shown],
            "cramers_v": tested.cramers_v[shown],
            "p_adjusted": compared.p_adjusted[shown],
        }
    )


def _columns(visit: Visit, kind: ItemKind, axis: GroupAxis) -> dict[str, Column]:
    t = visit.t
    shares = {
        f"share_{name.lower()}": Column(label, lambda share: t.percent(share, 2))
        for name, label in zip(axis.names, axis.labels, strict=True)
    }
    return {
        "item": item_column(visit, kind.item),
        "n_recipes": Column(t("column-recipes"), t.number),
        **shares,
        "variation": Column(t("column-variation"), lambda x: t.number(x, 2)),
        "chi_squared": Column(t("column-chi-squared"), lambda x: t.number(x, 1)),
        "cramers_v": Column(t("column-cramers-v"), lambda x: t.number(x, 3)),
        "p_adjusted": Column(t("column-p-adjusted"), t.p_value),
    }


def analyse_ingredients(visit: Visit, years: Years) -> Analysis:
    """Return S5."""
    return analyse(visit, years, INGREDIENTS)


def analyse_tags(visit: Visit, years: Years) -> Analysis:
    """Return S6."""
    return analyse(visit, years, TAGS)
