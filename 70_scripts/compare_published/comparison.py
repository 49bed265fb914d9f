"""Sets every published figure beside ours, or says why it is not there."""

import math
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from . import cleaning, ratings, seasonality, trends, weekend
from .corrected import CORRECTED
from .not_kept import NOT_KEPT
from .registry import Value
from .site import Site

PAGES = (cleaning, trends, seasonality, weekend, ratings)
COMPARED = [figure for page in PAGES for figure in page.FIGURES.items()]
IS_P_VALUE = re.compile(r"(^|[./_])p$|chi2_p/")


@dataclass(frozen=True)
class Row:
    """One published number beside ours; `figure` is the id, then the keys inside its value."""

    figure: str
    published: float
    computed: float

    @property
    def is_p_value(self) -> bool:
        """Tell whether the number is a p-value: compared by what it decides."""
        return bool(IS_P_VALUE.search(self.figure))

    @property
    def same_side(self) -> bool:
        """Tell whether both p-values lie on the same side of 0.05."""
        return (self.published < 0.05) == (self.computed < 0.05)

    @property
    def gap(self) -> float:
        """Ours less theirs, as a share of the published size."""
        if self.published == self.computed:
            return 0.0
        return (self.computed - self.published) / max(abs(self.published), 1e-12)

    @property
    def family(self) -> str:
        """The first two parts of the id."""
        return ".".join(self.figure.split("/")[0].split(".")[:2])


@dataclass(frozen=True)
class Comparison:
    """Every published figure, by how it ends.

    `compared` holds numbers by id; `missing` names the numbers that the data do not have.
    """

    compared: dict[str, list[Row]]
    missing: list[str]
    corrected: dict[str, tuple[list[str], str, str]]  # pattern: ids, why, ours
    not_kept: dict[str, tuple[list[str], str]]  # pattern: ids, why
    published: dict[str, Value]

    @property
    def numbers(self) -> list[Row]:
        """Every number that is compared."""
        return [row for found in self.compared.values() for row in found]


def matches(figure: str) -> list[str]:
    """Return every pattern that claims a published id: there has to be exactly one."""
    patterns = [*(pattern for pattern, _ in COMPARED), *CORRECTED, *NOT_KEPT]
    return [pattern for pattern in patterns if re.fullmatch(pattern, figure)]


def compare(site: Site, published: dict[str, Value]) -> Comparison:
    """Sort every published figure.

    Raises:
        ValueError: A figure has no place, or more than one.
    """
    computing = dict(COMPARED)
    compared: dict[str, list[Row]] = {}
    missing: list[str] = []
    claimed: dict[str, list[str]] = defaultdict(list)
    for figure, value in published.items():
        patterns = matches(figure)
        if len(patterns) != 1:
            raise ValueError(f"{figure}: claimed by {len(patterns)} patterns: {patterns}")
        (pattern,) = patterns
        claimed[pattern].append(figure)
        if pattern in computing:
            groups = re.fullmatch(pattern, figure)
            computed = computing[pattern](site, *(groups.groups() if groups else ()))
            compared[figure] = list(rows(figure, value, computed, missing))
    return Comparison(
        compared,
        missing,
        {p: (claimed[p], why, ours(site)) for p, (why, ours) in CORRECTED.items() if claimed[p]},
        {p: (claimed[p], why) for p, why in NOT_KEPT.items() if claimed[p]},
        published,
    )


def rows(figure: str, published: Value, computed: Value, missing: list[str]) -> Iterator[Row]:
    """Yield the numbers of a figure.

    A list of names counts the names that both have; a date is read as one number.
    """
    if isinstance(published, dict):
        for key, value in published.items():
            inner = computed.get(key) if isinstance(computed, dict) else None
            yield from rows(f"{figure}/{key}", value, inner, missing)
    elif isinstance(published, list) and figure.endswith("_order"):
        yield Row(figure, len(published), len(set(published) & set(computed)))
    elif isinstance(published, list):
        for place, value in enumerate(published):
            inner = computed[place] if isinstance(computed, list) else None
            yield from rows(f"{figure}/{place}", value, inner, missing)
    elif isinstance(published, str):
        yield Row(figure, *(float(text.replace("-", "")) for text in (published, computed)))
    elif computed is None or not math.isfinite(computed):
        missing.append(figure)
    else:
        yield Row(figure, float(published), float(computed))
