"""What the ratings allow us to say: numbers in, a verdict and the words for it out.

A million ratings make a hundredth of a star significant. A finding needs significance after
correction **and** a tenth of a star (or a rank correlation of a tenth): below, the words say
that the difference is too small to matter.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from mangetamain_analytics.utils.group_insights import Grouping
from mangetamain_analytics.utils.group_tests import CalendarFit, KruskalWallis, MannWhitney
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
    Evidence,
    Insight,
    Verdict,
    evidence_among,
)
from mangetamain_analytics.utils.rating_statistics import (
    Difference,
    MeanLevel,
    MonthlyTrend,
    RankCorrelations,
)
from mangetamain_analytics.utils.statistics import CONFIDENCE, SMALLEST_VERDICT, Trend

SMALLEST_STAR_CHANGE = 0.1
SMALLEST_CORRELATION = 0.1  # Cohen 1988: a small effect
SMALLEST_DEVIATION = 0.05  # of the ratings of an average day
MONTHS_PER_DECADE = 120
YEARS_PER_DECADE = 10


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
ITEM_TREND_TITLE_KEYS = {
    Verdict.RISE: "ratings-item-trend-rise-title",
    Verdict.FALL: "ratings-item-trend-fall-title",
    Verdict.MIXED: "ratings-item-trend-mixed-title",
    Verdict.NEGLIGIBLE: "ratings-item-trend-negligible-title",
    Verdict.NO_EVIDENCE: "ratings-item-trend-no-evidence-title",
}
ITEM_SEASON_TITLE_KEYS = {
    Verdict.DIFFERENCE: "ratings-item-season-difference-title",
    Verdict.NEGLIGIBLE: "ratings-item-season-negligible-title",
    Verdict.NO_EVIDENCE: "ratings-item-season-no-evidence-title",
}
ITEM_WEEKEND_TITLE_KEYS = {
    Verdict.DIFFERENCE: "ratings-item-weekend-difference-title",
    Verdict.NEGLIGIBLE: "ratings-item-weekend-negligible-title",
    Verdict.NO_EVIDENCE: "ratings-item-weekend-no-evidence-title",
}


def stars(value: float, digits: int = 2, *, is_signed: bool = False) -> Message:
    """Give a number of stars with its unit."""
    return Message("ratings-stars", {"number": Number(value, digits, is_signed=is_signed)})


def difference_verdict(p_value: float, size: float, smallest: float) -> Verdict:
    """Judge a difference by its corrected p-value and its size.

    Raises:
        ValueError: `p_value` is not a probability.
    """
    if not 0 <= p_value <= 1:
        raise ValueError(f"{p_value} is not a p-value")
    if p_value >= SIGNIFICANCE:
        return Verdict.NO_EVIDENCE
    return Verdict.DIFFERENCE if abs(size) >= smallest else Verdict.NEGLIGIBLE


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
    verdict = _direction(difference_verdict(trend.p_value, change, SMALLEST_STAR_CHANGE), change)
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


def _direction(found: Verdict, change: float) -> Verdict:
    if found is not Verdict.DIFFERENCE:
        return found
    return Verdict.RISE if change > 0 else Verdict.FALL


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
        "effect": Number(test.epsilon_squared.estimate, 4),
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
    verdict = difference_verdict(fit.p_value, gap, SMALLEST_DEVIATION)
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
                "p": PValue(fit.p_value),
            },
        ),
        Evidence(fit.p_value, gap / SMALLEST_DEVIATION),
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
    found = _best(judged)
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


def _best(judged: Sequence[Verdict]) -> Verdict:
    for found in (Verdict.DIFFERENCE, Verdict.NEGLIGIBLE):
        if found in judged:
            return found
    return Verdict.NO_EVIDENCE


def item_trends_insight(
    names: Sequence[str], trends: Sequence[Trend], p_adjusted: ArrayLike, spans: Sequence[int]
) -> Insight:
    """Say which ingredient's ratings rise or fall over the years.

    Args:
        names: one per trend; none of them where no ingredient has enough years.
        trends: of the yearly mean.
        p_adjusted: corrected over all of them (Benjamini–Hochberg).
        spans: years from the first to the last of each.
    """
    if not trends:
        needed = {"needed": SMALLEST_VERDICT}
        return Insight(
            Verdict.TOO_LITTLE_DATA,
            Message("ratings-item-trend-too-little-title"),
            Message("ratings-item-trend-too-little-sentence", needed),
        )
    changes = [trend.slope * span for trend, span in zip(trends, spans, strict=True)]
    p = np.asarray(p_adjusted, dtype=float)
    judged = [
        difference_verdict(float(p[i]), change, SMALLEST_STAR_CHANGE)
        for i, change in enumerate(changes)
    ]
    rises = [i for i, s in enumerate(judged) if s is Verdict.DIFFERENCE and changes[i] > 0]
    falls = [i for i, s in enumerate(judged) if s is Verdict.DIFFERENCE and changes[i] < 0]
    if rises and falls:
        verdict = Verdict.MIXED
    elif rises or falls:
        verdict = Verdict.RISE if rises else Verdict.FALL
    else:
        verdict = _direction(_best(judged), 0.0)
    strongest_rise = max(rises, key=lambda i: changes[i], default=None)
    strongest_fall = min(falls, key=lambda i: changes[i], default=None)
    title: dict[str, Argument] = {}
    sentences: list[Text] = [_tested(len(names), len(rises) + len(falls))]
    if strongest_rise is not None:
        title["rise"] = names[strongest_rise]
        sentences.append(_item_trend("rise", names, trends, p, strongest_rise))
    if strongest_fall is not None:
        title["fall"] = names[strongest_fall]
        sentences.append(_item_trend("fall", names, trends, p, strongest_fall))
    claimed = [i for i in (strongest_rise, strongest_fall) if i is not None]
    return Insight(
        verdict,
        Message(ITEM_TREND_TITLE_KEYS[verdict], title),
        Paragraph(tuple(sentences)),
        evidence_among(p, np.abs(changes) / SMALLEST_STAR_CHANGE, claimed),
    )


ITEM_TREND_SENTENCE_KEYS = {
    "rise": "ratings-item-trend-rise-sentence",
    "fall": "ratings-item-trend-fall-sentence",
}


def _item_trend(
    way: str, names: Sequence[str], trends: Sequence[Trend], p: ArrayLike, i: int
) -> Message:
    low, slope, high = (
        YEARS_PER_DECADE * x for x in (trends[i].slope_low, trends[i].slope, trends[i].slope_high)
    )
    return Message(
        ITEM_TREND_SENTENCE_KEYS[way],
        {
            "name": names[i],
            "slope": stars(slope, 2, is_signed=True),
            "interval": Interval(low, high, 2),
            "confidence": Percent(CONFIDENCE),
            "p": PValue(float(np.asarray(p)[i])),
        },
    )


def _tested(n_tested: int, n_established: int) -> Message:
    return Message(
        "ratings-items-tested",
        {
            "tested": n_tested,
            "established": n_established,
            "smallest": stars(SMALLEST_STAR_CHANGE, 1),
            "level": Percent(SIGNIFICANCE),
        },
    )


def item_seasons_insight(
    names: Sequence[str], gaps: ArrayLike, p_adjusted: ArrayLike, best: Sequence[Text]
) -> Insight:
    """Say which ingredient is rated differently according to the season.

    Args:
        names: one per ingredient that could be tested; maybe none.
        gaps: stars between its best and its worst season.
        p_adjusted: corrected over all of them (Benjamini–Hochberg).
        best: when it is rated best.
    """
    if not names:
        return _items_too_few()
    sizes, p = np.asarray(gaps, dtype=float), np.asarray(p_adjusted, dtype=float)
    judged = [
        difference_verdict(float(p[i]), float(sizes[i]), SMALLEST_STAR_CHANGE)
        for i in range(len(p))
    ]
    found = _best(judged)
    title: dict[str, Argument] = {}
    claimed = []
    if found is Verdict.DIFFERENCE:
        i = max((i for i, s in enumerate(judged) if s is found), key=lambda i: sizes[i])
        title = {"name": names[i], "when": best[i], "gap": stars(float(sizes[i]))}
        claimed = [i]
    n_established = judged.count(Verdict.DIFFERENCE)
    return Insight(
        found,
        Message(ITEM_SEASON_TITLE_KEYS[found], title),
        _tested(len(names), n_established),
        evidence_among(p, sizes / SMALLEST_STAR_CHANGE, claimed),
    )


def item_weekends_insight(
    names: Sequence[str], differences: Sequence[Difference], p_adjusted: ArrayLike
) -> Insight:
    """Say which ingredient is rated differently at weekends.

    Args:
        names: one per ingredient that could be tested; maybe none.
        differences: weekend less weekdays.
        p_adjusted: corrected over all of them (Benjamini–Hochberg).
    """
    if not names:
        return _items_too_few()
    p = np.asarray(p_adjusted, dtype=float)
    judged = [
        difference_verdict(float(p[i]), difference.value, SMALLEST_STAR_CHANGE)
        for i, difference in enumerate(differences)
    ]
    found = _best(judged)
    sizes = np.abs([difference.value for difference in differences])
    title: dict[str, Argument] = {}
    claimed = []
    if found is Verdict.DIFFERENCE:
        i = max((i for i, s in enumerate(judged) if s is found), key=lambda i: sizes[i])
        title = {
            "name": names[i],
            "difference": stars(differences[i].value, 2, is_signed=True),
        }
        claimed = [i]
    n_established = judged.count(Verdict.DIFFERENCE)
    return Insight(
        found,
        Message(ITEM_WEEKEND_TITLE_KEYS[found], title),
        _tested(len(names), n_established),
        evidence_among(p, sizes / SMALLEST_STAR_CHANGE, claimed),
    )


def _items_too_few() -> Insight:
    return Insight(
        Verdict.TOO_LITTLE_DATA,
        Message("ratings-items-too-little-title"),
        Message("ratings-items-too-little-sentence"),
    )
