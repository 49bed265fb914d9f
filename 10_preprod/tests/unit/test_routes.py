import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from shutil import copyfile
from typing import Any

import duckdb
import pytest
from bs4 import BeautifulSoup
from starlette.applications import Starlette
from starlette.testclient import TestClient

from mangetamain_analytics import routes
from mangetamain_analytics.data import keeper
from mangetamain_analytics.data.cached_loaders import current_snapshot
from mangetamain_analytics.data.keeper import RETRY_AFTER_SECONDS
from mangetamain_analytics.data.snapshot import open_snapshot
from mangetamain_analytics.routes import ROUTES, page_document
from mangetamain_analytics.utils.app_version import app_version
from mangetamain_analytics.utils.color_theme import ColorTheme
from mangetamain_analytics.utils.i18n import LANGUAGES, translator
from mangetamain_analytics.utils.typography import font_faces
from mangetamain_analytics.visualization import PAGES
from mangetamain_analytics.visualization.page import Page


@pytest.fixture
def client() -> TestClient:
    """Our own routes, without Streamlit's."""
    return TestClient(Starlette(routes=list(ROUTES)))


@pytest.fixture
def data(tmp_path: Path, small_db: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that the settings name: a copy of `small_db`."""
    path = tmp_path / "site.duckdb"
    copyfile(small_db, path)
    monkeypatch.setenv("MANGETAMAIN_DB", str(path))
    return path


def head(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


# Alive and ready.


def test_healthz_tells_that_the_process_lives_without_any_data(client: TestClient) -> None:
    answer = client.get("/healthz")

    assert answer.status_code == 200
    assert answer.json() == {
        "status": "alive",
        "version": app_version().version,
        "commit": app_version().commit,
    }


def test_readyz_tells_which_data_and_which_code_answer(client: TestClient, data: Path) -> None:
    info = open_snapshot(data).info
    answer = client.get("/readyz")
    body = answer.json()
    looked = datetime.now(UTC) - datetime.fromisoformat(body.pop("last_check"))

    assert answer.status_code == 200
    assert 0 <= looked.total_seconds() < 60
    assert body == {
        "status": "ready",
        "data_version": info.data_version,
        "built_at": info.built_at.isoformat(),
        "origin": "local",
        "is_demo": False,
        "source": str(data),
        "freshness": "fresh",
        "last_error": None,
        "version": app_version().version,
        "commit": app_version().commit,
    }


def test_readyz_says_when_the_data_are_a_demonstration(
    client: TestClient, demo_db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MANGETAMAIN_DB", str(demo_db))
    body = client.get("/readyz").json()

    assert (body["origin"], body["is_demo"]) == ("demo", True)


def test_readyz_gives_the_reason_and_recovers_by_itself(
    client: TestClient, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1000.0]
    monkeypatch.setattr(keeper.time, "monotonic", lambda: now[0])
    away = data.rename(tmp_path / "away.duckdb")
    missing = client.get("/readyz")
    data.write_text("not a database" * 1000)
    now[0] += RETRY_AFTER_SECONDS + 1
    broken = client.get("/readyz")
    away.rename(data)
    now[0] += RETRY_AFTER_SECONDS + 1
    repaired = client.get("/readyz")

    assert (missing.status_code, missing.json()["status"]) == (503, "unavailable")
    assert missing.json()["reason"] == f"data '{data}': no such file; `make data` builds one"
    assert broken.status_code == 503
    assert broken.json()["reason"].startswith(f"data '{data}': cannot be read: IO Error")
    assert (repaired.status_code, repaired.json()["status"]) == (200, "ready")


def test_readyz_asks_a_query_and_not_only_whether_the_file_opens(
    client: TestClient, data: Path
) -> None:
    with duckdb.connect(str(data)) as connection:
        connection.execute("drop table recipes")
    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["reason"].startswith("query data_period.sql with {}: Catalog Error")


def test_readyz_asks_again_after_it_was_ready(client: TestClient, data: Path) -> None:
    """Truncating the file would not do: DuckDB answers from the pages that it holds in memory."""
    ready = client.get("/readyz")
    current_snapshot().connection.close()
    broken = client.get("/readyz")

    assert (ready.status_code, broken.status_code) == (200, 503)
    assert broken.json()["reason"].startswith("query data_period.sql with {}: Connection Error")


# The documents of the pages.


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


@pytest.mark.parametrize(
    ("query", "accepted", "language"),
    [
        ("?lang=fr", "en", "fr"),
        ("?lang=en", "fr", "en"),
        ("", "fr-CA,fr;q=0.9,en;q=0.8", "fr"),
        ("", "fr-FR,fr;q=0.9", "fr"),
        ("", "FR;q=0.5, de", "fr"),
        ("", "fr", "fr"),
        ("", "de, fr", "en"),
        ("", "fry,en", "en"),
        ("", "de,es", "en"),
        ("", "", "en"),
        ("?lang=de", "fr", "fr"),
        ("?lang=", "fr", "fr"),
        ("?lang=FR", "en", "en"),
        ("?lang=%22%3E%3Cscript%3E", "", "en"),
        ("?lang=../../etc/passwd", "", "en"),
        ("?lang=fr&lang=en", "", "en"),
        ("?light=true&years=2001", "fr", "fr"),
    ],
)
def test_the_language_is_that_of_the_address_then_of_the_browser_then_english(
    client: TestClient, query: str, accepted: str, language: str
) -> None:
    document = head(client.get(f"/{query}", headers={"Accept-Language": accepted}).text)

    assert document.html["lang"] == language


def test_no_cache_serves_a_document_in_another_language_or_of_another_version(
    client: TestClient,
) -> None:
    headers = client.get("/").headers

    assert headers["vary"] == "accept-language"
    assert headers["cache-control"] == "no-cache"


def test_each_page_loads_our_style_and_script_once_and_nothing_from_elsewhere(
    client: TestClient,
) -> None:
    for page in PAGES:
        html = client.get(f"/{page.path}").text
        document = head(html)
        styles = [link["href"] for link in document.find_all("link", rel="stylesheet")]
        scripts = [script["src"] for script in document.find_all("script", src=True)]

        assert styles.count("/theme.css") == styles.count("/assets/site.css") == 1
        assert scripts.count("/assets/site.js") == 1
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

    assert len(ours) == 5
    for name in ours:
        assert client.get(name).status_code == 200, name


def test_words_of_a_page_are_escaped(monkeypatch: pytest.MonkeyPatch) -> None:
    words = {"t": "Salt & <pepper>", "d": "\"quoted\" & 'so' <b>"}
    monkeypatch.setattr(routes, "translator", lambda language: words.__getitem__)
    page = Page("x", "t", "d", "", lambda visit: None)
    html = page_document(page, "en")
    document = head(html)

    assert "<title>Salt &amp; &lt;pepper&gt; · Mangetamain Analytics</title>" in html
    assert document.find("meta", attrs={"name": "description"})["content"] == words["d"]
    assert document.find("pepper") is document.find("b") is None


@pytest.fixture
def streamlit_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of Streamlit's document that a test may change."""
    path = tmp_path / "index.html"
    copyfile(routes.STREAMLIT_DOCUMENT, path)
    monkeypatch.setattr(routes, "STREAMLIT_DOCUMENT", path)
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


# Assets.


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/assets/site.css", "text/css"),
        ("/assets/site.js", "javascript"),
        ("/assets/icon.svg", "image/svg+xml"),
        ("/assets/icon-180.png", "image/png"),
        *((face["url"], "font/woff2") for face in font_faces()),
    ],
)
def test_each_asset_has_its_type_and_the_very_bytes_of_its_file(
    client: TestClient, path: str, kind: str
) -> None:
    answer = client.get(path)

    assert answer.status_code == 200
    assert kind in answer.headers["content-type"]
    assert answer.content == (routes.ASSETS / path.removeprefix("/assets/")).read_bytes()


