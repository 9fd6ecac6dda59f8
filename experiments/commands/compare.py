"""What `yendor compare` does."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from experiments.analysis.contestants import Contestant, compare_configs, grouped
from experiments.analysis.report.evidence import Evidence
from experiments.analysis.tables import pairs_table, summary_table
from experiments.commands.compare_outputs import Outputs, write_outputs
from experiments.commands.evaluate import play_unseen
from experiments.errors import UserError
from experiments.runs.run import Run, open_run
from experiments.training.evaluate import LEARNED


def compare(
    folders: Sequence[Path], games: int | None, workers: int | None, outputs: Outputs
) -> None:
    """Plays the unseen games that are missing, shows tables, and writes what was asked for.

    Raises:
        RunError: for a run that can't be read.
        UserError: for an output that can't be written.
    """
    outputs.check()
    runs = [open_run(folder) for folder in folders]
    if twice := [run.folder for run in runs if [r.folder for r in runs].count(run.folder) > 1]:
        raise UserError(f"{twice[0]}: is given twice; compare it with another run")
    games = games or runs[0].config.evaluate.games or 50
    contestants = grouped([_contestant(run, games, workers) for run in runs])
    evidence = Evidence(contestants, *compare_configs(contestants))
    show(evidence, Console(stderr=outputs.to_stdout))
    write_outputs(evidence, outputs)


def show(evidence: Evidence, console: Console) -> None:
    """Prints notes, tables and verdicts."""
    comparisons = evidence.comparisons
    for note in evidence.notes:
        console.print(note, markup=False, highlight=False)
    console.print(summary_table(comparisons))
    if comparisons[0].pairs:
        console.print(pairs_table(comparisons))
    for comparison in comparisons:
        for pair in comparison.pairs:
            verdict = f"{comparison.metric}: {pair.verdict}."
            console.print(verdict, markup=False, highlight=False, soft_wrap=True)


def _contestant(run: Run, games: int, workers: int | None) -> Contestant:
    _, trained = run.checkpoint()
    evaluation = play_unseen(run, games, workers, LEARNED)
    return Contestant(run, run.episodes(trained), evaluation, run.metrics(trained))
