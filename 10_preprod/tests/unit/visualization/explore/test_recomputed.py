"""The numbers of the page's CSV files, recomputed from the rows of the demo data."""

from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

from mangetamain_analytics.utils.insights import Item
from mangetamain_analytics.visualization.explore import explore
from mangetamain_analytics.visualization.explore.subject import Subject
from mangetamain_analytics.visualization.page import Years

SUBJECTS = [
    Subject(Item.INGREDIENT, "salt", Years(1999, 2018)),
    Subject(Item.INGREDIENT, "olive oil", Years(2003, 2009)),
    Subject(Item.TAG, "desserts", Years(1999, 2018)),
    Subject(Item.TAG, "christmas", Years(2001, 2012)),
]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
SEASONS = ["Winter", "Spring", "Summer", "Autumn"]


@pytest.fixture(params=SUBJECTS, ids=lambda subject: f"{subject.name} {subject.years}")
def subject(request):
    return request.param


@pytest.fixture
def train_only():
    return False


BOTH_SCOPES = pytest.mark.parametrize("train_only", [False, True], ids=["all", "train"])


@pytest.fixture
def charts(visit, demo_snapshot, subject, train_only):
    view = explore(visit(data=demo_snapshot), subject, train_only=train_only)
    return {chart.id: chart for analysis in view.analyses for chart in analysis.charts}


@pytest.fixture
def recipes(demo_recipes, subject):
    """The recipes of the chosen years, and whether each carries the item."""
    years = subject.years
    chosen = demo_recipes[demo_recipes["year"].between(years.first, years.last)]
    column = "ingredients" if subject.kind is Item.INGREDIENT else "tags"
    return chosen.assign(
        has=[subject.name in items for items in chosen[column]],
        day=[DAYS[weekday - 1] for weekday in chosen["weekday"]],
        season=chosen["season"].astype(str),
    )


@pytest.fixture
def ratings(demo_db: Path, demo_recipes, subject, train_only):
    """The ratings given in the chosen years to cleaned recipes, maybe those of the split alone."""
    with duckdb.connect(str(demo_db), read_only=True) as connection:
        rows = connection.execute("select recipe_id, year, rating, in_train from interactions").df()
    rows = rows[rows["in_train"]] if train_only else rows
    column = "ingredients" if subject.kind is Item.INGREDIENT else "tags"
    has = {
        number: subject.name in items
        for number, items in zip(demo_recipes["id"], demo_recipes[column], strict=True)
    }
    rows = rows[rows["year"].between(subject.years.first, subject.years.last)]
    rows = rows[rows["recipe_id"].isin(has)]
    return rows.assign(has=rows["recipe_id"].map(has))


def plain(text):
    return text.replace("\u00a0", " ")


def p_value_of(chart):
    """The corrected p-value, as the method tells it."""
    (told,) = [text for text in chart.method if "Multiplicity" in text]
    return plain(told)


def told(p):
    if p > 0.999:
        return "p > 0.999"
    return "p < 0.001" if p < 0.001 else f"p = {p:.3f}"


def presence(recipes, group):
    """Recipes with the item and without, by group."""
    table = pd.crosstab(recipes["has"], recipes[group])
    return table.reindex([True, False], fill_value=0)


def five_p_values(recipes, ratings):
    """Trend, months, seasons, weekend, ratings, one after the other."""
    by_year = recipes.groupby("year")["has"].agg(["mean", "size"])
    line = sm.WLS(
        100 * by_year["mean"], sm.add_constant(by_year.index.astype(float)), by_year["size"]
    ).fit()
    weekend = recipes.assign(weekend=recipes["day"].isin(DAYS[5:]))
    clustered = sm.OLS(
        ratings["rating"].astype(float), sm.add_constant(ratings["has"].astype(float))
    ).fit(
        cov_type="cluster", cov_kwds={"groups": pd.factorize(ratings["recipe_id"])[0]}, use_t=True
    )
    return [
        line.pvalues.iloc[1],
        stats.chi2_contingency(presence(recipes, "month")).pvalue,
        stats.chi2_contingency(presence(recipes, "season")).pvalue,
        stats.chi2_contingency(presence(weekend, "weekend"), correction=True).pvalue,
        clustered.pvalues.iloc[1],
    ]


@BOTH_SCOPES
def test_the_five_questions_are_corrected_together(charts, recipes, ratings):
    adjusted = multipletests(five_p_values(recipes, ratings), method="holm")[1]
    names = ("years", "months", "seasons", "weekdays", "ratings")
    for name, p in zip(names, adjusted, strict=True):
        assert "could be tested (5) are corrected" in p_value_of(charts[f"explore-{name}"])
        assert f"here adjusted {told(p)};" in p_value_of(charts[f"explore-{name}"]), name


def test_shares_of_years_and_their_trend(charts, recipes):
    by_year = recipes.groupby("year")["has"].agg(["sum", "size", "mean"])
    chart = charts["explore-years"]
    table = chart.table.to_pandas()
    assert table["year"].tolist() == by_year.index.tolist()
    assert table["n_with_item"].tolist() == by_year["sum"].tolist()
    assert table["n_recipes"].tolist() == by_year["size"].tolist()
    np.testing.assert_allclose(table["share_of_recipes"], by_year["mean"])
    line, fitted = chart.figure.data
    np.testing.assert_allclose(line.y, 100 * by_year["mean"])
    years = by_year.index.to_numpy(dtype=float)
    fit = sm.WLS(100 * by_year["mean"].to_numpy(), sm.add_constant(years), by_year["size"]).fit()
    np.testing.assert_allclose(fitted.y, fit.predict([[1, years[0]], [1, years[-1]]]))


