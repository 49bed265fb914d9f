"""One publisher at a time, in a store that cannot compare and swap.

Neither Garage 2.1.0 nor rclone honours `If-Match` on a PUT: whoever writes last wins, silently.
So whoever wants to move the pointer first raises a flag, an object of its own under `claims/`,
and then looks around. Of two publishers, the one that looks last sees the other's flag, whatever
the clocks say; who sees another flag takes its own down, waits a random while and tries again.

A flag whose publisher was killed is ignored after LIFETIME, by the store's clock. Its owner
stops acting on it long before. The limit: a request that reaches the store later than that, or a
process frozen between its last look and its request, may replace a newer pointer with its own.
Visitors then read a valid version, and the loser finds `previous` is not theirs in `list`.
"""

import json
import os
import random
import socket
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from mangetamain_data_utils.exceptions import DataPackageError, Overtaken, StoreRefused
from mangetamain_data_utils.publishing.store import Store
from mangetamain_data_utils.publishing.version import now

PREFIX = "claims/"
# A request may last 2 × (3 + 10) s: one that starts within 25 s of the claim ends before 60 s.
LIFETIME = timedelta(seconds=60)
ACTS_WITHIN_SECONDS = 25.0
_PATIENCE_SECONDS = 30.0  # beyond the lifetime, while others keep coming
_PAUSE_SECONDS = (0.2, 1.0)


class Claim:
    """The right to change what is current, for a short while."""

    def __init__(self, store: Store, raised_at: float) -> None:
        self._store = store
        self._raised_at = raised_at

    def still_holds(self) -> None:
        """Call before each request that changes something.

        Raises:
            StoreRefused: too long ago; another publisher may be at work by now.
        """
        seconds = time.monotonic() - self._raised_at
        if seconds > ACTS_WITHIN_SECONDS:
            raise StoreRefused(
                f"{self._store.settings}: answers too slowly ({seconds:.0f} s for a few small "
                "requests) to be sure that nobody else publishes; nothing was changed, run the "
                "command again"
            )


@contextmanager
def sole_publisher(store: Store, tell: Callable[[str], object]) -> Iterator[Claim]:
    """Hold the claim while the block runs; `tell` hears whom we wait for.

    Raises:
        Overtaken: others were at work all the time that we waited.
    """
    key, raised_at = _raise_flag(store, tell)
    try:
        yield Claim(store, raised_at)
    finally:
        _take_down(store, key)


def _raise_flag(store: Store, tell: Callable[[str], object]) -> tuple[str, float]:
    give_up_at = time.monotonic() + LIFETIME.total_seconds() + _PATIENCE_SECONDS
    told: set[str] = set()
    while True:
        others = _others(store)
        if not others:
            key, raised_at = f"{PREFIX}{uuid.uuid4().hex}.json", time.monotonic()
            try:
                store.put(key, _flag())
                others = _others(store, but=key)
            except DataPackageError:
                _take_down(store, key)
                raise
            if not others:
                return key, raised_at
            _take_down(store, key)
        if time.monotonic() > give_up_at:
            raise Overtaken(
                f"{store.settings}: another publisher is at work ({_owner(store, others[0])}); "
                "nothing was changed, run the command again when it has ended"
            )
        if others[0] not in told:
            told.add(others[0])
            tell(
                f"waiting for another publisher ({_owner(store, others[0])}), "
                f"{LIFETIME.total_seconds():.0f} s at most if it was killed"
            )
        time.sleep(random.uniform(*_PAUSE_SECONDS))


def _others(store: Store, but: str | None = None) -> list[str]:
    """Return the flags that count; those of killed publishers are removed."""
    flags = [item for item in store.list(PREFIX) if item.key != but]
    store.delete(item.key for item in flags if item.age >= LIFETIME)
    return [item.key for item in flags if item.age < LIFETIME]


def _take_down(store: Store, key: str) -> None:
    """Remove our flag if we can; it expires by itself if not, and must not hide another error."""
    try:
        store.delete([key])
    except StoreRefused:
        pass


def _flag() -> bytes:
    owner = {"host": socket.gethostname(), "pid": os.getpid(), "since": now()}
    return json.dumps(owner).encode()


def _owner(store: Store, key: str) -> str:
    try:
        owner = json.loads(store.get(key) or b"")
        return f"{owner['host']}, process {owner['pid']}, since {owner['since']}"
    except (ValueError, KeyError, TypeError):
        return key
