"""The source that is the store: the published file that its pointer names, copied and opened.

Or one that is held: the file of a given sha256, whatever the pointer names.
"""

from mangetamain_analytics.data.local_copies import LocalCopies
from mangetamain_analytics.data.pointer import POINTER_NAME, Pointer, read_pointer, record_name
from mangetamain_analytics.data.snapshot import SCHEMA_VERSION, Origin, Snapshot, open_snapshot
from mangetamain_analytics.data.store import Answer, Store
from mangetamain_analytics.exceptions import DataUnavailableError


class PublishedFile:
    """What the pointer of a store names, by way of the copies on this machine."""

    follows = True

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
        return _opened(self._named, self._store, self._copies)

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


class HeldFile:
    """One published file of a store, named by its sha256, by way of the copies on this machine.

    It never has a successor. A copy that has the sha256 needs nobody's word; without one, the
    file's own record is believed as a pointer is.
    """

    follows = False

    def __init__(
        self, store: Store, copies: LocalCopies, public_key: bytes | None, sha256: str
    ) -> None:
        self.address = store.address
        self._store, self._copies, self._public_key = store, copies, public_key
        self._sha256 = sha256

    def newest(self, held: Snapshot | None) -> Snapshot | None:
        """Open the file, unless it is held already.

        Raises:
            DataUnavailableError: There is no copy, and the store, the record, the object or the
                disk cannot be used; or the file has tables that this code does not know.
        """
        if held is not None:
            return None
        copy = self._copies.find_content(self._sha256)
        if copy:
            return open_snapshot(copy, Origin.CACHE)
        return _opened(self._record(), self._store, self._copies)

    def accept(self) -> None:
        """Note nothing: the next start is told what to hold, or follows the pointer again."""

    def fallback(self) -> Snapshot | None:
        """Return None: no other file may stand for this one."""
        return None

    def has_newer(self, held: Snapshot) -> bool:
        """Return False: nobody looks."""
        return False

    def _record(self) -> Pointer:
        name = record_name(self._sha256)
        try:
            answer = self._store.read(name)
            assert answer is not None  # "not modified" is said to those who name a tag
            record = read_pointer(answer.body, self._public_key)
            if record.sha256 != self._sha256:
                raise ValueError(f"describes {record.key}")
        except DataUnavailableError as error:
            reason = f"{error.reason}, and MANGETAMAIN_DATA_SHA256 asks for it"
            raise DataUnavailableError(error.source, reason) from error
        except ValueError as error:
            raise DataUnavailableError(f"{self.address}/{name}", str(error)) from error
        return record


def _opened(pointer: Pointer, store: Store, copies: LocalCopies) -> Snapshot:
    """Open the file, downloaded unless a whole copy is here."""
    if pointer.schema_version != SCHEMA_VERSION:
        reason = f"schema version {pointer.schema_version}, this app reads {SCHEMA_VERSION}"
        raise DataUnavailableError(f"{store.address}/{pointer.key}", reason)
    copy = copies.find(pointer)
    if copy:
        return open_snapshot(copy, Origin.CACHE)
    return open_snapshot(copies.fetch(pointer, store.download), Origin.S3)
