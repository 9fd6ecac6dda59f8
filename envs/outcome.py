"""How a game stands, or how it ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, get_type_hints


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a game stands, or how it ended. A new field becomes a column of `episodes.jsonl`.

    Attributes:
        points: NetHack's score.
        progression: BALROG's estimate of progress, 0 to 1; see `envs.nethack.progression`.
        depth: of the level that the hero is on.
        max_depth: the deepest so far.
        experience_level: of the hero.
        turns: of the game.
        cause: of the end, as NetHack's xlogfile words it; None while the hero lives.
        success: whether the game ended because its task is done.
        keystrokes: of the game.
        character: such as ``mon-hum-neu-mal``; None if the game did not say.
    """

    points: int
    progression: float
    depth: int
    max_depth: int
    experience_level: int
    turns: int
    cause: str | None
    success: bool
    keystrokes: int
    character: str | None

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Outcome:
        """Return the outcome that a row of `episodes.jsonl` holds, among other things.

        Raises:
            KeyError: when the row lacks a part of it.
        """
        return cls(**{field.name: row[field.name] for field in fields(cls)})


KINDS: dict[str, Any] = get_type_hints(Outcome)  # the type of every field
FIGURES = tuple(name for name, kind in KINDS.items() if kind in (int, float))
