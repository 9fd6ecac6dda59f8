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
from experiments.runs import run as runs
from experiments.runs.kept import kept_folder


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
        "name": name, "seed": 0, "env": env or config.env,
        "train": TrainConfig(games=0), "evaluate": EvaluateConfig(),
    }  # fmt: skip
    return config.model_copy(update=changes)


def untrained_run(config: Config) -> runs.Run:
    """Return the run of such a config, made where there is none yet; a damaged one is made anew.

    Raises:
        UserError: when its agent can't play in that environment.
    """
    folder = kept_folder(config)
    if runs.holds_run(folder):
        try:
            return runs.open_run(folder)
        except RunError:
            runs.clear(folder)
    try:
        return runs.create(folder, config, make_agent(config))
    except ValueError as error:
        raise UserError(f"{config.name}: can't play here: {error}") from None
