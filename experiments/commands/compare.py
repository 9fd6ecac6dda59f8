"""What `yendor compare` does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from experiments.analysis.contestants import Contestant, compare_configs, grouped
from experiments.analysis.report.evidence import Evidence
from experiments.analysis.tables import pairs_table, summary_table
from experiments.commands.compare_outputs import Outputs, write_outputs
from experiments.commands.entrants import Entrants, entrants
from experiments.commands.evaluate import play_unseen
from experiments.commands.fields import Field, fields, same_training
from experiments.errors import RunError, UserError
from experiments.runs.run import Run
from experiments.runs.untrained import untrained_config, untrained_run
from experiments.seeds import BLOCK, evaluation_label
from experiments.training.evaluate import LEARNED
from experiments.training.faults import whole


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
    found = entrants(targets)
    terms = _terms(found, games, workers, block)
    sorted_fields, others = fields(found.runs) if found.runs else ([Field()], [])
    numbered = [outputs.numbered(number) for number in range(len(sorted_fields))]
    notes = [f"Left out: {what}" for what in (*found.left_out, *others)]
    console = Console(stderr=outputs.to_stdout)
    for number, one in enumerate(sorted_fields):
        evidence = _played(one, found.baselines, terms, notes if not number else [])
        show(evidence, console)
        write_outputs(evidence, numbered[number])


def show(evidence: Evidence, console: Console) -> None:
    """Print notes, tables and verdicts."""
    comparisons = evidence.comparisons
    for note in evidence.notes:
        console.print(note, markup=False, highlight=False, soft_wrap=True)
    console.print(summary_table(comparisons))
    if comparisons[0].pairs:
        console.print(pairs_table(comparisons))
    for comparison in comparisons:
        for pair in comparison.pairs:
            verdict = f"{comparison.metric}: {pair.verdict}."
            console.print(verdict, markup=False, highlight=False, soft_wrap=True)


def _terms(found: Entrants, games: int | None, workers: int | None, block: int | None) -> Terms:
    asked = found.evaluation
    own = asked.games if asked else next((run.config.evaluate.games for run in found.runs), 0)
    return Terms(games or own or 50, block or (asked.block if asked else BLOCK), workers)


def _played(one: Field, baselines: Sequence[Path], terms: Terms, notes: Sequence[str]) -> Evidence:
    """Plays the games of a field, and compares them."""
    env = one.runs[0].config.env if one.runs else None
    for path in baselines:
        config = untrained_config(path, env)
        one.runs.append(untrained_run(config))
        env = config.env
    played, left_out = [], []
    for run in one.runs:
        try:
            played.append(_contestant(run, terms))
        except RunError as error:
            left_out.append(f"Left out: {error}")
    if not played:
        raise UserError("\n".join([*notes, *left_out]))
    contestants = grouped(played)
    comparisons, more = compare_configs(contestants)
    more += same_training(contestants)
    first = [f"The games with {one.what}."] if one.what else []
    label = evaluation_label(LEARNED, terms.block)
    return Evidence(contestants, comparisons, [*first, *notes, *left_out, *more], label)


def _contestant(run: Run, terms: Terms) -> Contestant:
    _, trained = run.checkpoint()
    name = f"{run.config.name} seed {run.config.seed}" if trained else run.config.name
    evaluation = play_unseen(run, terms.games, terms.workers, LEARNED, terms.block, name)
    return Contestant(run, whole(run.episodes(trained)), evaluation, run.metrics(trained))
