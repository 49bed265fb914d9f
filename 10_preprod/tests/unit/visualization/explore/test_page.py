"""The page of an item as a visitor reads it: search, links, selections that hold little."""

import re
import shutil
from itertools import product
from urllib.parse import parse_qs, urlsplit

import duckdb
import pytest

from mangetamain_analytics.utils.i18n import LANGUAGES, translator
from mangetamain_analytics.utils.insights import Item
from mangetamain_analytics.visualization.explore.choice import FIRST_SHOWN

TOO_LITTLE = "verdict-too-little-data"


def plain(text):
    return re.sub("[\u00a0\u202f]", " ", text)


def heading(site):
    return site.soup.h1.text


def cards(site):
    """Values and notes by label, in the order of the page."""

    def texts(part):
        return [plain(node.text) for node in site.soup.select(f".mm-card-{part}")]

    labels = texts("label")
    return tuple(dict(zip(labels, texts(part), strict=True)) for part in ("value", "note"))


def notes(site):
    return [plain(node.value) for node in site.nodes("info")]


def close(site):
    """Names and addresses of the links that are offered."""
    return {a.text: a["href"] for a in site.soup.select("nav.mm-links a")}


def assert_reads_well(site):
    if site.figures:  # AppTest cannot go on with a name that is not in the list
        site.open_explanations()
    assert not site.app.exception
    for text in map(plain, site.texts()):
        assert not re.search(r"\b(nan|NaN|None|inf)\b", text), text
        assert not re.search(r"\d[.,]\d{6}", text), text


def box(site):
    (selectbox,) = site.app.selectbox
    return selectbox


# The item of the address.


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("kind", "item"),
    [("ingredient", "salt"), ("tag", "desserts"), ("ingredient", "confectioners' sugar")],
)
def test_the_address_names_the_item_and_all_its_charts_follow(
    open_site, demo_db, language, kind, item
):
    site = open_site(demo_db, "explore", lang=language, kind=kind, item=item)
    assert_reads_well(site)
    assert heading(site) == box(site).value == item
    values, _ = cards(site)
    assert len(values) == 6 and "1999–2018" in values.values()
    assert len(site.figures) >= 7
    curve = site.figures[0]["data"][0]
    assert curve["name"] == item
    assert any(f"“{item}”" in text or f"«\u00a0{item}\u00a0»" in text for text in site.texts())


def test_shares_and_counts_of_the_first_card_are_those_of_the_recipes(
    open_site, small_db, small_recipes
):
    site = open_site(small_db, "explore", item="salt")
    n = sum("salt" in recipe.ingredients for recipe in small_recipes)
    values, told = cards(site)
    assert n >= 20 and values["How common?"] == f"{n / len(small_recipes):.1%}"
    assert told["How common?"] == f"{n} recipes of {len(small_recipes)}"


def test_the_three_questions_of_the_lead_are_answered_first(open_site, demo_db):
    site = open_site(demo_db, "explore", item="salt")
    values, told = cards(site)
    assert list(values)[:3] == ["When is it cooked?", "Is it rising?", "Do people like it?"]
    lead = plain(site.soup.select_one(".mm-lead").text)
    assert [lead.index(question.lower()[:-1]) for question in list(values)[:3]] == sorted(
        lead.index(question.lower()[:-1]) for question in list(values)[:3]
    )
    badges = [plain(badge.text) for badge in site.soup.select(".mm-verdict")]
    assert badges[0] == "nothing established" and values["Is it rising?"] == "No clear trend"
    assert " of recipes in " in told["When is it cooked?"]
    assert " stars on average; " in told["Do people like it?"]


def test_those_who_ask_for_nothing_see_an_item(open_site, demo_db):
    for kind, choices in product(Item, ({}, {"item": ""})):
        site = open_site(demo_db, "explore", kind=kind.value, **choices)
        assert heading(site) == box(site).value == FIRST_SHOWN[kind]


def test_where_the_first_item_is_unknown_the_most_used_one_is_shown(open_site, small_db):
    assert heading(open_site(small_db, "explore")) == "salt"
    assert heading(open_site(small_db, "explore", kind="tag")) == "easy"


def test_capitals_are_no_other_item(open_site, demo_db):
    assert heading(open_site(demo_db, "explore", item="Olive Oil")) == "olive oil"


def test_the_list_holds_the_items_of_twenty_recipes_the_most_used_first(open_site, demo_db):
    with duckdb.connect(str(demo_db), read_only=True) as connection:
        rows = connection.execute(
            "select ingredient, count(*) as n from recipe_ingredients group by ingredient"
            " having n >= 20 order by n desc, ingredient"
        ).fetchall()
    assert box(open_site(demo_db, "explore")).options == [name for name, _ in rows]


