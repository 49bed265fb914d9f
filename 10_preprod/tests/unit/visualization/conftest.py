"""What the tests of the pages share: independent statistics, edited data files."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import mean
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pymannkendall
import pytest
import statsmodels.api as sm
from scipy import stats

from mangetamain_analytics.data.snapshot import Snapshot, open_snapshot


class Reference:
    """What statsmodels, scipy and pymannkendall say of one value per year."""

    def __init__(
        self, years: Sequence[int], values: Sequence[float], weights: Sequence[float]
    ) -> None:
        self.years, self.values, self.weights = list(years), list(values), list(weights)
        x = sm.add_constant(np.array(years, dtype=float))
        fit = sm.WLS(values, x, weights).fit()
        self.slope = fit.params[1]
        self.low, self.high = fit.conf_int()[1]
        self.p = fit.pvalues[1]
        self.r_squared = fit.rsquared
        self.ends = fit.predict([[1, years[0]], [1, years[-1]]])
        self.unweighted_slope = sm.OLS(values, x).fit().params[1]
        test = pymannkendall.original_test(values)
        self.tau, self.p_mann_kendall = test.Tau, test.p
        self.sen, _, self.sen_low, self.sen_high = stats.theilslopes(values, years, 0.95)

    def written(self, digits: int) -> list[str]:
        """The numbers that an English method paragraph has to hold."""
        return [
            f"over {len(self.years)} years",
            f": {signed(self.slope, digits)}\u00a0",
            f"interval {plain(self.low, digits)} to {plain(self.high, digits)})",
            f"R² = {self.r_squared:.3f}",
            p_value(self.p),
            f"τ = {signed(self.tau, 2)}",
            p_value(self.p_mann_kendall),
            f"slope {signed(self.sen, digits)}\u00a0",
            f"interval {plain(self.sen_low, digits)} to {plain(self.sen_high, digits)})",
        ]


def plain(x: float, digits: int) -> str:
    return f"{x:,.{digits}f}".replace("-", "−")


def signed(x: float, digits: int) -> str:
    return plain(x, digits) if round(x, digits) == 0 else f"{x:+,.{digits}f}".replace("-", "−")


def p_value(p: float) -> str:
    if p > 0.999:
        return "p\u00a0>\u00a00.999"
    return "p\u00a0<\u00a00.001" if p < 0.001 else f"p\u00a0=\u00a0{p:.3f}"


@pytest.fixture(scope="session")
def reference() -> type[Reference]:
    """Independent statistics of a yearly series."""
    return Reference


@pytest.fixture(scope="session")
def write_p() -> Callable[[float], str]:
    """A p-value as the site writes it in English."""
    return p_value


@pytest.fixture(scope="session")
def yearly_means(small_recipes: Any) -> Callable[..., tuple[list[int], list[float], list[int]]]:
    """Years, means of a value and numbers of recipes of `small_db`."""

    def of(value: Callable[[Any], float]) -> tuple[list[int], list[float], list[int]]:
        years = sorted({recipe.year for recipe in small_recipes})
        values = [[value(r) for r in small_recipes if r.year == year] for year in years]
        return years, [mean(group) for group in values], [len(group) for group in values]

    return of


@pytest.fixture
def edited_snapshot(edited_db: Callable[..., Path]) -> Iterator[Callable[..., Snapshot]]:
    """Make an open copy of `small_db`, changed by SQL."""
    opened: list[Snapshot] = []

    def make(*statements: str) -> Snapshot:
        opened.append(open_snapshot(edited_db(*statements)))
        return opened[-1]

    yield make
    for snapshot in opened:
        snapshot.connection.close()


@pytest.fixture(scope="session")
def demo_snapshot(demo_db: Path) -> Iterator[Snapshot]:
    """`demo_db`, open."""
    opened = open_snapshot(demo_db)
    yield opened
    opened.connection.close()


@pytest.fixture(scope="session")
def demo_recipes(demo_db: Path) -> pd.DataFrame:
    """The recipes of `demo_db`, read past our own code: a row each, lists of items included."""
    with duckdb.connect(str(demo_db), read_only=True) as connection:
        return connection.execute("from recipes").df()
