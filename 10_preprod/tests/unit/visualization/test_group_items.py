import numpy as np

from mangetamain_analytics.visualization.group_items import ComparedItems

NAMES = ["large and sure", "sure but small", "large but unsure", "largest and sure"]
SIZES = np.array([0.6, 0.4, 2.0, 3.0])
P_ADJUSTED = np.array([0.01, 0.01, 0.05, 0.049])


def test_an_item_is_established_when_it_is_sure_and_large_enough():
    compared = ComparedItems(NAMES, [0, 1], None, None, None, P_ADJUSTED)

    established = compared.established(SIZES, 0.5, by=SIZES)

    assert [NAMES[i] for i in established] == ["largest and sure", "large and sure"]


def test_an_item_exactly_as_large_as_asked_for_is_large_enough():
    compared = ComparedItems(NAMES, [0, 1], None, None, None, P_ADJUSTED)
    assert 1 in compared.established(SIZES, 0.4, by=SIZES)
