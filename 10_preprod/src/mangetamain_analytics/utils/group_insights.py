"""What comparing groups says: numbers in, a verdict and the words for it out.

A difference is claimed when it is significant after correction **and** matters: the means of the
extreme groups are established to differ by 2 % or more, as on the page of trends, or the effect
on a single recipe is at least what the literature calls small. Both effects are always told.
"""

from collections.abc import Sequence

from mangetamain_analytics.utils.group_tests import (
    SMALLEST_GROUP,
    Interval95,
    SeveralGroups,
    TwoGroups,
)
from mangetamain_analytics.utils.groupings import Grouping
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
from mangetamain_analytics.utils.insights import (
    SIGNIFICANCE,
    SMALLEST_CHANGE,
    Evidence,
    Insight,
    Metric,
    Verdict,
    difference_verdict,
)
from mangetamain_analytics.utils.statistics import CONFIDENCE

# Least effects on a single observation that are called small: Cohen 1988 for ε² and d,
# Romano and others 2006 for Cliff's δ.
SMALL_EPSILON_SQUARED = 0.01
SMALL_COHENS_D = 0.2
SMALL_CLIFFS_DELTA = 0.147

EFFECT_DIGITS = 3
EPSILON_DIGITS = 4
SMALLEST_SHOWN_EPSILON = 10**-EPSILON_DIGITS

LEVEL_UNIT_KEYS = {"unit-daily-value": "level-daily-value"}


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
        "effect": epsilon_squared(effect.estimate),
    }
    test |= interval_facts(effect, EPSILON_DIGITS)
    sentences = [Message("groups-means", facts), Message("groups-test", test)]
    if verdict is not Verdict.NO_EVIDENCE and effect.estimate < SMALL_EPSILON_SQUARED:
        on: dict[str, Argument] = {"on": Message(grouping.on_key)}
        sentences.append(Message("groups-small", on | {"share": epsilon_share(effect.estimate)}))
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
    measured |= interval_facts(difference, metric.digits + 1)
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


def _has_extremes(compared: SeveralGroups) -> bool:
    """Tell whether the highest and the lowest mean are established to be 2 % apart."""
    return compared.p_extremes < SIGNIFICANCE and compared.relative_gap >= SMALLEST_CHANGE


def _groups_verdict(compared: SeveralGroups, p_adjusted: float) -> Verdict:
    return difference_verdict(p_adjusted, _groups_magnitude(compared), smallest=1.0)


def _groups_magnitude(compared: SeveralGroups) -> float:
    """Give the larger of both effects, each as a multiple of the smallest that matters."""
    on_one = compared.kruskal.epsilon_squared.estimate / SMALL_EPSILON_SQUARED
    is_apart = compared.p_extremes < SIGNIFICANCE
    return max(on_one, compared.relative_gap / SMALLEST_CHANGE if is_apart else 0.0)


def _two_groups_verdict(compared: TwoGroups, p_adjusted: float) -> Verdict:
    return difference_verdict(p_adjusted, _two_groups_magnitude(compared), smallest=1.0)


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
        facts | interval_facts(effect, EFFECT_DIGITS),
    )


def too_few_insight() -> Insight:
    """Say that a group is too small for a verdict."""
    return Insight(
        Verdict.TOO_LITTLE_DATA,
        Message("groups-too-few-title"),
        Message("groups-too-few", {"needed": SMALLEST_GROUP}),
    )


def _quantity(metric: Metric, x: float) -> Message:
    """Give a level with its unit; a difference of percentages is in points, a level is not."""
    unit_key = LEVEL_UNIT_KEYS.get(metric.unit_key, metric.unit_key)
    return Message(unit_key, {"number": Number(float(x), metric.digits)})


def epsilon_squared(estimate: float) -> Message:
    """Say what ε² is: `ε² = 0.0020`, or a bound where its digits would all be zeros."""
    if estimate < SMALLEST_SHOWN_EPSILON:
        bound: dict[str, Argument] = {"number": Number(SMALLEST_SHOWN_EPSILON, EPSILON_DIGITS)}
        return Message("epsilon-squared-below", bound)
    return Message("epsilon-squared", {"number": Number(estimate, EPSILON_DIGITS)})


def epsilon_share(estimate: float) -> Text:
    """Give the same in percent of the variation: `0.20%`, `< 0.01%`."""
    if estimate < SMALLEST_SHOWN_EPSILON:
        return Message("below", {"number": Percent(SMALLEST_SHOWN_EPSILON, EPSILON_DIGITS - 2)})
    return Percent(estimate, EPSILON_DIGITS - 2)


def epsilon_cell(estimate: float) -> Text:
    """Give the same as it stands under its name in a table."""
    if estimate < SMALLEST_SHOWN_EPSILON:
        return Message("below", {"number": Number(SMALLEST_SHOWN_EPSILON, EPSILON_DIGITS)})
    return Number(estimate, EPSILON_DIGITS)


def interval_facts(effect: Interval95, digits: int) -> dict[str, Argument]:
    """Give the interval of an effect and its confidence as a sentence names them."""
    return {
        "confidence": Percent(CONFIDENCE),
        "interval": Interval(effect.low, effect.high, digits),
    }
