import json
import math
from dataclasses import astuple
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings, strategies as st
from scipy import stats
from statsmodels.stats.multitest import multipletests

from mangetamain_analytics.utils.statistics import (
    Trend,
    adjust_p_values,
    enough_for_trend,
    mann_kendall,
    weighted_trend,
    weighted_trends,
)

PUBLISHED = Path(__file__).parents[4].parent / "shared" / "published_figures.json"

# Five years, uneven weights, a gap in the years: a line without weights, with weights, through
# the medians or upside down each give another slope.
YEARS = [1999, 2000, 2001, 2003, 2004]
VALUES = [10.0, 14.0, 11.0, 9.0, 20.0]
RECIPES = [100, 400, 300, 200, 1]


def trend() -> Trend:
    return weighted_trend(YEARS, VALUES, RECIPES)


def statsmodels_fit(x: Any, y: Any, weights: Any) -> Any:
    return sm.WLS(np.asarray(y), sm.add_constant(np.asarray(x, dtype=float)), weights=weights).fit()


# The weighted line.


def test_the_line_is_the_one_computed_by_hand() -> None:
    # x = 0, 1, 2; y = 0, 3, 3; w = 1, 1, 2: means 1.25 and 2.25,
    # S_xx = 1.5625 + 0.0625 + 1.125 = 2.75, S_xy = 2.8125 - 0.1875 + 1.125 = 3.75.
    fitted = weighted_trend([0, 1, 2], [0, 3, 3], [1, 1, 2])

    assert fitted.n == 3
    assert fitted.x_mean == 1.25
    assert fitted.y_mean == 2.25
    assert fitted.slope == pytest.approx(3.75 / 2.75)
    assert fitted.intercept == pytest.approx(2.25 - 1.25 * 3.75 / 2.75)
    # total = 5.0625 + 0.5625 + 2 · 0.5625 = 6.75, explained = 3.75² / 2.75
    assert fitted.r_squared == pytest.approx(3.75**2 / 2.75 / 6.75)


def test_the_line_agrees_with_statsmodels() -> None:
    fitted, reference = trend(), statsmodels_fit(YEARS, VALUES, RECIPES)
    low, high = reference.conf_int(0.05)[1]

    assert fitted.slope == pytest.approx(reference.params[1], rel=1e-9)
    assert fitted.intercept == pytest.approx(reference.params[0], rel=1e-9)
    assert (fitted.slope_low, fitted.slope_high) == pytest.approx((low, high), rel=1e-9)
    assert fitted.r_squared == pytest.approx(reference.rsquared, rel=1e-9)
    assert fitted.p_value == pytest.approx(reference.pvalues[1], rel=1e-9)
    assert fitted.residual_variance == pytest.approx(reference.scale, rel=1e-9)


def test_the_weights_decide_the_direction() -> None:
    assert trend().slope < 0
    assert weighted_trend(YEARS, VALUES, [1] * 5).slope > 0


def test_the_heights_of_the_line_agree_with_statsmodels() -> None:
    new_years = [1998, 2002, 2004]
    reference = statsmodels_fit(YEARS, VALUES, RECIPES).get_prediction(
        sm.add_constant(np.asarray(new_years, dtype=float))
    )

    np.testing.assert_allclose(trend().predict(new_years), reference.predicted, rtol=1e-8)


def test_the_size_of_the_weights_does_not_matter_only_their_ratio() -> None:
    doubled = weighted_trend(YEARS, VALUES, [2 * w for w in RECIPES])

    assert doubled.slope == pytest.approx(trend().slope)
    assert doubled.p_value == pytest.approx(trend().p_value)
    assert doubled.slope_low == pytest.approx(trend().slope_low)


def test_neighbouring_residuals_are_compared_by_hand() -> None:
    # Equal weights and a flat line: the residuals are 1, −1, −1, 1.
    fitted = weighted_trend([0, 1, 2, 3], [1, -1, -1, 1], [1, 1, 1, 1])

    assert fitted.slope == 0
    assert fitted.lag1_autocorrelation == pytest.approx((-1 + 1 - 1) / 4)


