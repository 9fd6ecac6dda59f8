"""One game: what the row says, and what the agent may keep of it."""

from types import SimpleNamespace

import numpy as np
import pytest

from experiments.training.rollout import play_game


class Corridor:
    """Three decisions of reward 1, 2 and 4, each worth half as much as the one before."""

    macros = (SimpleNamespace(name="left"), SimpleNamespace(name="right"))

    def reset(self, seed):
        self.seed, self.time = seed, 0
        return np.zeros(2, np.float32), self._info() | {"character": "mon-hum-neu-mal"}

    def step(self, action):
        self.time += 1
        over = self.time == 3
        outcome = {
            "points": 70, "progression": 0.25, "depth": 2, "max_depth": 3,
            "experience_level": 4, "turns": 50, "cause": "killed by a newt",
            "total_keystrokes": 9, "success": False, "character": "mon-hum-neu-mal",
        }  # fmt: skip
        info = self._info() | (outcome if over else {})
        return np.full(2, self.time, np.float32), 2.0 ** (self.time - 1), over, False, info

    def _info(self):
        discount = 0.0 if self.time == 3 else 0.5
        return {
            "action_mask": np.array([0, 1], np.int8), "situation": 0, "discount": discount,
            "keystrokes": (0, 1, 5, 3)[self.time],
        }  # fmt: skip


class Keeper:
    """Takes the first legal action, and keeps what it is told."""

    learns_online = True
    rng = None

    def __init__(self):
        self.learned = []

    def act(self, state):
        return int(np.flatnonzero(state.action_mask)[0])

    def learn(self, transitions):
        self.learned += transitions


def play(agent, learn=True):
    return play_game(Corridor(), agent, 5, np.random.default_rng(0), learn)


def test_row_tells_the_game():
    row = play(Keeper()).row
    assert row.pop("seconds") >= 0
    assert row == {
        "seed": 5, "character": "mon-hum-neu-mal", "terminated": True, "truncated": False,
        "points": 70, "progression": 0.25, "depth": 2, "max_depth": 3, "experience_level": 4,
        "turns": 50, "cause": "killed by a newt", "success": False, "keystrokes": 9, "decisions": 3,
        "reward": 1 + 2 + 4, "return": 1 + 2 * 0.5 + 4 * 0.25, "macros": {"left": 0, "right": 3},
    }  # fmt: skip


def test_transitions_are_the_decisions_in_order():
    steps = play(Keeper()).transitions
    assert [step.reward for step in steps] == [1, 2, 4]
    assert [step.discount for step in steps] == [0.5, 0.5, 0.0]
    assert [step.last for step in steps] == [False, False, True]
    assert [step.keystrokes for step in steps] == [1, 5, 3]
    assert [step.state.features[0] for step in steps] == [0, 1, 2]
    assert [step.next_state.features[0] for step in steps] == [1, 2, 3]
    assert steps[0].state.action_mask.tolist() == [False, True]


@pytest.mark.parametrize("online", [True, False])
@pytest.mark.parametrize("learn", [True, False])
def test_only_an_online_agent_learns_in_the_game_and_only_when_learning_is_on(online, learn):
    heard = []

    class Listening(Keeper):
        learns_online = online

        def learn(self, transitions):
            heard.extend(transitions)

    play(Listening(), learn)
    assert len(heard) == (3 if online and learn else 0)


def test_the_agent_itself_stays_as_it_was():
    agent = Keeper()
    play(agent)
    assert agent.learned == []
    assert agent.rng is None
