"""Weekend: how recipes differ between weekdays and weekends, in six analyses."""

import streamlit as st

from mangetamain_analytics.visualization import markup
from mangetamain_analytics.visualization.analyse_weekend import (
    complexity,
    duration,
    items,
    nutrition,
    volume,
)
from mangetamain_analytics.visualization.group_page import render_groups_page
from mangetamain_analytics.visualization.page import Analysis, Page, Visit, Years, all_years


def render(visit: Visit) -> None:
    """Show the page."""
    t = visit.t
    st.html(markup.hero(t("weekend-title"), t("weekend-lead")))
    render_groups_page(visit, analyse)


def analyse(visit: Visit, years: Years) -> list[Analysis]:
    """Return the six analyses of the chosen years, in the order of the page."""
    return visit.data.view(
        ("weekend", visit.t.language, visit.theme, years),
        lambda: [
            volume.analyse(visit, years),
            duration.analyse(visit, years),
            complexity.analyse(visit, years),
            nutrition.analyse(visit, years),
            items.analyse(visit, years, items.INGREDIENTS),
            items.analyse(visit, years, items.TAGS),
        ],
    )


def prepare(visit: Visit) -> None:
    """Compute the view of those who have not chosen anything yet."""
    years = all_years(visit)
    if years:
        analyse(visit, years)


PAGE = Page(
    path="weekend",
    title_key="weekend-menu",
    description_key="weekend-description",
    icon=":material/weekend:",
    render=render,
    prepare=prepare,
)
