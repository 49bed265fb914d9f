"""Each file of `data/sql` against numbers worked out from the rows of `conftest.py`."""

import math
import statistics
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from mangetamain_analytics.data.loaders import SQL_FOLDER, DataLoader
from mangetamain_analytics.data.snapshot import open_snapshot

ALL = {"first_year": 2000, "last_year": 2007}
YEARS = [2000, 2001, 2002, 2003, 2004, 2006, 2007]

# Queries that give numbers, with their parameters.
TRENDS: dict[str, dict[str, Any]] = {
    "trends_volume": {},
    "trends_duration": {},
    "trends_complexity": {},
    "trends_nutrition": {},
    "trends_items_by_year": {"kind": "ingredient"},
    "trends_items_distinct": {"kind": "ingredient"},
}


def of_year(recipes: Sequence[Any], year: int) -> list[Any]:
    return [recipe for recipe in recipes if recipe.year == year]


def by_year(frame: pl.DataFrame, year: int) -> dict[str, Any]:
    return frame.row(by_predicate=pl.col("year") == year, named=True)


def mean_and_sd(values: list[float]) -> tuple[float, float | None]:
    """The SD of a sample (n − 1); of one value there is none."""
    return statistics.fmean(values), statistics.stdev(values) if len(values) > 1 else None


def lowest_reaching(values: list[int], share: float) -> int:
    """The smallest observed value that at least this share of the values do not exceed."""
    ordered = sorted(values)
    return next(v for v in ordered if sum(w <= v for w in ordered) >= share * len(ordered) - 1e-9)


# Every file.


@pytest.mark.parametrize("path", sorted(SQL_FOLDER.glob("*.sql")), ids=lambda path: path.stem)
def test_every_sql_file_has_a_test_of_its_numbers(path: Path) -> None:
    files = sorted(Path(__file__).parent.glob("test_sql*.py"))
    tests = "".join(file.read_text(encoding="utf-8") for file in files)

    assert f"\ndef test_{path.stem}_" in tests, f"no test_{path.stem}_… in {files}"


def test_every_sql_file_says_what_it_answers() -> None:
    for path in SQL_FOLDER.glob("*.sql"):
        assert path.read_text(encoding="utf-8").startswith("-- "), path.name


@pytest.mark.parametrize("name", TRENDS)
def test_numbers_come_as_plain_integers_and_floats(loader: DataLoader, name: str) -> None:
    schema = loader.query(name, **TRENDS[name]).schema

    assert set(schema.values()) <= {pl.Int16, pl.Int32, pl.Int64, pl.Float64, pl.String}


@pytest.mark.parametrize("name", TRENDS)
def test_every_year_with_a_recipe_comes_in_order_and_no_other(
    loader: DataLoader, name: str
) -> None:
    years = loader.query(name, **TRENDS[name])["year"]

    assert years.unique().to_list() == YEARS
    assert name == "trends_items_by_year" or years.to_list() == YEARS


# Trends.


def test_trends_volume_counts_the_recipes_of_each_year(loader: DataLoader) -> None:
    rows = loader.query("trends_volume").rows()

    assert rows == [(2000, 1), (2001, 2), (2002, 8), (2003, 12), (2004, 6), (2006, 4), (2007, 3)]


def test_trends_duration_gives_mean_and_median_which_differ(loader: DataLoader) -> None:
    frame = loader.query("trends_duration")
    rows = {
        year: (mean, median)
        for year, mean, median in frame.select("year", "mean_minutes", "median_minutes").rows()
    }

    assert frame["n_recipes"].to_list() == [1, 2, 8, 12, 6, 4, 3]
    assert rows == {
        2000: (30, 30),
        2001: (55, 55),
        2002: (58.75, 42.5),  # 5 25 25 40 | 45 60 90 180
        2003: (48.75, 32.5),  # 5 10 15 20 25 30 | 35 40 45 60 120 180
        2004: (57.5, 52.5),  # 8 12 50 | 55 70 150
        2006: (63, 42.5),  # 7 20 | 65 160
        2007: (pytest.approx(217 / 3), 33),  # 9 33 175
    }


