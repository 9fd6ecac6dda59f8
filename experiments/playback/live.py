"""An agent plays, and is watched; a person may take over for a while."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from agents import Agent, State
from envs.macro_env import MacroEnv
from envs.outcome import Outcome
from experiments.playback.playback import Playback
from experiments.replays.decisions import BY_HAND, Choice, Decision
from experiments.replays.preference import choice_of
from experiments.training.rollout import to_state

TAKEN_OVER, HANDED_BACK = "taken over", "handed back"


class LivePlayback(Playback):
    """Plays one whole game, learning off.

    It is the game that `experiments.training.rollout.play_game` plays with the same arguments.

    Args:
        env: any; it is reset.
        agent: its generator is replaced.
        seed: the game's.
        rng: the agent's randomness in this game.
        title: what is watched.
        settings: the game's, see `Playback`; needed only to make it again elsewhere.
    """

    can_take_over = True

    def __init__(
        self,
        env: MacroEnv,
        agent: Agent,
        seed: int,
        rng: np.random.Generator,
        title: str = "",
        settings: Mapping[str, Any] | None = None,
    ) -> None:
        names = tuple(macro.name for macro in env.macros)
        super().__init__(title, names, seed, settings or {})
        self.env, self.agent = env, agent
        agent.rng = rng
        self._state = to_state(*env.reset(seed=seed))
        self._keys: Iterator[int] | None = None
        self.screens.append(env.observation)
        self._begin()

    def outcome(self) -> Outcome:
        """See `Playback`."""
        return self.env.outcome()

    @property
    def terminated(self) -> bool:
        """See `Playback`."""
        return self.env.terminated

    def close(self) -> None:
        """See `Playback`; the environment is kept for the next game."""

    @property
    def by_hand(self) -> bool:
        """Whether a person is playing."""
        return self.decisions[-1].macro == BY_HAND and not self.decisions[-1].ended

    def advance(self) -> bool:
        """Presses the next key of the macro-action, or lets the agent choose the next one."""
        if self.over:
            return False
        if self.by_hand:
            self._finish(HANDED_BACK)
            if self.over:  # that was the last decision allowed
                return True
        if self.decisions[-1].ended:
            self._begin()
            return True
        assert self._keys is not None
        key = next(self._keys, None)
        if key is not None:
            self._took(key)
        if key is None or self.env.game_over:
            next(self._keys, None)  # after the last key, the macro-action hears that it was
            self._finish(self.env.decision.ended)
        return True

    def press(self, key: int) -> None:
        """Presses a key by hand, in place of the agent.

        The macro-action under way ends, or is dropped if no key of it was pressed; hand back with
        `advance`.
        """
        if self.over:
            return
        if not self.by_hand:
            if not self.decisions[-1].ended:
                self._interrupt()
            if self.over:
                return
            self.env.begin_by_hand()
            self._add(BY_HAND, replace(self.preference(), chosen=-1))
        over = self.env.press(key)
        self._took(key)
        if over:
            self._finish("game over")

    def preference(self) -> Choice:
        """Return what the agent would choose now, were it asked; its random numbers are left
        alone.
        """
        state = self.env.state()
        return self._choice(to_state(*state))

    def _choice(self, state: State) -> Choice:
        return choice_of(self.agent, state, self.names, self.env.situation_parts)

    def _begin(self) -> None:
        choice = self._choice(self._state)
        choice = replace(choice, chosen=int(self.agent.act(self._state)))
        self._add(self.names[choice.chosen], choice)
        self._keys = self.env.play(choice.chosen)

    def _interrupt(self) -> None:
        if self.decisions[-1].keys:
            self._finish(TAKEN_OVER)
        else:  # the environment has not begun it
            self.decisions.pop()
            self._keys = None

    def _add(self, macro: str, choice: Choice) -> None:
        self.decisions.append(Decision(len(self.decisions) + 1, macro, self.length, choice))

    def _took(self, key: int) -> None:
        self.screens.append(self.env.observation)
        self.decisions[-1] = replace(
            self.decisions[-1], keys=self.decisions[-1].keys + bytes([key])
        )

    def _finish(self, ended: str) -> None:
        features, reward, terminated, truncated, info = self.env.result()
        self._state, self.over = to_state(features, info), terminated or truncated
        self._keys = None
        self.decisions[-1] = replace(self.decisions[-1], ended=ended, reward=float(reward))
