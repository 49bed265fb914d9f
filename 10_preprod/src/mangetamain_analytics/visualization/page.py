"""What a page is, and what every analysis and every chart on it gets."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from typing import Any

import numpy as np
import polars as pl
import streamlit as st
from numpy.typing import NDArray
from polars import selectors
from streamlit.navigation.page import Page as StreamlitPage

from mangetamain_analytics.data.cached_loaders import CachedLoader
from mangetamain_analytics.data.loaders import Parameter, sql_text
from mangetamain_analytics.utils.i18n import Day, Translator
from mangetamain_analytics.utils.insights import Evidence, Verdict
from mangetamain_analytics.visualization import markup
from mangetamain_analytics.visualization.custom_charts import Style
from mangetamain_analytics.visualization.figure import Figure
from mangetamain_analytics.visualization.markup import Column

# Significant digits of a downloaded number: none of the dust of floating point.
CSV_DIGITS = 10
DEFAULT_THEME = "dark"


@dataclass
class Shown:
    """What a page shows now, kept up to date by its parts that are drawn again on their own.

    Attributes:
        analyses: By their ids, in the order of the page.
        choices: Values of the widgets that the visitor may have changed, by key.
    """

    analyses: dict[str, "Analysis"] = field(default_factory=dict)
    choices: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Visit:
    """One visitor's view of a page.

    Attributes:
        t: Writes texts in their language.
        theme: ``dark`` or ``light``.
        data: The data, the same all through the page.
        entries: What ``st.page_link`` wants, by address.
        shown: What the page shows now.
    """

    t: Translator
    theme: str
    data: CachedLoader
    entries: Mapping[str, StreamlitPage]
    shown: Shown = field(default_factory=Shown, compare=False)

    @cached_property
    def source(self) -> str:
        """Where the numbers come from, for the corner of every image."""
        info = self.data.snapshot.info
        day = Day(info.built_at.date())
        if info.is_demo:
            return self.t("source-demo", version=info.data_version, date=day)
        return self.t("source-real", version=info.data_version, date=day)

    def style(self, axis_title: str, digits: int = 1, *, is_share: bool = False) -> Style:
        """Return how this visitor reads a figure whose values are those of the axis."""
        return Style(self.t, self.theme, self.source, axis_title, digits, is_share)


@dataclass(frozen=True)
class Page:
    """An entry of the menu: its address, how it is announced and who draws it.

    ``prepare`` computes what the first visitor would otherwise wait for. ``choice_keys`` name what
    a visitor may choose on it: labels by widget key, which is also the name in the address.
    """

    path: str
    title_key: str
    description_key: str
    icon: str
    render: Callable[[Visit], None]
    prepare: Callable[[Visit], None] = lambda visit: None
    choice_keys: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Years:
    """The chosen years, both ends included."""

    first: int
    last: int

    def of(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return the rows of these years of a frame with a column ``year``.

        A result by year is computed once for all years: choosing years only chooses rows.
        """
        return frame.filter(pl.col("year").is_between(self.first, self.last))

    def rows(self, years: NDArray[np.integer]) -> slice:
        """Return where these years stand among increasing ones."""
        # Of another type than the years, the ends would have all of these converted.
        ends = np.array([self.first, self.last + 1], dtype=years.dtype)
        return slice(*np.searchsorted(years, ends))

    def __str__(self) -> str:
        return f"{self.first}" if self.first == self.last else f"{self.first}–{self.last}"


@dataclass(frozen=True)
class Query:
    """A query that a chart comes from.

    Attributes:
        name: Its SQL file without the ending.
        parameters: The values of what the file names with a dollar sign.
        years: Which of its rows are used, if it answers for every year.
    """

    name: str
    parameters: dict[str, Parameter]
    years: Years | None = None

    def run(self, data: CachedLoader) -> pl.DataFrame:
        """Return its rows."""
        rows = data.query(self.name, **self.parameters)
        return self.years.of(rows) if self.years else rows

    def run_uncached(self, data: CachedLoader) -> pl.DataFrame:
        """Return its rows without keeping them: for many rows that are soon summed up."""
        return data.loader.query(self.name, **self.parameters)

    def caption(self, t: Translator) -> str:
        """Return the file, the values of its parameters and its rows in use, in Markdown."""
        values = ", ".join(f"${name} = {_in_sql(value)}" for name, value in self.parameters.items())
        parts = [f"`{self.name}.sql`", f"`{values}`" if values else ""]
        if self.years:
            parts.append(t("query-years", years=str(self.years)))
        return " · ".join(part for part in parts if part)


def _in_sql(value: Parameter) -> str:
    """Write a value as SQL does."""
    return str(value).lower() if isinstance(value, bool) else repr(value)


class Deferred(Sequence[str]):
    """Paragraphs that are written when they are first read: few visitors ask for a method."""

    def __init__(self, write: Callable[[], Sequence[str]]) -> None:
        self._written = cache(write)

    def __len__(self) -> int:
        return len(self._written())

    def __getitem__(self, place: Any) -> Any:
        """Return one of the paragraphs, or a slice of them."""
        return self._written()[place]


