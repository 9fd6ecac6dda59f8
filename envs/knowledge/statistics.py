"""The numbers at the bottom of the screen."""

from __future__ import annotations

from typing import NamedTuple

STRESSED, OVERTAXED, OVERLOADED = 2, 4, 5  # degrees of burden (hack.c, near_capacity)
ENOUGH_TO_LIFT = 10  # hit points with which the stressed still move


class Statistics(NamedTuple):
    """The bottom lines of the screen, in the order of NLE's ``blstats``.

    Strength is on the scale of 3 to 25; `strength_125` counts 18/01 to 18/100 in full, to 125.
    """

    x: int
    y: int
    strength: int
    strength_125: int
    dexterity: int
    constitution: int
    intelligence: int
    wisdom: int
    charisma: int
    score: int
    hit_points: int
    max_hit_points: int
    depth: int
    gold: int
    energy: int
    max_energy: int
    armor_class: int
    monster_level: int
    experience_level: int
    experience: int
    turn: int
    hunger: int
    burden: int
    dungeon: int
    level: int
    condition: int
    alignment: int

    @property
    def overloaded(self) -> bool:
        """Whether the load, or too few hit points for it, keeps the hero from any step or blow
        (hack.c, domove).
        """
        weak = self.hit_points < ENOUGH_TO_LIFT and self.hit_points != self.max_hit_points
        return self.burden >= OVERLOADED or (self.burden >= STRESSED and weak)

    @property
    def hands_full(self) -> bool:
        """Whether the load keeps the hero from using things: from zapping, throwing, reading,
        eating, applying, casting and writing (hack.c, check_capacity).
        """
        return self.burden >= OVERTAXED

    @property
    def health(self) -> float:
        """Hit points as a fraction of their maximum, in [0, 1]."""
        return max(self.hit_points, 0) / max(self.max_hit_points, 1)
