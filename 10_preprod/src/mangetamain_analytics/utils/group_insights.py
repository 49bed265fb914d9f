"""What comparing groups says: numbers in, a verdict and the words for it out.

A difference is claimed when it is significant after correction **and** matters: the means of the
extreme groups are established to differ by 2 % or more, as on the page of trends, or the effect
on a single recipe is at least what the literature calls small. Both effects are always told.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from babel.dates import get_month_names

from mangetamain_analytics.utils.group_tests import (
    SMALLEST_GROUP,
    CalendarFit,
    Interval95,
    ItemShares,
    SeveralGroups,
    TwoGroups,
)
from mangetamain_analytics.utils.i18n import (
    Argument,
    Interval,
    Message,
    Number,
    Paragraph,
    Percent,
    PValue,
    Text,
    Translator,
)
from mangetamain_analytics.utils.insights import (
    COUNT_KEYS,
    SIGNIFICANCE,
    SMALLEST_CHANGE,
    Evidence,
    Insight,
    Item,
    Metric,
    Verdict,
    evidence_among,
)
from mangetamain_analytics.utils.statistics import CONFIDENCE, Vector

# Least effects on a single observation that are called small: Cohen 1988 for ε² and d,
# Romano and others 2006 for Cliff's δ.
WIDEST_DEVIATION = 100.0  # times the calendar's: years that contradict each other say nothing
SMALL_EPSILON_SQUARED = 0.01
SMALL_COHENS_D = 0.2
SMALL_CLIFFS_DELTA = 0.147

SMALLEST_MEAN_SHARE = 0.01  # an item of fewer recipes is left out
SMALLEST_SEASONAL_RANGE = 0.005  # half a point between the seasons
SMALLEST_WEEKEND_DIFFERENCE = 0.002  # a fifth of a point between weekdays and weekend

EFFECT_DIGITS = 3

LEVEL_UNIT_KEYS = {"unit-daily-value": "level-daily-value"}


@dataclass(frozen=True)
class MonthName:
    """A month, 1 to 12, as it reads inside a sentence."""

    month: int

    def text(self, t: Translator) -> str:
        """Give the name in the language of `t`."""
        return str(get_month_names("wide", locale=t.language)[self.month])


class Timed(Protocol):
    """A group that a sentence can say the time of."""

    @property
    def when(self) -> Message:
        """The time as it reads inside a sentence: “in winter”."""


@dataclass(frozen=True)
class Month:
    """A group of the recipes of a month, 1 to 12."""

    month: int

    @property
    def when(self) -> Message:
        """The month as it reads inside a sentence: “in January”."""
        return Message("when-month", {"month": MonthName(self.month)})


@dataclass(frozen=True)
class Group:
    """The name of a group, and how a sentence says when it is."""

    label_key: str
    when_key: str

    @property
    def label(self) -> Message:
        """The name as it stands on an axis."""
        return Message(self.label_key)

    @property
    def when(self) -> Message:
        """The name as it reads inside a sentence: “in winter”."""
        return Message(self.when_key)


@dataclass(frozen=True)
class Grouping:
    """Groups that are compared with each other, with the words for all of them."""

    groups: tuple[Group, ...]
    on_key: str
    between_key: str

    def only(self, chosen: Sequence[int]) -> "Grouping":
        """Return some of the groups, in their order."""
        return replace(self, groups=tuple(self.groups[i] for i in chosen))


SEASONS = Grouping(
    (
        Group(label_key="group-winter", when_key="when-winter"),
        Group(label_key="group-spring", when_key="when-spring"),
        Group(label_key="group-summer", when_key="when-summer"),
        Group(label_key="group-autumn", when_key="when-autumn"),
    ),
    on_key="on-season",
    between_key="between-seasons",
)
WEEKDAYS = Grouping(
    (
        Group(label_key="group-monday", when_key="when-monday"),
        Group(label_key="group-tuesday", when_key="when-tuesday"),
        Group(label_key="group-wednesday", when_key="when-wednesday"),
        Group(label_key="group-thursday", when_key="when-thursday"),
        Group(label_key="group-friday", when_key="when-friday"),
        Group(label_key="group-saturday", when_key="when-saturday"),
        Group(label_key="group-sunday", when_key="when-sunday"),
    ),
    on_key="on-day",
    between_key="between-days",
)

MONTHS = tuple(Month(month) for month in range(1, 13))


def groups_insight(
    metric: Metric, grouping: Grouping, compared: SeveralGroups, p_adjusted: float
) -> Insight:
    """Say whether a quantity differs between groups, where it is highest, and how much it is.

    Args:
        metric: What is measured.
        grouping: The groups, in the order of the comparison.
        compared: Their comparison.
        p_adjusted: P-value of Kruskal–Wallis after correction.

    Raises:
        ValueError: `p_adjusted` is not a probability.
    """
    verdict = _groups_verdict(compared, p_adjusted)
    high, low = grouping.groups[compared.highest], grouping.groups[compared.lowest]
    means = compared.summary.mean
    facts: dict[str, Argument] = {
        "metric": metric.name,
        "high": _quantity(metric, means[compared.highest]),
        "high_when": high.when,
        "low": _quantity(metric, means[compared.lowest]),
        "low_when": low.when,
    }
    effect = compared.kruskal.epsilon_squared
    test: dict[str, Argument] = {
        "n": compared.kruskal.n,
        "h": Number(compared.kruskal.h, 1),
        "p": PValue(p_adjusted),
        "effect": Number(effect.estimate, EFFECT_DIGITS + 1),
    }
    test |= _interval(effect, EFFECT_DIGITS + 1)
    sentences = [Message("groups-means", facts), Message("groups-test", test)]
    if verdict is not Verdict.NO_EVIDENCE and effect.estimate < SMALL_EPSILON_SQUARED:
        on: dict[str, Argument] = {"on": Message(grouping.on_key)}
        sentences.append(Message("groups-small", on | {"share": Percent(effect.estimate, 2)}))
    return Insight(
        verdict,
        _groups_title(verdict, metric, grouping, facts, compared),
        Paragraph(tuple(sentences)),
        Evidence(p_adjusted, _groups_magnitude(compared)),
    )


def two_groups_insight(metric: Metric, compared: TwoGroups, p_adjusted: float) -> Insight:
    """Say whether a quantity is not the same at weekends as on weekdays, and by how much.

    Args:
        metric: What is measured.
        compared: Weekdays, then weekend.
        p_adjusted: P-value of the test that decides, after correction.

    Raises:
        ValueError: `p_adjusted` is not a probability.
    """
    verdict = _two_groups_verdict(compared, p_adjusted)
    difference = compared.welch.difference
    facts: dict[str, Argument] = {
        "weekday": _quantity(metric, compared.summary.mean[0]),
        "weekend": _quantity(metric, compared.summary.mean[1]),
    }
    name: dict[str, Argument] = {"metric": metric.name}
    measured = name | facts | {"difference": metric.slope(difference.estimate)}
    measured |= _interval(difference, metric.digits + 1)
    sentences = [Message("two-means", measured), _two_groups_test(compared, p_adjusted)]
    if verdict is not Verdict.NO_EVIDENCE and _is_small_for_one(compared):
        sentences.append(Message("two-small"))
    if verdict is Verdict.NEGLIGIBLE and not compared.agree:
        sentences.append(Message("two-disagree"))
    title = Message(
        TWO_TITLE_KEYS[verdict],
        name | facts if verdict is Verdict.DIFFERENCE else name,
    )
    evidence = Evidence(p_adjusted, _two_groups_magnitude(compared))
    return Insight(verdict, title, Paragraph(tuple(sentences)), evidence)


def metrics_insight(insights: Sequence[Insight], strongest: int, between_key: str) -> Insight:
    """Say how many of several quantities differ between groups, and tell of the strongest.

    Args:
        insights: One per quantity.
        strongest: Which of them is told in full.
        between_key: Message that names the groups: “between seasons”.
    """
    verdicts = [insight.verdict for insight in insights]
    verdict = next(
        (v for v in (Verdict.DIFFERENCE, Verdict.NEGLIGIBLE) if v in verdicts),
        Verdict.NO_EVIDENCE,
    )
    between: dict[str, Argument] = {"between": Message(between_key)}
    counts: dict[str, Argument] = {"n": verdicts.count(verdict), "total": len(insights)}
    facts = between | counts if verdict is Verdict.DIFFERENCE else between
    return Insight(
        verdict,
        Message(METRICS_TITLE_KEYS[verdict], facts),
        insights[strongest].sentence,
        insights[strongest].evidence,
    )


def calendar_insight(groups: Sequence[Timed], fit: CalendarFit) -> Insight:
    """Say in which group most recipes are published, compared with the days that it has."""
    says_nothing = fit.deviation_high.max() > WIDEST_DEVIATION
    if fit.expected.min() < SMALLEST_GROUP or len(fit.observed) < 2 or says_nothing:
        return _too_few()
    high, low = int(fit.deviation.argmax()), int(fit.deviation.argmin())
    largest = float(np.abs(fit.deviation).max())
    verdict = _verdict(fit.p_value, largest)
    facts: dict[str, Argument] = {
        "high_when": groups[high].when,
        "high": Percent(fit.deviation[high], 1, is_signed=True),
        "high_interval": _percents(fit.deviation_low[high], fit.deviation_high[high]),
        "low_when": groups[low].when,
        "low": Percent(fit.deviation[low], 1, is_signed=True),
        "low_interval": _percents(fit.deviation_low[low], fit.deviation_high[low]),
    }
    title = {name: facts[name] for name in ("high_when", "high")}
    return Insight(
        verdict,
        Message(CALENDAR_TITLE_KEYS[verdict], title if verdict is Verdict.DIFFERENCE else {}),
        Paragraph((Message("calendar-extremes", facts), _calendar_test(fit))),
        Evidence(fit.p_value, largest / SMALLEST_CHANGE),
    )


def deviations_title(groups: Sequence[Timed], fit: CalendarFit, insight: Insight) -> Text:
    """Say between which bounds the deviations of an established difference lie.

    Args:
        groups: In the order of the fit.
        fit: Against the calendar.
        insight: What `calendar_insight` says of it; its title stands where nothing is established.
    """
    if insight.verdict is not Verdict.DIFFERENCE:
        return insight.title
    high, low = int(fit.deviation.argmax()), int(fit.deviation.argmin())
    return Message(
        "calendar-deviations-title",
        {
            "high": Percent(fit.deviation[high], 1, is_signed=True),
            "high_when": groups[high].when,
            "low": Percent(fit.deviation[low], 1, is_signed=True),
            "low_when": groups[low].when,
        },
    )


def weekend_volume_insight(fit: CalendarFit, n_days: Vector) -> Insight:
    """Say how many recipes a calendar weekday brings, compared with a day of the weekend.

    Args:
        fit: Of weekdays, then weekend.
        n_days: The days of both.
    """
    if fit.expected.min() < SMALLEST_GROUP or fit.observed.min() == 0:
        return _too_few()
    ratio, reverse = fit.ratio(0, 1, n_days), fit.ratio(1, 0, n_days)
    largest = max(abs(ratio.estimate - 1), abs(reverse.estimate - 1))
    verdict = _verdict(fit.p_value, largest)
    share = Percent(ratio.estimate - 1, 1, is_signed=True)
    weekday_rate, weekend_rate = (float(rate) for rate in fit.observed / n_days)
    facts: dict[str, Argument] = {
        "weekday": Number(weekday_rate, 1),
        "weekend": Number(weekend_rate, 1),
        "share": share,
        "interval": _percents(ratio.low - 1, ratio.high - 1),
        "confidence": Percent(CONFIDENCE),
        "reverse": Percent(reverse.estimate - 1, 1, is_signed=True),
    }
    return Insight(
        verdict,
        Message(WEEKEND_TITLE_KEYS[verdict], {"share": share} if _is_claim(verdict) else {}),
        Paragraph((Message("weekend-rates", facts), _calendar_test(fit))),
        Evidence(fit.p_value, largest / SMALLEST_CHANGE),
    )


def seasonal_items_insight(
    item: Item, names: Sequence[str], tested: ItemShares, p_adjusted: Vector, kept: Sequence[int]
) -> Insight:
    """Say which item is most tied to a season.

    Args:
        item: What the names are.
        names: One per row of the tests.
        tested: The shares of each season and their tests.
        p_adjusted: One per item, corrected over all of them (Benjamini–Hochberg).
        kept: The items established to differ, the most seasonal first.
    """
    summary = _items_summary(item, len(names), len(kept), SMALLEST_SEASONAL_RANGE)
    if not names:
        return _too_few()
    evidence = evidence_among(p_adjusted, tested.share_range / SMALLEST_SEASONAL_RANGE, kept[:1])
    if not kept:
        return Insight(
            Verdict.NO_EVIDENCE,
            Message("seasonal-items-none-title"),
            Message("seasonal-items-summary", summary),
            evidence,
        )
    first = kept[0]
    shares = tested.shares[first]
    high, low = (SEASONS.groups[int(i)] for i in (shares.argmax(), shares.argmin()))
    facts: dict[str, Argument] = {
        "item": names[first],
        "high": Percent(shares.max(), 1),
        "high_when": high.when,
        "low": Percent(shares.min(), 1),
        "low_when": low.when,
    }
    test: dict[str, Argument] = {
        "p": PValue(float(p_adjusted[first])),
        "chi": Number(float(tested.chi_squared[first]), 1),
        "v": Number(float(tested.cramers_v[first]), EFFECT_DIGITS),
    }
    return Insight(
        Verdict.DIFFERENCE,
        Message("seasonal-items-title", facts),
        Paragraph(
            (
                Message("seasonal-items-summary", summary),
                Message("seasonal-items-first", facts | test),
            )
        ),
        evidence,
    )


def weekend_items_insight(
    item: Item,
    names: Sequence[str],
    differences: tuple[Vector, Vector, Vector],
    p_adjusted: Vector,
    kept: Sequence[int],
) -> Insight:
    """Say which items are most tied to the weekend, and which to weekdays.

    Args:
        item: What the names are.
        names: One per difference.
        differences: Share at weekends minus share on weekdays, with both ends of its interval.
        p_adjusted: One per item, corrected over all of them (Benjamini–Hochberg).
        kept: The items established to differ, the largest difference first.
    """
    summary = _items_summary(item, len(names), len(kept), SMALLEST_WEEKEND_DIFFERENCE)
    if not names:
        return _too_few()
    extremes = [next((i for i in kept if side * differences[0][i] > 0), None) for side in (1, -1)]
    magnitudes = np.abs(differences[0]) / SMALLEST_WEEKEND_DIFFERENCE
    claimed = [i for i in extremes if i is not None]
    evidence = evidence_among(p_adjusted, magnitudes, claimed)
    if not kept:
        return Insight(
            Verdict.NO_EVIDENCE,
            Message("weekend-items-none-title"),
            Message("weekend-items-summary", summary),
            evidence,
        )
    sentences = [Message("weekend-items-summary", summary)]
    for i in claimed:
        sentences.append(_weekend_item(names[i], [ends[i] for ends in differences], p_adjusted[i]))
    return Insight(
        Verdict.DIFFERENCE,
        _weekend_items_title([None if i is None else names[i] for i in extremes]),
        Paragraph(tuple(sentences)),
        evidence,
    )


TWO_TITLE_KEYS = {
    Verdict.DIFFERENCE: "two-difference-title",
    Verdict.NEGLIGIBLE: "two-negligible-title",
    Verdict.NO_EVIDENCE: "two-no-evidence-title",
}
METRICS_TITLE_KEYS = {
    Verdict.DIFFERENCE: "metrics-difference-title",
    Verdict.NEGLIGIBLE: "metrics-negligible-title",
    Verdict.NO_EVIDENCE: "metrics-no-evidence-title",
}
CALENDAR_TITLE_KEYS = {
    Verdict.DIFFERENCE: "calendar-difference-title",
    Verdict.NEGLIGIBLE: "calendar-negligible-title",
    Verdict.NO_EVIDENCE: "calendar-no-evidence-title",
}
WEEKEND_TITLE_KEYS = {
    Verdict.DIFFERENCE: "weekend-difference-title",
    Verdict.NEGLIGIBLE: "weekend-negligible-title",
    Verdict.NO_EVIDENCE: "weekend-no-evidence-title",
}


def _is_claim(verdict: Verdict) -> bool:
    return verdict is Verdict.DIFFERENCE


def _verdict(p_adjusted: float, effect: float, smallest: float = SMALLEST_CHANGE) -> Verdict:
    if not 0 <= p_adjusted <= 1:
        raise ValueError(f"{p_adjusted} is not a p-value")
    if p_adjusted >= SIGNIFICANCE:
        return Verdict.NO_EVIDENCE
    return Verdict.DIFFERENCE if abs(effect) >= smallest else Verdict.NEGLIGIBLE


def _has_extremes(compared: SeveralGroups) -> bool:
    """Tell whether the highest and the lowest mean are established to be 2 % apart."""
    return compared.p_extremes < SIGNIFICANCE and compared.relative_gap >= SMALLEST_CHANGE


def _groups_verdict(compared: SeveralGroups, p_adjusted: float) -> Verdict:
    return _verdict(p_adjusted, _groups_magnitude(compared), smallest=1.0)


def _groups_magnitude(compared: SeveralGroups) -> float:
    """Give the larger of both effects, each as a multiple of the smallest that matters."""
    on_one = compared.kruskal.epsilon_squared.estimate / SMALL_EPSILON_SQUARED
    is_apart = compared.p_extremes < SIGNIFICANCE
    return max(on_one, compared.relative_gap / SMALLEST_CHANGE if is_apart else 0.0)


def _two_groups_verdict(compared: TwoGroups, p_adjusted: float) -> Verdict:
    return _verdict(p_adjusted, _two_groups_magnitude(compared), smallest=1.0)


def _two_groups_magnitude(compared: TwoGroups) -> float:
    """Give the larger of both effects likewise; none if means and ranks point apart."""
    gap = compared.welch.difference
    relative = abs(compared.relative_difference) if gap.low * gap.high > 0 else 0.0
    return max(relative / SMALLEST_CHANGE, _on_one(compared)) if compared.agree else 0.0


def _is_small_for_one(compared: TwoGroups) -> bool:
    return _on_one(compared) < 1


def _on_one(compared: TwoGroups) -> float:
    """Give the effect on a single recipe as a multiple of what the literature calls small."""
    if compared.means_decide:
        return abs(compared.welch.cohens_d.estimate) / SMALL_COHENS_D
    return abs(compared.mann_whitney.cliffs_delta.estimate) / SMALL_CLIFFS_DELTA


def _groups_title(
    verdict: Verdict,
    metric: Metric,
    grouping: Grouping,
    facts: dict[str, Argument],
    compared: SeveralGroups,
) -> Message:
    between: dict[str, Argument] = {
        "metric": metric.name,
        "between": Message(grouping.between_key),
    }
    if verdict is Verdict.NO_EVIDENCE:
        return Message("groups-no-evidence-title", between)
    if verdict is Verdict.NEGLIGIBLE:
        on: dict[str, Argument] = {"metric": metric.name, "on": Message(grouping.on_key)}
        return Message("groups-negligible-title", on)
    if _has_extremes(compared):
        return Message("groups-difference-title", facts)
    return Message("groups-differ-title", between)


def _two_groups_test(compared: TwoGroups, p_adjusted: float) -> Message:
    means_decide = compared.means_decide
    effect = compared.welch.cohens_d if means_decide else compared.mann_whitney.cliffs_delta
    facts: dict[str, Argument] = {
        "p": PValue(p_adjusted),
        "effect": Number(effect.estimate, EFFECT_DIGITS, is_signed=True),
    }
    return Message(
        "two-welch" if means_decide else "two-mann-whitney",
        facts | _interval(effect, EFFECT_DIGITS),
    )


def _calendar_test(fit: CalendarFit) -> Message:
    facts: dict[str, Argument] = {
        "p": PValue(fit.p_value),
        "effect": Number(fit.cohens_w.estimate, EFFECT_DIGITS),
    }
    return Message("calendar-test", facts | _interval(fit.cohens_w, EFFECT_DIGITS))


def _too_few() -> Insight:
    return Insight(
        Verdict.TOO_LITTLE_DATA,
        Message("groups-too-few-title"),
        Message("groups-too-few", {"needed": SMALLEST_GROUP}),
    )


def _items_summary(item: Item, n: int, n_kept: int, threshold: float) -> dict[str, Argument]:
    return {
        "tested": Message(COUNT_KEYS[item], {"n": n}),
        "share": Percent(SMALLEST_MEAN_SHARE),
        "kept": n_kept,
        "threshold": Number(100 * threshold, 1),
        "level": Percent(SIGNIFICANCE),
    }


def _weekend_items_title(extremes: Sequence[str | None]) -> Message:
    up, down = extremes
    if up and down:
        return Message("weekend-items-title", {"weekend": up, "weekday": down})
    if up:
        return Message("weekend-items-weekend-title", {"weekend": up})
    return Message("weekend-items-weekday-title", {"weekday": str(down)})


def _weekend_item(name: str, points: Sequence[float], p_adjusted: float) -> Message:
    difference, low, high = (100 * float(share) for share in points)
    return Message(
        "weekend-item-weekend" if difference > 0 else "weekend-item-weekday",
        {
            "name": name,
            "difference": Message("unit-points", {"number": Number(difference, 2, is_signed=True)}),
            "confidence": Percent(CONFIDENCE),
            "interval": Interval(low, high, 2),
            "p": PValue(float(p_adjusted)),
        },
    )


def _quantity(metric: Metric, x: float) -> Message:
    """Give a level with its unit; a difference of percentages is in points, a level is not."""
    unit_key = LEVEL_UNIT_KEYS.get(metric.unit_key, metric.unit_key)
    return Message(unit_key, {"number": Number(float(x), metric.digits)})


def _interval(effect: Interval95, digits: int) -> dict[str, Argument]:
    return {
        "confidence": Percent(CONFIDENCE),
        "interval": Interval(effect.low, effect.high, digits),
    }


def _percents(low: float, high: float) -> Message:
    ends = {"low": Percent(low, 1, is_signed=True), "high": Percent(high, 1, is_signed=True)}
    return Message("interval", ends)
