"""A recorded game, walked again decision by decision, so that futures can branch off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from agents import Agent
from envs.macro_env import MacroEnv
from experiments.errors import UserError
from experiments.playback.source import title_of
from experiments.replays.decisions import Decision
from experiments.replays.digest import digest
from experiments.replays.format import Replay
from experiments.replays.reader import read_replay, unpack_replay
from experiments.replays.recorder import Recorder, Recording
from experiments.runs.run import TRAINING, Run
from experiments.seeds import evaluation_seed
from experiments.training.asked import LEARNED
from experiments.training.rollout import new_environment, play_game


@dataclass
class Game:
    """A game of a run, and the agent that plays its futures.

    Attributes:
        run: the run.
        number: of the game.
        replay: its decisions.
        agent: the run's, as it stands now.
        env: the game's own; where the walk has come to.
        past: the decisions that the last walk has played, with the digests of their last screens.
    """

    run: Run
    number: int
    replay: Replay
    agent: Agent
    env: MacroEnv
    past: list[tuple[Decision, int]] = field(default_factory=list)

    def seed_at(self, at: int) -> tuple[int, int, int]:
        """Of the futures of a decision."""
        return self.run.config.seed, self.replay.seed, at

    @property
    def title(self) -> str:
        """What the game is called."""
        return title_of(self.replay)

    @property
    def player(self) -> str:
        """Who plays the futures on."""
        return self.run.config.name or self.agent.header.name

    @property
    def names(self) -> tuple[str, ...]:
        """Of the macro-actions."""
        return self.replay.macros

    def decision(self, at: int) -> Decision:
        """Return the decision of that number, counted from 1.

        Raises:
            UserError: when the game does not have it.
        """
        decisions, outcome = self.replay.decisions, self.replay.outcome
        if 1 <= at <= len(decisions):
            return decisions[at - 1]
        end = self.replay.damage or (
            f"it is over after decision {len(decisions):,}: {outcome['cause'] or 'alive'}"
        )
        raise UserError(
            f"--at {at}: game {self.number} has decisions 1 to {len(decisions):,}; {end}"
        )

    def walk(self) -> Iterator[tuple[MacroEnv, Decision]]:
        """Plays the game once more; stands still before every decision, which is given along.

        Raises:
            UserError: when it goes another way than the recorded game.
        """
        self.past = []
        env, checks = self.env, dict(self.replay.checks)
        env.reset(seed=self.replay.seed)
        for decision in self.replay.decisions:
            yield env, decision
            *_, terminated, truncated, info = env.step(decision.choice.chosen)
            screen = digest(env.env.observation)
            self.past.append((decision, screen))
            over = (terminated or truncated) and decision is not self.replay.decisions[-1]
            if over or info["keys"] != decision.keys or checks.get(decision.end, screen) != screen:
                raise UserError(self._astray(decision))

    def walk_to(self, at: int) -> MacroEnv:
        """Return the environment as it stands before a decision.

        Raises:
            UserError: when the game does not have it, or can't be followed so far.
        """
        self.decision(at)
        return next(env for env, decision in self.walk() if decision.number == at)

    def _astray(self, decision: Decision) -> str:
        head = self.replay.header
        return (
            f"game {self.number} of {self.run.folder} goes another way than its replay at decision"
            f" {decision.number:,}, {decision.macro}: it can't be followed any further. If trying"
            f" again does not help, the replay was made by another version (NLE"
            f" {head.get('nle', 'unknown')}, Yendor {head.get('yendor', 'unknown')}) or was"
            " altered; decisions before that one can be asked about"
        )


def open_game(run: Run, number: int, training: bool) -> Game:
    """Return a game of a run: from its replay, or played by the agent now if there is none.

    As in `yendor watch`, an unseen game that the agent played before it learned more is played
    anew.

    Raises:
        RunError: for a run that can't be read.
        UserError: for a game that the run does not have, and for a replay of other macro-actions
            than the run's.
    """
    agent, trained = run.checkpoint()
    _check(run, number, training, trained)
    label = TRAINING if training else LEARNED
    path = run.replays(label).get(number)
    replay = read_replay(path) if path else None
    env = new_environment(run.config.env)
    if replay is None or (not training and replay.header.get("trained") != trained):
        first = run.first_seed() if training else evaluation_seed(0)
        replay = _play(env, run, agent, number, Recording(label, trained, first_seed=first))
    if list(replay.macros) != run.config.env.macros:
        raise UserError(f"{path}: has other macro-actions than {run.folder}")
    return Game(run, number, replay, agent, env)


def _check(run: Run, number: int, training: bool, trained: int) -> None:
    if not training:
        evaluation_seed(number)  # refuses what is no game of the block
    elif not trained:
        raise UserError(f"--training: {run.folder} has learned from no games")
    elif not 0 <= number < trained:
        raise UserError(
            f"--training --game {number}: {run.folder} has learned from games 0 to {trained - 1:,}"
        )


def _play(env: MacroEnv, run: Run, agent: Agent, number: int, recording: Recording) -> Replay:
    seed = recording.first_seed + number
    rng = np.random.default_rng([run.config.seed, seed])
    recorder = Recorder(recording.header(run.config, agent, seed), run.config.env.situation)
    episode = play_game(env, agent, seed, rng, False, recorder)
    assert episode.replay is not None
    return unpack_replay(episode.replay, f"game {number} of {run.folder}")
