"""What the head of each document says, and what stands there until Streamlit has drawn it."""

import re
from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from starlette.applications import Starlette
from starlette.testclient import TestClient

from mangetamain_analytics import documents
from mangetamain_analytics.documents import page_document
from mangetamain_analytics.routes import ASSETS, ROUTES
from mangetamain_analytics.utils.i18n import LANGUAGES, translator
from mangetamain_analytics.visualization import PAGES
from mangetamain_analytics.visualization.page import Page

PUBLIC_URL = "https://example.org"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def client() -> TestClient:
    """Our own routes, without Streamlit's."""
    return TestClient(Starlette(routes=list(ROUTES)))


def head(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path or "home")
def test_each_page_has_its_title_description_and_language(
    client: TestClient, page: Page, language: str
) -> None:
    t = translator(language)
    document = head(client.get(f"/{page.path}", params={"lang": language}).text)

    assert document.html["lang"] == language
    titles = [title.text for title in document.find_all("title")]
    assert titles == [f"{t(page.title_key)} · Mangetamain Analytics"]
    descriptions = document.find_all("meta", attrs={"name": "description"})
    assert [tag["content"] for tag in descriptions] == [t(page.description_key)]


def test_pages_and_languages_do_not_share_their_words(client: TestClient) -> None:
    urls = [f"/{page.path}?lang={language}" for page in PAGES for language in LANGUAGES]
    words = {
        (document.title.text, document.find("meta", attrs={"name": "description"})["content"])
        for document in (head(client.get(url).text) for url in urls)
    }

    assert len(words) == len(PAGES) * len(LANGUAGES)


def test_each_page_loads_our_style_and_script_once_and_nothing_from_elsewhere(
    client: TestClient,
) -> None:
    for page in PAGES:
        html = client.get(f"/{page.path}").text
        document = head(html)
        styles = [link["href"] for link in document.find_all("link", rel="stylesheet")]
        scripts = [script["src"] for script in document.find_all("script", src=True)]

        assert styles.count("/theme.css") == styles.count("/assets/site.css") == 1
        assert scripts.count("/assets/site.js") == scripts.count("/assets/arrival.js") == 1
        for tag in document.find_all(["link", "script", "img", "iframe"]):
            address = tag.get("href") or tag.get("src") or ""
            assert not re.match(r"(https?:)?//", address), address
        assert not document.find_all("link", rel="preload", href=re.compile("woff"))
        assert [link["href"] for link in document.find_all("link", rel="icon")] == [
            "/assets/icon.svg"
        ]


def test_a_document_still_starts_streamlit(client: TestClient) -> None:
    document = head(client.get("/").text)

    assert document.find(id="root") is not None
    assert document.find("script", attrs={"type": "module"})


def test_everything_that_a_document_names_of_ours_is_there(client: TestClient) -> None:
    document = head(client.get("/").text)
    named = {tag.get("href") or tag.get("src") for tag in document.find_all(["link", "script"])}
    ours = {name for name in named if name and name.startswith(("/assets", "/theme"))}

    assert len(ours) == 6
    for name in ours:
        assert client.get(name).status_code == 200, name


def test_words_of_a_page_are_escaped(monkeypatch: pytest.MonkeyPatch) -> None:
    words = {"t": "Salt & <pepper>", "d": "\"quoted\" & 'so' <b>"}

    class Words:
        language = "en"

        def __call__(self, key: str) -> str:
            return words.get(key, "<i>")

    monkeypatch.setattr(documents, "translator", lambda language: Words())
    page = Page("x", "t", "d", "", lambda visit: None)
    html = page_document(page, "en", PUBLIC_URL)
    document = head(html)

    assert "<title>Salt &amp; &lt;pepper&gt; · Mangetamain Analytics</title>" in html
    assert document.find("meta", attrs={"name": "description"})["content"] == words["d"]
    assert meta(document, "og:title") == ["Salt & <pepper> · Mangetamain Analytics"]
    assert meta(document, "og:image:alt") == [words["d"]]
    assert document.find("pepper") is document.find("b") is None
    assert "<i>" not in html.replace("<i></i>", "")  # but for the bars of the skeleton


def meta(document: BeautifulSoup, name: str) -> list[str]:
    tags = document.find_all("meta", attrs={"property": name})
    return [tag["content"] for tag in tags or document.find_all("meta", attrs={"name": name})]


