"""What lies in a run folder, and whether it was made to the end.

A folder that holds ``making.yaml`` is half-made: that file, the config to be, is the first that is
written, and becomes ``config.yaml`` when everything else is there. What else of a run is in such a
folder belongs to nobody: it was being replaced.
"""

from __future__ import annotations

import os
from pathlib import Path

from agents.whole import sync_folder
from experiments.runs.commit import CHECKPOINT, NEW, OLD, remove

CONFIG, VERSIONS = "config.yaml", "versions.json"
EPISODES, METRICS = "episodes.jsonl", "metrics.jsonl"
EVALUATIONS, REPLAYS = "evaluations", "replays"
ROUND = "round"  # games of a round that the agent has not learned from yet
MAKING = "making.yaml"
CONTENTS = (CONFIG, VERSIONS, EPISODES, METRICS, CHECKPOINT, EVALUATIONS, REPLAYS, ROUND)


def holds_run(folder: Path) -> bool:
    """Whether any file of a run is in the folder."""
    return any((folder / name).exists() for name in (*CONTENTS, MAKING, NEW, OLD))


def runs_in(folder: Path) -> list[Path]:
    """Return the folders of runs that lie in a folder."""
    return sorted(path for path in folder.glob("*") if holds_run(path))


def is_half_made(folder: Path) -> bool:
    """Whether the making of a run was cut off there, so that there is nothing to lose.

    Before there was `MAKING`, such a folder had no config, and no game in it.
    """
    if (folder / MAKING).exists():
        return True
    if (folder / CONFIG).exists() or not holds_run(folder):
        return False
    played = (folder / EPISODES).exists() and (folder / EPISODES).stat().st_size
    return not (played or (folder / EVALUATIONS).exists() or (folder / REPLAYS).exists())


def clear(folder: Path) -> None:
    """Remove a run's own files from a folder, and nothing else; links, not what they point to."""
    for name in (*CONTENTS, NEW, OLD):
        remove(folder / name)


def conclude_making(folder: Path) -> None:
    """Make the config to be that of the run: everything else is there."""
    sync_folder(folder)
    os.replace(folder / MAKING, folder / CONFIG)
    sync_folder(folder)
