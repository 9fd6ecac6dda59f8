"""NetHack through NLE, with gymnasium's promises kept.

`NetHack` drives `nle.nethack.Nethack` directly. It has two faces: gymnasium's `reset` and `step`,
whose observations are copies that are safe to keep, and `press`, one keystroke at full speed, which
leaves its observation in buffers that the next keystroke overwrites.
"""

from __future__ import annotations

import _ctypes
import ctypes
import os
import shutil
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import gymnasium as gym
import numpy as np
from nle import nethack as nh
from nle.env.base import NLE_SPACE_ITEMS

from envs.nethack import tiles
from envs.nethack.characters import character_from_welcome
from envs.nethack.folders import in_home
from envs.nethack.leaving import leave, restore_signals
from envs.nethack.progression import progression
from envs.nethack.quiet import quieten
from envs.nethack.settings import ARENA, NetHackSettings
from envs.nethack.tasks import Frame, make_task
from envs.nethack.wizkit import leave_wizard_mode, start_options
from envs.outcome import Outcome
from envs.protocol import KeystrokeEnv
from envs.settings import make_settings, values_of

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
PREFIXES = 10  # hack.h, PREFIX_COUNT
SETTLING_KEYS = 1_000  # far more than the intro or the death screens ever ask for


class NetHack(gym.Env[dict[str, np.ndarray], int], KeystrokeEnv):
    """One game of NetHack 3.6.7 after another, each fixed wholly by its seed.

    The defaults are the public arena's: autopickup off, every prompt shown, its observation keys,
    1,000,000 keystrokes at most and 10,000 without game time passing.

    Args:
        settings: of the game.
        observation_keys: NLE's public keys, in NLE's shapes.
        render_mode: ``ansi`` (the screen as text), ``human`` (printed) or ``rgb_array`` (tiles,
            (336, 1264, 3) uint8), or None.
        ttyrec: NLE's own recording of the games, its format 3, is appended to this file, which is
            complete after `close`. It holds the keys of the intro and of the closing screens too.
        **changes: of single settings, such as ``task="oracle"``; see `NetHackSettings`.

    Attributes:
        observation: the live buffers by key, overwritten by the next keystroke.
        actions: key codes; ``step(i)`` presses ``actions[i]``.
        terminated, truncated, reward: as of the last keystroke.

    Raises:
        ValueError: for an unknown setting or observation key, or a wrong value of one.
    """

    metadata = {"render_modes": ["ansi", "human", "rgb_array"], "render_fps": 30}

    def __init__(
        self,
        settings: NetHackSettings = ARENA,
        *,
        observation_keys: tuple[str, ...] = ARENA_KEYS,
        render_mode: str | None = None,
        ttyrec: Path | None = None,
        **changes: Any,
    ) -> None:
        quieten()
        self.settings = make_settings(NetHackSettings, values_of(settings) | changes)
        self.task = make_task(self.settings.task)
        self.limits = (
            self.settings.max_turns,
            self.settings.max_keystrokes,
            self.settings.max_idle_keystrokes,
        )
        self.render_mode = render_mode
        self.actions = tuple(int(action) for action in nh.ACTIONS)
        self.action_space: gym.spaces.Discrete = gym.spaces.Discrete(len(self.actions))  # type: ignore[assignment]
        self.observation_space = observation_space(observation_keys)
        with in_home():
            self._nethack = nh.Nethack(
                observation_keys=tuple(dict.fromkeys((*observation_keys, *LIVE_KEYS))),
                playername=f"Agent-{self.settings.character}",
                options=(*_game_options(self.task.gold_autopickup), *self._start_options()),
                wizard=bool(self.settings.wizkit),
                ttyrec=None if ttyrec is None else str(ttyrec),
                fix_moon_phase=True,
            )
        self._close = weakref.finalize(self, _close, self._nethack)
        self._buffers: dict[str, np.ndarray] = self._nethack._obs_buffers
        self.observation = {key: self._buffers[key] for key in observation_keys}
        self.terminated = self.truncated = True  # nothing to play before the first reset

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
        """Start the game that the seed names; without one, the next seed of `np_random`.

        The seed fixes the character, every level and every random event.

        Returns:
            A copy of the observation, and info with ``seed`` and ``character``.
        """
        self._check_open()
        super().reset(seed=seed)
        if seed is None:
            seed = int(self.np_random.integers(2**31))
        leave(self._nethack)
        core, display, levels = np.random.SeedSequence(seed).generate_state(3, np.uint64) >> 1
        self._nethack.set_initial_seeds(int(core), int(display), False, int(levels))
        # Statues and corpses are named after those in the record (topten.c, tt_oname): if it were
        # not empty, a game would depend on the games before it.
        os.truncate(Path(self._nethack._vardir, "record"), 0)
        wizkit = list(self.settings.wizkit)
        self._nethack.reset(options={"wizkit_items": wizkit} if wizkit else None)
        self._set_birthday(int(levels))
        self.character = self._see_in_game()
        if wizkit:
            with self._library() as library:
                leave_wizard_mode(library)
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

        Raises:
            ValueError: for an action that is not in the action space.

        Returns:
            observation (a copy), reward of the task, terminated, truncated (never both), and info,
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
            self._check_open()
            raise RuntimeError("no game is running: reset() starts the next one")
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
        """Send key codes to NLE and looks at nothing: the raw game's speed, for benchmarks.

        This game can't be played on; `reset` starts the next one.

        Returns:
            How many were sent: all of them, or as many as the game lasted.
        """
        self.terminated, sent = True, 0
        for sent, key in enumerate(keys, start=1):  # noqa: B007
            if self._nethack.step(key)[1]:
                break
        return sent

    def outcome(self) -> Outcome:
        """How the game stands; `info` carries it when the game is over."""
        blstats = self._blstats
        return Outcome(
            points=int(self._death.get("points", blstats[nh.NLE_BL_SCORE])),
            progression=self._progression,
            depth=blstats[nh.NLE_BL_DEPTH],
            max_depth=self._max_depth,
            experience_level=blstats[nh.NLE_BL_XP],
            turns=int(self._death.get("turns", self._turn)),
            cause=self._death.get("death"),
            success=self._success,
            keystrokes=self._keystrokes,
            character=self.character,
        )

    def reseed(self, core: int, display: int) -> None:
        """Throws the dice anew from here on: the same seeds and keys give the same future.

        Levels that were not entered yet stay as they would have been: NLE makes them from random
        numbers of their own.

        Args:
            core, display: below 2**63; of NetHack's two random number generators (rnd.c).
        """
        self._nethack.set_current_seeds(core, display, False)

    def move_files(self, folder: Path) -> None:
        """Goes on in a copy of the folder that NetHack keeps its levels and records in.

        For a forked process, which would otherwise overwrite its parent's levels. NetHack finds
        its files by ``fqn_prefix`` (files.c), an array of paths.

        Args:
            folder: must not exist.

        Raises:
            RuntimeError: if NLE is recording a ttyrec, which two processes can't share.
        """
        if self._nethack._ttyrec is not None:
            raise RuntimeError("this game is being recorded as a ttyrec: it can't be forked")
        shutil.copytree(self._nethack._vardir, folder, symlinks=True)
        self._nethack._vardir = str(folder)
        self._prefix = f"{folder}/".encode()  # kept: C holds no more than its address
        with self._library() as library:
            prefixes = (ctypes.c_char_p * PREFIXES).in_dll(library, "fqn_prefix")
            prefixes[:] = [self._prefix] * PREFIXES

    def render(self) -> str | np.ndarray | None:  # type: ignore[override]
        """Return the screen: text for ``ansi``, printed for ``human``, tiles for ``rgb_array``."""
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
        self.truncated = True
        self._close()

    def _check_open(self) -> None:
        if not self._close.alive:
            raise RuntimeError("this environment was closed: make a new one")

    def _start_options(self) -> tuple[str, ...]:
        """Only wizard mode, which a wizkit needs, forgets the character in the hero's name."""
        return start_options(self.settings.character) if self.settings.wizkit else ()

    def _set_birthday(self, seed: int) -> None:
        """Take the second in which the game began, a global of NetHack's, from the seed.

        Shopkeepers' names and sexes are drawn from it (shknam.c, nameshk): with the clock's own,
        the same keys would meet other messages five minutes later.
        """
        with self._library() as library:
            ctypes.c_long.in_dll(library, "ubirthday").value = seed % 2**31

    @contextmanager
    def _library(self) -> Iterator[ctypes.CDLL]:
        """Return this game's own copy of NetHack's C code, whose globals can be reached by name."""
        loaded = _ctypes.dlopen(self._nethack.dlpath, os.RTLD_NOLOAD | os.RTLD_LAZY)
        try:
            yield ctypes.CDLL(None, handle=loaded)
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
        restore_signals()
        for key, buffer in final.items():
            self._buffers[key][:] = buffer
        self._death = _last_xlog_entry(Path(self._nethack._vardir, "xlogfile"))

    def _frame(self) -> Frame:
        buffers = self._buffers
        return Frame(buffers["blstats"].tolist(), buffers["glyphs"], buffers["internal"])

    def _note(self, blstats: list[int]) -> None:
        """Keep the statistics, the idle keystrokes and the furthest that the game got."""
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


def _close(nethack: nh.Nethack) -> None:
    leave(nethack)
    nethack.close()


def is_death(cause: str | None) -> bool:
    """Whether what NetHack's xlogfile gives as the end of a game is the hero's death."""
    return cause is not None and not cause.startswith(NOT_DEATHS)


def observation_space(keys: tuple[str, ...] = ARENA_KEYS) -> gym.spaces.Dict:
    """Return the space of the named observation keys, with NLE's shapes and bounds.

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
