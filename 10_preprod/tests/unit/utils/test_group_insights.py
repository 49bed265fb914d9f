import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from scipy import stats

from mangetamain_analytics.utils.calendar_fit import calendar_fit
from mangetamain_analytics.utils.calendar_insights import (
    calendar_insight,
    corrected_together,
    deviations_title,
    weekend_volume_insight,
)
from mangetamain_analytics.utils.group_insights import (
    epsilon_cell,
    epsilon_squared,
    groups_insight,
    metrics_insight,
    two_groups_insight,
)
from mangetamain_analytics.utils.group_item_insights import (
    seasonal_items_insight,
    weekend_items_insight,
)
from mangetamain_analytics.utils.group_tests import (
    Interval95,
    SeveralGroups,
    TwoGroups,
    ValueCounts,
    compare_groups,
    compare_two,
)
from mangetamain_analytics.utils.groupings import MONTHS, SEASONS, WEEKDAYS
from mangetamain_analytics.utils.i18n import LANGUAGES, translator
from mangetamain_analytics.utils.insights import (
    CALORIES,
    FAT,
    MEAN_MINUTES,
    STEPS,
    Evidence,
    Insight,
    Item,
    Metric,
    Verdict,
)
from mangetamain_analytics.utils.item_shares import item_shares, share_differences

CLAIMS = {
    "en": r"peaks|differs? |differ$|most numerous|most seasonal|^more “|^from [+−]",
    "fr": r"culmine|diffère|publie le plus|plus saisonnier|^plus de «|^de [+−]",
}


def several(means=(40.0, 42.0, 41.0, 43.9), epsilon=0.002, p_extremes=0.001) -> SeveralGroups:
    """Four groups of which only what an insight reads is true."""
    n = 500
    counts = np.zeros((2, 4))
    counts[:, :] = n / 2
    compared = compare_groups(ValueCounts(np.array([1.0, 2.0]), counts))
    means = np.array(means)
    return replace(
        compared,
        summary=replace(compared.summary, mean=means),
        kruskal=replace(
            compared.kruskal,
            h=346.926,
            epsilon_squared=Interval95(epsilon, 0.9 * epsilon, 1.1 * epsilon),
        ),
        highest=int(means.argmax()),
        lowest=int(means.argmin()),
        p_extremes=p_extremes,
    )


def two(means=(457.0, 446.0), half_width=5.0, d=-0.02, delta=-0.02, skewness=0.0) -> TwoGroups:
    counts = np.full((2, 2), 50.0)
    compared = compare_two(ValueCounts(np.array([1.0, 2.0]), counts))
    gap = means[1] - means[0]
    return TwoGroups(
        summary=replace(compared.summary, mean=np.array(means)),
        skewness=skewness,
        welch=replace(
            compared.welch,
            p_value=0.9,
            difference=Interval95(gap, gap - half_width, gap + half_width),
            cohens_d=Interval95(d, d - 0.01, d + 0.01),
        ),
        mann_whitney=replace(
            compared.mann_whitney,
            p_value=0.8,
            cliffs_delta=Interval95(delta, delta - 0.01, delta + 0.01),
        ),
    )


