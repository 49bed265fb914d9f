"""Runs the SQL models: one ``select`` per file, in a file named like the table it makes.

``sql/staging`` types the source rows, ``sql/cleaning`` takes the unwanted ones out rule by rule,
``sql/marts`` are the tables of the site's file, ``sql/checks`` are the rules these must keep.
"""

from importlib.resources import files
from typing import Any

import duckdb

_SQL = files("mangetamain_data_utils") / "sql"

CLEANING = (  # in the order in which the rules apply
    "one_row_per_id",
    "minutes_between_1_and_180",
    "recipe_bounds",
    "steps_and_ingredients_within_quantiles",
    "name_and_date_present",
    "calories_and_ingredients_present",
    "rating_between_1_and_5",
    "date_present",
    "exact_duplicates_removed",
)
MARTS = (  # each after those it reads
    "recipes",
    "interactions",
    "users",
    "recipe_ingredients",
    "recipe_tags",
    "item_years",
    "cleaning_steps",
)
TEXT_MARTS = ("recipe_texts", "reviews")


def read_sql(path: str) -> str:
    """Return the text of ``sql/<path>.sql``."""
    return (_SQL / f"{path}.sql").read_text(encoding="utf-8")


def check_names() -> list[str]:
    """Return the names of the data rules that SQL decides, in alphabetical order."""
    checks = (_SQL / "checks").iterdir()
    return sorted(path.name.removesuffix(".sql") for path in checks)


def stage(con: duckdb.DuckDBPyConnection, name: str, *, append: bool) -> None:
    """Add the rows of ``raw_batch`` to the temporary table of a staging model."""
    head = "insert into" if append else "create temp table"
    con.execute(f"{head} {name} {'' if append else 'as'} {read_sql(f'staging/{name}')}")


def create_view(con: duckdb.DuckDBPyConnection, name: str) -> None:
    """Make a cleaning rule readable as a temporary view of the rows that it keeps."""
    con.execute(f"create temp view {name} as {read_sql(f'cleaning/{name}')}")


def create_table(
    con: duckdb.DuckDBPyConnection, name: str, parameters: dict[str, Any] | None = None
) -> None:
    """Write a mart into the current database."""
    con.execute(f"create table {name} as {read_sql(f'marts/{name}')}", parameters)
