"""Where the published data lie, and as whom they are read.

The environment decides, else the profile ``[s3fast]`` of ``96_keys/credentials``::

    [s3fast]
    endpoint_url = http://s3fast.lafrance.io
    region = garage-fast
    aws_access_key_id = ...
    aws_secret_access_key = ...

Each value of the environment overrides the file's; the two halves of a key go together. Only an
endpoint asks for the store: without one, the other variables may belong to another program.
"""

import configparser
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from mangetamain_analytics.exceptions import SettingError
from mangetamain_analytics.utils.settings import SETTINGS, Settings

# Relative to the working directory, as the data are.
CREDENTIALS = Path("96_keys/credentials")
PROFILE = "s3fast"
DEFAULT_REGION = "garage-fast"  # that of the publisher too

VARIABLES = {
    "endpoint_url": "AWS_ENDPOINT_URL_S3",
    "region": "AWS_REGION",
    "aws_access_key_id": "AWS_ACCESS_KEY_ID",
    "aws_secret_access_key": "AWS_SECRET_ACCESS_KEY",
}


@dataclass(frozen=True)
class StoreAccess:
    """What a client of the store needs; neither half of the key shows when it is printed."""

    endpoint: str
    region: str
    bucket: str
    access_key_id: str = field(repr=False)
    secret_access_key: str = field(repr=False)

    @property
    def address(self) -> str:
        """Endpoint and bucket, for messages."""
        return f"{self.endpoint}/{self.bucket}"


def store_access(settings: Settings, credentials: Path = CREDENTIALS) -> StoreAccess | None:
    """Give the access that is configured, or None where a file is set or nothing asks for it.

    Raises:
        SettingError: the file cannot be read, something is missing beside the endpoint, or the
            store is missing where its file is to be held.
    """
    profile = {} if settings.database else _profile(credentials)
    endpoint = settings.endpoint or profile.get("endpoint_url")
    if settings.database or endpoint is None:
        if settings.data_sha256:
            raise SettingError("MANGETAMAIN_DATA_SHA256", "needs a store, and no MANGETAMAIN_DB")
        return None
    if settings.access_key_id or settings.secret_access_key:
        key_id, secret = settings.access_key_id, settings.secret_access_key
    else:
        key_id, secret = profile.get("aws_access_key_id"), profile.get("aws_secret_access_key")
    return StoreAccess(
        endpoint=endpoint,
        region=settings.region or profile.get("region") or DEFAULT_REGION,
        bucket=settings.bucket,
        access_key_id=_given("aws_access_key_id", key_id, endpoint),
        secret_access_key=_given("aws_secret_access_key", secret, endpoint),
    )


def _given(name: str, value: str | None, endpoint: str) -> str:
    if value is None:
        reason = f"missing, here or as {name} in {CREDENTIALS}; the store {endpoint} asks for it"
        raise SettingError(VARIABLES[name], reason)
    return value


def _profile(path: Path) -> Mapping[str, str]:
    """Give the checked values of the profile; nothing where there is no file."""
    if not path.exists():
        return {}
    parser = configparser.ConfigParser(interpolation=None)
    try:
        parser.read_string(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingError(str(path), error.strerror or str(error)) from error
    except (configparser.Error, UnicodeDecodeError):
        # The parser's own words quote the line, and the line may be the secret.
        raise SettingError(str(path), "cannot be read as an INI file") from None
    if not parser.has_section(PROFILE):
        raise SettingError(str(path), f"has no profile [{PROFILE}]")
    return {
        name: _checked(path, name, text)
        for name, text in parser.items(PROFILE)
        if name in VARIABLES and text
    }


def _checked(path: Path, name: str, text: str) -> str:
    (setting,) = [setting for setting in SETTINGS if setting.name == VARIABLES[name]]
    try:
        return str(setting.value_in({setting.name: text}))
    except SettingError as error:
        raise SettingError(f"{path} [{PROFILE}] {name}", error.reason, error.value) from None
