"""What `yendor tune` does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import typer

from envs.names import nearest
from experiments.analysis.metrics import METRICS
from experiments.commands.tune_result import conclude, told
from experiments.config.flat import flat
from experiments.config.models import find, load
from experiments.config.writing import to_line
from experiments.console import PlainConsole
from experiments.errors import UserError
from experiments.files import make_folder
from experiments.printable import say
from experiments.runs.lock import TUNING, held
from experiments.runs.names import folder_name
from experiments.suites.variants import as_overrides
from experiments.training.backends import worker_count
from experiments.tuning.search import Search
from experiments.tuning.space import parse_space
from experiments.tuning.study import Study, folder_of, optuna
from experiments.tuning.trial import Judge, Pruned, open_trial, play_trial

console = PlainConsole()


@dataclass(frozen=True)
class Request:
    """What to search.

    Attributes:
        config: a path or a name.
        settings: ranges, and fixed overrides.
        trials: in all, those of before counted in.
        metric: to maximise.
        games: unseen ones that judge a trial.
        confirm: fresh ones that judge the best.
        workers: processes that play; None for one on each processor.
        out: the study's folder; None for runs/<name>-tuning.
    """

    config: str
    settings: tuple[str, ...]
    trials: int = 20
    metric: str = "progression"
    games: int = 50
    confirm: int = 100
    workers: int | None = None
    out: Path | None = None


def tune(request: Request) -> None:
    """Plays trials until there are as many as asked for, and confirms the best on fresh games.

    Raises:
        UserError: without Optuna, for a setting that can't be searched, and for the folder of
            another study, or of one that is searched by another process.
    """
    with _begun(request) as search:
        study = search.study
        study.resume()
        try:
            for number in range(study.finished(), request.trials):
                _play(search, f"{number + 1}/{request.trials}")
        except KeyboardInterrupt:
            done = f"Stopped. {study.finished()} of {request.trials} trials are in {search.folder}"
            say(f"{done}; the same command goes on with them", err=True)
            raise typer.Exit(130) from None
        conclude(search, request.confirm, console)


@contextmanager
def _begun(request: Request) -> Iterator[Search]:
    """Check what is asked for, and give the search to this process alone: trials that were cut off
    are begun anew, and nothing else tells them from those that are being played.
    """
    optuna()
    if request.metric not in METRICS:
        hint = nearest(request.metric, METRICS)
        raise UserError(f"--metric: unknown metric {request.metric!r}; {hint}")
    space, fixed = parse_space(request.settings)
    path = find(request.config)
    config = load(path, fixed)
    for key, dimension in space.items():
        for value in dimension.values:
            load(path, (*fixed, *as_overrides({key: value})))
    folder = request.out or Path("runs") / f"{folder_name(config.name)}-tuning"
    make_folder(folder)
    terms = {"config": path.stem, "fixed": list(fixed), "metric": request.metric}
    judge = Judge(request.metric, request.games, worker_count(request.workers), console)
    with held(folder, TUNING):
        study = Study.open(folder, space, terms | {"games": request.games}, config.seed)
        study.first(flat(config.model_dump(mode="json")))
        yield Search(study, request.config, path, fixed, config, folder, judge)


def _play(search: Search, which: str) -> None:
    trial, values = search.study.next()
    folder = folder_of(trial)
    name = f"name={to_line(f'{search.config.name} {folder}')}"
    overrides = (*search.fixed, *as_overrides(values), name)
    value, pruned, what = None, False, ""
    try:
        with open_trial(search.path, overrides, search.folder / folder) as run:
            value = play_trial(run, trial, search.judge)
        what = f"{search.judge.metric} {value:{METRICS[search.judge.metric].form}}"
    except Pruned:
        pruned, what = True, "stopped early"
    except UserError as error:
        what = f"failed: {error}"
    search.study.tell(trial, value, pruned)
    say(f"{which} {folder}: {told(values)}: {what}")
