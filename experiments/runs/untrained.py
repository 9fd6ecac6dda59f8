"""Agents that have learned nothing, as runs: what others are compared with."""

from __future__ import annotations

from pathlib import Path

from experiments.config.models import (
    Config,
    EnvConfig,
    EvaluateConfig,
    TrainConfig,
    load,
    make_agent,
)
from experiments.errors import RunError, UserError
from experiments.files import make_folder
from experiments.runs import run as runs
from experiments.runs.kept import kept_folder
from experiments.runs.lock import TRAINING, waited_for


def untrained_config(path: Path, env: EnvConfig | None = None) -> Config:
    """Return a config whose agent does not learn; one that would is called "…, untrained".

    Args:
        path: the file that says which agent.
        env: what is played; None for the file's own.

    Raises:
        ConfigError: for a config that can't be used.
    """
    config = load(path)
    name = f"{config.name}, untrained" if config.train.games else config.name
    changes = {
        "name": name, "seed": 0, "start": None, "env": env or config.env,
        "train": TrainConfig(games=0), "evaluate": EvaluateConfig(),
    }  # fmt: skip
    return config.model_copy(update=changes)


def untrained_run(config: Config) -> runs.Run:
    """Return the run of such a config, made where there is none yet; a damaged one is made anew.

    Raises:
        UserError: when its agent can't play in that environment.
    """
    folder = kept_folder(config)
    if run := _opened(folder):
        return run
    try:
        agent = make_agent(config)
    except ValueError as error:
        raise UserError(f"{config.name}: can't play here: {error}") from None
    make_folder(folder)
    with waited_for(folder, TRAINING, lambda: _opened(folder) is not None) as lock:
        return runs.create(folder, config, agent) if lock else runs.open_run(folder)


def _opened(folder: Path) -> runs.Run | None:
    try:
        return runs.open_run(folder) if runs.holds_run(folder) else None
    except RunError:
        return None
