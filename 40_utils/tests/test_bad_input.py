"""What the user reads when an input is unusual: accepted and counted, or refused with a place.

A refusal leaves the previous output byte for byte as it was, and no other file.
"""

import gzip
import hashlib
import io
import os
import re
import resource
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest


def zipped(content: bytes, name: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


def refusal(kaggle) -> str:
    """Build over an existing output and return the message, after checking nothing moved."""
    kaggle.output.write_bytes(b"the previous output")
    before = sorted(kaggle.output.parent.iterdir())
    result = kaggle.cli()
    assert result.exit_code == 1, result.output
    assert result.stdout == ""
    assert kaggle.output.read_bytes() == b"the previous output"
    assert sorted(kaggle.output.parent.iterdir()) == before
    return result.stderr.removeprefix("Error: ").strip()


def notes(kaggle) -> list[tuple[str, str, int]]:
    """Build and return what was accepted with a remark, after checking the user reads it."""
    result = kaggle.cli()
    assert result.exit_code == 0, result.output
    rows = kaggle.query("from source_notes")
    for table, note, n_rows in rows:
        assert f"{table:<13} note: {note}: {n_rows:,}" in result.stdout
    return rows


# Accepted and counted


def test_an_ordinary_input_needs_no_note(kaggle) -> None:
    assert notes(kaggle) == []


def test_slash_dates_are_read_and_counted(kaggle) -> None:
    kaggle.recipes({"submitted": "2017/8/18"}, {"submitted": "2017-08-18"})
    kaggle.interactions({"date": "2017/12/1"}, {"date": "2017/08/01"}, {})
    assert notes(kaggle) == [
        ("RAW_interactions", "dates written as 2017/8/18", 2),
        ("RAW_recipes", "dates written as 2017/8/18", 1),
    ]
    days = kaggle.query("select cast(date as varchar) from interactions")
    assert days == [("2011-01-01",), ("2017-08-01",), ("2017-12-01",)]
    assert kaggle.query("select distinct cast(submitted as varchar) from recipes") == [
        ("2017-08-18",)
    ]


def test_rows_ending_with_cr_lf_are_read_and_counted(kaggle) -> None:
    kaggle.recipes({}, {})
    kaggle.rewrite("RAW_recipes.csv", lambda content: content.replace(b"\n", b"\r\n"))
    assert notes(kaggle) == [("RAW_recipes", "rows ending with CR LF", 2)]
    assert kaggle.query("select n_ingredients from recipes") == [(2,), (2,)]


def test_a_byte_order_mark_is_skipped_and_counted(kaggle) -> None:
    kaggle.rewrite("RAW_interactions.csv", lambda content: b"\xef\xbb\xbf" + content)
    assert notes(kaggle) == [("RAW_interactions", "byte order mark skipped", 1)]


def test_an_extra_column_is_ignored_and_named(kaggle) -> None:
    kaggle.recipes({"Unnamed: 0": "17"})
    assert notes(kaggle) == [("RAW_recipes", "extra column ignored: 'Unnamed: 0'", 1)]


def test_columns_are_found_by_name_in_any_order(kaggle) -> None:
    lines = b"review,rating,date,recipe_id,user_id\ngood,4,2012-01-01,3,9\n"
    kaggle.file("RAW_interactions.csv").write_bytes(lines)
    columns = "user_id, recipe_id, cast(date as varchar), rating"
    assert kaggle.built(f"select {columns} from interactions") == [(9, 3, "2012-01-01", 4)]


def test_blank_lines_are_skipped_and_counted(kaggle) -> None:
    kaggle.rewrite("RAW_interactions.csv", lambda content: content.replace(b"\n", b"\n\n"))
    assert notes(kaggle) == [("RAW_interactions", "blank lines skipped", 2)]


@pytest.mark.parametrize("cell", ["", "nan"])
def test_empty_and_nan_lists_are_counted(kaggle, cell) -> None:
    kaggle.recipes({"tags": cell}, {"ingredients": cell}, {"nutrition": cell}, {})
    assert notes(kaggle) == [("RAW_recipes", "rows with an empty or nan list", 3)]


def test_a_miscounted_list_is_counted(kaggle) -> None:
    kaggle.recipes({"n_ingredients": "3"}, {})
    miscounted = "rows where n_ingredients is not the length of the list"
    assert notes(kaggle) == [("RAW_recipes", miscounted, 1)]


@pytest.mark.parametrize("suffix", [".csv.gz", ".gz"])
def test_gzipped_files_are_read(kaggle, suffix) -> None:
    plain = kaggle.file()
    kaggle.file(f"RAW_recipes{suffix}").write_bytes(gzip.compress(plain.read_bytes()))
    plain.unlink()
    assert kaggle.built("select name from recipes") == [("apple pie",)]


@pytest.mark.parametrize("suffix", [".csv.zip", ".zip"])
@pytest.mark.parametrize("member", ["RAW_recipes.csv", "food/RAW_recipes.csv"])
def test_zipped_files_are_read(kaggle, suffix, member) -> None:
    plain = kaggle.file()
    kaggle.file(f"RAW_recipes{suffix}").write_bytes(zipped(plain.read_bytes(), member))
    plain.unlink()
    assert kaggle.built("select name from recipes") == [("apple pie",)]


def test_cells_over_several_lines_lose_and_shift_nothing(kaggle) -> None:
    awkward = 'line one\nline "two", with comma\r\n\n  four'
    kaggle.recipes(*({"name": f"pie {n}", "description": awkward} for n in range(50)))
    names = kaggle.built("select name from recipes order by id")
    assert names == [(f"pie {n}",) for n in range(50)]


def test_optional_files_that_are_there_are_recorded(kaggle) -> None:
    kaggle.file("PP_users.csv").write_bytes(b"u,techniques,items,n_items,ratings,n_ratings\n")
    kaggle.rewrite("PP_users.csv", lambda content: content + b'0,"[1]","[2]",1,"[5.0]",1\n')
    files = kaggle.built("select unnest(source_files, recursive := true) from build_info")
    assert [name for name, _, _ in files] == [
        "RAW_recipes.csv",
        "RAW_interactions.csv",
        "PP_users.csv",
    ]
    content = kaggle.file("PP_users.csv").read_bytes()
    assert files[2][1:] == (len(content), hashlib.sha256(content).hexdigest())


# Refused with a place


@pytest.mark.parametrize("name", ["RAW_recipes.csv", "RAW_interactions.csv"])
def test_a_missing_file_is_named(kaggle, name) -> None:
    kaggle.file(name).unlink()
    folder = kaggle.folder
    expected = f"{name}: is missing from {folder} (looked for it plain, .zip and .gz)"
    assert refusal(kaggle) == expected


def test_the_archive_of_the_whole_dataset_is_to_be_unzipped(kaggle) -> None:
    kaggle.file("archive.zip").write_bytes(zipped(kaggle.file().read_bytes(), "RAW_recipes.csv"))
    kaggle.file().unlink()
    assert refusal(kaggle).endswith("; unzip archive.zip, which holds it")


def test_a_file_that_is_there_twice_is_refused(kaggle) -> None:
    kaggle.file("RAW_recipes.csv.gz").write_bytes(gzip.compress(kaggle.file().read_bytes()))
    expected = "RAW_recipes: stands there 2 times: RAW_recipes.csv, RAW_recipes.csv.gz; keep one"
    assert refusal(kaggle) == expected


BROKEN_FILES = {
    "truncated between two cells": (
        lambda content: content[: content.rindex(b",")],
        "RAW_recipes.csv, line 3: 11 cells where the header has 12",
    ),
    "truncated inside quotes": (
        lambda content: content[: content.rindex(b"sugar")],
        "RAW_recipes.csv, line 3: not a whole CSV row (unexpected end of data): truncated, "
        "or a quote left open?",
    ),
    "truncated in the last cell": (
        lambda content: content[:-1],
        "RAW_recipes.csv, line 3: the file stops inside this row (no line end after it); "
        "is it truncated?",
    ),
    "missing column": (
        lambda content: content.replace(b"submitted", b"sent", 1),
        "RAW_recipes.csv, line 1: column submitted is missing; found: name, id, minutes, "
        "contributor_id, sent, tags, nutrition, n_steps, steps, description, ingredients, "
        "n_ingredients",
    ),
    "column twice": (
        lambda content: content.replace(b"minutes,", b"minutes,minutes,", 1),
        "RAW_recipes.csv, line 1: column minutes stands there 2 times",
    ),
    "one cell too many": (
        lambda content: content.replace(b"\napple pie,2", b"\napple,pie,2"),
        "RAW_recipes.csv, line 3: 13 cells where the header has 12",
    ),
    "text after a closing quote": (
        lambda content: content.replace(b"easy']\"", b"easy']\"oops", 1),
        "RAW_recipes.csv, line 2: not a whole CSV row (',' expected after '\"'): truncated, "
        "or a quote left open?",
    ),
    "latin-1": (
        lambda content: content.replace(b"the best", "crème".encode("latin-1")),
        "RAW_recipes.csv, line 2: byte 0xE8 is not UTF-8; save the file as UTF-8",
    ),
    "utf-16": (
        lambda content: content.decode().encode("utf-16"),
        "RAW_recipes.csv, line 1: byte 0xFF is not UTF-8; save the file as UTF-8",
    ),
    "empty": (lambda content: b"", "RAW_recipes.csv: is empty"),
    "only a header": (
        lambda content: content[: content.index(b"\n") + 1],
        "RAW_recipes.csv: has a header but no row",
    ),
}


@pytest.mark.parametrize("case", BROKEN_FILES)
def test_a_broken_file_is_refused_with_its_line(kaggle, case) -> None:
    change, message = BROKEN_FILES[case]
    kaggle.recipes({}, {})
    kaggle.rewrite("RAW_recipes.csv", change)
    assert refusal(kaggle) == message


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("id", "seven", "id 'seven' is not a whole number"),
        ("id", "", "id '' is not a whole number"),
        ("id", "1.0", "id '1.0' is not a whole number"),
        ("minutes", "an hour", "minutes 'an hour' is not a whole number"),
        ("minutes", "5.5", "minutes '5.5' is not a whole number"),
        ("contributor_id", "me", "contributor_id 'me' is not a whole number"),
        ("submitted", "yesterday", "submitted 'yesterday' is not a date such as 2017-08-18"),
        ("submitted", "2017-02-29", "submitted '2017-02-29' is not a date such as 2017-08-18"),
        ("submitted", "18/8/2017", "submitted '18/8/2017' is not a date such as 2017-08-18"),
        ("n_steps", "few", "n_steps 'few' is not a whole number from 0 to 32,767"),
        ("n_steps", "99999", "n_steps '99999' is not a whole number from 0 to 32,767"),
        ("n_ingredients", "-1", "n_ingredients '-1' is not a whole number from 0 to 32,767"),
        ("ingredients", "['salt'", "ingredients '['salt'' is not a list of texts"),
        ("ingredients", "['salt', nan]", "ingredients '['salt', nan]' is not a list of texts"),
        ("tags", "easy", "tags 'easy' is not a list of texts"),
        ("nutrition", "[1, 2", "nutrition '[1, 2' is not a list of numbers"),
        ("nutrition", "[1, 2]", "nutrition '[1, 2]' is not a list of 7 numbers"),
    ],
)
def test_an_unreadable_recipe_cell_is_refused_with_its_line(kaggle, column, cell, reason) -> None:
    # the cell over three lines before it moves the line number, not the row
    kaggle.recipes({"description": "over\nthree\nlines"}, {column: cell})
    assert refusal(kaggle) == f"RAW_recipes.csv, line 5: {reason}"


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("user_id", "me", "user_id 'me' is not a whole number"),
        ("recipe_id", "", "recipe_id '' is not a whole number"),
        ("date", "2017/13/1", "date '2017/13/1' is not a date such as 2017-08-18"),
        ("rating", "five", "rating 'five' is not a whole number"),
    ],
)
def test_an_unreadable_interaction_cell_is_refused(kaggle, column, cell, reason) -> None:
    kaggle.interactions({}, {column: cell}, {}, {column: cell})
    expected = f"RAW_interactions.csv, line 3: {reason} (2 rows cannot be read)"
    assert refusal(kaggle) == expected


