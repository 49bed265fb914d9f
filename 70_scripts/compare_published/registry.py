"""How a published figure finds what computes it: by a pattern of its id."""

from collections.abc import Callable
from typing import Any

Value = Any  # a number, a text, a list or an object of them, as JSON has it
# The same from the site, by the groups of the pattern. Values of objects that are not published
# are ignored.
Compute = Callable[..., Value]
Figures = dict[str, Compute]


def registering(figures: Figures) -> Callable[[str], Callable[[Compute], Compute]]:
    """Return a decorator that registers what computes the figures whose whole id matches."""

    def compares(pattern: str) -> Callable[[Compute], Compute]:
        def register(compute: Compute) -> Compute:
            figures[pattern] = compute
            return compute

        return register

    return compares
