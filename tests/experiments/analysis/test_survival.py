"""Survival is the textbook's: remission of leukaemia under 6-MP (Freireich et al., 1963)."""

import numpy as np
import pytest

from experiments.analysis.statistics.survival import survival

ENDED = [6, 6, 6, 7, 10, 13, 16, 22, 23]  # weeks
CUT_OFF = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
BOOK = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}


def test_games_that_were_cut_off_count_as_long_as_they_lasted():
    times = np.array(ENDED + CUT_OFF)
    over = np.arange(len(times)) < len(ENDED)
    curve = survival(times, over)
    for week, alive in BOOK.items():
        assert curve.alive[np.searchsorted(curve.time, week)] == pytest.approx(alive, abs=5e-4)


def test_without_a_cut_it_is_the_share_that_lasted_longer():
    curve = survival(np.array([3.0, 1, 2, 2]), np.ones(4, bool))
    np.testing.assert_allclose(curve.time, [0, 1, 2, 3])
    np.testing.assert_allclose(curve.alive, [1, 0.75, 0.25, 0])


def test_where_nobody_dies_all_are_alive():
    curve = survival(np.array([5.0, 7]), np.zeros(2, bool))
    assert (curve.alive == 1).all()
