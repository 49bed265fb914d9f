"""The same queries, each computed once per data version and parameters, whoever asks.

Results are shared between visitors without a copy: polars frames cannot be changed in place. A
visitor who asks for a result that another one is computing waits for it instead of repeating it.
"""

import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from typing import Any, Literal, TypeVar

import polars as pl
from cachetools import LRUCache, cached

from mangetamain_analytics.data.keeper import Prepare, Report, SnapshotKeeper, Source
from mangetamain_analytics.data.loaders import DataLoader, Parameter
from mangetamain_analytics.data.local_file import DEFAULT_DATABASE, LocalFile
from mangetamain_analytics.data.snapshot import Snapshot
from mangetamain_analytics.utils.settings import Settings
from mangetamain_analytics.utils.store_access import store_access

Result = TypeVar("Result")
Key = tuple[Hashable, ...]

# A page asks for about ten small results; these are those of the last hundred selections.
N_RESULTS = 1024
# A view is up to a page’s worth of figures and texts, or the company of an item in every year: the
# common ones stay. With all of them and 258 results a process held 524 MiB at Food.com's size.
N_VIEWS = 96
# Whole tables are for notebooks: one of each kind is enough.
N_TABLES = 2


def _computed(key: Key, compute: Callable[[], Any]) -> Any:
    return compute()


class Memory:
    """Keeps the most recently used results; computes one that is asked for at once only once."""

    def __init__(self, size: int) -> None:
        self._results: LRUCache[Key, object] = LRUCache(size)
        self._lock = threading.Condition()
        remember = cached(self._results, key=lambda key, compute: key, condition=self._lock)
        self._once: Callable[[Key, Callable[[], Any]], Any] = remember(_computed)

    def once(self, key: Key, compute: Callable[[], Result]) -> Result:
        """Return ``compute()``, or what it returned for this key; an error is not kept.

        Args:
            key: The data version first, then whatever else the result depends on.
            compute: Makes the result.
        """
        result: Result = self._once(key, compute)
        return result

    def keep_only(self, *data_versions: str) -> None:
        """Forget the results of every other data version."""
        with self._lock:
            for key in [key for key in self._results if key[0] not in data_versions]:
                del self._results[key]


RESULTS, VIEWS, TABLES = Memory(N_RESULTS), Memory(N_VIEWS), Memory(N_TABLES)


class CachedLoader:
    """The queries on one snapshot, cached by (data version, name, parameters).

    Cached results stay for a long time: ask ``loader`` itself for rows that are soon summed up.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.loader = DataLoader(snapshot)

    @property
    def data_version(self) -> str:
        """Version of the data that every result of this loader comes from."""
        return self.snapshot.info.data_version

    def query(self, name: str, /, **parameters: Parameter) -> pl.DataFrame:
        """Return the rows of ``sql/<name>.sql``, computed once per data version."""
        return self.once(
            (name, *sorted(parameters.items())), partial(self.loader.query, name, **parameters)
        )

    def once(self, key: Key, compute: Callable[[], Result]) -> Result:
        """Return ``compute()``, computed once per data version and ``key``.

        A result has a few kilobytes, or is the table that every selection is cut from.
        """
        return RESULTS.once((self.data_version, *key), compute)

    def view(self, key: Key, compute: Callable[[], Result]) -> Result:
        """Return ``compute()``, what a page shows, made once per data version and ``key``."""
        return VIEWS.once((self.data_version, *key), compute)


@cache
def _keeper() -> SnapshotKeeper:
    return SnapshotKeeper(_source(Settings.from_environ()))


def _source(settings: Settings) -> Source:
    """Give the file that is set, else the store that is configured, else the file of `make data`.

    Raises:
        SettingError: The store is half configured, or missing where its file is to be held.
    """
    access = store_access(settings)
    if access is None:
        return LocalFile(settings.database or DEFAULT_DATABASE)
    # The client of the store takes 0.4 s to import: only those who need it wait.
    from mangetamain_analytics.data.local_copies import LocalCopies
    from mangetamain_analytics.data.published_file import HeldFile, PublishedFile
    from mangetamain_analytics.data.store import Store

    store, copies, key = Store(access), LocalCopies(settings.cache_dir), settings.public_key
    if settings.data_sha256:
        return HeldFile(store, copies, key, settings.data_sha256)
    return PublishedFile(store, copies, key)


def current_snapshot() -> Snapshot:
    """Return the data that the site serves now.

    Raises:
        DataUnavailableError: There are none.
    """
    return _keeper().current()


def refresh_snapshot() -> bool:
    """Serve newer data, if there are any; return whether there were.

    Raises:
        DataUnavailableError: They cannot be served: the old data stay.
    """
    return _keeper().refresh()


def data_report() -> Report:
    """Return where the data come from, how fresh they are and what the last look found."""
    return _keeper().report()


@contextmanager
def watched_data(prepare: Prepare) -> Iterator[None]:
    """Look for newer data in the background, and prepare them before they are served.

    Results of the data before the last ones are forgotten then: visitors have left them.
    """
    keeper = _keeper()

    def prepare_in_memory(found: Snapshot) -> None:
        prepare(found)
        versions = {data.info.data_version for data in (found, keeper.held) if data}
        for memory in (RESULTS, VIEWS, TABLES):
            memory.keep_only(*versions)

    keeper.watch(Settings.from_environ().refresh_seconds, prepare_in_memory)
    try:
        yield
    finally:
        keeper.stop_watching()


def get_recipes_clean() -> pl.DataFrame:
    """Return every cleaned recipe of the current data (see ``DataLoader.load_recipes``)."""
    snapshot = current_snapshot()
    return TABLES.once((snapshot.info.data_version, "recipes"), DataLoader(snapshot).load_recipes)


def get_ratings_longterm(
    min_interactions: int = 100, scope: Literal["all", "train"] = "all"
) -> pl.DataFrame:
    """Return the ratings of the current data (see ``DataLoader.load_ratings``)."""
    snapshot = current_snapshot()
    return TABLES.once(
        (snapshot.info.data_version, "ratings", min_interactions, scope),
        partial(DataLoader(snapshot).load_ratings, min_interactions, scope=scope),
    )
