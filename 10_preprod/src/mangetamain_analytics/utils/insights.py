"""One function per finding: numbers in, a verdict and the words for it out.

A verdict needs significance after correction for multiplicity **and** an effect that
matters. The words for a rise or a fall belong to the verdicts RISE, FALL and MIXED alone;
a property-based test reads every sentence for them in every language.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

import numpy as np
from numpy.typing import ArrayLike

from mangetamain_analytics.utils.i18n import (
    Argument,
    Day,
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
    Trends,
    adjust_p_values,
    enough_for_trend,
    mann_kendall,
)

SIGNIFICANCE = 0.05
SMALLEST_CHANGE = 0.02  # of the weighted mean, over the whole period
SMALLEST_SHARE_CHANGE = 0.005  # half a point of the recipes, over the whole period
DAYS_OF_GRACE = 7  # a year whose data start on 5 January is complete


SideVerdict = tuple["Verdict", "Evidence | None"]  # with its evidence, where tested


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
BEFORE_PEAK_KEYS = {
    Verdict.RISE: "volume-before-rise",
    Verdict.FALL: "volume-before-fall",
    Verdict.NEGLIGIBLE: "volume-before-no-evidence",
    Verdict.NO_EVIDENCE: "volume-before-no-evidence",
    Verdict.TOO_LITTLE_DATA: "volume-before-too-little-data",
}
AFTER_PEAK_KEYS = {
    Verdict.RISE: "volume-after-rise",
    Verdict.FALL: "volume-after-fall",
    Verdict.NEGLIGIBLE: "volume-after-no-evidence",
    Verdict.NO_EVIDENCE: "volume-after-no-evidence",
    Verdict.TOO_LITTLE_DATA: "volume-after-too-little-data",
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
    yearly_effect = _ratio(trend.slope, abs(trend.y_mean))
    change = yearly_effect * (years[1] - years[0])
    verdict = _verdict(p_adjusted, change, smallest_change)
    if verdict in (Verdict.RISE, Verdict.FALL) and mann_kendall:
        verdict = verdict if _confirms(mann_kendall, verdict) else Verdict.UNCONFIRMED
    slope = metric.slope(trend.slope)
    evidence = _period(years) | {
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


def items_insight(
    item: Item,
    names: Sequence[str],
    trends: Trends | None,
    p_adjusted: ArrayLike,
    years: tuple[int, int],
    smallest_change: float = SMALLEST_SHARE_CHANGE,
) -> Insight:
    """Say which item's share of the recipes rises most, and which falls most.

    Args:
        item: what the names are.
        names: one per trend.
        trends: of the yearly share of recipes with the item, fractions between 0 and 1;
            None where there are too few years to fit them.
        p_adjusted: one per trend, corrected over all of them (Benjamini–Hochberg).
        years: first and last year of the fits.
        smallest_change: smallest fitted change of a share over the period that counts.
    """
    if trends is None or not enough_for_trend(trends.n) or not len(trends):
        needed = {"needed": SMALLEST_VERDICT}
        return Insight(
            Verdict.TOO_LITTLE_DATA,
            Message("items-too-little-data-title"),
            Message("items-too-little-data-sentence", needed),
        )
    rises, falls = established_changes(trends, p_adjusted, years, smallest_change)
    magnitudes = np.abs(trends.slope * (years[1] - years[0])) / smallest_change
    strongest = [*rises[:1], *falls[:1]]
    evidence = evidence_among(p_adjusted, magnitudes, strongest)
    summary = _period(years) | {
        "tested": Message(COUNT_KEYS[item], {"n": len(trends)}),
        "threshold": Number(100 * smallest_change, 1),
        "level": Percent(SIGNIFICANCE),
    }
    if not rises and not falls:
        return Insight(
            Verdict.NO_EVIDENCE,
            Message("items-no-evidence-title"),
            Message("items-no-evidence-sentence", summary),
            evidence,
        )
    return Insight(
        _verdict_of(bool(rises), bool(falls)),
        _items_title([names[i] for i in rises[:1]], [names[i] for i in falls[:1]]),
        Paragraph(
            (
                Message("items-summary", summary | {"rises": len(rises), "falls": len(falls)}),
                *(_item_sentence(names[i], trends[i]) for i in strongest),
            )
        ),
        evidence,
    )


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


def established_changes(
    trends: Trends,
    p_adjusted: ArrayLike,
    years: tuple[int, int],
    smallest_change: float = SMALLEST_SHARE_CHANGE,
) -> tuple[list[int], list[int]]:
    """Give the indices of what rises and of what falls, strongest first.

    A change is established when it is significant after correction and when its fitted size
    over the period is at least `smallest_change`, in the unit of the trends.

    Raises:
        ValueError: there is not one p-value per trend.
    """
    p = np.asarray(p_adjusted, dtype=float)
    if p.shape != trends.slope.shape:
        raise ValueError(f"{len(trends)} trends but p-values of shape {p.shape}")
    change = trends.slope * (years[1] - years[0])
    is_established = (p < SIGNIFICANCE) & (np.abs(change) >= smallest_change)
    order = np.argsort(-np.abs(change), kind="stable")
    rises = [int(i) for i in order if is_established[i] and change[i] > 0]
    falls = [int(i) for i in order if is_established[i] and change[i] < 0]
    return rises, falls


def volume_insight(counts: Mapping[int, int], first_day: date, last_day: date) -> Insight:
    """Say which year has most recipes and how the complete years around it go.

    Args:
        counts: recipes per selected year, in any order.
        first_day: first day of the data, whatever the selection; its year may be partial.
        last_day: last day of the data.

    The years before the peak and those after it are tested by Mann–Kendall without the peak
    itself: chosen as the highest, it would make any series seem to climb towards it. The two
    p-values are corrected by Holm's method.
    """
    if not any(counts.values()):
        return Insight(
            Verdict.TOO_LITTLE_DATA, Message("volume-empty"), Message("volume-empty-sentence")
        )
    partial = partial_years(first_day, last_day) & counts.keys()
    cut = _partial_sentence(partial, first_day, last_day)
    filled = sorted(year for year, n in counts.items() if n)
    peak = max(filled, key=lambda year: counts[year])
    if len(filled) == 1:
        only: dict[str, Argument] = {"n": counts[peak], "year": str(peak)}
        return Insight(
            Verdict.TOO_LITTLE_DATA,
            Message("volume-one-year-title", only),
            Paragraph((Message("volume-one-year-sentence", only), *cut)),
        )
    complete = sorted(counts.keys() - partial)
    before, after = _verdicts_by_side(
        [{y: counts[y] for y in complete if y < peak}, {y: counts[y] for y in complete if y > peak}]
    )
    total = sum(counts.values())
    facts = _period((min(counts), max(counts))) | {
        "peak": str(peak),
        "n": counts[peak],
        "total": total,
        "share": Percent(counts[peak] / total, 1),
    }
    return Insight(
        _overall(before[0], after[0]),
        Message("volume-peak-title", {"peak": str(peak), "n": counts[peak]}),
        Paragraph((Message("volume-peak-sentence", facts), *_sides(before, after), *cut)),
        _evidence_of_sides(before, after),
    )


def partial_years(first_day: date, last_day: date) -> frozenset[int]:
    """Give the years of which the data miss more than a week at either end."""
    first_year_misses = (first_day - date(first_day.year, 1, 1)).days
    last_year_misses = (date(last_day.year, 12, 31) - last_day).days
    return frozenset(
        year
        for year, missing in (
            (first_day.year, first_year_misses),
            (last_day.year, last_year_misses),
        )
        if missing > DAYS_OF_GRACE
    )


def _verdict(p_adjusted: float, effect: float, smallest_effect: float) -> Verdict:
    if not 0 <= p_adjusted <= 1:
        raise ValueError(f"{p_adjusted} is not a p-value")
    if p_adjusted >= SIGNIFICANCE:
        return Verdict.NO_EVIDENCE
    if abs(effect) < smallest_effect:
        return Verdict.NEGLIGIBLE
    return Verdict.RISE if effect > 0 else Verdict.FALL


def _verdict_of(rises: bool, falls: bool) -> Verdict:
    if rises and falls:
        return Verdict.MIXED
    return Verdict.RISE if rises else Verdict.FALL


def _ratio(change: float, mean: float) -> float:
    if mean == 0:
        return math.copysign(math.inf, change) if change else 0.0
    return change / mean


def _too_little_data(metric: Metric) -> Insight:
    return Insight(
        Verdict.TOO_LITTLE_DATA,
        Message("trend-too-little-data-title", {"metric": metric.name}),
        Message(
            "trend-too-little-data-sentence", {"metric": metric.name, "needed": SMALLEST_VERDICT}
        ),
    )


def _period(years: tuple[int, int]) -> dict[str, Argument]:
    return {"first": str(years[0]), "last": str(years[1])}


def _trend_title(
    verdict: Verdict, metric: Metric, slope: Message, years: tuple[int, int]
) -> Message:
    finding: dict[str, Argument] = {"metric": metric.name} | _period(years)
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


def _items_title(rise: list[str], fall: list[str]) -> Message:
    if rise and fall:
        return Message("items-mixed-title", {"rise": rise[0], "fall": fall[0]})
    if rise:
        return Message("items-rise-title", {"rise": rise[0]})
    return Message("items-fall-title", {"fall": fall[0]})


def _item_sentence(name: str, trend: Trend) -> Message:
    """Slope and interval in points of share per decade: ten years, a hundred points."""
    low, slope, high = (1000 * x for x in (trend.slope_low, trend.slope, trend.slope_high))
    return Message(
        "items-rise-sentence" if slope > 0 else "items-fall-sentence",
        {
            "name": name,
            "slope": Message("unit-points", {"number": Number(slope, 1, is_signed=True)}),
            "confidence": Percent(CONFIDENCE),
            "interval": Interval(low, high, 1),
        },
    )


def _verdicts_by_side(sides: Sequence[Mapping[int, int]]) -> list[SideVerdict]:
    tests = [
        mann_kendall(list(side.values()), list(side)) if enough_for_trend(len(side)) else None
        for side in sides
    ]
    adjusted = iter(adjust_p_values([test.p_value for test in tests if test], "holm"))
    verdicts: list[SideVerdict] = []
    for side, test in zip(sides, tests, strict=True):
        if test is None:
            verdicts.append((Verdict.TOO_LITTLE_DATA, None))
        else:
            p = float(next(adjusted))
            change = test.sen_slope * (max(side) - min(side))
            effect = _ratio(change, sum(side.values()) / len(side))
            evidence = Evidence(p, abs(effect) / SMALLEST_CHANGE)
            verdicts.append((_verdict(p, effect, SMALLEST_CHANGE), evidence))
    return verdicts


def _overall(before: Verdict, after: Verdict) -> Verdict:
    both = {before, after}
    if both & {Verdict.RISE, Verdict.FALL}:
        return _verdict_of(Verdict.RISE in both, Verdict.FALL in both)
    return Verdict.TOO_LITTLE_DATA if both == {Verdict.TOO_LITTLE_DATA} else Verdict.NO_EVIDENCE


def _sides(before: SideVerdict, after: SideVerdict) -> list[Message]:
    if before[0] is after[0] is Verdict.TOO_LITTLE_DATA:
        return [Message("volume-too-little-data")]
    return [_side(BEFORE_PEAK_KEYS, *before), _side(AFTER_PEAK_KEYS, *after)]


def _side(side_keys: Mapping[Verdict, str], verdict: Verdict, found: Evidence | None) -> Message:
    return Message(side_keys[verdict], {"p": PValue(found.p_adjusted)} if found else {})


def _evidence_of_sides(*sides: SideVerdict) -> Evidence | None:
    tested = [(verdict, evidence) for verdict, evidence in sides if evidence]
    return evidence_among(
        [evidence.p_adjusted for _, evidence in tested],
        [evidence.magnitude for _, evidence in tested],
        [i for i, (verdict, _) in enumerate(tested) if verdict in (Verdict.RISE, Verdict.FALL)],
    )


def _partial_sentence(partial: frozenset[int], first_day: date, last_day: date) -> list[Message]:
    starts, ends = first_day.year in partial, last_day.year in partial
    if starts and ends:
        return [Message("volume-partial-both", {"start": Day(first_day), "end": Day(last_day)})]
    if starts:
        return [Message("volume-partial-first", {"start": Day(first_day)})]
    return [Message("volume-partial-last", {"end": Day(last_day)})] if ends else []
