"""Brings the current version to a local file, checked: what analysts work on."""

import hashlib
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from tqdm import tqdm

from mangetamain_data_utils.exceptions import VersionRefused
from mangetamain_data_utils.publishing.store import Store
from mangetamain_data_utils.publishing.version import POINTER_KEY, Version
from mangetamain_data_utils.workplace import publish, workplace


def fetch(
    store: Store, output: Path, public_key: Ed25519PublicKey | None, *, quiet: bool
) -> tuple[Version, bool]:
    """Write the current version to a file; return it, and whether anything was downloaded.

    The file appears, by rename, when its size and sha256 are those of the pointer; until then
    the previous one stays.

    Raises:
        VersionRefused: nothing is published, the pointer is not to be trusted, or the file in
            the store is missing or altered.
        OutputRefused: the file cannot be written.
        StoreRefused: the store cannot be reached or refuses.
    """
    pointer = store.get(POINTER_KEY)
    if pointer is None:
        raise VersionRefused(f"{POINTER_KEY}: nothing is published yet in {store.settings}")
    version = Version.from_json(POINTER_KEY, pointer, public_key)
    if _is_there(output, version):
        return version, False
    with workplace(output) as folder:
        partial = folder / "partial.duckdb"
        _download(store, version, partial, quiet)
        publish(partial, output)
    return version, True


def _download(store: Store, version: Version, partial: Path, quiet: bool) -> None:
    digest, size = hashlib.sha256(), 0
    bar = tqdm(desc="fetch", total=version.size, unit="B", unit_scale=True, disable=quiet or None)
    with partial.open("wb") as file, bar:
        for chunk in store.chunks(version.key):
            file.write(chunk)
            digest.update(chunk)
            size += len(chunk)
            bar.update(len(chunk))
            if size > version.size:
                break
    if (size, digest.hexdigest()) != (version.size, version.sha256):
        raise VersionRefused(
            f"{version.key}: {store.settings} gives other bytes than {POINTER_KEY} says "
            f"({size:,} of {version.size:,} bytes, sha256 {digest.hexdigest()}); the output stays "
            "as it was. Run the command again; if it stays so, publish again"
        )


def _is_there(output: Path, version: Version) -> bool:
    try:
        with output.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == version.sha256
    except OSError:  # none, or not to be read: written anew, or refused with the reason
        return False
