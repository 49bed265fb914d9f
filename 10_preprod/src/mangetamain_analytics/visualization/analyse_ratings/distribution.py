"""R0: how many stars recipes are given."""

import polars as pl

from mangetamain_analytics.utils.i18n import Number, Percent
from mangetamain_analytics.utils.rating_statistics import STARS, summarize_stars
from mangetamain_analytics.visualization.analyse_ratings.counts import (
    COUNTS,
    Choices,
    RatingCounts,
    scope_method,
)
from mangetamain_analytics.visualization.custom_charts import bars_figure
from mangetamain_analytics.visualization.markup import Column
from mangetamain_analytics.visualization.page import Analysis, Chart, Visit


def analyse(visit: Visit, choices: Choices, ratings: RatingCounts) -> Analysis:
    """Return the distribution of the stars."""
    return Analysis(
        id="ratings-distribution",
        name=visit.t("ratings-distribution-name"),
        charts=[_chart(visit, choices, ratings)],
    )


def _chart(visit: Visit, choices: Choices, ratings: RatingCounts) -> Chart:
    t, by_star = visit.t, ratings.by_star
    summary = summarize_stars(by_star)
    shares = (by_star / ratings.total).tolist()
    table = pl.DataFrame(
        {"rating": STARS.astype(int), "n_ratings": by_star, "share_of_ratings": shares}
    )
    names = [t("ratings-n-stars", n=star) for star in table["rating"].to_list()]
    five, low = Percent(float(summary.share_of_five), 1), Percent(float(summary.share_of_low), 1)
    mean, median = Number(float(summary.mean), 3), float(summary.median)
    return Chart(
        id="ratings-distribution",
        title=t("ratings-distribution-title", share=five),
        text=[
            t(
                "ratings-distribution-text",
                mean=mean,
                median=Number(median, 0 if median.is_integer() else 1),
                mode=int(summary.mode),
                five=five,
                low=low,
            )
        ],
        figure=bars_figure(
            names[::-1], shares[::-1], visit.style(t("ratings-axis-share"), 1, is_share=True)
        ),
        alt=t("ratings-distribution-alt", five=five, low=low, mean=mean, n=ratings.total),
        table=table,
        columns={
            "rating": Column(t("ratings-column-stars"), t.number),
            "n_ratings": Column(t("ratings-column-n"), t.number),
            "share_of_ratings": Column(t("ratings-axis-share"), lambda share: t.percent(share, 2)),
        },
        method=[
            scope_method(visit, choices, ratings.total),
            t("ratings-distribution-method", n_unrated=visit.data.snapshot.info.n_unrated),
        ],
        queries=[COUNTS],
    )