@dataclass(frozen=True)
class Chart:
    """One figure with all that a visitor may ask of it.

    Attributes:
        id: Unique among charts, ``<page>-<chart>``: file names, widget keys.
        title: The finding in a line.
        text: The finding in a few sentences, by paragraph.
        figure: What is drawn.
        alt: The figure in words, for those who do not see it.
        table: The numbers drawn, as they are downloaded.
        columns: How the table is shown, by column name.
        method: Paragraphs in Markdown that say how it was computed.
        queries: The queries that gave the numbers.
        verdict: What the evidence says, if the chart is about a change.
        evidence: How sure the verdict is and how large its effect, if it was tested.
    """

    id: str
    title: str
    text: Sequence[str]
    figure: Figure
    alt: str
    table: pl.DataFrame
    columns: dict[str, Column]
    method: Sequence[str]
    queries: Sequence[Query]
    verdict: Verdict | None = None
    evidence: Evidence | None = None


@dataclass(frozen=True)
class Analysis:
    """A question with the charts that answer it; the first one takes the whole width.

    Attributes:
        id: Anchor, ``<page>-<analysis>``.
        name: The question's name, as in "T2 · Preparation time".
        charts: None of them when the chosen years hold too little.
        note: What to say instead of, or before, the charts; may be empty.
    """

    id: str
    name: str
    charts: Sequence[Chart]
    note: str = ""


def all_years(visit: Visit) -> Years | None:
    """Return the years of the data; None if they hold no recipe."""
    period = visit.data.query("data_period").row(0, named=True)
    return period["first_year"] and Years(period["first_year"], period["last_year"])


def year_filter(visit: Visit) -> Years | None:
    """Show the range of years of the page and return it; None if the data hold no recipe."""
    years = all_years(visit)
    if years is None:
        render_no_recipes(visit)
        return None
    first, last = years.first, years.last
    if first == last:
        st.caption(visit.t("years-only", year=str(first)))
        return years
    chosen = st.slider(
        visit.t("years-label"),
        first,
        last,
        (first, last),
        key="years",
        bind="query-params",
        help=visit.t("years-help"),
    )
    # A hand-written client may send what the slider would not.
    low, high = sorted(max(first, min(last, year)) for year in chosen)
    return Years(low, high)


def render_no_recipes(visit: Visit) -> None:
    """Say that the data hold nothing to show."""
    st.info(visit.t("no-recipes"), icon=":material/info:")


def render_analysis(visit: Visit, analysis: Analysis) -> None:
    """Show the question and the charts that answer it."""
    st.header(analysis.name, anchor=analysis.id)
    render_charts(visit, analysis)


def render_charts(visit: Visit, analysis: Analysis) -> None:
    """Show the charts alone, for an analysis that has a choice of its own under its name."""
    visit.shown.analyses[analysis.id] = analysis
    visit.shown.choices = st.session_state.to_dict()
    if analysis.note:
        st.info(analysis.note, icon=":material/info:")
    for row in _rows(analysis.charts):
        # A column of its own would be one more layer to send, and to copy for its card.
        alone: list[AbstractContextManager[object]] = [nullcontext()]
        cells = st.columns(len(row)) if len(row) > 1 else alone
        for cell, chart in zip(cells, row, strict=True):
            with cell:
                _chart_card(visit, chart)


def _rows(charts: Sequence[Chart]) -> list[Sequence[Chart]]:
    """The first chart takes the whole width, the others two a row (on a phone, one)."""
    pairs = [charts[start : start + 2] for start in range(1, len(charts), 2)]
    return [charts[:1], *pairs] if charts else []


@st.fragment
def _chart_card(visit: Visit, chart: Chart) -> None:
    with st.container(border=True, key=f"card-{chart.id}"):
        st.html(
            markup.finding(visit.t, f"finding-{chart.id}", chart.title, chart.text, chart.verdict)
        )
        st.plotly_chart(
            chart.figure,
            theme=None,
            key=f"chart-{chart.id}",
            alt=chart.alt,
            config={"displayModeBar": False, "locale": visit.t.language},
        )
        _downloads(visit, chart)
        _explanation(visit, chart)


def _file_stem(visit: Visit, chart: Chart) -> str:
    """Name the chart's downloads: what they show, of which data."""
    return f"mangetamain_{chart.id}_{visit.data.data_version}"


def csv_text(table: pl.DataFrame) -> str:
    """Return a chart's numbers as they are downloaded."""
    return table.with_columns(selectors.float().round_sig_figs(CSV_DIGITS)).write_csv()


def _downloads(visit: Visit, chart: Chart) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"save-{chart.id}"):
        st.download_button(
            visit.t("download-csv"),
            partial(csv_text, chart.table),
            file_name=f"{_file_stem(visit, chart)}.csv",
            mime="text/csv",
            key=f"csv-{chart.id}",
            on_click="ignore",
            icon=":material/download:",
        )
        st.html(
            markup.export_buttons(
                visit.t, f"card-{chart.id}", _file_stem(visit, chart), chart.title
            )
            + markup.chart_link_button(visit.t, f"finding-{chart.id}", chart.title)
        )


def _explanation(visit: Visit, chart: Chart) -> None:
    """Show how the chart was computed; sent to the browser only when the visitor opens it."""
    expander = st.expander(
        visit.t("how-computed"),
        key=f"how-{chart.id}",
        on_change="rerun",
        icon=":material/calculate:",
    )
    if not expander.open:
        return
    with expander:
        for paragraph in chart.method:
            st.markdown(paragraph)
        st.html(markup.table(chart.table, chart.columns, visit.t("table-caption")))
        for query in chart.queries:
            st.caption(query.caption(visit.t))
            st.code(sql_text(query.name), language="sql")
