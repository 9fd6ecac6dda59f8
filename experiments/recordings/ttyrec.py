"""NLE's own recording of a game, for the tools that read those."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from envs.nethack.env import NetHack
from experiments.errors import UserError
from experiments.files import check_suffix
from experiments.outputs import whole_file
from experiments.playback.screens import KEYS
from experiments.replays.decisions import Dice

SUFFIX = ".ttyrec3.bz2"


def write_ttyrec(
    path: Path,
    settings: Mapping[str, Any],
    seed: int,
    keys: bytes,
    dice: Dice | None = None,
    thrown_at: int | None = None,
) -> None:
    """Plays a game's keys once more and has NLE record them, in the third version of its format.

    `nle.dataset` and ``nle-read-tty`` read the file; NLE 1.3's ``nle-ttyplay2`` does not: it stops
    at the scores that this version holds. Before the game's keys are the spaces that dismissed
    NetHack's intro (none in most games), and after a death the keys that dismissed its closing
    screens. The times are those of this playing: a whole game within a second.

    Args:
        path: ``*.ttyrec3.bz2``; written whole or not at all.
        settings: ``game`` and the arguments of its constructor, as in `Playback.settings`.
        seed: the game's.
        keys: all of its keystrokes, or the first so many.
        dice, thrown_at: of a future of a game, see `Film`.

    Raises:
        UserError: for a game that is not NetHack, for a name that NLE's tools do not know, and for
            an unknown folder.
    """
    settings = dict(settings)
    if settings.pop("game", None) != "nethack":
        raise UserError(
            "only NetHack can record a ttyrec, not the stub dungeon: choose another file"
        )
    check_suffix("--ttyrec", path, (SUFFIX,))
    with whole_file(path) as partial:
        _record(partial, settings, seed, keys, dice, thrown_at)


def _record(
    path: Path,
    settings: Mapping[str, Any],
    seed: int,
    keys: bytes,
    dice: Dice | None,
    thrown_at: int | None,
) -> None:
    env = NetHack(**settings, observation_keys=KEYS, ttyrec=path)
    try:
        env.reset(seed=seed)
        for position, key in enumerate(keys):
            if dice and position == thrown_at:
                env.reseed(dice.core, dice.display)
            if env.press(key):
                break
    finally:
        env.close()  # only then is the file complete
