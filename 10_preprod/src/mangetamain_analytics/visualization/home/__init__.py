"""Home: what the data are, what they say most clearly, what was cleaned away, how to read it."""

import streamlit as st

from mangetamain_analytics.utils.i18n import Day, Number, Percent
from mangetamain_analytics.utils.insights import SIGNIFICANCE, Verdict
from mangetamain_analytics.utils.statistics import CONFIDENCE
from mangetamain_analytics.visualization.freshness import freshness_badge
from mangetamain_analytics.visualization.home import cleaning, findings, pieces
from mangetamain_analytics.visualization.home.pieces import Panel
from mangetamain_analytics.visualization.markup import Card
from mangetamain_analytics.visualization.page import (
    Page,
    Visit,
    Years,
    all_years,
    render_no_recipes,
)

PERIOD_KEYS = {"data_period": "home-fresh-recipes", "ratings_period": "home-fresh-ratings"}
MEANING_KEYS = {
    Verdict.RISE: "meaning-rise",
    Verdict.FALL: "meaning-fall",
    Verdict.MIXED: "meaning-mixed",
    Verdict.DIFFERENCE: "meaning-difference",
    Verdict.NEGLIGIBLE: "meaning-negligible",
    Verdict.UNCONFIRMED: "meaning-unconfirmed",
    Verdict.NO_EVIDENCE: "meaning-no-evidence",
    Verdict.TOO_LITTLE_DATA: "meaning-too-little-data",
}


def render(visit: Visit) -> None:
    """Show the page."""
    t = visit.t
    years = all_years(visit)
    st.html(pieces.hero(t("home-title"), t("home-lead"), _facts(visit, years) if years else []))
    if years is None:
        render_no_recipes(visit)
        return
    st.html(findings.section(visit))
    st.html(pieces.panels(_panels(visit)))
    st.header(t("home-cleaning-title"), anchor="cleaning")
    cleaning.render_rules(visit)
    st.header(t("home-method-title"), anchor="method")
    st.markdown(_method(visit))
    meanings = {verdict: t(MEANING_KEYS[verdict]) for verdict in MEANING_KEYS}
    st.html(pieces.verdicts(t, meanings))


def prepare(visit: Visit) -> None:
    """Choose the findings, for which every page is analysed."""
    if all_years(visit):
        findings.choose(visit)


def _facts(visit: Visit, years: Years) -> list[Card]:
    t, n_rows = visit.t, visit.data.snapshot.info.row_counts
    return [
        Card(t("card-period"), str(years)),
        Card(t("card-recipes"), t.number(n_rows["recipes"])),
        Card(t("card-ratings"), t.number(n_rows["interactions"])),
        Card(t("card-users"), t.number(n_rows["users"])),
    ]


def _panels(visit: Visit) -> list[Panel]:
    t = visit.t
    return [
        Panel(t("home-fresh-title"), _freshness(visit), freshness_badge(t)),
        Panel(
            t("home-cleaned-title"),
            cleaning.summary(visit),
            more=(t("home-cleaned-link"), "#cleaning"),
        ),
        Panel(
            t("home-read-title"),
            [t("home-read-text", level=Number(SIGNIFICANCE, 2))],
            more=(t("home-read-link"), "#method"),
        ),
    ]


def _freshness(visit: Visit) -> list[str]:
    t, info = visit.t, visit.data.snapshot.info
    built = t("home-fresh-built", built=t.datetime(info.built_at), version=info.data_version)
    sentences = [built]
    for query, period_key in PERIOD_KEYS.items():
        period = visit.data.query(query).row(0, named=True)
        if period["first_day"]:
            days = {"first": Day(period["first_day"]), "last": Day(period["last_day"])}
            sentences.append(t(period_key, **days))
    return sentences


def _method(visit: Visit) -> str:
    volumes = visit.data.query("trends_volume")["n_recipes"].to_list()
    return visit.t(
        "home-method",
        confidence=Percent(CONFIDENCE),
        fewest=min(volumes),
        most=max(volumes),
        level=Number(SIGNIFICANCE, 2),
    )


PAGE = Page(
    path="",
    title_key="home-menu",
    description_key="home-description",
    icon=":material/home:",
    render=render,
    prepare=prepare,
)
