"""Publishers that are killed, that meet, that are too slow: one wins, nothing is lost."""

import json
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

from mangetamain_data_utils.publishing import claims


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
    assert f"PUT /mangetamain/data/{run.sha256(second)}.duckdb" in methods
    assert "PUT /mangetamain/current.json" in methods


def _killed_before_request(number: int, proxy, run: Any, file: Path) -> bool:
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


def _visitors_and_commands_are_well(store, run: Any, first: Path, second: Path) -> None:
    assert run.current_file() in (run.sha256(first), run.sha256(second))
    for command in (["list"], ["prune", "--keep", "1"], ["publish", second]):
        result = run(*command)
        assert result.exit_code == 0, result.output
    assert run.current_file() == run.sha256(second)
    assert run.pointer()["previous"] == f"data/{run.sha256(first)}.duckdb"
    expected = {run.sha256(first)[:12]: "previous", run.sha256(second)[:12]: "current"}
    assert run.states() == expected
    objects = [
        f"data/{run.sha256(file)}{end}" for file in (first, second) for end in (".duckdb", ".json")
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
        assert run.current_file() == run.sha256(winners[0])
        told = [errors for (_, errors), p in zip(outputs, processes) if p.returncode == 1]
        assert len(told) == len(files) - 1
        for errors in told:
            assert "another publisher was faster, version " in errors
            assert f"({run.sha256(winners[0])[:12]})" in errors


def test_who_claims_at_the_same_moment_is_seen_and_waited_for(
    store, proxy, run, built_files, monkeypatch
) -> None:
    monkeypatch.setattr(claims, "_PAUSE_SECONDS", (0.01, 0.02))
    rival = "claims/rival.json"
    steps = []

    def raise_a_rival_flag(method: str, path: str) -> None:
        if method == "PUT" and "/claims/" in path and not steps:
            run.put(rival, b"{}")
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
        if method == "PUT" and path.endswith(f"{run.sha256(second)}.duckdb"):
            output, errors = run.start("publish", third).communicate()
            assert "is current now" in output, errors

    proxy.before = publish_another
    result = run("publish", second, AWS_ENDPOINT_URL_S3=proxy.endpoint)
    assert result.exit_code == 1
    assert "another publisher was faster, version" in result.stderr
    assert "to replace it, run the command again" in result.stderr
    assert run.current_file() == run.sha256(third)
    assert run("publish", second).exit_code == 0
    assert run.pointer()["previous"] == f"data/{run.sha256(third)}.duckdb"


def test_a_killed_publisher_is_waited_for_until_its_claim_expires(
    store, run, built_files, monkeypatch
) -> None:
    monkeypatch.setattr(claims, "LIFETIME", timedelta(seconds=3))
    owner = {"host": "elsewhere", "pid": 7, "since": "2026-01-01T00:00:00+00:00"}
    run.put("claims/abc.json", json.dumps(owner).encode())
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
    run.put("claims/abc.json", b"broken")
    result = run("publish", built_files[1])
    assert result.exit_code == 1
    assert "another publisher is at work (claims/abc.json); nothing was changed" in result.stderr
    assert run.current_file() == run.sha256(built_files[0])
    assert "claims/abc.json" in store.keys()


def test_who_was_too_slow_does_not_touch_the_pointer(store, run, built_files, monkeypatch) -> None:
    run("publish", built_files[0])
    monkeypatch.setattr(claims, "ACTS_WITHIN_SECONDS", 0.0)
    result = run("publish", built_files[1])
    assert result.exit_code == 1
    assert "answers too slowly" in result.stderr
    assert run.current_file() == run.sha256(built_files[0])


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
    assert run.current_file() == run.sha256(built_files[0])
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
    assert run.current_file() == run.sha256(built_files[0])
