"""A small dungeon that behaves like NetHack at the keyboard, for tests without NetHack."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import gymnasium as gym
import numpy as np
from nle import nethack as nh
from nle.env.base import NLE_SPACE_ITEMS

from envs.nethack import tiles
from envs.nethack.progression import progression
from envs.outcome import Outcome
from envs.protocol import KeystrokeEnv
from envs.settings import make_settings, values_of
from envs.stub import dungeon, rooms, things
from envs.stub.keyboard import Keyboard
from envs.stub.screen import KEYS, Screen
from envs.stub.settings import RAW, StubSettings
from envs.stub.world import World

CHARACTER = "val-hum-law-fem"


class Stub(gym.Env[dict[str, np.ndarray], Any], KeystrokeEnv):
    """A game of rooms, corridors, doors, stairs, monsters and food, fixed wholly by its seed.

    It takes the keys ``hjklyubn``, ``F`` with a direction, ``s`` and ``.``, ``,``, ``:``, ``e``,
    ``o``, ``^D`` (kick), ``<``, ``>``, ``M-p`` (pray), counts and ESC; messages, prompts, ``misc``
    flags and game time are those of NLE 1.3.0. Other keys are unknown commands.

    Drawings (`maps`) use one letter a square; what is not terrain lies on floor, or on corridor
    if it has corridor around it and no floor::

        . floor   # corridor   | - walls   < > stairs   _ doorway without a door
        + closed door   O open door   L locked door   S secret door   s secret corridor
        @ hero (else on < of the first level)   P pet kitten   p peaceful gnome
        % food ration   A 3 apples   $ 24 gold pieces   & all three in one pile
        : newt   d jackal   r sewer rat   x grid bug   F lichen   G gnome   f kitten
        o hill orc   a giant ant   w wolf   e floating eye

    Args:
        settings: of the game.
        render_mode: ``ansi`` (the screen as text), ``rgb_array`` (tiles, (336, 1264, 3) uint8) or
            None.
        **changes: of single settings, such as ``levels=2``; see `StubSettings`.

    Attributes:
        observation: the live buffers by key, overwritten by the next keystroke.
        actions: key codes; ``step(i)`` presses ``actions[i]``.
        terminated, truncated, reward: as of the last keystroke; the reward is points gained, or
            that of the staircase.
        success: whether the game ended because the task is done.
        world: the state behind the screen, for tests to look at and to set.

    Raises:
        ValueError: for an unknown setting, a value that a setting can't have, and a drawing that
            can't be read, or that has nowhere to put the hero.
    """

    metadata = {"render_modes": ["ansi", "rgb_array"], "render_fps": 30}

    def __init__(
        self,
        settings: StubSettings = RAW,
        *,
        render_mode: str | None = None,
        **changes: Any,
    ) -> None:
        self.settings = make_settings(StubSettings, values_of(settings) | changes)
        self.staircase = self.settings.task == "staircase"
        self.limits = (self.settings.max_turns, self.settings.max_keystrokes)
        self.render_mode = render_mode
        self.actions = tuple(int(action) for action in nh.ACTIONS)
        self.action_space = gym.spaces.Discrete(len(self.actions))
        spaces = dict(NLE_SPACE_ITEMS)
        self.observation_space = gym.spaces.Dict({key: spaces[key] for key in KEYS})
        self._screen = Screen()
        self.observation = self._screen.observation
        self.character = CHARACTER
        self.terminated = self.truncated = True  # nothing to play before the first reset
        self.reward, self.success = 0.0, False

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
        """Start the game that the seed names; without one, the next seed of `np_random`.

        Returns:
            A copy of the observation, and info with ``seed`` and ``character``.
        """
        super().reset(seed=seed)
        if seed is None:
            seed = int(self.np_random.integers(2**31))
        rng = np.random.default_rng(seed)
        hero = (self.settings.hp, self.settings.nutrition, self.settings.prayer_timeout)
        self.world = World(self._build(rng), self._screen, rng, *hero)
        self._keyboard = Keyboard(self.world, self._screen)
        self._keystrokes = 0
        self.terminated = self.truncated = False
        self.reward, self.success = 0.0, False
        self._show_status()
        return self._copy(), {"seed": seed, "character": self.character}

    def step(self, action: int) -> tuple[dict[str, np.ndarray], float, bool, bool, dict[str, Any]]:
        """Presses ``actions[action]``.

        Raises:
            ValueError: for an action that is not in the action space.

        Returns:
            observation (a copy), points gained, terminated, truncated (never both), and info,
            which at the end of the game is `outcome()`.
        """
        if not self.action_space.contains(action):
            raise ValueError(f"action {action!r} is not in 0..{len(self.actions) - 1}")
        over = self.press(self.actions[action])
        info = asdict(self.outcome()) if over else {}
        return self._copy(), self.reward, self.terminated, self.truncated, info

    def press(self, key: int) -> bool:
        """Send one key code and updates `observation` in place.

        Returns:
            Whether the game is over: `terminated` or `truncated`.
        """
        if self.terminated or self.truncated:
            raise RuntimeError("no game is running: reset() starts the next one")
        before = self.world.score
        self._keystrokes += 1
        self.terminated = self._keyboard.press(key)
        self.reward = float(self.world.score - before)
        if self.staircase:
            underfoot = self.world.level.terrain[self.world.hero]
            self.success = not self.terminated and underfoot == things.STAIRS_DOWN
            self.terminated |= self.success
            self.reward = float(self.success)
        self._show_status()
        max_turns, max_keystrokes = self.limits
        self.truncated = not self.terminated and (
            (max_turns is not None and self.world.turn >= max_turns)
            or (max_keystrokes is not None and self._keystrokes >= max_keystrokes)
        )
        return self.terminated or self.truncated

    def outcome(self) -> Outcome:
        """How the game stands; `info` carries it when the game is over."""
        world = self.world
        return Outcome(
            points=world.score,
            progression=progression(world.max_depth, world.experience_level),
            depth=world.depth,
            max_depth=world.max_depth,
            experience_level=world.experience_level,
            turns=world.turn,
            cause=world.cause,
            success=self.success,
            keystrokes=self._keystrokes,
            character=self.character,
        )

    def reseed(self, core: int, display: int) -> None:
        """Throws the dice anew from here on, as `NetHack.reseed` does."""
        dice = np.random.default_rng([core, display])
        self.world.rng.bit_generator.state = dice.bit_generator.state

    def render(self) -> str | np.ndarray | None:  # type: ignore[override]
        """Return the screen: 24 lines of text for ``ansi``, tiles for ``rgb_array``."""
        if self.render_mode == "rgb_array":
            return tiles.draw(self.observation["glyphs"])
        return self._screen.text() if self.render_mode == "ansi" else None

    def _build(self, rng: np.random.Generator) -> list[dungeon.Level]:
        chosen = self.settings
        if chosen.maps:
            return dungeon.draw_all(chosen.maps, rng)
        return [
            rooms.generate(
                depth,
                depth == chosen.levels,
                chosen.monsters,
                chosen.pet,
                chosen.closed_doors,
                rng,
            )
            for depth in range(1, chosen.levels + 1)
        ]

    def _show_status(self) -> None:
        self._screen.status(*self.world.status())

    def _copy(self) -> dict[str, np.ndarray]:
        return {key: buffer.copy() for key, buffer in self.observation.items()}