def test_trends_duration_quantiles_of_twelve_recipes_by_hand(loader: DataLoader) -> None:
    """Of 5 10 15 20 25 30 35 40 45 60 120 180 each quantile is another value."""
    row = by_year(loader.query("trends_duration"), 2003)
    quantiles = {name: value for name, value in row.items() if name.startswith("q")}

    assert quantiles == {
        "q05_minutes": 5,
        "q10_minutes": 10,
        "q25_minutes": 15,
        "q33_minutes": 20,
        "q66_minutes": 40,
        "q75_minutes": 45,
        "q90_minutes": 120,
        "q95_minutes": 180,
    }


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("percent", [5, 10, 25, 33, 66, 75, 90, 95])
def test_trends_duration_quantile_is_the_lowest_value_that_reaches_its_share(
    loader: DataLoader, small_recipes: Sequence[Any], year: int, percent: int
) -> None:
    minutes = [recipe.minutes for recipe in of_year(small_recipes, year)]
    row = by_year(loader.query("trends_duration"), year)

    assert row[f"q{percent:02}_minutes"] == lowest_reaching(minutes, percent / 100)


@pytest.mark.parametrize("year", YEARS)
def test_trends_complexity_gives_means_and_the_standard_deviation_of_a_sample(
    loader: DataLoader, small_recipes: Sequence[Any], year: int
) -> None:
    recipes = of_year(small_recipes, year)
    measures: dict[str, Callable[[Any], float]] = {
        "complexity_score": lambda r: math.log(1 + r.minutes) + r.n_steps + len(r.ingredients) / 2,
        "n_steps": lambda r: r.n_steps,
        "n_ingredients": lambda r: len(r.ingredients),
    }
    row = by_year(loader.query("trends_complexity"), year)

    assert row["n_recipes"] == len(recipes)
    for name, measure in measures.items():
        assert row[f"mean_{name}"] == pytest.approx(mean_and_sd([measure(r) for r in recipes])[0])
    _, sd = mean_and_sd([measures["complexity_score"](recipe) for recipe in recipes])
    assert row["sd_complexity_score"] == (None if sd is None else pytest.approx(sd))


def test_trends_complexity_of_two_recipes_by_hand(loader: DataLoader) -> None:
    """10 and 100 minutes, 2 and 8 steps, 2 and 4 ingredients."""
    row = by_year(loader.query("trends_complexity"), 2001)

    assert row["mean_complexity_score"] == pytest.approx((math.log(11) + math.log(101) + 13) / 2)
    assert (row["mean_n_steps"], row["mean_n_ingredients"]) == (5, 3)


def test_trends_nutrition_of_one_recipe_by_hand(loader: DataLoader) -> None:
    """Its cell is [210, 11, 21, 31, 41, 51, 61]: seven values, none alike."""
    row = by_year(loader.query("trends_nutrition"), 2000)

    assert row == {
        "year": 2000,
        "n_recipes": 1,
        "mean_calories": 210,
        "mean_total_fat_pct": 11,
        "mean_sugar_pct": 21,
        "mean_sodium_pct": 31,
        "mean_protein_pct": 41,
        "mean_sat_fat_pct": 51,
        "mean_carb_pct": 61,
    }


@pytest.mark.parametrize("year", YEARS)
def test_trends_nutrition_gives_the_mean_per_recipe(
    loader: DataLoader, small_recipes: Sequence[Any], year: int
) -> None:
    recipes = of_year(small_recipes, year)
    in_cell = ("calories", "total_fat_pct", "sugar_pct", "sodium_pct", "protein_pct")
    columns = (*in_cell, "sat_fat_pct", "carb_pct")
    row = by_year(loader.query("trends_nutrition"), year)

    assert row["n_recipes"] == len(recipes)
    for place, name in enumerate(columns):
        mean = statistics.fmean(recipe.nutrition[place] for recipe in recipes)
        assert row[f"mean_{name}"] == pytest.approx(mean), name


@pytest.mark.parametrize("kind", ["ingredient", "tag"])
def test_trends_items_by_year_counts_every_item_in_each_of_its_years(
    loader: DataLoader, small_recipes: Sequence[Any], kind: str
) -> None:
    counts = Counter(
        (item, recipe.year)
        for recipe in small_recipes
        for item in set(recipe.ingredients if kind == "ingredient" else recipe.tags)
    )

    frame = loader.query("trends_items_by_year", kind=kind)

    assert frame.columns == ["item", "year", "n_recipes"]
    assert frame.rows() == [(*place, n) for place, n in sorted(counts.items())]


