import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from mangetamain_analytics.utils import app_version as module
from mangetamain_analytics.utils.app_version import app_version

ROOT = Path(__file__).parents[4]


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A repository with one commit, in which the module believes to lie."""
    folder = tmp_path / "code"
    folder.mkdir()
    monkeypatch.setattr(module, "__file__", str(folder / "app_version.py"))
    git(folder, "init", "--quiet")
    author = ("-c", "user.name=n", "-c", "user.email=e@example.org")
    git(folder, *author, "commit", "--quiet", "--allow-empty", "--message", "first")
    yield folder


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_the_version_is_that_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert app_version().version == project["version"]


def test_the_commit_of_an_image_comes_from_its_setting(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("APP_COMMIT", "0123456789ab")

    assert app_version().commit == "0123456789ab"


def test_the_commit_of_a_checkout_comes_from_git(repository: Path) -> None:
    assert app_version().commit == git(repository, "rev-parse", "HEAD")[:12]
    assert re.fullmatch("[0-9a-f]{12}", app_version().commit)


def test_the_commit_is_that_of_the_start_however_the_checkout_moves(repository: Path) -> None:
    started = app_version()
    shutil.rmtree(repository / ".git")

    assert app_version() == started


def test_without_a_repository_the_commit_is_unknown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "__file__", str(tmp_path / "app_version.py"))
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))

    assert app_version().commit == "unknown"


def test_without_git_the_commit_is_unknown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    assert app_version().commit == "unknown"
