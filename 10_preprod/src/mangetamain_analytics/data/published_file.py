"""The source that is the store: the published file that its pointer names, copied and opened."""

from mangetamain_analytics.data.local_copies import LocalCopies
from mangetamain_analytics.data.pointer import POINTER_NAME, Pointer, read_pointer
from mangetamain_analytics.data.snapshot import SCHEMA_VERSION, Origin, Snapshot, open_snapshot
from mangetamain_analytics.data.store import Answer, Store
from mangetamain_analytics.exceptions import DataUnavailableError


class PublishedFile:
    """What the pointer of a store names, by way of the copies on this machine."""

    def __init__(self, store: Store, copies: LocalCopies, public_key: bytes | None) -> None:
        self.address = store.address
        self._store, self._copies, self._public_key = store, copies, public_key
        # The pointer that was followed to what is served, and the one that was read last.
        self._followed = copies.remembered(store.address)
        self._read: Answer | None = None
        self._named: Pointer | None = None

    def newest(self, held: Snapshot | None) -> Snapshot | None:
        """Open the published file, unless it is the one that is held.

        While the pointer stays the same only its tag is asked for, and only a file of which there
        is no whole copy is downloaded.

        Raises:
            DataUnavailableError: The store, the pointer, the object or the disk cannot be used, or
                the file has tables that this code does not know.
        """
        known = self._followed
        answer = self._store.read(POINTER_NAME, unless=known.etag if known else None) or known
        assert answer is not None  # "not modified" is said to those who know the tag
        self._read, self._named = answer, self._pointer(answer)
        if held is not None and held.path == self._copies.path(self._named):
            self.accept()
            return None
        if self._named.schema_version != SCHEMA_VERSION:
            reason = f"schema version {self._named.schema_version}, this app reads {SCHEMA_VERSION}"
            raise DataUnavailableError(f"{self.address}/{self._named.key}", reason)
        return self._opened(self._named)

    def accept(self) -> None:
        """Note that what was opened last is served: the next start begins with it."""
        if self._read is not None and self._read != self._followed:
            self._followed = self._read
            self._copies.remember(self.address, self._read)

    def fallback(self) -> Snapshot | None:
        """Open the copy of what was served last, if it is whole, without asking the store.

        Raises:
            DataUnavailableError: There is one and it cannot be opened.
        """
        if self._followed is None:
            return None
        path = self._copies.find(self._pointer(self._followed))
        return open_snapshot(path, Origin.CACHE) if path else None

    def has_newer(self, held: Snapshot) -> bool:
        """Tell whether the pointer named another file when it was read last."""
        return self._named is not None and held.path != self._copies.path(self._named)

    def _pointer(self, answer: Answer) -> Pointer:
        try:
            return read_pointer(answer.body, self._public_key)
        except ValueError as error:
            raise DataUnavailableError(f"{self.address}/{POINTER_NAME}", str(error)) from error

    def _opened(self, pointer: Pointer) -> Snapshot:
        copy = self._copies.find(pointer)
        if copy:
            return open_snapshot(copy, Origin.CACHE)
        return open_snapshot(self._copies.fetch(pointer, self._store.download), Origin.S3)
