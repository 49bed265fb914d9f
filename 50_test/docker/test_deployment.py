"""A good version arrives without a lost request; a bad one never reaches visitors."""

import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect, sync_playwright

from .conftest import (
    PREFIX,
    REPOSITORY,
    WATCH_SECONDS,
    Place,
    Traffic,
    ask,
    docker,
    readyz,
    wait_until,
)

CHROMIUM = "/usr/bin/chromium"
CHROMIUM_ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-background-networking"
    " --disable-component-update --disable-sync"
).split()
# A page whose choices differ from the default ones.
CHOICES = "/trends?lang=fr&years=2003&years=2014"

NEVER_READY = ('CMD ["python", "-m", "http.server", "8501", "--directory", "/app/40_utils"]',)
# Ready, for long enough that the engine has noticed; then dead before its watch ends.
DIES = (
    'CMD ["sh", "-c", "/app/30_docker/start & site=$!;'
    " until python /app/30_docker/healthcheck.py; do sleep 1; done;"
    f' sleep {WATCH_SECONDS / 2}; kill -9 $site; exit 3"]',
)
UNKNOWN_SCHEMA = (
    "USER root",
    "RUN sed -i 's/^SCHEMA_VERSION = .*/SCHEMA_VERSION = 99/'"
    " /app/10_preprod/src/mangetamain_analytics/data/snapshot.py",
    "USER 10001",
)
NOWHERE = "f" * 64  # the sha256 of no published file