def test_an_unreadable_training_pair_is_refused(kaggle) -> None:
    kaggle.train((1, 1))
    kaggle.rewrite("interactions_train.csv", lambda content: content.replace(b"1,1", b"1,x"))
    assert refusal(kaggle) == "interactions_train.csv, line 2: recipe_id 'x' is not a whole number"


def test_a_broken_file_that_is_only_recorded_is_refused_too(kaggle) -> None:
    kaggle.file("PP_recipes.csv").write_bytes(b"id,i\n1,1\n")
    assert refusal(kaggle).startswith("PP_recipes.csv, line 1: column name_tokens, ")
    kaggle.file("PP_recipes.csv").unlink()
    header = b"user_id,recipe_id,date,rating,u,i\n"
    kaggle.file("interactions_test.csv").write_bytes(header + b"1,1,2011-01-01,5.0,0,0\n1,1,20")
    assert refusal(kaggle) == "interactions_test.csv, line 3: 3 cells where the header has 6"


def test_unreadable_steps_are_refused_when_they_are_wanted(kaggle) -> None:
    kaggle.recipes({"steps": "oops"})
    assert kaggle.cli().exit_code == 0
    result = kaggle.cli("--keep-text")
    assert result.exit_code == 1
    assert "RAW_recipes.csv, line 2: steps 'oops' is not a list of texts" in result.stderr


