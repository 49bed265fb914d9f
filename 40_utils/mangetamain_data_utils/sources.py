"""Finds and reads the Kaggle files: plain, ``.zip`` or ``.gz``; whole, or refused with a line.

The files are read by Python's strict ``csv`` parser, in batches, because many cells span several
lines and every row must keep the line number that a person will look for.
"""

import codecs
import csv
import gzip
import hashlib
import io
import itertools
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO, cast

import polars as pl

from mangetamain_data_utils.exceptions import SourceRefused

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

ROWS_PER_BATCH = 20_000  # about 60 MB of RAW_recipes
LONGEST_CELL = 1_000_000  # characters; the longest real cell has 48,000
SUFFIXES = (".csv", ".csv.zip", ".csv.gz", ".zip", ".gz")
_BLOCK_BYTES = 1 << 20

OnBytes = Callable[[int], object]


@dataclass(frozen=True)
class SourceTable:
    """One of the seven tables of the Kaggle dataset."""

    name: str
    columns: tuple[str, ...]
    is_required: bool = False


_SPLIT_COLUMNS = ("user_id", "recipe_id", "date", "rating", "u", "i")

SOURCE_TABLES = (
    SourceTable(
        "RAW_recipes",
        (
            "name",
            "id",
            "minutes",
            "contributor_id",
            "submitted",
            "tags",
            "nutrition",
            "n_steps",
            "steps",
            "description",
            "ingredients",
            "n_ingredients",
        ),
        is_required=True,
    ),
    SourceTable(
        "RAW_interactions",
        ("user_id", "recipe_id", "date", "rating", "review"),
        is_required=True,
    ),
    SourceTable(
        "PP_recipes",
        (
            "id",
            "i",
            "name_tokens",
            "ingredient_tokens",
            "steps_tokens",
            "techniques",
            "calorie_level",
            "ingredient_ids",
        ),
    ),
    SourceTable("PP_users", ("u", "techniques", "items", "n_items", "ratings", "n_ratings")),
    SourceTable("interactions_train", _SPLIT_COLUMNS),
    SourceTable("interactions_validation", _SPLIT_COLUMNS),
    SourceTable("interactions_test", _SPLIT_COLUMNS),
)


@dataclass(frozen=True)
class Fingerprint:
    """Which bytes a build was made from."""

    name: str
    size_bytes: int
    sha256: str