def test_residuals_are_compared_with_their_weights() -> None:
    reference = statsmodels_fit(YEARS, VALUES, RECIPES).wresid

    assert trend().lag1_autocorrelation == pytest.approx(
        (reference[1:] * reference[:-1]).sum() / (reference**2).sum()
    )


def test_waves_are_autocorrelated_and_noise_is_not() -> None:
    years = np.arange(20)
    noise = np.random.default_rng(1).normal(size=20)
    wave = weighted_trend(years, np.sin(years / 3), np.ones(20))

    assert wave.has_autocorrelated_residuals
    assert not weighted_trend(years, noise, np.ones(20)).has_autocorrelated_residuals
    # 1.96 / √20 = 0.438
    assert wave.lag1_autocorrelation > 0.438


def test_the_autocorrelation_bound_holds_on_both_sides() -> None:
    zigzag = weighted_trend(range(20), [(-1) ** i for i in range(20)], [1] * 20)

    assert zigzag.lag1_autocorrelation < -0.438
    assert zigzag.has_autocorrelated_residuals


def test_a_constant_series_has_no_slope_no_evidence_and_no_r_squared() -> None:
    fitted = weighted_trend(YEARS, [0.1] * 5, RECIPES)

    assert (fitted.slope, fitted.slope_low, fitted.slope_high) == (0, 0, 0)
    assert fitted.p_value == 1
    assert math.isnan(fitted.r_squared)
    assert math.isnan(fitted.lag1_autocorrelation)
    assert not fitted.has_autocorrelated_residuals
    assert fitted.predict([2050])[0] == pytest.approx(0.1)


def test_an_exact_line_is_certain() -> None:
    fitted = weighted_trend([1, 2, 3, 4], [2, 4, 6, 8], [1, 1, 1, 1])

    assert fitted.slope == 2
    assert fitted.p_value == 0
    assert fitted.r_squared == 1


@pytest.mark.parametrize(("n", "enough"), [(0, False), (3, False), (4, True), (20, True)])
def test_a_verdict_needs_four_points(n: int, enough: bool) -> None:
    assert enough_for_trend(n) is enough


