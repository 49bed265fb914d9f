"""Every variable that the site reads from its environment, in one table.

`.env.example` at the root of the repository lists the same names; a test ties the two.
"""

import difflib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from mangetamain_analytics.exceptions import SettingError
from mangetamain_analytics.utils.environment import Environment

OWN_PREFIX = "MANGETAMAIN_"  # names under it are ours: one that nobody reads is a typing error


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise ValueError("must be a port number, 1 to 65535")
    return int(text)


def _host(text: str) -> str:
    if not text.isprintable() or set(text) & set(" /@"):
        raise ValueError("must be an address to listen on, such as 127.0.0.1 or 0.0.0.0")
    return text


def _path(text: str) -> Path:
    return Path(text).expanduser()


def _origin(text: str) -> str:
    try:
        parts = urlsplit(text)
        is_origin = parts.scheme in ("http", "https") and parts.hostname and not parts.username
        is_bare = parts.path in ("", "/") and not parts.query and not parts.fragment
        _ = parts.port  # raises where it is not a number
    except ValueError:
        is_origin = is_bare = False
    if not (is_origin and is_bare):
        raise ValueError("must be a scheme and a host, such as https://example.org")
    return text.rstrip("/")


@dataclass(frozen=True)
class Setting:
    """One variable: where its value goes, what it is without one, how its text is read."""

    name: str
    field: str
    default: object
    help: str
    parse: Callable[[str], object] = str
    secret: bool = False

    def value_in(self, environ: Mapping[str, str]) -> object:
        """Give the parsed value; an empty one counts as unset.

        Raises:
            SettingError: the value is malformed; it is quoted unless it is a secret.
        """
        text = environ.get(self.name, "").strip()
        if not text:
            return self.default
        try:
            return self.parse(text)
        except ValueError as error:
            raise SettingError(self.name, str(error), None if self.secret else text) from None


SETTINGS = (
    Setting(
        "APP_ENV",
        "app_env",
        None,
        "Environment: preprod, prod or local; found from the working directory when empty",
        Environment.named,
    ),
    Setting("HOST", "host", "127.0.0.1", "Address to listen on; 0.0.0.0 in a container", _host),
    Setting("PORT", "port", 8501, "Port to listen on", _port),
    Setting(
        "PUBLIC_URL",
        "public_url",
        None,
        "Scheme and host that visitors type; when empty, sessions open on this machine only",
        _origin,
    ),
    Setting(
        "MANGETAMAIN_DB",
        "database",
        Path(".data/mangetamain.duckdb"),
        "DuckDB file to serve, relative to the working directory or absolute",
        _path,
    ),
    Setting(
        "LOG_DIR",
        "log_dir",
        None,
        "Folder of the log files; logs/ beside the code when empty",
        _path,
    ),
    Setting(
        "APP_COMMIT",
        "commit",
        None,
        "Commit that runs, shown in the footer; asked of git when empty",
    ),
)


@dataclass(frozen=True)
class Settings:
    """What the environment asks for, checked."""

    app_env: Environment | None
    host: str
    port: int
    public_url: str | None
    database: Path
    log_dir: Path | None
    commit: str | None

    @classmethod
    def from_environ(cls, environ: Mapping[str, str] = os.environ) -> Self:
        """Give the settings that `environ` holds.

        Raises:
            SettingError: a value is malformed, or a name under `MANGETAMAIN_` is unknown.
        """
        _refuse_unknown_names(environ)
        values: dict[str, Any] = {setting.field: setting.value_in(environ) for setting in SETTINGS}
        return cls(**values)


def _refuse_unknown_names(environ: Mapping[str, str]) -> None:
    known = {setting.name for setting in SETTINGS}
    for name in sorted(environ):
        if name.startswith(OWN_PREFIX) and name not in known:
            alike = difflib.get_close_matches(name, known, n=1)
            hint = f"; did you mean {alike[0]}?" if alike else ""
            raise SettingError(name, f"no such setting{hint}")
