"""A study of Optuna's in a file: which trials there were, and what the next one tries.

Akiba et al. (2019), "Optuna: a next-generation hyperparameter optimization framework".
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agents.bounded import is_file, parse_json
from agents.checks import shown
from experiments.errors import RunError, UserError
from experiments.rows import lines_of
from experiments.tuning.space import Dimension, Space

FILE, NAME = "study.log", "yendor"
STARTUP = 5  # trials before any is stopped early, and before values are drawn by what was learned
MOST_BYTES = 2**25  # of a study's file: some 50,000 trials
OWN_FOLDER = re.compile(r"trial-[0-9]{1,9}")
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
        with _told_as_damaged(path):
            _check_lines(path)
            storage = package.storages.JournalStorage(journal.JournalFileBackend(str(path)))
            study = package.create_study(
                storage=storage, study_name=NAME, direction="maximize", load_if_exists=True
            )
            theirs = dict(study.user_attrs.get("terms", said))
        if differing := [key for key in said if theirs.get(key) != said[key]]:
            key = differing[0]
            told = f"was made with {key} = {shown(theirs.get(key))}, not {shown(said[key])}"
            raise RunError(f"{path}: {told}; choose another --out")
        with _told_as_damaged(path):
            _check_trials(study.trials, space)
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
    said = str(trial.user_attrs.get(FOLDER, ""))
    return said if OWN_FOLDER.fullmatch(said) else f"trial-{trial.number}"


@contextmanager
def _told_as_damaged(path: Path) -> Iterator[None]:
    """Tell whatever Optuna raises of a file that may be anybody's: it raises all kinds of errors.

    Raises:
        RunError: in their place.
    """
    try:
        yield
    except UserError:
        raise
    except Exception as error:
        told = f"{type(error).__name__}: {str(error)[:300]}"
        raise RunError(f"{path}: is damaged: {told}; choose another --out") from None


def _is_finite(value: Any) -> bool:
    return isinstance(value, int | float) and math.isfinite(value)


def _check_lines(path: Path) -> None:
    """Raise UserError for a file that is too long, or has lines that are no JSON objects."""
    if not is_file(path):
        return
    if path.stat().st_size > MOST_BYTES:
        raise RunError(f"{path}: has more than {MOST_BYTES:,} bytes; it is not read")
    for number, line in enumerate(lines_of(path), start=1):
        try:
            sound = line.endswith(b"\n") and isinstance(parse_json(line), dict)
        except ValueError:
            sound = False
        if not sound:
            raise RunError(f"{path}: line {number} is cut short or no JSON object; remove it")


def _check_trials(trials: Sequence[Any], space: Space) -> None:
    """Raise ValueError for a trial with other keys or values than those that are searched."""
    for trial in trials:
        for key, written in trial.params.items():
            if key not in space or not space[key].holds(space[key].read(written)):
                raise ValueError(f"trial {trial.number} has {shown(key)} = {shown(written)}")
        whole = set(trial.params) == set(space) and _is_finite(trial.value)
        if trial.state.name == "COMPLETE" and not whole:
            raise ValueError(f"trial {trial.number} is incomplete")


def _suggest(trial: Any, key: str, dimension: Dimension) -> Any:
    if dimension.kind == "choice":
        return trial.suggest_categorical(key, [dimension.written(v) for v in dimension.values])
    low, high = dimension.values
    if dimension.kind == "int":
        return trial.suggest_int(key, low, high)
    return trial.suggest_float(key, low, high, log=dimension.kind == "log")
