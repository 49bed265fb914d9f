"""Scripts refuse what is wrong by its name, do nothing with --dry-run, and lose nothing."""

import json
import os
import subprocess
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from .conftest import REPOSITORY, SCRIPTS, Place

NAMES = [
    "backup",
    "build_images",
    "check_health",
    "check_secrets",
    "deploy",
    "generate_secrets",
    "notify",
    "restore",
    "rollback",
    "setup_host",
    "status",
]
GOOD = {
    "endpoint_url": "http://s3fast.lafrance.io",
    "region": "garage-fast",
    "aws_access_key_id": "GK31c2f218a2e44f485b94239e",
    "aws_secret_access_key": "b892c0665f0ada8a4755dae98baa3b133590e11dae3bcc1f9d769d67f16c3835",
}


@pytest.fixture
def host(make_place: Callable[[], Place]) -> Place:
    """A host on which preprod has been deployed, as files tell."""
    place = make_place()
    folder = place.folder("preprod")
    (folder / "release.env").write_text("VERSION=abc\nDATA_VERSION=d1\n", encoding="utf-8")
    (folder / "history.tsv").write_text("time\tversion\nnow\tabc\n", encoding="utf-8")
    write_credentials(place.root / "96_keys/site/credentials", GOOD)
    return place


def write_credentials(path: Path, values: dict[str, str]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [f"{name} = {value}" for name, value in values.items()]
    path.write_text("\n".join(["[s3fast]", *lines, ""]), encoding="utf-8")
    path.chmod(0o600)
    return path


@pytest.mark.parametrize("name", NAMES)
def test_help_says_what_it_is_for(name: str) -> None:
    done = subprocess.run([str(SCRIPTS / name), "--help"], capture_output=True, text=True)

    assert done.returncode == 0
    assert name in done.stdout + done.stderr
    assert "shellcheck" not in done.stdout


def test_good_credentials_pass_in_silence(tmp_path: Path) -> None:
    done = check_secrets(write_credentials(tmp_path / "keys/site/credentials", GOOD))

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def check_secrets(path: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(SCRIPTS / "check_secrets"), str(path)], capture_output=True, text=True
    )


@pytest.mark.parametrize("name", GOOD)
@pytest.mark.parametrize("value", ["", "changeme", "CHANGE_ME", "<your key>", "minioadmin"])
def test_empty_or_default_credentials_are_refused_by_name(
    tmp_path: Path, name: str, value: str
) -> None:
    done = check_secrets(write_credentials(tmp_path / "a/b/credentials", GOOD | {name: value}))

    assert done.returncode == 1
    assert f"{name} in " in done.stderr
    assert GOOD["aws_secret_access_key"] not in done.stderr


def test_secret_that_is_short_or_open_to_others_is_refused(tmp_path: Path) -> None:
    short = GOOD | {"aws_secret_access_key": "b892c066"}
    path = write_credentials(tmp_path / "a/b/credentials", short)
    assert "shorter than 16" in check_secrets(path).stderr

    path = write_credentials(tmp_path / "a/b/credentials", GOOD)
    for folder in (tmp_path, tmp_path / "a", tmp_path / "a/b"):
        folder.chmod(0o755)
    path.chmod(0o644)
    assert "can be read by others" in check_secrets(path).stderr
    # As generate_secrets leaves it: open to the container's user, in a folder that is closed.
    (tmp_path / "a").chmod(0o700)
    assert check_secrets(path).returncode == 0


def test_site_gets_the_key_that_reads_and_not_the_publishers(make_place: Callable) -> None:
    place = make_place()
    path = write_credentials(place.root / "96_keys/credentials", GOOD)
    with path.open("a", encoding="utf-8") as file:
        file.write("[s3fast-publisher]\naws_secret_access_key = of-the-publisher\n")

    for _ in range(2):
        done = place.script("generate_secrets")
        assert done.returncode == 0, done.stderr

    site = place.root / "96_keys/site/credentials"
    assert GOOD["aws_secret_access_key"] in site.read_text(encoding="utf-8")
    assert "publisher" not in site.read_text(encoding="utf-8")
    assert (place.root / "96_keys").stat().st_mode & 0o777 == 0o700
    assert len((place.root / "96_keys/garage_rpc_secret").read_text(encoding="utf-8")) == 64


