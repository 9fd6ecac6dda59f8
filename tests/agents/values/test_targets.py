"""n-step returns: rewards added up by hand, and by their definition."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.values.targets import n_step_returns

# Two games: three decisions of 1, 2 and 1 keystrokes at γ = 1/2, which terminated; and two
# decisions of 1 and 3 keystrokes, which was truncated.
REWARDS = np.array([1.0, 2.0, 4.0, 8.0, 16.0])
DISCOUNTS = np.array([1 / 2, 1 / 4, 0.0, 1 / 2, 1 / 8])
LAST = np.array([False, False, True, False, True])


@pytest.mark.parametrize(
    ("n", "rewards", "worth", "end"),
    [
        (1, [1, 2, 4, 8, 16], [1 / 2, 1 / 4, 0, 1 / 2, 1 / 8], [0, 1, 2, 3, 4]),
        # 1 + 2/2, 2 + 4/4, 4; 8 + 16/2, 16
        (2, [2, 3, 4, 16, 16], [1 / 8, 0, 0, 1 / 16, 1 / 8], [1, 2, 2, 4, 4]),
        # 1 + 2/2 + 4/(2·4); the rest has ended
        (3, [2.5, 3, 4, 16, 16], [0, 0, 0, 1 / 16, 1 / 8], [2, 2, 2, 4, 4]),
        (1000, [2.5, 3, 4, 16, 16], [0, 0, 0, 1 / 16, 1 / 8], [2, 2, 2, 4, 4]),
    ],
)
def test_returns_are_those_added_up_by_hand(n, rewards, worth, end):
    returns = n_step_returns(REWARDS, DISCOUNTS, LAST, n)
    assert returns.rewards.tolist() == rewards
    assert returns.worth.tolist() == worth
    assert returns.end.tolist() == end


def test_what_is_given_stays_as_it_was():
    given = [x.copy() for x in (REWARDS, DISCOUNTS, LAST)]
    n_step_returns(*given, 3)
    assert all((x == y).all() for x, y in zip(given, (REWARDS, DISCOUNTS, LAST), strict=True))


def test_transitions_that_break_off_are_continued_by_the_last_state():
    returns = n_step_returns(REWARDS[:2], DISCOUNTS[:2], LAST[:2], 5)
    assert returns.worth.tolist() == [1 / 8, 1 / 4]
    assert returns.end.tolist() == [1, 1]


@settings(deadline=None, max_examples=50)
@given(st.integers(1, 12), st.integers(1, 30), st.integers(0, 999))
def test_returns_are_those_of_the_definition(n, length, seed):
    rng = np.random.default_rng(seed)
    rewards, discounts = rng.normal(size=length), rng.uniform(0.5, 1, length)
    last = rng.random(length) < 0.2
    returns = n_step_returns(rewards, discounts, last, n)
    for t in range(length):
        total, worth, end = 0.0, 1.0, t
        for end in range(t, min(t + n, length)):
            total += worth * rewards[end]
            worth *= discounts[end]
            if last[end]:
                break
        assert returns.end[t] == end
        assert returns.rewards[t] == pytest.approx(total)
        assert returns.worth[t] == pytest.approx(worth)
