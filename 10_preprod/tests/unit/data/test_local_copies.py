import hashlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO, Any

import pytest
from loguru import logger

from mangetamain_analytics.data import local_copies
from mangetamain_analytics.data.local_copies import VERSIONS_KEPT, LocalCopies
from mangetamain_analytics.data.pointer import Pointer
from mangetamain_analytics.data.store import Answer
from mangetamain_analytics.exceptions import DataUnavailableError

CONTENT = b"recipes" * 1000


def pointer_to(content: bytes) -> Pointer:
    sha256 = hashlib.sha256(content).hexdigest()
    return Pointer(f"data/{sha256}.duckdb", sha256, len(content), "version", 1)


class Bucket:
    """Gives the same content to whoever downloads, and counts them."""

    def __init__(self, content: bytes = CONTENT) -> None:
        self.content, self.pointer, self.n_downloads = content, pointer_to(content), 0

    def download(self, key: str, size: int, file: IO[Any]) -> None:
        self.n_downloads += 1
        assert (key, size) == (self.pointer.key, self.pointer.size)
        file.write(self.content)


@pytest.fixture
def copies(tmp_path: Path) -> LocalCopies:
    return LocalCopies(tmp_path / "cache")


@pytest.fixture
def log() -> Iterator[list[str]]:
    lines: list[str] = []
    number = logger.add(lines.append, format="{message}")
    yield lines
    logger.remove(number)


def names(copies: LocalCopies) -> set[str]:
    return {path.name for path in copies.folder.iterdir()} - {"download.lock"}


def refused(copies: LocalCopies, bucket: Bucket) -> DataUnavailableError:
    with pytest.raises(DataUnavailableError) as caught:
        copies.fetch(bucket.pointer, bucket.download)
    return caught.value


# A whole copy, or none.


def test_a_copy_is_named_after_its_content_and_downloaded_once(copies: LocalCopies) -> None:
    bucket = Bucket()
    assert copies.find(bucket.pointer) is None
    path = copies.fetch(bucket.pointer, bucket.download)

    assert path.read_bytes() == CONTENT
    assert path == copies.folder / f"{hashlib.sha256(CONTENT).hexdigest()}.duckdb"
    assert copies.find(bucket.pointer) == copies.fetch(bucket.pointer, bucket.download) == path
    assert bucket.n_downloads == 1
    assert names(copies) == {path.name}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (CONTENT[:-1], "what was downloaded has 6999 bytes instead of 7000"),
        (CONTENT + b"!", "what was downloaded has 7001 bytes instead of 7000"),
        (b"", "what was downloaded has 0 bytes instead of 7000"),
        (b"R" + CONTENT[1:], "what was downloaded has the sha256 "),
    ],
    ids=["truncated", "longer", "empty", "flipped"],
)
def test_what_came_damaged_leaves_nothing_and_the_next_attempt_starts_anew(
    copies: LocalCopies, content: bytes, words: str
) -> None:
    bucket = Bucket()
    bucket.content = content
    assert refused(copies, bucket).reason.startswith(words)
    assert names(copies) == set()

    bucket.content = CONTENT
    assert copies.fetch(bucket.pointer, bucket.download).read_bytes() == CONTENT


@pytest.mark.parametrize("damaged", [CONTENT[:-1], b"R" + CONTENT[1:]], ids=["short", "flipped"])
def test_a_copy_that_was_damaged_on_the_disk_is_told_and_replaced(
    copies: LocalCopies, log: list[str], damaged: bytes
) -> None:
    bucket = Bucket()
    path = copies.fetch(bucket.pointer, bucket.download)
    path.write_bytes(damaged)

    assert copies.find(bucket.pointer) is None
    assert f"{path}: the copy has " in log[-1]
    assert copies.fetch(bucket.pointer, bucket.download).read_bytes() == CONTENT
    assert bucket.n_downloads == 2


def test_an_error_of_the_download_is_passed_on_and_leaves_nothing(copies: LocalCopies) -> None:
    bucket = Bucket()

    def fail(key: str, size: int, file: IO[Any]) -> None:
        file.write(CONTENT[:100])
        raise DataUnavailableError("store", "gone")

    with pytest.raises(DataUnavailableError, match="data 'store': gone"):
        copies.fetch(bucket.pointer, fail)
    assert names(copies) == set()


KILLED = """
import os, signal, sys
from pathlib import Path
from mangetamain_analytics.data.local_copies import LocalCopies
from mangetamain_analytics.data.pointer import Pointer

def download(key, size, file):
    file.write(b"half")
    file.flush()
    os.kill(os.getpid(), signal.SIGKILL)

LocalCopies(Path(sys.argv[1])).fetch(Pointer("data/a.duckdb", "a" * 64, 8, "version", 1), download)
"""


def test_a_killed_process_leaves_no_copy_and_no_lock_and_its_remains_are_removed(
    copies: LocalCopies,
) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, str(copies.folder)], timeout=60)
    assert done.returncode == -9
    assert names(copies) == {f"{'a' * 64}.part"}

    bucket = Bucket()
    path = copies.fetch(bucket.pointer, bucket.download)
    assert names(copies) == {path.name}


# Several at once.


