"""The figures of the page of ratings."""

import math
import statistics
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl

from mangetamain_analytics.utils.group_tests import mann_whitney
from mangetamain_analytics.utils.rating_statistics import rank_correlations, summarize_stars
from mangetamain_analytics.visualization import analyse_ratings
from mangetamain_analytics.visualization.analyse_ratings.groups import star_table

from .registry import Figures, Value, registering
from .site import MIN_RATINGS, PERIODS, SEASONS, WEEKDAYS, Site, part_of

FIGURES: Figures = {}
compares = registering(FIGURES)


@compares(r"ratings\.(train|full)\.clean_rows")
def _(site: Site, scope: str) -> Value:
    return int(_ratings(site, scope)["ratings-distribution"]["n_ratings"].sum())


def _ratings(site: Site, scope: str) -> dict[str, pl.DataFrame]:
    return site.train_tables if scope == "train" else site.tables


@compares(r"ratings\.train\.months_(kept|excluded)")
def _(site: Site, what: str) -> Value:
    months = site.visit.data.query("ratings_months", min_interactions=MIN_RATINGS, train_only=True)
    return months.filter(pl.col("is_kept") == (what == "kept")).height


@compares(r"ratings\.train\.period")
def _(site: Site) -> Value:
    months = site.train_tables["ratings-trend"]["month"].to_list()
    return [months[0], months[-1]]


@compares(r"ratings\.train\.(mean_monthly_volume|cv_volume|volume_max_min_ratio)")
def _(site: Site, what: str) -> Value:
    n = site.train_tables["ratings-months-volume"]["n_ratings"].to_list()
    mean = statistics.mean(n)
    return {
        "mean_monthly_volume": mean,
        "cv_volume": statistics.pstdev(n) / mean,
        "volume_max_min_ratio": max(n) / min(n),
    }[what]


@compares(r"ratings\.train\.kendall_(tau|p)")
def _(site: Site, part: str) -> Value:
    return site.train_trend.tau if part == "tau" else site.train_trend.p_independent


@compares(r"ratings\.train\.(ols|wls)_(slope|r2|p)")
def _(site: Site, how: str, part: str) -> Value:
    trend = site.train_trend
    return part_of(trend.unweighted if how == "ols" else trend.weighted, part)


@compares(r"ratings\.train\.wls_slope_per_year")
def _(site: Site) -> Value:
    return 12 * site.train_trend.weighted.slope


@compares(r"ratings\.train\.bias_slope_pct")
def _(site: Site) -> Value:
    trend = site.train_trend
    return 100 * abs(trend.weighted.slope / trend.unweighted.slope - 1)


@compares(r"ratings\.train\.spearman_volume_quality(_p)?")
def _(site: Site, part: str | None) -> Value:
    test = rank_correlations(site.train_means, [site.train_months.n])
    return float((test.p_value if part else test.rho)[0])


@compares(r"ratings\.train\.(mean|std|variance)_(weighted|unweighted)")
def _(site: Site, what: str, how: str) -> Value:
    level, means = site.train_level, site.train_means
    mean, sd = (level.mean, level.sd) if how == "weighted" else (means.mean(), means.std())
    return float({"mean": mean, "std": sd, "variance": sd**2}[what])


@compares(r"ratings\.train\.monthly\.(mean_rating|n_interactions|std_rating)")
def _(site: Site, what: str) -> Value:
    table = site.train_tables["ratings-trend"]
    column = {"n_interactions": "n_ratings", "std_rating": "sd_rating"}.get(what, what)
    return dict(table.select("month", column).rows())


