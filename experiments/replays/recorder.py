"""Records a game while it is played."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from agents import Agent, State
from envs.settings import values_of
from experiments.config.models import Config, EnvConfig
from experiments.printable import in_one_line
from experiments.replays.decisions import Decision
from experiments.replays.digest import digest
from experiments.replays.fields import LONGEST_TEXT
from experiments.replays.format import header
from experiments.replays.preference import choice_of
from experiments.replays.writer import Writer


@dataclass(frozen=True)
class Recording:
    """Which games of a batch are recorded, and under which name.

    Attributes:
        label: ``training``, or that of the evaluation.
        trained: games that the agent had learned from.
        every: games whose seed is a multiple of it are recorded; 0: none.
        first_seed: of the batch's numbering: a game's number is its seed less this.
    """

    label: str
    trained: int
    every: int = 1
    first_seed: int = 0

    def wants(self, seed: int) -> bool:
        """Whether the game of that seed is recorded."""
        return self.every > 0 and (seed - self.first_seed) % self.every == 0

    def header(self, config: Config, agent: Agent, seed: int) -> dict[str, Any]:
        """Return the first line of a game's replay."""
        return header(
            seed, game_settings(config.env), tuple(config.env.macros),
            run=in_one_line(config.name)[:LONGEST_TEXT], agent=agent.header.name,
            label=self.label, game=seed - self.first_seed, trained=self.trained,
        )  # fmt: skip


def game_settings(env: EnvConfig) -> dict[str, Any]:
    """Return what makes the game itself: its name, and all of its settings as JSON has them."""
    values = values_of(env.game_settings()).items()
    plain = {key: list(value) if isinstance(value, tuple) else value for key, value in values}
    return {"game": env.game} | plain


class Recorder:
    """Takes a game's decisions one by one: `choose` before each, `done` after it.

    Args:
        head: of the replay.
        parts: of the situation, by name.
        past: decisions made before, each with the `digest` of the screen at its end.
    """

    def __init__(
        self,
        head: Mapping[str, Any],
        parts: Sequence[str],
        past: Sequence[tuple[Decision, int]] = (),
    ) -> None:
        self._names, self._parts = tuple(head["macros"]), parts
        self._writer = Writer(head)
        self._number, self._start = len(past) + 1, past[-1][0].end if past else 0
        for decision, screen in past:
            self._writer.add(decision, screen)

    def choose(self, agent: Agent, state: State) -> None:
        """Note what the agent makes of a state, before it acts."""
        self._choice = choice_of(agent, state, self._names, self._parts)

    def done(
        self, action: int, keys: bytes, ended: str, reward: float,
        observation: Mapping[str, np.ndarray],
    ) -> None:  # fmt: skip
        """Note what came of the decision.

        Args:
            action: the agent's choice.
            keys: that it took.
            ended: why the macro-action ended.
            reward: of the decision.
            observation: the game's, with at least the terminal's keys.
        """
        choice = replace(self._choice, chosen=action)
        macro = self._names[action]
        decision = Decision(self._number, macro, self._start, choice, keys, ended, reward)
        self._screen = digest(observation)
        self._writer.add(decision, self._screen)
        self._number, self._start = self._number + 1, decision.end

    def finish(self, row: Mapping[str, Any]) -> bytes:
        """Return the replay of the finished game, whose row this is."""
        return self._writer.finish(row, self._screen)