def test_trends_items_by_year_of_an_item_with_a_comma_by_hand(loader: DataLoader) -> None:
    """`salt, kosher` is one ingredient, of 1 of 8 recipes in 2002 and 1 of 12 in 2003."""
    frame = loader.query("trends_items_by_year", kind="ingredient")
    kosher = frame.filter(pl.col("item") == "salt, kosher").drop("item")

    assert kosher.rows() == [(2002, 1), (2003, 1)]
    assert "kosher" not in frame["item"]


@pytest.mark.parametrize("kind", ["ingredient", "tag"])
def test_trends_items_distinct_counts_each_item_of_a_year_once(
    loader: DataLoader, small_recipes: Sequence[Any], kind: str
) -> None:
    expected = []
    for year in YEARS:
        recipes = of_year(small_recipes, year)
        lists = [recipe.ingredients if kind == "ingredient" else recipe.tags for recipe in recipes]
        expected.append((year, len(recipes), len({item for items in lists for item in items})))

    assert loader.query("trends_items_distinct", kind=kind).rows() == expected


def test_trends_items_distinct_of_two_recipes_by_hand(loader: DataLoader) -> None:
    """butter salt | butter confectioners' sugar eggs flour: five; easy | desserts: two."""
    ingredients = loader.query("trends_items_distinct", kind="ingredient")
    tags = loader.query("trends_items_distinct", kind="tag")

    assert by_year(ingredients, 2001)["n_distinct_items"] == 5
    assert by_year(tags, 2001)["n_distinct_items"] == 2


def test_trends_items_distinct_of_a_year_without_any_item_is_zero(loader: DataLoader) -> None:
    frame = loader.query("trends_items_distinct", kind="no such kind")

    assert frame["year"].to_list() == YEARS
    assert frame["n_distinct_items"].to_list() == [0] * 7


# The data as a whole.


def test_data_period_is_the_first_and_last_day_that_the_cleaning_left(loader: DataLoader) -> None:
    assert loader.query("data_period").rows() == [
        (date(2000, 1, 1), date(2007, 10, 13), 2000, 2007)
    ]


def test_cleaning_steps_tell_what_each_rule_removed_in_order(
    loader: DataLoader, removed_recipes: dict[str, int], small_recipes: Sequence[Any]
) -> None:
    frame = loader.query("cleaning_steps")
    of_recipes = frame.filter(pl.col("table_name") == "recipes")

    assert frame["step"].to_list() == [1, 2, 3, 4, 5, 6, 7, 8]
    assert dict(of_recipes.select("rule", "rows_removed").rows()) == removed_recipes
    assert of_recipes["rows_before"].to_list() == [43, 42, 39, 38, 37]
    assert 37 - removed_recipes["calories_and_ingredients_present"] == len(small_recipes)
    assert frame.rows()[5:] == [
        (6, "interactions", "rating_between_1_and_5", 18, 2),
        (7, "interactions", "date_present", 16, 0),
        (8, "interactions", "exact_duplicates_removed", 16, 1),
    ]


