import json
import logging
import os
import re
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from loguru import logger

from mangetamain_analytics.exceptions import SettingError
from mangetamain_analytics.utils import utils_logger
from mangetamain_analytics.utils.environment import Environment, EnvironmentDetector
from mangetamain_analytics.utils.settings import Settings
from mangetamain_analytics.utils.utils_logger import (
    LoggerConfig,
    log_error,
    log_performance,
    log_user_action,
    shutdown_logger,
)

SECRET = "c0ffee" * 8
NAMES = ("debug", "errors", "user_interactions")
DAY = 86_400


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    shutdown_logger()
    yield
    shutdown_logger()


def written(folder: Path, environment: Environment = Environment.PREPROD) -> dict[str, str]:
    """Name → content of the three files, after what was waiting is written."""
    shutdown_logger()
    prefix = environment.value
    return {name: (folder / f"{prefix}_{name}.log").read_text(encoding="utf-8") for name in NAMES}


def start(folder: Path, environment: Environment = Environment.PREPROD) -> None:
    LoggerConfig(environment, folder).setup_logger()


def raised_by_us() -> Exception:
    """An error raised in a function of the package, one of whose variables is the bad value."""
    try:
        Settings.from_environ({"PORT": "a-very-bad-port"})
    except SettingError as error:
        return error
    raise AssertionError


# Where things go.


@pytest.mark.parametrize("environment", Environment)
def test_each_environment_has_its_own_three_files(tmp_path: Path, environment: Environment) -> None:
    start(tmp_path, environment)
    shutdown_logger()

    assert {path.name for path in tmp_path.iterdir()} == {
        f"{environment.value}_{name}.log" for name in NAMES
    }


def test_each_file_holds_what_it_is_for(tmp_path: Path) -> None:
    start(tmp_path)
    log_user_action("view", {"page": "trends"})
    log_performance("page", 0.0421, page="trends")
    log_error(ValueError("it broke"), context="opening the data")
    files = written(tmp_path)

    assert [len(re.findall("^20", files[name], re.MULTILINE)) for name in NAMES] == [3, 1, 1]
    assert "page took 42.1 ms page=trends" in files["debug"]
    assert "opening the data: ValueError: it broke" in files["errors"]
    assert '"page": "trends"' in files["user_interactions"]


def test_an_action_is_one_line_of_json(tmp_path: Path) -> None:
    start(tmp_path)
    log_user_action("filter", {"years": (1999, 2018), "item": "crème brûlée"}, user_id="abc")
    log_user_action("refresh")
    lines = written(tmp_path)["user_interactions"].splitlines()
    actions = [json.loads(line.split(" | ")[-1]) for line in lines]

    assert actions == [
        {
            "action": "filter",
            "user": "abc",
            "details": {"years": [1999, 2018], "item": "crème brûlée"},
        },
        {"action": "refresh", "user": "anonymous", "details": {}},
    ]


def test_a_line_names_the_place_that_logged(tmp_path: Path) -> None:
    start(tmp_path)
    log_user_action("view")
    log_performance("page", 1)
    log_error(ValueError("it broke"))
    lines = [line for line in written(tmp_path)["debug"].splitlines() if line.startswith("20")]

    assert all(
        " | test_utils_logger:" in line.replace(__name__, "test_utils_logger") for line in lines
    )
    assert len(lines) == 3


def test_an_error_comes_with_its_traceback_its_cause_and_its_callers(tmp_path: Path) -> None:
    start(tmp_path)
    try:
        try:
            raise KeyError("inner")
        except KeyError as inner:
            raise ValueError("outer") from inner
    except ValueError as error:
        log_error(error)
    files = written(tmp_path)

    assert "KeyError: 'inner'" in files["errors"]
    assert 'raise ValueError("outer") from inner' in files["errors"]
    assert "Called from (most recent call last):" in files["errors"]
    assert "_pytest" in files["errors"]
    assert "Called from" not in files["debug"]


@pytest.mark.parametrize(
    ("environment", "shown"),
    [
        (Environment.PREPROD, ["DEBUG", "WARNING", "ERROR"]),
        (Environment.LOCAL, ["DEBUG", "WARNING", "ERROR"]),
        (Environment.PROD, ["WARNING", "ERROR"]),
    ],
)
def test_the_console_shows_what_the_environment_calls_for(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    environment: Environment,
    shown: list[str],
) -> None:
    start(tmp_path, environment)
    logger.debug("a")
    logger.warning("b")
    logger.error("c")
    shutdown_logger()
    console = capsys.readouterr().err

    assert re.findall("DEBUG|WARNING|ERROR", console) == shown
    assert ("\x1b[" in console) == (environment is not Environment.PROD)


