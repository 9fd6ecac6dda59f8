"""The ledger: gains of one action over the order's, as the model behind them says."""

import numpy as np
import pytest

from agents.amended.ledger import Ledger, Sums

ALL = np.ones(3, bool)


def filled(cells, contexts=1, actions=3):
    """A ledger of (context, action taken, its advantages); the order has action 0."""
    ledger = Ledger(contexts, actions)
    for context, action, values in cells:
        n = len(values)
        ledger.add(np.full(n, context), np.zeros(n, int), np.full(n, action),
                   np.ones((n, actions), bool), np.asarray(values, float))  # fmt: skip
    return ledger


def test_nothing_is_known_of_what_was_never_tried():
    assert not np.any(Ledger(2, 3).gains(0.1, 0.1))
    gain, error = filled([(0, 0, [1.0, 3.0])]).gains(0.5, 0.0)
    assert gain[0, 0].tolist() == [0, 0, 0]
    assert error[0, 0] == pytest.approx([0, 0.5, 0.5])  # spread · s, s = 1


def test_with_one_context_it_is_the_posterior_of_a_normal_mean():
    rng = np.random.default_rng(0)
    kept, taken = rng.normal(0, 2, 4000), rng.normal(0.5, 2, 50)
    gain, error = filled([(0, 0, kept), (0, 1, taken)]).gains(0.2, 0.0)
    s = kept.std()
    within = (taken.var() * 50 + 10 * s**2) / 60
    noise = within / 50 + (kept.var() * 4000 + 10 * s**2) / 4010 / 4000
    prior = (0.2 * s) ** 2
    mean = prior / (prior + noise) * (taken.mean() - kept.mean())
    assert gain[0, 0, 1] == pytest.approx(mean)
    assert error[0, 0, 1] == pytest.approx(np.sqrt(1 / (1 / prior + 1 / noise)))


def test_a_context_without_decisions_is_told_what_the_others_tell():
    rng = np.random.default_rng(0)
    cells = [(0, 0, rng.normal(0, 1, 2000)), (0, 1, rng.normal(0.4, 1, 2000)),
             (1, 0, rng.normal(0, 1, 2000))]  # fmt: skip
    gain, error = filled(cells, contexts=2).gains(1.0, 0.1)
    assert gain[1, 0, 1] == pytest.approx(0.4, abs=0.1)
    assert error[1, 0, 1] == pytest.approx(np.hypot(0.1, np.sqrt(2 / 2000)), rel=0.1)


def test_a_context_with_many_decisions_goes_by_its_own():
    rng = np.random.default_rng(0)
    cells = [(c, a, rng.normal(mean, 1, 4000))
             for c, a, mean in ((0, 0, 0), (0, 1, 0.5), (1, 0, 0), (1, 1, -0.5))]  # fmt: skip
    gain, _ = filled(cells, contexts=2).gains(1.0, 1.0)
    assert gain[:, 0, 1] == pytest.approx([0.5, -0.5], abs=0.08)


def test_states_where_an_action_is_illegal_tell_nothing_of_it():
    """Where action 1 is legal all is better by 5, whatever is done: it gains nothing."""
    rng = np.random.default_rng(0)
    ledger, n = Ledger(1, 2), 3000
    legal = np.stack([np.ones(n, bool), rng.random(n) < 0.5], axis=1)
    actions = (legal[:, 1] & (rng.random(n) < 0.3)).astype(int)
    advantages = 5.0 * legal[:, 1] + rng.normal(0, 1, n)
    ledger.add(np.zeros(n, int), np.zeros(n, int), actions, legal, advantages)
    gain, error = ledger.gains(1.0, 0.0)
    assert abs(gain[0, 0, 1]) < 3 * error[0, 0, 1] < 0.5


def test_the_posterior_says_the_truth_as_often_as_it_claims():
    """Of gains drawn from the model, 68 % are within a standard deviation of the posterior mean."""
    rng, hits = np.random.default_rng(0), []
    for _ in range(60):
        pair = rng.normal(0, 0.3, 4)
        truth = pair + rng.normal(0, 0.2, (3, 4))
        cells = [(c, 0, rng.normal(0, 1, 400)) for c in range(3)]
        cells += [(c, a + 1, rng.normal(truth[c, a], 1, 30)) for c in range(3) for a in range(4)]
        gain, error = filled(cells, contexts=3, actions=5).gains(0.3, 0.2)
        hits.append(np.abs(gain[:, 0, 1:] - truth) < error[:, 0, 1:])
    assert np.mean(hits) == pytest.approx(0.68, abs=0.05)


@pytest.mark.parametrize("scale", [2.0**-20, 2.0**20])
def test_gains_are_in_the_units_of_advantages(scale):
    rng = np.random.default_rng(0)
    told = [(c, a, rng.normal(0.2 * a, 1, 20)) for c in range(2) for a in range(3)]
    plain = filled(told, contexts=2).gains(0.5, 0.5)
    scaled = filled([(c, a, scale * x) for c, a, x in told], contexts=2).gains(0.5, 0.5)
    for ours, expected in zip(scaled, plain, strict=True):
        assert ours == pytest.approx(scale * expected, rel=1e-9)


def test_a_single_decision_is_the_mean_and_errs_by_the_deviation_it_is_taken_to_have():
    sums = Sums.zeros(2)
    sums.add((np.array([0]),), np.array([3.0]))
    mean, error = sums.mean(np.array([2.0, 2.0]))
    assert mean.tolist() == [3, 0]
    assert error == pytest.approx([10 * 2.0**2 / 11, np.inf])


def test_where_all_advantages_are_alike_nothing_is_gained():
    for kept, taken in (([3.0], []), ([1.0, 1.0, 1.0], [1.0, 1.0])):
        gain, error = filled([(0, 0, kept), (0, 1, taken)]).gains(0.5, 0.0)
        assert not gain.any() and not error.any()


def test_of_others_leaves_a_context_out():
    sums = Sums.zeros(3, 1)
    sums.add((np.array([0, 1, 1, 2]), np.zeros(4, int)), np.array([1.0, 2.0, 3.0, 4.0]))
    others = sums.of_others()
    assert others.count.ravel().tolist() == [3, 2, 3]
    assert others.total.ravel().tolist() == [9, 5, 6]
    assert others.squares.ravel().tolist() == [29, 17, 14]
