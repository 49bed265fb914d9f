import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from shutil import copyfile

import duckdb
import polars as pl
import pytest

from mangetamain_analytics.data import cached_loaders
from mangetamain_analytics.data.cached_loaders import (
    CachedLoader,
    current_snapshot,
    data_report,
    get_ratings_longterm,
    get_recipes_clean,
    refresh_snapshot,
    watched_data,
)
from mangetamain_analytics.data.keeper import Freshness
from mangetamain_analytics.data.snapshot import Snapshot
from mangetamain_analytics.exceptions import DataUnavailableError, QueryError


@pytest.fixture
def served(small_db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that the settings name, a copy of `small_db`."""
    path = tmp_path / "served.duckdb"
    copyfile(small_db, path)
    monkeypatch.setenv("MANGETAMAIN_DB", str(path))
    return path


@pytest.fixture
def replace_served(served: Path, tmp_path: Path) -> Callable[..., None]:
    """Rename over the served file a later version, changed by SQL."""

    def change(statement: str, version: str = "later") -> None:
        path = tmp_path / "later.duckdb"
        copyfile(served, path)
        with duckdb.connect(str(path)) as connection:
            connection.execute(statement)
            connection.execute("update build_info set data_version = ?", [version])
        path.rename(served)

    return change


def of_version(snapshot: Snapshot, version: str) -> CachedLoader:
    return CachedLoader(replace(snapshot, info=replace(snapshot.info, data_version=version)))


# One computation.


def test_eight_simultaneous_callers_cause_one_computation(snapshot: Snapshot) -> None:
    data = CachedLoader(snapshot)
    all_asked, calls = threading.Barrier(8), []

    def compute() -> object:
        calls.append(threading.get_ident())
        threading.Event().wait(0.2)  # long enough for the others to ask meanwhile
        return object()

    def ask(_: int) -> object:
        all_asked.wait()
        return data.once(("slow",), compute)

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(ask, range(8)))

    assert len(calls) == 1
    assert all(result is results[0] for result in results)


def test_a_long_computation_does_not_stop_the_others(snapshot: Snapshot) -> None:
    data = CachedLoader(snapshot)
    has_begun, may_end = threading.Event(), threading.Event()

    def long() -> str:
        has_begun.set()
        assert may_end.wait(30)
        return "long"

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(data.once, ("long",), long)
        assert has_begun.wait(30)
        assert data.once(("short",), lambda: "short") == "short"
        may_end.set()
        assert waiting.result() == "long"


def test_a_query_is_asked_once_per_parameters_in_whatever_order(snapshot: Snapshot) -> None:
    data = CachedLoader(snapshot)
    first = data.query("explore_recipes", kind="tag", item="easy")

    assert data.query("explore_recipes", item="easy", kind="tag") is first
    assert data.query("explore_recipes", kind="tag", item="dinner") is not first
    assert data.query("explore_recipes", kind="ingredient", item="easy") is not first


def test_a_loader_made_later_shares_the_results(snapshot: Snapshot) -> None:
    first = CachedLoader(snapshot).query("data_period")

    assert CachedLoader(snapshot).query("data_period") is first


# Versions.


def test_another_data_version_is_another_result(snapshot: Snapshot) -> None:
    one, two = of_version(snapshot, "one"), of_version(snapshot, "two")

    assert one.query("data_period") is not two.query("data_period")
    assert (one.once(("x",), lambda: 1), two.once(("x",), lambda: 2)) == (1, 2)
    assert (one.data_version, two.data_version) == ("one", "two")


def test_results_follow_the_data_after_a_refresh(
    served: Path, replace_served: Callable[..., None]
) -> None:
    before = CachedLoader(current_snapshot())
    assert before.query("trends_volume").height == 7
    replace_served("delete from recipes where year = 2003")
    assert CachedLoader(current_snapshot()).query("trends_volume").height == 7

    assert data_report().freshness is Freshness.NEWER_EXISTS
    assert refresh_snapshot()
    assert data_report().freshness is Freshness.FRESH
    assert CachedLoader(current_snapshot()).query("trends_volume").height == 6
    assert before.query("trends_volume").height == 7  # a visitor in the middle of a page
    assert not refresh_snapshot()


def test_a_watch_forgets_the_results_of_data_that_nobody_reads_any_more(
    served: Path, replace_served: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MANGETAMAIN_REFRESH_SECONDS", "60")
    loaders, prepared = [CachedLoader(current_snapshot())], []

    def prepare(found: Snapshot) -> None:
        prepared.append(CachedLoader(found).query("data_period"))

    with watched_data(prepare):
        first = loaders[0].query("data_period")
        for version in ("second", "third"):
            replace_served("delete from interactions", version)
            refresh_snapshot()
            loaders.append(CachedLoader(current_snapshot()))

    assert [loader.data_version for loader in loaders[1:]] == ["second", "third"]
    assert loaders[2].query("data_period") is prepared[1]
    assert loaders[1].query("data_period") is prepared[0]  # who reads it may go on for a while
    assert loaders[0].query("data_period") is not first
    assert loaders[0].query("data_period").equals(first)


# Errors.


@pytest.mark.parametrize(
    ("memory", "most"),
    [(cached_loaders.RESULTS, 1024), (cached_loaders.VIEWS, 96), (cached_loaders.TABLES, 2)],
)
def test_a_server_that_runs_for_long_forgets_what_was_asked_least_lately(
    memory: cached_loaders.Memory, most: int
) -> None:
    """The limits times the size of a result are what the memory of a container must hold."""
    computed: list[int] = []
    for number in [*range(most + 1), most, 0]:  # the last is still there, the first is not
        memory.once(("a version of its own", number), partial(computed.append, number))

    assert computed == [*range(most + 1), 0]


def test_an_error_is_not_kept(snapshot: Snapshot) -> None:
    data, attempts = CachedLoader(snapshot), []

    def compute() -> str:
        attempts.append(1)
        if len(attempts) < 3:
            raise ValueError(f"attempt {len(attempts)}")
        return "done"

    for number in (1, 2):
        with pytest.raises(ValueError, match=f"attempt {number}"):
            data.once(("flaky",), compute)
    assert data.once(("flaky",), compute) == "done"


def test_those_who_wait_for_a_computation_that_fails_try_themselves(snapshot: Snapshot) -> None:
    data, attempts = CachedLoader(snapshot), []
    lock, all_asked = threading.Lock(), threading.Barrier(4)

    def compute() -> str:
        with lock:
            attempts.append(1)
            number = len(attempts)
        threading.Event().wait(0.1)
        if number == 1:
            raise ValueError("the first fails")
        return "done"

    def ask(_: int) -> str:
        all_asked.wait()
        try:
            return data.once(("flaky",), compute)
        except ValueError as error:
            return str(error)

    with ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(ask, range(4)))

    assert answers == ["done", "done", "done", "the first fails"]
    assert len(attempts) == 2


def test_a_query_that_fails_says_so_each_time(snapshot: Snapshot) -> None:
    for _ in range(2):
        with pytest.raises(QueryError, match=r"no_such\.sql"):
            CachedLoader(snapshot).query("no_such")


def test_without_a_file_the_reason_names_its_path(tmp_path: Path) -> None:
    with pytest.raises(DataUnavailableError, match=r"no-such\.duckdb': no such file"):
        current_snapshot()


# Whole tables, for notebooks.


def test_get_recipes_clean_gives_every_recipe_of_the_file_that_is_set(served: Path) -> None:
    recipes = get_recipes_clean()

    assert recipes.height == 36
    assert get_recipes_clean() is recipes


def test_get_ratings_longterm_takes_threshold_and_scope(served: Path) -> None:
    assert get_ratings_longterm().height == 0
    assert get_ratings_longterm(3).height == 12
    assert get_ratings_longterm(min_interactions=2, scope="train").height == 7
    assert get_ratings_longterm(3) is get_ratings_longterm(min_interactions=3, scope="all")


def test_the_two_tables_never_answer_for_one_another(served: Path) -> None:
    assert "minutes" in get_recipes_clean().columns
    assert "rating" in get_ratings_longterm(1).columns
    assert "minutes" in get_recipes_clean().columns


def test_tables_follow_the_data_after_a_refresh(
    served: Path, replace_served: Callable[..., None]
) -> None:
    assert (get_recipes_clean().height, get_ratings_longterm(1).height) == (36, 15)
    replace_served("delete from recipes where year = 2003; delete from interactions")
    refresh_snapshot()

    assert (get_recipes_clean().height, get_ratings_longterm(1).height) == (24, 0)


def test_a_shared_frame_cannot_be_changed_by_the_one_who_gets_it(served: Path) -> None:
    get_recipes_clean().with_columns(minutes=pl.lit(0)).filter(pl.col("id") < 0)

    assert get_recipes_clean()["minutes"].sum() > 0
