"""Corrected on purpose (spec §3): why, and what the site says instead."""

from collections.abc import Callable

from mangetamain_analytics.utils.statistics import adjust_p_values, mann_kendall
from mangetamain_analytics.visualization import analyse_ratings
from mangetamain_analytics.visualization.analyse_weekend.items import find_weekend_items

from .site import KINDS, PERIODS, SEASONS, SMALLEST_SHARE, WEEKEND_POINTS, Site

Say = Callable[[Site], str]
CORRECTED: dict[str, tuple[str, Say]] = {}  # pattern: why, ours


def corrects(pattern: str, why: str) -> Callable[[Say], Say]:
    """Register what the site says instead of the figures whose whole id matches."""

    def register(ours: Say) -> Say:
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
