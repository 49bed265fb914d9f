import re
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, strategies as st

from mangetamain_analytics.utils import insights
from mangetamain_analytics.utils.i18n import LANGUAGES, translator
from mangetamain_analytics.utils.insights import (
    CALORIES,
    DISTINCT_TAGS,
    FAT,
    MEAN_MINUTES,
    STEPS,
    Evidence,
    Insight,
    Item,
    Metric,
    Verdict,
    diversity_insight,
    trend_insight,
)
from mangetamain_analytics.utils.item_trend_insights import established_changes, items_insight
from mangetamain_analytics.utils.statistics import (
    MannKendall,
    Trend,
    adjust_p_values,
    mann_kendall,
    weighted_trend,
    weighted_trends,
)
from mangetamain_analytics.utils.volume_insights import partial_years, volume_insight

WORDS_OF_RISE = {
    "en": r"\b(rises?|rose|rising|increas|grow|grew|climb|more popular|gain)",
    "fr": r"\b(augment|hausse|progress|croît|croiss|mont(e|ent|ée)\b)",
}
WORDS_OF_FALL = {
    "en": r"\b(falls?|fell|falling|decreas|declin|drop|shrink|lose)",
    "fr": r"\b(baiss|diminu|recul|chut|décroî|régress)",
}
PERIOD = (1999, 2009)  # ten years: a slope of 0.1 makes a change of 1
METRICS = [value for value in vars(insights).values() if isinstance(value, Metric)]


def trend_with(slope: float, mean: float = 10.0, half_width: float = 0.05, n: int = 11) -> Trend:
    line = weighted_trend(range(1999, 1999 + n), np.arange(n) % 3, np.ones(n))
    return replace(
        line,
        slope=slope,
        slope_low=slope - half_width,
        slope_high=slope + half_width,
        y_mean=mean,
        lag1_autocorrelation=0.0,
    )


def robust(p: float, tau: float = 0.5) -> MannKendall:
    return MannKendall(n=11, tau=tau, p_value=p, sen_slope=0.1, sen_low=0.0, sen_high=0.2)


