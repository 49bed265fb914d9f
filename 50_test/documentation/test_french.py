"""The French texts of the documentation: all there, about the same things, as French is set."""

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

SOURCES = Path(__file__).parents[2] / "90_doc"
FRENCH = SOURCES / "locale/fr/LC_MESSAGES/documentation.po"
NOT_PROSE = re.compile(r"\{\w+\}`[^`]*`|`[^`]*`|\$[^$]*\$|\]\([^)]*\)")


def catalogue(path: Path) -> Catalog:
    """Read a catalogue; its messages without the head."""
    with path.open("rb") as file:
        return read_po(file)


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Every text that the sources, and what is generated into them, ask a translation of."""
    folder = tmp_path_factory.mktemp("messages")
    sphinx = [sys.executable, "-m", "sphinx", "--quiet", "--builder", "gettext"]
    trees = ["--doctree-dir", str(folder / "trees")]
    subprocess.run([*sphinx, *trees, str(SOURCES), str(folder)], check=True)
    return {message.id for message in catalogue(folder / "documentation.pot") if message.id}


def test_every_text_has_its_french_and_no_french_is_left_over(asked: set[str]) -> None:
    french = catalogue(FRENCH)
    written = {message.id for message in french if message.id and message.string}

    assert len(asked) > 300
    assert asked - written == set(), "`make messages` asks for these"
    assert written - asked == set(), "`make messages` drops these"
    assert not french.obsolete
    assert [message.id for message in french if message.fuzzy and message.id] == []


def test_french_names_the_same_code_and_the_same_pages() -> None:
    def named(text: str) -> Counter[str]:
        return Counter(part for part in NOT_PROSE.findall(text) if not part.startswith("$"))

    different = [m.id for m in catalogue(FRENCH) if m.id and named(m.id) != named(m.string)]

    assert different == []


@pytest.mark.parametrize(
    ("fault", "pattern"),
    [
        ("no unbreakable space before high punctuation", r"(?<![\u00a0\u202f])[;:!?»%](?=\s|$)"),
        ("no unbreakable space after a quotation mark", r"«(?!\u00a0)"),
        ("an apostrophe or a quotation mark of a typewriter", r"['\"]"),
        ("three dots instead of an ellipsis", r"\.\.\."),
        ("two spaces", r"  "),
    ],
)
def test_french_is_set_as_french_is(fault: str, pattern: str) -> None:
    texts = (NOT_PROSE.sub("x", m.string) for m in catalogue(FRENCH) if m.id)

    assert [text for text in texts if re.search(pattern, text)] == [], fault
