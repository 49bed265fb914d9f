"""The demo data twice: as the page reads them, and as single rows for other libraries to judge."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from mangetamain_analytics.data.snapshot import Snapshot, open_snapshot
from mangetamain_analytics.visualization.analyse_ratings.counts import Choices
from mangetamain_analytics.visualization.page import Chart, Visit, Years

# Years, train split or not, fewest ratings of a month.
SELECTIONS = [
    Choices(Years(2000, 2018), train_only=False, min_ratings=20),
    Choices(Years(2000, 2018), train_only=True, min_ratings=50),
    Choices(Years(2004, 2011), train_only=False, min_ratings=100),
]


@pytest.fixture(scope="session")
def demo(demo_db: Path) -> Iterator[Snapshot]:
    """The demo data, open."""
    opened = open_snapshot(demo_db)
    yield opened
    opened.connection.close()


@pytest.fixture
def demo_visit(visit: Callable[..., Visit], demo: Snapshot) -> Visit:
    """A view of the demo data, in English."""
    return visit(data=demo)


@pytest.fixture(params=SELECTIONS, ids=str)
def choices(request: pytest.FixtureRequest) -> Choices:
    """What a visitor chose."""
    selection: Choices = request.param
    return selection


class Rows:
    """The single rows of the data."""

    def __init__(self, database: Path) -> None:
        with duckdb.connect(str(database), read_only=True) as connection:
            self.ratings = connection.execute("from interactions").df()
            self.recipes = connection.execute("from recipes").df().set_index("id")
            self.ingredients = connection.execute("from recipe_ingredients").df()
        date = pd.to_datetime(self.ratings["date"])
        self.ratings["month_of"] = date.dt.to_period("M")
        self.ratings["season"] = self.ratings["season"].astype(str)

    def chosen(self, choices: Choices) -> pd.DataFrame:
        """The ratings of a selection."""
        of_years = self.ratings["year"].between(choices.years.first, choices.years.last)
        return self.ratings[of_years & (self.ratings["in_train"] | (not choices.train_only))]

    def months(self, choices: Choices) -> pd.DataFrame:
        """Number, mean and standard deviation of the months that reach the threshold."""
        by_month = self.chosen(choices).groupby("month_of")["rating"]
        months = by_month.agg(["size", "mean", "std"])
        return months[months["size"] >= choices.min_ratings]

    def with_ingredient(self, name: str, choices: Choices) -> pd.DataFrame:
        """The ratings of the cleaned recipes that contain an ingredient."""
        recipes = self.ingredients.loc[self.ingredients["ingredient"] == name, "recipe_id"]
        chosen = self.chosen(choices)
        return chosen[chosen["recipe_id"].isin(recipes)]


@pytest.fixture(scope="session")
def rows(demo_db: Path) -> Rows:
    """The single rows of the demo data."""
    return Rows(demo_db)


@pytest.fixture(scope="session")
def clustered() -> Callable[..., Any]:
    """Cluster-robust least squares of statsmodels, months as clusters."""

    def fit(frame: pd.DataFrame, values: Any, dummy: Any = None) -> Any:
        columns = [np.ones(len(frame))] + ([] if dummy is None else [np.asarray(dummy, float)])
        return sm.OLS(np.asarray(values, dtype=float), np.column_stack(columns)).fit(
            cov_type="cluster",
            cov_kwds={"groups": pd.factorize(frame["month_of"])[0]},
            use_t=True,
        )

    return fit


@pytest.fixture(scope="session")
def by_id() -> Callable[..., dict[str, Chart]]:
    """The charts of an analysis, or of several, by their identifier."""

    def of(*analyses: Any) -> dict[str, Chart]:
        return {chart.id: chart for analysis in analyses for chart in analysis.charts}

    return of
