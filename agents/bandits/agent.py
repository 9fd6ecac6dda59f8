"""A bandit as an agent: the arms are the actions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import numpy as np

from agents import checkpoint
from agents.bandits.base import Bandit
from agents.base import State, Transition
from agents.checks import check_range


class BanditAgent:
    """Chooses by a bandit `policy` (a class), built with `settings`.

    context: "none" is the textbook's bandit, one row of action values; "situation" keeps one
    row for each situation.
    reward_range: (low, high) is mapped linearly to [0, 1] and rewards outside are clipped;
    UCB's c and Beta posteriors assume rewards in [0, 1].

    A bandit's horizon is one decision: it looks at each decision's own reward, and ignores
    the discount and the next state.
    """

    learns_online = True

    def __init__(
        self,
        policy: type[Bandit],
        n_actions: int,
        n_situations: int = 1,
        n_features: int = 0,
        *,
        context: Literal["none", "situation"] = "none",
        reward_range: tuple[float, float] = (0.0, 1.0),
        rng: np.random.Generator | None = None,
        **settings: Any,
    ) -> None:
        if context not in ("none", "situation"):
            raise ValueError(f"context must be 'none' or 'situation', got {context!r}")
        self.low, self.high = reward_range
        check_range("reward_range[0]", self.low)
        check_range("reward_range[1]", self.high, self.low, open_below=True)
        self.context = context
        rows = n_situations if context == "situation" else 1
        self.bandit = policy(n_actions, n_situations=rows, rng=rng, **settings)
        settings |= {"context": context, "reward_range": [self.low, self.high]}
        self.header = checkpoint.Header(policy.name, n_actions, n_situations, n_features, settings)

    @property
    def rng(self) -> np.random.Generator:
        """The bandit's own generator."""
        return self.bandit.rng

    @rng.setter
    def rng(self, rng: np.random.Generator) -> None:
        self.bandit.rng = rng

    def act(self, state: State) -> int:
        """The bandit's choice among the legal actions."""
        return self.bandit.select(state.legal, self._row(state))

    def learn(self, transitions: Sequence[Transition]) -> None:
        """One update for each decision, in order."""
        for transition in transitions:
            state = transition.state
            reward = (transition.reward - self.low) / (self.high - self.low)
            reward = min(max(reward, 0.0), 1.0)
            self.bandit.update(transition.action, reward, self._row(state), legal=state.legal)

    def action_probabilities(self, state: State) -> np.ndarray:
        """(A,) float64: the exact distribution of the next `act(state)`."""
        return self.bandit.action_probabilities(state.legal, self._row(state))

    def estimates(self, state: State) -> np.ndarray:
        """(A,) float64: action values, mapped back to units of reward."""
        return self.low + (self.high - self.low) * self.bandit.estimates(self._row(state))

    def bounds(self, state: State) -> np.ndarray | None:
        """(2, A) float64: the bandit's `bounds`, mapped back to units of reward."""
        bounds = self.bandit.bounds(self._row(state))
        return None if bounds is None else self.low + (self.high - self.low) * bounds

    def counts(self, state: State) -> np.ndarray:
        """(A,) int64: how often each action was learned from, in this state's row."""
        return self.bandit.counts[self._row(state)].copy()

    def save(self, folder: Path) -> None:
        """Write the checkpoint."""
        checkpoint.save(folder, self.header, self.bandit.arrays())

    def restore(self, arrays: dict[str, np.ndarray]) -> None:
        """Take over the arrays of a checkpoint."""
        self.bandit.restore(arrays)

    def _row(self, state: State) -> int:
        return state.situation if self.context == "situation" else 0
