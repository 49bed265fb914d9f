"""What a visitor takes away: the numbers that are drawn, and an image that stands alone."""

import base64
import csv
import re
import struct
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Locator, expect

from mangetamain_analytics.utils.typography import BODY_FONT, DISPLAY_FONT

pytestmark = pytest.mark.browser

SVG = "{http://www.w3.org/2000/svg}"
PNG_SCALE = 2


def _save(button: Locator) -> tuple[str, bytes]:
    with button.page.expect_download() as waiting:
        button.click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def _rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(content.decode("utf-8"))))


def _words(root: ElementTree.Element) -> str:
    return " ".join(" ".join(text.itertext()) for text in root.iter(f"{SVG}text"))


def _png_size(content: bytes) -> tuple[int, int]:
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", content[16:24])


def test_csv_holds_the_numbers_drawn(visitor: Callable) -> None:
    one = visitor().open("/trends?years=2003&years=2012")

    name, content = _save(one.part("csv-trends-volume").get_by_role("button"))
    assert re.fullmatch(r"mangetamain_trends-volume_[0-9a-f]{12}\.csv", name)
    rows = [(int(row["year"]), int(row["n_recipes"])) for row in _rows(content)]
    bars = [trace for trace in one.traces("trends-volume") if trace["type"] == "bar"]
    drawn = [pair for trace in bars for pair in zip(trace["x"], trace["y"])]
    assert [year for year, _ in rows] == list(range(2003, 2013))
    assert rows == sorted(drawn)

    _, content = _save(one.part("csv-trends-duration").get_by_role("button"))
    rows = _rows(content)
    by_name = {trace["name"]: trace for trace in one.traces("trends-duration")}
    for title, column in (("Mean", "mean_minutes"), ("Median", "median_minutes")):
        drawn = next(trace for name, trace in by_name.items() if name.startswith(title))
        assert [float(row[column]) for row in rows] == pytest.approx(drawn["y"], abs=1e-6)


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_svg_stands_alone(visitor: Callable, theme: str) -> None:
    one = visitor("fr-FR").open("/trends" + ("?light=true" if theme == "light" else ""))
    card = one.part("card-trends-volume")
    name, content = _save(card.get_by_role("button", name="Télécharger en SVG"))

    assert re.fullmatch(r"mangetamain_trends-volume_[0-9a-f]{12}\.svg", name)
    root = ElementTree.fromstring(content)
    words = _words(root)
    assert card.locator("h3").inner_text() in words
    assert "Démo, pas Food.com" in words
    assert "Année de publication" in words
    text = content.decode("utf-8")
    fonts = re.findall(r"@font-face \{ font-family: \"?(\w+)\"?; src: url\(\"(.*?)\"\)", text)
    assert {family for family, _ in fonts} == {BODY_FONT, DISPLAY_FONT}
    for _, source in fonts:
        assert base64.b64decode(source.split("base64,")[1])[:4] == b"wOF2"
    references = re.findall(r"(?:href=|url\()[\"'&quot;]*([^\"')&]+)", text)
    assert [one for one in references if not one.startswith(("#", "data:"))] == []
    ground = root.find(f"{SVG}rect").get("fill")
    assert ground == one.read()["ground"]


def test_png_is_the_chart_at_double_size(visitor: Callable) -> None:
    one = visitor().open("/trends")
    card = one.part("card-trends-volume")
    name, content = _save(card.get_by_role("button", name="Download as PNG"))

    assert re.fullmatch(r"mangetamain_trends-volume_[0-9a-f]{12}\.png", name)
    chart = card.locator(".main-svg").first.bounding_box()
    width, height = _png_size(content)
    assert width == PNG_SCALE * chart["width"]
    assert height > PNG_SCALE * chart["height"]  # the title is above the chart
    colours = one.page.evaluate(COUNT_COLOURS, base64.b64encode(content).decode())
    bar = one.traces("trends-volume")[0]["marker"]["color"]
    assert bar == "rgba(255, 140, 0, 1)"
    assert colours["255,140,0"] > 10_000, "the bars"
    assert colours["255,255,255"] > 500, "the letters of the title"


COUNT_COLOURS = """async (png) => {
    const image = new Image();
    image.src = `data:image/png;base64,${png}`;
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [image.width, image.height];
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    const counts = {};
    for (let i = 0; i < data.length; i += 4) {
        const colour = [data[i], data[i + 1], data[i + 2]].join();
        counts[colour] = (counts[colour] ?? 0) + 1;
    }
    return counts;
}"""


def test_image_shows_the_years_chosen_last(visitor: Callable) -> None:
    one = visitor().open("/trends")
    one.press(one.part("years").locator("input").first, *["ArrowRight"] * 4)
    one.wait_for_period("2003–2018")
    card = one.part("card-trends-volume")
    expect(card.locator(".xtick")).not_to_have_count(0)
    _, content = _save(card.get_by_role("button", name="Download as SVG"))

    words = _words(ElementTree.fromstring(content))
    assert card.locator("h3").inner_text() in words
    assert "2000" not in words.split()


def test_an_image_that_cannot_be_made_is_said(visitor: Callable) -> None:
    one = visitor().open("/trends")
    save = one.part("save-trends-volume")
    one.page.evaluate("() => { HTMLCanvasElement.prototype.toBlob = (give) => give(null); }")

    save.get_by_role("button", name="PNG").click()
    expect(save.get_by_role("alert")).to_contain_text("Your browser could not make the PNG.")

    name, _ = _save(save.get_by_role("button", name="SVG"))
    assert name.endswith(".svg")
    expect(save.get_by_role("alert")).to_have_count(0)
