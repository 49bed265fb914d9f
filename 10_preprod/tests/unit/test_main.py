import json
import shutil
from functools import cache

import duckdb
import pytest
from loguru import logger

from mangetamain_analytics.data import cached_loaders
from mangetamain_analytics.data.keeper import SnapshotKeeper
from mangetamain_analytics.data.snapshot import Origin, open_snapshot
from mangetamain_analytics.exceptions import DataUnavailableError
from mangetamain_analytics.utils.app_version import app_version
from mangetamain_analytics.utils.color_theme import ColorTheme
from mangetamain_analytics.utils.i18n import LANGUAGES, translator
from mangetamain_analytics.visualization import PAGES
from mangetamain_analytics.visualization.item_choice import LONGEST_NAME

HERO = {"en": "How home cooking changed", "fr": "Comment la cuisine"}


def lead(site):
    return site.soup.select_one(".mm-lead").text


@pytest.fixture
def log():
    """What is logged, a record each."""
    records = []
    number = logger.add(lambda message: records.append(message.record), level="DEBUG")
    yield records
    logger.remove(number)


def actions(log):
    records = [record for record in log if record["extra"].get("is_action")]
    return [json.loads(record["message"]) for record in records]


@pytest.mark.parametrize(
    ("address", "browser", "language"),
    [
        ({"lang": "fr"}, None, "fr"),
        ({"lang": "en"}, "fr-FR", "en"),
        ({}, "fr-CA", "fr"),
        ({}, "fr", "fr"),
        ({}, "en-GB", "en"),
        ({}, "de-DE", "en"),
        ({}, None, "en"),
        ({"lang": "de"}, "fr-FR", "fr"),
        ({"lang": "<script>"}, None, "en"),
    ],
)
def test_the_address_then_the_browser_choose_the_language(
    open_site, small_db, address, browser, language
):
    site = open_site(small_db, "", browser, **address)
    assert not site.app.exception
    assert lead(site).startswith(HERO[language])


def test_the_visitor_changes_the_language(open_site, small_db):
    site = open_site(small_db, "", "en-GB")
    site.app.segmented_control(key="lang").select("fr").run()
    assert lead(site).startswith(HERO["fr"])


def background(site):
    return site.figures[0]["layout"]["template"]["layout"]["paper_bgcolor"]


def test_the_theme_is_dark_until_the_visitor_or_the_address_changes_it(open_site, small_db):
    site = open_site(small_db, "trends")
    assert background(site) == ColorTheme.palette("dark").background
    site.app.toggle(key="light").set_value(True).run()
    assert background(site) == ColorTheme.palette("light").background
    from_address = open_site(small_db, "trends", light="true")
    assert background(from_address) == ColorTheme.palette("light").background


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_menu_lists_every_page(open_site, small_db, language):
    site = open_site(small_db, lang=language)
    t = translator(language)
    menu = [page for page in site.app._registered_pages.values()]
    assert [page["page_name"] for page in menu] == [t(page.title_key) for page in PAGES]
    paths = ["", "trends", "seasonality", "weekend", "ratings", "explore"]
    assert [page["url_pathname"] for page in menu] == paths


@pytest.mark.parametrize(
    ("language", "source", "built"),
    [
        ("en", "Source: Food.com · data {} of November 5, 2026", "November 5, 2026 at 9:07 AM UTC"),
        ("fr", "Source : Food.com · données {} du 5 novembre 2026", "5 novembre 2026 à 09:07 UTC"),
    ],
)
def test_sidebar_and_footer_tell_data_and_code(
    open_site, edited_db, monkeypatch, language, source, built
):
    monkeypatch.setenv("APP_COMMIT", "0123456789ab")
    monkeypatch.setenv("APP_ENV", "preprod")
    app_version.cache_clear()
    database = edited_db("update build_info set built_at = timestamp '2026-11-05 09:07:00'")
    site = open_site(database, lang=language)
    footer = [" ".join(span.text.split()) for span in site.soup.select("footer span")]
    assert footer == [
        source.format("edited000000"),
        f"Mangetamain Analytics {app_version().version} (0123456789ab)",
    ]
    facts = [" ".join(fact.text.split()) for fact in site.soup.select(".mm-facts dd")]
    t = translator(language)
    assert facts == [t("origin-local"), t("place-local"), "edited000000", built]
    badges = {badge["class"][1]: badge.text for badge in site.soup.select(".mm-badge")}
    assert badges["mm-badge-preprod"].lower() == "preprod"
    assert badges["mm-badge-fresh"] == t("data-fresh")


