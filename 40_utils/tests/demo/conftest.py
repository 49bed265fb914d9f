"""One demo folder and the file built from it, shared by the tests that only read them."""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mangetamain_data_utils.build import BuildOptions, build
from mangetamain_data_utils.demo import write_demo

SCALE = 0.05

Rows = Callable[[str], list[dict[str, str]]]


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "csv"
    write_demo(folder, scale=SCALE, seed=42, progress=False)
    return folder


@pytest.fixture(scope="session")
def rows(demo: Path) -> Rows:
    """Rows of one file as Python's own csv module reads them."""
    read: dict[str, list[dict[str, str]]] = {}

    def of(name: str) -> list[dict[str, str]]:
        if name not in read:
            with (demo / name).open(encoding="utf-8", newline="") as file:
                read[name] = list(csv.DictReader(file, strict=True))
        return read[name]

    return of


@pytest.fixture(scope="session")
def built(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    output = tmp_path_factory.mktemp("built") / "demo.duckdb"
    build(demo, output, BuildOptions(quiet=True))
    yield output
