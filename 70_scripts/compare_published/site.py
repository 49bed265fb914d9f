"""What the pages show of one data file, before a visitor has chosen anything."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from mangetamain_analytics.data.cached_loaders import CachedLoader
from mangetamain_analytics.data.snapshot import open_snapshot
from mangetamain_analytics.utils.group_tests import (
    KruskalWallis,
    TwoGroups,
    compare_two,
    kruskal_wallis,
)
from mangetamain_analytics.utils.i18n import translator
from mangetamain_analytics.utils.insights import Item
from mangetamain_analytics.utils.rating_months import (
    MeanLevel,
    MonthlyTrend,
    mean_level,
    monthly_trend,
)
from mangetamain_analytics.utils.rating_statistics import summarize_stars
from mangetamain_analytics.utils.statistics import Trend, weighted_trend
from mangetamain_analytics.visualization import (
    analyse_ratings,
    analyse_seasonality,
    analyse_trendlines,
    analyse_weekend,
)
from mangetamain_analytics.visualization.analyse_ratings.counts import (
    Choices,
    KeptMonths,
    RatingCounts,
    all_counts,
)
from mangetamain_analytics.visualization.analyse_ratings.ingredient_ratings import (
    IngredientRatings,
    ingredient_ratings,
)
from mangetamain_analytics.visualization.analyse_trendlines.duration import DEFAULT_BAND
from mangetamain_analytics.visualization.analyse_trendlines.item_trends import item_years
from mangetamain_analytics.visualization.group_tables import DAY_TYPES, measures
from mangetamain_analytics.visualization.page import Visit, Years, all_years

SEASONS = ("Winter", "Spring", "Summer", "Autumn")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
PERIODS = ("Weekday", "Weekend")
KINDS = {"ingredients": Item.INGREDIENT, "tags": Item.TAG}
COLUMNS = {
    "minutes": ("duration", "minutes"),
    "complexity": ("complexity", "complexity_score"),
    "steps": ("steps", "n_steps"),
    "ingredients_count": ("ingredients-count", "n_ingredients"),
}
# What the published filters keep: percent of recipes, and points between the groups.
SMALLEST_SHARE, SEASONAL_POINTS, WEEKEND_POINTS = 0.01, 0.005, 0.002
MIN_RATINGS = 100


class Site:
    """What the pages show of one data file, before a visitor has chosen anything."""

    def __init__(self, database: Path) -> None:
        self.visit = Visit(
            translator("en"), "dark", CachedLoader(open_snapshot(database.absolute())), {}
        )
        years = all_years(self.visit)
        if years is None:
            raise SystemExit(f"{database} holds no recipe")
        self.years: Years = years

    @cached_property
    def tables(self) -> dict[str, pl.DataFrame]:
        """The CSV of each chart, by its id."""
        visit, years = self.visit, self.years
        analyses = [
            *analyse_trendlines.analyse(visit, years, DEFAULT_BAND, with_others=True),
            *analyse_seasonality.analyse(visit, years),
            *analyse_weekend.analyse(visit, years),
            *analyse_ratings.analyse(visit, self.choices(train_only=False)),
        ]
        return {chart.id: chart.table for analysis in analyses for chart in analysis.charts}

    @cached_property
    def train_tables(self) -> dict[str, pl.DataFrame]:
        """The same of the ratings page, for the train split."""
        analyses = analyse_ratings.analyse(self.visit, self.choices(train_only=True))
        return {chart.id: chart.table for analysis in analyses for chart in analysis.charts}

    def choices(self, *, train_only: bool) -> Choices:
        """Return what stands on the ratings page at first, or with its train split."""
        rated = analyse_ratings.rated_years(self.visit, self.years)
        if rated is None:
            raise SystemExit("no recipe is rated")
        return Choices(rated, train_only, MIN_RATINGS)

    def sql(self, query: str) -> Any:
        """Return one value of the file that no chart shows."""
        with self.visit.data.snapshot.cursor() as cursor:
            row = cursor.execute(query).fetchone()
        return row[0] if row else None

    def step(self, rule: str) -> dict[str, Any]:
        """Return what a cleaning rule found and removed, as the home page says."""
        steps = self.visit.data.query("cleaning_steps")
        return steps.row(by_predicate=pl.col("rule") == rule, named=True)

    def by_year(self, chart: str, column: str) -> dict[str, float]:
        """Return a column of a yearly chart."""
        table = self.tables[chart]
        return dict(zip(map(str, table["year"]), table[column].to_list(), strict=True))

    def trend(self, chart: str, column: str) -> Trend:
        """Return the trend that a yearly chart states."""
        table = self.tables[chart]
        return weighted_trend(table["year"], table[column], table["n_recipes"])

    def yearly_shares(self, kind: str) -> dict[str, dict[str, float]]:
        """Return the share of the recipes of each year, by item in 50 recipes or more."""
        items = item_years(self.visit, KINDS[kind]).frequent()
        years = [str(year) for year in items.years]
        shares = (items.n_recipes / items.n_recipes_of_year).tolist()
        return {
            name: dict(zip(years, of_item, strict=True))
            for name, of_item in zip(items.names, shares, strict=True)
        }

    def group_column(self, chart: str, column: str, groups: Sequence[str]) -> dict[str, float]:
        """Return a column of a chart by group, its rows being those of `groups`."""
        return dict(zip(groups, self.tables[chart][column].to_list(), strict=True))

    def weekend_column(self, chart: str, column: str) -> dict[str, float]:
        """Return a column of a chart whose last two rows are weekdays and the weekend."""
        return dict(zip(PERIODS, self.tables[chart][column].to_list()[-2:], strict=True))

    def kruskal(self, column: str) -> KruskalWallis:
        """Return the test of the seasons."""
        return kruskal_wallis(measures(self.visit).by_season(column, self.years))

    def two_kinds_of_day(self, column: str) -> TwoGroups:
        """Return the tests of the weekend against weekdays."""
        table = measures(self.visit).by_weekday(column, self.years)
        return compare_two(table.merged(DAY_TYPES))

    @cached_property
    def train_counts(self) -> RatingCounts:
        """Ratings of the train split."""
        return all_counts(self.visit, train_only=True).within(self.choices(train_only=True).years)

    @cached_property
    def train_months(self) -> KeptMonths:
        """Its months with enough ratings."""
        return KeptMonths.of(self.train_counts, MIN_RATINGS)

    @property
    def train_means(self) -> Any:
        """Their means."""
        return summarize_stars(self.train_months.counts).mean

    @property
    def train_trend(self) -> MonthlyTrend:
        """The trend of their means."""
        months = self.train_months
        trend = monthly_trend(self.train_means, months.n, months.months)
        if trend is None:
            raise SystemExit("the train split holds too few months for a trend")
        return trend

    @property
    def train_level(self) -> MeanLevel:
        """The level of their means."""
        level = mean_level(self.train_means, self.train_months.n)
        if level is None:
            raise SystemExit("the train split holds too few months for a level")
        return level

    def ingredient(self, name: str) -> IngredientRatings:
        """Return all ratings of an ingredient of the cleaned recipes."""
        return ingredient_ratings(self.visit, self.choices(train_only=False), name)


def part_of(trend: Trend, part: str) -> float:
    """Return a part of a trend by its published name."""
    names = {"r2": "r_squared", "p": "p_value"}
    return float(getattr(trend, names.get(part, part)))
