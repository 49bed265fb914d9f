"""What the server answers beside Streamlit: documents of the pages, assets, alive, ready."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Match, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from mangetamain_analytics.data.cached_loaders import current_snapshot, data_report
from mangetamain_analytics.data.loaders import DataLoader
from mangetamain_analytics.documents import (
    STREAMLIT_DOCUMENT,
    nowhere_document,
    page_document,
    sitemap_document,
)
from mangetamain_analytics.exceptions import MangetamainError
from mangetamain_analytics.utils.app_version import app_version
from mangetamain_analytics.utils.color_theme import ColorTheme
from mangetamain_analytics.utils.i18n import LANGUAGES
from mangetamain_analytics.utils.settings import Settings
from mangetamain_analytics.utils.typography import font_faces
from mangetamain_analytics.utils.utils_logger import log_error
from mangetamain_analytics.visualization import PAGES
from mangetamain_analytics.visualization.links import KEPT
from mangetamain_analytics.visualization.page import DEFAULT_THEME, Page

ASSETS = Path(__file__).parent / "assets"


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
            "data_sha256": snapshot.sha256,
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
    paper = ColorTheme.css_variables("paper")
    return (
        f"{fonts}:root {{\n{dark}\n}}\n:root[data-mm-theme='light'] {{\n{light}\n}}\n"
        f"@media print {{ :root, :root[data-mm-theme='light'] {{\n{paper}\n}} }}\n"
    )


# The document depends on the browser's language, and names scripts that the next version removes.
_DOCUMENT = {"cache-control": "no-cache", "vary": "accept-language"}


def _page_route(page: Page) -> Route:
    async def document(request: Request) -> Response:
        public_url = Settings.from_environ().public_url
        html = page_document(page, _language(request), public_url)
        return HTMLResponse(html, headers=_DOCUMENT)

    return Route(f"/{page.path}", document)


def _language(request: Request) -> str:
    """As main.py and site.js choose: of the address, else the browser's first, else English."""
    accepted = re.match(r"\s*([a-z]+)", request.headers.get("accept-language", "").lower())
    wanted = (request.query_params.get("lang"), accepted and accepted[1])
    return next((language for language in wanted if language in LANGUAGES), LANGUAGES[0])


# First parts of the paths that Streamlit routes; it would send its document for any other.
STREAMLIT_PATHS = frozenset({"_stcore", "auth", "component", "media", "oauth2callback"})


class _NowhereRoute(Route):
    """Every address that neither a route nor a file of Streamlit's answers; it stands last."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        return (Match.NONE, {}) if _is_streamlits(scope["path"]) else super().matches(scope)


def _is_streamlits(path: str) -> bool:
    first, *rest = path.removeprefix("/").split("/")
    if first in STREAMLIT_PATHS or (rest and not rest[-1]):  # /trends/ is sent on to /trends
        return True
    return path.lstrip("/") in _streamlit_files()


@cache
def _streamlit_files() -> frozenset[str]:
    """A list to look up: an address never becomes a path on this machine."""
    folder = STREAMLIT_DOCUMENT.parent
    files = {file for file in folder.rglob("*") if file.is_file()} - {STREAMLIT_DOCUMENT}
    return frozenset(file.relative_to(folder).as_posix() for file in files)


async def nowhere(request: Request) -> Response:
    """Answer 404 with a page of ours that leads to those there are."""
    theme = "light" if request.query_params.get("light") == "true" else DEFAULT_THEME
    kept = {name: request.query_params[name] for name in KEPT if name in request.query_params}
    html = nowhere_document(_language(request), theme, kept)
    return HTMLResponse(html, 404, headers=_DOCUMENT)


async def robots(request: Request) -> Response:
    """Answer that robots are welcome, and where the list of pages is."""
    public_url = Settings.from_environ().public_url
    sitemap = f"\nSitemap: {public_url}/sitemap.xml\n" if public_url else ""
    return PlainTextResponse(f"User-agent: *\nAllow: /\n{sitemap}")


async def sitemap(request: Request) -> Response:
    """Answer every page in every language; without a public address there is none to tell."""
    public_url = Settings.from_environ().public_url
    if not public_url:
        return await nowhere(request)
    return Response(sitemap_document(public_url), media_type="application/xml")


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
    Route("/sitemap.xml", sitemap),
    Mount("/assets", _Assets(directory=ASSETS)),
    *(_page_route(page) for page in PAGES),
    _NowhereRoute("/{path:path}", nowhere),
)
