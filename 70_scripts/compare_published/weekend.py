"""The figures of the page of the weekend."""

import statistics

from mangetamain_analytics.utils.insights import Item
from mangetamain_analytics.visualization.analyse_weekend.items import find_weekend_items

from .registry import Figures, Value, registering
from .site import COLUMNS, KINDS, PERIODS, WEEKDAYS, Site

FIGURES: Figures = {}
compares = registering(FIGURES)


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