def readable(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def read(insight: Insight, language: str = "en") -> str:
    t = translator(language)
    return readable(f"{insight.title.text(t)}. {insight.sentence.text(t)}")


def title(insight: Insight, language: str = "en") -> str:
    return readable(insight.title.text(translator(language)))


# A yearly mean.


def test_a_fall_is_told_with_its_slope_interval_p_value_and_size() -> None:
    # −0.1234 per year of a mean of 10: −1.23 %.
    insight = trend_insight(MEAN_MINUTES, trend_with(-0.1234), 0.0123, PERIOD)

    assert insight.verdict is Verdict.FALL
    assert read(insight) == (
        "Mean preparation time falls: −0.12 min per year (1999–2009). "
        "From 1999 to 2009, mean preparation time falls: −0.12 min per year (95% CI −0.17 to "
        "−0.07, adjusted p = 0.012), or −1.23% of its mean each year."
    )
    assert read(insight, "fr") == (
        "Le temps de préparation moyen baisse : −0,12 min par an (1999–2009). "
        "De 1999 à 2009, le temps de préparation moyen baisse : −0,12 min par an (IC à 95 % : de "
        "−0,17 à −0,07 ; p = 0,012 après correction), soit −1,23 % de sa moyenne chaque année."
    )


def test_a_rise_is_told_as_one() -> None:
    insight = trend_insight(STEPS, trend_with(0.1234, mean=20.0), 0.0004, PERIOD)

    assert insight.verdict is Verdict.RISE
    assert title(insight) == "The mean number of steps rises: +0.12 steps per year (1999–2009)"
    assert (
        title(insight, "fr") == "Le nombre moyen d’étapes augmente : +0,12 étape par an (1999–2009)"
    )
    assert "+0.12 steps per year (95% CI 0.07 to 0.17, adjusted p < 0.001)" in read(insight)
    assert "+0,12 étape par an" in read(insight, "fr")


@pytest.mark.parametrize(
    ("p", "verdict"),
    [
        (0.0, Verdict.RISE),
        (0.0499, Verdict.RISE),
        (0.05, Verdict.NO_EVIDENCE),
        (1.0, Verdict.NO_EVIDENCE),
    ],
)
def test_the_corrected_p_value_decides(p: float, verdict: Verdict) -> None:
    assert trend_insight(STEPS, trend_with(0.1), p, PERIOD).verdict is verdict


def test_the_trend_s_own_p_value_does_not_decide() -> None:
    certain = replace(trend_with(0.1), p_value=0.0001)

    assert trend_insight(STEPS, certain, 0.2, PERIOD).verdict is Verdict.NO_EVIDENCE


@pytest.mark.parametrize(
    ("slope", "verdict"),
    [
        # over ten years, of a mean of 10: 2 % is a slope of 0.02
        (0.0201, Verdict.RISE),
        (0.0199, Verdict.NEGLIGIBLE),
        (-0.0199, Verdict.NEGLIGIBLE),
        (-0.0201, Verdict.FALL),
    ],
)
def test_a_significant_change_must_also_matter(slope: float, verdict: Verdict) -> None:
    assert trend_insight(STEPS, trend_with(slope), 0.001, PERIOD).verdict is verdict


def test_the_size_of_a_change_follows_the_period_and_the_mean() -> None:
    assert trend_insight(STEPS, trend_with(0.015), 0.001, (1999, 2018)).verdict is Verdict.RISE
    assert trend_insight(STEPS, trend_with(0.015, mean=99), 0.001, (1999, 2018)).verdict is (
        Verdict.NEGLIGIBLE
    )
    assert trend_insight(STEPS, trend_with(0.1), 0.001, PERIOD, smallest_change=0.2).verdict is (
        Verdict.NEGLIGIBLE
    )


def test_a_fall_of_a_negative_mean_stays_a_fall() -> None:
    assert trend_insight(STEPS, trend_with(-1, mean=-10), 0.001, PERIOD).verdict is Verdict.FALL


def test_a_negligible_change_is_called_so() -> None:
    insight = trend_insight(STEPS, trend_with(0.012), 0.001, PERIOD)

    assert (
        title(insight)
        == "The mean number of steps barely changes: +0.01 steps per year (1999–2009)"
    )
    assert "is too little to matter" in read(insight)
    assert "c’est trop peu pour compter" in read(insight, "fr")


def test_no_evidence_still_shows_the_estimate() -> None:
    insight = trend_insight(STEPS, trend_with(0.0312), 0.345, PERIOD)

    assert title(insight) == "No established trend for the mean number of steps from 1999 to 2009"
    assert "+0.03 steps per year (95% CI −0.02 to 0.08, adjusted p = 0.345)" in read(insight)


def test_a_series_of_zeros_has_no_trend() -> None:
    zeros = weighted_trend(range(5), [0] * 5, [1] * 5)

    assert trend_insight(STEPS, zeros, 1.0, PERIOD).verdict is Verdict.NO_EVIDENCE


@pytest.mark.parametrize("trend", [None, trend_with(5.0, n=3)])
def test_too_few_years_give_no_verdict(trend: Trend | None) -> None:
    insight = trend_insight(STEPS, trend, 0.0, (2007, 2007))

    assert insight.verdict is Verdict.TOO_LITTLE_DATA
    assert read(insight) == (
        "Too few years to judge the mean number of steps. "
        "A verdict on the mean number of steps needs at least 4 years with recipes."
    )


@pytest.mark.parametrize("p", [float("nan"), -0.1, 1.1])
def test_what_is_not_a_p_value_gives_no_verdict(p: float) -> None:
    with pytest.raises(ValueError, match="is not a p-value"):
        trend_insight(STEPS, trend_with(0.1), p, PERIOD)


@pytest.mark.parametrize(
    ("slope", "p", "test", "words"),
    [
        (0.1, 0.01, robust(0.01, 0.5), "weight, agrees (Mann–Kendall, p = 0.010)"),
        (-0.1, 0.01, robust(0.01, -0.5), "weight, agrees (Mann–Kendall, p = 0.010)"),
        (0.1, 0.01, robust(0.3, 0.5), "does not confirm it (Mann–Kendall, p = 0.300)"),
        (0.1, 0.01, robust(0.01, -0.5), "points the other way (Mann–Kendall, p = 0.010)"),
        (-0.1, 0.01, robust(0.01, 0.5), "points the other way (Mann–Kendall, p = 0.010)"),
        (0.1, 0.4, robust(0.3), "finds no direction either (Mann–Kendall, p = 0.300)"),
        (0.1, 0.4, robust(0.01), "does find a direction (Mann–Kendall, p = 0.010)"),
        (0.001, 0.01, robust(0.01), "does find a direction (Mann–Kendall, p = 0.010)"),
    ],
)
def test_the_robust_test_is_quoted_for_what_it_says(
    slope: float, p: float, test: MannKendall, words: str
) -> None:
    assert words in read(trend_insight(STEPS, trend_with(slope), p, PERIOD, test))


@pytest.mark.parametrize("test", [robust(0.3, -0.5), robust(0.01, 0.5)])
def test_no_direction_is_claimed_without_the_robust_test(test: MannKendall) -> None:
    insight = trend_insight(CALORIES, trend_with(-0.5), 0.001, PERIOD, test)

    assert insight.verdict is Verdict.UNCONFIRMED
    assert title(insight) == "The two tests disagree on mean energy per recipe (1999–2009)"
    assert title(insight, "fr") == (
        "Les deux tests divergent sur l’apport énergétique moyen (1999–2009)"
    )
    assert "−0.5 kcal per year" in read(insight) and "no direction is established" in read(insight)


def test_resembling_neighbours_are_a_caveat_of_what_is_significant() -> None:
    wavy = replace(trend_with(0.1), lag1_autocorrelation=0.71)

    assert "successive residuals 0.71" in read(trend_insight(STEPS, wavy, 0.01, PERIOD))
    assert "residuals" not in read(trend_insight(STEPS, wavy, 0.5, PERIOD))
    assert "residuals" not in read(trend_insight(STEPS, trend_with(0.1), 0.01, PERIOD))


def test_diversity_reminds_of_the_volume() -> None:
    insight = diversity_insight(DISTINCT_TAGS, trend_with(1.4, mean=450), 0.455, PERIOD)

    assert insight.verdict is Verdict.NO_EVIDENCE
    assert "+1.4 tags per year" in read(insight)
    assert read(insight).endswith("read this together with the volume.")
    assert diversity_insight(DISTINCT_TAGS, None, 1, PERIOD).verdict is Verdict.TOO_LITTLE_DATA


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.name_key)
@pytest.mark.parametrize("slope", [-0.5, 0.012, 0.5])
@pytest.mark.parametrize("test", [None, robust(0.9)])
def test_a_title_fits_above_a_chart(
    metric: Metric, language: str, slope: float, test: MannKendall | None
) -> None:
    for p in (0.001, 0.5):
        insight = trend_insight(metric, trend_with(slope), p, (1999, 2018), test)
        assert len(title(insight, language)) <= 110  # two lines at most beside another chart