def test_an_endless_cell_is_refused(kaggle) -> None:
    kaggle.recipes({"description": "x" * 1_000_001})
    assert refusal(kaggle).startswith(
        "RAW_recipes.csv, line 2: not a whole CSV row (field larger than field limit (1000000))"
    )


def test_a_truncated_gzip_is_refused(kaggle) -> None:
    content = gzip.compress(kaggle.file().read_bytes())
    kaggle.file().unlink()
    kaggle.file("RAW_recipes.csv.gz").write_bytes(content[:-20])
    assert refusal(kaggle).startswith("RAW_recipes.csv.gz: the archive is damaged: ")


def test_a_file_that_is_not_gzip_is_refused(kaggle) -> None:
    kaggle.file().rename(kaggle.file("RAW_recipes.csv.gz"))
    assert refusal(kaggle).startswith("RAW_recipes.csv.gz: the archive is damaged: Not a gzipped")


def test_a_damaged_zip_is_refused(kaggle) -> None:
    content = bytearray(zipped(kaggle.file().read_bytes(), "RAW_recipes.csv"))
    content[60] ^= 0xFF
    kaggle.file().unlink()
    kaggle.file("RAW_recipes.csv.zip").write_bytes(content)
    assert refusal(kaggle).startswith("RAW_recipes.csv.zip: the archive is damaged: ")


