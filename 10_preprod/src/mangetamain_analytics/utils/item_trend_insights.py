"""What the yearly shares of items say: which rise most, and which fall most."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from mangetamain_analytics.utils.i18n import Interval, Message, Number, Paragraph, Percent
from mangetamain_analytics.utils.insights import (
    COUNT_KEYS,
    SIGNIFICANCE,
    Insight,
    Item,
    Verdict,
    evidence_among,
    period_facts,
    verdict_of_changes,
)
from mangetamain_analytics.utils.statistics import (
    CONFIDENCE,
    SMALLEST_VERDICT,
    Trend,
    Trends,
    enough_for_trend,
)

SMALLEST_SHARE_CHANGE = 0.005  # half a point of the recipes, over the whole period


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
    summary = period_facts(years) | {
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
        verdict_of_changes(bool(rises), bool(falls)),
        _items_title([names[i] for i in rises[:1]], [names[i] for i in falls[:1]]),
        Paragraph(
            (
                Message("items-summary", summary | {"rises": len(rises), "falls": len(falls)}),
                *(_item_sentence(names[i], trends[i]) for i in strongest),
            )
        ),
        evidence,
    )


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
