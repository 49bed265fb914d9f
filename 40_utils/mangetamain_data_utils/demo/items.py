"""How often each ingredient or tag occurs, in which years, seasons and weekends."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import brentq

from .allocation import rake
from .population import CLEAN, Population
from .targets import (
    PERIODS,
    YEARS,
    Floats,
    Ints,
    assumed,
    by_season,
    by_year,
    clean_rows,
    published,
    published_figures,
)
from .vocabulary import common_ingredients, rare_ingredients, tag_names

N_CELLS = len(YEARS) * 4 * 2
# Recipes below which an item counts as rare; the published lists count the items above it.
RARE = 50
# Range over the seasons, in points, that makes an unnamed item count as seasonal (published: 0.5).
SEASONAL_RANGE = 0.7
CELL = np.arange(N_CELLS)
CELL_YEAR, CELL_SEASON, CELL_WEEKEND = CELL // 8, CELL // 2 % 4, CELL % 2


@dataclass(frozen=True)
class Catalogue:
    """Names with their expected number of recipes at full scale, most popular first.

    `share` is the probability that a recipe of a cell (year, season, weekend) has the item, for the
    items on which something was published (`named`); the others occur alike in every cell.
    """

    names: tuple[str, ...]
    totals: Floats
    named: Ints
    share: Floats  # (len(named), N_CELLS)


def rank_curve(head: Floats, total: float, n_frequent: int, size: int, tail: float) -> Floats:
    """Expected recipes per rank: the published head, then two concave arcs in log-log.

    The first arc ends at RARE recipes at rank `n_frequent` and its curvature makes the sum `total`;
    the second ends at one recipe at rank `size`, with curvature `tail`.
    """
    rank = np.arange(1, size + 1)
    x, x_end = np.log(np.maximum(rank, len(head)) / len(head)), np.log(n_frequent / len(head))
    y, y_end = np.log(np.maximum(rank, n_frequent) / n_frequent), np.log(size / n_frequent)
    drop = np.log(head[-1] / RARE) / x_end
    low = RARE * np.exp(-np.log(RARE) / y_end * y + tail * y * (y_end - y))

    def counts(curvature: float) -> Floats:
        high = head[-1] * np.exp(-drop * x + curvature * x * (x_end - x))
        whole = np.where(rank <= n_frequent, high, low)
        whole[: len(head)] = head
        return np.asarray(whole)

    return counts(brentq(lambda curvature: counts(curvature).sum() - total, -2.0, 2.0))


def ingredient_catalogue(population: Population) -> Catalogue:
    """The 14,161 ingredients."""
    size = int(published("season.ingredients.unique_total"))
    totals = _known_totals("ingredients") | _totals_from_ratings()
    names = list(dict.fromkeys((*totals, *common_ingredients(), *rare_ingredients())))[:size]
    return _catalogue("ingredients", totals, names, population)


def tag_catalogue(population: Population) -> Catalogue:
    """The 509 tags; the 510th published one is the empty string of recipes without tags."""
    totals = _known_totals("tags")
    names = list(dict.fromkeys((*totals, *tag_names())))[: len(tag_names())]
    return _catalogue("tags", totals, names, population)


def _catalogue(
    kind: str, totals: dict[str, float], names: list[str], population: Population
) -> Catalogue:
    head = np.array(list(published(f"trends.{kind}.top10").values()), dtype=float)
    curve = rank_curve(
        head,
        published(f"trends.{kind}.exploded_rows"),
        published(f"trends.{kind}.n_ge50"),
        len(names),
        assumed()["items"]["ingredient_tail" if kind == "ingredients" else "tag_tail"],
    )
    expected = dict(zip(names, _fill_ranks(curve, totals, names), strict=True))
    ordered = sorted(names, key=lambda name: -expected[name])
    peaks = _more_seasonal(kind, ordered, totals)
    named = [i for i, name in enumerate(ordered) if name in totals or name in peaks]
    share = np.stack(
        [
            _cell_shares(_margins(kind, ordered[i], expected[ordered[i]], peaks), population)
            for i in named
        ]
    )
    return Catalogue(
        tuple(ordered), np.array([expected[name] for name in ordered]), np.array(named), share
    )


def _more_seasonal(kind: str, ordered: list[str], totals: dict[str, float]) -> dict[str, int]:
    """Peak season of popular items beyond the named ones, to reach the published number of them."""
    wanted = published(f"season.{kind}.n_filtered") - len(
        published(f"season.{kind}.top20_freq_pct")
    )
    unnamed = [name for name in ordered if name not in totals]
    return {name: i % 4 for i, name in enumerate(unnamed[:wanted])}


def _fill_ranks(curve: Floats, totals: dict[str, float], names: list[str]) -> Floats:
    """Totals in the order of `names`: the known ones, and the ranks they leave to the others."""
    free = np.ones(len(curve), dtype=bool)
    for total in sorted(totals.values(), reverse=True):
        candidates = np.flatnonzero(free)
        free[candidates[np.argmin(np.abs(np.log(curve[candidates] / total)))]] = False
    others = iter(curve[free])
    return np.array([totals[name] if name in totals else next(others) for name in names])


def _known_totals(kind: str) -> dict[str, float]:
    """Recipes per item at full scale, from the most exact source that names it."""
    recipes = clean_rows()
    seasons = published(f"season.{kind}.top20_freq_pct")
    weights = by_season(published("season.volume"))
    totals = {
        name: float(np.average(by_season(pct), weights=weights)) / 100 * recipes
        for name, pct in seasons.items()
    }
    for name, pct in _weekend_percentages(kind).items():
        totals[name] = float(pct @ _period_recipes()) / 100
    totals |= assumed()["items"][f"{kind[:-1]}_totals"]
    for name in _published_curves(kind):
        curve = by_year(f"trends.{kind}.freq_per_year.{name}")
        totals[name] = float(curve @ by_year("trends.volume.per_year"))
    top10: dict[str, float] = published(f"trends.{kind}.top10")
    return totals | top10


def _totals_from_ratings() -> dict[str, float]:
    """Recipes with an ingredient for which only the number of ratings was published."""
    ratings: dict[str, float] = {}
    for analysis in ("season", "weekend", "longterm"):
        ratings |= published(f"ingratings.{analysis}.n_by_ingredient")
    per_recipe = published("ratings.full.clean_rows") / clean_rows()
    known = _known_totals("ingredients")
    return {name: n / per_recipe for name, n in ratings.items() if name not in known}


def _published_curves(kind: str) -> list[str]:
    return [name for name in _changes(kind) if _has_curve(kind, name)]


def _has_curve(kind: str, name: str) -> bool:
    return f"trends.{kind}.freq_per_year.{name}" in published_figures()


def _changes(kind: str) -> dict[str, float]:
    """Published difference of frequency between 2018 and 1999, by item."""
    changes: dict[str, float] = {}
    for direction in ("increase", "decrease"):
        changes |= published(f"trends.{kind}.top10_{direction}")
    return changes


def _weekend_percentages(kind: str) -> dict[str, Floats]:
    """Published % of weekday and of weekend recipes, by item."""
    if kind == "ingredients":
        rows: dict[str, Any] = published("weekend.ingredients.table")
    else:
        rows = published("weekend.tags.table_top20_by_signed_diff")
    pairs = {name: (row["weekday_pct"], row["weekend_pct"]) for name, row in rows.items()}
    if kind == "tags":
        top = published("weekend.tags.top5_weekday")
        pairs |= {name: (row[0], row[1]) for name, row in top.items()}
    return {name: np.array(pair) for name, pair in pairs.items()}


def _period_recipes() -> Floats:
    volume = published("weekend.volume.per_weekday")
    weekend = volume["Sat"] + volume["Sun"]
    periods = dict(zip(PERIODS, (sum(volume.values()) - weekend, weekend), strict=True))
    return np.array([periods[period] for period in PERIODS], dtype=float)


Margins = list[tuple[Ints, Floats]]


def _margins(kind: str, name: str, total: float, peaks: dict[str, int]) -> Margins:
    """What was published on an item: labels of the cells, and % of recipes per label."""
    overall = total / clean_rows()
    margins: Margins = [(np.zeros(N_CELLS, dtype=np.int64), np.array([overall * 100]))]
    seasons = published(f"season.{kind}.top20_freq_pct")
    weekends = _weekend_percentages(kind)
    if name in seasons:
        margins.append((CELL_SEASON, by_season(seasons[name])))
    elif name in peaks:
        margins.append((CELL_SEASON, _one_peak(peaks[name], overall * 100)))
    if name in weekends:
        margins.append((CELL_WEEKEND, weekends[name]))
    if name in _changes(kind):
        margins.append((CELL_YEAR, _yearly_curve(kind, name, overall) * 100))
    return margins


def _one_peak(season: int, percent: float) -> Floats:
    """Four percentages with one peak and the opposite trough, SEASONAL_RANGE points apart."""
    swing = min(SEASONAL_RANGE / 2, 0.8 * percent)
    return np.asarray(percent + swing * np.roll([1.0, 0.0, -1.0, 0.0], season))


def _cell_shares(margins: Margins, population: Population) -> Floats:
    """Probability of the item per cell, raked to its published year, season and weekend shares."""
    recipes = np.bincount(population.cell[population.kind == CLEAN], minlength=N_CELLS)
    overall = margins[0][1][0] / 100
    scaled = [
        (labels, _recipes_with(labels, percent, recipes, overall)) for labels, percent in margins
    ]
    fitted = rake(recipes * overall, scaled)
    return np.minimum(np.divide(fitted, recipes, out=np.zeros(N_CELLS), where=recipes > 0), 1.0)


def _recipes_with(labels: Ints, percent: Floats, recipes: Ints, overall: float) -> Floats:
    """Recipes with the item per group, scaled so that their sum is the item's own total."""
    groups = np.bincount(labels, recipes, len(percent)) * percent
    return np.asarray(groups * (overall * recipes.sum() / groups.sum()))


def _yearly_curve(kind: str, name: str, overall: float) -> Floats:
    """Published yearly frequencies, or `overall` with the published change at both ends."""
    if _has_curve(kind, name):
        return by_year(f"trends.{kind}.freq_per_year.{name}")
    change = _changes(kind)[name]
    first = max(0.3 * overall, overall - 0.3 * change) if change > 0 else overall - 0.5 * change
    curve = np.full(len(YEARS), overall)
    curve[0], curve[-1] = first, max(first + change, 0.001)
    curve[1], curve[-2] = (curve[0] + overall) / 2, (curve[-1] + overall) / 2
    return curve
