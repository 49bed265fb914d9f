"""The demo has Food.com's figures, as closely as a sample of its size can."""

import json
import math
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from mangetamain_data_utils.demo import CalibrationRow, calibration_table, targets
from mangetamain_data_utils.exceptions import OutputRefused

SCALE = 0.05
SHARED = Path(__file__).parents[4] / "shared" / "published_figures.json"
# A rounding to whole recipes in each of the 160 cells (year, season, weekend) at most.
SIGMAS = 4.5

Figures = Callable[[str], dict[str, CalibrationRow]]


@pytest.fixture(scope="module")
def table(built: Path) -> list[CalibrationRow]:
    return calibration_table(built)


@pytest.fixture(scope="module")
def figures(table: list[CalibrationRow]) -> Figures:
    """Rows of one published id, by the keys inside it."""

    def of(figure: str) -> dict[str, CalibrationRow]:
        rows = {
            row.figure.removeprefix(figure).removeprefix("/"): row
            for row in table
            if row.figure == figure or row.figure.startswith(f"{figure}/")
        }
        assert rows, f"{figure} is not in the table"
        return rows

    return of


def per_year() -> dict[str, float]:
    """Recipes per year that the small demo is expected to have."""
    return {year: SCALE * n for year, n in targets.published("trends.volume.per_year").items()}


def test_packaged_targets_are_the_published_ones() -> None:
    if not SHARED.is_file():
        pytest.skip("the list of published figures is not beside the repository")
    document = json.loads(SHARED.read_text(encoding="utf-8"))
    published = {row["id"]: row["value"] for row in document["figures"] + document["independent"]}
    ours = targets.published_figures()
    assert len(ours) > 150
    assert {key: value for key, value in ours.items() if published.get(key) != value} == {}


def test_cleaning_removes_what_was_published(figures: Figures) -> None:
    for figure in (
        "recipes.clean.step2.minutes_removed",
        "recipes.clean.step2b.outliers_removed",
        "recipes.clean.rows",
        "ratings.full.rating0_rows",
    ):
        (row,) = figures(figure).values()
        assert row.generated == pytest.approx(row.published, abs=10 / SCALE)


def test_the_quantile_bounds_are_those_of_the_real_data(built: Path) -> None:
    with duckdb.connect(str(built), read_only=True) as connection:
        bounds = connection.execute(
            "select min(n_steps), max(n_steps), min(n_ingredients), max(n_ingredients),"
            " min(minutes), max(minutes) from recipes"
        ).fetchone()
    assert bounds == (2, 24, 3, 17, 1, 180)


def test_recipes_per_year_are_exact_to_the_rounding(figures: Figures) -> None:
    for row in figures("trends.volume.per_year").values():
        assert abs(row.generated - row.published) <= 1 / SCALE + 1e-3 * row.published


@pytest.mark.parametrize("figure", ["season.volume", "weekend.volume.per_weekday"])
def test_recipes_per_season_and_weekday_are_near_exact(figures: Figures, figure: str) -> None:
    rounding = 0.5 * math.sqrt(20 * 7)  # one rounding in each year and day
    for row in figures(figure).values():
        assert abs(row.generated - row.published) <= 3 * rounding / SCALE


@pytest.mark.parametrize(
    ("figure", "spread"),
    [
        ("trends.minutes.mean_per_year", 36.0),
        ("trends.steps.mean_per_year", 5.0),
        ("trends.ingredients_count.mean_per_year", 3.6),
        ("trends.complexity.mean_per_year", 6.2),
    ],
)
def test_yearly_means_lie_within_sampling_error(
    figures: Figures, figure: str, spread: float
) -> None:
    # Yearly values are dealt at evenly spaced levels: far closer than an independent sample.
    for year, row in figures(figure).items():
        assert abs(row.generated - row.published) <= 2.5 * spread / math.sqrt(per_year()[year])


def test_large_years_have_the_published_quartiles_of_minutes(figures: Figures) -> None:
    for figure in ("q25", "median", "q75"):
        rows = figures(f"trends.minutes.{figure}_per_year")
        for year in map(str, range(2002, 2011)):
            assert rows[year].generated == pytest.approx(rows[year].published, abs=3)


def test_efforts_are_correlated_as_published(figures: Figures) -> None:
    n = sum(per_year().values())
    for row in figures("trends.complexity.pearson").values():
        assert abs(row.generated - row.published) <= SIGMAS * (1 - row.published**2) / math.sqrt(n)


@pytest.mark.parametrize("name", ["calories", "total_fat_pct", "protein_pct", "carb_pct"])
def test_nutrition_drifts_as_published(figures: Figures, name: str) -> None:
    # Each value stands for a slice of the law and carries the slice's mean: only rounding is left.
    for row in figures(f"trends.nutrition.{name}.mean_per_year").values():
        assert row.generated == pytest.approx(row.published, rel=0.03, abs=0.5)


@pytest.mark.parametrize(
    ("figure", "sign"),
    [
        ("trends.minutes.wls_mean.slope", -1),
        ("trends.complexity.wls.slope", 1),
        ("trends.nutrition.calories.slope", -1),
    ],
)
def test_trends_have_the_published_slope(figures: Figures, figure: str, sign: int) -> None:
    (row,) = figures(figure).values()
    assert row.generated * sign > 0
    assert row.generated == pytest.approx(row.published, rel=0.15)


