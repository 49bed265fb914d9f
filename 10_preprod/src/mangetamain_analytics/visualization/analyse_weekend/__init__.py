"""Weekend: how recipes differ between weekdays and weekends, in six analyses."""

from mangetamain_analytics.visualization.analyse_weekend import (
    complexity,
    duration,
    items,
    nutrition,
    volume,
)
from mangetamain_analytics.visualization.group_page import GroupPage

_PAGE = GroupPage(
    path="weekend",
    menu_key="weekend-menu",
    description_key="weekend-description",
    title_key="weekend-title",
    lead_key="weekend-lead",
    icon=":material/weekend:",
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
