"""Whether the share of the recipes that carry an item depends on the group."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from mangetamain_analytics.utils.group_tests import SMALLEST_GROUP
from mangetamain_analytics.utils.statistics import NORMAL_QUANTILE, Matrix, Vector


@dataclass(frozen=True)
class ItemShares:
    """The share of each group's recipes that carry each item; a row per item in every array.

    `chi_squared` tests that the share is the same in all groups, `cramers_v` is its effect size.
    """

    shares: Matrix
    mean_share: Vector  # unweighted mean of the groups' shares
    share_range: Vector
    variation: Vector  # SD of the groups' shares (n − 1) over their mean
    chi_squared: Vector
    p_value: Vector
    cramers_v: Vector

    def followed_by(self, other: "ItemShares") -> "ItemShares":
        """Return the rows of both."""
        columns = zip(vars(self).values(), vars(other).values(), strict=True)
        return ItemShares(*(np.concatenate(both) for both in columns))


def frequent_enough(n_with: Matrix, n_all: Vector) -> NDArray[np.bool_]:
    """Tell which items have at least five expected recipes with and without them in every group.

    Args:
        n_with: Recipes with the item; a row per item, a column per group.
        n_all: All recipes, per group.
    """
    share = n_with.sum(axis=1) / n_all.sum()
    smallest = float(n_all.min())
    return np.asarray(np.minimum(share, 1 - share) * smallest >= SMALLEST_GROUP)


def item_shares(n_with: Matrix, n_all: Vector, *, yates: bool = False) -> ItemShares:
    """Test for each item whether its share of the recipes depends on the group.

    Args:
        n_with: Recipes with the item; a row per item, a column per group. Every item and every
            group has a recipe, and no item is in all recipes (see `frequent_enough`).
        n_all: All recipes, per group.
        yates: Correct χ² for continuity, of use to 2 × 2 tables only. Cramér's V, an effect size,
            is never corrected.
    """
    share_of_all = n_with.sum(axis=1, keepdims=True) / n_all.sum()
    # Present and absent deviate alike: both rows of the table in one term.
    scale = share_of_all * (1 - share_of_all) * n_all
    gaps = np.abs(n_with - share_of_all * n_all)
    plain = (gaps**2 / scale).sum(axis=1)
    corrected = (np.maximum(gaps - 0.5, 0) ** 2 / scale).sum(axis=1) if yates else plain
    shares = n_with / n_all
    mean = shares.mean(axis=1)
    return ItemShares(
        shares=shares,
        mean_share=mean,
        share_range=np.ptp(shares, axis=1),
        variation=shares.std(axis=1, ddof=1) / mean,
        chi_squared=corrected,
        p_value=np.asarray(special.chdtrc(len(n_all) - 1, corrected)),
        cramers_v=np.sqrt(plain / n_all.sum()),
    )


def shares_of_any(n_with: Matrix, n_all: Vector, *, yates: bool = False) -> ItemShares:
    """Give what `item_shares` gives, with nan for the tests of items that are not frequent enough.

    Args:
        n_with: As `item_shares`; every item has a recipe.
        n_all: All recipes, per group.
        yates: As `item_shares`.
    """
    is_tested = frequent_enough(n_with, n_all)
    tested = item_shares(n_with[is_tested], n_all, yates=yates)

    def where_tested(values: Vector) -> Vector:
        filled = np.full(len(n_with), np.nan)
        filled[is_tested] = values
        return filled

    shares = n_with / n_all
    mean = shares.mean(axis=1)
    return ItemShares(
        shares=shares,
        mean_share=mean,
        share_range=np.ptp(shares, axis=1),
        variation=shares.std(axis=1, ddof=1) / mean,
        chi_squared=where_tested(tested.chi_squared),
        p_value=where_tested(tested.p_value),
        cramers_v=where_tested(tested.cramers_v),
    )


def share_intervals(n_with: Matrix, n_all: Vector) -> tuple[Vector, Vector]:
    """Give both ends of the 95 % interval of each share of a group's recipes.

    Wilson's score interval (Journal of the American Statistical Association 22, 1927).
    """
    z, share = NORMAL_QUANTILE, n_with / n_all
    middle = (n_with + z**2 / 2) / (n_all + z**2)
    half = z * np.sqrt(share * (1 - share) * n_all + z**2 / 4) / (n_all + z**2)
    return middle - half, middle + half


def share_differences(n_with: Matrix, n_all: Vector) -> tuple[Vector, Vector, Vector]:
    """Give each item's share in the second of two groups minus the first, and its interval.

    Newcombe's hybrid score interval (Statistics in Medicine 17, 1998, method 10).
    """
    share, (lows, highs) = n_with / n_all, share_intervals(n_with, n_all)
    below, above = share - lows, highs - share
    difference = share[:, 1] - share[:, 0]
    low = difference - np.hypot(below[:, 1], above[:, 0])
    high = difference + np.hypot(above[:, 1], below[:, 0])
    return difference, low, high
