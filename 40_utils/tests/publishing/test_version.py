"""The JSON of the pointer: what is signed, and what is refused."""

import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from mangetamain_data_utils.exceptions import VersionRefused
from mangetamain_data_utils.publishing.version import Version

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
VERSION = Version(
    key=f"data/{'a1' * 32}.duckdb",
    sha256="a1" * 32,
    size=1234,
    data_version="é5ecceca",
    built_at="2026-11-21T09:46:52+00:00",
    schema_version=1,
    published_at="2026-11-21T10:00:00+00:00",
    previous=None,
)


def test_the_canonical_json_is_sorted_compact_and_utf_8() -> None:
    assert VERSION.signed_text().decode() == (
        '{"built_at":"2026-11-21T09:46:52+00:00","data_version":"é5ecceca","format":1,'
        f'"key":"data/{"a1" * 32}.duckdb","previous":null,'
        '"published_at":"2026-11-21T10:00:00+00:00","schema_version":1,'
        f'"sha256":"{"a1" * 32}","size":1234}}'
    )


def test_the_signature_of_a_known_key_never_changes() -> None:
    """Computed once with OpenSSL from the canonical text above."""
    signature = json.loads(VERSION.to_json(KEY))["signature"]
    assert signature == (
        "IhjIOS867KBs/ZoGO5ukOZQceSQYEXACdc0VWloX2Y2J"
        "iffrStFLpnHir6xZ626Au2LFfa2ybvSDZ51cB9EXDA=="
    )


def test_what_was_written_is_read_back() -> None:
    assert Version.from_json("k", VERSION.to_json(KEY), KEY.public_key()) == VERSION
    assert Version.from_json("k", VERSION.to_json(None), None) == VERSION
    assert Version.from_json("k", VERSION.to_json(KEY), None) == VERSION


OTHER = "b2" * 32
CHANGES = {
    "key": {"key": f"data/{OTHER}.duckdb", "sha256": OTHER},
    "size": {"size": 1235},
    "data_version": {"data_version": "newer"},
    "built_at": {"built_at": "2027-11-21T09:46:52+00:00"},
    "schema_version": {"schema_version": 2},
    "published_at": {"published_at": "2027-11-21T10:00:00+00:00"},
    "previous": {"previous": f"data/{OTHER}.duckdb"},
    "signature": {"signature": "A" * 86 + "=="},
    "base64 of another length": {"signature": "AAA"},
}


@pytest.mark.parametrize("change", CHANGES)
def test_an_altered_field_breaks_the_signature(change) -> None:
    altered = json.loads(VERSION.to_json(KEY)) | CHANGES[change]
    with pytest.raises(VersionRefused, match="^current.json: was altered, or signed by another"):
        Version.from_json("current.json", json.dumps(altered).encode(), KEY.public_key())


def test_a_missing_signature_is_refused_when_there_is_a_public_key() -> None:
    with pytest.raises(VersionRefused, match="^current.json: is not signed$"):
        Version.from_json("current.json", VERSION.to_json(None), KEY.public_key())


def test_a_signature_of_somebody_else_is_refused() -> None:
    stranger = Ed25519PrivateKey.generate()
    with pytest.raises(VersionRefused, match="signed by another key"):
        Version.from_json("current.json", VERSION.to_json(stranger), KEY.public_key())


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"format": 2}, "format 2, this program reads 1"),
        ({"extra": 1}, "fields missing or unknown: extra"),
        ({"size": "1234"}, "size is '1234'"),
        ({"size": True}, "size is True"),
        ({"previous": 7}, "previous is 7"),
        ({"size": 0}, "size is 0"),
        ({"sha256": "A1" * 32}, "sha256 is 'A1"),
        ({"key": "data/../secrets"}, "key is 'data/../secrets'"),
        ({"key": f"data/{OTHER}.duckdb"}, "names 'data/b2b2.*' with sha256 'a1a1"),
        ({"data_version": "\x1b[31m"}, r"data_version is '\\x1b\[31m'"),
        ({"data_version": "\ud800"}, r"data_version is '\\ud800'"),
        ({"built_at": "yesterday"}, "built_at is 'yesterday'"),
        ({"published_at": "2026-11-21T10:00:00+01:00"}, "published_at is '2026"),
        ({"previous": "current.json"}, "previous is 'current.json'"),
        ({"signature": "not base64"}, "signature is 'not base64'"),
    ],
)
def test_a_field_that_is_not_as_agreed_is_named(change, message) -> None:
    fields = json.loads(VERSION.to_json(None)) | change
    with pytest.raises(VersionRefused, match=f"^current.json: {message}"):
        Version.from_json("current.json", json.dumps(fields).encode(), None)


JSON = st.recursive(st.none() | st.integers() | st.text(max_size=20), st.lists, max_leaves=5)


@given(st.binary(max_size=200) | JSON)
def test_nothing_else_is_taken_for_a_version(content) -> None:
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    with pytest.raises(VersionRefused, match="^k: is not"):
        Version.from_json("k", raw, None)
