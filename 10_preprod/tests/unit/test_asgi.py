import asyncio
import gc
import json
import os
import socket
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable
from pathlib import Path
from shutil import copyfile
from typing import Any

import duckdb
import httpx2
import pytest
from loguru import logger
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.testing.v1 import AppTest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from mangetamain_analytics import asgi
from mangetamain_analytics.asgi import server_options
from mangetamain_analytics.exceptions import SettingError
from mangetamain_analytics.utils.environment import Environment
from mangetamain_analytics.utils.i18n import LANGUAGES, translator
from mangetamain_analytics.utils.settings import Settings
from mangetamain_analytics.visualization.page import Page, Visit

# Runs the start up to the point where the port would open, and prints what is in force there.
OPTIONS_IN_FORCE = """
import json, sys
import streamlit as st
from streamlit.web.server.starlette import starlette_server
from mangetamain_analytics import asgi

names = sys.argv.pop()
starlette_server.UvicornRunner.run = lambda self: print(
    json.dumps({name: st.get_option(name) for name in json.loads(names)})
)
sys.exit(asgi.main())
"""

# Prints on how many threads numpy computes, then polars.
THREADS = """
import os, mangetamain_analytics, numpy

numpy.ones(10**6) @ numpy.ones(10**6)
print(len(os.listdir("/proc/self/task")))
import polars
print(polars.thread_pool_size())
"""

# Whatever the environment: what a public site must not leave to chance.
ALWAYS = {
    "server.enableCORS": True,
    "server.enableXsrfProtection": True,
    "server.maxUploadSize": 1,
    "server.enableStaticServing": False,
    "server.enableAgentApi": False,
    "server.headless": True,
    "browser.gatherUsageStats": False,
    "client.allowedOrigins": [],
    "client.toolbarMode": "minimal",
    "runner.magicEnabled": False,
    "runner.postScriptGC": False,
}


def run(code: list[str], folder: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "LOG_DIR": str(folder / "logs"), **environ}
    return subprocess.run(
        [sys.executable, *code], env=env, cwd=folder, capture_output=True, text=True, timeout=120
    )


def options_in_force(folder: Path, names: list[str], **environ: str) -> dict[str, Any]:
    done = run(["-c", OPTIONS_IN_FORCE, json.dumps(names)], folder, **environ)
    assert done.returncode == 0, done.stderr
    options: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return options


# Options.


@pytest.mark.parametrize(
    ("environment", "watcher", "details"),
    [
        (Environment.LOCAL, "auto", "full"),
        (Environment.PREPROD, "none", "none"),
        (Environment.PROD, "none", "none"),
    ],
)
def test_only_a_developer_sees_errors_and_reloads(
    environment: Environment, watcher: str, details: str
) -> None:
    options = server_options(Settings.from_environ({}), environment)

    assert options["server.fileWatcherType"] == watcher
    assert options["client.showErrorDetails"] == details
    assert (options["server.address"], options["server.port"]) == ("127.0.0.1", 8501)


def test_address_and_port_are_those_of_the_settings() -> None:
    settings = Settings.from_environ({"HOST": "0.0.0.0", "PORT": "8500"})
    options = server_options(settings, Environment.PROD)

    assert (options["server.address"], options["server.port"]) == ("0.0.0.0", 8500)


def test_sessions_open_at_the_public_address_only_and_on_the_machine_itself() -> None:
    settings = Settings.from_environ({"PUBLIC_URL": "https://example.org:8443/"})
    options = server_options(settings, Environment.PROD)

    assert options["server.corsAllowedOrigins"] == ["https://example.org:8443"]
    assert options["server.allowedHosts"] == ["example.org", "localhost", "127.0.0.1", "::1"]
    assert options["browser.serverAddress"] == "example.org"


@pytest.mark.parametrize("environment", Environment)
def test_without_a_public_address_sessions_open_on_the_machine_itself_only(
    environment: Environment,
) -> None:
    options = server_options(Settings.from_environ({"HOST": "0.0.0.0"}), environment)

    assert options["server.corsAllowedOrigins"] == []
    assert options["server.allowedHosts"] == ["localhost", "127.0.0.1", "::1"]


