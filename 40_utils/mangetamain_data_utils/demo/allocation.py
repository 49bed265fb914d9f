"""From expected numbers to whole ones, and from ranks to values."""

import numpy as np

from .targets import Floats, Ints


def whole_shares(weights: Floats, total: int) -> Ints:
    """Whole numbers proportional to `weights` that sum to `total` (largest remainders)."""
    exact = weights * (total / weights.sum())
    whole: Ints = np.floor(exact).astype(np.int64)
    short = total - int(whole.sum())
    whole[np.argsort(whole - exact, kind="stable")[:short]] += 1
    return whole


def systematic_counts(expected: Floats, rng: np.random.Generator) -> Ints:
    """Whole numbers within 1 of `expected`, every run of them within 1 of its own sum."""
    edges = np.floor(np.concatenate(([0.0], np.cumsum(expected))) + rng.random() + 1e-9)
    return np.diff(edges).astype(np.int64)


def power_law_counts(least: int, most: int, offset: float, exponent: float, size: int) -> Ints:
    """`size` whole numbers, descending, spread as P(k) ~ (k + offset) ** -exponent."""
    k = np.arange(least, most + 1)
    cumulated = np.cumsum((k + offset) ** -exponent)
    levels = (np.arange(size) + 0.5) / size
    return k[np.searchsorted(cumulated / cumulated[-1], levels)][::-1].copy()


def adjust_total(counts: Ints, total: int, least: int) -> Ints:
    """Descending counts nudged until they sum to `total`, none below `least`.

    What is missing goes to the large ones (by squares: quartiles stay), an excess is taken in
    proportion.
    """
    spare: Ints = counts - least
    wanted = total - least * len(counts)
    if wanted < 0:
        raise ValueError(f"{len(counts)} counts of {least} or more cannot sum to {total}")
    if wanted > spare.sum():
        weights = spare.astype(np.float64) ** 2 + 1e-9
        spare = np.add(spare, whole_shares(weights, wanted - int(spare.sum())))
    else:
        spare = whole_shares(spare.astype(np.float64) + 1e-9, wanted)
    return np.sort(spare + least)[::-1]


def by_rank(sorted_values: Floats, latent: Floats, block: Ints) -> Floats:
    """Values dealt by rank of `latent` inside each block.

    `sorted_values` lists the blocks one after the other, ascending inside each.
    """
    dealt = np.empty_like(sorted_values)
    dealt[np.lexsort((latent, block))] = sorted_values
    return dealt


def rake(seed: Floats, margins: list[tuple[Ints, Floats]], rounds: int = 30) -> Floats:
    """`seed` scaled until its sums by each label array equal that array's targets (IPF)."""
    fitted = seed.astype(float)
    for _ in range(rounds):
        for labels, target in margins:
            sums = np.bincount(labels, fitted, len(target))
            ratio = np.divide(target, sums, out=np.zeros_like(target), where=sums > 0)
            fitted = fitted * ratio[labels]
    return fitted
