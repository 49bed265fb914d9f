"""The cleaning rules on hand-written rows whose right answers are known."""

import math
from datetime import date

import polars as pl
import pytest


def removed(kaggle) -> dict[str, tuple[int, int]]:
    rows = kaggle.built("select rule, rows_before, rows_removed from cleaning_steps order by step")
    return {rule: (before, gone) for rule, before, gone in rows}


def test_the_first_row_of_an_id_stays(kaggle) -> None:
    kaggle.recipes({"name": "first"}, {"id": "1", "name": "second"}, {"id": "3", "name": "third"})
    assert removed(kaggle)["one_row_per_id"] == (3, 1)
    assert kaggle.query("select id, name from recipes") == [(1, "first"), (3, "third")]


def test_minutes_from_1_to_180_stay(kaggle) -> None:
    minutes = ["0", "1", "180", "181", "2147483647", "-5", ""]
    kaggle.recipes(*({"minutes": value} for value in minutes))
    assert removed(kaggle)["minutes_between_1_and_180"] == (7, 5)
    assert kaggle.query("select minutes from recipes order by 1") == [(1,), (180,)]


@pytest.mark.parametrize("column", ["n_steps", "n_ingredients"])
@pytest.mark.parametrize(
    ("n_rows", "kept"),
    [
        (20, (1, 20)),  # 0.025 * 19 = 0.475 rounds to index 0: nothing goes
        (21, (2, 21)),  # 0.025 * 20 = 0.5 rounds up to index 1; 0.975 * 20 = 19.5 up to 20
        (41, (2, 40)),  # 0.025 * 40 = 1 exactly
        (100, (3, 98)),  # 2.475 to 2, 96.525 to 97
    ],
)
def test_the_quantile_bounds_are_the_nearest_values(kaggle, column, n_rows, kept) -> None:
    kaggle.recipes(*({column: str(value)} for value in range(1, n_rows + 1)))
    low, high = kept
    assert removed(kaggle)["steps_and_ingredients_within_quantiles"] == (
        n_rows,
        n_rows - (high - low + 1),
    )
    assert kaggle.query(f"select min({column}), max({column}) from recipes") == [kept]


def test_the_quantile_bounds_are_those_of_polars(kaggle) -> None:
    values = [(n * n * 7919) % 97 for n in range(1, 78)]
    kaggle.recipes(*({"n_steps": str(value)} for value in values))
    series = pl.Series(values)
    low, high = (int(series.quantile(q, interpolation="nearest")) for q in (0.025, 0.975))
    expected = sum(low <= value <= high for value in values)
    assert kaggle.built("select count(*) from recipes") == [(expected,)]


def test_the_quantiles_are_taken_after_the_minutes_rule(kaggle) -> None:
    slow = [{"minutes": "500", "n_steps": "1", "n_ingredients": "99"}] * 10
    counts = range(1, 22)
    kaggle.recipes(*slow, *({"n_steps": str(n), "n_ingredients": str(22 - n)} for n in counts))
    kaggle.build()
    # with the slow recipes counted in, one step and 22 - 1 ingredients would stay
    assert kaggle.query("select min(n_steps), max(n_ingredients) from recipes") == [(2, 20)]


def test_a_recipe_without_a_count_of_steps_goes(kaggle) -> None:
    kaggle.recipes({}, {"n_steps": ""}, {"n_ingredients": ""})
    assert removed(kaggle)["steps_and_ingredients_within_quantiles"] == (3, 2)


def test_a_recipe_without_name_or_date_goes(kaggle) -> None:
    kaggle.recipes({"name": ""}, {"submitted": ""}, {"name": "", "submitted": ""}, {})
    assert removed(kaggle)["name_and_date_present"] == (4, 3)
    assert kaggle.query("select id from recipes") == [(4,)]


def test_a_recipe_without_calories_or_ingredients_goes(kaggle) -> None:
    kaggle.recipes(
        {"nutrition": "[-1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0]"},
        {"nutrition": "[nan, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0]"},
        {"nutrition": "nan"},
        {"ingredients": "[]"},
        {"ingredients": ""},
        {"nutrition": "[0.0, 1.0, 2.0, 3.0, 4.0, 5.0, nan]"},
    )
    assert removed(kaggle)["calories_and_ingredients_present"] == (6, 5)
    nutrition = """select id, calories, total_fat_pct, sugar_pct, sodium_pct, protein_pct,
                          sat_fat_pct, carb_pct from recipes"""
    assert kaggle.query(nutrition) == [(6, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, None)]


