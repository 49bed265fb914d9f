"""X3: whether people like the recipes with the item better than the others."""

import polars as pl

from mangetamain_analytics.utils.color_theme import ColorTheme
from mangetamain_analytics.utils.i18n import Interval, Number
from mangetamain_analytics.utils.rating_insights import SMALLEST_STAR_CHANGE, stars
from mangetamain_analytics.utils.rating_statistics import RecipesCompared
from mangetamain_analytics.visualization.custom_charts import Bars, group_means_figure
from mangetamain_analytics.visualization.explore.evidence import Answers
from mangetamain_analytics.visualization.explore.subject import Subject
from mangetamain_analytics.visualization.explore.votes import Votes, vote_queries
from mangetamain_analytics.visualization.explore.wording import multiplicity
from mangetamain_analytics.visualization.group_charts import listed
from mangetamain_analytics.visualization.markup import Column
from mangetamain_analytics.visualization.page import Analysis, Chart, Visit

STAR_DIGITS = 3
SIDES = ("with the item", "without it")  # as the downloaded table names them


def analyse(
    visit: Visit, subject: Subject, rated: RecipesCompared | None, votes: Votes, answers: Answers
) -> Analysis:
    """Return the mean rating of the item's recipes and of the others, or why there is none."""
    insight = answers.ratings.insight
    return Analysis(
        id="explore-ratings",
        name=visit.t("explore-ratings-name"),
        charts=[_means_chart(visit, subject, rated, votes, answers)] if rated else [],
        note="" if rated else insight.sentence.text(visit.t),
    )


def _means_chart(
    visit: Visit, subject: Subject, rated: RecipesCompared, votes: Votes, answers: Answers
) -> Chart:
    t, insight = visit.t, answers.ratings.insight
    labels = [t("explore-with-item"), t("explore-without-item")]
    mean, low, high = (
        ends.tolist() for ends in (rated.means.mean, rated.means.low, rated.means.high)
    )
    colors = [visit.style("").colors[0], ColorTheme.palette(visit.theme).control_border]
    bars = Bars(t("ratings-axis-mean"), mean, colors, low, high)

    def in_stars(value: float) -> str:
        return t.number(value, STAR_DIGITS)

    return Chart(
        id="explore-ratings",
        title=insight.title.text(t),
        text=[insight.sentence.text(t)],
        figure=group_means_figure(labels, bars, visit.style(bars.name, STAR_DIGITS)),
        alt=t(
            "alt-by-group",
            name=bars.name,
            values=listed(t, [f"{a} {in_stars(b)}" for a, b in zip(labels, mean, strict=True)]),
        ),
        table=pl.DataFrame(
            {
                "recipes": list(SIDES),
                "n_recipes": [len(side.n) for side in (votes.own, votes.rest)],
                "n_ratings": [int(side.n.sum()) for side in (votes.own, votes.rest)],
                "mean_rating": mean,
                "mean_low": low,
                "mean_high": high,
            }
        ),
        columns={
            "recipes": Column(
                t("column-recipes"),
                dict(zip(SIDES, labels, strict=True)).__getitem__,
                is_number=False,
            ),
            "n_recipes": Column(t("ratings-axis-recipes"), t.number),
            "n_ratings": Column(t("ratings-column-n"), t.number),
            "mean_rating": Column(bars.name, in_stars),
            "mean_low": Column(t("column-interval-low"), in_stars),
            "mean_high": Column(t("column-interval-high"), in_stars),
        },
        method=[
            votes.scope(visit),
            t(
                "explore-ratings-method",
                n=rated.difference.n_clusters,
                effect=Number(rated.cohens_d, STAR_DIGITS, is_signed=True),
                interval=Interval(rated.cohens_d_low, rated.cohens_d_high, STAR_DIGITS),
                smallest=stars(SMALLEST_STAR_CHANGE, 1),
            ),
            multiplicity(t, answers, answers.ratings),
        ],
        queries=vote_queries(subject),
        verdict=insight.verdict,
    )
