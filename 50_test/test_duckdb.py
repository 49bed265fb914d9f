"""The built file and the SQL of both packages, on our DuckDB and on the oldest that we promise."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from mangetamain_data_utils.build import STORAGE_VERSION

REPOSITORY = Path(__file__).parents[1]
# Run by the promised Python with DuckDB alone: opens the file and runs the queries on it.
RUN_QUERIES = """
import json, sys
import duckdb
path, queries, values = json.loads(sys.stdin.read())
con = duckdb.connect(path, read_only=True, config={"enable_external_access": False})
failures, n_rows = {}, {}
for name, sql in queries.items():
    try:
        [statement] = con.extract_statements(sql)
        needed = {parameter: values[parameter] for parameter in statement.named_parameters}
        n_rows[name] = len(con.execute(statement, needed).fetchall())
    except Exception as error:
        failures[name] = f"{type(error).__name__}: {error}"
json.dump({"duckdb": duckdb.__version__, "failures": failures, "rows": n_rows}, sys.stdout)
"""
# Something that demo data hold for each $parameter of the site's queries.
VALUES = {
    "kind": "ingredient",
    "of_kind": "ingredient",
    "item": "salt",
    "ingredient": "salt",
    "min_interactions": 1,
    "min_recipes": 1,
    "min_together": 1,
    "scope": "all",
    "train_only": False,
}


def _queries() -> dict[str, str]:
    site = REPOSITORY / "10_preprod" / "src" / "mangetamain_analytics" / "data" / "sql"
    data = REPOSITORY / "40_utils" / "mangetamain_data_utils" / "sql"
    files = [*site.glob("*.sql"), *data.glob("checks/*.sql"), *data.glob("report/*.sql")]
    return {path.relative_to(REPOSITORY).as_posix(): path.read_text("utf-8") for path in files}


@pytest.fixture(scope="session")
def oldest_python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python with the newest patch of the DuckDB that the storage version names."""
    uv = shutil.which("uv", path=REPOSITORY / ".uv" / "bin")
    if uv is None:
        pytest.skip("`make setup` did not install uv here, and it installs the oldest DuckDB")
    folder = tmp_path_factory.mktemp("oldest") / "venv"
    major, minor, _ = STORAGE_VERSION.removeprefix("v").split(".")
    python = folder / "bin" / "python"
    subprocess.run([uv, "venv", "--quiet", "--python", sys.executable, folder], check=True)
    done = subprocess.run(
        [uv, "pip", "install", "--quiet", "--python", python, f"duckdb=={major}.{minor}.*"],
        capture_output=True,
        text=True,
    )
    if done.returncode != 0:
        pytest.skip(f"DuckDB {major}.{minor} cannot be installed: {done.stderr[-300:]}")
    return python


def _answers(python: str | Path, file: Path) -> dict:
    done = subprocess.run(
        [python, "-c", RUN_QUERIES],
        input=json.dumps([str(file), _queries(), VALUES]),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_every_value_is_one_that_a_query_names() -> None:
    assert set(VALUES) == set(re.findall(r"\$(\w+)", "".join(_queries().values())))


def test_the_sql_of_both_packages_runs_on_a_built_file(built_files) -> None:
    answers = _answers(sys.executable, built_files[0])
    assert answers["failures"] == {}
    rules = {name: rows for name, rows in answers["rows"].items() if "/checks/" in name}
    assert rules and not any(rules.values())


def test_the_oldest_duckdb_that_we_promise_gives_the_same(built_files, oldest_python) -> None:
    oldest = _answers(oldest_python, built_files[0])
    assert oldest["duckdb"].startswith(STORAGE_VERSION.removeprefix("v").removesuffix("0"))
    assert oldest["failures"] == {}
    assert oldest["rows"] == _answers(sys.executable, built_files[0])["rows"]
