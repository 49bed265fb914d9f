"""Statistics of star counts against scipy, statsmodels and pymannkendall on the single ratings."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, strategies as st
from scipy import stats

from mangetamain_analytics.utils.group_tests import ValueCounts, mann_whitney
from mangetamain_analytics.utils.rating_statistics import (
    IS_FIVE,
    STARS,
    clustered_difference,
    clustered_means,
    compare_recipes,
    fit_shrinkage,
    rank_correlations,
    summarize_stars,
)

# Three groups of single ratings; no two statistics of a group coincide.
GROUPS = ([5, 5, 5, 4, 1, 3], [5, 4, 4, 2], [3, 3, 5, 5, 5, 5, 2, 1])


def table(*groups: Any) -> np.ndarray:
    return np.array([[list(group).count(star) for star in range(1, 6)] for group in groups])


def expanded(counts: Any) -> np.ndarray:
    return np.repeat(np.arange(1, 6), counts)


# What a group is like.


def test_a_summary_is_that_of_the_single_ratings() -> None:
    summary = summarize_stars(table(*GROUPS))
    for i, group in enumerate(GROUPS):
        assert summary.n[i] == len(group)
        assert summary.mean[i] == pytest.approx(np.mean(group))
        assert summary.sd[i] == pytest.approx(np.std(group, ddof=1))
        assert summary.median[i] == np.median(group)
        assert summary.share_of_five[i] == pytest.approx(group.count(5) / len(group))
        assert summary.share_of_low[i] == pytest.approx(sum(x <= 2 for x in group) / len(group))
    assert summary.mode.tolist() == [5, 4, 5]


@given(st.lists(st.integers(0, 9), min_size=5, max_size=5).filter(any))
def test_the_median_of_an_even_number_is_halfway(counts: list[int]) -> None:
    assert summarize_stars(counts).median == np.median(expanded(counts))


def test_an_empty_group_and_a_table_without_five_stars_are_refused() -> None:
    with pytest.raises(ValueError, match="without a rating"):
        summarize_stars([[0, 0, 0, 0, 0], [0, 0, 0, 0, 1]])
    with pytest.raises(ValueError, match="not shape"):
        summarize_stars([1, 2, 3, 4])


# Intervals that months decide.

RNG = np.random.default_rng(3)
BY_MONTH = RNG.integers(0, 9, (2, 7, 5))  # groups × months × stars


def single_ratings(by_month: Any) -> tuple[np.ndarray, np.ndarray]:
    """Stars and months of the ratings of a group."""
    stars = [expanded(counts) for counts in by_month]
    return np.concatenate(stars), np.repeat(np.arange(len(stars)), [len(x) for x in stars])


@pytest.mark.parametrize("values", [STARS, IS_FIVE])
def test_the_interval_of_a_mean_is_that_of_cluster_robust_least_squares(values: Any) -> None:
    means = clustered_means(BY_MONTH, values)
    for i, group in enumerate(BY_MONTH):
        stars, months = single_ratings(group)
        fit = sm.OLS(values[stars - 1], np.ones(len(stars))).fit(
            cov_type="cluster", cov_kwds={"groups": months}, use_t=True
        )
        assert means.mean[i] == pytest.approx(fit.params[0])
        assert (means.low[i], means.high[i]) == pytest.approx(tuple(fit.conf_int()[0]))


def test_months_without_a_rating_change_nothing_and_a_single_month_has_no_interval() -> None:
    padded = np.concatenate([BY_MONTH, np.zeros((2, 3, 5), int)], axis=1)
    assert clustered_means(padded).low == pytest.approx(clustered_means(BY_MONTH).low)
    assert np.isnan(clustered_means(BY_MONTH[:, :1]).low).all()


@pytest.mark.parametrize("values", [STARS, IS_FIVE])
def test_a_difference_is_that_of_cluster_robust_least_squares(values: Any) -> None:
    difference = clustered_difference(BY_MONTH[0], BY_MONTH[1], values)
    assert difference is not None
    (one, months_one), (other, months_other) = map(single_ratings, BY_MONTH)
    is_one = np.repeat([1.0, 0.0], [len(one), len(other)])
    fit = sm.OLS(
        values[np.concatenate([one, other]) - 1], np.column_stack([np.ones_like(is_one), is_one])
    ).fit(
        cov_type="cluster",
        cov_kwds={"groups": np.concatenate([months_one, months_other])},
        use_t=True,
    )
    assert difference.value == pytest.approx(fit.params[1])
    assert (difference.low, difference.high) == pytest.approx(tuple(fit.conf_int()[1]))
    assert difference.p_value == pytest.approx(fit.pvalues[1])
    assert difference.n_clusters == 7


def test_a_difference_needs_two_months_and_two_groups() -> None:
    assert clustered_difference(BY_MONTH[0][:1], BY_MONTH[1][:1]) is None
    assert clustered_difference(BY_MONTH[0], np.zeros((7, 5), int)) is None


# Recipes against recipes.

# Stars of each recipe: publics of unlike size and taste, one recipe with a single vote.
LIKED = ([5, 5, 5, 4, 5], [5, 4], [3, 5, 5], [5])
OTHERS = ([4, 4, 5, 3], [5, 5], [1, 2, 2, 5, 4, 4], [3], [4, 5, 5, 5])


@dataclass(frozen=True)
class Sums:
    """The votes of recipes as the statistics want them."""

    n: Any
    total: Any
    squares: Any

    @classmethod
    def of(cls, recipes: Any) -> "Sums":
        stars = [np.array(votes) for votes in recipes]
        return cls(*(np.array(x) for x in zip(*((len(v), v.sum(), v @ v) for v in stars))))


def by_recipe(recipes: Any) -> tuple[Any, Any]:
    """Single votes, and the recipe of each."""
    lengths = [len(votes) for votes in recipes]
    return np.concatenate([np.array(v, float) for v in recipes]), np.repeat(
        np.arange(len(recipes)), lengths
    )


def test_recipes_are_compared_as_cluster_robust_least_squares_do() -> None:
    compared = compare_recipes(Sums.of(LIKED), Sums.of(OTHERS))
    (one, recipe_of_one), (other, recipe_of_other) = map(by_recipe, (LIKED, OTHERS))
    is_one = np.repeat([1.0, 0.0], [len(one), len(other)])
    fit = sm.OLS(np.concatenate([one, other]), np.column_stack([np.ones_like(is_one), is_one])).fit(
        cov_type="cluster",
        cov_kwds={"groups": np.concatenate([recipe_of_one, 100 + recipe_of_other])},
        use_t=True,
    )
    difference = compared.difference
    assert difference.value == pytest.approx(fit.params[1])
    assert (difference.low, difference.high) == pytest.approx(tuple(fit.conf_int()[1]))
    assert difference.p_value == pytest.approx(fit.pvalues[1])
    assert difference.n_clusters == 9
    for i, (stars, recipes) in enumerate(((one, recipe_of_one), (other, recipe_of_other))):
        own = sm.OLS(stars, np.ones(len(stars))).fit(
            cov_type="cluster", cov_kwds={"groups": recipes}, use_t=True
        )
        ends = (compared.means.low[i], compared.means.high[i])
        assert compared.means.mean[i] == pytest.approx(stars.mean())
        assert ends == pytest.approx(tuple(own.conf_int()[0]))


def test_the_effect_of_recipes_is_in_pooled_standard_deviations_of_ratings() -> None:
    compared = compare_recipes(Sums.of(LIKED), Sums.of(OTHERS))
    one, other = by_recipe(LIKED)[0], by_recipe(OTHERS)[0]
    n_one, n_other = len(one), len(other)
    pooled = np.sqrt(
        ((n_one - 1) * one.var(ddof=1) + (n_other - 1) * other.var(ddof=1)) / (n_one + n_other - 2)
    )
    assert compared.cohens_d == pytest.approx((one.mean() - other.mean()) / pooled)
    assert compared.cohens_d_low == pytest.approx(compared.difference.low / pooled)
    assert compared.cohens_d_high == pytest.approx(compared.difference.high / pooled)


def test_recipes_of_the_same_stars_do_not_differ() -> None:
    same = Sums.of([[5, 5], [5], [5, 5, 5]])
    compared = compare_recipes(same, same)
    assert (compared.difference.value, compared.difference.p_value, compared.cohens_d) == (0, 1, 0)


# Ranks.


def test_rank_correlations_are_those_of_scipy_with_the_interval_of_bonett_and_wright() -> None:
    y = RNG.normal(size=40).round(1)
    variables = np.array([y + RNG.normal(size=40), -(y**3), RNG.integers(0, 3, 40)])
    found = rank_correlations(y, variables)
    for i, variable in enumerate(variables):
        reference = stats.spearmanr(variable, y)
        assert found.rho[i] == pytest.approx(reference.statistic)
        assert found.p_value[i] == pytest.approx(reference.pvalue, abs=1e-9)
        if i != 1:  # a perfect order has no width to speak of
            error = np.sqrt((1 + reference.statistic**2 / 2) / 37)
            ends = np.tanh(np.arctanh(reference.statistic) + 1.959964 * error * np.array([-1, 1]))
            assert (found.low[i], found.high[i]) == pytest.approx(tuple(ends), abs=1e-6)


def test_a_constant_has_no_rank_correlation() -> None:
    found = rank_correlations([1, 2, 3, 4, 5], [[7, 7, 7, 7, 7]])
    assert found.rho == [0] and found.p_value == [1]


# Others' figures.


def test_the_published_test_of_the_weekend_comes_out(published: Any) -> None:
    """The split of the ratings by star is not published: mean, SD and 5★ leave little room."""
    weekend, weekday = (
        published["ratings.train.weekend"]["Weekend"],
        published["ratings.train.weekend"]["Weekday"],
    )
    one, other = (stars_like(**group) for group in (weekend, weekday))
    for counts, group in ((one, weekend), (other, weekday)):
        summary = summarize_stars(counts)
        assert summary.mean == pytest.approx(group["mean"], abs=1e-3)
        assert summary.sd == pytest.approx(group["std"], abs=2e-3)
    test = mann_whitney(ValueCounts(STARS, np.column_stack([other, one])))
    assert test.u == pytest.approx(published["ratings.train.weekend.mannwhitney_U"], rel=1e-3)
    assert test.p_value < 1e-4


def stars_like(n: int, mean: float, std: float, pct5: float, **_: Any) -> np.ndarray:
    """Whole counts with these moments and twice as many 2 as 1 stars, 3 and 4 solved for."""
    low = np.array([1, 2, 0, 0, 0]) / 3
    rows = [[1, 1, 1], [3, 4, low @ STARS], [9, 16, low @ STARS**2]]
    left = [1 - pct5 / 100, mean - 5 * pct5 / 100, mean**2 + std**2 - 25 * pct5 / 100]
    three, four, of_low = np.linalg.solve(rows, left)
    shares = np.array([of_low / 3, 2 * of_low / 3, three, four, pct5 / 100])
    return (shares * n).round().astype(int)


# Shrinkage.


def test_balanced_recipes_shrink_as_the_mixed_model_says() -> None:
    stars = np.clip((4 + RNG.normal(0, 0.6, (30, 1)) + RNG.normal(0, 0.5, (30, 8))).round(), 1, 5)
    shrinkage = fit_shrinkage([8] * 30, stars.sum(axis=1), (stars**2).sum(axis=1))
    assert shrinkage is not None
    model = sm.MixedLM(stars.ravel(), np.ones(240), np.repeat(np.arange(30), 8)).fit()
    assert shrinkage.within_sd**2 == pytest.approx(model.scale, rel=1e-3)
    assert shrinkage.between_sd**2 == pytest.approx(float(model.cov_re[0][0]), rel=1e-2)
    shrunk, _ = shrinkage.estimate([8] * 30, stars.sum(axis=1))
    effects = np.array([effect.iloc[0] for effect in model.random_effects.values()])
    assert shrunk == pytest.approx(model.fe_params[0] + effects, abs=2e-3)


def test_the_prior_of_unequal_recipes_by_hand() -> None:
    # Ratings 5 5 | 1 | 4 2 4: means 5, 1 and 10/3.
    shrinkage = fit_shrinkage([2, 1, 3], [10, 1, 10], [50, 1, 36])
    assert shrinkage is not None
    within = (36 - 100 / 3) / (6 - 3)
    between = (2 * 1.5**2 + 2.5**2 + 3 * (10 / 3 - 3.5) ** 2) / 2
    assert shrinkage.within_sd**2 == pytest.approx(within)
    assert shrinkage.between_sd**2 == pytest.approx((between - within) / ((6 - 14 / 6) / 2))
    weights = 1 / (shrinkage.between_sd**2 + within / np.array([2, 1, 3]))
    assert shrinkage.mean == pytest.approx(weights @ [5, 1, 10 / 3] / weights.sum())
    assert shrinkage.weight == pytest.approx(within / shrinkage.between_sd**2)


def test_two_votes_do_not_beat_fifty() -> None:
    n, total = np.array([2, 50, 100, 30]), np.array([10, 245, 400, 110])
    squares = np.array([50, 1209, 1660, 430])
    shrinkage = fit_shrinkage(n, total, squares)
    assert shrinkage is not None
    shrunk, half_width = shrinkage.estimate(n, total)
    assert (total / n).argmax() == 0 and shrunk.argmax() == 1
    assert half_width[0] > half_width[1] > half_width[2]
    assert half_width[1] == pytest.approx(
        1.959964 * shrinkage.within_sd / np.sqrt(50 + shrinkage.weight), abs=1e-6
    )


def test_recipes_that_differ_by_chance_only_have_no_prior() -> None:
    assert fit_shrinkage([2, 2, 2], [6, 6, 6], [26, 26, 26]) is None
    assert fit_shrinkage([1, 1], [5, 1], [25, 1]) is None  # one rating each: no noise to see
    assert fit_shrinkage([5], [20], [90]) is None
