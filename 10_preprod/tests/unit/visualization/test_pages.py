"""Every page as a visitor reads it, whatever the language, the theme and the data."""

import re
from collections import Counter

import pytest

from mangetamain_analytics.utils.color_theme import ColorTheme
from mangetamain_analytics.utils.i18n import LANGUAGES, translator
from mangetamain_analytics.visualization import PAGES

PATHS = [page.path for page in PAGES]
OTHER = {"en": "fr", "fr": "en"}
BYTES_OF_ALL_FIGURES = 300_000


def plain(text):
    """Without no-break spaces."""
    return re.sub("[\u00a0\u202f]", " ", text)


def sentences(language):
    """The fixed parts of a language's messages, long enough to be told from names."""
    t = translator(language)
    parts = [
        part.strip()
        for message in t._messages.values()
        for element in message.value.elements
        for part in getattr(element, "value", "").splitlines()
        if isinstance(getattr(element, "value", None), str)
    ]
    return {plain(part) for part in parts if len(part) >= 12}


FOREIGN = {language: sentences(OTHER[language]) - sentences(language) for language in LANGUAGES}
# A key without a hyphen, such as "refresh", is also a word.
RAW_KEY = re.compile(
    r"(?<![\w-])("
    + "|".join(re.escape(key) for key in sorted(translator("en").keys) if "-" in key)
    + r")(?![\w-])"
)


def test_pages_have_their_own_address_and_the_first_one_is_home():
    assert PATHS[0] == ""
    assert len(set(PATHS)) == len(PATHS)
    assert all(re.fullmatch("[a-z-]+", path) for path in PATHS[1:])


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_announced_by_a_title_and_a_description(language):
    t = translator(language)
    for page in PAGES:
        assert t(page.title_key) and len(t(page.description_key)) > 40
    assert len({t(page.title_key) for page in PAGES}) == len(PAGES)


def assert_reads_well(site, language):
    assert not site.app.exception
    texts = site.texts()
    assert len(texts) > 10
    for text in map(plain, texts):
        assert not re.search(r"\b(nan|NaN|None|inf|null|undefined)\b", text), text
        assert not RAW_KEY.search(text), text
        assert not re.search(r"\d[.,]\d{5}", text), text
        assert not re.search(r"\{ ?\$|\bTrue\b|\bFalse\b", text), text
        foreign = [sentence for sentence in FOREIGN[language] if sentence in text]
        assert not foreign, (foreign, text)


@pytest.mark.parametrize("light", [False, True])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PATHS)
def test_a_page_reads_well(open_site, demo_db, path, language, light):
    choices = {"lang": language, "nutrients": "true"} | ({"light": "true"} if light else {})
    site = open_site(demo_db, path, **choices)
    site.open_explanations()
    assert_reads_well(site, language)
    background = ColorTheme.palette("light" if light else "dark").background
    for figure in site.figures:
        assert figure["layout"]["template"]["layout"]["paper_bgcolor"] == background


def test_pages_of_real_rows_read_well_and_carry_no_demo_banner(open_site, real_db):
    for path in PATHS:
        for language in LANGUAGES:
            site = open_site(real_db, path, lang=language)
            site.open_explanations()
            assert_reads_well(site, language)
            assert not site.soup.select(".mm-demo-banner")
            assert "demo" not in " ".join(site.texts()).lower()


def test_the_demo_banner_stands_on_demo_data_only(open_site, demo_db, small_db):
    for path in PATHS:
        assert len(open_site(demo_db, path).soup.select(".mm-demo-banner")) == 1
        assert open_site(small_db, path).soup.select(".mm-demo-banner") == []


def test_every_chart_has_words_a_download_and_both_images(open_site, demo_db):
    site = open_site(demo_db, "trends")
    charts = site.nodes("plotly_chart")
    assert len(charts) >= 12
    assert all(len(chart.proto.alt) > 30 for chart in charts)
    assert len(site.nodes("download_button")) == len(charts) + 1  # and of the whole page
    assert len(site.nodes("expander")) == len(charts)
    formats = Counter(button["data-mm-export"] for button in site.soup.select("[data-mm-export]"))
    assert formats == {"png": len(charts), "svg": len(charts)}
    cards = {button["data-mm-card"] for button in site.soup.select("[data-mm-export]")}
    assert len(cards) == len(charts)
    assert all("Demo, not Food.com" in figure["layout"]["title"]["text"] for figure in site.figures)


@pytest.mark.parametrize("path", PATHS)
def test_no_two_elements_of_a_page_share_an_anchor(open_site, demo_db, path):
    site = open_site(demo_db, path, nutrients="true")
    anchors = [tag["id"] for tag in site.soup.select("[id]")]
    anchors += [node.proto.anchor for node in site.nodes("header")]
    assert [anchor for anchor, n in Counter(anchors).items() if n > 1] == []
    links = [link["href"] for link in site.soup.select("nav a")]
    assert all(link.removeprefix("#") in anchors for link in links)