def test_there_is_a_metric_for_each_curve_of_the_trends_page() -> None:
    assert len(METRICS) == 14
    assert FAT in METRICS


@pytest.mark.parametrize("language", LANGUAGES)
@given(
    slope=st.floats(-100, 100),
    mean=st.floats(0.01, 1000),
    p=st.floats(0, 1),
    robust_p=st.none() | st.floats(0, 1),
    tau=st.floats(-1, 1),
    autocorrelation=st.floats(-1, 1),
)
def test_only_an_established_change_is_worded_as_one(
    language: str,
    slope: float,
    mean: float,
    p: float,
    robust_p: float | None,
    tau: float,
    autocorrelation: float,
) -> None:
    trend = replace(trend_with(slope, mean), lag1_autocorrelation=autocorrelation)
    test = None if robust_p is None else robust(robust_p, tau)
    is_agreed = test is None or (test.p_value < 0.05 and (test.tau > 0) == (slope > 0))
    is_established = p < 0.05 and abs(slope * 10 / mean) >= 0.02 and is_agreed

    for insight in (
        trend_insight(STEPS, trend, p, PERIOD, test),
        diversity_insight(STEPS, trend, p, PERIOD, test),
    ):
        text = read(insight, language)
        assert insight.evidence == Evidence(p, pytest.approx(abs(slope * 10 / mean) / 0.02))
        assert (insight.verdict in (Verdict.RISE, Verdict.FALL)) == is_established
        assert bool(re.search(WORDS_OF_RISE[language], text, re.I)) == (
            insight.verdict is Verdict.RISE
        )
        assert bool(re.search(WORDS_OF_FALL[language], text, re.I)) == (
            insight.verdict is Verdict.FALL
        )
        assert (slope > 0) is (insight.verdict is Verdict.RISE) or insight.verdict not in (
            Verdict.RISE,
            Verdict.FALL,
        )


