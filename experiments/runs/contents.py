"""What lies in a run folder, and whether it was made to the end.

A folder that holds ``config.yaml.making`` is half-made: that file, the config to be, is written
first, and becomes ``config.yaml`` when everything else is there. What else of a run is in such a
folder belongs to nobody: it was being replaced.
"""

from __future__ import annotations

import os
from pathlib import Path

from agents.bounded import parse_json, read_bounded
from agents.whole import sync_folder
from experiments.runs.commit import CHECKPOINT, MOST_JSON, NEW, OLD, SAYS, remove

CONFIG, VERSIONS = "config.yaml", "versions.json"
EPISODES, METRICS = "episodes.jsonl", "metrics.jsonl"
EVALUATIONS, REPLAYS = "evaluations", "replays"
TENSORBOARD = "tensorboard"  # event files, if they were asked for
FAULTS = "faults"  # games that came to no end
ROUND = "round"  # games of a round that the agent has not learned from yet
AHEAD = "ahead"  # games of an evaluation to come
MAKING = "config.yaml.making"
CONTENTS = (
    CONFIG, VERSIONS, EPISODES, METRICS, CHECKPOINT, EVALUATIONS, REPLAYS, ROUND, AHEAD, FAULTS
)  # fmt: skip


def holds_run(folder: Path) -> bool:
    """Whether any file of a run is in the folder."""
    return any((folder / name).exists() for name in (*CONTENTS, MAKING, NEW, OLD))


def runs_in(folder: Path) -> list[Path]:
    """Return the folders of runs that lie in a folder."""
    return sorted(path for path in folder.glob("*") if holds_run(path))


def is_half_made(folder: Path) -> bool:
    """Whether the making of a run was cut off there, so that there is nothing to lose.

    Before there was `MAKING`, such a folder had versions, but no config, and nothing learned.
    """
    if (folder / MAKING).exists():
        return True
    if (folder / CONFIG).exists() or not (folder / VERSIONS).is_file():
        return False
    rows = (folder / EPISODES, folder / METRICS)
    played = any(path.exists() and path.stat().st_size for path in rows)
    others = any((folder / name).exists() for name in (EVALUATIONS, REPLAYS, ROUND, OLD))
    return not played and not others and all(_is_fresh(folder / n) for n in (CHECKPOINT, NEW))


def _is_fresh(checkpoint: Path) -> bool:
    """Whether a checkpoint is missing, unfinished, or that of an agent without any game."""
    try:
        return parse_json(read_bounded(checkpoint / SAYS, MOST_JSON))["games"] == 0
    except FileNotFoundError:
        return all(path.name.lstrip(".").startswith("agent.") for path in checkpoint.glob("*"))
    except (OSError, ValueError, KeyError, TypeError):
        return False


def clear(folder: Path) -> None:
    """Remove a run's own files from a folder, and nothing else; links, not what they point to."""
    for name in (*CONTENTS, NEW, OLD, TENSORBOARD):
        remove(folder / name)


def conclude_making(folder: Path) -> None:
    """Make the config to be that of the run: everything else is there."""
    sync_folder(folder)
    os.replace(folder / MAKING, folder / CONFIG)
    sync_folder(folder)
