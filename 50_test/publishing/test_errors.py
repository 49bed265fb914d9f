"""What a publisher reads when the store, a key or a setting is wrong; and that no secret shows."""

import re
import shutil
import socket
import subprocess
import threading
import traceback
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import botocore.auth
import pytest
from click.testing import CliRunner, Result

from mangetamain_data_utils.cli import main
from mangetamain_data_utils.publishing import store as store_module
from mangetamain_data_utils.publishing.signing import (
    make_signing_key,
    public_key_text,
    read_signing_key,
)


@pytest.fixture(autouse=True)
def work_folder(tmp_path, monkeypatch) -> Path:
    """An empty folder without credentials, and an environment without settings."""
    for name in ("AWS_ENDPOINT_URL_S3", "AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    make_signing_key(tmp_path / "96_keys" / "signing_key.pem")
    return tmp_path


def run(environ: dict[str, str], *arguments: object) -> Result:
    """Run a command; whatever it says or raises, no secret is in it."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments], env=environ)
    raised = "".join(traceback.format_exception(result.exception)) if result.exception else ""
    if secret := environ.get("AWS_SECRET_ACCESS_KEY"):
        assert secret not in result.output + raised
    assert result.exception is None or isinstance(result.exception, SystemExit), raised
    return result


def put(store, key: str, body: bytes) -> None:
    store.client().put_object(Bucket=store.bucket, Key=key, Body=body)


@pytest.fixture
def published(store, built_files) -> dict[str, str]:
    """The publisher's environ, after the first file was published with it."""
    environ = store.environ(store.publisher)
    assert run(environ, "publish", built_files[0]).exit_code == 0
    return environ


def refused(environ: dict[str, str], *arguments: object) -> str:
    """Return the one sentence with which a command fails."""
    result = run(environ, *arguments)
    assert result.exit_code == 1, result.output
    assert result.stderr.startswith("Error: ")
    assert result.stderr.count("\n") == 1
    return result.stderr


WRONG_SETTINGS = {
    "secret": (
        {"AWS_SECRET_ACCESS_KEY": "0" * 64},
        r"the access key of the environment is not accepted \(.*[Ss]ignature.*\): check "
        r"AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or the profile",
    ),
    "access key": (
        {"AWS_ACCESS_KEY_ID": "GK" + "0" * 24},
        r"the access key of the environment is not accepted \(.*\): check AWS_ACCESS_KEY_ID",
    ),
    "bucket": (
        {"MANGETAMAIN_BUCKET": "no-such-bucket"},
        r"bucket no-such-bucket at http.*: no such bucket: check MANGETAMAIN_BUCKET, or run ",
    ),
    "port": (
        {"AWS_ENDPOINT_URL_S3": "http://127.0.0.1:9"},
        r"bucket mangetamain at http://127.0.0.1:9, (current.json|claims/): cannot be reached "
        r"\(connection refused, or no such host\): check AWS_ENDPOINT_URL_S3, the network, and ",
    ),
    "host": (
        {"AWS_ENDPOINT_URL_S3": "http://no-such-host.invalid"},
        r"at http://no-such-host.invalid, (current.json|claims/): cannot be reached \(connection ",
    ),
}


@pytest.mark.parametrize("wrong", WRONG_SETTINGS)
def test_a_wrong_setting_is_named(store, published, built_files, tmp_path, wrong) -> None:
    changed, message = WRONG_SETTINGS[wrong]
    before = store.keys()
    for command in (
        ["publish", built_files[1]],
        ["rollback", "0"],
        ["list"],
        ["prune", "--keep", "1"],
        ["fetch", "--output", tmp_path / "fetched.duckdb"],
    ):
        assert re.search(message, refused(published | changed, *command))
    assert store.keys() == before
    assert not (tmp_path / "fetched.duckdb").exists()


def test_an_access_key_in_the_place_of_its_secret_is_not_shown(store, published) -> None:
    secret = published["AWS_SECRET_ACCESS_KEY"]
    swapped = {
        "AWS_ACCESS_KEY_ID": secret,
        "AWS_SECRET_ACCESS_KEY": published["AWS_ACCESS_KEY_ID"],
    }
    assert secret not in refused(published | swapped, "list")


def test_https_where_the_store_speaks_http(store, published) -> None:
    endpoint = store.endpoint.replace("http:", "https:")
    message = refused(published | {"AWS_ENDPOINT_URL_S3": endpoint}, "list")
    assert "cannot be reached (its TLS certificate is not accepted): check" in message


def test_a_store_that_is_down_is_named_and_nothing_is_lost(store, published, built_files) -> None:
    before = store.keys()
    store.stop()
    assert "cannot be reached (connection refused" in refused(published, "publish", built_files[1])
    store.start()
    assert store.keys() == before
    assert run(published, "publish", built_files[1]).exit_code == 0


def test_a_store_that_dies_during_the_upload(store, proxy, published, built_files) -> None:
    before = store.keys()

    def outage(method: str, path: str) -> None:
        if method == "PUT":
            store.stop()

    proxy.before = outage
    endpoint = {"AWS_ENDPOINT_URL_S3": proxy.endpoint}
    message = refused(published | endpoint, "publish", built_files[1])
    assert "the connection broke (ConnectionClosedError" in message
    store.start()
    assert store.keys() == before


def test_a_store_that_does_not_answer(published, monkeypatch) -> None:
    monkeypatch.setattr(store_module, "READ_TIMEOUT_SECONDS", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        endpoint = f"http://127.0.0.1:{silent.getsockname()[1]}"
        message = refused(published | {"AWS_ENDPOINT_URL_S3": endpoint}, "list")
    assert f"at {endpoint}, current.json: cannot be reached (no answer in time): check" in message


class _Website(BaseHTTPRequestHandler):
    def do_GET(self) -> None:  # noqa: N802
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"<html>Welcome</html>")

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def website() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), _Website) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_an_address_that_is_no_store(published, website, built_files, tmp_path) -> None:
    environ = published | {"AWS_ENDPOINT_URL_S3": website}
    assert "current.json: is not JSON" in refused(environ, "fetch", "--output", tmp_path / "x")
    result = run(environ, "publish", built_files[0])
    assert result.exit_code == 1
    assert "does not answer as S3 does (501: " in result.stderr
    assert ": check AWS_ENDPOINT_URL_S3" in result.stderr