@pytest.mark.parametrize(
    ("flag", "method", "reason"),
    [
        (1, zipfile.ZIP_STORED, "File 'RAW_recipes.csv' is encrypted, password required"),
        (0, 99, "That compression method is not supported"),
    ],
)
def test_a_zip_that_python_cannot_unpack_is_refused(kaggle, flag, method, reason) -> None:
    content = bytearray(zipped(kaggle.file().read_bytes(), "RAW_recipes.csv"))
    listing = content.rindex(b"PK\x01\x02")
    for flag_place, method_place in ((6, 8), (listing + 8, listing + 10)):
        content[flag_place], content[method_place] = flag, method
    kaggle.file().unlink()
    kaggle.file("RAW_recipes.csv.zip").write_bytes(content)
    assert refusal(kaggle).startswith(f"RAW_recipes.csv.zip: cannot be unpacked: {reason}")


def test_a_zip_of_something_else_is_refused(kaggle) -> None:
    kaggle.file().unlink()
    kaggle.file("RAW_recipes.csv.zip").write_bytes(zipped(b"x", "notes.txt"))
    expected = "RAW_recipes.csv.zip: holds 0 files named RAW_recipes.csv, expected 1"
    assert refusal(kaggle) == expected


def test_a_latin_1_file_inside_a_zip_names_its_line(kaggle) -> None:
    kaggle.recipes({}, {"description": "BYTE"})
    content = kaggle.file().read_bytes().replace(b"BYTE", b"caf\xe9")
    kaggle.file().unlink()
    kaggle.file("RAW_recipes.csv.zip").write_bytes(zipped(content, "RAW_recipes.csv"))
    assert refusal(kaggle) == (
        "RAW_recipes.csv.zip, line 3: byte 0xE9 is not UTF-8; save the file as UTF-8"
    )


