"""Where configs have names. It imports nothing slow: the shell completes names by it."""

from __future__ import annotations

import os
from pathlib import Path

CONFIGS = Path(__file__).resolve().parents[2] / "configs"
OWN = Path(CONFIGS.name)  # seen from the current folder
SUFFIXES = (".yaml", ".yml")


def configs() -> dict[str, Path]:
    """Return the files of all configs that have a name, by it: the packaged ones, then those of the
    folder ``configs`` here. Of two with one name, that is the one here: who edits a clone means it,
    even if another copy is installed.
    """
    packaged = {path.stem: path for path in sorted(CONFIGS.glob("*.yaml"))}
    here = {path.stem: path for path in sorted(OWN.glob("*.yaml")) if os.path.isfile(path)}
    return packaged | {
        name: path for name, path in here.items() if path.resolve().parent != CONFIGS
    }
