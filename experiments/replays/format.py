"""The replay of a game: a few kilobytes from which NetHack plays it again exactly.

A replay is text, packed by gzip: `zcat game.jsonl.gz` shows it. A line each:

- a header: what made it, the game's seed and settings, the names of the macro-actions, and of a
  future of a game the decision at which its dice were thrown anew, and their seeds;
- a list for every decision, in the order of `FIELDS`;
- every `KEYS_PER_CHECK` keystrokes or so a check: keystrokes so far, a digest of the screen then,
  and the CRC-32 of all the text before it;
- the outcome, with such a CRC too; of a game that came to no end, because its process died or
  hung, why.

Keystrokes are characters (code points below 256). `probabilities` are thousandths, of the legal
actions only; `beliefs` are action values, counts, and low and high bounds, as far as the agent has
them, and null where they are those of the decision before.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import metadata
from typing import Any

from experiments.errors import UserError
from experiments.replays.decisions import Decision, Dice

FORMAT, FORMAT_OF_FUTURES = 1, 2  # a game is written as versions could read it that knew no futures
MARK = "yendor_replay"
SUFFIX = ".jsonl.gz"
FIELDS = ("macro", "keys", "ended", "reward", "situation", "legal", "probabilities", "beliefs")
KEYS_PER_CHECK = 128
THOUSANDTHS = 1_000


class ReplayError(UserError):
    """A replay of which nothing can be shown."""


@dataclass
class Replay:
    """A recorded game.

    Attributes:
        header: see `header`.
        decisions: in order, as far as the file is sound.
        checks: (keystrokes, digest of the screen then), ascending.
        outcome: the game's row of `episodes.jsonl`; empty if the file is damaged before it.
        lost: why the game came to no end; "" for one that did.
        damage: what is wrong with the file, and how much of it is left; "" if it is whole.
    """

    header: dict[str, Any]
    decisions: list[Decision] = field(default_factory=list)
    checks: list[tuple[int, int]] = field(default_factory=list)
    outcome: dict[str, Any] = field(default_factory=dict)
    lost: str = ""
    damage: str = ""

    @property
    def seed(self) -> int:
        """The game's."""
        return int(self.header["seed"])

    @property
    def macros(self) -> tuple[str, ...]:
        """Names of the macro-actions."""
        return tuple(self.header["macros"])

    @property
    def dice(self) -> Dice | None:
        """Those of a future of a game; None for the game itself."""
        return Dice(*self.header["dice"]) if "dice" in self.header else None

    @property
    def keystrokes(self) -> int:
        """In all its decisions."""
        return self.decisions[-1].end if self.decisions else 0


def header(
    seed: int,
    env: Mapping[str, Any],
    macros: tuple[str, ...],
    dice: Dice | None = None,
    **about: Any,
) -> dict[str, Any]:
    """Return the first line of a replay.

    Args:
        seed: the game's.
        env: ``game``, a name of `envs.games.GAMES`, and its settings.
        macros: names of the macro-actions, by action.
        dice: of a future of the game.
        **about: run, agent, label, game, trained: what to call it.
    """
    made = {
        MARK: FORMAT_OF_FUTURES if dice else FORMAT,
        "nle": installed("nle"),
        "yendor": installed("yendor"),
    }
    about |= {"dice": list(dice)} if dice else {}
    return made | about | {"seed": seed, "env": dict(env), "macros": list(macros)}


@functools.cache
def installed(package: str) -> str:
    """Return the version of a package, or "not installed"."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed"
