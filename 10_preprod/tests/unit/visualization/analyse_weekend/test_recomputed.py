"""The numbers of the page's CSV files, recomputed from the recipes with pandas and scipy."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from mangetamain_analytics.utils.insights import Verdict
from mangetamain_analytics.visualization import analyse_weekend
from mangetamain_analytics.visualization.page import Years

ALL, SOME = Years(1999, 2018), Years(2003, 2009)
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


@pytest.fixture
def charts(visit, demo_snapshot):
    def of(years):
        analyses = analyse_weekend.analyse(visit(data=demo_snapshot), years)
        return {chart.id: chart for analysis in analyses for chart in analysis.charts}

    return of


@pytest.fixture
def recipes(demo_recipes):
    def of(years):
        chosen = demo_recipes[demo_recipes["year"].between(years.first, years.last)]
        return chosen.assign(day=[DAYS[weekday - 1] for weekday in chosen["weekday"]])

    return of


def both(frame):
    """Weekdays, then weekend, by the day's own name."""
    is_weekend = frame["day"].isin(["Saturday", "Sunday"])
    return frame[~is_weekend], frame[is_weekend]


@pytest.mark.parametrize("years", [ALL, SOME])
def test_recipes_per_calendar_day(charts, recipes, demo_recipes, years):
    """E1. By weekday, and weekday against weekend."""
    period = pd.date_range(demo_recipes["submitted"].min(), demo_recipes["submitted"].max())
    period = period[(period.year >= years.first) & (period.year <= years.last)]
    n_days = pd.Series(period.day_name()).value_counts()[DAYS]
    n = recipes(years)["day"].value_counts()[DAYS]

    found = charts(years)
    table = found["weekend-volume"].table.to_pandas().set_index("weekday")
    assert table.index.tolist() == DAYS
    assert table["n_recipes"].tolist() == n.tolist()
    assert table["n_days"].tolist() == n_days.tolist()
    np.testing.assert_allclose(table["n_recipes_per_day"], n / n_days)
    (bars,) = found["weekend-volume"].figure.data
    np.testing.assert_allclose(bars.y, n / n_days)
    # Weekdays lie evenly in a year: the deviation is that from the mean day, but for crumbs.
    np.testing.assert_allclose(
        table["deviation"], (n / n_days) / (n.sum() / n_days.sum()) - 1, atol=0.01
    )
    types = found["weekend-day-types"].table.to_pandas().set_index("day_type")
    assert types["n_recipes"].to_dict() == {"Weekdays": n[:5].sum(), "Weekend": n[5:].sum()}
    assert types["n_days"].to_dict() == {
        "Weekdays": n_days[:5].sum(),
        "Weekend": n_days[5:].sum(),
    }


@pytest.mark.parametrize("years", [ALL, SOME])
@pytest.mark.parametrize(
    ("column", "chart_id"),
    [
        ("minutes", "weekend-duration"),
        ("complexity_score", "weekend-complexity"),
        ("n_steps", "weekend-steps"),
        ("n_ingredients", "weekend-ingredients-count"),
    ],
)
def test_durations_and_complexity(charts, recipes, years, column, chart_id):
    """E2, E3. Means of days and kinds of day, Welch, Mann–Whitney and which one decides."""
    frame = recipes(years)
    weekdays, weekend = (part[column] for part in both(frame))
    chart = charts(years)[chart_id]
    table = chart.table.to_pandas().set_index("weekday")
    means = [*frame.groupby("day")[column].mean()[DAYS], weekdays.mean(), weekend.mean()]
    assert table.index.tolist() == [*DAYS, "Weekdays", "Weekend"]
    np.testing.assert_allclose(table[f"mean_{column}"], means)
    np.testing.assert_allclose(table["median"].iloc[-2:], [weekdays.median(), weekend.median()])
    welch = stats.ttest_ind(weekend, weekdays, equal_var=False)
    ranks = stats.mannwhitneyu(weekend, weekdays, method="asymptotic")
    delta = 2 * ranks.statistic / len(weekend) / len(weekdays) - 1
    method = " ".join(chart.method).replace("−", "-")
    assert f"Welch’s t = {welch.statistic:+.2f}" in method
    assert f"U = {ranks.statistic:,.0f}" in method
    assert f"Cliff’s δ = {delta:+.3f}" in method
    is_skewed = bool(abs(stats.skew(frame[column])) > 1)
    assert ("so the rank test of Mann and Whitney decides" in method) is is_skewed
    days = [frame.loc[frame["day"] == day, column] for day in DAYS]
    assert f"among all days: H = {stats.kruskal(*days).statistic:,.2f}" in method


