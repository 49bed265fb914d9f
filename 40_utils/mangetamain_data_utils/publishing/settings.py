"""Where the store is and who we are: from the environment, else from `96_keys/credentials`.

The README lists the same names; a test ties the two.
"""

import configparser
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from mangetamain_data_utils.exceptions import SettingRefused

CREDENTIALS_FILE = Path("96_keys/credentials")
SITE_PROFILE = "s3fast"
PUBLISHER_PROFILE = "s3fast-publisher"
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_WORD = re.compile(r"[!-~]+")  # printable ASCII without spaces: what an HTTP header carries


@dataclass(frozen=True)
class Setting:
    """One variable, the key of a profile that stands in for it, its default and its help."""

    name: str
    profile_key: str | None
    default: str | None
    help: str


SETTINGS = (
    Setting("AWS_ENDPOINT_URL_S3", "endpoint_url", None, "Address of the store"),
    Setting("AWS_REGION", "region", "garage-fast", "Region, as the store is configured"),
    Setting("AWS_ACCESS_KEY_ID", "aws_access_key_id", None, "Name of the access key"),
    Setting("AWS_SECRET_ACCESS_KEY", "aws_secret_access_key", None, "Its secret"),
    Setting("MANGETAMAIN_BUCKET", None, "mangetamain", "Bucket of the data"),
    Setting(
        "MANGETAMAIN_SIGNING_KEY",
        None,
        "96_keys/signing_key.pem",
        "Private key that signs what is published; `keygen` makes it",
    ),
    Setting(
        "MANGETAMAIN_PUBLIC_KEY",
        None,
        None,
        "Public key that signatures are checked with; without one, `fetch` checks none",
    ),
)


@dataclass(frozen=True)
class StoreSettings:
    """How to reach one bucket of an S3 store."""

    endpoint: str
    region: str
    bucket: str
    access_key_id: str = field(repr=False)
    secret_access_key: str = field(repr=False)
    key_source: str  # where the key was found: the environment, or a profile of a file

    @classmethod
    def from_environ(
        cls,
        environ: Mapping[str, str] = os.environ,
        *,
        to_write: bool,
        credentials_file: Path = CREDENTIALS_FILE,
    ) -> Self:
        """Return the settings of the environment, completed by a profile of the file.

        `to_write` prefers the publisher's profile, reading prefers the site's; each falls back
        on the other. A variable that is set wins over the profile; the two halves of an access
        key come from the same place.

        Raises:
            SettingRefused: a setting is missing or malformed, or the file cannot be read.
        """
        profiles = _profiles(credentials_file)
        preferred = (PUBLISHER_PROFILE, SITE_PROFILE)[:: 1 if to_write else -1]
        name = next((name for name in preferred if name in profiles), None)
        profile = dict(profiles[name]) if name else {}
        key_source = f"profile [{name}] of {credentials_file}"
        if _text(environ, "AWS_ACCESS_KEY_ID") or _text(environ, "AWS_SECRET_ACCESS_KEY"):
            key_source = "the environment"
            profile.pop("aws_access_key_id", None)
            profile.pop("aws_secret_access_key", None)

        def value(variable: str) -> str:
            setting = next(setting for setting in SETTINGS if setting.name == variable)
            in_profile = profile.get(setting.profile_key or "", "").strip()
            found = _text(environ, variable) or in_profile or setting.default
            if not found:
                raise SettingRefused(_missing(setting, credentials_file))
            return found

        return cls(
            endpoint=_endpoint(value("AWS_ENDPOINT_URL_S3")),
            region=_word("AWS_REGION", value("AWS_REGION")),
            bucket=_bucket(value("MANGETAMAIN_BUCKET")),
            access_key_id=_word("AWS_ACCESS_KEY_ID", value("AWS_ACCESS_KEY_ID"), secret=True),
            secret_access_key=_word(
                "AWS_SECRET_ACCESS_KEY", value("AWS_SECRET_ACCESS_KEY"), secret=True
            ),
            key_source=key_source,
        )

    def __str__(self) -> str:
        return f"bucket {self.bucket} at {self.endpoint}"


def setting_text(name: str, environ: Mapping[str, str] = os.environ) -> str | None:
    """Return the text of a variable, or its default; None when it has neither."""
    default = next(setting.default for setting in SETTINGS if setting.name == name)
    return _text(environ, name) or default


def _text(environ: Mapping[str, str], name: str) -> str:
    return environ.get(name, "").strip()


def _profiles(path: Path) -> configparser.ConfigParser:
    profiles = configparser.ConfigParser(interpolation=None)
    try:
        profiles.read_string(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        pass
    except OSError as error:
        raise SettingRefused(f"{path}: cannot be read: {error.strerror}") from error
    except (configparser.Error, UnicodeDecodeError):
        # The parser's message quotes lines of the file, and these may be secrets.
        raise SettingRefused(
            f"{path}: is not an INI file of [profile] sections with `name = value` lines"
        ) from None
    return profiles


def _missing(setting: Setting, credentials_file: Path) -> str:
    exists = "holds no such profile or key" if credentials_file.is_file() else "does not exist"
    return (
        f"{setting.name} is not set, and {credentials_file} {exists} "
        f"([{SITE_PROFILE}] or [{PUBLISHER_PROFILE}], {setting.profile_key}); "
        "export it, or run 70_scripts/bootstrap_garage"
    )


def _endpoint(text: str) -> str:
    try:
        parts = urlsplit(text)
        has_secret = "@" in parts.netloc
        is_origin = parts.scheme in ("http", "https") and parts.hostname
        is_bare = parts.path in ("", "/") and not parts.query and not parts.fragment
        _ = parts.port  # raises where it is not a number
    except ValueError:
        has_secret = is_origin = is_bare = False
    if "@" in text or has_secret:
        raise SettingRefused(
            "AWS_ENDPOINT_URL_S3: must hold no name or password; these go to AWS_ACCESS_KEY_ID "
            "and AWS_SECRET_ACCESS_KEY"
        )
    if not (is_origin and is_bare and _WORD.fullmatch(text)):
        raise SettingRefused(
            f"AWS_ENDPOINT_URL_S3={text!r}: must be a scheme and a host, such as "
            "http://s3fast.lafrance.io"
        )
    return text.rstrip("/")


def _bucket(text: str) -> str:
    if not _BUCKET.fullmatch(text):
        raise SettingRefused(
            f"MANGETAMAIN_BUCKET={text!r}: must be the name of a bucket: 3 to 63 small letters, "
            "digits, dots and hyphens"
        )
    return text


def _word(name: str, text: str, *, secret: bool = False) -> str:
    if not _WORD.fullmatch(text):
        shown = name if secret else f"{name}={text!r}"
        raise SettingRefused(f"{shown}: must be one word of printable ASCII characters")
    return text
