"""T5 and T6: which ingredients and which tags recipes carry, and which come and go."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl
from babel.lists import format_list

from mangetamain_analytics.utils.i18n import Percent, Translator
from mangetamain_analytics.utils.insights import (
    DISTINCT_INGREDIENTS,
    DISTINCT_TAGS,
    Insight,
    Item,
    Verdict,
    diversity_insight,
    items_insight,
)
from mangetamain_analytics.visualization.analyse_trendlines.item_trends import (
    ItemTrends,
    fit_items,
)
from mangetamain_analytics.visualization.custom_charts import (
    Line,
    Style,
    bars_figure,
    intervals_figure,
    yearly_lines_figure,
)
from mangetamain_analytics.visualization.markup import Column
from mangetamain_analytics.visualization.page import Analysis, Chart, Query, Visit, Years
from mangetamain_analytics.visualization.yearly_trends import (
    YearlyMetric,
    fit_metrics,
    metric_chart,
)

# An item in fewer recipes has a share too noisy for a trend; 2,415 real ingredients have as many.
MIN_RECIPES = 50
N_MOST_USED = 15
N_STRONGEST = 5  # rises, and as many falls


@dataclass(frozen=True)
class ItemKind:
    """What recipes are counted by, with the texts that name it."""

    item: Item
    diversity: YearlyMetric
    name_key: str
    most_used_title_key: str
    definition_key: str

    @property
    def id(self) -> str:
        """Anchor of the analysis."""
        return f"trends-{self.item.value}s"


INGREDIENTS = ItemKind(
    Item.INGREDIENT,
    YearlyMetric("n_distinct_items", DISTINCT_INGREDIENTS, axis_key="axis-distinct-ingredients"),
    name_key="trends-ingredients-name",
    most_used_title_key="most-used-ingredients-title",
    definition_key="share-of-ingredient-definition",
)
TAGS = ItemKind(
    Item.TAG,
    YearlyMetric("n_distinct_items", DISTINCT_TAGS, axis_key="axis-distinct-tags"),
    name_key="trends-tags-name",
    most_used_title_key="most-used-tags-title",
    definition_key="share-of-tag-definition",
)


def analyse(visit: Visit, years: Years, kind: ItemKind) -> Analysis:
    """Return the strongest rises and falls, their curves, the most used and the distinct items."""
    parameters = {"kind": kind.item.value, **years.parameters()}
    by_year = Query("trends_items_by_year", {**parameters, "min_recipes": MIN_RECIPES})
    fitted = visit.data.once(
        ("fit_items", *sorted(by_year.parameters.items())),
        lambda: fit_items(by_year.run(visit.data)),
    )
    insight = items_insight(
        kind.item, fitted.names, fitted.trends, fitted.p_adjusted, fitted.period
    )
    changes = _change_charts(visit, kind, fitted, insight, by_year)
    return Analysis(
        id=kind.id,
        name=visit.t(kind.name_key),
        charts=[
            *changes,
            _most_used_chart(
                visit, kind, Query("trends_items_most_used", {**parameters, "n_items": N_MOST_USED})
            ),
            _distinct_chart(visit, kind, Query("trends_items_distinct", parameters)),
        ],
        note="" if changes else insight.sentence.text(visit.t),
    )


def _change_charts(
    visit: Visit, kind: ItemKind, fitted: ItemTrends, insight: Insight, query: Query
) -> list[Chart]:
    """Return the chart of the slopes and the curves, or nothing if no change is established."""
    t = visit.t
    rises, falls = fitted.rises[:N_STRONGEST], fitted.falls[:N_STRONGEST]
    charts = []
    if rises or falls:
        charts.append(
            _slopes_chart(visit, kind, fitted, [*rises, *reversed(falls)], insight, query)
        )
    for name, title_key, indices, verdict in (
        ("rises", "rising-title", rises, Verdict.RISE),
        ("falls", "falling-title", falls, Verdict.FALL),
    ):
        if indices:
            title = t(title_key, items=_listed(t, [fitted.names[i] for i in indices]))
            charts.append(
                _curves_chart(visit, f"{kind.id}-{name}", title, fitted, indices, verdict, query)
            )
    return charts


def _slopes_chart(
    visit: Visit,
    kind: ItemKind,
    fitted: ItemTrends,
    indices: Sequence[int],
    insight: Insight,
    query: Query,
) -> Chart:
    t = visit.t
    table = fitted.slopes(indices)
    names, slopes, lows, highs = (table.to_series(i).to_list() for i in range(4))
    style = Style(t, visit.theme, t("axis-points-per-decade"), digits=1)

    def points(value: float) -> str:
        return t.signed(value, 2)

    return Chart(
        id=f"{kind.id}-slopes",
        title=insight.title.text(t),
        text=[insight.sentence.text(t)],
        figure=intervals_figure(names, slopes, lows, highs, style),
        alt=t(
            "alt-slopes",
            items=_listed(
                t, [f"{name} {points(slope)}" for name, slope in zip(names, slopes, strict=True)]
            ),
        ),
        table=table,
        columns={
            "item": _item_column(t),
            "slope_points_per_decade": Column(t("axis-points-per-decade"), points),
            "slope_low": Column(t("column-interval-low"), points),
            "slope_high": Column(t("column-interval-high"), points),
            "p_adjusted": Column(t("column-p-adjusted"), t.p_value),
        },
        method=[
            t(kind.definition_key, min_recipes=MIN_RECIPES),
            t("slopes-method", n_tests=len(fitted.names), n_years=len(fitted.years)),
        ],
        queries=[query],
        verdict=insight.verdict,
    )


def _curves_chart(
    visit: Visit,
    chart_id: str,
    title: str,
    fitted: ItemTrends,
    indices: Sequence[int],
    verdict: Verdict,
    query: Query,
) -> Chart:
    t = visit.t
    years = [str(year) for year in fitted.years]
    style = Style(t, visit.theme, t("axis-share"), digits=1, is_share=True)
    lines = [Line(fitted.names[i], fitted.shares[i].tolist()) for i in indices]
    return Chart(
        id=chart_id,
        title=title,
        text=[],
        figure=yearly_lines_figure(fitted.years, lines, style),
        alt=" ".join(
            t(
                "alt-share",
                item=line.name,
                first=Percent(line.values[0], 1),
                first_year=years[0],
                last=Percent(line.values[-1], 1),
                last_year=years[-1],
            )
            for line in lines
        ),
        table=pl.DataFrame({"year": fitted.years} | {line.name: line.values for line in lines}),
        columns={"year": Column(t("column-year"), str, is_number=False)}
        | {line.name: Column(line.name, lambda share: t.percent(share, 1)) for line in lines},
        method=[t("curves-method")],
        queries=[query],
        verdict=verdict,
    )


def _most_used_chart(visit: Visit, kind: ItemKind, query: Query) -> Chart:
    t = visit.t
    table = query.run(visit.data)
    names, shares = table["item"].to_list(), table["share_of_recipes"].to_list()
    style = Style(t, visit.theme, t("axis-share"), digits=1, is_share=True)
    written = [f"{name} {t.percent(share, 1)}" for name, share in zip(names, shares, strict=True)]
    return Chart(
        id=f"{kind.id}-most-used",
        title=t(kind.most_used_title_key, items=_listed(t, names[:3])),
        text=[],
        figure=bars_figure(names, shares, style),
        alt=t("alt-most-used", items=_listed(t, written)),
        table=table,
        columns={
            "item": _item_column(t),
            "n_recipes": Column(t("column-recipes"), t.number),
            "share_of_recipes": Column(t("axis-share"), lambda share: t.percent(share, 1)),
        },
        method=[t("most-used-method")],
        queries=[query],
    )


def _distinct_chart(visit: Visit, kind: ItemKind, query: Query) -> Chart:
    frame = query.run(visit.data)
    (fitted,) = fit_metrics(frame, [kind.diversity], diversity_insight)
    definition = visit.t("distinct-definition")
    return metric_chart(visit, f"{kind.id}-distinct", frame, fitted, query, definition)


def _item_column(t: Translator) -> Column:
    return Column(t("column-item"), str, is_number=False)


def _listed(t: Translator, items: Sequence[str]) -> str:
    """Write a list as a sentence does: “a, b and c”."""
    return str(format_list(items, locale=t.language))
