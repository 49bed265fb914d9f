"""Which findings of the site are the strongest: a rule that looks at no wording and at no raw p.

The findings of all pages are judged together. Each one's p-value, already corrected within its
analysis, is corrected once more over all the charts that test something (Holm): whoever reads
the home page reads a choice among all of them. What stays significant is ranked by magnitude, a
multiple of the smallest effect that counts for its question, which is not finite against a mean
of zero. So a huge number of rows alone makes no finding strong. Each page gives one before any
page gives its second, and an analysis gives one: the same fact drawn twice is one finding.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from math import isfinite

from mangetamain_analytics.utils.insights import SIGNIFICANCE, Evidence, Verdict
from mangetamain_analytics.utils.statistics import adjust_p_values

N_FINDINGS = 5
MOST_PER_PAGE = 2

CLAIMS = frozenset({Verdict.RISE, Verdict.FALL, Verdict.MIXED, Verdict.DIFFERENCE})


@dataclass(frozen=True)
class Finding:
    """What a chart found.

    Attributes:
        page: Address of its page.
        analysis: Its question, unique among all pages.
        chart: Its chart, unique among all pages.
        question: The name of the analysis.
        title: The finding in a line, as the chart says it.
        verdict: What the evidence says.
        evidence: How sure and how large it is.
    """

    page: str
    analysis: str
    chart: str
    question: str
    title: str
    verdict: Verdict
    evidence: Evidence


def strongest_findings(tested: Sequence[Finding]) -> list[Finding]:
    """Return the strongest findings of the site, the largest magnitude first.

    Args:
        tested: Every chart that tests something, in the order of the pages, whatever it found:
            those that found nothing count in the correction.

    At most `N_FINDINGS`; fewer where fewer hold.
    """
    turns: list[list[Finding]] = [[] for _ in range(MOST_PER_PAGE)]
    n_of_page: Counter[str] = Counter()
    analyses: set[str] = set()
    for finding in sorted(_established(tested), key=_magnitude, reverse=True):
        if finding.analysis not in analyses and n_of_page[finding.page] < MOST_PER_PAGE:
            turns[n_of_page[finding.page]].append(finding)
            n_of_page[finding.page] += 1
            analyses.add(finding.analysis)
    return sorted(list(chain(*turns))[:N_FINDINGS], key=_magnitude, reverse=True)


def _established(tested: Sequence[Finding]) -> list[Finding]:
    p_values = adjust_p_values([finding.evidence.p_adjusted for finding in tested], "holm")
    return [
        finding
        for finding, p in zip(tested, p_values, strict=True)
        if finding.verdict in CLAIMS and p < SIGNIFICANCE and isfinite(_magnitude(finding))
    ]


def _magnitude(finding: Finding) -> float:
    return finding.evidence.magnitude
