"""Draws the images that a shared link shows, one per page and language: `make share-images`.

They hold words and colours of the site, and no number of the data: a network keeps a copy for
weeks. Each file carries a hash of what it was drawn from; a test tells when that has changed.
"""

import hashlib
import io
from collections.abc import Iterator
from functools import partial
from html import escape
from pathlib import Path

from PIL import Image
from PIL.PngImagePlugin import PngInfo
from playwright.sync_api import Route, sync_playwright

from mangetamain_analytics.documents import IMAGE_SIZE, SITE_NAME, image_path
from mangetamain_analytics.routes import ASSETS
from mangetamain_analytics.utils.color_theme import ColorTheme
from mangetamain_analytics.utils.i18n import LANGUAGES, translator
from mangetamain_analytics.utils.typography import BODY_FONT, DISPLAY_FONT, font_faces
from mangetamain_analytics.visualization import PAGES
from mangetamain_analytics.visualization.page import Page

ADDRESS = "http://share.invalid"  # stands for the server while Chromium draws
N_COLORS = 128  # flat drawings with a gradient: a quarter of the bytes, and no visible step
DRAWN_FROM = "Source"  # name of the hash in the file


def images() -> Iterator[tuple[Path, str]]:
    """Return each image's file with the document that it is drawn from."""
    for page in PAGES:
        for language in LANGUAGES:
            yield ASSETS / image_path(page, language), markup(page, language)


def markup(page: Page, language: str) -> str:
    """Return the document that the image of a page shows."""
    t, palette = translator(language), ColorTheme.palette("dark")
    title = t(page.title_key) if page.path else SITE_NAME
    width, height = IMAGE_SIZE
    faces = "".join(
        f"@font-face {{ font-family: {face['family']}; src: url({face['url']});"
        f" font-weight: {face['weight']}; }}"
        for face in font_faces()
    )
    return f"""<!DOCTYPE html><meta charset="utf-8"><style>{faces}
body {{ box-sizing: border-box; width: {width}px; height: {height}px; margin: 0; padding: 72px 84px;
  display: flex; flex-direction: column; background: {palette.background}; color: {palette.text};
  font: 400 34px/1.4 {BODY_FONT}; }}
img {{ width: 420px; }}
h1 {{ margin: auto 0 0; font: 400 92px/1.1 {DISPLAY_FONT}; color: {palette.heading}; }}
p {{ margin: 20px 0 40px; max-width: 960px; text-wrap: pretty; }}
hr {{ width: 100%; height: 6px; margin: 0 0 8px; border: 0; }}
</style><img src="/assets/logo.svg">
<h1>{escape(title)}</h1><p>{escape(t(page.description_key))}</p>
<hr style="background: {ColorTheme.GOLD}"><hr style="background: {ColorTheme.ORANGE_PRIMARY}">
<hr style="background: {ColorTheme.ORANGE_DEEP}">"""


def digest(text: str) -> str:
    """Return what tells whether an image was drawn from this document."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def main() -> None:
    """Draw every image anew."""
    width, height = IMAGE_SIZE
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        for path, text in images():
            tab = browser.new_page(viewport={"width": width, "height": height})
            tab.route("**/*", partial(answer, text))
            tab.goto(f"{ADDRESS}/")
            tab.evaluate("document.fonts.ready")
            save(tab.screenshot(), path, text)
            tab.close()
            print(f"{path.name}: {path.stat().st_size:,} bytes")
        browser.close()


def answer(text: str, route: Route) -> None:
    """Give Chromium the document and the files that it names."""
    name = route.request.url.removeprefix(ADDRESS)
    if name == "/":
        route.fulfill(body=text, content_type="text/html")
    else:
        route.fulfill(path=ASSETS / name.removeprefix("/assets/"))


def save(screenshot: bytes, path: Path, text: str) -> None:
    """Write the image with few colours, and the hash of what it was drawn from."""
    notes = PngInfo()
    notes.add_text(DRAWN_FROM, digest(text))
    image = Image.open(io.BytesIO(screenshot)).convert("RGB").quantize(N_COLORS)
    path.parent.mkdir(exist_ok=True)
    image.save(path, optimize=True, pnginfo=notes)


if __name__ == "__main__":
    main()
