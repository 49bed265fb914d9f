"""The image runs as nobody, on a file system that it cannot write, and holds what it needs only."""

import http.server
import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest

from .conftest import HARDENED, REPOSITORY, docker, free_port, readyz, wait_until

NAME = f"mmt{os.getpid()}-image"
START_SECONDS = 60


@pytest.fixture(scope="module")
def container(site_image: str) -> Iterator[int]:
    """The image as it is, hardened as both environments do; yields its port."""
    port = free_port()
    docker(
        *["run", "--detach", "--name", NAME, "--memory=1g", "--env=DEMO_SCALE=0.02"],
        *[*HARDENED, f"--publish=127.0.0.1:{port}:8501", site_image],
    )
    try:
        wait_until(lambda: readyz(port).get("status") == "ready", START_SECONDS, "ready")
        yield port
    finally:
        docker("rm", "--force", "--volumes", NAME)


def inside(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["docker", "exec", NAME, *command], capture_output=True, text=True, timeout=60
    )


def test_shows_demo_data_where_it_is_given_no_other(container: int) -> None:
    answer = readyz(container)

    assert (answer["is_demo"], answer["version"], answer["commit"]) == (True, "0.1.0", "test")


def test_runs_as_nobody_without_any_right(container: int) -> None:
    status = dict(
        line.split(":\t", 1) for line in inside("cat", "/proc/1/status").stdout.splitlines()
    )

    assert inside("id", "-u").stdout.strip() == "10001"
    assert {status[name] for name in ("CapEff", "CapPrm", "CapBnd", "CapInh")} == {"0" * 16}
    assert status["NoNewPrivs"] == "1"


@pytest.mark.parametrize("folder", ["/app", "/etc", "/usr/local", "/app/10_preprod/src"])
def test_cannot_write_its_own_code(container: int, folder: str) -> None:
    done = inside("touch", f"{folder}/x")

    assert done.returncode != 0
    assert re.search("Read-only file system|Permission denied", done.stderr)


def test_the_engine_calls_it_healthy(container: int) -> None:
    health = ["inspect", "--format", "{{.State.Health.Status}}", NAME]

    wait_until(lambda: docker(*health) == "healthy", 40, "healthy")


@pytest.mark.parametrize("tool", ["pip", "pip3", "uv", "git", "gcc", "make", "curl", "wget"])
def test_holds_no_build_tool(container: int, tool: str) -> None:
    assert inside("sh", "-c", f"command -v {tool}").returncode != 0
    assert inside("python3", "-c", "import pip").returncode != 0


_AND_NOT_DEEPER = ["-not", "-path", "/app/.venv/*", "-not", "-path", "/app/40_utils/*/*"]


def test_holds_the_code_and_nothing_else_of_the_repository(container: int) -> None:
    found = inside("find", "/app", "-maxdepth", "3", *_AND_NOT_DEEPER).stdout

    assert set(found.split()) == {
        "/app",
        "/app/.venv",
        "/app/LICENSE",
        "/app/README.md",
        "/app/pyproject.toml",
        "/app/uv.lock",
        "/app/10_preprod",
        "/app/10_preprod/.streamlit",
        "/app/10_preprod/.streamlit/config.toml",
        "/app/10_preprod/src",
        "/app/10_preprod/src/mangetamain_analytics",
        "/app/30_docker",
        "/app/30_docker/healthcheck.py",
        "/app/30_docker/start",
        "/app/40_utils",
        "/app/40_utils/mangetamain_data_utils",
    }


def test_says_where_it_comes_from(site_image: str) -> None:
    labels = json.loads(docker("inspect", "--format", "{{json .Config.Labels}}", site_image))

    known = {name.rsplit(".", 1)[-1]: value for name, value in labels.items()}
    assert known["version"] == "1.2.3"
    assert known["revision"] == "test"
    assert known["created"] == "2026-01-02T03:04:05Z"


def test_a_bad_setting_stops_it_with_its_name(site_image: str) -> None:
    done = subprocess.run(
        ["docker", "run", "--rm", "--env=PORT=eighty", "--env=MANGETAMAIN_DB=x", site_image],
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert done.returncode == 2
    assert "PORT" in done.stderr and "eighty" in done.stderr


def test_holds_the_data_package_too(container: int) -> None:
    assert "build" in inside("mangetamain-data", "--help").stdout


def test_stops_within_seconds_when_asked(container: int) -> None:
    """The last one that the container lives for."""
    started = time.monotonic()

    docker("stop", "--time=20", NAME)

    assert time.monotonic() - started < 10


class _Answer(http.server.BaseHTTPRequestHandler):
    status, body = 200, b""

    def do_GET(self) -> None:
        self.send_response(self.status)
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, *arguments: object) -> None:
        """Keep pytest's output readable."""


@pytest.mark.parametrize(
    ("status", "body", "code", "words"),
    [
        (200, b'{"status": "ready"}', 0, ""),
        (200, b'{"status": "unavailable", "reason": "no store"}', 1, "not ready: no store"),
        (503, b'{"status": "unavailable", "reason": "no store"}', 1, "not ready: no store"),
        (200, b"<!doctype html><title>Streamlit</title>", 1, "Expecting value"),
    ],
)
def test_health_is_what_the_body_says_and_not_the_code(
    status: int, body: bytes, code: int, words: str
) -> None:
    handler = type("Answer", (_Answer,), {"status": status, "body": body})
    with http.server.HTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.handle_request).start()
        done = subprocess.run(
            [sys.executable, str(REPOSITORY / "30_docker/healthcheck.py")],
            env=os.environ | {"PORT": str(server.server_port)},
            capture_output=True,
            text=True,
            timeout=20,
        )

    assert done.returncode == code
    assert words in done.stderr


def test_nobody_answering_is_not_healthy() -> None:
    done = subprocess.run(
        [sys.executable, str(REPOSITORY / "30_docker/healthcheck.py")],
        env=os.environ | {"PORT": str(free_port())},
        capture_output=True,
        text=True,
        timeout=20,
    )

    assert done.returncode == 1
    assert "/readyz" in done.stderr
