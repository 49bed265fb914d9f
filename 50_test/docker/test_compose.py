"""Both environments up side by side with Compose, as the files are, and nothing shared."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from .conftest import PREFIX, REPOSITORY, TAG, docker, free_port, readyz, wait_until

FOLDER = REPOSITORY / "30_docker"
# Specification §6.
FACTS = {
    "preprod": ("mange_preprod", 8500, "mangetamain-preprod-network", "172.18.0.0/16"),
    "prod": ("mange_prod", 8501, "mangetamain-prod-network", "172.19.0.0/16"),
}
LOGS = {"preprod": "10_preprod/logs", "prod": "20_prod/logs"}
URLS = {
    "preprod": "https://mangetamain.lafrance.io",
    "prod": "https://backtothefuturekitchen.lafrance.io",
}
START_SECONDS = 90


@pytest.fixture(scope="module")
def compose() -> list[str]:
    """The command of Compose, new or old."""
    for command in (["docker", "compose"], ["docker-compose"]):
        try:
            if subprocess.run([*command, "version"], capture_output=True).returncode == 0:
                return command
        except FileNotFoundError:
            continue
    pytest.skip("neither docker compose nor docker-compose is installed")


@pytest.mark.parametrize("name", FACTS)
def test_files_say_what_the_specification_says(compose: list[str], name: str) -> None:
    done = subprocess.run(
        [*compose, "--file", f"docker-compose-{name}.yml", "config"],
        cwd=FOLDER,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    container, port, network, subnet = FACTS[name]

    text = done.stdout
    assert f"container_name: {container}" in text
    assert re.search(rf"({port}:8501|published: \"?{port}\"?)", text)
    assert f"name: {network}" in text and f"subnet: {subnet}" in text
    assert f"APP_ENV: {name}" in text and f"PUBLIC_URL: {URLS[name]}" in text
    assert LOGS[name] in text
    other = next(one for one in FACTS if one != name)
    for foreign in (FACTS[other][0], FACTS[other][2], FACTS[other][3], LOGS[other], URLS[other]):
        assert foreign not in text


@pytest.mark.parametrize("name", FACTS)
def test_stack_and_compose_say_the_same(name: str) -> None:
    lines = (FOLDER / f"{name}.env").read_text(encoding="utf-8").splitlines()
    settings = dict(line.split("=", 1) for line in lines if not line.startswith("#"))

    assert FACTS[name] == (
        settings["NAME"],
        int(settings["PORT"]),
        settings["NETWORK"],
        settings["SUBNET"],
    )
    assert settings["APP_ENV"] == name
    assert settings["PUBLIC_URL"] == URLS[name]
    assert f"{settings['FOLDER']}/logs" == LOGS[name]


@pytest.fixture(scope="module")
def both(
    site_image: str, compose: list[str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Path, dict[str, int]]]:
    """Both environments up; only names, ports and subnets are not those of real ones."""
    root, ports = tmp_path_factory.mktemp("laptop"), {}
    (root / "96_keys/site").mkdir(parents=True)
    shutil.copytree(FOLDER, root / "30_docker")
    commands = {}
    for index, name in enumerate(FACTS):
        (root / LOGS[name]).mkdir(parents=True)
        ports[name] = free_port()
        path = root / f"30_docker/docker-compose-{name}.yml"
        text = path.read_text(encoding="utf-8")
        text = text.replace("mange_", f"{PREFIX}_").replace("mangetamain-", f"{PREFIX}-")
        text = text.replace(FACTS[name][3], f"10.23{index + 3}.0.0/24")
        path.write_text(text.replace(f"{FACTS[name][1]}:", f"{ports[name]}:"), encoding="utf-8")
        commands[name] = ["env", f"VERSION={TAG}", "DEMO_SCALE=0.02", *compose, "--file", str(path)]
    try:
        for command in commands.values():
            up = subprocess.run([*command, "up", "--detach"], capture_output=True, text=True)
            assert up.returncode == 0, up.stderr
        for port in ports.values():
            wait_until(lambda port=port: readyz(port).get("status") == "ready", START_SECONDS, "up")
        yield root, ports
    finally:
        for command in commands.values():
            subprocess.run([*command, "down", "--volumes"], capture_output=True)


def test_both_serve_side_by_side_and_log_apart(both: tuple[Path, dict[str, int]]) -> None:
    root, ports = both

    for name, port in ports.items():
        assert readyz(port)["is_demo"] is True
        found = {path.name.split("_")[0] for path in (root / LOGS[name]).iterdir()}
        assert found == {name}


def test_no_container_reaches_the_other_environment(both: tuple[Path, dict[str, int]]) -> None:
    code = (
        "import sys, urllib.request as web\n"
        "try: print(web.urlopen(f'http://{sys.argv[1]}:8501/healthz', timeout=3).read())\n"
        "except Exception as error: print(repr(error))"
    )
    for name, other in (("preprod", "prod"), ("prod", "preprod")):
        facts = json.loads(docker("inspect", f"{PREFIX}_{other}"))[0]["NetworkSettings"]
        (address,) = [network["IPAddress"] for network in facts["Networks"].values()]
        for target in (address, f"{PREFIX}_{other}"):
            answer = docker("exec", f"{PREFIX}_{name}", "python", "-c", code, target)
            assert "alive" not in answer
        assert "alive" in docker("exec", f"{PREFIX}_{name}", "python", "-c", code, "127.0.0.1")


@pytest.mark.parametrize("name", FACTS)
def test_limits_are_in_force(both: tuple[Path, dict[str, int]], name: str) -> None:
    facts = json.loads(docker("inspect", f"{PREFIX}_{name}"))[0]
    host = facts["HostConfig"]

    assert host["ReadonlyRootfs"] is True
    assert host["CapDrop"] == ["ALL"] and not host["CapAdd"]
    assert any(option.startswith("no-new-privileges") for option in host["SecurityOpt"])
    assert host["Memory"] == 2 * 1024**3 and host["NanoCpus"] == 2 * 10**9
    assert host["PidsLimit"] == 256
    assert host["RestartPolicy"]["Name"] == "unless-stopped"
    assert host["LogConfig"]["Config"] == {"max-size": "10m", "max-file": "5"}
    keys = [mount for mount in facts["Mounts"] if mount["Destination"] == "/app/96_keys"]
    assert [mount["RW"] for mount in keys] == [False]
