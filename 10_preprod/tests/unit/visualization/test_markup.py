from pathlib import Path

import polars as pl
import pytest
from bs4 import BeautifulSoup

from mangetamain_analytics.utils.i18n import LANGUAGES, translator
from mangetamain_analytics.utils.insights import Verdict
from mangetamain_analytics.visualization import markup
from mangetamain_analytics.visualization.markup import Card, Column, Link

HOSTILE = "<b>x</b> \"double\" 'single' & <script>alert(1)</script>"


def parsed(html):
    return BeautifulSoup(html, "html.parser")


def in_english(make):
    return lambda: make(translator("en"))


PIECES = {
    "hero": lambda: markup.hero(HOSTILE, HOSTILE),
    "cards": lambda: markup.cards([Card(HOSTILE, HOSTILE, HOSTILE)]),
    "finding": in_english(lambda t: markup.finding(t, HOSTILE, HOSTILE, [HOSTILE], Verdict.RISE)),
    "contents": lambda: markup.contents(HOSTILE, {HOSTILE: HOSTILE}),
    "links": lambda: markup.links(HOSTILE, [Link(HOSTILE, HOSTILE, HOSTILE)]),
    "facts": lambda: markup.facts({HOSTILE: HOSTILE}),
    "badge": lambda: markup.badge(HOSTILE, HOSTILE),
    "demo_banner": lambda: markup.demo_banner(HOSTILE),
    "footer": lambda: markup.footer([HOSTILE], HOSTILE, HOSTILE),
    "export_buttons": in_english(lambda t: markup.export_buttons(t, HOSTILE, HOSTILE, HOSTILE)),
    "table": lambda: markup.table(
        pl.DataFrame({"item": [HOSTILE], "n": [HOSTILE]}),
        {"item": Column(HOSTILE, str, is_number=False), "n": Column(HOSTILE, str)},
        HOSTILE,
    ),
}


@pytest.mark.parametrize("piece", PIECES)
def test_hostile_text_stays_text(piece):
    soup = parsed(PIECES[piece]())
    assert soup.find(["b", "script"]) is None
    attributes = [value for tag in soup.find_all() for value in tag.attrs.values()]
    values = [" ".join(value) if isinstance(value, list) else value for value in attributes]
    assert HOSTILE in soup.get_text() or any(HOSTILE in value for value in values)
    # A quote that closed its attribute would leave attributes that nobody wrote.
    known = {
        *("class", "id", "href", "aria-label", "role", "target", "type", "scope", "tabindex"),
        *("data-mm-export", "data-mm-card", "data-mm-file", "data-mm-failed"),
        *("data-mm-share", "data-mm-title", "data-mm-done", "data-mm-by-hand", "data-mm-print"),
    }
    assert {name for tag in soup.find_all() for name in tag.attrs} <= known


def test_the_hero_is_the_title_of_the_page():
    soup = parsed(markup.hero("Trends", "How recipes changed"))
    assert soup.h1.text == "Trends"
    assert soup.select_one("header.mm-hero p.mm-lead").text == "How recipes changed"


def test_cards_keep_label_value_and_note_in_order():
    soup = parsed(markup.cards([Card("Period", "1999–2018", "20 years"), Card("a", "b", "c")]))
    cards = soup.select(".mm-cards > .mm-card")
    assert [[p.text for p in card.find_all("p")] for card in cards] == [
        ["Period", "1999–2018", "20 years"],
        ["a", "b", "c"],
    ]
    assert cards[0].select_one(".mm-card-label").text == "Period"
    assert cards[0].select_one(".mm-card-value").text == "1999–2018"
    assert cards[0].select_one(".mm-card-note").text == "20 years"


