"""S5 and S6: which ingredients and which tags are most tied to a season."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from mangetamain_analytics.utils.group_item_insights import (
    SMALLEST_MEAN_SHARE,
    SMALLEST_SEASONAL_RANGE,
    seasonal_items_insight,
    share_threshold,
)
from mangetamain_analytics.utils.groupings import SEASONS
from mangetamain_analytics.utils.i18n import Argument, Percent, Translator
from mangetamain_analytics.utils.insights import Insight, Item
from mangetamain_analytics.visualization.analyse_seasonality.seasons import season_axis
from mangetamain_analytics.visualization.custom_charts import heat_map_figure
from mangetamain_analytics.visualization.group_charts import GroupAxis, listed
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
    DAYS,
    MONTHS_OF_SEASONS,
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


def find_seasonal_items(
    visit: Visit, years: Years, item: Item, min_share: float = SMALLEST_MEAN_SHARE
) -> SeasonalItems:
    """Test the items of the chosen years and keep the established ones, by variation."""
    counts = item_counts(visit, item)
    n_all = merged(calendar(visit, years).by_month()[0], MONTHS_OF_SEASONS).sum(axis=0)
    compared = compare_items(counts.names, counts.by_season(years), n_all, min_share)
    tested = compared.tested
    kept = compared.established(tested.share_range, SMALLEST_SEASONAL_RANGE, by=tested.variation)
    insight = seasonal_items_insight(
        item, compared.names, tested, compared.p_adjusted, kept, min_share
    )
    return SeasonalItems(compared, kept, insight)


def analyse(
    visit: Visit,
    years: Years,
    kind: ItemKind,
    min_share: float = SMALLEST_MEAN_SHARE,
    chosen: ChosenItems = NOTHING_CHOSEN,
) -> Analysis:
    """Return the heat map of the items most tied to a season, and of the chosen ones."""
    found = visit.data.once(
        ("find_seasonal_items", kind.item, years, min_share),
        lambda: find_seasonal_items(visit, years, kind.item, min_share),
    )
    counts = [
        (name, counts_of_one(visit, kind.item, name).by_season(years)[0]) for name in chosen.names
    ]
    compared = found.compared
    rows = rows_shown(compared, compared.shown(found.kept, by=compared.tested.variation), counts)
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
    visit: Visit, kind: ItemKind, found: SeasonalItems, rows: ItemRows, min_share: float
) -> Chart:
    t, axis, tested = visit.t, season_axis(visit).only(rows.items.groups), rows.items.tested
    shares = tested.shares[rows.shown]
    deviations = shares / tested.mean_share[rows.shown][:, np.newaxis] - 1
    names = rows.labels()
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
    table = _table(rows, axis)
    return Chart(
        id=f"{kind.id}-shares",
        title=found.insight.title.text(t),
        text=[found.insight.sentence.text(t), *_chosen_sentences(t, rows)],
        figure=heat_map_figure(
            names, axis.labels, deviations.tolist(), texts, DEVIATION_LIMIT, style
        ),
        alt=" ".join(words),
        table=table,
        columns=_columns(visit, kind, axis) | choice_columns(t, table),
        method=[
            t(DEFINITION_KEYS[kind.item]),
            t(
                "method-seasonal-items",
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


def _chosen_sentences(t: Translator, rows: ItemRows) -> list[str]:
    """Tell of each chosen item its highest and its lowest share, and what the test says."""
    tested, sentences = rows.items.tested, []
    for i in rows.chosen:
        shares = tested.shares[i]
        groups = [
            SEASONS.groups[rows.items.groups[int(j)]] for j in (shares.argmax(), shares.argmin())
        ]
        facts: dict[str, Argument] = {
            "item": rows.items.names[i],
            "high": Percent(float(shares.max()), 2),
            "high_when": groups[0].when,
            "low": Percent(float(shares.min()), 2),
            "low_when": groups[1].when,
        }
        sentences.append(
            rows.sentence(
                t, i, t("chosen-seasonal", **facts), tested.share_range, SMALLEST_SEASONAL_RANGE
            )
        )
    return sentences


def _table(rows: ItemRows, axis: GroupAxis) -> pl.DataFrame:
    compared, tested, shown = rows.items, rows.items.tested, list(rows.shown)
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
        | rows.column_of_choice(),
        nan_to_null=True,
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
