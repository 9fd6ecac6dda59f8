"""Runs sorted by the game that they play: only those in one field can be compared."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from experiments.analysis.contestants import Contestants
from experiments.analysis.metrics import AGENTS_OWN, COMPARED, ONLY_FOR
from experiments.runs.run import Run


@dataclass
class Field:
    """Runs that play the same game.

    Attributes:
        runs: those.
        what: sets the game apart from that of the first field, such as "env.character = @"; "" for
            the first.
    """

    runs: list[Run] = field(default_factory=list)
    what: str = ""


def fields(runs: Sequence[Run]) -> tuple[list[Field], list[str]]:
    """Sorts runs by their game.

    Returns:
        The fields of two runs and more, or the first one if none has so many; and a note on every
        run of the others, which have nobody to be compared with.
    """
    found: dict[str, Field] = {}
    for run in runs:
        found.setdefault(json.dumps(_game(run), sort_keys=True), Field()).runs.append(run)
    every = list(found.values())
    for one in every:
        values = _differing(one.runs[0], every[0].runs[0])
        one.what = ", ".join(f"env.{key} = {ours}" for key, (ours, _) in values.items())
    kept = [one for one in every if len(one.runs) > 1] or every[:1]
    left = [_note(run, kept[0].runs[0]) for one in every if one not in kept for run in one.runs]
    return kept, left


def same_training(contestants: Contestants) -> list[str]:
    """Return a note on every config whose seeds trained on the same games, as runs once did."""
    notes = []
    for name, seeds in contestants.items():
        firsts = [c.run.first_seed() for c in seeds.values() if c.training]
        if len(set(firsts)) < len(firsts):
            what = "its seeds trained on the same games, so they differ less than they should"
            notes.append(f"{name}: {what}; train them anew.")
    return notes


def _game(run: Run) -> dict[str, Any]:
    env = run.config.env.model_dump(mode="json")
    return {
        key: value for key, value in env.items() if key not in (*AGENTS_OWN, *ONLY_FOR, *COMPARED)
    }


def _differing(run: Run, other: Run) -> dict[str, tuple[Any, Any]]:
    """Return the values of both, by the key of `env` in which their games differ."""
    ours, theirs = _game(run), _game(other)
    return {key: (ours[key], theirs[key]) for key in ours if ours[key] != theirs[key]}


def _note(run: Run, compared: Run) -> str:
    values = (
        f"env.{key} = {ours}, not {theirs}"
        for key, (ours, theirs) in _differing(run, compared).items()
    )
    return f"{run.folder}: played another game: {'; '.join(values)}"
