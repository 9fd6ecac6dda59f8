"""A small dungeon that behaves like NetHack at the keyboard, for tests without NetHack."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import gymnasium as gym
import numpy as np
from nle import nethack as nh
from nle.env.base import NLE_SPACE_ITEMS

from envs.nethack import tiles
from envs.nethack.progression import progression
from envs.stub import dungeon, rooms, things
from envs.stub.keyboard import Keyboard
from envs.stub.screen import KEYS, Screen
from envs.stub.things import STARTING_NUTRITION
from envs.stub.world import World

CHARACTER = "val-hum-law-fem"
STUB_TASKS = ("score", "staircase")


class Stub(gym.Env[dict[str, np.ndarray], Any]):
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
        task: ``score``, or ``staircase``: the game ends on a staircase down, with a reward of 1.
        levels: how many levels to generate; the last has no stairs down.
        monsters: whether generated levels have monsters.
        pet: whether a generated game begins with a kitten.
        closed_doors: whether generated levels have closed and hidden doors, and hidden corridors.
        maps: drawings, one for each level from the top, instead of generated levels.
        hp: hit points at the start.
        nutrition: at the start; hungry below 150, weak below 50, one less each turn.
        prayer_timeout: at the start; low hit points may be prayed for at 200 or below.
        max_turns: truncate at this game turn; None for no limit.
        max_keystrokes: truncate after this many keystrokes; None for no limit.
        render_mode: ``ansi`` (the screen as text), ``rgb_array`` (tiles, (336, 1264, 3) uint8) or
            None.

    Attributes:
        observation: the live buffers by key, overwritten by the next keystroke.
        actions: key codes; ``step(i)`` presses ``actions[i]``.
        terminated, truncated, reward: as of the last keystroke; the reward is points gained, or
            that of the staircase.
        success: whether the game ended because the task is done.
        world: the state behind the screen, for tests to look at and to set.

    Raises:
        ValueError: for an unknown task, and for a drawing that can't be read, or that has nowhere
            to put the hero.
    """

    metadata = {"render_modes": ["ansi", "rgb_array"], "render_fps": 30}

    def __init__(
        self,
        task: str = "score",
        levels: int = 5,
        monsters: bool = True,
        pet: bool = False,
        closed_doors: bool = True,
        maps: Sequence[str] | None = None,
        hp: int = 16,
        nutrition: int = STARTING_NUTRITION,
        prayer_timeout: int = 300,
        max_turns: int | None = None,
        max_keystrokes: int | None = 1_000_000,
        render_mode: str | None = None,
    ) -> None:
        if task not in STUB_TASKS:
            raise ValueError(f"the stub has no task {task!r}; it has {', '.join(STUB_TASKS)}")
        if not (maps or levels >= 1):
            raise ValueError(f"a dungeon has at least 1 level; levels is {levels}")
        self.staircase = task == "staircase"
        self.levels, self.monsters, self.pet = levels, monsters, pet
        self.closed_doors = closed_doors
        self.maps = tuple(maps) if maps else ()
        self.hero = (hp, nutrition, prayer_timeout)
        self.limits = (max_turns, max_keystrokes)
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
        self._build(np.random.default_rng(0))  # a bad drawing is an error here, not at reset

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
        """Starts the game that the seed names; without one, the next seed of `np_random`.

        Returns:
            A copy of the observation, and info with ``seed`` and ``character``.
        """
        super().reset(seed=seed)
        if seed is None:
            seed = int(self.np_random.integers(2**31))
        rng = np.random.default_rng(seed)
        self.world = World(self._build(rng), self._screen, rng, *self.hero)
        self._keyboard = Keyboard(self.world, self._screen)
        self._keystrokes = 0
        self.terminated = self.truncated = False
        self.reward, self.success = 0.0, False
        self._show_status()
        return self._copy(), {"seed": seed, "character": self.character}

    def step(self, action: int) -> tuple[dict[str, np.ndarray], float, bool, bool, dict[str, Any]]:
        """Presses ``actions[action]``.

        Returns:
            observation (a copy), points gained, terminated, truncated (never both), and info,
            which at the end of the game is `outcome()`.
        """
        over = self.press(self.actions[action])
        info = self.outcome() if over else {}
        return self._copy(), self.reward, self.terminated, self.truncated, info

    def press(self, key: int) -> bool:
        """Sends one key code and updates `observation` in place.

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

    def outcome(self) -> dict[str, Any]:
        """How the game stands; `info` carries it when the game is over.

        Returns:
            points, cause (of the end, as NetHack's xlogfile words it; None while alive), depth,
            max_depth, experience_level, turns, keystrokes, progression, success, character.
        """
        world = self.world
        return {
            "points": world.score,
            "cause": world.cause,
            "depth": world.depth,
            "max_depth": world.max_depth,
            "experience_level": world.experience_level,
            "turns": world.turn,
            "keystrokes": self._keystrokes,
            "progression": progression(world.max_depth, world.experience_level),
            "success": self.success,
            "character": self.character,
        }

    def render(self) -> str | np.ndarray | None:  # type: ignore[override]
        """The screen: 24 lines of text for ``ansi``, tiles for ``rgb_array``."""
        if self.render_mode == "rgb_array":
            return tiles.draw(self.observation["glyphs"])
        return self._screen.text() if self.render_mode == "ansi" else None

    def _build(self, rng: np.random.Generator) -> list[dungeon.Level]:
        if self.maps:
            return dungeon.draw_all(self.maps, rng)
        return [
            rooms.generate(
                depth, depth == self.levels, self.monsters, self.pet, self.closed_doors, rng
            )
            for depth in range(1, self.levels + 1)
        ]

    def _show_status(self) -> None:
        self._screen.status(*self.world.status())

    def _copy(self) -> dict[str, np.ndarray]:
        return {key: buffer.copy() for key, buffer in self.observation.items()}
