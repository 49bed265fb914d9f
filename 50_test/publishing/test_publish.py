"""What `mangetamain-data publish` leaves in a real store, step by step."""

import base64
import fcntl
import json
import os
import pty
import shutil
import struct
import subprocess
import sys
import termios
from datetime import datetime, timedelta

import duckdb
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from mangetamain_analytics.data.pointer import read_pointer
from mangetamain_data_utils.publishing import store as store_module
from mangetamain_data_utils.publishing.signing import (
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


def test_publish_uploads_the_file_and_points_to_it(store, run, built_files) -> None:
    first = built_files[0]
    result = run("publish", first)
    assert result.exit_code == 0, result.output
    with duckdb.connect(str(first), read_only=True) as con:
        [(data_version, built_at)] = con.sql(
            "select data_version, built_at from build_info"
        ).fetchall()
    fields = run.pointer()
    assert fields.keys() == POINTER_FIELDS
    published_at = datetime.fromisoformat(fields["published_at"])
    assert published_at.utcoffset() == timedelta(0)
    assert {**fields, "signature": "", "published_at": ""} == {
        "format": 1,
        "key": f"data/{run.sha256(first)}.duckdb",
        "sha256": run.sha256(first),
        "size": first.stat().st_size,
        "data_version": data_version,
        "built_at": built_at.isoformat(timespec="seconds") + "+00:00",
        "schema_version": 1,
        "published_at": "",
        "previous": None,
        "signature": "",
    }
    assert run.get(fields["key"]) == first.read_bytes()
    assert store.keys() == [
        "current.json",
        f"data/{run.sha256(first)}.duckdb",
        f"data/{run.sha256(first)}.json",
    ]
    assert f"version {data_version} ({run.sha256(first)[:12]})" in result.stdout


def test_the_pointer_is_signed_over_its_canonical_json(store, run, built_files, signing_key):
    """Written out here, as the site has to do it, without our own code."""
    run("publish", built_files[0])
    fields = run.pointer()
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
    believed = read_pointer(run.get("current.json"), base64.b64decode(public))
    assert (believed.sha256, believed.size) == (
        run.sha256(built_files[0]),
        built_files[0].stat().st_size,
    )
    assert believed.key == run.pointer()["key"]


def test_an_unsigned_pointer_says_so_with_null(store, run, built_files) -> None:
    result = run("publish", built_files[0], "--unsigned", MANGETAMAIN_SIGNING_KEY="/nowhere")
    assert result.exit_code == 0, result.output
    assert run.pointer()["signature"] is None


def test_a_second_version_names_the_one_before(store, run, built_files) -> None:
    first, second, *_ = built_files
    run("publish", first)
    assert run("publish", second).exit_code == 0
    assert run.pointer()["previous"] == f"data/{run.sha256(first)}.duckdb"
    assert run.current_file() == run.sha256(second)


def test_publishing_what_is_current_changes_nothing(store, run, built_files) -> None:
    run("publish", built_files[0])
    before = run.get("current.json")
    result = run("publish", built_files[0])
    assert result.exit_code == 0
    assert "was current already, nothing changed" in result.stdout
    assert run.get("current.json") == before


def test_a_dry_run_writes_nothing(store, run, built_files) -> None:
    result = run("publish", built_files[0], "--dry-run")
    assert result.exit_code == 0
    assert f"({run.sha256(built_files[0])[:12]})" in result.stdout
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
    assert run.current_file() == run.sha256(large)


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
    damaged = bytes(raw[: -1 if damage == "truncated" else None])
    run.put(f"data/{run.sha256(built_files[0])}.duckdb", damaged)
    result = run("publish", built_files[0])
    assert result.exit_code == 0, result.output
    assert ("is damaged in the store, uploading it again" in result.stderr) == (damage[0] == "f")
    assert run.current_file() == run.sha256(built_files[0])


def test_what_the_store_gives_back_is_compared(store, proxy, run, built_files) -> None:
    first, second, *_ = built_files
    run("publish", first)

    def flip(method: str, path: str, body: bytes) -> bytes:
        return body[:-1] + b"!" if method == "GET" and path.endswith(".duckdb") else body

    proxy.alter = flip
    result = run("publish", second, AWS_ENDPOINT_URL_S3=proxy.endpoint)
    assert result.exit_code == 1
    assert f"data/{run.sha256(second)}.duckdb: bucket mangetamain at" in result.stderr
    assert "gives back other bytes, of sha256" in result.stderr
    assert run.current_file() == run.sha256(first)


@pytest.mark.parametrize("broken", [b"", b"not JSON", b"[]", b'{"format": 2}'])
def test_a_broken_pointer_is_told_and_replaced(store, run, built_files, broken) -> None:
    run.put("current.json", broken)
    result = run("publish", built_files[0])
    assert result.exit_code == 0, result.output
    assert "the current version is not known: current.json: " in result.stderr
    assert run.pointer()["previous"] is None
    assert run.current_file() == run.sha256(built_files[0])
