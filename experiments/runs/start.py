"""Where a new run's agent begins, if not untrained: with what the agent of a trained run knows.

That is copied into the new run's first checkpoint, so the new run needs nothing of the other one.
Its config says where it came from.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import agents
from agents import checkpoint
from experiments.config.models import Config, StartConfig, make_agent
from experiments.errors import RunError
from experiments.runs import run as runs
from experiments.runs.commit import read_checkpoint
from experiments.runs.interface import misfit
from experiments.runs.named import find_run
from experiments.runs.run import Run

DIGITS = 16  # of a digest


def find_start(asked: StartConfig, folder: Path) -> Run:
    """Return the run that a new one starts from.

    Args:
        asked: of the new run's config.
        folder: the new run's.

    Raises:
        RunError: when there is no such run, or it is the one that the new one would replace.
    """
    found = runs.open_run(find_run(Path(asked.run), lambda note: None))
    if os.path.realpath(found.folder) == os.path.realpath(folder):
        raise RunError(
            f"{folder}: a run can't start from the one it replaces; choose another --out"
        )
    return found


def start_from(origin: Run, config: Config) -> tuple[Config, agents.Agent]:
    """Return a new run's config, which says what it started from, and its agent.

    Args:
        origin: the run to start from; one that is being trained will do.
        config: the new run's.

    Raises:
        RunError: when the agents differ in kind, in what they see or choose from, or in what their
            weights stand for; when the run's weights are others than the config says.
    """

    def read(place: Path) -> tuple[Config, agents.Agent]:
        content, header = runs.read_content(place), checkpoint.read_header(place)
        if difference := misfit(config, header, content, starting=True):
            raise RunError(f"{origin.folder}: {config.name} can't start from it: {difference}")
        agent = make_agent(config)
        agents.start(agent, place)
        arrays = (place / checkpoint.ARRAYS_NAME).read_bytes()
        digest = hashlib.sha256(arrays).hexdigest()[:DIGITS]
        return _noted(config, origin, content["games"], digest), agent

    try:
        return read_checkpoint(origin.folder, read)
    except (OSError, ValueError) as error:
        told = f"{config.name} can't start from it: {error}"
        raise RunError(f"{origin.folder}: {told}") from None


def resumed(config: Config, before: Config) -> Config:
    """Return the config to go on with, with the start that the run had, if that is the same run.

    Args:
        config: as it is asked for now.
        before: the run's own.
    """
    if config.start and before.start and _name(Path(config.start.run)) == before.start.run:
        return config.model_copy(update={"start": before.start})
    return config


def _noted(config: Config, origin: Run, games: int, digest: str) -> Config:
    """Return the config with what was found; RunError if that is not what it already says."""
    assert config.start is not None
    if config.start.digest not in (None, digest):
        raise RunError(
            f"{origin.folder}: has other weights than those that {config.name} was started from"
            f" ({digest}, not {config.start.digest}); start from what it is now with --from"
        )
    said = StartConfig(run=_name(Path(config.start.run)), games=games, digest=digest)
    return config.model_copy(update={"start": said})


def _name(run: Path) -> str:
    """Return what a config calls a run: one that ships lies in another place on every machine."""
    return run.name if runs.is_shipped(run) else str(run)
