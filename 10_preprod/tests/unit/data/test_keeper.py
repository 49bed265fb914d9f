import gc
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from loguru import logger

from mangetamain_analytics.data import keeper as module
from mangetamain_analytics.data.keeper import RETRY_AFTER_SECONDS, Freshness, SnapshotKeeper
from mangetamain_analytics.data.loaders import DataLoader
from mangetamain_analytics.data.local_file import LocalFile
from mangetamain_analytics.data.snapshot import Snapshot
from mangetamain_analytics.exceptions import DataUnavailableError


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


# The file at a path, over time.


@pytest.fixture
def served(edited: Callable[..., Path], tmp_path: Path) -> Path:
    """The path that the keeper watches, with the data of version `first`."""
    folder = tmp_path / "served"
    folder.mkdir()
    return edited("update build_info set data_version = 'first'").rename(folder / "site.duckdb")


def test_one_snapshot_serves_everybody(served: Path) -> None:
    keeper = SnapshotKeeper(LocalFile(served))

    assert keeper.current() is keeper.current()
    assert keeper.report().freshness is Freshness.FRESH
    assert not keeper.refresh()


def test_a_file_renamed_over_the_old_one_is_served_after_a_refresh(
    served: Path, edited: Callable[..., Path]
) -> None:
    keeper = SnapshotKeeper(LocalFile(served))
    held = keeper.current()
    edited("update build_info set data_version = 'second'").rename(served)

    assert keeper.report().freshness is Freshness.NEWER_EXISTS
    assert keeper.current() is held  # nobody's data change before a refresh
    assert keeper.refresh()
    assert keeper.report().freshness is Freshness.FRESH
    assert not keeper.refresh()
    assert (keeper.current().info.data_version, version_read(keeper.current())) == ("second",) * 2
    assert (held.info.data_version, version_read(held)) == ("first",) * 2


def test_two_versions_of_one_path_answer_side_by_side_with_their_own_rows(
    served: Path, edited: Callable[..., Path]
) -> None:
    keeper = SnapshotKeeper(LocalFile(served))
    old = DataLoader(keeper.current())
    edited("delete from recipes where year = 2003").rename(served)
    keeper.refresh()
    recent = DataLoader(keeper.current())

    for _ in range(3):
        assert (old.load_recipes().height, recent.load_recipes().height) == (36, 24)


def test_a_broken_file_in_its_place_leaves_the_data_as_they_were(
    served: Path, edited: Callable[..., Path]
) -> None:
    keeper = SnapshotKeeper(LocalFile(served))
    held = keeper.current()
    edited("update build_info set schema_version = 2").rename(served)

    with pytest.raises(DataUnavailableError, match="schema version 2"):
        keeper.refresh()
    assert keeper.current() is held
    assert version_read(keeper.current()) == "first"
    assert keeper.report().freshness is Freshness.NEWER_EXISTS


def test_a_file_that_vanished_has_no_successor_and_is_still_served(served: Path) -> None:
    keeper = SnapshotKeeper(LocalFile(served))
    held = keeper.current()
    served.unlink()

    assert keeper.report().freshness is Freshness.FRESH
    assert keeper.current() is held
    with pytest.raises(DataUnavailableError, match="no such file"):
        keeper.refresh()
    assert DataLoader(keeper.current()).load_recipes().height == 36


def test_a_repaired_file_is_served_after_a_refresh_that_failed(
    served: Path, edited: Callable[..., Path], tmp_path: Path
) -> None:
    keeper = SnapshotKeeper(LocalFile(served))
    keeper.current()
    edited("update build_info set schema_version = 2").rename(served)
    with pytest.raises(DataUnavailableError):
        keeper.refresh()
    edited("update build_info set data_version = 'third'").rename(served)

    assert keeper.refresh()
    assert version_read(keeper.current()) == "third"


def test_nothing_is_fresh_before_anything_is_open(tmp_path: Path) -> None:
    report = SnapshotKeeper(LocalFile(tmp_path / "none.duckdb")).report()

    assert (report.freshness, report.last_check, report.last_error) == (
        Freshness.UNCONFIRMED,
        None,
        None,
    )


