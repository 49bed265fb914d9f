"""The findings on the home page are those of the charts they lead to."""

from urllib.parse import urlsplit

import pytest

from mangetamain_analytics.utils.findings import CLAIMS, MOST_PER_PAGE, N_FINDINGS
from mangetamain_analytics.utils.i18n import LANGUAGES, translator
from mangetamain_analytics.utils.insights import Verdict
from mangetamain_analytics.visualization import PAGES
from mangetamain_analytics.visualization.home import findings
from mangetamain_analytics.visualization.markup import VERDICT_KEYS


def plain(text):
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def cards(site):
    return site.soup.select(".mm-top-list li")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_card_says_what_its_chart_says_and_leads_to_it(open_site, demo_db, language):
    home = open_site(demo_db, lang=language)
    pages = {}
    assert cards(home)
    for card in cards(home):
        link = urlsplit(card.a["href"])
        path = link.path.removeprefix("/")
        pages.setdefault(path, open_site(demo_db, path, lang=language).soup)
        (chart,) = pages[path].select(f"#{link.fragment}")
        assert card.a.text == chart.h3.text
        assert card.select_one(".mm-verdict").text == chart.select_one(".mm-verdict").text
        (page,) = (page for page in PAGES if page.path == path)
        assert card.select_one(".mm-top-source").text.startswith(
            translator(language)(page.title_key)
        )


def test_links_keep_language_and_theme_and_nothing_else(open_site, demo_db):
    chosen = open_site(demo_db, lang="fr", light="true", years=["2001", "2003"])
    assert {urlsplit(card.a["href"]).query for card in cards(chosen)} == {"lang=fr&light=true"}
    bare = open_site(demo_db)
    assert {urlsplit(card.a["href"]).query for card in cards(bare)} == {""}


def test_only_claims_stand_there_from_several_pages(open_site, demo_db):
    shown = cards(open_site(demo_db))
    badges = {card.select_one(".mm-verdict").text for card in shown}
    paths = [urlsplit(card.a["href"]).path for card in shown]
    t = translator("en")
    assert badges <= {t(VERDICT_KEYS[verdict]) for verdict in CLAIMS}
    assert len(shown) <= N_FINDINGS
    assert len(set(paths)) >= 3
    assert all(paths.count(path) <= MOST_PER_PAGE for path in paths)


def test_the_rule_is_told_with_the_number_of_tested_charts(
    open_site, demo_db, visit, demo_snapshot
):
    tested = findings.tested_findings(visit(data=demo_snapshot))
    assert len(tested) > 30
    assert {one.verdict for one in tested} > CLAIMS & {Verdict.RISE, Verdict.DIFFERENCE}
    rule = plain(open_site(demo_db).soup.select_one(".mm-top-rule").text)
    assert f"of {len(tested)} tested charts" in rule
    assert "at most 2 per page" in rule


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_fewer_hold_fewer_are_shown_and_the_page_says_so(open_site, small_db, language):
    site, t = open_site(small_db, lang=language), translator(language)
    n = len(cards(site))
    assert n < N_FINDINGS
    assert site.soup.select_one(".mm-top h2").text == t("home-findings-title", n=n)
    assert site.soup.select_one(".mm-top-rule").text.startswith(t("home-findings-fewer"))


def test_size_and_p_value_are_those_of_the_evidence(open_site, demo_db, visit, demo_snapshot):
    first, *_ = findings.choose(visit(data=demo_snapshot)).shown
    card = plain(cards(open_site(demo_db))[0].select_one(".mm-top-strength").text)
    digits = 0 if first.evidence.magnitude >= 10 else 1
    assert f"{first.evidence.magnitude:,.{digits}f} × the smallest effect" in card
    assert plain(translator("en").p_value(first.evidence.p_adjusted)) in card


def test_the_choice_is_made_once_for_both_themes(visit, demo_snapshot, monkeypatch):
    chosen = findings.choose(visit("fr", data=demo_snapshot))
    monkeypatch.setattr(findings, "SOURCES", None)  # nothing may be analysed again
    assert findings.choose(visit("fr", "light", data=demo_snapshot)) is chosen


def test_no_chart_claims_without_significance_and_size(visit, demo_snapshot, snapshot):
    for data in (demo_snapshot, snapshot):
        for one in findings.tested_findings(visit(data=data)):
            if one.verdict in CLAIMS:
                assert one.evidence.p_adjusted < 0.05, one
                assert one.evidence.magnitude >= 1, one


def test_a_visitor_of_the_light_theme_does_not_wait_for_other_views(
    visit, edited_snapshot, monkeypatch
):
    themes = []
    monkeypatch.setattr(findings, "tested_findings", lambda seen: themes.append(seen.theme) or [])
    findings.choose(visit("en", "light", data=edited_snapshot()))
    assert themes == ["dark"]
