import subprocess
from pathlib import Path

from mangetamain_data_utils.app_commit import app_commit


def git(folder: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org"]
    command = ["git", "-C", str(folder), *identity, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def repository(folder: Path) -> str:
    """Make a repository with one committed package and return its commit."""
    (folder / "__init__.py").write_text("")
    git(folder, "init", "--quiet")
    git(folder, "add", "__init__.py")
    git(folder, "commit", "--quiet", "--message", "Start")
    return git(folder, "rev-parse", "HEAD")


def test_the_commit_of_the_code_is_given_in_full(tmp_path) -> None:
    assert app_commit(tmp_path) == "unknown"
    commit = repository(tmp_path)
    assert app_commit(tmp_path) == commit
    git(tmp_path, "tag", "-a", "v1", "-m", "v1")
    assert app_commit(tmp_path) == commit


def test_edited_code_is_marked_dirty(tmp_path) -> None:
    commit = repository(tmp_path)
    (tmp_path / "__init__.py").write_text("edited = True\n")
    assert app_commit(tmp_path) == f"{commit}-dirty"


def test_a_package_inside_somebody_elses_repository_has_no_commit(tmp_path) -> None:
    repository(tmp_path)
    package = tmp_path / "site-packages" / "package"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("")
    assert app_commit(package) == "unknown"


def test_without_git_the_commit_is_unknown(tmp_path, monkeypatch) -> None:
    repository(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert app_commit(tmp_path) == "unknown"
