"""Publishing: upload under a name that never changes, verify, and only then move the pointer."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, timedelta
from enum import StrEnum
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from tqdm import tqdm

from mangetamain_data_utils.checks import check_file, open_read_only
from mangetamain_data_utils.exceptions import (
    OutputRefused,
    Overtaken,
    RuleBroken,
    SettingRefused,
    VersionRefused,
)
from mangetamain_data_utils.publishing.claims import Claim, sole_publisher
from mangetamain_data_utils.publishing.signing import public_key_text
from mangetamain_data_utils.publishing.store import Progress, Store
from mangetamain_data_utils.publishing.version import (
    DATA_PREFIX,
    DATA_SUFFIX,
    POINTER_KEY,
    RECORD_SUFFIX,
    Version,
    data_key,
    now,
    record_key,
)

_UNFINISHED_FOR = timedelta(hours=24)  # data without a record may be on its way for so long


class State(StrEnum):
    """What a version in the store is to visitors and to `prune`."""

    CURRENT = "current"
    PREVIOUS = "previous"
    KEPT = "kept"
    UNFINISHED = "unfinished"
    DATA_MISSING = "data missing"
    UNREADABLE = "record unreadable"


_WITHOUT_RECORD = (State.UNFINISHED, State.UNREADABLE)


class Outcome(StrEnum):
    """What became of a version that was asked for."""

    MOVED = "is current now"
    UNCHANGED = "was current already, nothing changed"
    DRY_RUN = "would be current; nothing was written"


@dataclass(frozen=True)
class Entry:
    """One line of the listing: a hash for which the store has a file, a record or both."""

    sha256: str
    state: State
    version: Version | None  # None without a readable record
    size: int | None  # bytes of the file; None without one
    age: timedelta  # of the youngest object
    reason: str = ""


@dataclass(frozen=True)
class Publisher:
    """A store, the key that signs, and where to say what happens.

    `public_key` is what signatures are checked with; None checks none.
    """

    store: Store
    signing_key: Ed25519PrivateKey | None
    public_key: Ed25519PublicKey | None
    tell: Callable[[str], object]
    quiet: bool = False

    def __post_init__(self) -> None:
        if self.signing_key is None or self.public_key is None:
            return
        own = public_key_text(self.signing_key.public_key())
        if own != public_key_text(self.public_key):
            raise SettingRefused(
                "MANGETAMAIN_PUBLIC_KEY is not the other half of MANGETAMAIN_SIGNING_KEY: sites "
                f"with that public key would refuse what is signed here (its own is {own})"
            )

    def publish(self, file: Path, *, dry_run: bool = False) -> tuple[Version, Outcome]:
        """Make a built file current; return its version and what became of it.

        Raises:
            RuleBroken: the file breaks a data rule.
            OutputRefused: it is not a file of ours.
            VersionRefused: the store does not give back what was uploaded.
            Overtaken: another publisher changed the current version meanwhile.
            StoreRefused: the store cannot be reached or refuses.
        """
        if breaches := check_file(file):
            raise RuleBroken(breaches)
        before = self.store.get(POINTER_KEY)
        current = self._readable(before)
        version = replace(self._describe(file), previous=current.key if current else None)
        if current and current.sha256 == version.sha256:
            return current, Outcome.UNCHANGED
        if dry_run:
            return version, Outcome.DRY_RUN
        self.store.abort_abandoned_uploads(DATA_PREFIX)
        self._upload(file, version)
        self._record(version)
        self._move_pointer(version, before)
        return version, Outcome.MOVED

    def rollback(self, wanted: str | None) -> tuple[Version, Outcome]:
        """Make an earlier version current again; return it and what became of it.

        `wanted` is a data version or the beginning of a sha256; None is the previous version.

        Raises:
            VersionRefused: there is no such version, or several, or its file is not whole.
            Overtaken: another publisher changed the current version meanwhile.
            StoreRefused: the store cannot be reached or refuses.
        """
        before = self.store.get(POINTER_KEY)
        current = self._readable(before)
        target = self._find(wanted, current)
        if current and target.sha256 == current.sha256:
            return current, Outcome.UNCHANGED
        self._verify(target)
        version = replace(
            target, published_at=now(), previous=current.key if current else target.previous
        )
        self._move_pointer(version, before)
        return version, Outcome.MOVED

    def entries(self) -> list[Entry]:
        """Return what the store holds, the newest publication first."""
        return self._entries(self._readable(self.store.get(POINTER_KEY)))

    def prune(self, keep: int, *, dry_run: bool = False) -> list[Entry]:
        """Delete all but the newest `keep` versions; return what was deleted.

        The current and the previous version always stay, and so does data without a record for
        a day: another publisher may be about to write it.

        Raises:
            VersionRefused: it cannot be read which version is current.
            StoreRefused: the store cannot be reached or refuses.
        """
        if dry_run:
            return self._superfluous(keep)
        with sole_publisher(self.store, self.tell) as claim:
            entries = self._superfluous(keep)
            keys = [
                key
                for entry in entries
                # A record without data is told apart and removed next time; not so the reverse.
                for key in (data_key(entry.sha256), record_key(entry.sha256))
            ]
            claim.still_holds()
            self.store.delete(keys)
        self.store.abort_abandoned_uploads(DATA_PREFIX)
        return entries

    def _superfluous(self, keep: int) -> list[Entry]:
        pointer = self.store.get(POINTER_KEY)
        current = Version.from_json(POINTER_KEY, pointer, self.public_key) if pointer else None
        entries = self._entries(current)
        kept = [entry for entry in entries if entry.state is State.KEPT]
        spared = sum(entry.state in (State.CURRENT, State.PREVIOUS) for entry in entries)
        return kept[max(0, keep - spared) :] + [
            entry
            for entry in entries
            if entry.state is State.DATA_MISSING
            or (entry.state in _WITHOUT_RECORD and entry.age > _UNFINISHED_FOR)
        ]

    def _entries(self, current: Version | None) -> list[Entry]:
        items = {item.key: item for item in self.store.list(DATA_PREFIX)}
        hashes = {
            key.removeprefix(DATA_PREFIX).removesuffix(suffix)
            for key in items
            for suffix in (DATA_SUFFIX, RECORD_SUFFIX)
            if key.endswith(suffix)
        }
        entries = []
        for sha256 in hashes:
            data, record = items.get(data_key(sha256)), items.get(record_key(sha256))
            version, reason = self._read_record(sha256) if record else (None, "")
            state = _state(sha256, current, version, bool(data), bool(record))
            age = min(item.age for item in (data, record) if item)
            entries.append(Entry(sha256, state, version, data.size if data else None, age, reason))
        return sorted(
            entries,
            key=lambda entry: (entry.version.published_at if entry.version else "", entry.sha256),
            reverse=True,
        )

    def _read_record(self, sha256: str) -> tuple[Version | None, str]:
        key = record_key(sha256)
        raw = self.store.get(key)
        try:
            version = Version.from_json(key, raw or b"", self.public_key)
        except VersionRefused as refusal:
            return None, str(refusal)
        if version.sha256 != sha256:
            return None, f"{key}: describes {version.key}"
        return version, ""

    def _readable(self, pointer: bytes | None) -> Version | None:
        """Return what the pointer says; a broken one is told and replaced, not obeyed."""
        if pointer is None:
            return None
        try:
            return Version.from_json(POINTER_KEY, pointer, self.public_key)
        except VersionRefused as refusal:
            self.tell(f"{self.store.settings}: the current version is not known: {refusal}")
            return None

    def _find(self, wanted: str | None, current: Version | None) -> Version:
        if wanted is None and (current is None or current.previous is None):
            raise VersionRefused(
                f"{self.store.settings}: {POINTER_KEY} names no previous version; say which one, "
                "`mangetamain-data list` shows them"
            )
        found = []
        for entry in self._entries(current):
            if wanted is None and current and data_key(entry.sha256) == current.previous:
                found.append(entry)
            elif wanted and entry.sha256.startswith(wanted):
                found.append(entry)
            elif wanted and entry.version and entry.version.data_version == wanted:
                found.append(entry)
        name = wanted or f"previous version {current.previous if current else ''}"
        if not found:
            raise VersionRefused(
                f"{name}: no such version in {self.store.settings}; `mangetamain-data list` "
                "shows them"
            )
        if len(found) > 1:
            hashes = ", ".join(entry.sha256[:12] for entry in found)
            raise VersionRefused(f"{name}: several versions are called so, say which: {hashes}")
        [entry] = found
        if entry.version is None:
            raise VersionRefused(
                entry.reason
                or f"{name}: its publication was never finished; publish the file itself"
            )
        return entry.version

    def _describe(self, file: Path) -> Version:
        if (log := file.with_name(f"{file.name}.wal")).exists():
            raise OutputRefused(
                f"{file}: some of it is still in {log}; open it with DuckDB, `checkpoint`, close it"
            )
        with open_read_only(file) as con:
            [(data_version, built_at, schema_version)] = con.execute(
                "select data_version, built_at, schema_version from build_info"
            ).fetchall()
        sha256 = self._file_sha256(file)
        return Version(
            key=data_key(sha256),
            sha256=sha256,
            size=file.stat().st_size,
            data_version=data_version,
            built_at=built_at.replace(tzinfo=UTC).isoformat(timespec="seconds"),
            schema_version=schema_version,
            published_at=now(),
            previous=None,
        )

    def _file_sha256(self, file: Path) -> str:
        digest = hashlib.sha256()
        try:
            with file.open("rb") as stream, self._bar("hash", file.stat().st_size) as progress:
                while chunk := stream.read(1 << 20):
                    digest.update(chunk)
                    progress(len(chunk))
        except OSError as error:
            raise OutputRefused(f"{file}: cannot be read: {error.strerror}") from error
        return digest.hexdigest()

    def _upload(self, file: Path, version: Version) -> None:
        """Write the file under its key, unless an earlier attempt has left it there whole."""
        if self.store.size(version.key) == version.size:
            try:
                self._verify(version)
                return
            except VersionRefused:
                self.tell(f"{version.key}: is damaged in the store, uploading it again")
        with self._bar("upload", version.size) as progress:
            self.store.upload(file, version.key, progress)
        self._verify(version)

    def _verify(self, version: Version) -> None:
        """Read the file back from the store and compare.

        Raises:
            VersionRefused: it is missing, or has other bytes than its name says.
        """
        size = self.store.size(version.key)
        if size != version.size:
            found = "is missing" if size is None else f"has {size:,} bytes"
            raise VersionRefused(
                f"{version.key}: {found} in {self.store.settings}, expected {version.size:,}; the "
                "current version stays as it is"
            )
        with self._bar("verify", version.size) as progress:
            found_hash = self.store.sha256(version.key, progress)
        if found_hash != version.sha256:
            raise VersionRefused(
                f"{version.key}: {self.store.settings} gives back other bytes, of sha256 "
                f"{found_hash}; the current version stays as it is. Did the file change during "
                "the upload? If not, check the store's disks"
            )

    def _record(self, version: Version) -> None:
        """Write the version's record, unless a good one is there: records never change."""
        known, _ = self._read_record(version.sha256)
        if known is None:
            self.store.put(record_key(version.sha256), version.to_json(self.signing_key))

    def _move_pointer(self, version: Version, before: bytes | None) -> None:
        raw = version.to_json(self.signing_key)
        with sole_publisher(self.store, self.tell) as claim:
            self._refuse_if_moved(before)
            if self.store.size(version.key) != version.size:
                raise Overtaken(
                    f"{version.key}: was pruned from {self.store.settings} meanwhile; the current "
                    "version stays as it is, run the command again"
                )
            self._write_pointer(raw, claim)
            self._refuse_if_moved(raw)

    def _write_pointer(self, raw: bytes, claim: Claim) -> None:
        claim.still_holds()
        self.store.put(POINTER_KEY, raw)

    def _refuse_if_moved(self, expected: bytes | None) -> None:
        found = self.store.get(POINTER_KEY)
        if found == expected:
            return
        theirs = self._readable(found) if found else None
        raise Overtaken(
            f"{self.store.settings}: another publisher was faster, "
            f"{theirs or 'an unknown version'} is current now; to replace it, run the command again"
        )

    @contextmanager
    def _bar(self, what: str, n_bytes: int) -> Iterator[Progress]:
        with tqdm(
            desc=what, total=n_bytes, unit="B", unit_scale=True, disable=self.quiet or None
        ) as bar:
            yield bar.update


def _state(
    sha256: str, current: Version | None, version: Version | None, has_data: bool, has_record: bool
) -> State:
    if not has_data:
        return State.DATA_MISSING
    if current and current.sha256 == sha256:
        return State.CURRENT
    if current and current.previous == data_key(sha256):
        return State.PREVIOUS
    if not has_record:
        return State.UNFINISHED
    return State.KEPT if version else State.UNREADABLE
