"""Data for the tests of the site, always built by the real command; and a clean environment.

`small_db` holds recipes and ratings written by hand below, so that every answer can be worked
out from these rows; `small_recipes` and `small_ratings` are the rows that the cleaning keeps.
"""

import csv
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import httpx2
import pytest
from hypothesis import settings

from mangetamain_analytics.data import cached_loaders
from mangetamain_analytics.data.cached_loaders import CachedLoader
from mangetamain_analytics.data.loaders import DataLoader
from mangetamain_analytics.data.snapshot import Snapshot, open_snapshot
from mangetamain_analytics.utils.app_version import app_version
from mangetamain_analytics.utils.environment import EnvironmentDetector
from mangetamain_analytics.utils.i18n import translator
from mangetamain_analytics.utils.settings import SETTINGS
from mangetamain_analytics.utils.utils_logger import shutdown_logger
from mangetamain_analytics.visualization.page import Visit

# How long an example takes is up to the machine; `make bench` measures.
settings.register_profile("untimed", settings.default, deadline=None)
settings.load_profile("untimed")

REAL_ROWS = Path(__file__).parents[3] / "shared" / "data"


@dataclass(frozen=True)
class Recipe:
    """A recipe that the cleaning keeps; ingredients and tags as lists in the file's order."""

    id: int
    submitted: date
    minutes: int
    n_steps: int
    ingredients: tuple[str, ...]
    tags: tuple[str, ...]
    nutrition: tuple[float, ...]  # calories, total fat, sugar, sodium, protein, sat. fat, carb.

    @property
    def year(self) -> int:
        return self.submitted.year


@dataclass(frozen=True)
class Rating:
    """A rating that the cleaning keeps."""

    user_id: int
    recipe_id: int
    date: date
    rating: int
    in_train: bool


