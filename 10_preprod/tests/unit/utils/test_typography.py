from pathlib import Path

import mangetamain_analytics
import pytest
from fontTools.ttLib import TTFont

from mangetamain_analytics.utils.typography import BODY_FONT, DISPLAY_FONT, font_faces

ASSETS = Path(mangetamain_analytics.__file__).parent / "assets"
FRENCH = "éèêëàâçîïôûùüœæÉÈÀÇŒ«»’…–€²±−×"


def font_file(face):
    return ASSETS / face["url"].removeprefix("/assets/")


def test_both_typefaces_come_from_our_own_server():
    assert {face["family"] for face in font_faces()} == {BODY_FONT, DISPLAY_FONT}
    assert all(face["url"].startswith("/assets/fonts/") for face in font_faces())


@pytest.mark.parametrize("face", font_faces(), ids=lambda face: face["family"])
def test_a_font_file_draws_french(face):
    with TTFont(font_file(face)) as font:
        assert font.flavor == "woff2"
        missing = [letter for letter in FRENCH if ord(letter) not in font.getBestCmap()]
    assert missing == []


def test_the_body_font_has_the_weights_it_announces():
    face = next(face for face in font_faces() if face["family"] == BODY_FONT)
    with TTFont(font_file(face)) as font:
        weight = next(axis for axis in font["fvar"].axes if axis.axisTag == "wght")
    assert face["weight"] == f"{weight.minValue:g} {weight.maxValue:g}"


def test_the_fonts_of_a_page_weigh_less_than_60_kb():
    assert sum(font_file(face).stat().st_size for face in font_faces()) < 60_000


def test_every_font_in_the_folder_is_used_and_carries_its_licence():
    folder = ASSETS / "fonts"
    assert {path.name for path in folder.glob("*.woff2")} == {
        font_file(face).name for face in font_faces()
    }
    for family in (BODY_FONT, DISPLAY_FONT):
        licence = (folder / f"{family.lower()}-OFL.txt").read_text(encoding="utf-8")
        assert "SIL Open Font License, Version 1.1" in " ".join(licence.split())
