"""The pages on seasons and on the weekend: one page, on other groups of the recipes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from mangetamain_analytics.utils.group_item_insights import SMALLEST_MEAN_SHARE
from mangetamain_analytics.visualization import markup
from mangetamain_analytics.visualization.group_items import ItemKind
from mangetamain_analytics.visualization.group_tables import calendar
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

SHARES_IN_PERCENT = (0.5, 10.0)  # below, the tests of a demo of a tenth have too few recipes
SHARE_STEP = 0.5


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
    kinds: Sequence[ItemKind]
    analyse_items: Callable[[Visit, Years, ItemKind, float, ChosenItems], Analysis]

    def entry(self) -> Page:
        """Return the entry of the menu."""
        return Page(
            path=self.path,
            title_key=self.menu_key,
            description_key=self.description_key,
            icon=self.icon,
            render=self.render,
            prepare=self.prepare,
            choice_keys={
                "years": "years-label",
                "min_share": "share-label",
                "ingredients": "choose-ingredients-label",
                "tags": "choose-tags-label",
            },
        )

    def analyse(
        self, visit: Visit, years: Years, min_share: float = SMALLEST_MEAN_SHARE
    ) -> list[Analysis]:
        """Return the analyses of the chosen years, in the order of the page, no item chosen.

        Args:
            visit: The visitor's.
            years: The chosen years.
            min_share: Mean share of the recipes from which items are compared.
        """
        parts = visit.data.view(
            (self.path, visit.t.language, visit.theme, years),
            lambda: [analyse(visit, years) for analyse in self.parts],
        )
        items = [
            self.analyse_kind(visit, years, kind, min_share, NOTHING_CHOSEN) for kind in self.kinds
        ]
        return [*parts, *items]

    def analyse_kind(
        self, visit: Visit, years: Years, kind: ItemKind, min_share: float, chosen: ChosenItems
    ) -> Analysis:
        """Return the analysis of the ingredients, or of the tags, with the chosen ones."""
        return visit.data.view(
            (kind.id, visit.t.language, visit.theme, years, min_share, chosen),
            lambda: self.analyse_items(visit, years, kind, min_share, chosen),
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
            min_share = share_filter(visit)
        if years is None:
            return
        n_recipes = int(calendar(visit, years).n_recipes.sum())
        if not n_recipes:
            st.info(t("volume-empty-sentence"), icon=":material/info:")
            return
        analyses = self.analyse(visit, years, min_share)
        st.html(markup.cards(_cards(visit, years, n_recipes, analyses)))
        names = {analysis.id: analysis.name for analysis in analyses}
        st.html(markup.contents(t("contents"), names))
        kinds = {kind.id: kind for kind in self.kinds}
        for analysis in analyses:
            if kind := kinds.get(analysis.id):
                render_choice(
                    visit,
                    analysis,
                    kind.item,
                    partial(self.analyse_kind, visit, years, kind, min_share),
                )
            else:
                render_analysis(visit, analysis)


def share_filter(visit: Visit) -> float:
    """Show the threshold of the shares and return it."""
    percent = st.slider(
        visit.t("share-label"),
        *SHARES_IN_PERCENT,
        100 * SMALLEST_MEAN_SHARE,
        SHARE_STEP,
        key="min_share",
        bind="query-params",
        format="localized",
        help=visit.t("share-help"),
    )
    # A hand-written client may send what the slider would not.
    low, high = SHARES_IN_PERCENT
    return round(max(low, min(high, percent)), 1) / 100


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
