"""The compose file and the bootstrap script as production runs them, on a real Docker engine.

Garage's image cannot be pulled everywhere; then one is made of the binary that `make garage`
compiled and of the libraries that it loads.
"""

import configparser
import io
import json
import re
import shutil
import stat
import subprocess
import tarfile
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest

REPOSITORY = Path(__file__).parents[1]
COMPOSE_FILE = REPOSITORY / "30_docker" / "docker-compose-garage.yml"
CONFIGURATION = REPOSITORY / "30_docker" / "garage.toml"
IMAGE = "dxflrs/garage:v2.1.0"
HEALTHY_SECONDS = 60


def _docker(*arguments: str | Path, **options) -> subprocess.CompletedProcess:
    return subprocess.run(["docker", *arguments], capture_output=True, **options)


@pytest.fixture
def image(garage) -> Iterator[str]:
    """Garage's image, the real one where the machine has it."""
    if shutil.which("docker") is None or _docker("info").returncode != 0:
        pytest.skip("no Docker engine answers on this machine")
    if _docker("container", "inspect", "garage-fast").returncode == 0:
        pytest.skip("this machine runs a container garage-fast, which is not ours to touch")
    if _docker("image", "inspect", IMAGE).returncode == 0:
        yield IMAGE
        return
    [binary, _] = garage.command()
    change = ["--change", 'CMD ["/garage", "server"]']
    made = _docker("import", *change, "-", IMAGE, input=_archive(Path(binary).resolve()))
    assert made.returncode == 0, made.stderr
    yield IMAGE
    _docker("image", "rm", IMAGE)


def _archive(binary: Path) -> bytes:
    """Return a tar of /garage, the libraries that it loads, and nothing else."""
    loaded = subprocess.run(["ldd", binary], capture_output=True, text=True, check=True).stdout
    libraries = re.findall(r"(?:=> )?(/\S+) \(0x", loaded)
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as tar:
        tar.dereference = True
        tar.add(binary, "garage")
        for library in libraries:
            tar.add(library, library.lstrip("/"))
    return archive.getvalue()


@pytest.fixture
def checkout(garage, tmp_path) -> Iterator[Path]:
    """What the script needs, in a folder of its own, on free ports."""
    for name in ("30_docker", "70_scripts"):
        (tmp_path / name).mkdir()
    shutil.copy(REPOSITORY / "70_scripts" / "bootstrap_garage", tmp_path / "70_scripts")
    text = COMPOSE_FILE.read_text(encoding="utf-8")
    text = text.replace(":-/s3fast}", f":-{tmp_path}}}").replace("interval: 30s", "interval: 1s")
    (tmp_path / "30_docker" / COMPOSE_FILE.name).write_text(text)
    text = CONFIGURATION.read_text(encoding="utf-8")
    for port, free_port in zip(
        ("3910", "3911", "3912", "3913"), (garage.port, *garage.other_ports)
    ):
        text = text.replace(f":{port}", f":{free_port}")
    (tmp_path / "30_docker" / "garage.toml").write_text(text)
    garage.stop()  # its ports are free for the container
    yield tmp_path
    _docker("rm", "--force", "--volumes", "garage-fast")


def _bootstrap(checkout: Path, *options: str) -> str:
    done = subprocess.run(
        [checkout / "70_scripts" / "bootstrap_garage", *options], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def _state() -> dict:
    return json.loads(_docker("container", "inspect", "garage-fast", check=True).stdout)[0]


def test_one_command_makes_a_store_that_the_publisher_can_write(image, checkout, garage) -> None:
    options = ("--endpoint", garage.endpoint, "--capacity", "1GB")
    first = _bootstrap(checkout, *options)
    credentials = checkout / "96_keys" / "credentials"
    before = credentials.read_text()
    second = _bootstrap(checkout, *options)
    assert credentials.read_text() == before
    assert "created" in first and "created" not in second

    profiles = configparser.ConfigParser()
    profiles.read(credentials)
    publisher = profiles["s3fast-publisher"]
    client = boto3.client(
        "s3",
        **{name: publisher[name] for name in publisher if "aws" in name},
        endpoint_url=publisher["endpoint_url"],
        region_name=publisher["region"],
    )
    client.put_object(Bucket="mangetamain", Key="x", Body=b"kept")
    _docker("restart", "garage-fast", check=True)
    deadline = time.monotonic() + HEALTHY_SECONDS
    while _state()["State"]["Health"]["Status"] != "healthy":
        assert time.monotonic() < deadline, _state()["State"]["Health"]
        time.sleep(0.5)
    assert client.get_object(Bucket="mangetamain", Key="x")["Body"].read() == b"kept"

    secrets = [profile["aws_secret_access_key"] for profile in (profiles["s3fast"], publisher)]
    secrets.append((checkout / "96_keys" / "garage_rpc_secret").read_text())
    told = first + second + json.dumps(_state())
    assert not [secret for secret in secrets if secret in told]
    for path in (checkout / "96_keys").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_compose_file_says_what_production_needs() -> None:
    lines = [line.strip() for line in COMPOSE_FILE.read_text(encoding="utf-8").splitlines()]
    for line in (
        "container_name: garage-fast",
        f"image: {IMAGE}",
        'test: ["CMD", "/garage", "status"]',
        "- ${GARAGE_DATA_DIR:-/s3fast}:/s3fast",
    ):
        assert line in lines
    assert not re.findall(r"[0-9a-f]{32,}", "".join(lines))


def test_only_s3_and_web_listen_beyond_this_machine() -> None:
    config = tomllib.loads(CONFIGURATION.read_text(encoding="utf-8"))
    assert config["s3_api"] == {"api_bind_addr": "0.0.0.0:3910", "s3_region": "garage-fast"}
    assert config["s3_web"]["bind_addr"] == "0.0.0.0:3913"
    assert config["rpc_bind_addr"].startswith("127.0.0.1:")
    assert config["admin"]["api_bind_addr"].startswith("127.0.0.1:")
    assert config["block_size"] == "10M"
