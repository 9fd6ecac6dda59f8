"""Many runs of one policy, each on a problem of its own, and their averages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from experiments.testbed.arms import Arms
from experiments.testbed.kernels import Memory, Run, World, play
from experiments.testbed.policies import Policy, compiled

LATE = 100  # steps at the end that make up "the level reached"


@dataclass(frozen=True, slots=True)
class Outcome:
    """Averages over R runs at each of T steps, and some figures of every run.

    Attributes:
        policy: that was played.
        runs: R.
        reward, reward_error: (T,) mean reward, and its standard error.
        optimal: (T,) share of runs in which an optimal arm was chosen.
        regret, regret_error: (T,) mean of the cumulative regret Σ (max q* − q*(Aₜ)), and its
            standard error. It is of the arms' means, not of the rewards that happened.
        best: (T,) mean of max q*: what could be had.
        run_reward, run_regret: (R,) mean reward and regret of each run over all steps.
        late_reward, late_optimal: (R,) the same over the last `LATE` steps, and the share of
            optimal choices in them.
    """

    policy: Policy
    runs: int
    reward: np.ndarray
    reward_error: np.ndarray
    optimal: np.ndarray
    regret: np.ndarray
    regret_error: np.ndarray
    best: np.ndarray
    run_reward: np.ndarray
    run_regret: np.ndarray
    late_reward: np.ndarray
    late_optimal: np.ndarray

    @property
    def steps(self) -> int:
        """T."""
        return len(self.reward)


class _Tally:
    """Sums over runs."""

    def __init__(self, runs: int, steps: int) -> None:
        self.sums = np.zeros((6, steps))
        self.each = np.empty((4, runs))
        self.runs = 0

    def add(self, run: Run) -> None:
        """Add one run to the sums."""
        regret = np.cumsum(run.gaps)
        optimal = run.gaps == 0
        rows = (run.rewards, run.rewards**2, optimal, regret, regret**2, run.best)
        for total, row in zip(self.sums, rows, strict=True):
            total += row
        late_reward, late_optimal = run.rewards[-LATE:].mean(), optimal[-LATE:].mean()
        self.each[:, self.runs] = run.rewards.mean(), regret[-1], late_reward, late_optimal
        self.runs += 1

    def outcome(self, policy: Policy) -> Outcome:
        """Return the means of all runs so far, with their standard errors."""
        reward, squares, optimal, regret, regret_squares, best = self.sums / self.runs
        return Outcome(
            policy,
            self.runs,
            reward,
            _error(reward, squares, self.runs),
            optimal,
            regret,
            _error(regret, regret_squares, self.runs),
            best,
            *self.each,
        )


def simulate(
    policy: Policy,
    arms: Arms,
    runs: int,
    steps: int,
    seed: int = 0,
    tick: Callable[[], None] = lambda: None,
) -> Outcome:
    """Play a policy on `runs` problems for `steps` steps each.

    The problems, and the noise of their rewards, depend on seed and run alone: all policies
    meet the same ones. `tick` is called after each run.
    """
    rule, start = compiled(policy.bandit(arms.n))
    world = World(arms.rewards == "bernoulli", arms.walk, arms.burst)
    tally = _Tally(runs, steps)
    for run in range(runs):
        nature, rng = generators(seed, run)
        memory = Memory(*(array.copy() for array in start))
        tally.add(Run(*play(rule, memory, world, arms.draw(nature), steps, nature, rng)))
        tick()
    return tally.outcome(policy)


def generators(seed: int, run: int) -> tuple[np.random.Generator, np.random.Generator]:
    """Return the random numbers of a run: the problem's, and the policy's."""
    nature, rng = np.random.SeedSequence((seed, run)).spawn(2)
    return np.random.default_rng(nature), np.random.default_rng(rng)


def _error(mean: np.ndarray, squares: np.ndarray, runs: int) -> np.ndarray:
    """(T,): the standard error of a mean of `runs` numbers, from their mean and mean square."""
    variance = np.maximum(squares - mean**2, 0) * runs / max(runs - 1, 1)
    return np.asarray(np.sqrt(variance / runs))
