"""Where games are kept that no run folder of the user's takes: of agents that did not learn, of
runs that come with the project, and of runs that one may only read. All of it can be deleted at any
time: it is played again then.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable
from functools import cache
from importlib import metadata
from pathlib import Path

from experiments.config.models import Config, EvaluateConfig, dump
from experiments.printable import say
from experiments.runs.names import unfit

KEPT = Path("runs") / ".baselines"
PLAYED_BY = ("yendor", "nle")  # another version may play the same game otherwise


def kept_folder(config: Config, files: Iterable[Path] = ()) -> Path:
    """Return the folder for the games of an agent.

    Another config, other files and other versions of Yendor or NLE have another folder; how many
    games are evaluated makes no difference.

    Args:
        config: the agent's.
        files: what it learned.
    """
    name = config.agent.name if unfit(config.name) else config.name
    return kept_root() / f"{name}-{digest(config, files)[:12]}"


def digest(config: Config, files: Iterable[Path] = ()) -> str:
    """Return what is another one where the games of an agent would be kept apart."""
    same = config.model_copy(update={"evaluate": EvaluateConfig()})
    found = hashlib.sha256(dump(same).encode())
    for package in PLAYED_BY:
        found.update(f"{package} {_version(package)}\n".encode())
    for file in files:
        found.update(file.read_bytes())
    return found.hexdigest()


def kept_root() -> Path:
    """Return the first place that can be written: here, the user's cache, or one until the end."""
    cache_home = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    for place in (KEPT, Path(cache_home) / "yendor" / "games"):
        if _can_be_made(place):
            return place
    return Path(_until_the_end().name)


def _can_be_made(place: Path) -> bool:
    there = next(p for p in (place, *place.absolute().parents) if p.exists())
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK)


@cache
def _until_the_end() -> tempfile.TemporaryDirectory[str]:
    say("Nothing can be written here: games are played, and not kept", err=True)
    return tempfile.TemporaryDirectory(prefix="yendor-")


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed"
