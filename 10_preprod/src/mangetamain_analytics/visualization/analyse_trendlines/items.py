"""T5 and T6: which ingredients and which tags recipes carry, and which come and go."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl
from babel.lists import format_list

from mangetamain_analytics.utils.i18n import Number, Percent, Translator
from mangetamain_analytics.utils.insights import (
    DISTINCT_INGREDIENTS,
    DISTINCT_TAGS,
    SIGNIFICANCE,
    Item,
    Verdict,
    diversity_insight,
)
from mangetamain_analytics.utils.item_trend_insights import SMALLEST_SHARE_CHANGE
from mangetamain_analytics.utils.statistics import CONFIDENCE, enough_for_trend
from mangetamain_analytics.visualization.analyse_trendlines.item_trends import (
    MIN_RECIPES,
    N_STRONGEST,
    ItemChanges,
    ItemYears,
    find_changes,
)
from mangetamain_analytics.visualization.custom_charts import (
    Line,
    bars_figure,
    intervals_figure,
    yearly_lines_figure,
)
from mangetamain_analytics.visualization.item_links import item_column, linked
from mangetamain_analytics.visualization.markup import Column
from mangetamain_analytics.visualization.page import Analysis, Chart, Query, Visit, Years
from mangetamain_analytics.visualization.yearly_trends import (
    YearlyMetric,
    fit_metrics,
    metric_chart,
)

N_MOST_USED = 15


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
    by_year = Query(
        "trends_items_by_year",
        {"kind": kind.item.value, "min_recipes": MIN_RECIPES},
        years,
    )
    counts = visit.data.once(
        ("ItemYears", kind.item), lambda: ItemYears.of(by_year.run_uncached(visit.data))
    )
    changes = visit.data.once(
        ("find_changes", kind.item, years), lambda: find_changes(kind.item, counts.within(years))
    )
    distinct = Query("trends_items_distinct", {"kind": kind.item.value}, years)
    return Analysis(
        id=kind.id,
        name=visit.t(kind.name_key),
        charts=[
            *_change_charts(visit, kind, changes, by_year),
            *_most_used_charts(visit, kind, years),
            _distinct_chart(visit, kind, distinct),
        ],
        note="" if changes.shares else _why_no_change(visit, years, changes),
    )


def _why_no_change(visit: Visit, years: Years, changes: ItemChanges) -> str:
    n_years = years.of(visit.data.query("trends_volume")).height
    if enough_for_trend(n_years) and not changes.n_tested:
        return visit.t("items-none-frequent", min_recipes=MIN_RECIPES)
    return changes.insight.sentence.text(visit.t)


def _change_charts(visit: Visit, kind: ItemKind, changes: ItemChanges, query: Query) -> list[Chart]:
    """Return the chart of the slopes and the curves, or nothing if no change is established."""
    charts = [_slopes_chart(visit, kind, changes, query)] if changes.shares else []
    for name, title_key, names, verdict in (
        ("rises", "rising-title", changes.rises, Verdict.RISE),
        ("falls", "falling-title", changes.falls, Verdict.FALL),
    ):
        if names:
            curves = _curves_chart(visit, f"{kind.id}-{name}", title_key, changes, names, query)
            charts.append(replace(curves, verdict=verdict))
    return charts


def _slopes_chart(visit: Visit, kind: ItemKind, changes: ItemChanges, query: Query) -> Chart:
    t = visit.t
    names, slopes, lows, highs = (changes.slopes.to_series(i).to_list() for i in range(4))
    style = linked(visit, kind.item, visit.style(t("axis-points-per-decade"), digits=1))

    def points(value: float) -> str:
        return t.signed(value, 2)

    written = [f"{name} {points(slope)}" for name, slope in zip(names, slopes, strict=True)]
    return Chart(
        id=f"{kind.id}-slopes",
        title=changes.insight.title.text(t),
        text=[changes.insight.sentence.text(t)],
        figure=intervals_figure(names, slopes, lows, highs, style),
        alt=t("alt-slopes", items=_listed(t, written)),
        table=changes.slopes,
        columns={
            "item": item_column(visit, kind.item),
            "slope_points_per_decade": Column(t("axis-points-per-decade"), points),
            "slope_low": Column(t("column-interval-low"), points),
            "slope_high": Column(t("column-interval-high"), points),
            "p_adjusted": Column(t("column-p-adjusted"), t.p_value),
        },
        method=[
            t(kind.definition_key, min_recipes=MIN_RECIPES),
            t(
                "slopes-method",
                n_tests=changes.n_tested,
                n_years=len(changes.years),
                level=Percent(SIGNIFICANCE),
                smallest=Number(100 * SMALLEST_SHARE_CHANGE, 1),
                n_strongest=N_STRONGEST,
                confidence=Percent(CONFIDENCE),
            ),
        ],
        queries=[query],
        verdict=changes.insight.verdict,
        evidence=changes.insight.evidence,
    )


def _curves_chart(
    visit: Visit,
    chart_id: str,
    title_key: str,
    changes: ItemChanges,
    names: Sequence[str],
    query: Query,
) -> Chart:
    """Return the share of recipes of the named items, year by year."""
    t = visit.t
    style = visit.style(t("axis-share"), digits=1, is_share=True)
    lines = [Line(name, changes.shares[name]) for name in names]
    first_year, last_year = str(changes.years[0]), str(changes.years[-1])
    return Chart(
        id=chart_id,
        title=t(title_key, items=_listed(t, names)),
        text=[],
        figure=yearly_lines_figure(changes.years, lines, style),
        alt=" ".join(
            t(
                "alt-share",
                item=line.name,
                first=Percent(line.values[0], 1),
                first_year=first_year,
                last=Percent(line.values[-1], 1),
                last_year=last_year,
            )
            for line in lines
        ),
        table=pl.DataFrame(
            {"year": changes.years} | {name: changes.shares[name] for name in names}
        ),
        columns={"year": Column(t("column-year"), str, is_number=False)}
        | {name: Column(name, lambda share: t.percent(share, 1)) for name in names},
        method=[t("curves-method")],
        queries=[query],
    )


def _most_used_charts(visit: Visit, kind: ItemKind, years: Years) -> list[Chart]:
    """Return the chart of the most used items, or nothing if the recipes carry none."""
    query = Query(
        "trends_items_most_used",
        {"kind": kind.item.value, "n_items": N_MOST_USED, **years.parameters()},
    )
    table = query.run(visit.data)
    return [] if table.is_empty() else [_most_used_chart(visit, kind, table, query)]


def _most_used_chart(visit: Visit, kind: ItemKind, table: pl.DataFrame, query: Query) -> Chart:
    t = visit.t
    names, shares = table["item"].to_list(), table["share_of_recipes"].to_list()
    style = linked(visit, kind.item, visit.style(t("axis-share"), digits=1, is_share=True))
    written = [f"{name} {t.percent(share, 1)}" for name, share in zip(names, shares, strict=True)]
    return Chart(
        id=f"{kind.id}-most-used",
        title=t(kind.most_used_title_key, items=_listed(t, names[:3])),
        text=[],
        figure=bars_figure(names, shares, style),
        alt=t("alt-most-used", items=_listed(t, written)),
        table=table,
        columns={
            "item": item_column(visit, kind.item),
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


def _listed(t: Translator, items: Sequence[str]) -> str:
    """Write a list as a sentence does: “a, b and c”."""
    return str(format_list(items, locale=t.language))
