"""Writes the quality report: one HTML page, for people, that needs no network.

Each chart is one file of `sql/report` that returns `x` and `y`; `CHARTS` says how it is drawn.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb
import plotly.graph_objects as go
import polars as pl
from jinja2 import Environment, PackageLoader, StrictUndefined
from plotly.offline import get_plotlyjs
from tqdm import tqdm

from mangetamain_data_utils import models
from mangetamain_data_utils.checks import SCHEMA_RULE, check_file, open_read_only, rule_names
from mangetamain_data_utils.exceptions import Breach, RuleBroken, rows
from mangetamain_data_utils.literals import MISSING
from mangetamain_data_utils.sources import SourceFile, find_sources
from mangetamain_data_utils.workplace import publish, workplace

COLORS = {  # the only place of the report where a colour is written
    "background": "#1E1E1E",
    "card": "#2A2A2A",
    "line": "#4A4A4A",
    "text": "#F0F0F0",
    "muted": "#B0B0B0",
    "primary": "#FF8C00",
    "accent": "#FFD700",
    "good": "#5CD67B",
    "bad": "#FF7B84",
}
CHART_HEIGHT = 320  # pixels


@dataclass(frozen=True)
class Chart:
    """How one query of `sql/report` is drawn."""

    query: str
    title: str
    x_title: str
    y_title: str
    kind: str = "bar"  # bar, ranking (horizontal, largest first) or area
    y_format: str = ",d"


CHARTS = {
    "distributions": (
        Chart("recipes_by_minutes", "Preparation time", "minutes (bins of 5)", "recipes"),
        Chart("recipes_by_steps", "Steps", "steps", "recipes"),
        Chart("recipes_by_ingredients", "Ingredients", "ingredients", "recipes"),
        Chart("recipes_by_calories", "Calories, up to the 99th percentile", "kcal", "recipes"),
        Chart("ratings_by_stars", "Stars", "stars", "ratings"),
        Chart("users_by_ratings", "How much users rate", "ratings per user", "users"),
    ),
    "coverage": (
        Chart("recipes_per_month", "Recipes per month", "", "recipes", kind="area"),
        Chart("ratings_per_month", "Ratings per month", "", "ratings", kind="area"),
    ),
    "items": (
        Chart("top_ingredients", "Ingredients", "share of recipes", "", "ranking", ".0%"),
        Chart("top_tags", "Tags", "share of recipes", "", "ranking", ".0%"),
    ),
}
REMOVED = Chart("rows_removed_by_rule", "Rows removed, rule by rule", "rows", "", "ranking")


@dataclass(frozen=True)
class ColumnGaps:
    """How many cells of a column hold nothing."""

    table: str
    column: str
    n_missing: int
    n_rows: int

    @property
    def share(self) -> float:
        """Share of the rows, 0 to 1."""
        return self.n_missing / self.n_rows if self.n_rows else 0.0


def write_report(
    built_db: Path, output: Path, source_dir: Path | None = None, quiet: bool = True
) -> None:
    """Write the HTML report about a built file; with ``source_dir``, about its sources too.

    Raises:
        RuleBroken: the file lacks a table or a column, so that nothing can be said about it.
            Other broken rules are what the report is for: it shows them.
        OutputRefused: the file cannot be read, or the report cannot be written.
        SourceRefused: a source file is broken.
    """
    breaches = check_file(built_db)
    if any(breach.rule == SCHEMA_RULE for breach in breaches):
        raise RuleBroken(breaches)
    source_gaps = _source_gaps(source_dir, quiet) if source_dir else []
    with open_read_only(built_db) as con:
        page = _render(con, built_db, breaches, source_gaps)
    with workplace(output, [built_db]) as folder:
        finished = folder / output.name
        finished.write_text(page, encoding="utf-8")
        publish(finished, output)


def _render(
    con: duckdb.DuckDBPyConnection,
    built_db: Path,
    breaches: list[Breach],
    source_gaps: list[ColumnGaps],
) -> str:
    loader = PackageLoader("mangetamain_data_utils", "templates")
    template = Environment(loader=loader, autoescape=True, undefined=StrictUndefined).get_template(
        "report.html.j2"
    )
    return template.render(
        colors=COLORS,
        plotly_js=get_plotlyjs(),
        file_name=built_db.name,
        size_bytes=built_db.stat().st_size,
        info=_rows(con.table("build_info"))[0],
        headline=_query(con, "headline")[0],
        rules=_verdicts(breaches),
        rows=rows,
        cleaning_steps=_rows(con.table("cleaning_steps").order("step")),
        notes=_rows(con.table("source_notes")),
        removed_chart=_chart_html(con, REMOVED),
        charts={name: [_chart_html(con, c) for c in group] for name, group in CHARTS.items()},
        distributions=_query(con, "distributions"),
        built_gaps=_built_gaps(con),
        source_gaps=source_gaps,
    )


def _query(con: duckdb.DuckDBPyConnection, name: str) -> list[dict[str, Any]]:
    return _rows(con.sql(models.read_sql(f"report/{name}")))


def _rows(relation: duckdb.DuckDBPyRelation) -> list[dict[str, Any]]:
    return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]


def _verdicts(breaches: list[Breach]) -> list[tuple[str, Breach | None]]:
    """Pair every rule with its breach; the broken ones come first."""
    broken = {breach.rule: breach for breach in breaches}
    verdicts = [(rule, broken.get(rule)) for rule in rule_names()]
    return sorted(verdicts, key=lambda verdict: verdict[1] is None)


def _built_gaps(con: duckdb.DuckDBPyConnection) -> list[ColumnGaps]:
    gaps = []
    for name in ("recipes", "interactions", "users"):
        table = con.table(name)
        n_rows, *n_filled = table.aggregate("count(*), count(columns(*))").fetchall()[0]
        pairs = zip(table.columns, n_filled, strict=True)
        gaps += [ColumnGaps(name, column, n_rows - n, n_rows) for column, n in pairs]
    return gaps


def _source_gaps(source_dir: Path, quiet: bool) -> list[ColumnGaps]:
    sources = find_sources(source_dir).values()
    bar = tqdm(sources, desc="missing values", unit="file", disable=quiet or None)
    return [gap for source in bar for gap in _gaps_of(source)]


def _gaps_of(source: SourceFile) -> list[ColumnGaps]:
    columns = source.table.columns
    gaps = [ColumnGaps(source.name, column, 0, 0) for column in columns]
    for batch in source.batches(columns):
        missing = batch.select(pl.col(columns).is_in(MISSING).sum()).row(0)
        gaps = [
            replace(gap, n_missing=gap.n_missing + n, n_rows=gap.n_rows + batch.height)
            for gap, n in zip(gaps, missing, strict=True)
        ]
    return gaps


def _chart_html(con: duckdb.DuckDBPyConnection, chart: Chart) -> str:
    points = con.sql(models.read_sql(f"report/{chart.query}")).fetchall()
    figure = chart_figure(chart, [x for x, _ in points], [y for _, y in points])
    settings = {"displayModeBar": False, "responsive": True}
    html: str = figure.to_html(
        full_html=False, include_plotlyjs=False, config=settings, div_id=chart.query
    )
    return html


def chart_figure(chart: Chart, x: list[Any], y: list[Any]) -> go.Figure:
    """Draw the values: pure, no database."""
    figure = go.Figure(_TRACES[chart.kind](x, y, chart))
    figure.update_layout(
        title=chart.title,
        height=CHART_HEIGHT if chart.kind != "ranking" else 120 + 22 * len(x),
        margin={"l": 10, "r": 20, "t": 50, "b": 10},
        paper_bgcolor=COLORS["card"],
        plot_bgcolor=COLORS["card"],
        font={"color": COLORS["text"], "family": "system-ui, sans-serif"},
        bargap=0.12,
    )
    figure.update_xaxes(title=chart.x_title, gridcolor=COLORS["line"], automargin=True)
    figure.update_yaxes(
        title=chart.y_title, gridcolor=COLORS["line"], automargin=True, tickformat=","
    )
    if chart.kind == "ranking":
        room_for_values = 1.15 * max(y, default=0)
        figure.update_xaxes(tickformat=chart.y_format, range=[0, room_for_values])
        figure.update_yaxes(ticksuffix="  ", tickformat="", showgrid=False)
    return figure


def _bar(x: list[Any], y: list[Any], chart: Chart) -> go.Bar:
    hover = f"{chart.x_title} %{{x}}: %{{y:{chart.y_format}}} {chart.y_title}<extra></extra>"
    return go.Bar(x=x, y=y, marker_color=COLORS["primary"], hovertemplate=hover)


def _ranking(x: list[Any], y: list[Any], chart: Chart) -> go.Bar:
    """Draw horizontal bars, the first on top, each with its value."""
    values = f"%{{x:{chart.y_format}}}"
    return go.Bar(
        x=y[::-1],
        y=x[::-1],
        orientation="h",
        marker_color=COLORS["primary"],
        texttemplate=values,
        textposition="outside",
        cliponaxis=False,
        hovertemplate=f"%{{y}}: {values}<extra></extra>",
    )


def _area(x: list[Any], y: list[Any], chart: Chart) -> go.Scatter:
    hover = f"%{{x|%B %Y}}: %{{y:{chart.y_format}}} {chart.y_title}<extra></extra>"
    return go.Scatter(
        x=x, y=y, fill="tozeroy", line={"color": COLORS["primary"]}, hovertemplate=hover
    )


_TRACES: dict[str, Callable[[list[Any], list[Any], Chart], Any]] = {
    "bar": _bar,
    "ranking": _ranking,
    "area": _area,
}
