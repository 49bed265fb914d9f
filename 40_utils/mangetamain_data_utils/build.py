"""Turns the Kaggle files into the site's DuckDB file, all of it or nothing."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
from tqdm import tqdm

from mangetamain_data_utils import models
from mangetamain_data_utils.app_commit import app_commit
from mangetamain_data_utils.checks import check_file, open_read_only
from mangetamain_data_utils.content_hash import content_sha256
from mangetamain_data_utils.exceptions import OutputRefused, RuleBroken, SourceRefused, rows
from mangetamain_data_utils.literals import parse_number_lists, parse_text_lists
from mangetamain_data_utils.sources import SourceFile, find_sources
from mangetamain_data_utils.workplace import publish, workplace

SCHEMA_VERSION = 1
STORAGE_VERSION = "v1.4.0"  # the site's DuckDB opens it; files of 2.0 it would not
DEMO_MARKER = "DEMO.json"  # `mangetamain-data demo` leaves it beside its files

_STAGING = {
    "RAW_recipes": ["stg_recipes"],
    "RAW_interactions": ["stg_interactions"],
    "interactions_train": ["stg_train_pairs"],
}
_RECIPE_TEXTS = ("steps", "description")


@dataclass(frozen=True)
class BuildOptions:
    """How a build runs; none of it but ``keep_text`` changes what is written."""

    keep_text: bool = False
    memory_limit: str = "1GB"
    threads: int = 2
    quiet: bool = False


@dataclass(frozen=True)
class BuildSummary:
    """What a build wrote."""

    output: Path
    size_bytes: int
    data_version: str
    is_demo: bool
    cleaning_steps: list[tuple[str, str, int, int]]
    notes: list[tuple[str, str, int]]


def build(source_dir: Path, output: Path, options: BuildOptions | None = None) -> BuildSummary:
    """Write the site's file from the CSV files of a folder and return what it holds.

    The file appears, by rename, only when every data rule holds; until then the previous one
    stays as it is.

    Raises:
        SourceRefused: a source file is missing or broken.
        RuleBroken: the tables break a data rule.
        OutputRefused: the file cannot be written.
    """
    options = options or BuildOptions()
    sources = find_sources(source_dir)
    inputs = [source.path for source in sources.values()]
    with workplace(output, inputs) as folder, _errors_of_duckdb_as_ours(output):
        partial = folder / "partial.duckdb"
        with _connection(partial, folder, options) as con:
            _stage_all(con, sources, options)
            _write_tables(con, source_dir, sources, options)
            # On a full disk closing would leave the rows in the write-ahead log, silently.
            con.execute("checkpoint site")
        breaches = check_file(partial, options.memory_limit, options.threads)
        if breaches:
            raise RuleBroken(breaches)
        summary = _summary(partial, output)
        publish(partial, output)
    return summary


@contextmanager
def _errors_of_duckdb_as_ours(output: Path) -> Iterator[None]:
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        raise OutputRefused(f"{output}: {_first_line(error)}; raise --memory-limit") from error
    # A full disk is an IO error to most statements, and a failed transaction to a commit.
    except (duckdb.IOException, duckdb.TransactionException) as error:
        raise OutputRefused(f"{output}: cannot be written: {_first_line(error)}") from error


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]


@contextmanager
def _connection(
    partial: Path, folder: Path, options: BuildOptions
) -> Iterator[duckdb.DuckDBPyConnection]:
    config: dict[str, Any] = {
        "memory_limit": options.memory_limit,
        "threads": options.threads,
        "temp_directory": str(folder),
    }
    with duckdb.connect(":memory:", config=config) as con:
        quoted = str(partial).replace("'", "''")  # attach takes no parameter
        con.execute(f"attach '{quoted}' as site (storage_version '{STORAGE_VERSION}')")
        con.execute("use site")
        con.execute(models.read_sql("macros"))
        con.execute("create type season as enum ('Winter', 'Spring', 'Summer', 'Autumn')")
        yield con


def _stage_all(
    con: duckdb.DuckDBPyConnection, sources: dict[str, SourceFile], options: BuildOptions
) -> None:
    """Stage what the tables are made from; read the other files only to see that they are whole."""
    text_models = {"RAW_recipes": ["stg_recipe_texts"], "RAW_interactions": ["stg_reviews"]}
    for name, source in sources.items():
        texts = text_models.get(name, []) if options.keep_text else []
        _stage(con, source, _STAGING.get(name, []) + texts, options)


def _stage(
    con: duckdb.DuckDBPyConnection, source: SourceFile, staging: list[str], options: BuildOptions
) -> None:
    """Type the rows of a file batch by batch, so that memory does not grow with the file."""
    columns = _columns_to_read(source, options.keep_text) if staging else ()
    size = source.path.stat().st_size
    with tqdm(
        desc=source.name, total=size, unit="B", unit_scale=True, disable=options.quiet or None
    ) as bar:
        for number, batch in enumerate(source.batches(columns, bar.update)):
            con.register("raw_batch", _with_lists(batch))
            for name in staging:
                models.stage(con, name, append=number > 0)
    for name in staging:
        _refuse_problems(con, source, name)


def _columns_to_read(source: SourceFile, keep_text: bool) -> tuple[str, ...]:
    if keep_text:
        return source.table.columns
    return tuple(name for name in source.table.columns if name not in _RECIPE_TEXTS)


def _with_lists(batch: pl.DataFrame) -> pl.DataFrame:
    """Add `<column>_list` for each column of Python lists."""
    parsers: dict[str, Callable[[pl.Series], pl.Series]] = {
        "ingredients": parse_text_lists,
        "tags": parse_text_lists,
        "steps": parse_text_lists,
        "nutrition": parse_number_lists,
    }
    return batch.with_columns(
        parse(batch[name]).alias(f"{name}_list")
        for name, parse in parsers.items()
        if name in batch.columns
    )


def _refuse_problems(con: duckdb.DuckDBPyConnection, source: SourceFile, model: str) -> None:
    problems = con.table(model).filter("problem is not null").select("line, problem")
    first = problems.order("line").fetchone()
    if first is not None:
        n_rows = problems.count("*").fetchall()[0][0]
        count = f" ({rows(n_rows)} cannot be read)" if n_rows > 1 else ""
        raise SourceRefused(source.name, f"{first[1]}{count}", first[0])


def _write_tables(
    con: duckdb.DuckDBPyConnection,
    source_dir: Path,
    sources: dict[str, SourceFile],
    options: BuildOptions,
) -> None:
    has_train_split = "interactions_train" in sources
    if not has_train_split:
        con.execute("create temp table stg_train_pairs (user_id bigint, recipe_id bigint)")
    for name in models.CLEANING:
        models.create_view(con, name)
    marts = (*models.MARTS, *(models.TEXT_MARTS if options.keep_text else ()))
    for name in _progress(marts, "tables", options):
        models.create_table(con, name)
    models.create_table(con, "source_notes", {"notes": _source_notes(sources)})
    is_demo = (source_dir / DEMO_MARKER).is_file()
    n_unrated = con.table("stg_interactions").filter("rating = 0").count("*").fetchall()[0][0]
    facts = (SCHEMA_VERSION, is_demo, has_train_split, n_unrated)
    models.create_table(
        con,
        "build_info",
        {
            "schema_version": SCHEMA_VERSION,
            "content_sha256": content_sha256(con, [*marts, "source_notes"], *facts),
            "built_at": datetime.now(UTC).replace(tzinfo=None),
            "app_commit": app_commit(),
            "is_demo": is_demo,
            "has_train_split": has_train_split,
            "n_unrated": n_unrated,
            "source_files": [asdict(source.fingerprint()) for source in sources.values()],
        },
    )


def _progress(names: Iterable[str], description: str, options: BuildOptions) -> Iterable[str]:
    return tqdm(names, desc=description, unit="table", disable=options.quiet or None)


def _source_notes(sources: dict[str, SourceFile]) -> list[dict[str, str | int]]:
    return [
        {"source_table": table, "note": note, "n_rows": n_rows}
        for table, source in sources.items()
        for note, n_rows in source.notes.items()
    ]


def _summary(built: Path, output: Path) -> BuildSummary:
    with open_read_only(built) as con:
        [(version, is_demo)] = con.execute(
            "select data_version, is_demo from build_info"
        ).fetchall()
        steps = con.execute(
            "select table_name, rule, rows_before, rows_removed from cleaning_steps order by step"
        ).fetchall()
        notes = con.table("source_notes").fetchall()
    return BuildSummary(output, built.stat().st_size, version, is_demo, steps, notes)
