"""The trend and the level of monthly means against statsmodels and pymannkendall."""

from typing import Any

import numpy as np
import pymannkendall
import pytest
import statsmodels.api as sm
from scipy import stats

from mangetamain_analytics.utils.rating_months import mean_level, monthly_trend
from mangetamain_analytics.utils.statistics import Trend, weighted_trend

RNG = np.random.default_rng(4)
LEVELS = np.sin(np.arange(60) / 4) / 10 + np.arange(60) / 300 + 4.5 + RNG.normal(0, 0.05, 60)
RATINGS = RNG.integers(100, 9000, 60)


def test_the_interval_of_a_slope_counts_the_effective_months() -> None:
    trend = monthly_trend(LEVELS, RATINGS, np.arange(60))
    assert trend is not None
    fit = sm.WLS(LEVELS, sm.add_constant(np.arange(60.0)), np.sqrt(RATINGS)).fit()
    residuals = fit.wresid
    r = residuals[1:] @ residuals[:-1] / (residuals @ residuals)
    n = 60 * (1 - r) / (1 + r)
    assert r > 0.3 and trend.n_effective == pytest.approx(n)
    error = fit.bse[1] * np.sqrt(58 / (n - 2))
    assert trend.weighted.slope == pytest.approx(fit.params[1])
    ends = fit.params[1] + error * stats.t.ppf(0.975, n - 2) * np.array([-1, 1])
    assert (trend.slope_low, trend.slope_high) == pytest.approx(tuple(ends))
    assert trend.p_value == pytest.approx(2 * stats.t.sf(fit.params[1] / error, n - 2))
    assert trend.p_value > fit.pvalues[1]
    unweighted = stats.linregress(np.arange(60), LEVELS)
    assert trend.unweighted.slope == pytest.approx(unweighted.slope)


@pytest.mark.parametrize("series", [LEVELS, LEVELS.round(1), -LEVELS[:25]])
def test_mann_kendall_with_autocorrelation_is_that_of_hamed_and_rao(series: Any) -> None:
    trend = monthly_trend(series, np.ones(len(series)), np.arange(len(series)))
    assert trend is not None
    plain = pymannkendall.original_test(series)
    robust = pymannkendall.hamed_rao_modification_test(series)
    assert (trend.tau, trend.sen_slope) == pytest.approx((plain.Tau, plain.slope))
    assert trend.p_independent == pytest.approx(plain.p, abs=1e-12)
    assert trend.p_robust == pytest.approx(max(robust.p, plain.p), abs=1e-12)


def test_months_that_tell_as_much_as_three_carry_no_verdict() -> None:
    assert monthly_trend([4.5, 4.6, 4.4], [100] * 3, [0, 1, 2]) is None
    wave = 4.5 + np.sin(np.arange(12) / 4)
    assert monthly_trend(wave, [100] * 12, np.arange(12)) is None
    assert mean_level([4.5, 4.6, 4.4], [100] * 3) is None


def test_an_exact_line_and_a_constant_are_no_error() -> None:
    line = monthly_trend(4 + np.arange(9) / 8, [100] * 9, np.arange(9))
    flat = monthly_trend([4.5] * 9, [100] * 9, np.arange(9))
    assert line is not None and flat is not None
    assert line.weighted.slope == pytest.approx(1 / 8) and line.p_value < 0.001
    assert (flat.weighted.slope, flat.p_value, flat.p_robust) == (0, 1, 1)


def test_the_level_of_equal_and_independent_months_is_a_plain_mean() -> None:
    series = [4.4, 4.6] * 8  # neighbours differ: a negative correlation is taken for none
    level = mean_level(series, [400] * 16)
    assert level is not None
    assert (level.mean, level.sd, level.autocorrelation) == pytest.approx((4.5, 0.1, 0))
    assert level.n_weighted == level.n_autocorrelated == pytest.approx(16)
    assert level.half_width == pytest.approx(1.959964 * 0.1 / 4, abs=1e-6)


def months(published: dict[str, Any]) -> tuple[np.ndarray, np.ndarray]:
    """Mean rating and ratings of each of the 207 published months."""
    means, counts = (
        published[f"ratings.train.monthly.{name}"] for name in ("mean_rating", "n_interactions")
    )
    assert list(means) == list(counts)
    return np.array(list(means.values())), np.array(list(counts.values()))


def test_the_published_interval_is_eight_and_seventeen_times_too_small(published: Any) -> None:
    level = mean_level(*months(published))
    assert level is not None and level.n_months == 207
    assert level.mean == pytest.approx(published["ratings.train.mean_weighted"], abs=0.0005)
    assert level.sd == pytest.approx(published["ratings.train.std_weighted"], abs=0.0001)
    assert level.half_width_naive == pytest.approx(
        published["ratings.train.ci95_published"], abs=0.00005
    )
    assert level.n_weighted == pytest.approx(162, abs=0.5)
    assert level.half_width_weighted == pytest.approx(0.0080, abs=0.00005)
    assert level.autocorrelation == pytest.approx(0.69, abs=0.005)
    assert level.n_autocorrelated == pytest.approx(38, abs=0.5)
    assert level.half_width_autocorrelated == pytest.approx(0.0165, abs=0.00005)
    # Both at once, from the variance of the weighted mean written out.
    w = np.sqrt(months(published)[1])
    variance = sum(
        w[i] * w[j] * level.autocorrelation ** abs(i - j) for i in range(207) for j in range(207)
    )
    assert level.n_effective == pytest.approx(w.sum() ** 2 / variance)
    assert level.half_width == pytest.approx(0.0185, abs=0.00005)


def test_the_published_trends_of_the_months_come_out(published: Any) -> None:
    means, counts = months(published)
    trend = monthly_trend(means, counts, np.arange(207))
    assert trend is not None
    assert trend.unweighted.slope == pytest.approx(published["ratings.train.ols_slope"], abs=1e-6)
    assert trend.unweighted.r_squared == pytest.approx(published["ratings.train.ols_r2"], abs=1e-4)
    assert trend.weighted.slope == pytest.approx(published["ratings.train.wls_slope"], abs=1e-6)
    assert trend.weighted.r_squared == pytest.approx(published["ratings.train.wls_r2"], abs=1e-4)
    assert trend.weighted.p_value == pytest.approx(published["ratings.train.wls_p"], abs=1e-3)
    assert trend.tau == pytest.approx(published["ratings.train.kendall_tau"], abs=1e-3)
    assert trend.p_independent == pytest.approx(published["ratings.train.kendall_p"], abs=2e-3)
    assert trend.p_value > 0.4 and trend.p_robust > 0.4  # neighbours resemble each other


def test_a_trend_with_autocorrelation_keeps_the_line_itself() -> None:
    trend = monthly_trend(LEVELS, RATINGS, np.arange(60))
    assert trend is not None and isinstance(trend.weighted, Trend)
    assert trend.weighted == weighted_trend(np.arange(60), LEVELS, np.sqrt(RATINGS))
