"""What is the same for all games that are played at once, and how one of them is played."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from agents import Agent, Diverged
from agents.lessons import Lesson
from envs.macro_env import MacroEnv
from experiments.config.models import Config
from experiments.replays.recorder import Recorder, Recording
from experiments.training.notebook import Notebook
from experiments.training.rollout import Episode, environment, play_game

Teach = Callable[[MacroEnv, Agent, Episode], tuple[Lesson | None, ...]]


class GameFailed(Exception):
    """An exception in a game, as text: it may not survive the way to another process itself."""


@dataclass(frozen=True)
class Batch:
    """Games that start from the same agent.

    Attributes:
        config: the environment, the run's seed, and the limits.
        agent: stays as it is.
        learn: whether it is learned from: an agent that learns online does so within a game, on its
            copy, and games come with their transitions.
        recording: which of them are recorded; None: none.
        teach: gives a game's lessons, where it was played, with its environment.
    """

    config: Config
    agent: Agent
    learn: bool
    recording: Recording | None = None
    teach: Teach | None = None

    def play(self, seed: int, notebook: Notebook | None = None) -> Episode:
        """Plays one game in this process, in its environment of the config.

        Args:
            seed: the game's; it, the run's seed and the agent alone decide what happens.
            notebook: takes down what is played, for whoever finds it if this process dies.

        Raises:
            GameFailed: for an exception in the game; `MemoryError` goes through.
        """
        try:
            env = environment(self.config.env)
            with notebook.following(env) if notebook else nullcontext():
                episode = play_game(env, self.agent, seed, *self._random(seed))
            if not self.learn:
                return replace(episode, transitions=[])  # nobody needs them
            if not self.teach:
                return episode
            return replace(episode, lessons=self.teach(env, self.agent, episode))
        except MemoryError:
            raise
        except Diverged as error:  # no fault of the code's: no traceback
            raise GameFailed(f"the game with seed {seed} failed: {error}") from None
        except Exception as error:
            told = f"the game with seed {seed} failed: {error!r}\n{traceback.format_exc()}"
            raise GameFailed(told) from None

    def _random(self, seed: int) -> tuple[np.random.Generator, bool, Recorder | None]:
        """Return the agent's randomness in a game, whether it learns, and who records it."""
        rng, recorder = np.random.default_rng([self.config.seed, seed]), None
        if self.recording and self.recording.wants(seed):
            recorder = Recorder(self.header(seed), self.config.env.situation)
        return rng, self.learn, recorder

    def header(self, seed: int) -> dict[str, Any]:
        """Return the first line of a game's replay."""
        recording = self.recording or Recording("unnamed", 0)
        return recording.header(self.config, self.agent, seed)
