"""A real Docker engine, the image of this checkout, and environments that a test may break.

Where no engine answers every test that needs one is skipped: `50_test/docker_host.sh start`
makes one. Names, ports and networks are of these tests alone, so that they can run beside real
environments.
"""

import hashlib
import http.client
import json
import os
import re
import socket
import subprocess
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
SCRIPTS = REPOSITORY / "70_scripts"
STAND_IN = "mangetamain-test-base"  # of docker_host.sh
PREFIX = f"mmt{os.getpid()}"
# The same in the next run, which then builds little; another checkout has its own.
TAG = f"test-{hashlib.sha256(str(REPOSITORY).encode()).hexdigest()[:8]}"
# What a deployment of these tests watches each new replica for.
WATCH_SECONDS = 8
HARDENED = ["--read-only", "--tmpfs=/tmp", "--cap-drop=ALL", "--security-opt=no-new-privileges"]


def docker(*arguments: str, seconds: float = 600, **options: object) -> str:
    """Run docker and return what it prints; fail with what it complains about."""
    done = subprocess.run(
        ["docker", *arguments],
        capture_output=True,
        text=True,
        timeout=seconds,
        **options,  # type: ignore[call-overload]
    )
    assert done.returncode == 0, f"docker {' '.join(arguments)}: {done.stderr[-1000:]}"
    return done.stdout.strip()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def ask(port: int, path: str, headers: dict[str, str] | None = None) -> http.client.HTTPResponse:
    """Return the answer of 127.0.0.1, its body read into `text`."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers=headers or {})
    answer = connection.getresponse()
    answer.text = answer.read().decode("utf-8", "replace")  # type: ignore[attr-defined]
    connection.close()
    return answer


def wait_until(condition: Callable[[], object], seconds: float, what: str) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not within {seconds:.0f} s: {what}"
        time.sleep(0.3)


def readyz(port: int) -> dict[str, object]:
    """Return what /readyz says, or nothing while nobody answers."""
    try:
        return json.loads(ask(port, "/readyz").text)  # type: ignore[attr-defined]
    except (OSError, ValueError, http.client.HTTPException):
        return {}


@pytest.fixture(scope="session")
def engine() -> None:
    """Skip without an engine."""
    try:
        done = subprocess.run(["docker", "info"], capture_output=True, text=True, timeout=30)
    except (FileNotFoundError, subprocess.TimeoutExpired) as error:
        pytest.skip(f"no Docker engine: {error}")
    if done.returncode != 0:
        pytest.skip(f"no Docker engine: {done.stderr.strip().splitlines()[-1]}")


@pytest.fixture(scope="session")
def build_options(engine: None) -> list[str]:
    """What `docker build` needs here: the stand-in where no registry can be reached."""
    return ["--network=host", f"--build-arg=BASE={STAND_IN}"] if _has_stand_in() else []


@pytest.fixture(scope="session")
def base_image(engine: None) -> str:
    """The base of the site's image, or its stand-in."""
    if _has_stand_in():
        return STAND_IN
    text = (REPOSITORY / "30_docker/Dockerfile").read_text(encoding="utf-8")
    return re.findall("^ARG BASE=(.*)$", text, re.MULTILINE)[0]


def _has_stand_in() -> bool:
    found = subprocess.run(["docker", "image", "inspect", STAND_IN], capture_output=True)
    return found.returncode == 0


@pytest.fixture(scope="session")
def site_image(build_options: list[str]) -> str:
    """The image of the working tree."""
    tag = f"mangetamain:{TAG}"
    docker(
        *["build", "--quiet", *build_options, "--build-arg=VERSION=1.2.3", "--label=proxy=unused"],
        *["--build-arg=COMMIT=test", "--build-arg=CREATED=2026-01-02T03:04:05Z"],
        *["--file", str(REPOSITORY / "30_docker/Dockerfile"), "--tag", tag, str(REPOSITORY)],
    )
    return tag


@pytest.fixture(scope="session")
def proxy_image(build_options: list[str]) -> str:
    """The proxy of the working tree."""
    tag = f"mangetamain-proxy:{TAG}"
    docker("build", "--quiet", *build_options, "--tag", tag, str(REPOSITORY / "30_docker/proxy"))
    return tag


@pytest.fixture(scope="session")
def make_version(site_image: str, proxy_image: str) -> Iterator[Callable[..., str]]:
    """Make a version out of the image of the working tree and lines of a Dockerfile."""
    made = []

    def make(version: str, *lines: str) -> str:
        tag = f"{PREFIX}-{version}"
        recipe = [
            f"FROM {site_image}",
            f"ENV APP_COMMIT={tag}",
            f"LABEL proxy={proxy_image} org.opencontainers.image.revision={tag}",
            *lines,
        ]
        docker("build", "--quiet", "--tag", f"mangetamain:{tag}", "-", input="\n".join(recipe))
        made.append(f"mangetamain:{tag}")
        return tag

    yield make
    subprocess.run(["docker", "image", "rm", "--force", *made], capture_output=True)


@pytest.fixture(scope="session")
def swarm(engine: None) -> Iterator[None]:
    """An engine in swarm mode, as setup_host leaves it."""
    is_swarm = docker("info", "--format", "{{.Swarm.LocalNodeState}}") == "active"
    if not is_swarm:
        docker("swarm", "init", "--advertise-addr", "127.0.0.1")
    yield
    if not is_swarm:
        docker("swarm", "leave", "--force")


