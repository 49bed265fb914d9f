"""R8: how recipes with chosen ingredients are rated over the years, by season, at weekends."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from mangetamain_analytics.utils.color_theme import ColorTheme
from mangetamain_analytics.utils.group_insights import epsilon_cell
from mangetamain_analytics.utils.group_tests import kruskal_wallis, mann_whitney
from mangetamain_analytics.utils.groupings import SEASONS
from mangetamain_analytics.utils.i18n import Interval, Number, PValue
from mangetamain_analytics.utils.insights import Item, Verdict, difference_verdict
from mangetamain_analytics.utils.rating_insights import SMALLEST_STAR_CHANGE, stars
from mangetamain_analytics.utils.rating_item_insights import (
    YEARS_PER_DECADE,
    item_seasons_insight,
    item_trends_insight,
    item_weekends_insight,
)
from mangetamain_analytics.utils.rating_statistics import (
    STARS,
    Difference,
    clustered_difference,
    clustered_means,
)
from mangetamain_analytics.utils.statistics import (
    Trend,
    adjust_p_values,
    enough_for_trend,
    mann_kendall,
    weighted_trend,
)
from mangetamain_analytics.visualization.analyse_ratings.counts import (
    SMALLEST_GROUP,
    Choices,
    Counts,
    is_large,
    scope_method,
)
from mangetamain_analytics.visualization.analyse_ratings.figures import grouped_points_figure
from mangetamain_analytics.visualization.analyse_ratings.groups import star_table
from mangetamain_analytics.visualization.analyse_ratings.ingredient_ratings import (
    MIN_RATINGS_OF_YEAR,
    IngredientRatings,
    all_ratings,
    ingredient_query,
    ingredient_ratings,
)
from mangetamain_analytics.visualization.custom_charts import (
    Line,
    intervals_figure,
    yearly_lines_figure,
)
from mangetamain_analytics.visualization.group_tables import SEASON_NAMES
from mangetamain_analytics.visualization.item_choice import choose_names, names_of, quoted
from mangetamain_analytics.visualization.item_links import headed_by, item_column, linked
from mangetamain_analytics.visualization.markup import Column, as_markdown
from mangetamain_analytics.visualization.page import Analysis, Chart, Deferred, Visit

# Chosen at first, as others chose them: fashionable or divisive, and frequent enough.
DEFAULT_INGREDIENTS = ("bacon", "avocado", "butternut squash", "kale", "quinoa", "tofu")


def shown_at_first(visit: Visit) -> list[str]:
    """Return the default ingredients that are rated; the most used ones if none of them is."""
    rated = [name for name in DEFAULT_INGREDIENTS if _is_rated(visit, name)]
    return rated or list(names_of(visit, Item.INGREDIENT))[: len(DEFAULT_INGREDIENTS)]


def _is_rated(visit: Visit, name: str) -> bool:
    return all_ratings(visit, name, train_only=False).total > 0


def chosen_ingredients(visit: Visit) -> list[str]:
    """Show the list of ingredients and return the chosen ones, as the data write them."""
    return choose_names(
        visit,
        Item.INGREDIENT,
        key="rated_ingredients",
        label=visit.t("ratings-ingredients-label"),
        default=shown_at_first(visit),
    )


def analyse(visit: Visit, choices: Choices, names: Sequence[str]) -> Analysis:
    """Return the ratings of the chosen ingredients; a note names those that have none."""
    t = visit.t
    ratings = [ingredient_ratings(visit, choices, name) for name in names]
    rated = [r for r in ratings if r.total >= SMALLEST_GROUP]
    too_few = [r.name for r in ratings if r.total < SMALLEST_GROUP]
    notes = [] if names else [t("ratings-ingredients-none")]
    if too_few:
        names_left_out = quoted(visit, too_few)
        notes.append(t("ratings-ingredients-too-few", names=names_left_out, needed=SMALLEST_GROUP))
    charts = []
    if rated:
        charts = [
            _years_chart(visit, choices, rated),
            _seasons_chart(visit, choices, rated),
            _weekend_chart(visit, choices, rated),
        ]
    return Analysis(
        id="ratings-ingredients",
        name=t("ratings-ingredients-name"),
        charts=[chart for chart in charts if chart],
        note=" ".join(notes),
    )


def _years_chart(
    visit: Visit, choices: Choices, ratings: Sequence[IngredientRatings]
) -> Chart | None:
    t = visit.t
    yearly = {r.name: r.yearly() for r in ratings}
    all_years = sorted({int(year) for years, _, _ in yearly.values() for year in years})
    if not all_years:
        return None
    fitted = {
        name: weighted_trend(years, means, n)
        for name, (years, n, means) in yearly.items()
        if enough_for_trend(len(years))
    }
    p_adjusted = adjust_p_values([trend.p_value for trend in fitted.values()], "bh")
    spans = [int(yearly[name][0][-1] - yearly[name][0][0]) for name in fitted]
    insight = item_trends_insight(list(fitted), list(fitted.values()), p_adjusted, spans)
    scope = _scope(visit, choices, ratings)
    series = {
        name: dict(zip(years.tolist(), means.tolist(), strict=True))
        for name, (years, _, means) in yearly.items()
    }
    lines = [
        Line(name, [values.get(year, float("nan")) for year in all_years])
        for name, values in series.items()
    ]
    table = pl.DataFrame(
        {"year": all_years}
        # An ingredient may be called "year".
        | {
            f"mean_{name}": [values.get(year) for year in all_years]
            for name, values in series.items()
        },
        schema_overrides={f"mean_{name}": pl.Float64 for name in series},
    )
    return Chart(
        id="ratings-ingredients-years",
        title=insight.title.text(t),
        text=[insight.sentence.text(t)],
        figure=yearly_lines_figure(
            all_years,
            lines,
            visit.style(t("ratings-axis-mean"), digits=2),
            year_title=t("ratings-axis-year"),
        ),
        alt=_alt(visit, ratings),
        table=table,
        columns={"year": Column(t("column-year"), str, is_number=False)}
        | {
            f"mean_{name}": headed_by(visit, Item.INGREDIENT, name, lambda mean: t.number(mean, 3))
            for name in series
        },
        method=Deferred(
            lambda: [
                scope,
                t("ratings-ingredients-years-method", min_ratings=MIN_RATINGS_OF_YEAR),
                *_trend_lines(visit, fitted, p_adjusted.tolist(), yearly),
            ]
        ),
        queries=[ingredient_query(r.name) for r in ratings],
        verdict=insight.verdict,
        evidence=insight.evidence,
    )


def _trend_lines(
    visit: Visit,
    fitted: Mapping[str, Trend],
    p_adjusted: Sequence[float],
    yearly: Mapping[str, tuple[Counts, Counts, NDArray[np.float64]]],
) -> list[str]:
    """Give every number that the verdict on each ingredient rests on."""
    lines = []
    for (name, trend), p in zip(fitted.items(), p_adjusted, strict=True):
        robust = mann_kendall(yearly[name][2], yearly[name][0])
        low, high = (YEARS_PER_DECADE * x for x in (trend.slope_low, trend.slope_high))
        lines.append(
            visit.t(
                "ratings-ingredient-trend",
                name=as_markdown(name),
                n=trend.n,
                slope=stars(YEARS_PER_DECADE * trend.slope, 3, is_signed=True),
                interval=Interval(low, high, 3),
                p=PValue(p),
                tau=Number(robust.tau, 2, is_signed=True),
                p_robust=PValue(robust.p_value),
            )
        )
    return lines


def _seasons_chart(
    visit: Visit, choices: Choices, ratings: Sequence[IngredientRatings]
) -> Chart | None:
    t = visit.t
    compared = [r for r in ratings if is_large(r.by_season).all()]
    if not compared:
        return None
    means = np.array([clustered_means(r.by_season).mean for r in compared])
    tests = [kruskal_wallis(star_table(*r.by_season.sum(axis=1))) for r in compared]
    p_adjusted = adjust_p_values([test.p_value for test in tests], "bh")
    names = [r.name for r in compared]
    insight = item_seasons_insight(
        names,
        np.ptp(means, axis=1),
        p_adjusted,
        [SEASONS.groups[i].when for i in means.argmax(axis=1)],
    )
    colors = ColorTheme.get_seasonal_colors(visit.theme)
    labels = [group.label.text(t) for group in SEASONS.groups]
    groups = [
        (label, colors[season], means[:, i].tolist())
        for i, (label, season) in enumerate(zip(labels, SEASON_NAMES, strict=True))
    ]
    table = pl.DataFrame(
        {"ingredient": names, "n_ratings": [r.total for r in compared]}
        | {f"mean_{season.lower()}": means[:, i] for i, season in enumerate(SEASON_NAMES)}
        | {
            "epsilon_squared": [test.epsilon_squared.estimate for test in tests],
            "p_adjusted": p_adjusted,
        }
    )
    return Chart(
        id="ratings-ingredients-seasons",
        title=insight.title.text(t),
        text=[insight.sentence.text(t)],
        figure=grouped_points_figure(
            names, groups, linked(visit, Item.INGREDIENT, visit.style(t("ratings-axis-mean"), 3))
        ),
        alt=t(
            "ratings-means-alt",
            means="; ".join(
                f"{name}: "
                + ", ".join(f"{label} {t.number(mean, 2)}" for label, mean in zip(labels, row))
                for name, row in zip(names, means.tolist(), strict=True)
            ),
        ),
        table=table,
        columns={
            "ingredient": _ingredient_column(visit),
            "n_ratings": Column(t("ratings-column-n"), t.number),
        }
        | {
            f"mean_{season.lower()}": Column(label, lambda value: t.number(value, 3))
            for label, season in zip(labels, SEASON_NAMES, strict=True)
        }
        | {
            "epsilon_squared": Column(
                t("column-epsilon-squared"), lambda x: epsilon_cell(x).text(t)
            ),
            "p_adjusted": Column(t("column-p-adjusted"), t.p_value),
        },
        method=[_scope(visit, choices, compared), t("ratings-ingredients-seasons-method")],
        queries=[ingredient_query(r.name) for r in compared],
        verdict=insight.verdict,
        evidence=insight.evidence,
    )


def _weekend_chart(
    visit: Visit, choices: Choices, ratings: Sequence[IngredientRatings]
) -> Chart | None:
    t = visit.t
    found: dict[str, Difference] = {}
    deltas: list[float] = []
    p_ranks: list[float] = []
    for r in ratings:
        weekday, weekend = r.weekdays_and_weekend
        difference = clustered_difference(weekend, weekday)
        if difference and min(weekday.sum(), weekend.sum()) >= SMALLEST_GROUP:
            test = mann_whitney(star_table(weekday.sum(axis=0), weekend.sum(axis=0)))
            found[r.name] = difference
            deltas.append(test.cliffs_delta.estimate)
            p_ranks.append(test.p_value)
    if not found:
        return None
    names, differences = list(found), list(found.values())
    p_adjusted = adjust_p_values([difference.p_value for difference in differences], "bh")
    insight = item_weekends_insight(names, differences, p_adjusted)
    values, lows, highs = (
        [getattr(difference, part) for difference in differences]
        for part in ("value", "low", "high")
    )

    def signed(value: float) -> str:
        return t.signed(value, 3)

    return Chart(
        id="ratings-ingredients-weekend",
        title=insight.title.text(t),
        text=[insight.sentence.text(t)],
        figure=intervals_figure(
            names,
            values,
            lows,
            highs,
            linked(visit, Item.INGREDIENT, visit.style(t("ratings-axis-difference"), 3)),
            legend=(t("ratings-legend-weekend"), t("ratings-legend-weekdays")),
            is_established=[
                difference_verdict(float(p), value, SMALLEST_STAR_CHANGE) is Verdict.DIFFERENCE
                for p, value in zip(p_adjusted, values, strict=True)
            ],
        ),
        alt=t(
            "ratings-weekend-alt",
            differences="; ".join(
                f"{name} {signed(value)}" for name, value in zip(names, values, strict=True)
            ),
        ),
        table=pl.DataFrame(
            {
                "ingredient": names,
                "difference": values,
                "difference_low": lows,
                "difference_high": highs,
                "p_adjusted": p_adjusted,
                "cliffs_delta": deltas,
                "p_mann_whitney": p_ranks,
            }
        ),
        columns={
            "ingredient": _ingredient_column(visit),
            "difference": Column(t("ratings-axis-difference"), signed),
            "difference_low": Column(t("column-interval-low"), signed),
            "difference_high": Column(t("column-interval-high"), signed),
            "p_adjusted": Column(t("column-p-adjusted"), t.p_value),
            "cliffs_delta": Column(t("ratings-column-delta"), signed),
            "p_mann_whitney": Column(t("ratings-column-mann-whitney"), t.p_value),
        },
        method=[
            _scope(visit, choices, ratings),
            t("ratings-clusters-method"),
            t("ratings-ingredients-weekend-method"),
        ],
        queries=[ingredient_query(name) for name in names],
        verdict=insight.verdict,
        evidence=insight.evidence,
    )


def _scope(visit: Visit, choices: Choices, ratings: Sequence[IngredientRatings]) -> str:
    return scope_method(visit, choices, sum(r.total for r in ratings))


def _alt(visit: Visit, ratings: Sequence[IngredientRatings]) -> str:
    t = visit.t
    means = (f"{r.name} {t.number(float(r.by_star @ STARS / r.total), 2)}" for r in ratings)
    return t("ratings-means-alt", means="; ".join(means))


def _ingredient_column(visit: Visit) -> Column:
    return replace(item_column(visit, Item.INGREDIENT), title=visit.t("ratings-column-ingredient"))