@pytest.mark.parametrize("environment", ["local", "preprod", "prod"])
def test_public_settings_are_in_force_wherever_and_with_whatever_it_is_started(
    tmp_path: Path, environment: str
) -> None:
    """Streamlit itself would read `config.toml` in its own folder only, and variables after it."""
    in_force = options_in_force(
        tmp_path,
        list(ALWAYS),
        APP_ENV=environment,
        STREAMLIT_SERVER_ENABLE_CORS="false",
        STREAMLIT_SERVER_MAX_UPLOAD_SIZE="500",
        STREAMLIT_BROWSER_GATHER_USAGE_STATS="true",
        STREAMLIT_SERVER_ENABLE_AGENT_API="true",
    )

    assert in_force == ALWAYS


def test_what_depends_on_the_machine_is_in_force_too(tmp_path: Path) -> None:
    expected = {
        "server.port": 8765,
        "server.address": "127.0.0.1",
        "server.fileWatcherType": "none",
        "client.showErrorDetails": "none",
        "server.corsAllowedOrigins": ["https://example.org"],
    }
    machine = {"PORT": "8765", "PUBLIC_URL": "https://example.org", "APP_ENV": "prod"}

    assert options_in_force(tmp_path, list(expected), **machine) == expected


def test_every_line_of_config_toml_is_in_force() -> None:
    sections = tomllib.loads(asgi.CONFIG.read_text(encoding="utf-8"))
    options = server_options(Settings.from_environ({}), Environment.PROD)

    assert len(sections) > 2
    for section, values in sections.items():
        for key, value in values.items():
            assert options[f"{section}.{key}"] == value


@pytest.mark.parametrize("text", [None, "[server\n"], ids=["missing", "broken"])
def test_a_config_that_cannot_be_read_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str | None
) -> None:
    path = tmp_path / "config.toml"
    if text:
        path.write_text(text)
    monkeypatch.setattr(asgi, "CONFIG", path)

    with pytest.raises(SettingError, match=r"config\.toml: "):
        server_options(Settings.from_environ({}), Environment.PROD)


# A start that is refused.


