"""Sets what the site shows beside the figures that others published from the real files.

    make data SCALE=1.0 compare    the demo data of full size
    make compare MANGETAMAIN_DB=FILE    another file of the site

They stay outside git, in ../shared/published_figures.json; `--published` names another place and
`--markdown FILE` writes the summary.

Every published figure ends in one of three ways: compared, corrected on purpose (both values and
the reason are told), or not kept (the reason is told). None is left out in silence.
"""

import argparse
import json
import math
import re
import statistics
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from mangetamain_analytics.data.cached_loaders import CachedLoader
from mangetamain_analytics.data.snapshot import open_snapshot
from mangetamain_analytics.utils.group_tests import (
    KruskalWallis,
    TwoGroups,
    compare_two,
    kruskal_wallis,
    mann_whitney,
)
from mangetamain_analytics.utils.i18n import translator
from mangetamain_analytics.utils.insights import Item
from mangetamain_analytics.utils.rating_months import (
    MeanLevel,
    MonthlyTrend,
    mean_level,
    monthly_trend,
)
from mangetamain_analytics.utils.rating_statistics import rank_correlations, summarize_stars
from mangetamain_analytics.utils.statistics import (
    Trend,
    adjust_p_values,
    mann_kendall,
    weighted_trend,
)
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
from mangetamain_analytics.visualization.analyse_ratings.groups import star_table
from mangetamain_analytics.visualization.analyse_ratings.ingredient_ratings import (
    IngredientRatings,
    ingredient_ratings,
)
from mangetamain_analytics.visualization.analyse_seasonality.items import find_seasonal_items
from mangetamain_analytics.visualization.analyse_trendlines.duration import DEFAULT_BAND
from mangetamain_analytics.visualization.analyse_weekend.items import find_weekend_items
from mangetamain_analytics.visualization.group_tables import DAY_TYPES, measures
from mangetamain_analytics.visualization.page import Visit, Years, all_years

ROOT = Path(__file__).parents[1]
PUBLISHED = ROOT.parent / "shared" / "published_figures.json"
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
MIN_RATINGS, RARE_ITEM = 100, 50
IS_P_VALUE = re.compile(r"(^|[./_])p$|chi2_p/")

Value = Any  # a number, a text, a list or an object of them, as JSON has it


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
        rows = self.visit.data.query(
            "trends_items_by_year", kind=KINDS[kind].value, min_recipes=RARE_ITEM
        )
        shares: dict[str, dict[str, float]] = defaultdict(dict)
        for item, year, n_all, n in rows.rows():
            shares[item][str(year)] = n / n_all
        return shares

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


# What is compared: a published id, as a pattern, and the same from the site, by the groups of the
# pattern. Values of objects that are not published are ignored.
Compute = Callable[..., Value]
COMPARED: list[tuple[str, Compute]] = []


def compares(pattern: str) -> Callable[[Compute], Compute]:
    """Register what computes the figures whose whole id matches."""

    def register(compute: Compute) -> Compute:
        COMPARED.append((pattern, compute))
        return compute

    return register


# The cleaning.


@compares(r"(?:recipes\.raw|tables\.RAW_recipes)\.rows")
def _(site: Site) -> Value:
    return site.step("one_row_per_id")["rows_before"]


@compares(r"tables\.RAW_interactions\.rows")
def _(site: Site) -> Value:
    return site.step("rating_between_1_and_5")["rows_before"]


@compares(r"recipes\.clean\.(step1\.duplicates|step2\.minutes|step2b\.outliers)_removed")
def _(site: Site, step: str) -> Value:
    rules = {
        "step1.duplicates": "one_row_per_id",
        "step2.minutes": "minutes_between_1_and_180",
        "step2b.outliers": "steps_and_ingredients_within_quantiles",
    }
    return site.step(rules[step])["rows_removed"]


@compares(r"recipes\.clean\.step2\.rows_after")
def _(site: Site) -> Value:
    return site.step("steps_and_ingredients_within_quantiles")["rows_before"]


@compares(r"recipes\.clean\.step4_7\.null_removed")
def _(site: Site) -> Value:
    last = ("name_and_date_present", "calories_and_ingredients_present")
    return sum(site.step(rule)["rows_removed"] for rule in last)