STYLES = Path(markup.__file__).parents[1] / "assets" / "site.css"
VERDICTS = {
    Verdict.RISE: ("rise", "rise", "hausse"),
    Verdict.FALL: ("fall", "fall", "baisse"),
    Verdict.MIXED: ("mixed", "rises and falls", "hausses et baisses"),
    Verdict.DIFFERENCE: ("difference", "difference", "différence"),
    Verdict.UNCONFIRMED: ("none", "unconfirmed", "non confirmé"),
    Verdict.NEGLIGIBLE: ("none", "too small to matter", "trop faible pour compter"),
    Verdict.NO_EVIDENCE: ("none", "nothing established", "rien d’établi"),
    Verdict.TOO_LITTLE_DATA: (
        "too-little",
        "too little data to tell",
        "trop peu de données pour conclure",
    ),
}


@pytest.mark.parametrize("verdict", Verdict)
def test_each_verdict_has_its_badge(verdict):
    kind, english, french = VERDICTS[verdict]
    for language, text in zip(LANGUAGES, (english, french), strict=True):
        badge = parsed(markup.verdict_badge(translator(language), verdict)).span
        assert badge.text == text
        assert badge["class"] == ["mm-verdict", f"mm-verdict-{kind}"]


@pytest.mark.parametrize("kind", sorted({kind for kind, _, _ in VERDICTS.values()}))
def test_each_kind_of_verdict_has_a_sign_of_its_own(kind):
    assert f"\n.mm-verdict-{kind}::before {{" in STYLES.read_text(encoding="utf-8")


def test_a_finding_shows_its_anchor_title_verdict_and_paragraphs():
    html = markup.finding(translator("en"), "trends-x", "It rises", ["One.", "Two."], Verdict.RISE)
    soup = parsed(html)
    assert soup.find(id="trends-x").h3.text == "It rises"
    assert [p.text for p in soup.find_all("p")] == ["rise", "One.", "Two."]


def test_a_finding_without_verdict_has_no_badge():
    soup = parsed(markup.finding(translator("en"), "trends-x", "Most used", [], None))
    assert soup.h3.text == "Most used"
    assert soup.find_all(["p", "span"]) == []


def test_contents_link_to_their_anchors():
    soup = parsed(markup.contents("On this page", {"trends-a": "Volume", "trends-b": "Time"}))
    assert soup.nav["aria-label"] == "On this page"
    assert [(a["href"], a.text) for a in soup.select("li a")] == [
        ("#trends-a", "Volume"),
        ("#trends-b", "Time"),
    ]


def test_facts_pair_names_and_values():
    soup = parsed(markup.facts({"Data": "Demo", "Version": "abc"}))
    assert [tag.text for tag in soup.find_all("dt")] == ["Data", "Version"]
    assert [tag.text for tag in soup.find_all("dd")] == ["Demo", "abc"]


def test_badges_carry_their_kind():
    badge = parsed(markup.badge("stale", "a newer version is waiting")).span
    assert badge["class"] == ["mm-badge", "mm-badge-stale"]
    assert badge.text == "a newer version is waiting"


def test_links_lead_to_pages_in_the_same_tab_with_a_note_beside():
    links = [Link("kale", "/explore?item=kale", "3 recipes"), Link("tofu", "/explore", "1 recipe")]
    soup = parsed(markup.links("Names that come close", links))
    assert soup.nav["aria-label"] == soup.nav.p.text == "Names that come close"
    assert [li.text for li in soup.select("li")] == ["kale · 3 recipes", "tofu · 1 recipe"]
    assert [a["href"] for a in soup.select("a")] == ["/explore?item=kale", "/explore"]
    assert {a["target"] for a in soup.select("a")} == {"_self"}


def test_a_cell_of_another_site_opens_a_tab_that_cannot_reach_back():
    frame = pl.DataFrame({"n": [7], "item": ["<b>kale</b>"]})
    columns = {
        "n": Column("Number", str, address_of="https://example.org/{}".format),
        "item": Column("Name", str, is_number=False, address_of=lambda name: f"/explore?x={name}"),
    }
    abroad, home = parsed(markup.table(frame, columns, "c")).select("tbody a")
    assert (abroad["href"], abroad["target"]) == ("https://example.org/7", "_blank")
    assert abroad["rel"] == ["noopener", "noreferrer"]
    assert (home.text, home["href"]) == ("<b>kale</b>", "/explore?x=<b>kale</b>")
    assert home["target"] == "_self"


