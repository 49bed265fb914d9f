"""Keeps the current data open, looks for newer ones, and replaces them while visitors read."""

import math
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Protocol

from loguru import logger

from mangetamain_analytics.data.snapshot import Snapshot
from mangetamain_analytics.exceptions import DataUnavailableError
from mangetamain_analytics.utils.utils_logger import log_error

# Seconds during which a failure to open is remembered, so that visitors do not queue behind it.
RETRY_AFTER_SECONDS = 5.0

# The watch comes back after a failure: seconds at first, doubled each time up to its interval, or
# up to the second figure for as long as there is nothing to show.
FIRST_RETRY_SECONDS, SLOWEST_RETRY_WITHOUT_DATA = 1.0, 10.0

# Many processes that were started together do not ask together for ever.
JITTER = 0.1

# A stopping server waits so long for a look that is under way.
STOP_SECONDS = 5.0

# Data that nobody could confirm for longer are no longer called up to date.
CONFIRMED_FOR_SECONDS = 3600.0

Prepare = Callable[[Snapshot], None]


class Freshness(StrEnum):
    """How the data that are served stand to those that are published."""

    FRESH = "fresh"
    NEWER_EXISTS = "newer exists"
    UNCONFIRMED = "unconfirmed"
    HELD = "held"


@dataclass(frozen=True)
class Report:
    """What a maintainer wants to know of the looks for newer data."""

    source: str
    freshness: Freshness
    last_check: datetime | None
    last_error: str | None


class Source(Protocol):
    """Where data files come from, and which one is the newest there.

    One that does not follow gives the same file whatever is published.
    """

    address: str
    follows: bool

    def newest(self, held: Snapshot | None) -> Snapshot | None:
        """Open the newest file, or return None if it is the one that is held."""

    def accept(self) -> None:
        """Note that what ``newest`` opened last is served from now on."""

    def fallback(self) -> Snapshot | None:
        """Open what was served last, or return None."""

    def has_newer(self, held: Snapshot) -> bool:
        """Tell whether a newer file is known of."""