# Items.

ITEM_YEARS = list(range(1999, 2009))
PATTERN = 0.001 * np.array([1, -1, 1, -1, 1, -1, 1, -1, 1, -1])
RECIPES = [100, 200, 300, 400, 500, 400, 300, 200, 100, 50]


def shares(*slopes: float) -> Any:
    steps = np.arange(10)
    return weighted_trends(ITEM_YEARS, [0.3 + slope * steps + PATTERN for slope in slopes], RECIPES)


def items(names: list[str], *slopes: float, p: list[float] | None = None) -> Insight:
    trends = shares(*slopes)
    adjusted = adjust_p_values(trends.p_value) if p is None else np.asarray(p)
    return items_insight(Item.INGREDIENT, names, trends, adjusted, (1999, 2008))


def test_the_strongest_rise_and_the_strongest_fall_are_named_with_their_interval() -> None:
    names = ["oil", "kale", "sugar", "lard", "salt"]
    insight = items(names, 0.004, 0.012, -0.005, -0.021, 0.0)
    text = read(insight)

    assert insight.verdict is Verdict.MIXED
    assert title(insight) == "“kale” rises most, “lard” falls most"
    assert "Among 5 ingredients, the share of recipes rises for 2 and falls for 2" in text
    # A slope of 0.012 per year is 12 points per decade; the saw teeth leave ± 0.2 or so.
    assert re.search(r"“kale”: \+1[12]\.\d points per decade \(95% CI 11\.\d to 12\.\d\)", text)
    assert re.search(r"“lard”: −2[01]\.\d points per decade \(95% CI −21\.\d to −20\.\d\)", text)
    assert title(insight, "fr") == "Plus forte hausse : « kale » ; plus forte baisse : « lard »"


@pytest.mark.parametrize(
    ("slopes", "verdict", "expected"),
    [
        ((0.01, 0.02), Verdict.RISE, "“b” rises most"),
        ((-0.01, -0.02), Verdict.FALL, "“b” falls most"),
        ((0.0, 0.0), Verdict.NO_EVIDENCE, "No established change of share"),
    ],
)
def test_what_is_absent_is_not_told(
    slopes: tuple[float, ...], verdict: Verdict, expected: str
) -> None:
    insight = items(["a", "b"], *slopes)

    assert insight.verdict is verdict
    assert title(insight) == expected


def test_an_item_that_is_not_significant_is_left_out_however_steep() -> None:
    insight = items(["steep", "sure"], 0.02, 0.01, p=[0.05, 0.049])

    assert title(insight) == "“sure” rises most"


def test_an_item_that_moves_too_little_is_left_out_however_sure() -> None:
    # Half a point over nine years is a slope of 0.00056.
    rises, falls = established_changes(
        shares(0.0004, 0.0007, -0.0004, -0.0007), [0.001] * 4, (1999, 2008)
    )

    assert (rises, falls) == ([1], [3])


def test_established_changes_come_strongest_first() -> None:
    trends = shares(0.01, 0.03, -0.02, 0.02, -0.04)

    assert established_changes(trends, [0.001] * 5, (1999, 2008)) == ([1, 3, 0], [4, 2])


def test_each_item_needs_its_p_value() -> None:
    with pytest.raises(ValueError, match="2 trends but p-values of shape"):
        established_changes(shares(0.1, 0.2), [0.1], (1999, 2008))


@pytest.mark.parametrize("trends", [None, weighted_trends([1, 2, 3], [[1, 2, 4]], [1, 1, 1])])
def test_too_few_years_judge_no_item(trends: Any) -> None:
    insight = items_insight(Item.TAG, ["a"], trends, [0.01], (1999, 2001))

    assert insight.verdict is Verdict.TOO_LITTLE_DATA
    assert "at least 4 years" in read(insight)


def test_tags_are_called_tags() -> None:
    insight = items_insight(Item.TAG, ["a"], shares(0.0), [1.0], (1999, 2008))

    assert "Among 1 tag, none" in read(insight)
    assert "Sur 1 étiquette, aucun" in read(insight, "fr")