def test_a_cell_without_a_value_is_a_dash_whatever_would_write_it():
    t = translator("en")
    frame = pl.DataFrame({"item": ["kale", "leek"], "p": [None, 0.02]})
    columns = {"item": Column("Item", str), "p": Column("p", t.p_value)}
    cells = parsed(markup.table(frame, columns, "c")).select("td")
    assert [cell.text.replace("\u00a0", " ") for cell in cells] == ["–", "p = 0.020"]


def test_the_footer_ends_with_its_link():
    soup = parsed(markup.footer(["Source", "App 1"], "Method", "/#method"))
    assert [span.text for span in soup.select("footer span")] == ["Source", "App 1"]
    link = soup.footer.find_all(recursive=False)[-1]
    assert (link.name, link["href"], link.text) == ("a", "/#method", "Method")


@pytest.mark.parametrize(
    ("language", "label"),
    [
        ("en", "Download as {}: It rises"),
        ("fr", "Télécharger en {}\u00a0: It rises"),
    ],
)
def test_both_image_buttons_tell_which_chart_and_file_they_save(language, label):
    soup = parsed(
        markup.export_buttons(translator(language), "card-x", "mangetamain_x_v1", "It rises")
    )
    buttons = soup.find_all("button")
    assert [button["data-mm-export"] for button in buttons] == ["png", "svg"]
    assert [button.text for button in buttons] == ["PNG", "SVG"]
    assert [button["aria-label"] for button in buttons] == [
        label.format("PNG"),
        label.format("SVG"),
    ]
    assert {button["data-mm-card"] for button in buttons} == {"card-x"}
    assert {button["data-mm-file"] for button in buttons} == {"mangetamain_x_v1"}
    assert {button["type"] for button in buttons} == {"button"}


def test_a_table_names_its_rows_aligns_its_numbers_and_says_what_it_is():
    frame = pl.DataFrame({"unused": [0, 0], "minutes": [1234.5, 2.25], "year": [2001, 2002]})
    t = translator("en")
    columns = {
        "year": Column("Year", str, is_number=False),
        "minutes": Column("Minutes", lambda value: t.number(value, 1)),
    }
    soup = parsed(markup.table(frame, columns, "The numbers drawn"))
    assert soup.table.caption.text == "The numbers drawn"
    heads = soup.select("thead th")
    assert [(th.text, th["scope"], th.get("class")) for th in heads] == [
        ("Year", "col", None),
        ("Minutes", "col", ["mm-number"]),
    ]
    rows = soup.select("tbody tr")
    assert [(row.th.text, row.th["scope"], row.td.text) for row in rows] == [
        ("2001", "row", "1,234.5"),
        ("2002", "row", "2.2"),
    ]
    assert all(row.td["class"] == ["mm-number"] for row in rows)
    assert all("class" not in row.th.attrs for row in rows)


def test_a_wide_table_scrolls_with_the_keyboard():
    html = markup.table(pl.DataFrame({"year": [2001]}), {"year": Column("Year", str)}, "c")
    assert parsed(html).select_one(".mm-table-scroll")["tabindex"] == "0"


def test_a_table_without_rows_keeps_its_head():
    soup = parsed(markup.table(pl.DataFrame({"year": []}), {"year": Column("Year", str)}, "c"))
    assert [th.text for th in soup.find_all("th")] == ["Year"]


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("half & half, fat-free", "half & half, fat-free"),
        ("[win](https://example.org)", "\\[win\\](https\\://\u2060example.org)"),
        ("![x](y) *a* _b_ `c` ~d~ $e$", r"!\[x\](y) \*a\* \_b\_ \`c\` \~d\~ \$e\$"),
        (r"a\*b\* :red[c]", r"a\\\*b\\\* \:red\[c\]"),
        ("WWW.example.org, ada@example.org", "WWW\u2060.example.org, ada@\u2060example.org"),
        ("a\n\n# b\n> c", "a # b > c"),
    ],
)
def test_what_is_typed_is_text_in_markdown(typed, written):
    """The unseen character is a word joiner, U+2060."""
    assert markup.as_markdown(typed) == written
