"""What comparing the shares of items between groups says."""

from collections.abc import Sequence

import numpy as np

from mangetamain_analytics.utils.group_insights import EFFECT_DIGITS, too_few_insight
from mangetamain_analytics.utils.groupings import SEASONS
from mangetamain_analytics.utils.i18n import (
    Argument,
    Interval,
    Message,
    Number,
    Paragraph,
    Percent,
    PValue,
)
from mangetamain_analytics.utils.insights import (
    COUNT_KEYS,
    SIGNIFICANCE,
    Insight,
    Item,
    Verdict,
    evidence_among,
)
from mangetamain_analytics.utils.item_shares import ItemShares
from mangetamain_analytics.utils.statistics import CONFIDENCE, Vector

SMALLEST_MEAN_SHARE = 0.01  # an item of fewer recipes is left out
SMALLEST_SEASONAL_RANGE = 0.005  # half a point between the seasons
SMALLEST_WEEKEND_DIFFERENCE = 0.002  # a fifth of a point between weekdays and weekend


def seasonal_items_insight(
    item: Item,
    names: Sequence[str],
    tested: ItemShares,
    p_adjusted: Vector,
    kept: Sequence[int],
    min_share: float = SMALLEST_MEAN_SHARE,
) -> Insight:
    """Say which item is most tied to a season.

    Args:
        item: What the names are.
        names: One per row of the tests.
        tested: The shares of each season and their tests.
        p_adjusted: One per item, corrected over all of them (Benjamini–Hochberg).
        kept: The items established to differ, the most seasonal first.
        min_share: Mean share from which items were tested.
    """
    summary = _items_summary(item, len(names), min_share, len(kept), SMALLEST_SEASONAL_RANGE)
    if not names:
        return too_few_insight()
    evidence = evidence_among(p_adjusted, tested.share_range / SMALLEST_SEASONAL_RANGE, kept[:1])
    if not kept:
        return Insight(
            Verdict.NO_EVIDENCE,
            Message("seasonal-items-none-title"),
            Message("seasonal-items-summary", summary),
            evidence,
        )
    facts = _extreme_seasons(names[kept[0]], tested.shares[kept[0]])
    first = Message(
        "seasonal-items-first", facts | share_test(tested, kept[0], p_adjusted[kept[0]])
    )
    return Insight(
        Verdict.DIFFERENCE,
        Message("seasonal-items-title", facts),
        Paragraph((Message("seasonal-items-summary", summary), first)),
        evidence,
    )


def _extreme_seasons(name: str, shares: Vector) -> dict[str, Argument]:
    high, low = (SEASONS.groups[int(i)] for i in (shares.argmax(), shares.argmin()))
    return {
        "item": name,
        "high": Percent(shares.max(), 1),
        "high_when": high.when,
        "low": Percent(shares.min(), 1),
        "low_when": low.when,
    }


def share_test(tested: ItemShares, i: int, p_adjusted: float) -> dict[str, Argument]:
    """Give the χ² test of an item, after correction, as a sentence names it."""
    return {
        "p": PValue(float(p_adjusted)),
        "chi": Number(float(tested.chi_squared[i]), 1),
        "v": Number(float(tested.cramers_v[i]), EFFECT_DIGITS),
    }


def weekend_items_insight(
    item: Item,
    names: Sequence[str],
    differences: tuple[Vector, Vector, Vector],
    p_adjusted: Vector,
    kept: Sequence[int],
    min_share: float = SMALLEST_MEAN_SHARE,
) -> Insight:
    """Say which items are most tied to the weekend, and which to weekdays.

    Args:
        item: What the names are.
        names: One per difference.
        differences: Share at weekends minus share on weekdays, with both ends of its interval.
        p_adjusted: One per item, corrected over all of them (Benjamini–Hochberg).
        kept: The items established to differ, the largest difference first.
        min_share: Mean share from which items were tested.
    """
    summary = _items_summary(item, len(names), min_share, len(kept), SMALLEST_WEEKEND_DIFFERENCE)
    if not names:
        return too_few_insight()
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


def share_threshold(min_share: float) -> Percent:
    """Give a threshold in percent with the digits that it needs: 1 %, 0.5 %."""
    return Percent(min_share, 0 if round(100 * min_share, 1).is_integer() else 1)


def _items_summary(
    item: Item, n: int, min_share: float, n_kept: int, threshold: float
) -> dict[str, Argument]:
    return {
        "tested": Message(COUNT_KEYS[item], {"n": n}),
        "share": share_threshold(min_share),
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
