"""The images of shared links: there for every page and language, and drawn from today's words."""

import importlib.util
import re
from pathlib import Path

import pytest
from PIL import Image

import mangetamain_analytics

ASSETS = Path(mangetamain_analytics.__file__).parent / "assets"
SCRIPT = Path(__file__).parents[4] / "70_scripts" / "share_images.py"
MAX_BYTES = 100_000  # some networks fetch no more than a few hundred kilobytes


def script():
    specification = importlib.util.spec_from_file_location("share_images", SCRIPT)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


DRAWN = {path.name: (path, text) for path, text in script().images()}


@pytest.mark.parametrize("name", DRAWN)
def test_the_image_of_a_page_shows_what_the_page_is_called_today(name):
    path, text = DRAWN[name]
    assert path.is_file(), "run `make share-images`"
    with Image.open(path) as image:
        assert image.size == (1200, 630)
        assert image.text["Source"] == script().digest(text), "run `make share-images`"
    assert path.stat().st_size < MAX_BYTES


def test_no_image_is_left_from_a_page_that_has_gone():
    assert {path.name for path in (ASSETS / "share").iterdir()} == set(DRAWN)


def test_an_image_holds_no_number_of_the_data():
    for _, text in DRAWN.values():
        words = re.sub("<[^>]*>", " ", text.split("</style>")[1])
        assert len(words.split()) > 10
        assert not re.search(r"\d", words)
