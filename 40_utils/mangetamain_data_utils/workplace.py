"""Outputs that appear whole or not at all: written in a folder beside, then renamed."""

import os
import secrets
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from mangetamain_data_utils.exceptions import OutputRefused

_PREFIX = ".mangetamain-"
_ABANDONED_AFTER_SECONDS = 24 * 3600  # no command works as long
_open: set[Path] = set()


@contextmanager
def workplace(output: Path, inputs: Iterable[Path] = ()) -> Iterator[Path]:
    """Give a folder for unfinished files, on the output's disk so that the rename is one step.

    Raises:
        OutputRefused: the output cannot be written, or is one of the inputs.
    """
    if output.is_dir():
        raise OutputRefused(f"{output}: is a folder, expected the name of a file")
    if output.exists() and any(output.samefile(path) for path in inputs):
        raise OutputRefused(f"{output}: is what this command reads, name another file")
    try:
        with removed_when_stopped(folder_beside(output)) as folder:
            folder.mkdir(mode=0o700)
            try:
                yield folder
            finally:
                shutil.rmtree(folder)
    except OSError as error:
        raise OutputRefused(f"{output}: cannot be written: {error.strerror}") from error


def folder_beside(output: Path) -> Path:
    """Name a folder for unfinished files, to be made by the caller: a signal may come before.

    Those that killed processes left beside the output a day ago are removed.
    """
    output.parent.mkdir(parents=True, exist_ok=True)
    now = time.time()
    for folder in output.parent.glob(f"{_PREFIX}*"):
        with suppress(FileNotFoundError):  # its owner has just ended, or another command cleans up
            if now - folder.stat().st_mtime > _ABANDONED_AFTER_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)
    return output.parent / f"{_PREFIX}{secrets.token_hex(4)}"


@contextmanager
def removed_when_stopped(folder: Path) -> Iterator[Path]:
    """Give the folder back; while the block runs, ``abandon_all`` removes it."""
    _open.add(folder)
    try:
        yield folder
    finally:
        _open.discard(folder)


def abandon_all() -> None:
    """Remove the unfinished files of this process now; for a process about to end."""
    for folder in _open:
        shutil.rmtree(folder, ignore_errors=True)


def publish(finished: Path, output: Path) -> None:
    """Put a finished file in place: safe on disk first, then visible under its name."""
    _flush(finished)
    os.replace(finished, output)
    # What DuckDB had still to write into the former file; it would refuse the new one for it.
    output.with_name(f"{output.name}.wal").unlink(missing_ok=True)
    _flush(output.parent)


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
