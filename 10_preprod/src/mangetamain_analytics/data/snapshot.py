"""A data file that the site serves: opened read-only, checked, described."""

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import duckdb

from mangetamain_analytics.exceptions import DataUnavailableError

# The layout of tables that this code can read; the builder writes it into build_info.
SCHEMA_VERSION = 1

RESOURCES: Mapping[str, str] = {"memory_limit": "512MB", "threads": "2"}


class Origin(StrEnum):
    """Where the file that is served came from.

    S3 was downloaded by this process, CACHE lay on this machine from before; DEMO is a local file
    of demonstration data.
    """

    S3 = "s3"
    CACHE = "cache"
    LOCAL = "local"
    DEMO = "demo"


@dataclass(frozen=True)
class BuildInfo:
    """What the builder wrote about the file: its version, its age, its size in rows."""

    data_version: str
    built_at: datetime
    app_commit: str
    is_demo: bool
    has_train_split: bool
    row_counts: Mapping[str, int]
    n_unrated: int


@dataclass(frozen=True)
class Snapshot:
    """One data file, open read-only: the same data for as long as it is held."""

    path: Path
    origin: Origin
    info: BuildInfo
    connection: duckdb.DuckDBPyConnection

    @property
    def sha256(self) -> str | None:
        """Of a published file: its copy is named after it."""
        return self.path.stem if self.origin in (Origin.S3, Origin.CACHE) else None

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """Return a cursor for one query: threads that share a connection get truncated results."""
        return _cursor(self.connection)


def open_snapshot(path: Path, origin: Origin = Origin.LOCAL) -> Snapshot:
    """Open the data file at ``path`` read-only and check that this code can read it.

    Local data that are a demonstration get the origin ``DEMO``.

    Raises:
        DataUnavailableError: The file is missing, is not a DuckDB database, was not written by
            ``mangetamain-data build``, or has a table layout that this code does not know.
    """
    if not path.is_file():
        raise DataUnavailableError(path, "no such file; `make data` builds one")
    # Closed unless it is handed out: a failure that is remembered must not hold the file.
    with ExitStack() as stack:
        connection = stack.enter_context(duckdb.connect(":memory:", config=dict(RESOURCES)))
        try:
            _attach(connection, path)
            info = _build_info(connection, path)
        except duckdb.Error as error:
            raise DataUnavailableError(path, f"cannot be read: {error}") from error
        stack.pop_all()
    if info.is_demo and origin is Origin.LOCAL:
        origin = Origin.DEMO
    return Snapshot(path, origin, info, connection)


def _attach(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Attach the file to the connection's own database in memory.

    ``duckdb.connect(path)`` would hand out the file that was at this path the first time, even
    after another one has been renamed over it.
    """
    # Of another format DuckDB would look for an extension, in a folder and then on the internet.
    quoted_path = str(path).replace("'", "''")
    connection.execute(f"attach '{quoted_path}' as site (type duckdb, read_only)")
    # A public site reads this file and nothing else, and no query can change that.
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")


def _cursor(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    cursor = connection.cursor()
    cursor.execute("use site")
    return cursor


def _build_info(connection: duckdb.DuckDBPyConnection, path: Path) -> BuildInfo:
    (schema_version,) = _only_row(connection, "select schema_version from build_info", path)
    if schema_version != SCHEMA_VERSION:
        raise DataUnavailableError(
            path, f"schema version {schema_version}, this app reads {SCHEMA_VERSION}"
        )
    version, built_at, commit, is_demo, has_train_split, row_counts, n_unrated = _only_row(
        connection,
        "select data_version, built_at, app_commit, is_demo, has_train_split, row_counts, n_unrated"
        " from build_info",
        path,
    )
    return BuildInfo(
        data_version=version,
        built_at=built_at.replace(tzinfo=UTC),
        app_commit=commit,
        is_demo=is_demo,
        has_train_split=has_train_split,
        row_counts=row_counts,
        n_unrated=n_unrated,
    )


def _only_row(connection: duckdb.DuckDBPyConnection, sql: str, path: Path) -> tuple[Any, ...]:
    with _cursor(connection) as cursor:
        rows: list[tuple[Any, ...]] = cursor.execute(sql).fetchall()
    if len(rows) != 1:
        raise DataUnavailableError(path, f"build_info holds {len(rows)} rows instead of one")
    return rows[0]