def test_demo_data_are_named_in_sidebar_and_footer(open_site, demo_db):
    site = open_site(demo_db)
    with duckdb.connect(str(demo_db), read_only=True) as connection:
        (version,) = connection.execute("select data_version from build_info").fetchone()
    facts = [fact.text for fact in site.soup.select(".mm-facts dd")]
    assert facts[:3] == ["Demo data", "a local file", version]
    assert site.soup.select_one("footer span").text.startswith("Demo, not Food.com")
    assert version in site.soup.select_one("footer span").text


def test_the_link_to_the_method_keeps_language_and_theme(open_site, small_db):
    link = open_site(small_db, "trends", lang="fr", light="true").soup.select_one("footer a")
    assert link["href"] == "/?lang=fr&light=true#method"
    assert open_site(small_db, "trends").soup.select_one("footer a")["href"] == "/#method"


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_data_the_kitchen_is_closed(open_site, tmp_path, log, language):
    site = open_site(tmp_path / "missing.duckdb", "trends", lang=language)
    assert not site.app.exception
    assert site.soup.h1.text == translator(language)("unavailable-title")
    assert lead(site) == translator(language)("unavailable-text")
    assert site.figures == []
    (error,) = [record for record in log if record["level"].name == "ERROR"]
    assert "missing.duckdb" in error["message"]
    assert "missing.duckdb" not in " ".join(site.texts())


def replace_file(path, other):
    """Put another file in its place as the builder does: by rename."""
    shutil.copy(other, path.with_suffix(".part"))
    path.with_suffix(".part").rename(path)


@pytest.fixture
def served(small_db, tmp_path):
    path = tmp_path / "served.duckdb"
    shutil.copy(small_db, path)
    return path


def version_shown(site):
    return [fact.text for fact in site.soup.select(".mm-facts dd")][2]


