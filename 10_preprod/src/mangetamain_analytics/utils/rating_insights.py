"""What the ratings allow us to say: numbers in, a verdict and the words for it out.

A million ratings make a hundredth of a star significant. A finding needs significance after
correction **and** a tenth of a star (or a rank correlation of a tenth): below, the words say
that the difference is too small to matter.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from mangetamain_analytics.utils.calendar_fit import CalendarFit
from mangetamain_analytics.utils.group_insights import epsilon_squared
from mangetamain_analytics.utils.group_tests import KruskalWallis, MannWhitney
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
    Evidence,
    Insight,
    Verdict,
    change_verdict,
    difference_verdict,
    evidence_among,
)
from mangetamain_analytics.utils.rating_months import MeanLevel, MonthlyTrend
from mangetamain_analytics.utils.rating_statistics import Difference, RankCorrelations
from mangetamain_analytics.utils.statistics import CONFIDENCE

SMALLEST_STAR_CHANGE = 0.1
SMALLEST_CORRELATION = 0.1  # Cohen 1988: a small effect
SMALLEST_DEVIATION = 0.05  # of the ratings of an average day
MONTHS_PER_DECADE = 120

TREND_TITLE_KEYS = {
    Verdict.RISE: "ratings-trend-rise-title",
    Verdict.FALL: "ratings-trend-fall-title",
    Verdict.NEGLIGIBLE: "ratings-trend-negligible-title",
    Verdict.NO_EVIDENCE: "ratings-trend-no-evidence-title",
}
TREND_SENTENCE_KEYS = {
    Verdict.RISE: "ratings-trend-rise-sentence",
    Verdict.FALL: "ratings-trend-fall-sentence",
    Verdict.NEGLIGIBLE: "ratings-trend-negligible-sentence",
    Verdict.NO_EVIDENCE: "ratings-trend-no-evidence-sentence",
}
GAP_TITLE_KEYS = {
    Verdict.DIFFERENCE: "ratings-gap-difference-title",
    Verdict.NEGLIGIBLE: "ratings-gap-negligible-title",
    Verdict.NO_EVIDENCE: "ratings-gap-no-evidence-title",
}
WEEKEND_KEYS = {
    Verdict.DIFFERENCE: "ratings-weekend-difference",
    Verdict.NEGLIGIBLE: "ratings-weekend-negligible",
    Verdict.NO_EVIDENCE: "ratings-weekend-no-evidence",
}
VOLUME_TITLE_KEYS = {
    Verdict.DIFFERENCE: "ratings-volume-difference-title",
    Verdict.NEGLIGIBLE: "ratings-volume-negligible-title",
    Verdict.NO_EVIDENCE: "ratings-volume-no-evidence-title",
}
CORRELATION_TITLE_KEYS = {
    Verdict.DIFFERENCE: "ratings-correlation-difference-title",
    Verdict.NEGLIGIBLE: "ratings-correlation-negligible-title",
    Verdict.NO_EVIDENCE: "ratings-correlation-no-evidence-title",
}


def stars(value: float, digits: int = 2, *, is_signed: bool = False) -> Message:
    """Give a number of stars with its unit."""
    return Message("ratings-stars", {"number": Number(value, digits, is_signed=is_signed)})


def monthly_trend_insight(trend: MonthlyTrend | None, n_months: int, span: int) -> Insight:
    """Say whether the monthly mean rises or falls, neighbouring months being alike.

    Args:
        trend: None where the months cannot carry a verdict.
        n_months: number of means.
        span: months from the first to the last one.
    """
    if trend is None:
        return Insight(
            Verdict.TOO_LITTLE_DATA,
            Message("ratings-trend-too-little-title"),
            Message("ratings-trend-too-little-sentence", {"n": n_months}),
        )
    change = trend.weighted.slope * span
    verdict = change_verdict(trend.p_value, change, SMALLEST_STAR_CHANGE)
    per_decade = [
        MONTHS_PER_DECADE * x
        for x in (trend.weighted.slope, trend.slope_low, trend.slope_high, trend.sen_slope)
    ]
    evidence: dict[str, Argument] = {
        "slope": stars(per_decade[0], 3, is_signed=True),
        "interval": Interval(per_decade[1], per_decade[2], 3),
        "confidence": Percent(CONFIDENCE),
        "p": PValue(trend.p_value),
    }
    if verdict is not Verdict.NO_EVIDENCE:
        evidence["change"] = stars(change, 2, is_signed=True)
    title = {} if verdict is Verdict.NO_EVIDENCE else {"change": stars(change, 2, is_signed=True)}
    return Insight(
        verdict,
        Message(TREND_TITLE_KEYS[verdict], title),
        Paragraph((Message(TREND_SENTENCE_KEYS[verdict], evidence), _companions(trend, n_months))),
        Evidence(trend.p_value, abs(change) / SMALLEST_STAR_CHANGE),
    )


def _companions(trend: MonthlyTrend, n_months: int) -> Message:
    return Message(
        "ratings-trend-companions",
        {"n": n_months, "n_effective": Number(trend.n_effective, 0), "p": PValue(trend.p_robust)},
    )


def level_sentence(level: MeanLevel) -> Message:
    """Say how well the mean of the months is known, and what a naive formula would claim."""
    return Message(
        "ratings-level-sentence",
        {
            "mean": stars(level.mean, 3),
            "half_width": Number(level.half_width, 3),
            "naive": Number(level.half_width_naive, 4),
            "n": level.n_months,
            "r": Number(level.autocorrelation, 2),
            "n_effective": Number(level.n_effective, 0),
            "confidence": Percent(CONFIDENCE),
        },
    )


def gap_insight(grouping: Grouping, means: ArrayLike, test: KruskalWallis) -> Insight:
    """Say whether ratings differ between seasons, or between weekdays.

    Args:
        grouping: the groups, in the order of the means.
        means: stars, one per group.
        test: of all the ratings, by ranks.
    """
    values = np.asarray(means, dtype=float)
    highest, lowest = int(values.argmax()), int(values.argmin())
    gap = float(values[highest] - values[lowest])
    verdict = difference_verdict(test.p_value, gap, SMALLEST_STAR_CHANGE)
    ends: dict[str, Argument] = {
        "high": stars(float(values[highest]), 3),
        "high_when": grouping.groups[highest].when,
        "low": stars(float(values[lowest]), 3),
        "low_when": grouping.groups[lowest].when,
    }
    titles: dict[Verdict, dict[str, Argument]] = {
        Verdict.DIFFERENCE: ends,
        Verdict.NEGLIGIBLE: {"on": Message(grouping.on_key), "gap": stars(gap)},
        Verdict.NO_EVIDENCE: {"between": Message(grouping.between_key)},
    }
    evidence: dict[str, Argument] = {
        "n": test.n,
        "p": PValue(test.p_value),
        "effect": epsilon_squared(test.epsilon_squared.estimate),
    }
    return Insight(
        verdict,
        Message(GAP_TITLE_KEYS[verdict], titles[verdict]),
        Paragraph((Message("ratings-gap-means", ends), Message("ratings-gap-test", evidence))),
        Evidence(test.p_value, gap / SMALLEST_STAR_CHANGE),
    )


def too_few_to_compare(needed: int) -> Message:
    """Say that groups are too small to be compared."""
    return Message("ratings-gap-too-few", {"needed": needed})


def weekend_sentence(difference: Difference, test: MannWhitney) -> tuple[Verdict, Message]:
    """Say whether ratings of the weekend differ from those of weekdays.

    Args:
        difference: of the means, weekend less weekdays.
        test: by ranks, weekend against weekdays.
    """
    verdict = difference_verdict(difference.p_value, difference.value, SMALLEST_STAR_CHANGE)
    return verdict, Message(
        WEEKEND_KEYS[verdict],
        {
            "difference": stars(difference.value, 3, is_signed=True),
            "interval": Interval(difference.low, difference.high, 3),
            "confidence": Percent(CONFIDENCE),
            "p": PValue(difference.p_value),
            "delta": Number(test.cliffs_delta.estimate, 3, is_signed=True),
            "p_ranks": PValue(test.p_value),
        },
    )


def volume_insight(grouping: Grouping, fit: CalendarFit) -> Insight:
    """Say when most ratings come, against what the days of the calendar would bring.

    Args:
        grouping: the groups, in the order of the fit.
        fit: of the number of ratings to the calendar.
    """
    most, least = int(fit.deviation.argmax()), int(fit.deviation.argmin())
    gap = float(fit.deviation[most] - fit.deviation[least])
    verdict = difference_verdict(fit.p_adjusted, gap, SMALLEST_DEVIATION)
    more, less = (Percent(float(fit.deviation[i]), 1, is_signed=True) for i in (most, least))
    titles: dict[Verdict, dict[str, Argument]] = {
        Verdict.DIFFERENCE: {"when": grouping.groups[most].when, "more": more},
        Verdict.NEGLIGIBLE: {},
        Verdict.NO_EVIDENCE: {},
    }
    return Insight(
        verdict,
        Message(VOLUME_TITLE_KEYS[verdict], titles[verdict]),
        Message(
            "ratings-volume-sentence",
            {
                "more": more,
                "more_when": grouping.groups[most].when,
                "less": less,
                "less_when": grouping.groups[least].when,
                "p": PValue(fit.p_adjusted),
            },
        ),
        Evidence(fit.p_adjusted, gap / SMALLEST_DEVIATION),
    )


def correlations_insight(
    names: Sequence[Text], correlations: RankCorrelations, p_adjusted: ArrayLike
) -> Insight:
    """Say what goes with a recipe's rating: the strongest of several rank correlations.

    Args:
        names: of what ratings are compared with, as they read inside a sentence.
        correlations: one per name.
        p_adjusted: corrected over all of them (Holm).
    """
    order = np.argsort(-np.abs(correlations.rho), kind="stable")
    strongest = int(order[0])
    judged = [
        difference_verdict(float(p), float(rho), SMALLEST_CORRELATION)
        for p, rho in zip(np.asarray(p_adjusted), correlations.rho, strict=True)
    ]
    found = best_verdict(judged)
    shown = next((int(i) for i in order if judged[i] is found), strongest)
    words: dict[str, Argument] = {
        "name": names[shown],
        "rho": Number(float(correlations.rho[shown]), 3, is_signed=True),
    }
    evidence = words | {
        "n": correlations.n,
        "interval": Interval(float(correlations.low[shown]), float(correlations.high[shown]), 3),
        "confidence": Percent(CONFIDENCE),
        "p": PValue(float(np.asarray(p_adjusted)[shown])),
    }
    return Insight(
        found,
        Message(CORRELATION_TITLE_KEYS[found], words if found is Verdict.DIFFERENCE else {}),
        Message("ratings-correlation-sentence", evidence),
        evidence_among(p_adjusted, np.abs(correlations.rho) / SMALLEST_CORRELATION, [shown]),
    )


def best_verdict(judged: Sequence[Verdict]) -> Verdict:
    """Give the strongest claim among verdicts on differences."""
    for found in (Verdict.DIFFERENCE, Verdict.NEGLIGIBLE):
        if found in judged:
            return found
    return Verdict.NO_EVIDENCE
