import pytest

from mangetamain_analytics.visualization.explore.choice import N_CLOSE, close_names, known_name

NAMES = {
    "salt": 900,
    "butternut squash": 90,
    "acorn squash": 50,
    "confectioners' sugar": 40,
    "squash": 30,
    "crème fraîche": 20,
    "pumpkin": 10,
    "pumpkin seeds": 5,
}


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("pumpkin", "pumpkin"),
        ("Pumpkin", "pumpkin"),
        ("CRÈME FRAÎCHE", "crème fraîche"),
        ("confectioners' sugar", "confectioners' sugar"),
        ("pumkin", None),
        ("", None),
    ],
)
def test_a_name_is_known_whatever_the_case_of_its_letters(asked, name):
    assert known_name(NAMES, asked) == name


@pytest.mark.parametrize(
    ("asked", "close"),
    [
        ("Squash", ["butternut squash", "acorn squash", "squash"]),  # the most used first
        ("squash butternut", ["butternut squash"]),
        ("pumkin", ["pumpkin", "pumpkin seeds"]),
        ("confectioner sugar", ["confectioners' sugar"]),
        ("creme fraiche", ["crème fraîche"]),
        ("zzz", []),
        ("", []),
        ("   ", []),
    ],
)
def test_close_names_hold_the_words_or_are_spelled_alike(asked, close):
    assert close_names(NAMES, asked)[: max(1, len(close))] == close


def test_close_names_are_few():
    assert len(close_names({f"squash {i}": 1 for i in range(100)}, "squash")) == N_CLOSE
