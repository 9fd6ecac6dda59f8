"""The ten-armed testbed: decisions of each bandit, compiled, against its own class."""

from __future__ import annotations

import numpy as np

from experiments.bench.measure import Effort, Result, Trial, over_and_over, take_turns
from experiments.testbed.arms import BERNOULLI
from experiments.testbed.beyond import ON_BERNOULLI
from experiments.testbed.policies import Policy
from experiments.testbed.simulate import simulate

RUNS, STEPS = 20, 1_000  # 20,000 decisions; a line of the book's figures has 2,000,000


def measure(effort: Effort) -> list[Result]:
    """Decisions per second; ours include the drawing of problems and rewards and all averages."""
    return [_measured(policy, effort) for policy in ON_BERNOULLI]


def _measured(policy: Policy, effort: Effort) -> Result:
    rounds = over_and_over(lambda: simulate(policy, BERNOULLI, RUNS, STEPS), effort.seconds)
    trials: dict[str, Trial] = {
        "ours": lambda: rounds() * RUNS * STEPS,
        "class": _one_by_one(policy, effort.seconds),
    }
    speeds = take_turns(trials, effort.repeats)
    return Result(policy.label, "decisions/s", speeds["ours"], "its class", speeds["class"])


def _one_by_one(policy: Policy, seconds: float) -> Trial:
    rng = np.random.default_rng(0)
    bandit = policy.bandit(BERNOULLI.n, rng)
    rewards = rng.integers(2, size=100).astype(float).tolist()

    def decide() -> None:
        for reward in rewards:
            bandit.update(bandit.select(), reward)

    rounds = over_and_over(decide, seconds)
    return lambda: rounds() * len(rewards)
