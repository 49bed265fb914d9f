"""The arithmetic under the generator, on numbers small enough to check by hand."""

import numpy as np
import pytest

from mangetamain_data_utils.demo.allocation import (
    adjust_total,
    by_rank,
    power_law_counts,
    rake,
    systematic_counts,
    whole_shares,
)
from mangetamain_data_utils.demo.doubles import separate_doubles
from mangetamain_data_utils.demo.effort import tilt
from mangetamain_data_utils.demo.items import rank_curve
from mangetamain_data_utils.demo.shifts import shift_group_means


def test_whole_shares_give_the_rest_to_the_largest_remainders() -> None:
    # exact shares 5.5, 3.3, 2.2 of 11: floors 5, 3, 2 leave one for the remainder .5
    assert whole_shares(np.array([50.0, 30.0, 20.0]), 11).tolist() == [6, 3, 2]


def test_systematic_counts_stay_within_one_of_every_expected_number() -> None:
    expected = np.array([0.3, 2.7, 0.0, 1.5, 4.5])
    for seed in range(50):
        counts = systematic_counts(expected, np.random.default_rng(seed))
        assert np.abs(counts - expected).max() < 1
        assert counts.sum() == 9


def test_adjusted_counts_keep_their_order_and_reach_the_total() -> None:
    assert adjust_total(np.array([9, 3, 1, 1]), 24, 1).tolist() == [18, 4, 1, 1]
    assert adjust_total(np.array([9, 3, 1, 1]), 9, 1).tolist() == [5, 2, 1, 1]
    with pytest.raises(ValueError, match="4 counts of 1 or more cannot sum to 3"):
        adjust_total(np.array([9, 3, 1, 1]), 3, 1)


def test_power_law_counts_follow_their_law() -> None:
    # P(1), P(2), P(3) are 1, 1/4, 1/9 over 1.3611: 73.5 %, 18.4 %, 8.2 %
    counts = power_law_counts(1, 3, 0.0, 2.0, 1000)
    assert np.bincount(counts)[1:].tolist() == pytest.approx([735, 184, 82], abs=1)
    assert counts[0] == 3


def test_values_are_dealt_by_rank_inside_each_block() -> None:
    values = np.array([1.0, 2.0, 3.0, 10.0, 20.0])  # block 0 has three, block 1 two
    latent = np.array([0.5, -1.0, 9.0, 0.0, 8.0])
    block = np.array([0, 1, 0, 0, 1])
    assert by_rank(values, latent, block).tolist() == [2.0, 10.0, 3.0, 1.0, 20.0]


def test_raking_meets_both_margins() -> None:
    rows, columns = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])
    margins = [(rows, np.array([30.0, 70.0])), (columns, np.array([40.0, 60.0]))]
    fitted = rake(np.array([1.0, 2.0, 3.0, 4.0]), margins, rounds=50)
    assert np.bincount(rows, fitted).tolist() == pytest.approx([30, 70])
    assert np.bincount(columns, fitted).tolist() == pytest.approx([40, 60])
    # raking keeps the odds ratio of the seed: (1 * 4) / (2 * 3)
    assert fitted[0] * fitted[3] / (fitted[1] * fitted[2]) == pytest.approx(2 / 3)


def test_swaps_leave_nobody_with_the_same_thing_twice_and_lose_nothing() -> None:
    owner = np.repeat(np.arange(50), 4)
    held = np.repeat(np.arange(20), 10)
    group = owner // 10
    before = [sorted(held[group == g]) for g in range(5)]
    assert len(set(zip(owner, held, strict=True))) < 200
    separate_doubles(owner, held, [np.zeros_like(owner)], np.random.default_rng(1))
    assert len(set(zip(owner.tolist(), held.tolist(), strict=True))) == 200
    assert np.bincount(held).tolist() == [10] * 20
    assert before != [sorted(held[group == g]) for g in range(5)]


def test_swaps_stay_inside_the_first_grouping_when_it_suffices() -> None:
    owner = np.repeat(np.arange(40), 3)
    group = (owner >= 20).astype(int)
    held = np.repeat(np.arange(12), 10)
    separate_doubles(owner, held, [group, np.zeros_like(group)], np.random.default_rng(2))
    assert set(held[group == 0]) == {0, 1, 2, 3, 4, 5}
    assert set(held[group == 1]) == {6, 7, 8, 9, 10, 11}


def test_an_impossible_matching_names_an_owner() -> None:
    owner, held = np.array([5, 5, 6]), np.array([1, 1, 1])
    with pytest.raises(ValueError, match="doubles remain, e.g. of owner 5"):
        separate_doubles(owner, held, [np.zeros(3, dtype=int)], np.random.default_rng(0))


def test_tilting_reaches_mean_and_variance() -> None:
    values = np.arange(2.0, 25.0)
    p = tilt(values, np.ones(23), 9.2, 4.6**2)
    assert p.sum() == pytest.approx(1)
    assert p @ values == pytest.approx(9.2)
    assert p @ values**2 - 9.2**2 == pytest.approx(4.6**2)


def test_tilting_to_the_own_mean_changes_nothing() -> None:
    weights = np.array([0.2, 0.5, 0.3])
    assert tilt(np.array([1.0, 2.0, 3.0]), weights, 2.1) == pytest.approx(weights)


def test_a_mean_outside_the_values_is_refused() -> None:
    with pytest.raises(ValueError, match="no distribution on 1.0..3.0 has mean 5"):
        tilt(np.array([1.0, 2.0, 3.0]), np.ones(3), 5.0)


def test_the_rank_curve_meets_head_total_and_both_ends() -> None:
    head = np.array([1000.0, 900.0])
    curve = rank_curve(head, 9000.0, 40, 200, 0.0)
    assert curve[:2].tolist() == [1000, 900]
    assert curve.sum() == pytest.approx(9000)
    assert curve[39] == pytest.approx(50) and curve[199] == pytest.approx(1)
    assert (np.diff(curve) < 0).all()


def test_groups_end_up_as_far_apart_as_published() -> None:
    rng = np.random.default_rng(3)
    latent, group = rng.standard_normal(20_000), rng.integers(0, 2, 20_000)
    values = np.sort(rng.exponential(40.0, 20_000))
    block = np.zeros(20_000, dtype=np.int64)

    def deal(moved: np.ndarray) -> np.ndarray:
        return by_rank(values, moved, block)

    everyone = np.ones(20_000, dtype=bool)
    moved = shift_group_means(
        deal, latent, [(group, np.array([100.0, 103.0]))], everyone, np.ones(20_000)
    )
    dealt = deal(moved)
    assert dealt[group == 1].mean() - dealt[group == 0].mean() == pytest.approx(3.0, abs=0.05)
    assert np.sort(dealt).tolist() == values.tolist()