class SnapshotKeeper:
    """Gives everybody the same open snapshot, and opens its successor when asked to look.

    Whoever holds a snapshot finishes on it; its connection closes when the last one lets go.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._lock = threading.Lock()
        self._snapshot: Snapshot | None = None
        self._last_check: datetime | None = None
        self._looked_at = self._confirmed_at = -math.inf
        self._n_looks = self._n_failures = 0
        self._failure: DataUnavailableError | None = None
        self._refused: tuple[str, DataUnavailableError] | None = None
        self._interval = 0.0
        self._prepare: Prepare | None = None
        self._watch: threading.Thread | None = None
        self._watch_ends = threading.Event()

    @property
    def held(self) -> Snapshot | None:
        """The open snapshot, if there is one already."""
        return self._snapshot

    def current(self) -> Snapshot:
        """Return the open snapshot, opening one when it is first asked for.

        Raises:
            DataUnavailableError: None can be opened now, or none could moments ago.
        """
        if self._snapshot is None:
            self._raise_remembered_failure()
            with self._lock:
                if self._snapshot is None:
                    self._raise_remembered_failure()
                    self._look()
        assert self._snapshot is not None
        return self._snapshot

    def refresh(self) -> bool:
        """Look for newer data and serve them; return whether there were any.

        Those who ask while somebody is looking wait, and one more look answers them all.

        Raises:
            DataUnavailableError: They cannot be served: the data that were there stay.
        """
        before, n_looks = self._snapshot, self._n_looks
        with self._lock:
            if self._n_looks == n_looks:
                self._look()
            elif self._failure:
                raise _again(self._failure)
            return self._snapshot is not before

    def report(self) -> Report:
        """Return what the last look found."""
        failure = self._failure
        return Report(
            source=self._source.address,
            freshness=self._freshness(),
            last_check=self._last_check,
            last_error=str(failure) if failure else None,
        )

    def _freshness(self) -> Freshness:
        if not self._source.follows:
            return Freshness.HELD
        snapshot = self._snapshot
        if snapshot is not None and self._source.has_newer(snapshot):
            return Freshness.NEWER_EXISTS
        confirmed_for = max(CONFIRMED_FOR_SECONDS, 3 * self._interval)
        is_confirmed = time.monotonic() - self._confirmed_at < confirmed_for
        return Freshness.FRESH if is_confirmed else Freshness.UNCONFIRMED

    def _raise_remembered_failure(self) -> None:
        """Leave the next attempt to the watch; without one, to whoever asks a while later."""
        is_recent = time.monotonic() - self._looked_at < RETRY_AFTER_SECONDS
        if self._failure and (self._watch or is_recent):
            raise _again(self._failure)

    def _look(self) -> None:
        """Serve the newest data; with the lock held."""
        self._n_looks += 1
        self._looked_at, self._last_check = time.monotonic(), datetime.now(UTC)
        try:
            found = self._source.newest(self._snapshot)
            if found is not None:
                self._prepare_views(found)
        except DataUnavailableError as failure:
            # Another exception: this one holds every local variable on its way, open files too.
            self._failure, self._n_failures = _again(failure), self._n_failures + 1
            if self._snapshot is not None or not self._fall_back(failure):
                raise
        else:
            self._failure, self._n_failures = None, 0
            self._confirmed_at = time.monotonic()
            if found is not None:
                self._source.accept()
                self._serve(found)

    def _serve(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        version, origin = snapshot.info.data_version, snapshot.origin
        logger.info("serving version {} of {} ({})", version, self._source.address, origin)

    def _prepare_views(self, found: Snapshot) -> None:
        """Make the first views of the pages; data that break a page replace none that do not."""
        version = found.info.data_version
        if self._refused and self._refused[0] == version:
            raise _again(self._refused[1])
        if self._prepare is None:
            return
        try:
            self._prepare(found)
        except Exception as error:  # whatever it is, it is the data that no page can be made of
            if self._snapshot is None:
                log_error(error, context=f"preparing version {version}")
                return
            found.connection.close()
            failure = DataUnavailableError(found.path, f"no page can be made of it: {error}")
            self._refused = version, failure
            raise failure from error

    def _fall_back(self, failure: DataUnavailableError) -> bool:
        """Serve what was served before this start, if it is still there."""
        try:
            snapshot = self._source.fallback()
        except DataUnavailableError as error:
            log_error(error, context="opening the data of the last start")
            return False
        if snapshot is None:
            return False
        log_error(failure, context="opening the newest data")
        self._serve(snapshot)
        return True

    def watch(self, interval: float, prepare: Prepare) -> None:
        """Look every ``interval`` seconds from now on, in a thread of its own.

        Args:
            interval: Seconds; fewer after a failure.
            prepare: Makes what visitors will ask of a snapshot first, before they can.
        """
        self._interval, self._prepare = interval, prepare
        self._watch_ends.clear()
        self._watch = threading.Thread(target=self._keep_looking, name="data-watch", daemon=True)
        self._watch.start()

    def stop_watching(self) -> None:
        """End the watch; a look that is under way may end after it."""
        self._watch_ends.set()
        if self._watch:
            self._watch.join(STOP_SECONDS)
            self._watch = None

    def _keep_looking(self) -> None:
        while not self._watch_ends.wait(self._pause()):
            told = self._failure
            try:
                self.refresh()
            except DataUnavailableError as failure:
                if told and str(told) == str(failure):
                    logger.warning("look {} without success: {}", self._n_failures, failure)
                else:
                    log_error(failure, context="looking for newer data")
            except Exception as error:  # whatever it is, the next look may succeed
                log_error(error, context="looking for newer data")

    def _pause(self) -> float:
        """Return the seconds until the next look."""
        pause = self._interval
        if self._n_failures:
            slowest = self._interval if self._snapshot else SLOWEST_RETRY_WITHOUT_DATA
            pause = min(slowest, FIRST_RETRY_SECONDS * 2 ** min(self._n_failures - 1, 20))
        return pause * random.uniform(1 - JITTER, 1 + JITTER)


def _again(failure: DataUnavailableError) -> DataUnavailableError:
    """Return another exception each time: one that is raised again collects every traceback."""
    return DataUnavailableError(failure.source, failure.reason)
