"""Real S3 servers to test against: rclone's, and Garage itself where it is installed.

A test that takes `store` runs once per server, in an empty bucket, and may stop the server.
"""

import configparser
import contextlib
import os
import shutil
import socket
import subprocess
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import boto3
import duckdb
import pytest
from botocore.config import Config
from filelock import FileLock
from xdist.scheduler import LoadScopeScheduling

from mangetamain_data_utils.build import BuildOptions, build
from mangetamain_data_utils.content_hash import file_content_sha256
from mangetamain_data_utils.demo import write_demo

REPOSITORY = Path(__file__).parents[1]
REGION = "garage-fast"
START_SECONDS = 30
COMPILE_SECONDS = 1800

# Chromium drops its requests (ERR_NETWORK_CHANGED) when Docker makes or removes a network.
ONE_AFTER_THE_OTHER = (
    "10_preprod/tests/e2e/",
    "50_test/docker/",
    "50_test/test_garage_container.py",
)


class FilesSideBySide(LoadScopeScheduling):
    """How `make test` shares the tests among its processes: by file, one process for some."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::")[0]
        return "the machine's own" if file.startswith(ONE_AFTER_THE_OTHER) else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> FilesSideBySide:
    return FilesSideBySide(config, log)


@dataclass(frozen=True)
class Credentials:
    """One access key; its secret stays out of pytest's reports."""

    access_key_id: str
    secret_access_key: str = field(repr=False)


class ObjectStore(ABC):
    """An S3 server on this machine, with one bucket; its address survives `stop` and `start`."""

    name: str
    site_can_only_read: bool  # whether the server refuses the site's key when it writes
    publisher: Credentials
    site: Credentials

    def __init__(self, folder: Path, host: str = "127.0.0.1") -> None:
        self.folder, self.host = folder, host
        self.region = REGION
        self.bucket = "mangetamain"
        self.port, *self.other_ports = free_ports(4)
        self.endpoint = f"http://{host}:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    @abstractmethod
    def command(self) -> list[str | Path]:
        """Return the command that serves on `port` until it is ended."""

    def start(self) -> None:
        """Serve, when not serving yet; return when the port is open."""
        if self._process is not None:
            return
        with (self.folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                self.command(), cwd=self.folder, stdout=log, stderr=log, env=self.server_environ()
            )
        deadline = time.monotonic() + START_SECONDS
        while not _is_open(self.host, self.port):
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                pytest.fail(f"{self.name} does not start: {self.log()}")
            time.sleep(0.02)

    def stop(self) -> None:
        """End the server as an outage would: at once."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def log(self) -> str:
        return (self.folder / "server.log").read_text(encoding="utf-8", errors="replace")

    def server_environ(self) -> dict[str, str]:
        return dict(os.environ)

    def environ(self, credentials: Credentials | None = None) -> dict[str, str]:
        """Return the settings that lead to this bucket, with the site's key unless told."""
        key = credentials or self.site
        return {
            "AWS_ENDPOINT_URL_S3": self.endpoint,
            "AWS_REGION": self.region,
            "AWS_ACCESS_KEY_ID": key.access_key_id,
            "AWS_SECRET_ACCESS_KEY": key.secret_access_key,
            "MANGETAMAIN_BUCKET": self.bucket,
        }

    def client(self, credentials: Credentials | None = None) -> Any:
        """Return a boto3 client, with the publisher's key unless told."""
        key = credentials or self.publisher
        return boto3.client(
            "s3",
            endpoint_url=self.endpoint,
            region_name=self.region,
            aws_access_key_id=key.access_key_id,
            aws_secret_access_key=key.secret_access_key,
            config=Config(s3={"addressing_style": "path"}, retries={"total_max_attempts": 2}),
        )

    def keys(self) -> list[str]:
        """Return the keys of all objects, sorted."""
        pages = self.client().get_paginator("list_objects_v2").paginate(Bucket=self.bucket)
        return sorted(item["Key"] for page in pages for item in page.get("Contents", []))

    def empty(self) -> None:
        """Delete every object."""
        client = self.client()
        for key in self.keys():
            client.delete_object(Bucket=self.bucket, Key=key)


class Rclone(ObjectStore):
    """`rclone serve s3` on a folder: it knows keys, but no permissions and no regions."""

    name = "rclone"
    site_can_only_read = False
    publisher = Credentials("GKpublisher0000000000000", "f" * 64)
    site = Credentials("GKsite000000000000000000", "e" * 64)

    def __init__(self, folder: Path, host: str = "127.0.0.1") -> None:
        super().__init__(folder, host)
        (folder / "root" / self.bucket).mkdir(parents=True)

    def command(self) -> list[str | Path]:
        keys = (f"{key.access_key_id},{key.secret_access_key}" for key in self._keys())
        address = f"{self.host}:{self.port}"
        options = ["--config", "", "--addr", address, *(f"--auth-key={key}" for key in keys)]
        return [_tool("rclone"), "serve", "s3", *options, self.folder / "root"]

    def _keys(self) -> tuple[Credentials, ...]:
        return self.publisher, self.site