def test_a_recipe_without_tags_stays(kaggle) -> None:
    kaggle.recipes({"tags": "[]"}, {"tags": "nan"}, {"tags": ""})
    assert kaggle.built("select id, tags from recipes") == [(1, []), (2, []), (3, [])]


def test_each_rule_counts_what_the_one_before_left(kaggle) -> None:
    kaggle.recipes({}, {"id": "1"}, {"minutes": "0"}, {"name": ""}, {"ingredients": "[]"}, {})
    kaggle.interactions({}, {"rating": "0"}, {"rating": "6"}, {"date": ""}, {}, {"recipe_id": "1"})
    assert kaggle.built("from cleaning_steps order by step") == [
        (1, "recipes", "one_row_per_id", 6, 1),
        (2, "recipes", "minutes_between_1_and_180", 5, 1),
        (3, "recipes", "steps_and_ingredients_within_quantiles", 4, 0),
        (4, "recipes", "name_and_date_present", 4, 1),
        (5, "recipes", "calories_and_ingredients_present", 3, 1),
        (6, "interactions", "rating_between_1_and_5", 6, 2),
        (7, "interactions", "date_present", 4, 1),
        (8, "interactions", "exact_duplicates_removed", 3, 1),
    ]
    assert kaggle.query("select count(*) from recipes") == [(2,)]
    assert kaggle.query("select count(*) from interactions") == [(2,)]


def test_stars_from_1_to_5_stay_and_zeros_are_counted(kaggle) -> None:
    kaggle.interactions(*({"rating": value} for value in ["0", "1", "5", "6", "-1", "", "0"]))
    assert kaggle.built("select rating from interactions order by 1") == [(1,), (5,)]
    assert kaggle.query("select n_unrated from build_info") == [(2,)]


def test_only_exact_duplicates_go(kaggle) -> None:
    same = {"recipe_id": "1"}
    other_review, other_day = same | {"review": "meh"}, same | {"date": "2011-01-02"}
    kaggle.interactions(same, same, other_review, other_day, same | {"rating": "4"}, same)
    assert removed(kaggle)["exact_duplicates_removed"] == (6, 2)


def test_ratings_of_recipes_that_cleaning_removed_stay(kaggle) -> None:
    kaggle.interactions({"recipe_id": "999"})
    assert kaggle.built("select recipe_id from interactions") == [(999,)]


@pytest.mark.parametrize(
    ("day", "month", "weekday", "is_weekend", "season"),
    [
        ("2008-02-29", 2, 5, False, "Winter"),
        ("2009-02-28", 2, 6, True, "Winter"),
        ("2009-03-01", 3, 7, True, "Spring"),
        ("2010-05-31", 5, 1, False, "Spring"),
        ("2010-06-01", 6, 2, False, "Summer"),
        ("2010-08-31", 8, 2, False, "Summer"),
        ("2010-09-01", 9, 3, False, "Autumn"),
        ("2010-11-30", 11, 2, False, "Autumn"),
        ("2010-12-01", 12, 3, False, "Winter"),
        ("2011-01-01", 1, 6, True, "Winter"),
    ],
)
def test_the_calendar_follows_the_date(kaggle, day, month, weekday, is_weekend, season) -> None:
    kaggle.recipes({"submitted": day})
    kaggle.interactions({"date": day})
    expected = (date.fromisoformat(day), int(day[:4]), month, weekday, is_weekend, season)
    columns = "year, month, weekday, is_weekend, season"
    assert kaggle.built(f"select submitted, {columns} from recipes") == [expected]
    assert kaggle.query(f"select date, {columns} from interactions") == [expected]


def test_the_complexity_score_is_ln_of_minutes_plus_steps_plus_half_the_ingredients(kaggle) -> None:
    kaggle.recipes({"minutes": "99", "n_steps": "7", "n_ingredients": "3"})
    [(score,)] = kaggle.built("select complexity_score from recipes")
    assert score == pytest.approx(math.log(100) + 7 + 1.5, abs=1e-12)


def test_an_ingredient_may_hold_commas_apostrophes_and_quotes(kaggle) -> None:
    ingredients = ["meyer's rum", "2% milk, low-fat", 'the "best" flour', "both ' and \"", "crème"]
    kaggle.recipes({"ingredients": repr(ingredients)})
    assert kaggle.built("select ingredients from recipes") == [(ingredients,)]
    pairs = kaggle.query("select ingredient from recipe_ingredients where recipe_id = 1")
    assert sorted(item for (item,) in pairs) == sorted(ingredients)


