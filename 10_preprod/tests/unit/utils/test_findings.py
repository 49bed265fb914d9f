"""Which findings the home page shows, on candidates whose order is known."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mangetamain_analytics.utils.findings import (
    CLAIMS,
    MOST_PER_PAGE,
    N_FINDINGS,
    Finding,
    strongest_findings,
)
from mangetamain_analytics.utils.insights import Evidence, Verdict

SURE = 1e-9


def finding(
    analysis: str,
    magnitude: float,
    p: float = SURE,
    verdict: Verdict = Verdict.DIFFERENCE,
    chart: str = "",
) -> Finding:
    """A finding of the page that its analysis begins with: `trends-volume`."""
    return Finding(
        page=analysis.split("-")[0],
        analysis=analysis,
        chart=chart or analysis,
        question=f"Question {analysis}",
        title=f"What {analysis} found",
        verdict=verdict,
        evidence=Evidence(p, magnitude),
    )


def names(tested: list[Finding]) -> list[str]:
    return [one.chart for one in strongest_findings(tested)]


def test_the_largest_effects_come_first_whatever_their_p_values() -> None:
    tested = [
        finding("trends-volume", 2, p=1e-300),
        finding("weekend-volume", 9, p=0.001),
        finding("ratings-trend", 4, p=1e-5),
    ]

    assert names(tested) == ["weekend-volume", "ratings-trend", "trends-volume"]


def test_every_page_gives_its_first_before_one_gives_its_second_and_none_a_third() -> None:
    tested = [
        *(finding(f"trends-{n}", 100 - n) for n in range(4)),
        *(finding(f"weekend-{n}", 50 - n) for n in range(3)),
        finding("seasonality-0", 3),
        finding("ratings-0", 2),
    ]

    assert names(tested) == ["trends-0", "trends-1", "weekend-0", "seasonality-0", "ratings-0"]
    assert names(tested[:7]) == ["trends-0", "trends-1", "weekend-0", "weekend-1"]
    assert names(tested[:4]) == ["trends-0", "trends-1"]


def test_one_fact_drawn_three_times_is_one_finding() -> None:
    tested = [
        finding("weekend-volume", 25, chart="weekend-days"),
        finding("weekend-volume", 52, chart="weekend-day-types"),
        finding("weekend-volume", 25, chart="weekend-deviation"),
        finding("weekend-tags", 3),
    ]

    assert names(tested) == ["weekend-day-types", "weekend-tags"]


@pytest.mark.parametrize("verdict", [verdict for verdict in Verdict if verdict not in CLAIMS])
def test_what_a_chart_does_not_claim_is_not_claimed_on_the_home_page(verdict: Verdict) -> None:
    assert names([finding("trends-volume", 90, verdict=verdict)]) == []


def test_a_p_value_is_corrected_for_all_the_charts_that_test_something() -> None:
    """0.005 stands among nine others (Holm: 0.05 / 10), 0.0049 does; a single one needs 0.05."""
    others = [finding(f"trends-{n}", 1, p=0.9, verdict=Verdict.NO_EVIDENCE) for n in range(9)]

    assert names([finding("ratings-trend", 5, p=0.049)]) == ["ratings-trend"]
    assert names([*others, finding("ratings-trend", 5, p=0.0049)]) == ["ratings-trend"]
    assert names([*others, finding("ratings-trend", 5, p=0.0051)]) == []
    # one false finding in twenty home pages, not one among twenty findings
    assert names([finding("ratings-trend", 5, p=0.03), finding("weekend-tags", 4, p=0.03)]) == []


def test_without_a_test_there_is_no_finding() -> None:
    assert strongest_findings([]) == []


@given(
    st.lists(
        st.builds(
            finding,
            analysis=st.sampled_from([f"{page}-{n}" for page in "abcd" for n in range(3)]),
            magnitude=st.floats(0, 100),
            p=st.floats(0, 1),
            verdict=st.sampled_from(Verdict),
        ),
        max_size=30,
    )
)
def test_the_rule_holds_whatever_was_found(tested: list[Finding]) -> None:
    chosen = strongest_findings(tested)
    pages = [one.page for one in chosen]

    assert len(chosen) <= N_FINDINGS
    assert len({one.analysis for one in chosen}) == len(chosen)
    assert all(pages.count(page) <= MOST_PER_PAGE for page in pages)
    assert all(one.verdict in CLAIMS and one.evidence.p_adjusted < 0.05 for one in chosen)
    sizes = [one.evidence.magnitude for one in chosen]
    assert sizes == sorted(sizes, reverse=True)
    surer = [replace(one, evidence=replace(one.evidence, p_adjusted=0.0)) for one in tested]
    assert {one.page for one in strongest_findings(surer)} >= set(pages)