@pytest.mark.parametrize(
    ("environ", "message"),
    [
        ({"PORT": "eighty"}, "PORT='eighty': must be a port number, 1 to 65535"),
        ({"PORT": "70000"}, "PORT='70000': must be a port number, 1 to 65535"),
        ({"APP_ENV": "staging"}, "APP_ENV='staging': must be one of preprod, prod, local"),
        (
            {"MANGETAMAIN_DATABASE": "x"},
            "MANGETAMAIN_DATABASE: no such setting; did you mean MANGETAMAIN_DB?",
        ),
        ({"PUBLIC_URL": "example.org"}, "PUBLIC_URL='example.org': must be a scheme and a host"),
        ({"LOG_DIR": "/dev/null/logs"}, "LOG_DIR='/dev/null/logs': Not a directory"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_a_bad_setting_stops_the_start_with_its_name_and_the_reason(
    tmp_path: Path, environ: dict[str, str], message: str
) -> None:
    done = run(["-m", "mangetamain_analytics.asgi"], tmp_path, **environ)

    assert done.returncode == 2
    assert done.stderr.startswith(f"mangetamain: {message}")
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""


# The running server.


def test_the_first_answer_is_ready(start_server: Callable[..., Any], small_db: Path) -> None:
    """The port opens after the data, so that no visitor meets an empty site."""
    answer = start_server(MANGETAMAIN_DB=small_db).get("/readyz")

    assert answer.status_code == 200
    assert answer.json()["status"] == "ready"


def test_without_data_the_site_starts_says_so_and_recovers(
    start_server: Callable[..., Any], small_db: Path, tmp_path: Path
) -> None:
    path = tmp_path / "later.duckdb"
    server = start_server(MANGETAMAIN_DB=path)
    answer = server.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["reason"] == f"data '{path}': no such file; `make data` builds one"
    assert server.get("/healthz").status_code == 200

    copyfile(small_db, path)
    for _ in range(100):  # a failure is remembered for five seconds
        answer = server.get("/readyz")
        if answer.status_code == 200:
            break
        time.sleep(0.2)
    assert answer.json()["status"] == "ready"


def test_a_page_that_cannot_be_prepared_does_not_keep_the_site_from_starting(
    small_db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def burn(visit: Visit) -> None:
        raise ValueError("the cake is burnt")

    monkeypatch.setenv("MANGETAMAIN_DB", str(small_db))
    monkeypatch.setattr(asgi, "PAGES", [Page("x", "t", "d", "", lambda visit: None, burn)])

    assert asyncio.run(starts()) == "started"
    assert "the cake is burnt" in (tmp_path / "logs" / "local_errors.log").read_text()


async def starts() -> str:
    async with asgi.lifespan(asgi.app):
        gc.unfreeze()  # the tests go on after the server
        return "started"


def test_the_loop_is_the_one_that_sends_small_answers_at_once(server: Any) -> None:
    """On asyncio's own, each waits 40 ms for the client's delayed confirmation, on Linux."""
    loaded = Path(f"/proc/{server.process.pid}/maps").read_text(encoding="utf-8")
    assert "/uvloop/loop." in loaded


def test_small_sums_are_not_handed_out_to_threads() -> None:
    names = ("OPENBLAS_NUM_THREADS", "POLARS_MAX_THREADS")
    unset = {name: value for name, value in os.environ.items() if name not in names}
    counted = subprocess.run(
        [sys.executable, "-c", THREADS], env=unset, capture_output=True, text=True, check=True
    )

    assert counted.stdout.split() == ["1", "1"]


def test_the_agent_api_is_off_and_upload_needs_a_session(server: Any) -> None:
    interact = httpx2.post(f"{server.url}/_stcore/agent/interact", json={}, timeout=30)
    upload = httpx2.put(f"{server.url}/_stcore/upload_file/a/b", content=b"x", timeout=30)

    assert interact.status_code in (403, 404)
    assert "does not serve the agent API" in interact.text
    assert upload.status_code in (400, 403)


def test_a_session_for_a_foreign_host_is_refused(
    start_server: Callable[..., Any], small_db: Path, server: Any
) -> None:
    """A name that somebody points at this machine must not read the site in a browser."""
    unnamed = start_server(MANGETAMAIN_DB=small_db, APP_ENV="prod")
    hosts = ("localhost", "example.org", "evil.example")

    assert [status_of_session(unnamed.port, host) for host in hosts] == [101, 403, 403]
    assert [status_of_session(server.port, host) for host in hosts] == [101, 101, 403]


def status_of_session(port: int, host: str) -> int:
    with socket.create_connection(("127.0.0.1", port)) as line:
        try:
            with connect(f"ws://{host}:{port}/_stcore/stream", sock=line, max_size=None) as session:
                assert session.response
                return session.response.status_code
        except InvalidStatus as refused:
            return refused.response.status_code


def test_no_page_of_another_site_may_steer_this_one_from_a_frame(server: Any) -> None:
    assert server.get("/_stcore/host-config").json()["allowedOrigins"] == []


def test_an_unforeseen_error_reaches_the_visitor_as_a_sentence_and_the_log_in_full(
    start_server: Callable[..., Any], small_db: Path, tmp_path: Path
) -> None:
    path = tmp_path / "broken.duckdb"
    copyfile(small_db, path)
    with duckdb.connect(str(path)) as connection:
        connection.execute("drop table recipes")
    server = start_server(
        MANGETAMAIN_DB=path, APP_ENV="prod", LOG_DIR=tmp_path / "logs", HOST="127.0.0.1"
    )

    texts = b""
    with connect(f"ws://127.0.0.1:{server.port}/_stcore/stream", max_size=None) as session:
        session.send(BackMsg(rerun_script={"query_string": "lang=fr"}).SerializeToString())
        while True:
            frame = session.recv(timeout=60)
            assert isinstance(frame, bytes)
            texts += frame
            if ForwardMsg.FromString(frame).WhichOneof("type") == "script_finished":
                break

    assert translator("fr")("error-unexpected").encode() in texts
    assert b"Traceback" not in texts
    assert b"data_period.sql" not in texts
    assert "data_period.sql" in (tmp_path / "logs" / "prod_errors.log").read_text()


# What a visitor reads when a page fails.


def failing_page() -> None:
    from mangetamain_analytics.asgi import show_error

    show_error(ValueError("the secret of the cook"))


@pytest.mark.parametrize(("asked", "read"), [*zip(LANGUAGES, LANGUAGES, strict=True), ("de", "en")])
def test_show_error_says_a_sentence_in_the_visitors_language(asked: str, read: str) -> None:
    lines: list[str] = []
    logger.add(lines.append)
    page = AppTest.from_function(failing_page)
    page.session_state["lang"] = asked
    page.run()

    assert [error.value for error in page.error] == [translator(read)("error-unexpected")]
    assert any("the secret of the cook" in line for line in lines)
