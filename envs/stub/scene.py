"""Where everything of a stub game is, and what the hero has been told."""

from __future__ import annotations

import numpy as np

from envs.stub.dungeon import Level
from envs.stub.screen import Screen


class Scene:
    """The levels, the hero's place among them, and what happens to the hero.

    Attributes:
        levels, level: all of them, and the one that the hero is on.
        hero: the hero's square.
        view: the squares in view.
        hp: hit points.
        messages: what the hero is told.
        interrupted: whether something cut into a multi-turn action (NetHack's stop_occupation).
        praying: whether the hero prays, and nothing can hurt them.
        cause: of the hero's death, or None while alive.
    """

    level: Level
    hero: int
    view: frozenset[int]

    def __init__(
        self, levels: list[Level], screen: Screen, rng: np.random.Generator, hp: int
    ) -> None:
        self.levels, self.screen, self.rng = levels, screen, rng
        self.hp = self.max_hp = hp
        self.messages: list[str] = []
        self.cause: str | None = None
        self.praying = self.interrupted = False
        self._dirty: set[int] = set()

    def say(self, text: str) -> None:
        """Add to the messages of this keystroke."""
        self.messages.append(text)

    def touch(self, *squares: int) -> None:
        """Has squares drawn again."""
        self._dirty.update(squares)

    def hurt(self, damage: int, cause: str) -> None:
        """Take hit points from the hero, who dies of that cause at 0."""
        self.hp = max(0, self.hp - damage)
        self.interrupted = True
        if self.hp == 0:
            self.die(cause)

    def die(self, cause: str, words: str = "You die...") -> None:
        """End the game, unless it has ended; the first cause counts."""
        if self.cause is None:
            self.cause = cause
            self.say(words)

    def free_steps(self, square: int) -> list[int]:
        """Return the steps from there onto a square that nobody stands on."""
        monsters, hero = self.level.monsters, self.hero
        return [
            d for d in self.level.steps(square) if square + d not in monsters and square + d != hero
        ]
