import base64
import json
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mangetamain_analytics.data.pointer import Pointer, read_pointer

SHA256 = "0123456789abcdef" * 4
FIELDS = {
    "format": 1,
    "key": f"data/{SHA256}.duckdb",
    "sha256": SHA256,
    "size": 40_382_464,
    "data_version": "5ecceca0676d",
    "built_at": "2026-11-05T09:07:00+00:00",
    "schema_version": 1,
    "published_at": "2026-11-06T10:00:00+00:00",
    "previous": None,
}
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC_KEY = KEY.public_key().public_bytes_raw()


def body(**changes: Any) -> bytes:
    return json.dumps(FIELDS | {"signature": None} | changes).encode()


def signature(fields: dict[str, Any], key: Ed25519PrivateKey = KEY) -> str:
    """Sign as the contract with the publisher says, spelt out here a second time."""
    text = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return base64.b64encode(key.sign(text.encode("utf-8"))).decode()


def refused(text: bytes, public_key: bytes | None = None) -> str:
    with pytest.raises(ValueError) as caught:
        read_pointer(text, public_key)
    return str(caught.value)


# What it says.


def test_a_pointer_names_one_file_and_its_bytes() -> None:
    assert read_pointer(body(), None) == Pointer(
        key=f"data/{SHA256}.duckdb",
        sha256=SHA256,
        size=40_382_464,
        data_version="5ecceca0676d",
        schema_version=1,
    )


def test_an_unsigned_pointer_may_leave_the_signature_out() -> None:
    assert read_pointer(json.dumps(FIELDS).encode(), None) == read_pointer(body(), None)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"", "is not JSON: Expecting value"),
        (b"<html>", "is not JSON: Expecting value"),
        (body()[:100], "is not JSON: "),
        (b"\xff\xfe{}", "is not JSON: "),
        (b"[" * 60_000, "is not JSON: maximum recursion depth exceeded"),
        (b"[]", "holds a list instead of an object"),
        (b"null", "holds a NoneType instead of an object"),
        (b"{}", "has format None, this app reads 1"),
        (body(format=2, more="x"), "has format 2, this app reads 1"),
        (body(more="x"), "lacks or adds more"),
        (b'{"format": 1, "key": "x"}', "lacks or adds built_at, data_version, previous, pub"),
    ],
)
def test_what_is_no_pointer_is_refused_with_the_reason(text: bytes, words: str) -> None:
    assert refused(text).startswith(words)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("key", "data/../../etc/passwd"),
        ("key", f"data/{'f' * 64}.duckdb"),
        ("key", f"/data/{SHA256}.duckdb"),
        ("key", f"data/{SHA256}.duckdb\n"),
        ("key", f"data/{SHA256}xduckdb"),
        ("key", None),
        ("sha256", "../" * 21 + "x"),
        ("sha256", SHA256.upper()),
        ("sha256", SHA256[:63]),
        ("sha256", 12),
        ("size", 0),
        ("size", -1),
        ("size", "40382464"),
        ("size", 4.5),
        ("size", True),
        ("schema_version", None),
        ("schema_version", "1"),
        ("data_version", ""),
        ("data_version", "<b>bold</b>"),
        ("data_version", ["a"]),
    ],
)
def test_a_field_of_another_kind_is_named_with_its_value(name: str, value: Any) -> None:
    assert refused(body(**{name: value})).startswith(f"has {name} {value!r}, which is not ")


# Whether we believe it.


def test_a_pointer_signed_by_the_publisher_is_believed() -> None:
    assert read_pointer(body(signature=signature(FIELDS)), PUBLIC_KEY).sha256 == SHA256


def test_what_is_signed_is_the_text_and_not_its_escapes() -> None:
    fields = FIELDS | {"data_version": "été-2026"}
    text = json.dumps(fields | {"signature": signature(fields)}, indent=4).encode()

    assert read_pointer(text, PUBLIC_KEY).data_version == "été-2026"


def test_an_unsigned_pointer_is_refused_where_a_signature_is_asked_for() -> None:
    message = "is not signed, and MANGETAMAIN_PUBLIC_KEY asks for a signature"

    assert refused(body(), PUBLIC_KEY) == message
    assert refused(json.dumps(FIELDS).encode(), PUBLIC_KEY) == message


@pytest.mark.parametrize(
    "alter",
    [
        lambda fields: fields | {"size": 40_382_465},
        lambda fields: fields | {"previous": f"data/{'f' * 64}.duckdb"},
        lambda fields: fields | {"more": "x"},
        lambda fields: {name: value for name, value in fields.items() if name != "previous"},
        lambda fields: fields | {"signature": "AAAA"},
        lambda fields: fields | {"signature": "not base64!"},
        lambda fields: fields | {"signature": 7},
        lambda fields: fields | {"signature": signature(FIELDS, Ed25519PrivateKey.generate())},
    ],
    ids=["size", "previous", "added", "left out", "short", "no base64", "number", "other signer"],
)
def test_a_pointer_that_the_publisher_did_not_sign_so_is_refused(
    alter: Callable[[dict[str, Any]], dict[str, Any]],
) -> None:
    altered = alter(FIELDS | {"signature": signature(FIELDS)})

    assert refused(json.dumps(altered).encode(), PUBLIC_KEY) == (
        "is not signed by the owner of MANGETAMAIN_PUBLIC_KEY, or was altered"
    )


def test_without_a_public_key_a_signature_is_not_looked_at() -> None:
    assert read_pointer(body(signature="AAAA"), None).sha256 == SHA256
