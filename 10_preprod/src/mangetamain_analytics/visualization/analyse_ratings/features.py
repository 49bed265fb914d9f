"""R7: whether quick, simple or light recipes are rated better."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from mangetamain_analytics.utils.i18n import Message, Number, Translator
from mangetamain_analytics.utils.rating_insights import correlations_insight
from mangetamain_analytics.utils.rating_statistics import RankCorrelations, rank_correlations
from mangetamain_analytics.utils.statistics import adjust_p_values
from mangetamain_analytics.visualization.analyse_ratings.counts import (
    SMALLEST_GROUP,
    Choices,
    scope_method,
)
from mangetamain_analytics.visualization.analyse_ratings.figures import (
    BoxPanel,
    bin_boxes_figure,
)
from mangetamain_analytics.visualization.analyse_ratings.recipe_ratings import (
    BY_RECIPE,
    FEATURES,
    Codes,
    RecipeRatings,
    all_recipes,
)
from mangetamain_analytics.visualization.custom_charts import (
    Boxes,
    intervals_figure,
)
from mangetamain_analytics.visualization.markup import Column
from mangetamain_analytics.visualization.page import Analysis, Chart, Visit

MIN_RATINGS = 5  # of a recipe: its mean is otherwise but a vote or two
N_BINS = 5
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
PERCENTS = tuple(enumerate(round(100 * q) for q in QUANTILES))


@dataclass(frozen=True)
class Feature:
    """A column of `ratings_recipe_features.sql`: how a sentence, an axis and a bin name it."""

    column: str
    name_key: str
    axis_key: str
    digits: int = 0


FEATURE_LIST = (
    Feature("minutes", name_key="ratings-the-minutes", axis_key="ratings-axis-minutes"),
    Feature("n_steps", name_key="ratings-the-steps", axis_key="ratings-axis-steps"),
    Feature(
        "n_ingredients", name_key="ratings-the-ingredients", axis_key="ratings-axis-ingredients"
    ),
    Feature(
        "complexity_score",
        name_key="ratings-the-complexity",
        axis_key="ratings-axis-complexity",
        digits=1,
    ),
    Feature("calories", name_key="ratings-the-calories", axis_key="ratings-axis-calories"),
)


@dataclass(frozen=True)
class Bins:
    """Recipes in bins of a feature, about as many in each."""

    edges: NDArray[np.float64]  # the largest value of each bin
    n: NDArray[np.int64]
    mean: NDArray[np.float64]
    quantiles: NDArray[np.float64]  # bins × QUANTILES


def analyse(visit: Visit, choices: Choices, ratings: RecipeRatings) -> Analysis:
    """Return the rank correlations and the ratings by bin of each feature."""
    t = visit.t
    rated = ratings.where(ratings.n >= MIN_RATINGS)
    name = t("ratings-features-name")
    if len(rated.n) < SMALLEST_GROUP:
        note = t("ratings-features-too-few", needed=SMALLEST_GROUP, min_ratings=MIN_RATINGS)
        return Analysis(id="ratings-features", name=name, charts=[], note=note)
    recipes, means = all_recipes(visit), rated.mean
    order = means.argsort()
    ordered_means = means[order]
    codes = [recipes.codes[feature.column][rated.place][order] for feature in FEATURE_LIST]
    found = rank_correlations(ordered_means, codes)
    scope = scope_method(visit, choices, int(rated.n.sum()))
    bins = [
        bins_of(of_recipes, recipes.values[feature.column], ordered_means)
        for feature, of_recipes in zip(FEATURE_LIST, codes, strict=True)
    ]
    charts = [_correlations_chart(visit, found, scope), _boxes_chart(visit, found, bins, scope)]
    return Analysis(id="ratings-features", name=name, charts=charts)


def bins_of(codes: Codes, values: NDArray[np.float64], ordered_means: NDArray[np.float64]) -> Bins:
    """Cut recipes by quintiles of a feature; equal values stay together, so bins may be fewer.

    Args:
        codes: of each recipe, where its value stands among `values`.
        values: the distinct values of the feature, increasing.
        ordered_means: of each recipe, increasing.
    """
    counts = np.bincount(codes)
    shares = np.arange(1, N_BINS) / N_BINS
    cuts = np.unique(np.searchsorted(counts.cumsum(), shares * len(codes)))
    bin_of_code = np.searchsorted(cuts, np.arange(len(counts)), side="left").astype(np.uint8)
    bin_of = bin_of_code[codes]
    n = np.bincount(bin_of)
    present = np.flatnonzero(n)
    largest = [np.flatnonzero(counts * (bin_of_code == b))[-1] for b in present]
    # a stable sort keeps the means of each bin in order
    by_bin = ordered_means[np.argsort(bin_of, kind="stable")]
    members = np.split(by_bin, n[present].cumsum()[:-1])
    return Bins(
        edges=values[largest],
        n=n[present],
        mean=np.array([group.mean() for group in members]),
        quantiles=np.array([_quantiles(group) for group in members]),
    )


def _quantiles(ordered: NDArray[np.float64]) -> NDArray[np.float64]:
    """The QUANTILES of increasing values, as numpy interpolates them."""
    places = np.array(QUANTILES) * (len(ordered) - 1)
    return np.asarray(np.interp(places, np.arange(len(ordered)), ordered))


def _correlations_chart(visit: Visit, found: RankCorrelations, scope: str) -> Chart:
    t = visit.t
    p_adjusted = adjust_p_values(found.p_value, "holm")
    insight = correlations_insight(
        [Message(feature.name_key) for feature in FEATURE_LIST], found, p_adjusted
    )
    names = [t(feature.axis_key) for feature in FEATURE_LIST]
    table = pl.DataFrame(
        {
            "feature": [feature.column for feature in FEATURE_LIST],
            "rho": found.rho,
            "rho_low": found.low,
            "rho_high": found.high,
            "p_adjusted": p_adjusted,
        }
    )
    rho, low, high = (table[column].to_list() for column in ("rho", "rho_low", "rho_high"))

    def correlation(value: float) -> str:
        return t.signed(value, 3)

    return Chart(
        id="ratings-features",
        title=insight.title.text(t),
        text=[insight.sentence.text(t)],
        figure=intervals_figure(
            names,
            rho,
            low,
            high,
            visit.style(t("ratings-axis-rho"), 3),
            legend=(t("ratings-legend-better"), t("ratings-legend-worse")),
        ),
        alt=t(
            "ratings-features-alt",
            correlations="; ".join(
                f"{name} {correlation(value)}" for name, value in zip(names, rho, strict=True)
            ),
        ),
        table=table,
        columns={
            "feature": _feature_column(t),
            "rho": Column(t("ratings-axis-rho"), correlation),
            "rho_low": Column(t("column-interval-low"), correlation),
            "rho_high": Column(t("column-interval-high"), correlation),
            "p_adjusted": Column(t("column-p-adjusted"), t.p_value),
        },
        method=[
            scope,
            t("ratings-features-method", n=found.n, min_ratings=MIN_RATINGS),
        ],
        queries=[BY_RECIPE, FEATURES],
        verdict=insight.verdict,
        evidence=insight.evidence,
    )


def _feature_column(t: Translator) -> Column:
    """Return how the names of the data are shown in a table."""
    label_of = {feature.column: t(feature.axis_key) for feature in FEATURE_LIST}
    return Column(t("ratings-column-feature"), lambda name: label_of[name], is_number=False)


def _boxes_chart(visit: Visit, found: RankCorrelations, bins: Sequence[Bins], scope: str) -> Chart:
    t = visit.t
    panels = [
        _box_panel(visit, feature, float(found.rho[i]), bins[i])
        for i, feature in enumerate(FEATURE_LIST)
    ]
    table = pl.concat(
        pl.DataFrame(
            {
                "feature": [feature.column] * len(of_feature.n),
                "bin_up_to": of_feature.edges,
                "n_recipes": of_feature.n,
                "mean_rating": of_feature.mean,
            }
            | {f"q{percent:02}_rating": of_feature.quantiles[:, k] for k, percent in PERCENTS}
        )
        for feature, of_feature in zip(FEATURE_LIST, bins, strict=True)
    )

    def in_stars(value: float) -> str:
        return t.number(value, 2)

    def up_to(end: float) -> str:
        return t("ratings-bin-up-to", end=Number(end, 0 if end.is_integer() else 1))

    columns = {
        "feature": _feature_column(t),
        "bin_up_to": Column(t("ratings-column-bin"), up_to),
        "n_recipes": Column(t("column-recipes"), t.number),
        "mean_rating": Column(t("ratings-axis-mean"), in_stars),
    }
    for _, percent in PERCENTS:
        title = t("ratings-column-quantile", q=percent)
        columns[f"q{percent:02}_rating"] = Column(title, in_stars)
    return Chart(
        id="ratings-features-bins",
        title=t("ratings-box-title"),
        text=[],
        figure=bin_boxes_figure(panels, visit.style(t("ratings-axis-recipe-mean"), 2)),
        alt=t(
            "ratings-means-alt",
            means="; ".join(
                f"{panel.title}: {in_stars(means[0])} – {in_stars(means[-1])}"
                for panel, means in zip(panels, (b.mean for b in bins), strict=True)
            ),
        ),
        table=table,
        columns=columns,
        method=[scope, t("ratings-box-method", min_ratings=MIN_RATINGS)],
        queries=[BY_RECIPE, FEATURES],
    )


def _box_panel(visit: Visit, feature: Feature, rho: float, bins: Bins) -> BoxPanel:
    t = visit.t
    q05, q25, median, q75, q95 = bins.quantiles.T.tolist()
    title = t("ratings-box-panel", feature=t(feature.axis_key), rho=Number(rho, 3, is_signed=True))
    boxes = Boxes(q05, q25, median, q75, q95, bins.mean.tolist())
    return BoxPanel(title, _bin_names(visit, feature, bins), boxes)


def _bin_names(visit: Visit, feature: Feature, bins: Bins) -> list[str]:
    """Name each bin by its upper end, the last one by what it begins after."""
    t = visit.t
    ends = [Number(float(edge), feature.digits) for edge in bins.edges]
    names = [t("ratings-bin-up-to", end=end) for end in ends]
    if len(ends) > 1:
        names[-1] = t("ratings-bin-over", end=ends[-2])
    return names
