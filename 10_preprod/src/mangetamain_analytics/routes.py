"""What the server answers beside Streamlit: documents of the pages, assets, alive, ready."""

import re
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from mangetamain_analytics.data.cached_loaders import current_snapshot, data_report
from mangetamain_analytics.data.loaders import DataLoader
from mangetamain_analytics.exceptions import MangetamainError
from mangetamain_analytics.utils.app_version import app_version
from mangetamain_analytics.utils.color_theme import ColorTheme
from mangetamain_analytics.utils.i18n import LANGUAGES, translator
from mangetamain_analytics.utils.typography import font_faces
from mangetamain_analytics.utils.utils_logger import log_error
from mangetamain_analytics.visualization import PAGES
from mangetamain_analytics.visualization.page import Page

ASSETS = Path(__file__).parent / "assets"
STREAMLIT_DOCUMENT = Path(st.__file__).parent / "static" / "index.html"


async def healthz(request: Request) -> Response:
    """Answer that the process lives, whatever the data."""
    return JSONResponse({"status": "alive", **_code()})


def readyz(request: Request) -> Response:
    """Answer 200 when a query on the data succeeds, else 503 with the reason for maintainers."""
    try:
        snapshot = current_snapshot()
        DataLoader(snapshot).query("data_period")  # not cached: the file itself has to answer
    except MangetamainError as error:
        log_error(error, context="/readyz")
        body = {"status": "unavailable", "reason": str(error), **_last_look(), **_code()}
        return JSONResponse(body, 503)
    info = snapshot.info
    return JSONResponse(
        {
            "status": "ready",
            "data_version": info.data_version,
            "built_at": info.built_at.isoformat(),
            "origin": snapshot.origin,
            "is_demo": info.is_demo,
            **_last_look(),
            **_code(),
        }
    )


def _last_look() -> dict[str, str | None]:
    """Tell maintainers what the last look for newer data found, even while older ones serve."""
    report = data_report()
    return {
        "source": report.source,
        "freshness": report.freshness,
        "last_check": report.last_check.isoformat() if report.last_check else None,
        "last_error": report.last_error,
    }


def _code() -> dict[str, str]:
    code = app_version()
    return {"version": code.version, "commit": code.commit}


async def theme_css(request: Request) -> Response:
    """Answer the fonts, and the colours of both themes as custom properties for site.css."""
    return Response(_theme_css(), media_type="text/css", headers=_CACHED)


_CACHED = {"cache-control": "public, max-age=300"}


@cache
def _theme_css() -> str:
    dark, light = ColorTheme.css_variables("dark"), ColorTheme.css_variables("light")
    fonts = "".join(
        f"@font-face {{ font-family: {face['family']}; src: url({face['url']}) format('woff2');"
        f" font-weight: {face['weight']}; font-display: swap; }}\n"
        for face in font_faces()
    )
    return f"{fonts}:root {{\n{dark}\n}}\n:root[data-mm-theme='light'] {{\n{light}\n}}\n"


# The document depends on the browser's language, and names scripts that the next version removes.
_DOCUMENT = {"cache-control": "no-cache", "vary": "accept-language"}


def _page_route(page: Page) -> Route:
    async def document(request: Request) -> Response:
        return HTMLResponse(page_document(page, _language(request)), headers=_DOCUMENT)

    return Route(f"/{page.path}", document)


def _language(request: Request) -> str:
    """As main.py and site.js choose: of the address, else the browser's first, else English."""
    accepted = re.match(r"\s*([a-z]+)", request.headers.get("accept-language", "").lower())
    wanted = (request.query_params.get("lang"), accepted and accepted[1])
    return next((language for language in wanted if language in LANGUAGES), LANGUAGES[0])


@cache
def page_document(page: Page, language: str) -> str:
    """Return Streamlit's HTML document with the page's own head: title, language, style, script."""
    t = translator(language)
    title = escape(f"{t(page.title_key)} · Mangetamain Analytics")
    head = (
        f"<title>{title}</title>\n"
        f'<meta name="description" content="{escape(t(page.description_key))}">\n'
        '<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">\n'
        '<link rel="apple-touch-icon" href="/assets/icon-180.png">\n'
        '<link rel="stylesheet" href="/theme.css">\n'
        '<link rel="stylesheet" href="/assets/site.css">\n'
        '<script src="/assets/site.js"></script>'
    )
    document = STREAMLIT_DOCUMENT.read_text(encoding="utf-8")
    document = _replaced(r'<html lang="en">', f'<html lang="{language}">', document)
    document = _replaced(r'<link rel="shortcut icon"[^>]*>', "", document)
    # Streamlit's own font, which this site does not use.
    document = _replaced(r'<link\s+rel="preload"\s+href="[^"]*\.woff2"[^>]*>', "", document)
    return _replaced(r"<title>Streamlit</title>", head, document)


def _replaced(pattern: str, replacement: str, document: str) -> str:
    """Replace the one place that the pattern finds; Streamlit may change its document one day."""
    found = re.findall(pattern, document)
    if len(found) != 1:
        raise RuntimeError(f"Streamlit's index.html: {pattern!r} found {len(found)} times")
    return document.replace(found[0], replacement)


async def robots(request: Request) -> Response:
    """Answer that robots are welcome."""
    return PlainTextResponse("User-agent: *\nAllow: /\n")


class _Assets(StaticFiles):
    """Files that browsers ask about each time: names stay when a deployment changes the bytes."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        response = super().file_response(*args, **kwargs)
        response.headers["cache-control"] = "no-cache"
        return response


ROUTES: tuple[BaseRoute, ...] = (
    Route("/healthz", healthz),
    Route("/readyz", readyz),
    Route("/theme.css", theme_css),
    Route("/robots.txt", robots),
    Mount("/assets", _Assets(directory=ASSETS)),
    *(_page_route(page) for page in PAGES),
)
