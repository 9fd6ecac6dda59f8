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
from agents.bounded import parse_json
from envs.features import FEATURE_VERSIONS
from envs.situation import PARTS
from experiments.config.models import EnvConfig
from experiments.errors import UserError
from experiments.outputs import whole_file
from experiments.regret.arrays import read_arrays

SHIPPED = Path(__file__).with_name("states.npz")
MAKE = "python -m experiments.regret.make"
STRATA = ("critical", "hostile in view", "calm")
LONGEST_REASON = 300  # characters of what a library says of a damaged file, which may repeat it
ABOUT = {"macros": list, "features": dict, "situation": dict, "sources": dict, "reference": str,
         "futures": int, "turns": int}  # fmt: skip
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
        arrays = read_arrays(path, [field.name for field in fields(States)])
        about = parse_json(str(arrays.pop("about")))
        states = States(about, **arrays)
        _check(states)
    except (OSError, ValueError) as error:
        told = str(error)[:LONGEST_REASON]
        raise UserError(f"{path}: is no bench of states ({told}); make one with: {MAKE}") from None
    return states


def _check(states: States) -> None:
    """Raise ValueError unless the arrays, and what is said about them, fit together."""
    about = states.about
    if not isinstance(about, dict):
        raise ValueError("what is said about it is no mapping")
    for key, kind in ABOUT.items():
        if not isinstance(about.get(key), kind):
            raise ValueError(f"{key} is missing or strange")
    n, actions = len(states.seeds), len(about["macros"])
    shapes = {
        "features": (n, len(about["features"])), "situations": (n,), "legal": (n, actions),
        "strata": (n,), "players": (n,), "seeds": (n,), "decisions": (n,),
        "outcomes": (len(MEASURES), n, actions, *states.outcomes.shape[3:4]),
    }  # fmt: skip
    for name, shape in shapes.items():
        array = getattr(states, name)
        if array.shape != shape or array.dtype.kind not in "biuf":
            raise ValueError(f"{name} has the shape {array.shape}, not {shape}")
    if n and not 0 <= states.strata.min() <= states.strata.max() < len(STRATA):
        raise ValueError("a stratum is out of range")


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
        if not isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            continue
        if ast.get_docstring(node):
            del node.body[0]
    return hashlib.sha256(ast.unparse(tree).encode()).hexdigest()[:12]
