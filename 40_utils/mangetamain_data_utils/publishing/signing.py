"""Ed25519 signatures of versions: whoever has the public key knows that we published them."""

import base64
import binascii
import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from mangetamain_data_utils.exceptions import OutputRefused, SettingRefused

_PRIVATE_MODE = 0o600


def make_signing_key(path: Path) -> Ed25519PrivateKey:
    """Write a new private key (PEM, mode 600) and return it; never overwrites a file.

    Raises:
        OutputRefused: the file exists, or cannot be written.
    """
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    if path.exists():
        raise OutputRefused(
            f"{path}: exists already; a new key makes every site refuse what it signs until "
            "MANGETAMAIN_PUBLIC_KEY is changed there. Move the file away if that is what you want"
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE_MODE)
        with os.fdopen(descriptor, "wb") as file:
            file.write(pem)
            file.flush()
            os.fsync(descriptor)
    except OSError as error:
        raise OutputRefused(f"{path}: cannot be written: {error.strerror}") from error
    return key


def read_signing_key(path: Path) -> Ed25519PrivateKey:
    """Return the private key of a PEM file that only its owner can read.

    Raises:
        SettingRefused: the file is missing, readable by others, or not such a key.
    """
    try:
        mode = path.stat().st_mode & 0o777
        pem = path.read_bytes()
    except FileNotFoundError as error:
        raise SettingRefused(
            f"MANGETAMAIN_SIGNING_KEY={path}: no such file; make one with `mangetamain-data "
            "keygen`, or say --unsigned for sites without MANGETAMAIN_PUBLIC_KEY"
        ) from error
    except OSError as error:
        raise SettingRefused(
            f"MANGETAMAIN_SIGNING_KEY={path}: cannot be read: {error.strerror}"
        ) from error
    if mode & 0o077:
        raise SettingRefused(
            f"MANGETAMAIN_SIGNING_KEY={path}: others can read it (mode {mode:o}); "
            f"chmod {_PRIVATE_MODE:o} {path}"
        )
    try:
        key = serialization.load_pem_private_key(pem, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise SettingRefused(
            f"MANGETAMAIN_SIGNING_KEY={path}: is not an Ed25519 private key in PEM (PKCS8) "
            "without a password; `mangetamain-data keygen` makes one"
        )
    return key


def public_key_text(key: Ed25519PublicKey) -> str:
    """Return the text that MANGETAMAIN_PUBLIC_KEY takes: the 32 raw bytes in base64."""
    return base64.b64encode(key.public_bytes_raw()).decode()


def parse_public_key(text: str) -> Ed25519PublicKey:
    """Return the key that a MANGETAMAIN_PUBLIC_KEY holds.

    Raises:
        SettingRefused: it is not 32 bytes in base64.
    """
    try:
        return Ed25519PublicKey.from_public_bytes(base64.b64decode(text, validate=True))
    except (binascii.Error, ValueError) as error:
        raise SettingRefused(
            "MANGETAMAIN_PUBLIC_KEY: must be 32 bytes in base64, as `mangetamain-data keygen` "
            "prints them"
        ) from error


def sign(key: Ed25519PrivateKey, text: bytes) -> str:
    """Return the signature of the text, in base64."""
    return base64.b64encode(key.sign(text)).decode()


def is_signed_by(key: Ed25519PublicKey, text: bytes, signature: str) -> bool:
    """Tell whether the base64 text is the key's signature of the text."""
    try:
        key.verify(base64.b64decode(signature, validate=True), text)
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True