def readable(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def title(insight: Insight, language: str = "en") -> str:
    return readable(insight.title.text(translator(language)))


def sentence(insight: Insight, language: str = "en") -> str:
    return readable(insight.sentence.text(translator(language)))


# Several groups.


def test_a_tiny_share_of_the_variation_is_a_bound_too() -> None:
    said = sentence(groups_insight(MEAN_MINUTES, SEASONS, several(epsilon=0.00003), 0.0123))

    assert "ε² < 0.0001 (95% CI" in said
    assert said.endswith("very little depends on the season: < 0.01% of the variation.")


@pytest.mark.parametrize(
    ("estimate", "english", "french", "cell"),
    [
        (0.002, "ε² = 0.0020", "ε² = 0,0020", "0,0020"),
        (0.0001, "ε² = 0.0001", "ε² = 0,0001", "0,0001"),
        (0.00002, "ε² < 0.0001", "ε² < 0,0001", "< 0,0001"),
        (0.0, "ε² < 0.0001", "ε² < 0,0001", "< 0,0001"),
    ],
)
def test_an_effect_is_never_written_in_zeros_alone(
    estimate: float, english: str, french: str, cell: str
) -> None:
    said, french_cell = epsilon_squared(estimate), epsilon_cell(estimate).text(translator("fr"))

    assert said.text(translator("en")).replace("\u00a0", " ") == english
    assert said.text(translator("fr")).replace("\u00a0", " ") == french
    assert french_cell.replace("\u00a0", " ") == cell


def test_a_difference_names_the_extreme_groups_with_effect_and_interval() -> None:
    insight = groups_insight(MEAN_MINUTES, SEASONS, several(), 0.0123)

    assert insight.verdict is Verdict.DIFFERENCE
    assert title(insight) == (
        "Mean preparation time peaks in autumn: 43.9 min, against 40.0 min in winter"
    )
    assert sentence(insight) == (
        "Mean preparation time goes from 40.0 min in winter to 43.9 min in autumn. "
        "Kruskal–Wallis over 2,000 recipes: H = 346.9, adjusted p = 0.012; ε² = 0.0020 (95% CI "
        "0.0018 to 0.0022). For a single recipe, very little depends on the season: 0.20% of the "
        "variation."
    )
    assert title(insight, "fr") == (
        "Le temps de préparation moyen culmine en automne : 43,9 min, contre 40,0 min en hiver"
    )
    assert "peu de chose dépend de la saison : 0,20 % de la variation" in sentence(insight, "fr")


@pytest.mark.parametrize(
    ("p", "gap", "p_extremes", "epsilon", "verdict"),
    [
        (0.05, 0.5, 0.001, 0.2, Verdict.NO_EVIDENCE),
        (0.049, 0.021, 0.049, 0.001, Verdict.DIFFERENCE),
        (0.049, 0.019, 0.049, 0.001, Verdict.NEGLIGIBLE),
        (0.049, 0.5, 0.05, 0.001, Verdict.NEGLIGIBLE),  # means too uncertain
        (0.049, 0.001, 0.9, 0.0101, Verdict.DIFFERENCE),  # ranks differ enough
        (0.049, 0.001, 0.9, 0.0099, Verdict.NEGLIGIBLE),
    ],
)
def test_a_difference_is_significant_and_matters(
    p: float, gap: float, p_extremes: float, epsilon: float, verdict: Verdict
) -> None:
    means = (100 - 50 * gap, 100, 100, 100 + 50 * gap)
    compared = several(means, epsilon, p_extremes)

    assert compared.relative_gap == pytest.approx(gap)
    assert groups_insight(STEPS, SEASONS, compared, p).verdict is verdict


@pytest.mark.parametrize(
    ("gap", "p_extremes", "epsilon", "magnitude"),
    [(0.06, 0.001, 0.02, 3.0), (0.06, 0.05, 0.02, 2.0), (0.06, 0.001, 0.05, 5.0)],
)
def test_the_larger_of_both_effects_counts_in_multiples_of_what_matters(
    gap: float, p_extremes: float, epsilon: float, magnitude: float
) -> None:
    means = (100 - 50 * gap, 100, 100, 100 + 50 * gap)
    insight = groups_insight(STEPS, SEASONS, several(means, epsilon, p_extremes), 0.01)

    assert insight.evidence == Evidence(0.01, pytest.approx(magnitude))


@pytest.mark.parametrize(
    ("changes", "magnitude"),
    [
        ({"means": (100, 92), "half_width": 1}, 4.0),
        ({"means": (100, 92), "half_width": 9, "d": -0.3}, 1.5),
        ({"means": (100, 92), "half_width": 9, "delta": -0.147, "skewness": 3}, 1.0),
        ({"means": (100, 92), "half_width": 1, "delta": 0.5}, 0.0),  # means and ranks disagree
    ],
)
def test_a_weekend_effect_counts_in_multiples_of_what_matters(
    changes: dict[str, object], magnitude: float
) -> None:
    evidence = two_groups_insight(CALORIES, two(**changes), 0.01).evidence

    assert evidence == Evidence(0.01, pytest.approx(magnitude))


def test_no_extreme_is_named_when_means_do_not_establish_one() -> None:
    insight = groups_insight(
        STEPS, WEEKDAYS.only([0, 1, 2, 3]), several(p_extremes=0.3, epsilon=0.02), 0.01
    )

    assert title(insight) == (
        "The mean number of steps differs between days of the week, without a clear extreme"
    )
    assert title(insight, "fr") == (
        "Le nombre moyen d’étapes diffère entre les jours de la semaine, sans extrême net"
    )
    assert "very little depends" not in sentence(insight)


def test_a_level_of_daily_value_is_a_percentage_and_not_points() -> None:
    insight = groups_insight(FAT, SEASONS, several((34, 35, 36, 37)), 0.01)

    assert "from 34.0% of daily value in winter to 37.0% of daily value in autumn" in sentence(
        insight
    )


@pytest.mark.parametrize("p", [float("nan"), -0.1, 1.1])
def test_what_is_not_a_p_value_gives_no_verdict(p: float) -> None:
    with pytest.raises(ValueError, match="is not a p-value"):
        groups_insight(STEPS, SEASONS, several(), p)
    with pytest.raises(ValueError, match="is not a p-value"):
        two_groups_insight(STEPS, two(), p)


# Weekday and weekend.


def test_a_difference_at_weekends_gives_both_levels_and_the_test_that_decides() -> None:
    by_means = two_groups_insight(CALORIES, two(), 0.012)
    by_ranks = two_groups_insight(CALORIES, two(skewness=5, delta=-0.03), 0.012)

    assert by_means.verdict is by_ranks.verdict is Verdict.DIFFERENCE
    assert title(by_means) == (
        "Mean energy per recipe differs at weekends: 446 kcal, against 457 kcal on weekdays"
    )
    assert sentence(by_means) == (
        "Mean energy per recipe: 457 kcal on weekdays and 446 kcal at weekends, that is "
        "−11.0 kcal at weekends (95% CI −16.0 to −6.0). Welch’s test, adjusted p = 0.012; Cohen’s "
        "d = −0.020 (95% CI −0.030 to −0.010). For a single recipe that is very little."
    )
    assert "Mann–Whitney, adjusted p = 0.012; Cliff’s δ = −0.030 (95% CI −0.040 to −0.020)" in (
        sentence(by_ranks)
    )
    assert title(by_means, "fr") == (
        "L’apport énergétique moyen diffère le week-end : 446 kcal, contre 457 kcal en semaine"
    )


@pytest.mark.parametrize(
    ("changes", "p", "verdict"),
    [
        ({}, 0.0499, Verdict.DIFFERENCE),
        ({}, 0.05, Verdict.NO_EVIDENCE),
        ({"means": (100, 98.1), "half_width": 1}, 0.01, Verdict.NEGLIGIBLE),
        ({"means": (100, 97.9), "half_width": 1}, 0.01, Verdict.DIFFERENCE),
        ({"half_width": 12}, 0.01, Verdict.NEGLIGIBLE),  # the means may well be equal
        ({"half_width": 12, "d": -0.21}, 0.01, Verdict.DIFFERENCE),
        ({"half_width": 12, "d": -0.21, "skewness": 3}, 0.01, Verdict.NEGLIGIBLE),
        ({"half_width": 12, "delta": -0.15, "skewness": 3}, 0.01, Verdict.DIFFERENCE),
        ({"delta": 0.02}, 0.01, Verdict.NEGLIGIBLE),  # means and ranks disagree
    ],
)
def test_a_difference_at_weekends_is_significant_and_matters(
    changes: dict[str, object], p: float, verdict: Verdict
) -> None:
    assert two_groups_insight(CALORIES, two(**changes), p).verdict is verdict


def test_means_and_ranks_that_disagree_are_told() -> None:
    insight = two_groups_insight(CALORIES, two(delta=0.02), 0.01)

    assert sentence(insight).endswith("Means and ranks point opposite ways.")
    assert title(insight) == "Mean energy per recipe is almost the same at weekends"


def test_several_quantities_are_counted_and_the_strongest_is_told() -> None:
    insights = [
        groups_insight(STEPS, SEASONS, several(), 0.5),
        groups_insight(FAT, SEASONS, several(), 0.01),
        groups_insight(CALORIES, SEASONS, several(), 0.01),
    ]
    all_of_them = metrics_insight(insights, strongest=2, between_key="between-seasons")

    assert all_of_them.verdict is Verdict.DIFFERENCE
    assert all_of_them.evidence == insights[2].evidence
    assert title(all_of_them) == "2 of 3 nutritional values differ between seasons"
    assert title(all_of_them, "fr") == (
        "2 valeurs nutritionnelles sur 3 diffèrent entre les saisons"
    )
    assert sentence(all_of_them) == sentence(insights[2])
    none = metrics_insight(insights[:1], strongest=0, between_key="between-seasons")
    assert none.verdict is Verdict.NO_EVIDENCE


# The calendar.

DAYS = [[90, 92, 92, 91]] * 6
EVEN = [[90, 92, 92, 91]] * 6
SPRING = [[900 + i, 1100 - i, 900, 920 + i] for i in range(6)]


def test_the_season_that_brings_most_is_told_against_its_days() -> None:
    insight = calendar_insight(SEASONS.groups, calendar_fit(SPRING, DAYS))

    assert insight.verdict is Verdict.DIFFERENCE
    assert title(insight) == "Recipes are most numerous in spring: +13.9% against the calendar"
    assert title(insight, "fr") == (
        "C’est au printemps que l’on publie le plus : +13,9 % par rapport au calendrier"
    )
    assert re.match(
        r"Compared with what their days alone would bring: \+13\.9% in spring \(95% CI \+1\d\.\d%"
        r" to \+1\d\.\d%\), −6\.6% in summer \(95% CI −\d\.\d% to −\d\.\d%\)\. χ² test",
        sentence(insight),
    )
    bounds = deviations_title(SEASONS.groups, calendar_fit(SPRING, DAYS), insight)
    assert readable(bounds.text(translator("fr"))) == "De +13,9 % au printemps à −6,6 % en été"


def test_an_even_year_claims_nothing() -> None:
    insight = calendar_insight(SEASONS.groups, calendar_fit(EVEN, DAYS))

    assert insight.verdict is Verdict.NO_EVIDENCE
    assert title(insight) == "No established departure from the calendar"
    assert deviations_title(SEASONS.groups, calendar_fit(EVEN, DAYS), insight) == insight.title


def test_a_departure_below_two_percent_is_negligible() -> None:
    counts = [[90_000, 92_900, 91_900, 91_000]] * 6

    assert calendar_insight(SEASONS.groups, calendar_fit(counts, DAYS)).verdict is (
        Verdict.NEGLIGIBLE
    )


def test_tests_of_one_analysis_are_corrected_for_each_other() -> None:
    """By hand: a p-value of 0.03 is 0.06 beside another test, and no finding any more."""
    days = [[90, 92, 92, 91]]
    alone, even = calendar_fit([[69, 104, 82, 70]], days), calendar_fit([[90, 92, 92, 91]], days)
    few = calendar_fit([[1, 9, 4, 5]], days)
    expected = np.array(days[0]) * 325 / 365
    p = stats.chisquare([69, 104, 82, 70], expected).pvalue
    assert 0.025 < p < 0.05 and alone.p_adjusted == pytest.approx(p)
    assert calendar_insight(SEASONS.groups, alone).verdict is Verdict.DIFFERENCE

    beside, other, left_out = corrected_together(alone, even, few)

    assert (beside.p_value, beside.p_adjusted) == pytest.approx((p, 2 * p))
    assert (beside.n_tests, other.p_adjusted, left_out) == (2, 1.0, few)
    insight = calendar_insight(SEASONS.groups, beside)
    assert insight.verdict is Verdict.NO_EVIDENCE
    assert insight.evidence is not None
    assert insight.evidence.p_adjusted == pytest.approx(2 * p)
    assert f"p = {2 * p:.3f}" in sentence(insight)
    assert corrected_together(alone, few) == [alone, few]


def test_a_pattern_of_waves_is_no_finding() -> None:
    waves = [[400, 100, 100, 100], [100, 400, 100, 100], [100, 100, 420, 100]]

    assert calendar_insight(SEASONS.groups, calendar_fit(waves, DAYS[:3])).verdict is (
        Verdict.NO_EVIDENCE
    )


def test_fewer_than_five_expected_give_no_verdict() -> None:
    few = calendar_insight(SEASONS.groups, calendar_fit([[1, 9, 4, 5]], DAYS[:1]))

    assert few.verdict is Verdict.TOO_LITTLE_DATA
    assert sentence(few) == "A comparison needs at least 5 recipes in every group."


def test_months_are_named_in_the_language() -> None:
    t = translator("fr")

    assert [MONTHS[i].when.text(t) for i in (0, 7, 11)] == ["en janvier", "en août", "en décembre"]


def test_the_weekend_is_told_with_both_bases() -> None:
    """20,000 on 5,000 weekdays and 4,000 on 2,000 days of the weekend: 4 a day against 2."""
    fit = calendar_fit([[10_000, 2_000]] * 2, [[2_500, 1_000]] * 2)
    insight = weekend_volume_insight(fit, np.array([5_000, 2_000]))

    assert insight.verdict is Verdict.DIFFERENCE
    assert title(insight) == "A weekday brings 100.0% more recipes than a day of the weekend"
    text = sentence(insight)
    assert "4.0 recipes per calendar weekday, 2.0 per day of the weekend" in text
    assert "+100.0% with the weekend as the base" in text
    assert "−50.0% with weekdays as the base" in text


def test_a_busier_weekend_is_not_told_as_a_busier_week() -> None:
    fit = calendar_fit([[2_500, 2_000]] * 2, [[2_500, 1_000]] * 2)
    insight = weekend_volume_insight(fit, np.array([5_000, 2_000]))

    assert title(insight) == "A weekday brings 50.0% fewer recipes than a day of the weekend"
    assert title(insight, "fr") == (
        "Un jour de semaine apporte 50,0 % de recettes de moins qu’un jour de week-end"
    )
    assert insight.evidence == Evidence(fit.p_value, pytest.approx(1.0 / 0.02))
    even = calendar_fit([[2_500, 1_000]] * 2, [[2_500, 1_000]] * 2)
    assert weekend_volume_insight(even, np.array([5_000, 2_000])).verdict is Verdict.NO_EVIDENCE


# Items.

N_ALL = np.array([10_000.0, 10_000, 10_000, 10_000])
N_WITH = np.array([[150.0, 170, 280, 190], [300, 310, 305, 300]])


def test_the_most_seasonal_item_is_told_with_its_shares() -> None:
    tested = item_shares(N_WITH, N_ALL)
    insight = seasonal_items_insight(
        Item.INGREDIENT, ["zucchini", "salt"], tested, np.array([0.0004, 0.9]), kept=[0]
    )

    assert title(insight) == (
        "“zucchini” is the most seasonal: 2.8% of recipes in summer, 1.5% in winter"
    )
    assert sentence(insight).startswith(
        "Among 2 ingredients in 1% of the recipes or more, 1 varies by at least 0.5 points"
    )
    assert "adjusted p < 0.001" in sentence(insight)
    assert insight.evidence == Evidence(0.0004, pytest.approx((0.028 - 0.015) / 0.005))
    assert title(insight, "fr") == (
        "Le plus saisonnier : « zucchini », 2,8 % des recettes en été, 1,5 % en hiver"
    )


def test_without_a_seasonal_item_none_is_named() -> None:
    tested = item_shares(N_WITH, N_ALL)
    insight = seasonal_items_insight(Item.TAG, ["a", "b"], tested, np.ones(2), kept=[])

    assert insight.verdict is Verdict.NO_EVIDENCE
    assert sentence(insight, "fr").startswith(
        "Sur 2 étiquettes figurant dans au moins 1 % des recettes, aucun nom ne varie"
    )


def test_the_strongest_of_weekend_and_of_weekdays_are_told() -> None:
    n_all = np.array([10_000.0, 4_000.0])
    differences = share_differences(np.array([[1000.0, 500], [3000, 1000], [200, 80]]), n_all)
    names = ["vegetarian", "main-dish", "salt"]
    insight = weekend_items_insight(
        Item.TAG, names, differences, np.array([0.001, 0.0001, 1.0]), kept=[1, 0]
    )

    assert title(insight) == "More “vegetarian” at weekends, more “main-dish” on weekdays"
    text = sentence(insight)
    assert "2 differ by at least 0.2 points" in text
    assert "Most tied to the weekend: “vegetarian”, +2.50 points (95% CI " in text
    assert "Most tied to weekdays: “main-dish”, −5.00 points at weekends (95% CI " in text
    assert insight.evidence == Evidence(0.001, pytest.approx(0.025 / 0.002))  # the weaker half
    only_weekend = weekend_items_insight(Item.TAG, names, differences, np.zeros(3), kept=[0])
    assert title(only_weekend) == "More “vegetarian” at weekends"
    only_weekdays = weekend_items_insight(Item.TAG, names, differences, np.zeros(3), kept=[1])
    assert title(only_weekdays, "fr") == "Plus de « main-dish » en semaine"


# What is not established is never claimed.


def claims(insight: Insight, language: str) -> bool:
    return bool(re.search(CLAIMS[language], title(insight, language), re.IGNORECASE))


@settings(max_examples=150)
@given(
    means=st.lists(st.floats(1, 1000), min_size=4, max_size=4),
    epsilon=st.floats(0, 1),
    p_extremes=st.floats(0, 1),
    p=st.floats(0, 1),
    metric=st.sampled_from([MEAN_MINUTES, STEPS, FAT]),
)
def test_groups_are_said_to_differ_if_and_only_if_it_is_the_verdict(
    means: list[float], epsilon: float, p_extremes: float, p: float, metric: Metric
) -> None:
    insight = groups_insight(metric, SEASONS, several(means, epsilon, p_extremes), p)

    for language in LANGUAGES:
        assert claims(insight, language) is (insight.verdict is Verdict.DIFFERENCE)
    assert insight.evidence and insight.evidence.p_adjusted == p
    matters = insight.evidence.magnitude >= 1
    assert (insight.verdict is Verdict.DIFFERENCE) == (p < 0.05 and matters)


@settings(max_examples=150)
@given(
    means=st.tuples(st.floats(1, 1000), st.floats(1, 1000)),
    half_width=st.floats(0, 50),
    d=st.floats(-1, 1),
    delta=st.floats(-1, 1),
    skewness=st.floats(-5, 5),
    p=st.floats(0, 1),
)
def test_weekends_are_said_to_differ_if_and_only_if_it_is_the_verdict(
    means: tuple[float, float],
    half_width: float,
    d: float,
    delta: float,
    skewness: float,
    p: float,
) -> None:
    insight = two_groups_insight(CALORIES, two(means, half_width, d, delta, skewness), p)

    for language in LANGUAGES:
        assert claims(insight, language) is (insight.verdict is Verdict.DIFFERENCE)
    assert insight.evidence and insight.evidence.p_adjusted == p
    matters = insight.evidence.magnitude >= 1
    assert (insight.verdict is Verdict.DIFFERENCE) == (p < 0.05 and matters)


@settings(max_examples=100)
@given(
    counts=st.lists(
        st.lists(st.integers(0, 3000), min_size=4, max_size=4), min_size=1, max_size=6
    ).filter(lambda rows: sum(map(sum, rows)) > 0)
)
def test_the_calendar_is_departed_from_if_and_only_if_it_is_the_verdict(
    counts: list[list[int]],
) -> None:
    fit = calendar_fit(counts, [[90, 92, 92, 91]] * len(counts))
    insight = calendar_insight(SEASONS.groups, fit)

    for language in LANGUAGES:
        assert claims(insight, language) is (insight.verdict is Verdict.DIFFERENCE)
        assert sentence(insight, language)
    assert insight.verdict is not Verdict.DIFFERENCE or fit.p_value < 0.05


def test_two_years_that_contradict_each_other_say_nothing_of_the_calendar() -> None:
    fit = calendar_fit([[0, 0, 1, 0], [0, 1, 0, 517]], [[90, 92, 92, 91]] * 2)

    assert np.isnan(fit.deviation_high[:3]).all()  # beyond a hundred times the calendar
    assert calendar_insight(SEASONS.groups, fit).verdict is Verdict.TOO_LITTLE_DATA
