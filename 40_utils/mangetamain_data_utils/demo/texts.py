"""Names, steps, descriptions and reviews from a small stock of sentences."""

import itertools
import tomllib
from functools import cache
from typing import Any

import numpy as np
import polars as pl

from .targets import Ints, read_text

# One name in three has the doubled space that Food.com leaves after a dropped word or sign.
DOUBLED_SPACE_SHARE = 1 / 3


@cache
def _stock() -> dict[str, Any]:
    return tomllib.loads(read_text("vocabulary", "texts.toml"))


@cache
def sentences(kind: str) -> tuple[str, ...]:
    """Every text of a kind (name, step, description, review), in a fixed order."""
    parts = _stock()[kind].values()
    glue = " " if kind in ("name", "step") else ""
    whole = [glue.join(choice) for choice in itertools.product(*parts)]
    if kind == "name":
        whole += [text.replace(" ", "  ", 1) for text in whole]
    return tuple(whole)


def choose(kind: str, size: int, rng: np.random.Generator) -> Ints:
    """Numbers of `size` random texts of a kind."""
    n_texts = len(sentences(kind))
    if kind != "name":
        return rng.integers(0, n_texts, size)
    doubled = rng.random(size) < DOUBLED_SPACE_SHARE
    return rng.integers(0, n_texts // 2, size) + doubled * (n_texts // 2)


@cache
def _column(kind: str) -> pl.Series:
    return pl.Series(sentences(kind))


def text_column(kind: str, numbers: Ints, missing: np.ndarray) -> pl.Series:
    """Texts by number; null where `missing`."""
    return _column(kind).gather(pl.Series(numbers).set(pl.Series(missing), None))
