"""A fresh clone does what the README says, with python3, make and git and nothing else."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest

REPOSITORY = Path(__file__).parents[1]
TOOLS = ("awk", "bash", "cat", "env", "git", "make", "mkdir", "mv", "python3", "rm", "sh", "touch")
# What tells installers where packages come from, how to trust them and where they keep them.
KEPT_VARIABLES = re.compile(r"(?i)(UV|PIP|SSL|CURL|REQUESTS)_.*|(HTTPS?|NO)_PROXY|HOME|LANG|TMPDIR")
INSTALL_SECONDS = 900
START_SECONDS = 300
STOP_SECONDS = 20


def _git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, text=True)
    return done.stdout.strip() if done.returncode == 0 else ""


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A PATH with the tools of a plain machine, and none of the project's own variables."""
    tools = tmp_path_factory.mktemp("tools")
    for name in TOOLS:
        found = shutil.which(name, path="/usr/local/bin:/usr/bin:/bin")
        if found is None:
            pytest.skip(f"{name} is not installed, and a fresh clone needs it")
        (tools / name).symlink_to(found)
    kept = {name: text for name, text in os.environ.items() if KEPT_VARIABLES.fullmatch(name)}
    return kept | {"PATH": str(tools)}


@pytest.fixture(scope="module")
def clone(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The committed state, cloned and set up by its own Makefile."""
    if not _git(REPOSITORY, "rev-parse", "--git-dir"):
        pytest.skip("this folder has no git history to clone (an archive?)")
    folder = tmp_path_factory.mktemp("fresh") / "clone"
    subprocess.run(["git", "clone", "--quiet", str(REPOSITORY), str(folder)], check=True)
    done = _make(folder, environment, "setup", seconds=INSTALL_SECONDS)
    if done.returncode != 0 and re.search(
        r"(?i)connect|resolve|network|dns|timed out", done.stderr
    ):
        pytest.skip(f"the package index cannot be reached: {done.stderr[-300:]}")
    assert done.returncode == 0, done.stderr
    return folder


def _make(
    folder: Path, environment: dict[str, str], *arguments: str, seconds: int = 60
) -> subprocess.CompletedProcess[str]:
    with _started(folder, environment, *arguments, output=subprocess.PIPE) as process:
        output, errors = process.communicate(timeout=seconds)
    return subprocess.CompletedProcess(arguments, process.returncode, output, errors)


@contextmanager
def _started(
    folder: Path, environment: dict[str, str], *arguments: str, output: int | IO[str]
) -> Iterator[subprocess.Popen[str]]:
    """Start make; at the end, whatever happens, end it with all that it started."""
    with subprocess.Popen(
        ["make", "--no-print-directory", *arguments],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            yield process
        finally:
            _end(process)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _ready(port: int) -> dict[str, object] | None:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
            return json.load(answer)
    except OSError:
        return None


@contextmanager
def _running(folder: Path, environment: dict[str, str], log: Path) -> Iterator[dict[str, object]]:
    """`make run` until it is ready; yield what /readyz says, then end make and all it started."""
    port = _free_port()
    with (
        log.open("w", encoding="utf-8") as output,
        _started(
            folder, environment, "run", f"PORT={port}", "SCALE=0.01", output=output
        ) as process,
    ):
        deadline = time.monotonic() + START_SECONDS
        while (answer := _ready(port)) is None:
            is_over = process.poll() is not None or time.monotonic() > deadline
            assert not is_over, log.read_text(encoding="utf-8")
            time.sleep(0.3)
        yield answer


def _end(process: subprocess.Popen[str]) -> None:
    for how in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, how)
            process.wait(timeout=STOP_SECONDS)
            return
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue


def _targets(folder: Path) -> set[str]:
    makefile = (folder / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^\.PHONY: ([a-z-]+)$", makefile, flags=re.MULTILINE))


def test_help_lists_every_target_with_a_text(clone: Path, environment: dict[str, str]) -> None:
    done = _make(clone, environment, "help")

    listed = dict(re.findall(r"^  (\S+) +(\S.*)$", done.stdout, flags=re.MULTILINE))
    assert {"run", "test", "check", "bench", "data", "format"} <= listed.keys()
    assert listed.keys() == _targets(clone)


def test_run_makes_demo_data_once_and_serves_them(
    clone: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    database = clone / ".data" / "mangetamain.duckdb"
    assert not database.exists()
    with _running(clone, environment, tmp_path / "first.log") as answer:
        assert answer["status"] == "ready"
        assert answer["is_demo"] is True
        assert _git(clone, "rev-parse", "HEAD").startswith(str(answer["commit"]))
    first = (database.stat().st_mtime_ns, (clone / ".venv" / ".synced").stat().st_mtime_ns)

    with _running(clone, environment, tmp_path / "second.log") as again:
        assert again.pop("last_check") > answer.pop("last_check")
        assert again == answer
    assert (database.stat().st_mtime_ns, (clone / ".venv" / ".synced").stat().st_mtime_ns) == first
    assert "mangetamain-data demo" in (tmp_path / "first.log").read_text(encoding="utf-8")
    assert "mangetamain-data demo" not in (tmp_path / "second.log").read_text(encoding="utf-8")


def test_run_makes_demo_data_only_where_nothing_names_others(
    clone: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    def makes_demo_data(**variables: str) -> bool:
        options = ("--dry-run", "run", f"DATA={tmp_path / 'none'}")
        return "mangetamain-data demo" in _make(clone, environment | variables, *options).stdout

    assert makes_demo_data()
    assert not makes_demo_data(MANGETAMAIN_DB="other.duckdb")
    assert not makes_demo_data(AWS_ENDPOINT_URL_S3="http://127.0.0.1:3910")
    credentials = clone / "96_keys" / "credentials"
    credentials.parent.mkdir(exist_ok=True)
    credentials.write_text("[s3fast]\n", encoding="utf-8")
    try:
        assert not makes_demo_data()
    finally:
        credentials.unlink()


@pytest.mark.parametrize(
    ("arguments", "variables", "words"),
    [
        (["PORT=abc"], {}, ("PORT", "'abc'", "1 to 65535")),
        ([], {"MANGETAMAIN_BD": "x"}, ("MANGETAMAIN_BD", "did you mean MANGETAMAIN_DB?")),
    ],
    ids=["malformed", "unknown"],
)
def test_run_refuses_a_bad_setting_by_name(
    clone: Path,
    environment: dict[str, str],
    arguments: list[str],
    variables: dict[str, str],
    words: tuple[str, ...],
) -> None:
    done = _make(clone, environment | variables, "run", *arguments, "SCALE=0.01", seconds=120)

    assert done.returncode != 0
    for word in words:
        assert word in done.stderr
    assert "Traceback" not in done.stderr


def test_nothing_is_written_among_the_committed_files(clone: Path) -> None:
    assert _git(clone, "log", "-1", "--format=%s") != ""
    assert _git(clone, "status", "--porcelain") == ""
