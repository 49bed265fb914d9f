"""What the ratings of chosen ingredients allow us to say, corrected over all of them."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from mangetamain_analytics.utils.i18n import (
    Argument,
    Interval,
    Message,
    Paragraph,
    Percent,
    PValue,
    Text,
)
from mangetamain_analytics.utils.insights import (
    SIGNIFICANCE,
    Insight,
    Verdict,
    difference_verdict,
    evidence_among,
)
from mangetamain_analytics.utils.rating_insights import SMALLEST_STAR_CHANGE, best_verdict, stars
from mangetamain_analytics.utils.rating_statistics import Difference
from mangetamain_analytics.utils.statistics import CONFIDENCE, SMALLEST_VERDICT, Trend

YEARS_PER_DECADE = 10

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
        verdict = best_verdict(judged)
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
    found = best_verdict(judged)
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
    found = best_verdict(judged)
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