def test_a_failure_is_remembered_for_a_while_and_then_tried_again(
    served: Path, clock: Callable[[float], None], tmp_path: Path
) -> None:
    away = served.rename(tmp_path / "away.duckdb")
    keeper = SnapshotKeeper(LocalFile(served))
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
    keeper = SnapshotKeeper(LocalFile(served))
    with pytest.raises(DataUnavailableError):
        keeper.current()
    away.rename(served)

    assert keeper.refresh()
    assert keeper.current().info.data_version == "first"


def test_a_remembered_failure_does_not_grow_with_the_visitors_who_meet_it(
    tmp_path: Path, clock: Callable[[float], None]
) -> None:
    keeper = SnapshotKeeper(LocalFile(tmp_path / "none.duckdb"))

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
    served: Path, edited: Callable[..., Path], open_files: Callable[..., list[str]]
) -> None:
    keeper = SnapshotKeeper(LocalFile(served))
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
def test_a_refresh_that_failed_holds_no_file(
    served: Path, edited: Callable[..., Path], open_files: Callable[..., list[str]]
) -> None:
    keeper = SnapshotKeeper(LocalFile(served))
    keeper.current()
    edited("update build_info set schema_version = 2").rename(served)
    for _ in range(3):
        with pytest.raises(DataUnavailableError):
            keeper.refresh()

    assert len(open_files(served.parent)) == 1


# The watch.


class Scripted:
    """A source that does at each look what the test wrote down for it."""

    address = "scripted"
    follows = True

    def __init__(self, *looks: Callable[[], Snapshot | None]) -> None:
        self.looks, self.n_looks = iter(looks), 0
        self.before_start: Snapshot | None = None

    def newest(self, held: Snapshot | None) -> Snapshot | None:
        self.n_looks += 1
        return next(self.looks)()

    def accept(self) -> None:
        pass

    def fallback(self) -> Snapshot | None:
        return self.before_start

    def has_newer(self, held: Snapshot) -> bool:
        return False


class Held(Scripted):
    """A source that gives one file and no other."""

    follows = False


def silent() -> Snapshot | None:
    raise DataUnavailableError("store", "does not answer")


def unchanged() -> Snapshot | None:
    return None


def eventually(condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.01)
    return False


@pytest.fixture
def watched() -> Iterator[Callable[..., SnapshotKeeper]]:
    """Start a watch that looks all the time, or as often as told; it ends with the test."""
    keepers: list[SnapshotKeeper] = []

    def start(
        keeper: SnapshotKeeper,
        prepare: Callable[[Snapshot], None] = lambda snapshot: None,
        interval: float = 0.02,
    ) -> SnapshotKeeper:
        keepers.append(keeper)
        keeper.watch(interval, prepare)
        return keeper

    yield start
    for keeper in keepers:
        keeper.stop_watching()


@pytest.fixture
def log() -> Iterator[list[str]]:
    lines: list[str] = []
    number = logger.add(lambda message: lines.append(message.record["message"]))
    yield lines
    logger.remove(number)


def test_the_watch_serves_a_newer_file_by_itself_once_its_pages_are_prepared(
    served: Path, edited: Callable[..., Path], watched: Callable[..., SnapshotKeeper]
) -> None:
    keeper, seen = SnapshotKeeper(LocalFile(served)), []
    held = keeper.current()

    def prepare(found: Snapshot) -> None:
        seen.append((version_read(found), keeper.current().info.data_version))

    watched(keeper, prepare)
    edited("update build_info set data_version = 'second'").rename(served)

    assert eventually(lambda: version_read(keeper.current()) == "second")
    assert seen == [("second", "first")]
    assert version_read(held) == "first"


