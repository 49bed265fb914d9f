import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from mangetamain_analytics.utils.group_tests import Interval95
from mangetamain_analytics.utils.groupings import MONTHS, SEASONS
from mangetamain_analytics.utils.i18n import LANGUAGES, translator
from mangetamain_analytics.utils.insights import Insight, Item, Verdict
from mangetamain_analytics.utils.item_insights import (
    companions_insight,
    item_groups_insight,
    item_ratings_insight,
    item_trend_insight,
    item_weekend_insight,
    share_digits,
)
from mangetamain_analytics.utils.item_shares import ItemShares, item_shares
from mangetamain_analytics.utils.rating_statistics import (
    ClusteredMeans,
    Difference,
    RecipesCompared,
)
from mangetamain_analytics.utils.statistics import mann_kendall, weighted_trend

YEARS = [2000, 2001, 2002, 2003, 2004, 2005]
CLAIMS = {
    "en": r"\bpeaks|^more at|^less at|better rated|worse rated|^typical of it",
    "fr": r"\bculmine|^plus présent|^moins présent|^mieux noté|^moins bien noté|^typique",
}


def title(insight: Insight, language: str = "en") -> str:
    return readable(insight.title.text(translator(language)))


def sentence(insight: Insight, language: str = "en") -> str:
    return readable(insight.sentence.text(translator(language)))


