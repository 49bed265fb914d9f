import struct
from pathlib import Path
from xml.etree import ElementTree

import mangetamain_analytics
import pytest

ASSETS = Path(mangetamain_analytics.__file__).parent / "assets"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("name", ["logo.svg", "logo-light.svg", "icon.svg", "pot.svg"])
def test_a_drawing_has_a_name_and_needs_nothing_else(name):
    root = ElementTree.parse(ASSETS / name).getroot()
    assert root.get("aria-label") == "Back to the Kitchen"
    elements = {element.tag.removeprefix(SVG) for element in root.iter()}
    # A browser draws <text> in whatever font an image may use, and fetches <image> and <use>.
    assert elements.isdisjoint({"text", "image", "use", "script", "style", "foreignObject"})
    assert "path" in elements


@pytest.mark.parametrize("size", [32, 180, 512])
def test_an_icon_has_the_size_its_name_says(size):
    head = (ASSETS / f"icon-{size}.png").read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", head[16:24]) == (size, size)


def test_the_pot_has_no_ground_that_a_theme_would_show():
    """The icon's tile is black: on the light home page it stood as a hole."""
    icon, pot = (ElementTree.parse(ASSETS / name).getroot() for name in ("icon.svg", "pot.svg"))
    shapes = [[one.get("d") for one in root.iter(f"{SVG}path")] for root in (icon, pot)]
    assert shapes[0] == shapes[1]
    assert [len(list(root.iter(f"{SVG}rect"))) for root in (icon, pot)] == [1, 0]


def test_the_two_logos_are_the_same_drawing_in_other_colours():
    shapes = [
        [element.get("d") for element in ElementTree.parse(ASSETS / name).iter(f"{SVG}path")]
        for name in ("logo.svg", "logo-light.svg")
    ]
    assert shapes[0] == shapes[1]
    assert len(shapes[0]) >= 5