@compares(r"recipes\.clean\.(rows|removed_total)")
def _(site: Site, what: str) -> Value:
    n = site.visit.data.snapshot.info.row_counts["recipes"]
    return n if what == "rows" else site.step("one_row_per_id")["rows_before"] - n


@compares(r"recipes\.clean\.thresholds\.(n_steps|n_ingredients)")
def _(site: Site, column: str) -> Value:
    return [site.sql(f"select {end}({column}) from recipes") for end in ("min", "max")]


@compares(r"recipes\.clean\.(minutes|n_steps|n_ingredients)_(median|mean|max)")
def _(site: Site, column: str, function: str) -> Value:
    return site.sql(f"select {function}({column}) from recipes")


@compares(r"recipes\.clean\.date_(min|max)")
def _(site: Site, function: str) -> Value:
    return str(site.sql(f"select {function}(submitted) from recipes"))


# Trends.


@compares(r"trends\.volume\.per_year")
def _(site: Site) -> Value:
    return site.by_year("trends-volume", "n_recipes")


@compares(r"trends\.volume\.(mean|median|min|max|std_ddof1|cv_pct_ddof1)")
def _(site: Site, what: str) -> Value:
    n = site.tables["trends-volume"]["n_recipes"].to_list()
    mean, sd = statistics.mean(n), statistics.stdev(n)
    known = {"mean": mean, "median": statistics.median(n), "min": min(n), "max": max(n)}
    return known.get(what, sd if what == "std_ddof1" else 100 * sd / mean)


@compares(r"trends\.minutes\.weighted_mean")
def _(site: Site) -> Value:
    return site.trend("trends-duration", "mean_minutes").y_mean


@compares(r"trends\.minutes\.yearly_mean_(min|max|median)")
def _(site: Site, what: str) -> Value:
    means = site.tables["trends-duration"]["mean_minutes"].to_list()
    return {"min": min, "max": max, "median": statistics.median}[what](means)


@compares(r"trends\.minutes\.(mean|median|q25|q75)_per_year")
def _(site: Site, what: str) -> Value:
    return site.by_year("trends-duration", f"{what}_minutes")


@compares(r"trends\.minutes\.wls_(mean|median)\.(slope|r2|p)")
def _(site: Site, what: str, part: str) -> Value:
    return _part(site.trend("trends-duration", f"{what}_minutes"), part)


@compares(r"trends\.(complexity|steps|ingredients_count)\.wls\.(slope|intercept|r2|p)")
def _(site: Site, what: str, part: str) -> Value:
    chart, column = COLUMNS[what]
    return _part(site.trend(f"trends-{chart}", f"mean_{column}"), part)


@compares(r"trends\.(complexity|steps|ingredients_count)\.mean_per_year")
def _(site: Site, what: str) -> Value:
    chart, column = COLUMNS[what]
    return site.by_year(f"trends-{chart}", f"mean_{column}")


@compares(r"trends\.complexity\.std_per_year")
def _(site: Site) -> Value:
    return site.by_year("trends-complexity", "sd_complexity_score")


@compares(r"trends\.complexity\.pearson")
def _(site: Site) -> Value:
    pairs = ("minutes~n_steps", "minutes~n_ingredients", "n_steps~n_ingredients")
    query = "select corr({}, {}) from recipes"
    return {pair: site.sql(query.format(*pair.split("~"))) for pair in pairs}


@compares(r"trends\.nutrition\.(\w+)\.(slope|intercept|r2|p)")
def _(site: Site, nutrient: str, part: str) -> Value:
    return _part(site.trend(f"trends-nutrition-mean_{nutrient}", f"mean_{nutrient}"), part)


@compares(r"trends\.nutrition\.(\w+)\.mean_per_year")
def _(site: Site, nutrient: str) -> Value:
    return site.by_year(f"trends-nutrition-mean_{nutrient}", f"mean_{nutrient}")


@compares(r"trends\.(ingredients|tags)\.exploded_rows")
def _(site: Site, kind: str) -> Value:
    return site.visit.data.snapshot.info.row_counts[f"recipe_{kind}"]


