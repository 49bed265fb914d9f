"""Other files that the site may be given, and which of them this process holds."""

import os
from collections.abc import Callable
from pathlib import Path
from shutil import copyfile

import duckdb
import pytest


@pytest.fixture
def edited(small_db: Path, tmp_path: Path) -> Callable[..., Path]:
    """Make a copy of `small_db` changed by SQL: another file that the site may be given."""
    copies = iter(range(100))

    def make(*statements: str) -> Path:
        path = tmp_path / f"edited-{next(copies)}.duckdb"
        copyfile(small_db, path)
        with duckdb.connect(str(path)) as connection:
            for statement in statements:
                connection.execute(statement)
        return path

    return make


@pytest.fixture
def open_files(tmp_path: Path) -> Callable[..., list[str]]:
    """List the files below a folder that this process holds open, replaced ones too."""

    def of(folder: Path = tmp_path) -> list[str]:
        links = []
        for descriptor in os.listdir("/proc/self/fd"):
            try:
                links.append(os.readlink(f"/proc/self/fd/{descriptor}"))
            except FileNotFoundError:
                continue
        return [link for link in links if link.startswith(str(folder))]

    return of