@dataclass
class Place:
    """A host folder with two environments of its own, and the scripts that work on them."""

    root: Path
    settings: Path
    ports: dict[str, int]
    environ: dict[str, str] = field(default_factory=dict)

    def script(
        self, name: str, *arguments: str, seconds: float = 300, **variables: str
    ) -> subprocess.CompletedProcess[str]:
        """Run a script of 70_scripts on this place."""
        return subprocess.run(
            [str(SCRIPTS / name), *arguments],
            env=self.variables() | variables,
            capture_output=True,
            text=True,
            timeout=seconds,
        )

    def variables(self) -> dict[str, str]:
        places = {"DEPLOY_ROOT": str(self.root), "ENVIRONMENTS": str(self.settings)}
        return os.environ | places | {"MIN_FREE_MB": "10"} | self.environ

    def released(self, environment: str = "preprod") -> dict[str, str]:
        """Return the release file."""
        text = (self.folder(environment) / "release.env").read_text(encoding="utf-8")
        return dict(line.split("=", 1) for line in text.splitlines())

    def history(self, environment: str = "preprod") -> list[dict[str, str]]:
        """Return the lines of the history, oldest first."""
        lines = (self.folder(environment) / "history.tsv").read_text(encoding="utf-8").splitlines()
        names, *rows = (line.split("\t") for line in lines)
        return [dict(zip(names, row, strict=True)) for row in rows]

    def folder(self, environment: str) -> Path:
        return self.root / {"preprod": "10_preprod", "prod": "20_prod"}[environment]


@pytest.fixture(scope="session")
def make_place(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Place]:
    """Make a place whose environments differ from the real ones in names, ports and patience."""

    def make() -> Place:
        root, settings = tmp_path_factory.mktemp("root"), tmp_path_factory.mktemp("settings")
        ports = {"preprod": free_port(), "prod": free_port()}
        for index, (name, port) in enumerate(ports.items()):
            text = (REPOSITORY / f"30_docker/{name}.env").read_text(encoding="utf-8")
            own = f"""
                NAME={PREFIX}_{name}
                NETWORK={PREFIX}-{name}
                PORT={port}
                SUBNET=10.23{index}.0.0/24
                PUBLIC_URL=http://127.0.0.1:{port}
                START_PERIOD=${{START_WITHIN:-30s}}
                WATCH={WATCH_SECONDS}s
                HEALTH_INTERVAL=2s
                MEMORY=1G
            """
            (settings / f"{name}.env").write_text(text + textwrap.dedent(own), encoding="utf-8")
        place = Place(root, settings, ports)
        for name in ports:
            logs = place.folder(name) / "logs"
            logs.mkdir(parents=True)
            logs.chmod(0o1777)
        return place

    return make


@pytest.fixture(scope="module")
def place(swarm: None, make_place: Callable[[], Place]) -> Iterator[Place]:
    """A place on the swarm; what was deployed there is gone afterwards."""
    made = make_place()
    yield made
    stacks = [f"{PREFIX}_{name}" for name in made.ports]
    subprocess.run(["docker", "stack", "rm", *stacks], capture_output=True, timeout=60)
    for name, stack in zip(made.ports, stacks, strict=True):
        wait_until(
            lambda stack=stack: not docker("ps", "--quiet", "--filter", f"name={stack}_"), 90, stack
        )
        for _ in range(20):  # the engine lets go of volumes and networks a moment later
            left = subprocess.run(
                ["docker", "volume", "rm", "--force", f"{stack}_data"], capture_output=True
            )
            networks = docker("network", "ls", "--quiet", "--filter", f"name={PREFIX}-{name}")
            if left.returncode == 0 and not networks:
                break
            time.sleep(1)


@dataclass
class Traffic:
    """What visitors who ask all the time got."""

    n_sent: int = 0
    failures: list[str] = field(default_factory=list)
    longest_seconds: float = 0.0

    def note(self, path: str, status: object, seconds: float) -> None:
        self.n_sent += 1
        self.longest_seconds = max(self.longest_seconds, seconds)
        if status != 200:
            self.failures.append(f"{time.strftime('%X')} {path}: {status}")


PATHS = ("/trends", "/healthz", "/assets/site.css", "/readyz")
PAUSE_SECONDS = 0.05


@pytest.fixture
def traffic() -> Callable[[int], object]:
    """Constant requests on a port, by new connections and by one that is kept."""

    @contextmanager
    def running(port: int) -> Iterator[Traffic]:
        seen, is_over = Traffic(), threading.Event()

        def visit(keeps_connection: bool) -> None:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            while not is_over.is_set():
                for path in PATHS:
                    started = time.monotonic()
                    try:
                        connection.request("GET", path)
                        answer = connection.getresponse()
                        answer.read()
                        status: object = answer.status
                    except (OSError, http.client.HTTPException) as error:
                        status = repr(error)
                        connection.close()
                    seen.note(path, status, time.monotonic() - started)
                    if not keeps_connection:
                        connection.close()
                    time.sleep(PAUSE_SECONDS)
            connection.close()

        threads = [threading.Thread(target=visit, args=(keeps,)) for keeps in (True, False)]
        for thread in threads:
            thread.start()
        try:
            yield seen
        finally:
            is_over.set()
            for thread in threads:
                thread.join()

    return running
