"""The files read like Kaggle's: headers, Python literals, quoting, and the real ones' dirt."""

import ast
import re
from pathlib import Path

import pytest

HEADERS = {
    "RAW_recipes.csv": "name,id,minutes,contributor_id,submitted,tags,nutrition,n_steps,steps,"
    "description,ingredients,n_ingredients",
    "RAW_interactions.csv": "user_id,recipe_id,date,rating,review",
    "PP_recipes.csv": "id,i,name_tokens,ingredient_tokens,steps_tokens,techniques,calorie_level,"
    "ingredient_ids",
    "PP_users.csv": "u,techniques,items,n_items,ratings,n_ratings",
    "interactions_train.csv": "user_id,recipe_id,date,rating,u,i",
    "interactions_validation.csv": "user_id,recipe_id,date,rating,u,i",
    "interactions_test.csv": "user_id,recipe_id,date,rating,u,i",
}
LITERALS = {
    "RAW_recipes.csv": ("tags", "nutrition", "steps", "ingredients"),
    "PP_recipes.csv": (
        "name_tokens",
        "ingredient_tokens",
        "steps_tokens",
        "techniques",
        "ingredient_ids",
    ),
    "PP_users.csv": ("techniques", "items", "ratings"),
}
DATE = re.compile(r"(1999|20[01][0-9])-[01][0-9]-[0-3][0-9]")


@pytest.mark.parametrize("name", HEADERS)
def test_headers_are_those_of_kaggle(demo: Path, name: str) -> None:
    with (demo / name).open(encoding="utf-8", newline="") as file:
        assert file.readline() == HEADERS[name] + "\n"


@pytest.mark.parametrize("name", HEADERS)
def test_no_row_has_a_missing_or_an_extra_cell(rows, name: str) -> None:
    expected = len(HEADERS[name].split(","))
    for row in rows(name):
        assert len(row) == expected and None not in row.values()


@pytest.mark.parametrize("name", LITERALS)
def test_list_cells_are_written_as_python_writes_lists(rows, name: str) -> None:
    for row in rows(name):
        for column in LITERALS[name]:
            assert repr(ast.literal_eval(row[column])) == row[column]


def test_counts_say_how_long_the_lists_are(rows) -> None:
    for row in rows("RAW_recipes.csv"):
        ingredients = ast.literal_eval(row["ingredients"])
        assert len(ingredients) == len(set(ingredients)) == int(row["n_ingredients"])
        assert len(ast.literal_eval(row["steps"])) == int(row["n_steps"])
        tags = ast.literal_eval(row["tags"])
        assert len(tags) == len(set(tags)) >= 1
        assert len(ast.literal_eval(row["nutrition"])) == 7


def test_dates_are_written_year_month_day(rows) -> None:
    assert all(DATE.fullmatch(row["submitted"]) for row in rows("RAW_recipes.csv"))
    for name in ("RAW_interactions.csv", "interactions_train.csv", "interactions_test.csv"):
        assert all(DATE.fullmatch(row["date"]) for row in rows(name))


def test_nutrition_is_one_decimal_of_kcal_and_six_whole_percentages(rows) -> None:
    cell = re.compile(r"\[\d+\.\d(, \d+\.0){6}\]")
    assert all(cell.fullmatch(row["nutrition"]) for row in rows("RAW_recipes.csv"))


def test_the_dirt_of_the_real_recipes_is_there(rows) -> None:
    recipes = rows("RAW_recipes.csv")
    minutes = [int(row["minutes"]) for row in recipes]
    assert max(minutes) == 2_147_483_647 and 0 in minutes
    assert [row["name"] for row in recipes].count("") == 1
    assert ["['']"] == sorted({row["tags"] for row in recipes if "''" in row["tags"]})
    assert any("\n" in row["description"] and '"' in row["description"] for row in recipes)
    assert any("  " in row["name"] for row in recipes)
    assert min(ast.literal_eval(row["nutrition"])[0] for row in recipes) >= 0


@pytest.mark.parametrize(
    "cell",
    [
        '"devil\'s food cake mix"',
        "'lemon, juice of'",
        "'9\" unbaked pie shell'",
        "'grandma\\'s 9\" pie crust'",
    ],
)
def test_ingredients_have_apostrophes_commas_and_double_quotes(rows, cell: str) -> None:
    assert any(cell in row["ingredients"] for row in rows("RAW_recipes.csv"))


def test_the_dirt_of_the_real_reviews_is_there(rows) -> None:
    reviews = rows("RAW_interactions.csv")
    texts = [row["review"] for row in reviews]
    for mark in ("&#039;", "&quot;", "<br/>", "\n", '"', ","):
        assert any(mark in text for text in texts)
    assert "" in texts
    assert {row["rating"] for row in reviews} == set("012345")
