"""Seasonality: how recipes differ between the four seasons, in six analyses."""

from mangetamain_analytics.visualization.analyse_seasonality import (
    complexity,
    duration,
    items,
    nutrition,
    volume,
)
from mangetamain_analytics.visualization.group_page import GroupPage

_PAGE = GroupPage(
    path="seasonality",
    menu_key="seasonality-menu",
    description_key="seasonality-description",
    title_key="seasonality-title",
    lead_key="seasonality-lead",
    icon=":material/calendar_month:",
    parts=(
        volume.analyse,
        duration.analyse,
        complexity.analyse,
        nutrition.analyse,
    ),
    kinds=(items.INGREDIENTS, items.TAGS),
    analyse_items=items.analyse,
)
PAGE, analyse = _PAGE.entry(), _PAGE.analyse
analyse_at_first = _PAGE.analyse_at_first
