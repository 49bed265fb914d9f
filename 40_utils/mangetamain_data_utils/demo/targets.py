"""The figures the generator is calibrated on, read from the package's own data files.

`calibration/published.json` keeps figures that others published from the real files, under their
published ids. `calibration/assumed.toml` keeps what nobody published, with the reason.
"""

import json
import tomllib
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

YEARS = range(1999, 2019)
SEASONS = ("Winter", "Spring", "Summer", "Autumn")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
PERIODS = ("Weekday", "Weekend")
NUTRIENTS = (
    "calories",
    "total_fat_pct",
    "sugar_pct",
    "sodium_pct",
    "protein_pct",
    "sat_fat_pct",
    "carb_pct",
)


def read_text(*parts: str) -> str:
    """Text of a data file, named by its path inside this package."""
    return resources.files(__package__).joinpath(*parts).read_text(encoding="utf-8")


@cache
def published_figures() -> dict[str, Any]:
    """Every published figure the package knows, by published id."""
    figures: dict[str, Any] = json.loads(read_text("calibration", "published.json"))["figures"]
    return figures


def published(figure_id: str) -> Any:
    """Value of one published figure; KeyError names an id that is not in the package."""
    return published_figures()[figure_id]


@cache
def assumed() -> dict[str, Any]:
    """Choices that rest on no published figure, by section."""
    return tomllib.loads(read_text("calibration", "assumed.toml"))


def by_year(figure_id: str) -> Floats:
    """Published yearly series as 20 values, 1999 to 2018."""
    series = published(figure_id)
    return np.array([series[str(year)] for year in YEARS], dtype=float)


def by_season(series: dict[str, float]) -> Floats:
    """Four values in the order of SEASONS."""
    return np.array([series[season] for season in SEASONS], dtype=float)


def clean_rows() -> int:
    """Recipes that the published cleaning keeps."""
    return int(published("recipes.clean.rows"))
