"""The ratings of the recipes with an item, and of the other recipes."""

from dataclasses import dataclass

import numpy as np

from mangetamain_analytics.utils.rating_statistics import (
    RecipesCompared,
    Shrinkage,
    compare_recipes,
    fit_shrinkage,
)
from mangetamain_analytics.visualization.analyse_ratings.counts import Choices, scope_method
from mangetamain_analytics.visualization.analyse_ratings.recipe_ratings import (
    BY_RECIPE,
    FEATURES,
    RecipeRatings,
    all_recipes,
    recipe_ratings,
)
from mangetamain_analytics.visualization.explore.subject import Subject
from mangetamain_analytics.visualization.page import Query, Visit

# With fewer recipes on a side, an interval that rests on recipes is too narrow.
MIN_RATED = 20


@dataclass(frozen=True)
class Votes:
    """The chosen ratings, recipe by recipe, with and without the item.

    ``shrinkage`` says how far the mean of a few votes is to be believed, from all recipes; None
    where they do not differ.
    """

    choices: Choices
    own: RecipeRatings
    rest: RecipeRatings
    shrinkage: Shrinkage | None

    @property
    def total(self) -> int:
        """All ratings."""
        return int(self.own.n.sum() + self.rest.n.sum())

    def compare(self) -> RecipesCompared | None:
        """Return both sides compared, if each holds enough rated recipes."""
        if min(len(self.own.n), len(self.rest.n)) < MIN_RATED:
            return None
        return compare_recipes(self.own, self.rest)

    def scope(self, visit: Visit) -> str:
        """Say which ratings these are."""
        return scope_method(visit, self.choices, self.total)


def votes(visit: Visit, subject: Subject, *, train_only: bool) -> Votes:
    """Return the ratings of the item's recipes and of the others."""
    choices = Choices(subject.years, train_only, min_ratings=0)
    recipes, rated = all_recipes(visit), recipe_ratings(visit, choices)
    ids = with_item(subject).run_uncached(visit.data)["recipe_id"].to_numpy()
    has_item = np.zeros(len(recipes.ids), dtype=bool)
    has_item[np.searchsorted(recipes.ids, ids)] = True
    is_own = has_item[rated.place]
    shrinkage = visit.data.once(
        ("explore shrinkage", choices),
        lambda: fit_shrinkage(rated.n, rated.total, rated.squares),
    )
    return Votes(choices, rated.where(is_own), rated.where(~is_own), shrinkage)


def with_item(subject: Subject) -> Query:
    """Return the query that names the recipes with the item."""
    return subject.query("explore_recipes")


def vote_queries(subject: Subject) -> list[Query]:
    """Return the queries that the votes come from."""
    return [with_item(subject), BY_RECIPE, FEATURES]
