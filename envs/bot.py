"""Macro-actions turned inside out: an observation in, one keystroke out, as NetHack bots want it.

`envs.macro_env.MacroEnv` owns its game and presses the keys itself. A `Bot` owns none: whoever does
hands it the observation that every keystroke led to. Both decide and press alike.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from nle import nethack as nh

from envs.features import check_features, features
from envs.knowledge.knowledge import Knowledge
from envs.macros.base import Macro
from envs.macros.driver import Driver
from envs.situation import check_parts, situation

# (features (F,), situation, legal mask (A,)) -> a legal action
Chooser = Callable[[np.ndarray, int, np.ndarray], int]

_INDEX = {int(key): index for index, key in enumerate(nh.ACTIONS)}


class Bot:
    """Plays one game after another: `reset` with its first observation, then `act`.

    Args:
        macros: the macro-actions, by action.
        begin: called at the start of a game; returns who chooses in it.
        features, situation: names of what they see, as in `envs.macro_env.MacroEnv`.
    """

    def __init__(
        self,
        macros: Sequence[Macro],
        begin: Callable[[], Chooser],
        features: Sequence[str] | None = None,
        situation: Sequence[str] | None = None,
    ) -> None:
        self._macros, self._begin = tuple(macros), begin
        self._features, self._parts = check_features(features), check_parts(situation)

    def reset(self, observation: Mapping[str, np.ndarray]) -> None:
        """Start a game: NLE's public keys, as they are when the hero can first move."""
        self._observation = {key: np.array(value) for key, value in observation.items()}
        self._known = Knowledge(self._observation)
        self._driver: Driver | None = None
        self._choose = self._begin()

    def act(self, observation: Mapping[str, np.ndarray]) -> int:
        """Return the next keystroke, as an index into ``nle.nethack.ACTIONS``.

        Args:
            observation: what the last keystroke led to; the first time, what `reset` was given.
        """
        if self._driver is None:
            self._driver = self._decide()
        else:
            for key, buffer in self._observation.items():
                buffer[...] = observation[key]
            self._known.update()
        while (key_code := self._driver.next_key()) is None:
            self._driver = self._decide()
        return _INDEX[key_code]

    def close(self) -> None:
        """There is nothing to free."""

    def _decide(self) -> Driver:
        self._known.begin_decision()
        legal = np.array([macro.available(self._known) for macro in self._macros])
        seen = features(self._known, self._features), situation(self._known, self._parts)
        action = self._choose(*seen, legal)
        return Driver(self._known, self._macros[action])