@pytest.mark.parametrize("years", [ALL, SOME])
def test_nutrition(charts, recipes, years):
    """E4. Relative differences with Welch's interval; Holm over the seven deciding tests."""
    chart = charts(years)["weekend-nutrition"]
    table = chart.table.to_pandas().set_index("nutrient")
    assert len(table) == 7
    p_values = {}
    for nutrient, row in table.iterrows():
        weekdays, weekend = (part[nutrient] for part in both(recipes(years)))
        test = stats.ttest_ind(weekend, weekdays, equal_var=False)
        interval = test.confidence_interval()
        mean = weekdays.mean()
        assert row["mean_weekdays"] == pytest.approx(mean)
        assert row["mean_weekend"] == pytest.approx(weekend.mean())
        assert row["relative_difference"] == pytest.approx(weekend.mean() / mean - 1)
        assert [row["relative_low"], row["relative_high"]] == pytest.approx(
            [interval.low / mean, interval.high / mean]
        )
        assert row["p_welch"] == pytest.approx(test.pvalue)
        ranks = stats.mannwhitneyu(weekend, weekdays, method="asymptotic")
        is_skewed = abs(stats.skew(recipes(years)[nutrient])) > 1
        p_values[nutrient] = ranks.pvalue if is_skewed else test.pvalue
    smallest = min(p_values, key=p_values.get)
    assert table.loc[smallest, "p_adjusted"] == pytest.approx(min(1, 7 * p_values[smallest]))
    drawn = {y: x for trace in chart.figure.data for y, x in zip(trace.y, trace.x, strict=True)}
    assert sorted(drawn.values()) == pytest.approx(sorted(100 * table["relative_difference"]))


@pytest.mark.parametrize("years", [ALL, SOME])
@pytest.mark.parametrize("kind", ["ingredients", "tags"])
def test_items_of_the_weekend(charts, recipes, years, kind):
    """E5, E6. Ranked by size in either direction; χ² with Yates, as published."""
    frame = recipes(years)
    n_all = np.array([len(part) for part in both(frame)])
    exploded = frame[["id", "day", kind]].explode(kind).drop_duplicates()
    n_with = pd.concat([part[kind].value_counts() for part in both(exploded)], axis=1).fillna(0)
    shares = n_with / n_all
    expected = np.minimum(n_with.sum(axis=1), n_all.sum() - n_with.sum(axis=1)) / n_all.sum()
    tested = n_with[(shares.mean(axis=1) >= 0.01) & (expected * n_all.min() >= 5)]
    tests = tested.apply(
        lambda row: stats.chi2_contingency([row, n_all - row], correction=True)[:2], axis=1
    )
    p_adjusted = pd.Series(
        stats.false_discovery_control(tests.map(lambda test: test[1])), tested.index
    )
    points = 100 * (shares.iloc[:, 1] - shares.iloc[:, 0])[tested.index]
    kept = points[(points.abs() >= 0.2) & (p_adjusted < 0.05)]
    shown = kept.abs().nlargest(20) if len(kept) else points.abs().nlargest(10)

    chart = charts(years)[f"weekend-{kind}-differences"]
    table = chart.table.to_pandas().set_index("item")
    assert table["difference_points"].abs().tolist() == pytest.approx(shown.tolist())
    for item, row in table.iterrows():
        assert row["difference_points"] == pytest.approx(points[item])
        assert row["chi_squared_yates"] == pytest.approx(tests[item][0])
        assert row["p_adjusted"] == pytest.approx(p_adjusted[item])
        assert row["points_low"] < row["difference_points"] < row["points_high"]
    assert f"for the {len(tested)} items" in " ".join(chart.method)
    drawn = [name for trace in chart.figure.data for name in trace.y]
    assert sorted(drawn) == sorted(table.index)


@pytest.mark.parametrize(
    ("chart_id", "axis"),
    [
        ("weekend-nutrition", "Difference at weekends (%)"),
        ("weekend-ingredients-differences", "Difference (points)"),
        ("weekend-tags-differences", "Difference (points)"),
    ],
)
def test_each_side_of_zero_has_its_own_name(charts, chart_id, axis):
    """E4–E6. Right of zero is more at weekends; what is not established takes no side."""
    figure = charts(ALL)[chart_id].figure
    sides = {"More at weekends": 1, "More on weekdays": -1, "Not established": 0}
    for trace in figure.data:
        side = sides[trace.name]
        assert trace.x and all(x * side >= 0 for x in trace.x)
    told = {trace.name for trace in figure.data} - {"Not established"}
    assert bool(told) is (charts(ALL)[chart_id].verdict is Verdict.DIFFERENCE)
    assert figure.layout.xaxis.title.text == axis
