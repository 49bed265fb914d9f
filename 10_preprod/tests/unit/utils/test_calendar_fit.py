"""Every number of the comparison with the calendar against scipy or statsmodels."""

import math
from typing import Any

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats.effect_size import _noncentrality_chisquare

from mangetamain_analytics.utils.calendar_fit import calendar_fit

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


def test_published_volumes_give_the_published_deviations(published: dict[str, Any]) -> None:
    """Against equal days, as published; the site counts the days."""
    counts = published["weekend.volume.per_weekday"]
    fit = calendar_fit([list(counts.values())], [[1] * 7])

    assert (100 * fit.deviation).round(1).tolist() == list(
        published["weekend.volume.deviation_pct"].values()
    )
