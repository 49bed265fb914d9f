"""Columns of Python-literal lists, written as Python's own repr would."""

from collections.abc import Iterable

import numpy as np
import polars as pl

from .targets import Floats, Ints


def pick_rows(offsets: Ints, values: Ints, rows: Ints) -> tuple[Ints, Ints]:
    """Offsets and values of some rows of a ragged array."""
    sizes = offsets[rows + 1] - offsets[rows]
    picked = np.concatenate(([0], np.cumsum(sizes)))
    place = np.arange(picked[-1]) - np.repeat(picked[:-1], sizes)
    return picked, values[np.repeat(offsets[rows], sizes) + place]


def quoted(texts: Iterable[str]) -> pl.Series:
    """Each text as Python would write it: quotes and backslashes included."""
    return pl.Series([repr(text) for text in texts])


def list_column(offsets: Ints, items: pl.Series) -> pl.Series:
    """`[a, b]` per row; row r has items[offsets[r]:offsets[r + 1]], at least one.

    The items are in literal form already.
    """
    row = np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))
    joined = (
        pl.DataFrame({"row": row, "item": items})
        .group_by("row", maintain_order=True)
        .agg(pl.col("item").str.join(", "))
    )
    return _bracketed(joined["item"])


def whole_number_lists(offsets: Ints, values: Ints) -> pl.Series:
    """`[1, 2]` per row."""
    return list_column(offsets, pl.Series(values).cast(pl.String))


def matrix_lists(matrix: Ints) -> pl.Series:
    """One list of whole numbers per row of a matrix."""
    return _fixed_width(pl.Series(matrix.ravel()).cast(pl.String), matrix.shape)


def float_matrix_lists(matrix: Floats) -> pl.Series:
    """One list of floats per row, e.g. `[51.5, 0.0]`: at most one decimal, never an exponent."""
    tenths = np.round(matrix * 10).astype(np.int64).ravel()
    whole, tenth = (pl.Series(part).cast(pl.String) for part in np.divmod(tenths, 10))
    return _fixed_width(whole + "." + tenth, matrix.shape)


def _fixed_width(texts: pl.Series, shape: tuple[int, ...]) -> pl.Series:
    return _bracketed(texts.reshape(shape).arr.join(", "))


def _bracketed(joined: pl.Series) -> pl.Series:
    return pl.select(pl.format("[{}]", joined)).to_series()
