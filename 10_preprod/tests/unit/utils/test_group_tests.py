"""Every number against scipy, statsmodels or a count over all pairs of the expanded rows."""

import math
from collections.abc import Sequence

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.effect_size import _noncentrality_chisquare
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

from mangetamain_analytics.utils.group_tests import (
    ValueCounts,
    compare_groups,
    compare_two,
    kruskal_wallis,
    mann_whitney,
    skewness,
    summarise,
)

Groups = Sequence[Sequence[float]]
RANDOM = np.random.default_rng(7)

# Few values and many ties; groups of unlike size, spread and skewness.
TIED: Groups = (
    [1, 2, 2, 3, 5, 5, 5, 8],
    [2, 2, 3, 3, 3, 5, 8, 8, 9, 9, 9],
    [1, 1, 1, 2, 2, 30],
)
CONTINUOUS: Groups = [
    RANDOM.normal(loc, scale, n).tolist() for loc, scale, n in ((10, 2, 40), (11, 4, 25))
]
SKEWED: Groups = [RANDOM.lognormal(mu, 1, n).round(1).tolist() for mu, n in ((3, 70), (3.4, 30))]
TWO = {"tied": TIED[:2], "continuous": CONTINUOUS, "skewed": SKEWED}


def table(groups: Groups) -> ValueCounts:
    values = np.unique(np.concatenate(groups))
    counts = [[list(group).count(value) for group in groups] for value in values]
    return ValueCounts(values, np.array(counts, dtype=float))


# What describes a group.


def test_a_summary_is_that_of_the_rows_behind_the_counts() -> None:
    summary = summarise(table(TIED))

    for i, group in enumerate(TIED):
        assert summary.n[i] == len(group)
        assert summary.mean[i] == pytest.approx(np.mean(group))
        assert summary.sd[i] == pytest.approx(np.std(group, ddof=1))
        assert summary.median[i] == np.median(group)
        low, high = DescrStatsW(group).tconfint_mean()
        assert (summary.mean_low[i], summary.mean_high[i]) == pytest.approx((low, high))
        for name, share in (("q05", 0.05), ("q25", 0.25), ("q75", 0.75), ("q95", 0.95)):
            expected = np.quantile(group, share, method="inverted_cdf")
            assert getattr(summary, name)[i] == expected, (name, i)


def test_quantiles_of_ten_by_hand() -> None:
    summary = summarise(table([range(1, 11)]))

    assert (summary.q05[0], summary.q25[0], summary.q75[0], summary.q95[0]) == (1, 3, 8, 10)
    assert summary.median[0] == 5.5


def test_the_median_of_an_even_group_averages_values_far_apart() -> None:
    assert summarise(table([[1, 1, 9, 9], [1, 1, 1, 9]])).median.tolist() == [5, 1]


def test_groups_are_merged_by_adding_their_columns() -> None:
    merged = table(TIED).merged([[0, 2], [1]])
    expected = table([[*TIED[0], *TIED[2]], TIED[1]])

    assert np.array_equal(merged.counts, expected.counts)
    assert merged.n.tolist() == [14, 11]


def test_skewness_is_that_of_all_rows_together() -> None:
    assert skewness(table(SKEWED)) == pytest.approx(stats.skew(np.concatenate(SKEWED)))
    assert skewness(table([[3, 3, 3], [3, 3]])) == 0


# Kruskal–Wallis.


@pytest.mark.parametrize("groups", [TIED, CONTINUOUS, SKEWED], ids=["tied", "normal", "skewed"])
def test_kruskal_wallis_is_scipy_s(groups: Groups) -> None:
    expected = stats.kruskal(*groups)
    test = kruskal_wallis(table(groups))
    n = sum(map(len, groups))

    assert (test.h, test.p_value) == pytest.approx((expected.statistic, expected.pvalue))
    assert (test.n, test.n_groups) == (n, len(groups))
    assert test.epsilon_squared.estimate == pytest.approx(
        expected.statistic * (n + 1) / (n**2 - 1)  # as Tomczak and Tomczak write it
    )
    noncentrality = _noncentrality_chisquare(expected.statistic, len(groups) - 1).confint
    ends = (test.epsilon_squared.low, test.epsilon_squared.high)
    assert ends == pytest.approx(np.array(noncentrality) / (n - 1), abs=1e-9)


def test_a_published_h_of_200_000_recipes_gives_a_small_epsilon_squared() -> None:
    """H = 347 among 200,066 recipes, as published for the seasons."""
    shifted = np.round(np.exp(RANDOM.normal(3.5, 0.7, 200_066)))
    groups = [shifted[i::4] * (1.06 if i == 3 else 1) for i in range(4)]
    test = kruskal_wallis(table([np.round(group).tolist() for group in groups]))

    assert test.h == pytest.approx(stats.kruskal(*map(np.round, groups)).statistic)
    assert test.epsilon_squared.low < test.epsilon_squared.estimate < test.epsilon_squared.high
    assert test.epsilon_squared.estimate == pytest.approx(test.h / 200_065)


def test_groups_of_one_value_do_not_differ() -> None:
    test = kruskal_wallis(table([[4] * 6, [4] * 7]))

    assert (test.h, test.p_value, test.epsilon_squared.high) == (0, 1, 0)


@pytest.mark.parametrize("groups", [[[1, 2, 3, 4, 5]], [[1, 2, 3, 4, 5], [1, 2, 3, 4]]])
def test_a_group_too_small_is_refused_with_its_size(groups: Groups) -> None:
    assert not table(groups).has_enough()
    with pytest.raises(ValueError, match=r"groups of \[5"):
        kruskal_wallis(table(groups))