# What a shared link shows.


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path or "home")
def test_a_shared_link_has_a_title_a_description_and_an_image(page: Page, language: str) -> None:
    t = translator(language)
    document = head(page_document(page, language, PUBLIC_URL))

    assert meta(document, "og:title") == [f"{t(page.title_key)} · Mangetamain Analytics"]
    assert meta(document, "og:description") == [t(page.description_key)]
    assert meta(document, "og:site_name") == ["Mangetamain Analytics"]
    assert meta(document, "og:type") == ["website"]
    assert meta(document, "og:locale") == [{"en": "en_GB", "fr": "fr_FR"}[language]]
    assert meta(document, "og:locale:alternate") == [{"fr": "en_GB", "en": "fr_FR"}[language]]
    assert meta(document, "twitter:card") == ["summary_large_image"]
    (image,) = meta(document, "og:image")
    assert image == f"{PUBLIC_URL}/assets/share/{page.path or 'home'}-{language}.png"
    assert (ASSETS / image.removeprefix(f"{PUBLIC_URL}/assets/")).is_file()


def test_addresses_of_the_page_are_absolute_and_name_each_other() -> None:
    trends = next(page for page in PAGES if page.path == "trends")
    document = head(page_document(trends, "fr", PUBLIC_URL))
    alternates = {
        link["hreflang"]: link["href"] for link in document.find_all("link", rel="alternate")
    }

    assert [link["href"] for link in document.find_all("link", rel="canonical")] == [
        "https://example.org/trends?lang=fr"
    ]
    assert meta(document, "og:url") == ["https://example.org/trends?lang=fr"]
    assert alternates == {
        "en": "https://example.org/trends?lang=en",
        "fr": "https://example.org/trends?lang=fr",
        "x-default": "https://example.org/trends",
    }


def test_without_a_public_address_nothing_pretends_to_be_one() -> None:
    document = head(page_document(PAGES[0], "en"))

    assert meta(document, "og:title") and meta(document, "og:description")
    assert meta(document, "twitter:card") == ["summary"]
    assert not document.find_all("link", rel=["canonical", "alternate"])
    assert not document.find_all("meta", attrs={"property": re.compile("og:(url|image)")})


def test_the_public_address_is_that_of_the_settings(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUBLIC_URL", "https://kitchen.example/")
    document = head(client.get("/ratings?lang=en").text)

    assert meta(document, "og:url") == ["https://kitchen.example/ratings?lang=en"]


def test_the_sitemap_names_every_page_in_every_language(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.get("/sitemap.xml").status_code == 404
    monkeypatch.setenv("PUBLIC_URL", PUBLIC_URL)
    answer = client.get("/sitemap.xml")
    root = ElementTree.fromstring(answer.text)

    assert answer.headers["content-type"] == "application/xml"
    addresses = [location.text for location in root.iter(f"{SITEMAP}loc")]
    assert len(set(addresses)) == len(addresses) == len(PAGES) * (1 + len(LANGUAGES))
    assert {"https://example.org/", "https://example.org/trends?lang=fr"} <= set(addresses)


# Before Streamlit has drawn anything.


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_skeleton_stands_beside_the_root_and_says_that_the_page_loads(language: str) -> None:
    document = head(page_document(PAGES[1], language))
    skeleton = document.select_one("#root + .mm-skeleton")

    assert skeleton and skeleton["role"] == "status"
    assert skeleton.text == translator(language)("loading")


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_javascript_the_page_says_what_it_needs(language: str) -> None:
    t = translator(language)
    (noscript,) = head(page_document(PAGES[1], language)).find_all("noscript")

    texts = list(noscript.stripped_strings)
    assert texts == [
        f"{t(PAGES[1].title_key)} · Mangetamain Analytics",
        t(PAGES[1].description_key),
        t("noscript"),
    ]


# A change of Streamlit.


@pytest.fixture
def streamlit_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of Streamlit's document that a test may change."""
    path = tmp_path / "index.html"
    copyfile(documents.STREAMLIT_DOCUMENT, path)
    monkeypatch.setattr(documents, "STREAMLIT_DOCUMENT", path)
    page_document.cache_clear()
    yield path
    page_document.cache_clear()


@pytest.mark.parametrize(
    ("before", "after", "n_times"),
    [
        ('<html lang="en">', '<html lang="en-US">', 0),
        ("<title>Streamlit</title>", "<title>App</title>", 0),
        ("<title>Streamlit</title>", "<title>Streamlit</title><title>Streamlit</title>", 2),
        ('rel="shortcut icon"', 'rel="icon"', 0),
        ('rel="preload"', 'rel="prefetch"', 0),
        ('<div id="root">', '<div id="app">', 0),
        ("</noscript>", "</noscript><noscript></noscript>", 2),
    ],
)
def test_a_change_of_streamlits_document_is_noticed(
    streamlit_document: Path, before: str, after: str, n_times: int
) -> None:
    text = streamlit_document.read_text(encoding="utf-8")
    assert before in text
    streamlit_document.write_text(text.replace(before, after), encoding="utf-8")

    with pytest.raises(RuntimeError, match=f"Streamlit's index.html: .* found {n_times} times"):
        page_document(PAGES[0], "en")
