"""Every variable that the site reads from its environment, in one table.

`.env.example` at the root of the repository lists the same names; a test ties the two.
"""

import base64
import binascii
import difflib
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from mangetamain_analytics.exceptions import SettingError
from mangetamain_analytics.utils.environment import Environment

OWN_PREFIX = "MANGETAMAIN_"  # names under it are ours: one that nobody reads is a typing error
SIGNING_SETTING = (
    "MANGETAMAIN_SIGNING_KEY"  # the publisher's: whoever broke into the site would sign
)


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


def _bucket(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", text):
        raise ValueError("must be a bucket's name: 3 to 63 of a-z, 0-9, dot and hyphen")
    return text


def _public_key(text: str) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except binascii.Error:
        key = b""
    if len(key) != 32:
        raise ValueError("must be the base64 of the 32 bytes of an Ed25519 public key")
    return key


def _sha256(text: str) -> str:
    if not re.fullmatch("[0-9a-f]{64}", text):
        raise ValueError("must be a sha256: 64 of 0-9a-f")
    return text


def _seconds(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 86400):
        raise ValueError("must be a number of seconds, 1 to 86400")
    return int(text)


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
        "Scheme and host that visitors type; when empty, only this machine is served",
        _origin,
    ),
    Setting(
        "MANGETAMAIN_DB",
        "database",
        None,
        "DuckDB file to serve instead of the store's; without either, .data/mangetamain.duckdb",
        _path,
    ),
    Setting(
        "AWS_ENDPOINT_URL_S3",
        "endpoint",
        None,
        "Scheme and host of the S3 store; when empty, as 96_keys/credentials says, else no store",
        _origin,
    ),
    Setting(
        "AWS_REGION",
        "region",
        None,
        "Region of the store; else that of 96_keys/credentials, else garage-fast",
    ),
    Setting(
        "AWS_ACCESS_KEY_ID",
        "access_key_id",
        None,
        "Key that may read the bucket; else that of 96_keys/credentials",
    ),
    Setting(
        "AWS_SECRET_ACCESS_KEY",
        "secret_access_key",
        None,
        "Secret of that key, never written to a log",
        secret=True,
    ),
    Setting("MANGETAMAIN_BUCKET", "bucket", "mangetamain", "Bucket of the published data", _bucket),
    Setting(
        "MANGETAMAIN_CACHE_DIR",
        "cache_dir",
        Path(".data/cache"),
        "Folder of the local copies of published files; processes and containers may share it",
        _path,
    ),
    Setting(
        "MANGETAMAIN_PUBLIC_KEY",
        "public_key",
        None,
        "Ed25519 public key of the publisher, base64; when set, only what it signed is served",
        _public_key,
    ),
    Setting(
        "MANGETAMAIN_DATA_SHA256",
        "data_sha256",
        None,
        "sha256 of the published file to hold, whatever is published later; when empty, the newest",
        _sha256,
    ),
    Setting(
        "MANGETAMAIN_REFRESH_SECONDS",
        "refresh_seconds",
        300,
        "Seconds between two looks for newer data",
        _seconds,
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
    database: Path | None
    endpoint: str | None
    region: str | None
    access_key_id: str | None
    secret_access_key: str | None = field(repr=False)
    bucket: str
    cache_dir: Path
    public_key: bytes | None
    data_sha256: str | None
    refresh_seconds: int
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
    if SIGNING_SETTING in environ:
        raise SettingError(SIGNING_SETTING, "is for the publisher alone; a site must not hold it")
    for name in sorted(environ):
        if name.startswith(OWN_PREFIX) and name not in known:
            alike = difflib.get_close_matches(name, known, n=1)
            hint = f"; did you mean {alike[0]}?" if alike else ""
            raise SettingError(name, f"no such setting{hint}")
