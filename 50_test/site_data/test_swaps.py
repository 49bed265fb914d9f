"""Twenty versions are published and swapped under visitors: no error, no wrong answer, no leak."""

import gc
import os
import shutil
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import duckdb
import pytest

from mangetamain_analytics.data.cached_loaders import RESULTS, CachedLoader
from mangetamain_analytics.data.keeper import SnapshotKeeper
from mangetamain_analytics.data.loaders import DataLoader
from mangetamain_analytics.data.local_copies import VERSIONS_KEPT, LocalCopies
from mangetamain_analytics.data.published_file import PublishedFile
from mangetamain_analytics.data.store import Store
from mangetamain_analytics.utils.settings import Settings
from mangetamain_analytics.utils.store_access import store_access

N_VERSIONS = 20
N_VISITORS = 8
N_QUERIES = 1000


@pytest.fixture(scope="module")
def versions(
    built_files: tuple[Path, ...], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, tuple[Path, int]]:
    """Name of each version → its file, and the number of recipes in it: no two have the same."""
    folder, made = tmp_path_factory.mktemp("versions"), {}
    for number in range(N_VERSIONS + 1):
        name, path = f"v{number}", folder / f"v{number}.duckdb"
        shutil.copy(built_files[0], path)
        with duckdb.connect(str(path)) as connection:
            connection.execute("update build_info set data_version = ?", [name])
            connection.execute(
                "delete from recipes where id in (select id from recipes order by id limit ?)",
                [number],
            )
            [(n_recipes,)] = connection.sql("select count(*) from recipes").fetchall()
        made[name] = path, n_recipes
    assert len({n_recipes for _, n_recipes in made.values()}) == N_VERSIONS + 1
    return made


@pytest.fixture
def keeper(store: Any, tmp_path: Path) -> Iterator[SnapshotKeeper]:
    access = store_access(Settings.from_environ(store.environ()))
    assert access is not None
    copies = LocalCopies(tmp_path / "cache")
    RESULTS.keep_only()  # the other server's test had versions of the same names
    keeper = SnapshotKeeper(PublishedFile(Store(access), copies, None))
    yield keeper
    keeper.stop_watching()


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def open_copies(folder: Path) -> list[str]:
    """Return the copies that this process holds open, removed ones too."""
    links = []
    for descriptor in os.listdir("/proc/self/fd"):
        try:
            links.append(os.readlink(f"/proc/self/fd/{descriptor}"))
        except FileNotFoundError:
            continue
    return [link for link in links if link.startswith(str(folder)) and ".duckdb" in link]


def test_a_thousand_queries_during_twenty_swaps_are_each_right_for_the_version_they_claim(
    publication: Any,
    keeper: SnapshotKeeper,
    versions: dict[str, tuple[Path, int]],
    tmp_path: Path,
) -> None:
    publication.publish(versions["v0"][0])
    keeper.current()
    keeper.watch(0.05, lambda found: None)
    is_over, errors, wrong = threading.Event(), [], []
    answered: Counter[str] = Counter()
    lock = threading.Lock()

    def visit(number: int) -> None:
        """Ask as a page does: one snapshot for all its queries, some of them from the cache."""
        while not is_over.is_set():
            try:
                snapshot = keeper.current()
                version = snapshot.info.data_version
                loader, cached = DataLoader(snapshot), CachedLoader(snapshot)
                answers = [
                    int(loader.query("trends_volume")["n_recipes"].sum()),
                    int(cached.query("trends_volume")["n_recipes"].sum()),
                    loader.load_recipes().height,
                ]
            except Exception as error:
                errors.append(error)
                continue
            with lock:
                answered[version] += len(answers)
                wrong.extend((version, n) for n in answers if n != versions[version][1])

    def has_answered(version: str, n_queries: int) -> bool:
        with lock:
            return answered[version] > 0 and answered.total() >= n_queries

    with ThreadPoolExecutor(N_VISITORS) as pool:
        visitors = [pool.submit(visit, number) for number in range(N_VISITORS)]
        try:
            for number in range(1, N_VERSIONS + 1):
                publication.publish(versions[f"v{number}"][0])
                wait_until(lambda: has_answered(f"v{number}", N_QUERIES * number // N_VERSIONS))
        finally:
            is_over.set()
        for visitor in visitors:
            visitor.result()

    print(f"{answered.total()} queries, {len(answered)} versions, {len(errors)} errors")
    assert errors == []
    assert wrong == []
    assert answered.total() >= N_QUERIES
    assert set(answered) == set(versions)
    gc.collect()
    assert open_copies(tmp_path) == [str(keeper.current().path)]
    assert len(list((tmp_path / "cache").glob("*.duckdb"))) == VERSIONS_KEPT


@pytest.fixture
def visitors() -> Iterator[ExitStack]:
    """The open sessions of a test."""
    with ExitStack() as sessions:
        yield sessions


@pytest.mark.parametrize("store", ["rclone"], indirect=True)
def test_twenty_swaps_under_open_sessions_leave_neither_files_nor_memory_behind(
    store: Any,
    publication: Any,
    versions: dict[str, tuple[Path, int]],
    start_site: Callable[..., Any],
    visitors: ExitStack,
) -> None:
    publication.publish(versions["v0"][0])
    site = start_site(**store.environ())
    idle, busy = [[visitors.enter_context(site.visit()) for _ in range(3)] for _ in range(2)]
    assert all("v0" in visitor.read() for visitor in idle)
    megabytes = []
    for number in range(1, N_VERSIONS + 1):
        publication.publish(versions[f"v{number}"][0])
        wait_until(lambda: site.ready()["data_version"] == f"v{number}")
        assert all(f"v{number}" in visitor.read() for visitor in busy)
        megabytes.append(site.resident_megabytes())

    print("resident MB after each swap:", *(f"{size:.0f}" for size in megabytes))
    served = site.open_copies()
    assert len(served) <= 1 + len(idle)  # those who sleep may hold what they saw last
    assert all("v20" in visitor.read() for visitor in idle)
    assert site.open_copies() == [path for path in served if "(deleted)" not in path]
    assert megabytes[-1] - megabytes[N_VERSIONS // 2] < 40