def test_two_items_in_one_sentence_are_as_sure_and_as_large_as_the_weaker_one() -> None:
    rise, fall = 0.012, -0.005
    insight = items(["kale", "lard", "salt"], rise, fall, 0.03, p=[0.01, 0.02, 0.6])

    # nine years, half a point; p of the fall, which is also the smaller of the two changes
    size = abs(float(shares(fall).slope[0])) * 9 / 0.005
    assert insight.evidence == Evidence(0.02, pytest.approx(size))
    assert items(["lard"], fall, p=[0.02]).evidence == insight.evidence


def test_without_an_established_item_the_surest_one_tells_how_far_it_was() -> None:
    insight = items(["kale", "lard"], 0.012, -0.005, p=[0.4, 0.3])

    assert insight.verdict is Verdict.NO_EVIDENCE
    assert insight.evidence and insight.evidence.p_adjusted == 0.3
    assert items_insight(Item.TAG, [], None, [], PERIOD).evidence is None


@pytest.mark.parametrize("language", LANGUAGES)
@given(data=st.lists(st.tuples(st.floats(-0.05, 0.05), st.floats(0, 1)), max_size=6))
def test_only_established_items_are_worded_as_changes(
    language: str, data: list[tuple[float, float]]
) -> None:
    trends = shares(*(slope for slope, _ in data)) if data else None
    names = [f"item{i}" for i in range(len(data))]
    insight = items_insight(Item.TAG, names, trends, [p for _, p in data], (1999, 2008))
    heading, text = title(insight, language), read(insight, language)

    is_rise = insight.verdict in (Verdict.RISE, Verdict.MIXED)
    is_fall = insight.verdict in (Verdict.FALL, Verdict.MIXED)
    assert bool(re.search(WORDS_OF_RISE[language], heading, re.I)) == is_rise
    assert bool(re.search(WORDS_OF_FALL[language], heading, re.I)) == is_fall
    if not is_rise and not is_fall:
        assert not re.search(WORDS_OF_RISE[language], text, re.I)
        assert not re.search(WORDS_OF_FALL[language], text, re.I)
    for name, (_, p) in zip(names, data, strict=True):
        assert p < 0.05 or name not in text


# Volume.

FIRST_DAY, LAST_DAY = date(1999, 8, 6), date(2018, 12, 4)
FOOD_COM = dict(
    zip(
        range(1999, 2019),
        # as published: recipes per year of the cleaned data
        [1121, 689, 3974, 17523, 15625, 14381, 20909, 23667, 29790, 26763]
        + [19597, 10308, 6549, 4361, 3181, 853, 241, 172, 228, 134],
        strict=True,
    )
)


def test_the_peak_and_what_surrounds_it_are_told() -> None:
    insight = volume_insight(FOOD_COM, FIRST_DAY, LAST_DAY)

    before = mann_kendall([FOOD_COM[year] for year in range(2000, 2007)]).p_value
    assert before == pytest.approx(0.0355, abs=1e-4)
    assert insight.verdict is Verdict.MIXED
    assert read(insight) == (
        "2007 is the peak year, with 29,790 recipes. "
        "29,790 recipes date from 2007, the peak year: 14.9% of the 200,066 published from 1999 "
        "to 2018. In the complete years before it, the number rises (Mann–Kendall, adjusted "
        "p = 0.035). In the complete years after it, the number falls (Mann–Kendall, adjusted "
        "p < 0.001). The data start on August 6, 1999 and end on December 4, 2018: these two "
        "years are partial."
    )
    assert "14,9 % des 200 066 publiées de 1999 à 2018" in read(insight, "fr")
    assert insight.evidence and insight.evidence.p_adjusted == pytest.approx(before)  # the weaker


def test_the_peak_itself_is_not_part_of_what_climbs_to_it() -> None:
    # Five years in no order, then the peak: with the peak, tau would go from 0 to 1/3.
    counts = dict(zip(range(2000, 2006), [3, 5, 1, 4, 2, 9], strict=True))
    insight = volume_insight(counts, date(2000, 1, 1), date(2005, 12, 31))
    alone = mann_kendall([3, 5, 1, 4, 2]).p_value

    assert insight.verdict is Verdict.NO_EVIDENCE
    assert f"(Mann–Kendall, adjusted p = {alone:.3f})" in read(insight)


