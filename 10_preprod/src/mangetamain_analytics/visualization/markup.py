"""The pieces of HTML that assets/site.css dresses: texts in, escaped HTML out."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import polars as pl

from mangetamain_analytics.utils.i18n import Translator
from mangetamain_analytics.utils.insights import Verdict

IMAGE_FORMATS = ("png", "svg")

# What means something within a line of Streamlit's Markdown.
MARKDOWN_SIGNS = re.compile(r"[\\`*_\[\]~$:]")
# Bare addresses become links all the same, unless an unseen character stands in them.
BARE_ADDRESS = re.compile(r"://|www|@", re.IGNORECASE)

VERDICT_KEYS = {
    Verdict.RISE: "verdict-rise",
    Verdict.FALL: "verdict-fall",
    Verdict.MIXED: "verdict-mixed",
    Verdict.DIFFERENCE: "verdict-difference",
    Verdict.UNCONFIRMED: "verdict-unconfirmed",
    Verdict.NEGLIGIBLE: "verdict-negligible",
    Verdict.NO_EVIDENCE: "verdict-no-evidence",
    Verdict.TOO_LITTLE_DATA: "verdict-too-little-data",
}
VERDICT_CLASSES = {
    Verdict.RISE: "rise",
    Verdict.FALL: "fall",
    Verdict.MIXED: "mixed",
    Verdict.DIFFERENCE: "difference",
    Verdict.UNCONFIRMED: "none",
    Verdict.NEGLIGIBLE: "none",
    Verdict.NO_EVIDENCE: "none",
    Verdict.TOO_LITTLE_DATA: "too-little",
}


@dataclass(frozen=True)
class Card:
    """A figure that stands for itself: what it is, its value, maybe a line of explanation."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class Link:
    """A text that leads to another page of the site, and a word about what is there."""

    text: str
    address: str
    note: str


@dataclass(frozen=True)
class Column:
    """A column of a table: its title, how its values are written, whether they are numbers.

    `address_of` says where a value leads to, if values do; another site opens in a new tab.
    `title_address` says where the title leads to, if it does.
    """

    title: str
    write: Callable[[Any], str]
    is_number: bool = True
    address_of: Callable[[Any], str] | None = None
    title_address: str = ""


def as_markdown(text: str) -> str:
    """Return Markdown that reads as this text: what visitors type must not become a link."""
    line = BARE_ADDRESS.sub("\\g<0>\N{WORD JOINER}", " ".join(text.split()))
    return MARKDOWN_SIGNS.sub(r"\\\g<0>", line)


def hero(title: str, lead: str) -> str:
    """Return the head of a page."""
    return (
        f'<header class="mm-hero"><h1>{escape(title)}</h1>'
        f'<p class="mm-lead">{escape(lead)}</p></header>'
    )


def cards(items: Sequence[Card], *, of_words: bool = False) -> str:
    """Return a row of cards that wraps; those whose values are words are wider."""
    row = "mm-cards mm-cards-of-words" if of_words else "mm-cards"
    return f'<div class="{row}">{"".join(map(_card, items))}</div>'


def _card(card: Card) -> str:
    # The display face has a thin space for thousands that can hardly be seen.
    value = card.value.replace("\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}")
    return (
        f'<div class="mm-card"><p class="mm-card-label">{escape(card.label)}</p>'
        f'<p class="mm-card-value">{escape(value)}</p>'
        f"{_note(card.note)}</div>"
    )


def _note(text: str) -> str:
    return f'<p class="mm-card-note">{escape(text)}</p>' if text else ""


def verdict_badge(t: Translator, verdict: Verdict) -> str:
    """Return the verdict as a badge."""
    text = escape(t(VERDICT_KEYS[verdict]))
    return f'<span class="mm-verdict mm-verdict-{VERDICT_CLASSES[verdict]}">{text}</span>'


def finding(
    t: Translator, anchor: str, title: str, paragraphs: Sequence[str], verdict: Verdict | None
) -> str:
    """Return the title of a chart: what was found, in a line and in sentences."""
    badge = f"<p>{verdict_badge(t, verdict)}</p>" if verdict else ""
    text = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    return (
        f'<div class="mm-finding" id="{escape(anchor)}"><h3>{escape(title)}</h3>{badge}{text}</div>'
    )


def contents(label: str, links: Mapping[str, str]) -> str:
    """Return links to the anchors of a page: texts by anchor."""
    items = "".join(
        f'<li class="mm-chip"><a href="#{escape(anchor)}">{escape(text)}</a></li>'
        for anchor, text in links.items()
    )
    return f'<nav aria-label="{escape(label)}"><ul class="mm-chips">{items}</ul></nav>'


