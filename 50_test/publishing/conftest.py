"""The commands of a publisher, and what they leave in a real store."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from mangetamain_data_utils.cli import main
from mangetamain_data_utils.publishing.signing import make_signing_key


class Commands:
    """`mangetamain-data` with the settings of one publisher, and the bucket that it writes to."""

    def __init__(self, environ: dict[str, str], folder: Path, store: Any) -> None:
        self.environ = environ
        self.folder = folder
        self._store = store

    def __call__(self, *arguments: object, **environ: str) -> Result:
        """Run a command in this process."""
        words = [str(argument) for argument in arguments]
        return CliRunner().invoke(main, words, env=self.environ | environ)

    def start(self, *arguments: object, **environ: str) -> subprocess.Popen[str]:
        """Start a command in a process of its own; what it prints is to be read."""
        return subprocess.Popen(
            [sys.executable, "-m", "mangetamain_data_utils", *map(str, arguments)],
            env=os.environ | self.environ | environ,
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def get(self, key: str) -> bytes:
        """Return an object of the bucket."""
        answer = self._store.client().get_object(Bucket=self._store.bucket, Key=key)
        body: bytes = answer["Body"].read()
        return body

    def put(self, key: str, body: bytes) -> None:
        """Write an object into the bucket."""
        self._store.client().put_object(Bucket=self._store.bucket, Key=key, Body=body)

    def pointer(self) -> Any:
        """Return what current.json says."""
        return json.loads(self.get("current.json"))

    def current_file(self) -> str:
        """Return the hash of what a visitor's site would download now."""
        named = self.pointer()
        found = hashlib.sha256(self.get(named["key"])).hexdigest()
        assert found == named["sha256"]
        return found

    def states(self, **environ: str) -> dict[str, str]:
        """Return the state of each version that `list` shows, by the beginning of its sha256."""
        lines = self("list", **environ).stdout.splitlines()[1:]
        return {line[32:44]: line[:18].strip() for line in lines}

    @staticmethod
    def sha256(path: Path) -> str:
        """Return the hash of a file: what its key in the bucket is made of."""
        return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture(scope="module")
def signing_key(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("keys") / "signing_key.pem"
    make_signing_key(path)
    return path


@pytest.fixture
def run(store, signing_key, tmp_path, monkeypatch) -> Commands:
    """The commands of a publisher who may write to `store` and signs."""
    monkeypatch.chdir(tmp_path)
    environ = store.environ(store.publisher) | {"MANGETAMAIN_SIGNING_KEY": str(signing_key)}
    return Commands(environ, tmp_path, store)