@pytest.fixture(scope="module")
def notices() -> Iterator[list[dict]]:
    """What a server in Discord's place was sent; its address is in the environment."""
    received: list[dict] = []

    class Recorder(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            received.append(json.loads(body))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *arguments: object) -> None:
            """Keep pytest's output readable."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Recorder) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        received_at = f"http://127.0.0.1:{server.server_port}/hook"
        os.environ["DISCORD_WEBHOOK_URL"] = received_at
        yield received
        del os.environ["DISCORD_WEBHOOK_URL"]
        server.shutdown()


@dataclass
class Published:
    """What lies in a store of these tests, put there as a publisher does."""

    store: Any
    files: tuple[Path, ...]
    folder: Path

    def run(self, *arguments: str | Path) -> str:
        done = subprocess.run(
            [Path(sys.executable).with_name("mangetamain-data"), *arguments],
            env=os.environ | self.store.environ(self.store.publisher),
            cwd=self.folder,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def published(
    swarm: None,
    rclone_at: Callable[[str], Any],
    built_files: tuple[Path, ...],
    tmp_path_factory: pytest.TempPathFactory,
) -> Published:
    """A store that replicas reach by the host's address on the engine's bridge."""
    format_ = "{{(index .IPAM.Config 0).Gateway}}"
    gateway = docker("network", "inspect", "docker_gwbridge", "--format", format_)
    return Published(rclone_at(gateway), built_files, tmp_path_factory.mktemp("publisher"))


@pytest.fixture(scope="module")
def running(
    place: Place, published: Published, make_version: Callable[..., str], notices: list[dict]
) -> Place:
    """An environment in which the version `one` shows the first published data."""
    public_key = published.run("keygen").strip()
    published.run("publish", published.files[0])
    for name in place.ports:
        with (place.settings / f"{name}.env").open("a", encoding="utf-8") as file:
            file.write(f"{public_key}\n")
    write_credentials(place, published.store)

    done = place.script("deploy", "preprod", make_version("one"))

    assert done.returncode == 0, done.stderr
    return place


def write_credentials(place: Place, store: Any) -> Path:
    path = place.root / "96_keys/site/credentials"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f"[s3fast]\nendpoint_url = {store.endpoint}\nregion = {store.region}\n"
        f"aws_access_key_id = {store.site.access_key_id}\n"
        f"aws_secret_access_key = {store.site.secret_access_key}\n",
        encoding="utf-8",
    )
    path.chmod(0o600)
    return path


def period_of(page: Page) -> Locator:
    return page.locator(".mm-card-value").first


def titles(notices: list[dict]) -> list[str]:
    return [notice["embeds"][0]["title"] for notice in notices]


@pytest.mark.browser
def test_good_version_loses_no_request_and_no_page(
    running: Place,
    published: Published,
    make_version: Callable[..., str],
    traffic: Callable,
    notices: list[dict],
) -> None:
    if not shutil.which(CHROMIUM):
        pytest.skip(f"{CHROMIUM} is not installed")
    port, version = running.ports["preprod"], make_version("two")
    before = readyz(port)
    published.run("publish", published.files[1])
    notices.clear()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        pages = [browser.new_context().new_page() for _ in range(3)]
        for page in pages:
            page.goto(f"http://127.0.0.1:{port}{CHOICES}")
            expect(period_of(page)).to_have_text("2003–2014", timeout=30_000)
        with traffic(port) as seen:
            done = running.script("deploy", "preprod", version)
            # Pages have to find the new replicas by themselves.
            for page in pages:
                page.locator(".st-key-years input").first.press("ArrowRight")
                expect(period_of(page)).to_have_text("2004–2014", timeout=30_000)
                expect(page.locator("html")).to_have_attribute("lang", "fr")
                expect(page.get_by_text("PREPROD", exact=True)).to_be_visible()
                expect(page).to_have_url(re.compile("years=2004&years=2014"))
        browser.close()

    assert done.returncode == 0, done.stderr
    print(f"good version: {seen.n_sent} requests, longest {seen.longest_seconds:.2f} s")
    assert seen.failures == []
    assert seen.n_sent > 200
    assert seen.longest_seconds < 10
    assert running.released()["VERSION"] == version
    assert running.history()[-1]["outcome"] == "deployed"
    after = readyz(port)
    assert (after["commit"], after["freshness"]) == (version, "fresh")
    assert after["data_version"] != before["data_version"]
    assert running.released()["PREVIOUS_DATA_SHA256"] == before["data_sha256"]
    assert titles(notices) == ["Deployment started · preprod", "Deployed · preprod"]


def test_prod_takes_only_the_image_that_preprod_ran(
    running: Place, make_version: Callable[..., str]
) -> None:
    refused = running.script("deploy", "prod", make_version("unproven"))
    assert refused.returncode == 1
    assert "has not run in preprod" in refused.stderr

    done = running.script("deploy", "prod", "preprod")

    assert done.returncode == 0, done.stderr
    assert running.released("prod")["IMAGE_ID"] == running.released()["IMAGE_ID"]
    assert running.released("prod")["VERSION"] == running.released()["VERSION"]


@dataclass(frozen=True)
class Bad:
    """A deployment that must not hold, and what its end says."""

    environment: str
    name: str
    lines: tuple[str, ...]
    options: tuple[str, ...]
    start_within: str
    reason: str


@pytest.mark.parametrize(
    "bad",
    [
        [Bad("preprod", "never-ready", NEVER_READY, (), "1s", "unhealthy container")],
        [Bad("preprod", "dies", DIES, (), "30s", "non-zero exit (3)")],
        # Two environments at once: neither waits for the other, nor touches it.
        [
            Bad("preprod", "unknown-schema", UNKNOWN_SCHEMA, (), "20s", "this app reads 99"),
            Bad("prod", "", (), ("--data", NOWHERE), "20s", "MANGETAMAIN_DATA_SHA256 asks for it"),
        ],
    ],
    ids=["never-ready", "dies", "unknown-schema and no-such-data"],
)
def test_bad_version_is_taken_back_and_nobody_notices(
    running: Place,
    make_version: Callable[..., str],
    traffic: Callable,
    notices: list[dict],
    bad: list[Bad],
) -> None:
    before = {one.environment: running.released(one.environment) for one in bad}
    versions = [make_version(one.name, *one.lines) if one.lines else "preprod" for one in bad]
    notices.clear()

    def deploy(one: Bad, version: str) -> tuple[Traffic, subprocess.CompletedProcess[str]]:
        started = time.monotonic()
        with traffic(running.ports[one.environment]) as seen:
            done = running.script(
                *["deploy", *one.options, one.environment, version],
                START_WITHIN=one.start_within,
            )
        seconds = time.monotonic() - started
        print(
            f"{one.name or one.options}: {seen.n_sent} requests, longest"
            f" {seen.longest_seconds:.2f} s, taken back after {seconds:.0f} s"
        )
        return seen, done

    with ThreadPoolExecutor() as pool:
        ends = list(pool.map(deploy, bad, versions))

    for one, (seen, done) in zip(bad, ends, strict=True):
        port, former = running.ports[one.environment], before[one.environment]
        assert done.returncode == 1, done.stderr
        assert one.reason in done.stderr
        assert seen.failures == []
        assert running.released(one.environment) == former
        assert running.history(one.environment)[-1]["outcome"] == "rolled-back"
        answers = [readyz(port) for _ in range(6)]
        assert {(answer["commit"], answer["data_sha256"]) for answer in answers} == {
            (former["VERSION"], former["DATA_SHA256"])
        }
        told = f"Rolled back: the former version stays · {one.environment}"
        assert titles(notices).count(told) == 1


def test_rollback_brings_the_former_version_back_with_its_data(
    running: Place, published: Published, traffic: Callable
) -> None:
    port, before = running.ports["preprod"], running.released()
    former, data = before["PREVIOUS_VERSION"], before["PREVIOUS_DATA_SHA256"]
    assert former != before["VERSION"] and data != before["DATA_SHA256"]

    with traffic(port) as seen:
        done = running.script("rollback", "preprod")

    assert done.returncode == 0, done.stderr
    assert seen.failures == []
    now = readyz(port)
    assert (now["commit"], now["data_sha256"], now["freshness"]) == (former, data, "held")
    released = running.released()
    assert (released["VERSION"], released["DATA_SHA256"]) == (former, data)
    assert released["PREVIOUS_VERSION"] == before["VERSION"]
    assert released["PREVIOUS_DATA_SHA256"] == before["DATA_SHA256"]
    # What the other environment follows has not moved.
    (current,) = [line for line in published.run("list").splitlines() if "current" in line]
    assert before["DATA_SHA256"][:12] in current


def test_next_deployment_follows_what_is_published(running: Place, traffic: Callable) -> None:
    port, held = running.ports["preprod"], running.released()

    with traffic(port) as seen:
        done = running.script("deploy", "preprod", held["VERSION"])

    assert done.returncode == 0, done.stderr
    assert seen.failures == []
    now = readyz(port)
    assert (now["commit"], now["freshness"]) == (held["VERSION"], "fresh")
    assert now["data_sha256"] == held["PREVIOUS_DATA_SHA256"]
    assert running.released()["PREVIOUS_VERSION"] == held["PREVIOUS_VERSION"]


def test_of_two_deployments_at_once_one_is_told(running: Place) -> None:
    version = running.released()["VERSION"]
    first, second = [
        subprocess.Popen(
            [str(REPOSITORY / "70_scripts/deploy"), "preprod", version],
            env=running.variables() | {"GITHUB_ACTOR": name},
            stderr=subprocess.PIPE,
            text=True,
        )
        for name in ("anne", "bob")
    ]
    errors = [process.communicate(timeout=120)[1] for process in (first, second)]

    assert sorted([first.returncode, second.returncode]) == [0, 1]
    told = errors[0] if first.returncode else errors[1]
    assert "another deployment of preprod is under way" in told


def test_same_version_again_replaces_nothing_and_needs_no_discord(running: Place) -> None:
    containers = docker("ps", "--quiet", "--filter", f"name={PREFIX}_preprod")
    version, nobody = running.released()["VERSION"], "http://127.0.0.1:9/hook"

    done = running.script("deploy", "preprod", version, DISCORD_WEBHOOK_URL=nobody)

    assert done.returncode == 0, done.stderr
    assert "notify: not sent: URLError" in done.stderr
    assert docker("ps", "--quiet", "--filter", f"name={PREFIX}_preprod") == containers


def test_environments_have_no_way_to_each_other(running: Place) -> None:
    """By no address of the other's replicas and by no name: each has a network of its own."""
    assert running.released("prod")["VERSION"]
    replica = docker("ps", "--quiet", "--filter", f"name={PREFIX}_preprod_site").split()[0]
    other = docker("ps", "--quiet", "--filter", f"name={PREFIX}_prod_site").split()[0]
    # Every address that the other has, the one towards the host included.
    addresses = docker("exec", other, "hostname", "--all-ip-addresses").split()
    assert len(addresses) >= 2
    # By its answer: this machine's own way out may accept a connection to any address.
    code = (
        "import sys, urllib.request as web\n"
        "try: print(web.urlopen(f'http://{sys.argv[1]}:8501/healthz', timeout=3).read())\n"
        "except Exception as error: print(repr(error))"
    )

    def answers(target: str) -> bool:
        return "alive" in docker("exec", replica, "python", "-c", code, target)

    assert answers("127.0.0.1") and answers(f"{PREFIX}_preprod_site")
    assert not [target for target in [*addresses, f"{PREFIX}_prod_site"] if answers(target)]


