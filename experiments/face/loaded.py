"""A run as Python code meets it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from matplotlib.figure import Figure

from agents import Agent
from envs.names import nearest
from experiments.analysis.contestants import Contestant
from experiments.analysis.metrics import METRICS, metrics_of
from experiments.analysis.report.evidence import Evidence
from experiments.analysis.report.learning import learning_curve, round_charts
from experiments.arguments import path as path_given
from experiments.arguments import text, whole_number
from experiments.config.models import Config
from experiments.errors import UserError
from experiments.face.figures import figure_of, figures_of
from experiments.face.tables import frame
from experiments.files import Row
from experiments.playback.run_source import RunSource
from experiments.recordings.formats import FORMATS
from experiments.recordings.outputs import Stretch, check_outputs, record
from experiments.runs.run import Run
from experiments.seeds import BLOCK, evaluation_label
from experiments.training.asked import LEARNED

if TYPE_CHECKING:
    from pandas import DataFrame

KEYS_PER_SECOND, PIXELS = 12.0, 960  # of recordings, and their width


@dataclass(frozen=True)
class LoadedRun:
    """A run folder with what was learned in it. Every answer is read anew from the folder.

    Attributes:
        run: the run folder.
    """

    run: Run

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return self.run.folder

    @property
    def name(self) -> str:
        """The config's name."""
        return self.run.config.name

    @property
    def config(self) -> Config:
        """Everything that was asked for, such as ``run.config.env.reward``."""
        return self.run.config

    @property
    def agent(self) -> Agent:
        """The agent as it stands now: a copy of one's own, see `agents.Agent`."""
        return self.run.checkpoint()[0]

    @property
    def games(self) -> int:
        """How many games it has learned from."""
        return self.run.checkpoint()[1]

    def episodes(self) -> list[Row]:
        """Return one row for each game of training: its seed, points, reward, and more."""
        return self.run.episodes(self.games)

    def metrics(self) -> list[Row]:
        """Return one row for each round of training: loss, entropy, or a bandit's estimates."""
        return self.run.metrics(self.games)

    def unseen(self, block: int = BLOCK) -> list[Row]:
        """Return one row for each unseen game that was played so far; `evaluate` plays more."""
        return self.run.evaluation(evaluation_label(LEARNED, whole_number("block", block)))

    def episodes_frame(self) -> DataFrame:
        """Return `episodes` as a pandas table; counts of macro-actions are ``macros/NAME``.

        Raises:
            UserError: without pandas, the extra ``frames``.
        """
        return frame(self.episodes())

    def metrics_frame(self) -> DataFrame:
        """Return `metrics` as a pandas table.

        Raises:
            UserError: without pandas, the extra ``frames``.
        """
        return frame(self.metrics())

    def unseen_frame(self, block: int = BLOCK) -> DataFrame:
        """Return `unseen` as a pandas table.

        Raises:
            UserError: without pandas, the extra ``frames``.
        """
        return frame(self.unseen(block))

    def learning_curve(self, metric: str = "reward") -> Figure:
        """Return the games of training in a metric, in windows of games.

        Args:
            metric: ``reward`` is what the agent learns to make larger; ``points``, ``progression``
                and others are what people ask about.

        Raises:
            UserError: for an unknown metric, and for a run without training.
        """
        text("metric", metric)
        evidence = self._evidence()
        known = [name for name in METRICS if name in metrics_of(self.episodes()) or name == metric]
        if metric not in METRICS:
            raise UserError(f"unknown metric {metric!r}; {nearest(metric, known)}")
        chart = learning_curve(evidence, metric)
        if chart is None:
            raise UserError(f"{self.folder}: has learned from no games")
        return figure_of(chart)

    def round_figures(self) -> dict[str, Figure]:
        """Return a figure for each number that the agent reports of a round, by name."""
        drawn = figures_of(round_charts(self._evidence()))
        return {name.removeprefix("round-"): figure for name, figure in drawn.items()}

    def record(self, path: str | Path, game: int = 0, *, block: int = BLOCK) -> Path:
        """Record one unseen game as what the file's name ends in, and return where it is.

        Args:
            path: such as ``game.html``, a page to step through, ``game.gif`` or ``game.mp4``.
            game: its number; one that was not played yet is played by the agent as it stands now.
            block: of unseen games.

        Raises:
            UserError: for an unknown kind of file, and for one that can't be written.
        """
        file = path_given("path", path)
        game, block = whole_number("game", game, least=0), whole_number("block", block)
        kind = file.suffix.removeprefix(".")
        if kind not in FORMATS:
            raise UserError(f"{file}: a recording ends in one of .{', .'.join(FORMATS)}")
        check_outputs({kind: file}, KEYS_PER_SECOND)
        playback = RunSource(self.folder, block=block).open(game)
        record(playback, {kind: file}, Stretch(), KEYS_PER_SECOND, PIXELS)
        return file

    def _evidence(self) -> Evidence:
        contestant = Contestant(self.run, self.episodes(), self.unseen(), self.metrics())
        return Evidence({self.name: {self.config.seed: contestant}}, [])

    def __repr__(self) -> str:
        agent, learned = self.config.agent.name, f"{self.games:,} games"
        return f"<run {self.config.title!r} in {self.folder}: {agent}, learned from {learned}>"
