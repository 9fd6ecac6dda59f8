"""Promises of progression: figures from BALROG (Paglieri et al., 2024), and order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envs.nethack.progression import progression

DEPTHS, LEVELS = st.integers(1, 50), st.integers(1, 30)


@pytest.mark.parametrize(
    "place, expected",
    [
        ((1, 1), 0.0),
        ((2, 1), 0.01539227),  # Dlvl:2
        ((10, 1), 0.12558597),  # Dlvl:10
        ((1, 8), 0.07453595),  # Xp:8
        ((13, 3), 0.25660399),  # the deepest dive noted: depth 13 gives 0.26
        ((3, 9), 0.11704996),
        ((50, 30), 0.80679644),
    ],
)
def test_figures_of_the_paper(place, expected):
    assert progression(*place) == expected


@given(DEPTHS, LEVELS, st.integers(0, 49), st.integers(0, 29))
def test_getting_further_never_counts_less(depth, level, deeper, stronger):
    here = progression(depth, level)
    assert 0 <= here <= 1
    assert progression(min(depth + deeper, 50), min(level + stronger, 30)) >= here


@given(DEPTHS, LEVELS)
def test_it_is_the_better_of_depth_and_experience(depth, level):
    assert progression(depth, level) == max(progression(depth, 1), progression(1, level))


def test_the_quest_and_the_planes_count_for_themselves():
    """Dungeon 3 is the quest, 7 the elemental planes, whose level 1 is the astral plane."""
    assert progression(12, 14, 3, 1) == max(0.36611263, progression(12, 14))
    assert progression(1, 1, 3, 5) == 0.56557299
    assert progression(1, 1, 7, 1) == 0.87458666
    assert progression(1, 1, 7, 2) == progression(1, 1)


@pytest.mark.parametrize("depth", [-5, 0, 51])
def test_depths_outside_the_table_count_nothing(depth):
    assert progression(depth, 1) == 0
