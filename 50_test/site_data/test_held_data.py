"""A site that is told which published file to hold serves that one, whatever is published."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mangetamain_analytics.data.keeper import Freshness, SnapshotKeeper
from mangetamain_analytics.data.local_copies import LocalCopies
from mangetamain_analytics.data.published_file import HeldFile, PublishedFile
from mangetamain_analytics.data.snapshot import Origin
from mangetamain_analytics.data.store import Store
from mangetamain_analytics.exceptions import DataUnavailableError
from mangetamain_analytics.utils.i18n import translator
from mangetamain_analytics.utils.settings import Settings
from mangetamain_analytics.utils.store_access import store_access

SIGNER = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC_KEY = SIGNER.public_key().public_bytes_raw()
on_rclone = pytest.mark.parametrize("store", ["rclone"], indirect=True)


@pytest.fixture
def hold(store: Any, tmp_path: Path) -> Callable[[str], SnapshotKeeper]:
    """Start to hold the file of a sha256, each time with the copies that are here."""

    def start(sha256: str) -> SnapshotKeeper:
        copies = LocalCopies(tmp_path / "cache")
        return SnapshotKeeper(HeldFile(_reader(store), copies, PUBLIC_KEY, sha256))

    return start


def _reader(store: Any) -> Store:
    access = store_access(Settings.from_environ(store.environ()))
    assert access is not None
    return Store(access)


def refused(keeper: SnapshotKeeper) -> str:
    with pytest.raises(DataUnavailableError) as caught:
        keeper.current()
    return str(caught.value)


def test_the_file_is_held_while_others_are_published(
    publication: Any, built_files: tuple[Path, ...], hold: Callable[[str], SnapshotKeeper]
) -> None:
    first, second = built_files[:2]
    sha256, version = publication.record(first, SIGNER), publication.publish(first, SIGNER)
    publication.publish(second, SIGNER)
    keeper = hold(sha256)
    snapshot = keeper.current()

    assert (snapshot.info.data_version, snapshot.sha256) == (version, sha256)
    assert snapshot.origin is Origin.S3
    publication.publish(built_files[2], SIGNER)
    assert not keeper.refresh()
    assert keeper.current() is snapshot
    assert keeper.report().freshness is Freshness.HELD


def test_a_file_that_was_pruned_is_held_from_the_copy_of_those_who_followed(
    store: Any,
    publication: Any,
    built_files: tuple[Path, ...],
    tmp_path: Path,
    hold: Callable[[str], SnapshotKeeper],
) -> None:
    """By its bytes alone: no word of a store is needed for what has the right sha256."""
    version = publication.publish(built_files[0], SIGNER)
    follower = PublishedFile(_reader(store), LocalCopies(tmp_path / "cache"), PUBLIC_KEY)
    sha256 = SnapshotKeeper(follower).current().sha256
    assert sha256 is not None
    store.empty()
    snapshot = hold(sha256).current()

    assert (snapshot.info.data_version, snapshot.origin) == (version, Origin.CACHE)


def test_a_file_that_is_nowhere_is_told_and_held_once_it_is_there(
    store: Any,
    publication: Any,
    built_files: tuple[Path, ...],
    hold: Callable[[str], SnapshotKeeper],
) -> None:
    sha256 = publication.fields(built_files[0])["sha256"]
    version = publication.publish(built_files[1], SIGNER)
    keeper = hold(sha256)

    assert refused(keeper) == (
        f"data '{store.endpoint}/{store.bucket}/data/{sha256}.json': the bucket holds no such"
        " object, and MANGETAMAIN_DATA_SHA256 asks for it"
    )
    publication.record(built_files[0], SIGNER)
    assert keeper.refresh()
    assert keeper.current().info.data_version != version


def test_a_copy_that_was_altered_is_not_held(
    store: Any,
    publication: Any,
    built_files: tuple[Path, ...],
    hold: Callable[[str], SnapshotKeeper],
) -> None:
    sha256 = publication.record(built_files[0], SIGNER)
    path = hold(sha256).current().path
    path.write_bytes(path.read_bytes()[:-1] + b"x")

    assert hold(sha256).current().origin is Origin.S3  # downloaded again
    path.write_bytes(built_files[1].read_bytes())
    store.empty()
    assert "the bucket holds no such object" in refused(hold(sha256))


def _unsigned(publication: Any, files: tuple[Path, ...]) -> str:
    publication.record(files[0])
    return "is not signed, and MANGETAMAIN_PUBLIC_KEY asks for a signature"


def _of_another_key(publication: Any, files: tuple[Path, ...]) -> str:
    publication.record(files[0], Ed25519PrivateKey.generate())
    return "is not signed by the owner of MANGETAMAIN_PUBLIC_KEY, or was altered"


def _of_another_file(publication: Any, files: tuple[Path, ...]) -> str:
    """Signed by us, and moved by whoever may write the bucket."""
    sha256, others = publication.record(files[0], SIGNER), publication.fields(files[1])
    publication.sign(f"data/{sha256}.json", others, SIGNER)
    return f"describes {others['key']}"


@pytest.mark.parametrize("fault", [_unsigned, _of_another_key, _of_another_file])
def test_a_record_is_believed_as_a_pointer_is(
    store: Any,
    publication: Any,
    built_files: tuple[Path, ...],
    hold: Callable[[str], SnapshotKeeper],
    fault: Callable[..., str],
) -> None:
    words, sha256 = fault(publication, built_files), publication.fields(built_files[0])["sha256"]

    record = f"{store.endpoint}/{store.bucket}/data/{sha256}.json"
    assert refused(hold(sha256)) == f"data '{record}': {words}"


def test_tables_that_this_site_does_not_know_are_not_downloaded(
    publication: Any, built_files: tuple[Path, ...], hold: Callable[[str], SnapshotKeeper]
) -> None:
    sha256 = publication.record(built_files[0], SIGNER, schema_version=2)

    assert refused(hold(sha256)).endswith(
        f"data/{sha256}.duckdb': schema version 2, this app reads 1"
    )


@on_rclone
def test_a_site_holds_what_the_publisher_recorded_and_says_so(
    store: Any,
    publication: Any,
    built_files: tuple[Path, ...],
    start_site: Callable[..., Any],
    tmp_path: Path,
) -> None:
    environ = os.environ | store.environ(store.publisher)

    def run(*arguments: str | Path) -> str:
        command = [Path(sys.executable).with_name("mangetamain-data"), *arguments]
        return subprocess.run(
            command, env=environ, cwd=tmp_path, capture_output=True, text=True, check=True
        ).stdout

    name, _, public_key = run("keygen").strip().partition("=")
    for file in built_files[:2]:
        run("publish", file)
    first = publication.fields(built_files[0])
    held = {name: public_key, "MANGETAMAIN_DATA_SHA256": first["sha256"]}
    site = start_site(**store.environ(), **held)
    ready = site.ready()

    assert ready["data_version"] == first["data_version"]
    assert ready["data_sha256"] == first["sha256"]
    assert (ready["freshness"], ready["origin"], ready["last_error"]) == ("held", "s3", None)
    for language in ("en", "fr"):
        page = site.page(language)
        assert translator(language)("data-held") in page
        assert translator(language)("data-fresh") not in page
