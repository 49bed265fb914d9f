"""T5 and T6: which ingredients and which tags recipes carry, and which come and go."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl
from babel.lists import format_list

from mangetamain_analytics.utils.i18n import Interval, Message, Number, Percent, PValue, Translator
from mangetamain_analytics.utils.insights import (
    DISTINCT_INGREDIENTS,
    DISTINCT_TAGS,
    SIGNIFICANCE,
    Item,
    Verdict,
    diversity_insight,
)
from mangetamain_analytics.utils.item_trend_insights import SMALLEST_SHARE_CHANGE
from mangetamain_analytics.utils.statistics import CONFIDENCE, SMALLEST_VERDICT, enough_for_trend
from mangetamain_analytics.visualization.analyse_trendlines.item_trends import (
    MIN_RECIPES,
    N_STRONGEST,
    VOLUME,
    ChosenTrends,
    ItemChanges,
    ItemYears,
    find_changes,
    follow,
    item_years,
    items_query,
)
from mangetamain_analytics.visualization.custom_charts import (
    Line,
    bars_figure,
    intervals_figure,
    yearly_lines_figure,
)
from mangetamain_analytics.visualization.group_items import choice_columns
from mangetamain_analytics.visualization.item_choice import NOTHING_CHOSEN, ChosenItems, choice_note
from mangetamain_analytics.visualization.item_links import (
    MARK,
    headed_by,
    item_column,
    linked,
)
from mangetamain_analytics.visualization.markup import VERDICT_KEYS, Column
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


KINDS = (INGREDIENTS, TAGS)


def analyse(
    visit: Visit, years: Years, kind: ItemKind, chosen: ChosenItems = NOTHING_CHOSEN
) -> Analysis:
    """Return rises and falls, their curves and those of chosen items, most used, distinct items."""
    counts = item_years(visit, kind.item).within(years)
    changes = visit.data.once(
        ("find_changes", kind.item, years), lambda: find_changes(kind.item, counts.frequent())
    )
    followed = follow(changes, counts, chosen.names)
    queries = [replace(query, years=years) for query in (items_query(kind.item), VOLUME)]
    distinct = Query("trends_items_distinct", {"kind": kind.item.value}, years)
    notes = [
        "" if changes.shares else _why_no_change(visit, len(counts.years), changes),
        choice_note(visit, chosen, followed.absent),
    ]
    return Analysis(
        id=kind.id,
        name=visit.t(kind.name_key),
        charts=[
            *_change_charts(visit, kind, changes, followed, queries),
            *_most_used_charts(visit, kind, counts, queries),
            _distinct_chart(visit, kind, distinct),
        ],
        note=" ".join(note for note in notes if note),
    )


def _why_no_change(visit: Visit, n_years: int, changes: ItemChanges) -> str:
    if enough_for_trend(n_years) and not changes.n_tested:
        return visit.t("items-none-frequent", min_recipes=MIN_RECIPES)
    return changes.insight.sentence.text(visit.t)


def _change_charts(
    visit: Visit,
    kind: ItemKind,
    changes: ItemChanges,
    followed: ChosenTrends,
    queries: Sequence[Query],
) -> list[Chart]:
    """Return the chart of the slopes and the curves, or nothing without change nor choice."""
    has_slopes = changes.shares or followed.trends
    charts = [_slopes_chart(visit, kind, changes, followed, queries)] if has_slopes else []
    if followed.names:
        charts.append(_chosen_chart(visit, kind, followed, queries))
    for name, title_key, names, verdict in (
        ("rises", "rising-title", changes.rises, Verdict.RISE),
        ("falls", "falling-title", changes.falls, Verdict.FALL),
    ):
        if names:
            title = visit.t(title_key, items=_listed(visit.t, names))
            lines = [Line(name, changes.shares[name]) for name in names]
            chart_id = f"{kind.id}-{name}"
            curves = _curves_chart(visit, kind, chart_id, title, changes.years, lines, queries)
            charts.append(replace(curves, verdict=verdict))
    return charts


def _chosen_chart(
    visit: Visit, kind: ItemKind, followed: ChosenTrends, queries: Sequence[Query]
) -> Chart:
    """Return the curves of the chosen items, with their trends."""
    t, trends = visit.t, followed.trends
    lines = [
        Line(name, shares.tolist(), trends[i] if trends else None)
        for i, (name, shares) in enumerate(zip(followed.names, followed.shares, strict=True))
    ]
    title = t("chosen-title", items=_listed(t, followed.names))
    curves = _curves_chart(visit, kind, f"{kind.id}-chosen", title, followed.years, lines, queries)
    return replace(curves, text=_chosen_sentences(t, followed))


def _chosen_sentences(t: Translator, followed: ChosenTrends) -> list[str]:
    """Tell the slope of each chosen item, and what the test says."""
    if not followed.trends:
        return [t("items-too-little-data-sentence", needed=SMALLEST_VERDICT)]
    return [
        t(
            "chosen-tested",
            facts=t(
                "chosen-trend",
                item=item,
                slope=Message("unit-points", {"number": Number(slope, 2, is_signed=True)}),
                confidence=Percent(CONFIDENCE),
                interval=Interval(low, high, 2),
            ),
            verdict=t(VERDICT_KEYS[verdict]),
            p=PValue(p),
        )
        for (item, slope, low, high, p), verdict in zip(
            followed.slopes.iter_rows(), followed.verdicts, strict=True
        )
    ]


def _slopes_table(changes: ItemChanges, followed: ChosenTrends) -> pl.DataFrame:
    """Put the chosen items before the strongest changes, each with its verdict."""
    if not followed.trends:
        return changes.slopes
    verdicts = [verdict.value for verdict in followed.verdicts]
    chosen = followed.slopes.with_columns(
        verdict=pl.Series(verdicts, dtype=pl.String), is_chosen=pl.lit(True)
    )
    if changes.slopes.is_empty():
        return chosen
    rise, fall = Verdict.RISE.value, Verdict.FALL.value
    is_rise = pl.col("slope_points_per_decade") > 0
    others = changes.slopes.filter(~pl.col("item").is_in(followed.names)).with_columns(
        verdict=pl.when(is_rise).then(pl.lit(rise)).otherwise(pl.lit(fall)), is_chosen=pl.lit(False)
    )
    return pl.concat([chosen, others])


def _established(items: Sequence[str], followed: ChosenTrends) -> list[bool]:
    """Tell of each drawn item whether it rises or falls; only chosen ones may do neither."""
    verdicts = dict(zip(followed.names, followed.verdicts, strict=bool(followed.verdicts)))
    changes = (Verdict.RISE, Verdict.FALL)
    return [verdicts.get(item, Verdict.RISE) in changes for item in items]


def _slopes_chart(
    visit: Visit,
    kind: ItemKind,
    changes: ItemChanges,
    followed: ChosenTrends,
    queries: Sequence[Query],
) -> Chart:
    t = visit.t
    table = _slopes_table(changes, followed)
    items, slopes, lows, highs = (table.to_series(i).to_list() for i in range(4))
    marked = set(followed.names) if followed.trends else set()
    names = [MARK + name if name in marked else name for name in items]
    style = linked(visit, kind.item, visit.style(t("axis-points-per-decade"), digits=1))

    def points(value: float) -> str:
        return t.signed(value, 2)

    written = [f"{name} {points(slope)}" for name, slope in zip(names, slopes, strict=True)]
    columns = {
        "item": item_column(visit, kind.item),
        "slope_points_per_decade": Column(t("axis-points-per-decade"), points),
        "slope_low": Column(t("column-interval-low"), points),
        "slope_high": Column(t("column-interval-high"), points),
        "p_adjusted": Column(t("column-p-adjusted"), t.p_value),
    }
    if marked:
        columns["verdict"] = Column(
            t("column-verdict"),
            lambda value: t(VERDICT_KEYS[Verdict(value)]),
            is_number=False,
        )
    return Chart(
        id=f"{kind.id}-slopes",
        title=changes.insight.title.text(t),
        text=[changes.insight.sentence.text(t)],
        figure=intervals_figure(
            names, slopes, lows, highs, style, is_established=_established(items, followed)
        ),
        alt=t("alt-slopes", items=_listed(t, written)),
        table=table,
        columns=columns | choice_columns(t, table),
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
            *([t("slopes-chosen-method")] if marked else []),
        ],
        queries=queries,
        verdict=changes.insight.verdict,
        evidence=changes.insight.evidence,
    )


def _curves_chart(
    visit: Visit,
    kind: ItemKind,
    chart_id: str,
    title: str,
    years: Sequence[int],
    lines: Sequence[Line],
    queries: Sequence[Query],
) -> Chart:
    """Return the share of recipes of items, year by year."""
    t = visit.t
    style = visit.style(t("axis-share"), digits=1, is_share=True)

    def percent(share: float) -> str:
        return t.percent(share, 1)

    first_year, last_year = str(years[0]), str(years[-1])
    return Chart(
        id=chart_id,
        title=title,
        text=[],
        figure=yearly_lines_figure(years, lines, style),
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
        # An item may be called "year".
        table=pl.DataFrame(
            {"year": list(years)} | {f"share_{line.name}": list(line.values) for line in lines}
        ),
        columns={"year": Column(t("column-year"), str, is_number=False)}
        | {f"share_{line.name}": headed_by(visit, kind.item, line.name, percent) for line in lines},
        method=[t("curves-method")],
        queries=queries,
    )


def _most_used_charts(
    visit: Visit, kind: ItemKind, counts: ItemYears, queries: Sequence[Query]
) -> list[Chart]:
    """Return the chart of the most used items, or nothing if the recipes carry none."""
    table = counts.most_used(N_MOST_USED)
    return [] if table.is_empty() else [_most_used_chart(visit, kind, table, queries)]


def _most_used_chart(
    visit: Visit, kind: ItemKind, table: pl.DataFrame, queries: Sequence[Query]
) -> Chart:
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
        method=[t("most-used-method", n_items=N_MOST_USED)],
        queries=queries,
    )


def _distinct_chart(visit: Visit, kind: ItemKind, query: Query) -> Chart:
    frame = query.run(visit.data)
    (fitted,) = fit_metrics(frame, [kind.diversity], diversity_insight)
    definition = visit.t("distinct-definition")
    return metric_chart(visit, f"{kind.id}-distinct", frame, fitted, query, definition)


def _listed(t: Translator, items: Sequence[str]) -> str:
    """Write a list as a sentence does: “a, b and c”."""
    return str(format_list(items, locale=t.language))
