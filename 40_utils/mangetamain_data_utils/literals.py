"""Reads the Python-literal lists that Food.com's files keep in their cells.

``ast.literal_eval`` is the definition: what it accepts as a list of texts (or of numbers) is what
we return. It takes about 30 µs per list, so the cells whose shape leaves no doubt are read by
Polars, 20 times faster, and only the others are given to Python's parser.
"""

import ast
import math
import re
import warnings
from collections.abc import Callable
from typing import Any

import polars as pl

MISSING = ("", "nan")  # how pandas and spreadsheets write an absent list

# Items in single quotes, with neither quote, backslash, line end nor NUL inside: then the three
# characters `', '` can only stand between two items, and no escape needs reading.
_PLAIN_TEXTS = r"^\['[^'\\\r\n\x00]*'(?:, '[^'\\\r\n\x00]*')*\]$"

# At most 15 digits a side: exact in a double, and never 007, which Python refuses.
_NUMBER = r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?"
_PLAIN_NUMBERS = rf"^\[{_NUMBER}(?:, {_NUMBER})*\]$"

_BARE_NAN = re.compile(r"(?<=[\[,\s])nan(?=[\],\s])")


def parse_text_lists(cells: pl.Series) -> pl.Series:
    """Return the lists of texts: null where the cell is missing or is not a list of texts."""
    inner = cells.str.slice(2, cells.str.len_chars() - 4)
    return _parse(cells, _PLAIN_TEXTS, inner.str.split("', '"), _text_list)


def parse_number_lists(cells: pl.Series) -> pl.Series:
    """Return the lists of finite numbers: null where the cell is missing or is not such a list.

    A bare ``nan`` item, which Python's parser refuses but pandas writes, becomes a null item.
    """
    plain = pl.when(cells.str.contains(_PLAIN_NUMBERS)).then(cells)
    inner = pl.select(plain.str.strip_chars("[]")).to_series()
    numbers = inner.str.split(", ").cast(pl.List(pl.Float64))
    return _parse(cells, _PLAIN_NUMBERS, numbers, _number_list)


def _parse(
    cells: pl.Series, plain: str, fast: pl.Series, parse_one: Callable[[str], list[Any] | None]
) -> pl.Series:
    """Take ``fast`` where the cell matches ``plain``, else what ``parse_one`` makes of it."""
    is_plain = cells.str.contains(plain).fill_null(False)
    slow_cells = cells.zip_with(~is_plain, pl.Series([None], dtype=pl.String))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # an unknown escape such as \d warns, and reads as written
        slow = [None if cell is None or cell in MISSING else parse_one(cell) for cell in slow_cells]
    return fast.zip_with(is_plain, pl.Series(slow, dtype=fast.dtype))


def _text_list(cell: str) -> list[str] | None:
    items = _literal_list(cell)
    if items is None or not all(isinstance(item, str) and _is_storable(item) for item in items):
        return None
    return items


def _number_list(cell: str) -> list[float | None] | None:
    items = _literal_list(_BARE_NAN.sub("None", cell))
    if items is None or not all(item is None or _is_finite(item) for item in items):
        return None
    return [None if item is None else float(item) for item in items]


def _literal_list(cell: str) -> list[Any] | None:
    try:
        value = ast.literal_eval(cell)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return None
    return value if isinstance(value, list) else None


def _is_storable(text: str) -> bool:
    """Tell whether the text is valid Unicode; an escape can write half a surrogate pair."""
    return not any("\ud800" <= character <= "\udfff" for character in text)


def _is_finite(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    try:
        return math.isfinite(float(value))
    except OverflowError:  # an integer above 1.8e308
        return False
