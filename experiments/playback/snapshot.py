"""How a game stood at some point of a decision."""

from __future__ import annotations

from dataclasses import dataclass

from envs.knowledge.statistics import Statistics
from experiments.playback.screens import Screen
from experiments.replays.decisions import Choice, Decision


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The game at the beginning of a decision, after one of its keys, or at its end.

    Attributes:
        position: keystrokes since the game began.
        screen: what the player saw.
        decision: the one under way, its keys up to here.
        past: the last decisions before it, oldest first.
        reward: of the game, undiscounted between decisions, up to the last finished one.
    """

    position: int
    screen: Screen
    decision: Decision
    past: tuple[Decision, ...]
    reward: float

    @property
    def choice(self) -> Choice:
        """Of the decision under way."""
        return self.decision.choice

    @property
    def stats(self) -> Statistics:
        """The hero's."""
        return self.screen.stats
