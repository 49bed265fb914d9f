"""What seasons and weekdays share: the comparison of their ratings and the columns of its table."""

import numpy as np

from mangetamain_analytics.utils.group_tests import KruskalWallis, ValueCounts, kruskal_wallis
from mangetamain_analytics.utils.groupings import Grouping
from mangetamain_analytics.utils.i18n import Translator
from mangetamain_analytics.utils.insights import Insight
from mangetamain_analytics.utils.rating_insights import gap_insight
from mangetamain_analytics.utils.rating_statistics import STARS
from mangetamain_analytics.visualization.analyse_ratings.counts import Counts
from mangetamain_analytics.visualization.markup import Column


def star_table(*groups: Counts) -> ValueCounts:
    """Return the ratings of groups (each by star) as the tests want them."""
    return ValueCounts(STARS, np.column_stack(groups).astype(float))


def gap_test(counts: Counts) -> KruskalWallis:
    """Test whether the ratings of groups (groups × months × stars) differ."""
    return kruskal_wallis(star_table(*counts.sum(axis=1)))


def gap_of(grouping: Grouping, counts: Counts, test: KruskalWallis) -> Insight:
    """Say whether the ratings of groups (groups × months × stars) differ."""
    by_star = counts.sum(axis=1)
    return gap_insight(grouping, by_star @ STARS / by_star.sum(axis=1), test)


def group_columns(t: Translator) -> dict[str, Column]:
    """Return how the columns of `group_frame` are shown."""

    def stars_column(title: str) -> Column:
        return Column(title, lambda value: t.number(value, 3))

    def share_column(title: str) -> Column:
        return Column(title, lambda value: t.percent(value, 2))

    low, high = t("column-interval-low"), t("column-interval-high")
    return {
        "n_ratings": Column(t("ratings-column-n"), t.number),
        "mean_rating": stars_column(t("ratings-axis-mean")),
        "mean_low": stars_column(low),
        "mean_high": stars_column(high),
        "share_of_five": share_column(t("ratings-axis-five")),
        "share_of_five_low": share_column(low),
        "share_of_five_high": share_column(high),
        "share_of_two_or_less": share_column(t("ratings-axis-low")),
        "share_of_two_or_less_low": share_column(low),
        "share_of_two_or_less_high": share_column(high),
        "sd_rating": stars_column(t("ratings-axis-sd")),
    }
