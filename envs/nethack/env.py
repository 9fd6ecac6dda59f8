"""NetHack through NLE, with gymnasium's promises kept.

`NetHack` drives `nle.nethack.Nethack` directly. It has two faces: gymnasium's `reset` and `step`,
whose observations are copies that are safe to keep, and `press`, one keystroke at full speed, which
leaves its observation in buffers that the next keystroke overwrites.
"""

from __future__ import annotations

import _ctypes
import ctypes
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import gymnasium as gym
import numpy as np
from nle import nethack as nh
from nle.env.base import NLE_SPACE_ITEMS

from envs.nethack import tiles
from envs.nethack.characters import character_from_welcome, check_character
from envs.nethack.progression import progression
from envs.nethack.tasks import Frame, make_task

ARENA_KEYS = (
    "glyphs", "chars", "colors", "specials", "blstats", "message", "inv_glyphs", "inv_strs",
    "inv_letters", "inv_oclasses", "tty_chars", "tty_colors", "tty_cursor", "misc",
)  # fmt: skip
HIDDEN_KEYS = ("internal", "program_state")  # for rewards and for the end of a game only
LIVE_KEYS = (
    "blstats",
    "glyphs",
    "message",
    "misc",
    *HIDDEN_KEYS,
)  # needed whatever the caller asks for
ESCAPE, SPACE, PREVIOUS_MESSAGE = 27, 32, 16
GAME_OVER, IN_MOVELOOP = 0, 3  # indices into program_state
NOT_DEATHS = ("quit", "escaped", "ascended")  # how else NetHack's xlogfile says a game ended
SETTLING_KEYS = 1_000  # far more than the intro or the death screens ever ask for