def test_rows_that_break_a_data_rule_stop_the_build(kaggle) -> None:
    kaggle.recipes({"minutes": "999"})
    kaggle.interactions({"date": "1980-01-01"})
    assert refusal(kaggle) == (
        "data rules broken (2):\n"
        "  dates_are_plausible: 1 row, for example table_name='interactions', recipe_id=1, "
        "date=datetime.date(1980, 1, 1)\n"
        "  tables_are_not_empty: 1 row, for example table_name='recipes', n_rows=0"
    )


# Outputs that cannot be written


def test_an_output_that_is_a_folder_is_refused(kaggle) -> None:
    kaggle.output.mkdir()
    result = kaggle.cli()
    assert result.exit_code == 1
    assert f"{kaggle.output}: is a folder, expected the name of a file" in result.stderr


def test_an_output_that_is_a_source_is_refused(kaggle) -> None:
    kaggle.output = kaggle.folder / ".." / kaggle.folder.name / "RAW_interactions.csv"
    content = kaggle.output.read_bytes()
    result = kaggle.cli()
    assert result.exit_code == 1
    expected = f"{kaggle.output}: is what this command reads, name another file"
    assert expected in result.stderr
    assert kaggle.output.read_bytes() == content


def test_an_output_below_a_file_is_refused(kaggle) -> None:
    kaggle.output = kaggle.file() / "site.duckdb"
    result = kaggle.cli()
    assert result.exit_code == 1
    assert re.search(
        r"site\.duckdb: cannot be written: (Not a directory|File exists)", result.stderr
    )


def run_limited(kaggle, *extra: str, **limits: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mangetamain_data_utils", "build", str(kaggle.folder)]
    arguments = ["--output", str(kaggle.output), *extra]
    return subprocess.run([*command, *arguments], capture_output=True, text=True, **limits)


@pytest.mark.parametrize("room", [5_000, 200_000, 1_000_000])  # bytes; the file needs 1,847,296
def test_a_full_disk_leaves_the_previous_output(kaggle, room) -> None:
    def small_files_only() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    kaggle.output.write_bytes(b"the previous output")
    result = run_limited(kaggle, preexec_fn=small_files_only)
    assert result.returncode == 1
    assert f"{kaggle.output}: cannot be written: IO Error: " in result.stderr
    assert "Traceback" not in result.stderr
    assert kaggle.output.read_bytes() == b"the previous output"
    assert sorted(kaggle.output.parent.iterdir()) == [kaggle.folder, kaggle.output]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 4 MB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("only root may mount a small disk")
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=True)