@dataclass
class SourceFile:
    """A table's file as found on disk; ``notes`` counts what reading it accepted with a remark."""

    table: SourceTable
    path: Path
    notes: Counter[str] = field(default_factory=Counter)

    @property
    def name(self) -> str:
        """The file name that messages use."""
        return self.path.name

    def fingerprint(self) -> Fingerprint:
        """Return name, size and sha256 of the file as it is on disk."""
        with self.path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        return Fingerprint(self.name, self.path.stat().st_size, digest)

    def batches(
        self, columns: tuple[str, ...], on_bytes: OnBytes = lambda n_bytes: None
    ) -> Iterator[pl.DataFrame]:
        """Yield frames of text: ``line`` (where the row starts) and the given columns.

        ``on_bytes`` hears, batch by batch, how many more bytes of the file were read.

        Raises:
            SourceRefused: at the first row that is not a whole row, naming its line.
        """
        with self._open() as (file, seen):
            rows = _Rows(self, io.TextIOWrapper(seen.buffered(), "utf-8-sig", newline=""))
            position = 0
            while batch := list(itertools.islice(rows, ROWS_PER_BATCH)):
                yield _frame(rows.header, batch, columns)
                on_bytes(file.tell() - position)
                position = file.tell()
            self._check_end(rows, seen)

    def _check_end(self, rows: "_Rows", seen: "_SeenBytes") -> None:
        if rows.n_rows == 0:
            raise SourceRefused(self.name, "has a header but no row")
        if seen.last_byte not in (b"\r", b"\n"):
            reason = "the file stops inside this row (no line end after it); is it truncated?"
            raise SourceRefused(self.name, reason, rows.line)
        if seen.first_bytes.startswith(codecs.BOM_UTF8):
            self.notes["byte order mark skipped"] += 1
        if seen.first_bytes.partition(b"\n")[0].endswith(b"\r"):
            self.notes["rows ending with CR LF"] += rows.n_rows

    @contextmanager
    def _open(self) -> Iterator[tuple[BinaryIO, "_SeenBytes"]]:
        try:
            with self.path.open("rb") as file:
                yield file, _SeenBytes(self._decompressed(file))
        except UnicodeDecodeError as error:
            line, byte = self._first_undecodable()
            reason = f"byte 0x{byte:02X} is not UTF-8; save the file as UTF-8"
            raise SourceRefused(self.name, reason, line) from error
        except (zipfile.BadZipFile, EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise SourceRefused(self.name, f"the archive is damaged: {error}") from error
        except OSError as error:
            raise SourceRefused(self.name, f"cannot be read: {error.strerror}") from error

    def _decompressed(self, file: IO[bytes]) -> IO[bytes]:
        if self.path.suffix == ".gz":
            return cast(IO[bytes], gzip.GzipFile(fileobj=file))
        if self.path.suffix == ".zip":
            return self._only_member(zipfile.ZipFile(file))
        return file

    def _only_member(self, archive: zipfile.ZipFile) -> IO[bytes]:
        wanted = f"{self.table.name}.csv"
        names = [name for name in archive.namelist() if name.rpartition("/")[2] == wanted]
        if len(names) != 1:
            raise SourceRefused(self.name, f"holds {len(names)} files named {wanted}, expected 1")
        try:
            return archive.open(names[0])
        except RuntimeError as error:  # a password, or a compression that Python does not know
            raise SourceRefused(self.name, f"cannot be unpacked: {error}") from error

    def _first_undecodable(self) -> tuple[int, int]:
        """Return the line and the byte that made decoding fail."""
        with self.path.open("rb") as file:
            for line, content in enumerate(self._decompressed(file), start=1):
                try:
                    content.decode("utf-8")
                except UnicodeDecodeError as error:
                    return line, content[error.start]
        raise SourceRefused(self.name, "changed while it was read")


def find_sources(folder: Path) -> dict[str, SourceFile]:
    """Return the files found in the folder by table name.

    Raises:
        SourceRefused: when a required table has no file, or a table has several.
    """
    found = {table.name: source for table in SOURCE_TABLES if (source := _find(folder, table))}
    for table in SOURCE_TABLES:
        if table.is_required and table.name not in found:
            reason = f"is missing from {folder} (looked for it plain, .zip and .gz)"
            raise SourceRefused(f"{table.name}.csv", reason + _archive_hint(folder, table))
    return found


def _archive_hint(folder: Path, table: SourceTable) -> str:
    """Name the archive of the whole dataset, as Kaggle sends it, if the table lies in one."""
    for path in filter(zipfile.is_zipfile, sorted(folder.glob("*.zip"))):
        with zipfile.ZipFile(path) as archive:
            if any(Path(name).name == f"{table.name}.csv" for name in archive.namelist()):
                return f"; unzip {path.name}, which holds it"
    return ""


def _find(folder: Path, table: SourceTable) -> SourceFile | None:
    candidates = (folder / f"{table.name}{suffix}" for suffix in SUFFIXES)
    present = [path for path in candidates if path.is_file()]
    if len(present) > 1:
        names = ", ".join(path.name for path in present)
        raise SourceRefused(table.name, f"stands there {len(present)} times: {names}; keep one")
    return SourceFile(table, present[0]) if present else None


def _frame(
    header: list[str], rows: list[tuple[int, list[str]]], columns: tuple[str, ...]
) -> pl.DataFrame:
    cells = dict(zip(header, zip(*(row for _, row in rows), strict=True), strict=True))
    lines = pl.Series("line", [line for line, _ in rows], dtype=pl.Int64)
    return pl.DataFrame([lines, *(pl.Series(name, cells[name], pl.String) for name in columns)])


class _Rows(Iterator[tuple[int, list[str]]]):
    """The rows of a CSV file with the line each starts on; refuses the first that is not whole."""

    def __init__(self, source: SourceFile, text: IO[str]) -> None:
        csv.field_size_limit(LONGEST_CELL)
        self._source = source
        self._reader = csv.reader(text, strict=True)
        self.line = 1
        self.n_rows = 0
        self.header = self._read_header()

    def __next__(self) -> tuple[int, list[str]]:
        row = self._next_row()
        if len(row) != len(self.header):
            raise self._refusal(
                self.line, f"{len(row)} cells where the header has {len(self.header)}"
            )
        self.n_rows += 1
        return self.line, row

    def _next_row(self) -> list[str]:
        first_line = self._reader.line_num + 1
        try:
            row = next(self._reader)
            while not row:
                self._source.notes["blank lines skipped"] += 1
                first_line = self._reader.line_num + 1
                row = next(self._reader)
        except csv.Error as error:
            reason = f"not a whole CSV row ({error}): truncated, or a quote left open?"
            raise self._refusal(first_line, reason) from error
        self.line = first_line
        return row

    def _read_header(self) -> list[str]:
        try:
            header = self._next_row()
        except StopIteration:
            raise SourceRefused(self._source.name, "is empty") from None
        known = self._source.table.columns
        if missing := [name for name in known if name not in header]:
            found = ", ".join(header)
            raise self._refusal(1, f"column {', '.join(missing)} is missing; found: {found}")
        if twice := [name for name in header if header.count(name) > 1]:
            raise self._refusal(1, f"column {twice[0]} stands there {len(twice)} times")
        for name in header:
            if name not in known:
                self._source.notes[f"extra column ignored: {name!r}"] += 1
        return header

    def _refusal(self, line: int, reason: str) -> SourceRefused:
        return SourceRefused(self._source.name, reason, line)


class _SeenBytes(io.RawIOBase):
    """Passes bytes through and remembers the first block and the last byte."""

    def __init__(self, content: IO[bytes]) -> None:
        self._content = content
        self.first_bytes = b""
        self.last_byte = b""

    def buffered(self) -> io.BufferedReader:
        """Return a reader with a block large enough to hold the header."""
        return io.BufferedReader(self, _BLOCK_BYTES)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        block = self._content.read(len(memoryview(buffer)))
        memoryview(buffer)[: len(block)] = block
        self.first_bytes = self.first_bytes or block
        self.last_byte = block[-1:] or self.last_byte
        return len(block)
