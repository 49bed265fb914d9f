"""Every number against scipy, statsmodels or a count over all pairs of the expanded rows."""

import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats.effect_size import _noncentrality_chisquare
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

from mangetamain_analytics.utils.group_tests import (
    ValueCounts,
    calendar_fit,
    compare_groups,
    compare_two,
    item_shares,
    kruskal_wallis,
    mann_whitney,
    share_differences,
    share_intervals,
    skewness,
    summarise,
    frequent_enough,
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


# Counts against the calendar.

DAYS = [[26, 91, 31, 30], [91, 92, 92, 91], [90, 92, 92, 91]]
COUNTS = [[20, 90, 40, 30], [900, 1100, 1000, 800], [400, 520, 470, 390]]


def test_one_year_is_pearson_s_test_on_its_days() -> None:
    fit = calendar_fit(COUNTS[1:2], DAYS[1:2])
    expected = np.array(DAYS[1]) / 366 * 3800
    pearson = stats.chisquare(COUNTS[1], expected)

    assert fit.expected == pytest.approx(expected)
    assert (fit.chi_squared, fit.p_value) == pytest.approx((pearson.statistic, pearson.pvalue))
    assert (fit.degrees, fit.dispersion) == (3, 1)
    assert fit.cohens_w.estimate == pytest.approx(math.sqrt(pearson.statistic / 3800))
    ends = np.sqrt(np.array(_noncentrality_chisquare(pearson.statistic, 3).confint) / 3800)
    assert (fit.cohens_w.low, fit.cohens_w.high) == pytest.approx(tuple(ends))


def test_the_days_of_each_year_share_the_counts_of_that_year() -> None:
    fit = calendar_fit(COUNTS, DAYS)
    counts, days = np.array(COUNTS), np.array(DAYS)
    expected = (counts.sum(axis=1, keepdims=True) * days / days.sum(axis=1, keepdims=True)).sum(0)

    assert fit.expected == pytest.approx(expected)
    assert fit.deviation == pytest.approx(counts.sum(axis=0) / expected - 1)
    assert fit.chi_squared == pytest.approx(stats.chisquare(counts.sum(axis=0), expected).statistic)


def test_growth_is_not_taken_for_a_season() -> None:
    """Two years of unlike volume, the second one cut in half: every day of a year is the same."""
    fit = calendar_fit([[100, 100], [4000, 0]], [[50, 50], [40, 0]])

    assert fit.deviation == pytest.approx([0, 0])
    assert fit.chi_squared == pytest.approx(0)
    assert fit.p_value == 1


def test_the_dispersion_is_that_of_a_quasi_poisson_model() -> None:
    """Years of equal days, so that the model by hand is exactly the generalized linear one."""
    counts = np.array([[90, 130, 110, 95], [200, 250, 190, 210], [45, 80, 50, 70]])
    fit = calendar_fit(counts, np.full((3, 4), 91))
    rows, columns = np.indices(counts.shape)
    design = np.column_stack(
        [rows.ravel() == i for i in range(3)] + [columns.ravel() == i for i in range(1, 4)]
    ).astype(float)
    model = sm.GLM(counts.ravel(), design, family=sm.families.Poisson()).fit()

    assert fit.dispersion == pytest.approx(model.pearson_chi2 / 6)
    assert fit.dispersion > 1
    assert fit.p_value == pytest.approx(stats.f.sf(fit.chi_squared / 3 / fit.dispersion, 3, 6))
    ends = np.array(_noncentrality_chisquare(fit.chi_squared / fit.dispersion, 3).confint)
    assert (fit.cohens_w.low, fit.cohens_w.high) == pytest.approx(
        tuple(np.sqrt(ends * fit.dispersion / counts.sum())), abs=1e-9
    )


def test_a_pattern_that_differs_from_year_to_year_proves_nothing() -> None:
    waves = calendar_fit([[300, 100], [100, 290], [310, 120]], [[50, 50]] * 3)
    repeated = calendar_fit([[280, 100], [290, 100], [310, 120]], [[50, 50]] * 3)

    assert stats.chi2.sf(waves.chi_squared, 1) < 0.001  # as if events were independent
    assert waves.p_value > 0.3
    assert repeated.p_value < 0.01
    assert repeated.dispersion == 1
    assert np.ptp([waves.deviation_low[0], waves.deviation_high[0]]) > 10 * np.ptp(
        [repeated.deviation_low[0], repeated.deviation_high[0]]
    )


def test_a_ratio_of_rates_allows_for_the_days_of_each() -> None:
    """500 on 250 days against 80 on 100: 2 a day against 0.8."""
    days = np.array([250.0, 100.0])
    fit = calendar_fit([[500, 80]], [days])
    ratio = fit.ratio(0, 1, days)

    assert ratio.estimate == pytest.approx(2.5)
    half = 1.959964 * math.sqrt(1 / 500 + 1 / 80)
    assert (ratio.low, ratio.high) == pytest.approx((2.5 * math.exp(-half), 2.5 * math.exp(half)))
    assert fit.ratio(1, 0, days).estimate == pytest.approx(0.4)


def test_the_interval_of_a_deviation_covers_a_binomial_one() -> None:
    fit = calendar_fit([[5200, 4800]], [[50, 50]])

    assert fit.deviation[0] == pytest.approx(0.04)
    assert fit.deviation_low[0] == pytest.approx(0.04 - 1.96 * 0.5 / 100 * 2, abs=2e-3)
    assert fit.deviation_high[0] == pytest.approx(0.04 + 1.96 * 0.5 / 100 * 2, abs=2e-3)


def test_a_group_without_event_has_a_finite_interval() -> None:
    fit = calendar_fit([[10, 0]], [[50, 50]])

    assert fit.deviation[1] == -1
    assert np.isfinite([*fit.deviation_low, *fit.deviation_high]).all()


@pytest.mark.parametrize(
    ("counts", "days", "reason"),
    [
        ([[0, 0]], [[5, 5]], "nothing was counted"),
        ([[1, 1]], [[5, 0]], "on no day"),
        ([[1, 1]], [[5]], "shape"),
        ([1, 1], [5, 5], "shape"),
    ],
)
def test_counts_that_no_calendar_explains_are_refused(
    counts: object, days: object, reason: str
) -> None:
    with pytest.raises(ValueError, match=reason):
        calendar_fit(counts, days)


# Items.

N_WITH = np.array([[30, 50, 80, 40], [200, 190, 210, 220], [6, 7, 5, 9]], dtype=float)
N_ALL = np.array([1000, 1200, 1100, 900], dtype=float)


@pytest.mark.parametrize("yates", [False, True])
def test_the_chi_squared_of_an_item_is_that_of_its_contingency_table(yates: bool) -> None:
    n_with, n_all = (N_WITH[:, :2], N_ALL[:2]) if yates else (N_WITH, N_ALL)
    tested = item_shares(n_with, n_all, yates=yates)

    for i, row in enumerate(n_with):
        contingency = [row, n_all - row]
        expected = stats.chi2_contingency(contingency, correction=yates)
        assert tested.chi_squared[i] == pytest.approx(expected.statistic)
        assert tested.p_value[i] == pytest.approx(expected.pvalue)
        v = stats.contingency.association(np.array(contingency, dtype=int), method="cramer")
        assert tested.cramers_v[i] == pytest.approx(v)


def test_shares_are_those_of_each_group() -> None:
    tested = item_shares(N_WITH, N_ALL)
    shares = np.array([30 / 1000, 50 / 1200, 80 / 1100, 40 / 900])

    assert tested.shares[0] == pytest.approx(shares)
    assert tested.mean_share[0] == pytest.approx(shares.mean())
    assert tested.share_range[0] == pytest.approx(80 / 1100 - 0.03)
    assert tested.variation[0] == pytest.approx(shares.std(ddof=1) / shares.mean())


def test_an_item_is_tested_from_five_expected_with_and_without_it() -> None:
    n_all = np.array([100.0, 300.0])
    rows = np.array([[5, 15], [19, 0], [95, 285], [96, 285], [100, 300]], dtype=float)

    assert frequent_enough(rows, n_all).tolist() == [True, False, True, False, False]


def test_the_interval_of_a_difference_is_newcombe_s() -> None:
    n_with = np.array([[20, 30], [5, 0], [150, 90]], dtype=float)
    n_all = np.array([200.0, 110.0])
    difference, low, high = share_differences(n_with, n_all)

    for i, (first, second) in enumerate(n_with):
        expected = confint_proportions_2indep(
            second, n_all[1], first, n_all[0], method="newcomb", compare="diff"
        )
        assert difference[i] == pytest.approx(second / n_all[1] - first / n_all[0])
        assert (low[i], high[i]) == pytest.approx(expected)


def test_the_interval_of_a_share_is_wilson_s() -> None:
    n_with, n_all = np.array([0.0, 3.0, 50.0, 80.0]), np.array([40.0, 200.0, 90.0, 80.0])
    low, high = share_intervals(n_with, n_all)

    expected = proportion_confint(n_with, n_all, method="wilson")
    assert low == pytest.approx(expected[0])
    assert high == pytest.approx(expected[1])


# What others published from the real data, given the same inputs.

PUBLISHED = Path(__file__).parents[5] / "shared" / "published_figures.json"


@pytest.fixture(scope="session")
def published() -> dict[str, Any]:
    if not PUBLISHED.is_file():
        pytest.skip("the published figures (../shared beside the repository) are not here")
    figures = json.loads(PUBLISHED.read_text(encoding="utf-8"))["figures"]
    return {figure["id"]: figure["value"] for figure in figures}


@pytest.mark.parametrize(
    "table", ["weekend.ingredients.table", "weekend.tags.table_top20_by_signed_diff"]
)
def test_published_shares_give_the_published_chi_squared(
    published: dict[str, Any], table: str
) -> None:
    """Shares are published with two decimals: theirs lies between the ends of the rounding."""
    n_all = np.array(list(published["weekend.volume.totals"].values()), dtype=float)
    for item, row in published[table].items():
        ends = [
            (row["weekday_pct"] + weekday, row["weekend_pct"] + weekend)
            for weekday in (-0.005, 0.005)
            for weekend in (-0.005, 0.005)
        ]
        tested = item_shares(np.array(ends) / 100 * n_all, n_all, yates=True)
        low, high = tested.chi_squared.min(), tested.chi_squared.max()
        assert low <= row["chi2_yates"] <= high, item
        assert high - low < max(3, low / 10), "the rounding would let anything pass"


def test_published_volumes_give_the_published_deviations(published: dict[str, Any]) -> None:
    """Against equal days, as published; the site counts the days."""
    counts = published["weekend.volume.per_weekday"]
    fit = calendar_fit([list(counts.values())], [[1] * 7])

    assert (100 * fit.deviation).round(1).tolist() == list(
        published["weekend.volume.deviation_pct"].values()
    )
