"""The teacher: forked futures of the agent's own games of training, as lessons for it.

This is rollout policy iteration (Tesauro & Galperin, 1996; Lagoudakis & Parr, 2003), or expert
iteration (Anthony, Tian & Barber, 2017) without a tree: at some decisions of a game that the agent
has just played, each legal macro-action is tried several times, the agent playing on, and its
critic ends the returns that are cut short.

Futures know what the player can't. So of all that plays and learns, this file alone sees them, and
`train` alone calls it: an agent that is evaluated, watched or exported never does.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from threadpoolctl import threadpool_limits

from agents import Agent, Transition
from agents.lessons import Lesson, Student
from envs.features import critical
from envs.futures import Horizon, every_future
from envs.macro_env import MacroEnv
from experiments.config.models import Config
from experiments.training.again import again
from experiments.training.rollout import Episode, policy_of

TEACHER = 3  # sets its random numbers apart from those of the game, the learner and the weights

LAST_DECISIONS = 10  # before a death
CRITICAL, DYING, LEAVING = 8.0, 4.0, 2.0  # what such decisions weigh more than others, at 1


@dataclass(frozen=True)
class Teacher:
    """Looks into decisions of games of training.

    Attributes:
        config: of the run; it has `train.futures`.
        first: the round's first game.
    """

    config: Config
    first: int

    def __call__(self, env: MacroEnv, agent: Agent, episode: Episode) -> tuple[Lesson | None, ...]:
        """Return the lessons of a game, None in the place of one that failed.

        They depend on the run's seed, the game's and the agent alone.

        Args:
            env: plays the game again, and then is at some decision of it.
            agent: as it played the game.
            episode: the game.
        """
        seed = int(episode.row["seed"])
        rng = np.random.default_rng([self.config.seed, seed, TEACHER])
        assert isinstance(agent, Student)
        chosen = self._choose(episode, self._share(seed), rng, alike=agent.reach == 1)
        if not chosen:
            return ()
        lessons: list[Lesson | None] = []
        for number, step in again(env, seed, episode.transitions[: chosen[-1] + 1]):
            if number in chosen:
                lessons.append(self._lesson(env, agent, step, (self.config.seed, seed, number)))
        return (*lessons, *[None] * (len(chosen) - len(lessons)))

    def _share(self, seed: int) -> int:
        """How many decisions of this game are looked into: each round's are spread evenly."""
        train = self.config.train
        assert train.futures
        n, states, game = train.games_per_round, train.futures.states, seed - self.first
        return (game + 1) * states // n - game * states // n

    def _choose(
        self, episode: Episode, n: int, rng: np.random.Generator, alike: bool = False
    ) -> list[int]:
        """Return the decisions, ascending; likelier where choices are apt to differ.

        Or all alike: a bandit's estimate is the mean over the decisions that it meets.
        """
        steps = episode.transitions
        weights = np.array([1.0 if alike else self._weight(step) for step in steps])
        if steps[-1].discount == 0 and not alike:  # dead, or otherwise at an end
            weights[-LAST_DECISIONS:] *= DYING
        weights[[np.count_nonzero(step.state.action_mask) < 2 for step in steps]] = 0
        n = min(n, int(np.count_nonzero(weights)))
        if not n:
            return []
        drawn = rng.choice(len(steps), n, replace=False, p=weights / weights.sum())
        return sorted(drawn.tolist())

    def _weight(self, step: Transition) -> float:
        state, macros, names = step.state, self.config.env.macros, self.config.env.features
        leaving = "descend" in macros and state.action_mask[macros.index("descend")]
        return (CRITICAL if critical(state.features, names) else 1.0) * (
            LEAVING if leaving else 1.0
        )

    def _lesson(
        self, env: MacroEnv, agent: Agent, step: Transition, seed: tuple[int, ...]
    ) -> Lesson | None:
        terms = self.config.train.futures
        assert terms and isinstance(agent, Student)
        legal = [int(action) for action in np.flatnonzero(step.state.action_mask)]
        found = every_future(
            env, legal, policy_of(agent), terms.futures, Horizon(decisions=terms.decisions), seed
        )
        if found is None:
            return None
        with threadpool_limits(1):  # the same bits however many processors there are
            values = agent.value(
                np.stack([future.observation for future in found]),
                np.stack([future.info["action_mask"] for future in found]).astype(bool),
            )
        returns = np.full((len(step.state.action_mask), terms.futures), np.nan)
        keystrokes = np.ones(returns.shape, np.int64)
        for future, value in zip(found, values, strict=True):
            returns[future.action, future.index] = future.reward + future.discount * value
            keystrokes[future.action, future.index] = len(future.keys)
        return Lesson(step.state, returns, keystrokes)