@pytest.mark.parametrize(
    "path", ["/assets/none.css", "/assets/../routes.py", "/assets/%2e%2e/routes.py", "/assets/"]
)
def test_nothing_but_assets_is_served_from_their_folder(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_theme_css_holds_the_fonts_and_the_colours_of_both_themes(client: TestClient) -> None:
    answer = client.get("/theme.css")
    dark, light = answer.text.split(":root[data-mm-theme='light']")

    assert answer.headers["content-type"].startswith("text/css")
    assert answer.headers["cache-control"] == "public, max-age=300"
    assert ColorTheme.css_variables("dark") in dark
    assert ColorTheme.css_variables("light") in light
    assert ColorTheme.css_variables("dark") not in light
    assert answer.text.count("@font-face") == len(font_faces()) == 2
    for face in font_faces():
        assert re.search(f"font-family: {face['family']}; src: url\\({face['url']}\\)", dark)
    assert "http" not in answer.text
    assert answer.text.count("{") == answer.text.count("}")


def test_an_asset_does_not_survive_a_deployment_in_a_browser(tmp_path: Path) -> None:
    script = tmp_path / "site.js"
    script.write_text("old()")
    client = TestClient(routes._Assets(directory=tmp_path))
    first = client.get("/site.js")
    held = {"If-None-Match": first.headers["etag"]}
    same = client.get("/site.js", headers=held)
    script.write_text("replaced()")
    replaced = client.get("/site.js", headers=held)

    assert (same.status_code, replaced.status_code) == (304, 200)
    assert replaced.text == "replaced()"
    for answer in (first, same, replaced):
        assert answer.headers["cache-control"] == "no-cache"


def test_robots_are_welcome(client: TestClient) -> None:
    answer = client.get("/robots.txt")

    assert answer.text == "User-agent: *\nAllow: /\n"
    assert answer.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/theme.css", "/robots.txt", "/"])
def test_our_routes_answer_questions_and_take_no_orders(client: TestClient, path: str) -> None:
    assert client.post(path).status_code == 405


# The same through the running server, where Streamlit's own routes could come first.


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/healthz", '"status":"alive"'),
        ("/readyz", '"status":"ready"'),
        ("/robots.txt", "User-agent: *"),
        ("/theme.css", "@font-face"),
        ("/assets/site.css", "{"),
        ("/?lang=fr", '<html lang="fr">'),
        ("/trends", "Mangetamain Analytics</title>"),
    ],
)
def test_the_running_server_gives_our_answers(server: Any, path: str, words: str) -> None:
    answer = server.get(path)

    assert answer.status_code == 200
    assert words in answer.text


def test_the_running_server_is_ready_with_the_data_it_was_given(
    server: Any, small_db: Path
) -> None:
    body = server.get("/readyz").json()

    assert body["data_version"] == open_snapshot(small_db).info.data_version