def test_the_folder_can_come_from_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOG_DIR", str(tmp_path / "from_settings"))

    assert LoggerConfig(Environment.LOCAL).log_dir == tmp_path / "from_settings"
    assert LoggerConfig(Environment.LOCAL, tmp_path).log_dir == tmp_path


@pytest.mark.parametrize(
    ("environment", "folder"),
    [
        (Environment.PREPROD, "10_preprod/logs"),
        (Environment.LOCAL, "10_preprod/logs"),
        (Environment.PROD, "20_prod/logs"),
    ],
)
def test_without_a_setting_the_files_lie_in_the_environment_s_folder(
    environment: Environment, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LOG_DIR", raising=False)

    assert LoggerConfig(environment).log_dir == Path(__file__).parents[4] / folder


def test_outside_the_repository_the_folder_must_be_set(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("LOG_DIR", raising=False)
    monkeypatch.setattr(utils_logger, "__file__", str(tmp_path / "site-packages" / "a.py"))

    with pytest.raises(SettingError, match="LOG_DIR: must be set"):
        LoggerConfig(Environment.PROD)


def test_the_environment_is_detected_when_not_given(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("APP_ENV", "prod")
    EnvironmentDetector.reset_cache()
    config = LoggerConfig(log_dir=tmp_path)
    EnvironmentDetector.reset_cache()

    assert config.environment is Environment.PROD


def test_a_folder_that_cannot_be_made_is_named_and_nothing_is_half_set_up(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    bad = tmp_path / "file" / "logs"

    with pytest.raises(SettingError) as caught:
        start(bad)

    assert str(caught.value) == f"LOG_DIR={str(bad)!r}: Not a directory"
    start(tmp_path)
    logger.info("after all")
    assert "after all" in written(tmp_path)["debug"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)

    with pytest.raises(SettingError, match="LOG_DIR=.*is not writable"):
        start(tmp_path)


# Once per process.


def test_setting_up_again_adds_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(5):
        start(tmp_path)
    logger.error("only once")
    logging.getLogger("uvicorn.error").error("and this")
    files = written(tmp_path)

    assert files["debug"].count("only once") == 1
    assert files["errors"].count("and this") == 1
    assert capsys.readouterr().err.count("only once") == 1


def test_the_first_setup_decides(tmp_path: Path) -> None:
    start(tmp_path / "first")
    start(tmp_path / "second")
    logger.error("once")

    assert "once" in written(tmp_path / "first")["debug"]
    assert not (tmp_path / "second").exists()


def test_many_threads_set_up_once(tmp_path: Path) -> None:
    barrier = threading.Barrier(8)

    def visit() -> None:
        barrier.wait()
        start(tmp_path)

    threads = [threading.Thread(target=visit) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    logger.error("only once")

    assert written(tmp_path)["debug"].count("only once") == 1


# How long things stay.


def archive(folder: Path, name: str, age_in_days: float) -> Path:
    path = folder / f"{name}.2020-01-01_00-00-00_000000.{age_in_days}.log.zip"
    path.write_text("")
    _make_old(path, age_in_days)
    return path


def _make_old(path: Path, age_in_days: float) -> None:
    then = time.time() - age_in_days * DAY
    os.utime(path, (then, then))


def rotate(folder: Path, environment: Environment, name: str) -> None:
    """Make one file due, full or of yesterday, then write to it."""
    path = folder / f"{environment.value}_{name}.log"
    full = {"debug": 10_000_000, "errors": 5_000_000, "user_interactions": 0}[name]
    path.write_bytes(b"before\n".ljust(full - 1, b"x"))
    if name == "user_interactions":
        _make_old(path, 1.5)
    start(folder, environment)
    log_user_action("view")
    if name == "errors":
        log_error(ValueError("it broke"))
    shutdown_logger()


@pytest.mark.parametrize(
    ("environment", "name", "days"),
    [
        (Environment.PREPROD, "debug", 7),
        (Environment.PREPROD, "errors", 7),
        (Environment.PREPROD, "user_interactions", 90),
        (Environment.PROD, "debug", 7),
        (Environment.PROD, "errors", 30),
        (Environment.PROD, "user_interactions", 30),
    ],
)
def test_a_file_rotates_into_a_zip_and_old_ones_go_after_their_days(
    tmp_path: Path, environment: Environment, name: str, days: int
) -> None:
    stem = f"{environment.value}_{name}"
    young, old = archive(tmp_path, stem, days - 0.5), archive(tmp_path, stem, days + 0.5)
    rotate(tmp_path, environment, name)
    (rotated,) = [path for path in tmp_path.glob(f"{stem}.*.zip") if path.stat().st_size]

    assert young.exists()
    assert not old.exists()
    with zipfile.ZipFile(rotated) as zipped:
        assert zipped.read(zipped.namelist()[0]).startswith(b"before\n")
    current = (tmp_path / f"{stem}.log").read_text(encoding="utf-8")
    assert re.search(r"\A20.*(view|it broke)", current)


@pytest.mark.parametrize(("name", "size"), [("debug", 9_990_000), ("errors", 4_990_000)])
def test_a_file_stays_until_it_is_full(tmp_path: Path, name: str, size: int) -> None:
    (tmp_path / f"preprod_{name}.log").write_bytes(b"x" * size)
    start(tmp_path)
    log_error(ValueError("it broke"))
    shutdown_logger()

    assert list(tmp_path.glob("*.zip")) == []


def test_actions_of_today_stay_in_one_file(tmp_path: Path) -> None:
    for _ in range(2):
        start(tmp_path)
        log_user_action("view")
        shutdown_logger()

    assert list(tmp_path.glob("*.zip")) == []
    assert written(tmp_path)["user_interactions"].count("view") == 2


@pytest.mark.parametrize("name", NAMES)
def test_one_file_s_retention_never_touches_another_s(tmp_path: Path, name: str) -> None:
    own = archive(tmp_path, f"preprod_{name}", 1000)
    others = [
        archive(tmp_path, f"{environment.value}_{other}", 1000)
        for environment in Environment
        for other in NAMES
        if (environment, other) != (Environment.PREPROD, name)
    ]
    rotate(tmp_path, Environment.PREPROD, name)

    assert not own.exists()
    assert [path.name for path in others if not path.exists()] == []


# What is never written.


@pytest.mark.parametrize("environment", Environment)
@pytest.mark.parametrize("hostile", ["{} {0} {name} {{", "<red>x</red> </>", "%s %(a)s", "\\<red>"])
def test_a_visitor_s_text_is_never_a_format(
    tmp_path: Path, environment: Environment, hostile: str, capsys: pytest.CaptureFixture[str]
) -> None:
    start(tmp_path, environment)
    log_user_action(hostile, {hostile: hostile}, user_id=hostile)
    log_error(ValueError(hostile), context=hostile)
    log_performance(hostile, 0.1, page=hostile)
    logging.getLogger("uvicorn.error").error("%s", hostile)
    files = written(tmp_path, environment)

    assert f" | {hostile}: ValueError: {hostile}\n    ValueError: {hostile}\n" in files["debug"]
    assert f" | {hostile} took 100.0 ms page={hostile}\n" in files["debug"]
    assert re.search(rf"uvicorn\.error:\d+ \| {re.escape(hostile)}\n", files["debug"])
    assert json.loads(files["user_interactions"].split(" | ")[-1])["user"] == hostile
    assert "Logging error" not in capsys.readouterr().err


@pytest.mark.parametrize("breaks", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x1c", "\x85", "\u2028"])
def test_a_visitor_s_text_cannot_forge_a_line(tmp_path: Path, breaks: str) -> None:
    forged = f"x{breaks}2026-01-01 00:00:00.000 | ERROR    | a:1 | forged\x1b[31m\x00"
    start(tmp_path)
    log_user_action("view", {"item": forged})
    log_error(ValueError(forged), context=forged)
    log_performance("page", 0.1, page=forged)
    content = written(tmp_path)["debug"]
    lines = content.splitlines()

    assert [line for line in lines if line.startswith("2026-01-01")] == []
    assert len([line for line in lines if line.startswith("20")]) == 3
    assert json.loads(lines[0].split(" | ", 3)[-1])["details"]["item"] == forged
    assert re.findall(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028]", content) == []


@pytest.mark.parametrize(
    "leak",
    [
        f"connecting with {SECRET} failed",
        f"https://x/?k={SECRET}&b=1",
        repr({"anything": SECRET}),
    ],
)
def test_the_value_of_a_secret_variable_is_masked_everywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], leak: str
) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    start(tmp_path)
    log_user_action(leak, {leak: leak}, user_id=leak)
    log_error(ValueError(leak), context=leak)
    log_performance(leak, 0.1, page=leak)
    logging.getLogger("streamlit.web").error(leak)
    try:
        raise RuntimeError(leak) from ValueError(leak)
    except RuntimeError:
        logging.getLogger("streamlit.web").exception("boom")
    text = "".join(written(tmp_path).values()) + capsys.readouterr().err

    assert SECRET not in text
    assert text.count("***") >= 14


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("aws_secret_access_key = hunter2hunter2", "hunter2"),
        ("AWS_ACCESS_KEY_ID=hunter2", "hunter2"),
        ('{"password": "two words"}', "words"),
        ("{'api_key': 'two words'}", "words"),
        ("token: hunter2", "hunter2"),
        ("Authorization: Bearer hunter2", "hunter2"),
        ("authorization: Basic aHVudGVyMg==", "aHVudGVyMg"),
        ("sent bearer hunter2.a-b_c", "hunter2"),
        ("http://user:hunter2@host/path", "hunter2"),
        ("GET /a?X-Amz-Credential=hunter2&X-Amz-Signature=hunter3&x=1", "hunter"),
        ("key AKIAIOSFODNN7EXAMPLE", "AKIA"),
        ("key GK31c2f218a2e44f485b94239e", "GK31"),
        ("written by ada.lovelace+x@mail.example.org", "lovelace"),
    ],
)
def test_what_looks_like_a_credential_or_an_address_is_masked(
    tmp_path: Path, text: str, secret: str
) -> None:
    start(tmp_path)
    logger.info("{}", text)
    content = written(tmp_path)["debug"]

    assert secret not in content
    assert "***" in content


@pytest.mark.parametrize(
    "text",
    [
        "data version 3f9a1c2b4d5e, sha256 " + "ab" * 32,
        "https://mangetamain.lafrance.io/trends?years=1999-2018",
        "page took 42.1 ms page=trends rows=20",
        "12:30:05 at /srv/20_prod/logs",
    ],
)
def test_ordinary_facts_are_left_as_they_are(tmp_path: Path, text: str) -> None:
    start(tmp_path)
    logger.info("{}", text)

    assert text in written(tmp_path)["debug"]


def test_a_short_value_of_a_secret_variable_does_not_blank_ordinary_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOME_TOKEN", "on")
    start(tmp_path)
    logger.info("connection")

    assert "connection" in written(tmp_path)["debug"]


@pytest.mark.parametrize("environment", Environment)
def test_local_variables_are_shown_outside_prod_only(
    tmp_path: Path, environment: Environment
) -> None:
    start(tmp_path, environment)
    log_error(raised_by_us())
    errors = written(tmp_path, environment)["errors"]

    assert "PORT='a-very-bad-port': must be a port number" in errors
    assert ("text = 'a-very-bad-port'" in errors) == (environment is not Environment.PROD)


def test_local_variables_of_others_are_never_shown(tmp_path: Path) -> None:
    start(tmp_path)
    address_of_a_visitor = "203.0.113.7"
    try:
        json.loads("{" + "x" * len(address_of_a_visitor))
    except ValueError as error:
        log_error(error)

    assert "203.0.113.7" not in written(tmp_path)["errors"].replace(
        'address_of_a_visitor = "203.0.113.7"', ""
    )


def test_secrets_in_local_variables_are_masked_even_where_they_are_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    start(tmp_path)
    # The repr of the mapping is cut after 200 characters, in the middle of the secret.
    environ = {"A": "x" * (200 - len("{'A': '', 'B': '") - 20), "B": SECRET, "PORT": "bad"}
    try:
        Settings.from_environ(environ)
    except SettingError as error:
        log_error(error)
    errors = written(tmp_path)["errors"]

    assert "environ = {'A': 'xxx" in errors
    assert SECRET[:10] not in errors


# Third parties.


def test_warnings_of_libraries_reach_the_files_once_and_by_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = logging.getLogger("streamlit.before")
    before.addHandler(logging.StreamHandler())
    before.propagate = False
    start(tmp_path)
    after = logging.getLogger("streamlit.after")
    after.addHandler(logging.StreamHandler())
    after.propagate = False
    before.warning("from before")
    after.error("from after")
    logging.getLogger("some.other.library").error("from another")
    debug = written(tmp_path)["debug"]
    console = capsys.readouterr().err

    assert re.search(r"WARNING  \| streamlit\.before:\d+ \| from before", debug)
    assert re.search(r"ERROR    \| streamlit\.after:\d+ \| from after", debug)
    assert re.search(r"ERROR    \| some\.other\.library:\d+ \| from another", debug)
    assert [console.count(f"from {name}") for name in ("before", "after", "another")] == [1, 1, 1]


def test_addresses_that_uvicorn_tells_are_not_listened_to(tmp_path: Path) -> None:
    start(tmp_path)
    for name in ("uvicorn.error", "uvicorn.access"):
        library = logging.getLogger(name)
        library.setLevel(logging.INFO)
        library.info('203.0.113.7 - "WebSocket /_stcore/stream" [accepted]')

    assert "203.0.113.7" not in "".join(written(tmp_path).values())


def test_a_level_of_a_library_s_own_is_kept(tmp_path: Path) -> None:
    start(tmp_path)
    logging.getLogger("uvicorn").log(35, "between")

    assert "between" in written(tmp_path)["debug"]


def test_the_standard_library_is_left_as_it_was(tmp_path: Path) -> None:
    start(tmp_path)
    shutdown_logger()
    ours = [h for h in logging.root.handlers if type(h).__module__ == utils_logger.__name__]

    assert ours == []
    assert logging.getLoggerClass() is logging.Logger
