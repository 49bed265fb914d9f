"""What the written file is: its format, what it says about itself, how it appears."""

import hashlib
import json
import os
from datetime import UTC, datetime, timedelta

import duckdb

from mangetamain_data_utils import workplace
from mangetamain_data_utils.app_commit import app_commit


def test_the_file_has_storage_version_1_4_and_opens_read_only(kaggle) -> None:
    kaggle.build()
    with duckdb.connect(str(kaggle.output), read_only=True) as con:
        assert (
            con.execute("select tags from duckdb_databases() where path is not null")
            .fetchall()[0][0]["storage_version"]
            .startswith("v1.4")
        )
        assert con.execute("select count(*) from recipes").fetchone() == (1,)


def test_the_file_stands_alone_in_its_folder(kaggle) -> None:
    kaggle.build()
    assert sorted(kaggle.output.parent.iterdir()) == [kaggle.folder, kaggle.output]


def test_the_file_is_readable_by_others_as_the_umask_says(kaggle) -> None:
    previous = os.umask(0o022)
    try:
        kaggle.build()
    finally:
        os.umask(previous)
    assert kaggle.output.stat().st_mode & 0o777 == 0o644


def test_build_info_says_where_the_file_comes_from(kaggle) -> None:
    before = datetime.now(UTC).replace(tzinfo=None)
    [(schema, built_at, commit, is_demo, files)] = kaggle.built(
        "select schema_version, built_at, app_commit, is_demo, source_files from build_info"
    )
    assert schema == 1
    assert before - timedelta(milliseconds=1) <= built_at <= datetime.now(UTC).replace(tzinfo=None)
    assert commit == app_commit()
    assert not is_demo
    recipes = kaggle.file().read_bytes()
    assert files[0] == {
        "name": "RAW_recipes.csv",
        "size_bytes": len(recipes),
        "sha256": hashlib.sha256(recipes).hexdigest(),
    }
    assert [file["name"] for file in files] == ["RAW_recipes.csv", "RAW_interactions.csv"]


def test_build_info_counts_the_rows_of_every_table(kaggle) -> None:
    kaggle.recipes({}, {}, {"minutes": "999"})
    [(counts,)] = kaggle.built("select row_counts from build_info")
    assert counts == {
        "recipes": 2,
        "interactions": 1,
        "users": 1,
        "recipe_ingredients": 4,
        "recipe_tags": 4,
        "item_years": 4,
        "cleaning_steps": 8,
        "source_notes": 0,
    }


def test_a_folder_marked_by_the_generator_is_demo_data(kaggle) -> None:
    marker = {"generator": "mangetamain-data demo", "scale": 0.1, "seed": 42}
    (kaggle.folder / "DEMO.json").write_text(json.dumps(marker))
    assert kaggle.built("select is_demo from build_info") == [(True,)]


def test_a_build_replaces_the_previous_file(kaggle) -> None:
    kaggle.build()
    kaggle.recipes({"name": "pear pie"})
    assert kaggle.built("select name from recipes") == [("pear pie",)]


def test_a_reader_of_the_previous_file_keeps_reading_it(kaggle) -> None:
    kaggle.build()
    with duckdb.connect(str(kaggle.output), read_only=True) as reader:
        kaggle.recipes({"name": "pear pie"})
        result = kaggle.cli()
        assert result.exit_code == 0, result.output
        assert reader.execute("select name from recipes").fetchall() == [("apple pie",)]


def test_the_file_is_on_disk_before_it_has_its_name(kaggle, monkeypatch) -> None:
    calls = []
    real_replace, real_fsync = os.replace, os.fsync

    def fsync(descriptor: int) -> None:
        calls.append(("fsync", os.readlink(f"/proc/self/fd/{descriptor}")))
        real_fsync(descriptor)

    def replace(source: os.PathLike[str], target: os.PathLike[str]) -> None:
        calls.append(("rename", str(target)))
        real_replace(source, target)

    monkeypatch.setattr(workplace.os, "fsync", fsync)
    monkeypatch.setattr(workplace.os, "replace", replace)
    kaggle.build()
    [first, second, third] = calls
    assert first[0] == "fsync" and first[1].endswith("partial.duckdb")
    assert second == ("rename", str(kaggle.output))
    assert third == ("fsync", str(kaggle.output.parent))


def test_missing_parent_folders_are_made(kaggle, tmp_path) -> None:
    kaggle.output = tmp_path / "a" / "b" / "site.duckdb"
    assert kaggle.built("select count(*) from recipes") == [(1,)]
