"""The figures of the page of trends."""

import statistics

from .registry import Figures, Value, registering
from .site import COLUMNS, Site, part_of

FIGURES: Figures = {}
compares = registering(FIGURES)


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
    return {"min": min(means), "max": max(means), "median": statistics.median(means)}[what]


@compares(r"trends\.minutes\.(mean|median|q25|q75)_per_year")
def _(site: Site, what: str) -> Value:
    return site.by_year("trends-duration", f"{what}_minutes")


@compares(r"trends\.minutes\.wls_(mean|median)\.(slope|r2|p)")
def _(site: Site, what: str, part: str) -> Value:
    return part_of(site.trend("trends-duration", f"{what}_minutes"), part)


@compares(r"trends\.(complexity|steps|ingredients_count)\.wls\.(slope|intercept|r2|p)")
def _(site: Site, what: str, part: str) -> Value:
    chart, column = COLUMNS[what]
    return part_of(site.trend(f"trends-{chart}", f"mean_{column}"), part)


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
    return part_of(site.trend(f"trends-nutrition-mean_{nutrient}", f"mean_{nutrient}"), part)


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
    return part_of(site.trend(f"trends-{kind}-distinct", "n_distinct_items"), part)


@compares(r"trends\.(ingredients|tags)\.top10")
def _(site: Site, kind: str) -> Value:
    return dict(site.tables[f"trends-{kind}-most-used"].select("item", "n_recipes").rows())


@compares(r"trends\.(ingredients|tags)\.freq_per_year\.(.+)")
def _(site: Site, kind: str, item: str) -> Value:
    return site.yearly_shares(kind)[item]
