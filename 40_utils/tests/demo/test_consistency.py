"""The seven files tell one story, as the real ones do."""

import ast
from collections import Counter, defaultdict

import pytest

SPLITS = ("interactions_train.csv", "interactions_validation.csv", "interactions_test.csv")


def test_every_recipe_is_reviewed_and_never_before_its_submission(rows) -> None:
    submitted = {row["id"]: row["submitted"] for row in rows("RAW_recipes.csv")}
    reviews = rows("RAW_interactions.csv")
    assert {row["recipe_id"] for row in reviews} == submitted.keys()
    assert [row for row in reviews if row["date"] < submitted[row["recipe_id"]]] == []


def test_recipe_ids_are_unique_and_grow_with_the_date(rows) -> None:
    recipes = sorted(rows("RAW_recipes.csv"), key=lambda row: int(row["id"]))
    ids = [int(row["id"]) for row in recipes]
    dates = [row["submitted"] for row in recipes]
    assert len(set(ids)) == len(ids) and ids[0] >= 38
    assert dates == sorted(dates)


def test_a_recipe_is_named_after_something_that_is_in_it(rows) -> None:
    foods = ["beef", "chicken", "rice", "banana", "strawberr", "potato", "black bean", "chocolate"]
    named = [
        (food, row["name"], row["ingredients"])
        for row in rows("RAW_recipes.csv")
        for food in foods
        if f" {food}" in row["name"]
    ]
    assert len(named) > 500
    assert sum(food in ingredients for food, _, ingredients in named) / len(named) > 0.9
    assert not any(name.endswith(("beef cake", "banana lasagna")) for _, name, _ in named)


@pytest.mark.parametrize(
    ("tag", "least", "most"),
    [
        ("15-minutes-or-less", 1, 15),
        ("30-minutes-or-less", 16, 30),
        ("60-minutes-or-less", 31, 60),
        ("4-hours-or-less", 61, 240),
    ],
)
def test_the_tag_of_a_time_stands_on_recipes_that_take_it(rows, tag, least, most) -> None:
    tagged = [int(row["minutes"]) for row in rows("RAW_recipes.csv") if f"'{tag}'" in row["tags"]]
    assert sum(least <= minutes <= most for minutes in tagged) > 0.85 * len(tagged)


def test_a_user_reviews_a_recipe_once(rows) -> None:
    pairs = Counter((row["user_id"], row["recipe_id"]) for row in rows("RAW_interactions.csv"))
    assert pairs.most_common(1)[0][1] == 1


def test_the_split_files_are_disjoint_parts_of_the_raw_file(rows) -> None:
    raw = {
        (row["user_id"], row["recipe_id"]): (row["date"], row["rating"])
        for row in rows("RAW_interactions.csv")
    }
    split = [row for name in SPLITS for row in rows(name)]
    pairs = [(row["user_id"], row["recipe_id"]) for row in split]
    assert len(set(pairs)) == len(pairs)
    assert [
        row
        for row in split
        if raw[row["user_id"], row["recipe_id"]] != (row["date"], row["rating"])
    ] == []


def test_held_out_reviews_are_the_last_ones_of_their_user(rows) -> None:
    last_trained: dict[str, str] = defaultdict(str)
    for row in rows("interactions_train.csv"):
        last_trained[row["u"]] = max(last_trained[row["u"]], row["date"])
    for name in SPLITS[1:]:
        assert [row for row in rows(name) if row["date"] < last_trained[row["u"]]] == []


def test_u_and_i_number_the_users_and_the_recipes_of_the_split(rows) -> None:
    index = {row["id"]: row["i"] for row in rows("PP_recipes.csv")}
    assert sorted(map(int, index.values())) == list(range(len(index)))
    users: dict[str, set[str]] = defaultdict(set)
    reviewed = set()
    for name in SPLITS:
        for row in rows(name):
            assert index[row["recipe_id"]] == row["i"]
            users[row["u"]].add(row["user_id"])
            reviewed.add(row["i"])
    assert sorted(map(int, users)) == list(range(len(rows("PP_users.csv"))))
    assert max(map(len, users.values())) == 1
    assert reviewed == set(index.values())


def test_pp_users_sum_up_the_train_split(rows) -> None:
    trained: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for row in rows("interactions_train.csv"):
        trained[row["u"]].append((int(row["i"]), float(row["rating"])))
    techniques = {
        int(row["i"]): ast.literal_eval(row["techniques"]) for row in rows("PP_recipes.csv")
    }
    for row in rows("PP_users.csv"):
        items, ratings = ast.literal_eval(row["items"]), ast.literal_eval(row["ratings"])
        assert sorted(zip(items, ratings, strict=True)) == sorted(trained[row["u"]])
        assert int(row["n_items"]) == int(row["n_ratings"]) == len(items)
        met = [sum(column) for column in zip(*(techniques[i] for i in items), strict=True)]
        assert ast.literal_eval(row["techniques"]) == met


def test_preprocessed_recipes_have_the_ingredients_of_the_raw_ones(rows) -> None:
    raw = {row["id"]: ast.literal_eval(row["ingredients"]) for row in rows("RAW_recipes.csv")}
    number_of: dict[str, int] = {}
    for row in rows("PP_recipes.csv"):
        numbers = ast.literal_eval(row["ingredient_ids"])
        tokens = ast.literal_eval(row["ingredient_tokens"])
        assert len(tokens) == len(numbers)
        for name, number in zip(raw[row["id"]], numbers, strict=True):
            assert number_of.setdefault(name, number) == number
        assert row["calorie_level"] in {"0", "1", "2"}
    assert len(set(number_of.values())) == len(number_of)


def test_the_train_split_belongs_to_more_active_users(rows) -> None:
    activity = Counter(row["user_id"] for row in rows("RAW_interactions.csv"))
    trained = {row["user_id"] for row in rows("interactions_train.csv")}
    others = [n for user, n in activity.items() if user not in trained]
    active = [activity[user] for user in trained]
    assert sum(active) / len(active) > 10 * sum(others) / len(others)


def test_contributors_and_reviewers_have_long_tails(rows) -> None:
    recipes = rows("RAW_recipes.csv")
    per_contributor = Counter(row["contributor_id"] for row in recipes)
    per_recipe = sorted(Counter(row["recipe_id"] for row in rows("RAW_interactions.csv")).values())
    assert per_contributor.most_common(1)[0][1] > 20 * len(recipes) / len(per_contributor)
    n = len(per_recipe)
    assert [per_recipe[n // 4], per_recipe[n // 2], per_recipe[3 * n // 4]] == [1, 2, 4]
    assert per_recipe[-1] > 100
