"""What `mangetamain-data publish` leaves in a real store, step by step and whatever happens."""

import base64
import fcntl
import hashlib
import json
import os
import pty
import re
import shutil
import signal
import struct
import subprocess
import sys
import termios
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner, Result
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from mangetamain_analytics.data.pointer import read_pointer
from mangetamain_data_utils.cli import main
from mangetamain_data_utils.publishing import claims, publisher
from mangetamain_data_utils.publishing import store as store_module
from mangetamain_data_utils.publishing.signing import (
    make_signing_key,
    public_key_text,
    read_signing_key,
)

# What the site and the data package agree on (40_utils/README.md).
POINTER_FIELDS = {
    "format",
    "key",
    "sha256",
    "size",
    "data_version",
    "built_at",
    "schema_version",
    "published_at",
    "previous",
    "signature",
}


class Commands:
    """`mangetamain-data` with the settings of one publisher."""

    def __init__(self, environ: dict[str, str], folder: Path) -> None:
        self.environ = environ
        self.folder = folder

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
    return Commands(environ, tmp_path)


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def get(store, key: str) -> bytes:
    return store.client().get_object(Bucket=store.bucket, Key=key)["Body"].read()


def put(store, key: str, body: bytes) -> None:
    store.client().put_object(Bucket=store.bucket, Key=key, Body=body)


def pointer(store) -> dict:
    return json.loads(get(store, "current.json"))


def current_file(store) -> str:
    """Return the hash of what a visitor's site would download now."""
    named = pointer(store)
    found = hashlib.sha256(get(store, named["key"])).hexdigest()
    assert found == named["sha256"]
    return found


def states(listing: Result) -> dict[str, str]:
    """Return the state of each version that `list` shows, by the beginning of its sha256."""
    lines = listing.stdout.splitlines()[1:]
    return {line[32:44]: line[:18].strip() for line in lines}


def test_publish_uploads_the_file_and_points_to_it(store, run, built_files) -> None:
    first = built_files[0]
    result = run("publish", first)
    assert result.exit_code == 0, result.output
    with duckdb.connect(str(first), read_only=True) as con:
        [(data_version, built_at)] = con.sql(
            "select data_version, built_at from build_info"
        ).fetchall()
    fields = pointer(store)
    assert fields.keys() == POINTER_FIELDS
    published_at = datetime.fromisoformat(fields["published_at"])
    assert published_at.utcoffset() == timedelta(0)
    assert {**fields, "signature": "", "published_at": ""} == {
        "format": 1,
        "key": f"data/{sha256(first)}.duckdb",
        "sha256": sha256(first),
        "size": first.stat().st_size,
        "data_version": data_version,
        "built_at": built_at.isoformat(timespec="seconds") + "+00:00",
        "schema_version": 1,
        "published_at": "",
        "previous": None,
        "signature": "",
    }
    assert get(store, fields["key"]) == first.read_bytes()
    assert store.keys() == [
        "current.json",
        f"data/{sha256(first)}.duckdb",
        f"data/{sha256(first)}.json",
    ]
    assert f"version {data_version} ({sha256(first)[:12]})" in result.stdout


def test_the_pointer_is_signed_over_its_canonical_json(store, run, built_files, signing_key):
    """Written out here, as the site has to do it, without our own code."""
    run("publish", built_files[0])
    fields = pointer(store)
    signature = base64.b64decode(fields.pop("signature"))
    canonical = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    public = base64.b64decode(public_key_text(read_signing_key(signing_key).public_key()))
    key = Ed25519PublicKey.from_public_bytes(public)
    key.verify(signature, canonical.encode())
    with pytest.raises(InvalidSignature):
        key.verify(signature, canonical.replace('"size":', '"size":1').encode())


def test_the_site_believes_what_is_published(store, run, built_files, signing_key) -> None:
    run("publish", built_files[0])
    public = public_key_text(read_signing_key(signing_key).public_key())
    believed = read_pointer(get(store, "current.json"), base64.b64decode(public))
    assert (believed.sha256, believed.size) == (
        sha256(built_files[0]),
        built_files[0].stat().st_size,
    )
    assert believed.key == pointer(store)["key"]


def test_an_unsigned_pointer_says_so_with_null(store, run, built_files) -> None:
    result = run("publish", built_files[0], "--unsigned", MANGETAMAIN_SIGNING_KEY="/nowhere")
    assert result.exit_code == 0, result.output
    assert pointer(store)["signature"] is None


