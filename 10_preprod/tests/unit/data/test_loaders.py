import resource
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mangetamain_analytics.data import loaders
from mangetamain_analytics.data.loaders import (
    QUERY_TIMEOUT_SECONDS,
    DataLoader,
    RatingsMetadata,
    sql_text,
)
from mangetamain_analytics.exceptions import QueryError

TAGS = {"kind": "tag", "n_items": 99, "year": 2003}
TAGS_SQL = """
select item
from item_years
where kind = $kind and year = $year
order by n_recipes desc
limit $n_items
"""


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of queries of the test's own."""
    monkeypatch.setattr(loaders, "SQL_FOLDER", tmp_path)
    sql_text.cache_clear()
    yield tmp_path
    sql_text.cache_clear()


# Errors name the query, its parameters and the reason.


def test_an_unknown_query_is_named(loader: DataLoader) -> None:
    with pytest.raises(QueryError) as caught:
        loader.query("trends_nothing", first_year=2000)

    assert str(caught.value) == "query trends_nothing.sql with {}: no such file in sql/"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"n_items": None}, "n_items"),
        ({"min_recipes": 3}, "min_recipes"),
        ({"year": "soon"}, "soon"),
        ({"n_items": -1}, "negative"),
    ],
    ids=["missing", "too many", "not a number", "out of range"],
)
def test_a_wrong_parameter_is_told_with_the_query_and_all_the_parameters(
    loader: DataLoader, scratch: Path, change: dict[str, Any], reason: str
) -> None:
    (scratch / "tags.sql").write_text(TAGS_SQL)
    parameters = {name: value for name, value in (TAGS | change).items() if value is not None}
    with pytest.raises(QueryError) as caught:
        loader.query("tags", **parameters)

    assert caught.value.sql_file == "tags.sql"
    assert caught.value.parameters == parameters
    assert reason in caught.value.reason


def test_a_parameter_is_a_value_and_never_sql(loader: DataLoader, scratch: Path) -> None:
    (scratch / "tags.sql").write_text(TAGS_SQL)
    kind = {"kind": "tag' or '1' = '1"}

    assert loader.query("tags", **TAGS).height > 0
    assert loader.query("tags", **(TAGS | kind)).height == 0


def test_a_query_that_fails_while_its_rows_are_read_is_a_query_error(
    loader: DataLoader, scratch: Path
) -> None:
    (scratch / "late.sql").write_text(
        "select case when range > 900000 then error('no ' || 'more') end as x from range(1000000)"
    )
    # Of two threads that stop, one tells the reason and the other that it was interrupted.
    with pytest.raises(QueryError, match=r"late\.sql with {}: .*(no more|Interrupted)"):
        loader.query("late")


def test_the_text_of_a_query_is_that_of_its_file() -> None:
    path = loaders.SQL_FOLDER / "trends_volume.sql"

    assert sql_text("trends_volume") == path.read_text(encoding="utf-8")


# A runaway query.


def test_a_query_that_takes_too_long_is_interrupted_and_named(
    loader: DataLoader, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loaders, "QUERY_TIMEOUT_SECONDS", 0.05)
    (scratch / "lengthy.sql").write_text(
        "select sum(hash(a.range + b.range)) as x from range(10000000) a, range($n) b"
    )

    with pytest.raises(QueryError, match=r"lengthy\.sql with {'n': 50}: .*[Ii]nterrupt"):
        loader.query("lengthy", n=50)


def test_an_interrupted_query_leaves_the_others_alone(
    loader: DataLoader, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loaders, "QUERY_TIMEOUT_SECONDS", 0.05)
    (scratch / "lengthy.sql").write_text(
        "select sum(hash(a.range + b.range)) as x from range(10000000) a, range(50) b"
    )
    with pytest.raises(QueryError):
        loader.query("lengthy")
    (scratch / "short.sql").write_text("select count(*) as n from recipes")

    assert loader.query("short").item() == 36


def test_the_clock_of_a_finished_query_stops(loader: DataLoader) -> None:
    loader.query("data_period")
    clocks = [thread for thread in threading.enumerate() if isinstance(thread, threading.Timer)]
    for clock in clocks:
        clock.join(QUERY_TIMEOUT_SECONDS / 2)

    assert not [clock for clock in clocks if clock.is_alive()]