@compares(r"trends\.(ingredients|tags)\.n_ge50")
def _(site: Site, kind: str) -> Value:
    return len(site.yearly_shares(kind))


@compares(r"trends\.(ingredients|tags)\.unique_(1999|2018|change_pct)")
def _(site: Site, kind: str, what: str) -> Value:
    n = site.by_year(f"trends-{kind}-distinct", "n_distinct_items")
    return n[what] if what in n else 100 * (n["2018"] / n["1999"] - 1)


@compares(r"trends\.(ingredients|tags)\.unique_per_year")
def _(site: Site, kind: str) -> Value:
    return site.by_year(f"trends-{kind}-distinct", "n_distinct_items")


@compares(r"trends\.(ingredients|tags)\.diversity_wls\.(slope|p|r2)")
def _(site: Site, kind: str, part: str) -> Value:
    return _part(site.trend(f"trends-{kind}-distinct", "n_distinct_items"), part)


@compares(r"trends\.(ingredients|tags)\.top10")
def _(site: Site, kind: str) -> Value:
    return dict(site.tables[f"trends-{kind}-most-used"].select("item", "n_recipes").rows())


@compares(r"trends\.(ingredients|tags)\.freq_per_year\.(.+)")
def _(site: Site, kind: str, item: str) -> Value:
    return site.yearly_shares(kind)[item]


# Seasonality.


@compares(r"season\.definition")
def _(site: Site) -> Value:
    query = "select list(distinct month order by (month % 12)) from recipes where season = '{}'"
    return {season: site.sql(query.format(season)) for season in SEASONS}


@compares(r"season\.volume")
def _(site: Site) -> Value:
    return site.group_column("seasonality-volume", "n_recipes", SEASONS)


@compares(r"season\.volume\.share_pct")
def _(site: Site) -> Value:
    n = site.group_column("seasonality-volume", "n_recipes", SEASONS)
    return {season: 100 * count / sum(n.values()) for season, count in n.items()}


@compares(r"season\.(minutes|complexity|steps|ingredients_count)\.(mean|median|q25|q75|std)")
def _(site: Site, what: str, function: str) -> Value:
    chart, column = COLUMNS[what]
    names = {"mean": f"mean_{column}", "std": "sd"}
    return site.group_column(f"seasonality-{chart}", names.get(function, function), SEASONS)


@compares(r"season\.minutes\.iqr")
def _(site: Site) -> Value:
    table = site.tables["seasonality-duration"]
    return dict(zip(SEASONS, (table["q75"] - table["q25"]).to_list(), strict=True))


@compares(r"season\.complexity\.(mean_of_means|std_between|cv_pct|deviation_pct)")
def _(site: Site, what: str) -> Value:
    means = site.group_column("seasonality-complexity", "mean_complexity_score", SEASONS)
    mean, sd = statistics.mean(means.values()), statistics.stdev(means.values())
    deviations = {season: 100 * (value / mean - 1) for season, value in means.items()}
    return {
        "mean_of_means": mean,
        "std_between": sd,
        "cv_pct": 100 * sd / mean,
        "deviation_pct": deviations,
    }[what]


@compares(r"season\.(minutes|complexity|steps|ingredients_count)\.kruskal_(H|p)")
def _(site: Site, what: str, part: str) -> Value:
    test = site.kruskal(COLUMNS[what][1])
    return test.h if part == "H" else test.p_value


@compares(r"season\.nutrition\.(\w+)\.kruskal_(H|p)")
def _(site: Site, nutrient: str, part: str) -> Value:
    test = site.kruskal(nutrient)
    return test.h if part == "H" else test.p_value


@compares(r"season\.nutrition\.(\w+)\.mean")
def _(site: Site, nutrient: str) -> Value:
    return _nutrients(site, "mean")[nutrient]


@compares(r"season\.nutrition\.zscore_unweighted")
def _(site: Site) -> Value:
    return _nutrients(site, "z")


def _nutrients(site: Site, part: str) -> dict[str, dict[str, float]]:
    table = site.tables["seasonality-nutrition"]
    return {
        row["nutrient"]: {season: row[f"{part}_{season.lower()}"] for season in SEASONS}
        for row in table.to_dicts()
    }


