"""Runs the data rules: one SQL file each, named like the rule, returning the rows that break it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from mangetamain_data_utils import models
from mangetamain_data_utils.exceptions import Breach, OutputRefused

SCHEMA_RULE = "schema_equals_contract"  # the others read columns that this one vouches for
_EXAMPLE_CHARACTERS = 300


def check_file(path: Path, memory_limit: str = "1GB", threads: int = 2) -> list[Breach]:
    """Return every data rule that the file breaks; an empty list when it keeps them all.

    Raises:
        OutputRefused: the file is not a DuckDB file that can be read.
    """
    with open_read_only(path, memory_limit, threads) as con:
        if breach := _breach(con, SCHEMA_RULE):
            return [breach]
        found = (_breach(con, rule) for rule in models.check_names())
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
    try:
        con = duckdb.connect(str(path), read_only=True, config=config)
    except duckdb.Error as error:
        raise OutputRefused(f"{path}: is not a readable DuckDB file: {error}") from error
    with con:
        yield con


def _breach(con: duckdb.DuckDBPyConnection, rule: str) -> Breach | None:
    broken = con.sql(models.read_sql(f"checks/{rule}"))
    first = broken.limit(1).fetchone()
    if first is None:
        return None
    cells = ", ".join(f"{name}={value!r}" for name, value in zip(broken.columns, first))
    n_rows = broken.count("*").fetchall()[0][0]
    return Breach(rule, n_rows, cells[:_EXAMPLE_CHARACTERS])