def readable(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def trend_of(percentages: Any, p: float = 0.001, share: float | None = None) -> Insight:
    """What is said of yearly shares in percent, each year having as many recipes."""
    trend = weighted_trend(YEARS, percentages, np.full(len(YEARS), 100.0))
    robust = mann_kendall(percentages, YEARS)
    own = float(np.mean(percentages)) / 100 if share is None else share
    return item_trend_insight("kale", trend, p, (2000, 2005), robust, own)


def shares(n_with: Any, n_all: Any) -> ItemShares:
    return item_shares(np.array([n_with], float), np.array(n_all, float))


# Digits.


@pytest.mark.parametrize(
    ("share", "digits"),
    [
        (0.36, 1),
        (0.02, 1),
        (0.0019, 2),
        (0.00019, 3),
        (0.0000019, 4),
        (0.999, 2),
        (0.0, 1),
        (1.0, 1),
    ],
)
def test_shares_show_two_significant_digits(share: float, digits: int) -> None:
    assert share_digits(share) == digits


# Trend.


def test_a_rise_of_a_rare_item_is_told_in_points_per_year() -> None:
    insight = trend_of([0.10, 0.12, 0.14, 0.16, 0.18, 0.20])
    assert insight.verdict is Verdict.RISE
    assert title(insight) == "The share of “kale” rises: +0.020 points per year (2000–2005)"
    assert "or +13.33% of its mean each year" in sentence(insight)
    assert "agrees (Mann–Kendall" in sentence(insight)


@pytest.mark.parametrize(
    ("percentages", "verdict"),
    [
        # over five years: a quarter of its own share, though 0.04 points only
        ([0.14, 0.148, 0.156, 0.164, 0.172, 0.18], Verdict.RISE),
        # a tenth of its own share and 0.02 points: neither threshold
        ([0.18, 0.184, 0.188, 0.192, 0.196, 0.2], Verdict.NEGLIGIBLE),
        # 0.6 points, as where all items are compared, though a fiftieth of its own share
        ([30.0, 30.12, 30.24, 30.36, 30.48, 30.6], Verdict.RISE),
        ([30.0, 30.08, 30.16, 30.24, 30.32, 30.4], Verdict.NEGLIGIBLE),
        ([0.20, 0.18, 0.16, 0.14, 0.12, 0.10], Verdict.FALL),
    ],
)
def test_a_change_matters_by_points_or_by_the_item_s_own_share(
    percentages: list[float], verdict: Verdict
) -> None:
    assert trend_of(percentages).verdict is verdict


def test_a_trend_needs_significance_and_the_robust_test() -> None:
    steady = [0.10, 0.12, 0.14, 0.16, 0.18, 0.20]
    assert trend_of(steady, p=0.051).verdict is Verdict.NO_EVIDENCE
    jump = [0.10, 0.20, 0.11, 0.10, 0.30, 0.12]
    assert trend_of(jump).verdict is Verdict.UNCONFIRMED


def test_too_few_years_give_no_verdict() -> None:
    insight = item_trend_insight("kale", None, 1.0, (2003, 2004), None, 0.01)
    assert insight.verdict is Verdict.TOO_LITTLE_DATA
    assert title(insight) == "Too few years to judge the share of “kale”"


# Seasons and months.


def groups(n_with: Any, p: float = 0.001, n_all: int = 1000) -> Insight:
    tested = shares(n_with, [n_all] * 4)
    return item_groups_insight("kale", SEASONS.groups, tested, p, between_key="between-seasons")


def test_a_season_is_told_with_both_extremes_and_the_test() -> None:
    insight = groups([20, 30, 80, 40])
    assert insight.verdict is Verdict.DIFFERENCE
    assert title(insight) == "Peaks in summer: 8.0% of recipes, against 2.0% in winter"
    tested = shares([20, 30, 80, 40], [1000] * 4)
    evidence = f"(χ² = {tested.chi_squared[0]:.1f}, adjusted p = 0.010, Cramér’s V = "
    assert evidence in sentence(groups([20, 30, 80, 40], p=0.01))


@pytest.mark.parametrize(
    ("n_with", "p", "verdict"),
    [
        ([20, 20, 24, 20], 0.001, Verdict.NEGLIGIBLE),  # 0.4 points, 19 % of its own share
        ([20, 20, 26, 20], 0.001, Verdict.DIFFERENCE),  # 0.6 points
        ([2, 2, 3, 2], 0.001, Verdict.DIFFERENCE),  # 0.1 points, but half of its own share
        ([20, 30, 80, 40], 0.05, Verdict.NO_EVIDENCE),
    ],
)
def test_a_season_counts_by_points_or_by_the_item_s_own_share(
    n_with: list[int], p: float, verdict: Verdict
) -> None:
    assert groups(n_with, p).verdict is verdict


def test_months_are_named_in_the_visitor_s_language() -> None:
    tested = shares([10] * 11 + [40], [1000] * 12)
    insight = item_groups_insight("kale", MONTHS, tested, 0.001, between_key="between-months")
    assert title(insight).startswith("Peaks in December: 4.0%")
    assert title(insight, "fr").startswith("Culmine en décembre : 4,0 %")


def test_too_few_recipes_are_not_compared() -> None:
    insight = item_groups_insight("kale", SEASONS.groups, None, 1.0, between_key="between-seasons")
    assert insight.verdict is Verdict.TOO_LITTLE_DATA


# Weekend.


def weekend(weekday: float, at_weekend: float, p: float = 0.001) -> Insight:
    tested = replace(
        shares([10, 10], [100, 100]),
        shares=np.array([[weekday, at_weekend]]),
        mean_share=np.array([(weekday + at_weekend) / 2]),
    )
    gap = at_weekend - weekday
    return item_weekend_insight("kale", tested, Interval95(gap, gap - 0.001, gap + 0.001), p)


def test_the_weekend_is_told_in_its_direction() -> None:
    assert (
        title(weekend(0.02, 0.03)) == "More at weekends: 3.0% of recipes, against 2.0% on weekdays"
    )
    assert (
        title(weekend(0.03, 0.02)) == "Less at weekends: 2.0% of recipes, against 3.0% on weekdays"
    )
    assert "that is −1.0 point at weekends (95% CI −1.1 to −0.9;" in sentence(weekend(0.03, 0.02))


@pytest.mark.parametrize(
    ("weekday", "at_weekend", "p", "verdict"),
    [
        (0.020, 0.0219, 0.001, Verdict.NEGLIGIBLE),
        (0.020, 0.0221, 0.001, Verdict.DIFFERENCE),  # 0.21 points
        (0.002, 0.0026, 0.001, Verdict.DIFFERENCE),  # a quarter of its own share
        (0.020, 0.0300, 0.05, Verdict.NO_EVIDENCE),
    ],
)
def test_the_weekend_counts_by_points_or_by_the_item_s_own_share(
    weekday: float, at_weekend: float, p: float, verdict: Verdict
) -> None:
    assert weekend(weekday, at_weekend, p).verdict is verdict


# Ratings.


def rated(own: float, rest: float) -> RecipesCompared:
    gap = own - rest
    means = np.array([own, rest])
    return RecipesCompared(
        ClusteredMeans(means, means - 0.01, means + 0.01),
        Difference(gap, gap - 0.02, gap + 0.02, 0.9, 500),
        gap / 0.7,
        (gap - 0.02) / 0.7,
        (gap + 0.02) / 0.7,
    )


@pytest.mark.parametrize(
    ("own", "p", "verdict", "heading"),
    [
        (4.80, 0.01, Verdict.DIFFERENCE, "Better rated than the rest: 4.80 stars, against 4.60"),
        (4.40, 0.01, Verdict.DIFFERENCE, "Worse rated than the rest: 4.40 stars, against 4.60"),
        (4.65, 0.01, Verdict.NEGLIGIBLE, "Rated almost like the rest: 4.65 stars, against 4.60"),
        (4.80, 0.05, Verdict.NO_EVIDENCE, "No established difference of ratings: 4.80 stars"),
    ],
)
def test_ratings_need_significance_and_a_tenth_of_a_star(
    own: float, p: float, verdict: Verdict, heading: str
) -> None:
    insight = item_ratings_insight("kale", rated(own, 4.6), p, 20)
    assert insight.verdict is verdict
    assert title(insight).startswith(heading)
    assert "Cohen’s d" in sentence(insight)


def test_too_few_rated_recipes_are_told() -> None:
    insight = item_ratings_insight("kale", None, 1.0, 20)
    assert insight.verdict is Verdict.TOO_LITTLE_DATA
    assert "at least 20 rated recipes with the item" in sentence(insight)


# Companions.


def test_the_most_typical_companion_is_named_with_its_lift() -> None:
    insight = companions_insight(
        "kale", Item.TAG, ["vegan", "soup", "oven"], [3.14, 5.2, 0.9], [1, 0]
    )
    assert insight.verdict is Verdict.DIFFERENCE
    assert title(insight) == "Typical of it: “soup”, 5.2 times as often as in all recipes"
    assert sentence(insight).startswith("Among 3 tags found often enough beside it, 2 stand there")


def test_without_a_typical_companion_none_is_claimed() -> None:
    none = companions_insight("kale", Item.INGREDIENT, ["salt"], [1.1], [])
    nobody = companions_insight("kale", Item.INGREDIENT, [], [], [])
    assert (none.verdict, nobody.verdict) == (Verdict.NO_EVIDENCE, Verdict.TOO_LITTLE_DATA)
    assert title(none) == "Nothing typical of “kale” is established"


# All of them.


@settings(max_examples=60)
@given(
    p=st.floats(0, 1),
    counts=st.lists(st.integers(1, 900), min_size=4, max_size=4),
    own=st.floats(1, 5),
    language=st.sampled_from(LANGUAGES),
)
def test_only_an_established_difference_is_worded_as_one(
    p: float, counts: list[int], own: float, language: str
) -> None:
    for insight in (
        groups(counts, p),
        weekend(counts[0] / 1000, counts[1] / 1000, p),
        item_ratings_insight("kale", rated(own, 4.6), p, 20),
    ):
        heading = title(insight, language)
        is_claim = insight.verdict is Verdict.DIFFERENCE
        assert bool(re.search(CLAIMS[language], heading, re.I)) == is_claim, heading
        assert p < 0.05 or not is_claim


@pytest.mark.parametrize("p", [-0.1, 1.1, float("nan")])
def test_what_is_not_a_p_value_gives_no_verdict(p: float) -> None:
    with pytest.raises(ValueError, match="not a p-value"):
        groups([20, 30, 80, 40], p)
