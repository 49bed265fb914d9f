"""setup_host on a machine that has nothing: a container, whose engine only a stub can start."""

import subprocess
from collections.abc import Iterator

import pytest

from .conftest import PREFIX, REPOSITORY, docker

NAME = f"{PREFIX}-host"
# What an engine of a container's own needs there; it runs no containers.
FOR_AN_ENGINE = [
    *["--cap-add=SYS_ADMIN", "--cap-add=NET_ADMIN", "--volume=/var/lib/docker"],
    *["--security-opt=seccomp=unconfined", "--security-opt=systempaths=unconfined"],
]
# No container has systemd: this starts the engine as its unit would, where the kernel lets it.
SYSTEMCTL = """#!/bin/sh
echo "$*" >>/var/log/systemctl.log
[ "$1" != restart ] || kill "$(cat /run/docker.pid)" 2>/dev/null
case "$*" in restart*|*--now*) ;; *) exit 0 ;; esac
docker info >/dev/null 2>&1 && exit
(unshare --net true) 2>/dev/null || { echo "Job for docker.service failed" >&2; exit 1; }
dockerd >/var/log/dockerd.log 2>&1 </dev/null &
for _ in $(seq 100); do docker info >/dev/null 2>&1 && exit; sleep 0.2; done
tail /var/log/dockerd.log >&2
exit 1
"""


def inside(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["docker", "exec", NAME, *command], capture_output=True, text=True, timeout=300
    )


def said(*command: str) -> str:
    done = inside(*command)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture(scope="module")
def runs(
    base_image: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[subprocess.CompletedProcess[str]]]:
    """A machine on which it ran three times; the first time the engine did not start.

    Packages come by this machine's network, which the engine of a container must not touch.
    """
    stub = tmp_path_factory.mktemp("stub") / "systemctl"
    stub.write_text(SYSTEMCTL, encoding="utf-8")
    stub.chmod(0o755)
    mounts = [f"--volume={REPOSITORY}:/repository:ro", f"--volume={stub}:/usr/bin/systemctl:ro"]
    options = ["run", "--detach", "--init", "--name", NAME, *mounts]
    forever = ["sleep", "infinity"]
    script = "/repository/70_scripts/setup_host"
    try:
        docker(*options, "--network=host", base_image, *forever)
        done = [inside(script)]
        docker("commit", NAME, NAME)
        docker("rm", "--force", NAME)
        docker(*options, *FOR_AN_ENGINE, NAME, *forever)
        done += [inside(script), inside("sh", "-c", f"{LIST} >/before; {script}")]
        yield done
    finally:
        subprocess.run(["docker", "rm", "--force", "--volumes", NAME], capture_output=True)
        subprocess.run(["docker", "image", "rm", NAME], capture_output=True)


# What a second run might change: owners, modes and dates of what it makes, users, the engine.
LIST = (
    "{ find /srv/mangetamain /etc/docker /etc/passwd /etc/group /home -printf '%p %u %m %t\\n';"
    " docker info --format '{{.Swarm.NodeID}}'; cat /run/docker.pid; }"
)


def test_a_run_that_failed_is_told_and_the_next_one_ends_it(
    runs: list[subprocess.CompletedProcess[str]],
) -> None:
    first, second, _ = runs

    assert first.returncode != 0
    assert "Job for docker.service failed" in first.stderr
    assert second.returncode == 0, second.stderr
    assert "Next, by hand" in second.stdout and "DOCKER-USER" in second.stdout


def test_another_run_changes_nothing(runs: list[subprocess.CompletedProcess[str]]) -> None:
    assert runs[-1].returncode == 0, runs[-1].stderr
    assert said("sh", "-c", f"{LIST} | diff /before -") == ""


def test_the_engine_rotates_logs_and_is_a_swarm_of_one(
    runs: list[subprocess.CompletedProcess[str]],
) -> None:
    assert said("docker", "info", "--format", "{{.LoggingDriver}} {{.Swarm.LocalNodeState}}") == (
        "local active"
    )
    assert said("docker", "info", "--format", "{{.Swarm.NodeAddr}}") == "127.0.0.1"
    # Managers of a swarm listen on 2377: here to nobody else.
    sockets = said("cat", "/proc/net/tcp", "/proc/net/tcp6").splitlines()
    port = f":{2377:04X} "
    listening = [line.split()[1] for line in sockets if port in line and " 0A " in line]
    assert listening == [f"0100007F{port.strip()}"]
    assert "enable --now docker" in said("cat", "/var/log/systemctl.log")


@pytest.mark.parametrize(
    ("path", "facts"),
    [
        ("", "mangetamain-runner 750"),
        ("96_keys", "mangetamain-runner 700"),
        ("backups", "mangetamain-runner 750"),
        ("20_prod", "mangetamain-runner 755"),
        ("10_preprod/logs", "10001 775"),
        ("20_prod/logs", "10001 775"),
    ],
)
def test_folders_belong_to_those_who_write_them(
    runs: list[subprocess.CompletedProcess[str]], path: str, facts: str
) -> None:
    owner, mode = facts.split()
    found = said("stat", "--format=%U %u %a", f"/srv/mangetamain/{path}").split()

    assert owner in found[:2] and found[2] == mode


def test_the_runner_may_deploy_and_nothing_else(
    runs: list[subprocess.CompletedProcess[str]],
) -> None:
    def as_runner(command: str) -> subprocess.CompletedProcess[str]:
        return inside("su", "--shell=/bin/sh", "mangetamain-runner", "--command", command)

    assert said("getent", "passwd", "mangetamain-runner").endswith("/usr/sbin/nologin")
    assert as_runner("docker node ls").returncode == 0
    assert as_runner("touch /srv/mangetamain/20_prod/release.env").returncode == 0
    assert as_runner("cat /etc/shadow").returncode != 0
    assert as_runner("touch /etc/docker/daemon.json").returncode != 0
    others = ["su", "--shell=/bin/sh", "nobody", "--command", "ls /srv/mangetamain/96_keys"]
    assert inside(*others).returncode != 0


def test_settings_of_somebody_else_are_not_replaced(
    runs: list[subprocess.CompletedProcess[str]],
) -> None:
    said("sh", "-c", "echo '{}' >/etc/docker/daemon.json")

    done = inside("/repository/70_scripts/setup_host")

    assert done.returncode == 1
    assert "/etc/docker/daemon.json has other settings" in done.stderr
    assert said("cat", "/etc/docker/daemon.json") == "{}"
