import ast
import warnings

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mangetamain_data_utils.literals import parse_number_lists, parse_text_lists


def texts_in(*cells: str | None) -> list[list[str] | None]:
    return parse_text_lists(pl.Series(cells, dtype=pl.String)).to_list()


def numbers_in(*cells: str | None) -> list[list[float] | None]:
    return parse_number_lists(pl.Series(cells, dtype=pl.String)).to_list()


def python_list(cell: str) -> list[object] | None:
    """Return what Python's own parser makes of the cell."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            value = ast.literal_eval(cell)
        except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
            return None
    return value if isinstance(value, list) else None


STORABLE = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
QUOTE_HEAVY = st.text(st.sampled_from("ab',\"\\[] \n\r\t\x00xu0é\xa0"), max_size=8)
ITEMS = st.lists(STORABLE | QUOTE_HEAVY, max_size=5)


@given(ITEMS)
@example(["meyer's rum", "2% milk, low-fat", 'the "best"', "both ' and \""])
@example([""])
@example([])
@example(["', '"])
def test_every_list_that_python_writes_is_read_back(items: list[str]) -> None:
    assert texts_in(repr(items)) == [items]


@settings(max_examples=500)
@given(st.text(st.sampled_from("'\",[]\\ abnx0\n\r\x00("), max_size=16).map("[{}]".format))
@example(r"['\xa0', 'cr\u00e8me', 'it\'s', 'back\\slash', '\d']")
@example("['one' 'two']")
@example("['a', 'b',]")
@example("['a','b']")
@example("""['a', "b"]""")
@example("['a\x00b']")
@example("['a\rb']")
@example(" ['leading space']")
@example("['a'], ['b']")
@example("['a', b'c']")
def test_any_cell_is_read_as_python_reads_it_or_not_at_all(cell: str) -> None:
    expected = python_list(cell)
    if expected is not None and not all(isinstance(item, str) for item in expected):
        expected = None
    assert texts_in(cell) == [expected]


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False) | st.integers(), max_size=8))
@example([51.5, 0.0, 13.0, 0.0, 2.0, 0.0, 4.0])
@example([-1.0, 10**15, 10**16, -0.0, 1e300, 1e-300])
def test_every_list_of_numbers_is_read_to_the_last_bit(items: list[float]) -> None:
    assert numbers_in(repr(items)) == [[float(item) for item in items]]


@settings(max_examples=500)
@given(st.text(st.sampled_from("0123456789.-+e_,x "), max_size=12).map("[{}]".format))
@example("[007]")
@example("[1_000, 0x10, +5, 5., .5]")
@example("[1, 2,]")
def test_any_cell_of_numbers_is_read_as_python_reads_it_or_not_at_all(cell: str) -> None:
    expected = python_list(cell)
    if expected is not None and not all(type(item) in (int, float) for item in expected):
        expected = None
    if expected is not None:
        expected = [float(item) for item in expected]
        if float("inf") in expected or float("-inf") in expected:
            expected = None
    assert numbers_in(cell) == [expected]


@pytest.mark.parametrize(
    "cell",
    ["", "nan", "none", "{'a': 1}", "('a', 'b')", "'a'", "['a'", "['a', 1]", "['a', None]"]
    + ["__import__('os')", "[open('x')]", r"['\ud800']", "[" * 10_000],
)
def test_what_is_not_a_list_of_texts_reads_as_nothing(cell: str) -> None:
    assert texts_in(cell) == [None]


@pytest.mark.parametrize(
    "cell", ["", "nan", "[True]", "[1j]", "['1']", "[1e999]", f"[{10**400}]", "[banana]", "5"]
)
def test_what_is_not_a_list_of_numbers_reads_as_nothing(cell: str) -> None:
    assert numbers_in(cell) == [None]


def test_a_bare_nan_among_numbers_is_a_missing_number() -> None:
    assert numbers_in("[51.5, nan, 3.0]", "[nan]", "[1,nan ]") == [
        [51.5, None, 3.0],
        [None],
        [1, None],
    ]


def test_rows_keep_their_places_whatever_their_shape() -> None:
    cells = ["['a', 'b']", None, """["it's"]""", "", "['c']", "oops"]
    assert texts_in(*cells) == [["a", "b"], None, ["it's"], None, ["c"], None]


def test_a_column_without_any_list_keeps_its_type() -> None:
    assert parse_text_lists(pl.Series([None, ""], dtype=pl.String)).dtype == pl.List(pl.String)
    assert parse_number_lists(pl.Series([], dtype=pl.String)).dtype == pl.List(pl.Float64)
