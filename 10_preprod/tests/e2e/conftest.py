"""A real server on demo data, and visitors with a real Chromium who note all that goes wrong."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    Response,
    WebSocket,
    expect,
    sync_playwright,
)

APPLICATION = Path(__file__).parents[2]
CHROMIUM_ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-background-networking"
    " --disable-component-update --disable-sync"
).split()
START_SECONDS = 120
STOP_SECONDS = 20
PATIENCE_MS = 60_000  # playwright's own 5 and 30 s are short for many charts on a busy machine
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}

# Streamlit has run the script to its end, shows nothing left from before, has drawn each chart.
SETTLED = """() => document.querySelector("footer.mm-footer")
    && document.querySelector(".stApp").dataset.testScriptState === "notRunning"
    && !document.querySelector("[data-stale=true], [data-testid=stSkeleton]")
    && [...document.querySelectorAll("[class*=st-key-chart-]")].every(
        (chart) => chart.querySelector(".js-plotly-plot .main-svg .trace"))"""

READING = """() => {
    const texts = (selector) => [...document.querySelectorAll(selector)].map((e) => e.innerText);
    const charts = [...document.querySelectorAll("[class*=st-key-chart-]")].map((chart) => [
        chart.className.match(/st-key-chart-(\\S+)/)[1],
        chart.querySelector(".js-plotly-plot").data.map(({ name, x, y }) => [name, x, y]),
    ]);
    return {
        heading: texts("h1")[0],
        cards: texts(".mm-card-value"),
        titles: texts(".mm-finding h3"),
        charts: Object.fromEntries(charts),
        language: document.documentElement.lang,
        ground: getComputedStyle(document.querySelector(".stApp")).backgroundColor,
    };
}"""


@dataclass
class Visitor:
    """A visitor with a browser of their own, and what went wrong in it."""

    page: Page
    address: str
    problems: list[str] = field(default_factory=list)
    bytes_received: int = 0

    def __post_init__(self) -> None:
        self.page.on("console", self._note_message)
        self.page.on("pageerror", lambda error: self.problems.append(f"page error: {error}"))
        self.page.on("requestfailed", self._note_failure)
        self.page.on("response", self._note_response)
        self.page.on("request", lambda one: self._note_host(one.url))
        self.page.on("websocket", self._note_socket)

    def _note_failure(self, request: Request) -> None:
        # Aborted: the visitor went on while it was under way, or it became a download.
        if request.failure != "net::ERR_ABORTED":
            self.problems.append(f"failed: {request.url}, {request.failure}")

    def _note_message(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.problems.append(f"console {message.type}: {message.text}")

    def _note_response(self, response: Response) -> None:
        if response.status >= 400:
            self.problems.append(f"{response.status}: {response.url}")

    def _note_host(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob") and parts.netloc != urlsplit(self.address).netloc:
            self.problems.append(f"asks another host: {url}")

    def _note_socket(self, socket: WebSocket) -> None:
        self._note_host(socket.url)
        socket.on("framereceived", self._count)

    def _count(self, frame: str | bytes) -> None:
        self.bytes_received += len(frame)

    def open(self, path: str) -> "Visitor":
        self.page.goto(self.address + path)
        return self.settle()

    def settle(self) -> "Visitor":
        """Wait until the page stands still."""
        self.page.wait_for_function(SETTLED)
        return self

    def wait_for_period(self, period: str) -> "Visitor":
        """Wait until the first card says these years."""
        self.page.locator(".mm-card-value").first.get_by_text(period, exact=True).wait_for()
        return self.settle()

    def read(self) -> dict[str, Any]:
        """Return what the page says and draws."""
        return self.page.evaluate(READING)

    def part(self, key: str) -> Locator:
        """Return the part of the page with this Streamlit key."""
        return self.page.locator(f".st-key-{key}")

    def press(self, locator: Locator, *keys: str) -> None:
        locator.focus()
        for key in keys:
            self.page.keyboard.press(key)

    def traces(self, chart: str) -> list[dict[str, Any]]:
        """Return what Plotly draws in a chart."""
        return self.part(f"chart-{chart}").locator(".js-plotly-plot").evaluate("plot => plot.data")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/readyz", timeout=5) as answer:
            return json.load(answer)["status"] == "ready"
    except OSError:
        return False


def _wait_until_ready(server: subprocess.Popen[bytes], address: str, output: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not _answers(address):
        if server.poll() is not None or time.monotonic() > deadline:
            pytest.fail(f"the server is not ready: {output.read_text(encoding='utf-8')}")
        time.sleep(0.2)


@pytest.fixture(scope="session")
def site(demo_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server on demo data; ended politely."""
    folder = tmp_path_factory.mktemp("server")
    port = _free_port()
    settings = {
        "APP_ENV": "local",
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "MANGETAMAIN_DB": str(demo_db),
        "LOG_DIR": str(folder / "logs"),
    }
    with (
        (folder / "output.txt").open("wb") as output,
        subprocess.Popen(
            [sys.executable, "-m", "mangetamain_analytics.asgi"],
            cwd=APPLICATION,
            env=os.environ | settings,
            stdout=output,
            stderr=subprocess.STDOUT,
        ) as server,
    ):
        try:
            _wait_until_ready(server, f"http://127.0.0.1:{port}", folder / "output.txt")
            yield f"http://127.0.0.1:{port}"
            assert server.poll() is None, "the server ended before the tests did"
        finally:
            server.send_signal(signal.SIGTERM)
            try:
                server.wait(timeout=STOP_SECONDS)
            except subprocess.TimeoutExpired:
                server.kill()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, with a profile that is thrown away; playwright runs once at a time."""
    executable = shutil.which("chromium")
    if executable is None:
        pytest.skip("Chromium is not on PATH, and a browser test needs it: apt install chromium")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def profiles(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """A browser profile per language and screen, kept: what it has loaded it loads once."""
    kept: dict[tuple[str, int], BrowserContext] = {}

    def profile(locale: str, screen: dict[str, int]) -> BrowserContext:
        key = locale, screen["width"]
        if key not in kept:
            kept[key] = new_profile(browser, locale, screen)
        return kept[key]

    yield profile
    for one in kept.values():
        one.close()


def new_profile(browser: Browser, locale: str, screen: dict[str, int]) -> BrowserContext:
    """Return a profile that has seen nothing."""
    is_phone = screen == PHONE
    profile = browser.new_context(
        locale=locale, viewport=screen, has_touch=is_phone, is_mobile=is_phone
    )
    profile.set_default_timeout(PATIENCE_MS)
    return profile


@pytest.fixture
def visitor(
    browser: Browser, profiles: Callable[..., BrowserContext], site: str
) -> Iterator[Callable[..., Visitor]]:
    """Let somebody come: `visitor("fr-FR", PHONE)`; nothing may have gone wrong when they leave.

    The first of a test uses a kept profile, of which only the cache of files is left; others come
    with a profile of their own, for they are somebody else.
    """
    visitors: list[Visitor] = []

    def come(locale: str = "en-GB", screen: dict[str, int] = DESKTOP) -> Visitor:
        profile = new_profile(browser, locale, screen) if visitors else profiles(locale, screen)
        visitors.append(Visitor(profile.new_page(), site))
        return visitors[-1]

    yield come
    if visitors:
        forget(visitors[0].page)
    for one in visitors[1:]:
        one.page.context.close()
    assert [problem for one in visitors for problem in one.problems] == []


def forget(page: Page) -> None:
    """Leave the profile as it was but for its cache of files."""
    profile = page.context
    page.evaluate("() => { if (location.protocol === 'http:') localStorage.clear(); }")
    page.close()
    profile.clear_cookies()
    profile.clear_permissions()