def test_extremes_are_the_groups_of_highest_and_lowest_mean() -> None:
    compared = compare_groups(table(TIED))
    welch = stats.ttest_ind(TIED[1], TIED[0], equal_var=False)

    assert np.mean(TIED[2]) > np.mean(TIED[1]) > np.mean(TIED[0])
    assert (compared.highest, compared.lowest) == (2, 0)
    assert compared.relative_gap == pytest.approx(
        (np.mean(TIED[2]) - np.mean(TIED[0])) / np.mean(np.concatenate(TIED))
    )
    two = compare_groups(table(TIED[:2]))
    assert two.p_extremes == pytest.approx(welch.pvalue)


def test_the_p_value_of_the_extremes_allows_for_their_choice() -> None:
    groups = [*CONTINUOUS, RANDOM.normal(12, 3, 30).tolist()]
    compared = compare_groups(table(groups))
    means = [np.mean(group) for group in groups]
    pair = groups[int(np.argmax(means))], groups[int(np.argmin(means))]
    welch = stats.ttest_ind(*pair, equal_var=False)

    assert compared.p_extremes == pytest.approx(3 * welch.pvalue)


# Two groups.


@pytest.mark.parametrize("name", TWO)
def test_welch_is_scipy_s_with_its_interval(name: str) -> None:
    first, second = TWO[name]
    expected = stats.ttest_ind(second, first, equal_var=False)
    welch = compare_two(table(TWO[name])).welch
    interval = expected.confidence_interval(0.95)

    assert welch.t == pytest.approx(expected.statistic)
    assert welch.degrees == pytest.approx(expected.df)
    assert welch.p_value == pytest.approx(expected.pvalue)
    assert welch.difference.estimate == pytest.approx(np.mean(second) - np.mean(first))
    assert (welch.difference.low, welch.difference.high) == pytest.approx(
        (interval.low, interval.high)
    )


@pytest.mark.parametrize("name", TWO)
def test_cohen_s_d_is_the_difference_in_pooled_standard_deviations(name: str) -> None:
    first, second = TWO[name]
    pooled = CompareMeans(DescrStatsW(second), DescrStatsW(first)).std_meandiff_pooledvar
    error = pooled  # SD of the difference = pooled SD × √(1/n1 + 1/n2)
    d = compare_two(table(TWO[name])).welch.cohens_d
    n1, n2 = len(first), len(second)

    assert d.estimate == pytest.approx(
        (np.mean(second) - np.mean(first)) / error * math.sqrt(1 / n1 + 1 / n2)
    )
    variance = (n1 + n2) / (n1 * n2) + d.estimate**2 / (2 * (n1 + n2))
    assert d.high - d.estimate == pytest.approx(1.959964 * math.sqrt(variance))
    assert d.estimate - d.low == pytest.approx(1.959964 * math.sqrt(variance))


@pytest.mark.parametrize("name", TWO)
def test_mann_whitney_is_scipy_s(name: str) -> None:
    first, second = TWO[name]
    expected = stats.mannwhitneyu(second, first, method="asymptotic")
    test = mann_whitney(table(TWO[name]))

    assert (test.u, test.p_value) == pytest.approx((expected.statistic, expected.pvalue))


@pytest.mark.parametrize("name", TWO)
def test_cliff_s_delta_and_its_interval_count_every_pair(name: str) -> None:
    first, second = map(np.array, TWO[name])
    pairs = np.sign(second[:, None] - first[None, :])
    n2, n1 = pairs.shape
    delta = pairs.mean()
    rows, columns = pairs.mean(axis=1) - delta, pairs.mean(axis=0) - delta
    variance = (
        n1**2 * (rows**2).sum() + n2**2 * (columns**2).sum() - ((pairs - delta) ** 2).sum()
    ) / (n1 * n2 * (n1 - 1) * (n2 - 1))
    z = 1.959963984540054
    half = z * math.sqrt(variance * ((1 - delta**2) ** 2 + z**2 * variance))
    ends = [(delta - delta**3 + s * half) / (1 - delta**2 + z**2 * variance) for s in (-1, 1)]
    measured = mann_whitney(table(TWO[name])).cliffs_delta

    assert measured.estimate == pytest.approx(delta)
    assert [measured.low, measured.high] == pytest.approx(ends)


def test_groups_apart_have_a_delta_of_one() -> None:
    delta = mann_whitney(table([range(6), range(10, 17)])).cliffs_delta

    assert (delta.estimate, delta.low, delta.high) == (1, 1, 1)
    assert mann_whitney(table([range(10, 17), range(6)])).cliffs_delta.estimate == -1


@pytest.mark.parametrize(("name", "means"), [("continuous", True), ("skewed", False)])
def test_the_shape_of_all_values_chooses_the_test(name: str, means: bool) -> None:
    compared = compare_two(table(TWO[name]))

    assert compared.means_decide is means
    assert compared.welch.p_value != pytest.approx(compared.mann_whitney.p_value)
    decides = compared.welch if means else compared.mann_whitney
    assert compared.p_value == decides.p_value


def test_means_and_ranks_may_disagree() -> None:
    often_lower_but_once_huge = [[5.0] * 9 + [6.0], [4.0] * 9 + [400.0]]
    compared = compare_two(table(often_lower_but_once_huge))

    assert compared.relative_difference > 0 > compared.mann_whitney.cliffs_delta.estimate
    assert not compared.agree
    assert compare_two(table(CONTINUOUS)).agree


def test_two_groups_of_one_value_do_not_differ() -> None:
    same = compare_two(table([[0] * 6, [0] * 7]))

    assert (same.welch.p_value, same.mann_whitney.p_value) == (1, 1)
    assert (same.relative_difference, same.mann_whitney.cliffs_delta.estimate) == (0, 0)


def test_three_groups_are_not_two() -> None:
    with pytest.raises(ValueError, match="3 groups where two"):
        compare_two(table(TIED))
