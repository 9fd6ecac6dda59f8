"""What `yendor compare` does."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from experiments.analysis.report.evidence import Evidence
from experiments.analysis.standings import many, verdicts
from experiments.analysis.tables import pairs_table, summary_table
from experiments.commands.compare_outputs import Outputs, write_outputs
from experiments.commands.contest import contest
from experiments.console import PlainConsole


def compare(
    targets: Sequence[Path],
    games: int | None,
    workers: int | None,
    outputs: Outputs,
    block: int | None = None,
) -> None:
    """Plays the unseen games that are missing, shows tables, and writes what was asked for.

    Args:
        targets: runs, groups, suites and configs, see `entrants`.
        games: how many; None for what the suite or the first config says.
        workers: processes that play; None for one on each processor.
        outputs: files to write; of each further field of games their names have a number.
        block: of unseen games; None for what the suite says.

    Raises:
        UserError: when there is nothing to compare, or a file can't be written.
    """
    outputs.check()
    console = PlainConsole(stderr=outputs.to_stdout)
    asked = contest(targets, games, workers, block, console)
    numbered = [outputs.numbered(number) for number in range(len(asked.fields))]
    for evidence, files in zip(asked.played(), numbered, strict=True):
        show(evidence, console)
        write_outputs(evidence, files)


def show(evidence: Evidence, console: Console) -> None:
    """Print notes, tables and verdicts."""
    comparisons = evidence.comparisons
    for note in evidence.notes:
        console.print(note, soft_wrap=True)
    console.print(summary_table(comparisons))
    shown = [evidence.headline] if many(evidence.headline) else comparisons
    if comparisons[0].pairs:
        console.print(pairs_table(shown))
    if len(shown) < len(comparisons):
        console.print("Differences in the other metrics: --out, --markdown, --csv.", soft_wrap=True)
    for comparison in comparisons:
        for said in verdicts(comparison):
            console.print(f"{comparison.metric}: {said}", soft_wrap=True)