@compares(r"season\.(ingredients|tags)\.unique")
def _(site: Site, kind: str) -> Value:
    query = (
        f"select count(distinct {kind[:-1]}) from recipe_{kind} join recipes on recipe_id = id "
        "where season = '{}'"
    )
    return {season: site.sql(query.format(season)) for season in SEASONS}


@compares(r"season\.(ingredients|tags)\.unique_total")
def _(site: Site, kind: str) -> Value:
    return site.sql(f"select count(distinct {kind[:-1]}) from recipe_{kind}")


@compares(r"season\.(ingredients|tags)\.n_filtered")
def _(site: Site, kind: str) -> Value:
    tested = find_seasonal_items(site.visit, site.years, KINDS[kind]).compared.tested
    is_kept = (tested.mean_share >= SMALLEST_SHARE) & (tested.share_range >= SEASONAL_POINTS)
    return int(is_kept.sum())


@compares(r"season\.(ingredients|tags)\.top20_order")
def _(site: Site, kind: str) -> Value:
    return site.tables[f"seasonality-{kind}-shares"]["item"].to_list()


@compares(r"season\.(ingredients|tags)\.top20_(freq_pct|chi2|chi2_p)")
def _(site: Site, kind: str, part: str) -> Value:
    compared = find_seasonal_items(site.visit, site.years, KINDS[kind]).compared
    tested = compared.tested
    shares = [dict(zip(SEASONS, (100 * row).tolist(), strict=True)) for row in tested.shares]
    values = {
        "freq_pct": shares,
        "chi2": tested.chi_squared.tolist(),
        "chi2_p": tested.p_value.tolist(),
    }[part]
    return dict(zip(compared.names, values, strict=True))


# Weekend.


@compares(r"weekend\.volume\.per_weekday")
def _(site: Site) -> Value:
    return site.group_column("weekend-volume", "n_recipes", WEEKDAYS)


@compares(r"weekend\.volume\.totals")
def _(site: Site) -> Value:
    return site.group_column("weekend-day-types", "n_recipes", PERIODS)


@compares(r"weekend\.volume\.mean_all")
def _(site: Site) -> Value:
    return statistics.mean(site.tables["weekend-volume"]["n_recipes"])


@compares(r"weekend\.volume\.deviation_pct")
def _(site: Site) -> Value:
    deviations = site.group_column("weekend-volume", "deviation", WEEKDAYS)
    return {day: 100 * deviation for day, deviation in deviations.items()}


@compares(r"weekend\.(minutes|complexity|steps|ingredients_count)\.(mean|median)")
def _(site: Site, what: str, function: str) -> Value:
    chart, column = COLUMNS[what]
    name = f"mean_{column}" if function == "mean" else function
    return site.weekend_column(f"weekend-{chart}", name)


@compares(r"weekend\.minutes\.q25_q75")
def _(site: Site) -> Value:
    ends = [site.weekend_column("weekend-duration", name) for name in ("q25", "q75")]
    return {period: [end[period] for end in ends] for period in PERIODS}


@compares(r"weekend\.(minutes|complexity)\.diff_pct")
def _(site: Site, what: str) -> Value:
    return 100 * site.two_kinds_of_day(COLUMNS[what][1]).relative_difference


@compares(r"weekend\.nutrition\.(\w+_pct|calories)")
def _(site: Site, nutrient: str) -> Value:
    two = site.two_kinds_of_day(nutrient)
    means = dict(zip(PERIODS, two.summary.mean.tolist(), strict=True))
    return means | {"diff_pct": 100 * two.relative_difference, "ttest_p": two.welch.p_value}


@compares(r"weekend\.(ingredients|tags)\.(?:table|table_top20_by_signed_diff)")
def _(site: Site, kind: str) -> Value:
    compared = find_weekend_items(site.visit, site.years, KINDS[kind]).compared
    tested = compared.tested
    return {
        name: {
            "weekday_pct": 100 * shares[0],
            "weekend_pct": 100 * shares[1],
            "diff_pp": 100 * (shares[1] - shares[0]),
            "chi2_yates": chi_squared,
            "p": p,
        }
        for name, shares, chi_squared, p in zip(
            compared.names,
            tested.shares.tolist(),
            tested.chi_squared.tolist(),
            tested.p_value.tolist(),
            strict=True,
        )
    }