def test_each_environment_says_and_logs_what_it_is(running: Place) -> None:
    for name in ("preprod", "prod"):
        logs = running.folder(name) / "logs"
        assert {path.name for path in logs.glob("replica-*/*_debug.log")} == {f"{name}_debug.log"}
        replica = docker("ps", "--quiet", "--filter", f"name={PREFIX}_{name}_site").split()[0]
        badge = docker(
            *["exec", replica, "python", "-c"],
            "from mangetamain_analytics.utils.environment import EnvironmentDetector as e;"
            "print(e.get_name())",
        )
        assert badge == name.upper()


def test_replicas_are_hardened_in_the_swarm_too(running: Place) -> None:
    for service in ("site", "proxy"):
        name = f"name={PREFIX}_preprod_{service}"
        container = docker("ps", "--quiet", "--filter", name).split()[0]
        facts = json.loads(docker("inspect", container))[0]
        status = docker("exec", container, "cat", "/proc/1/status")

        assert facts["HostConfig"]["ReadonlyRootfs"] is True
        assert facts["HostConfig"]["Memory"] > 0 and facts["HostConfig"]["PidsLimit"] > 0
        assert "CapBnd:\t0000000000000000" in status
        assert "NoNewPrivs:\t1" in status
        assert facts["Config"]["User"] not in ("", "root", "0")


