"""What is not established, or too small to matter, is never worded as a finding."""

import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from mangetamain_analytics.utils.calendar_fit import calendar_fit
from mangetamain_analytics.utils.group_tests import ValueCounts, kruskal_wallis, mann_whitney
from mangetamain_analytics.utils.groupings import SEASONS
from mangetamain_analytics.utils.i18n import Message, translator
from mangetamain_analytics.utils.insights import Evidence, Verdict, difference_verdict
from mangetamain_analytics.utils.rating_insights import (
    correlations_insight,
    gap_insight,
    monthly_trend_insight,
    volume_insight,
    weekend_sentence,
)
from mangetamain_analytics.utils.rating_item_insights import (
    item_seasons_insight,
    item_trends_insight,
    item_weekends_insight,
)
from mangetamain_analytics.utils.rating_months import monthly_trend
from mangetamain_analytics.utils.rating_statistics import STARS, Difference, RankCorrelations
from mangetamain_analytics.utils.statistics import weighted_trend

CLAIMS = {
    "en": re.compile(r"\b(rises?|falls?|peaks?|rated best|better|worse|go with)\b", re.IGNORECASE),
    "fr": re.compile(
        r"\b(augmente|augmentent|baisse|baissent|hausse|culminent|le mieux noté|de mieux|de moins"
        r"|varient avec|diffèrent)\b",
        re.IGNORECASE,
    ),
}
CLAIMING = {Verdict.RISE, Verdict.FALL, Verdict.MIXED, Verdict.DIFFERENCE}
probabilities = st.floats(0, 1)
NAMES = [Message("ratings-the-minutes"), Message("ratings-the-steps")]


def texts(insight: Any, language: str) -> str:
    t = translator(language)
    return f"{insight.title.text(t)} {insight.sentence.text(t)}".replace("\u00a0", " ")


def assert_honest(insight: Any) -> None:
    for language, claim in CLAIMS.items():
        text = texts(insight, language)
        assert bool(claim.search(text)) == (insight.verdict in CLAIMING), text
        assert not re.search(r"\b(nan|inf)\b|\d[.,]\d{5}", text)
    if insight.verdict in CLAIMING:
        assert insight.evidence.p_adjusted < 0.05
        assert insight.evidence.magnitude >= 1
    elif insight.verdict is Verdict.NEGLIGIBLE:
        assert insight.evidence.p_adjusted < 0.05


@given(probabilities, st.floats(-1, 1))
def test_a_difference_needs_significance_and_a_size_that_matters(p: float, size: float) -> None:
    verdict = difference_verdict(p, size, 0.1)
    assert (verdict is Verdict.DIFFERENCE) == (p < 0.05 and abs(size) >= 0.1)
    assert (verdict is Verdict.NO_EVIDENCE) == (p >= 0.05)


def test_what_is_no_p_value_is_refused() -> None:
    with pytest.raises(ValueError, match="1.2 is not a p-value"):
        difference_verdict(1.2, 0.5, 0.1)


@settings(max_examples=40)
@given(st.integers(0, 9999), st.floats(-0.02, 0.02), st.integers(8, 60), st.floats(0.01, 0.3))
def test_a_trend_of_months_is_claimed_only_if_established(
    seed: int, slope: float, n: int, noise: float
) -> None:
    rng = np.random.default_rng(seed)
    months = np.arange(n)
    means = 4.5 + slope * months + rng.normal(0, noise, n)
    trend = monthly_trend(means, rng.integers(100, 5000, n), months)
    insight = monthly_trend_insight(trend, n, n - 1)
    assert_honest(insight)
    if insight.verdict in CLAIMING:
        assert trend is not None and trend.p_value < 0.05
        assert abs(trend.weighted.slope * (n - 1)) >= 0.1
        is_rise = trend.weighted.slope > 0
        assert insight.verdict is (Verdict.RISE if is_rise else Verdict.FALL)


