"""What can be said of one ingredient or tag: numbers in, a verdict and the words for it out.

The page of an item asks several questions at once: their p-values are corrected together before
they come here. A share of 0.2 % never moves by half a point: what matters is measured against the
item's own share, and against the thresholds of the pages that compare all items.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from mangetamain_analytics.utils.group_insights import EFFECT_DIGITS
from mangetamain_analytics.utils.group_item_insights import (
    SMALLEST_SEASONAL_RANGE,
    SMALLEST_WEEKEND_DIFFERENCE,
    share_test,
)
from mangetamain_analytics.utils.group_tests import SMALLEST_GROUP, Interval95
from mangetamain_analytics.utils.groupings import Timed
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
    Metric,
    Verdict,
    difference_verdict,
    trend_insight,
)
from mangetamain_analytics.utils.item_shares import ItemShares
from mangetamain_analytics.utils.item_trend_insights import SMALLEST_SHARE_CHANGE
from mangetamain_analytics.utils.rating_insights import SMALLEST_STAR_CHANGE, stars
from mangetamain_analytics.utils.rating_statistics import RecipesCompared
from mangetamain_analytics.utils.statistics import CONFIDENCE, MannKendall, Trend

SMALLEST_OF_OWN_SHARE = 0.2  # a fifth of the item's own share matters, however rare the item
SMALLEST_LIFT = 1.2  # a companion that is a fifth more frequent beside the item than elsewhere
MOST_DIGITS = 4  # of a share in percent


@dataclass(frozen=True)
class ShareMetric(Metric):
    """The share of the recipes that carry an item, in percent."""

    item: str = ""

    @property
    def name(self) -> Message:
        """The name as it reads inside a sentence."""
        return Message(self.name_key, {"item": self.item})


def share_digits(share: float) -> int:
    """Give the digits of a percentage that show two significant ones of its distance to an end."""
    to_end = min(share, 1 - share)
    if to_end <= 0:
        return 1
    return max(1, min(MOST_DIGITS, 1 - math.floor(math.log10(100 * to_end))))


def item_trend_insight(
    item: str,
    trend: Trend | None,
    p_adjusted: float,
    years: tuple[int, int],
    mann_kendall: MannKendall | None,
    share: float,
) -> Insight:
    """Say whether an item's share of the recipes rises or falls over the years.

    Args:
        item: its name.
        trend: of the yearly share in percent, weighted by the recipes of the year; None where
            there are too few years to fit one.
        p_adjusted: of its slope, after correction; not read without a trend.
        years: first and last year of the fit.
        mann_kendall: the robust companion of the trend.
        share: of the recipes of all these years, a fraction. Half a point over the period counts,
            as where all items are compared, and so does a fifth of this share.
    """
    metric = ShareMetric(
        name_key="explore-metric-share",
        unit_key="unit-points",
        digits=share_digits(share),
        item=item,
    )
    smallest = min(SMALLEST_OF_OWN_SHARE, SMALLEST_SHARE_CHANGE / share)
    return trend_insight(metric, trend, p_adjusted, years, mann_kendall, smallest)


def item_groups_insight(
    item: str,
    groups: Sequence[Timed],
    tested: ItemShares | None,
    p_adjusted: float,
    between_key: str,
) -> Insight:
    """Say when an item takes the largest share of the recipes: in which season, or which month.

    Args:
        item: its name.
        groups: in the order of the test.
        tested: the shares of this item alone; None where recipes are too few for a test.
        p_adjusted: of the χ² test, after correction; not read without a test.
        between_key: message that names the groups: “between seasons”.
    """
    if tested is None:
        return _too_few()
    shares = tested.shares[0]
    smallest = min(SMALLEST_OF_OWN_SHARE * float(tested.mean_share[0]), SMALLEST_SEASONAL_RANGE)
    verdict = difference_verdict(p_adjusted, float(tested.share_range[0]), smallest)
    high, low = int(shares.argmax()), int(shares.argmin())
    digits = share_digits(float(shares[high]))
    ends: dict[str, Argument] = {
        "high": Percent(float(shares[high]), digits),
        "high_when": groups[high].when,
        "low": Percent(float(shares[low]), digits),
        "low_when": groups[low].when,
    }
    between: dict[str, Argument] = {"between": Message(between_key)}
    return Insight(
        verdict,
        Message(WHEN_TITLE_KEYS[verdict], ends if verdict is Verdict.DIFFERENCE else between),
        Message(
            WHEN_SENTENCE_KEYS[verdict], ends | {"item": item} | share_test(tested, 0, p_adjusted)
        ),
    )


WHEN_TITLE_KEYS = {
    Verdict.DIFFERENCE: "explore-when-difference-title",
    Verdict.NEGLIGIBLE: "explore-when-negligible-title",
    Verdict.NO_EVIDENCE: "explore-when-no-evidence-title",
}
WHEN_SENTENCE_KEYS = {
    Verdict.DIFFERENCE: "explore-when-difference-sentence",
    Verdict.NEGLIGIBLE: "explore-when-negligible-sentence",
    Verdict.NO_EVIDENCE: "explore-when-no-evidence-sentence",
}


def item_weekend_insight(
    item: str, tested: ItemShares | None, difference: Interval95, p_adjusted: float
) -> Insight:
    """Say whether an item takes another share of the recipes at weekends than on weekdays.

    Args:
        item: its name.
        tested: its shares on weekdays and at weekends; None where recipes are too few for a test.
        difference: share at weekends minus share on weekdays.
        p_adjusted: of the χ² test, after correction; not read without a test.
    """
    if tested is None:
        return _too_few()
    weekday, weekend = (float(share) for share in tested.shares[0])
    smallest = min(SMALLEST_OF_OWN_SHARE * float(tested.mean_share[0]), SMALLEST_WEEKEND_DIFFERENCE)
    verdict = difference_verdict(p_adjusted, difference.estimate, smallest)
    digits = share_digits(max(weekday, weekend))
    shares: dict[str, Argument] = {
        "weekday": Percent(weekday, digits),
        "weekend": Percent(weekend, digits),
    }
    evidence: dict[str, Argument] = {
        "item": item,
        "difference": Message(
            "unit-points", {"number": Number(100 * difference.estimate, digits, is_signed=True)}
        ),
        "confidence": Percent(CONFIDENCE),
        "interval": Interval(100 * difference.low, 100 * difference.high, digits),
    }
    title_key = WEEKEND_TITLE_KEYS[verdict]
    if verdict is Verdict.DIFFERENCE and difference.estimate < 0:
        title_key = LESS_AT_WEEKENDS_KEY
    return Insight(
        verdict,
        Message(title_key, shares if verdict is Verdict.DIFFERENCE else {}),
        Message("explore-weekend-sentence", shares | evidence | share_test(tested, 0, p_adjusted)),
    )


WEEKEND_TITLE_KEYS = {
    Verdict.DIFFERENCE: "explore-weekend-more-title",
    Verdict.NEGLIGIBLE: "explore-weekend-negligible-title",
    Verdict.NO_EVIDENCE: "explore-weekend-no-evidence-title",
}
LESS_AT_WEEKENDS_KEY = "explore-weekend-less-title"


def item_ratings_insight(
    item: str, compared: RecipesCompared | None, p_adjusted: float, needed: int
) -> Insight:
    """Say whether recipes with an item are rated otherwise than the rest.

    Args:
        item: its name.
        compared: ratings of the recipes with the item, against the others; None where there are
            too few for a verdict.
        p_adjusted: of the difference, after correction; not read without one.
        needed: fewest rated recipes of each side.
    """
    if compared is None:
        return Insight(
            Verdict.TOO_LITTLE_DATA,
            Message("explore-ratings-too-few-title"),
            Message("explore-ratings-too-few", {"needed": needed}),
        )
    difference = compared.difference
    verdict = difference_verdict(p_adjusted, difference.value, SMALLEST_STAR_CHANGE)
    own, rest = (stars(float(mean)) for mean in compared.means.mean)
    means: dict[str, Argument] = {"own": own, "rest": rest}
    evidence: dict[str, Argument] = {
        "item": item,
        "difference": stars(difference.value, 3, is_signed=True),
        "confidence": Percent(CONFIDENCE),
        "interval": Interval(difference.low, difference.high, 3),
        "p": PValue(p_adjusted),
        "effect": Number(compared.cohens_d, EFFECT_DIGITS, is_signed=True),
    }
    title_key = RATINGS_TITLE_KEYS[verdict]
    if verdict is Verdict.DIFFERENCE and difference.value < 0:
        title_key = RATED_WORSE_KEY
    sentences = [Message("explore-ratings-sentence", means | evidence)]
    if verdict is Verdict.NEGLIGIBLE:
        smallest: dict[str, Argument] = {"smallest": stars(SMALLEST_STAR_CHANGE, 1)}
        sentences.append(Message("explore-ratings-negligible-sentence", smallest))
    return Insight(verdict, Message(title_key, means), Paragraph(tuple(sentences)))


RATINGS_TITLE_KEYS = {
    Verdict.DIFFERENCE: "explore-ratings-better-title",
    Verdict.NEGLIGIBLE: "explore-ratings-negligible-title",
    Verdict.NO_EVIDENCE: "explore-ratings-no-evidence-title",
}
RATED_WORSE_KEY = "explore-ratings-worse-title"


def companions_insight(
    item: str, kind: Item, names: Sequence[str], lifts: Sequence[float], kept: Sequence[int]
) -> Insight:
    """Say what goes with an item more often than with recipes at large.

    Args:
        item: its name.
        kind: what the companions are.
        names: those that were tested together.
        lifts: how many times as often each stands beside the item as in all recipes.
        kept: those established to be more frequent, the highest lift first.
    """
    if not names:
        return Insight(
            Verdict.TOO_LITTLE_DATA,
            Message("explore-typical-too-few-title"),
            Message("explore-typical-too-few", {"needed": SMALLEST_GROUP}),
        )
    summary: dict[str, Argument] = {
        "tested": Message(COUNT_KEYS[kind], {"n": len(names)}),
        "kept": len(kept),
        "smallest": Number(SMALLEST_LIFT, 1),
        "level": Percent(SIGNIFICANCE),
    }
    if not kept:
        return Insight(
            Verdict.NO_EVIDENCE,
            Message("explore-typical-none-title", {"item": item}),
            Message("explore-typical-summary", summary),
        )
    first: dict[str, Argument] = {
        "companion": names[kept[0]],
        "lift": Number(float(lifts[kept[0]]), 1),
    }
    return Insight(
        Verdict.DIFFERENCE,
        Message("explore-typical-title", first),
        Message("explore-typical-summary", summary),
    )


def _too_few() -> Insight:
    return Insight(
        Verdict.TOO_LITTLE_DATA,
        Message("groups-too-few-title"),
        Message("explore-when-too-few", {"needed": SMALLEST_GROUP}),
    )
