"""Trends: how recipes changed over the years, in six analyses."""

from functools import partial

import streamlit as st

from mangetamain_analytics.visualization import markup
from mangetamain_analytics.visualization.analyse_trendlines import (
    complexity,
    duration,
    items,
    nutrition,
    volume,
)
from mangetamain_analytics.visualization.item_choice import (
    NOTHING_CHOSEN,
    ChosenItems,
    render_choice,
)
from mangetamain_analytics.visualization.markup import Card
from mangetamain_analytics.visualization.page import (
    Analysis,
    Page,
    Visit,
    Years,
    all_years,
    render_analysis,
    year_filter,
)


def render(visit: Visit) -> None:
    """Show the page."""
    t = visit.t
    st.html(markup.hero(t("trends-title"), t("trends-lead")))
    with st.container(key="mm-filters"):
        years = year_filter(visit)
        band, with_others = _choices(visit)
    if years is None:
        return
    if years.of(visit.data.query("trends_volume")).is_empty():
        st.info(t("volume-empty-sentence"), icon=":material/info:")
        return
    analyses = analyse(visit, years, band, with_others)
    st.html(markup.cards(_cards(visit, years, analyses)))
    st.html(markup.contents(t("contents"), {analysis.id: analysis.name for analysis in analyses}))
    kinds = {kind.id: kind for kind in items.KINDS}
    for analysis in analyses:
        if kind := kinds.get(analysis.id):
            render_choice(visit, analysis, kind.item, partial(analyse_items, visit, years, kind))
        else:
            render_analysis(visit, analysis)


def analyse(visit: Visit, years: Years, band: str, with_others: bool) -> list[Analysis]:
    """Return the six analyses of the chosen years, in the order of the page, no item chosen."""
    others = visit.data.view(
        ("trends", visit.t.language, visit.theme, years, band, with_others),
        lambda: [
            volume.analyse(visit, years),
            duration.analyse(visit, years, band),
            complexity.analyse(visit, years),
            nutrition.analyse(visit, years, with_others),
        ],
    )
    return [*others, *(analyse_items(visit, years, kind, NOTHING_CHOSEN) for kind in items.KINDS)]


def analyse_items(
    visit: Visit, years: Years, kind: items.ItemKind, chosen: ChosenItems
) -> Analysis:
    """Return the analysis of the ingredients, or of the tags, with the chosen ones."""
    return visit.data.view(
        (kind.id, visit.t.language, visit.theme, years, chosen),
        lambda: items.analyse(visit, years, kind, chosen),
    )


def analyse_at_first(visit: Visit) -> list[Analysis]:
    """Return the analyses of those who have not chosen anything yet; none without recipes."""
    years = all_years(visit)
    return analyse(visit, years, duration.DEFAULT_BAND, with_others=False) if years else []


def prepare(visit: Visit) -> None:
    """Compute the view of those who have not chosen anything yet."""
    analyse_at_first(visit)


def _choices(visit: Visit) -> tuple[str, bool]:
    """Return the quantile band of the durations and whether all nutrients are shown."""
    t = visit.t
    with st.container(horizontal=True, vertical_alignment="bottom", gap="large"):
        band = st.segmented_control(
            t("band-label"),
            list(duration.BANDS),
            default=duration.DEFAULT_BAND,
            key="band",
            bind="query-params",
            required=True,
            help=t("band-help"),
        )
        with_others = st.toggle(t("nutrients-label"), key="nutrients", bind="query-params")
    return band if band in duration.BANDS else duration.DEFAULT_BAND, with_others


def _cards(visit: Visit, years: Years, analyses: list[Analysis]) -> list[Card]:
    t = visit.t
    volumes = years.of(visit.data.query("trends_volume"))
    n_charts = sum(len(analysis.charts) for analysis in analyses)
    return [
        Card(t("card-period"), str(years), t("card-period-note", n=volumes.height)),
        Card(t("card-recipes"), t.number(int(volumes["n_recipes"].sum())), t("card-recipes-note")),
        Card(t("card-analyses"), t.number(len(analyses)), t("card-analyses-note", n=n_charts)),
        Card(t("card-method"), t("card-method-value"), t("card-method-note")),
    ]


PAGE = Page(
    path="trends",
    title_key="trends-menu",
    description_key="trends-description",
    icon=":material/trending_up:",
    render=render,
    prepare=prepare,
    choice_keys={
        "years": "years-label",
        "band": "band-label",
        "nutrients": "nutrients-label",
        "ingredients": "choose-ingredients-label",
        "tags": "choose-tags-label",
    },
)