# Names that the data do not hold.


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_item_is_told_with_links_to_close_ones(open_site, demo_db, language):
    site = open_site(demo_db, "explore", lang=language, item="oliv oil")
    assert_reads_well(site)
    t = translator(language)
    assert notes(site) == [plain(t("explore-unknown-ingredient", item="oliv oil"))]
    assert site.figures == [] and heading(site) == t("explore-title")
    address = close(site)["olive oil"]
    asked = parse_qs(urlsplit(address).query)
    assert asked == {"kind": ["ingredient"], "item": ["olive oil"], "lang": [language]}


def test_a_name_of_the_other_kind_is_offered(open_site, small_db):
    site = open_site(small_db, "explore", kind="tag", item="butter")
    assert notes(site) == ["The data hold no tag named “butter”."]
    assert (
        site.soup.select_one("nav.mm-links")["aria-label"] == "There is an ingredient of this name"
    )
    assert "kind=ingredient&item=butter&" in close(site)["butter"]


@pytest.mark.parametrize(
    "item",
    ["'; drop table recipes; --", "<script>alert(1)</script>", "x" * 5000, "%", "日本", "\u0000"],
)
def test_any_text_in_the_address_is_only_a_name(open_site, small_db, item):
    site = open_site(small_db, "explore", item=item)
    assert not site.app.exception
    assert len(notes(site)) == 1 and notes(site)[0].startswith("The data hold no ingredient")
    assert site.soup.find("script") is None


def test_a_link_in_the_address_is_none_on_the_page(open_site, small_db):
    site = open_site(small_db, "explore", item="[win](x)")
    assert notes(site) == [r"The data hold no ingredient named “\[win\](x)”."]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_search_asks_for_a_name(open_site, demo_db, language):
    site = open_site(demo_db, "explore", lang=language, item="   ")
    assert not site.app.exception
    assert notes(site) == [plain(translator(language)("explore-nothing-asked"))]


def test_a_kind_that_is_not_on_offer_is_that_of_ingredients(open_site, demo_db):
    site = open_site(demo_db, "explore", kind="utensil", item="salt")
    assert not site.app.exception and heading(site) == "salt"


# Little data.


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("item", ["<b>bold</b> basil", "salt, kosher", "wine", "crème fraîche"])
def test_a_rare_item_is_too_little_data(open_site, small_db, small_recipes, language, item):
    site = open_site(small_db, "explore", lang=language, item=item)
    assert_reads_well(site)
    n = sum(item in recipe.ingredients for recipe in small_recipes)
    t = translator(language)
    expected = t("explore-rare", item=item, n=n, years="2000–2007", needed=20)
    assert notes(site) == [plain(expected)]
    assert heading(site) == item and site.figures == []
    assert site.soup.find("b") is None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("years", [("2007", "2007"), ("2007", "2008")])
def test_a_few_years_are_told_without_a_trend(open_site, demo_db, language, years):
    site = open_site(demo_db, "explore", lang=language, item="salt", years=list(years))
    assert_reads_well(site)
    badges = [card.select_one(".mm-verdict") for card in site.soup.select(".mm-finding")]
    assert badges[0].text == translator(language)(TOO_LITTLE)
    t, (values, _) = translator(language), cards(site)
    assert values[plain(t("explore-card-trend"))] == t(TOO_LITTLE).capitalize()
    assert len(site.figures) >= 6


def test_years_without_the_item_or_without_a_recipe_are_told(open_site, small_db):
    site = open_site(small_db, "explore", item="pumpkin", years=["2000", "2001"])
    assert notes(site) == [
        "No recipe of 2000–2001 with “pumpkin”: too little data to answer. At least 20 recipes"
        " are needed."
    ]
    site = open_site(small_db, "explore", item="pumpkin", years=["2005", "2005"])
    assert notes(site) == [translator("en")("volume-empty-sentence")]


def test_an_item_of_few_recipes_claims_nothing(open_site, small_db):
    site = open_site(small_db, "explore", item="salt")
    assert_reads_well(site)
    verdicts = {badge.text for badge in site.soup.select(".mm-verdict")}
    assert verdicts <= {"nothing established", "too little data to tell"}
    assert any("20 rated recipes with the item" in note for note in notes(site))


# Choices.


def test_another_item_is_chosen_and_told(open_site, demo_db):
    site = open_site(demo_db, "explore", item="salt")
    box(site).set_value("butter").run()
    assert heading(site) == "butter" and not site.app.exception