@compares(r"ratings\.train\.per_year")
def _(site: Site) -> Value:
    months, n = site.train_months.months.tolist(), site.train_months.n.tolist()
    totals: dict[str, int] = defaultdict(int)
    for month, n_ratings in zip(months, n, strict=True):
        totals[str(month // 12)] += n_ratings
    return totals


@compares(r"ratings\.(train\.overall_mean|full\.mean|full\.std|train\.count5|full\.distribution)")
def _(site: Site, what: str) -> Value:
    scope, part = what.split(".")
    n = _ratings(site, scope)["ratings-distribution"]["n_ratings"].to_numpy()
    stars = np.arange(1, 6)
    mean = n @ stars / n.sum()
    return {
        "overall_mean": float(mean),
        "mean": float(mean),
        "std": float(np.sqrt(n @ (stars - mean) ** 2 / n.sum())),
        "count5": int(n[-1]),
        "distribution": {str(star): int(count) for star, count in zip(stars, n, strict=True)},
    }[part]


@compares(r"ratings\.train\.weekend")
def _(site: Site) -> Value:
    described = {}
    sides = zip(PERIODS, site.train_counts.weekdays_and_weekend, (5, 2), strict=True)
    for period, side, n_slots in sides:
        stars = summarize_stars(side.sum(axis=0))
        described[period] = {
            "n": int(stars.n),
            "pct": 100 * int(stars.n) / site.train_counts.total,
            "mean": float(stars.mean),
            "std": float(stars.sd),
            "median": float(stars.median),
            "per_slot": int(stars.n) / n_slots,
            "pct5": 100 * float(stars.share_of_five),
        }
    return described


@compares(r"ratings\.train\.weekend\.(mannwhitney_U|mannwhitney_p|mean_diff)")
def _(site: Site, what: str) -> Value:
    sides = [side.sum(axis=0) for side in site.train_counts.weekdays_and_weekend]
    if what == "mean_diff":
        weekday, weekend = (float(summarize_stars(side).mean) for side in sides)
        return weekend - weekday
    test = mann_whitney(star_table(*sides))
    return test.u if what == "mannwhitney_U" else test.p_value


@compares(r"ratings\.train\.weekday\.(n|mean|std|pct5|pct_le2)")
def _(site: Site, what: str) -> Value:
    return _described(site.train_tables["ratings-weekdays"], WEEKDAYS, what)


@compares(r"ratings\.train\.weekday\.range")
def _(site: Site) -> Value:
    means = site.train_tables["ratings-weekdays"]["mean_rating"].to_list()
    return max(means) - min(means)


@compares(r"ratings\.full\.season")
def _(site: Site) -> Value:
    table = site.tables["ratings-dashboard"]
    parts = {part: _described(table, SEASONS, part) for part in ("n", "mean", "std", "pct5")}
    parts["pct_le2"] = _described(table, SEASONS, "pct_le2")
    return {season: {part: parts[part][season] for part in parts} for season in SEASONS}


def _described(table: pl.DataFrame, groups: Sequence[str], what: str) -> dict[str, float]:
    """Return by group what the tables of ratings by group hold."""
    column, factor = {
        "n": ("n_ratings", 1),
        "mean": ("mean_rating", 1),
        "std": ("sd_rating", 1),
        "pct5": ("share_of_five", 100),
        "pct_le2": ("share_of_two_or_less", 100),
    }[what]
    return dict(zip(groups, (factor * table[column]).to_list(), strict=True))


@compares(r"ratings\.full\.season\.range")
def _(site: Site) -> Value:
    means = site.tables["ratings-dashboard"]["mean_rating"].to_list()
    return max(means) - min(means)


@compares(r"ratings\.full\.season\.volume_ratio")
def _(site: Site) -> Value:
    n = site.tables["ratings-seasons"]["n_ratings"].to_list()
    return max(n) / min(n)


@compares(r"ratings\.full\.month\.(n|mean)")
def _(site: Site, what: str) -> Value:
    table = site.tables["ratings-calendar-months"]
    column = {"n": "n_ratings", "mean": "mean_rating"}[what]
    return {str(month): value for month, value in table.select("month", column).rows()}


@compares(r"ratings\.full\.rating0_rows")
def _(site: Site) -> Value:
    return site.step("rating_between_1_and_5")["rows_removed"]


@compares(r"ingratings\.longterm\.mean_of_yearly_means")
def _(site: Site) -> Value:
    names = analyse_ratings.ingredients.DEFAULT_INGREDIENTS
    means = {name: site.ingredient(name).yearly()[2] for name in names}
    return {name: float(of_years.mean()) for name, of_years in means.items() if len(of_years)}


@compares(r"ingratings\.weekend\.means")
def _(site: Site) -> Value:
    names = ("avocado", "bacon", "butter", "cheese", "chicken breast")
    return {
        name: [_mean(side) for side in site.ingredient(name).weekdays_and_weekend]
        for name in (*names, "garlic", "olive oil", "chocolate")
    }


def _mean(by_month: Any) -> float:
    counts = by_month.sum(axis=0)
    return float(summarize_stars(counts).mean) if counts.any() else math.nan
