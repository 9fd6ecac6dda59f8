"""A hero's life, as the survival bench counts it."""

from __future__ import annotations

from dataclasses import dataclass, field

from envs.knowledge.statistics import Statistics

EVERY = 1_000  # turns from mark to mark


@dataclass
class Life:
    """A hero's life.

    Attributes:
        seed, character: of the game.
        turns: that it lasted.
        cause: of the death; None of those still alive at the end.
        levels, armor_classes: experience level and armour class at each mark that was lived to see.
    """

    seed: int
    character: str
    turns: int = 0
    cause: str | None = None
    levels: list[int] = field(default_factory=list)
    armor_classes: list[int] = field(default_factory=list)

    def note(self, stats: Statistics) -> None:
        """Take in the bottom lines: what they are at the marks that have been passed."""
        self.turns = stats.turn
        while len(self.levels) < stats.turn // EVERY:
            self.levels.append(stats.experience_level)
            self.armor_classes.append(stats.armor_class)