def links(label: str, targets: Sequence[Link]) -> str:
    """Return links to other pages under a label."""
    items = "".join(
        f'<li class="mm-chip"><a href="{escape(link.address)}" target="_self">'
        f"{escape(link.text)}</a> · {escape(link.note)}</li>"
        for link in targets
    )
    return (
        f'<nav class="mm-links" aria-label="{escape(label)}"><p>{escape(label)}</p>'
        f'<ul class="mm-chips">{items}</ul></nav>'
    )


def facts(pairs: Mapping[str, str]) -> str:
    """Return small print: names and values."""
    rows = "".join(
        f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in pairs.items()
    )
    return f'<dl class="mm-facts">{rows}</dl>'


def badge(kind: str, text: str) -> str:
    """Return a badge of the kind ``preprod``, ``prod``, ``local``, ``fresh`` or ``stale``."""
    return f'<span class="mm-badge mm-badge-{escape(kind)}">{escape(text)}</span>'


def skip_link(text: str) -> str:
    """Return the link, seen when focused, that site.js makes lead past the sidebar."""
    return f'<a class="mm-skip" href="#content">{escape(text)}</a>'


def demo_banner(text: str) -> str:
    """Return the notice above a page that shows demo data."""
    return f'<p class="mm-demo-banner" role="note">{escape(text)}</p>'


def footer(texts: Sequence[str], link: str, address: str) -> str:
    """Return the foot of the page, ending in a link."""
    spans = "".join(f"<span>{escape(text)}</span>" for text in texts)
    anchor = f'<a href="{escape(address)}" target="_self">{escape(link)}</a>'
    return f'<footer class="mm-footer">{spans}{anchor}</footer>'


def export_buttons(t: Translator, card: str, file_stem: str, title: str) -> str:
    """Return the buttons that site.js makes save the chart of a card as an image."""
    return "".join(
        f'<button type="button" class="mm-export" data-mm-export="{image_format}"'
        f' data-mm-card="{escape(card)}" data-mm-file="{escape(file_stem)}"'
        f' data-mm-failed="{escape(t("download-image-failed", format=image_format.upper()))}"'
        f' aria-label="{escape(t("download-image", format=image_format.upper(), title=title))}">'
        f"{image_format.upper()}</button>"
        for image_format in IMAGE_FORMATS
    )


def chart_link_button(t: Translator, anchor: str, title: str) -> str:
    """Return the button that site.js makes share a link to one chart."""
    return _link_button(t, anchor, t("share-chart"), title, t("share-chart-label", title=title))


def page_buttons(t: Translator, title: str) -> str:
    """Return the buttons that site.js makes share a link to the page, and print it."""
    link = _link_button(t, "", t("share-page"), title, t("share-page-label"))
    return (
        f'{link}<button type="button" class="mm-export" data-mm-print>{escape(t("print"))}</button>'
    )


def _link_button(t: Translator, anchor: str, text: str, title: str, label: str) -> str:
    return (
        f'<button type="button" class="mm-export" data-mm-share="{escape(anchor)}"'
        f' data-mm-title="{escape(title)}" data-mm-done="{escape(t("share-done"))}"'
        f' data-mm-by-hand="{escape(t("share-by-hand"))}" aria-label="{escape(label)}">'
        f"{escape(text)}</button>"
    )


def paper_note(text: str) -> str:
    """Return a line that is on paper only."""
    return f'<p class="mm-paper-note">{escape(text)}</p>'


def table(frame: pl.DataFrame, columns: Mapping[str, Column], caption: str) -> str:
    """Return the frame's columns as a table, with a dash for null; the first one names its rows."""
    head = "".join(f'<th scope="col"{_align(c)}>{_title(c)}</th>' for c in columns.values())
    rows = frame.select(list(columns)).iter_rows()
    body = "".join(f"<tr>{_cells(row, list(columns.values()))}</tr>" for row in rows)
    return (
        f'<div class="mm-table-scroll" role="region" aria-label="{escape(caption)}" tabindex="0">'
        f'<table class="mm-table">'
        f"<caption>{escape(caption)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _title(column: Column) -> str:
    if not column.title_address:
        return escape(column.title)
    return _anchor(column.title, column.title_address)


def _cells(row: Sequence[object], columns: Sequence[Column]) -> str:
    first, *others = (
        (_cell(column, value), _align(column)) for column, value in zip(columns, row, strict=True)
    )
    return f'<th scope="row"{first[1]}>{first[0]}</th>' + "".join(
        f"<td{align}>{text}</td>" for text, align in others
    )


def _cell(column: Column, value: object) -> str:
    if value is None:
        return "–"
    text = column.write(value)
    return escape(text) if column.address_of is None else _anchor(text, column.address_of(value))


def _anchor(text: str, address: str) -> str:
    is_ours = address.startswith("/")
    tab = 'target="_self"' if is_ours else 'target="_blank" rel="noopener noreferrer"'
    return f'<a href="{escape(address)}" {tab}>{escape(text)}</a>'


def _align(column: Column) -> str:
    return ' class="mm-number"' if column.is_number else ""
