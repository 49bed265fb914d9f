"""The frame of the pages on seasons and on the weekend: years, cards, contents, analyses."""

from collections.abc import Callable, Sequence

import streamlit as st

from mangetamain_analytics.visualization import markup
from mangetamain_analytics.visualization.group_tables import calendar
from mangetamain_analytics.visualization.markup import Card
from mangetamain_analytics.visualization.page import (
    Analysis,
    Visit,
    Years,
    render_analysis,
    year_filter,
)


def render_groups_page(visit: Visit, analyse: Callable[[Visit, Years], list[Analysis]]) -> None:
    """Show the filter of years and the analyses of the chosen ones."""
    t = visit.t
    with st.container(key="mm-filters"):
        years = year_filter(visit)
    if years is None:
        return
    n_recipes = int(calendar(visit, years).n_recipes.sum())
    if not n_recipes:
        st.info(t("volume-empty-sentence"), icon=":material/info:")
        return
    analyses = analyse(visit, years)
    st.html(markup.cards(_cards(visit, years, n_recipes, analyses)))
    st.html(markup.contents(t("contents"), {analysis.id: analysis.name for analysis in analyses}))
    for analysis in analyses:
        render_analysis(visit, analysis)


def _cards(visit: Visit, years: Years, n_recipes: int, analyses: Sequence[Analysis]) -> list[Card]:
    t = visit.t
    n_days = int(calendar(visit, years).n_days.sum())
    n_charts = sum(len(analysis.charts) for analysis in analyses)
    return [
        Card(t("card-period"), str(years), t("card-days-note", n=n_days)),
        Card(t("card-recipes"), t.number(n_recipes), t("card-recipes-note")),
        Card(t("card-analyses"), t.number(len(analyses)), t("card-analyses-note", n=n_charts)),
        Card(t("card-method"), t("card-groups-method"), t("card-groups-method-note")),
    ]
