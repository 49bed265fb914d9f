"""The pages on seasons and on the weekend: one page, on other groups of the recipes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from mangetamain_analytics.visualization import markup
from mangetamain_analytics.visualization.group_tables import calendar
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


@dataclass(frozen=True)
class GroupPage:
    """What one of the pages shows: its address, the texts of its head, and its analyses."""

    path: str
    menu_key: str
    description_key: str
    title_key: str
    lead_key: str
    icon: str
    parts: Sequence[Callable[[Visit, Years], Analysis]]

    def entry(self) -> Page:
        """Return the entry of the menu."""
        return Page(
            path=self.path,
            title_key=self.menu_key,
            description_key=self.description_key,
            icon=self.icon,
            render=self.render,
            prepare=self.prepare,
        )

    def analyse(self, visit: Visit, years: Years) -> list[Analysis]:
        """Return the analyses of the chosen years, in the order of the page."""
        return visit.data.view(
            (self.path, visit.t.language, visit.theme, years),
            lambda: [analyse(visit, years) for analyse in self.parts],
        )

    def analyse_at_first(self, visit: Visit) -> list[Analysis]:
        """Return the analyses of those who have not chosen anything; none without recipes."""
        years = all_years(visit)
        return self.analyse(visit, years) if years else []

    def prepare(self, visit: Visit) -> None:
        """Compute the view of those who have not chosen anything yet."""
        self.analyse_at_first(visit)

    def render(self, visit: Visit) -> None:
        """Show the page: the filter of years and the analyses of the chosen ones."""
        t = visit.t
        st.html(markup.hero(t(self.title_key), t(self.lead_key)))
        with st.container(key="mm-filters"):
            years = year_filter(visit)
        if years is None:
            return
        n_recipes = int(calendar(visit, years).n_recipes.sum())
        if not n_recipes:
            st.info(t("volume-empty-sentence"), icon=":material/info:")
            return
        analyses = self.analyse(visit, years)
        st.html(markup.cards(_cards(visit, years, n_recipes, analyses)))
        names = {analysis.id: analysis.name for analysis in analyses}
        st.html(markup.contents(t("contents"), names))
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
