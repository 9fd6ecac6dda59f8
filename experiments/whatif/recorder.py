"""Who records a future."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np

from envs.macro_env import MacroEnv
from experiments.replays.decisions import Dice
from experiments.replays.format import header
from experiments.replays.recorder import Recorder
from experiments.training.rollout import to_state
from experiments.whatif.game import Game

ABOUT = ("run", "agent", "trained", "game")  # of a game's replay: its futures have it too


class FutureRecorder:
    """Records a future as the replay of a whole game: the game so far, and then the future.

    Args:
        game: walked as far as the decision.
        action, index, seeds: of the future.
    """

    def __init__(self, game: Game, action: int, index: int, seeds: tuple[int, int]) -> None:
        head, at = game.replay.header, len(game.past) + 1
        self._game = game
        about: dict[str, Any] = {key: head[key] for key in ABOUT if key in head}
        about["label"] = f"{game.names[action]} at decision {at}, future {index}"
        made = header(game.replay.seed, head["env"], game.names, Dice(at, *seeds), **about)
        self._recorder = Recorder(made, game.env.situation_parts, game.past)
        self._decisions = len(game.past)
        self._reward = sum(decision.reward for decision, _ in game.past)

    def chosen(self, observation: np.ndarray, info: dict[str, Any], action: int) -> None:
        """See `Watcher`."""
        self._recorder.choose(self._game.agent, to_state(observation, info))

    def played(self, env: MacroEnv, action: int, reward: float, info: dict[str, Any]) -> None:
        """See `Watcher`."""
        seen = env.env.observation
        self._recorder.done(action, info["keys"], info["ended"], float(reward), seen)
        self._decisions, self._reward = self._decisions + 1, self._reward + float(reward)

    def report(self, env: MacroEnv, over: bool) -> bytes:
        """Return the replay."""
        ended = {"terminated": bool(env.env.terminated), "truncated": not env.env.terminated}
        figures = {"decisions": self._decisions, "reward": self._reward}
        row = {"seed": self._game.replay.seed} | asdict(env.env.outcome()) | ended | figures
        return self._recorder.finish(row)