def test_a_clock_that_is_wrong(store, published, monkeypatch) -> None:
    real = botocore.auth.get_current_datetime
    monkeypatch.setattr(
        botocore.auth,
        "get_current_datetime",
        lambda *arguments, **options: real(*arguments, **options) - timedelta(days=2),
    )
    message = refused(published, "list")
    assert "): the clock of this machine is wrong, set it" in message


def test_garages_region_is_found_by_boto3(garage, built_files) -> None:
    """Garage names its region when it refuses, and boto3 tries again with it."""
    environ = garage.environ(garage.publisher) | {"AWS_REGION": "elsewhere"}
    assert run(environ, "publish", built_files[0]).exit_code == 0


def test_the_key_of_the_site_cannot_publish(garage, built_files) -> None:
    message = refused(garage.environ(garage.site), "publish", built_files[0])
    assert re.search(
        r"data/[0-9a-f]{64}.duckdb: the access key of the environment may not do this \(.*\): the "
        r"publisher's key may, profile \[s3fast-publisher\]",
        message,
    )
    assert garage.keys() == []


@pytest.fixture
def small_disk(tmp_path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], capture_output=True
    )
    if mounted.returncode != 0:
        pytest.skip("a small disk can only be mounted as root")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_fetch_on_a_full_disk_keeps_what_was_there(published, small_disk) -> None:
    output = small_disk / "site.duckdb"
    output.write_bytes(b"older version")
    message = refused(published, "fetch", "--output", output)
    assert f"{output}: cannot be written: No space left on device" in message
    assert output.read_bytes() == b"older version"
    assert [path.name for path in small_disk.iterdir()] == ["site.duckdb"]


def test_fetch_brings_the_current_file_with_the_key_of_the_site(
    store, published, built_files, tmp_path
) -> None:
    output = tmp_path / "new" / "site.duckdb"
    result = run(store.environ(store.site), "fetch", "--output", output)
    assert result.exit_code == 0
    assert output.read_bytes() == built_files[0].read_bytes()
    assert f"written to {output}" in result.stdout