@pytest.mark.parametrize(
    ("x", "y", "weights", "reason"),
    [
        ([1, 2], [1, 2], [1, 1], "at least 3 points, not n = 2"),
        ([], [], [], "at least 3 points, not n = 0"),
        ([1, 2, 3], [1, 2], [1, 1, 1], "3 positions but values of shape"),
        ([1, 2, 3], [1, 2, 3], [1, 1], "3 points but 2 weights"),
        ([1, 2, 3], [1, 2, 3], [1, 0, 1], r"weights must be positive.*0\.0"),
        ([1, 2, 3], [1, 2, 3], [1, -5, 1], r"weights must be positive.*-5\.0"),
        ([1, 2, 3], [1, 2, 3], [1, math.nan, 1], "weights must be positive.*nan"),
        ([1, 2, 3], [1, math.nan, 3], [1, 1, 1], "values must be finite.*nan"),
        ([1, 2, 3], [1, math.inf, 3], [1, 1, 1], "values must be finite.*inf"),
        ([1, 1, 1], [1, 2, 3], [1, 1, 1], "positions must increase"),
        ([3, 2, 1], [1, 2, 3], [1, 1, 1], "positions must increase"),
    ],
)
def test_what_cannot_be_fitted_is_refused(x: Any, y: Any, weights: Any, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        weighted_trend(x, y, weights)


# Many lines at once.


@settings(max_examples=30)
@given(st.integers(0, 2**32 - 1))
def test_many_lines_at_once_are_the_same_as_one_by_one_in_statsmodels(seed: int) -> None:
    random = np.random.default_rng(seed)
    years = np.arange(1999, 2011)
    series = random.normal(random.uniform(-5, 5, (4, 1)), 1, (4, 12)).cumsum(axis=1)
    recipes = random.integers(1, 30_000, 12)
    trends = weighted_trends(years, series, recipes)

    assert len(trends) == 4
    for fitted, row in zip(trends, series, strict=True):
        reference = statsmodels_fit(years - 1999, row, recipes)
        assert fitted.slope == pytest.approx(reference.params[1], rel=1e-6, abs=1e-9)
        assert fitted.p_value == pytest.approx(reference.pvalues[1], rel=1e-5, abs=1e-12)
        assert fitted.r_squared == pytest.approx(reference.rsquared, rel=1e-6, abs=1e-9)
        assert (fitted.slope_low, fitted.slope_high) == pytest.approx(
            tuple(reference.conf_int()[1]), rel=1e-6, abs=1e-9
        )


def test_each_of_many_lines_is_the_trend_of_its_series() -> None:
    series = [VALUES, [3.0] * 5, VALUES[::-1]]
    trends = weighted_trends(YEARS, series, RECIPES)

    alone = [weighted_trend(YEARS, row, RECIPES) for row in series]
    for together, single in zip(trends, alone, strict=True):
        assert astuple(together) == pytest.approx(astuple(single), nan_ok=True)


def test_no_series_gives_no_trend() -> None:
    assert list(weighted_trends(YEARS, np.empty((0, 5)), RECIPES)) == []


# The robust companion.


def test_mann_kendall_is_the_one_computed_by_hand() -> None:
    # Of the 10 pairs of 1, 3, 2, 5, 4 eight rise and two fall: S = 6, tau = 0.6.
    # var(S) = 5·4·15/18, z = 5/√var; median of the ten slopes = 0.875.
    test = mann_kendall([1, 3, 2, 5, 4])

    assert test.n == 5
    assert test.tau == pytest.approx(0.6)
    assert test.p_value == pytest.approx(2 * stats.norm.sf(5 / math.sqrt(5 * 4 * 15 / 18)))
    slopes = sorted([2, 1 / 2, 4 / 3, 3 / 4, -1, 1, 1 / 3, 3, 1, -1])
    assert test.sen_slope == pytest.approx((slopes[4] + slopes[5]) / 2)


def test_mann_kendall_tau_agrees_with_scipy_without_ties() -> None:
    series = np.random.default_rng(3).permutation(18)

    assert mann_kendall(series).tau == pytest.approx(
        stats.kendalltau(np.arange(18), series).statistic
    )


def test_mann_kendall_gives_the_published_p_value_for_the_published_tau() -> None:
    # Ratings of tofu over 18 years: tau = 0.535948, that is 82 of 153 pairs, p = 0.002154.
    # Without ties S is odd: 35 discordant pairs give 153 - 70 = 83, a tie of the last two gives 82.
    series = _with_discordant_pairs(18, 35)
    series[-1] = series[-2]

    test = mann_kendall(series)

    assert test.tau == pytest.approx(0.535948, abs=1e-6)
    assert test.p_value == pytest.approx(
        0.002154, abs=2e-5
    )  # published without correction for the tie


def _with_discordant_pairs(n: int, pairs: int) -> list[int]:
    waiting, series = list(range(n)), []
    for left in range(n - 1, -1, -1):
        taken = min(left, pairs)
        pairs -= taken
        series.append(waiting.pop(taken))
    return series


def test_sen_s_slope_counts_the_missing_years() -> None:
    # One more each year, 2001 missing: by position the last step would weigh double.
    with_years = mann_kendall([1.0, 2.0, 4.0], [1999, 2000, 2002])
    by_position = mann_kendall([1.0, 2.0, 4.0])

    assert with_years.sen_slope == 1
    assert by_position.sen_slope == 1.5


def test_sen_s_interval_agrees_with_scipy() -> None:
    reference = stats.theilslopes(VALUES, YEARS, 0.95)
    test = mann_kendall(VALUES, YEARS)

    assert (test.sen_low, test.sen_high) == (reference.low_slope, reference.high_slope)
    assert test.sen_low < test.sen_slope < test.sen_high


def test_a_constant_series_goes_no_way() -> None:
    test = mann_kendall([7, 7, 7, 7, 7])

    assert (test.tau, test.p_value, test.sen_slope) == (0, 1, 0)


@pytest.mark.parametrize(
    ("y", "x", "reason"),
    [
        ([1, 2], None, "at least 3 points, not n = 2"),
        ([1, math.nan, 3], None, "values must be finite"),
        ([1, 2, 3], [1, 2], "2 positions but values of shape"),
        ([1, 2, 3], [1, 2, 2], "positions must increase"),
    ],
)
def test_what_cannot_be_ranked_is_refused(y: Any, x: Any, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        mann_kendall(y, x)


# Many tests at once.


@pytest.mark.parametrize(("method", "reference"), [("bh", "fdr_bh"), ("holm", "holm")])
@given(p=st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_corrections_agree_with_statsmodels(method: Any, reference: str, p: list[float]) -> None:
    expected = multipletests(p, method=reference)[1]

    np.testing.assert_allclose(adjust_p_values(p, method), expected, rtol=1e-9, atol=1e-300)


def test_corrections_are_those_computed_by_hand() -> None:
    # Out of order on purpose: each value must come back to its place.
    p = [0.04, 0.01, 0.03]

    assert adjust_p_values(p, "holm") == pytest.approx([0.06, 0.03, 0.06])
    assert adjust_p_values(p, "bh") == pytest.approx([0.04, 0.03, 0.04])
    assert adjust_p_values(p) == pytest.approx(adjust_p_values(p, "bh"))


def test_nothing_to_correct_gives_nothing() -> None:
    assert adjust_p_values([]).shape == (0,)


@pytest.mark.parametrize("bad", [math.nan, -0.1, 1.1])
def test_what_is_not_a_p_value_is_not_corrected(bad: float) -> None:
    with pytest.raises(ValueError, match="is not a p-value"):
        adjust_p_values([0.5, bad])


# What others published from the real recipes. Their yearly values were read from pictures, so a
# slope or R² agrees to about 3 %, and a small p-value, which moves faster, to about half.


@cache
def published() -> dict[str, Any]:
    if not PUBLISHED.exists():
        pytest.skip(f"{PUBLISHED.name} is not beside the repository")
    figures = json.loads(PUBLISHED.read_text(encoding="utf-8"))["figures"]
    return {figure["id"]: figure["value"] for figure in figures}


def published_trend(per_year: str) -> Trend:
    volume, values = published()["trends.volume.per_year"], published()[per_year]
    years = sorted(volume, key=int)
    return weighted_trend(
        [int(year) for year in years], [values[y] for y in years], [volume[y] for y in years]
    )


@pytest.mark.parametrize(
    ("per_year", "fit"),
    [
        ("trends.minutes.mean_per_year", "trends.minutes.wls_mean"),
        ("trends.minutes.median_per_year", "trends.minutes.wls_median"),
        ("trends.complexity.mean_per_year", "trends.complexity.wls"),
        ("trends.steps.mean_per_year", "trends.steps.wls"),
        ("trends.ingredients_count.mean_per_year", "trends.ingredients_count.wls"),
        ("trends.nutrition.calories.mean_per_year", "trends.nutrition.calories"),
        ("trends.nutrition.carb_pct.mean_per_year", "trends.nutrition.carb_pct"),
        ("trends.nutrition.total_fat_pct.mean_per_year", "trends.nutrition.total_fat_pct"),
        ("trends.nutrition.protein_pct.mean_per_year", "trends.nutrition.protein_pct"),
        ("trends.tags.unique_per_year", "trends.tags.diversity_wls"),
    ],
)
def test_published_trends_are_found_again(per_year: str, fit: str) -> None:
    fitted = published_trend(per_year)

    assert fitted.n == 20
    assert fitted.slope == pytest.approx(published()[f"{fit}.slope"], rel=0.05)
    assert fitted.r_squared == pytest.approx(published()[f"{fit}.r2"], rel=0.03)
    if f"{fit}.p" in published():
        assert fitted.p_value == pytest.approx(published()[f"{fit}.p"], rel=0.45)


def test_ingredient_diversity_has_no_trend_and_not_the_published_r_squared() -> None:
    # spec § 3 (8): the published 0.739 is centred on the unweighted mean.
    fitted = published_trend("trends.ingredients.unique_per_year")

    assert fitted.slope == pytest.approx(-10.7, rel=0.02)
    assert fitted.p_value == pytest.approx(0.9282, abs=0.002)
    assert fitted.r_squared == pytest.approx(0.0005, abs=0.0001)
    assert published()["trends.ingredients.diversity_wls.r2_published"] == 0.739