class Garage(ObjectStore):
    """One Garage node with the configuration of production, made ready by our own script."""

    name = "garage"
    site_can_only_read = True

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.config = folder / "garage.toml"
        self.config.write_text(self._configuration(), encoding="utf-8")
        secret = folder / "garage_rpc_secret"
        secret.touch(mode=0o600)
        secret.write_text(os.urandom(32).hex(), encoding="utf-8")
        self.credentials_file = folder / "credentials"

    def _configuration(self) -> str:
        """Return production's file, with other ports and folders."""
        text = (REPOSITORY / "30_docker" / "garage.toml").read_text(encoding="utf-8")
        text = text.replace("/s3fast", str(self.folder)).replace("0.0.0.0:", "127.0.0.1:")
        for port, free_port in zip(("3911", "3912", "3913"), self.other_ports):
            text = text.replace(f":{port}", f":{free_port}")
        return text.replace(":3910", f":{self.port}")

    def command(self) -> list[str | Path]:
        return [_tool("garage"), "server"]

    def server_environ(self) -> dict[str, str]:
        return os.environ | {
            "GARAGE_CONFIG_FILE": str(self.config),
            "GARAGE_RPC_SECRET_FILE": str(self.folder / "garage_rpc_secret"),
            "RUST_LOG": "garage=warn",
        }

    def bootstrap(self, *options: str | Path) -> subprocess.CompletedProcess[str]:
        """Run `70_scripts/bootstrap_garage` on this server."""
        script = REPOSITORY / "70_scripts" / "bootstrap_garage"
        own = ("--garage", _tool("garage"), "--endpoint", self.endpoint, "--capacity", "1GB")
        return subprocess.run(
            [script, *own, "--credentials", self.credentials_file, *options],
            env=self.server_environ(),
            capture_output=True,
            text=True,
        )

    def run(self, *arguments: str) -> None:
        """Run Garage's own command on this server."""
        command = [_tool("garage"), *arguments]
        subprocess.run(command, env=self.server_environ(), capture_output=True, check=True)

    def start(self) -> None:
        super().start()
        if not self.credentials_file.exists():
            done = self.bootstrap()
            if done.returncode != 0:
                self.stop()
                pytest.fail(f"bootstrap_garage: {done.stderr}")
            profiles = configparser.ConfigParser()
            profiles.read(self.credentials_file)
            self.site = _key_of(profiles["s3fast"])
            self.publisher = _key_of(profiles["s3fast-publisher"])


def _key_of(profile: configparser.SectionProxy) -> Credentials:
    return Credentials(profile["aws_access_key_id"], profile["aws_secret_access_key"])


def free_ports(count: int) -> list[int]:
    """Return different ports of 127.0.0.1 that nobody listens on."""
    with contextlib.ExitStack() as held:
        listeners = [held.enter_context(socket.socket()) for _ in range(count)]
        for listener in listeners:
            listener.bind(("127.0.0.1", 0))
        return [int(listener.getsockname()[1]) for listener in listeners]


def _is_open(host: str, port: int) -> bool:
    with socket.socket() as caller:
        return caller.connect_ex((host, port)) == 0


def _tool(name: str) -> str:
    """Return the path of a server's program, or skip the test that needs it."""
    if name == "garage":
        _wait_for_make_garage()
    folders = [REPOSITORY / ".garage" / "bin", REPOSITORY / ".venv" / "bin", os.environ["PATH"]]
    found = shutil.which(name, path=os.pathsep.join(map(str, folders)))
    if found is None:
        how = {"garage": "`make garage` builds it", "rclone": "`make setup` installs it"}[name]
        pytest.skip(f"{name} is not on this machine; {how}")
    return found


def _wait_for_make_garage() -> None:
    """Return when `make garage` has ended, if it is under way: it holds the lock until then."""
    lock = REPOSITORY / ".garage" / "lock"
    if lock.exists():
        with FileLock(lock, timeout=COMPILE_SECONDS):
            pass


SERVERS: dict[str, type[ObjectStore]] = {"rclone": Rclone, "garage": Garage}


@pytest.fixture(scope="session")
def started_stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, ObjectStore]]:
    """The servers that some test has asked for, by name; ended with the session."""
    stores: dict[str, ObjectStore] = {}
    yield stores
    for store in stores.values():
        store.stop()