def test_a_second_version_names_the_one_before(store, run, built_files) -> None:
    first, second, *_ = built_files
    run("publish", first)
    assert run("publish", second).exit_code == 0
    assert pointer(store)["previous"] == f"data/{sha256(first)}.duckdb"
    assert current_file(store) == sha256(second)


def test_publishing_what_is_current_changes_nothing(store, run, built_files) -> None:
    run("publish", built_files[0])
    before = get(store, "current.json")
    result = run("publish", built_files[0])
    assert result.exit_code == 0
    assert "was current already, nothing changed" in result.stdout
    assert get(store, "current.json") == before


def test_a_dry_run_writes_nothing(store, run, built_files) -> None:
    result = run("publish", built_files[0], "--dry-run")
    assert result.exit_code == 0
    assert f"({sha256(built_files[0])[:12]})" in result.stdout
    assert "would be current; nothing was written" in result.stdout
    assert store.keys() == []


def test_a_large_file_goes_in_parts(store, proxy, run, built_files, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(store_module, "PART_BYTES", 5_242_880)  # boto3 sends no smaller ones
    large = tmp_path / "large.duckdb"
    shutil.copy(built_files[0], large)
    os.truncate(large, 12_000_000)  # DuckDB does not read beyond its last block
    assert run("publish", large, AWS_ENDPOINT_URL_S3=proxy.endpoint).exit_code == 0
    parts = {path for method, path in proxy.requests if method == "PUT" and "partNumber" in path}
    assert len(parts) == 3
    assert current_file(store) == sha256(large)


def test_a_terminal_shows_how_far_it_is(store, run, built_files) -> None:
    terminal, its_end = pty.openpty()
    fcntl.ioctl(its_end, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 100, 0, 0))
    command = [sys.executable, "-m", "mangetamain_data_utils", "publish", built_files[0]]
    result = subprocess.run(
        command, env=os.environ | run.environ, stdout=subprocess.PIPE, stderr=its_end
    )
    os.write(its_end, b"end")
    shown = os.read(terminal, 100_000).decode()
    os.close(its_end)
    os.close(terminal)
    assert result.returncode == 0, shown
    for step in ("hash", "upload", "verify"):
        assert f"{step}: 100%" in shown


def test_a_file_that_breaks_a_rule_is_not_published(store, run, built_files, tmp_path) -> None:
    broken = tmp_path / "broken.duckdb"
    shutil.copy(built_files[0], broken)
    with duckdb.connect(str(broken)) as con:
        con.execute("update interactions set rating = 6")
    result = run("publish", broken)
    assert result.exit_code == 1
    assert "ratings_are_within_1_and_5" in result.stderr
    assert store.keys() == []


def test_rows_that_are_only_in_the_write_ahead_log_are_not_forgotten(
    store, run, built_files, tmp_path
) -> None:
    file = tmp_path / "site.duckdb"
    shutil.copy(built_files[0], file)
    edit = (
        "import duckdb, os, sys; con = duckdb.connect(sys.argv[1]); "
        "con.execute(\"set wal_autocheckpoint = '1GB'\"); "
        "con.execute('update build_info set built_at = built_at + interval 1 hour'); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", edit, file], check=True)
    result = run("publish", file)
    assert result.exit_code == 1
    assert f"{file}: some of it is still in {file}.wal" in result.stderr
    assert store.keys() == []