@compares(r"weekend\.tags\.top5_weekday")
def _(site: Site) -> Value:
    compared = find_weekend_items(site.visit, site.years, Item.TAG).compared
    return {
        name: [100 * weekday, 100 * weekend, 100 * (weekend - weekday)]
        for name, (weekday, weekend) in zip(
            compared.names, compared.tested.shares.tolist(), strict=True
        )
    }


# Ratings.


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
    return _part(trend.unweighted if how == "ols" else trend.weighted, part)


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


def _part(trend: Trend, part: str) -> float:
    names = {"r2": "r_squared", "p": "p_value"}
    return float(getattr(trend, names.get(part, part)))


# Corrected on purpose (spec §3): why, and what the site says instead.
CORRECTED: dict[str, tuple[str, Callable[[Site], str]]] = {}


def corrects(pattern: str, why: str) -> Callable[[Callable[[Site], str]], Callable[[Site], str]]:
    """Register what the site says instead of the figures whose whole id matches."""

    def register(ours: Callable[[Site], str]) -> Callable[[Site], str]:
        CORRECTED[pattern] = (why, ours)
        return ours

    return register


@corrects(
    r"season\.volume\.(mean|std|deviation|deviation_pct)",
    "§3 (1): seasons have unequal days; each is held against what its own days would bring, and "
    "the χ² test is run",
)
def _(site: Site) -> str:
    deviations = site.group_column("seasonality-volume", "deviation", SEASONS)
    return "; ".join(f"{season} {value:+.1%}" for season, value in deviations.items())


@corrects(
    r"weekend\.volume\.(per_day_type|weekday_vs_weekend_pct)",
    "§3 (2): five days against two are no base; recipes per day of the calendar are compared",
)
def _(site: Site) -> str:
    rates = site.group_column("weekend-day-types", "n_recipes_per_day", PERIODS)
    totals = site.group_column("weekend-day-types", "n_recipes", PERIODS)
    weekday, weekend = rates.values()
    slots = totals["Weekday"] / 5 / (totals["Weekend"] / 2) - 1
    return (
        f"{weekday:.2f} recipes per weekday, {weekend:.2f} per day of the weekend: "
        f"{weekday / weekend - 1:+.1%} with the weekend as base, {weekend / weekday - 1:+.1%} with "
        f"weekdays as base (raw slots: {slots:+.1%})"
    )


@corrects(
    r"weekend\.(minutes|complexity)\.ttest_(t|p)",
    "§2.4: Welch's t or Mann–Whitney as the skewness asks, instead of Student's t",
)
def _(site: Site) -> str:
    said = []
    for name in ("minutes", "complexity_score"):
        two = site.two_kinds_of_day(name)
        test = "Welch" if two.means_decide else "Mann–Whitney"
        said.append(
            f"{name}: {test} decides, p = {two.p_value:.3g} (Welch t = {two.welch.t:+.3f}, "
            f"p = {two.welch.p_value:.3f})"
        )
    return "; ".join(said)


@corrects(
    r"weekend\.nutrition\.n_significant",
    "§3 (4): seven values tested together, Holm's correction, ranks where values are skewed",
)
def _(site: Site) -> str:
    names = [name for name, *_ in site.tables["seasonality-nutrition"].rows()]
    tests = [site.two_kinds_of_day(name) for name in names]
    adjusted = adjust_p_values([test.p_value for test in tests], "holm")
    return f"{int((adjusted < 0.05).sum())} of {len(tests)}"


@corrects(
    r"weekend\.(ingredients|tags)\.(n_filtered|n_up_down)",
    "§3 (4): Benjamini–Hochberg's correction; (6): both directions, largest differences first",
)
def _(site: Site) -> str:
    said = []
    for kind, item in KINDS.items():
        found = find_weekend_items(site.visit, site.years, item)
        tested = found.compared.tested
        difference = tested.shares[:, 1] - tested.shares[:, 0]
        is_large = (tested.mean_share >= SMALLEST_SHARE) & (abs(difference) >= WEEKEND_POINTS)
        uncorrected = difference[is_large & (tested.p_value < 0.05)]
        kept = difference[found.kept]
        said.append(
            f"{kind}: {len(kept)} ({(kept > 0).sum()} at weekends, {(kept < 0).sum()} on "
            f"weekdays); without correction {len(uncorrected)} ({(uncorrected > 0).sum()} and "
            f"{(uncorrected < 0).sum()})"
        )
    return "; ".join(said)


