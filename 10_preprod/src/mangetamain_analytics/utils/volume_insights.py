"""What recipes per year say: the peak, and how the complete years around it go."""

from collections.abc import Mapping, Sequence
from datetime import date

from mangetamain_analytics.utils.i18n import Argument, Day, Message, Paragraph, Percent, PValue
from mangetamain_analytics.utils.insights import (
    SMALLEST_CHANGE,
    Evidence,
    Insight,
    Verdict,
    change_verdict,
    evidence_among,
    period_facts,
    verdict_of_changes,
)
from mangetamain_analytics.utils.statistics import (
    adjust_p_values,
    enough_for_trend,
    mann_kendall,
    ratio,
)

DAYS_OF_GRACE = 7  # a year whose data start on 5 January is complete
SideVerdict = tuple[Verdict, Evidence | None]  # with its evidence, where tested

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
    facts = period_facts((min(counts), max(counts))) | {
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
            effect = ratio(change, sum(side.values()) / len(side))
            evidence = Evidence(p, abs(effect) / SMALLEST_CHANGE)
            verdicts.append((change_verdict(p, effect, SMALLEST_CHANGE), evidence))
    return verdicts


def _overall(before: Verdict, after: Verdict) -> Verdict:
    both = {before, after}
    if both & {Verdict.RISE, Verdict.FALL}:
        return verdict_of_changes(Verdict.RISE in both, Verdict.FALL in both)
    return Verdict.TOO_LITTLE_DATA if both == {Verdict.TOO_LITTLE_DATA} else Verdict.NO_EVIDENCE


def _sides(before: SideVerdict, after: SideVerdict) -> list[Message]:
    if before[0] is after[0] is Verdict.TOO_LITTLE_DATA:
        return [Message("volume-too-little-data")]
    return [_side(BEFORE_PEAK_KEYS, *before), _side(AFTER_PEAK_KEYS, *after)]


def _side(side_keys: Mapping[Verdict, str], verdict: Verdict, found: Evidence | None) -> Message:
    return Message(side_keys[verdict], {"p": PValue(found.p_adjusted)} if found else {})


def _partial_sentence(partial: frozenset[int], first_day: date, last_day: date) -> list[Message]:
    starts, ends = first_day.year in partial, last_day.year in partial
    if starts and ends:
        return [Message("volume-partial-both", {"start": Day(first_day), "end": Day(last_day)})]
    if starts:
        return [Message("volume-partial-first", {"start": Day(first_day)})]
    return [Message("volume-partial-last", {"end": Day(last_day)})] if ends else []


def _evidence_of_sides(*sides: SideVerdict) -> Evidence | None:
    tested = [(verdict, evidence) for verdict, evidence in sides if evidence]
    return evidence_among(
        [evidence.p_adjusted for _, evidence in tested],
        [evidence.magnitude for _, evidence in tested],
        [i for i, (verdict, _) in enumerate(tested) if verdict in (Verdict.RISE, Verdict.FALL)],
    )
