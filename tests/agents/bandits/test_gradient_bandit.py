"""The gradient bandit: softmax choices and gradient steps."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.bandits import GradientBandit

preferences = st.lists(st.floats(-5, 5), min_size=3, max_size=3)


def with_preferences(values, **keywords):
    bandit = GradientBandit(len(values), **keywords)
    bandit.preferences[0] = values
    return bandit


@settings(deadline=None)
@given(h=preferences, shift=st.floats(-1e4, 1e4))
def test_a_shift_of_all_preferences_changes_nothing(h, shift):
    expected = with_preferences(h).action_probabilities()
    shifted = with_preferences(np.array(h) + shift).action_probabilities()
    assert shifted == pytest.approx(expected, abs=1e-9)


def test_probabilities_are_the_softmax_of_the_preferences():
    bandit = with_preferences(np.log([1.0, 2.0, 5.0]))
    assert bandit.action_probabilities() == pytest.approx([1 / 8, 2 / 8, 5 / 8])
    legal = np.array([True, False, True])
    assert bandit.action_probabilities(legal) == pytest.approx([1 / 6, 0, 5 / 6])


@settings(deadline=None)
@given(h=preferences, rewards=preferences)
def test_the_expected_step_is_the_gradient_of_the_expected_reward(h, rewards):
    # Sutton & Barto (2018), section 2.8: E[step] = step_size * grad sum_a pi(a) q(a).
    h, q = np.array(h), np.array(rewards)

    def expected_reward(values):
        return with_preferences(values).action_probabilities() @ q

    step = np.zeros(3)
    for arm, probability in enumerate(with_preferences(h).action_probabilities()):
        bandit = with_preferences(h, step_size=1.0, baseline=False)
        bandit.update(arm, q[arm])
        step += probability * (bandit.preferences[0] - h)
    nudges = 1e-5 * np.eye(3)
    gradient = [(expected_reward(h + d) - expected_reward(h - d)) / 2e-5 for d in nudges]
    assert step == pytest.approx(gradient, abs=1e-7)


def test_the_baseline_is_the_average_of_earlier_rewards():
    bandit = GradientBandit(2, step_size=0.5)
    bandit.update(0, 3.0)  # the first reward is its own baseline
    assert bandit.preferences[0].tolist() == [0, 0]
    bandit.update(0, 5.0)  # baseline 3, pi = 1/2
    assert bandit.preferences[0] == pytest.approx([0.5, -0.5])
    before, pi = bandit.preferences[0].copy(), bandit.action_probabilities()
    bandit.update(1, 4.5)  # baseline (3 + 5) / 2
    assert bandit.preferences[0] - before == pytest.approx([-0.25 * pi[0], 0.25 * (1 - pi[1])])


def test_illegal_arms_keep_their_preference():
    bandit = with_preferences([0.0, 1.0, 0.0], baseline=False, step_size=1.0)
    legal = np.array([True, False, True])
    bandit.update(0, 1.0, legal=legal)
    assert bandit.preferences[0] == pytest.approx([0.5, 1.0, -0.5])
    with pytest.raises(ValueError, match="arm 1 was chosen although"):
        bandit.update(1, 1.0, legal=legal)


def test_huge_preferences_do_not_overflow():
    bandit = with_preferences([1e6, -1e6, 1e6])
    assert bandit.action_probabilities().tolist() == [0.5, 0, 0.5]
    assert {bandit.select() for _ in range(50)} == {0, 2}


def test_the_baseline_helps_when_all_rewards_are_large():
    # Sutton & Barto (2018), figure 2.5: true values N(4, 1), rewards N(q, 1), step size 0.1.
    def best_taken(baseline, runs=15, steps=500):
        taken = 0
        for run in range(runs):
            world = np.random.default_rng(run)
            truth, noise = world.normal(4, 1, size=10), world.normal(size=steps)
            bandit = GradientBandit(10, 0.1, baseline, rng=np.random.default_rng(1000 + run))
            for step in range(steps):
                arm = bandit.select()
                bandit.update(arm, truth[arm] + noise[step])
                taken += arm == truth.argmax()
        return taken / (runs * steps)

    assert best_taken(True) > best_taken(False) + 0.1


@pytest.mark.parametrize("arm", [0, 1, 2])
def test_no_arm_is_learned_that_the_mask_forbids(arm):
    bandit = with_preferences([0.0, 1.0, 2.0])
    with pytest.raises(ValueError, match=f"arm {arm} was chosen although"):
        bandit.update(arm, 1.0, legal=np.arange(3) != arm)
    assert bandit.preferences[0].tolist() == [0, 1, 2]
    assert bandit.counts.sum() == 0


@pytest.mark.parametrize("illegal", [0, 1, 2])
def test_arms_are_drawn_from_the_stated_probabilities_of_the_legal_ones(illegal):
    bandit = with_preferences(np.log([3.0, 1.0, 2.0]), rng=np.random.default_rng(0))
    legal = np.arange(3) != illegal
    taken = np.bincount([bandit.select(legal) for _ in range(4000)], minlength=3)
    expected = np.array([3.0, 1.0, 2.0]) * legal
    assert taken[illegal] == 0
    assert taken / 4000 == pytest.approx(expected / expected.sum(), abs=0.03)


def test_what_rounding_leaves_of_a_draw_goes_to_the_last_arm(monkeypatch):
    class Drawn:
        def random(self):
            return 0.9999

    bandit = GradientBandit(3, rng=Drawn())
    monkeypatch.setattr(bandit, "policy", lambda arms, context: [0.3, 0.3, 0.399])
    assert bandit.select() == 2
