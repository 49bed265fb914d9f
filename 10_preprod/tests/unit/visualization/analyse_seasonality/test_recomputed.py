"""The numbers of the page's CSV files, recomputed from the recipes with pandas and scipy."""

import calendar

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from mangetamain_analytics.visualization import analyse_seasonality
from mangetamain_analytics.visualization.page import Years

ORDER = ["Winter", "Spring", "Summer", "Autumn"]
ALL, SOME = Years(1999, 2018), Years(2003, 2009)


@pytest.fixture
def charts(visit, demo_snapshot):
    def of(years):
        analyses = analyse_seasonality.analyse(visit(data=demo_snapshot), years)
        return {chart.id: chart for analysis in analyses for chart in analysis.charts}

    return of


@pytest.fixture
def recipes(demo_recipes):
    def of(years):
        return demo_recipes[demo_recipes["year"].between(years.first, years.last)]

    return of


@pytest.mark.parametrize("years", [ALL, SOME])
def test_recipes_against_the_calendar(charts, recipes, demo_recipes, years):
    """S1. Each year's recipes spread over its days, counted one by one."""
    period = pd.date_range(demo_recipes["submitted"].min(), demo_recipes["submitted"].max())
    days = pd.DataFrame({"year": period.year, "month": period.month})
    days["season"] = [ORDER[month % 12 // 3] for month in days["month"]]
    days = days[days["year"].between(years.first, years.last)]
    n_days = days.groupby(["year", "season"]).size().unstack(fill_value=0)[ORDER]
    n = recipes(years)["year"].value_counts()
    expected = n_days.div(n_days.sum(axis=1), axis=0).mul(n, axis=0).sum()
    observed = recipes(years)["season"].value_counts()[ORDER]

    chart = charts(years)["seasonality-volume"]
    table = chart.table.to_pandas().set_index("season")
    assert table.index.tolist() == ORDER
    assert table["n_recipes"].tolist() == observed.tolist()
    assert table["n_days"].tolist() == n_days.sum().tolist()
    np.testing.assert_allclose(table["n_recipes_expected"], expected)
    np.testing.assert_allclose(table["deviation"], observed / expected - 1)
    chi_squared = stats.chisquare(observed, expected).statistic
    assert f"= {chi_squared:,.1f}, 3 degrees" in " ".join(chart.method)


def test_a_whole_year_has_its_own_days(charts):
    table = charts(Years(2008, 2008))["seasonality-months"].table
    assert table["n_days"].to_list() == [calendar.monthrange(2008, m)[1] for m in range(1, 13)]


@pytest.mark.parametrize("years", [ALL, SOME])
def test_preparation_times(charts, recipes, years):
    """S2. Means, quartiles and Kruskal–Wallis."""
    groups = [recipes(years).query("season == @name")["minutes"] for name in ORDER]
    chart = charts(years)["seasonality-duration"]
    table = chart.table.to_pandas()
    for (_, row), minutes in zip(table.iterrows(), groups, strict=True):
        low, high = stats.t.interval(0.95, len(minutes) - 1, minutes.mean(), stats.sem(minutes))
        quantiles = np.quantile(minutes, [0.05, 0.25, 0.75, 0.95], method="inverted_cdf")
        assert row["n_recipes"] == len(minutes)
        assert row["mean_minutes"] == pytest.approx(minutes.mean())
        assert [row["mean_low"], row["mean_high"]] == pytest.approx([low, high])
        assert row["median"] == minutes.median()
        assert [row[q] for q in ("q05", "q25", "q75", "q95")] == quantiles.tolist()
    h = stats.kruskal(*groups).statistic
    assert f"H = {h:,.2f}" in " ".join(chart.method)
    assert [box.mean[0] for box in chart.figure.data] == pytest.approx(table["mean_minutes"])
    low, high = table["mean_minutes"].min(), table["mean_minutes"].max()
    means = charts(years)["seasonality-duration-mean"].title.replace("\N{NO-BREAK SPACE}", " ")
    assert means.startswith(f"Mean preparation time goes from {low:.1f} min in ")
    assert f" to {high:.1f} min in " in means


@pytest.mark.parametrize("years", [ALL, SOME])
@pytest.mark.parametrize("column", ["complexity_score", "n_steps", "n_ingredients"])
def test_complexity(charts, recipes, years, column):
    """S3."""
    name = {"complexity_score": "complexity", "n_steps": "steps"}.get(column, "ingredients-count")
    chart = charts(years)[f"seasonality-{name}"]
    groups = recipes(years).groupby("season", observed=True)[column]
    np.testing.assert_allclose(chart.table[f"mean_{column}"], groups.mean()[ORDER])
    np.testing.assert_allclose(chart.table["sd"], groups.std()[ORDER])
    (means,) = chart.figure.data
    np.testing.assert_allclose(means.y, groups.mean()[ORDER])
    half = stats.t.ppf(0.975, groups.size()[ORDER] - 1) * groups.sem()[ORDER]
    np.testing.assert_allclose(means.error_y.array, half)
    np.testing.assert_allclose(means.error_y.arrayminus, half)
    h = stats.kruskal(*(groups.get_group(name) for name in ORDER)).statistic
    assert f"H = {h:,.2f}" in " ".join(chart.method)


@pytest.mark.parametrize("years", [ALL, SOME])
def test_nutrition(charts, recipes, years):
    """S4. Means, their z-scores and the test of each of the seven values."""
    chart = charts(years)["seasonality-nutrition"]
    table = chart.table.to_pandas().set_index("nutrient")
    assert len(table) == 7
    p_values = {}
    for nutrient, row in table.iterrows():
        groups = recipes(years).groupby("season", observed=True)[nutrient]
        means = groups.mean()[ORDER]
        names = [name.lower() for name in ORDER]
        assert [row[f"mean_{name}"] for name in names] == pytest.approx(means.tolist())
        assert [row[f"z_{name}"] for name in names] == pytest.approx(stats.zscore(means))
        test = stats.kruskal(*(groups.get_group(name) for name in ORDER))
        assert row["kruskal_h"] == pytest.approx(test.statistic)
        p_values[nutrient] = test.pvalue
    smallest = min(p_values, key=p_values.get)
    assert table.loc[smallest, "p_adjusted"] == pytest.approx(min(1, 7 * p_values[smallest]))
    heat_map = chart.figure.data[0]
    assert list(heat_map.z[0]) == pytest.approx(table.iloc[0][[f"z_{n}" for n in names]].tolist())


@pytest.mark.parametrize("years", [ALL, SOME])
@pytest.mark.parametrize("kind", ["ingredients", "tags"])
def test_seasonal_items(charts, recipes, years, kind):
    """S5, S6. Which items are kept, in which order, with which shares and tests."""
    exploded = recipes(years)[["id", "season", kind]].explode(kind).drop_duplicates()
    n_all = recipes(years)["season"].value_counts()[ORDER]
    n_with = pd.crosstab(exploded[kind], exploded["season"])[ORDER]
    shares = n_with / n_all
    expected = np.minimum(n_with.sum(axis=1), n_all.sum() - n_with.sum(axis=1)) / n_all.sum()
    tested = n_with[(shares.mean(axis=1) >= 0.01) & (expected * n_all.min() >= 5)]
    tests = tested.apply(lambda row: stats.chi2_contingency([row, n_all - row])[:2], axis=1)
    p_adjusted = pd.Series(
        stats.false_discovery_control(tests.map(lambda test: test[1])), tested.index
    )
    shares = shares.loc[tested.index]
    kept = ((shares.max(axis=1) - shares.min(axis=1)) >= 0.005) & (p_adjusted < 0.05)
    variation = (shares.std(axis=1) / shares.mean(axis=1)).sort_values(ascending=False)
    shown = variation[kept].head(20) if kept.any() else variation.head(10)

    chart = charts(years)[f"seasonality-{kind}-shares"]
    table = chart.table.to_pandas().set_index("item")
    assert table["variation"].tolist() == pytest.approx(shown.tolist())
    for item, row in table.iterrows():
        assert row[[f"share_{n.lower()}" for n in ORDER]].tolist() == pytest.approx(
            shares.loc[item].tolist()
        )
        assert row["chi_squared"] == pytest.approx(tests[item][0])
        assert row["p_adjusted"] == pytest.approx(p_adjusted[item])
        assert row["cramers_v"] == pytest.approx(np.sqrt(tests[item][0] / n_all.sum()))
    assert f"for the {len(tested)} items" in " ".join(chart.method)
    assert list(chart.figure.data[0].y) == table.index.tolist()
