"""What the site serves and what a maintainer reads, whatever happens to store, network or disk.

Each fault is met while data are being served, at a start with a local copy and at a start with
nothing. The first two go on serving; all three say the same words, and serve what is published
once the fault is over.
"""

import hashlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import botocore.auth
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from loguru import logger

from mangetamain_analytics.data import local_copies
from mangetamain_analytics.data import store as store_module
from mangetamain_analytics.data.keeper import Freshness, SnapshotKeeper
from mangetamain_analytics.data.local_copies import LocalCopies
from mangetamain_analytics.data.published_file import PublishedFile
from mangetamain_analytics.data.snapshot import Origin, Snapshot
from mangetamain_analytics.data.store import Store
from mangetamain_analytics.exceptions import DataUnavailableError
from mangetamain_analytics.utils.settings import Settings
from mangetamain_analytics.utils.store_access import StoreAccess, store_access

SIGNER = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC_KEY = SIGNER.public_key().public_bytes_raw()


@pytest.fixture
def access(store: Any) -> StoreAccess:
    """The site's own access, read from the settings that lead to the store."""
    found = store_access(Settings.from_environ(store.environ()))
    assert found is not None
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of the local copies."""
    return tmp_path / "cache"


def keeper_of(access: StoreAccess, folder: Path, public_key: bytes | None = None) -> SnapshotKeeper:
    return SnapshotKeeper(PublishedFile(Store(access), LocalCopies(folder), public_key))


def version_read(snapshot: Snapshot) -> str:
    """What a query reads, whatever the snapshot says of itself."""
    with snapshot.cursor() as cursor:
        row = cursor.execute("select data_version from build_info").fetchone()
    assert row is not None
    return str(row[0])


def refused(ask: Callable[[], object]) -> str:
    with pytest.raises(DataUnavailableError) as caught:
        ask()
    return str(caught.value)


@pytest.fixture(autouse=True)
def log(store: Any) -> Iterator[list[str]]:
    """What is logged; neither half of a key may be in it, nor in any error that is logged."""
    lines: list[str] = []
    number = logger.add(lines.append, level=0, format="{message}\n{exception}", diagnose=False)
    yield lines
    logger.remove(number)
    text = "\n".join(lines)
    for credentials in (store.site, store.publisher):
        assert credentials.secret_access_key not in text
        assert credentials.access_key_id not in text


# What is served when all is well.


def test_the_published_file_is_downloaded_verified_and_served(
    publication: Any, access: StoreAccess, folder: Path, built_files: tuple[Path, ...]
) -> None:
    version = publication.publish(built_files[0])
    keeper = keeper_of(access, folder)
    snapshot = keeper.current()

    assert (version_read(snapshot), snapshot.info.data_version) == (version, version)
    assert snapshot.origin is Origin.S3
    assert snapshot.path.read_bytes() == built_files[0].read_bytes()
    assert snapshot.path.name == f"{hashlib.sha256(built_files[0].read_bytes()).hexdigest()}.duckdb"
    report = keeper.report()
    assert (report.source, report.freshness, report.last_error) == (
        access.address,
        Freshness.FRESH,
        None,
    )


def test_a_file_of_several_parts_arrives_whole(
    publication: Any,
    access: StoreAccess,
    folder: Path,
    built_files: tuple[Path, ...],
    monkeypatch: pytest.MonkeyPatch,
    log: list[str],
) -> None:
    monkeypatch.setattr(store_module, "PART_BYTES", 100_000)
    publication.publish(built_files[0])

    path = keeper_of(access, folder).current().path
    assert path.read_bytes() == built_files[0].read_bytes()
    size = f"{built_files[0].stat().st_size / 1e6:.1f}"
    assert any(f"{size} of {size} MB" in line for line in log)


def test_a_second_start_asks_for_the_pointer_and_downloads_nothing(
    publication: Any,
    access: StoreAccess,
    folder: Path,
    built_files: tuple[Path, ...],
    proxy: Any,
) -> None:
    version = publication.publish(built_files[0])
    through = replace(access, endpoint=proxy.endpoint)
    sizes: list[int] = []

    def weigh(method: str, path: str, body: bytes) -> bytes:
        sizes.append(len(body))
        return body

    keeper_of(through, folder).current()
    proxy.requests.clear()
    proxy.alter = weigh
    keeper = keeper_of(through, folder)

    assert version_read(keeper.current()) == version
    assert keeper.current().origin is Origin.CACHE
    assert keeper.report().freshness is Freshness.FRESH
    assert [path.split("?")[0] for _, path in proxy.requests] == [f"/{access.bucket}/current.json"]
    assert sizes == [0]  # 304 Not Modified


def test_a_newer_version_is_served_after_a_look_and_an_older_one_after_a_rollback(
    publication: Any, access: StoreAccess, folder: Path, built_files: tuple[Path, ...]
) -> None:
    first, second = built_files[:2]
    versions = [publication.publish(first)]
    keeper = keeper_of(access, folder)
    held = keeper.current()
    versions.append(publication.publish(second))

    assert keeper.refresh()
    assert version_read(keeper.current()) == versions[1]
    assert version_read(held) == versions[0]
    assert not keeper.refresh()

    publication.publish(first)
    assert keeper.refresh()
    assert version_read(keeper.current()) == versions[0]
    assert keeper.current().origin is Origin.CACHE
    assert keeper_of(access, folder).current().info.data_version == versions[0]


def test_the_same_file_published_again_is_not_opened_again(
    publication: Any, access: StoreAccess, folder: Path, built_files: tuple[Path, ...]
) -> None:
    publication.publish(built_files[0])
    keeper = keeper_of(access, folder)
    held = keeper.current()
    publication.publish(built_files[0], previous=f"data/{'f' * 64}.duckdb")

    assert not keeper.refresh()
    assert keeper.current() is held


def test_a_signed_pointer_is_followed(
    publication: Any, access: StoreAccess, folder: Path, built_files: tuple[Path, ...]
) -> None:
    version = publication.publish(built_files[0], SIGNER)

    assert version_read(keeper_of(access, folder, PUBLIC_KEY).current()) == version


# Faults. Each takes the store, publishes or breaks something, and returns the words of the error.


class Fault:
    """One thing that goes wrong: how, what a maintainer reads, and how it ends."""

    def __init__(self, publication: Any, store: Any, files: tuple[Path, ...]) -> None:
        self.publication, self.store, self.files = publication, store, files
        self.address = f"{store.endpoint}/{store.bucket}"
        self.second = publication.fields(files[1])
        self.object = f"data '{self.address}/{self.second['key']}'"
        self.pointer = f"data '{self.address}/current.json'"

    def begin(self) -> str:
        raise NotImplementedError

    def end(self) -> None:
        """Publish the second file as it should be."""
        self.publication.publish(self.files[1], SIGNER)


class StoreDown(Fault):
    def begin(self) -> str:
        self.publication.publish(self.files[1], SIGNER)
        self.store.stop()
        return (
            f"{self.pointer}: the store does not answer:"
            " the connection is refused or the name is unknown"
        )

    def end(self) -> None:
        self.store.start()


class NothingPublished(Fault):
    def begin(self) -> str:
        self.store.empty()
        return f"{self.pointer}: the bucket holds no such object"


class NotJson(Fault):
    def begin(self) -> str:
        self.publication.put("current.json", b"<html>maintenance</html>")
        return f"{self.pointer}: is not JSON: Expecting value: line 1 column 1 (char 0)"


class HalfAPointer(Fault):
    def begin(self) -> str:
        self.publication.put("current.json", b'{"format": 1, "key": "data/')
        where = "Unterminated string starting at: line 1 column 22 (char 21)"
        return f"{self.pointer}: is not JSON: {where}"


class EndlessPointer(Fault):
    """A data file where the pointer should be: it is not read whole."""

    def begin(self) -> str:
        self.publication.put("current.json", b"[" + b" " * 10**6 + b"]")
        return f"{self.pointer}: is not JSON: Expecting value: line 1 column 65537 (char 65536)"


class MissingObject(Fault):
    def begin(self) -> str:
        self.publication.point(self.second, SIGNER)
        return f"{self.object}: the bucket holds no such object"


class PathInKey(Fault):
    def begin(self) -> str:
        key = "data/../../etc/passwd"
        self.publication.publish(self.files[1], SIGNER, key=key)
        pattern = rf"data/{self.second['sha256']}\.duckdb"
        return f"{self.pointer}: has key {key!r}, which is not {pattern}"


class Unsigned(Fault):
    def begin(self) -> str:
        self.publication.publish(self.files[1])
        return f"{self.pointer}: is not signed, and MANGETAMAIN_PUBLIC_KEY asks for a signature"


class SignedByAnother(Fault):
    def begin(self) -> str:
        self.publication.publish(self.files[1], Ed25519PrivateKey.generate())
        return (
            f"{self.pointer}: is not signed by the owner of MANGETAMAIN_PUBLIC_KEY, or was altered"
        )


class Truncated(Fault):
    def begin(self) -> str:
        self.publication.publish(self.files[1], SIGNER)
        content = self.files[1].read_bytes()
        self.publication.put(self.second["key"], content[:-1000])
        return (
            f"data '{self.second['key']}': what was downloaded has {len(content) - 1000} bytes"
            f" instead of {len(content)}"
        )


class FlippedByte(Fault):
    def begin(self) -> str:
        self.publication.publish(self.files[1], SIGNER)
        content = bytearray(self.files[1].read_bytes())
        content[len(content) // 2] ^= 1
        self.publication.put(self.second["key"], bytes(content))
        sha256 = hashlib.sha256(content).hexdigest()
        return (
            f"data '{self.second['key']}': what was downloaded has the sha256 {sha256[:12]}…"
            f" instead of {self.second['sha256'][:12]}…"
        )


class UnknownSchema(Fault):
    """The next version of the builder was faster than the next version of the site."""

    def begin(self) -> str:
        self.publication.publish(self.files[1], SIGNER, schema_version=2)
        return f"{self.object}: schema version 2, this app reads 1"


FAULTS = [
    StoreDown,
    NothingPublished,
    NotJson,
    HalfAPointer,
    EndlessPointer,
    MissingObject,
    PathInKey,
    Unsigned,
    SignedByAnother,
    Truncated,
    FlippedByte,
    UnknownSchema,
]


@pytest.fixture
def fault(
    request: pytest.FixtureRequest,
    publication: Any,
    store: Any,
    built_files: tuple[Path, ...],
) -> Iterator[Fault]:
    fault: Fault = request.param(publication, store, built_files)
    yield fault
    store.start()


every_fault = pytest.mark.parametrize(
    "fault", FAULTS, indirect=True, ids=lambda fault: fault.__name__
)


@every_fault
def test_a_fault_while_running_leaves_visitors_the_data_they_had(
    fault: Fault, publication: Any, access: StoreAccess, folder: Path
) -> None:
    first = publication.publish(fault.files[0], SIGNER)
    keeper = keeper_of(access, folder, PUBLIC_KEY)
    held = keeper.current()
    words = fault.begin()

    for _ in range(2):
        assert refused(keeper.refresh) == words
        assert keeper.report().last_error == words
        assert keeper.current() is held
        assert version_read(keeper.current()) == first
    assert keeper.report().freshness in (Freshness.FRESH, Freshness.NEWER_EXISTS)

    fault.end()
    assert keeper.refresh()
    assert version_read(keeper.current()) == fault.second["data_version"]
    assert keeper.report().last_error is None


@every_fault
def test_a_fault_at_a_start_leaves_visitors_the_data_of_the_start_before(
    fault: Fault, publication: Any, access: StoreAccess, folder: Path, log: list[str]
) -> None:
    first = publication.publish(fault.files[0], SIGNER)
    keeper_of(access, folder, PUBLIC_KEY).current()
    words = fault.begin()
    keeper = keeper_of(access, folder, PUBLIC_KEY)

    assert version_read(keeper.current()) == first
    assert keeper.current().origin is Origin.CACHE
    assert keeper.report().freshness is not Freshness.FRESH
    assert keeper.report().last_error == words
    assert any(words in line for line in log)

    fault.end()
    assert keeper.refresh()
    assert version_read(keeper.current()) == fault.second["data_version"]


@every_fault
def test_a_fault_at_a_start_with_nothing_is_told_and_ends(
    fault: Fault, access: StoreAccess, folder: Path
) -> None:
    words = fault.begin()
    keeper = keeper_of(access, folder, PUBLIC_KEY)

    assert refused(keeper.current) == words
    assert keeper.report().last_error == words
    assert not list(folder.glob("*.duckdb")) and not list(folder.glob("*.part"))

    fault.end()
    assert keeper.refresh()
    assert version_read(keeper.current()) == fault.second["data_version"]


# Wrong settings and clocks: met at a start.


def at_a_start(
    publication: Any, good: StoreAccess, bad: StoreAccess, folder: Path, file: Path
) -> str:
    """Start without and with a copy; return the words of the error, the same in both."""
    version = publication.publish(file)
    words = refused(keeper_of(bad, folder / "none").current)
    keeper_of(good, folder).current()
    keeper = keeper_of(bad, folder)

    if good.address == bad.address:
        assert version_read(keeper.current()) == version
        assert keeper.report().freshness is Freshness.UNCONFIRMED
    else:  # what was published in another bucket is not what this one holds
        assert refused(keeper.current) == words
    assert keeper.report().last_error == words
    return words


WRONG_SETTINGS = [
    (
        {"secret_access_key": "0" * 64},
        "the secret of the access key is wrong; see AWS_SECRET_ACCESS_KEY",
    ),
    (
        {"access_key_id": f"GK{'0' * 24}"},
        "the store does not know this access key; see AWS_ACCESS_KEY_ID",
    ),
    (
        {"bucket": "no-such-bucket"},
        "the store has no bucket 'no-such-bucket'; see MANGETAMAIN_BUCKET",
    ),
    (
        {"endpoint": "http://no-such-host.invalid"},
        "the store does not answer: the connection is refused or the name is unknown",
    ),
]


@pytest.mark.parametrize(
    ("change", "words"), WRONG_SETTINGS, ids=["secret", "key", "bucket", "host"]
)
def test_a_wrong_setting_is_told_by_its_name(
    publication: Any,
    access: StoreAccess,
    folder: Path,
    built_files: tuple[Path, ...],
    change: dict[str, str],
    words: str,
) -> None:
    bad = replace(access, **change)
    told = at_a_start(publication, access, bad, folder, built_files[0])

    assert told == f"data '{bad.address}/current.json': {words}"


def test_a_store_that_is_promised_to_speak_tls_and_does_not_is_told(
    publication: Any, access: StoreAccess, folder: Path, built_files: tuple[Path, ...]
) -> None:
    bad = replace(access, endpoint=access.endpoint.replace("http:", "https:"))

    assert at_a_start(publication, access, bad, folder, built_files[0]).endswith(
        ": the store does not speak TLS as https:// promises, or its certificate is not valid"
    )


def test_a_key_that_may_not_read_the_bucket_is_told(
    publication: Any, store: Any, access: StoreAccess, folder: Path, built_files: tuple[Path, ...]
) -> None:
    if store.name == "rclone":
        pytest.skip("rclone knows no permissions")
    key_id, secret = f"GK{'a' * 24}", "b" * 64
    store.run("key", "import", key_id, secret, "--yes")
    bad = replace(access, access_key_id=key_id, secret_access_key=secret)

    told = at_a_start(publication, access, bad, folder, built_files[0])
    assert told.endswith(": this access key may not read the bucket 'mangetamain'")


def test_a_wrong_region_is_told_and_does_no_harm(
    publication: Any,
    store: Any,
    access: StoreAccess,
    folder: Path,
    built_files: tuple[Path, ...],
    log: list[str],
) -> None:
    version = publication.publish(built_files[0])
    keeper = keeper_of(replace(access, region="eu-west-3"), folder)

    assert version_read(keeper.current()) == version
    told = f"AWS_REGION='eu-west-3' is not the region of {access.address}: it is '{store.region}'"
    n_told = sum(told in line for line in log)
    assert n_told == (0 if store.name == "rclone" else 1)  # rclone knows no regions


def test_clocks_that_disagree_are_told(
    publication: Any,
    access: StoreAccess,
    folder: Path,
    built_files: tuple[Path, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    version = publication.publish(built_files[0])
    keeper_of(access, folder).current()
    now = botocore.auth.get_current_datetime
    with monkeypatch.context() as late:  # Garage takes requests that are up to a day old
        late.setattr(
            botocore.auth,
            "get_current_datetime",
            lambda *a, **k: now(*a, **k) - timedelta(hours=30),
        )
        keeper = keeper_of(access, folder)
        assert version_read(keeper.current()) == version
        told = keeper.report().last_error
        assert refused(keeper_of(access, folder / "none").current) == told

    assert told == (
        f"data '{access.address}/current.json':"
        " the clock of this machine and that of the store disagree"
    )
    assert not keeper.refresh()
    assert keeper.report().last_error is None


def test_a_store_that_takes_the_call_and_stays_silent_is_not_waited_for(
    publication: Any,
    access: StoreAccess,
    folder: Path,
    built_files: tuple[Path, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(store_module, "READ_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        bad = replace(access, endpoint=f"http://127.0.0.1:{silent.getsockname()[1]}")
        started = time.monotonic()
        told = at_a_start(publication, access, bad, folder, built_files[0])

    assert told.endswith(": the store does not answer: nothing within 0.2 s")
    assert time.monotonic() - started < 10


def test_an_answer_that_is_not_of_a_store_is_told(
    publication: Any, access: StoreAccess, folder: Path, built_files: tuple[Path, ...]
) -> None:
    class Portal(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_error(503)

        def log_message(self, *arguments: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Portal) as portal:
        threading.Thread(target=portal.serve_forever).start()
        bad = replace(access, endpoint=f"http://127.0.0.1:{portal.server_port}")
        told = at_a_start(publication, access, bad, folder, built_files[0])
        portal.shutdown()

    assert told.endswith(": status 503, and no word of an S3 store")


# The way there.


def test_a_connection_that_breaks_during_a_download_is_tried_again_and_then_told(
    publication: Any,
    access: StoreAccess,
    folder: Path,
    built_files: tuple[Path, ...],
    proxy: Any,
) -> None:
    version = publication.publish(built_files[0])
    n_cut: list[str] = []

    def cut(method: str, path: str) -> None:
        if "/data/" in path and len(n_cut) < limit:
            n_cut.append(path)
            raise ConnectionError

    proxy.before = cut
    limit = 1000
    keeper = keeper_of(replace(access, endpoint=proxy.endpoint), folder)
    told = refused(keeper.current)
    assert told.startswith(f"data '{proxy.endpoint}/{access.bucket}/data/")
    assert told.endswith(": the connection broke: ConnectionClosedError")
    assert not list(folder.glob("*.duckdb")) and not list(folder.glob("*.part"))

    n_cut.clear()
    limit = 1
    keeper.refresh()
    assert version_read(keeper.current()) == version
    assert len(n_cut) == 1


# Disks.


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, with room for the first file and not for the second one too."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(disk)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("only root may mount a small disk")
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=True)


def test_a_full_disk_is_told_before_and_during_a_download(
    publication: Any,
    access: StoreAccess,
    small_disk: Path,
    built_files: tuple[Path, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = publication.publish(built_files[0])
    keeper = keeper_of(access, small_disk)
    keeper.current()
    room = shutil.disk_usage(small_disk).free - built_files[1].stat().st_size // 2
    (small_disk / "somebody-else").write_bytes(b"x" * room)
    second = publication.publish(built_files[1])
    size, free = built_files[1].stat().st_size, shutil.disk_usage(small_disk).free

    assert refused(keeper.refresh) == (
        f"data '{small_disk}': {size / 1e6:.1f} MB are needed, {free / 1e6:.1f} MB are free"
    )
    with monkeypatch.context() as filling:  # somebody writes faster than we do
        roomy = shutil.disk_usage(small_disk)._replace(free=10**9)
        filling.setattr(local_copies.shutil, "disk_usage", lambda path: roomy)
        assert refused(keeper.refresh) == (
            f"data '{small_disk}': cannot be written: No space left on device"
        )
    assert not list(small_disk.glob("*.part"))
    assert version_read(keeper.current()) == first

    (small_disk / "somebody-else").unlink()
    assert keeper.refresh()
    assert version_read(keeper.current()) == second


def test_a_disk_that_is_only_read_serves_what_it_holds(
    publication: Any, access: StoreAccess, small_disk: Path, built_files: tuple[Path, ...]
) -> None:
    first = publication.publish(built_files[0])
    keeper_of(access, small_disk).current()
    remount = ["mount", "-o", "remount,ro", str(small_disk)]
    subprocess.run(remount, check=True)
    keeper = keeper_of(access, small_disk)

    assert version_read(keeper.current()) == first
    assert keeper.report().last_error is None
    second = publication.publish(built_files[1])
    words = f"data '{small_disk}': cannot be written: Read-only file system"
    assert refused(keeper.refresh) == words
    assert refused(keeper_of(access, small_disk / "none").current) == words.replace(
        str(small_disk), str(small_disk / "none")
    )
    assert version_read(keeper.current()) == first

    subprocess.run([*remount[:2], "remount,rw", str(small_disk)], check=True)
    assert keeper.refresh()
    assert version_read(keeper.current()) == second


# Processes.

FETCH = """
import sys
from pathlib import Path
from mangetamain_analytics.data.cached_loaders import current_snapshot
print(current_snapshot().origin, flush=True)
"""


def fetching(store: Any, folder: Path, **changes: str) -> subprocess.Popen[str]:
    """A process that opens the current data and says where they came from."""
    environ = store.environ() | {"MANGETAMAIN_CACHE_DIR": str(folder)} | changes
    return subprocess.Popen(
        [sys.executable, "-c", FETCH],
        env=os.environ | environ,
        cwd=folder.parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_eight_processes_that_start_at_once_download_once(
    publication: Any, store: Any, folder: Path, built_files: tuple[Path, ...], proxy: Any
) -> None:
    publication.publish(built_files[0])
    starting = [fetching(store, folder, AWS_ENDPOINT_URL_S3=proxy.endpoint) for _ in range(8)]
    done = [(*process.communicate(timeout=120), process.returncode) for process in starting]

    assert [code for _, _, code in done] == [0] * 8, done
    downloads = [path for _, path in proxy.requests if "/data/" in path]
    assert len(downloads) == 1
    assert len([path for _, path in proxy.requests if "current.json" in path]) == 8


def test_a_process_that_is_killed_while_it_downloads_harms_nobody(
    publication: Any, store: Any, folder: Path, built_files: tuple[Path, ...], proxy: Any
) -> None:
    version = publication.publish(built_files[0])
    is_downloading, may_go_on = threading.Event(), threading.Event()

    def hold(method: str, path: str) -> None:
        if "/data/" in path:
            is_downloading.set()
            may_go_on.wait(60)

    proxy.before = hold
    killed = fetching(store, folder, AWS_ENDPOINT_URL_S3=proxy.endpoint)
    assert is_downloading.wait(60)
    os.kill(killed.pid, signal.SIGKILL)
    killed.communicate(timeout=60)
    may_go_on.set()
    assert len(list(folder.glob("*.part"))) == 1
    assert not list(folder.glob("*.duckdb"))

    following = fetching(store, folder)
    assert following.communicate(timeout=60)[0] == "s3\n"
    assert not list(folder.glob("*.part"))
    access = store_access(Settings.from_environ(store.environ()))
    assert access is not None
    assert version_read(keeper_of(access, folder).current()) == version


# The table of faults for maintainers.


@pytest.mark.parametrize("store", ["rclone"], indirect=True)
def test_the_table_of_faults_names_every_fault_that_is_tried() -> None:
    table = (Path(__file__).parents[2] / "90_doc" / "data.md").read_text(encoding="utf-8")

    for fault in FAULTS:
        assert f"`{fault.__name__}`" in table
    for _, words in WRONG_SETTINGS:
        assert words.replace("no-such-bucket", "…") in table
    own = Path(__file__).read_text(encoding="utf-8")
    tests = re.findall(r"`…(\w+)…", table)
    assert len(tests) > 9
    for part in tests:
        assert re.search(rf"def test_\w*{part}", own), part
