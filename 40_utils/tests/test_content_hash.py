"""Same rows, same hash; another cell, another hash."""

import gzip
import hashlib

import duckdb
import pytest

from mangetamain_data_utils.content_hash import content_sha256

HASH = "select content_sha256 from build_info"


def many(kaggle) -> None:
    """Write enough rows for several blocks of the hash and several threads."""
    kaggle.recipes(
        *(
            {"submitted": f"20{n % 17:02}-03-{1 + n % 28:02}", "tags": f"['t{n % 5}', 'u']"}
            for n in range(5_000)
        )
    )
    kaggle.interactions(*({"user_id": str(n % 700)} for n in range(5_000)))


def test_the_same_input_gives_the_same_hash_whatever_the_threads(kaggle) -> None:
    many(kaggle)
    [(first,)] = kaggle.built(HASH, threads=1, memory_limit="1GB")
    [(second,)] = kaggle.built(HASH, threads=4, memory_limit="400MB")
    assert first == second
    assert len(first) == 64
    built_at = "select data_version, built_at from build_info"
    assert kaggle.query(built_at)[0][0] == first[:12]


def test_a_compressed_source_gives_the_same_hash(kaggle) -> None:
    plain = kaggle.built(HASH)
    kaggle.file("RAW_recipes.csv.gz").write_bytes(gzip.compress(kaggle.file().read_bytes()))
    kaggle.file().unlink()
    assert kaggle.built(HASH) == plain


@pytest.fixture(scope="module")
def unchanged(kaggle_type, tmp_path_factory):
    """The hash of the ordinary recipe and interaction."""
    return kaggle_type(tmp_path_factory.mktemp("unchanged") / "kaggle").built(HASH)


def test_the_same_cells_give_the_same_hash(kaggle, unchanged) -> None:
    assert kaggle.built(HASH) == unchanged


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "apple pies"},
        {"minutes": "61"},
        {"submitted": "2010-06-16"},
        {"ingredients": "['apples, sugar', 'x']"},
        {"tags": "['easy', 'desserts']"},  # the order of a list is content too
        {"nutrition": "[250.5, 10.0, 30.0, 2.0, 5.0, 8.0, 12.000001]"},
        {"contributor_id": "8"},
    ],
)
def test_a_changed_cell_gives_another_hash(kaggle, unchanged, changes) -> None:
    kaggle.recipes(changes)
    assert kaggle.built(HASH) != unchanged


def test_facts_that_no_table_holds_are_hashed_too(kaggle) -> None:
    kaggle.interactions({}, {"rating": "0"})
    with_zero = kaggle.built(HASH)
    kaggle.interactions({}, {"rating": "7"})
    with_seven = kaggle.built(HASH)
    (kaggle.folder / "DEMO.json").write_text("{}")
    as_demo = kaggle.built(HASH)
    kaggle.train((99, 99))
    with_train = kaggle.built(HASH)
    assert len({with_zero[0], with_seven[0], as_demo[0], with_train[0]}) == 4


def test_order_names_types_and_nulls_are_content() -> None:
    tables = [
        "create table t as select unnest([1, 2]) as a",
        "create table t as select unnest([2, 1]) as a",
        "create table t as select unnest([1, 2]) as b",
        "create table t as select unnest([1, 2])::bigint as a",
        "create table t as select unnest([1, null]) as a",
        "create table t as select unnest([1, 2, 2]) as a",
        "create table t as select unnest(['1', '2']) as a",
    ]
    assert len({hash_of(sql) for sql in tables}) == len(tables)


def test_the_hash_is_made_of_the_names_the_types_and_the_rows_as_json() -> None:
    """A change of this definition would rename every version already published."""
    rows = "\n".join(f'{{"position":{n},"a":1,"b":"x"}}' for n in range(12))
    table = ("t", ["a INTEGER", "b VARCHAR"], [(hashlib.sha256(rows.encode()).hexdigest(),)])
    expected = hashlib.sha256(repr(()).encode() + repr(table).encode()).hexdigest()
    assert hash_of("create table t as select 1 as a, 'x' as b from range(12)") == expected


def hash_of(sql: str) -> str:
    with duckdb.connect() as con:
        con.execute(sql)
        return content_sha256(con, ["t"])
