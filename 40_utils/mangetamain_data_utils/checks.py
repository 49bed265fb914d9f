"""Runs the data rules: one SQL file each, named like the rule, returning the rows that break it.

One rule more has no SQL file: the tables have the hash that names their version. To compute it
every cell is read, so a damaged block shows too, wherever it lies.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from mangetamain_data_utils import models
from mangetamain_data_utils.content_hash import file_content_sha256
from mangetamain_data_utils.exceptions import Breach, OutputRefused

SCHEMA_RULE = "schema_equals_contract"  # the others read columns that this one vouches for
CONTENT_RULE = "content_equals_its_hash"
_EXAMPLE_CHARACTERS = 300
_MAGIC = slice(8, 12)  # https://duckdb.org/docs/stable/internals/storage


def rule_names() -> list[str]:
    """Return the names of the data rules, in alphabetical order."""
    return sorted([*models.check_names(), CONTENT_RULE])


def check_file(path: Path, memory_limit: str = "1GB", threads: int = 2) -> list[Breach]:
    """Return every data rule that the file breaks; an empty list when it keeps them all.

    Raises:
        OutputRefused: the file is not a DuckDB file, or is damaged.
    """
    with open_read_only(path, memory_limit, threads) as con:
        if breach := _breach(con, SCHEMA_RULE):
            return [breach]
        found = [_altered_content(con), *(_breach(con, rule) for rule in models.check_names())]
        return [breach for breach in found if breach]


@contextmanager
def open_read_only(
    path: Path, memory_limit: str = "1GB", threads: int = 2
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a built file for reading, with external access off."""
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": memory_limit,
        "threads": threads,
        "enable_external_access": False,
    }
    _refuse_other_formats(path)
    try:
        with duckdb.connect(str(path), read_only=True, config=config) as con:
            yield con
    except duckdb.IOException as error:  # a damaged block shows only when it is read
        raise OutputRefused(f"{path}: cannot be read: {error}") from error


def _refuse_other_formats(path: Path) -> None:
    """Refuse in our words what DuckDB would take for a table to query: a CSV file, say."""
    try:
        with path.open("rb") as file:
            head = file.read(_MAGIC.stop)
    except OSError as error:
        raise OutputRefused(f"{path}: cannot be read: {error.strerror}") from error
    if head[_MAGIC] != b"DUCK":
        raise OutputRefused(f"{path}: is not a DuckDB file")


def _breach(con: duckdb.DuckDBPyConnection, rule: str) -> Breach | None:
    broken = con.sql(models.read_sql(f"checks/{rule}"))
    first = broken.limit(1).fetchone()
    if first is None:
        return None
    cells = ", ".join(f"{name}={value!r}" for name, value in zip(broken.columns, first))
    n_rows = broken.count("*").fetchall()[0][0]
    return Breach(rule, n_rows, cells[:_EXAMPLE_CHARACTERS])


def _altered_content(con: duckdb.DuckDBPyConnection) -> Breach | None:
    row = con.execute("select content_sha256 from build_info").fetchone()
    stated, found = row and row[0], file_content_sha256(con)
    return None if found == stated else Breach(CONTENT_RULE, 1, f"{stated=}, {found=}")