def test_fetch_downloads_only_what_is_new(store, proxy, published, tmp_path) -> None:
    environ = published | {"AWS_ENDPOINT_URL_S3": proxy.endpoint}
    run(environ, "fetch", "--output", tmp_path / "site.duckdb")
    proxy.requests.clear()
    result = run(environ, "fetch", "--output", tmp_path / "site.duckdb")
    assert "site.duckdb is this version already" in result.stdout
    assert [path.split("?")[0] for _, path in proxy.requests] == ["/mangetamain/current.json"]


def test_fetch_refuses_what_is_not_what_the_pointer_says(
    store, published, built_files, tmp_path
) -> None:
    output = tmp_path / "site.duckdb"
    output.write_bytes(b"older version")
    data_key = next(key for key in store.keys() if key.endswith(".duckdb"))
    raw = built_files[0].read_bytes()
    flipped = raw[:100] + bytes([raw[100] ^ 1]) + raw[101:]
    for damaged in (raw[:-1], raw + b"more", flipped):
        put(store, data_key, damaged)
        message = refused(published, "fetch", "--output", output)
        assert f"{data_key}: bucket mangetamain at" in message
        assert "gives other bytes than current.json says" in message
    store.client().delete_object(Bucket=store.bucket, Key=data_key)
    assert f"{data_key}: is not in bucket" in refused(published, "fetch", "--output", output)
    store.client().delete_object(Bucket=store.bucket, Key="current.json")
    message = refused(published, "fetch", "--output", output)
    assert "current.json: nothing is published yet in bucket mangetamain" in message
    assert output.read_bytes() == b"older version"


def test_fetch_with_a_public_key_wants_its_signature(
    store, published, built_files, tmp_path
) -> None:
    ours = public_key_text(read_signing_key(Path("96_keys/signing_key.pem")).public_key())
    with_key = published | {"MANGETAMAIN_PUBLIC_KEY": ours}
    output = tmp_path / "site.duckdb"
    assert run(with_key, "fetch", "--output", output).exit_code == 0
    pointer = store.client().get_object(Bucket=store.bucket, Key="current.json")["Body"].read()
    put(store, "current.json", pointer.replace(b'"schema_version": 1', b'"schema_version": 2'))
    assert "current.json: was altered" in refused(with_key, "fetch", "--output", output)
    assert run(published, "fetch", "--output", tmp_path / "unchecked").exit_code == 0
    run(published, "publish", built_files[1], "--unsigned")
    assert "current.json: is not signed" in refused(with_key, "fetch", "--output", output)


def test_a_public_key_of_another_pair_stops_the_publisher(
    store, published, built_files, tmp_path
) -> None:
    other = make_signing_key(tmp_path / "other.pem").public_key()
    environ = published | {"MANGETAMAIN_PUBLIC_KEY": public_key_text(other)}
    message = refused(environ, "publish", built_files[1])
    assert "MANGETAMAIN_PUBLIC_KEY is not the other half of MANGETAMAIN_SIGNING_KEY" in message


def test_credentials_are_found_in_the_file_of_bootstrap(garage, built_files, tmp_path) -> None:
    """The publisher's profile writes; the site's is what reads when both are there."""
    shutil.copy(garage.credentials_file, tmp_path / "96_keys" / "credentials")
    assert run({}, "publish", built_files[0]).exit_code == 0
    assert run({}, "list").exit_code == 0
    text = garage.credentials_file.read_text().partition("[s3fast-publisher]")[0]
    (tmp_path / "96_keys" / "credentials").write_text(text)
    message = refused({}, "publish", built_files[1])
    assert "the access key of profile [s3fast] of 96_keys/credentials may not do this" in message
    for key in (garage.site, garage.publisher):
        assert key.secret_access_key not in message


def test_garage_out_of_space_is_told(garage, built_files) -> None:
    garage.run("bucket", "set-quotas", "--max-size", "1MB", garage.bucket)
    try:
        message = refused(garage.environ(garage.publisher), "publish", built_files[0])
    finally:
        garage.run("bucket", "set-quotas", "--max-size", "none", garage.bucket)
    assert "quota" in message
    assert garage.keys() == []


def test_an_upload_that_is_cut_leaves_nothing_that_list_shows(
    store, proxy, published, built_files
) -> None:
    before = run(published, "list").stdout

    def cut(method: str, path: str) -> None:
        if method == "PUT":
            raise ConnectionAbortedError

    proxy.before = cut
    refused(published | {"AWS_ENDPOINT_URL_S3": proxy.endpoint}, "publish", built_files[1])
    assert run(published, "list").stdout == before