def test_eight_who_need_the_same_file_download_it_once(copies: LocalCopies) -> None:
    bucket = Bucket()
    all_asked = threading.Barrier(8)

    def fetch(_: int) -> Path:
        all_asked.wait()
        return copies.fetch(bucket.pointer, bucket.download)

    with ThreadPoolExecutor(8) as pool:
        paths = set(pool.map(fetch, range(8)))

    assert len(paths) == 1
    assert bucket.n_downloads == 1


def test_who_waits_too_long_for_another_download_is_told(
    copies: LocalCopies, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local_copies, "LOCK_SECONDS", 0.2)
    has_begun, may_end = threading.Event(), threading.Event()
    bucket = Bucket()

    def slow(key: str, size: int, file: IO[Any]) -> None:
        has_begun.set()
        assert may_end.wait(30)
        bucket.download(key, size, file)

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(copies.fetch, bucket.pointer, slow)
        assert has_begun.wait(30)
        second = refused(copies, bucket)
        may_end.set()
        first.result()

    assert str(second) == (
        f"data '{copies.folder}': another process has been downloading for 0.2 s"
    )


# What stays.


def test_the_versions_used_last_stay(copies: LocalCopies) -> None:
    buckets = [Bucket(b"version %d" % number) for number in range(VERSIONS_KEPT + 2)]
    for age, bucket in enumerate(buckets[:VERSIONS_KEPT]):
        path = copies.fetch(bucket.pointer, bucket.download)
        os.utime(path, (1000 + age, 1000 + age))
    copies.find(buckets[0].pointer)  # the oldest is used again
    for bucket in buckets[VERSIONS_KEPT:]:
        copies.fetch(bucket.pointer, bucket.download)

    kept = [0, *range(3, VERSIONS_KEPT + 2)][:VERSIONS_KEPT]
    assert names(copies) == {f"{buckets[number].pointer.sha256}.duckdb" for number in kept}


# Disks.


def test_a_disk_with_too_little_room_is_told_before_anything_is_downloaded(
    copies: LocalCopies,
) -> None:
    bucket = Bucket()
    huge = Pointer(bucket.pointer.key, bucket.pointer.sha256, 10**18, "version", 1)
    with pytest.raises(DataUnavailableError, match=r"1000000000000\.0 MB are needed, .* are free"):
        copies.fetch(huge, bucket.download)

    assert bucket.n_downloads == 0


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    copies = LocalCopies(tmp_path / "file" / "cache")

    assert str(refused(copies, Bucket())) == (
        f"data '{copies.folder}': cannot be written: Not a directory"
    )


def test_a_copy_that_cannot_be_read_is_named(copies: LocalCopies) -> None:
    bucket = Bucket()
    copies.path(bucket.pointer).mkdir(parents=True)

    with pytest.raises(DataUnavailableError, match=r"\.duckdb': cannot be read: Is a directory"):
        copies.find(bucket.pointer)


# The pointer that was followed last.


def test_the_pointer_is_remembered_for_its_store_only(copies: LocalCopies) -> None:
    copies.folder.mkdir()
    answer = Answer('{"data_version": "été"}'.encode(), '"tag"')
    assert copies.remembered("http://a/bucket") is None
    copies.remember("http://a/bucket", answer)

    assert copies.remembered("http://a/bucket") == answer
    assert copies.remembered("http://b/bucket") is None
    assert names(copies) == {"current.json"}


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", "{}", '{"store": "s"}', '{"store": "s", "pointer": 1, "etag": ""}'],
)
def test_a_note_that_cannot_be_read_is_told_and_forgotten(
    copies: LocalCopies, log: list[str], text: str
) -> None:
    copies.folder.mkdir()
    (copies.folder / "current.json").write_text(text)

    assert copies.remembered("s") is None
    assert "current.json cannot be read" in log[-1]


def test_a_note_that_cannot_be_written_is_told_and_stops_nobody(
    copies: LocalCopies, log: list[str]
) -> None:
    copies.remember("s", Answer(b"{}", ""))  # its folder was removed

    assert log == [f"data '{copies.folder}': cannot be written: No such file or directory\n"]


def test_a_note_is_replaced_whole(copies: LocalCopies) -> None:
    copies.folder.mkdir()
    for number in range(3):
        copies.remember("s", Answer(b"%d" % number, "tag"))

    assert json.loads((copies.folder / "current.json").read_text())["pointer"] == "2"


def test_the_log_tells_how_long_each_step_took(copies: LocalCopies) -> None:
    lines: list[str] = []
    number = logger.add(lines.append, format="{message}", level="DEBUG")
    bucket = Bucket()
    copies.fetch(bucket.pointer, bucket.download)
    logger.remove(number)

    assert [line.split(" took ")[0] for line in lines] == ["download", "verify", "fsync"]
    assert lines[0].endswith("n_bytes=7000\n")


def test_no_copy_is_ever_seen_half_written(copies: LocalCopies) -> None:
    bucket, sizes = Bucket(), []

    def slow(key: str, size: int, file: IO[Any]) -> None:
        for start in range(0, len(CONTENT), 1000):
            file.write(CONTENT[start : start + 1000])
            file.flush()
            sizes.append(copies.path(bucket.pointer).exists())

    copies.fetch(bucket.pointer, slow)

    assert sizes == [False] * 7
