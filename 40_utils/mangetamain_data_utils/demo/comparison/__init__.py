"""A built file against the published figures.

SQL files return rows (figure, key, subkey, unit, generated), where figure, key
and subkey are the address of the published number.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from mangetamain_data_utils.exceptions import OutputRefused

from ..targets import published, published_figures, read_text

# Family: its SQL file.
FAMILIES = {
    "flow": "flow.sql",
    "volume": "volume.sql",
    "effort": "effort.sql",
    "nutrition": "nutrition.sql",
    "ingredients": "items.sql",
    "tags": "items.sql",
    "ratings": "ratings.sql",
    "ingredient_ratings": "ingredient_ratings.sql",
}
WEEKEND_FIGURES = {
    "ingredients": "weekend.ingredients.table",
    "tags": "weekend.tags.table_top20_by_signed_diff",
}
# Numbers of distinct items do not scale with rows: compared from this scale on.
FULL_SIZE = 0.99


@dataclass(frozen=True)
class CalibrationRow:
    """One published number and what the built file has in its place.

    Counts of a smaller demo are brought to full size. `figure` is the published id, then the keys
    inside its value, e.g. `trends.volume.per_year/2007`.
    """

    family: str
    figure: str
    published: float
    generated: float

    @property
    def relative_gap(self) -> float:
        """Generated minus published, as a share of the published size."""
        return (self.generated - self.published) / max(abs(self.published), 1e-12)


def calibration_table(built_db: Path) -> list[CalibrationRow]:
    """Every published number that the built file can be compared with, family by family.

    Raises:
        OutputRefused: `built_db` is not a DuckDB file with the tables of the site.
    """
    try:
        with duckdb.connect(str(built_db), read_only=True) as connection:
            sizes = _sizes(connection)
            return [row for family in FAMILIES for row in _family(connection, family, sizes)]
    except (duckdb.IOException, duckdb.CatalogException, duckdb.BinderException) as error:
        reason = str(error).splitlines()[0]
        raise OutputRefused(f"{built_db}: cannot be compared: {reason}") from error


def _sizes(connection: duckdb.DuckDBPyConnection) -> dict[str, float]:
    """Rows per table before cleaning, as a share of the published ones; 1 for plain values."""
    query = read_text("comparison", "sizes.sql")
    rows: dict[str, int] = dict(connection.execute(query).fetchall())
    return {
        "value": 1.0,
        "recipes": rows["recipes"] / published("tables.RAW_recipes.rows"),
        "interactions": rows["interactions"] / published("tables.RAW_interactions.rows"),
    }


def _family(
    connection: duckdb.DuckDBPyConnection, family: str, sizes: dict[str, float]
) -> Iterator[CalibrationRow]:
    for figure, key, subkey, unit, generated in connection.execute(
        read_text("comparison", FAMILIES[family]), _parameters(family)
    ).fetchall():
        if unit == "distinct" and sizes["recipes"] < FULL_SIZE:
            continue
        keys = [part for part in (key, subkey) if part is not None]
        target = _look_up(published_figures().get(figure), keys)
        if target is not None:
            size = sizes.get(unit, 1.0)
            yield CalibrationRow(family, "/".join([figure, *keys]), target, generated / size)


def _look_up(value: Any, keys: list[str]) -> float | None:
    """Number at the end of the keys; None when the published table has no such entry."""
    for key in keys:
        value = value.get(key) if value is not None else None
    return None if value is None else float(value)


def _parameters(family: str) -> dict[str, Any]:
    """Named parameters of the queries on items: those that have published numbers."""
    if family == "ingredient_ratings":
        return {"items": sorted(published("ingratings.longterm.mean_of_yearly_means"))}
    if family not in WEEKEND_FIGURES:
        return {}
    sources = [f"trends.{family}.top10", f"season.{family}.top20_freq_pct", WEEKEND_FIGURES[family]]
    sources += [f"trends.{family}.top10_{direction}" for direction in ("increase", "decrease")]
    names = {name for source in sources for name in published(source)}
    return {"kind": family, "weekend_figure": WEEKEND_FIGURES[family], "items": sorted(names)}
