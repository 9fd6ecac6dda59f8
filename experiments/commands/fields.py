"""Runs sorted by the game that they play: only those in one field can be compared."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from experiments.analysis.metrics import AGENTS_OWN, ONLY_FOR
from experiments.config.models import EnvConfig
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
        one.what = _difference(one.runs[0], every[0].runs[0])
    kept = [one for one in every if len(one.runs) > 1] or every[:1]
    left = [_note(run, kept[0]) for one in every if one not in kept for run in one.runs]
    return kept, left


def _game(run: Run) -> dict[str, Any]:
    env = run.config.env.model_dump(mode="json")
    return {key: value for key, value in env.items() if key not in (*AGENTS_OWN, *ONLY_FOR)}


def _difference(run: Run, first: Run) -> str:
    ours, theirs = _game(run), _game(first)
    keys = [key for key in EnvConfig.model_fields if key in ours and ours[key] != theirs[key]]
    return ", ".join(f"env.{key} = {ours[key]}" for key in keys)


def _note(run: Run, compared: Field) -> str:
    ours = _difference(run, compared.runs[0])
    theirs = _difference(compared.runs[0], run)
    return f"{run.folder}: played another game: {ours}, not {theirs}"