@pytest.mark.parametrize(
    ("chart_id", "group", "names"),
    [
        ("explore-months", "month", list(range(1, 13))),
        ("explore-seasons", "season", SEASONS),
        ("explore-weekdays", "day", DAYS),
    ],
)
def test_shares_of_groups_and_their_intervals(charts, recipes, chart_id, group, names):
    chart, counts = charts[chart_id], presence(recipes, group)[names]
    n_with, n_all = counts.loc[True].to_numpy(), counts.sum().to_numpy()
    table = chart.table.to_pandas()
    assert table.iloc[:, 0].astype(str).tolist() == list(map(str, names))
    assert table["n_with_item"].tolist() == n_with.tolist()
    assert table["n_recipes"].tolist() == n_all.tolist()
    np.testing.assert_allclose(table["share_of_recipes"], n_with / n_all)
    low, high = proportion_confint(n_with, n_all, method="wilson")
    np.testing.assert_allclose(table[["share_low", "share_high"]], np.column_stack([low, high]))
    (bars,) = chart.figure.data
    np.testing.assert_allclose(bars.y, 100 * n_with / n_all)
    np.testing.assert_allclose(bars.error_y.array, 100 * (high - n_with / n_all))


def test_seasons_are_told_with_chi_squared_and_cramers_v(charts, recipes):
    counts = presence(recipes, "season")[SEASONS]
    chi, shares = stats.chi2_contingency(counts).statistic, counts.loc[True] / counts.sum()
    (text,) = charts["explore-seasons"].text
    assert f"χ² = {chi:,.1f}, " in text
    assert f"Cramér’s V = {np.sqrt(chi / len(recipes)):.3f})" in text
    verdict = charts["explore-seasons"].title
    if verdict.startswith("Peaks"):
        assert f"Peaks in {shares.idxmax().lower()}" in verdict
        assert f"in {shares.idxmin().lower()}" in verdict


@BOTH_SCOPES
def test_ratings_of_the_item_and_of_the_rest(charts, ratings):
    table = charts["explore-ratings"].table.to_pandas()
    for row, has in zip(table.to_dict("records"), (True, False), strict=True):
        own = ratings[ratings["has"] == has]
        fit = sm.OLS(own["rating"].astype(float), np.ones(len(own))).fit(
            cov_type="cluster", cov_kwds={"groups": pd.factorize(own["recipe_id"])[0]}, use_t=True
        )
        assert row["n_ratings"] == len(own)
        assert row["n_recipes"] == own["recipe_id"].nunique()
        ends = (row["mean_rating"], row["mean_low"], row["mean_high"])
        assert ends == pytest.approx((own["rating"].mean(), *fit.conf_int().iloc[0]))
    one, other = (ratings.loc[ratings["has"] == has, "rating"] for has in (True, False))
    (points,) = charts["explore-ratings"].figure.data
    drawn = dict(zip(points.x, points.y, strict=True))
    assert drawn == pytest.approx({"With it": one.mean(), "Without": other.mean()})
    squares = one.var(ddof=1) * (len(one) - 1) + other.var(ddof=1) * (len(other) - 1)
    d = (one.mean() - other.mean()) / np.sqrt(squares / (len(ratings) - 2))
    assert f"Cohen’s d = {d:+.3f}".replace("-", "−") in charts["explore-ratings"].text[0]


def test_companions_by_share(charts, recipes, subject):
    listed = recipes.loc[recipes["has"], "ingredients"].map(set).explode()
    counts = listed[listed != subject.name] if subject.kind is Item.INGREDIENT else listed
    expected = counts.value_counts().rename("n").reset_index()
    expected = expected.sort_values(["n", "ingredients"], ascending=[False, True]).head(12)
    table = charts["explore-together"].table.to_pandas()
    assert table["companion"].tolist() == expected["ingredients"].tolist()
    np.testing.assert_allclose(table["share_with_item"], expected["n"] / recipes["has"].sum())
    anywhere = recipes["ingredients"].map(set).explode().value_counts()
    of_all = anywhere[table["companion"]].to_numpy() / len(recipes)
    np.testing.assert_allclose(table["share_of_all"], of_all)
    np.testing.assert_allclose(table["lift"], table["share_with_item"] / of_all)


@BOTH_SCOPES
def test_best_loved_recipes_are_those_of_the_shrunk_means(charts, ratings):
    by_recipe = ratings.groupby(["recipe_id", "has"])["rating"].agg(["size", "mean"]).reset_index()
    n, means, total = by_recipe["size"], by_recipe["mean"], len(ratings)
    own_mean = ratings["recipe_id"].map(by_recipe.set_index("recipe_id")["mean"])
    within = ((ratings["rating"] - own_mean) ** 2).sum() / (total - len(n))
    between = (n * (means - ratings["rating"].mean()) ** 2).sum() / (len(n) - 1)
    spread = (between - within) / ((total - (n**2).sum() / total) / (len(n) - 1))
    prior = np.average(means, weights=1 / (spread + within / n))
    by_recipe["shrunk"] = (n * means + within / spread * prior) / (n + within / spread)
    best = by_recipe[by_recipe["has"]].sort_values(["shrunk", "size"], ascending=[False, False])
    table = charts["explore-recipes"].table
    assert table["shrunk_mean"].to_list() == pytest.approx(best["shrunk"].head(10).tolist())
    assert set(table["recipe_id"]) <= set(best["recipe_id"])
