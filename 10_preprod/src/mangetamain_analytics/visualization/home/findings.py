"""The strongest findings of the pages, as cards that lead to their charts."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from mangetamain_analytics.utils.findings import (
    MOST_PER_PAGE,
    N_FINDINGS,
    Finding,
    strongest_findings,
)
from mangetamain_analytics.utils.i18n import Number, Percent
from mangetamain_analytics.utils.insights import SIGNIFICANCE
from mangetamain_analytics.visualization import (
    analyse_ratings,
    analyse_seasonality,
    analyse_trendlines,
    analyse_weekend,
)
from mangetamain_analytics.visualization.home.pieces import FindingCard, finding_cards
from mangetamain_analytics.visualization.links import address
from mangetamain_analytics.visualization.page import DEFAULT_THEME, Analysis, Page, Visit

# The pages whose charts test something, with what they show to those who have not chosen anything.
SOURCES: tuple[tuple[Page, Callable[[Visit], list[Analysis]]], ...] = (
    (analyse_trendlines.PAGE, analyse_trendlines.analyse_at_first),
    (analyse_seasonality.PAGE, analyse_seasonality.analyse_at_first),
    (analyse_weekend.PAGE, analyse_weekend.analyse_at_first),
    (analyse_ratings.PAGE, analyse_ratings.analyse_at_first),
)


@dataclass(frozen=True)
class Choice:
    """The findings that the rule of ``utils.findings`` chose among the tested charts."""

    shown: list[Finding]
    n_tested: int


def choose(visit: Visit) -> Choice:
    """Return the strongest findings in the visitor's language, computed once per data version."""

    def compute() -> Choice:
        # The words of a chart are those of either theme: the views prepared at the start do.
        tested = tested_findings(replace(visit, theme=DEFAULT_THEME))
        return Choice(strongest_findings(tested), len(tested))

    return visit.data.once(("home", "findings", visit.t.language), compute)


def tested_findings(visit: Visit) -> list[Finding]:
    """Return every chart of the site that tests something, with what it found."""
    return [
        Finding(
            page=page.path,
            analysis=analysis.id,
            chart=chart.id,
            question=analysis.name,
            title=chart.title,
            verdict=chart.verdict,
            evidence=chart.evidence,
        )
        for page, analyse in SOURCES
        for analysis in analyse(visit)
        for chart in analysis.charts
        if chart.verdict and chart.evidence
    ]


def section(visit: Visit) -> str:
    """Return the cards of the findings with the rule that chose them."""
    t, choice = visit.t, choose(visit)
    rule = t(
        "home-findings-rule",
        tested=choice.n_tested,
        level=Percent(SIGNIFICANCE),
        most=MOST_PER_PAGE,
    )
    fewer = t("home-findings-fewer") if len(choice.shown) < N_FINDINGS else ""
    return finding_cards(
        t,
        t("home-findings-title", n=len(choice.shown)),
        [_card(visit, finding) for finding in choice.shown],
        " ".join(filter(None, (fewer, rule))),
    )


def _card(visit: Visit, finding: Finding) -> FindingCard:
    t, magnitude = visit.t, finding.evidence.magnitude
    (page,) = (page for page, _ in SOURCES if page.path == finding.page)
    return FindingCard(
        source=f"{t(page.title_key)} · {finding.question}",
        title=finding.title,
        verdict=finding.verdict,
        p=t.p_value(finding.evidence.p_adjusted),
        size=t("home-finding-size", times=Number(magnitude, 0 if magnitude >= 10 else 1)),
        address=address(finding.page, f"finding-{finding.chart}"),
    )
