"""Each data rule, seen to hold on a good file and to break on a file edited on purpose."""

import shutil

import pytest
from click.testing import CliRunner

from mangetamain_data_utils.checks import check_file, rule_names
from mangetamain_data_utils.cli import main
from mangetamain_data_utils.exceptions import OutputRefused

# rule, the edit that breaks it, how many rows do, and what the example shows
BREAKS = [
    ("recipes_have_unique_ids", "insert into recipes from recipes where id = 1", 1, "id=1"),
    ("users_have_unique_ids", "insert into users from users", 2, "user_id="),
    ("required_values_are_present", "update recipes set name = null", 3, "'recipes', row_id="),
    ("required_values_are_present", "update recipes set tags = [null]", 3, "'recipes'"),
    ("required_values_are_present", "update recipes set ingredients = null", 3, "'recipes'"),
    ("required_values_are_present", "update recipes set calories = null where id = 2", 1, "=2"),
    ("required_values_are_present", "update interactions set season = null", 3, "'interactions'"),
    ("required_values_are_present", "update users set mean_rating = null", 2, "'users'"),
    ("required_values_are_present", "update item_years set item = null", 7, "'item_years'"),
    ("required_values_are_present", "update cleaning_steps set rule = null", 8, "row_id=1"),
    ("required_values_are_present", "update build_info set app_commit = null", 1, "'build_info'"),
    ("recipes_are_within_ranges", "update recipes set minutes = 181 where id = 3", 1, "=181"),
    ("recipes_are_within_ranges", "update recipes set minutes = 0 where id = 3", 1, "minutes=0"),
    ("recipes_are_within_ranges", "update recipes set n_steps = -1 where id = 3", 1, "n_steps=-1"),
    ("recipes_are_within_ranges", "update recipes set calories = -1", 3, "calories=-1.0"),
    ("recipes_are_within_ranges", "update recipes set calories = 'nan'", 3, "calories=nan"),
    ("recipes_are_within_ranges", "update recipes set ingredients = []", 3, "n_listed_ingred"),
    ("ratings_are_within_1_and_5", "update interactions set rating = 0", 3, "rating=0"),
    ("ratings_are_within_1_and_5", "update interactions set rating = 6", 3, "rating=6"),
    ("complexity_score_follows_its_formula", "update recipes set n_steps = 6", 3, "n_steps=6"),
    ("dates_are_plausible", "update recipes set submitted = '1991-08-05'", 3, "1991, 8, 5"),
    ("dates_are_plausible", "update interactions set date = current_date + 2", 3, "interactions"),
    ("calendar_columns_agree_with_dates", "update recipes set year = 2009", 3, "year=2009"),
    ("calendar_columns_agree_with_dates", "update recipes set month = 7", 3, "month=7"),
    ("calendar_columns_agree_with_dates", "update recipes set weekday = 0", 3, "weekday=0"),
    ("calendar_columns_agree_with_dates", "update recipes set is_weekend = true", 2, "=True"),
    ("calendar_columns_agree_with_dates", "update recipes set season = 'Autumn'", 3, "Autumn"),
    ("calendar_columns_agree_with_dates", "update interactions set season = 'Spring'", 3, "Spr"),
    ("item_pairs_agree_with_lists", "delete from recipe_ingredients", 5, "n_pairs=0"),
    ("item_pairs_agree_with_lists", "update recipe_ingredients set recipe_id = 9", 8, "="),
    (
        "item_pairs_agree_with_lists",
        "delete from recipe_tags where recipe_id = 2",
        1,
        "'easy', is_",
    ),
    ("item_pairs_agree_with_lists", "insert into recipe_tags from recipe_tags", 4, "n_pairs=2"),
    ("item_pairs_agree_with_lists", "insert into recipe_tags values (1, 'x')", 1, "listed=False"),
    (
        "item_pairs_agree_with_lists",
        "update recipes set tags = ['a'] where id = 1",
        2,
        "kind='tag'",
    ),
    ("users_agree_with_interactions", "update users set n_ratings = 9", 2, "n_ratings=9"),
    ("users_agree_with_interactions", "update users set mean_rating = 1", 2, "mean_rating=1.0"),
    ("users_agree_with_interactions", "update users set first_rated = '2001-01-01'", 2, "="),
    ("users_agree_with_interactions", "update users set last_rated = '2017-01-01'", 2, "="),
    ("users_agree_with_interactions", "update users set in_train = not in_train", 2, "="),
    ("users_agree_with_interactions", "delete from users where user_id = 10", 1, "user_id=10"),
    ("item_years_add_up", "update item_years set n_recipes = 0 where item = 'oil'", 1, "fewest=0"),
    ("item_years_add_up", "insert into item_years from item_years", 4, "kind="),
    ("item_years_add_up", "delete from item_years where kind = 'tag'", 2, "kind='tag'"),
    ("cleaning_steps_form_a_chain", "update cleaning_steps set rows_removed = 1", 8, "step="),
    ("cleaning_steps_form_a_chain", "delete from cleaning_steps where step > 5", 1, "interactions"),
    ("build_info_agrees_with_tables", "delete from source_notes", 1, "'source_notes'"),
    ("build_info_agrees_with_tables", "insert into build_info from build_info", 1, "'build_info'"),
    ("build_info_agrees_with_tables", "update build_info set data_version = 'x'", 1, "stated='x'"),
    ("build_info_agrees_with_tables", "update build_info set has_train_split = false", 1, "1 rat"),
    ("build_info_agrees_with_tables", "delete from build_info", 9, "stated=None"),
    ("tables_are_not_empty", "delete from interactions", 1, "'interactions'"),
    ("rows_are_in_order", "insert into recipes from recipes where id = 1", 1, "'recipes'"),
    ("rows_are_in_order", "insert into interactions from interactions limit 1", 1, "'interactions"),
    ("content_equals_its_hash", "update recipes set sugar_pct = 7 where id = 1", 1, "found='"),
    ("content_equals_its_hash", "update recipes set name = 'tart'", 1, "stated='"),
    ("content_equals_its_hash", "update build_info set is_demo = true", 1, "stated='"),
    ("schema_equals_contract", "alter table users drop column in_train", 1, "'in_train'"),
    ("schema_equals_contract", "alter table users add column age integer", 1, "'age'"),
    ("schema_equals_contract", "alter table users alter n_ratings type bigint", 1, "'BIGINT'"),
    ("schema_equals_contract", "create table extra (id bigint)", 1, "table_name='extra'"),
    ("schema_equals_contract", "drop table item_years", 4, "table_name='item_years'"),
]


