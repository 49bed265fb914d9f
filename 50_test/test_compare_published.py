"""`make compare`: every published figure has its place, and its numbers are those of the site."""

import importlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import duckdb
import pytest

ROOT = Path(__file__).parents[1]
PUBLISHED = ROOT.parent / "shared" / "published_figures.json"


@pytest.fixture(scope="module")
def script() -> Iterator[ModuleType]:
    """What compares."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(ROOT / "70_scripts")
        yield importlib.import_module("compare_published.comparison")


@pytest.fixture(scope="module")
def published() -> dict[str, Any]:
    """Values of the published figures, by id."""
    if not PUBLISHED.is_file():
        pytest.skip("the published figures (../shared beside the repository) are not here")
    figures = json.loads(PUBLISHED.read_text(encoding="utf-8"))["figures"]
    return {figure["id"]: figure["value"] for figure in figures}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small file of the site."""
    folder = tmp_path_factory.mktemp("compare")
    command = [str(Path(sys.executable).with_name("mangetamain-data")), "--quiet"]
    demo = ["demo", "--output", folder / "csv", "--scale", "0.03", "--seed", "1"]
    build = ["build", folder / "csv", "--output", folder / "site.duckdb"]
    for arguments in (demo, build):
        subprocess.run([command[0], *map(str, arguments), *command[1:]], check=True)
    return folder / "site.duckdb"


def test_every_published_figure_is_claimed_exactly_once(
    script: ModuleType, published: dict[str, Any]
) -> None:
    claims = {figure: script.matches(figure) for figure in published}

    assert {figure: found for figure, found in claims.items() if len(found) != 1} == {}


def test_nothing_is_claimed_that_nobody_published(
    script: ModuleType, published: dict[str, Any]
) -> None:
    claimed = {pattern for figure in published for pattern in script.matches(figure)}
    patterns = {pattern for pattern, _ in script.COMPARED} | {*script.CORRECTED, *script.NOT_KEPT}

    assert patterns - claimed == set()


def test_a_figure_without_a_place_stops_the_comparison(script: ModuleType) -> None:
    with pytest.raises(ValueError, match=r"season\.mood: claimed by 0 patterns"):
        script.compare(None, {"season.mood": 3})


def test_numbers_meet_their_namesakes(script: ModuleType) -> None:
    missing: list[str] = []
    published = {"a": 2, "b": {"c": [10, 20]}, "d": 1, "e": 5, "day": "2018-12-04"}
    computed = {"a": 3, "b": {"c": [11, 20]}, "d": None, "day": "2018-12-04", "f": 9}

    found = list(script.rows("x", published, computed, missing))

    assert [(row.figure, row.gap) for row in found] == [
        ("x/a", 0.5),
        ("x/b/c/0", 0.1),
        ("x/b/c/1", 0.0),
        ("x/day", 0.0),
    ]
    assert missing == ["x/d", "x/e"]


def test_lists_of_names_count_what_they_share(script: ModuleType) -> None:
    (row,) = script.rows("season.tags.top20_order", ["a", "b", "c"], ["c", "d", "a"], [])

    assert (row.published, row.computed) == (3, 2)


@pytest.mark.parametrize(
    ("figure", "is_p_value"),
    [
        ("trends.steps.wls.p", True),
        ("season.tags.top20_chi2_p/fall", True),
        ("weekend.nutrition.calories/ttest_p", True),
        ("weekend.tags.table/eggs/p", True),
        ("season.tags.top20_chi2/fall", False),
        ("weekend.minutes.diff_pct", False),
    ],
)
def test_p_values_are_judged_by_what_they_decide(
    script: ModuleType, figure: str, is_p_value: bool
) -> None:
    assert script.Row(figure, 0.04, 0.06).is_p_value is is_p_value
    assert not script.Row(figure, 0.04, 0.06).same_side


def test_a_data_file_is_compared_in_every_figure(
    script: ModuleType, published: dict[str, Any], database: Path
) -> None:
    comparison = script.compare(script.Site(database), published)

    ends = [
        *comparison.compared,
        *(figure for figures, _, _ in comparison.corrected.values() for figure in figures),
        *(figure for figures, _ in comparison.not_kept.values() for figure in figures),
    ]
    assert sorted(ends) == sorted(published)
    numbers = {row.figure: row.computed for rows in comparison.compared.values() for row in rows}
    with duckdb.connect(str(database), read_only=True) as connection:
        for query, figure in (
            ("count(*) from recipes", "recipes.clean.rows"),
            ("avg(minutes) from recipes where year = 2007", "trends.minutes.mean_per_year/2007"),
            (
                "stddev_samp(complexity_score) from recipes where season = 'Autumn'",
                "season.complexity.std/Autumn",
            ),
            ("avg(sugar_pct) from recipes where is_weekend", "weekend.nutrition.sugar_pct/Weekend"),
            (
                "avg(rating) from interactions where in_train and weekday = 3",
                "ratings.train.weekday.mean/Wed",
            ),
        ):
            (expected,) = connection.execute(f"select {query}").fetchone() or (None,)
            assert numbers[figure] == pytest.approx(expected), figure
    said = importlib.import_module("compare_published.summary").summary(comparison)
    assert f"{len(published)} published figures: {len(comparison.compared)} compared" in said
    for name in ("recipes.raw.columns", "ratings.train.ci95_published"):
        assert re.search(rf"^\| [^|]*{re.escape(name)}", said, re.MULTILINE)