def season_of(day: date) -> str:
    return ["Winter", "Spring", "Summer", "Autumn"][day.month % 12 // 3]


def test_recipes_clean_gives_every_recipe_by_day_with_its_calendar(
    loader: DataLoader, small_recipes: Sequence[Any]
) -> None:
    frame = loader.query("recipes_clean").with_columns(pl.col("season").cast(pl.String))
    expected = [
        (
            recipe.id,
            recipe.submitted,
            recipe.submitted.year,
            recipe.submitted.month,
            recipe.submitted.isoweekday(),
            recipe.submitted.isoweekday() in (6, 7),
            season_of(recipe.submitted),
            recipe.minutes,
            list(recipe.ingredients),
            list(recipe.tags),
        )
        for recipe in small_recipes
    ]
    columns = "id submitted year month weekday is_weekend season minutes ingredients tags".split()

    assert frame.select(columns).rows() == expected
    assert frame.height == 36
    assert frame["is_weekend"].sum() not in (0, 18, 36)  # swapped weekdays would show


def test_recipes_clean_by_hand_on_the_edges_of_seasons_and_weeks(loader: DataLoader) -> None:
    frame = loader.query("recipes_clean").with_columns(pl.col("season").cast(pl.String))
    facts = dict(
        (row[0], row[1:]) for row in frame.select("id", "season", "weekday", "is_weekend").rows()
    )

    assert facts[200] == ("Winter", 6, True)  # Saturday 1 January 2000
    assert facts[211] == ("Winter", 3, False)  # 28 February
    assert facts[212] == ("Spring", 4, False)  # 1 March
    assert facts[221] == ("Spring", 5, False)  # Friday 31 May
    assert facts[222] == ("Summer", 6, True)  # Saturday 1 June
    assert facts[224] == ("Autumn", 7, True)  # Sunday 1 September
    assert facts[225] == ("Autumn", 6, True)  # 30 November
    assert facts[226] == ("Winter", 7, True)  # 1 December
    assert facts[227] == ("Winter", 1, False)  # a Monday
    assert facts[252] == ("Winter", 7, True)  # 29 February


# Ratings. Per month: 3, 5, 1, 4, 2; in the train split 2, 3, 0, 1, 2.

MONTHS = [(2001, 3), (2002, 6), (2002, 7), (2003, 12), (2004, 2)]


@pytest.mark.parametrize(
    ("train_only", "counts"),
    [(False, [3, 5, 1, 4, 2]), (True, [2, 3, 0, 1, 2])],
)
@pytest.mark.parametrize("min_interactions", [1, 2, 3, 4, 5, 6])
def test_ratings_months_and_ratings_long_term_keep_the_months_that_reach_the_threshold(
    loader: DataLoader, train_only: bool, counts: list[int], min_interactions: int
) -> None:
    parameters = {"train_only": train_only, "min_interactions": min_interactions}
    months = [
        (*month, n, n >= min_interactions) for month, n in zip(MONTHS, counts, strict=True) if n
    ]
    kept = {month[:2]: month[2] for month in months if month[3]}

    assert loader.query("ratings_months", **parameters).rows() == months
    ratings = loader.query("ratings_long_term", **parameters)
    assert Counter(ratings.select("year", "month").rows()) == kept
    assert not train_only or ratings["in_train"].all()


def test_ratings_months_marks_a_month_exactly_at_the_threshold_as_kept(loader: DataLoader) -> None:
    frame = loader.query("ratings_months", train_only=False, min_interactions=4)

    assert frame.filter(pl.col("is_kept")).select("year", "month", "n_ratings").rows() == [
        (2002, 6, 5),
        (2003, 12, 4),
    ]


def test_ratings_long_term_gives_the_very_rows_in_order_of_day(
    loader: DataLoader, small_ratings: Sequence[Any]
) -> None:
    frame = loader.query("ratings_long_term", train_only=False, min_interactions=1)
    columns = ["date", "recipe_id", "user_id", "rating", "in_train"]
    expected = [(r.date, r.recipe_id, r.user_id, r.rating, r.in_train) for r in small_ratings]

    assert sorted(frame.select(columns).rows()) == sorted(expected)
    keys = frame.select("date", "recipe_id", "user_id").rows()
    assert keys == sorted(keys)
    assert_frame_equal(
        frame.select("is_weekend", "weekday"),
        pl.DataFrame(
            {
                "is_weekend": [d.isoweekday() > 5 for d in frame["date"]],
                "weekday": [d.isoweekday() for d in frame["date"]],
            },
            schema={"is_weekend": pl.Boolean, "weekday": pl.Int8},
        ),
    )


def counted(ratings: Sequence[Any], key: Callable[[Any], Any]) -> dict[Any, int]:
    return dict(Counter(map(key, ratings)))


def as_counts(frame: pl.DataFrame) -> dict[Any, int]:
    """The last column by the others."""
    return {tuple(key): n for *key, n in frame.rows()}


def test_ratings_counts_gives_every_month_weekday_split_and_star(
    loader: DataLoader, small_ratings: Sequence[Any]
) -> None:
    frame = loader.query("ratings_counts")

    assert as_counts(frame) == counted(
        small_ratings,
        lambda r: (r.date.year, r.date.month, r.date.isoweekday(), r.in_train, r.rating),
    )
    assert frame.rows() == sorted(frame.rows())


def test_ratings_period_is_that_of_the_ratings_not_of_the_recipes(loader: DataLoader) -> None:
    assert loader.query("ratings_period").rows() == [
        (date(2001, 3, 3), date(2004, 2, 29), 2001, 2004)
    ]


SEASONS = {12: "Winter", 1: "Winter", 2: "Winter", 3: "Spring", 4: "Spring", 5: "Spring"}
SEASONS |= {6: "Summer", 7: "Summer", 8: "Summer", 9: "Autumn", 10: "Autumn", 11: "Autumn"}


@pytest.mark.parametrize("train_only", [False, True])
@pytest.mark.parametrize("kind", ["users", "recipes"])
@pytest.mark.parametrize("years", [(2001, 2004), (2002, 2003), (2003, 2004), (2004, 2004)])
def test_ratings_reach_counts_nobody_twice_in_any_range_of_years(
    edited_loader: DataLoader, kind: str, years: tuple[int, int], train_only: bool
) -> None:
    first, last = years
    scope = "train" if train_only else "all"
    frame = edited_loader.query("ratings_reach", scope=scope).filter(
        pl.col("kind") == kind,
        pl.col("year").is_between(first, last),
        pl.col("previous_year").is_null() | (pl.col("previous_year") < first),
    )
    found = dict(frame.group_by("season").agg(pl.col("n_active").sum()).rows())

    rows = edited_loader.query("ratings_long_term", train_only=train_only, min_interactions=1)
    chosen = [r for r in rows.rows(named=True) if first <= r["year"] <= last]
    who = "user_id" if kind == "users" else "recipe_id"
    pairs = {(SEASONS[r["date"].month], r[who]) for r in chosen}
    assert found == dict(Counter(season for season, _ in pairs))


def test_ratings_by_recipe_sums_the_stars_of_each_recipe_and_year(
    loader: DataLoader, small_ratings: Sequence[Any]
) -> None:
    sums: dict[Any, list[int]] = {}
    for r in small_ratings:
        of_recipe = sums.setdefault((r.recipe_id, r.date.year, r.in_train), [0, 0, 0])
        for i, value in enumerate((1, r.rating, r.rating**2)):
            of_recipe[i] += value
    frame = loader.query("ratings_by_recipe")

    assert frame.rows() == [(*key, *sums[key]) for key in sorted(sums)]


def test_ratings_by_recipe_leaves_out_recipes_that_the_cleaning_removed(
    edited_loader: DataLoader,
) -> None:
    assert 999 not in edited_loader.query("ratings_by_recipe")["recipe_id"]
    assert (
        999
        in edited_loader.query("ratings_long_term", train_only=False, min_interactions=1)[
            "recipe_id"
        ]
    )


def test_ratings_recipe_features_are_those_of_each_recipe(
    loader: DataLoader, small_recipes: Sequence[Any]
) -> None:
    rows = loader.query("ratings_recipe_features").rows()
    recipes = sorted(small_recipes, key=lambda r: r.id)

    assert [row[:5] for row in rows] == [
        (r.id, f"recipe & <i>number</i> {r.id}", r.minutes, r.n_steps, len(r.ingredients))
        for r in recipes
    ]
    assert rows[0][5] == pytest.approx(math.log(31) + 4 + 0.5 * 3)
    assert [row[6] for row in rows] == [r.nutrition[0] for r in recipes]


@pytest.mark.parametrize("ingredient", ["salt", "butter", "kale"])
def test_ratings_ingredient_counts_the_ratings_of_its_recipes(
    loader: DataLoader,
    small_ratings: Sequence[Any],
    small_recipes: Sequence[Any],
    ingredient: str,
) -> None:
    rated = {r.id for r in small_recipes if ingredient in r.ingredients}
    frame = loader.query("ratings_ingredient", ingredient=ingredient)

    assert as_counts(frame) == counted(
        [r for r in small_ratings if r.recipe_id in rated],
        lambda r: (r.date.year, r.date.month, r.date.isoweekday() > 5, r.in_train, r.rating),
    )


def test_ratings_ingredient_without_a_recipe_has_no_row(loader: DataLoader) -> None:
    assert loader.query("ratings_ingredient", ingredient="'; drop table recipes").is_empty()


@pytest.fixture
def edited_loader(edited_db: Callable[..., Path]) -> Iterator[DataLoader]:
    """The queries on `small_db` with a few more ratings: a removed recipe, the same ones again."""
    rows = [
        (1, 999, "2002-06-05"),
        (1, 222, "2003-06-05"),
        (2, 222, "2004-07-05"),
        (2, 252, "2001-02-05"),
        (9, 211, "2004-03-05"),
    ]
    values = ", ".join(f"({user}, {recipe}, date '{day}')" for user, recipe, day in rows)
    snapshot = open_snapshot(
        edited_db(
            "insert into interactions by name select i.* replace (v.user_id as user_id,"
            " v.recipe_id as recipe_id, v.date as date, year(v.date) as year, month(v.date) as"
            " month, case when month(v.date) in (12, 1, 2) then 'Winter' when month(v.date) < 6"
            " then 'Spring' else 'Summer' end as season, v.user_id = 2 as in_train) from"
            " (select * from interactions limit 1) i,"
            f" (values {values}) v(user_id, recipe_id, date)"
        )
    )
    yield DataLoader(snapshot)
    snapshot.connection.close()


# The calendar: days, values and items by season and weekday.


def test_calendar_days_counts_every_day_of_the_period_and_its_recipes(
    loader: DataLoader, small_recipes: Sequence[Any]
) -> None:
    """From 1 January 2000 to 13 October 2007, two leap years among them."""
    frame = loader.query("calendar_days")
    days = [date.fromordinal(n) for n in range(730_120, 730_120 + frame["n_days"].sum())]
    expected = Counter((day.year, day.month, day.isoweekday()) for day in days)
    recipes = Counter((r.year, r.submitted.month, r.submitted.isoweekday()) for r in small_recipes)

    assert (days[0], days[-1]) == (date(2000, 1, 1), date(2007, 10, 13))
    rows = frame.rows()
    assert [row[:3] for row in rows] == sorted(expected)
    assert {row[:3]: row[3] for row in rows} == expected
    assert {row[:3]: row[4] for row in rows if row[4]} == recipes


def test_calendar_days_of_february_2004_by_hand(loader: DataLoader) -> None:
    """It has 29 days, five of them Sundays, and one recipe, on Sunday the 29th."""
    frame = loader.query("calendar_days").filter((pl.col("year") == 2004) & (pl.col("month") == 2))

    assert frame.select("weekday", "n_days", "n_recipes").rows() == [
        *((weekday, 4, 0) for weekday in range(1, 7)),
        (7, 5, 1),
    ]


def test_calendar_values_gives_one_row_per_recipe_with_its_calendar(
    loader: DataLoader, small_recipes: Sequence[Any]
) -> None:
    in_cell = ("calories", "total_fat_pct", "sugar_pct", "sodium_pct", "protein_pct")
    frame = loader.query("calendar_values")
    expected = sorted(
        (
            recipe.year,
            recipe.submitted.month,
            recipe.submitted.isoweekday(),
            recipe.minutes,
            recipe.n_steps,
            len(recipe.ingredients),
            *recipe.nutrition,
        )
        for recipe in small_recipes
    )
    columns = ["year", "month", "weekday", "minutes", "n_steps", "n_ingredients", *in_cell]

    assert sorted(frame.select(*columns, "sat_fat_pct", "carb_pct").rows()) == expected
    scores = frame.select(
        (pl.col("minutes") + 1).log() + pl.col("n_steps") + pl.col("n_ingredients") / 2
    ).to_series()
    assert scores.to_list() == pytest.approx(frame["complexity_score"].to_list())


@pytest.mark.parametrize("kind", ["ingredient", "tag"])
@pytest.mark.parametrize("min_recipes", [1, 4])
def test_calendar_items_counts_recipes_by_year_season_and_kind_of_day(
    loader: DataLoader, small_recipes: Sequence[Any], kind: str, min_recipes: int
) -> None:
    counts: Counter[tuple[str, int, str, bool]] = Counter()
    totals: Counter[str] = Counter()
    for recipe in small_recipes:
        day = recipe.submitted
        for item in set(recipe.ingredients if kind == "ingredient" else recipe.tags):
            counts[item, day.year, season_of(day), day.isoweekday() > 5] += 1
            totals[item] += 1
    expected = sorted((*key, n) for key, n in counts.items() if totals[key[0]] >= min_recipes)

    frame = loader.query("calendar_items", kind=kind, min_recipes=min_recipes)

    assert frame.columns == ["item", "year", "season", "is_weekend", "n_recipes"]
    assert frame.rows() == expected
