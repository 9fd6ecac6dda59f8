"""Where games are kept that no run folder of the user's takes: of agents that did not learn, and of
runs that come with the project. All of it can be deleted at any time: it is played again then.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

from experiments.config.models import Config, EvaluateConfig, dump

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
    same = config.model_copy(update={"evaluate": EvaluateConfig()})
    digest = hashlib.sha256(dump(same).encode())
    for package in PLAYED_BY:
        digest.update(f"{package} {_version(package)}\n".encode())
    for file in files:
        digest.update(file.read_bytes())
    return KEPT / f"{config.name or config.agent.name}-{digest.hexdigest()[:12]}"


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed"
