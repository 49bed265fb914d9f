"""The same queries, each computed once per data version and parameters, whoever asks.

Results are shared between visitors without a copy: polars frames cannot be changed in place. A
visitor who asks for a result that another one is computing waits for it instead of repeating it.
"""

import threading
from collections.abc import Callable, Hashable
from functools import cache, partial
from typing import Any, Literal, TypeVar

import polars as pl
from cachetools import LRUCache, cached

from mangetamain_analytics.data.loaders import DataLoader, Parameter
from mangetamain_analytics.data.snapshot import Snapshot, SnapshotKeeper
from mangetamain_analytics.utils.settings import Settings

Result = TypeVar("Result")

# A page asks for about ten small results; these are those of the last hundred selections.
N_RESULTS = 1024
# A view is a page's worth of figures and texts, about a megabyte: the common ones stay.
N_VIEWS = 48
# Whole tables are for notebooks: one of each kind is enough.
N_TABLES = 2


def _computed(key: Hashable, compute: Callable[[], Any]) -> Any:
    return compute()


class Memory:
    """Keeps the most recently used results; computes one that is asked for at once only once."""

    def __init__(self, size: int) -> None:
        self._results: LRUCache[Hashable, object] = LRUCache(size)
        remember = cached(
            self._results, key=lambda key, compute: key, condition=threading.Condition()
        )
        self._once: Callable[[Hashable, Callable[[], Any]], Any] = remember(_computed)

    def once(self, key: Hashable, compute: Callable[[], Result]) -> Result:
        """Return ``compute()``, or what it returned for this key; an error is not kept."""
        result: Result = self._once(key, compute)
        return result

    def clear(self) -> None:
        """Forget every result."""
        self._results.clear()


RESULTS, VIEWS, TABLES = Memory(N_RESULTS), Memory(N_VIEWS), Memory(N_TABLES)


class CachedLoader:
    """The queries on one snapshot, cached by (data version, name, parameters).

    Cached results stay for a long time: ask ``loader`` itself for more than a few kilobytes.
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

    def once(self, key: tuple[Hashable, ...], compute: Callable[[], Result]) -> Result:
        """Return ``compute()``, a small result, computed once per data version and ``key``."""
        return RESULTS.once((self.data_version, *key), compute)

    def view(self, key: tuple[Hashable, ...], compute: Callable[[], Result]) -> Result:
        """Return ``compute()``, what a page shows, made once per data version and ``key``."""
        return VIEWS.once((self.data_version, *key), compute)


@cache
def _keeper() -> SnapshotKeeper:
    return SnapshotKeeper(Settings.from_environ().database)


def current_snapshot() -> Snapshot:
    """Return the data that the site serves now.

    Raises:
        DataUnavailableError: There is none.
    """
    return _keeper().current()


def refresh_snapshot() -> bool:
    """Serve the file that has replaced the one in use, if any; return whether there was one.

    Raises:
        DataUnavailableError: There is one and it cannot be opened: the old data stay.
    """
    return _keeper().refresh()


def is_stale() -> bool:
    """Tell whether another file has taken the place of the one that the site serves."""
    return _keeper().is_stale()


def get_recipes_clean() -> pl.DataFrame:
    """Return every cleaned recipe of the current data (see ``DataLoader.load_recipes``)."""
    snapshot = current_snapshot()
    return TABLES.once(("recipes", snapshot.info.data_version), DataLoader(snapshot).load_recipes)


def get_ratings_longterm(
    min_interactions: int = 100, scope: Literal["all", "train"] = "all"
) -> pl.DataFrame:
    """Return the ratings of the current data (see ``DataLoader.load_ratings``)."""
    snapshot = current_snapshot()
    return TABLES.once(
        ("ratings", snapshot.info.data_version, min_interactions, scope),
        partial(DataLoader(snapshot).load_ratings, min_interactions, scope=scope),
    )
