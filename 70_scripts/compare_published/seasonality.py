"""The figures of the page of seasons."""

import statistics

from mangetamain_analytics.visualization.analyse_seasonality.items import find_seasonal_items

from .registry import Figures, Value, registering
from .site import COLUMNS, KINDS, SEASONS, SEASONAL_POINTS, SMALLEST_SHARE, Site

FIGURES: Figures = {}
compares = registering(FIGURES)


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