# Threads.


def test_eight_threads_at_once_get_their_own_right_rows(
    loader: DataLoader, scratch: Path, small_recipes: Sequence[Any]
) -> None:
    (scratch / "volume.sql").write_text("select year, count(*) from recipes group by year")
    (scratch / "tags.sql").write_text(TAGS_SQL)
    years = (2001, 2002, 2003, 2004)
    n_recipes = Counter(recipe.year for recipe in small_recipes)
    names = {year: {i for r in small_recipes if r.year == year for i in r.tags} for year in years}

    def ask(number: int) -> list[bool]:
        right = []
        for turn in range(50):
            year = years[(number + turn) % 4]
            volume = dict(loader.query("volume").rows())
            tags = loader.query("tags", **(TAGS | {"year": year}))
            right.append(volume == n_recipes and set(tags["item"]) == names[year])
        return right

    with ThreadPoolExecutor(8) as pool:
        answers = [right for answer in pool.map(ask, range(8)) for right in answer]

    assert len(answers) == 400
    assert all(answers)


# Recipes and ratings.


def test_load_recipes_gives_every_recipe(loader: DataLoader, small_recipes: Sequence[Any]) -> None:
    assert loader.load_recipes()["id"].to_list() == [recipe.id for recipe in small_recipes]


def test_load_ratings_takes_all_ratings_of_months_with_a_hundred_unless_told(
    loader: DataLoader,
) -> None:
    assert loader.load_ratings().height == 0
    assert loader.load_ratings(100).schema == loader.load_ratings(1).schema
    assert loader.load_ratings(1).height == 15
    assert loader.load_ratings(1, scope="train").height == 8


def test_load_ratings_tells_what_the_threshold_kept_and_left_out(loader: DataLoader) -> None:
    """Months hold 3, 5, 1, 4, 2 ratings."""
    ratings, metadata = loader.load_ratings(3, return_metadata=True)

    assert ratings.height == 12
    assert metadata == RatingsMetadata(
        scope="all",
        min_interactions=3,
        n_ratings=12,
        n_ratings_left_out=3,
        n_months=3,
        n_months_left_out=2,
        first_month=date(2001, 3, 1),
        last_month=date(2003, 12, 1),
    )


def test_load_ratings_tells_the_same_of_the_train_split(loader: DataLoader) -> None:
    """Months hold 2, 3, none, 1, 2 ratings."""
    ratings, metadata = loader.load_ratings(2, return_metadata=True, scope="train")

    assert ratings.height == 7
    assert metadata == RatingsMetadata(
        scope="train",
        min_interactions=2,
        n_ratings=7,
        n_ratings_left_out=1,
        n_months=3,
        n_months_left_out=1,
        first_month=date(2001, 3, 1),
        last_month=date(2004, 2, 1),
    )


def test_load_ratings_that_keeps_nothing_names_no_month(loader: DataLoader) -> None:
    ratings, metadata = loader.load_ratings(6, return_metadata=True)

    assert ratings.height == 0
    assert (metadata.n_ratings, metadata.n_ratings_left_out) == (0, 15)
    assert (metadata.n_months, metadata.n_months_left_out) == (0, 5)
    assert metadata.first_month is metadata.last_month is None


def test_small_answers_reserve_little_memory(loader: DataLoader) -> None:
    def reserved_megabytes() -> float:
        return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize() / 1e6

    loader.query("data_period")
    before = reserved_megabytes()
    kept = [loader.query("data_period") for _ in range(50)]
    grown = reserved_megabytes() - before

    assert len({frame.height for frame in kept}) == 1
    assert grown < 100


def test_an_answer_of_many_rows_is_in_one_piece_and_in_order(
    loader: DataLoader, scratch: Path
) -> None:
    (scratch / "many.sql").write_text("select range as n from range($n_rows)")

    rows = loader.query("many", n_rows=10_000)

    assert rows.n_chunks() == 1
    assert rows["n"].to_list() == list(range(10_000))