@pytest.mark.parametrize("damage", ["flipped", "truncated"])
def test_a_damaged_file_in_the_store_is_replaced(store, run, built_files, damage) -> None:
    raw = bytearray(built_files[0].read_bytes())
    raw[len(raw) // 2] ^= 1
    put(
        store,
        f"data/{sha256(built_files[0])}.duckdb",
        bytes(raw[: -1 if damage[0] == "t" else None]),
    )
    result = run("publish", built_files[0])
    assert result.exit_code == 0, result.output
    assert ("is damaged in the store, uploading it again" in result.stderr) == (damage[0] == "f")
    assert current_file(store) == sha256(built_files[0])


def test_what_the_store_gives_back_is_compared(store, proxy, run, built_files) -> None:
    first, second, *_ = built_files
    run("publish", first)

    def flip(method: str, path: str, body: bytes) -> bytes:
        return body[:-1] + b"!" if method == "GET" and path.endswith(".duckdb") else body

    proxy.alter = flip
    result = run("publish", second, AWS_ENDPOINT_URL_S3=proxy.endpoint)
    assert result.exit_code == 1
    assert f"data/{sha256(second)}.duckdb: bucket mangetamain at" in result.stderr
    assert "gives back other bytes, of sha256" in result.stderr
    assert current_file(store) == sha256(first)


@pytest.mark.parametrize("broken", [b"", b"not JSON", b"[]", b'{"format": 2}'])
def test_a_broken_pointer_is_told_and_replaced(store, run, built_files, broken) -> None:
    put(store, "current.json", broken)
    result = run("publish", built_files[0])
    assert result.exit_code == 0, result.output
    assert "the current version is not known: current.json: " in result.stderr
    assert pointer(store)["previous"] is None
    assert current_file(store) == sha256(built_files[0])


def test_killed_before_any_request_the_next_publish_succeeds(
    store, proxy, run, built_files, monkeypatch
) -> None:
    """SIGKILL before the first request, before the second, and so on until none is left."""
    first, second, *_ = built_files
    monkeypatch.setattr(claims, "LIFETIME", timedelta(0))  # the killed one's claim has expired
    steps = 0
    survived = False
    while not survived:
        store.empty()
        run("publish", first)
        proxy.requests.clear()
        survived = not _killed_before_request(steps, proxy, run, second)
        _visitors_and_commands_are_well(store, run, first, second)
        steps += 1
    assert steps == len(proxy.requests) + 1
    methods = [f"{method} {path.split('?')[0]}" for method, path in proxy.requests]
    assert f"PUT /mangetamain/data/{sha256(second)}.duckdb" in methods
    assert "PUT /mangetamain/current.json" in methods


def _killed_before_request(number: int, proxy, run: Commands, file: Path) -> bool:
    """Publish; kill the publisher when it sends the request of this number. Tell if it came."""
    started = threading.Event()

    def kill(method: str, path: str) -> None:
        if len(proxy.requests) > number:
            started.wait()
            process.kill()
            raise ConnectionAbortedError

    proxy.before = kill
    process = run.start("publish", file, "--quiet", AWS_ENDPOINT_URL_S3=proxy.endpoint)
    started.set()
    _, errors = process.communicate(timeout=60)
    assert process.returncode in (0, -signal.SIGKILL), errors
    return process.returncode != 0


def _visitors_and_commands_are_well(store, run: Commands, first: Path, second: Path) -> None:
    assert current_file(store) in (sha256(first), sha256(second))
    for command in (["list"], ["prune", "--keep", "1"], ["publish", second]):
        result = run(*command)
        assert result.exit_code == 0, result.output
    assert current_file(store) == sha256(second)
    assert pointer(store)["previous"] == f"data/{sha256(first)}.duckdb"
    expected = {sha256(first)[:12]: "previous", sha256(second)[:12]: "current"}
    assert states(run("list")) == expected
    objects = [
        f"data/{sha256(file)}{end}" for file in (first, second) for end in (".duckdb", ".json")
    ]
    assert store.keys() == sorted(["current.json", *objects])


def test_of_publishers_at_once_one_wins_and_the_others_are_told(
    store, proxy, run, built_files, monkeypatch
) -> None:
    monkeypatch.setattr(claims, "_PAUSE_SECONDS", (0.01, 0.1))
    files = built_files[:3]
    for _ in range(2):
        store.empty()
        all_have_looked = threading.Barrier(len(files), timeout=60)

        def wait(method: str, path: str) -> None:
            if method == "PUT" and path.endswith(".duckdb"):
                all_have_looked.wait()

        proxy.before = wait
        environ = run.environ | {"AWS_ENDPOINT_URL_S3": proxy.endpoint}
        processes = [run.start("publish", file, "--quiet", **environ) for file in files]
        with ThreadPoolExecutor() as pool:
            outputs = list(pool.map(lambda process: process.communicate(timeout=120), processes))
        winners = [file for file, p in zip(files, processes) if p.returncode == 0]
        assert len(winners) == 1, outputs
        assert current_file(store) == sha256(winners[0])
        told = [errors for (_, errors), p in zip(outputs, processes) if p.returncode == 1]
        assert len(told) == len(files) - 1
        for errors in told:
            assert "another publisher was faster, version " in errors
            assert f"({sha256(winners[0])[:12]})" in errors


def test_who_claims_at_the_same_moment_is_seen_and_waited_for(
    store, proxy, run, built_files, monkeypatch
) -> None:
    monkeypatch.setattr(claims, "_PAUSE_SECONDS", (0.01, 0.02))
    rival = "claims/rival.json"
    steps = []

    def raise_a_rival_flag(method: str, path: str) -> None:
        if method == "PUT" and "/claims/" in path and not steps:
            put(store, rival, b"{}")
            steps.append("both claim")
        elif method == "POST" and "delete" in path and rival in store.keys():
            store.client().delete_object(Bucket=store.bucket, Key=rival)
            steps.append("ours is taken down")
        elif method == "PUT" and path.endswith("/current.json"):
            steps.append("pointer" if rival not in store.keys() else "pointer too early")

    proxy.before = raise_a_rival_flag
    result = run("publish", built_files[0], AWS_ENDPOINT_URL_S3=proxy.endpoint)
    assert result.exit_code == 0, result.output
    assert steps == ["both claim", "ours is taken down", "pointer"]


def test_who_uploads_while_another_publishes_is_told_and_replaces_nothing(
    store, proxy, run, built_files
) -> None:
    first, second, third, _ = built_files
    run("publish", first)

    def publish_another(method: str, path: str) -> None:
        if method == "PUT" and path.endswith(f"{sha256(second)}.duckdb"):
            output, errors = run.start("publish", third).communicate()
            assert "is current now" in output, errors

    proxy.before = publish_another
    result = run("publish", second, AWS_ENDPOINT_URL_S3=proxy.endpoint)
    assert result.exit_code == 1
    assert "another publisher was faster, version" in result.stderr
    assert "to replace it, run the command again" in result.stderr
    assert current_file(store) == sha256(third)
    assert run("publish", second).exit_code == 0
    assert pointer(store)["previous"] == f"data/{sha256(third)}.duckdb"


def test_a_killed_publisher_is_waited_for_until_its_claim_expires(
    store, run, built_files, monkeypatch
) -> None:
    monkeypatch.setattr(claims, "LIFETIME", timedelta(seconds=3))
    owner = {"host": "elsewhere", "pid": 7, "since": "2026-01-01T00:00:00+00:00"}
    put(store, "claims/abc.json", json.dumps(owner).encode())
    result = run("publish", built_files[0])
    assert result.exit_code == 0, result.output
    assert (
        "waiting for another publisher (elsewhere, process 7, since 2026-01-01T00:00:00+00:00), "
        "3 s at most if it was killed"
    ) in result.stderr
    assert not [key for key in store.keys() if key.startswith("claims/")]


def test_a_publisher_that_never_ends_is_named(store, run, built_files, monkeypatch) -> None:
    run("publish", built_files[0])
    monkeypatch.setattr(claims, "_PATIENCE_SECONDS", -59)
    put(store, "claims/abc.json", b"broken")
    result = run("publish", built_files[1])
    assert result.exit_code == 1
    assert "another publisher is at work (claims/abc.json); nothing was changed" in result.stderr
    assert current_file(store) == sha256(built_files[0])
    assert "claims/abc.json" in store.keys()


def test_who_was_too_slow_does_not_touch_the_pointer(store, run, built_files, monkeypatch) -> None:
    run("publish", built_files[0])
    monkeypatch.setattr(claims, "ACTS_WITHIN_SECONDS", 0.0)
    result = run("publish", built_files[1])
    assert result.exit_code == 1
    assert "answers too slowly" in result.stderr
    assert current_file(store) == sha256(built_files[0])


def test_a_claim_that_cannot_be_checked_moves_nothing_and_is_taken_down(
    store, proxy, run, built_files
) -> None:
    run("publish", built_files[0])
    claimed = []

    def cut_the_second_look(method: str, path: str) -> None:
        if method == "PUT" and "/claims/" in path:
            claimed.append(path)
        elif method == "GET" and "prefix=claims" in path and claimed:
            raise ConnectionAbortedError

    proxy.before = cut_the_second_look
    result = run("publish", built_files[1], AWS_ENDPOINT_URL_S3=proxy.endpoint)
    assert result.exit_code == 1
    assert "the connection broke" in result.stderr
    assert current_file(store) == sha256(built_files[0])
    assert not [key for key in store.keys() if key.startswith("claims/")]


def test_a_claim_that_cannot_be_taken_down_does_not_hide_the_success(
    store, proxy, run, built_files
) -> None:
    def cut_deletes(method: str, path: str) -> None:
        if method == "POST" and "delete" in path:
            raise ConnectionAbortedError

    proxy.before = cut_deletes
    result = run("publish", built_files[0], AWS_ENDPOINT_URL_S3=proxy.endpoint)
    assert result.exit_code == 0, result.output
    assert "is current now" in result.stdout
    assert current_file(store) == sha256(built_files[0])


def test_rollback_goes_to_the_previous_version_and_back(store, run, built_files) -> None:
    first, second, *_ = built_files
    for file in (first, second):
        run("publish", file)
    for expected, before in ((first, second), (second, first)):
        result = run("rollback")
        assert result.exit_code == 0, result.output
        assert current_file(store) == sha256(expected)
        assert pointer(store)["previous"] == f"data/{sha256(before)}.duckdb"


def test_rollback_takes_a_data_version_or_the_beginning_of_a_hash(store, run, built_files) -> None:
    for file in built_files[:3]:
        run("publish", file)
    version = json.loads(get(store, f"data/{sha256(built_files[0])}.json"))["data_version"]
    assert run("rollback", version).exit_code == 0
    assert current_file(store) == sha256(built_files[0])
    assert run("rollback", sha256(built_files[1])[:8]).exit_code == 0
    assert current_file(store) == sha256(built_files[1])
    result = run("rollback", sha256(built_files[1])[:8])
    assert "was current already, nothing changed" in result.stdout


def test_rollback_signs_what_it_writes(store, run, built_files, signing_key, tmp_path) -> None:
    for file in built_files[:2]:
        run("publish", file)
    run("rollback")
    public = public_key_text(read_signing_key(signing_key).public_key())
    output = tmp_path / "fetched.duckdb"
    result = run("fetch", "--output", output, MANGETAMAIN_PUBLIC_KEY=public)
    assert result.exit_code == 0, result.output
    assert sha256(output) == sha256(built_files[0])


def test_rollback_refuses_what_it_cannot_be_sure_of(store, run, built_files) -> None:
    first, second, third, twin = built_files
    for file in built_files:
        run("publish", file)
    before = get(store, "current.json")
    version = pointer(store)["data_version"]
    put(store, f"data/{sha256(first)}.duckdb", first.read_bytes()[:-1])
    record = json.loads(get(store, f"data/{sha256(second)}.json"))
    altered = json.dumps(record | {"data_version": "better"}).encode()
    put(store, f"data/{sha256(second)}.json", altered)
    put(store, f"data/{'0' * 64}.duckdb", b"on its way")
    n_bytes = first.stat().st_size
    for wanted, message in {
        "nonsense": "nonsense: no such version in bucket mangetamain",
        version: f"{version}: several versions are called so, say which: ",
        sha256(first): f"has {n_bytes - 1:,} bytes in bucket mangetamain",
        sha256(second): "was altered, or signed by another key than MANGETAMAIN_PUBLIC_KEY",
        "00000000": "00000000: its publication was never finished; publish the file itself",
    }.items():
        result = run("rollback", wanted)
        assert result.exit_code == 1
        assert message in result.stderr
        assert get(store, "current.json") == before


def test_rollback_without_a_previous_version_says_so(store, run, built_files) -> None:
    run("publish", built_files[0])
    result = run("rollback")
    assert result.exit_code == 1
    assert "current.json names no previous version; say which one" in result.stderr


def test_list_shows_the_newest_first_and_what_each_is(store, run, built_files) -> None:
    first, second, third, _ = built_files
    for day, file in enumerate((first, second, third), start=1):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(publisher, "now", lambda day=day: f"2026-01-0{day}T00:00:00+00:00")
            run("publish", file)
    put(store, f"data/{'0' * 64}.duckdb", b"on its way")
    put(store, f"data/{'1' * 64}.json", b"not JSON")
    put(store, "mangetamain.duckdb", b"what was there before us")
    result = run("list")
    assert result.exit_code == 0
    assert list(states(result).items()) == [
        (sha256(third)[:12], "current"),
        (sha256(second)[:12], "previous"),
        (sha256(first)[:12], "kept"),
        ("1" * 12, "data missing"),
        ("0" * 12, "unfinished"),
    ]
    size = f"{third.stat().st_size / 1e6:.1f}"
    assert re.search(rf"^current +\S+ +\S+ +{size}  .*, 2026-01-03T00:00:00$", result.stdout, re.M)


def test_list_of_an_empty_bucket_says_so(store, run) -> None:
    result = run("list")
    assert result.exit_code == 0
    assert f"bucket {store.bucket} at {store.endpoint}: nothing is published yet" in result.stderr
    assert len(result.stdout.splitlines()) == 1


def test_list_needs_only_the_key_of_the_site(store, run, built_files) -> None:
    run("publish", built_files[0])
    result = run("list", **store.environ(store.site))
    assert states(result) == {sha256(built_files[0])[:12]: "current"}


def test_prune_keeps_the_newest_the_current_and_the_previous(store, run, built_files) -> None:
    first, second, third, twin = built_files
    for day, file in enumerate(built_files, start=1):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(publisher, "now", lambda day=day: f"2026-01-0{day}T00:00:00+00:00")
            run("publish", file)
    run("rollback", sha256(first))  # current: first; previous: twin
    put(store, "mangetamain.duckdb", b"what was there before us")
    dry = run("prune", "--keep", "3", "--dry-run")
    assert "1 versions would be deleted" in dry.stdout
    assert len(store.keys()) == 10
    result = run("prune", "--keep", "3")
    assert result.exit_code == 0, result.output
    assert list(states(run("list"))) == [sha256(file)[:12] for file in (twin, third, first)]
    run("prune", "--keep", "1")
    assert states(run("list")) == {
        sha256(twin)[:12]: "previous",
        sha256(first)[:12]: "current",
    }
    assert "mangetamain.duckdb" in store.keys()
    assert run("rollback").exit_code == 0


def test_prune_removes_what_an_interrupted_publication_left_after_a_day(
    store, run, built_files, monkeypatch
) -> None:
    run("publish", built_files[0])
    put(store, f"data/{'0' * 64}.duckdb", b"on its way")
    upload = store.client().create_multipart_upload(Bucket=store.bucket, Key="data/x.duckdb")
    part = {"Bucket": store.bucket, "Key": "data/x.duckdb", "UploadId": upload["UploadId"]}
    store.client().upload_part(**part, PartNumber=1, Body=b"half")
    assert "0 versions deleted" in run("prune", "--keep", "1").stdout
    assert f"data/{'0' * 64}.duckdb" in store.keys()
    store.client().upload_part(**part, PartNumber=2, Body=b"still there")
    monkeypatch.setattr(publisher, "_UNFINISHED_FOR", timedelta(seconds=-5))
    monkeypatch.setattr(store_module, "_ABANDONED_AFTER", timedelta(seconds=-5))
    result = run("prune", "--keep", "1")
    assert "1 versions deleted" in result.stdout, result.output
    assert len(store.keys()) == 3
    if store.name == "garage":  # rclone does not list uploads; it drops them after a day itself
        with pytest.raises(Exception, match="NoSuchUpload"):
            store.client().upload_part(**part, PartNumber=3, Body=b"too late")


def test_prune_deletes_nothing_when_the_current_version_is_not_known(
    store, run, built_files
) -> None:
    for file in built_files[:3]:
        run("publish", file)
    put(store, "current.json", b"not JSON")
    before = store.keys()
    result = run("prune", "--keep", "1")
    assert result.exit_code == 1
    assert "current.json: is not JSON" in result.stderr
    assert store.keys() == before


def test_a_version_pruned_under_a_publishers_feet_does_not_become_current(
    store, proxy, run, built_files
) -> None:
    first, second, *_ = built_files
    run("publish", first)
    key = f"data/{sha256(second)}.duckdb"

    def prune(method: str, path: str) -> None:
        if method == "PUT" and "/claims/" in path:
            store.client().delete_object(Bucket=store.bucket, Key=key)

    proxy.before = prune
    result = run("publish", second, AWS_ENDPOINT_URL_S3=proxy.endpoint)
    assert result.exit_code == 1
    assert f"{key}: was pruned from" in result.stderr
    assert current_file(store) == sha256(first)
