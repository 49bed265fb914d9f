"""The page of ratings as a visitor reads it: choices, scope, selections that hold little."""

import re
import shutil

import duckdb
import pytest

from mangetamain_analytics.utils.i18n import translator
from mangetamain_analytics.visualization.analyse_ratings import (
    DEFAULT_THRESHOLD,
    THRESHOLDS,
    rated_years,
)
from mangetamain_analytics.visualization.page import Years


def plain(text):
    return re.sub("[\u00a0\u202f]", " ", text)


def cards(site):
    values = [value.text for value in site.soup.select(".mm-card-value")]
    return values, [plain(note.text) for note in site.soup.select(".mm-card-note")]


def explained(site):
    """Paragraphs of the explanations."""
    site.open_explanations()
    return [plain(text) for text in site.texts()]


@pytest.mark.parametrize(
    ("chosen", "shown"),
    [
        ((2000, 2018), (2001, 2004)),
        ((2002, 2003), (2002, 2003)),
        ((1999, 2001), (2001, 2001)),
        ((2004, 2007), (2004, 2004)),
        ((1999, 2000), None),
        ((2005, 2007), None),
    ],
)
def test_years_are_those_in_which_recipes_were_rated(visit, chosen, shown):
    assert rated_years(visit(), Years(*chosen)) == (Years(*shown) if shown else None)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_years_without_a_rating_are_told_in_a_sentence(open_site, small_db, language):
    site = open_site(small_db, "ratings", lang=language, years=["2006", "2007"])
    assert not site.app.exception
    assert translator(language)("ratings-none", years="2006–2007") in site.texts()
    assert site.figures == []


def test_all_ratings_are_shown_at_first_and_the_split_on_demand(open_site, small_db, small_ratings):
    both = open_site(small_db, "ratings")
    in_train = open_site(small_db, "ratings", train="true")
    kept = [rating for rating in small_ratings if rating.in_train]
    for site, ratings, note in (
        (both, small_ratings, "all ratings, 1 to 5 stars"),
        (in_train, kept, "train split only, the more active users"),
    ):
        values, notes = cards(site)
        mean = sum(rating.rating for rating in ratings) / len(ratings)
        assert values[:3] == ["2001–2004", str(len(ratings)), f"{mean:.2f}"]
        assert notes[1] == note
    assert cards(both)[1][2] == f"train split only: {cards(in_train)[0][2]}"
    assert cards(in_train)[1][2] == f"all ratings: {cards(both)[0][2]}"


@pytest.mark.parametrize(
    ("train", "scope"), [("false", "**Ratings.** All ratings of"), ("true", "Only the ratings of")]
)
def test_every_explanation_says_which_ratings_are_shown(open_site, demo_db, train, scope):
    site = open_site(demo_db, "ratings", train=train)
    told = [text for text in explained(site) if text.startswith("**Ratings.**")]
    assert len(told) == len(site.figures) >= 16
    assert all(scope in text for text in told)


def test_the_threshold_of_the_address_is_the_one_shown(open_site, demo_db):
    for threshold in ("20", "200"):
        site = open_site(demo_db, "ratings", min_ratings=threshold)
        assert any(f"at least {threshold} ratings:" in plain(text) for text in site.texts())
    assert DEFAULT_THRESHOLD in THRESHOLDS
    hostile = open_site(demo_db, "ratings", min_ratings="7; drop table")
    assert any("at least 100 ratings:" in plain(text) for text in hostile.texts())


def test_ingredients_of_the_address_are_shown_even_outside_the_list(open_site, demo_db):
    site = open_site(demo_db, "ratings", rated_ingredients=["salt", "no such thing"])
    assert not site.app.exception
    curves = [f for f in site.figures if [t.get("name") for t in f["data"]] == ["salt"]]
    assert len(curves) == 1
    assert any("for “no such thing”" in plain(text) for text in site.texts())


def test_data_without_a_train_split_offer_no_choice_of_it(open_site, edited_db):
    plain_db = edited_db(
        "update build_info set has_train_split = false", "update interactions set in_train = false"
    )
    site = open_site(plain_db, "ratings", train="true")
    assert not site.app.exception
    assert [toggle.label for toggle in site.app.toggle] == ["Light theme"]
    values, notes = cards(site)
    assert values[1] == "15" and notes[2] == "there is no other choice of ratings"


@pytest.mark.parametrize("years", [("2001", "2001"), ("2002", "2003"), ("2001", "2004")])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_handful_of_ratings_is_told_without_a_claim(open_site, small_db, years, language):
    site = open_site(small_db, "ratings", lang=language, years=list(years), min_ratings="20")
    site.open_explanations()
    assert not site.app.exception
    claims = {translator(language)(key) for key in ("verdict-rise", "verdict-fall")}
    assert not claims & {badge.text for badge in site.soup.select(".mm-verdict")}
    assert not any(re.search(r"\b(nan|inf|None)\b", text) for text in site.texts())


def test_real_recipes_are_linked_and_invented_ones_are_not(open_site, demo_db, tmp_path):
    """The same rows, once told to be real."""
    told_real = tmp_path / "told_real.duckdb"
    shutil.copy(demo_db, told_real)
    with duckdb.connect(str(told_real)) as connection:
        connection.execute("update build_info set is_demo = false, data_version = 'told real'")
    links = open_site(told_real, "ratings").soup.select("ol a")
    assert len(links) == 20
    assert all(re.fullmatch(r"https://www\.food\.com/recipe/-\d+", a["href"]) for a in links)
    assert open_site(demo_db, "ratings").soup.select('a[href*="food.com"]') == []
