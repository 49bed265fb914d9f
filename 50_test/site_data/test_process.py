"""The site as a process beside a store that comes, goes and changes: what visitors and we read."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mangetamain_analytics.utils.i18n import translator

WAIT_SECONDS = 60


def eventually(condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.1)
    return False


# What a site writes and shows does not depend on whose store it is; `test_faults.py` asks both.
on_rclone = pytest.mark.parametrize("store", ["rclone"], indirect=True)


def test_without_store_and_copy_the_site_says_so_and_recovers_by_itself(
    store: Any, publication: Any, built_files: tuple[Path, ...], start_site: Callable[..., Any]
) -> None:
    version = publication.publish(built_files[0])
    store.stop()
    site = start_site(**store.environ())
    answer = site.get("/readyz")

    assert answer.status_code == 503
    assert (
        answer.json()["reason"]
        == answer.json()["last_error"]
        == (
            f"data '{store.endpoint}/{store.bucket}/current.json': the store does not answer:"
            " the connection is refused or the name is unknown"
        )
    )
    for language in ("en", "fr"):
        page, t = site.page(language), translator(language)
        assert t("unavailable-title") in page
        assert t("unavailable-text") in page
        assert store.endpoint not in page

    store.start()
    assert eventually(lambda: site.get("/readyz").status_code == 200)
    ready = site.ready()
    assert (ready["data_version"], ready["origin"], ready["freshness"], ready["last_error"]) == (
        version,
        "s3",
        "fresh",
        None,
    )
    assert version in site.page()
    assert translator("en")("data-fresh") in site.page()


@on_rclone
def test_a_newer_version_reaches_the_visitors_without_a_restart(
    store: Any, publication: Any, built_files: tuple[Path, ...], start_site: Callable[..., Any]
) -> None:
    versions = [publication.publish(built_files[0])]
    site = start_site(**store.environ())
    assert versions[0] in site.page()
    started = site.process.pid
    versions.append(publication.publish(built_files[1]))

    assert eventually(lambda: site.ready()["data_version"] == versions[1])
    page = site.page()
    assert versions[1] in page and versions[0] not in page
    assert translator("en")("data-fresh") in page
    assert translator("en")("place-s3") in page
    assert site.process.pid == started


@on_rclone
def test_a_store_that_goes_away_later_changes_nothing_for_visitors(
    store: Any, publication: Any, built_files: tuple[Path, ...], start_site: Callable[..., Any]
) -> None:
    version = publication.publish(built_files[0])
    site = start_site(**store.environ())
    badge = translator("en")("data-fresh")
    store.stop()

    assert eventually(lambda: site.ready()["last_error"] is not None)
    answer = site.get("/readyz")
    assert (answer.status_code, answer.json()["data_version"]) == (200, version)
    assert "the store does not answer" in answer.json()["last_error"]
    assert version in site.page() and badge in site.page()

    store.start()
    assert eventually(lambda: site.ready()["last_error"] is None)


@on_rclone
def test_a_version_that_this_site_does_not_know_is_refused_and_told(
    store: Any, publication: Any, built_files: tuple[Path, ...], start_site: Callable[..., Any]
) -> None:
    version = publication.publish(built_files[0])
    site = start_site(**store.environ())
    publication.publish(built_files[1], schema_version=2)

    assert eventually(lambda: site.ready()["last_error"] is not None)
    answer = site.get("/readyz")
    assert (answer.status_code, answer.json()["status"]) == (200, "ready")
    assert answer.json()["freshness"] == "newer exists"
    assert answer.json()["last_error"].endswith(": schema version 2, this app reads 1")
    assert eventually(lambda: ": schema version 2, this app reads 1" in site.written())
    page = site.page()
    assert version in page and translator("en")("data-stale") in page


@on_rclone
@pytest.mark.parametrize("environment", ["prod", "local"])
@pytest.mark.parametrize("is_right", [True, False], ids=["right", "wrong"])
def test_no_secret_is_written_whether_it_is_right_or_wrong(
    store: Any,
    publication: Any,
    built_files: tuple[Path, ...],
    start_site: Callable[..., Any],
    tmp_path: Path,
    environment: str,
    is_right: bool,
) -> None:
    """The file's secret is none of the variables whose values the log masks."""
    publication.publish(built_files[0])
    key_id = store.site.access_key_id
    secret = store.site.secret_access_key if is_right else "5ec3e7" * 10
    folder = tmp_path / "site-0" / "96_keys"
    folder.mkdir(parents=True)
    (folder / "credentials").write_text(
        f"[s3fast]\nendpoint_url = {store.endpoint}\nregion = garage-fast\n"
        f"aws_access_key_id = {key_id}\naws_secret_access_key = {secret}\n"
    )
    site = start_site(APP_ENV=environment)
    answer = site.get("/readyz")
    page = site.page()
    store.stop()
    time.sleep(2)
    store.start()
    texts = [answer.text, page, site.get("/readyz").text, site.written()]

    assert answer.status_code == (200 if is_right else 503)
    assert ("AWS_SECRET_ACCESS_KEY" in answer.text) is not is_right
    assert "DataUnavailableError" in texts[3]
    for text in texts:
        assert secret not in text
        assert key_id not in text


def test_what_the_publisher_signs_is_served_and_what_it_takes_back_is_not(
    store: Any, built_files: tuple[Path, ...], start_site: Callable[..., Any], tmp_path: Path
) -> None:
    environ = os.environ | store.environ(store.publisher)

    def run(*arguments: str | Path) -> str:
        done = subprocess.run(
            [Path(sys.executable).with_name("mangetamain-data"), *arguments],
            env=environ,
            cwd=tmp_path,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    name, _, public_key = run("keygen").strip().partition("=")
    run("publish", built_files[0])
    site = start_site(**store.environ(), **{name: public_key})
    first = site.ready()
    assert (first["status"], first["origin"], first["last_error"]) == ("ready", "s3", None)

    run("publish", built_files[1])
    assert eventually(lambda: site.ready()["data_version"] != first["data_version"])
    run("rollback")
    assert eventually(lambda: site.ready()["data_version"] == first["data_version"])
    run("publish", "--unsigned", built_files[2])
    assert eventually(lambda: site.ready()["last_error"] is not None)
    assert site.ready()["last_error"].endswith("MANGETAMAIN_PUBLIC_KEY asks for a signature")
    assert first["data_version"] in site.page()


def test_half_an_access_stops_the_start_with_what_is_missing(tmp_path: Path) -> None:
    environ = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    environ |= {"AWS_ENDPOINT_URL_S3": "http://127.0.0.1:9", "LOG_DIR": str(tmp_path / "logs")}
    done = subprocess.run(
        [sys.executable, "-m", "mangetamain_analytics.asgi"],
        env=environ,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert done.returncode == 2
    assert done.stderr == (
        "mangetamain: AWS_ACCESS_KEY_ID: missing, here or as aws_access_key_id in"
        " 96_keys/credentials; the store http://127.0.0.1:9 asks for it\n"
    )
