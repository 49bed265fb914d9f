import numpy as np
import pytest

from mangetamain_analytics.utils.rating_statistics import fit_shrinkage
from mangetamain_analytics.visualization.analyse_ratings import recipes
from mangetamain_analytics.visualization.analyse_ratings.counts import Choices
from mangetamain_analytics.visualization.analyse_ratings.recipe_ratings import (
    RecipeRatings,
    recipe_ratings,
)
from mangetamain_analytics.visualization.page import Years


@pytest.fixture
def charts(demo_visit, choices, by_id):
    return by_id(recipes.analyse(demo_visit, choices, recipe_ratings(demo_visit, choices)))


def words(text):
    return text.replace("\u00a0", " ")


@pytest.fixture
def shrunk(rows, choices):
    """The shrunk mean of every rated recipe, from an analysis of variance written out."""
    chosen = rows.chosen(choices)
    chosen = chosen[chosen["recipe_id"].isin(rows.recipes.index)]
    by_recipe = chosen.groupby("recipe_id")["rating"].agg(["size", "mean"])
    n, means, total = by_recipe["size"], by_recipe["mean"], len(chosen)
    own_mean = chosen["recipe_id"].map(means)
    within = ((chosen["rating"] - own_mean) ** 2).sum() / (total - len(n))
    between = (n * (means - chosen["rating"].mean()) ** 2).sum() / (len(n) - 1)
    spread = (between - within) / ((total - (n**2).sum() / total) / (len(n) - 1))
    prior = np.average(means, weights=1 / (spread + within / n))
    weight = within / spread
    by_recipe["shrunk"] = (n * means + weight * prior) / (n + weight)
    by_recipe["half"] = 1.959964 * np.sqrt(within / (n + weight))
    return by_recipe.join(rows.recipes["name"]), prior, weight


def test_rankings_are_those_of_the_shrunk_means(charts, shrunk):
    table, prior, weight = shrunk
    ordered = table.sort_values(["shrunk", "size"], ascending=[False, False])
    for chart_id, expected in (
        ("ratings-recipes-most", ordered.head(10)),
        ("ratings-recipes-least", ordered.sort_values("shrunk", kind="stable").head(10)),
    ):
        chart = charts[chart_id]
        assert chart.table["shrunk_mean"].to_list() == pytest.approx(expected["shrunk"].tolist())
        drawn = chart.table.row(0, named=True)
        first = table.loc[drawn["recipe_id"]]
        assert (drawn["name"], drawn["n_ratings"]) == (first["name"], first["size"])
        assert drawn["shrunk_low"] == pytest.approx(first["shrunk"] - first["half"], abs=1e-6)
        assert chart.table["shrunk_high"].max() <= 5
        assert list(chart.figure.data[0].x) == pytest.approx(expected["shrunk"].tolist(), abs=1e-4)
        assert chart.figure.layout.shapes[0].x0 == pytest.approx(prior)
        assert f"around {prior:.3f} stars" in words(chart.method[1])
        assert f"as much as {weight:.1f} ratings" in chart.method[1]
        assert drawn["name"] in chart.title


def test_the_recipes_of_few_perfect_votes_do_not_win(charts, shrunk):
    table, _, _ = shrunk
    perfect = table[(table["mean"] == 5) & (table["size"] <= 2)]
    assert len(perfect) > 20
    assert not set(perfect.index) & set(charts["ratings-recipes-most"].table["recipe_id"])


def test_equal_means_are_ordered_by_their_ratings():
    n = np.array([2, 4] + [3] * 30)
    ratings = RecipeRatings(np.arange(32), n, n * 4, n * 17)
    shrinkage = fit_shrinkage([9, 9, 9], [45, 27, 36], [225, 90, 150])
    assert shrinkage is not None and shrinkage.mean == 4
    best, worst = recipes.extremes(ratings, shrinkage)
    assert best[0] == worst[0] == 1 and len(best) == len(worst) == 10


def test_invented_recipes_are_linked_nowhere(demo_visit, charts, monkeypatch):
    shown = []
    monkeypatch.setattr(recipes.st, "html", shown.append)
    choices = Choices(Years(2000, 2018), False, 100)
    analysis = recipes.analyse(demo_visit, choices, recipe_ratings(demo_visit, choices))
    recipes.render_links(demo_visit, analysis)
    assert analysis.charts and shown == []


def test_links_lead_to_food_com_and_names_are_text(charts):
    table = charts["ratings-recipes-most"].table.head(2)
    table = table.with_columns(name=np.array(["<b>bold</b> & co", "pie"]))
    html = recipes.links("Most liked", table)
    first, second = table["recipe_id"]
    assert f'href="https://www.food.com/recipe/-{first}"' in html
    assert f'href="https://www.food.com/recipe/-{second}"' in html
    assert "&lt;b&gt;bold&lt;/b&gt; &amp; co</a>" in html and "<b>" not in html
    assert 'rel="noopener noreferrer"' in html


def test_too_few_recipes_are_not_ranked(visit):
    view, choices = visit(), Choices(Years(2001, 2004), False, 100)
    analysis = recipes.analyse(view, choices, recipe_ratings(view, choices))
    assert analysis.charts == [] and "Fewer than 20 recipes" in analysis.note
