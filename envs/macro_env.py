"""NetHack as a semi-Markov decision process: an action is a macro-action."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, Protocol

import gymnasium as gym
import numpy as np

from envs.features import features
from envs.games import GAMES, SETTINGS
from envs.knowledge.knowledge import Knowledge
from envs.macro_settings import MacroSettings
from envs.macros import make_macros
from envs.macros.driver import Driver
from envs.nethack.env import is_death
from envs.nethack.progression import progression
from envs.outcome import Outcome
from envs.rewards import Reward, Standing, standing
from envs.settings import make_settings, names_of
from envs.situation import n_situations, situation


class Hand:
    """A decision whose keys a person chooses, in a driver's place."""

    ended = "by hand"


class Listener(Protocol):
    """Hears what is played before it happens, so that it knows even what ends the process."""

    def begins(self, action: int) -> None:
        """Hears of the macro-action that is played next."""
        ...

    def sends(self, key: int) -> None:
        """Hears of the key that is sent next."""
        ...


class MacroEnv(gym.Env[np.ndarray, int]):
    """Plays NetHack, or the stub dungeon, one macro-action at a time.

    An action outside the legal mask searches instead, so that learners without masks can play.

    A decision costs k keystrokes; its reward is Σ γⁱ rᵢ over them, and what follows is discounted
    by γᵏ (Sutton, Precup & Singh, 1999). Both are given: ``step``'s reward, and
    ``info["discount"]``.

    Args:
        game: ``nethack`` or ``stub``.
        render_mode: the game's.
        **settings: of the decisions (`MacroSettings`: macros, features, situation, discount,
            reward, max_decisions) and of the game (`NetHackSettings`, `StubSettings`: task,
            character, max_turns …).
            Their defaults are a config's: at most 5,000 turns and 100,000 keystrokes. The games
            themselves, ``yendor/NetHack-v0`` and ``yendor/Stub-v0``, have wider limits.

    Attributes:
        env: the game.
        known: what the player knows; None before the first reset.
        macros: the macro-actions, by action.
        feature_names: what the observation holds, in order.
        situation_parts, n_situations: what `info["situation"]` tells apart, and into how many.
        decision: the driver of the current or last macro-action, or a `Hand`.
        listener: told of every decision and every key of `play` and `press`, if set.

    Raises:
        ValueError: for an unknown name, or a value that a setting can't have.
    """

    metadata = {"render_modes": ["ansi", "human", "rgb_array"], "render_fps": 4}

    def __init__(
        self,
        game: str = "nethack",
        *,
        render_mode: str | None = None,
        **settings: Any,
    ) -> None:
        own = {key: settings.pop(key) for key in names_of(MacroSettings) if key in settings}
        own = {key: value for key, value in own.items() if value is not None}  # None: the default
        chosen = make_settings(MacroSettings, {"game": game} | own)
        self.macros = make_macros(chosen.macros)
        self._reward = Reward(chosen.reward, chosen.discount)
        self.max_decisions = chosen.max_decisions
        self.env = GAMES[game](make_settings(SETTINGS[game], settings), render_mode=render_mode)
        self.render_mode = render_mode
        self.feature_names, self.situation_parts = tuple(chosen.features), tuple(chosen.situation)
        self.n_situations = n_situations(self.situation_parts)
        self.action_space: gym.spaces.Discrete = gym.spaces.Discrete(len(self.macros))  # type: ignore[assignment]
        self.observation_space = gym.spaces.Box(-1, 1, (len(self.feature_names),), np.float32)
        self._search = next(i for i, macro in enumerate(self.macros) if macro.name == "search")
        self.known: Knowledge | None = None
        self.decision: Driver | Hand
        self.listener: Listener | None = None

    @property
    def observation(self) -> dict[str, np.ndarray]:
        """The game's, as of the last keystroke: live buffers."""
        return self.env.observation

    @property
    def terminated(self) -> bool:
        """Whether the game itself came to its end."""
        return self.env.terminated

    @property
    def game_over(self) -> bool:
        """Whether the game takes no more keys: it terminated, or reached a limit of its own."""
        return self.env.terminated or self.env.truncated

    def outcome(self) -> Outcome:
        """How the game stands, or ended."""
        return self.env.outcome()

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[np.ndarray, dict[str, Any]]:
        """Start the game that the seed names; info has ``seed``, ``character`` and the decision's
        ``action_mask`` and ``situation``.
        """
        super().reset(seed=seed)
        _, info = self.env.reset(seed=seed, options=options)
        self.known = Knowledge(self.env.observation)
        self.known.begin_decision()
        self._max_depth, self._progression = 0, 0.0
        self._decisions = 0
        self._standing = self._standing_now()
        return self._features(self.known), info | self._info(self.known, keystrokes=0, discount=1.0)

    def step(self, action: int) -> tuple[np.ndarray, float, bool, bool, dict[str, Any]]:
        """Plays one macro-action to its end.

        Returns:
            features (F,) float32; the discounted reward; terminated; truncated; and info:
            ``action_mask`` (A,) int8, ``situation``, ``keystrokes``, ``discount`` (γᵏ, 0 if the
            game terminated), ``ended`` (why the macro-action did), ``keys`` (sent, as bytes), and
            at the end of a game its `Outcome`, with its keystrokes as ``total_keystrokes``.
        """
        for _ in self.play(action):
            pass
        return self.result()

    def play(self, action: int) -> Iterator[int]:
        """Plays one macro-action, yielding each key after it was sent: for watching.

        Exhaust it, then call `result`.
        """
        known = self._known()
        legal = self._legal(known, action)
        if self.listener:
            self.listener.begins(legal)
        driver = Driver(known, self.macros[legal])
        self._begin(driver)
        while (key := driver.next_key()) is not None:
            over = self.press(key)
            yield key
            if over:
                driver.ended = "game over"
                return

    def begin_by_hand(self) -> None:
        """Begins a decision whose keys a person chooses: `press` them, then call `result`."""
        self._begin(Hand())

    def press(self, key: int) -> bool:
        """Send one key of the decision under way; return whether the game is over."""
        known = self._known()
        if self.listener:
            self.listener.sends(key)
        over = self.env.press(key)
        self._sent.append(key)
        known.update()
        self._standing = self._standing_now()
        self._reward.add(self._standing, self.env.terminated)
        return over

    def state(self) -> tuple[np.ndarray, dict[str, Any]]:
        """Return what an agent would see if it had to choose now: features, and info as after
        `reset`.

        The decision begins on a copy, since asking changes nothing, in a macro-action's midst too.
        """
        known = copy.deepcopy(self._known())
        known.begin_decision()
        return self._features(known), self._info(known, keystrokes=0, discount=1.0)

    def result(self) -> tuple[np.ndarray, float, bool, bool, dict[str, Any]]:
        """Return what `step` returns, of the macro-action just played; the next decision begins."""
        known = self._known()
        known.begin_decision()
        terminated = self.env.terminated
        spent = self.max_decisions is not None and self._decisions >= self.max_decisions
        truncated = not terminated and (self.env.truncated or spent)
        discount = 0.0 if terminated else self._reward.next_discount
        info = self._info(known, len(self._sent), discount)
        info |= {"ended": self.decision.ended, "keys": bytes(self._sent)}
        if terminated or truncated:
            outcome = self.env.outcome()
            info |= asdict(outcome)
            info |= {"total_keystrokes": outcome.keystrokes, "keystrokes": len(self._sent)}
        return self._features(known), self._reward.total, terminated, truncated, info

    def action_masks(self) -> np.ndarray:
        """Return the macro-actions whose initiation set holds here (sb3-contrib's name), (A,)
        bool.
        """
        return self._masks(self._known())

    def _known(self) -> Knowledge:
        if self.known is None:
            raise RuntimeError("no game was begun: call reset() first")
        return self.known

    def _masks(self, known: Knowledge) -> np.ndarray:
        return np.array([macro.available(known) for macro in self.macros])

    def render(self) -> str | np.ndarray | None:  # type: ignore[override]
        """Return the game's own rendering."""
        return self.env.render()

    def close(self) -> None:
        """Close the game."""
        self.env.close()

    def _begin(self, decision: Driver | Hand) -> None:
        self._known()
        self.decision = decision
        self._sent = bytearray()
        self._decisions += 1
        self._reward.start(self._standing)

    def _legal(self, known: Knowledge, action: int) -> int:
        if not self.action_space.contains(action):
            raise ValueError(f"action {action!r} is not in 0..{len(self.macros) - 1}")
        if self.macros[action].available(known):
            return int(action)
        return self._search

    def _standing_now(self) -> Standing:
        assert self.known is not None
        stats = self.known.stats
        self._max_depth = max(self._max_depth, stats.depth)
        here = progression(stats.depth, stats.experience_level, stats.dungeon, stats.level)
        self._progression = max(self._progression, here)
        cause = self.env.outcome().cause if self.env.terminated else None
        dead = is_death(cause)
        return standing(self.known, self._max_depth, self._progression, self.env.reward, dead)

    def _features(self, known: Knowledge) -> np.ndarray:
        return features(known, self.feature_names)

    def _info(self, known: Knowledge, keystrokes: int, discount: float) -> dict[str, Any]:
        return {
            "action_mask": self._masks(known).astype(np.int8),
            "situation": situation(known, self.situation_parts),
            "keystrokes": keystrokes,
            "discount": discount,
        }
