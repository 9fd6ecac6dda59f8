"""Runs on the same unseen games: who plays how many of which, and what comes out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from experiments.analysis.contestants import (
    Contestant,
    compare_configs,
    grouped,
    on_shared_games,
)
from experiments.analysis.report.evidence import Evidence
from experiments.commands.entrants import Entrants, entrants
from experiments.commands.fields import Field, fields, same_training
from experiments.commands.play import DEFAULT_GAMES, play_unseen
from experiments.errors import RunError, UserError
from experiments.runs.run import Run
from experiments.runs.untrained import untrained_config, untrained_run
from experiments.seeds import BLOCK, evaluation_label
from experiments.training.asked import LEARNED
from experiments.training.faults import whole


@dataclass(frozen=True)
class Terms:
    """The unseen games: how many of which block, played by how many processes, shown where."""

    games: int
    block: int
    workers: int | None
    console: Console


@dataclass(frozen=True)
class Contest:
    """What is to be played.

    Attributes:
        fields: runs by the game that they play.
        baselines: config files, whose untrained agents play in every field.
        notes: what is left out, and why.
        terms: of the games.
    """

    fields: Sequence[Field]
    baselines: Sequence[Path]
    notes: Sequence[str]
    terms: Terms

    def played(self) -> Iterator[Evidence]:
        """Plays the games that are missing, and compares: one field after the other."""
        for number, one in enumerate(self.fields):
            yield _played(one, self.baselines, self.terms, [] if number else self.notes)


def contest(
    targets: Sequence[Path],
    games: int | None,
    workers: int | None,
    block: int | None,
    console: Console,
) -> Contest:
    """Return what there is to compare; no game is played yet.

    Args:
        targets: runs, groups, suites and configs, see `entrants`.
        games: how many; None for what the suite or the first config says.
        workers: processes that play; None for one on each processor.
        block: of unseen games; None for what the suite says.
        console: where progress is shown.

    Raises:
        UserError: when there is nothing to compare.
    """
    found = entrants(targets)
    sorted_fields, others = fields(found.runs) if found.runs else ([Field()], [])
    notes = [f"Left out: {what}" for what in (*found.left_out, *others)]
    terms = _terms(found, games, workers, block, console)
    return Contest(sorted_fields, found.baselines, notes, terms)


def _terms(
    found: Entrants, games: int | None, workers: int | None, block: int | None, console: Console
) -> Terms:
    asked = found.evaluation
    own = asked.games if asked else next((run.config.evaluate.games for run in found.runs), 0)
    block = block or (asked.block if asked else BLOCK)
    return Terms(games or own or DEFAULT_GAMES, block, workers, console)


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
    shared, missing = on_shared_games(played)
    contestants = grouped(shared)
    comparisons, more = compare_configs(contestants)
    more += same_training(contestants)
    first = [f"The games with {one.what}."] if one.what else []
    label = evaluation_label(LEARNED, terms.block)
    return Evidence(contestants, comparisons, [*first, *notes, *left_out, *missing, *more], label)


def _contestant(run: Run, terms: Terms) -> Contestant:
    _, trained = run.checkpoint()
    name = f"{run.config.name} seed {run.config.seed}" if trained else run.config.name
    evaluation = play_unseen(
        run, terms.games, terms.workers, LEARNED, terms.block, name, terms.console
    )
    return Contestant(run, whole(run.episodes(trained)), evaluation, run.metrics(trained))