def test_generated_secret_is_kept_when_run_again(make_place: Callable[[], Place]) -> None:
    place = make_place()
    place.script("generate_secrets")
    path = place.root / "96_keys/garage_rpc_secret"
    first = path.read_text(encoding="utf-8")

    place.script("generate_secrets")

    assert path.read_text(encoding="utf-8") == first
    assert path.stat().st_mode & 0o777 == 0o600


def test_backup_brings_a_clean_host_back(host: Place, make_place: Callable[[], Place]) -> None:
    archive = host.script("backup", "preprod").stdout.strip()
    assert Path(archive).stat().st_mode & 0o777 == 0o600
    clean = make_place()

    done = clean.script("restore", "preprod", archive)

    assert done.returncode == 0, done.stderr
    assert "deploy preprod abc" in done.stderr
    for name in ("10_preprod/release.env", "10_preprod/history.tsv", "96_keys/site/credentials"):
        assert (clean.root / name).read_bytes() == (host.root / name).read_bytes()


def test_restore_of_prod_says_that_its_image_has_to_be_proven_again(
    host: Place, make_place: Callable[[], Place]
) -> None:
    (host.folder("prod") / "release.env").write_text("VERSION=abc\n", encoding="utf-8")
    archive = host.script("backup", "prod").stdout.strip()

    done = make_place().script("restore", "prod", archive)

    assert done.returncode == 0, done.stderr
    commands = [
        f"70_scripts/{name} abc" for name in ("build_images", "deploy preprod", "deploy prod")
    ]
    assert done.stderr.rstrip().endswith(" && ".join(commands))


def test_restore_replaces_nothing_unless_forced(host: Place) -> None:
    archive = host.script("backup", "preprod").stdout.strip()
    release = host.folder("preprod") / "release.env"
    release.write_text("VERSION=newer\n", encoding="utf-8")

    refused = host.script("restore", "preprod", archive)
    assert refused.returncode == 1
    assert "is there; --force replaces it" in refused.stderr
    assert release.read_text(encoding="utf-8") == "VERSION=newer\n"

    assert host.script("restore", "--force", "preprod", archive).returncode == 0
    assert "VERSION=abc" in release.read_text(encoding="utf-8")


def test_restore_refuses_what_backup_does_not_make(host: Place, tmp_path: Path) -> None:
    (tmp_path / "broken.tar.gz").write_bytes(b"no archive")
    (tmp_path / "evil").write_text("x", encoding="utf-8")
    evil = tmp_path / "evil.tar.gz"
    subprocess.run(
        ["tar", "--create", "--gzip", "--file", evil, "--directory", tmp_path, "evil"], check=True
    )
    prod = host.script("backup", "preprod").stdout.strip()

    assert (
        "is not an archive"
        in host.script("restore", "prod", str(tmp_path / "broken.tar.gz")).stderr
    )
    assert "holds 'evil'" in host.script("restore", "prod", str(evil)).stderr
    assert "which no backup of prod does" in host.script("restore", "prod", prod).stderr


def test_newest_backups_stay(host: Place) -> None:
    archives = [host.script("backup", "preprod", KEEP_BACKUPS="2").stdout.strip() for _ in range(4)]

    left = sorted(str(path) for path in (host.root / "backups").iterdir())
    assert left == archives[-2:]


def test_unknown_environment_is_named(host: Place) -> None:
    for name in ("staging", "../preprod", ""):
        done = host.script("deploy", name, "abc")
        assert done.returncode == 1
        assert f"unknown environment '{name}'" in done.stderr


def test_rollback_without_a_former_version_says_so(host: Place) -> None:
    done = host.script("rollback", "preprod")

    assert done.returncode == 1
    assert "no version to go back to" in done.stderr


def test_prod_of_what_preprod_runs_needs_a_preprod(make_place: Callable[[], Place]) -> None:
    done = make_place().script("deploy", "prod", "preprod")

    assert done.returncode == 1
    assert "preprod has no release" in done.stderr