def test_another_kind_keeps_the_name_that_it_has_and_else_shows_its_first(open_site, demo_db):
    for item, shown in (("eggs", "eggs"), ("salt", "christmas")):
        site = open_site(demo_db, "explore", item=item)
        (kinds,) = [one for one in site.app.segmented_control if one.key == "kind"]
        kinds.set_value("tag").run()
        assert not site.app.exception
        assert heading(site) == shown
        assert site.app.query_params["kind"] == "tag"


# All ratings, or the train split.


def rated_with(db, item, only=""):
    """Ratings of the recipes with the ingredient, and of all recipes, from the rows."""
    with duckdb.connect(str(db), read_only=True) as connection:
        return connection.execute(
            "select avg(rating) filter (list_contains(ingredients, ?)), count(*)"
            f" from interactions join recipes on recipe_id = recipes.id {only}",
            [item],
        ).fetchone()


def toggle_train(site):
    (toggle,) = [one for one in site.app.toggle if one.key == "train"]
    toggle.set_value(not toggle.value).run()


def told_of_ratings(site):
    """The mean on the card, and what each explanation says of the ratings that it rests on."""
    site.open_explanations()
    scopes = [plain(text) for text in site.texts() if text.startswith("**Ratings.**")]
    return cards(site)[1]["Do people like it?"].split(" stars")[0], scopes


def test_the_split_is_shown_on_demand_and_all_ratings_again(open_site, demo_db):
    every, in_train = (rated_with(demo_db, "salt", o) for o in ("", "where in_train"))
    words = "All ratings of 1999–2018 are shown", "Only the ratings of 1999–2018 that belong"
    site = open_site(demo_db, "explore", item="salt")
    seen = []
    for (mean, n), scope in zip((every, in_train, every), (*words, words[0]), strict=True):
        card, scopes = told_of_ratings(site)
        assert card == f"{mean:.2f}"
        assert len(scopes) == 2 and all(scope in told and f"{n:,} " in told for told in scopes)
        seen.append(site.figures[0]["data"])
        toggle_train(site)
    assert not site.app.exception
    assert seen[0] == seen[1]  # the share of recipes rests on no rating


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_split_of_the_address_is_on_paper_and_reads_well(open_site, demo_db, language):
    site = open_site(demo_db, "explore", lang=language, item="salt", train="true")
    assert_reads_well(site)
    t = translator(language)
    chosen = t("choice", label=t("ratings-train-label"), value=t("choice-yes"))
    assert plain(chosen) in plain(site.soup.select_one(".mm-paper-note").text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_split_of_too_few_ratings_says_so(open_site, demo_db, tmp_path, language):
    """The same recipes, of which nineteen with salt are rated in the split."""
    few = tmp_path / "few.duckdb"
    shutil.copy(demo_db, few)
    with duckdb.connect(str(few)) as connection:
        connection.execute(
            "update interactions set in_train = recipe_id in (select id from recipes"
            " where list_contains(ingredients, 'salt') and id in"
            " (from interactions select recipe_id) order by id limit 19)"
        )
        connection.execute("update build_info set data_version = 'few in train'")
    t = translator(language)
    site = open_site(few, "explore", lang=language, item="salt", train="true")
    assert_reads_well(site)
    assert plain(t("explore-ratings-too-few", needed=20)) in notes(site)
    value, note = (one[plain(t("explore-card-ratings"))] for one in cards(site))
    assert value == t(TOO_LITTLE).capitalize()
    assert note == plain(t("explore-ratings-too-few-title"))
    toggle_train(site)
    assert plain(t("explore-ratings-too-few", needed=20)) not in notes(site)


def test_data_without_a_split_offer_no_choice_of_it(open_site, edited_db):
    plain_db = edited_db("update build_info set has_train_split = false")
    site = open_site(plain_db, "explore", item="salt", train="true")
    assert not site.app.exception
    assert "train" not in [toggle.key for toggle in site.app.toggle]


# Links.


def test_best_loved_recipes_lead_to_food_com_in_a_new_tab(open_site, demo_db, tmp_path):
    """The same rows, once told to be real."""
    told_real = tmp_path / "told_real.duckdb"
    shutil.copy(demo_db, told_real)
    with duckdb.connect(str(told_real)) as connection:
        connection.execute("update build_info set is_demo = false, data_version = 'told real'")
    site = open_site(told_real, "explore", item="salt")
    site.open_explanations()
    links = site.soup.select('a[href*="food.com"]')
    assert len(links) == 20  # under the chart and in its table
    for link in links:
        assert re.fullmatch(r"https://www\.food\.com/recipe/-\d+", link["href"])
        assert link["target"] == "_blank" and "noopener" in link["rel"]
    invented = open_site(demo_db, "explore", item="salt")
    invented.open_explanations()
    assert invented.soup.select('a[href*="food.com"]') == []
