"""Regret per decision: by hand, without the luck of the best, and for any list of macro-actions."""

import numpy as np
import pytest

from agents.base import State
from envs.situation import describe_situation, index_of
from experiments.config.models import EnvConfig
from experiments.regret.adapted import Adapted, Wide
from experiments.regret.score import difference, policy_on, regrets, score, uniform_on
from experiments.regret.states import MEASURES, States
from experiments.regret.worth import games_worth, standard_errors

RNG = np.random.default_rng(0)
MACROS = ["search", "explore", "pray"]


def states(survival, legal=None):
    """A bench whose futures survived so: (N, 3, n)."""
    survival = np.asarray(survival, np.float32)
    n = len(survival)
    legal = np.ones((n, 3), np.bool_) if legal is None else np.asarray(legal)
    outcomes = np.where(legal[:, :, None], survival, np.nan)
    return States(
        {"macros": MACROS, "features": {"depth": 1, "health": 1},
         "situation": {"health": 1, "way": 1}},
        np.array([[0.2, 0.7]] * n, np.float32),
        np.full(n, index_of([2, 1], ["health", "way"])), legal,
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
    for _ in range(50):
        bench = states(RNG.random((40, 3, 4)) < truth[:, None])
        found = difference(*(score(bench, "", policy, "survival") for policy in (a, b)))
        held += found.interval().low <= (b - a)[0] @ truth <= found.interval().high
    assert held >= 43  # of 50 at 95 %, fewer would come up in 1 of 300 tries


def test_each_stratum_has_a_regret_of_its_own():
    bench = states(np.tile([[1, 1], [0, 0], [0, 0]], (9, 1, 1)))
    policy = np.zeros((9, 3))
    policy[np.arange(9), bench.strata] = 1
    found = score(bench, "", policy, "survival")
    assert [round(part.value) for part in found.strata] == [0, 1, 1]
    assert found.overall.value == pytest.approx(2 / 3)


class Listing:
    """Chooses its macro-actions by fixed weights, and keeps what it saw."""

    def __init__(self, weights):
        self.weights = np.array(weights, float)

    def action_probabilities(self, state: State):
        self.seen = state
        kept = self.weights * state.action_mask
        return kept / kept.sum()


def env(macros, features=("health",), situation=("way", "health")):
    return EnvConfig(macros=macros, features=list(features), situation=list(situation))


def test_an_agent_of_other_macro_actions_is_asked_by_their_names():
    bench = states(SURE)
    agent = Listing([4, 3, 2, 1])
    policy = policy_on(bench, agent, env(["dig", "pray", "search", "explore"]))
    assert policy == pytest.approx(np.array([[2 / 6, 1 / 6, 3 / 6]]))  # dig is not on the bench
    fewer = policy_on(bench, Listing([3, 1]), env(["explore", "search"]))
    assert fewer.tolist() == [[0.25, 0.75, 0]]


def test_an_agent_sees_its_own_features_and_situation():
    agent, chosen = Listing([1]), env(["search"])
    policy_on(states(SURE), agent, chosen)
    assert agent.seen.features == pytest.approx([0.7])
    assert describe_situation(agent.seen.context, chosen.situation) == (
        "way: way down to where the hero was, health: high"
    )


def test_the_measures_are_those_of_futures():
    from experiments.whatif.values import FORMATS
    from experiments.whatif.values import MEASURES as known

    assert set(MEASURES) <= set(known) & set(FORMATS)


def test_what_states_are_worth_in_games_gives_the_same_certainty():
    games = RNG.normal(0.5, 2.0, 400)
    needed = games_worth(3.0, games)
    assert games.mean() / (games.std(ddof=1) / np.sqrt(needed)) == pytest.approx(3.0)
    assert games_worth(standard_errors(games), games) == pytest.approx(400)


def test_an_adapted_agent_plays_by_the_numbers_of_the_wider_environment():
    class Searching:
        rng = None

        def act(self, state):
            assert state.action_mask.tolist() == [False, True]
            return 1

    wide = Wide(["explore", "pray", "search"], ["health"], ["way", "health"])
    adapted = Adapted(Searching(), env(["dig", "search"]), wide)
    adapted.rng = np.random.default_rng(0)
    assert adapted.act(State(np.zeros(1), 0, np.array([True, True, True]))) == 2
    assert adapted.agent.rng is adapted.rng
