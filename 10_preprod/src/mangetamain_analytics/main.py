"""The script that Streamlit runs for each visit: settings of the page, sidebar, menu, one page."""

import time
from pathlib import Path
from typing import Any

import streamlit as st

from mangetamain_analytics.data.cached_loaders import (
    CachedLoader,
    current_snapshot,
    data_report,
    refresh_snapshot,
)
from mangetamain_analytics.data.keeper import Freshness
from mangetamain_analytics.data.snapshot import Origin
from mangetamain_analytics.exceptions import DataUnavailableError
from mangetamain_analytics.utils.app_version import app_version
from mangetamain_analytics.utils.environment import EnvironmentDetector
from mangetamain_analytics.utils.i18n import LANGUAGES, Translator, translator
from mangetamain_analytics.utils.utils_logger import log_error, log_performance, log_user_action
from mangetamain_analytics.visualization import PAGES, markup
from mangetamain_analytics.visualization.freshness import freshness_badge
from mangetamain_analytics.visualization.item_choice import LONGEST_NAME
from mangetamain_analytics.visualization.links import address
from mangetamain_analytics.visualization.page import DEFAULT_THEME, Page, Visit
from mangetamain_analytics.visualization.sharing import render_page_buttons, render_page_download

ASSETS = Path(__file__).parent / "assets"

LOGOS = {"dark": "logo.svg", "light": "logo-light.svg"}
LOGGED_VIEW = "logged_view"  # key of the session: what was logged last
PLACE_KEYS = {
    Origin.S3: "place-s3",
    Origin.CACHE: "place-cache",
    Origin.LOCAL: "place-local",
    Origin.DEMO: "place-local",
}


def main() -> None:
    """Show the page that the address names, in the visitor's language and theme."""
    started = time.perf_counter()
    st.set_page_config(layout="wide", page_icon=str(ASSETS / "icon-32.png"))
    with st.sidebar:
        start = st.container()
        t = _language()
        start.html(markup.skip_link(t("skip")))
        theme = _theme(t)
        menu = st.container(key="menu")
    st.logo(ASSETS / LOGOS[theme], size="large")
    chosen, pages = _navigation(t)
    with menu:
        for page in pages.values():
            st.page_link(page)
    try:
        visit = Visit(t, theme, CachedLoader(current_snapshot()), pages)
    except DataUnavailableError as error:
        log_error(error, context="opening the data")
        _render_unavailable(t)
        return
    with st.sidebar:
        _data_badge(visit)
    if visit.data.snapshot.info.is_demo:
        st.html(markup.demo_banner(t("demo-banner")))
    tools = st.container(key="mm-tools", horizontal=True)
    render_page_buttons(tools, visit, chosen)
    chosen.render(visit)
    render_page_download(tools, visit, chosen)
    _footer(visit)
    _log_view(chosen, time.perf_counter() - started)


def _language() -> Translator:
    preferred = (st.context.locale or "").split("-")[0]
    default = preferred if preferred in LANGUAGES else LANGUAGES[0]
    chosen = st.segmented_control(
        "Language / Langue",
        LANGUAGES,
        default=default,
        key="lang",
        bind="query-params",
        required=True,
        label_visibility="collapsed",
    )
    return translator(chosen if chosen in LANGUAGES else default)


def _theme(t: Translator) -> str:
    is_light = st.toggle(t("theme-light"), key="light", bind="query-params")
    return "light" if is_light else DEFAULT_THEME


def _navigation(t: Translator) -> tuple[Page, dict[str, st.Page]]:
    """Return the page that the address names, and Streamlit's entry for every page."""
    entries = {
        page.path: st.Page(
            _nothing,
            title=t(page.title_key),
            icon=page.icon,
            url_path=page.path,
            default=page is PAGES[0],
            help=t(page.description_key),
        )
        for page in PAGES
    }
    current = st.navigation(list(entries.values()), position="hidden")
    chosen = next(page for page in PAGES if page.path == current.url_path)
    return chosen, entries


def _nothing() -> None:
    """Stand for a page in Streamlit's menu; the page itself is drawn by ``main``."""


def _data_badge(visit: Visit) -> None:
    t, snapshot = visit.t, visit.data.snapshot
    info, environment = snapshot.info, EnvironmentDetector.get_name()
    st.html(f"{markup.badge(environment.lower(), environment)} {freshness_badge(t)}")
    st.html(
        markup.facts(
            {
                t("fact-origin"): t("origin-demo" if info.is_demo else "origin-local"),
                t("fact-place"): t(PLACE_KEYS[snapshot.origin]),
                t("fact-version"): info.data_version,
                t("fact-built"): t.datetime(info.built_at),
            }
        )
    )
    if st.button(t("refresh"), icon=":material/refresh:", help=t("refresh-help"), width="stretch"):
        _refresh(t)


def _refresh(t: Translator) -> None:
    try:
        changed = refresh_snapshot()
    except DataUnavailableError as error:
        log_error(error, context="refreshing the data")
        st.toast(t("refresh-failed"), icon=":material/error:")
        return
    is_held = data_report().freshness is Freshness.HELD
    unchanged = t("refresh-held") if is_held else t("refresh-same")
    st.toast(t("refresh-new") if changed else unchanged, icon=":material/check:")
    if changed:
        st.rerun()


def _render_unavailable(t: Translator) -> None:
    st.html(markup.hero(t("unavailable-title"), t("unavailable-text")))
    st.button(
        t("unavailable-retry"), icon=":material/refresh:", type="primary"
    )  # runs it all again


def _footer(visit: Visit) -> None:
    t, code = visit.t, app_version()
    texts = [visit.source, t("footer-app", version=code.version, commit=code.commit)]
    st.html(markup.footer(texts, t("footer-documentation"), address("", "method")))


def _log_view(page: Page, seconds: float) -> None:
    """Log the time of each run, and what the visitor looks at when it changes.

    Of the address only what a widget reads is logged, as it reads it: the rest may be anything.
    """
    choices = (name for name in st.query_params if name in st.session_state and name != LOGGED_VIEW)
    view = {"page": page.path or "home"} | {
        name: _logged(st.session_state[name]) for name in choices
    }
    log_performance("page", seconds, page=view["page"])
    if st.session_state.get(LOGGED_VIEW) != view:
        st.session_state[LOGGED_VIEW] = view
        log_user_action("view", view)


def _logged(value: Any) -> Any:
    """Cut what a hand-written client may send without end: whoever fills a disk stops the site."""
    if isinstance(value, str):
        return value[:LONGEST_NAME]
    return [_logged(part) for part in value] if isinstance(value, list) else value


main()
