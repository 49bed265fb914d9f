"""The real rows, with every expected number recomputed here without our code."""

import ast
import csv
import datetime
from pathlib import Path

import duckdb
import polars as pl
import pytest

from mangetamain_data_utils.build import BuildOptions, build


@pytest.fixture(scope="module")
def built(real_rows: Path, tmp_path_factory) -> Path:
    output = tmp_path_factory.mktemp("real") / "real.duckdb"
    build(real_rows, output, BuildOptions(quiet=True))
    return output


def rows_of(built: Path, sql: str) -> list[tuple]:
    with duckdb.connect(str(built), read_only=True) as con:
        return con.execute(sql).fetchall()


def csv_rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_recipes_are_those_that_pass_the_rules(real_rows, built) -> None:
    rows = csv_rows(real_rows / "RAW_recipes.csv")
    timed = [row for row in rows if 1 <= int(row["minutes"]) <= 180]
    usual = timed
    for column in ("n_steps", "n_ingredients"):
        series = pl.Series([int(row[column]) for row in timed])
        low, high = (int(series.quantile(q, interpolation="nearest")) for q in (0.025, 0.975))
        usual = [row for row in usual if low <= int(row[column]) <= high]
    expected = {
        (int(row["id"]), row["name"], tuple(ast.literal_eval(row["ingredients"])))
        for row in usual
        if row["name"] and ast.literal_eval(row["nutrition"])[0] >= 0
    }
    found = rows_of(built, "select id, name, ingredients from recipes")
    assert {(id_, name, tuple(items)) for id_, name, items in found} == expected
    counts = rows_of(built, "select rows_before - rows_removed from cleaning_steps where step < 5")
    assert counts == [(len(rows),), (len(timed),), (len(usual),), (len(usual),)]


def test_tags_and_nutrition_are_pythons_own_reading(real_rows, built) -> None:
    rows = {int(row["id"]): row for row in csv_rows(real_rows / "RAW_recipes.csv")}
    nutrition = "calories, total_fat_pct, sugar_pct, sodium_pct, protein_pct, sat_fat_pct, carb_pct"
    for id_, tags, *numbers in rows_of(built, f"select id, tags, {nutrition} from recipes"):
        assert tags == ast.literal_eval(rows[id_]["tags"])
        assert numbers == ast.literal_eval(rows[id_]["nutrition"])


def test_the_ratings_are_those_with_stars(real_rows, built) -> None:
    rows = csv_rows(real_rows / "RAW_interactions.csv")
    expected = sorted(
        (
            int(row["user_id"]),
            int(row["recipe_id"]),
            datetime.date(*map(int, row["date"].split("/"))),
            int(row["rating"]),
        )
        for row in rows
        if row["rating"] in "12345"
    )
    found = rows_of(built, "select user_id, recipe_id, date, rating from interactions")
    assert sorted(found) == expected
    unrated = sum(row["rating"] == "0" for row in rows)
    slash_dates = sum("/" in row["date"] for row in rows)
    assert rows_of(built, "select n_unrated from build_info") == [(unrated,)]
    assert rows_of(built, "from source_notes") == [
        ("RAW_interactions", "dates written as 2017/8/18", slash_dates)
    ]


def test_the_calendar_is_pythons_own(built) -> None:
    seasons = ["Winter", "Spring", "Summer", "Autumn"]
    columns = "submitted, year, month, weekday, is_weekend, season"
    for day, *found in rows_of(built, f"select {columns} from recipes"):
        weekday = day.isoweekday()
        season = seasons[day.month % 12 // 3]
        assert found == [day.year, day.month, weekday, weekday in (6, 7), season]
