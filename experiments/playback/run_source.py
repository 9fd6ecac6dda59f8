"""The games of a run: replays where there are some, else played by the agent as it stands now."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from experiments.playback.live import LivePlayback
from experiments.playback.playback import Playback
from experiments.playback.source import filter_of, neighbour, playback_of, which_game, whose
from experiments.replays.format import Replay
from experiments.replays.reader import read_replay
from experiments.replays.recorder import game_settings
from experiments.runs.run import TRAINING, Run, open_run
from experiments.seeds import BLOCK, check_game, evaluation_label, evaluation_seed
from experiments.training.asked import LEARNED
from experiments.training.rollout import environment


class RunSource:
    """A run's unseen games, or those of its training.

    The run is looked at afresh for every game: it may still be training.

    Args:
        folder: the run's.
        training: which of the two.
        live: whether the agent plays games again of which there is a replay.
        block: of unseen games.

    Raises:
        RunError: for a run that can't be read.
        UserError: for a block that there is not.
    """

    def __init__(
        self, folder: Path, training: bool = False, live: bool = False, block: int = BLOCK
    ) -> None:
        self.folder, self.training, self.live = folder, training, live
        self.label = TRAINING if training else evaluation_label(LEARNED, block)
        run = open_run(folder)
        self._whose = TRAINING if training else f"block {block}"
        self._first_seed = run.first_seed() if training else evaluation_seed(0, block)

    def numbers(self, wanted: str = "") -> list[int]:
        """See `GameSource`."""
        fits = filter_of(wanted)
        return sorted(n for n, row in self._rows(open_run(self.folder)).items() if fits(row))

    def open(self, number: int) -> Playback:
        """See `GameSource`; any number of the block will do: the agent can play every game."""
        check_game(number, self._whose)
        run = open_run(self.folder)
        path = None if self.live else run.replays(self.label).get(number)
        if path is None:
            return self._play(run, number)
        replay = read_replay(path)
        if self._outdated(run, replay):
            return self._play(run, number)
        return playback_of(path, replay)

    def beside(self, number: int, step: int, wanted: str = "") -> int | None:
        """See `GameSource`; without a filter, the game with the next number, known or not.

        Of training games, those recorded come before those that are not.
        """
        run = open_run(self.folder)
        if wanted.strip():
            return neighbour(self.numbers(wanted), number, step)
        if self.training and not self.live and run.replays(self.label):
            return neighbour(list(run.replays(self.label)), number, step)
        return number + step if number + step >= 0 else None

    def _rows(self, run: Run) -> dict[int, dict[str, Any]]:
        if not self.training:
            return {row["game"]: row for row in run.evaluation(self.label)}
        _, games = run.checkpoint()
        return {row["game"]: row for row in run.episodes(games)}

    def _outdated(self, run: Run, replay: Replay) -> bool:
        """Whether an unseen game was played by the agent before it learned more."""
        return not self.training and replay.header.get("trained") != run.checkpoint()[1]

    def _play(self, run: Run, number: int) -> LivePlayback:
        agent, trained = run.checkpoint()
        seed = self._first_seed + number
        who = whose(run.config.name or run.config.agent.name, trained)
        title = f"{who}, {which_game(self.label, number)}"
        rng = np.random.default_rng([run.config.seed, seed])
        env = environment(run.config.env)
        return LivePlayback(env, agent, seed, rng, title, game_settings(run.config.env))