# One recipe in 2000, none in 2005; the days lie on the edges of seasons and weekends.
# id, submitted, minutes, steps, ingredients, tags, nutrition
RECIPES = """
200 2000-01-01  30  4 butter|salt|<b>bold</b> basil           easy|60-minutes-or-less  210 11 21 31 41 51 61
211 2001-02-28  10  2 butter|salt                             easy                     100 1 7 0 2 3 5
212 2001-03-01 100  8 butter|confectioners' sugar|eggs|flour  desserts                 400 30 70 2 9 41 20
221 2002-05-31   5  3 tofu|kale                               vegan|easy               90.5 4 3 12 30 1 2
222 2002-06-01  25  5 butter|salt, kosher|corn                easy|vegetables          150 6 10 20 8 12 14
223 2002-08-31  25  6 butter|salt|corn|corn                   vegetables               150 8 12 22 10 14 16
224 2002-09-01  40  7 eggs|flour|confectioners' sugar         desserts                 350 25 90 3 11 38 19
225 2002-11-30  45  7 salt|pumpkin                            thanksgiving             120 2 18 9 5 6 7
226 2002-12-01  60 10 butter|salt|eggs|flour|pumpkin          thanksgiving|desserts    500 40 110 15 14 60 24
227 2002-12-02  90 12 beef|salt|onion|carrot|"real" stock     beef                     620 48 9 40 85 70 4
228 2002-12-07 180 20 beef|salt|onion|carrot|wine|bay leaf    beef|oven                700 55 13 45 99 80 6
231 2003-01-05   5  2 salt|<b>bold</b> basil                  easy                     50 1 2 3 4 5 6
232 2003-02-03  10  3 butter|eggs                             easy                     110 9 1 5 14 15 0
233 2003-03-04  15  3 butter|salt|eggs                        easy                     130 10 2 12 15 17 1
234 2003-04-05  20  4 flour|salt                              oven                     240 3 4 18 12 2 15
235 2003-05-06  25  5 butter|flour|salt                       oven                     310 15 5 21 11 25 14
236 2003-06-07  30  6 corn|salt, kosher|butter                vegetables               170 7 11 19 8 12 13
237 2003-07-08  35  6 crème fraîche|corn                      vegetables               190 12 12 4 7 22 10
238 2003-08-09  40  7 beef|salt                               beef                     380 33 0 28 77 44 0
239 2003-09-10  45  8 beef|onion|salt                         beef                     410 35 6 30 79 46 3
240 2003-10-11  60  9 pumpkin|flour|eggs|confectioners' sugar desserts                 450 28 95 8 16 36 23
241 2003-11-12 120 13 pumpkin|butter|flour|eggs|salt          thanksgiving|desserts    480 31 60 17 17 42 22
242 2003-12-31 180 20 beef|wine|onion|carrot|salt|bay leaf    beef|oven                720 56 14 47 97 83 7
251 2004-01-31   8  2 tofu|kale                               vegan                    95 4 3 14 31 1 2
252 2004-02-29  12  3 butter|salt                             easy                     115 12 1 13 1 24 0
253 2004-03-01  50  6 butter|salt|flour                       oven                     330 17 6 22 12 27 15
254 2004-06-30  55  7 corn|kale|salt                          vegetables|vegan         160 5 9 24 9 8 12
255 2004-09-30  70  9 flour|eggs|confectioners' sugar|butter  desserts                 470 29 92 7 15 39 22
256 2004-12-25 150 15 beef|salt|onion|carrot|wine             beef|oven|thanksgiving   690 53 12 44 95 78 6
261 2006-03-31   7  2 kale|tofu|salt                          vegan|easy               88 3 4 16 29 1 3
262 2006-05-01  20  4 kale|corn                               vegan|vegetables         105 2 8 10 8 2 9
263 2006-08-06  65  8 beef|onion|kale                         beef                     430 34 5 26 80 45 4
264 2006-11-05 160 18 pumpkin|butter|flour|eggs               desserts                 520 36 97 11 18 52 26
271 2007-02-04   9  3 kale|salt                               vegan|easy               70 2 3 19 5 1 2
272 2007-06-03  33  5 kale|tofu|wine                          vegan                    140 5 6 17 33 3 4
273 2007-10-13 175 16 beef|kale|onion|salt                    beef|oven                640 49 8 39 88 71 5
"""  # noqa: E501

# What each cleaning rule of recipes has to remove: rule → rows.
REMOVED_RECIPES = {
    "one_row_per_id": [{"id": "200", "name": "the second of the same id"}],
    "minutes_between_1_and_180": [{"minutes": m} for m in ("0", "181", "2147483647")],
    # 39 rows reach the rule: the largest value lies beyond round(0.975 × 38) = 37
    "steps_and_ingredients_within_quantiles": [{"n_steps": "99"}],
    "name_and_date_present": [{"name": ""}],
    "calories_and_ingredients_present": [
        {"nutrition": "[-1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]"},
    ],
}

# user, recipe, date, rating, in the train split or not. Per month: 3, 5, 1, 4, 2 (train 2, 3, 0,
# 1, 2). Somebody may vote twice on one day, and twice alike with other words.
RATINGS = """
1 211 2001-03-03 5 train
2 211 2001-03-31 4 train
3 212 2001-03-31 1 -
1 222 2002-06-01 5 train
2 222 2002-06-02 5 train
3 222 2002-06-15 4 -
1 223 2002-06-29 2 train
4 223 2002-06-30 3 -
4 221 2002-07-01 5 -
5 242 2003-12-30 5 -
5 242 2003-12-30 4 -
2 241 2003-12-31 5 train
5 241 2003-12-31 5 -
1 252 2004-02-29 3 train
2 252 2004-02-29 5 train
"""


def _recipes() -> tuple[Recipe, ...]:
    return tuple(_recipe(line) for line in RECIPES.strip().splitlines())


