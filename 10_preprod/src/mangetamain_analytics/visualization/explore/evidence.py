"""The five questions about an item, tested together: their p-values are corrected by Holm."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mangetamain_analytics.utils.group_tests import Interval95
from mangetamain_analytics.utils.groupings import MONTHS, SEASONS
from mangetamain_analytics.utils.insights import Insight
from mangetamain_analytics.utils.item_insights import (
    item_groups_insight,
    item_ratings_insight,
    item_trend_insight,
    item_weekend_insight,
)
from mangetamain_analytics.utils.item_shares import (
    ItemShares,
    frequent_enough,
    item_shares,
    share_differences,
)
from mangetamain_analytics.utils.rating_statistics import RecipesCompared
from mangetamain_analytics.utils.statistics import (
    MannKendall,
    Matrix,
    Trend,
    Vector,
    adjust_p_values,
    enough_for_trend,
    mann_kendall,
    weighted_trend,
)
from mangetamain_analytics.visualization.explore.subject import RecipesByDay
from mangetamain_analytics.visualization.group_tables import DAY_TYPES, MONTHS_OF_SEASONS, merged

PERCENT = 100
NO_DIFFERENCE = Interval95(0.0, 0.0, 0.0)


@dataclass(frozen=True)
class YearlyShare:
    """The share of the recipes of each year that carry the item, for the years with recipes.

    `trend` is that of the share in percent; it is None, as its companion, below four years.
    """

    years: Sequence[int]
    n_with: Vector
    n_recipes: Vector
    trend: Trend | None
    mann_kendall: MannKendall | None

    @property
    def shares(self) -> Vector:
        """Fractions, year by year."""
        return self.n_with / self.n_recipes


@dataclass(frozen=True)
class GroupShares:
    """The share of the recipes of each group that carry the item.

    Attributes:
        shown: The groups with a recipe, in the order of the calendar.
        n_with: Their recipes with the item.
        n_recipes: All their recipes.
        tested: The shares with the χ² test; None if a group expects too few recipes.
    """

    shown: Sequence[int]
    n_with: Vector
    n_recipes: Vector
    tested: ItemShares | None

    @property
    def p_value(self) -> float | None:
        """P-value of the test, if there is one."""
        return None if self.tested is None else float(self.tested.p_value[0])


@dataclass(frozen=True)
class Answer:
    """What is said to a question, and the corrected p-value behind it (1 without a test)."""

    insight: Insight
    p_adjusted: float


@dataclass(frozen=True)
class Answers:
    """What is said to each question; ``n_tests`` could be tested, and were corrected together."""

    trend: Answer
    months: Answer
    seasons: Answer
    weekend: Answer
    ratings: Answer
    n_tests: int


@dataclass(frozen=True)
class Evidence:
    """What the chosen years hold of the item, before any verdict.

    ``weekend`` is its share at weekends less that on weekdays; ``rated`` compares the ratings of
    its recipes with those of the others, if there are enough.
    """

    recipes: RecipesByDay
    yearly: YearlyShare
    months: GroupShares
    seasons: GroupShares
    day_types: GroupShares
    weekend: Interval95
    rated: RecipesCompared | None


def gather(recipes: RecipesByDay, rated: RecipesCompared | None) -> Evidence:
    """Return the evidence on an item of at least one recipe."""
    by_month = (recipes.n_with.sum(axis=2), recipes.calendar.n_recipes.sum(axis=2))
    by_weekday = (recipes.n_with.sum(axis=1), recipes.calendar.n_recipes.sum(axis=1))
    day_types = group_shares(*(merged(table, DAY_TYPES) for table in by_weekday), yates=True)
    return Evidence(
        recipes=recipes,
        yearly=yearly_share(recipes),
        months=group_shares(*by_month),
        seasons=group_shares(*(merged(table, MONTHS_OF_SEASONS) for table in by_month)),
        day_types=day_types,
        weekend=_weekend(day_types),
        rated=rated,
    )


def answer(item: str, evidence: Evidence, needed: int) -> Answers:
    """Return what the evidence says of the item; ``needed`` recipes make their ratings tell."""
    yearly, rated = evidence.yearly, evidence.rated
    p_values = [
        yearly.trend.p_value if yearly.trend else None,
        *(groups.p_value for groups in (evidence.months, evidence.seasons, evidence.day_types)),
        rated.difference.p_value if rated else None,
    ]
    p_trend, p_months, p_seasons, p_weekend, p_ratings = holm(p_values)
    trend = item_trend_insight(
        item,
        yearly.trend,
        p_trend,
        (yearly.years[0], yearly.years[-1]),
        yearly.mann_kendall,
        evidence.recipes.share,
    )
    months = item_groups_insight(
        item,
        [MONTHS[i] for i in evidence.months.shown],
        evidence.months.tested,
        p_months,
        between_key="between-months",
    )
    seasons = item_groups_insight(
        item,
        SEASONS.only(evidence.seasons.shown).groups,
        evidence.seasons.tested,
        p_seasons,
        between_key="between-seasons",
    )
    weekend = item_weekend_insight(item, evidence.day_types.tested, evidence.weekend, p_weekend)
    return Answers(
        trend=Answer(trend, p_trend),
        months=Answer(months, p_months),
        seasons=Answer(seasons, p_seasons),
        weekend=Answer(weekend, p_weekend),
        ratings=Answer(item_ratings_insight(item, rated, p_ratings, needed), p_ratings),
        n_tests=len(p_values) - p_values.count(None),
    )


def holm(p_values: Sequence[float | None]) -> list[float]:
    """Return the p-values corrected together; 1 in the place of what could not be tested."""
    adjusted = iter(adjust_p_values([p for p in p_values if p is not None], "holm").tolist())
    return [1.0 if p is None else next(adjusted) for p in p_values]


def yearly_share(recipes: RecipesByDay) -> YearlyShare:
    """Return the share year by year with its trend, weighted by the recipes of the year."""
    n_recipes = recipes.calendar.n_recipes.sum(axis=(1, 2))
    filled = np.flatnonzero(n_recipes)
    years = recipes.calendar.years[filled].tolist()
    n_with, n_recipes = recipes.n_with.sum(axis=(1, 2))[filled], n_recipes[filled]
    if not enough_for_trend(len(years)):
        return YearlyShare(years, n_with, n_recipes, None, None)
    in_percent = PERCENT * n_with / n_recipes
    trend = weighted_trend(years, in_percent, n_recipes)
    return YearlyShare(years, n_with, n_recipes, trend, mann_kendall(in_percent, years))


def group_shares(n_with: Matrix, n_recipes: Matrix, *, yates: bool = False) -> GroupShares:
    """Return the shares of groups (columns) of all years (rows) together, with their test."""
    of_group = n_recipes.sum(axis=0)
    shown = np.flatnonzero(of_group)
    own, of_group = n_with.sum(axis=0)[np.newaxis, shown], of_group[shown]
    is_testable = len(shown) > 1 and bool(frequent_enough(own, of_group)[0])
    tested = item_shares(own, of_group, yates=yates) if is_testable else None
    return GroupShares(shown.tolist(), own[0], of_group, tested)


def _weekend(day_types: GroupShares) -> Interval95:
    if day_types.tested is None:
        return NO_DIFFERENCE
    ends = share_differences(day_types.n_with[np.newaxis], day_types.n_recipes)
    return Interval95(*(float(end[0]) for end in ends))
