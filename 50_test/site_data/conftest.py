"""What lies in the bucket, put there without the publisher, and the site as a process beside it."""

import base64
import hashlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import httpx2
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from mangetamain_analytics.utils.settings import SETTINGS

READY_SECONDS = 60


class Publication:
    """What lies in the bucket, put there by hand so that anything in it may be wrong."""

    def __init__(self, store: Any) -> None:
        self._store = store

    def put(self, key: str, body: bytes) -> None:
        self._store.client().put_object(Bucket=self._store.bucket, Key=key, Body=body)

    def publish(self, file: Path, signer: Ed25519PrivateKey | None = None, **changes: Any) -> str:
        """Upload the file and point to it; return its data version."""
        fields = self.fields(file)
        self.put(fields["key"], file.read_bytes())
        self.point(fields | changes, signer)
        return str(fields["data_version"])

    def record(self, file: Path, signer: Ed25519PrivateKey | None = None, **changes: Any) -> str:
        """Upload the file and its record, as is done before pointing to it; return its sha256."""
        fields = self.fields(file)
        self.put(fields["key"], file.read_bytes())
        self.sign(f"data/{fields['sha256']}.json", fields | changes, signer)
        return str(fields["sha256"])

    def point(self, fields: dict[str, Any], signer: Ed25519PrivateKey | None = None) -> None:
        self.sign("current.json", fields, signer)

    def sign(self, key: str, fields: dict[str, Any], signer: Ed25519PrivateKey | None) -> None:
        text = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        signature = base64.b64encode(signer.sign(text.encode())).decode() if signer else None
        self.put(key, json.dumps(fields | {"signature": signature}).encode())

    @staticmethod
    def fields(file: Path) -> dict[str, Any]:
        """Return what a pointer to the file says, unsigned."""
        content = file.read_bytes()
        sha256 = hashlib.sha256(content).hexdigest()
        with duckdb.connect(str(file), read_only=True) as connection:
            [(version, built_at)] = connection.sql(
                "select data_version, built_at from build_info"
            ).fetchall()
        return {
            "format": 1,
            "key": f"data/{sha256}.duckdb",
            "sha256": sha256,
            "size": len(content),
            "data_version": version,
            "built_at": built_at.replace(tzinfo=UTC).isoformat(),
            "schema_version": 1,
            "published_at": datetime.now(UTC).isoformat(),
            "previous": None,
        }


@pytest.fixture
def publication(store: Any) -> Publication:
    """What lies in the bucket of `store`."""
    return Publication(store)


@dataclass
class Visitor:
    """One open session."""

    session: ClientConnection

    def read(self, query: str = "lang=en") -> str:
        """Run the page and return everything that is sent for it."""
        self.session.send(BackMsg(rerun_script={"query_string": query}).SerializeToString())
        received = b""
        while True:
            frame = self.session.recv(timeout=60)
            assert isinstance(frame, bytes)
            received += frame
            if ForwardMsg.FromString(frame).WhichOneof("type") == "script_finished":
                return received.decode("utf-8", "replace")


@dataclass
class Site:
    """The site in a process of its own, in a folder of its own."""

    port: int
    process: subprocess.Popen[bytes]
    folder: Path

    def get(self, path: str) -> httpx2.Response:
        return httpx2.get(f"http://127.0.0.1:{self.port}{path}", timeout=30)

    def ready(self) -> dict[str, Any]:
        answer: dict[str, Any] = self.get("/readyz").json()
        return answer

    @contextmanager
    def visit(self) -> Iterator[Visitor]:
        """Open a session for as long as it is used."""
        address = f"ws://127.0.0.1:{self.port}/_stcore/stream"
        with connect(address, max_size=None, proxy=None) as session:
            yield Visitor(session)

    def page(self, language: str = "en") -> str:
        """Return everything that a visitor of the home page is sent."""
        with self.visit() as visitor:
            return visitor.read(f"lang={language}")

    def written(self) -> str:
        """Return everything that the site has written: console and logs."""
        files = [self.folder / "output.txt", *(self.folder / "logs").iterdir()]
        return "\n".join(
            path.read_text(encoding="utf-8") for path in files if path.suffix != ".zip"
        )

    def open_copies(self) -> list[str]:
        """Return the data files that the process holds open, replaced ones too."""
        folder = Path(f"/proc/{self.process.pid}/fd")
        links = [os.readlink(path) for path in folder.iterdir() if path.is_symlink()]
        return [link for link in links if ".duckdb" in link]

    def resident_megabytes(self) -> float:
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        (kilobytes,) = re.findall(r"VmRSS:\s+(\d+) kB", status)
        return int(kilobytes) / 1024


@pytest.fixture
def start_site(tmp_path: Path) -> Iterator[Callable[..., Site]]:
    """Start the site with these settings and no others; return it once it answers."""
    sites: list[Site] = []

    def start(**environ: str) -> Site:
        folder, port = tmp_path / f"site-{len(sites)}", _free_port()
        folder.mkdir(exist_ok=True)
        ours = {setting.name for setting in SETTINGS}
        clean = {name: value for name, value in os.environ.items() if name not in ours}
        settings = {
            "APP_ENV": "prod",
            "LOG_DIR": str(folder / "logs"),
            "PORT": str(port),
            "MANGETAMAIN_REFRESH_SECONDS": "1",
        }
        with (folder / "output.txt").open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "mangetamain_analytics.asgi"],
                env=clean | settings | environ,
                cwd=folder,
                stdout=output,
                stderr=output,
            )
        sites.append(Site(port, process, folder))
        _wait_for_answer(sites[-1])
        return sites[-1]

    yield start
    for site in sites:
        site.process.send_signal(signal.SIGTERM)
    for site in sites:
        site.process.wait(30)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait_for_answer(site: Site) -> None:
    """Wait until the data are open: before, calls are taken and not answered."""
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and site.process.poll() is None:
        try:
            site.get("/healthz")
        except httpx2.TransportError:
            time.sleep(0.05)
        else:
            return
    pytest.fail(f"the site does not answer:\n{site.written()}")