@corrects(
    r"trends\.(ingredients|tags)\.top10_(increase|decrease)",
    "§3 (5): slopes over all years with intervals, not 2018 (134 recipes) less 1999",
)
def _(site: Site) -> str:
    said = []
    for kind in KINDS:
        rows = site.tables[f"trends-{kind}-slopes"].select("item", "slope_points_per_decade").rows()
        said += [f"{item} {slope:+.1f}" for item, slope in rows]
    return f"points per decade: {', '.join(said)}"


@corrects(
    r"trends\.ingredients\.diversity_wls\.r2_published",
    "§3 (8): R² is centred on the weighted mean; the trend is not significant",
)
def _(site: Site) -> str:
    trend = site.trend("trends-ingredients-distinct", "n_distinct_items")
    return f"R² = {trend.r_squared:.4f}, p = {trend.p_value:.3f}"


@corrects(
    r"ratings\.train\.ci95_published",
    "§3 (3): a sum of weights is no number of observations; months are autocorrelated",
)
def _(site: Site) -> str:
    level = site.train_level
    return (
        f"± {level.half_width:.4f} with weights and autocorrelation, ± "
        f"{level.half_width_autocorrelated:.4f} with autocorrelation alone, ± "
        f"{level.half_width_weighted:.4f} with weights alone (their formula: ± "
        f"{level.half_width_naive:.4f})"
    )


@corrects(
    r"ingratings\.(longterm|season|weekend)\.n_by_ingredient|ingratings\.longterm\.n",
    "§1.2: only cleaned recipes count; theirs include the recipes that the cleaning removes",
)
def _(site: Site) -> str:
    names = (*analyse_ratings.ingredients.DEFAULT_INGREDIENTS, "tomatoes", "lemon", "butter")
    return "; ".join(f"{name} {site.ingredient(name).total:,}" for name in names)


@corrects(
    r"ingratings\.longterm\.mann_kendall",
    "§3 (4) and §2.2: a weighted trend decides, corrected for six ingredients; Mann–Kendall with "
    "ties beside it; years with fewer than 20 ratings left out",
)
def _(site: Site) -> str:
    said = []
    for name in analyse_ratings.ingredients.DEFAULT_INGREDIENTS:
        years, _, means = site.ingredient(name).yearly()
        if len(years) > 2:
            test = mann_kendall(means, years)
            said.append(f"{name} τ = {test.tau:+.2f}, p = {test.p_value:.3f}, n = {test.n}")
    return "; ".join(said)


@corrects(
    r"ingratings\.season\.(anova|mannwhitney_pairs)|ingratings\.weekend\.mannwhitney",
    "§3 (4): uncorrected tests of many ingredients; ours are Kruskal–Wallis by season and "
    "month-clustered differences at weekends, each corrected by Benjamini–Hochberg",
)
def _(site: Site) -> str:
    analysis = analyse_ratings.analyse_ingredients(
        site.visit,
        site.choices(train_only=False),
        tuple(analyse_ratings.ingredients.DEFAULT_INGREDIENTS),
    )
    return "; ".join(f"{chart.id}: {' '.join(chart.text)}" for chart in analysis.charts[1:])


