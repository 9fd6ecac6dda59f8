"""A round is dealt out evenly: no step is made for a handful of decisions left over."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import agents
from agents import State, Transition
from agents.policy_gradient.batches import even_batches


@given(st.integers(1, 300), st.integers(1, 300), st.integers(0, 9))
def test_batches_are_even_and_hold_each_decision_once(n, size, seed):
    batches = even_batches(n, size, np.random.default_rng(seed))
    sizes = [len(batch) for batch in batches]
    assert max(sizes) <= size
    assert max(sizes) - min(sizes) <= 1
    assert len(batches) == -(-n // size)  # no more than it takes
    assert sorted(np.concatenate(batches).tolist()) == list(range(n))


def test_without_a_size_all_decisions_are_one_batch():
    (batch,) = even_batches(5, None, np.random.default_rng(0))
    assert sorted(batch.tolist()) == [0, 1, 2, 3, 4]


def test_decisions_are_shuffled():
    first, second = (even_batches(100, 100, np.random.default_rng(seed))[0] for seed in (0, 1))
    assert first.tolist() != second.tolist() != sorted(second)


@pytest.mark.parametrize("n, steps", [(8, 1), (9, 2), (16, 2), (17, 3)])
def test_an_epoch_makes_as_few_steps_as_the_size_allows(n, steps):
    agent = agents.make("policy_gradient", 2, 1, 1, batch_size=8, epochs=2)
    state = State(np.ones(1, np.float32), 0, np.ones(2, bool))
    agent.learn([Transition(state, t % 2, float(t), 0.0, state, True) for t in range(n)])
    assert agent.policy_optimiser.steps.tolist() == [2 * steps]
