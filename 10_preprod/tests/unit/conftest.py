"""The whole site in process: `main.py` run by Streamlit's AppTest, and what a visitor reads."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from bs4 import BeautifulSoup
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

import mangetamain_analytics
from mangetamain_analytics.data import cached_loaders

MAIN = Path(mangetamain_analytics.__file__).parent / "main.py"


class Site:
    """One visitor's session."""

    def __init__(self, page: str, locale: str | None, choices: dict[str, Any]) -> None:
        self.app = AppTest.from_file(MAIN, default_timeout=60)
        self.app.query_params.update(choices)
        if locale:
            self.app.context["locale"] = locale
        # AppTest.switch_page() wants a file; our pages are functions. Streamlit knows a page by
        # the hash of its address, whoever draws it.
        self.app._page_hash = calc_hash(page)
        self.app.run()

    def open_explanations(self) -> None:
        """Open every “How it was computed”."""
        for key in [key for key in self.app.session_state if key.startswith("how-")]:
            self.app.session_state[key] = True
        self.app.run()

    def click(self, label: str) -> None:
        (button,) = [button for button in self.app.button if button.label == label]
        button.click().run()

    def nodes(self, *types: str) -> list[Any]:
        return [node for node in _walk(self.app._tree) if node.type in types]

    @property
    def figures(self) -> list[dict[str, Any]]:
        return [json.loads(node.proto.spec) for node in self.nodes("plotly_chart")]

    @property
    def soup(self) -> BeautifulSoup:
        """All the HTML of our own."""
        return BeautifulSoup("".join(node.proto.body for node in self.nodes("html")), "html.parser")

    def texts(self) -> list[str]:
        """Everything a visitor reads or hears; not the SQL, not the names in their address."""
        return [text for text in (*self._elements(), *self._in_figures()) if text]

    def _elements(self) -> Iterator[str]:
        yield from self.soup.stripped_strings
        yield from (tag["aria-label"] for tag in self.soup.select("[aria-label]"))
        for node in self.nodes("markdown", "caption", "header", "info", "error", "toast"):
            yield node.value
        for node in self.nodes("button", "download_button", "toggle", "slider", "button_group"):
            yield node.proto.label
            yield node.proto.help
        for node in self.nodes("page_link", "expander"):
            yield node.proto.label
        for node in self.nodes("plotly_chart"):
            yield node.proto.alt

    def _in_figures(self) -> Iterator[str]:
        for figure in self.figures:
            layout = figure["layout"]
            yield layout["title"]["text"]
            for axis in ("xaxis", "yaxis"):
                yield layout[axis].get("title", {}).get("text", "")
            for trace in figure["data"]:
                yield trace.get("name", "")
                yield trace.get("hovertemplate", "")
                if trace.get("orientation") == "h":
                    yield from trace["y"]


def _walk(node: Any) -> Iterator[Any]:
    yield node
    for child in getattr(node, "children", {}).values():
        yield from _walk(child)


@pytest.fixture
def open_site(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Site]:
    """Visit the site: `open_site(small_db, "trends", lang="fr")`."""

    def visit(database: Path, page: str = "", locale: str | None = None, **choices: Any) -> Site:
        monkeypatch.setenv("MANGETAMAIN_DB", str(database))
        cached_loaders._keeper.cache_clear()  # another visit of this test may have set another file
        return Site(page, locale, choices)

    return visit


@pytest.fixture
def edited_db(small_db: Path, tmp_path: Path) -> Callable[..., Path]:
    """Make a copy of `small_db` of another version, changed by SQL."""

    def make(*statements: str, version: str = "edited000000") -> Path:
        path = tmp_path / f"{version}.duckdb"
        shutil.copy(small_db, path)
        with duckdb.connect(str(path)) as connection:
            for statement in statements:
                connection.execute(statement)
            connection.execute("update build_info set data_version = ?", [version])
        return path

    return make
