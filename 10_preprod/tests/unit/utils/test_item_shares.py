"""Every number of the shares of items against scipy or statsmodels."""

from typing import Any

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from mangetamain_analytics.utils.item_shares import (
    frequent_enough,
    item_shares,
    share_differences,
    share_intervals,
)

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
