"""Kaggle-shaped folders written row by row, built for real."""

import csv
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pytest
from click.testing import CliRunner, Result
from hypothesis import settings

from mangetamain_data_utils.build import BuildOptions, build
from mangetamain_data_utils.cli import main

# How long an example takes is up to the machine; `make bench` measures.
settings.register_profile("untimed", settings.default, deadline=None)
settings.load_profile("untimed")

RECIPE = {
    "name": "apple pie",
    "id": "1",
    "minutes": "60",
    "contributor_id": "7",
    "submitted": "2010-06-15",
    "tags": "['desserts', 'easy']",
    "nutrition": "[250.5, 10.0, 30.0, 2.0, 5.0, 8.0, 12.0]",
    "n_steps": "5",
    "steps": "['peel', 'bake']",
    "description": "the best",
    "ingredients": "['apples', 'sugar']",
    "n_ingredients": "2",
}
INTERACTION = {
    "user_id": "10",
    "recipe_id": "1",
    "date": "2011-01-01",
    "rating": "5",
    "review": "lovely",
}


class Kaggle:
    """A source folder: rows in, CSV files out, as Kaggle (that is: pandas) writes them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.output = folder.parent / "site.duckdb"
        folder.mkdir()
        self.recipes({})
        self.interactions({})

    def recipes(self, *changes: dict[str, str]) -> None:
        """Write one recipe per dict; ids count up from 1 unless given."""
        rows = [RECIPE | {"id": str(n)} | row for n, row in enumerate(changes, start=1)]
        self._write("RAW_recipes.csv", rows)

    def interactions(self, *changes: dict[str, str]) -> None:
        """Write one interaction per dict; recipe ids count up from 1 unless given."""
        rows = [INTERACTION | {"recipe_id": str(n)} | row for n, row in enumerate(changes, 1)]
        self._write("RAW_interactions.csv", rows)

    def train(self, *pairs: tuple[int, int]) -> None:
        """Write the training split from pairs of user id and recipe id."""
        row = {"date": "2011-01-01", "rating": "5.0", "u": "0", "i": "0"}
        rows = [{"user_id": str(u), "recipe_id": str(r)} | row for u, r in pairs]
        self._write("interactions_train.csv", rows)

    def file(self, name: str = "RAW_recipes.csv") -> Path:
        return self.folder / name

    def rewrite(self, name: str, change: Callable[[bytes], bytes]) -> None:
        self.file(name).write_bytes(change(self.file(name).read_bytes()))

    def _write(self, name: str, rows: list[dict[str, str]]) -> None:
        text = io.StringIO()
        writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        self.file(name).write_text(text.getvalue(), encoding="utf-8", newline="")

    def build(self, **options: Any) -> None:
        build(self.folder, self.output, BuildOptions(quiet=True, **options))

    def built(self, sql: str, **options: Any) -> list[tuple[Any, ...]]:
        """Build, then return the rows of a query on the file."""
        self.build(**options)
        return self.query(sql)

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(self.output), read_only=True) as con:
            return con.execute(sql).fetchall()

    def cli(self, *extra: str) -> Result:
        """Run `mangetamain-data build` as a user does."""
        arguments = ["build", str(self.folder), "--output", str(self.output), *extra]
        return CliRunner().invoke(main, arguments)

    @contextmanager
    def edited(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Open the built file for writing, to break a rule on purpose."""
        with duckdb.connect(str(self.output)) as con:
            yield con


@pytest.fixture(scope="session")
def kaggle_type() -> type[Kaggle]:
    """The class, for fixtures that outlive a test."""
    return Kaggle


@pytest.fixture
def kaggle(tmp_path: Path) -> Kaggle:
    """A folder with one good recipe and one good interaction; tests rewrite what they need."""
    return Kaggle(tmp_path / "kaggle")


@pytest.fixture(scope="session")
def real_rows() -> Path:
    """The real rows that are kept beside the repository, never in it."""
    folder = Path(__file__).parents[3] / "shared" / "data"
    if not (folder / "RAW_recipes.csv").is_file():
        pytest.skip("the real rows (../shared/data beside the repository) are not on this machine")
    return folder
