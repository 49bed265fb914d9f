"""Small shifts of a latent variable that bring the means of groups to their targets."""

from collections.abc import Callable

import numpy as np

from .targets import Floats, Ints

ROUNDS = 5
# Heavy tails make the first step overshoot; a damped one converges on every column.
DAMPING = 0.8
LARGEST_STEP = 0.15


def shift_group_means(
    deal: Callable[[Floats], Floats],
    latent: Floats,
    groupings: list[tuple[Ints, Floats]],
    counted: np.ndarray,
    response: Floats,
) -> Floats:
    """`latent` moved so that dealt values have the published differences between groups.

    Only differences are fitted: the published group means are re-centred on the mean that the
    dealt values have already. `response` says how much of a shift each row feels; `counted` masks
    the rows whose means are compared.
    """
    moved = latent.copy()
    for _ in range(ROUNDS):
        for labels, targets in groupings:
            values = deal(moved)
            slope = float(np.cov(values[counted], moved[counted])[0, 1])
            shift = DAMPING * _mean_gaps(values[counted], labels[counted], targets) / slope
            moved = moved + response * np.clip(shift, -LARGEST_STEP, LARGEST_STEP)[labels]
    return moved


def _mean_gaps(values: Floats, labels: Ints, targets: Floats) -> Floats:
    """Target minus actual mean of each group, both measured from their common centre."""
    sizes = np.bincount(labels, minlength=len(targets))
    sums = np.bincount(labels, values, len(targets))
    means = np.divide(sums, sizes, out=np.zeros(len(targets)), where=sizes > 0)
    present = sizes > 0
    weights = sizes / sizes.sum()
    gaps = (targets - weights @ targets) - (means - weights @ means)
    return np.where(present, gaps, 0.0)