def test_partial_years_are_not_tested() -> None:
    # Complete years fall to 2005; the partial 2006 would be the exception, or the trend.
    counts = dict(zip(range(2000, 2008), [99, 90, 80, 70, 60, 50, 40, 95], strict=True))
    whole = volume_insight(counts, date(2000, 1, 1), date(2007, 12, 31))
    partial = volume_insight(counts, date(2000, 1, 1), date(2007, 6, 30))

    assert "the number falls" not in read(whole)
    assert "the number falls" in read(partial)
    assert partial.verdict is Verdict.FALL
    assert "The data end on June 30, 2007: that year is partial." in read(partial)


def test_two_sides_share_one_chance_of_error() -> None:
    # Each side alone has p = 0.027; corrected for both, 0.054.
    up, down = [10, 20, 30, 40, 50], [50, 40, 30, 20, 10]
    one = dict(zip(range(2000, 2006), [*up, 99], strict=True))
    two = dict(zip(range(2000, 2011), [*up, 99, *down], strict=True))

    assert volume_insight(one, date(2000, 1, 1), date(2005, 12, 31)).verdict is Verdict.RISE
    assert volume_insight(two, date(2000, 1, 1), date(2010, 12, 31)).verdict is Verdict.NO_EVIDENCE


def test_the_first_of_two_equal_peaks_is_named() -> None:
    insight = volume_insight({2003: 7, 2001: 7, 2002: 1}, date(2001, 1, 1), date(2003, 12, 31))

    assert title(insight) == "2001 is the peak year, with 7 recipes"


def test_few_years_are_told_but_not_judged() -> None:
    insight = volume_insight({2006: 20, 2007: 30, 2008: 25}, FIRST_DAY, LAST_DAY)

    assert insight.verdict is Verdict.TOO_LITTLE_DATA
    assert read(insight) == (
        "2007 is the peak year, with 30 recipes. 30 recipes date from 2007, the peak year: "
        "40.0% of the 75 published from 2006 to 2008. There are too few complete years before "
        "and after it for a verdict."
    )


def test_one_side_with_too_few_years_is_told_beside_the_other() -> None:
    counts = {year: FOOD_COM[year] for year in range(2006, 2019)}
    insight = volume_insight(counts, FIRST_DAY, LAST_DAY)

    assert insight.verdict is Verdict.FALL
    assert "There are too few complete years before it for a verdict." in read(insight)
    assert "The data end on December 4, 2018: that year is partial." in read(insight)


@pytest.mark.parametrize("counts", [{2018: 1}, {2017: 0, 2018: 1}])
def test_one_year_is_a_sentence(counts: dict[int, int]) -> None:
    insight = volume_insight(counts, FIRST_DAY, LAST_DAY)

    assert insight.verdict is Verdict.TOO_LITTLE_DATA
    assert read(insight) == (
        "1 recipe in 2018. 1 recipe dates from 2018, the only year with recipes in this "
        "selection. The data end on December 4, 2018: that year is partial."
    )


@pytest.mark.parametrize("counts", [{}, {2007: 0}])
def test_no_recipe_is_a_sentence(counts: dict[int, int]) -> None:
    insight = volume_insight(counts, FIRST_DAY, LAST_DAY)

    assert insight.verdict is Verdict.TOO_LITTLE_DATA
    assert title(insight) == "No recipe in this selection"


@pytest.mark.parametrize(
    ("first_day", "last_day", "partial"),
    [
        (date(1999, 8, 6), date(2018, 12, 4), {1999, 2018}),
        (date(1999, 1, 8), date(2018, 12, 24), set()),
        (date(1999, 1, 9), date(2018, 12, 23), {1999, 2018}),
        (date(2007, 1, 1), date(2007, 3, 1), {2007}),
    ],
)
def test_a_year_that_misses_more_than_a_week_is_partial(
    first_day: date, last_day: date, partial: set[int]
) -> None:
    assert partial_years(first_day, last_day) == partial


@pytest.mark.parametrize("language", LANGUAGES)
@given(st.dictionaries(st.integers(1999, 2018), st.integers(0, 30_000)))
def test_only_an_established_direction_of_the_volume_is_worded(
    language: str, counts: dict[int, int]
) -> None:
    insight = volume_insight(counts, FIRST_DAY, LAST_DAY)
    text = read(insight, language)

    assert bool(re.search(WORDS_OF_RISE[language], text, re.I)) == (
        insight.verdict in (Verdict.RISE, Verdict.MIXED)
    )
    assert bool(re.search(WORDS_OF_FALL[language], text, re.I)) == (
        insight.verdict in (Verdict.FALL, Verdict.MIXED)
    )
