"""The server: ``python -m mangetamain_analytics.asgi`` opens the data, then the port."""

import gc
import sys
import time
import tomllib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import streamlit as st
from starlette.middleware import Middleware

from mangetamain_analytics.data.cached_loaders import (
    CachedLoader,
    current_snapshot,
    watched_data,
)
from mangetamain_analytics.data.snapshot import Snapshot
from mangetamain_analytics.exceptions import SettingError
from mangetamain_analytics.headers import SecurityHeaders
from mangetamain_analytics.routes import ROUTES
from mangetamain_analytics.throttle import SessionThrottle
from mangetamain_analytics.utils.color_theme import ColorTheme
from mangetamain_analytics.utils.environment import Environment, EnvironmentDetector
from mangetamain_analytics.utils.i18n import LANGUAGES, translator
from mangetamain_analytics.utils.settings import Settings
from mangetamain_analytics.utils.store_access import store_access
from mangetamain_analytics.utils.utils_logger import (
    LoggerConfig,
    log_error,
    log_performance,
    shutdown_logger,
)
from mangetamain_analytics.visualization import PAGES
from mangetamain_analytics.visualization.page import DEFAULT_THEME, Visit

CONFIG = Path(__file__).parents[2] / ".streamlit" / "config.toml"
LOOPBACK = ("localhost", "127.0.0.1", "::1")


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncIterator[None]:
    """Open the data before the first visitor; when that fails each page shows its own error."""
    LoggerConfig().setup_logger()
    try:
        prepare_pages(current_snapshot())
    except Exception as error:  # only a preparation: nothing in it may keep the site from starting
        log_error(error, context="start")
    with watched_data(prepare_pages):
        yield
    shutdown_logger()


def prepare_pages(snapshot: Snapshot) -> None:
    """Compute the first view of every page in every language, so that no visitor waits for it."""
    started = time.perf_counter()
    data = CachedLoader(snapshot)
    for language in LANGUAGES:
        visit = Visit(translator(language), DEFAULT_THEME, data, entries={})
        for page in PAGES:
            page.prepare(visit)
    _spare_from_collection()
    log_performance("prepare_pages", time.perf_counter() - started, n_pages=len(PAGES))


def _spare_from_collection() -> None:
    """Let the collector that runs after each visit skip what was made to stay.

    What was spared before and has been replaced since is collected first.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def show_error(error: Exception) -> bool:
    """Log an error that no page foresaw and show the visitor a sentence instead of a traceback."""
    log_error(error, context="page")
    language = st.session_state.get("lang")
    t = translator(language if language in LANGUAGES else LANGUAGES[0])
    st.error(t("error-unexpected"), icon=":material/error:")
    return True


app = st.App(
    Path(__file__).with_name("main.py"),
    routes=ROUTES,
    middleware=[Middleware(SecurityHeaders), Middleware(SessionThrottle)],
    lifespan=lifespan,
    on_script_error=show_error,
)


def server_options(settings: Settings, environment: Environment) -> dict[str, Any]:
    """Return every option of the server: ``config.toml``, and what depends on the machine.

    Options given to ``run`` win over any file and variable, wherever the server is started.
    Streamlit by itself reads the file only when it is started in its folder.

    Raises:
        SettingError: ``config.toml`` cannot be read.
    """
    is_local = environment is Environment.LOCAL
    options = _config_file() | {
        "server.address": settings.host,
        "server.port": settings.port,
        "server.fileWatcherType": "auto" if is_local else "none",
        "client.showErrorDetails": "full" if is_local else "none",
    }
    return options | _hosts(settings.public_url) | ColorTheme.streamlit_options()


def _config_file() -> dict[str, Any]:
    try:
        sections = tomllib.loads(CONFIG.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SettingError(str(CONFIG), str(error)) from error
    return {
        f"{name}.{key}": value for name, keys in sections.items() for key, value in keys.items()
    }


def _hosts(public_url: str | None) -> dict[str, Any]:
    """Serve sessions at the public address only, and on the machine itself for its own checks."""
    if not public_url:
        return {"server.corsAllowedOrigins": [], "server.allowedHosts": [*LOOPBACK]}
    host = urlsplit(public_url).hostname
    return {
        "server.corsAllowedOrigins": [public_url],
        "server.allowedHosts": [host, *LOOPBACK],
        # Compared with origins before Streamlit looks its own address up on the internet.
        "browser.serverAddress": host,
    }


def main() -> int:
    """Start the server; a bad setting stops it with its name and the reason."""
    try:
        settings = Settings.from_environ()
        store_access(settings)  # half an access is refused now, not at the first visit
        options = server_options(settings, EnvironmentDetector.detect())
        LoggerConfig().setup_logger()  # once started, a bad LOG_DIR would be a traceback
    except SettingError as error:
        print(f"mangetamain: {error}", file=sys.stderr)
        return 2
    app.run(config=options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
