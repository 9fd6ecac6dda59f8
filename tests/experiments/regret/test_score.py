"""Regret per decision: by hand, without the luck of the best, and for any list of macro-actions."""

import numpy as np
import pytest

from agents.base import State
from envs.features import FEATURE_NAMES
from experiments.regret.score import difference, policy_on, regrets, score, uniform_on
from experiments.regret.states import MEASURES, States

RNG = np.random.default_rng(0)
MACROS = ["search", "explore", "pray"]


def states(survival, legal=None):
    """A bench whose futures survived so: (N, 3, n)."""
    survival = np.asarray(survival, np.float32)
    n = len(survival)
    legal = np.ones((n, 3), np.bool_) if legal is None else np.asarray(legal)
    outcomes = np.where(legal[:, :, None], survival, np.nan)
    return States(
        {"macros": MACROS, "futures": survival.shape[2], "turns": 150, "reference": "ppo"},
        RNG.random((n, len(FEATURE_NAMES))).astype(np.float32), np.zeros(n, int), legal,
        np.arange(n) % 3, np.zeros(n, int), np.arange(n), np.ones(n, int),
        np.stack([outcomes, outcomes / 10, outcomes * 100]),
    )  # fmt: skip


SURE = [[[1] * 4, [0] * 4, [0, 0, 1, 1]]]  # survival 1, 0 and ½ in either half


@pytest.mark.parametrize(
    ("policy", "expected"),
    [([1, 0, 0], 0), ([0, 1, 0], 1), ([0, 0, 1], 0.5), ([0.5, 0.25, 0.25], 0.375)],
)
def test_regret_is_what_the_best_choice_would_have_added(policy, expected):
    bench = states(SURE)
    assert regrets(bench, np.array([policy]), "survival") == pytest.approx([expected])
    assert regrets(bench, np.array([policy]), "points") == pytest.approx([100 * expected])


def test_an_illegal_macro_action_is_neither_best_nor_counted():
    bench = states(SURE, [[False, True, True]])
    assert regrets(bench, np.array([[0, 1.0, 0]]), "survival") == pytest.approx([0.5])
    assert uniform_on(bench).tolist() == [[0, 0.5, 0.5]]


def test_choices_that_are_all_alike_leave_no_regret_on_average():
    """The best of three estimates by eight coins each seems better by 0.15 than it is."""
    bench = states(RNG.random((4_000, 3, 8)) < 0.5)
    naive = bench.outcomes[0].mean(axis=2).max(axis=1).mean() - 0.5
    assert naive > 0.1
    assert regrets(bench, uniform_on(bench), "survival").mean() == pytest.approx(0, abs=0.01)


def test_the_difference_of_two_policies_is_right_however_few_futures_there_are():
    truth = np.array([0.9, 0.5, 0.3])
    bench = states(RNG.random((4_000, 3, 2)) < truth[:, None])
    a, b = np.tile([0.0, 1, 0], (4_000, 1)), np.tile([0.2, 0, 0.8], (4_000, 1))
    first, second = (regrets(bench, policy, "survival").mean() for policy in (a, b))
    assert first - second == pytest.approx((b - a)[0] @ truth, abs=0.03)


def test_the_interval_of_a_difference_covers_it():
    truth, held = np.array([0.8, 0.5, 0.6]), 0
    a, b = np.tile([1.0, 0, 0], (40, 1)), np.tile([0.0, 0.5, 0.5], (40, 1))
    for _ in range(100):
        bench = states(RNG.random((40, 3, 4)) < truth[:, None])
        found = difference(*(score(bench, "", policy, "survival") for policy in (a, b)))
        held += found.interval().low <= (b - a)[0] @ truth <= found.interval().high
    assert held >= 89  # of 100 at 95 %, fewer would come up in 1 of 100 tries


def test_each_stratum_has_a_regret_of_its_own():
    bench = states(np.tile([[1, 1], [0, 0], [0, 0]], (9, 1, 1)))
    policy = np.zeros((9, 3))
    policy[np.arange(9), bench.strata] = 1
    found = score(bench, "", policy, "survival")
    assert [round(part.value) for part in found.strata] == [0, 1, 1]
    assert found.overall.value == pytest.approx(2 / 3)


class Listing:
    """Chooses its macro-actions by fixed weights."""

    def __init__(self, weights):
        self.weights = np.array(weights, float)

    def action_probabilities(self, state: State):
        kept = self.weights * state.action_mask
        return kept / kept.sum()


def test_an_agent_of_other_macro_actions_is_asked_by_their_names():
    bench = states(SURE)
    agent = Listing([4, 3, 2, 1])
    policy = policy_on(bench, agent, ["dig", "pray", "search", "explore"])
    assert policy == pytest.approx(np.array([[2 / 6, 1 / 6, 3 / 6]]))  # dig is not on the bench
    assert policy_on(bench, Listing([3, 1]), ["explore", "search"]).tolist() == [[0.25, 0.75, 0]]


def test_the_measures_are_those_of_futures():
    from experiments.whatif.values import FORMATS
    from experiments.whatif.values import MEASURES as known

    assert set(MEASURES) <= set(known) & set(FORMATS)
