"""The HTML documents that the server sends: one per page and language, and that of no page."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from mangetamain_analytics.utils.i18n import LANGUAGES, Translator, translator
from mangetamain_analytics.visualization import PAGES
from mangetamain_analytics.visualization.page import Page

STREAMLIT_DOCUMENT = Path(st.__file__).parent / "static" / "index.html"
SITE_NAME = "Mangetamain Analytics"
OG_LOCALES = {"en": "en_GB", "fr": "fr_FR"}  # what Open Graph calls our languages
IMAGE_SIZE = (1200, 630)  # pixels, those that networks ask for
LOGOS = {"dark": "logo.svg", "light": "logo-light.svg"}  # by theme
N_BARS = 5  # of the skeleton, below its title


def streamlit_document() -> str:
    """Return the document that Streamlit would send for every address."""
    return STREAMLIT_DOCUMENT.read_text(encoding="utf-8")


@cache
def page_document(page: Page, language: str, public_url: str | None = None) -> str:
    """Return Streamlit's HTML document with the page's own head, and a skeleton until it is drawn.

    Args:
        page: Whose title, description and image.
        language: Of the words.
        public_url: Where visitors find the site. Without it nothing is said that needs an
            absolute address: no canonical one, no other language's, no image of a shared link.
    """
    t = translator(language)
    document = streamlit_document()
    document = _replaced(r'<html lang="en">', f'<html lang="{language}">', document)
    document = _replaced(r'<link rel="shortcut icon"[^>]*>', "", document)
    # Streamlit's own font, which this site does not use.
    document = _replaced(r'<link\s+rel="preload"\s+href="[^"]*\.woff2"[^>]*>', "", document)
    document = _replaced(r"(?s)<noscript>.*?</noscript>", _noscript(page, t), document)
    document = _replaced(r'<div id="root"></div>', f'<div id="root"></div>{_skeleton(t)}', document)
    head = "\n".join((*_words(page, t), *_addresses(page, t, public_url), *_ASSETS, *_SCRIPTS))
    return _replaced(r"<title>Streamlit</title>", head, document)


_ASSETS = (
    '<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">',
    '<link rel="apple-touch-icon" href="/assets/icon-180.png">',
    '<link rel="stylesheet" href="/theme.css">',
    '<link rel="stylesheet" href="/assets/site.css">',
)
_SCRIPTS = (
    '<script src="/assets/site.js"></script>',
    '<script src="/assets/arrival.js" defer></script>',
)


def _words(page: Page, t: Translator) -> list[str]:
    """Return what the page is called and what it is about, for browsers and for shared links."""
    title, description = f"{t(page.title_key)} · {SITE_NAME}", t(page.description_key)
    others = [language for language in LANGUAGES if language != t.language]
    return [
        f"<title>{escape(title)}</title>",
        _meta("name", "description", description),
        _meta("property", "og:type", "website"),
        _meta("property", "og:site_name", SITE_NAME),
        _meta("property", "og:title", title),
        _meta("property", "og:description", description),
        _meta("property", "og:locale", OG_LOCALES[t.language]),
        *(_meta("property", "og:locale:alternate", OG_LOCALES[other]) for other in others),
    ]


def _addresses(page: Page, t: Translator, public_url: str | None) -> list[str]:
    """Return the page's addresses and the address of its image, which have to be absolute."""
    if not public_url:
        return [_meta("name", "twitter:card", "summary")]
    canonical = page_address(page, public_url, t.language)
    alternates = {language: page_address(page, public_url, language) for language in LANGUAGES}
    alternates["x-default"] = page_address(page, public_url)
    width, height = IMAGE_SIZE
    return [
        f'<link rel="canonical" href="{escape(canonical)}">',
        *(
            f'<link rel="alternate" hreflang="{language}" href="{escape(address)}">'
            for language, address in alternates.items()
        ),
        _meta("property", "og:url", canonical),
        _meta("property", "og:image", f"{public_url}/assets/{image_path(page, t.language)}"),
        _meta("property", "og:image:width", str(width)),
        _meta("property", "og:image:height", str(height)),
        _meta("property", "og:image:alt", t(page.description_key)),
        _meta("name", "twitter:card", "summary_large_image"),
    ]


