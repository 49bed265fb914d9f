"""What a visitor sees: the pages and their parts; what they show comes from data and utils."""

from mangetamain_analytics.visualization import (
    analyse_ratings,
    analyse_seasonality,
    analyse_trendlines,
    analyse_weekend,
    explore,
    home,
)
from mangetamain_analytics.visualization.page import Page

# In menu order; the first one is the page of the bare address.
PAGES: tuple[Page, ...] = (
    home.PAGE,
    analyse_trendlines.PAGE,
    analyse_seasonality.PAGE,
    analyse_weekend.PAGE,
    analyse_ratings.PAGE,
    explore.PAGE,
)
