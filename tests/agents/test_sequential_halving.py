"""Promises of sequential halving (Karnin, Koren & Somekh, 2013)."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.bandits.sequential_halving import sequential_halving


def table_of(values, asked=None):
    """Arms that always pay the same; notes what was asked for."""

    def pull(arms, pulled, times):
        if asked is not None:
            asked.append((list(arms), pulled, times))
        return np.tile(np.array(values)[list(arms), None], times)

    return pull


def test_the_budget_is_dealt_out_as_in_the_paper():
    asked = []
    values = [3, 1, 4, 1.5, 9, 2, 6, 5]
    assert sequential_halving(table_of(values, asked), 8, 48) == [4]
    # t_r = ⌊48 / (|S_r| · 3)⌋: 2 pulls of 8 arms, 4 of 4, 8 of 2
    assert [(len(arms), pulled, times) for arms, pulled, times in asked] == [
        (8, 0, 2), (4, 2, 4), (2, 6, 8)
    ]  # fmt: skip
    assert [set(arms) for arms, *_ in asked[1:]] == [{4, 6, 7, 2}, {4, 6}]


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 60), st.integers(1, 8), st.integers(1, 2_000), st.integers(0, 99))
def test_without_noise_the_best_are_left_in_order(n, keep, budget, seed):
    values = np.random.default_rng(seed).permutation(n)
    left = sequential_halving(table_of(values), n, budget, keep)
    assert left == list(np.argsort(-values)[: min(keep, n)])


def test_the_budget_is_kept_when_it_allows_a_pull_of_every_arm():
    for n in range(2, 40):
        asked = []
        sequential_halving(table_of(range(n), asked), n, budget=8 * n)
        assert sum(len(arms) * times for arms, _, times in asked) <= 8 * n


@pytest.mark.parametrize(("n", "keep", "rounds"), [(3, 5, 1), (8, 4, 1), (8, 2, 2), (9, 2, 3)])
def test_there_are_as_many_rounds_as_halvings_until_those_to_keep_are_left(n, keep, rounds):
    asked = []
    sequential_halving(table_of(range(n), asked), n, 8 * n, keep)
    assert len(asked) == rounds
    assert asked[0] == (list(range(n)), 0, 8 // rounds)


@pytest.mark.parametrize("values", [(2.0, 1.5), (-2.0, -3.0)])
def test_means_are_over_the_pulls_that_answered(values):
    def pull(arms, pulled, times):
        rewards = np.tile(np.array([*values, np.nan])[list(arms), None], times)
        if pulled == 0:
            rewards[0, 1:] = np.nan  # the best answers once
        return rewards

    assert sequential_halving(pull, 3, 30, keep=3) == [0, 1, 2]


def test_pulls_that_failed_do_not_count():
    def pull(arms, pulled, times):
        rewards = np.tile(np.array([1.0, 2.0, 3.0])[list(arms), None], times)
        rewards[:, 1::2] = np.nan
        rewards[[arm == 2 for arm in arms]] = np.nan  # the best never answers
        return rewards

    assert sequential_halving(pull, 3, 30) == [1]


@pytest.mark.parametrize("gap", [0.2])
def test_it_errs_less_than_an_even_split_of_the_same_budget(gap):
    """Arms of which most are clearly bad: halving spends on those that are hard to tell apart."""
    means = np.array([0.5 + gap, 0.5] + [0.1] * 14)
    rng, budget, games = np.random.default_rng(0), 320, 300

    def pull(arms, pulled, times):
        return (rng.random((len(arms), times)) < means[list(arms), None]).astype(float)

    halving = np.mean([sequential_halving(pull, 16, budget) != [0] for _ in range(games)])
    even = np.mean([pull(range(16), 0, budget // 16).mean(1).argmax() != 0 for _ in range(games)])
    assert halving < even
