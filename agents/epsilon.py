"""ε-greedy exploration: how often anything legal is tried, and how that changes with experience."""

from __future__ import annotations

from dataclasses import dataclass

from agents.settings import LARGE, Settings, setting


@dataclass(frozen=True)
class EpsilonSettings(Settings):
    """The settings of every agent that explores so."""

    epsilon: float = setting(0.1, "the probability of exploring", low=0, high=1)
    final_epsilon: float | None = setting(
        None, "what epsilon falls or rises to; null: it stays", low=0, high=1
    )
    decay_decisions: int | None = setting(
        None, "decisions until final_epsilon is reached, in a straight line", low=1, high=LARGE
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        if (self.final_epsilon is None) != (self.decay_decisions is None):
            raise ValueError("final_epsilon and decay_decisions must be given together")

    def epsilon_after(self, decisions: int) -> float:
        """Return the epsilon of an agent that has learned from so many decisions."""
        if self.final_epsilon is None or self.decay_decisions is None:
            return self.epsilon
        progress = min(1.0, decisions / self.decay_decisions)
        return (1 - progress) * self.epsilon + progress * self.final_epsilon
