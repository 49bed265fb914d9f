"""Steps, descriptions and reviews from a small stock of sentences."""

import itertools
import tomllib
from functools import cache
from typing import Any

import numpy as np
import polars as pl

from .targets import Ints, read_text


@cache
def _stocks() -> dict[str, Any]:
    return tomllib.loads(read_text("vocabulary", "texts.toml"))


def stock(kind: str) -> dict[str, Any]:
    """The fragments that texts of a kind are made of."""
    fragments: dict[str, Any] = _stocks()[kind]
    return fragments


@cache
def sentences(kind: str) -> tuple[str, ...]:
    """Every text of a kind (step, description, review), in a fixed order."""
    glue = " " if kind == "step" else ""
    return tuple(glue.join(choice) for choice in itertools.product(*stock(kind).values()))


def choose(kind: str, size: int, rng: np.random.Generator) -> Ints:
    """Numbers of `size` random texts of a kind."""
    return rng.integers(0, len(sentences(kind)), size)


@cache
def _column(texts: tuple[str, ...]) -> pl.Series:
    return pl.Series(texts)


def text_column(texts: tuple[str, ...], numbers: Ints, missing: np.ndarray) -> pl.Series:
    """Texts by number; null where `missing`."""
    return _column(texts).gather(pl.Series(numbers).set(pl.Series(missing), None))
