"""What `yendor compare --decisions` does."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from agents.checks import check_choice
from experiments.console import PlainConsole
from experiments.errors import UserError
from experiments.printable import say
from experiments.regret.score import policy_on, score, uniform_on
from experiments.regret.states import MAKE, MEASURES, States, load, stale, unknown
from experiments.regret.tables import pairs_table, regret_table
from experiments.runs.named import find_run
from experiments.runs.run import Run, open_run

console = PlainConsole()
RANDOM = "random choice"
SHOWN = 3  # files that a note names


def compare_decisions(folders: Sequence[Path], measure: str, path: Path | None) -> None:
    """Scores each run's policy, as it stands now, on the bench of states; shows tables.

    Args:
        folders: of the runs.
        measure: of `MEASURES`.
        path: the bench; None for the one that ships.

    Raises:
        UserError: for an unknown measure, and a bench or a run that can't be read.
    """
    try:
        check_choice("--by", measure, MEASURES)
    except ValueError as error:
        raise UserError(str(error)) from None
    states = load(path) if path else load()
    runs = [open_run(find_run(folder)) for folder in folders]
    for note in _notes(states, runs):
        say(note)
    scores = [score(states, RANDOM, uniform_on(states), measure)]
    for name, run in zip(_names(runs), runs, strict=True):
        if new := unknown(states, run.config.env):
            raise UserError(
                f"{run.folder}: sees {', '.join(new)}, which the states do not tell as it is now;"
                f" make them again with: {MAKE}"
            )
        policy = policy_on(states, run.checkpoint()[0], run.config.env)
        scores.append(score(states, name, policy, measure))
    console.print(regret_table(states, scores, measure))
    console.print(pairs_table(scores[::-1], measure))


def _names(runs: Sequence[Run]) -> list[str]:
    """Return the configs' names, or the folders where a name is taken twice."""
    names = [run.config.name for run in runs]
    return [
        name if names.count(name) == 1 else str(run.folder)
        for name, run in zip(names, runs, strict=True)
    ]


def _notes(states: States, runs: Sequence[Run]) -> list[str]:
    """Return what to know before one believes the tables."""
    notes = []
    if changed := stale(states):
        more = f" and {len(changed) - SHOWN} more" if len(changed) > SHOWN else ""
        notes.append(
            f"The states are stale: {', '.join(changed[:SHOWN])}{more} changed since every choice"
            f" was tried. Make them again with: {MAKE}"
        )
    for run in runs:
        if new := [name for name in run.config.env.macros if name not in states.about["macros"]]:
            notes.append(f"{run.folder}: the states know nothing of {', '.join(new)}.")
    return notes