def test_an_item_named_twice_counts_once(kaggle) -> None:
    kaggle.recipes({"ingredients": "['salt', 'salt', 'oil']", "tags": "['easy', 'easy']"})
    assert kaggle.built("from recipe_ingredients") == [(1, "oil"), (1, "salt")]
    assert kaggle.query("from recipe_tags") == [(1, "easy")]
    assert kaggle.query("select ingredients from recipes") == [(["salt", "salt", "oil"],)]


def test_item_years_count_recipes_per_year(kaggle) -> None:
    kaggle.recipes(
        {"submitted": "2010-01-01", "ingredients": "['salt']", "tags": "[]"},
        {"submitted": "2010-12-31", "ingredients": "['salt']", "tags": "['easy']"},
        {"submitted": "2012-01-01", "ingredients": "['salt', 'oil']", "tags": "[]"},
    )
    assert kaggle.built("from item_years") == [
        ("ingredient", "oil", 2012, 1),
        ("ingredient", "salt", 2010, 2),
        ("ingredient", "salt", 2012, 1),
        ("tag", "easy", 2010, 1),
    ]


def test_the_training_split_is_the_pairs_of_its_file(kaggle) -> None:
    pairs = [("10", "1"), ("10", "2"), ("11", "1")]
    kaggle.interactions(*({"user_id": user, "recipe_id": recipe} for user, recipe in pairs))
    kaggle.train((10, 2), (10, 2), (11, 9))
    in_train = "select user_id, recipe_id from interactions where in_train"
    assert kaggle.built(in_train) == [(10, 2)]
    assert kaggle.query("select count(*) from interactions") == [(3,)]
    assert kaggle.query("select user_id, in_train from users") == [(10, True), (11, False)]
    assert kaggle.query("select has_train_split from build_info") == [(True,)]


def test_without_a_training_file_nothing_is_in_train(kaggle) -> None:
    assert kaggle.built("select in_train from interactions") == [(False,)]
    assert kaggle.query("select has_train_split from build_info") == [(False,)]


def test_users_sum_up_their_ratings(kaggle) -> None:
    rows = [("8", "2015-02-01", "4"), ("8", "2012-03-01", "5"), ("8", "2013-03-01", "5")]
    kaggle.interactions(
        *({"user_id": user, "date": day, "rating": stars} for user, day, stars in rows)
    )
    assert kaggle.built("from users") == [
        (8, 3, pytest.approx(14 / 3), date(2012, 3, 1), date(2015, 2, 1), False)
    ]


def test_rows_are_ordered_for_range_queries(kaggle) -> None:
    days = ["2012-01-01", "2011-01-01", "2012-01-01"]
    kaggle.recipes(*({"submitted": day, "id": i} for day, i in zip(days, "951", strict=True)))
    kaggle.interactions(*({"date": day, "user_id": u} for day, u in zip(days, "987", strict=True)))
    assert kaggle.built("select id from recipes") == [(5,), (1,), (9,)]
    assert kaggle.query("select user_id from interactions") == [(8,), (9,), (7,)]


def test_the_texts_are_kept_only_on_request(kaggle) -> None:
    kaggle.recipes(
        {"submitted": "2012-01-01", "minutes": "999"},
        {"submitted": "2012-01-01", "description": 'a\nb, "c"', "steps": '["don\'t stir"]'},
        {"submitted": "2011-01-01", "description": "", "steps": "nan"},
    )
    kaggle.interactions({"rating": "0"}, {"review": "so good\r\n!"}, {"review": ""})
    kaggle.build(keep_text=True)
    assert kaggle.query("from recipe_texts") == [(3, None, []), (2, 'a\nb, "c"', ["don't stir"])]
    reviews = kaggle.query("select recipe_id, rating, review from reviews")
    assert reviews == [(2, 5, "so good\r\n!"), (3, 5, None)]
    kaggle.build()
    tables = {name for (name,) in kaggle.query("select table_name from duckdb_tables()")}
    assert not tables & {"recipe_texts", "reviews"}


def test_rows_beyond_one_batch_are_all_there(kaggle, monkeypatch) -> None:
    monkeypatch.setattr("mangetamain_data_utils.sources.ROWS_PER_BATCH", 2)
    kaggle.recipes({}, {}, {"minutes": "999"}, {}, {})
    kaggle.interactions({}, {}, {}, {}, {"recipe_id": "1"})
    assert kaggle.built("select id from recipes order by id") == [(1,), (2,), (4,), (5,)]
    assert kaggle.query("select count(*) from interactions") == [(4,)]