def test_disk_that_is_full_stops_a_deployment_before_it_starts(running: Place) -> None:
    """A real one, of one megabyte, where release file and history are to be written."""
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    before, folder = running.released(), running.folder("preprod")
    mounted = ["mount", "-t", "tmpfs", "-o", "size=1m,mode=755", "tmpfs", str(folder)]
    if subprocess.run(mounted, capture_output=True).returncode != 0:
        pytest.skip("this machine does not let its root mount")
    try:
        (folder / "logs").mkdir()
        done = running.script("deploy", "preprod", before["VERSION"])
    finally:
        subprocess.run(["umount", str(folder)], check=True)

    assert done.returncode == 1
    assert f"{folder} has only 1 MB left" in done.stderr
    assert running.released() == before
    assert readyz(running.ports["preprod"])["commit"] == before["VERSION"]


def test_default_or_missing_credentials_stop_a_deployment(
    running: Place, published: Published
) -> None:
    version, path = running.released()["VERSION"], running.root / "96_keys/site/credentials"
    secret = published.store.site.secret_access_key
    try:
        path.write_text(path.read_text().replace(secret, "changeme"))
        done = running.script("deploy", "preprod", version)
        assert done.returncode == 1
        assert f"aws_secret_access_key in {path} has a default value" in done.stderr

        path.unlink()
        done = running.script("deploy", "preprod", version)
        assert done.returncode == 1
        assert f"{path} is missing" in done.stderr
    finally:
        write_credentials(running, published.store)


def test_credentials_reach_the_site_as_a_secret_that_only_it_reads(
    running: Place, published: Published
) -> None:
    secret = published.store.site.secret_access_key
    replica, proxy = [
        docker("ps", "--quiet", "--filter", f"name={PREFIX}_preprod_{service}").split()[0]
        for service in ("site", "proxy")
    ]

    path = "/app/96_keys/credentials"
    assert docker("exec", replica, "stat", "--format=%a %u", path) == "400 10001"
    assert secret in docker("exec", replica, "cat", path)
    for container in (replica, proxy):
        assert secret not in docker("inspect", container)
        assert secret not in docker("logs", container)


def test_visitors_read_a_friendly_page_while_no_replica_runs(running: Place) -> None:
    port = running.ports["preprod"]
    site = f"{PREFIX}_preprod_site"
    docker("service", "scale", "--detach", f"{site}=0")
    wait_until(lambda: ask(port, "/trends").status == 503, 60, "no replica")

    answer = ask(port, "/trends")
    assert "Back to the kitchen in a moment" in answer.text
    assert "Cette page réessaie" in answer.text
    assert answer.headers["Retry-After"] == "5"

    docker("service", "scale", "--detach", f"{site}=2")


def test_everything_comes_back_after_a_restart_of_the_engine(running: Place) -> None:
    done = subprocess.run(
        [str(REPOSITORY / "50_test/docker_host.sh"), "restart"], capture_output=True, text=True
    )
    if "started no engine" in done.stderr:
        pytest.skip("the engine of this machine is not ours to restart")
    assert done.returncode == 0, done.stderr

    for port in running.ports.values():
        wait_until(lambda port=port: readyz(port).get("status") == "ready", 120, "ready again")
