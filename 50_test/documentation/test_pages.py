"""The pages as `make docs` builds them."""

import re
import subprocess
import sys
from os.path import dirname, normpath
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from mangetamain_analytics.utils.i18n import translator
from mangetamain_analytics.utils.insights import Verdict
from mangetamain_analytics.utils.settings import SETTINGS
from mangetamain_analytics.visualization import PAGES
from mangetamain_analytics.visualization.markup import VERDICT_KEYS

SOURCES = Path(__file__).parents[2] / "90_doc"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, BeautifulSoup]:
    """Every page in both languages, by its address."""
    folder, trees = tmp_path_factory.mktemp("pages"), tmp_path_factory.mktemp("trees")
    for language, place in (("en", folder), ("fr", folder / "fr")):
        options = ["--define", f"language={language}", "--doctree-dir", str(trees / language)]
        sphinx = [sys.executable, "-m", "sphinx", "--quiet", "--fail-on-warning", *options]
        subprocess.run([*sphinx, str(SOURCES), str(place)], check=True)
    return {
        str(path.relative_to(folder)): BeautifulSoup(path.read_bytes(), "html.parser")
        for path in folder.rglob("*.html")
    }


def cells(page: BeautifulSoup, table: str) -> list[list[str]]:
    """The texts of a generated table, row by row."""
    rows = page.select(f"table.{table} tbody tr")
    return [[cell.get_text(" ", strip=True) for cell in row.select("td")] for row in rows]


def test_tables_hold_what_the_code_knows(pages: dict[str, BeautifulSoup]) -> None:
    french = translator("fr")

    settings = cells(pages["fr/reference/settings.html"], "settings")
    assert [row[0] for row in settings] == [setting.name for setting in SETTINGS]
    assert ["PORT", "8501", "Port d’écoute"] in settings
    verdicts = cells(pages["fr/method.html"], "verdicts")
    assert [row[0] for row in verdicts] == [french(VERDICT_KEYS[verdict]) for verdict in Verdict]
    assert [row[0] for row in cells(pages["fr/index.html"], "pages")] == [
        f"/{page.path}" for page in PAGES
    ]
    columns = cells(pages["fr/dataset.html"], "columns")
    assert columns[0] == ["recipes", "id", "BIGINT"]
    assert ["", "submitted", "DATE"] in columns


@pytest.mark.parametrize(
    ("address", "sentences"),
    [
        ("method.html", ["a p-value below 0.05 after correction", "0.5% of the recipes"]),
        (
            "fr/method.html",
            ["une valeur p inférieure à 0,05 après correction", "0,5\u00a0% des recettes"],
        ),
        ("fr/operations.html", ["«\u00a0La cuisine est fermée un instant\u00a0»"]),
    ],
)
def test_numbers_and_words_of_the_site_stand_where_the_sentence_wants_them(
    pages: dict[str, BeautifulSoup], address: str, sentences: list[str]
) -> None:
    text = re.sub(r"[ \n]+", " ", pages[address].get_text())

    for sentence in sentences:
        assert sentence in text


def test_a_page_leads_to_itself_in_the_other_language(pages: dict[str, BeautifulSoup]) -> None:
    for address, other in (
        ("method.html", "fr/method.html"),
        ("reference/settings.html", "fr/reference/settings.html"),
        ("fr/method.html", "method.html"),
        ("fr/reference/settings.html", "reference/settings.html"),
    ):
        link = pages[address].select_one(".languages a")["href"]
        assert normpath(f"{dirname(address)}/{link}").lstrip("/") == other


def test_formulas_are_drawn_by_the_browser_itself(pages: dict[str, BeautifulSoup]) -> None:
    assert len(pages["fr/method.html"].select("math")) > 30
    assert pages["fr/method.html"].select(".math") == []


def test_nothing_is_fetched_from_a_third_party(pages: dict[str, BeautifulSoup]) -> None:
    fetched = [
        element.get("src") or element.get("href")
        for page in pages.values()
        for element in page.select("script[src], img[src], link[rel=stylesheet], link[rel=icon]")
    ]

    assert len(fetched) > 50
    assert [address for address in fetched if re.match(r"https?:|//", address)] == []


def test_every_link_inside_leads_somewhere(pages: dict[str, BeautifulSoup]) -> None:
    addresses = {Path(address) for address in pages}
    lost = []
    for address, page in pages.items():
        for link in page.select("a[href]"):
            target = link["href"].split("#")[0]
            if not target or re.match(r"https?:|mailto:", target):
                continue
            path = (Path("/") / address).parent / target
            if Path(str(path.resolve())[1:]) not in addresses:
                lost.append(f"{address}: {target}")
    assert lost == []
