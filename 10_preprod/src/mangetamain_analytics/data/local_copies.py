"""Copies of published files on this machine: complete, verified, shared by every process.

    <folder>/<sha256>.duckdb      a published file, named after its content
    <folder>/*.part               what the process that holds the lock is downloading
    <folder>/current.json         the pointer that was followed last, and its tag
    <folder>/download.lock        held by the one process that downloads

A copy takes its name when its size and its sha256 are right and its bytes are on the disk, so
whatever interrupts a process, no other one opens half a file.
"""

import hashlib
import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from filelock import FileLock, Timeout
from loguru import logger

from mangetamain_analytics.data.pointer import POINTER_NAME, Pointer
from mangetamain_analytics.data.store import MEGABYTE, Answer
from mangetamain_analytics.exceptions import DataUnavailableError
from mangetamain_analytics.utils.utils_logger import log_performance

# Versions that stay: the current one, the one before, and one for a rollback of the rollback.
VERSIONS_KEPT = 3

# Longer than any download that still advances; the lock of a process that died is free at once.
LOCK_SECONDS = 900.0

# Writes the object of a key, of so many bytes, into a file.
Download = Callable[[str, int, IO[Any]], None]


class LocalCopies:
    """The copies in one folder, which is made when it is first needed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, pointer: Pointer) -> Path:
        """Return where the copy of this file lies, or would lie."""
        return self.folder / f"{pointer.sha256}.duckdb"

    def find(self, pointer: Pointer) -> Path | None:
        """Return the copy if it is there and whole; its bytes are compared each time.

        Raises:
            DataUnavailableError: It is there and cannot be read.
        """
        return self._whole(self.path(pointer), pointer.sha256, pointer.size)

    def find_content(self, sha256: str) -> Path | None:
        """Return the copy that has this sha256, if it is there and whole.

        Raises:
            DataUnavailableError: It is there and cannot be read.
        """
        return self._whole(self.folder / f"{sha256}.duckdb", sha256)

    def _whole(self, path: Path, sha256: str, size: int | None = None) -> Path | None:
        try:
            with path.open("rb") as file:
                difference = _difference(file, sha256, size)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise _unusable(path, "read", error) from error
        if difference:
            logger.warning("{}: the copy {} and is not used", path, difference)
            return None
        with suppress(OSError):  # a disk that is only read keeps the dates that it has
            os.utime(path)  # the copies that were used last are those that stay
        return path

    def fetch(self, pointer: Pointer, download: Download) -> Path:
        """Return the copy, downloaded unless another process has just done so.

        Raises:
            DataUnavailableError: The download failed, came damaged, or cannot be written.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with self._locked():
                return self.find(pointer) or self._download(pointer, download)
        except OSError as error:
            raise _unusable(self.folder, "written", error) from error

    @contextmanager
    def _locked(self) -> Iterator[None]:
        lock = FileLock(self.folder / "download.lock")
        try:
            with lock.acquire(timeout=LOCK_SECONDS):
                yield
        except Timeout:
            reason = f"another process has been downloading for {LOCK_SECONDS:g} s"
            raise DataUnavailableError(self.folder, reason) from None

    def _download(self, pointer: Pointer, download: Download) -> Path:
        for remains in self.folder.glob("*.part"):  # of a process that was killed
            remains.unlink()
        self._make_room(pointer.size)
        part = self.path(pointer).with_suffix(".part")
        try:
            with part.open("w+b") as file:
                with _timed("download", n_bytes=pointer.size):
                    download(pointer.key, pointer.size, file)
                with _timed("verify"):
                    file.flush()
                    file.seek(0)
                    if difference := _difference(file, pointer.sha256, pointer.size):
                        raise DataUnavailableError(pointer.key, f"what was downloaded {difference}")
                with _timed("fsync"):
                    os.fsync(file.fileno())
            part.rename(self.path(pointer))
        finally:
            part.unlink(missing_ok=True)
        _sync_folder(self.folder)
        return self.path(pointer)

    def _make_room(self, n_bytes: int) -> None:
        """Remove the copies that were not used for longest; a process that reads one keeps it."""
        copies = sorted(self.folder.glob("*.duckdb"), key=lambda path: path.stat().st_mtime_ns)
        for path in copies[: 1 - VERSIONS_KEPT]:
            path.unlink()
        free = shutil.disk_usage(self.folder).free
        if free < n_bytes:
            reason = f"{n_bytes / MEGABYTE:.1f} MB are needed, {free / MEGABYTE:.1f} MB are free"
            raise DataUnavailableError(self.folder, reason)

    def remember(self, address: str, answer: Answer) -> None:
        """Note the pointer that was followed, for the next start; a disk may refuse it."""
        note = {"store": address, "etag": answer.etag, "pointer": answer.body.decode()}
        part = self.folder / f"{POINTER_NAME}-{os.getpid()}.part"
        try:
            part.write_text(json.dumps(note), encoding="utf-8")
            part.replace(self.folder / POINTER_NAME)
        except OSError as error:
            logger.warning("{}", _unusable(self.folder, "written", error))

    def remembered(self, address: str) -> Answer | None:
        """Return the pointer of this store that was followed last, if its note can be read."""
        try:
            note = json.loads((self.folder / POINTER_NAME).read_text(encoding="utf-8"))
            if note["store"] != address:
                return None
            return Answer(note["pointer"].encode(), note["etag"])
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            logger.warning("{} cannot be read: {!r}", self.folder / POINTER_NAME, error)
            return None


def _difference(file: IO[bytes], sha256: str, size: int | None) -> str | None:
    """Say how the content differs from what was promised, if it does."""
    n_bytes = os.fstat(file.fileno()).st_size
    if size is not None and n_bytes != size:
        return f"has {n_bytes} bytes instead of {size}"
    # typeshed asks for a buffer to read into, which files of bytes have and IO does not promise.
    found = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
    if found != sha256:
        return f"has the sha256 {found[:12]}… instead of {sha256[:12]}…"
    return None


@contextmanager
def _timed(name: str, **figures: object) -> Iterator[None]:
    started = time.perf_counter()
    yield
    log_performance(name, time.perf_counter() - started, **figures)


def _unusable(path: Path, what: str, error: OSError) -> DataUnavailableError:
    return DataUnavailableError(path, f"cannot be {what}: {error.strerror or error}")


def _sync_folder(folder: Path) -> None:
    """Make the rename survive a power failure."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