# Not kept: why.
_WEIGHTED_SPEARMAN = (
    "weighted Spearman has no accepted test; Mann–Kendall with Sen's slope is the robust "
    "companion (§2.2)"
)
NOT_KEPT = {
    r"recipes\.raw\.columns|recipes\.clean\.columns": "columns of their own tables, not of ours",
    r"recipes\.clean\.null_description": "the site's file holds no descriptions",
    r"recipes\.clean\.prefilter\..*": "the site's file holds no recipe that the cleaning removed; "
    "the quantiles taken there are compared as thresholds",
    r"trends\.(minutes|tags\.diversity)\.spearman_weighted": _WEIGHTED_SPEARMAN,
    r"ratings\.train\.spearman_(time|volume_quality)_weighted": _WEIGHTED_SPEARMAN,
    r"trends\.complexity\.formula|weekend\.definition": "a definition in words; the same as ours "
    "(§1.2), and its results are compared",
    r"season\.nutrition\.\w+\.pseudo_chi2": "not a test: the sum has no χ² distribution (§3 (1)); "
    "Kruskal–Wallis is run",
    r"season\.nutrition\.\w+\.weighted_cv_pct|season\.nutrition\.zscore_weighted": "a second "
    "normalisation of the means, which are compared; the page shows unweighted z-scores",
    r"ratings\.train\.(raw_rows|removed)|tables\.(PP_\w+|interactions_\w+)\.rows": "rows of a "
    "source file that the built file does not count; the tests of the generator do",
    r"ratings\.train\.bias_corr_pct": "compares a Spearman with a Kendall coefficient",
    r"ingratings\.season\.(n|by_season)|ingratings\.weekend\.(n|by_period|by_day)": "sums over 16 "
    "ingredients that are not all named",
    r"ingratings\.season\.means|ingratings\.weekend\.daily": "counts and means of single "
    "ingredients by group with uncleaned recipes; the demo data calibrate none of them",
}


@dataclass(frozen=True)
class Row:
    """One published number beside ours; `figure` is the id, then the keys inside its value."""

    figure: str
    published: float
    computed: float

    @property
    def is_p_value(self) -> bool:
        """Tell whether the number is a p-value: compared by what it decides."""
        return bool(IS_P_VALUE.search(self.figure))

    @property
    def same_side(self) -> bool:
        """Tell whether both p-values lie on the same side of 0.05."""
        return (self.published < 0.05) == (self.computed < 0.05)

    @property
    def gap(self) -> float:
        """Ours less theirs, as a share of the published size."""
        if self.published == self.computed:
            return 0.0
        return (self.computed - self.published) / max(abs(self.published), 1e-12)

    @property
    def family(self) -> str:
        """The first two parts of the id."""
        return ".".join(self.figure.split("/")[0].split(".")[:2])


@dataclass(frozen=True)
class Comparison:
    """Every published figure, by how it ends.

    `compared` holds numbers by id; `missing` names the numbers that the data do not have.
    """

    compared: dict[str, list[Row]]
    missing: list[str]
    corrected: dict[str, tuple[list[str], str, str]]  # pattern: ids, why, ours
    not_kept: dict[str, tuple[list[str], str]]  # pattern: ids, why
    published: dict[str, Value]


def matches(figure: str) -> list[str]:
    """Return every pattern that claims a published id: there has to be exactly one."""
    patterns = [*(pattern for pattern, _ in COMPARED), *CORRECTED, *NOT_KEPT]
    return [pattern for pattern in patterns if re.fullmatch(pattern, figure)]


def compare(site: Site, published: dict[str, Value]) -> Comparison:
    """Sort every published figure.

    Raises:
        ValueError: A figure has no place, or more than one.
    """
    computing = dict(COMPARED)
    compared: dict[str, list[Row]] = {}
    missing: list[str] = []
    claimed: dict[str, list[str]] = defaultdict(list)
    for figure, value in published.items():
        patterns = matches(figure)
        if len(patterns) != 1:
            raise ValueError(f"{figure}: claimed by {len(patterns)} patterns: {patterns}")
        (pattern,) = patterns
        claimed[pattern].append(figure)
        if pattern in computing:
            groups = re.fullmatch(pattern, figure).groups()  # type: ignore[union-attr]
            compared[figure] = list(rows(figure, value, computing[pattern](site, *groups), missing))
    return Comparison(
        compared,
        missing,
        {p: (claimed[p], why, ours(site)) for p, (why, ours) in CORRECTED.items() if claimed[p]},
        {p: (claimed[p], why) for p, why in NOT_KEPT.items() if claimed[p]},
        published,
    )


