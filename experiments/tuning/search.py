"""A search: a study, and what its trials are made of."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from experiments.config.models import Config
from experiments.tuning.study import Study
from experiments.tuning.trial import Judge


@dataclass(frozen=True)
class Search:
    """What is searched, and how.

    Attributes:
        study: its trials.
        target: the config as it was named.
        path: the config's file.
        fixed: overrides that all trials have.
        config: with those.
        folder: of the study and the trials' runs.
        judge: says which trial is good.
    """

    study: Study
    target: str
    path: Path
    fixed: tuple[str, ...]
    config: Config
    folder: Path
    judge: Judge
