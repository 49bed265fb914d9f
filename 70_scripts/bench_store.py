"""How fast the site gets its data from the store that the settings name.

    .venv/bin/python 70_scripts/bench_store.py

Each figure is the best of three: pointer, download in parts, one single stream, a copy on the same
disk, verification, opening, first query; then a second start with the copy that is there. The
published file must be there already (``mangetamain-data publish``).
"""

import hashlib
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import boto3
from botocore.config import Config
from loguru import logger

from mangetamain_analytics.data.keeper import SnapshotKeeper
from mangetamain_analytics.data.loaders import DataLoader
from mangetamain_analytics.data.local_copies import LocalCopies
from mangetamain_analytics.data.pointer import POINTER_NAME, read_pointer
from mangetamain_analytics.data.published_file import PublishedFile
from mangetamain_analytics.data.snapshot import open_snapshot
from mangetamain_analytics.data.store import Store
from mangetamain_analytics.utils.settings import Settings
from mangetamain_analytics.utils.store_access import StoreAccess, store_access

N_TRIES = 3
Result = TypeVar("Result")


def best_of(name: str, work: Callable[[], Result], n_bytes: int = 0) -> Result:
    """Print the shortest of three times, with the throughput; return the last result."""
    seconds = []
    for _ in range(N_TRIES):
        started = time.perf_counter()
        result = work()
        seconds.append(time.perf_counter() - started)
    rate = f"{n_bytes / 1e6 / min(seconds):8.0f} MB/s" if n_bytes else ""
    print(f"{name:<24}{1000 * min(seconds):8.1f} ms{rate}")
    return result


def single_stream(access: StoreAccess, key: str, path: Path) -> None:
    """Download as ``curl`` would: one request, one connection."""
    client = boto3.client(
        "s3",
        endpoint_url=access.endpoint,
        region_name=access.region,
        aws_access_key_id=access.access_key_id,
        aws_secret_access_key=access.secret_access_key,
        config=Config(
            s3={"addressing_style": "path"}, response_checksum_validation="when_required"
        ),
    )
    with path.open("wb") as file:
        body = client.get_object(Bucket=access.bucket, Key=key)["Body"]
        shutil.copyfileobj(body, file, 2**20)


def main() -> int:
    """Measure against the store that the settings name."""
    logger.remove()
    settings = Settings.from_environ()
    access = store_access(settings)
    if access is None:
        print("bench_store: no store is configured; see AWS_ENDPOINT_URL_S3", file=sys.stderr)
        return 2
    store = Store(access)
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as folder:
        measure(store, access, settings, Path(folder))
    return 0


def measure(store: Store, access: StoreAccess, settings: Settings, folder: Path) -> None:
    """Print each step of a start, then a second start."""
    answer = best_of("pointer", lambda: store.read(POINTER_NAME))
    assert answer is not None
    pointer = read_pointer(answer.body, settings.public_key)
    whole, other = folder / "parts.duckdb", folder / "other.duckdb"

    def in_parts() -> None:
        with whole.open("wb") as file:
            store.download(pointer.key, pointer.size, file)

    print(f"{pointer.size / 1e6:.1f} MB, version {pointer.data_version}, {access.address}")
    best_of("download in parts", in_parts, pointer.size)
    best_of("single stream", lambda: single_stream(access, pointer.key, other), pointer.size)
    best_of("cp on this disk", lambda: shutil.copyfile(whole, other), pointer.size)
    best_of("sha256", lambda: hashlib.sha256(whole.read_bytes()).hexdigest(), pointer.size)
    snapshot = best_of("open", lambda: open_snapshot(whole))
    best_of("first query", lambda: DataLoader(snapshot).query("trends_volume"))

    def start() -> SnapshotKeeper:
        copies = LocalCopies(folder / "cache")
        keeper = SnapshotKeeper(PublishedFile(store, copies, settings.public_key))
        keeper.current()
        return keeper

    def start_with_nothing() -> SnapshotKeeper:
        shutil.rmtree(folder / "cache", ignore_errors=True)
        return start()

    best_of("data ready, nothing here", start_with_nothing)
    best_of("data ready, copy here", start)


if __name__ == "__main__":
    sys.exit(main())
