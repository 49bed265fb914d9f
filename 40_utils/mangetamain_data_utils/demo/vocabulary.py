"""Names of ingredients and tags, most popular first."""

import tomllib
from functools import cache

from .targets import read_text


@cache
def common_ingredients() -> tuple[str, ...]:
    """Ingredients that everyone knows, most popular first, without the published ones."""
    return tuple(tomllib.loads(read_text("vocabulary", "pantry.toml"))["common"])


@cache
def rare_ingredients() -> tuple[str, ...]:
    """Thousands of names built from modifiers and foods; plain foods first, groups interleaved."""
    groups = tomllib.loads(read_text("vocabulary", "pantry.toml"))["groups"]
    depths = (_plain, _modified, _twice_modified)
    names = (name for depth in depths for name in _interleave([depth(g) for g in groups]))
    return tuple(dict.fromkeys(names))


@cache
def tag_names() -> tuple[str, ...]:
    """Tags of Food.com, most popular first."""
    return tuple(read_text("vocabulary", "tags.txt").split())


def _plain(group: dict[str, list[str]]) -> list[str]:
    return group["foods"]


def _modified(group: dict[str, list[str]]) -> list[str]:
    return [f"{modifier} {food}" for modifier in group["modifiers"] for food in group["foods"]]


def _twice_modified(group: dict[str, list[str]]) -> list[str]:
    """Pairs from the two halves of the modifiers: "frozen" with "mashed", never with "fresh"."""
    half = len(group["modifiers"]) // 2
    pairs = [(a, b) for b in group["modifiers"][half:] for a in group["modifiers"][:half]]
    return [f"{a} {b} {food}" for a, b in pairs for food in group["foods"]]


def _interleave(lists: list[list[str]]) -> list[str]:
    """One name of each list in turn, until all are used."""
    longest = max(map(len, lists))
    return [names[i] for i in range(longest) for names in lists if i < len(names)]
