"""Named queries on one snapshot: each is a file of ``sql/``, its parameters are ``$named``."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal, overload

import duckdb
import polars as pl

from mangetamain_analytics.data.snapshot import Snapshot
from mangetamain_analytics.exceptions import QueryError

SQL_FOLDER = Path(__file__).parent / "sql"

# No page asks for more than a second of work; a runaway query must not hold a core for ever.
QUERY_TIMEOUT_SECONDS = 20.0

# DuckDB reserves each column of a result for so many rows, and an answer of twenty keeps them for
# as long as it is cached: 8 MB a number with its own 1,000,000. A vector of DuckDB's is 2,048.
ROWS_PER_BATCH = 2048

Parameter = str | int | float | bool


@cache
def sql_text(name: str) -> str:
    """Return the text of the query ``name``: the file ``sql/<name>.sql``.

    Raises:
        QueryError: There is no such file.
    """
    path = SQL_FOLDER / f"{name}.sql"
    if not path.is_file():
        raise QueryError(path.name, {}, f"no such file in {SQL_FOLDER.name}/")
    return path.read_text(encoding="utf-8")


@dataclass(frozen=True)
class RatingsMetadata:
    """What the threshold of ``DataLoader.load_ratings`` kept and left out."""

    scope: Literal["all", "train"]
    min_interactions: int
    n_ratings: int
    n_ratings_left_out: int
    n_months: int
    n_months_left_out: int
    first_month: date | None
    last_month: date | None


class DataLoader:
    """The queries of the site and of the notebooks on one snapshot; they return polars frames."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def query(self, name: str, /, **parameters: Parameter) -> pl.DataFrame:
        """Return the rows of ``sql/<name>.sql`` for these parameters.

        Raises:
            QueryError: The query is unknown, lacks a parameter, fails or takes too long.
        """
        sql = sql_text(name)
        try:
            with self._snapshot.cursor() as cursor, _interrupted_when_late(cursor):
                rows = cursor.execute(sql, parameters).pl(rows_per_batch=ROWS_PER_BATCH)
                return rows.rechunk()
        except duckdb.Error as error:
            raise QueryError(f"{name}.sql", parameters, str(error)) from error

    def load_recipes(self) -> pl.DataFrame:
        """Return every cleaned recipe, one row each, in order of publication."""
        return self.query("recipes_clean")

    @overload
    def load_ratings(
        self,
        min_interactions: int = ...,
        return_metadata: Literal[False] = ...,
        scope: Literal["all", "train"] = ...,
    ) -> pl.DataFrame: ...

    @overload
    def load_ratings(
        self,
        min_interactions: int = ...,
        *,
        return_metadata: Literal[True],
        scope: Literal["all", "train"] = ...,
    ) -> tuple[pl.DataFrame, RatingsMetadata]: ...

    def load_ratings(
        self,
        min_interactions: int = 100,
        return_metadata: bool = False,
        scope: Literal["all", "train"] = "all",
    ) -> pl.DataFrame | tuple[pl.DataFrame, RatingsMetadata]:
        """Return the ratings of the months that hold enough of them to be compared.

        Args:
            min_interactions: Fewest ratings of a month that is kept.
            return_metadata: Return also what was kept and left out.
            scope: ``all`` ratings, or those of the ``train`` split only (64 % of the real ones,
                from the more active users).
        """
        parameters = {"min_interactions": min_interactions, "train_only": scope == "train"}
        ratings = self.query("ratings_long_term", **parameters)
        if not return_metadata:
            return ratings
        months = self.query("ratings_months", **parameters)
        return ratings, _ratings_metadata(months, min_interactions, scope)


@contextmanager
def _interrupted_when_late(cursor: duckdb.DuckDBPyConnection) -> Iterator[None]:
    timer = threading.Timer(QUERY_TIMEOUT_SECONDS, cursor.interrupt)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _ratings_metadata(
    months: pl.DataFrame, min_interactions: int, scope: Literal["all", "train"]
) -> RatingsMetadata:
    kept, left_out = months.filter(pl.col("is_kept")), months.filter(~pl.col("is_kept"))
    first_days = [date(year, month, 1) for year, month in kept.select("year", "month").rows()]
    return RatingsMetadata(
        scope=scope,
        min_interactions=min_interactions,
        n_ratings=int(kept["n_ratings"].sum()),
        n_ratings_left_out=int(left_out["n_ratings"].sum()),
        n_months=kept.height,
        n_months_left_out=left_out.height,
        first_month=first_days[0] if first_days else None,
        last_month=first_days[-1] if first_days else None,
    )
