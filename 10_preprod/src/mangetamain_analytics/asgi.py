"""The server: ``python -m mangetamain_analytics.asgi`` opens the data, then the port."""

import gc
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st

from mangetamain_analytics.data.cached_loaders import current_snapshot
from mangetamain_analytics.exceptions import DataUnavailableError, SettingError
from mangetamain_analytics.routes import ROUTES
from mangetamain_analytics.utils.color_theme import ColorTheme
from mangetamain_analytics.utils.environment import Environment, EnvironmentDetector
from mangetamain_analytics.utils.i18n import LANGUAGES, translator
from mangetamain_analytics.utils.settings import Settings
from mangetamain_analytics.utils.utils_logger import LoggerConfig, log_error


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncIterator[None]:
    """Open the data before the first visitor; without data the site says so and tries again."""
    LoggerConfig().setup_logger()
    try:
        current_snapshot()
    except DataUnavailableError as error:
        log_error(error, context="start")
    # What was made at the start stays: the collector that runs after each visit may skip it.
    gc.collect()
    gc.freeze()
    yield


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
    lifespan=lifespan,
    on_script_error=show_error,
)


def server_options(settings: Settings, environment: Environment) -> dict[str, Any]:
    """Return what depends on the machine; the rest is in ``.streamlit/config.toml``."""
    is_local = environment is Environment.LOCAL
    options: dict[str, Any] = {
        "server.address": settings.host,
        "server.port": settings.port,
        "server.fileWatcherType": "auto" if is_local else "none",
        "client.showErrorDetails": "full" if is_local else "none",
    }
    if settings.public_url:
        options["server.corsAllowedOrigins"] = [settings.public_url]
    return options | ColorTheme.streamlit_options()


def main() -> int:
    """Start the server; a bad setting stops it with its name and the reason."""
    try:
        settings = Settings.from_environ()
        options = server_options(settings, EnvironmentDetector.detect())
    except SettingError as error:
        print(f"mangetamain: {error}", file=sys.stderr)
        return 2
    app.run(config=options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
