"""Every text used exists in every language, and every text that exists is used.

The convention that makes this exact is told in the docstring of `utils/i18n.py`.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from mangetamain_analytics.utils import i18n
from mangetamain_analytics.utils.i18n import (
    LANGUAGES,
    LOCALES_FOLDER,
    Message,
    Translator,
    translator,
)

PACKAGE = Path(i18n.__file__).parents[1]
CALLS_WITH_A_KEY = {"t", "Message"}
NAME_OF_KEYS = re.compile(r".*_keys?$", re.IGNORECASE)
NAME_IN_A_LOOP = re.compile(r"(.*_)?key$")
NO_BREAK = "\u00a0\u202f"
NOUN_VARIABLES = {"metric", "name"}  # may hold a noun with its article


def name_of(node: ast.expr | None) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Subscript(value=value):
            return name_of(value)
    return ""


def literals_of(node: ast.expr | None) -> Iterator[str]:
    """Strings of a literal, of the values of a dictionary, or of the items of a tuple."""
    match node:
        case ast.Constant(value=str(key)):
            yield key
        case ast.Dict(values=items) | ast.Tuple(elts=items) | ast.List(elts=items):
            for item in items:
                yield from literals_of(item)
        case ast.IfExp(body=body, orelse=orelse):
            yield from literals_of(body)
            yield from literals_of(orelse)


def keys_of_loop(loop: ast.For | ast.comprehension) -> Iterator[str]:
    """Strings that `key` or `*_key` takes in a loop over a literal."""
    items = loop.iter.elts if isinstance(loop.iter, ast.Tuple | ast.List) else []
    for item in items:
        match loop.target, item:
            case ast.Tuple(elts=names), ast.Tuple(elts=values):
                pairs = list(zip(names, values, strict=True))
            case target, value:
                pairs = [(target, value)]
        for target, value in pairs:
            if NAME_IN_A_LOOP.match(name_of(target)):
                yield from literals_of(value)


def names_in_loops(tree: ast.AST) -> set[str]:
    loops = [node for node in ast.walk(tree) if isinstance(node, ast.For | ast.comprehension)]
    names = {
        name_of(node)
        for loop in loops
        if list(keys_of_loop(loop))
        for node in ast.walk(loop.target)
        if isinstance(node, ast.Name)
    }
    return {name for name in names if NAME_IN_A_LOOP.match(name)}


def keys_of_call(call: ast.Call, place: str, loop_names: set[str]) -> Iterator[str]:
    for keyword in call.keywords:
        if NAME_OF_KEYS.match(keyword.arg or ""):
            yield from literals_of(keyword.value)
    if name_of(call.func) not in CALLS_WITH_A_KEY:
        return
    key = call.args[0] if call.args else None
    literals = list(literals_of(key))
    is_named = NAME_OF_KEYS.match(name_of(key)) or name_of(key) in loop_names
    assert literals or is_named, f"{place}: the key is not a literal"
    yield from literals


def keys_used_in(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    loop_names = names_in_loops(tree)
    for node in ast.walk(tree):
        match node:
            case ast.Call():
                yield from keys_of_call(node, f"{path.name}:{node.lineno}", loop_names)
            case ast.For() | ast.comprehension():
                yield from keys_of_loop(node)
            case ast.Assign(targets=[target], value=value) | ast.AnnAssign(
                target=target, value=value
            ):
                if NAME_OF_KEYS.match(name_of(target)):
                    yield from literals_of(value)


def keys_used_in_the_code() -> set[str]:
    return {key for path in sorted(PACKAGE.rglob("*.py")) for key in keys_used_in(path)}


def test_every_key_used_in_the_code_exists() -> None:
    assert keys_used_in_the_code() - translator("en").keys == set()


def test_every_key_that_exists_is_used() -> None:
    t = translator("en")
    used = keys_used_in_the_code()
    quoted = {inner for key in t.keys for inner in t.messages_within(key)}

    assert t.keys - used - quoted == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_the_keys_and_the_arguments_of_english(language: str) -> None:
    t, english = translator(language), translator("en")

    assert t.keys ^ english.keys == set()
    assert {key: t.variables(key) for key in t.keys} == {
        key: english.variables(key) for key in english.keys
    }


def test_each_language_has_the_files_of_english() -> None:
    def names(language: str) -> set[str]:
        return {path.name for path in (LOCALES_FOLDER / language).iterdir()}

    assert all(names(language) == names("en") for language in LANGUAGES)


def lines_of(language: str) -> Iterator[tuple[str, str]]:
    """Each line with a text, without the names inside `{ }` nor the comments."""
    for path in sorted((LOCALES_FOLDER / language).glob("*.ftl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if not line.startswith("#"):
                yield f"{language}/{path.name}:{number}", re.sub(r"\{[^}]*\}?", "X", line)


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_use_typographic_apostrophes_quotes_and_ellipses(language: str) -> None:
    wrong = [place for place, line in lines_of(language) if re.search(r"\w'\w|\"|\.\.\.", line)]

    assert wrong == []


def test_french_puts_a_no_break_space_before_high_punctuation_and_inside_quotes() -> None:
    ordinary_space = re.compile(r"[ \w)»][;:!?»%](?!\w|/)|«[^" + NO_BREAK + "]")
    wrong = [f"{place}: {line}" for place, line in lines_of("fr") if ordinary_space.search(line)]

    assert wrong == []


def in_every_noun(t: Translator, key: str) -> Iterator[str]:
    """The message with each noun that a variable of it may hold, article included."""
    nouns = [one for one in t.keys if one.startswith(("metric-", "ratings-the-"))]
    held = NOUN_VARIABLES & set(t.variables(key))
    for noun in nouns if held else nouns[:1]:
        yield t(key, **{name: Message(noun) if name in held else 2 for name in t.variables(key)})


def test_french_contracts_articles_wherever_a_noun_is_put_in() -> None:
    t = translator("fr")
    wrong = [
        text
        for key in t.keys
        for text in in_every_noun(t, key)
        if re.search(r"\b(de|à) les?\b", text)
    ]

    assert wrong == []


# The convention itself.


@pytest.mark.parametrize(
    ("code", "keys"),
    [
        ('t("a")', {"a"}),
        ('self.t("a", n=1)', {"a"}),
        ('Message("a", {"metric": Message("b")})', {"a", "b"}),
        ('Metric(name_key="a", unit_key="b", digits=2)', {"a", "b"}),
        ('LEVEL_KEYS = {1: "a", 2: "b"}\nt(LEVEL_KEYS[1])', {"a", "b"}),
        ('title_key: str = "a"\nt(title_key)', {"a"}),
        ('t("a" if rises else "b")', {"a", "b"}),
        ('[t(key) for key in ("a", "b")]', {"a", "b"}),
        ('for n, key in ((1, "a"), (2, "b")):\n    t(key, n=n)', {"a", "b"}),
        ('st.toggle("x", key="a")\nkey = "b"', set()),
        ('print("a", t(metric.name_key))', set()),
    ],
)
def test_keys_are_found(tmp_path: Path, code: str, keys: set[str]) -> None:
    path = tmp_path / "page.py"
    path.write_text(code, encoding="utf-8")

    assert set(keys_used_in(path)) == keys


@pytest.mark.parametrize(
    "code",
    [
        't(f"metric-{name}")',
        "t(name)",
        "t(key)",
        "[t(key) for key in names]",
        "Message(key='a')",
        "t()",
    ],
)
def test_a_key_that_no_test_could_find_is_refused(tmp_path: Path, code: str) -> None:
    path = tmp_path / "page.py"
    path.write_text(code, encoding="utf-8")

    with pytest.raises(AssertionError, match="page.py:1: the key is not a literal"):
        list(keys_used_in(path))
