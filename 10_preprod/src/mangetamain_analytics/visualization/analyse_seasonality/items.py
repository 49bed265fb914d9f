"""S5 and S6: which ingredients and which tags are most tied to a season."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from mangetamain_analytics.utils.group_insights import (
    SMALLEST_MEAN_SHARE,
    SMALLEST_SEASONAL_RANGE,
    seasonal_items_insight,
)
from mangetamain_analytics.utils.group_tests import (
    SMALLEST_GROUP,
    ItemShares,
    frequent_enough,
    item_shares,
)
from mangetamain_analytics.utils.insights import SIGNIFICANCE, Insight, Item
from mangetamain_analytics.utils.statistics import Vector, adjust_p_values
from mangetamain_analytics.visualization.analyse_seasonality.seasons import season_axis
from mangetamain_analytics.visualization.custom_charts import heat_map_figure
from mangetamain_analytics.visualization.group_charts import GroupAxis, item_column, listed
from mangetamain_analytics.visualization.group_tables import (
    DAYS,
    MONTHS_OF_SEASONS,
    calendar,
    item_counts,
    items_query,
    merged,
)
from mangetamain_analytics.visualization.markup import Column
from mangetamain_analytics.visualization.page import Analysis, Chart, Visit, Years

N_SHOWN = 20
N_SHOWN_UNESTABLISHED = 10  # largest variations, shown where none is established
DEVIATION_LIMIT = 0.5  # half the mean share more or less takes the colour of the end


@dataclass(frozen=True)
class SeasonalItemKind:
    """What recipes are counted by, with the texts that name it."""

    item: Item
    name_key: str
    definition_key: str

    @property
    def id(self) -> str:
        """Anchor of the analysis."""
        return f"seasonality-{self.item.value}s"


INGREDIENTS = SeasonalItemKind(
    Item.INGREDIENT,
    name_key="seasonality-ingredients-name",
    definition_key="group-ingredient-definition",
)
TAGS = SeasonalItemKind(
    Item.TAG, name_key="seasonality-tags-name", definition_key="group-tag-definition"
)


@dataclass(frozen=True)
class SeasonalItems:
    """The items tested together, and those of them that are established to be seasonal.

    `seasons` are the columns with recipes; `kept` are indices, the most seasonal first.
    """

    names: Sequence[str]
    seasons: Sequence[int]
    tested: ItemShares
    n_recipes: Vector
    p_adjusted: Vector
    kept: Sequence[int]
    insight: Insight


def find_seasonal_items(visit: Visit, years: Years, item: Item) -> SeasonalItems:
    """Test the items of the chosen years and keep the established ones, by variation."""
    counts = item_counts(visit, item)
    n_all = merged(calendar(visit, years).by_month()[0], MONTHS_OF_SEASONS).sum(axis=0)
    seasons = np.flatnonzero(n_all)
    n_with, n_all = counts.by_season(years)[:, seasons], n_all[seasons]
    if len(seasons) < 2:
        n_with, n_all = np.empty((0, 2)), np.ones(2)  # no item, for want of a comparison
    # The mean share looks at no difference: it chooses what is tested without bias.
    mean_share = (n_with / n_all).mean(axis=1)
    chosen = np.flatnonzero(
        (mean_share >= SMALLEST_MEAN_SHARE) & frequent_enough(n_with, n_all)
    ).tolist()
    names = [counts.names[i] for i in chosen]
    tested = item_shares(n_with[chosen], n_all)
    p_adjusted = adjust_p_values(tested.p_value, "bh")
    is_kept = (tested.share_range >= SMALLEST_SEASONAL_RANGE) & (p_adjusted < SIGNIFICANCE)
    order = np.argsort(-tested.variation, kind="stable")
    kept = [int(i) for i in order if is_kept[i]]
    return SeasonalItems(
        names=names,
        seasons=seasons.tolist(),
        tested=tested,
        n_recipes=n_with[chosen].sum(axis=1),
        p_adjusted=p_adjusted,
        kept=kept,
        insight=seasonal_items_insight(item, names, tested, p_adjusted, kept),
    )


def analyse(visit: Visit, years: Years, kind: SeasonalItemKind) -> Analysis:
    """Return the heat map of the items most tied to a season."""
    found = visit.data.once(
        ("find_seasonal_items", kind.item, years),
        lambda: find_seasonal_items(visit, years, kind.item),
    )
    return Analysis(
        id=kind.id,
        name=visit.t(kind.name_key),
        charts=[_chart(visit, kind, found)] if found.names else [],
        note="" if found.names else found.insight.sentence.text(visit.t),
    )


def _chart(visit: Visit, kind: SeasonalItemKind, found: SeasonalItems) -> Chart:
    t, axis = visit.t, season_axis(visit).only(found.seasons)
    largest = np.argsort(-found.tested.variation, kind="stable").tolist()
    shown = list(found.kept[:N_SHOWN]) or largest[:N_SHOWN_UNESTABLISHED]
    shares = found.tested.shares[shown]
    deviations = shares / found.tested.mean_share[shown][:, np.newaxis] - 1
    names = [found.names[i] for i in shown]
    texts = [[t.percent(float(share), 1) for share in row] for row in shares]
    style = visit.style(t("axis-share-deviation"), digits=0, is_share=True)
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
        table=_table(found, axis, shown),
        columns=_columns(visit, axis),
        method=[
            t(kind.definition_key),
            t("method-seasonal-items", n_shown=N_SHOWN, n_kept=len(found.kept)),
            t("method-items-test", n_tests=len(found.names), needed=SMALLEST_GROUP),
            t("method-groups-caveat"),
        ],
        queries=[items_query(kind.item), DAYS],
        verdict=found.insight.verdict,
        evidence=found.insight.evidence,
    )


def _table(found: SeasonalItems, axis: GroupAxis, shown: Sequence[int]) -> pl.DataFrame:
    tested = found.tested
    return pl.DataFrame(
        {
            "item": [found.names[i] for i in shown],
            "n_recipes": found.n_recipes[shown].astype(np.int64),
        }
        | {
            f"share_{name.lower()}": tested.shares[shown, column]
            for column, name in enumerate(axis.names)
        }
        | {
            "variation": tested.variation[shown],
            "chi_squared": tested.chi_squared[shown],
            "cramers_v": tested.cramers_v[shown],
            "p_adjusted": found.p_adjusted[shown],
        }
    )


def _columns(visit: Visit, axis: GroupAxis) -> dict[str, Column]:
    t = visit.t
    shares = {
        f"share_{name.lower()}": Column(label, lambda share: t.percent(share, 2))
        for name, label in zip(axis.names, axis.labels, strict=True)
    }
    return {
        "item": item_column(t),
        "n_recipes": Column(t("column-recipes"), t.number),
        **shares,
        "variation": Column(t("column-variation"), lambda x: t.number(x, 2)),
        "chi_squared": Column(t("column-chi-squared"), lambda x: t.number(x, 1)),
        "cramers_v": Column(t("column-cramers-v"), lambda x: t.number(x, 3)),
        "p_adjusted": Column(t("column-p-adjusted"), t.p_value),
    }