@pytest.mark.parametrize(
    "name", ["calories", "total_fat_pct", "sugar_pct", "sodium_pct", "protein_pct", "sat_fat_pct"]
)
def test_seasons_differ_in_nutrition_as_published(figures: Figures, name: str) -> None:
    for row in figures(f"season.nutrition.{name}.mean").values():
        assert row.relative_gap == pytest.approx(0, abs=0.03)


@pytest.mark.parametrize("kind", ["ingredients", "tags"])
def test_most_used_items_have_their_published_totals(figures: Figures, kind: str) -> None:
    # Rounded up or down in each of the cells: 160 roundings of half a recipe at most.
    for row in figures(f"trends.{kind}.top10").values():
        rounding = SIGMAS * 0.5 * math.sqrt(160)
        assert abs(row.generated - row.published) <= rounding / SCALE + 0.005 * row.published


@pytest.mark.parametrize(
    ("kind", "item"),
    [
        ("ingredients", "kosher salt"),
        ("ingredients", "garlic cloves"),
        ("ingredients", "sugar"),
        ("tags", "dietary"),
        ("tags", "oven"),
        ("tags", "60-minutes-or-less"),
    ],
)
def test_items_rise_and_fall_as_published(figures: Figures, kind: str, item: str) -> None:
    for year, row in figures(f"trends.{kind}.freq_per_year.{item}").items():
        error = math.sqrt(row.published * (1 - row.published) / per_year()[year])
        assert abs(row.generated - row.published) <= 3 * error + 1 / per_year()[year]


@pytest.mark.parametrize("kind", ["ingredients", "tags"])
def test_seasonal_items_have_their_published_seasons(figures: Figures, kind: str) -> None:
    recipes = targets.published("season.volume")
    for keys, row in figures(f"season.{kind}.top20_freq_pct").items():
        n = SCALE * recipes[keys.split("/")[1]]
        share = row.published / 100
        assert abs(row.generated - row.published) <= 100 * 3.5 * math.sqrt(share / n)


def test_stars_are_distributed_as_published(figures: Figures) -> None:
    for row in figures("ratings.full.distribution").values():
        assert abs(row.generated - row.published) <= 3 / SCALE
    (mean,) = figures("ratings.full.mean").values()
    assert mean.generated == pytest.approx(mean.published, abs=0.001)
    (train,) = figures("ratings.train.overall_mean").values()
    assert train.generated == pytest.approx(train.published, abs=0.001)
    assert train.generated - mean.generated == pytest.approx(4.688 - 4.661, abs=0.002)


def test_ratings_fall_on_the_published_months_and_weekdays(figures: Figures) -> None:
    for figure in ("ratings.full.month.n", "ratings.train.weekday.n"):
        for row in figures(figure).values():
            error = math.sqrt(row.published * SCALE) / SCALE
            assert abs(row.generated - row.published) <= SIGMAS * error


@pytest.mark.parametrize("figure", ["ratings.train.weekday.mean", "ratings.full.month.mean"])
def test_weekdays_and_months_have_their_published_means(figures: Figures, figure: str) -> None:
    for row in figures(figure).values():
        assert row.generated == pytest.approx(row.published, abs=0.004), row.figure


def test_the_monthly_mean_drifts_as_published(figures: Figures) -> None:
    rows = figures("ratings.train.monthly.mean_rating")
    volume = targets.published("ratings.train.monthly.n_interactions")
    compared = [month for month in rows if volume[month] * SCALE >= 20]
    assert len(compared) > 150
    for month in compared:
        error = 0.75 / math.sqrt(volume[month] * SCALE)
        assert abs(rows[month].generated - rows[month].published) <= 3.5 * error


def test_recipes_with_liked_ingredients_are_rated_better(built: Path) -> None:
    """Published means of their ratings: 4.684 to 4.754 against 4.611 to 4.658."""
    query = """
        select avg(rating)
        from interactions
        semi join (from recipe_ingredients where list_contains($names, ingredient)) as pairs
            on interactions.recipe_id = pairs.recipe_id
    """
    liked = ["avocado", "bacon", "lemon", "olive oil", "tomatoes"]
    less_liked = ["garlic", "corn", "cheese", "chicken breast"]
    with duckdb.connect(str(built), read_only=True) as con:
        means = [
            con.execute(query, {"names": names}).fetchone()[0] for names in (liked, less_liked)
        ]
    assert 0.02 < means[0] - means[1] < 0.1


def test_distinct_items_are_compared_at_full_size_only(table: list[CalibrationRow]) -> None:
    assert [row.figure for row in table if ".unique" in row.figure or "ge50" in row.figure] == []


def test_the_gap_is_relative_to_the_published_size() -> None:
    assert CalibrationRow("volume", "a", 200.0, 150.0).relative_gap == -0.25
    assert CalibrationRow("effort", "slope", -2.0, -3.0).relative_gap == -0.5


def test_a_file_of_something_else_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "text.duckdb").write_text("not a database, just a text" * 99)
    with pytest.raises(OutputRefused, match="text.duckdb: cannot be compared"):
        calibration_table(tmp_path / "text.duckdb")
    duckdb.connect(str(tmp_path / "empty.duckdb")).close()
    with pytest.raises(OutputRefused, match="empty.duckdb: cannot be compared: .*cleaning_steps"):
        calibration_table(tmp_path / "empty.duckdb")