def badges_shown(site):
    return [badge.text for badge in site.soup.select(".mm-badge")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_newer_file_waits_until_the_visitor_refreshes(open_site, served, demo_db, language):
    t = translator(language)
    site = open_site(served, lang=language)
    before = version_shown(site)
    replace_file(served, demo_db)
    site.app.run()
    assert version_shown(site) == before
    assert t("data-stale") in badges_shown(site)
    site.click(t("refresh"))
    assert not site.app.exception
    assert version_shown(site) != before
    assert t("data-fresh") in badges_shown(site)
    assert site.soup.select(".mm-demo-banner")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_broken_newer_file_is_told_and_the_data_stay(open_site, served, tmp_path, log, language):
    t = translator(language)
    site = open_site(served, "trends", lang=language)
    before = version_shown(site)
    (tmp_path / "broken").write_text("not a database")
    replace_file(served, tmp_path / "broken")
    site.click(t("refresh"))
    assert not site.app.exception
    assert version_shown(site) == before
    assert t("refresh-failed") in [toast.value for toast in site.app.toast]
    assert site.figures
    assert any(record["message"].startswith("refreshing the data") for record in log)


def test_refreshing_the_newest_data_says_so(open_site, served):
    site = open_site(served)
    site.click("Refresh the data")
    assert [toast.value for toast in site.app.toast] == ["These are the newest data."]


def test_a_view_is_logged_once_per_change(open_site, small_db, log):
    site = open_site(small_db, "trends", lang="fr", years=["2002", "2004"])
    site.app.run()
    assert actions(log) == [
        {
            "action": "view",
            "user": "anonymous",
            "details": {"page": "trends", "lang": "fr", "years": [2002, 2004]},
        }
    ]
    site.app.query_params["years"] = ["2003", "2004"]  # as the browser does for the slider
    site.app.slider(key="years").set_value((2003, 2004)).run()
    assert [action["details"]["years"] for action in actions(log)] == [[2002, 2004], [2003, 2004]]


def test_what_is_logged_is_what_the_page_reads_and_nothing_else(open_site, small_db, log):
    open_site(small_db, "", email="ada@example.org", lang="ada@example.org", logged_view="x")
    assert [action["details"]["page"] for action in actions(log)] == ["home"]
    assert not any("ada" in record["message"] for record in log)
    assert "logged_view" not in actions(log)[0]["details"]


def test_a_line_of_the_log_stays_short_whatever_is_sent(open_site, small_db, log):
    open_site(small_db, "explore", item="x" * 100_000)
    (view,) = actions(log)
    assert view["details"] == {"page": "explore", "item": "x" * LONGEST_NAME}
    open_site(small_db, "trends", ingredients=["y" * 2_000, "salt"])
    assert actions(log)[-1]["details"]["ingredients"] == ["y" * LONGEST_NAME, "salt"]


def test_the_time_of_each_run_is_logged(open_site, small_db, log):
    site = open_site(small_db, "trends")
    site.app.run()
    times = [record["message"] for record in log if record["level"].name == "DEBUG"]
    assert len([time for time in times if time.startswith("page took ")]) == 2
    assert all("page=trends" in time for time in times if time.startswith("page took "))


class Silence:
    """A store that does not answer, and the copy of what it gave before this start."""

    address = "http://store.example/mangetamain"
    follows = True

    def __init__(self, copy):
        self.copy = copy

    def newest(self, held):
        raise DataUnavailableError(self.address, "the store does not answer")

    def accept(self):
        raise AssertionError

    def fallback(self):
        return open_snapshot(self.copy, Origin.CACHE)

    def has_newer(self, held):
        return False


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_copy_that_no_store_confirms_is_shown_and_called_so(
    open_site, small_db, monkeypatch, language
):
    t = translator(language)
    monkeypatch.setattr(cached_loaders, "_keeper", cache(lambda: SnapshotKeeper(Silence(small_db))))
    site = open_site(small_db, "trends", lang=language)
    assert site.figures
    facts = [fact.text for fact in site.soup.select(".mm-facts dd")]
    assert facts[:2] == [t("origin-local"), t("place-cache")]
    badges = {badge["class"][1]: badge.text for badge in site.soup.select(".mm-badge")}
    assert badges["mm-badge-stale"] == t("data-unconfirmed")
    site.click(t("refresh"))
    assert not site.app.exception
    assert t("refresh-failed") in [toast.value for toast in site.app.toast]
    assert "store.example" not in " ".join(site.texts())


class Held(Silence):
    """One file of a store, whatever is published."""

    follows = False

    def newest(self, held):
        return None if held else open_snapshot(self.copy, Origin.CACHE)

    def accept(self):
        pass


@pytest.mark.parametrize("language", LANGUAGES)
def test_data_that_are_held_are_called_so_and_stay(open_site, small_db, monkeypatch, language):
    t = translator(language)
    monkeypatch.setattr(cached_loaders, "_keeper", cache(lambda: SnapshotKeeper(Held(small_db))))
    site = open_site(small_db, lang=language)
    badges = {badge["class"][1]: badge.text for badge in site.soup.select(".mm-badge")}
    held = {"en": "held at this version", "fr": "maintenues à cette version"}[language]
    assert badges["mm-badge-stale"] == held
    site.click(t("refresh"))
    assert [toast.value for toast in site.app.toast] == [t("refresh-held")]
    assert badges_shown(site).count(held) == 2  # in the sidebar and beside the age of the data