def _meta(kind: str, name: str, content: str) -> str:
    return f'<meta {kind}="{name}" content="{escape(content)}">'


def page_address(page: Page, public_url: str, language: str = "") -> str:
    """Return where visitors find the page, in a language or in their browser's."""
    return f"{public_url}/{page.path}" + (f"?{urlencode({'lang': language})}" if language else "")


def image_path(page: Page, language: str) -> str:
    """Return the file of the image that a link to the page shows, within the assets."""
    return f"share/{page.path or 'home'}-{language}.png"


def _noscript(page: Page, t: Translator) -> str:
    """Return what stands there without JavaScript, above the skeleton."""
    texts = "".join(f"<p>{escape(text)}</p>" for text in (t(page.description_key), t("noscript")))
    title = escape(f"{t(page.title_key)} · {SITE_NAME}")
    return f'<noscript><div class="mm-noscript"><h1>{title}</h1>{texts}</div></noscript>'


def _skeleton(t: Translator) -> str:
    """Return what stands for the page until Streamlit has drawn it; arrival.js removes it."""
    return (
        f'<div class="mm-skeleton" role="status"><span class="mm-unseen">{escape(t("loading"))}'
        f'</span><div></div><div>{"<i></i>" * N_BARS}</div></div>'
    )


def sitemap_document(public_url: str) -> str:
    """Return the list of every page in every language, for robots."""
    addresses = [
        page_address(page, public_url, language) for page in PAGES for language in ("", *LANGUAGES)
    ]
    urls = "\n".join(f"<url><loc>{escape(address)}</loc></url>" for address in addresses)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{urls}\n</urlset>\n'
    )


def _replaced(pattern: str, replacement: str, document: str) -> str:
    """Replace the one place that the pattern finds; Streamlit may change its document one day."""
    found = re.findall(pattern, document)
    if len(found) != 1:
        raise RuntimeError(f"Streamlit's index.html: {pattern!r} found {len(found)} times")
    return document.replace(found[0], replacement)


def nowhere_document(language: str, theme: str, kept: Mapping[str, str]) -> str:
    """Return the document of an address that leads nowhere: a sentence, and the pages there are.

    Args:
        language: Of the words.
        theme: ``dark`` or ``light``.
        kept: Parameters of the address that the links carry on.
    """
    t = translator(language)
    title = escape(t("nowhere-title"))
    return "\n".join(
        (
            f'<!DOCTYPE html>\n<html lang="{language}" data-mm-theme="{theme}">\n<head>',
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="robots" content="noindex">',
            f"<title>{title} · {SITE_NAME}</title>",
            *_ASSETS,
            '</head>\n<body class="mm-nowhere">\n<main>',
            f'<img src="/assets/{LOGOS[theme]}" alt="Back to the Kitchen" width="240">',
            f'<header class="mm-hero"><p class="mm-kicker">404</p><h1>{title}</h1>',
            f'<p class="mm-lead">{escape(t("nowhere-text"))}</p></header>',
            f'<nav aria-label="{escape(t("nowhere-pages"))}"><ul>',
            *_links(t, PAGES, kept),
            "</ul></nav>\n</main>\n</body>\n</html>\n",
        )
    )


def _links(t: Translator, pages: Sequence[Page], kept: Mapping[str, str]) -> list[str]:
    query = f"?{urlencode(kept)}" if kept else ""
    return [
        f'<li><a href="{escape(f"/{page.path}{query}")}">{escape(t(page.title_key))}</a>'
        f"<span>{escape(t(page.description_key))}</span></li>"
        for page in pages
    ]
