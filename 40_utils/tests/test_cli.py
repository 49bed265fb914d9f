"""What a person and a script see of `mangetamain-data`."""

import fcntl
import os
import pty
import signal
import struct
import subprocess
import sys
import termios
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mangetamain_data_utils import demo as demo_package
from mangetamain_data_utils.cli import main


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


COMMANDS = (
    *("build", "check", "demo", "report"),
    *("publish", "fetch", "list", "rollback", "prune", "keygen"),
)


def test_the_help_lists_the_commands_and_the_exit_codes() -> None:
    result = run("--help")
    assert result.exit_code == 0
    for word in [*COMMANDS, "Exit codes:", "\n    0  done\n"]:
        assert word in result.stdout


def test_the_readme_lists_every_command() -> None:
    text = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    assert set(main.commands) == set(COMMANDS)
    for command in COMMANDS:
        assert f"\n| `{command}` |" in text


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_gives_an_example(command) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert f"\n    mangetamain-data {command}" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["bild"], "No such command 'bild'"),
        (["build"], "Missing argument 'SOURCE_DIR'"),
        (["build", "."], "Missing option '--output'"),
        (["build", "nowhere", "--output", "x"], "Directory 'nowhere' does not exist"),
        (["build", ".", "--output", "x", "--threads", "0"], "0 is not in the range x>=1"),
        (["build", ".", "--output", "x", "--memory-limit", "lots"], "'lots' is not a size such as"),
        (["check", "nowhere"], "File 'nowhere' does not exist"),
        (["demo"], "say where to write (--output), what to compare (--compare) or both"),
        (["publish"], "Missing argument 'FILE'"),
        (["publish", "nowhere"], "File 'nowhere' does not exist"),
        (["prune"], "Missing option '--keep'"),
        (["prune", "--keep", "0"], "0 is not in the range x>=1"),
        (["fetch"], "Missing option '--output'"),
        (["demo", "--output", "x", "--scale", "0"], "between 0.0005 and 10, not 0.0"),
        (["demo", "--output", "x", "--scale", "-1"], "between 0.0005 and 10, not -1.0"),
        (["demo", "--output", "x", "--scale", "nan"], "between 0.0005 and 10, not nan"),
        (["demo", "--output", "x", "--scale", "1e6"], "between 0.0005 and 10, not 1000000.0"),
        (["demo", "--output", "x", "--seed", "-1"], "seed must not be negative, not -1"),
    ],
)
def test_wrong_usage_exits_with_2_and_says_what_is_wrong(arguments, message) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr


def test_build_prints_what_cleaning_did_and_what_it_wrote(kaggle) -> None:
    kaggle.recipes({}, {"minutes": "999"})
    result = kaggle.cli()
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[1].split() == [
        "recipes",
        "minutes_between_1_and_180",
        "2",
        "rows,",
        "removed",
        "1",
    ]
    [(version,)] = kaggle.query("select data_version from build_info")
    size = kaggle.output.stat().st_size / 1e6
    assert lines[-1] == f"{kaggle.output}: real data, version {version}, {size:.1f} MB"


def test_keep_text_reaches_the_build(kaggle) -> None:
    assert kaggle.cli("--keep-text").exit_code == 0
    assert kaggle.query("select description from recipe_texts") == [("the best",)]


def test_progress_bars_are_off_when_nobody_watches(kaggle) -> None:
    command = [sys.executable, "-m", "mangetamain_data_utils", "build", kaggle.folder]
    result = subprocess.run(
        [*command, "--output", kaggle.output], capture_output=True, text=True, check=True
    )
    assert result.stderr == ""
    assert "version" in result.stdout


@pytest.mark.parametrize(("extra", "expected"), [([], True), (["--quiet"], False)])
def test_progress_bars_are_on_at_a_terminal_unless_quiet(kaggle, extra, expected) -> None:
    terminal, its_end = pty.openpty()
    fcntl.ioctl(its_end, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 100, 0, 0))
    command = [sys.executable, "-m", "mangetamain_data_utils", "build", kaggle.folder]
    arguments = ["--output", kaggle.output, *extra]
    result = subprocess.run([*command, *arguments], stdout=subprocess.PIPE, stderr=its_end)
    os.write(its_end, b"end")
    shown = os.read(terminal, 100_000).decode()
    os.close(its_end)
    os.close(terminal)
    assert result.returncode == 0
    assert ("RAW_interactions.csv: 100%" in shown) is expected
    assert b"100%" not in result.stdout


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_stopped_check_ends_without_a_word(tmp_path: Path, number: int, code: int) -> None:
    os.mkfifo(tmp_path / "endless.duckdb")
    command = [sys.executable, "-m", "mangetamain_data_utils", "check", tmp_path / "endless.duckdb"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        # waits until the command opens it to read
        with (tmp_path / "endless.duckdb").open("wb"):
            process.send_signal(number)
            assert process.communicate()[1] == ""
    assert process.returncode == code


@dataclass(frozen=True)
class Row:
    family: str
    figure: str
    published: float
    generated: float
    relative_gap: float


def test_demo_compares_a_built_file_with_published_figures(kaggle, monkeypatch) -> None:
    """The generator has its own tests; here only how its table is printed."""
    kaggle.build()
    table = [
        Row("volume", "recipes", 231637, 231600, -0.00016),
        Row("stars", "mean", 4.66, 5, 0.073),
    ]
    monkeypatch.setattr(demo_package, "calibration_table", lambda path: table, raising=False)
    result = run("demo", "--compare", kaggle.output)
    assert result.exit_code == 0, result.output
    lines = [line.split() for line in result.stdout.splitlines()]
    assert lines == [
        ["family", "figure", "published", "generated", "gap"],
        ["volume", "recipes", "231,637", "231,600", "-0.0%"],
        ["stars", "mean", "4.66", "5", "7.3%"],
    ]


def test_demo_then_build_gives_a_file_that_says_it_is_demo_data(tmp_path: Path) -> None:
    folder, output = tmp_path / "demo", tmp_path / "demo.duckdb"
    assert run("demo", "--output", folder, "--scale", "0.002", "--quiet").exit_code == 0
    result = run("build", folder, "--output", output)
    assert result.exit_code == 0, result.output
    assert f"{output}: demo data, version " in result.stdout
    assert run("check", output).exit_code == 0
