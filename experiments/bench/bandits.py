"""Bandits of ten arms: choosing and learning, against MABWiser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from agents.bandits import UCB, Bandit, EpsilonGreedy, GradientBandit, Greedy, Thompson
from experiments.bench.measure import Effort, Result, Trial, over_and_over, peer, take_turns

ARMS = 10
EPSILON = 0.1
INSTALL = "pip install mabwiser"
BANDITS = (Greedy, EpsilonGreedy, UCB, Thompson, GradientBandit)
REWARDS = np.random.default_rng(0).integers(2, size=100).astype(float).tolist()  # 0 or 1


def measure(effort: Effort) -> list[Result]:
    """Decisions per second of each bandit, beside MABWiser's policy of the same kind."""
    library = peer("mabwiser.mab")
    results = []
    for kind in BANDITS:
        trials = {"ours": _ours(kind, effort.seconds)}
        named = _policies(library).get(kind.name)
        if library and named:
            trials["theirs"] = _theirs(library, named, effort.seconds)
        speeds = take_turns(trials, effort.repeats)
        compared = kind is not GradientBandit  # which MABWiser does not have
        results.append(
            Result(
                kind.name,
                "decisions/s",
                speeds["ours"],
                "MABWiser" if compared else "",
                speeds.get("theirs", ()),
                note=INSTALL if compared and not library else "",
            )
        )
    return results


def _policies(library: Any) -> dict[str, Any]:
    """MABWiser's policies by the names of ours; it has no gradient bandit."""
    if not library:
        return {}
    policies = library.LearningPolicy
    return {
        Greedy.name: policies.EpsilonGreedy(epsilon=0),
        EpsilonGreedy.name: policies.EpsilonGreedy(epsilon=EPSILON),
        UCB.name: policies.UCB1(alpha=1.0),
        Thompson.name: policies.ThompsonSampling(),
    }


def _ours(kind: type[Bandit], seconds: float) -> Trial:
    settings: dict[str, Any] = {"epsilon": EPSILON} if kind is EpsilonGreedy else {}
    bandit = kind(ARMS, rng=np.random.default_rng(0), **settings)

    def decide() -> None:
        for reward in REWARDS:
            bandit.update(bandit.select(), reward)

    return _decisions(decide, seconds)


def _theirs(library: Any, policy: Any, seconds: float) -> Trial:
    bandit = library.MAB(list(range(ARMS)), policy, seed=0)
    bandit.fit(list(range(ARMS)), [0] * ARMS)  # it can't choose before it has learned

    def decide() -> None:
        for reward in REWARDS:
            bandit.partial_fit([bandit.predict()], [reward])

    return _decisions(decide, seconds)


def _decisions(decide: Callable[[], None], seconds: float) -> Trial:
    """Decisions per second of something that decides once for each of `REWARDS`."""
    rounds = over_and_over(decide, seconds)
    return lambda: rounds() * len(REWARDS)
