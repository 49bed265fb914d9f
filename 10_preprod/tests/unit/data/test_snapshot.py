import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from shutil import copyfile

import duckdb
import pytest

from mangetamain_analytics.data.loaders import DataLoader
from mangetamain_analytics.data.snapshot import Origin, Snapshot, open_snapshot
from mangetamain_analytics.exceptions import DataUnavailableError

# What cannot be opened.


def refused(path: Path) -> str:
    with pytest.raises(DataUnavailableError) as caught:
        open_snapshot(path)
    assert caught.value.source == str(path)
    return caught.value.reason


def test_a_missing_file_is_told_with_the_command_that_makes_one(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.duckdb") == "no such file; `make data` builds one"


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert refused(tmp_path) == "no such file; `make data` builds one"


def test_a_text_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "site.duckdb"
    path.write_text("id,name\n" * 1000)

    assert refused(path).startswith("cannot be read: IO Error: ")
    assert "not a valid DuckDB database file" in refused(path)


def test_a_file_of_another_format_is_refused_without_a_look_for_an_extension(
    tmp_path: Path,
) -> None:
    path = tmp_path / "site.duckdb"
    with closing(sqlite3.connect(path)) as other:
        other.execute("create table recipes (id integer)")

    assert "not a valid DuckDB database file" in refused(path)


def test_an_empty_file_is_refused_and_stays_empty(tmp_path: Path) -> None:
    path = tmp_path / "site.duckdb"
    path.touch()

    assert refused(path).startswith("cannot be read: ")
    assert path.stat().st_size == 0


def test_a_truncated_file_is_refused(small_db: Path, tmp_path: Path) -> None:
    path = tmp_path / "site.duckdb"
    path.write_bytes(small_db.read_bytes()[:5000])

    assert refused(path).startswith("cannot be read: ")


def test_a_database_that_the_builder_did_not_write_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "site.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create table recipes (id bigint)")

    assert refused(path).startswith("cannot be read: Catalog Error: ")
    assert "build_info" in refused(path)


@pytest.mark.parametrize(
    ("statement", "n_rows"),
    [("delete from build_info", 0), ("insert into build_info from build_info", 2)],
)
def test_a_file_that_describes_itself_not_once_is_refused(
    edited: Callable[..., Path], statement: str, n_rows: int
) -> None:
    assert refused(edited(statement)) == f"build_info holds {n_rows} rows instead of one"


def test_a_file_of_another_layout_is_refused_with_both_versions(
    edited: Callable[..., Path],
) -> None:
    path = edited("update build_info set schema_version = 2")

    assert refused(path) == "schema version 2, this app reads 1"


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc/self/fd")
def test_a_refused_file_is_closed_again(
    edited: Callable[..., Path], open_files: Callable[[], list[str]]
) -> None:
    path = edited("update build_info set schema_version = 2")
    with pytest.raises(DataUnavailableError) as caught:
        open_snapshot(path)

    assert caught.value.__traceback__ is not None  # whoever logs it may keep it for long
    assert open_files() == []


# What is opened.


def test_the_file_describes_itself(snapshot: Snapshot, small_db: Path) -> None:
    with duckdb.connect(str(small_db), read_only=True) as connection:
        version, built_at, commit = connection.execute(
            "select left(content_sha256, 12), built_at, app_commit from build_info"
        ).fetchall()[0]
    info = snapshot.info

    assert (info.data_version, info.app_commit) == (version, commit)
    assert info.built_at == built_at.replace(tzinfo=UTC)
    assert abs(datetime.now(UTC) - info.built_at).total_seconds() < 3600
    assert (info.is_demo, info.has_train_split, info.n_unrated) == (False, True, 2)
    assert info.row_counts["recipes"] == 36
    assert info.row_counts["interactions"] == 15
    assert snapshot.origin is Origin.LOCAL


def test_demo_data_say_so_wherever_they_lie(demo_db: Path) -> None:
    opened = open_snapshot(demo_db)

    assert opened.info.is_demo
    assert opened.origin is Origin.DEMO


def test_real_rows_are_not_a_demonstration(real_db: Path) -> None:
    opened = open_snapshot(real_db)

    assert opened.origin is Origin.LOCAL
    assert 0 < opened.info.row_counts["recipes"] < 920


def test_a_path_may_hold_an_apostrophe(small_db: Path, tmp_path: Path) -> None:
    path = tmp_path / "grand'mère; drop table recipes.duckdb"
    copyfile(small_db, path)

    assert DataLoader(open_snapshot(path)).load_recipes().height == 36


@pytest.mark.parametrize(
    "statement",
    [
        "delete from recipes",
        "create table site.more (x integer)",
        "update build_info set data_version = 'x'",
        "drop table recipes",
    ],
)
def test_nothing_can_be_written(snapshot: Snapshot, statement: str) -> None:
    with pytest.raises(duckdb.InvalidInputException, match="read-only"):
        snapshot.cursor().execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "select * from read_csv('/etc/passwd')",
        "select * from read_text('/etc/passwd')",
        "select * from glob('/*')",
        "attach '/tmp/other.duckdb'",
        "copy recipes to '/tmp/stolen.csv'",
        "install httpfs",
        "load httpfs",
        "select * from 'http://localhost/x.csv'",
    ],
)
def test_no_query_reaches_the_disk_or_the_network(snapshot: Snapshot, statement: str) -> None:
    with pytest.raises(duckdb.Error, match="disabled"):
        snapshot.cursor().execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "set enable_external_access = true",
        "set memory_limit = '64GB'",
        "set threads = 64",
        "reset lock_configuration",
        "set lock_configuration = false",
    ],
)
def test_no_query_changes_the_settings(snapshot: Snapshot, statement: str) -> None:
    with pytest.raises(duckdb.Error):
        snapshot.cursor().execute(statement)


def test_memory_and_threads_are_bounded(snapshot: Snapshot) -> None:
    settings = snapshot.cursor().execute(
        "select current_setting('memory_limit'), current_setting('threads')"
    )
    assert settings.fetchall() == [("488.2 MiB", 2)]  # 512 MB


def test_opening_a_file_leaves_nothing_beside_it(small_db: Path, tmp_path: Path) -> None:
    path = tmp_path / "site.duckdb"
    copyfile(small_db, path)
    before = path.read_bytes()
    opened = open_snapshot(path)
    DataLoader(opened).load_recipes()
    opened.connection.close()

    assert [p.name for p in tmp_path.iterdir()] == ["site.duckdb"]
    assert path.read_bytes() == before
