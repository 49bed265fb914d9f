"""One function per finding: numbers in, a verdict and the words for it out.

A verdict needs significance after correction for multiplicity **and** an effect that
matters. The words for a rise or a fall belong to the verdicts RISE, FALL and MIXED alone;
a property-based test reads every sentence for them in every language.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

import numpy as np
from numpy.typing import ArrayLike

from mangetamain_analytics.utils.i18n import (
    Argument,
    Interval,
    Message,
    Number,
    Paragraph,
    Percent,
    PValue,
    Text,
)
from mangetamain_analytics.utils.statistics import (
    CONFIDENCE,
    SMALLEST_VERDICT,
    MannKendall,
    Trend,
    enough_for_trend,
    ratio,
)

SIGNIFICANCE = 0.05
SMALLEST_CHANGE = 0.02  # of the weighted mean, over the whole period


class Verdict(Enum):
    """What the numbers allow us to say."""

    RISE = "rise"
    FALL = "fall"
    MIXED = "mixed"  # a rise and a fall, both established
    DIFFERENCE = "difference"  # between groups, which have no order
    UNCONFIRMED = "unconfirmed"  # significant for one test, not for its robust companion
    NEGLIGIBLE = "negligible"  # significant, too small to matter
    NO_EVIDENCE = "no evidence"
    TOO_LITTLE_DATA = "too little data"


@dataclass(frozen=True)
class Evidence:
    """How sure a verdict is and how large its effect, on a scale that all questions share.

    Attributes:
        p_adjusted: p-value after correction within its analysis.
        magnitude: size of the effect, as a multiple of the smallest that counts for its question;
            below 1 it is too small to be claimed.
    """

    p_adjusted: float
    magnitude: float


@dataclass(frozen=True)
class Insight:
    """A verdict, the title of its chart (about 80 characters) and the whole sentence.

    `evidence` is None where nothing was tested.
    """

    verdict: Verdict
    title: Text
    sentence: Text
    evidence: Evidence | None = None


@dataclass(frozen=True)
class Metric:
    """What a trend is about: the message of its name, of its unit, and its digits.

    The unit is a message with `$number`. A slope is shown with one digit more.
    """

    name_key: str
    unit_key: str
    digits: int

    @property
    def name(self) -> Message:
        """The name as it reads inside a sentence."""
        return Message(self.name_key)

    def quantity(self, x: float) -> Message:
        """Give a signed value with its unit."""
        return Message(self.unit_key, {"number": Number(x, self.digits, is_signed=True)})

    def slope(self, x: float) -> Message:
        """Give a signed slope with its unit."""
        return Message(self.unit_key, {"number": Number(x, self.digits + 1, is_signed=True)})


MEAN_MINUTES = Metric(name_key="metric-mean-minutes", unit_key="unit-minutes", digits=1)
MEDIAN_MINUTES = Metric(name_key="metric-median-minutes", unit_key="unit-minutes", digits=1)
COMPLEXITY = Metric(name_key="metric-complexity", unit_key="unit-points", digits=1)
STEPS = Metric(name_key="metric-steps", unit_key="unit-steps", digits=1)
INGREDIENTS = Metric(name_key="metric-ingredients", unit_key="unit-ingredients", digits=1)
CALORIES = Metric(name_key="metric-calories", unit_key="unit-kilocalories", digits=0)
CARBOHYDRATES = Metric(name_key="metric-carbohydrates", unit_key="unit-daily-value", digits=1)
FAT = Metric(name_key="metric-fat", unit_key="unit-daily-value", digits=1)
SATURATED_FAT = Metric(name_key="metric-saturated-fat", unit_key="unit-daily-value", digits=1)
PROTEIN = Metric(name_key="metric-protein", unit_key="unit-daily-value", digits=1)
SUGAR = Metric(name_key="metric-sugar", unit_key="unit-daily-value", digits=1)
SODIUM = Metric(name_key="metric-sodium", unit_key="unit-daily-value", digits=1)
DISTINCT_INGREDIENTS = Metric(
    name_key="metric-distinct-ingredients", unit_key="unit-ingredients", digits=0
)
DISTINCT_TAGS = Metric(name_key="metric-distinct-tags", unit_key="unit-tags", digits=0)


class Item(Enum):
    """What recipes are counted by."""

    INGREDIENT = "ingredient"
    TAG = "tag"


COUNT_KEYS = {Item.INGREDIENT: "items-ingredients", Item.TAG: "items-tags"}

TREND_TITLE_KEYS = {
    Verdict.RISE: "trend-rise-title",
    Verdict.FALL: "trend-fall-title",
    Verdict.UNCONFIRMED: "trend-unconfirmed-title",
    Verdict.NEGLIGIBLE: "trend-negligible-title",
    Verdict.NO_EVIDENCE: "trend-no-evidence-title",
}
TREND_SENTENCE_KEYS = {
    Verdict.RISE: "trend-rise-sentence",
    Verdict.FALL: "trend-fall-sentence",
    Verdict.UNCONFIRMED: "trend-unconfirmed-sentence",
    Verdict.NEGLIGIBLE: "trend-negligible-sentence",
    Verdict.NO_EVIDENCE: "trend-no-evidence-sentence",
}


def trend_insight(
    metric: Metric,
    trend: Trend | None,
    p_adjusted: float,
    years: tuple[int, int],
    mann_kendall: MannKendall | None = None,
    smallest_change: float = SMALLEST_CHANGE,
) -> Insight:
    """Say whether a yearly mean rises or falls, by how much, and how sure that is.

    Args:
        metric: what is measured.
        trend: its weighted trend, None where there are too few years to fit one.
        p_adjusted: p-value of the slope after correction; not read without a trend.
        years: first and last year of the fit.
        mann_kendall: the robust companion: no rise and no fall without its agreement.
        smallest_change: smallest change over the years that matters, as a fraction of the
            weighted mean. It decides; what is told is the slope, which holds where recipes are
            many, not the ends of the line, where they are few.

    Raises:
        ValueError: `p_adjusted` is not a probability although there is a trend.
    """
    if trend is None or not enough_for_trend(trend.n):
        return _too_little_data(metric)
    yearly_effect = ratio(trend.slope, abs(trend.y_mean))
    change = yearly_effect * (years[1] - years[0])
    verdict = change_verdict(p_adjusted, change, smallest_change)
    if verdict in (Verdict.RISE, Verdict.FALL) and mann_kendall:
        verdict = verdict if _confirms(mann_kendall, verdict) else Verdict.UNCONFIRMED
    slope = metric.slope(trend.slope)
    evidence = period_facts(years) | {
        "metric": metric.name,
        "slope": slope,
        "confidence": Percent(CONFIDENCE),
        "interval": Interval(trend.slope_low, trend.slope_high, metric.digits + 1),
        "p": PValue(p_adjusted),
    }
    if verdict in (Verdict.RISE, Verdict.FALL, Verdict.NEGLIGIBLE):
        evidence |= {"effect": Percent(yearly_effect, 2, is_signed=True)}
    return Insight(
        verdict,
        _trend_title(verdict, metric, slope, years),
        Paragraph(
            (
                Message(TREND_SENTENCE_KEYS[verdict], evidence),
                *_robust_test(verdict, mann_kendall),
                *_autocorrelation(verdict, trend),
            )
        ),
        Evidence(p_adjusted, abs(change) / smallest_change),
    )


def diversity_insight(
    metric: Metric,
    trend: Trend | None,
    p_adjusted: float,
    years: tuple[int, int],
    mann_kendall: MannKendall | None = None,
) -> Insight:
    """Say whether recipes draw on more distinct items; arguments are those of `trend_insight`.

    The sentence reminds that a year with more recipes counts more distinct items anyway.
    """
    insight = trend_insight(metric, trend, p_adjusted, years, mann_kendall)
    if insight.verdict is Verdict.TOO_LITTLE_DATA:
        return insight
    caveat = Message("diversity-caveat")
    return replace(insight, sentence=Paragraph((insight.sentence, caveat)))


def evidence_among(
    p_adjusted: ArrayLike, magnitudes: ArrayLike, claimed: Sequence[int]
) -> Evidence | None:
    """Give the evidence for a claim about some of the things that were tested together.

    Two claims in one sentence are as sure, and as large, as the weaker one. Without a claim the
    evidence is that of the smallest p-value; None if nothing was tested.
    """
    p, sizes = np.asarray(p_adjusted, dtype=float), np.asarray(magnitudes, dtype=float)
    if not len(p):
        return None
    chosen = list(claimed) or [int(p.argmin())]
    return Evidence(float(p[chosen].max()), float(sizes[chosen].min()))


def difference_verdict(p_adjusted: float, size: float, smallest: float) -> Verdict:
    """Judge a difference by its corrected p-value and its size.

    Raises:
        ValueError: `p_adjusted` is not a probability.
    """
    if not 0 <= p_adjusted <= 1:
        raise ValueError(f"{p_adjusted} is not a p-value")
    if p_adjusted >= SIGNIFICANCE:
        return Verdict.NO_EVIDENCE
    return Verdict.DIFFERENCE if abs(size) >= smallest else Verdict.NEGLIGIBLE


def change_verdict(p_adjusted: float, change: float, smallest: float) -> Verdict:
    """Judge a change over time likewise, with its direction."""
    found = difference_verdict(p_adjusted, change, smallest)
    if found is not Verdict.DIFFERENCE:
        return found
    return Verdict.RISE if change > 0 else Verdict.FALL


def verdict_of_changes(rises: bool, falls: bool) -> Verdict:
    """Give the verdict on changes of which some are established."""
    if rises and falls:
        return Verdict.MIXED
    return Verdict.RISE if rises else Verdict.FALL


def _too_little_data(metric: Metric) -> Insight:
    return Insight(
        Verdict.TOO_LITTLE_DATA,
        Message("trend-too-little-data-title", {"metric": metric.name}),
        Message(
            "trend-too-little-data-sentence", {"metric": metric.name, "needed": SMALLEST_VERDICT}
        ),
    )


def period_facts(years: tuple[int, int]) -> dict[str, Argument]:
    """Give the first and the last year as a sentence names them."""
    return {"first": str(years[0]), "last": str(years[1])}


def _trend_title(
    verdict: Verdict, metric: Metric, slope: Message, years: tuple[int, int]
) -> Message:
    finding: dict[str, Argument] = {"metric": metric.name} | period_facts(years)
    if verdict not in (Verdict.NO_EVIDENCE, Verdict.UNCONFIRMED):
        finding |= {"slope": slope}
    return Message(TREND_TITLE_KEYS[verdict], finding)


def _confirms(test: MannKendall, verdict: Verdict) -> bool:
    return test.p_value < SIGNIFICANCE and (test.tau > 0) == (verdict is Verdict.RISE)


def _robust_test(verdict: Verdict, test: MannKendall | None) -> list[Message]:
    if test is None:
        return []
    p = {"p": PValue(test.p_value)}
    is_significant = test.p_value < SIGNIFICANCE
    if verdict is Verdict.UNCONFIRMED:
        return [Message("robust-contradicts" if is_significant else "robust-does-not-confirm", p)]
    if verdict in (Verdict.RISE, Verdict.FALL):
        return [Message("robust-confirms", p)]
    return [Message("robust-differs" if is_significant else "robust-finds-none", p)]


def _autocorrelation(verdict: Verdict, trend: Trend) -> list[Message]:
    if verdict is Verdict.NO_EVIDENCE or not trend.has_autocorrelated_residuals:
        return []
    correlation = Number(trend.lag1_autocorrelation, 2)
    return [Message("trend-autocorrelated", {"correlation": correlation})]
