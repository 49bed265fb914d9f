"""The pieces of HTML that only the home page has; assets/site.css dresses them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from mangetamain_analytics.utils.i18n import Translator
from mangetamain_analytics.utils.insights import Verdict
from mangetamain_analytics.visualization import markup
from mangetamain_analytics.visualization.markup import Card, verdict_badge


@dataclass(frozen=True)
class FindingCard:
    """A finding of another page: where it is from, what it says, how sure and how large it is."""

    source: str
    title: str
    verdict: Verdict
    p: str
    size: str
    address: str


@dataclass(frozen=True)
class Panel:
    """A question about the data, answered in some sentences: ``more`` is text and address."""

    title: str
    sentences: Sequence[str]
    badge: str = ""
    more: tuple[str, str] | None = None


def hero(title: str, lead: str, facts: Sequence[Card]) -> str:
    """Return the head of the page: its drawing, what the site is about, what the data hold."""
    return (
        f'<div class="mm-welcome">{markup.hero(title, lead)}'
        f'<img src="/assets/pot.svg" alt="" width="90" height="87"></div>'
        f'<div class="mm-slim">{markup.cards(facts)}</div>'
    )


def finding_cards(t: Translator, title: str, cards: Sequence[FindingCard], rule: str) -> str:
    """Return the findings, the strongest first, and how they were chosen."""
    items = "".join(f"<li>{_finding_card(t, card)}</li>" for card in cards)
    return (
        f'<section class="mm-top"><h2>{escape(title)}</h2><ol class="mm-top-list">{items}</ol>'
        f'<p class="mm-top-rule">{escape(rule)}</p></section>'
    )


def _finding_card(t: Translator, card: FindingCard) -> str:
    return (
        f'<p class="mm-top-source">{escape(card.source)}</p>'
        f'<h3><a href="{escape(card.address)}" target="_self">{escape(card.title)}</a></h3>'
        f'<p class="mm-top-strength"><span>{verdict_badge(t, card.verdict)} {escape(card.p)}</span>'
        f" <span>{escape(card.size)}</span></p>"
    )


def panels(items: Sequence[Panel]) -> str:
    """Return the panels side by side."""
    return f'<div class="mm-panels">{"".join(map(_panel, items))}</div>'


def _panel(panel: Panel) -> str:
    sentences = "".join(f"<p>{escape(sentence)}</p>" for sentence in panel.sentences)
    return (
        f'<section class="mm-panel"><h2>{escape(panel.title)} {panel.badge}</h2>'
        f"{sentences}{_more(*panel.more) if panel.more else ''}</section>"
    )


def _more(text: str, address: str) -> str:
    return f'<p><a href="{escape(address)}">{escape(text)}</a></p>'


def verdicts(t: Translator, meanings: Mapping[Verdict, str]) -> str:
    """Return what each verdict means, beside its badge."""
    rows = "".join(
        f"<dt>{verdict_badge(t, verdict)}</dt><dd>{escape(meaning)}</dd>"
        for verdict, meaning in meanings.items()
    )
    return f'<dl class="mm-verdicts">{rows}</dl>'
