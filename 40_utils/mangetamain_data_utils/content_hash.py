"""One sha256 for the contents of a database: same rows in the same order, same hash.

It does not depend on how DuckDB lays out the file, on the number of threads or on the clock.
"""

import hashlib
from collections.abc import Iterable

import duckdb

# DuckDB hashes blocks of rows on all its threads (a second per million rows); a block of 2,048
# rows is at most a few megabytes of JSON, so memory stays bounded.
_BLOCK_DIGESTS = """
    select sha256(string_agg(to_json(numbered), chr(10) order by position))
    from numbered
    group by position // 2048
    order by position // 2048
"""


def content_sha256(
    con: duckdb.DuckDBPyConnection, table_names: Iterable[str], *facts: object
) -> str:
    """Return the hash of the tables (names, columns, types, ordered rows) and of ``facts``."""
    digest = hashlib.sha256(repr(facts).encode())
    for table_name in sorted(table_names):
        table = con.table(table_name)
        columns = [f"{name} {type_}" for name, type_ in zip(table.columns, table.types)]
        numbered = table.select("rowid as position, *")
        blocks = numbered.query("numbered", _BLOCK_DIGESTS).fetchall()
        digest.update(repr((table_name, columns, blocks)).encode())
    return digest.hexdigest()


def file_content_sha256(con: duckdb.DuckDBPyConnection) -> str:
    """Return the hash that ``build_info`` of the connected file should state.

    It covers every table but ``build_info``, and the facts that only ``build_info`` holds.
    """
    tables = [name for (name,) in con.execute("show tables").fetchall() if name != "build_info"]
    facts = con.execute(
        "select schema_version, is_demo, has_train_split, n_unrated from build_info"
    ).fetchone()
    return content_sha256(con, tables, *(facts or ()))
