"""A study of Optuna's in a file: which trials there were, and what the next one tries.

Akiba et al. (2019), "Optuna: a next-generation hyperparameter optimization framework".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from experiments.errors import RunError, UserError
from experiments.runs.names import folder_name
from experiments.tuning.space import Dimension, Space

FILE, NAME = "study.log", "yendor"
STARTUP = 5  # trials before any is stopped early, and before values are drawn by what was learned
FOLDER = "folder"  # of a trial's run, among its attributes


def optuna() -> Any:
    """Return the package.

    Raises:
        UserError: says how to install it.
    """
    try:
        import optuna
    except ModuleNotFoundError:
        raise UserError('yendor tune needs Optuna: pip install "yendor[tune]"') from None
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    return optuna


@dataclass(frozen=True)
class Study:
    """Trials so far, and those to come.

    Attributes:
        study: Optuna's own.
        space: what is searched.
    """

    study: Any
    space: Space

    @classmethod
    def open(cls, folder: Path, space: Space, terms: Mapping[str, Any], seed: int) -> Study:
        """Goes on with the study of a folder, or begins one.

        Args:
            folder: must exist.
            space: what is searched.
            terms: what else its trials have in common, such as how they are judged.
            seed: of what is drawn.

        Raises:
            RunError: when the study there has another space or other terms, or is damaged.
        """
        package, path = optuna(), folder / FILE
        journal = package.storages.journal
        said = {"space": {key: str(d) for key, d in space.items()}} | dict(terms)
        try:
            storage = package.storages.JournalStorage(journal.JournalFileBackend(str(path)))
            study = package.create_study(
                storage=storage, study_name=NAME, direction="maximize", load_if_exists=True
            )
        except (ValueError, KeyError, OSError) as error:
            raise RunError(f"{path}: is damaged: {error}; choose another --out") from None
        theirs = study.user_attrs.get("terms", said)
        if differing := [key for key in said if theirs.get(key) != said[key]]:
            key = differing[0]
            told = f"was made with {key} = {theirs.get(key)}, not {said[key]}"
            raise RunError(f"{path}: {told}; choose another --out")
        study.set_user_attr("terms", said)
        study.sampler = package.samplers.TPESampler(
            seed=seed + len(study.trials), n_startup_trials=STARTUP
        )
        study.pruner = package.pruners.MedianPruner(n_startup_trials=STARTUP)
        return cls(study, space)

    def finished(self) -> int:
        """How many trials came to an end, by themselves or stopped early."""
        states = optuna().trial.TrialState
        over = (states.COMPLETE, states.PRUNED, states.FAIL)
        return len(self.study.get_trials(states=over)) - self._restarted()

    def resume(self) -> None:
        """Put trials that were cut off first in line, with the runs that they had begun."""
        states = optuna().trial.TrialState
        for trial in self.study.get_trials(states=(states.RUNNING,)):
            self.study.tell(trial.number, state=states.FAIL)
            self.study.enqueue_trial(trial.params, user_attrs={FOLDER: folder_of(trial)})

    def first(self, values: Mapping[str, Any]) -> None:
        """Make these the values of the first trial, if there was none yet and all are allowed."""
        if not self.study.trials and all(d.holds(values.get(key)) for key, d in self.space.items()):
            self.study.enqueue_trial({key: d.written(values[key]) for key, d in self.space.items()})

    def next(self) -> tuple[Any, dict[str, Any]]:
        """Return the next trial, and its values by key."""
        trial = self.study.ask()
        return trial, {key: d.read(_suggest(trial, key, d)) for key, d in self.space.items()}

    def values(self, trial: Any) -> dict[str, Any]:
        """Return the values of a trial by key."""
        return {key: d.read(trial.params[key]) for key, d in self.space.items()}

    def tell(self, trial: Any, value: float | None, pruned: bool = False) -> None:
        """Note what came of a trial: None for one that failed or was stopped early."""
        states = optuna().trial.TrialState
        if value is not None:
            self.study.tell(trial, value)
        else:
            self.study.tell(trial, state=states.PRUNED if pruned else states.FAIL)

    def completed(self) -> list[Any]:
        """Return the trials that were played to their end, the best one first."""
        done = self.study.get_trials(states=(optuna().trial.TrialState.COMPLETE,))
        return sorted(done, key=lambda trial: (-trial.value, trial.number))

    def best(self) -> Any:
        """Return the best of those; None if there is none."""
        return next(iter(self.completed()), None)

    def _restarted(self) -> int:
        """How many failed only because they were cut off: they are there twice."""
        return sum(FOLDER in trial.user_attrs for trial in self.study.trials)


def folder_of(trial: Any) -> str:
    """Return the name of the folder of a trial's run."""
    return folder_name(str(trial.user_attrs.get(FOLDER, f"trial-{trial.number}")), FOLDER)


def _suggest(trial: Any, key: str, dimension: Dimension) -> Any:
    if dimension.kind == "choice":
        return trial.suggest_categorical(key, [dimension.written(v) for v in dimension.values])
    low, high = dimension.values
    if dimension.kind == "int":
        return trial.suggest_int(key, low, high)
    return trial.suggest_float(key, low, high, log=dimension.kind == "log")