@pytest.fixture(scope="module")
def good_file(kaggle_type, tmp_path_factory):
    """A built file: three recipes on two days, two users, one pair in train, one note."""
    kaggle = kaggle_type(tmp_path_factory.mktemp("good") / "kaggle")
    kaggle.recipes(
        {"submitted": "2010-06-15", "ingredients": "['salt', 'oil']", "tags": "['easy']"},
        {"submitted": "2010/6/16", "ingredients": "['salt', 'salt']", "tags": "['easy']"},
        {"submitted": "2011-01-01", "ingredients": "['salt', 'egg']", "tags": "['a', 'easy']"},
    )
    kaggle.interactions({}, {"user_id": "11"}, {"rating": "4", "date": "2011-01-02"})
    kaggle.train((11, 2))
    kaggle.build()
    return kaggle.output


@pytest.fixture
def good(kaggle, good_file):
    """A copy of the good file, to break."""
    shutil.copy(good_file, kaggle.output)
    return kaggle


def test_every_rule_holds_on_a_good_file(good) -> None:
    assert check_file(good.output) == []
    result = CliRunner().invoke(main, ["check", str(good.output)])
    assert result.exit_code == 0
    assert result.stdout == f"{good.output}: all {len(rule_names())} data rules hold\n"


@pytest.mark.parametrize(("rule", "edit", "n_rows", "example"), BREAKS)
def test_a_broken_rule_is_named_with_its_count_and_an_example(
    good, rule, edit, n_rows, example
) -> None:
    with good.edited() as con:
        con.execute(edit)
    found = {breach.rule: breach for breach in check_file(good.output)}
    assert found[rule].n_rows == n_rows
    assert example in found[rule].example


def test_every_rule_has_been_seen_to_break() -> None:
    assert {rule for rule, *_ in BREAKS} == set(rule_names())


def test_the_command_names_the_broken_rules_and_exits_with_1(good) -> None:
    with good.edited() as con:
        con.execute("update interactions set rating = 0 where recipe_id = 1")
    result = CliRunner().invoke(main, ["check", str(good.output)])
    assert result.exit_code == 1
    assert result.stdout == ""
    assert (
        "ratings_are_within_1_and_5: 1 row, for example user_id=10, recipe_id=1, "
        "date=datetime.date(2011, 1, 1), rating=0"
    ) in result.stderr
    assert "users_agree_with_interactions" in result.stderr


def test_a_long_example_is_cut(good) -> None:
    with good.edited() as con:
        con.execute("insert into recipe_tags values (1, repeat('x', 5000))")
    [breach] = [b for b in check_file(good.output) if b.rule == "item_pairs_agree_with_lists"]
    assert len(breach.example) == 300


def test_the_tables_of_texts_are_part_of_the_contract(good) -> None:
    good.build(keep_text=True)
    assert check_file(good.output) == []
    with good.edited() as con:
        con.execute("alter table reviews drop column review")
    [breach] = check_file(good.output)
    assert (breach.rule, breach.n_rows) == ("schema_equals_contract", 1)
    assert "column_name='review'" in breach.example


@pytest.mark.parametrize("content", ["", "not a database", "name,id\npie,1\n"])
@pytest.mark.parametrize("name", ["notes.duckdb", "RAW_recipes.csv"])
def test_a_file_that_is_no_database_is_refused(tmp_path, name, content) -> None:
    path = tmp_path / name
    path.write_text(content)
    with pytest.raises(OutputRefused, match=f"{name}: is not a DuckDB file"):
        check_file(path)


@pytest.mark.parametrize("command", [["check"], ["report", "--output", "report.html"]])
def test_a_damaged_block_is_told_in_one_line(good, monkeypatch, command) -> None:
    content = bytearray(good.output.read_bytes())
    block = content.index(b"apple pie") // 8 * 8  # a name: no rule but the first scan meets it
    content[block] ^= 0xFF
    good.output.write_bytes(content)
    monkeypatch.chdir(good.output.parent)
    result = CliRunner().invoke(main, [*command, str(good.output)])
    assert result.exit_code == 1
    assert f"Error: {good.output}: cannot be read: IO Error: Corrupt database" in result.stderr
    assert not (good.output.parent / "report.html").exists()