def test_data_that_break_a_page_do_not_replace_those_that_do_not(
    served: Path,
    edited: Callable[..., Path],
    watched: Callable[..., SnapshotKeeper],
    log: list[str],
) -> None:
    keeper, n_prepared = SnapshotKeeper(LocalFile(served)), []
    keeper.current()

    def prepare(found: Snapshot) -> None:
        n_prepared.append(found.info.data_version)
        DataLoader(found).query("data_period")

    watched(keeper, prepare)
    edited("update build_info set data_version = 'second'", "drop table recipes").rename(served)

    assert eventually(lambda: any("look 3 without success" in line for line in log))
    assert version_read(keeper.current()) == "first"
    report = keeper.report()
    assert report.freshness is Freshness.NEWER_EXISTS
    assert report.last_error is not None
    assert report.last_error.startswith(
        f"data '{served}': no page can be made of it: query data_period.sql with {{}}: Catalog"
    )
    assert n_prepared == ["second"]  # once: the next looks remember

    edited("update build_info set data_version = 'third'").rename(served)
    assert eventually(lambda: version_read(keeper.current()) == "third")
    assert keeper.report().last_error is None


def test_the_only_data_there_are_replace_nothing_and_are_served(
    snapshot: Snapshot, watched: Callable[..., SnapshotKeeper], log: list[str]
) -> None:
    source = Scripted(silent, lambda: snapshot, *[unchanged] * 10_000)
    keeper = SnapshotKeeper(source)
    with pytest.raises(DataUnavailableError):
        keeper.current()

    def burn(found: Snapshot) -> None:
        raise ValueError("the cake is burnt")

    watched(keeper, burn, interval=0.02)
    assert eventually(lambda: keeper.report().last_error is None)
    assert keeper.current() is snapshot
    assert any("the cake is burnt" in line for line in log)


def test_at_a_start_without_the_store_what_was_served_before_is(
    snapshot: Snapshot, log: list[str]
) -> None:
    source = Scripted(silent, silent, unchanged)
    source.before_start = snapshot
    keeper = SnapshotKeeper(source)

    assert keeper.current() is snapshot
    assert keeper.report().freshness is Freshness.UNCONFIRMED
    assert keeper.report().last_error == "data 'store': does not answer"
    assert "opening the newest data: DataUnavailableError: data 'store': does not answer" in log
    with pytest.raises(DataUnavailableError, match="does not answer"):
        keeper.refresh()
    assert keeper.current() is snapshot
    assert not keeper.refresh()
    assert (keeper.report().freshness, keeper.report().last_error) == (Freshness.FRESH, None)


def test_visitors_never_wait_for_a_watch_that_looks_for_the_first_data(
    watched: Callable[..., SnapshotKeeper],
) -> None:
    is_looking, may_end = threading.Event(), threading.Event()

    def slow() -> Snapshot | None:
        is_looking.set()
        assert may_end.wait(30)
        return silent()

    keeper = SnapshotKeeper(Scripted(silent, slow, *[silent] * 1000))
    with pytest.raises(DataUnavailableError):
        keeper.current()
    watched(keeper)
    assert is_looking.wait(30)
    started = time.monotonic()
    with pytest.raises(DataUnavailableError, match="does not answer"):
        keeper.current()
    waited = time.monotonic() - started
    may_end.set()

    assert waited < 1


def test_eight_who_refresh_at_once_cause_two_looks_at_most(snapshot: Snapshot) -> None:
    is_looking, may_end = threading.Event(), threading.Event()

    def slow() -> Snapshot | None:
        is_looking.set()
        assert may_end.wait(30)
        return None

    source = Scripted(lambda: snapshot, slow, unchanged)
    keeper = SnapshotKeeper(source)
    keeper.current()
    with ThreadPoolExecutor(8) as pool:
        first = pool.submit(keeper.refresh)
        assert is_looking.wait(30)
        others = [pool.submit(keeper.refresh) for _ in range(7)]
        time.sleep(0.2)  # all of them wait for the first
        may_end.set()
        answers = [future.result(30) for future in (first, *others)]

    assert answers == [False] * 8
    assert source.n_looks == 3