@pytest.mark.parametrize("n_free", [100_000, 1_500_000])  # bytes: told by a statement; by a commit
def test_a_disk_that_fills_up_leaves_the_previous_output(kaggle, small_disk, n_free) -> None:
    kaggle.output = small_disk / "site.duckdb"
    kaggle.output.write_bytes(b"the previous output")
    (small_disk / "other").write_bytes(bytes(4_100_000 - n_free))
    result = run_limited(kaggle)
    assert result.returncode == 1
    assert re.search(r"site\.duckdb: cannot be written: .*No space left", result.stderr)
    assert "Traceback" not in result.stderr
    assert kaggle.output.read_bytes() == b"the previous output"
    assert {path.name for path in small_disk.iterdir()} == {"other", "site.duckdb"}


def test_too_little_memory_says_which_option_to_raise(kaggle) -> None:
    kaggle.recipes(*({"name": f"pie {n}"} for n in range(3000)))
    kaggle.output.write_bytes(b"the previous output")
    result = kaggle.cli("--memory-limit", "1MB")
    assert result.exit_code == 1
    assert "raise --memory-limit" in result.stderr
    assert kaggle.output.read_bytes() == b"the previous output"


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
@pytest.mark.parametrize("delay", [0, 0.5])  # seconds: while attaching, while reading
def test_a_stopped_build_leaves_no_file_behind(kaggle, number, code, delay) -> None:
    kaggle.recipes(*({"name": f"pie {n}"} for n in range(60_000)))
    kaggle.output.write_bytes(b"the previous output")
    command = [sys.executable, "-m", "mangetamain_data_utils", "build", str(kaggle.folder)]
    arguments = ["--output", str(kaggle.output), "--quiet"]
    with subprocess.Popen([*command, *arguments], stderr=subprocess.PIPE, text=True) as process:
        while process.poll() is None and not list(kaggle.output.parent.glob(".mangetamain-*")):
            time.sleep(0.01)
        time.sleep(delay)
        process.send_signal(number)
        assert process.communicate()[1] == ""
    assert process.returncode == code
    assert kaggle.output.read_bytes() == b"the previous output"
    assert sorted(kaggle.output.parent.iterdir()) == [kaggle.folder, kaggle.output]


def test_what_a_killed_build_left_is_removed_a_day_later(kaggle) -> None:
    command = [sys.executable, "-m", "mangetamain_data_utils", "build", str(kaggle.folder)]
    kaggle.recipes(*({"name": f"pie {n}"} for n in range(60_000)))
    with subprocess.Popen([*command, "--output", str(kaggle.output), "--quiet"]) as process:
        while not (left := list(kaggle.output.parent.glob(".mangetamain-*/*"))):
            time.sleep(0.01)
        process.kill()
    folder = left[0].parent
    kaggle.recipes({})
    kaggle.build()
    assert folder.is_dir()  # it may be at work still, for all that a second build knows
    os.utime(folder, (0, time.time() - 25 * 3600))
    kaggle.build()
    assert sorted(kaggle.output.parent.iterdir()) == [kaggle.folder, kaggle.output]


def test_the_log_of_the_former_file_does_not_outlive_it(kaggle) -> None:
    kaggle.build()
    code = (
        f"import duckdb, os; con = duckdb.connect({str(kaggle.output)!r}); "
        "con.execute('create table mine as select 1 as a'); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    assert kaggle.output.with_name("site.duckdb.wal").exists()
    assert kaggle.built("select name from recipes") == [("apple pie",)]
    assert sorted(kaggle.output.parent.iterdir()) == [kaggle.folder, kaggle.output]


def test_a_file_that_the_disk_cannot_read_is_refused(kaggle) -> None:
    kaggle.file().unlink()
    kaggle.file().symlink_to("/proc/self/mem")  # opens, then fails: address 0 is not mapped
    assert refusal(kaggle) == "RAW_recipes.csv: cannot be read: Input/output error"


def test_a_folder_with_an_apostrophe_is_a_folder_like_any_other(kaggle, tmp_path: Path) -> None:
    kaggle.output = tmp_path / "grandma's" / "site.duckdb"
    assert kaggle.built("select name from recipes") == [("apple pie",)]
