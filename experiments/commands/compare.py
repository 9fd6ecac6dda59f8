"""What `yendor compare` does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import typer
from rich.console import Console

from experiments.analysis.contestants import Contestant, compare_configs, grouped
from experiments.analysis.tables import pairs_table, summary_table
from experiments.commands.entrants import Entrants, entrants
from experiments.commands.evaluate import play_unseen
from experiments.commands.fields import Field, fields
from experiments.errors import RunError, UserError
from experiments.files import write_text
from experiments.runs.run import Run
from experiments.runs.untrained import untrained_config, untrained_run
from experiments.seeds import BLOCK
from experiments.training.evaluate import LEARNED

console = Console()


@dataclass(frozen=True)
class Terms:
    """The unseen games: how many of which block, played by how many processes."""

    games: int
    block: int
    workers: int | None


def compare(
    targets: Sequence[Path],
    games: int | None,
    workers: int | None,
    out: Path | None,
    block: int | None = None,
) -> None:
    """Plays the unseen games that are missing, shows tables, and writes a report if asked.

    Args:
        targets: runs, groups, suites and configs, see `entrants`.
        games: how many; None for what the suite or the first config says.
        workers: processes that play; None for one on each processor.
        out: the report's file.
        block: of unseen games; None for what the suite says.

    Raises:
        UserError: when there is nothing to compare, or the report can't be written.
    """
    if out and (out.is_dir() or not out.absolute().parent.is_dir()):
        raise UserError(f"--out {out}: must be a file in a folder that exists")
    found = entrants(targets)
    terms = _terms(found, games, workers, block)
    sorted_fields, others = fields(found.runs) if found.runs else ([Field()], [])
    notes = [f"Left out: {what}" for what in (*found.left_out, *others)]
    for number, one in enumerate(sorted_fields):
        path = out.with_stem(f"{out.stem}-{number + 1}") if out and number else out
        _compare_field(one, found.baselines, terms, path, notes if not number else [])


def _terms(found: Entrants, games: int | None, workers: int | None, block: int | None) -> Terms:
    asked = found.evaluation
    own = asked.games if asked else next((run.config.evaluate.games for run in found.runs), 0)
    return Terms(games or own or 50, block or (asked.block if asked else BLOCK), workers)


def _compare_field(
    one: Field, baselines: Sequence[Path], terms: Terms, out: Path | None, notes: list[str]
) -> None:
    env = one.runs[0].config.env if one.runs else None
    for path in baselines:
        config = untrained_config(path, env)
        one.runs.append(untrained_run(config))
        env = config.env
    played = []
    for run in one.runs:
        try:
            played.append(_contestant(run, terms))
        except RunError as error:
            notes.append(f"Left out: {error}")
    if not played:
        raise UserError("\n".join(notes))
    contestants = grouped(played)
    comparisons, more = compare_configs(contestants)
    for note in (*([f"The games with {one.what}"] if one.what else []), *notes, *more):
        typer.echo(note)
    console.print(summary_table(comparisons))
    if len(contestants) > 1:
        console.print(pairs_table(comparisons))
        for comparison in comparisons:
            for pair in comparison.pairs:
                typer.echo(f"{comparison.metric}: {pair.verdict}.")
    if out:
        from experiments.analysis.report import report

        write_text(out, report(contestants, comparisons, [*notes, *more]))
        typer.echo(f"The report is {out}")


def _contestant(run: Run, terms: Terms) -> Contestant:
    _, trained = run.checkpoint()
    name = f"{run.config.name} seed {run.config.seed}" if trained else run.config.name
    evaluation = play_unseen(run, terms.games, terms.workers, LEARNED, terms.block, name)
    return Contestant(run, run.episodes(trained), evaluation, run.metrics(trained))