def _recipe(line: str) -> Recipe:
    number, day, minutes, n_steps, rest = line.split(maxsplit=4)
    *words, f1, f2, f3, f4, f5, f6, f7 = rest.split()
    ingredients, tags = " ".join(words[:-1]).split("|"), words[-1].split("|")
    nutrition = tuple(map(float, (f1, f2, f3, f4, f5, f6, f7)))
    return Recipe(
        int(number),
        date.fromisoformat(day),
        int(minutes),
        int(n_steps),
        tuple(ingredients),
        tuple(tags),
        nutrition,
    )


def _ratings() -> tuple[Rating, ...]:
    return tuple(
        Rating(int(user), int(recipe), date.fromisoformat(day), int(stars), split == "train")
        for user, recipe, day, stars, split in map(str.split, RATINGS.strip().splitlines())
    )


def _write_csv(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _recipe_cells(recipe: Recipe) -> dict[str, str]:
    return {
        "name": f"recipe & <i>number</i> {recipe.id}",
        "id": str(recipe.id),
        "minutes": str(recipe.minutes),
        "contributor_id": str(7000 + recipe.id),
        "submitted": recipe.submitted.isoformat(),
        "tags": str(list(recipe.tags)),
        "nutrition": str(list(recipe.nutrition)),
        "n_steps": str(recipe.n_steps),
        "steps": str(["do it"] * recipe.n_steps),
        "description": "good, and\nquick",
        "ingredients": str(list(recipe.ingredients)),
        "n_ingredients": str(len(recipe.ingredients)),
    }


def _write_small_source(folder: Path) -> None:
    kept = [_recipe_cells(recipe) for recipe in _recipes()]
    faults = [fault for faults in REMOVED_RECIPES.values() for fault in faults]
    removed = [kept[15] | {"id": str(900 + n)} | fault for n, fault in enumerate(faults)]
    _write_csv(folder / "RAW_recipes.csv", kept + removed)

    ratings = [
        {
            "user_id": str(rating.user_id),
            "recipe_id": str(rating.recipe_id),
            "date": rating.date.isoformat(),
            "rating": str(rating.rating),
            "review": f"review {n}",
        }
        for n, rating in enumerate(_ratings())
    ]
    unrated = [ratings[0] | {"rating": "0"}, ratings[8] | {"rating": "0"}]
    _write_csv(folder / "RAW_interactions.csv", [*ratings, *unrated, ratings[3]])

    train = [cells | {"u": "0", "i": "0"} for cells in ratings]
    in_train = [cells for cells, rating in zip(train, _ratings(), strict=True) if rating.in_train]
    for cells in in_train:
        del cells["review"]
    _write_csv(folder / "interactions_train.csv", in_train)


def _run(*arguments: str | Path) -> None:
    """Run `mangetamain-data` as people do; what it says is the reason of a failure."""
    command = [str(Path(sys.executable).with_name("mangetamain-data")), *map(str, arguments)]
    done = subprocess.run([*command, "--quiet"], capture_output=True, text=True, env=_clean())
    assert done.returncode == 0, done.stderr


def _clean() -> dict[str, str]:
    ours = {setting.name for setting in SETTINGS}
    return {name: value for name, value in os.environ.items() if name not in ours}


@pytest.fixture(scope="session")
def small_recipes() -> tuple[Recipe, ...]:
    """The recipes of `small_db`, by day."""
    return _recipes()


@pytest.fixture(scope="session")
def small_ratings() -> tuple[Rating, ...]:
    """The ratings of `small_db`, by day."""
    return _ratings()


@pytest.fixture(scope="session")
def removed_recipes() -> dict[str, int]:
    """How many recipes each cleaning rule removes on the way to `small_db`, in their order."""
    return {rule: len(faults) for rule, faults in REMOVED_RECIPES.items()}


@pytest.fixture(scope="session")
def small_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data file built from the rows above."""
    folder = tmp_path_factory.mktemp("small")
    _write_small_source(folder)
    _run("build", folder, "--output", folder / "site.duckdb")
    return folder / "site.duckdb"


@pytest.fixture(scope="session")
def demo_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data file of some 4,000 invented recipes, that says it is a demonstration."""
    folder = tmp_path_factory.mktemp("demo")
    _run("demo", "--output", folder / "csv", "--scale", "0.02", "--seed", "1")
    _run("build", folder / "csv", "--output", folder / "site.duckdb")
    return folder / "site.duckdb"


@pytest.fixture(scope="session")
def real_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data file built from the real rows kept beside the repository, never in it."""
    if not (REAL_ROWS / "RAW_recipes.csv").is_file():
        pytest.skip("the real rows (../shared/data beside the repository) are not on this machine")
    output = tmp_path_factory.mktemp("real") / "site.duckdb"
    _run("build", REAL_ROWS, "--output", output)
    return output


@pytest.fixture(scope="session")
def snapshot(small_db: Path) -> Iterator[Snapshot]:
    """`small_db`, open."""
    opened = open_snapshot(small_db)
    yield opened
    opened.connection.close()


@pytest.fixture(scope="session")
def loader(snapshot: Snapshot) -> DataLoader:
    """The queries on `small_db`."""
    return DataLoader(snapshot)


@pytest.fixture
def visit(snapshot: Snapshot) -> Callable[..., Visit]:
    """Make a view of `small_db`: `visit("fr", "light")`; English and dark unless told."""

    def make(language: str = "en", theme: str = "dark", data: Snapshot = snapshot) -> Visit:
        return Visit(translator(language), theme, CachedLoader(data), {})

    return make


@dataclass
class Server:
    """The site in a process of its own."""

    port: int
    process: subprocess.Popen[bytes]
    output: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str, **headers: str) -> httpx2.Response:
        return httpx2.get(self.url + path, headers=headers, timeout=30)


@pytest.fixture(scope="session")
def start_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Server]]:
    """Start the site: `start_server(MANGETAMAIN_DB=…, APP_ENV=…)` returns when its port is open.

    It runs outside of the repository, so that nothing is found by luck in the current folder.
    """
    servers = []

    def start(**environ: str | Path) -> Server:
        folder, port = tmp_path_factory.mktemp("server"), _free_port()
        settings = {"APP_ENV": "local", "LOG_DIR": folder / "logs", "PORT": port, **environ}
        with (folder / "output.txt").open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "mangetamain_analytics.asgi"],
                env=_clean() | {name: str(value) for name, value in settings.items()},
                cwd=folder,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        servers.append(Server(port, process, folder / "output.txt"))
        _wait_for_port(servers[-1])
        return servers[-1]

    yield start
    for server in servers:
        server.process.terminate()
    for server in servers:
        server.process.wait(30)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait_for_port(server: Server) -> None:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline and server.process.poll() is None:
        with socket.socket() as caller:
            if caller.connect_ex(("127.0.0.1", server.port)) == 0:
                return
        time.sleep(0.02)
    pytest.fail(f"the server does not listen:\n{server.output.read_text()}")


@pytest.fixture(scope="session")
def server(start_server: Callable[..., Server], small_db: Path) -> Server:
    """The site serving `small_db` as in production."""
    return start_server(MANGETAMAIN_DB=small_db, APP_ENV="prod", PUBLIC_URL="https://example.org")


@pytest.fixture(autouse=True)
def _clean_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Leave no setting, open file, cached result or log handler from one test to the next."""
    for setting in SETTINGS:
        monkeypatch.delenv(setting.name, raising=False)
    monkeypatch.setenv("MANGETAMAIN_DB", str(tmp_path / "no-such.duckdb"))
    monkeypatch.setenv("LOG_DIR", str(tmp_path / "logs"))
    monkeypatch.setenv("APP_ENV", "local")
    _forget()
    yield
    _forget()
    shutdown_logger()


def _forget() -> None:
    EnvironmentDetector.reset_cache()
    app_version.cache_clear()
    cached_loaders._keeper.cache_clear()
    for memory in (cached_loaders.RESULTS, cached_loaders.VIEWS, cached_loaders.TABLES):
        memory.keep_only()
