import re
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
from mangetamain_analytics.routes import ROUTES
from mangetamain_analytics.utils.app_version import app_version
from mangetamain_analytics.utils.color_theme import ColorTheme
from mangetamain_analytics.utils.i18n import LANGUAGES, translator
from mangetamain_analytics.utils.typography import font_faces
from mangetamain_analytics.visualization import PAGES


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
        "data_sha256": None,
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
    screen, paper = answer.text.split("@media print")
    dark, light = screen.split(":root[data-mm-theme='light']")

    assert answer.headers["content-type"].startswith("text/css")
    assert answer.headers["cache-control"] == "public, max-age=300"
    assert ColorTheme.css_variables("dark") in dark
    assert ColorTheme.css_variables("light") in light
    assert ColorTheme.css_variables("dark") not in light
    assert ColorTheme.css_variables("paper") in paper
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


def test_robots_learn_where_the_pages_are_listed(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUBLIC_URL", "https://example.org")

    assert client.get("/robots.txt").text.endswith("\nSitemap: https://example.org/sitemap.xml\n")


# Addresses that lead nowhere.


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_address_is_404_and_leads_to_the_pages(
    client: TestClient, language: str
) -> None:
    t = translator(language)
    answer = client.get(f"/nowhere/at/all?lang={language}")
    document = head(answer.text)

    assert answer.status_code == 404
    assert answer.headers["vary"] == "accept-language"
    assert (document.html["lang"], document.h1.text) == (language, t("nowhere-title"))
    assert document.find("meta", attrs={"name": "robots"})["content"] == "noindex"
    links = {link.text: link["href"] for link in document.select("nav a")}
    assert links == {t(page.title_key): f"/{page.path}?lang={language}" for page in PAGES}
    for name in [tag["href"] for tag in document.find_all("link")] + [document.img["src"]]:
        assert client.get(name).status_code == 200, name


def test_an_unknown_address_keeps_the_theme_and_echoes_nothing(client: TestClient) -> None:
    strange = client.get(
        "/x?light=true&q=<script>alert(1)</script>", headers={"accept-language": "fr"}
    )
    document = head(strange.text)

    assert (document.html["lang"], document.html["data-mm-theme"]) == ("fr", "light")
    assert {link["href"].split("?")[1] for link in document.select("nav a")} == {"light=true"}
    assert "logo-light" in document.img["src"]
    assert "alert" not in strange.text
    injected = (
        client.get("/", params={"lang": '"><b>'}).text
        + client.get("/x", params={"lang": '"><b>'}).text
    )
    assert "<b>" not in injected


@pytest.mark.parametrize("path", ["/" + "a" * 5000, "/%2e%2e/__init__.py", "/%00"])
def test_an_address_is_no_path_on_the_machine(client: TestClient, path: str) -> None:
    """Beside Streamlit's folder of files lies its `__init__.py`: nobody may find that out."""
    answer = client.get(path)

    assert answer.status_code == 404
    assert "mm-nowhere" in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere",
        "/trends/deeper",
        "/index.html",
        "/static/js/index.gone.js",
        "/app/static/x",
        "/é",
    ],
)
def test_the_running_server_has_no_page_of_streamlits_for_it(server: Any, path: str) -> None:
    answer = server.get(path)

    assert answer.status_code == 404
    assert "mm-nowhere" in answer.text


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/_stcore/health", 200, "ok"),
        ("/_stcore/host-config", 200, "allowedOrigins"),
        ("/favicon.png", 200, ""),
        ("/manifest.json", 200, "{"),
        ("/media/none.csv", 404, "File not found"),
        ("/component/none/x.js", 404, ""),
        ("/trends/", 301, ""),
        ("//example.org", 400, "Bad Request"),
    ],
)
def test_what_is_streamlits_stays_streamlits(
    server: Any, path: str, status: int, words: str
) -> None:
    answer = server.get(path)

    assert answer.status_code == status
    assert words in answer.text
    assert "mm-nowhere" not in answer.text


def test_every_script_and_style_of_a_document_is_served(server: Any) -> None:
    document = head(server.get("/trends").text)
    tags = document.find_all(["script", "link"])
    named = {tag.get("src") or tag.get("href") for tag in tags} - {None}
    ours = {name.removeprefix(".") for name in named if re.match(r"\.?/(static|assets)", name)}

    assert len(ours) > 20
    for path in ours:
        assert server.get(path).status_code == 200, path


@pytest.mark.parametrize(
    "path", ["/healthz", "/readyz", "/theme.css", "/robots.txt", "/", "/nowhere"]
)
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
