"""The search for turning points: it finds what helps, and says how sure that is."""

import numpy as np
import pytest
from helpers.made_futures import future

from experiments.runs.run import open_run
from experiments.training.rollout import policy_of
from experiments.whatif import turning_points
from experiments.whatif.decision import Terms
from experiments.whatif.game import open_game
from experiments.whatif.turning_points import Search, candidates, evenly

GAME = 7


@pytest.fixture
def game(evaluated):
    return open_game(open_run(evaluated), GAME, training=False)


class Oracle:
    """Stands in for futures: one arm survives in nine of ten, all others in three."""

    def __init__(self, best):
        self.best, self.asked = best, []

    def __call__(self, env, actions, policy, n, horizon, seed, *, first=0, workers=None):
        at = seed[-1]
        for index in range(first, first + n):
            for action in actions:
                self.asked.append((at, action, index))
                chance = 0.9 if (at, action) == self.best else 0.3
                rng = np.random.default_rng([at, action, index])
                yield future(action, index, bool(rng.random() < chance))


def test_a_choice_that_would_have_saved_the_game_is_found(game, monkeypatch):
    for best in candidates(game)[:: max(1, len(candidates(game)) // 4)]:
        oracle = Oracle(best)
        monkeypatch.setattr(turning_points, "futures", oracle)
        points = {(p.decision.number, p.action): p for p in Search(game, Terms(n=64)).run()}
        found = points[best]
        assert found.gain.low > 0 and found.gain.low < 0.6 < found.gain.high
        assert sum(point.gain.low > 0 for point in points.values()) <= 2


def test_the_futures_that_judge_had_no_say_in_the_search(game, monkeypatch):
    oracle = Oracle(candidates(game)[0])
    monkeypatch.setattr(turning_points, "futures", oracle)
    search = Search(game, Terms(n=10))
    points = list(search.run())
    assert len({point.decision.number for point in points}) == len(points) <= 4
    assert len(set(oracle.asked)) == len(oracle.asked), "no future is played twice"
    judging = {index for *_, index in oracle.asked if index > search.budget()}
    assert len(judging) == 10
    for point in points:
        assert {f.index for f in (*point.other.played, *point.chosen.played)} == judging


def test_the_same_game_has_the_same_turning_points(game):
    terms = Terms(n=2, workers=1)
    found = [
        [(p.decision.number, p.action, p.gain) for p in Search(game, terms).run()] for _ in range(2)
    ]
    assert found[0] == found[1]


def test_candidates_are_alternatives_to_what_was_chosen(game):
    arms = candidates(game)
    assert arms and len({arm.at for arm in arms}) <= 16
    for arm in arms:
        choice = game.decision(arm.at).choice
        assert choice.legal[arm.action] and arm.action != choice.chosen


def test_decisions_are_thinned_out_evenly():
    assert evenly([1, 2, 3], 5) == [1, 2, 3]
    assert evenly(range(100), 4) == [12, 37, 62, 87]
    assert evenly([], 3) == [] and evenly([1, 2], 0) == []


def test_a_policy_leaves_the_agent_as_it_is(game):
    env = game.walk_to(2)
    before = game.agent.rng.bit_generator.state
    policy = policy_of(game.agent)
    actions = [policy(*env.state(), np.random.default_rng(4)) for _ in range(3)]
    assert len(set(actions)) == 1, "random numbers are handed in, and no state is kept"
    assert game.agent.rng.bit_generator.state == before
