"""Runs to train and to evaluate, one after the other.

The unseen games of a run have their turn when the next run is trained. Until then they go to
workers that would wait for the longest game of a round.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from experiments.commands.play import play_unseen, train_run
from experiments.console import PlainConsole
from experiments.runs.create_or_resume import create_or_resume
from experiments.runs.run import Run, holds_run
from experiments.seeds import BLOCK
from experiments.training.asked import LEARNED, ask
from experiments.training.unseen import Queue, Unseen

console = PlainConsole()


@dataclass(frozen=True)
class Job:
    """A run to train and to evaluate.

    Attributes:
        name: says whose games are played.
        folder: of the run.
        path: of its config.
        overrides: on top of that.
        games, block: of the evaluation; None for as many games as the config says.
    """

    name: str
    folder: Path
    path: Path
    overrides: tuple[str, ...]
    games: int | None = None
    block: int = BLOCK


@dataclass(frozen=True)
class Terms:
    """How all of them are trained: in how many processes, whether finished ones anew, and whether
    TensorBoard is to show them.
    """

    workers: int | None
    overwrite: bool
    tensorboard: bool = False


@dataclass
class Step:
    """A job under way.

    Attributes:
        job: what is to be done.
        place: the how manieth of how many it is.
        terms: how it is done.
        queue: unseen games of this job and of others.
    """

    job: Job
    place: tuple[int, int]
    terms: Terms
    queue: Queue
    _trained: tuple[Run, Unseen] | None = field(default=None, init=False)

    @property
    def name(self) -> str:
        """What it is called where progress is shown."""
        return "{}/{} ".format(*self.place) + self.job.name

    def train(self) -> None:
        """Train the run, as far as that is missing; its unseen games may be played from now on.

        Raises:
            UserError, OSError: when it can't be trained.
        """
        job, terms = self.job, self.terms
        resume = holds_run(job.folder) and not terms.overwrite
        given = (str(job.path), job.overrides, job.folder, resume, terms.overwrite)
        with create_or_resume(*given) as run:
            queue, tensorboard = self.queue, terms.tensorboard
            train_run(run, terms.workers, console, self.name, False, tensorboard, queue)
            run = replace(run, lock=None)
            games = run.config.evaluate.games if job.games is None else job.games
            asked = ask(run, LEARNED, job.block)
            unseen = Unseen(asked, games, len(asked.kept()))
        self._trained = run, unseen
        self.queue.add(unseen)

    def evaluate(self) -> None:
        """Play the unseen games that are missing, unless the run could not be trained.

        Raises:
            UserError, OSError: when that can't be done.
        """
        if self._trained is None:
            return
        (run, unseen), name = self._trained, f"{self.name}, unseen games"
        try:
            if unseen.games:
                play_unseen(
                    run, unseen.games, self.terms.workers, LEARNED, self.job.block, name,
                    before=unseen, meanwhile=self.queue,
                )  # fmt: skip
        finally:
            self.queue.remove(unseen)