def test_dry_runs_change_nothing(host: Place) -> None:
    before = sorted(host.root.rglob("*"))

    backup = host.script("backup", "--dry-run", "preprod")
    secrets = host.script("generate_secrets", "--dry-run")
    setup = host.script("setup_host", "--dry-run")

    assert "tar --create" in backup.stdout
    assert f"chmod 700 {host.root}/96_keys" in secrets.stdout
    assert f"--mode=700 {host.root}/96_keys" in setup.stdout
    assert "usermod --append --groups docker mangetamain-runner" in setup.stdout
    assert sorted(host.root.rglob("*")) == before


def test_deployment_is_one_command_of_the_engine(
    make_place: Callable[[], Place], make_version: Callable[..., str]
) -> None:
    place, version = make_place(), make_version("dry")

    done = place.script("deploy", "--demo", "--dry-run", "preprod", version)

    stack = REPOSITORY / "30_docker/stack.yml"
    name = next(line[5:] for line in settings(place) if line.startswith("NAME=mmt"))
    assert done.stdout.strip() == (
        f"docker stack deploy --prune --resolve-image never --compose-file {stack} {name}"
    )
    assert not (place.folder("preprod") / "release.env").exists()


def test_data_to_hold_are_part_of_that_command(
    make_place: Callable[[], Place], make_version: Callable[..., str]
) -> None:
    place, version = make_place(), make_version("dry-held")

    done = place.script("deploy", "--demo", "--data", "ab" * 32, "--dry-run", "preprod", version)

    assert f" --compose-file {REPOSITORY}/30_docker/stack-held.yml mmt" in done.stdout


def test_options_that_cannot_be_meant_are_named(host: Place) -> None:
    assert "'1.2' is no sha256" in host.script("deploy", "--data", "1.2", "prod", "abc").stderr
    assert "there is no option --fast" in host.script("deploy", "--fast", "prod", "abc").stderr


def settings(place: Place) -> list[str]:
    return (place.settings / "preprod.env").read_text(encoding="utf-8").splitlines()


@pytest.fixture
def discord() -> tuple[str, list[dict]]:
    """The address of a server in Discord's place, and what it was sent."""
    received: list[dict] = []

    class Recorder(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *arguments: object) -> None:
            """Keep pytest's output readable."""

    server = HTTPServer(("127.0.0.1", 0), Recorder)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/token-of-the-webhook", received
    server.shutdown()
    server.server_close()


def notify(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(SCRIPTS / "notify"), *arguments],
        env=os.environ | variables,
        capture_output=True,
        text=True,
        timeout=20,
    )


def test_notice_names_version_actor_duration_and_run(discord: tuple[str, list[dict]]) -> None:
    address, received = discord

    notify(
        *["deployed", "prod", "0123abcd", "42"],
        DISCORD_WEBHOOK_URL=address,
        GITHUB_ACTOR="anne",
        GITHUB_SERVER_URL="https://github.com",
        GITHUB_REPOSITORY="team/site",
        GITHUB_RUN_ID="7",
    )

    (notice,) = received
    (embed,) = notice["embeds"]
    values = {field["name"]: field["value"] for field in embed["fields"]}
    assert embed["title"] == "Deployed · prod"
    assert embed["url"] == "https://github.com/team/site/actions/runs/7"
    assert values == {"Version": "0123abcd", "Actor": "anne", "Duration": "42 s"}


def test_notice_quotes_what_others_wrote(discord: tuple[str, list[dict]]) -> None:
    address, received = discord

    notify(
        *["deployed", "prod", "@everyone **x** [a](http://evil) <@1>\n" + "y" * 999, "1"],
        DISCORD_WEBHOOK_URL=address,
    )

    (notice,) = received
    text = notice["embeds"][0]["fields"][0]["value"]
    assert notice["allowed_mentions"] == {"parse": []}
    assert "@everyone" not in text and "<@1>" not in text
    assert r"\*\*x\*\*" in text and r"\[a\]\(" in text
    assert "\n" not in text and len(text) < 400


@pytest.mark.parametrize("webhook", ["", "nonsense", "http://127.0.0.1:9/token-of-the-webhook"])
def test_notice_that_is_not_heard_breaks_nothing_and_keeps_the_secret(webhook: str) -> None:
    done = notify("deployed", "prod", "1", "1", DISCORD_WEBHOOK_URL=webhook)

    assert done.returncode == 0
    assert "not sent" in done.stderr
    assert "token-of-the-webhook" not in done.stdout + done.stderr