def test_a_trend_is_told_with_its_interval_and_change() -> None:
    rng = np.random.default_rng(1)
    months = np.arange(120)
    trend = monthly_trend(4 + months / 240 + rng.normal(0, 0.05, 120), np.full(120, 400), months)
    assert trend is not None
    insight = monthly_trend_insight(trend, 120, 119)
    text = texts(insight, "en")
    assert insight.verdict is Verdict.RISE
    assert f"+{119 * trend.weighted.slope:.2f} stars over the period" in text
    change = 119 * trend.weighted.slope / 0.1
    assert insight.evidence == Evidence(trend.p_value, pytest.approx(change))
    assert f"{120 * trend.slope_low:.3f} to {120 * trend.slope_high:.3f}" in text


counts = st.lists(
    st.lists(st.integers(0, 400), min_size=5, max_size=5).filter(lambda row: sum(row) > 30),
    min_size=4,
    max_size=4,
)


@settings(max_examples=60)
@given(counts)
def test_a_difference_of_seasons_is_claimed_only_if_established(rows: list[list[int]]) -> None:
    table = np.array(rows)
    means = table @ STARS / table.sum(axis=1)
    test = kruskal_wallis(ValueCounts(STARS, table.T.astype(float)))
    insight = gap_insight(SEASONS, means, test)
    assert_honest(insight)
    assert (insight.verdict is Verdict.DIFFERENCE) == (test.p_value < 0.05 and np.ptp(means) >= 0.1)
    if insight.verdict is Verdict.DIFFERENCE:
        highest = ["winter", "spring", "summer", "autumn"][int(means.argmax())]
        title = insight.title.text(translator("en")).replace("\u00a0", " ")
        assert title.startswith(f"Ratings peak in {highest}: {means.max():.3f} star")
    assert insight.evidence == Evidence(test.p_value, pytest.approx(np.ptp(means) / 0.1))


def test_most_ratings_are_measured_against_a_twentieth_of_an_average_day() -> None:
    fit = calendar_fit([[120, 100, 90, 90]] * 3, [[90, 90, 90, 90]] * 3)
    insight = volume_insight(SEASONS, fit)

    assert insight.verdict is Verdict.DIFFERENCE
    assert insight.evidence == Evidence(fit.p_value, pytest.approx((0.2 + 0.1) / 0.05))


@pytest.mark.parametrize(
    ("p", "value", "verdict", "words"),
    [
        (0.001, 0.2, Verdict.DIFFERENCE, "differ from those of weekdays by +0.200"),
        (0.001, 0.05, Verdict.NEGLIGIBLE, "too little to matter"),
        (0.2, 0.2, Verdict.NO_EVIDENCE, "No difference between weekend and weekdays"),
    ],
)
def test_the_weekend_is_told_by_size_and_significance(
    p: float, value: float, verdict: Verdict, words: str
) -> None:
    test = mann_whitney(ValueCounts(STARS, np.array([[1, 2], [3, 4], [5, 6], [7, 8], [9, 9]])))
    found, sentence = weekend_sentence(Difference(value, value - 0.1, value + 0.1, p, 9), test)
    assert found is verdict
    assert words in sentence.text(translator("en")).replace("\u00a0", " ")


@given(
    st.lists(st.floats(-0.9, 0.9), min_size=2, max_size=2),
    st.lists(probabilities, min_size=2, max_size=2),
)
def test_the_strongest_established_correlation_is_named(rho: list[float], p: list[float]) -> None:
    values = np.array(rho)
    found = RankCorrelations(99, values, values - 0.05, values + 0.05, np.array(p))
    insight = correlations_insight(NAMES, found, p)
    established = [i for i in range(2) if p[i] < 0.05 and abs(rho[i]) >= 0.1]
    assert_honest(insight)
    assert (insight.verdict is Verdict.DIFFERENCE) == bool(established)
    if established:
        strongest = max(established, key=lambda i: abs(rho[i]))
        name = ["preparation time", "the number of steps"][strongest]
        title = insight.title.text(translator("en"))
        assert title.startswith(f"Ratings go with {name}")
        expected = Evidence(p[strongest], pytest.approx(abs(rho[strongest]) / 0.1))
        assert insight.evidence == expected


