"""What documents name in code exists: files, commands, settings, addresses, columns."""

import re
import subprocess
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import pytest
from starlette.routing import Match

from mangetamain_analytics.routes import ROUTES, nowhere
from mangetamain_data_utils.cli import main
from mangetamain_data_utils.models import read_sql

REPOSITORY = Path(__file__).parents[2]
DOCUMENTS = sorted(
    str(path.relative_to(REPOSITORY))
    for pattern in ("README.md", "*/README.md", "90_doc/**/*.md")
    for path in REPOSITORY.glob(pattern)
)
CODE = re.compile(r"(?<!`)(`{1,2})(?!`)(.+?)\1(?!`)")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
FILE_KINDS = "bash|cfg|css|env|html|ini|js|json|md|po|py|sh|sql|toml|yml"
# What runs or builds leave behind, and what lies in the store: in no clone.
MADE = re.compile(r"(96_keys|\.data|backups|data|claims)/|.*(release\.env|history\.tsv|/logs/?)$")
IN_A_CONTAINER = {"/data", "/logs", "/tmp"}
MADE_FILES = {"current.json", "report.html", "release.env", "docker-compose"}


@cache
def tracked() -> frozenset[str]:
    """Every file of the repository, and every folder that holds one."""
    listed = subprocess.run(
        ["git", "-C", str(REPOSITORY), "ls-files", "--cached", "--others", "--exclude-standard"],
        capture_output=True,
        text=True,
    )
    if listed.returncode:
        pytest.skip("this folder has no git history that tells its files (an archive?)")
    files = [Path(name) for name in listed.stdout.splitlines()]
    folders = {str(folder) for file in files for folder in file.parents}
    return frozenset(map(str, files)) | folders


@cache
def words_of_code() -> frozenset[str]:
    """Every name in capitals that a file holds which is neither a document nor a test."""
    texts = (
        (REPOSITORY / name).read_text(encoding="utf-8", errors="ignore")
        for name in tracked()
        if not name.endswith((".md", ".po", ".lock"))
        and not re.search(r"(^|/)(50_test|tests)/", name)
        and (REPOSITORY / name).is_file()
    )
    return frozenset(word for text in texts for word in re.findall(r"[A-Z][A-Z0-9_]+", text))


@cache
def columns() -> dict[str, set[str]]:
    """The columns of each table of the site's file."""
    found: dict[str, set[str]] = {}
    for table, column in re.findall(
        r"\('?(\w+)'?, \d+, '(\w+)'", read_sql("checks/schema_equals_contract")
    ):
        found.setdefault(table, set()).add(column)
    return found


@cache
def targets() -> frozenset[str]:
    """What `make` can be asked for."""
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    return frozenset(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))


def spans(text: str) -> Iterator[str]:
    """Each piece of code in a document: in a sentence, or a line of a shell's block."""
    for language, block in FENCE.findall(text):
        if language == "sh":
            yield from (line.split("#")[0].strip() for line in block.splitlines())
    for _, code in CODE.findall(FENCE.sub("", text)):
        yield code


def unknown(code: str) -> Iterator[str]:
    """What a piece of code names and nothing knows."""
    for word in re.findall(r"\b[A-Z][A-Z0-9]+(?:_[A-Z0-9]+)+\b", code):
        if word not in words_of_code():
            yield f"variable {word}"
    for target in re.findall(r"\bmake ([a-z-]+)", code):
        if target not in targets():
            yield f"make {target}"
    for command in re.findall(r"\bmangetamain-data ([a-z]+)", code):
        if command not in main.commands:
            yield f"mangetamain-data {command}"
    for table, column in re.findall(r"^(\w+)\.(\w+)$", code):
        if table in columns() and column not in columns()[table]:
            yield f"column {code}"
    if re.fullmatch(r"/[a-z]\w*(\.\w+)?(\?\S*)?", code) and code not in IN_A_CONTAINER:
        if not is_served(code.split("?")[0]):
            yield f"address {code}"
    for word in code.split():
        if is_missing(word.strip("$(),")):
            yield f"file {word}"


def is_served(path: str) -> bool:
    """Tell whether the site answers an address by a route of its own."""
    scope = {"type": "http", "method": "GET", "path": path, "headers": []}
    matched = (route for route in ROUTES if route.matches(scope)[0] is not Match.NONE)
    return getattr(next(matched, None), "endpoint", nowhere) is not nowhere


def is_missing(path: str) -> bool:
    """Tell whether a word names a file or a folder that is not there."""
    top = {name for name in tracked() if "/" not in name} - {"."}
    is_file = re.fullmatch(rf"[\w./<>…*{{}},-]*\w\.(?:{FILE_KINDS})", path)
    if not (is_file or path.split("/")[0] in top and "/" in path):
        return False
    if MADE.match(path) or path in MADE_FILES or path.startswith(("~", "$", "http")):
        return False
    pattern = re.sub(r"<\w+>|…", "*", path.rstrip("/"))
    return not any(
        fnmatch(name, candidate) or fnmatch(name, f"*/{candidate}")
        for candidate in braces_opened(pattern)
        for name in tracked()
    )


def braces_opened(pattern: str) -> list[str]:
    """Write `a{b,c}` out as the shell does."""
    choice = re.search(r"\{([^{}]*)\}", pattern)
    if not choice:
        return [pattern]
    before, after = pattern[: choice.start()], pattern[choice.end() :]
    return [
        opened for part in choice[1].split(",") for opened in braces_opened(before + part + after)
    ]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_what_a_document_names_exists(document: str) -> None:
    text = (REPOSITORY / document).read_text(encoding="utf-8")

    assert [name for code in spans(text) for name in unknown(code)] == []


@pytest.mark.parametrize("folder", ["00_eda", "30_docker", "70_scripts"])
def test_every_file_of_a_folder_is_told_in_its_readme(folder: str) -> None:
    text = (REPOSITORY / folder / "README.md").read_text(encoding="utf-8")
    told = {name for code in spans(text) for name in braces_opened(code.split()[0])}
    told |= {f"{name}.{kind}" for name in told for kind in ("py", "yml")}
    files = {name.split("/")[1] for name in tracked() if name.startswith(f"{folder}/")}

    assert files - {name.strip("/") for name in told} - {"README.md", "common.bash"} == set()


@pytest.mark.parametrize(
    ("code", "missing"),
    [
        ("make check", []),
        ("make dinner", ["make dinner"]),
        ("mangetamain-data publish FILE", []),
        ("mangetamain-data publisch", ["mangetamain-data publisch"]),
        ("MANGETAMAIN_DB", []),
        ("MANGETAMAIN_DATABASE", ["variable MANGETAMAIN_DATABASE"]),
        ("recipes.submitted", []),
        ("recipes.submitted_at", ["column recipes.submitted_at"]),
        ("/readyz", []),
        ("/trends?lang=fr", []),
        ("/trend", ["address /trend"]),
        ("70_scripts/deploy prod preprod", []),
        ("70_scripts/deploi prod", ["file 70_scripts/deploi"]),
        ("sql/checks/<rule>.sql", []),
        ("utils/statistic.py", ["file utils/statistic.py"]),
    ],
)
def test_a_name_that_nothing_knows_is_noticed(code: str, missing: list[str]) -> None:
    assert list(unknown(code)) == missing
