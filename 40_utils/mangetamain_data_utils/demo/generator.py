"""Writes a demo folder: all of it or nothing."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from mangetamain_data_utils.exceptions import OutputRefused, ParameterRefused
from mangetamain_data_utils.workplace import folder_beside, removed_when_stopped

from .tables import build_tables
from .writing import write_files

MARK = "DEMO.json"
FILES = (
    "RAW_recipes.csv",
    "RAW_interactions.csv",
    "PP_recipes.csv",
    "PP_users.csv",
    "interactions_train.csv",
    "interactions_validation.csv",
    "interactions_test.csv",
)
LEAST_SCALE, MOST_SCALE = 0.0005, 10.0  # below, five recipes a year would be most of the demo
N_STAGES = 5 + len(FILES)


@dataclass(frozen=True)
class DemoSummary:
    """What `write_demo` wrote: the folder, its parameters, and data rows by file name."""

    output: Path
    scale: float
    seed: int
    rows: dict[str, int]


def write_demo(
    output: Path, *, scale: float = 0.1, seed: int = 42, progress: bool = True
) -> DemoSummary:
    """Folder of demo CSVs in Kaggle's format, the same bytes for the same scale and seed.

    Scale 1.0 is Food.com's size (231,637 recipes, 1,132,367 interactions). An earlier demo folder
    is replaced when the files are complete; any other existing folder is left alone.

    Raises:
        ParameterRefused: a scale outside [0.0005, 10] or a negative seed.
        OutputRefused: `output` exists and is not a demo folder, holds someone else's file, or
            cannot be written.
    """
    if not LEAST_SCALE <= scale <= MOST_SCALE:  # false for nan
        raise ParameterRefused(
            f"scale must be between {LEAST_SCALE:g} and {MOST_SCALE:g}, not {scale!r}"
        )
    if seed < 0:
        raise ParameterRefused(f"seed must not be negative, not {seed!r}")
    try:
        _refuse_foreign(output)
        return _write(output, scale, seed, progress)
    except OSError as error:
        raise OutputRefused(f"{output}: cannot be written: {error.strerror or error}") from error


def _write(output: Path, scale: float, seed: int, progress: bool) -> DemoSummary:
    with _progress_bar(progress) as advance, _replaced(output) as folder:
        recipes, interactions = build_tables(scale, seed, advance)
        rows = write_files(folder, recipes, interactions, seed, advance)
        mark = {"generator": "mangetamain-data demo", "scale": scale, "seed": seed}
        (folder / MARK).write_text(json.dumps(mark) + "\n", encoding="utf-8")
    return DemoSummary(output, scale, seed, rows)


def _refuse_foreign(output: Path) -> None:
    if output.is_symlink() or (output.exists() and not output.is_dir()):
        raise OutputRefused(f"{output}: exists and is not a folder")
    names = {entry.name for entry in output.iterdir()} if output.exists() else set()
    if names and MARK not in names:
        raise OutputRefused(f"{output}: exists and is not a demo folder (it has no {MARK})")
    if foreign := sorted(names - {*FILES, MARK}):
        raise OutputRefused(f"{output}: holds {foreign[0]}, which no demo wrote")


@contextmanager
def _replaced(output: Path) -> Iterator[Path]:
    """A fresh sibling folder that takes the place of `output` when the block succeeds."""
    workshop = folder_beside(output)
    fresh, former = workshop / "fresh", workshop / "former"
    try:
        # Not during the swap below: the former demo lies in the workshop then.
        with removed_when_stopped(workshop):
            fresh.mkdir(parents=True)
            yield fresh
        if output.exists():
            output.rename(former)
        try:
            fresh.rename(output)
        except OSError:
            if former.exists():
                former.rename(output)
            raise
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


@contextmanager
def _progress_bar(visible: bool) -> Iterator[Callable[[str], None]]:
    with tqdm(total=N_STAGES, unit="stage", disable=not visible) as bar:

        def advance(stage: str) -> None:
            bar.set_description(stage)
            bar.update()

        yield advance
