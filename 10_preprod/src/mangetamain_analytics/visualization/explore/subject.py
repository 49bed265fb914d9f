"""What the page is about: an item of a kind, in the chosen years."""

from dataclasses import dataclass

import numpy as np

from mangetamain_analytics.utils.insights import Item
from mangetamain_analytics.utils.statistics import Matrix
from mangetamain_analytics.visualization.group_tables import Calendar, calendar
from mangetamain_analytics.visualization.page import Query, Visit, Years

# Fewer recipes answer none of the questions of the page; the list offers no rarer item.
MIN_RECIPES = 20


@dataclass(frozen=True)
class Subject:
    """An ingredient or a tag, and the years."""

    kind: Item
    name: str
    years: Years

    def query(self, name: str, **parameters: str | int) -> Query:
        """Return a query on the item."""
        return Query(name, {"kind": self.kind.value, "item": self.name, **parameters})

    @property
    def days(self) -> Query:
        """The query that counts the recipes with the item by year, month and weekday."""
        return self.query("item_days")


@dataclass(frozen=True)
class RecipesByDay:
    """Recipes with the item, and all recipes: axes year, month and weekday, as in `Calendar`."""

    calendar: Calendar
    n_with: Matrix

    @property
    def total(self) -> int:
        """Recipes with the item."""
        return int(self.n_with.sum())

    @property
    def n_recipes(self) -> int:
        """All recipes."""
        return int(self.calendar.n_recipes.sum())

    @property
    def share(self) -> float:
        """Share of the recipes that carry the item."""
        return self.total / self.n_recipes


def recipes_by_day(visit: Visit, subject: Subject) -> RecipesByDay:
    """Return the recipes of the chosen years."""
    chosen = calendar(visit, subject.years)
    rows = subject.years.of(subject.days.run(visit.data))
    n_with = np.zeros_like(chosen.n_recipes)
    place = (
        np.searchsorted(chosen.years, rows["year"]),
        rows["month"].to_numpy() - 1,
        rows["weekday"].to_numpy() - 1,
    )
    n_with[place] = rows["n_recipes"]
    return RecipesByDay(chosen, n_with)