class NetHack(gym.Env[dict[str, np.ndarray], int]):
    """One game of NetHack 3.6.7 after another, each fixed wholly by its seed.

    The defaults are the public arena's: autopickup off, every prompt shown, its observation keys,
    1,000,000 keystrokes at most and 10,000 without game time passing.

    Args:
        task: one of `envs.nethack.tasks.TASKS`; sets the reward, and when the task is done.
        character: role-race-alignment-gender such as ``mon-hum-neu-mal``, or ``@`` to let the game
            draw one.
        max_turns: truncate after this many game turns; None for no limit.
        max_keystrokes: truncate after this many keystrokes; None for no limit.
        max_idle_keystrokes: truncate after this many keystrokes in which no game time passes.
        observation_keys: NLE's public keys, in NLE's shapes.
        render_mode: ``ansi`` (the screen as text), ``human`` (printed) or ``rgb_array`` (tiles,
            (336, 1264, 3) uint8), or None.
        ttyrec: NLE's own recording of the games, its format 3, is appended to this file, which is
            complete after `close`. It holds the keys of the intro and of the closing screens too.

    Attributes:
        observation: the live buffers by key, overwritten by the next keystroke.
        actions: key codes; ``step(i)`` presses ``actions[i]``.
        terminated, truncated, reward: as of the last keystroke.

    Raises:
        ValueError: for an unknown task, character or observation key.
    """

    metadata = {"render_modes": ["ansi", "human", "rgb_array"], "render_fps": 30}

    def __init__(
        self,
        task: str = "score",
        character: str = "@",
        max_turns: int | None = None,
        max_keystrokes: int | None = 1_000_000,
        max_idle_keystrokes: int | None = 10_000,
        observation_keys: tuple[str, ...] = ARENA_KEYS,
        render_mode: str | None = None,
        ttyrec: Path | None = None,
    ) -> None:
        check_character(character)
        self.task = make_task(task)
        self.limits = (max_turns, max_keystrokes, max_idle_keystrokes)
        self.render_mode = render_mode
        self.actions = tuple(int(action) for action in nh.ACTIONS)
        self.action_space: gym.spaces.Discrete = gym.spaces.Discrete(len(self.actions))  # type: ignore[assignment]
        self.observation_space = observation_space(observation_keys)
        self._nethack = nh.Nethack(
            observation_keys=tuple(dict.fromkeys((*observation_keys, *LIVE_KEYS))),
            playername=f"Agent-{character}",
            options=_game_options(self.task.gold_autopickup),
            ttyrec=None if ttyrec is None else str(ttyrec),
            fix_moon_phase=True,
        )
        self._buffers: dict[str, np.ndarray] = self._nethack._obs_buffers
        self.observation = {key: self._buffers[key] for key in observation_keys}
        self.terminated = self.truncated = False

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
        """Starts the game that the seed names; without one, the next seed of `np_random`.

        The seed fixes the character, every level and every random event.

        Returns:
            A copy of the observation, and info with ``seed`` and ``character``.
        """
        super().reset(seed=seed)
        if seed is None:
            seed = int(self.np_random.integers(2**31))
        core, display, levels = np.random.SeedSequence(seed).generate_state(3, np.uint64) >> 1
        self._nethack.set_initial_seeds(int(core), int(display), False, int(levels))
        # Statues and corpses are named after those in the record (topten.c, tt_oname): if it were
        # not empty, a game would depend on the games before it.
        os.truncate(Path(self._nethack._vardir, "record"), 0)
        self._nethack.reset()
        self._set_birthday(int(levels))
        self.character = self._see_in_game()
        self.terminated = self.truncated = False
        self.reward = 0.0
        self._death: dict[str, str] = {}
        self._success = False
        self._keystrokes = self._idle = self._turn = self._max_depth = 0
        self._progression = 0.0
        frame = self._frame()
        self._note(frame.blstats)
        self.task.start(frame)
        return self._copy(), {"seed": seed, "character": self.character}

    def step(self, action: int) -> tuple[dict[str, np.ndarray], float, bool, bool, dict[str, Any]]:
        """Presses ``actions[action]``.

        Returns:
            observation (a copy), reward of the task, terminated, truncated (never both), and info,
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
            raise RuntimeError("this game is over: reset() starts the next one")
        if key == PREVIOUS_MESSAGE and self._buffers["misc"][0]:
            done = False  # at a question NLE 1.3.0 crashes at the key after it: it is not sent
        else:
            _, done = self._nethack.step(key)
        self._keystrokes += 1
        if done or self._buffers["program_state"][GAME_OVER]:
            self._see_out_game(done)
            self.terminated, self.reward = True, 0.0
            return True
        frame = self._frame()
        self.reward = self.task.reward(frame)
        self._note(frame.blstats)
        self.terminated = self._success = self.task.success(frame)
        self.truncated = not self.terminated and self._over_limits()
        return self.terminated or self.truncated

    def raw_steps(self, keys: Sequence[int]) -> int:
        """Sends key codes to NLE and looks at nothing: the raw game's speed, for benchmarks.

        This game can't be played on; `reset` starts the next one.

        Returns:
            How many were sent: all of them, or as many as the game lasted.
        """
        self.terminated, sent = True, 0
        for sent, key in enumerate(keys, start=1):  # noqa: B007
            if self._nethack.step(key)[1]:
                break
        return sent

    def outcome(self) -> dict[str, Any]:
        """How the game stands; `info` carries it when the game is over.

        Returns:
            points, cause (of death, from NetHack's xlogfile; None while alive), depth, max_depth,
            experience_level, turns, keystrokes, progression (see `envs.nethack.progression`),
            success (of the task, which ended the game), character.
        """
        blstats = self._blstats
        return {
            "points": int(self._death.get("points", blstats[nh.NLE_BL_SCORE])),
            "cause": self._death.get("death"),
            "depth": blstats[nh.NLE_BL_DEPTH],
            "max_depth": self._max_depth,
            "experience_level": blstats[nh.NLE_BL_XP],
            "turns": int(self._death.get("turns", self._turn)),
            "keystrokes": self._keystrokes,
            "progression": self._progression,
            "success": self._success,
            "character": self.character,
        }

    def render(self) -> str | np.ndarray | None:  # type: ignore[override]
        """The screen: text for ``ansi``, printed for ``human``, tiles for ``rgb_array``."""
        if self.render_mode == "rgb_array":
            return tiles.draw(self._buffers["glyphs"])
        screen = self._buffers["tty_chars"]
        text = "\n".join(bytes(row).decode("latin-1").rstrip() for row in screen)
        if self.render_mode == "human":
            print(text)
            return None
        return text if self.render_mode == "ansi" else None

    def close(self) -> None:
        """Frees the game's files; the env can't be used afterwards."""
        self._nethack.close()

    def _set_birthday(self, seed: int) -> None:
        """Takes the second in which the game began, a global of NetHack's, from the seed.

        Shopkeepers' names and sexes are drawn from it (shknam.c, nameshk): with the clock's own,
        the same keys would meet other messages five minutes later.
        """
        loaded = _ctypes.dlopen(self._nethack.dlpath, os.RTLD_NOLOAD | os.RTLD_LAZY)
        try:
            library = ctypes.CDLL(None, handle=loaded)
            ctypes.c_long.in_dll(library, "ubirthday").value = seed % 2**31
        finally:
            _ctypes.dlclose(loaded)  # NLE unloads the library to begin the next game

    def _see_in_game(self) -> str | None:
        """Dismisses the intro; returns the character that the welcome message names."""
        character = None
        for _ in range(SETTLING_KEYS):
            message = _text(self._buffers["message"])
            character = character or character_from_welcome(message)
            if self._buffers["program_state"][IN_MOVELOOP]:
                return character
            self._nethack.step(SPACE)
        raise RuntimeError(f"NetHack did not start within {SETTLING_KEYS} keystrokes")

    def _see_out_game(self, done: bool) -> None:
        """Dismisses the closing screens, which NetHack shows before it writes its xlogfile.

        They also clear the map and the statistics: what was on the screen at the end is put back.
        """
        final = {key: buffer.copy() for key, buffer in self._buffers.items()}
        for _ in range(SETTLING_KEYS):
            if done:
                break
            _, done = self._nethack.step(ESCAPE if self._buffers["internal"][1:3].any() else SPACE)
        for key, buffer in final.items():
            self._buffers[key][:] = buffer
        self._death = _last_xlog_entry(Path(self._nethack._vardir, "xlogfile"))

    def _frame(self) -> Frame:
        buffers = self._buffers
        return Frame(buffers["blstats"].tolist(), buffers["glyphs"], buffers["internal"])

    def _note(self, blstats: list[int]) -> None:
        """Keeps the statistics, the idle keystrokes and the furthest that the game got."""
        self._idle = self._idle + 1 if blstats[nh.NLE_BL_TIME] == self._turn else 0
        self._turn = blstats[nh.NLE_BL_TIME]
        self._blstats = blstats
        depth, level = blstats[nh.NLE_BL_DEPTH], blstats[nh.NLE_BL_XP]
        self._max_depth = max(self._max_depth, depth)
        here = progression(depth, level, blstats[nh.NLE_BL_DNUM], blstats[nh.NLE_BL_DLEVEL])
        self._progression = max(self._progression, here)

    def _over_limits(self) -> bool:
        max_turns, max_keystrokes, max_idle = self.limits
        return (
            (max_turns is not None and self._turn >= max_turns)
            or (max_keystrokes is not None and self._keystrokes >= max_keystrokes)
            or (max_idle is not None and self._idle >= max_idle)
        )

    def _copy(self) -> dict[str, np.ndarray]:
        return {key: buffer.copy() for key, buffer in self.observation.items()}


def is_death(cause: str | None) -> bool:
    """Whether what NetHack's xlogfile gives as the end of a game is the hero's death."""
    return cause is not None and not cause.startswith(NOT_DEATHS)


def observation_space(keys: tuple[str, ...] = ARENA_KEYS) -> gym.spaces.Dict:
    """The space of the named observation keys, with NLE's shapes and bounds.

    Raises:
        ValueError: for a key that NLE does not have, or that holds hidden state.
    """
    spaces = {key: space for key, space in NLE_SPACE_ITEMS if key not in HIDDEN_KEYS}
    unknown = [key for key in keys if key not in spaces]
    if unknown:
        raise ValueError(
            f"unknown observation key {unknown[0]!r}; the keys are {', '.join(spaces)}"
        )
    return gym.spaces.Dict({key: spaces[key] for key in keys})


def _game_options(gold_autopickup: bool) -> tuple[str, ...]:
    kept = [o for o in nh.NETHACKOPTIONS if not o.startswith(("autopickup", "pickup_types"))]
    if gold_autopickup:
        return ("autopickup", "pickup_types:$", *kept)
    return ("!autopickup", "pickup_types:$?!/", *kept)


def _last_xlog_entry(path: Path) -> dict[str, str]:
    """NetHack's record of the last game (files.c, writexlentry): tab-separated key=value."""
    lines = path.read_text(encoding="latin-1").splitlines() if path.exists() else []
    return dict(part.split("=", 1) for part in lines[-1].split("\t")) if lines else {}


def _text(buffer: np.ndarray) -> str:
    return bytes(buffer).split(b"\0", 1)[0].decode("latin-1")
