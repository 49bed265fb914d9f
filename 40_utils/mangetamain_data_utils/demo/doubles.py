"""Repair of a random matching in which one owner must not hold the same thing twice."""

import numpy as np

from .targets import Ints

# Rounds of swaps tried inside one grouping of the slots before the next, coarser one.
ROUNDS_PER_GROUPING = 40


def separate_doubles(
    owner: Ints, held: Ints, groupings: list[Ints], rng: np.random.Generator
) -> None:
    """Swap `held` in place between slots until no owner holds a thing twice.

    Partners come from the same group of the first grouping; what is left after some rounds is
    tried with the next one. ValueError when the last grouping does not suffice either.
    """
    n_things = int(held.max()) + 1
    suspects = np.arange(len(held))
    for group in groupings:
        by_group = np.argsort(group, kind="stable")
        start = np.searchsorted(group[by_group], np.arange(group.max() + 2))
        for _ in range(ROUNDS_PER_GROUPING):
            doubles = _doubles(owner, held, suspects, n_things)
            if not len(doubles):
                return
            low, high = start[group[doubles]], start[group[doubles] + 1]
            partners = by_group[rng.integers(low, high)]
            first, second = _disjoint(doubles, partners)
            held[first], held[second] = held[second], held[first]
            touched = np.zeros(int(owner.max()) + 1, dtype=bool)
            touched[owner[np.concatenate([doubles, partners])]] = True
            suspects = np.flatnonzero(touched[owner])
    if len(doubles := _doubles(owner, held, suspects, n_things)):
        raise ValueError(f"{len(doubles)} doubles remain, e.g. of owner {owner[doubles[0]]}")


def _doubles(owner: Ints, held: Ints, suspects: Ints, n_things: int) -> Ints:
    """Slots of `suspects` whose owner holds the same thing in an earlier slot."""
    key = owner[suspects] * n_things + held[suspects]
    order = np.argsort(key, kind="stable")
    repeated = np.flatnonzero(np.diff(key[order]) == 0) + 1
    return suspects[order[repeated]]


def _disjoint(first: Ints, second: Ints) -> tuple[Ints, Ints]:
    """The pairs in which no slot occurs a second time, so that all swaps can be done at once."""
    both = np.stack([first, second], axis=1).ravel()
    _, index, count = np.unique(both, return_index=True, return_counts=True)
    once = np.zeros(len(both), dtype=bool)
    once[index[count == 1]] = True
    keep = once.reshape(-1, 2).all(axis=1)
    return first[keep], second[keep]
