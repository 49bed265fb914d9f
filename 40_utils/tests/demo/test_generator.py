"""The folder: all of it or nothing, the same bytes for the same seed, nobody else's files."""

import hashlib
import json
import math
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mangetamain_data_utils.demo import generator, write_demo
from mangetamain_data_utils.exceptions import DataPackageError, OutputRefused, ParameterRefused

TINY = 0.01


def digests(folder: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
    }


def write_in_own_process(folder: Path, hash_seed: str) -> None:
    """A fresh interpreter: string hashes and caches differ from those of the last run."""
    code = (
        "import sys; from pathlib import Path; from mangetamain_data_utils.demo import write_demo;"
    )
    code += f"write_demo(Path(sys.argv[1]), scale={TINY}, seed=7, progress=False)"
    environment = os.environ | {"PYTHONHASHSEED": hash_seed}
    subprocess.run([sys.executable, "-c", code, str(folder)], env=environment, check=True)


def test_same_scale_and_seed_write_the_same_bytes(tmp_path: Path) -> None:
    for hash_seed in ("1", "2"):
        write_in_own_process(tmp_path / hash_seed, hash_seed)
    assert digests(tmp_path / "1") == digests(tmp_path / "2")


def test_another_seed_changes_every_data_file(tmp_path: Path) -> None:
    for seed in (7, 8):
        write_demo(tmp_path / str(seed), scale=TINY, seed=seed, progress=False)
    first, second = digests(tmp_path / "7"), digests(tmp_path / "8")
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] == second[name]] == []


def test_the_summary_counts_the_rows_of_each_file(tmp_path: Path) -> None:
    summary = write_demo(tmp_path / "demo", scale=TINY, seed=1, progress=False)
    assert summary.rows["RAW_interactions.csv"] == round(1_132_367 * TINY)
    assert summary.rows["PP_recipes.csv"] == round(178_265 * TINY)
    assert summary.rows["PP_users.csv"] == round(25_076 * TINY)
    assert summary.rows["interactions_validation.csv"] == round(7_023 * TINY)
    assert summary.rows["interactions_test.csv"] == round(12_455 * TINY)
    lines = (tmp_path / "demo" / "interactions_train.csv").read_text().splitlines()
    assert summary.rows["interactions_train.csv"] == len(lines) - 1


def test_the_folder_says_that_it_is_a_demo(tmp_path: Path) -> None:
    write_demo(tmp_path / "demo", scale=TINY, seed=3, progress=False)
    mark = json.loads((tmp_path / "demo" / "DEMO.json").read_text())
    assert mark == {"generator": "mangetamain-data demo", "scale": TINY, "seed": 3}


def test_an_earlier_demo_is_replaced_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    write_demo(tmp_path / "demo", scale=TINY, seed=1, progress=False)
    before = digests(tmp_path / "demo")
    write_demo(tmp_path / "demo", scale=TINY, seed=2, progress=False)
    assert digests(tmp_path / "demo") != before
    assert [path.name for path in tmp_path.iterdir()] == ["demo"]


def test_a_folder_that_is_no_demo_is_refused_by_name_and_kept(tmp_path: Path) -> None:
    folder = tmp_path / "kaggle"
    folder.mkdir()
    (folder / "RAW_recipes.csv").write_text("the real one")
    with pytest.raises(OutputRefused, match=r"kaggle: exists and is not a demo folder"):
        write_demo(folder, scale=TINY, progress=False)
    assert digests(folder).keys() == {"RAW_recipes.csv"}
    assert (folder / "RAW_recipes.csv").read_text() == "the real one"


def test_a_demo_folder_with_someone_elses_file_is_kept(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    write_demo(folder, scale=TINY, seed=1, progress=False)
    (folder / "notes.txt").write_text("mine")
    with pytest.raises(OutputRefused, match="notes.txt"):
        write_demo(folder, scale=TINY, seed=2, progress=False)
    assert (folder / "notes.txt").read_text() == "mine"


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "demo").write_text("a file")
    with pytest.raises(OutputRefused, match="demo: exists and is not a folder"):
        write_demo(tmp_path / "demo", scale=TINY, progress=False)


def test_an_output_that_cannot_be_written_names_the_path(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(
        OutputRefused, match=r"file/demo: cannot be written: (Not a directory|File exists)"
    ):
        write_demo(tmp_path / "file" / "demo", scale=TINY, progress=False)


def test_a_failure_half_way_leaves_the_earlier_demo(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_demo(tmp_path / "demo", scale=TINY, seed=1, progress=False)
    before = digests(tmp_path / "demo")

    def disk_full(folder: Path, *_: object) -> None:
        (folder / "RAW_recipes.csv").write_text("half a fi")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(generator, "write_files", disk_full)
    with pytest.raises(OutputRefused, match="demo: cannot be written: No space left on device"):
        write_demo(tmp_path / "demo", scale=TINY, seed=2, progress=False)
    assert digests(tmp_path / "demo") == before
    assert [path.name for path in tmp_path.iterdir()] == ["demo"]


@pytest.mark.parametrize("scale", [0.0, -0.1, 0.0004, 10.5, math.inf, math.nan])
def test_a_scale_that_no_demo_can_have_is_refused_with_its_value(
    tmp_path: Path, scale: float
) -> None:
    with pytest.raises(ParameterRefused, match=f"not {scale!r}"):
        write_demo(tmp_path / "demo", scale=scale, progress=False)
    assert not (tmp_path / "demo").exists()


def test_a_negative_seed_is_refused_as_an_error_of_this_package(tmp_path: Path) -> None:
    with pytest.raises(DataPackageError, match="seed must not be negative, not -1"):
        write_demo(tmp_path / "demo", seed=-1, progress=False)


@pytest.mark.parametrize("scale", [0.0005, 0.003])
def test_even_a_minute_demo_has_recipes_in_every_year(tmp_path: Path, scale: float) -> None:
    write_demo(tmp_path / "demo", scale=scale, seed=5, progress=False)
    text = (tmp_path / "demo" / "RAW_recipes.csv").read_text()
    for year in range(1999, 2019):
        assert text.count(f",{year}-") >= 5


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_stopped_demo_leaves_no_file_behind_and_the_earlier_demo(
    tmp_path: Path, number: int, code: int
) -> None:
    output = tmp_path / "demo"
    write_demo(output, scale=TINY, seed=1, progress=False)
    before = digests(output)
    command = [sys.executable, "-m", "mangetamain_data_utils", "demo", "--output", str(output)]
    arguments = ["--scale", "0.2", "--quiet"]
    with subprocess.Popen([*command, *arguments], stderr=subprocess.PIPE, text=True) as process:
        while process.poll() is None and not list(tmp_path.glob(".mangetamain-*/fresh")):
            time.sleep(0.01)
        process.send_signal(number)
        assert process.communicate()[1] == ""

    assert process.returncode == code
    assert [path.name for path in tmp_path.iterdir()] == ["demo"]
    assert digests(output) == before
