import re

import numpy as np
import pymannkendall
import pytest
import statsmodels.api as sm
from scipy import stats

from mangetamain_analytics.utils.insights import Verdict
from mangetamain_analytics.visualization.analyse_ratings import distribution, months
from mangetamain_analytics.visualization.analyse_ratings.counts import Choices, all_counts
from mangetamain_analytics.visualization.page import Years


@pytest.fixture
def charts(demo_visit, choices, by_id):
    ratings = all_counts(demo_visit, train_only=choices.train_only).within(choices.years)
    return by_id(
        distribution.analyse(demo_visit, choices, ratings),
        *months.analyse(demo_visit, choices, ratings),
    )


def words(text):
    return text.replace("\u00a0", " ").replace("−", "-")


def positions(by_month):
    """Months since the first one."""
    return np.array([(month - by_month.index[0]).n for month in by_month.index], dtype=float)


def weighted_fit(by_month):
    x = sm.add_constant(positions(by_month))
    return sm.WLS(by_month["mean"].to_numpy(), x, np.sqrt(by_month["size"].to_numpy())).fit()


# R0


def test_the_distribution_is_that_of_the_single_ratings(charts, rows, choices):
    chart, rating = charts["ratings-distribution"], rows.chosen(choices)["rating"]
    counts = rating.value_counts().sort_index()
    assert chart.table["n_ratings"].to_list() == counts.tolist()
    assert chart.table["share_of_ratings"].to_list() == pytest.approx(counts / len(rating))
    assert words(chart.title) == f"{100 * (rating == 5).mean():.1f}% of the ratings are five stars"
    assert f"Mean {rating.mean():.3f}, median {rating.median():g}, mode 5" in chart.text[0]
    assert f"one or two stars: {100 * (rating <= 2).mean():.1f}%" in words(chart.text[0])
    (bars,) = chart.figure.data
    assert list(bars.x) == pytest.approx([100 * n / len(rating) for n in counts[::-1]])
    assert bars.y[0] == "5 stars" and bars.y[-1] == "1 star"


# R1 to R3


@pytest.mark.parametrize(
    ("language", "first", "alt"),
    [
        ("en", "January 2004", r"lowest 4\.\d\d stars in \w+ 20\d\d, highest .* in \w+ 20\d\d\."),
        (
            "fr",
            "janvier 2004",
            r"la plus basse, 4,\d\d étoiles en \w+ 20\d\d, la plus haute, .* en \w+ 20\d\d\.",
        ),
    ],
)
def test_months_are_read_in_words_and_downloaded_as_numbers(
    visit, demo, by_id, language, first, alt
):
    view, choices = visit(language, data=demo), Choices(Years(2004, 2011), False, 100)
    ratings = all_counts(view, train_only=False).within(choices.years)
    shown = by_id(*months.analyse(view, choices, ratings))
    for chart in shown.values():
        assert list(chart.columns) == chart.table.columns
        assert chart.table["month"].str.contains(r"^20\d\d-\d\d$").all()
        assert chart.columns["month"].write("2004-01") == first
    for name in ("ratings-trend", "ratings-level"):
        assert re.search(alt, words(shown[name].alt))


# R1


def test_the_volume_is_that_of_the_months_that_reach_the_threshold(charts, rows, choices):
    chart, by_month = charts["ratings-months-volume"], rows.months(choices)
    assert 10 < len(by_month) < len(rows.chosen(choices)["month_of"].unique())
    assert chart.table["month"].to_list() == [str(month) for month in by_month.index]
    assert chart.table["n_ratings"].to_list() == by_month["size"].tolist()
    assert list(chart.figure.data[0].y) == by_month["size"].tolist()
    ratio = by_month["size"].max() / by_month["size"].min()
    assert f" {ratio:.{0 if ratio >= 10 else 1}f} times " in chart.title
    variation = by_month["size"].std(ddof=0) / by_month["size"].mean()
    assert f"coefficient of variation {variation:.2f}" in chart.text[0]


def test_both_lines_are_those_of_statsmodels(charts, rows, choices):
    chart, by_month = charts["ratings-months-lines"], rows.months(choices)
    weighted = weighted_fit(by_month)
    plain = sm.OLS(by_month["mean"].to_numpy(), sm.add_constant(positions(by_month))).fit()
    assert chart.table["unweighted_line"].to_list() == pytest.approx(plain.fittedvalues)
    assert chart.table["weighted_line"].to_list() == pytest.approx(weighted.fittedvalues)
    slopes = [120 * fit.params[1] for fit in (plain, weighted)]
    assert slopes[0] != pytest.approx(slopes[1], abs=5e-4)
    unweighted_slope, weighted_slope = (f"{slope:+.3f}" for slope in slopes)
    assert words(chart.title).startswith(f"Slope per decade: {unweighted_slope} star")
    assert f"with months alike, {weighted_slope} star" in words(chart.title)
    for fit in (plain, weighted):
        assert f"R² = {fit.rsquared:.3f}" in words(chart.method[1])
    rho = stats.spearmanr(by_month["size"], by_month["mean"]).statistic
    assert f"ρ = {rho:+.2f}" in words(chart.method[1])
    points, *lines = chart.figure.data
    assert list(points.y) == pytest.approx(by_month["mean"].tolist(), abs=1e-4)
    assert [trace.name for trace in lines] == ["Line, months equal", "Line, months weighted"]


