"""The small object that says which published file is current, and whether we may believe it.

Beside each published file lies its record: the same, never changed, for this one file.
"""

import base64
import binascii
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

# What it is called in the bucket.
POINTER_NAME = "current.json"


def record_name(sha256: str) -> str:
    """Return what the record of a published file is called in the bucket."""
    return f"data/{sha256}.json"


# The form that this code can read; the publisher writes it into the pointer.
FORMAT = 1

FIELDS = frozenset(
    {
        "format",
        "key",
        "sha256",
        "size",
        "data_version",
        "built_at",
        "schema_version",
        "published_at",
        "previous",
    }
)


@dataclass(frozen=True)
class Pointer:
    """The current data file: its key, its bytes, the layout of its tables."""

    key: str
    sha256: str
    size: int
    data_version: str
    schema_version: int


def read_pointer(body: bytes, public_key: bytes | None) -> Pointer:
    """Return what the pointer says, signed by the owner of ``public_key`` if one is given.

    Raises:
        ValueError: It is not a pointer that this code can read, or is not signed so.
    """
    fields = _fields(body)
    signature = fields.pop("signature", None)
    if public_key is not None:
        _check_signature(fields, signature, public_key)
    if fields.get("format") != FORMAT:
        raise ValueError(f"has format {fields.get('format')!r}, this app reads {FORMAT}")
    if difference := fields.keys() ^ FIELDS:
        raise ValueError(f"lacks or adds {', '.join(sorted(difference))}")
    return _pointer(fields)


def _fields(body: bytes) -> dict[str, Any]:
    try:
        fields = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise ValueError(f"is not JSON: {error}") from error
    if not isinstance(fields, dict):
        raise ValueError(f"holds a {type(fields).__name__} instead of an object")
    return fields


def _check_signature(fields: Mapping[str, Any], signature: object, public_key: bytes) -> None:
    if signature is None:
        raise ValueError("is not signed, and MANGETAMAIN_PUBLIC_KEY asks for a signature")
    try:
        decoded = base64.b64decode(str(signature), validate=True)
        Ed25519PublicKey.from_public_bytes(public_key).verify(decoded, signed_text(fields))
    except (binascii.Error, InvalidSignature):
        raise ValueError(
            "is not signed by the owner of MANGETAMAIN_PUBLIC_KEY, or was altered"
        ) from None


def signed_text(fields: Mapping[str, Any]) -> bytes:
    """Return the bytes that are signed: every field but the signature, in one spelling."""
    text = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode("utf-8", "surrogatepass")


def _pointer(fields: Mapping[str, Any]) -> Pointer:
    sha256 = _matching(fields, "sha256", "[0-9a-f]{64}")
    return Pointer(
        # Nothing else: the key of an object must not choose a path on this machine.
        key=_matching(fields, "key", rf"data/{sha256}\.duckdb"),
        sha256=sha256,
        size=_positive(fields, "size"),
        data_version=_matching(fields, "data_version", r"[\w.-]{1,64}"),
        schema_version=_positive(fields, "schema_version"),
    )


def _matching(fields: Mapping[str, Any], name: str, pattern: str) -> str:
    value = fields[name]
    if not (isinstance(value, str) and re.fullmatch(pattern, value)):
        raise ValueError(f"has {name} {value!r}, which is not {pattern}")
    return value


def _positive(fields: Mapping[str, Any], name: str) -> int:
    value = fields[name]
    if type(value) is not int or value < 1:  # True is an int, and no size
        raise ValueError(f"has {name} {value!r}, which is not a positive number")
    return value
