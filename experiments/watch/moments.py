"""A game being watched: what there is to see after every keystroke."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from agents import Agent, State
from envs.macro_env import MacroEnv
from experiments.play import to_state


@dataclass(frozen=True, slots=True)
class Choice:
    """How the agent chose at a decision.

    Attributes:
        macros: names of the A macro-actions.
        situation: as in `State`.
        legal: (A,) bool.
        probabilities: (A,) of being chosen.
        estimates: (A,) action values, or None if the agent keeps none.
        counts: (A,) how often each was learned from here, or None if the agent does not count.
        chosen: the action.
    """

    macros: tuple[str, ...]
    situation: int
    legal: np.ndarray
    probabilities: np.ndarray
    estimates: np.ndarray | None
    counts: np.ndarray | None
    chosen: int


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision, so far.

    Attributes:
        number: counts up from 1.
        macro: the macro-action's name.
        keys: sent so far.
        ended: why the macro-action ended; "" while it runs.
        reward: discounted over the keys; 0 while it runs.
    """

    number: int
    macro: str
    keys: tuple[int, ...] = ()
    ended: str = ""
    reward: float = 0.0


@dataclass(frozen=True, slots=True)
class Moment:
    """The game at the beginning of a decision, after one of its keys, or at its end.

    Attributes:
        chars, colors, cursor: NLE's tty_chars (24, 80), tty_colors (24, 80), tty_cursor (2,).
        hit_points, max_hit_points: the hero's.
        choice: of the decision under way.
        decision: the one under way.
        past: the decisions before it.
        reward: of the game, undiscounted, up to the last finished decision.
    """

    chars: np.ndarray
    colors: np.ndarray
    cursor: np.ndarray
    hit_points: int
    max_hit_points: int
    choice: Choice
    decision: Decision
    past: tuple[Decision, ...]
    reward: float


class WatchedGame:
    """Plays one whole game, learning off, and shows it moment by moment.

    It is the game that `experiments.play.play_game` plays with the same arguments.

    Args:
        env: any; it is reset.
        agent: its generator is replaced.
        seed: the game's.
        rng: the agent's randomness in this game.

    Attributes:
        decisions: the finished ones.
        reward: of those, undiscounted between them.
        over: whether the game has ended.
    """

    PAST = 40  # decisions that a moment remembers

    def __init__(self, env: MacroEnv, agent: Agent, seed: int, rng: np.random.Generator) -> None:
        self.env, self.agent, self.seed = env, agent, seed
        self.names = tuple(macro.name for macro in env.macros)
        self.decisions: list[Decision] = []
        self.reward, self.over = 0.0, False
        agent.rng = rng
        self._state = to_state(*env.reset(seed=seed))

    def outcome(self) -> dict[str, Any]:
        """How the game stands, see `NetHack.outcome`."""
        return self.env.env.outcome()

    def moments(self) -> Iterator[Moment]:
        """Plays to the end of the game, yielding after every keystroke, and at the beginning and
        the end of every decision."""
        while not self.over:
            yield from self._decide()

    def _decide(self) -> Iterator[Moment]:
        choice = _choose(self.agent, self._state, self.names)
        decision = Decision(len(self.decisions) + 1, self.names[choice.chosen])
        yield self._moment(choice, decision)
        for key in self.env.play(choice.chosen):
            decision = replace(decision, keys=(*decision.keys, key))
            yield self._moment(choice, decision)
        features, reward, terminated, truncated, info = self.env.result()
        self._state, self.over = to_state(features, info), terminated or truncated
        decision = replace(decision, ended=info["ended"], reward=float(reward))
        self.reward += decision.reward
        moment = self._moment(choice, decision)
        self.decisions.append(decision)
        yield moment

    def _moment(self, choice: Choice, decision: Decision) -> Moment:
        assert self.env.game is not None
        seen, stats = self.env.game.observation, self.env.game.stats
        return Moment(
            chars=seen["tty_chars"].copy(),
            colors=seen["tty_colors"].copy(),
            cursor=seen["tty_cursor"].copy(),
            hit_points=stats.hit_points,
            max_hit_points=stats.max_hit_points,
            choice=choice,
            decision=decision,
            past=tuple(self.decisions[-self.PAST :]),
            reward=self.reward,
        )


def _choose(agent: Agent, state: State, names: tuple[str, ...]) -> Choice:
    counts = getattr(agent, "counts", None)
    return Choice(
        macros=names,
        situation=state.situation,
        legal=state.legal,
        probabilities=agent.action_probabilities(state),
        estimates=agent.estimates(state),
        counts=None if counts is None else counts(state),
        chosen=int(agent.act(state)),
    )
