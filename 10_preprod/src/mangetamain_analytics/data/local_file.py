"""The source that is a file of this machine, at one path."""

import os
from pathlib import Path

from mangetamain_analytics.data.snapshot import Snapshot, open_snapshot

# What `make data` writes; relative to the working directory.
DEFAULT_DATABASE = Path(".data/mangetamain.duckdb")

Identity = tuple[int, ...]


class LocalFile:
    """The file at a path, which builders replace by rename."""

    follows = True

    def __init__(self, path: Path) -> None:
        self.address = str(path)
        self._path = path
        self._opened: Identity | None = None
        self._accepted: Identity | None = None

    def newest(self, held: Snapshot | None) -> Snapshot | None:
        """Open the file anew, unless it is still the one that is held.

        Raises:
            DataUnavailableError: It cannot be opened.
        """
        self._opened = _identity(self._path)
        if held is not None and self._opened == self._accepted:
            return None
        return open_snapshot(self._path)

    def accept(self) -> None:
        """Note that the file that was opened last is served."""
        self._accepted = self._opened

    def fallback(self) -> Snapshot | None:
        """Return None: there is no other file."""
        return None

    def has_newer(self, held: Snapshot) -> bool:
        """Tell whether another file lies there; one that was deleted has no successor yet."""
        return _identity(self._path) not in (None, self._accepted)


def _identity(path: Path) -> Identity | None:
    """Tell one file from another at the same path."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino, status.st_mtime_ns, status.st_size
