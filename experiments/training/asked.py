"""Games of evaluation that are asked for: whose they are, and which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from agents import Agent
from experiments.config.models import Config, LimitsConfig, TrainConfig, find, load, make_agent
from experiments.errors import RunError
from experiments.files import Row
from experiments.runs.commit import read_checkpoint
from experiments.runs.contents import EVALUATIONS
from experiments.runs.kept import digest
from experiments.runs.run import Run
from experiments.seeds import BLOCK, evaluation_label, evaluation_seed

LEARNED = "learned"
SEEN = "training_games"  # the learned agent on the games that it was trained on


@dataclass(frozen=True)
class Asked:
    """Whose games these are.

    Attributes:
        run: that they belong to.
        agent: who plays them.
        trained: games that it has learned from.
        label: under which they are kept.
        first: the seed of the first.
        mark: the same for the same agent in the same game.
    """

    run: Run
    agent: Agent
    trained: int
    label: str
    first: int
    mark: str

    def kept(self) -> list[Row]:
        """Return the rows that are there; RunError if they are other games'."""
        rows = [
            row for row in self.run.evaluation(self.label) if row.get("trained") == self.trained
        ]
        _check_games(self.run, self.label, rows, self.first)
        return rows


def ask(run: Run, who: str = LEARNED, block: int = BLOCK) -> Asked:
    """Return the games of an agent, as it stands now.

    Args:
        run: whose games they are kept with.
        who: `LEARNED` for the run's agent, `SEEN` for it on the games of its training, or the name
            of an untrained one.
        block: of unseen games, see `experiments.seeds`.

    Raises:
        RunError: when the run's checkpoint can't be read.
        UserError: for a block that there is not.
    """
    # What does not matter for a game is left out.
    same = {"train": TrainConfig(), "start": None, "limits": LimitsConfig()}
    config = run.config.model_copy(update=same)
    if who in (LEARNED, SEEN):
        mark = read_checkpoint(run.folder, lambda place: digest(config, sorted(place.iterdir())))
        agent, trained = run.checkpoint()
    else:
        config = _playing(who, config)
        mark, agent, trained = digest(config), make_agent(config), 0
    first = run.first_seed() if who == SEEN else evaluation_seed(0, block)
    label = evaluation_label(who, block)
    return Asked(run, agent, trained, label, first, f"{mark} {trained}")


def untrained(name: str, config: Config) -> Agent:
    """Return an agent with the settings of its packaged config, for the environment of a run."""
    return make_agent(_playing(name, config))


def _playing(name: str, config: Config) -> Config:
    return config.model_copy(update={"agent": load(find(name)).agent})


def _check_games(run: Run, label: str, rows: Sequence[Row], first: int) -> None:
    for number, row in enumerate(rows):
        if row.get("seed") != first + number:
            told = f"game {number} has the seed {row.get('seed')}, where {first + number} belongs"
            raise RunError(f"{run.played_in / EVALUATIONS / label}.jsonl: {told}")