@pytest.fixture(params=SERVERS)
def store(
    request: pytest.FixtureRequest,
    started_stores: dict[str, ObjectStore],
    tmp_path_factory: pytest.TempPathFactory,
) -> ObjectStore:
    """A running server with an empty bucket; the test runs once for each kind of server."""
    return _ready(request.param, started_stores, tmp_path_factory)


@pytest.fixture
def rclone(
    started_stores: dict[str, ObjectStore], tmp_path_factory: pytest.TempPathFactory
) -> ObjectStore:
    """`rclone serve s3` alone, for a test whose result does not depend on the server."""
    return _ready("rclone", started_stores, tmp_path_factory)


@pytest.fixture
def garage(
    started_stores: dict[str, ObjectStore], tmp_path_factory: pytest.TempPathFactory
) -> ObjectStore:
    """Garage alone, for what only it can refuse: keys that only read, wrong regions."""
    return _ready("garage", started_stores, tmp_path_factory)


def _ready(
    name: str, stores: dict[str, ObjectStore], tmp_path_factory: pytest.TempPathFactory
) -> ObjectStore:
    _tool(name)
    if name not in stores:
        stores[name] = SERVERS[name](tmp_path_factory.mktemp(name))
    stores[name].start()
    stores[name].empty()
    return stores[name]


@pytest.fixture(scope="session")
def rclone_at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], ObjectStore]]:
    """Start `rclone serve s3` on an address of this machine that containers reach."""
    stores: list[ObjectStore] = []

    def start(host: str) -> ObjectStore:
        stores.append(Rclone(tmp_path_factory.mktemp("rclone"), host))
        stores[-1].start()
        return stores[-1]

    yield start
    for store in stores:
        store.stop()


class Proxy:
    """A hop before a store that sees each request, and may hold, cut or alter it.

    `before(method, path)` is called before a request goes on to the store: an OSError from it cuts
    the connection, and the store never hears of the request; other errors fail the test.
    `alter(method, path, body)` returns the body that the client gets.
    """

    def __init__(self, target: ObjectStore) -> None:
        self.before: Callable[[str, str], object] = lambda method, path: None
        self.alter: Callable[[str, str, bytes], bytes] = lambda method, path, body: body
        self.requests: list[tuple[str, str]] = []
        self.failures: list[Exception] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler(target.port))
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()
        self.endpoint = f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
        if self.failures:
            raise ExceptionGroup("in the hooks of the proxy", self.failures)

    def _handler(proxy, target_port: int) -> type[BaseHTTPRequestHandler]:  # noqa: N805
        class Hop(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def pass_on(self) -> None:
                sent = self.rfile.read(int(self.headers.get("content-length", 0)))
                proxy.requests.append((self.command, self.path))
                try:
                    proxy.before(self.command, self.path)
                    self._answer(sent)
                except (OSError, HTTPException):
                    self.close_connection = True
                except Exception as error:
                    proxy.failures.append(error)
                    self.close_connection = True

            do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = pass_on

            def _answer(self, sent: bytes) -> None:
                store = HTTPConnection("127.0.0.1", target_port, timeout=30)
                store.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
                for name, value in self.headers.items():
                    if name.lower() != "expect":
                        store.putheader(name, value)
                store.endheaders(sent)
                with contextlib.closing(store), store.getresponse() as answer:
                    body = proxy.alter(self.command, self.path, answer.read())
                    self.send_response_only(answer.status)
                    for name, value in answer.getheaders():
                        if name.lower() not in ("content-length", "transfer-encoding"):
                            self.send_header(name, value)
                    self.send_header("content-length", str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)

            def log_message(self, *arguments: object) -> None:
                """Say nothing."""

        return Hop


@pytest.fixture
def proxy(store: ObjectStore) -> Iterator[Proxy]:
    """A hop before `store`."""
    hop = Proxy(store)
    yield hop
    hop.close()


@pytest.fixture(scope="session")
def built_files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    """Four small files of demo data as `build` writes them; the last two hold the same rows."""
    folder = tmp_path_factory.mktemp("built")
    first, *others = (folder / f"{name}.duckdb" for name in ("first", "second", "third", "twin"))
    write_demo(folder / "demo", scale=0.002, progress=False)
    build(folder / "demo", first, BuildOptions(quiet=True))
    for n_hours, (file, n_more) in enumerate(zip(others, (1, 2, 2)), start=1):
        shutil.copy(first, file)
        with duckdb.connect(str(file)) as con:
            more = (
                "update build_info set n_unrated = n_unrated + ?, built_at = built_at + to_hours(?)"
            )
            con.execute(more, [n_more, n_hours])
            version = "update build_info set content_sha256 = $1, data_version = $1[:12]"
            con.execute(version, [file_content_sha256(con)])
    return first, *others