def rows(figure: str, published: Value, computed: Value, missing: list[str]) -> Iterator[Row]:
    """Yield the numbers of a figure.

    A list of names counts the names that both have; a date is read as one number.
    """
    if isinstance(published, dict):
        for key, value in published.items():
            inner = computed.get(key) if isinstance(computed, dict) else None
            yield from rows(f"{figure}/{key}", value, inner, missing)
    elif isinstance(published, list) and figure.endswith("_order"):
        yield Row(figure, len(published), len(set(published) & set(computed)))
    elif isinstance(published, list):
        for place, value in enumerate(published):
            inner = computed[place] if isinstance(computed, list) else None
            yield from rows(f"{figure}/{place}", value, inner, missing)
    elif isinstance(published, str):
        yield Row(figure, *(float(text.replace("-", "")) for text in (published, computed)))
    elif computed is None or not math.isfinite(computed):
        missing.append(figure)
    else:
        yield Row(figure, float(published), float(computed))


def summary(comparison: Comparison) -> str:
    """Return everything in Markdown, family by family."""
    numbers = [row for found in comparison.compared.values() for row in found]
    families: dict[str, list[str]] = defaultdict(list)
    for figure in comparison.compared:
        families[Row(figure, 0, 0).family].append(figure)
    lines = [
        f"{len(comparison.published)} published figures: {len(comparison.compared)} compared "
        f"({len(numbers)} numbers), {sum(len(c[0]) for c in comparison.corrected.values())} "
        f"corrected on purpose, {sum(len(c[0]) for c in comparison.not_kept.values())} not kept.",
        "",
        "| family | figures | numbers | median gap | largest gap | where (published → ours) |",
        "|---|---:|---:|---:|---:|---|",
    ]
    for family, figures in families.items():
        found = [row for f in figures for row in comparison.compared[f] if not row.is_p_value]
        if not found:
            continue
        worst = max(found, key=lambda row: abs(row.gap))
        median = statistics.median(abs(row.gap) for row in found)
        where = f"{worst.figure} ({worst.published:g} → {worst.computed:.6g})" if worst.gap else "–"
        lines.append(
            f"| {family} | {len(figures)} | {len(found)} | {median:.2%} | {worst.gap:+.1%} | "
            f"{where} |"
        )
    p_values = [row for row in numbers if row.is_p_value]
    turned = [
        f"{row.figure} ({row.published:.3g} → {row.computed:.3g})"
        for row in p_values
        if not row.same_side
    ]
    lines += ["", f"P-values: {len(p_values)}, {len(p_values) - len(turned)} of them on the same "]
    lines[-1] += f"side of 0.05. On the other side: {', '.join(turned) or 'none'}."
    lines += ["", f"Numbers that the data lack: {', '.join(comparison.missing) or 'none'}.", ""]
    lines += ["| corrected | published | ours | why |", "|---|---|---|---|"]
    for figures, why, ours in comparison.corrected.values():
        theirs = "; ".join(f"{f} = {_short(comparison.published[f])}" for f in figures)
        lines.append(f"| {_list(figures)} | {theirs} | {ours} | {why} |")
    lines += ["", "| not kept | why |", "|---|---|"]
    lines += [f"| {_list(figures)} | {why} |" for figures, why in comparison.not_kept.values()]
    return "\n".join(lines) + "\n"


def _list(figures: Sequence[str]) -> str:
    return ", ".join(figures)


def _short(value: Value, longest: int = 160) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= longest else f"{text[:longest]}…"


def main() -> None:
    """Print every number with its gap, then the summary."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--database", type=Path, required=True, help="the site's file")
    parser.add_argument("--published", type=Path, default=PUBLISHED)
    parser.add_argument("--markdown", type=Path, help="write the summary here too")
    options = parser.parse_args()
    if not options.published.is_file():
        sys.exit(f"{options.published} is not there: the published figures stay outside git")
    figures = json.loads(options.published.read_text(encoding="utf-8"))["figures"]
    comparison = compare(Site(options.database), {f["id"]: f["value"] for f in figures})
    for found in comparison.compared.values():
        for row in found:
            gap = f"{row.gap:+10.2%}" if not row.is_p_value else f"{'p-value':>10}"
            print(f"{row.family:<22}{row.figure:<70}{row.published:>16g}{row.computed:>16.6g}{gap}")
    print()
    print(summary(comparison), end="")
    if options.markdown:
        options.markdown.write_text(summary(comparison), encoding="utf-8")


if __name__ == "__main__":
    main()
