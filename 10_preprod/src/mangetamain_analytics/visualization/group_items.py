"""S5, S6, E5, E6: items whose share of the recipes is compared between groups of recipes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from mangetamain_analytics.utils.group_item_insights import share_threshold
from mangetamain_analytics.utils.group_tests import SMALLEST_GROUP
from mangetamain_analytics.utils.i18n import PValue, Translator
from mangetamain_analytics.utils.insights import (
    SIGNIFICANCE,
    Insight,
    Item,
    Verdict,
    difference_verdict,
)
from mangetamain_analytics.utils.item_shares import (
    ItemShares,
    frequent_enough,
    item_shares,
    shares_of_any,
)
from mangetamain_analytics.utils.statistics import Matrix, Vector, adjust_p_values
from mangetamain_analytics.visualization.group_tables import item_days_query
from mangetamain_analytics.visualization.item_choice import ChosenItems, choice_note
from mangetamain_analytics.visualization.item_links import MARK
from mangetamain_analytics.visualization.markup import VERDICT_KEYS, Column
from mangetamain_analytics.visualization.page import Analysis, Chart, Query, Visit

N_SHOWN = 20
N_SHOWN_UNESTABLISHED = 10  # the largest effects, shown where none is established

DEFINITION_KEYS = {
    Item.INGREDIENT: "group-ingredient-definition",
    Item.TAG: "group-tag-definition",
}


@dataclass(frozen=True)
class ItemKind:
    """What recipes are counted by on a page, with the text that names the analysis."""

    page: str
    item: Item
    name_key: str

    @property
    def id(self) -> str:
        """Anchor of the analysis."""
        return f"{self.page}-{self.item.value}s"


@dataclass(frozen=True)
class ComparedItems:
    """The items tested together between groups of recipes; a row per item in every array.

    `groups` are the columns of the groups that hold recipes, `p_adjusted` is corrected over all
    the items (Benjamini–Hochberg).
    """

    names: Sequence[str]
    groups: Sequence[int]
    n_with: Matrix
    n_all: Vector
    tested: ItemShares
    p_adjusted: Vector

    def established(self, sizes: Vector, smallest: float, *, by: Vector) -> list[int]:
        """Return the indices of what is significant and large enough, sorted by `by`, downwards."""
        is_kept = (sizes >= smallest) & (self.p_adjusted < SIGNIFICANCE)
        return [i for i in _downwards(by) if is_kept[i]]

    def shown(self, kept: Sequence[int], *, by: Vector) -> list[int]:
        """Return the indices of what stands out: what is established, else the largest effects."""
        return list(kept[:N_SHOWN]) or _downwards(by)[:N_SHOWN_UNESTABLISHED]


@dataclass(frozen=True)
class ItemRows:
    """The items that a chart shows: first those that the visitor chose, then what stands out.

    `items` are the items tested together, followed by the chosen ones that were not among them:
    their p-values, nan where an item is too rare to be tested, are corrected together with those
    of all the others, which they leave as they are.
    """

    items: ComparedItems
    chosen: Sequence[int]
    shown: Sequence[int]
    absent: Sequence[str]  # chosen, but carried by no recipe of these years

    def labels(self) -> list[str]:
        """Return the names shown, the chosen ones marked."""
        names = [self.items.names[i] for i in self.shown]
        return [
            MARK + name if i in self.chosen else name
            for i, name in zip(self.shown, names, strict=True)
        ]

    def verdict(self, i: int, size: float, smallest: float) -> Verdict:
        """Return what the tests say of an item."""
        p = float(self.items.p_adjusted[i])
        return Verdict.TOO_LITTLE_DATA if np.isnan(p) else difference_verdict(p, size, smallest)

    def sentence(self, t: Translator, i: int, facts: str, sizes: Vector, smallest: float) -> str:
        """Return the facts of a chosen item followed by what the test says of it.

        Args:
            t: Writes it.
            i: Index of the item.
            facts: Its shares in words.
            sizes: Of the difference, for every item.
            smallest: Size that matters.
        """
        p, verdict = float(self.items.p_adjusted[i]), self.verdict(i, float(sizes[i]), smallest)
        said = t(VERDICT_KEYS[verdict])
        if np.isnan(p):
            return t("chosen-untested", facts=facts, verdict=said)
        return t("chosen-tested", facts=facts, verdict=said, p=PValue(p))

    def queries(self, item: Item) -> list[Query]:
        """Return the queries that gave the numbers of the chosen items."""
        return [item_days_query(item, self.items.names[i]) for i in self.chosen]

    def column_of_choice(self) -> dict[str, list[bool]]:
        """Return the column that tells chosen items; none if there is no choice."""
        return {"is_chosen": [i in self.chosen for i in self.shown]} if self.chosen else {}


def choice_columns(t: Translator, table: pl.DataFrame) -> dict[str, Column]:
    """Return how the column of the choice is shown, if the table has it."""
    if "is_chosen" not in table.columns:
        return {}
    yes, no = t("chosen-yes"), t("chosen-no")
    return {"is_chosen": Column(t("column-chosen"), lambda x: yes if x else no, is_number=False)}


def choice_method(t: Translator, rows: ItemRows) -> list[str]:
    """Say how chosen items were tested, if there are any."""
    return [t("method-chosen-items", needed=SMALLEST_GROUP)] if rows.chosen else []


def items_method(t: Translator, compared: ComparedItems, min_share: float) -> list[str]:
    """Say how items were tested, and how many."""
    share = share_threshold(min_share)
    n_tests = len(compared.names)
    return [t("method-items-test", n_tests=n_tests, share=share, needed=SMALLEST_GROUP)]


def items_analysis(
    visit: Visit,
    kind: ItemKind,
    min_share: float,
    chosen: ChosenItems,
    rows: ItemRows,
    insight: Insight,
    chart: Callable[[], Chart],
) -> Analysis:
    """Return the analysis with its chart if there is an item to show, and what is left out."""
    t, notes = visit.t, []
    if len(rows.items.groups) < 2:
        notes.append(insight.sentence.text(t))
    elif insight.verdict is Verdict.TOO_LITTLE_DATA:
        share = share_threshold(min_share)
        notes.append(t("items-none-tested", share=share, needed=SMALLEST_GROUP))
    notes.append(choice_note(visit, chosen, rows.absent))
    return Analysis(
        id=kind.id,
        name=t(kind.name_key),
        charts=[chart()] if rows.shown else [],
        note=" ".join(note for note in notes if note),
    )


def rows_shown(
    compared: ComparedItems,
    shown: Sequence[int],
    chosen: Sequence[tuple[str, Vector]],
    *,
    yates: bool = False,
) -> ItemRows:
    """Put the chosen items before those that are shown anyway.

    Args:
        compared: The items tested together.
        shown: Indices of those that stand out.
        chosen: Names, and recipes per group, of the chosen items.
        yates: As `item_shares`.
    """
    if len(compared.groups) < 2:
        return ItemRows(compared, [], list(shown), [])
    place = {name: i for i, name in enumerate(compared.names)}
    present = [(name, n[compared.groups]) for name, n in chosen if n.any()]
    rare = [(name, n) for name, n in present if name not in place]
    if rare:
        place |= {name: len(compared.names) + i for i, (name, _) in enumerate(rare)}
        counts = np.array([n for _, n in rare])
        compared = _extended(compared, [name for name, _ in rare], counts, yates=yates)
    indices = [place[name] for name, _ in present]
    return ItemRows(
        items=compared,
        chosen=indices,
        shown=[*indices, *(i for i in shown if i not in indices)],
        absent=[name for name, n in chosen if not n.any()],
    )


def _extended(
    compared: ComparedItems, names: Sequence[str], n_with: Matrix, *, yates: bool = False
) -> ComparedItems:
    tested = shares_of_any(n_with, compared.n_all, yates=yates)
    p_value, is_tested = tested.p_value, ~np.isnan(tested.p_value)
    together = np.concatenate([compared.tested.p_value, p_value[is_tested]])
    p_adjusted = np.full(len(names), np.nan)
    p_adjusted[is_tested] = adjust_p_values(together, "bh")[len(compared.names) :]
    return replace(
        compared,
        names=[*compared.names, *names],
        n_with=np.concatenate([compared.n_with, n_with]),
        tested=compared.tested.followed_by(tested),
        p_adjusted=np.concatenate([compared.p_adjusted, p_adjusted]),
    )


def compare_items(
    names: Sequence[str],
    n_with: Matrix,
    n_all: Vector,
    min_share: float,
    *,
    yates: bool = False,
) -> ComparedItems:
    """Test the frequent items between the groups that hold recipes; none without two groups.

    Args:
        names: Of the items.
        n_with: Recipes with the item; a row per item, a column per group.
        n_all: All recipes, per group.
        min_share: Mean of the shares of the groups, from which an item is tested.
        yates: As `item_shares`.
    """
    groups = np.flatnonzero(n_all)
    n_with, n_all = n_with[:, groups], n_all[groups]
    if len(groups) < 2:
        n_with, n_all = np.empty((0, 2)), np.ones(2)  # no item, for want of a comparison
    # The mean share looks at no difference: it chooses what is tested without bias.
    mean_share = (n_with / n_all).mean(axis=1)
    chosen = np.flatnonzero((mean_share >= min_share) & frequent_enough(n_with, n_all)).tolist()
    tested = item_shares(n_with[chosen], n_all, yates=yates)
    return ComparedItems(
        names=[names[i] for i in chosen],
        groups=groups.tolist(),
        n_with=n_with[chosen],
        n_all=n_all,
        tested=tested,
        p_adjusted=adjust_p_values(tested.p_value, "bh"),
    )


def _downwards(by: Vector) -> list[int]:
    order: list[int] = np.argsort(-by, kind="stable").tolist()
    return order
