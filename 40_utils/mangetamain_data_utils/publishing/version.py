"""What the store says about one published file: the pointer's JSON, and each version's record."""

import json
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from mangetamain_data_utils.exceptions import VersionRefused
from mangetamain_data_utils.publishing.signing import is_signed_by, sign

FORMAT = 1
POINTER_KEY = "current.json"
DATA_PREFIX = "data/"
DATA_SUFFIX = ".duckdb"
RECORD_SUFFIX = ".json"

_Check = Callable[[object], bool]


def _text(pattern: str) -> _Check:
    return lambda value: isinstance(value, str) and bool(re.fullmatch(pattern, value))


def _number(value: object) -> bool:
    return type(value) is int and value > 0  # True is an int, and no number


def _or_null(check: _Check) -> _Check:
    return lambda value: value is None or check(value)


_DATA_KEY = _text(r"data/[0-9a-f]{64}\.duckdb")
_TIME = _text(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(\+00:00|Z)")
_FIELDS: dict[str, _Check] = {
    "format": _number,
    "key": _DATA_KEY,
    "sha256": _text(r"[0-9a-f]{64}"),
    "size": _number,
    "data_version": _text(r"[\w.-]{1,64}"),
    "built_at": _TIME,
    "schema_version": _number,
    "published_at": _TIME,
    "previous": _or_null(_DATA_KEY),
    "signature": _or_null(_text(r"[A-Za-z0-9+/=]+")),
}


def data_key(sha256: str) -> str:
    """Return the key of the file that has this hash; its bytes never change."""
    return f"{DATA_PREFIX}{sha256}{DATA_SUFFIX}"


def record_key(sha256: str) -> str:
    """Return the key of the record that lies beside the file of this hash."""
    return f"{DATA_PREFIX}{sha256}{RECORD_SUFFIX}"


@dataclass(frozen=True)
class Version:
    """One published file."""

    key: str
    sha256: str
    size: int  # bytes
    data_version: str
    built_at: str  # ISO 8601, UTC, as is published_at
    schema_version: int
    published_at: str
    previous: str | None  # key of the version that was current before
    format: int = FORMAT

    def __str__(self) -> str:
        return f"version {self.data_version} ({self.sha256[:12]}), built {self.built_at}"

    def to_json(self, signing_key: Ed25519PrivateKey | None) -> bytes:
        """Return the JSON with its signature; the signature is null without a key."""
        signature = sign(signing_key, self.signed_text()) if signing_key else None
        text = json.dumps({**asdict(self), "signature": signature}, indent=2, ensure_ascii=False)
        return text.encode() + b"\n"

    def signed_text(self) -> bytes:
        """Return the canonical JSON that is signed: sorted, compact, without the signature."""
        fields = asdict(self)
        text = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return text.encode()

    @classmethod
    def from_json(cls, key: str, raw: bytes, public_key: Ed25519PublicKey | None) -> Self:
        """Return the version that the object at ``key`` describes.

        Raises:
            VersionRefused: it is not such JSON, or not signed by the key when there is one.
        """
        try:
            fields = json.loads(raw)
        except (ValueError, RecursionError) as error:
            raise VersionRefused(f"{key}: is not JSON") from error
        version, signature = cls._from_fields(key, fields)
        if public_key is None:
            return version
        if signature is None:
            raise VersionRefused(f"{key}: is not signed")
        if not is_signed_by(public_key, version.signed_text(), signature):
            raise VersionRefused(
                f"{key}: was altered, or signed by another key than MANGETAMAIN_PUBLIC_KEY or "
                "MANGETAMAIN_SIGNING_KEY"
            )
        return version

    @classmethod
    def _from_fields(cls, key: str, fields: object) -> tuple[Self, str | None]:
        if not isinstance(fields, dict):
            raise VersionRefused(f"{key}: is not a JSON object")
        if fields.get("format") != FORMAT:
            raise VersionRefused(
                f"{key}: format {fields.get('format')!r}, this program reads {FORMAT}"
            )
        if fields.keys() != _FIELDS.keys():
            different = sorted(fields.keys() ^ _FIELDS.keys())
            raise VersionRefused(f"{key}: fields missing or unknown: {', '.join(different)}")
        for name, is_as_agreed in _FIELDS.items():
            if not is_as_agreed(fields[name]):
                raise VersionRefused(f"{key}: {name} is {fields[name]!r}")
        signature = fields.pop("signature")
        version = cls(**fields)
        if version.key != data_key(version.sha256):
            raise VersionRefused(f"{key}: names {version.key!r} with sha256 {version.sha256!r}")
        return version, signature


def now() -> str:
    """Return the time as the JSON writes it."""
    return datetime.now(UTC).isoformat(timespec="seconds")
