"""Which versions the store holds: `rollback`, `list`, `prune`."""

import json
import re
from datetime import timedelta

import pytest

from mangetamain_data_utils.publishing import publisher
from mangetamain_data_utils.publishing import store as store_module
from mangetamain_data_utils.publishing.signing import public_key_text, read_signing_key


def test_rollback_goes_to_the_previous_version_and_back(store, run, built_files) -> None:
    first, second, *_ = built_files
    for file in (first, second):
        run("publish", file)
    for expected, before in ((first, second), (second, first)):
        result = run("rollback")
        assert result.exit_code == 0, result.output
        assert run.current_file() == run.sha256(expected)
        assert run.pointer()["previous"] == f"data/{run.sha256(before)}.duckdb"


def test_rollback_takes_a_data_version_or_the_beginning_of_a_hash(store, run, built_files) -> None:
    for file in built_files[:3]:
        run("publish", file)
    version = json.loads(run.get(f"data/{run.sha256(built_files[0])}.json"))["data_version"]
    assert run("rollback", version).exit_code == 0
    assert run.current_file() == run.sha256(built_files[0])
    assert run("rollback", run.sha256(built_files[1])[:8]).exit_code == 0
    assert run.current_file() == run.sha256(built_files[1])
    result = run("rollback", run.sha256(built_files[1])[:8])
    assert "was current already, nothing changed" in result.stdout


def test_rollback_signs_what_it_writes(store, run, built_files, signing_key, tmp_path) -> None:
    for file in built_files[:2]:
        run("publish", file)
    run("rollback")
    public = public_key_text(read_signing_key(signing_key).public_key())
    output = tmp_path / "fetched.duckdb"
    result = run("fetch", "--output", output, MANGETAMAIN_PUBLIC_KEY=public)
    assert result.exit_code == 0, result.output
    assert run.sha256(output) == run.sha256(built_files[0])


def test_rollback_refuses_what_it_cannot_be_sure_of(store, run, built_files) -> None:
    first, second, third, twin = built_files
    for file in built_files:
        run("publish", file)
    before = run.get("current.json")
    version = run.pointer()["data_version"]
    run.put(f"data/{run.sha256(first)}.duckdb", first.read_bytes()[:-1])
    record = json.loads(run.get(f"data/{run.sha256(second)}.json"))
    altered = json.dumps(record | {"data_version": "better"}).encode()
    run.put(f"data/{run.sha256(second)}.json", altered)
    run.put(f"data/{'0' * 64}.duckdb", b"on its way")
    n_bytes = first.stat().st_size
    for wanted, message in {
        "nonsense": "nonsense: no such version in bucket mangetamain",
        version: f"{version}: several versions are called so, say which: ",
        run.sha256(first): f"has {n_bytes - 1:,} bytes in bucket mangetamain",
        run.sha256(second): "was altered, or signed by another key than MANGETAMAIN_PUBLIC_KEY",
        "00000000": "00000000: its publication was never finished; publish the file itself",
    }.items():
        result = run("rollback", wanted)
        assert result.exit_code == 1
        assert message in result.stderr
        assert run.get("current.json") == before


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
    run.put(f"data/{'0' * 64}.duckdb", b"on its way")
    run.put(f"data/{'1' * 64}.json", b"not JSON")
    run.put("mangetamain.duckdb", b"what was there before us")
    result = run("list")
    assert result.exit_code == 0
    assert list(run.states().items()) == [
        (run.sha256(third)[:12], "current"),
        (run.sha256(second)[:12], "previous"),
        (run.sha256(first)[:12], "kept"),
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
    assert run.states(**store.environ(store.site)) == {run.sha256(built_files[0])[:12]: "current"}


def test_prune_keeps_the_newest_the_current_and_the_previous(store, run, built_files) -> None:
    first, second, third, twin = built_files
    for day, file in enumerate(built_files, start=1):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(publisher, "now", lambda day=day: f"2026-01-0{day}T00:00:00+00:00")
            run("publish", file)
    run("rollback", run.sha256(first))  # current: first; previous: twin
    run.put("mangetamain.duckdb", b"what was there before us")
    dry = run("prune", "--keep", "3", "--dry-run")
    assert "1 versions would be deleted" in dry.stdout
    assert len(store.keys()) == 10
    result = run("prune", "--keep", "3")
    assert result.exit_code == 0, result.output
    assert list(run.states()) == [run.sha256(file)[:12] for file in (twin, third, first)]
    run("prune", "--keep", "1")
    assert run.states() == {
        run.sha256(twin)[:12]: "previous",
        run.sha256(first)[:12]: "current",
    }
    assert "mangetamain.duckdb" in store.keys()
    assert run("rollback").exit_code == 0


def test_prune_removes_what_an_interrupted_publication_left_after_a_day(
    store, run, built_files, monkeypatch
) -> None:
    run("publish", built_files[0])
    run.put(f"data/{'0' * 64}.duckdb", b"on its way")
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
    run.put("current.json", b"not JSON")
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
    key = f"data/{run.sha256(second)}.duckdb"

    def prune(method: str, path: str) -> None:
        if method == "PUT" and "/claims/" in path:
            store.client().delete_object(Bucket=store.bucket, Key=key)

    proxy.before = prune
    result = run("publish", second, AWS_ENDPOINT_URL_S3=proxy.endpoint)
    assert result.exit_code == 1
    assert f"{key}: was pruned from" in result.stderr
    assert run.current_file() == run.sha256(first)