# R2


def test_the_trend_allows_for_autocorrelation(charts, rows, choices):
    chart, by_month = charts["ratings-trend"], rows.months(choices)
    fit = weighted_fit(by_month)
    residuals, n = fit.wresid, len(by_month)
    r = residuals[1:] @ residuals[:-1] / (residuals @ residuals)
    effective = n * (1 - max(r, 0)) / (1 + max(r, 0))
    error = 120 * fit.bse[1] * np.sqrt((n - 2) / (effective - 2))
    reach = error * stats.t.ppf(0.975, effective - 2)
    low, high = (120 * fit.params[1] + side * reach for side in (-1, 1))
    p = 2 * stats.t.sf(abs(120 * fit.params[1] / error), effective - 2)
    method = words(chart.method[1])
    assert f"over the {n} months with at least {choices.min_ratings} ratings" in method
    assert f"(r = {r:+.2f})" in method and f"= {effective:.0f} months count" in method
    assert f"interval {low:.3f} to {high:.3f}, " in method
    assert method.count(f"p = {p:.3f}" if p >= 0.001 else "p < 0.001") >= 1
    test = pymannkendall.original_test(by_month["mean"])
    assert f"τ = {test.Tau:+.3f}, p = {test.p:.3f}" in words(chart.method[2])
    change = fit.params[1] * positions(by_month)[-1]
    if p >= 0.05:
        assert chart.verdict is Verdict.NO_EVIDENCE
    elif abs(change) < 0.1:
        assert chart.verdict is Verdict.NEGLIGIBLE
    else:
        assert chart.verdict is (Verdict.RISE if change > 0 else Verdict.FALL)


def test_the_trend_draws_the_observed_means_and_the_weighted_line(charts, rows, choices):
    by_month = rows.months(choices)
    observed, line = charts["ratings-trend"].figure.data
    assert list(observed.x) == [f"{month}-01" for month in by_month.index]
    assert list(observed.y) == pytest.approx(by_month["mean"].tolist(), abs=1e-4)
    assert list(line.y) == pytest.approx(weighted_fit(by_month).fittedvalues, abs=1e-4)
    assert line.line.dash == "dash"


# R3


def test_the_band_of_a_month_is_the_interval_of_its_mean(charts, rows, choices):
    table, by_month = charts["ratings-level"].table, rows.months(choices)
    error = 1.959964 * by_month["std"] / np.sqrt(by_month["size"])
    assert table["sd_rating"].to_list() == pytest.approx(by_month["std"].tolist())
    assert table["mean_low"].to_list() == pytest.approx(by_month["mean"] - error, abs=1e-6)
    assert table["mean_high"].to_list() == pytest.approx(by_month["mean"] + error, abs=1e-6)
    high, low, *_ = charts["ratings-level"].figure.data
    assert list(low.y) == pytest.approx(table["mean_low"].to_list(), abs=1e-4)
    assert list(high.y) == pytest.approx(table["mean_high"].to_list(), abs=1e-4)


def test_the_level_is_told_with_a_valid_interval(charts, rows, choices):
    chart, by_month = charts["ratings-level"], rows.months(choices)
    means, w = by_month["mean"].to_numpy(), np.sqrt(by_month["size"].to_numpy())
    mean, n = np.average(means, weights=w), len(w)
    sd = np.sqrt(np.average((means - mean) ** 2, weights=w))
    centred = means - means.mean()
    r = max(0.0, (centred[1:] @ centred[:-1]) / (centred @ centred))
    variance = sum(w[i] * w[j] * r ** abs(i - j) for i in range(n) for j in range(n))
    valid = 1.959964 * sd * np.sqrt(variance) / w.sum()
    naive = 1.959964 * sd / np.sqrt(w.sum())
    assert valid > 2 * naive
    assert f"{mean:.3f} stars ± {valid:.3f} (95%)" in words(chart.text[0])
    assert f"would claim ± {naive:.4f}" in words(chart.text[0])
    assert f"correlation {r:.2f}" in chart.text[0]
    low, high = (chart.figure.data[i].y[0] for i in (3, 2))
    assert (low, high) == pytest.approx((mean - valid, mean + valid), abs=1e-4)


# Selections that hold little.


@pytest.mark.parametrize(
    ("min_ratings", "n_charts"), [(100, [0, 0, 0]), (4, [1, 1, 0]), (1, [2, 1, 1])]
)
def test_few_months_are_told_without_verdict(visit, small_ratings, min_ratings, n_charts):
    view, choices = visit(), Choices(Years(2001, 2004), False, min_ratings)
    analyses = months.analyse(view, choices, all_counts(view, train_only=False))
    assert [len(analysis.charts) for analysis in analyses] == n_charts
    if min_ratings == 100:
        assert all("No month of this selection holds 100 ratings" in a.note for a in analyses)
    if min_ratings == 4:
        assert analyses[1].charts[0].verdict is Verdict.TOO_LITTLE_DATA
        assert "too few" in analyses[2].note