class Pauses(threading.Event):
    """Notes how long a watch would wait, does not, and ends it after a dozen."""

    lengths: list[float] = []

    def wait(self, timeout: float | None = None) -> bool:
        assert timeout is not None
        self.lengths.append(timeout)
        return len(self.lengths) == 12


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that the next watch waits between its looks, had it no jitter."""
    Pauses.lengths = []
    monkeypatch.setattr(module.random, "uniform", lambda low, high: (low + high) / 2)
    return Pauses.lengths


def watch_a_dozen(keeper: SnapshotKeeper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper, "_watch_ends", Pauses())
    keeper.watch(300, lambda snapshot: None)
    keeper.stop_watching()


def test_the_watch_comes_back_later_and_later_up_to_its_interval(
    snapshot: Snapshot, pauses: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = SnapshotKeeper(Scripted(lambda: snapshot, *[silent] * 10, *[unchanged] * 9))
    keeper.current()
    watch_a_dozen(keeper, monkeypatch)

    assert pauses == [300, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]


def test_with_nothing_to_show_the_watch_comes_back_soon(
    pauses: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = SnapshotKeeper(Scripted(*[silent] * 20))
    with pytest.raises(DataUnavailableError):
        keeper.current()
    watch_a_dozen(keeper, monkeypatch)

    assert pauses == [1, 2, 4, 8, 10, 10, 10, 10, 10, 10, 10, 10]


def test_watches_that_began_together_part(
    snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    Pauses.lengths = []
    keeper = SnapshotKeeper(Scripted(lambda: snapshot, *[unchanged] * 20))
    keeper.current()
    watch_a_dozen(keeper, monkeypatch)

    assert all(270 <= length <= 330 for length in Pauses.lengths)
    assert len(set(Pauses.lengths)) > 6


def test_an_error_that_nobody_foresaw_does_not_end_the_watch(
    snapshot: Snapshot, watched: Callable[..., SnapshotKeeper], log: list[str]
) -> None:
    def burnt() -> Snapshot | None:
        raise ValueError("the cake is burnt")

    source = Scripted(lambda: snapshot, burnt, *[unchanged] * 10_000)
    keeper = SnapshotKeeper(source)
    keeper.current()
    watched(keeper)

    assert eventually(lambda: source.n_looks > 4)
    assert log.count("looking for newer data: ValueError: the cake is burnt") == 1


def test_a_stopped_watch_looks_no_more(snapshot: Snapshot) -> None:
    source = Scripted(lambda: snapshot, *[unchanged] * 10_000)
    keeper = SnapshotKeeper(source)
    keeper.current()
    keeper.watch(0.01, lambda snapshot: None)
    assert eventually(lambda: source.n_looks > 3)
    keeper.stop_watching()
    n_looks = source.n_looks
    time.sleep(0.1)

    assert source.n_looks == n_looks
    assert not [thread for thread in threading.enumerate() if thread.name == "data-watch"]


def test_data_that_could_not_be_confirmed_for_an_hour_are_no_longer_called_fresh(
    snapshot: Snapshot, clock: Callable[[float], None]
) -> None:
    keeper = SnapshotKeeper(Scripted(lambda: snapshot, silent, silent))
    keeper.current()
    for passed, freshness in ((3599, Freshness.FRESH), (2, Freshness.UNCONFIRMED)):
        clock(passed)
        with pytest.raises(DataUnavailableError):
            keeper.refresh()
        assert keeper.report().freshness is freshness
        assert keeper.current() is snapshot


def test_data_that_are_held_are_called_so_whatever_time_passes(
    served: Path, clock: Callable[[float], None]
) -> None:
    keeper = SnapshotKeeper(Held(lambda: LocalFile(served).newest(None), unchanged, silent))
    assert keeper.current().info.data_version == "first"
    assert not keeper.refresh()
    clock(10 * module.CONFIRMED_FOR_SECONDS)
    with pytest.raises(DataUnavailableError):
        keeper.refresh()

    assert keeper.report().freshness is Freshness.HELD
    assert keeper.current().info.data_version == "first"
