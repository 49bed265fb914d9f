"""What comparing counts with the calendar says: when recipes come, and by how much more."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from mangetamain_analytics.utils.calendar_fit import CalendarFit
from mangetamain_analytics.utils.group_insights import (
    EFFECT_DIGITS,
    interval_facts,
    too_few_insight,
)
from mangetamain_analytics.utils.group_tests import SMALLEST_GROUP
from mangetamain_analytics.utils.groupings import Timed
from mangetamain_analytics.utils.i18n import (
    Argument,
    Message,
    Number,
    Paragraph,
    Percent,
    PValue,
    Text,
)
from mangetamain_analytics.utils.insights import (
    SMALLEST_CHANGE,
    Evidence,
    Insight,
    Verdict,
    difference_verdict,
)
from mangetamain_analytics.utils.statistics import CONFIDENCE, Vector, adjust_p_values


def corrected_together(*fits: CalendarFit) -> list[CalendarFit]:
    """Correct the tests of one analysis for each other (Holm); those of too little are none."""
    tested = [fit for fit in fits if _is_testable(fit)]
    adjusted = iter(adjust_p_values([fit.p_value for fit in tested], "holm").tolist())
    return [
        replace(fit, p_adjusted=next(adjusted), n_tests=len(tested)) if _is_testable(fit) else fit
        for fit in fits
    ]


def _is_testable(fit: CalendarFit) -> bool:
    says_nothing = bool(np.isnan(fit.deviation_high).any())
    return fit.expected.min() >= SMALLEST_GROUP and len(fit.observed) > 1 and not says_nothing


def calendar_insight(groups: Sequence[Timed], fit: CalendarFit) -> Insight:
    """Say in which group most recipes are published, compared with the days that it has."""
    if not _is_testable(fit):
        return too_few_insight()
    high, low = int(fit.deviation.argmax()), int(fit.deviation.argmin())
    largest = float(np.abs(fit.deviation).max())
    verdict = difference_verdict(fit.p_adjusted, largest, SMALLEST_CHANGE)
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
        Evidence(fit.p_adjusted, largest / SMALLEST_CHANGE),
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
        return too_few_insight()
    ratio, reverse = fit.ratio(0, 1, n_days), fit.ratio(1, 0, n_days)
    largest = max(abs(ratio.estimate - 1), abs(reverse.estimate - 1))
    verdict = difference_verdict(fit.p_adjusted, largest, SMALLEST_CHANGE)
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
        _weekend_title(verdict, ratio.estimate - 1),
        Paragraph((Message("weekend-rates", facts), _calendar_test(fit))),
        Evidence(fit.p_adjusted, largest / SMALLEST_CHANGE),
    )


CALENDAR_TITLE_KEYS = {
    Verdict.DIFFERENCE: "calendar-difference-title",
    Verdict.NEGLIGIBLE: "calendar-negligible-title",
    Verdict.NO_EVIDENCE: "calendar-no-evidence-title",
}

WEEKEND_TITLE_KEYS = {
    Verdict.NEGLIGIBLE: "weekend-negligible-title",
    Verdict.NO_EVIDENCE: "weekend-no-evidence-title",
}


def _weekend_title(verdict: Verdict, difference: float) -> Message:
    if verdict is not Verdict.DIFFERENCE:
        return Message(WEEKEND_TITLE_KEYS[verdict])
    share: dict[str, Argument] = {"share": Percent(abs(difference), 1)}
    return Message("weekend-more-title" if difference > 0 else "weekend-less-title", share)


def _calendar_test(fit: CalendarFit) -> Message:
    facts: dict[str, Argument] = {
        "p": PValue(fit.p_adjusted),
        "effect": Number(fit.cohens_w.estimate, EFFECT_DIGITS),
    }
    return Message("calendar-test", facts | interval_facts(fit.cohens_w, EFFECT_DIGITS))


def _percents(low: float, high: float) -> Message:
    ends = {"low": Percent(low, 1, is_signed=True), "high": Percent(high, 1, is_signed=True)}
    return Message("interval", ends)
