"""What `yendor compare` does."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer
from rich.console import Console

from experiments.analysis.contestants import Contestant, compare_runs, names_of
from experiments.analysis.tables import pairs_table, summary_table
from experiments.commands.evaluate import play_unseen
from experiments.errors import UserError
from experiments.files import Row, write_text
from experiments.runs.run import Run, open_run
from experiments.training.evaluate import LEARNED

console = Console()


def compare(
    folders: Sequence[Path], games: int | None, workers: int | None, out: Path | None
) -> None:
    """Plays the unseen games that are missing, shows tables, and writes a report if asked.

    Raises:
        RunError: for a run that can't be read.
    """
    if out and (out.is_dir() or not out.absolute().parent.is_dir()):
        raise UserError(f"--out {out}: must be a file in a folder that exists")
    runs = [open_run(folder) for folder in folders]
    if twice := [run.folder for run in runs if [r.folder for r in runs].count(run.folder) > 1]:
        raise UserError(f"{twice[0]}: is given twice; compare it with another run")
    games = games or runs[0].config.evaluate.games or 50
    contestants = [
        Contestant(name, run, _learned_from(run), play_unseen(run, games, workers, LEARNED))
        for name, run in zip(names_of(runs), runs, strict=True)
    ]
    comparisons, notes = compare_runs(contestants)
    for note in notes:
        typer.echo(note)
    console.print(summary_table(comparisons))
    if len(contestants) > 1:
        console.print(pairs_table(comparisons))
        for comparison in comparisons:
            for pair in comparison.pairs:
                typer.echo(f"{comparison.metric}: {pair.verdict}.")
    if out:
        from experiments.analysis.report import report

        write_text(out, report(contestants, comparisons, notes))
        typer.echo(f"The report is {out}")


def _learned_from(run: Run) -> list[Row]:
    _, games = run.checkpoint()
    return run.episodes(games)