def test_figures_send_aggregates_only(open_site, demo_db):
    site = open_site(demo_db, "trends", nutrients="true")
    sizes = [len(node.proto.spec.encode()) for node in site.nodes("plotly_chart")]
    assert sum(sizes) < BYTES_OF_ALL_FIGURES
    n_points = [len(trace.get("x", [])) for figure in site.figures for trace in figure["data"]]
    assert max(n_points) <= 20  # years, or the most used items


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("years", "period"),
    [
        (("2000", "2000"), "2000"),  # a single recipe
        (("2003", "2003"), "2003"),
        (("2003", "2004"), "2003–2004"),
        (("2000", "2002"), "2000–2002"),
        (("2004", "2006"), "2004–2006"),  # 2005 has no recipe
    ],
)
def test_a_few_years_are_told_without_verdict(open_site, small_db, language, years, period):
    site = open_site(small_db, "trends", lang=language, years=list(years), nutrients="true")
    site.open_explanations()
    assert_reads_well(site, language)
    values = [value.text for value in site.soup.select(".mm-card-value")]
    assert values[0] == period
    verdicts = {badge.text for badge in site.soup.select(".mm-verdict")}
    assert verdicts == {translator(language)("verdict-too-little-data")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_years_without_a_recipe_are_told_in_a_sentence(open_site, small_db, language):
    site = open_site(small_db, "trends", lang=language, years=["2005", "2005"])
    assert_reads_well(site, language)
    assert translator(language)("volume-empty-sentence") in site.texts()
    assert site.figures == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PATHS)
def test_data_without_a_recipe_are_told_in_a_sentence(open_site, edited_db, path, language):
    tables = ("recipes", "interactions", "users", "recipe_ingredients", "recipe_tags", "item_years")
    empty = edited_db(*(f"delete from {table}" for table in tables))
    site = open_site(empty, path, lang=language)
    assert_reads_well(site, language)
    assert translator(language)("no-recipes") in site.texts()
    assert site.figures == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PATHS)
def test_data_of_a_single_year_show_that_year(open_site, edited_db, path, language):
    one_year = edited_db(
        "delete from recipes where year <> 2003", "delete from item_years where year <> 2003"
    )
    site = open_site(one_year, path, lang=language)
    site.open_explanations()
    assert_reads_well(site, language)
    assert site.soup.select_one(".mm-card-value").text == "2003"
    assert "years" not in [slider.key for slider in site.nodes("slider")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_recipes_without_a_tag_are_told_without_chart_of_tags(open_site, edited_db, language):
    untagged = edited_db("delete from item_years where kind = 'tag'", "delete from recipe_tags")
    site = open_site(untagged, "trends", lang=language)
    site.open_explanations()
    assert_reads_well(site, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_numbers_the_same_in_all_years_still_reads_well(open_site, edited_db, language):
    constant = edited_db(
        "update recipes set minutes = 30, n_steps = 5, n_ingredients = 4, calories = 100,"
        " complexity_score = 10, carb_pct = 0, total_fat_pct = 1, sodium_pct = 2"
    )
    site = open_site(constant, "trends", lang=language)
    site.open_explanations()
    assert_reads_well(site, language)


def test_an_item_named_like_markup_is_read_as_written(open_site, small_db):
    site = open_site(small_db, "trends", years=["2000", "2000"])
    site.open_explanations()
    assert "<b>bold</b> basil" in site.texts()
    assert site.soup.find("b") is None


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        (["1900", "2003"], "2000–2007"),
        (["2003", "2999"], "2000–2007"),
        (["2006", "2002"], "2002–2006"),
        (["x", "2003"], "2000–2007"),
        (["2003"], "2000–2007"),
        (["2003", "2004", "2006"], "2000–2007"),
        (["2002", "2004"], "2002–2004"),
    ],
)
def test_years_that_no_slider_sends_are_refused_or_put_in_order(open_site, small_db, sent, shown):
    site = open_site(small_db, "trends", years=sent)
    assert not site.app.exception
    assert site.soup.select_one(".mm-card-value").text == shown


@pytest.mark.parametrize("band", ["0–100", "", "25-75"])
def test_a_band_that_is_not_on_offer_is_the_default_one(open_site, small_db, band):
    site = open_site(small_db, "trends", band=band)
    assert not site.app.exception
    assert any("Percentiles 25–75" in text for text in site.texts())


def test_the_band_and_the_nutrients_of_the_address_are_shown(open_site, small_db):
    default = open_site(small_db, "trends")
    chosen = open_site(small_db, "trends", band="10–90", nutrients="true")
    assert "Percentiles 10–90" in chosen.texts() and "Percentiles 10–90" not in default.texts()
    assert len(chosen.figures) == len(default.figures) + 3
    n_charts = {site: site.soup.select(".mm-card-note")[2].text for site in (default, chosen)}
    assert n_charts[chosen] == f"{len(chosen.figures)} charts"


def test_cards_count_what_the_chosen_years_hold(open_site, small_db):
    site = open_site(small_db, "trends", years=["2002", "2004"])
    values = [value.text for value in site.soup.select(".mm-card-value")]
    notes = [plain(note.text) for note in site.soup.select(".mm-card-note")]
    assert values[:3] == ["2002–2004", "26", "6"]
    assert notes[0] == "3 years of publication"


def test_home_tells_what_the_data_hold_and_what_was_cleaned(
    open_site, small_db, small_recipes, small_ratings, removed_recipes
):
    site = open_site(small_db)
    values = [value.text for value in site.soup.select(".mm-card-value")]
    assert values[0] == "2000–2007"
    users = {rating.user_id for rating in small_ratings}
    assert values[1:] == [str(len(small_recipes)), str(len(small_ratings)), str(len(users))]
    recipes, ratings = site.soup.select("table")
    removed = [int(row.find_all("td")[1].text) for row in recipes.select("tbody tr")]
    assert removed == list(removed_recipes.values())
    before = len(small_recipes) + sum(removed_recipes.values())
    kept = f"Recipes: {before} published, {len(small_recipes)} kept."
    assert plain(recipes.caption.text) == kept
    first_rule = recipes.select_one("tbody tr")
    assert first_rule.th.text == "One row per recipe number"
    assert first_rule.td.text == str(before)
    assert plain(ratings.caption.text).endswith(f"{len(small_ratings)} ratings kept.")
