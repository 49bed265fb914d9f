"""The key files: made once, private, and refused with a reason."""

import stat
from pathlib import Path

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from mangetamain_data_utils.cli import main
from mangetamain_data_utils.exceptions import OutputRefused, SettingRefused
from mangetamain_data_utils.publishing.signing import (
    is_signed_by,
    make_signing_key,
    parse_public_key,
    read_signing_key,
    sign,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "signing_key.pem"


def test_keygen_prints_the_public_half_of_what_it_writes(path) -> None:
    result = CliRunner().invoke(main, ["keygen", "--output", str(path)])
    assert result.exit_code == 0
    name, _, text = result.stdout.strip().partition("=")
    assert name == "MANGETAMAIN_PUBLIC_KEY"
    signature = sign(read_signing_key(path), b"text")
    assert is_signed_by(parse_public_key(text), b"text", signature)
    assert not is_signed_by(parse_public_key(text), b"other text", signature)
    assert "PRIVATE" not in result.output


def test_only_the_owner_can_read_the_private_key(path) -> None:
    make_signing_key(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_key_is_never_overwritten(path) -> None:
    make_signing_key(path)
    before = path.read_bytes()
    result = CliRunner().invoke(main, ["keygen", "--output", str(path)])
    assert result.exit_code == 1
    assert f"{path}: exists already; a new key makes every site refuse" in result.stderr
    assert path.read_bytes() == before


def test_a_folder_that_cannot_be_made_is_named(tmp_path) -> None:
    (tmp_path / "keys").write_text("a file")
    with pytest.raises(OutputRefused, match="keys/signing_key.pem: cannot be written: "):
        make_signing_key(tmp_path / "keys" / "signing_key.pem")


def test_a_missing_key_says_how_to_make_one(path) -> None:
    with pytest.raises(SettingRefused, match="no such file; make one with `mangetamain-data keyg"):
        read_signing_key(path)


def test_a_key_that_cannot_be_read_is_named(tmp_path) -> None:
    with pytest.raises(SettingRefused, match="MANGETAMAIN_SIGNING_KEY=.*: cannot be read: Is a di"):
        read_signing_key(tmp_path)


def test_a_key_that_others_can_read_is_refused(path) -> None:
    make_signing_key(path)
    path.chmod(0o640)
    with pytest.raises(SettingRefused, match=r"others can read it \(mode 640\); chmod 600 "):
        read_signing_key(path)


@pytest.mark.parametrize("pem", [b"", b"hunter2", "other kind"])
def test_what_is_no_such_key_is_refused_and_not_quoted(tmp_path, pem) -> None:
    if pem == "other kind":
        key = ec.generate_private_key(ec.SECP256R1())
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path = tmp_path / "key.pem"
    path.touch(mode=0o600)
    path.write_bytes(pem)
    with pytest.raises(SettingRefused, match="is not an Ed25519 private key in PEM") as caught:
        read_signing_key(path)
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("text", ["", "short", "A" * 44, "A" * 43 + "é", "A" * 88])
def test_a_malformed_public_key_is_refused(text) -> None:
    with pytest.raises(SettingRefused, match="MANGETAMAIN_PUBLIC_KEY: must be 32 bytes in base64"):
        parse_public_key(text)
