"""Who writes each interaction, and which interactions the published split kept."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from .allocation import adjust_total, power_law_counts
from .doubles import separate_doubles
from .effort import Effort
from .interactions import Slots, monthly_volume
from .targets import Floats, Ints, assumed, published

NO_SPLIT, TRAIN, VALIDATION, TEST = range(4)
# From 2013 on, new accounts got numbers above two billion.
MODERN_USER_ID = 2_000_000_000
OLD_USER_IDS = 2_400_000
OLD_SHARE = 0.88
# Fewer could not review a popular recipe of a small demo without doing so twice.
LEAST_ACTIVE_USERS = 100
# Popular recipes were a little more likely to survive the preprocessing.
POPULARITY_POWER = 0.15
# Doubles are first swapped with an interaction of about the same date.
TIME_GROUPS = 400
LEAST_SLOTS_PER_GROUP = 100


@dataclass(frozen=True)
class Authors:
    """Users of the interactions and their part in the split.

    `user` and `split` have one entry per interaction; users 0 to n_active - 1 are those of
    PP_users. `index_of_recipe` is the recipe's `i` in PP_recipes, -1 when it is not there.
    """

    user: Ints
    split: Ints
    n_active: int
    user_id: Ints
    joined: Floats  # place of each user in the history, 0 to 1
    index_of_recipe: Ints


def build_authors(slots: Slots, effort: Effort, scale: float, rng: np.random.Generator) -> Authors:
    """Users with long-tailed activity in a period of their own, and the train/test split."""
    kept = _preprocessed_recipes(slots, effort, scale, rng)
    in_split = _choose_split(slots, kept, scale, rng)
    n_active = max(LEAST_ACTIVE_USERS, round(published("tables.PP_users.rows") * scale))
    n_users = max(2 * n_active, round(assumed()["users"]["total"] * scale))
    joined = rng.random(n_users)
    user = _match_users(slots, in_split, n_active, joined, scale, rng)
    return Authors(
        user=user,
        split=_hold_out(user, slots.day, in_split, n_active, scale, rng),
        n_active=n_active,
        user_id=_user_ids(joined, rng),
        joined=joined,
        index_of_recipe=_number_at_random(kept, rng),
    )


def _preprocessed_recipes(
    slots: Slots, effort: Effort, scale: float, rng: np.random.Generator
) -> np.ndarray:
    """Mask of the recipes of PP_recipes: 4 to 20 ingredients, 3 steps or more."""
    size = min(round(published("tables.PP_recipes.rows") * scale), len(effort.minutes))
    items, steps = effort.n_ingredients, effort.n_steps
    eligible = (items >= 4) & (items <= 20) & (steps >= 3)
    popularity = np.bincount(slots.recipe, minlength=len(items)) ** POPULARITY_POWER
    order = np.lexsort((rng.exponential(size=len(items)) / popularity, ~eligible))
    kept = np.zeros(len(items), dtype=bool)
    kept[order[:size]] = True
    return kept


def _choose_split(
    slots: Slots, kept: np.ndarray, scale: float, rng: np.random.Generator
) -> np.ndarray:
    """Mask of the interactions of the three split files: each kept recipe has one at least."""
    names = ("interactions_train", "interactions_validation", "interactions_test")
    size = round(sum(published(f"tables.{name}.rows") for name in names) * scale)
    candidates = rng.permutation(np.flatnonzero(kept[slots.recipe]))
    _, first = np.unique(slots.recipe[candidates], return_index=True)
    forced = np.zeros(len(candidates), dtype=bool)
    forced[first] = True
    month = slots.month[candidates]
    # Highest first: forced ones, then those within the month's quota, then the rest.
    order = np.lexsort((~forced, month))
    sizes = np.bincount(month)
    place = np.empty(len(candidates))
    place[order] = np.arange(len(order)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    quota = _split_quota(size)[month]
    ranked = np.lexsort((place / np.maximum(quota, 0.5), ~forced))
    chosen = np.zeros(len(slots), dtype=bool)
    chosen[candidates[ranked[: min(size, len(ranked))]]] = True
    return chosen


def _split_quota(size: int) -> Floats:
    """Split interactions per month in the proportions published for the train split."""
    quota = monthly_volume()
    series = np.array(list(published("ratings.train.monthly.n_interactions").values()))
    quota *= series.sum() / quota.sum()
    quota[-1 - len(series) : -1] = series
    return np.asarray(quota * size / quota.sum())


def _match_users(
    slots: Slots,
    in_split: np.ndarray,
    n_active: int,
    joined: Floats,
    scale: float,
    rng: np.random.Generator,
) -> Ints:
    """User of each interaction: users' own periods against the interactions' dates."""
    inside, outside = np.flatnonzero(in_split), np.flatnonzero(~in_split)
    laws = assumed()["users"]
    active = _tokens(laws["active"], n_active, len(inside), scale)
    extra = min(round(laws["active_elsewhere"] * scale), len(outside) // 3)
    elsewhere = rng.choice(active, extra)
    n_others = min(len(joined) - n_active, len(outside) - extra)
    others = n_active + _tokens(laws["others"], n_others, len(outside) - extra, scale)
    user = np.empty(len(slots), dtype=np.int64)
    group = np.empty(len(slots), dtype=np.int64)
    parts = ((inside, active), (outside, np.concatenate([elsewhere, others])))
    for part, (places, tokens) in enumerate(parts):
        by_date = places[np.lexsort((rng.random(len(places)), slots.day[places]))]
        spread = 0.01 + 0.10 * joined[::-1][tokens]
        keys = joined[tokens] + spread * rng.standard_normal(len(tokens))
        user[by_date] = tokens[np.argsort(keys, kind="stable")]
        n_groups = min(TIME_GROUPS, max(1, len(places) // LEAST_SLOTS_PER_GROUP))
        group[by_date] = part * TIME_GROUPS + np.arange(len(places)) * n_groups // len(places)
    separate_doubles(slots.recipe, user, [group, group // 8, group // TIME_GROUPS], rng)
    return user


def _tokens(law: dict[str, Any], n_users: int, total: int, scale: float) -> Ints:
    """User numbers 0 to n_users - 1, each repeated as often as it writes."""
    most = max(20, round(law["most"] * min(scale, 1.0)))
    counts = power_law_counts(law["least"], most, law["offset"], law["exponent"], n_users)
    return np.repeat(np.arange(n_users), adjust_total(counts, total, 1))


def _hold_out(
    user: Ints,
    day: Ints,
    in_split: np.ndarray,
    n_active: int,
    scale: float,
    rng: np.random.Generator,
) -> Ints:
    """Split of each interaction: the last of some users is for test, the one before to validate."""
    inside = np.flatnonzero(in_split)
    ordered = inside[np.lexsort((rng.random(len(inside)), day[inside], user[inside]))]
    last = np.searchsorted(user[ordered], np.arange(n_active), side="right") - 1
    sizes = np.bincount(user[ordered], minlength=n_active)
    tested = rng.permutation(np.flatnonzero(sizes >= 3))
    n_test, n_validation = (
        round(published(f"tables.interactions_{name}.rows") * scale)
        for name in ("test", "validation")
    )
    split = np.full(len(user), NO_SPLIT)
    split[inside] = TRAIN
    split[ordered[last[tested[:n_test]]]] = TEST
    split[ordered[last[tested[:n_validation]] - 1]] = VALIDATION
    return split


def _user_ids(joined: Floats, rng: np.random.Generator) -> Ints:
    """Numbers that grow with the day of joining, with the jump that the real ones have."""
    order = np.argsort(joined)
    n_old = round(OLD_SHARE * len(joined))
    old = np.sort(rng.choice(np.arange(1500, OLD_USER_IDS), n_old, replace=False))
    modern = np.sort(rng.choice(OLD_USER_IDS, len(joined) - n_old, replace=False))
    ids = np.empty(len(joined), dtype=np.int64)
    ids[order] = np.concatenate([old, MODERN_USER_ID + modern])
    return ids


def _number_at_random(kept: np.ndarray, rng: np.random.Generator) -> Ints:
    index = np.full(len(kept), -1, dtype=np.int64)
    index[kept] = rng.permutation(int(kept.sum()))
    return index


def contributors(authors: Authors, day: Ints, scale: float, rng: np.random.Generator) -> Ints:
    """User id of each recipe's contributor; a few contribute thousands."""
    settings = assumed()["users"]
    size = min(max(5, round(settings["contributors"] * scale)), len(day), len(authors.user_id))
    tokens = _tokens(settings["contributed"], size, len(day), scale)
    keys = authors.joined[tokens] + 0.05 * rng.standard_normal(len(tokens))
    by_day = np.lexsort((rng.random(len(day)), day))
    contributor = np.empty(len(day), dtype=np.int64)
    contributor[by_day] = authors.user_id[tokens[np.argsort(keys, kind="stable")]]
    return contributor
