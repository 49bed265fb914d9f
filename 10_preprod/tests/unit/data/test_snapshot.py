import gc
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from shutil import copyfile

import duckdb
import pytest

from mangetamain_analytics.data import snapshot as module
from mangetamain_analytics.data.loaders import DataLoader
from mangetamain_analytics.data.snapshot import (
    RETRY_AFTER_SECONDS,
    Origin,
    Snapshot,
    SnapshotKeeper,
    open_snapshot,
)
from mangetamain_analytics.exceptions import DataUnavailableError


@pytest.fixture
def edited(small_db: Path, tmp_path: Path) -> Callable[..., Path]:
    """Make a copy of `small_db` changed by SQL: another file that the site may be given."""
    copies = iter(range(100))

    def make(*statements: str) -> Path:
        path = tmp_path / f"edited-{next(copies)}.duckdb"
        copyfile(small_db, path)
        with duckdb.connect(str(path)) as connection:
            for statement in statements:
                connection.execute(statement)
        return path

    return make


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Let seconds pass for the keeper."""
    now = [1000.0]
    monkeypatch.setattr(module.time, "monotonic", lambda: now[0])

    def pass_seconds(seconds: float) -> None:
        now[0] += seconds

    return pass_seconds


def version_read(snapshot: Snapshot) -> str:
    """What a query on the snapshot reads, not what was noted when it was opened."""
    row = snapshot.cursor().execute("select data_version from build_info").fetchone()
    assert row is not None
    return str(row[0])


def open_files(folder: Path) -> list[str]:
    """Files of the folder that this process holds open, replaced ones too."""
    links = []
    for descriptor in os.listdir("/proc/self/fd"):
        try:
            links.append(os.readlink(f"/proc/self/fd/{descriptor}"))
        except FileNotFoundError:
            continue
    return [link for link in links if link.startswith(str(folder))]


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


def test_a_refused_file_is_closed_again(edited: Callable[..., Path], tmp_path: Path) -> None:
    path = edited("update build_info set schema_version = 2")
    with pytest.raises(DataUnavailableError) as caught:
        open_snapshot(path)

    assert caught.value.__traceback__ is not None  # whoever logs it may keep it for long
    assert open_files(tmp_path) == []


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
    assert info.origin is Origin.LOCAL


def test_demo_data_say_so_wherever_they_lie(demo_db: Path) -> None:
    opened = open_snapshot(demo_db)

    assert opened.info.is_demo
    assert opened.info.origin is Origin.DEMO


def test_real_rows_are_not_a_demonstration(real_db: Path) -> None:
    opened = open_snapshot(real_db)

    assert opened.info.origin is Origin.LOCAL
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


# The file at a path, over time.


@pytest.fixture
def served(edited: Callable[..., Path], tmp_path: Path) -> Path:
    """The path that the keeper watches, with the data of version `first`."""
    folder = tmp_path / "served"
    folder.mkdir()
    return edited("update build_info set data_version = 'first'").rename(folder / "site.duckdb")


def test_one_snapshot_serves_everybody(served: Path) -> None:
    keeper = SnapshotKeeper(served)

    assert keeper.current() is keeper.current()
    assert not keeper.is_stale()
    assert not keeper.refresh()


def test_a_file_renamed_over_the_old_one_is_served_after_a_refresh(
    served: Path, edited: Callable[..., Path]
) -> None:
    keeper = SnapshotKeeper(served)
    held = keeper.current()
    edited("update build_info set data_version = 'second'").rename(served)

    assert keeper.is_stale()
    assert keeper.current() is held  # nobody's data change before a refresh
    assert keeper.refresh()
    assert not keeper.is_stale()
    assert not keeper.refresh()
    assert (keeper.current().info.data_version, version_read(keeper.current())) == ("second",) * 2
    assert (held.info.data_version, version_read(held)) == ("first",) * 2


def test_two_versions_of_one_path_answer_side_by_side_with_their_own_rows(
    served: Path, edited: Callable[..., Path]
) -> None:
    keeper = SnapshotKeeper(served)
    old = DataLoader(keeper.current())
    edited("delete from recipes where year = 2003").rename(served)
    keeper.refresh()
    recent = DataLoader(keeper.current())

    for _ in range(3):
        assert (old.load_recipes().height, recent.load_recipes().height) == (36, 24)


def test_a_broken_file_in_its_place_leaves_the_data_as_they_were(
    served: Path, edited: Callable[..., Path]
) -> None:
    keeper = SnapshotKeeper(served)
    held = keeper.current()
    edited("update build_info set schema_version = 2").rename(served)

    with pytest.raises(DataUnavailableError, match="schema version 2"):
        keeper.refresh()
    assert keeper.current() is held
    assert version_read(keeper.current()) == "first"
    assert keeper.is_stale()


def test_a_file_that_vanished_has_no_successor_and_is_still_served(served: Path) -> None:
    keeper = SnapshotKeeper(served)
    held = keeper.current()
    served.unlink()

    assert not keeper.is_stale()
    assert keeper.current() is held
    with pytest.raises(DataUnavailableError, match="no such file"):
        keeper.refresh()
    assert DataLoader(keeper.current()).load_recipes().height == 36


def test_a_repaired_file_is_served_after_a_refresh_that_failed(
    served: Path, edited: Callable[..., Path], tmp_path: Path
) -> None:
    keeper = SnapshotKeeper(served)
    keeper.current()
    edited("update build_info set schema_version = 2").rename(served)
    with pytest.raises(DataUnavailableError):
        keeper.refresh()
    edited("update build_info set data_version = 'third'").rename(served)

    assert keeper.refresh()
    assert version_read(keeper.current()) == "third"


def test_nothing_is_stale_before_anything_is_open(tmp_path: Path) -> None:
    assert not SnapshotKeeper(tmp_path / "none.duckdb").is_stale()


def test_a_failure_is_remembered_for_a_while_and_then_tried_again(
    served: Path, clock: Callable[[float], None], tmp_path: Path
) -> None:
    away = served.rename(tmp_path / "away.duckdb")
    keeper = SnapshotKeeper(served)
    with pytest.raises(DataUnavailableError):
        keeper.current()
    away.rename(served)

    clock(RETRY_AFTER_SECONDS - 0.1)
    with pytest.raises(DataUnavailableError, match="no such file"):
        keeper.current()
    clock(0.2)
    assert keeper.current().info.data_version == "first"


def test_a_refresh_asked_for_does_not_wait_for_the_retry(
    served: Path, clock: Callable[[float], None], tmp_path: Path
) -> None:
    away = served.rename(tmp_path / "away.duckdb")
    keeper = SnapshotKeeper(served)
    with pytest.raises(DataUnavailableError):
        keeper.current()
    away.rename(served)

    assert keeper.refresh()
    assert keeper.current().info.data_version == "first"


def test_a_remembered_failure_does_not_grow_with_the_visitors_who_meet_it(
    tmp_path: Path, clock: Callable[[float], None]
) -> None:
    keeper = SnapshotKeeper(tmp_path / "none.duckdb")

    def length_of_traceback() -> int:
        with pytest.raises(DataUnavailableError) as caught:
            keeper.current()
        length, place = 0, caught.value.__traceback__
        while place is not None:
            length, place = length + 1, place.tb_next
        return length

    lengths = [length_of_traceback() for _ in range(5)]
    assert lengths[1:] == lengths[1:2] * 4


# Memory.


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc/self/fd")
def test_replaced_data_are_released_when_their_last_reader_is_gone(
    served: Path, edited: Callable[..., Path]
) -> None:
    keeper = SnapshotKeeper(served)
    held = keeper.current()
    for number in range(5):
        edited(f"update build_info set data_version = 'number {number}'").rename(served)
        keeper.refresh()
    gc.collect()

    assert len(open_files(served.parent)) == 2  # the reader's and the current one
    assert version_read(held) == "first"
    del held
    gc.collect()
    assert open_files(served.parent) == [str(served)]


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc/self/fd")
def test_a_refresh_that_failed_holds_no_file(served: Path, edited: Callable[..., Path]) -> None:
    keeper = SnapshotKeeper(served)
    keeper.current()
    edited("update build_info set schema_version = 2").rename(served)
    for _ in range(3):
        with pytest.raises(DataUnavailableError):
            keeper.refresh()

    assert len(open_files(served.parent)) == 1
