"""Every notebook of 00_eda runs on demo data, from its own folder, as it was committed."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[1] / "00_eda"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
BIN = Path(sys.executable).parent


def cells(notebook: Path, kind: str) -> list[dict[str, Any]]:
    content = json.loads(notebook.read_text(encoding="utf-8"))
    return [cell for cell in content["cells"] if cell["cell_type"] == kind]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of demo data."""
    folder = tmp_path_factory.mktemp("notebooks")
    demo = ["demo", "--output", folder / "csv", "--scale", "0.03"]
    build = ["build", folder / "csv", "--output", folder / "site.duckdb"]
    for arguments in (demo, build):
        subprocess.run([BIN / "mangetamain-data", *arguments], check=True, capture_output=True)
    return folder / "site.duckdb"


def test_there_are_notebooks() -> None:
    assert NOTEBOOKS


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_committed_without_its_outputs(notebook: Path) -> None:
    code = cells(notebook, "code")

    assert [cell["outputs"] for cell in code] == [[]] * len(code)
    assert {cell["execution_count"] for cell in code} == {None}


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_texts_of_a_notebook_hold_no_number_that_would_drift(notebook: Path) -> None:
    texts = ["".join(cell["source"]) for cell in cells(notebook, "markdown")]
    words = " ".join(texts).replace("T2", "").replace("R9", "").replace("95 %", "")

    assert [word for word in words.split() if any(map(str.isdigit, word))] == []


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_cell_of_a_notebook_runs(notebook: Path, database: Path, tmp_path: Path) -> None:
    environ = os.environ | {"MANGETAMAIN_DB": str(database), "LOG_DIR": str(tmp_path)}
    command = [BIN / "jupyter-execute", notebook, "--output", tmp_path / "executed"]

    done = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=300)

    assert done.returncode == 0, done.stderr
    code = cells(tmp_path / "executed.ipynb", "code")
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))
    kinds = {kind for cell in code for out in cell["outputs"] for kind in out.get("data", {})}
    assert "application/vnd.plotly.v1+json" in kinds