YEARS = [2001, 2002, 2003, 2004, 2005]
RISING, FALLING = [4.0, 4.1, 4.21, 4.3, 4.4], [4.5, 4.3, 4.2, 4.0, 3.9]


@pytest.mark.parametrize(
    ("series", "p", "verdict", "title"),
    [
        ([RISING, FALLING], [0.01, 0.01], Verdict.MIXED, "Ratings of “a” rise, those of “b” fall"),
        ([RISING, FALLING], [0.01, 0.2], Verdict.RISE, "“a” are rated better and better"),
        ([RISING, FALLING], [0.2, 0.01], Verdict.FALL, "“b” are rated worse and worse"),
        ([RISING, FALLING], [0.2, 0.2], Verdict.NO_EVIDENCE, "No established trend"),
        ([[4, 4.01, 4.02, 4.02, 4.05]], [0.01], Verdict.NEGLIGIBLE, "barely change"),
        ([], [], Verdict.TOO_LITTLE_DATA, "Too few years"),
    ],
)
def test_trends_of_ingredients_are_told_by_their_strongest(
    series: Any, p: list[float], verdict: Verdict, title: str
) -> None:
    trends = [weighted_trend(YEARS, values, [9] * 5) for values in series]
    names = ["a", "b"][: len(trends)]
    insight = item_trends_insight(names, trends, p, [4] * len(trends))
    assert insight.verdict is verdict
    assert title in insight.title.text(translator("en"))
    assert_honest(insight)


@given(
    st.lists(st.tuples(st.floats(0, 0.5), probabilities), max_size=5),
)
def test_seasons_of_ingredients_are_told_by_the_widest_established(rows: Any) -> None:
    names = [f"item {i}" for i in range(len(rows))]
    gaps, p = [row[0] for row in rows], [row[1] for row in rows]
    best = [SEASONS.groups[i % 4].when for i in range(len(rows))]
    insight = item_seasons_insight(names, gaps, p, best)
    established = [i for i in range(len(rows)) if p[i] < 0.05 and gaps[i] >= 0.1]
    assert_honest(insight)
    if not rows:
        assert insight.verdict is Verdict.TOO_LITTLE_DATA
    elif established:
        widest = max(established, key=lambda i: gaps[i])
        assert f"“item {widest}”" in insight.title.text(translator("en"))
        assert insight.evidence == Evidence(p[widest], pytest.approx(gaps[widest] / 0.1))
    else:
        assert insight.verdict in (Verdict.NEGLIGIBLE, Verdict.NO_EVIDENCE)


@pytest.mark.parametrize(
    ("p", "value", "verdict"),
    [
        (0.01, -0.14, Verdict.DIFFERENCE),
        (0.01, 0.05, Verdict.NEGLIGIBLE),
        (0.2, -0.14, Verdict.NO_EVIDENCE),
    ],
)
def test_weekends_of_ingredients_are_told_by_the_largest(
    p: float, value: float, verdict: Verdict
) -> None:
    differences = [Difference(value, -1, 1, p, 9), Difference(0.3, -1, 1, 0.9, 9)]
    insight = item_weekends_insight(["chocolate", "bacon"], differences, [p, 0.9])
    assert insight.verdict is verdict
    title = insight.title.text(translator("en")).replace("\u00a0", " ")
    assert ("“chocolate” at weekends: −0.14 stars" in title) == (verdict is Verdict.DIFFERENCE)
    assert insight.evidence == Evidence(p, pytest.approx(abs(value) / 0.1))
    assert item_weekends_insight([], [], []).verdict is Verdict.TOO_LITTLE_DATA
