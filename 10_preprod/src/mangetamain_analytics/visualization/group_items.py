"""S5, S6, E5, E6: items whose share of the recipes is compared between groups of recipes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mangetamain_analytics.utils.group_item_insights import SMALLEST_MEAN_SHARE
from mangetamain_analytics.utils.insights import SIGNIFICANCE, Item
from mangetamain_analytics.utils.item_shares import ItemShares, frequent_enough, item_shares
from mangetamain_analytics.utils.statistics import Matrix, Vector, adjust_p_values

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
        """Return the indices that are drawn: the established items, else the largest effects."""
        return list(kept[:N_SHOWN]) or _downwards(by)[:N_SHOWN_UNESTABLISHED]


def compare_items(
    names: Sequence[str], n_with: Matrix, n_all: Vector, *, yates: bool = False
) -> ComparedItems:
    """Test the frequent items between the groups that hold recipes; none without two groups.

    Args:
        names: Of the items.
        n_with: Recipes with the item; a row per item, a column per group.
        n_all: All recipes, per group.
        yates: As `item_shares`.
    """
    groups = np.flatnonzero(n_all)
    n_with, n_all = n_with[:, groups], n_all[groups]
    if len(groups) < 2:
        n_with, n_all = np.empty((0, 2)), np.ones(2)  # no item, for want of a comparison
    # The mean share looks at no difference: it chooses what is tested without bias.
    mean_share = (n_with / n_all).mean(axis=1)
    chosen = np.flatnonzero(
        (mean_share >= SMALLEST_MEAN_SHARE) & frequent_enough(n_with, n_all)
    ).tolist()
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
