"""What a visitor takes away of a whole page."""

import io
import re
import zipfile
from urllib.parse import parse_qs, urlsplit

import pytest

from mangetamain_analytics.utils.i18n import LANGUAGES
from mangetamain_analytics.visualization import PAGES, sharing
from mangetamain_analytics.visualization.page import csv_text

PLACES = {page.path: page for page in PAGES}
# What every page has in its sidebar is no choice of one page.
OF_EVERY_PAGE = {"lang", "light"}
# The link of a recipe, not shown as a number.
LINKED = {"recipe_id"}


@pytest.fixture
def page_shown(open_site, monkeypatch):
    """Open a page: the site, and the visit and the page that its archive would be made of."""
    made = []
    render = sharing.render_page_download

    def record(place, visit, page):
        made.append((visit, page))
        render(place, visit, page)

    # main.py imports the name anew on each run
    monkeypatch.setattr(sharing, "render_page_download", record)

    def show(database, path, **choices):
        site = open_site(database, path, **choices)
        return site, *made[-1]

    return show


def unpacked(content):
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name).decode() for name in packed.namelist()}


@pytest.mark.parametrize("path", [path for path in PLACES if path])
def test_the_archive_of_a_page_holds_every_chart_as_its_own_download_does(
    page_shown, demo_db, path
):
    site, visit, page = page_shown(demo_db, path)
    files = unpacked(sharing.archive(visit, page))
    tables = {
        f"{chart.id}.csv": csv_text(chart.table)
        for analysis in visit.shown.analyses.values()
        for chart in analysis.charts
    }
    assert len(tables) == len(site.figures) > 3
    assert files.pop(sharing.README).count(".csv") == len(tables)
    assert files == tables


@pytest.mark.parametrize(
    ("path", "choices"),
    [
        *((path, {}) for path in PLACES if path),
        ("trends", {"ingredients": ["salt", "saffron"], "tags": ["easy"], "nutrients": "true"}),
    ],
)
def test_a_table_shows_what_is_downloaded_which_no_language_changes(
    page_shown, demo_db, path, choices
):
    tables = {}
    for language in LANGUAGES:
        _, visit, _ = page_shown(demo_db, path, lang=language, **choices)
        charts = [chart for one in visit.shown.analyses.values() for chart in one.charts]
        assert len(charts) > 3
        for chart in charts:
            downloaded = [name for name in chart.table.columns if name not in LINKED]
            assert list(chart.columns) == downloaded, chart.id
        tables[language] = {chart.id: csv_text(chart.table) for chart in charts}
    assert tables["en"] == tables["fr"]


def test_the_archive_follows_the_years_and_its_bytes_are_always_the_same(page_shown, small_db):
    _, visit, page = page_shown(small_db, "trends", years=["2002", "2004"])
    content = sharing.archive(visit, page)
    volume = unpacked(content)["trends-volume.csv"]
    assert volume == "year,n_recipes\n2002,8\n2003,12\n2004,6\n"
    _, again, page = page_shown(small_db, "trends", years=["2002", "2004"])
    assert sharing.archive(again, page) == content
    _, other, page = page_shown(small_db, "trends", years=["2002", "2003"])
    assert sharing.archive(other, page) != content


def test_the_text_in_the_archive_tells_page_choices_address_and_data(
    page_shown, small_db, monkeypatch
):
    monkeypatch.setenv("PUBLIC_URL", "https://kitchen.example")
    choices = {"lang": "fr", "years": ["2002", "2004"], "band": "10–90", "nutrients": "true"}
    _, visit, page = page_shown(small_db, "trends", **choices)
    text = sharing.readme(visit, page).replace("\u00a0", " ").replace("\u202f", " ")
    info = visit.data.snapshot.info
    assert "Page : Tendances" in text
    assert "Années : 2002–2004" in text
    assert "10–90" in text
    assert "Les sept nutriments : oui" in text
    assert info.data_version in text and str(info.built_at.year) in text
    assert "Source : Food.com" in text
    for chart in visit.shown.analyses["trends-volume"].charts:
        assert chart.title.replace("\u00a0", " ").replace("\u202f", " ") in text
    address = urlsplit(re.search(r"https://\S+", text)[0])
    assert (address.netloc, address.path) == ("kitchen.example", "/trends")
    assert parse_qs(address.query) == {
        name: value if isinstance(value, list) else [value] for name, value in choices.items()
    }


def test_without_a_public_address_the_text_names_none(page_shown, small_db):
    _, visit, page = page_shown(small_db, "trends")
    assert "http" not in sharing.readme(visit, page)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", list(PLACES))
def test_every_choice_of_a_page_has_a_name(open_site, demo_db, path, language):
    site = open_site(demo_db, path, lang=language)
    types = ("slider", "button_group", "toggle", "checkbox", "multiselect", "selectbox")
    keys = {node.key for node in site.nodes(*types)} - OF_EVERY_PAGE
    assert keys == set(PLACES[path].choice_keys)


@pytest.mark.parametrize("path", list(PLACES))
def test_the_button_stands_on_every_page_with_charts_and_names_page_and_data(
    open_site, small_db, snapshot, path
):
    site = open_site(small_db, path)
    labels = [button.proto.label for button in site.nodes("download_button")]
    assert labels.count("Data (ZIP)") == (1 if site.figures else 0)
    share = site.soup.select(".mm-export[data-mm-share='']")
    assert [button["aria-label"] for button in share] == ["Share this page"]
    anchors = {button["data-mm-share"] for button in site.soup.select("[data-mm-share]")} - {""}
    assert anchors == {tag["id"] for tag in site.soup.select(".mm-finding")}
