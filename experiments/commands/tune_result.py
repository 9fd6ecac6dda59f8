"""How `yendor tune` ends: the best trials, and the best one on fresh games."""

from __future__ import annotations

import json
import shlex
from typing import Any

from rich.console import Console

from experiments.analysis.metrics import METRICS
from experiments.analysis.tables import difference_table, evaluation_table
from experiments.commands.play import play_unseen
from experiments.console import Table
from experiments.errors import UserError
from experiments.files import Row
from experiments.printable import say
from experiments.runs.run import Run, open_run
from experiments.seeds import BLOCK
from experiments.suites.variants import as_overrides
from experiments.training.asked import LEARNED
from experiments.tuning.search import Search
from experiments.tuning.study import folder_of

FRESH = BLOCK + 1  # the block of unseen games that nothing was chosen by
SHOWN = 5  # trials


def conclude(search: Search, games: int, console: Console) -> None:
    """Show the best trials, and plays fresh games with the best and with the config as it stands.

    Raises:
        UserError: when no trial came to its end.
    """
    best = search.study.best()
    if best is None:
        raise UserError(f"{search.folder}: no trial came to its end; see above")
    console.print(_best_trials(search))
    run, first = (open_run(search.folder / name) for name in (folder_of(best), "trial-0"))
    values = search.study.values(best)
    say(f"The best of block {BLOCK}: {folder_of(best)}, {told(values)}. On fresh games:")
    ours = _fresh(search, run, games)
    title = f"{games} games of block {FRESH}"
    if _as_it_stands(search, first) and first.folder != run.folder:
        names = (folder_of(best), f"{search.config.name} as it stands")
        theirs = _fresh(search, first, games)
        console.print(difference_table(title, ours, theirs, names))
    else:
        console.print(evaluation_table(title, ours))
    fixed = [one for one in search.fixed if one.partition("=")[0] != "seed"]  # --seeds says which
    given = shlex.join((search.target, *fixed, *as_overrides(values)))
    say(f"Next: yendor train {given} --seeds 5")


def told(values: dict[str, Any]) -> str:
    """Values by key, in short."""
    return ", ".join(f"{key}={_short(value)}" for key, value in values.items())


def _fresh(search: Search, run: Run, games: int) -> list[Row]:
    name = f"{run.config.name}, fresh games"
    return play_unseen(run, games, search.judge.workers, LEARNED, FRESH, name)


def _as_it_stands(search: Search, run: Run) -> bool:
    """Whether a trial has the values of the config itself, and was trained to its end."""
    whole = run.checkpoint()[1] == run.config.train.games
    return whole and run.config.agent == search.config.agent and run.config.env == search.config.env


def _best_trials(search: Search) -> Table:
    metric, form = search.judge.metric, METRICS[search.judge.metric].form
    table = Table("trial", *search.study.space, metric, title=f"{search.folder}: the best")
    for trial in search.study.completed()[:SHOWN]:
        values = map(_short, search.study.values(trial).values())
        table.add_row(folder_of(trial), *values, f"{trial.value:{form}}")
    return table


def _short(value: Any) -> str:
    return f"{value:.4g}" if isinstance(value, float) else json.dumps(value).strip('"')
