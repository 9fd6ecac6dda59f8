"""A fixed bench of states, every legal macro-action of them valued by futures: kept as data."""

from __future__ import annotations

import ast
import hashlib
import json
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

import envs
from envs.features import FEATURE_VERSIONS
from envs.situation import PARTS
from experiments.config.models import EnvConfig
from experiments.errors import UserError
from experiments.outputs import whole_file

SHIPPED = Path(__file__).with_name("states.npz")
MAKE = "python -m experiments.regret.make"
STRATA = ("critical", "hostile in view", "calm")
MEASURES = ("survival", "progression", "points")
SOURCES = ("macros", "knowledge", "data")  # folders of `envs` that decide what a macro-action does


@dataclass(frozen=True, eq=False)
class States:
    """N states, each from a game of its own, with n futures of each legal one of A macro-actions.

    Attributes:
        about: how it was made: macros; features and parts of the situation with their versions;
            the digests of the sources; env, seeds and more.
        features: (N, F) float32, in the order of ``about["features"]``.
        situations: (N,) of the parts ``about["situation"]``.
        legal: (N, A) bool.
        strata: (N,) indices of `STRATA`.
        players: (N,) indices of ``about["players"]``: in whose game the state came up.
        seeds, decisions: (N,) the game's seed, and the number of its decision, from 1.
        outcomes: (measures, N, A, n) float32, by `MEASURES`; NaN where illegal or lost.
    """

    about: dict[str, Any]
    features: np.ndarray
    situations: np.ndarray
    legal: np.ndarray
    strata: np.ndarray
    players: np.ndarray
    seeds: np.ndarray
    decisions: np.ndarray
    outcomes: np.ndarray

    def save(self, path: Path) -> None:
        """Write the file whole or not at all."""
        arrays = {field.name: getattr(self, field.name) for field in fields(self)}
        arrays["about"] = np.array(json.dumps(self.about))
        with whole_file(path) as partial, partial.open("wb") as file:
            np.savez_compressed(file, **arrays)


def load(path: Path = SHIPPED) -> States:
    """Read a bench of states.

    Raises:
        UserError: for a file that is missing or damaged.
    """
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = {field.name: file[field.name] for field in fields(States)}
        about = json.loads(str(arrays.pop("about")))
        states = States(about, **arrays)
    except (OSError, ValueError, KeyError) as error:
        raise UserError(f"{path}: is no bench of states ({error}); make one with: {MAKE}") from None
    return states


def stale(states: States) -> list[str]:
    """Return what has changed since the futures were played: files such as macros/dig.py."""
    then, now = states.about["sources"], digests()
    return sorted(name for name in then.keys() | now.keys() if then.get(name) != now.get(name))


def unknown(states: States, env: EnvConfig) -> list[str]:
    """Return the features and parts of the situation of an agent that the states do not have."""
    features, parts = states.about["features"], states.about["situation"]
    return [
        *(name for name in env.features if features.get(name) != FEATURE_VERSIONS[name]),
        *(name for name in env.situation if parts.get(name) != PARTS[name].version),
    ]


def digests() -> dict[str, str]:
    """Return a digest of each file that decides what a macro-action does, by its name."""
    root = Path(envs.__file__).parent
    files = sorted(path for folder in SOURCES for path in (root / folder).rglob("*.py"))
    return {path.relative_to(root).as_posix(): _digest(path.read_text("utf-8")) for path in files}


def _digest(source: str) -> str:
    """Return a digest of what a file does: of its code without comments and docstrings."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(
            node
        ):
            node.body[0] = ast.Pass()
    return hashlib.sha256(ast.unparse(tree).encode()).hexdigest()[:12]
