"""Monsters in view, and which of them are at peace with the hero: the screen does not show it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from envs.data import glyphs
from envs.data.monsters import KEEPERS
from envs.knowledge.paths import Square


class Monster(NamedTuple):
    """A monster in view, or the remembered trace of an unseen one.

    Attributes:
        y, x: where.
        species: index into permonst; -1 if unknown (``I``, a warning).
        pet, peaceful: peaceful is what has been learnt, or its kind is at first; the screen does
            not show it.
    """

    y: int
    x: int
    species: int
    pet: bool
    peaceful: bool

    @property
    def square(self) -> Square:
        """Where it is, (y, x)."""
        return self.y, self.x

    @property
    def hostile(self) -> bool:
        """Whether it is neither a pet nor taken for peaceful."""
        return not (self.pet or self.peaceful)

    @property
    def name(self) -> str:
        """Its kind in words, ``unseen monster`` if unknown."""
        return glyphs.SPECIES_NAMES[self.species] if self.species >= 0 else "unseen monster"


class Peace:
    """Who is in view on a level, and who of them is taken for peaceful: kin, keepers, and those
    found to be, wherever they go.

    Attributes:
        kin: species taken for peaceful, as they are to the hero's race until provoked.
        angry: species of keepers (`KEEPERS`) of whom one here was angered.
        monsters: those in view; a new list when they change.
        hostiles: those of them that are neither pets nor taken for peaceful; likewise.
    """

    def __init__(self, kin: frozenset[int] = frozenset()) -> None:
        self.kin = kin
        self.angry: frozenset[int] = frozenset()
        self.see([])
        self._followed: dict[Square, int] = {}  # where one was last, and its species
        self._found = b""  # what was taken in last

    def see(self, monsters: list[Monster]) -> None:
        """Note that these are in view now, and nobody else."""
        self.monsters = monsters
        self.hostiles = [monster for monster in monsters if monster.hostile]

    def take_in(self, found: np.ndarray) -> bool:
        """Take in who is in view; peaceful ones are followed from square to square.

        Args:
            found: (n, 4) int16 rows of y, x, species, and 1 for a pet.

        Returns:
            Whether they are others than before, or elsewhere.
        """
        key = found.tobytes()
        if key == self._found:
            return False
        self._found = key
        self.see(self._recognise(found.tolist()))
        return True

    def distrust(self, species: int) -> None:
        """Note that one of the hero's kin attacks: its kind is no longer taken for peaceful."""
        self.kin -= {species}
        self._judge({m.square for m in self.monsters if m.species == species}, peaceful=False)

    def anger_keepers(self) -> None:
        """Note that keepers in view are peaceful no more."""
        self.angry |= KEEPERS.intersection(monster.species for monster in self.monsters)
        self._followed = {s: kind for s, kind in self._followed.items() if kind not in self.angry}
        self._judge({m.square for m in self.monsters if m.species in self.angry}, peaceful=False)

    def mark_peaceful(self, square: Square) -> None:
        """Remembers that the monster on this square is peaceful, and follows it from now on."""
        species = next((m.species for m in self.monsters if m.square == square), -1)
        self._followed[square] = species
        self._judge({square}, peaceful=True)

    def mark_hostile(self, square: Square) -> None:
        """Forgets that the monster on this square is, or its kind was, peaceful."""
        self._followed.pop(square, None)
        for species in {m.species for m in self.monsters if m.square == square}:
            self.distrust(species)

    def _judge(self, squares: set[Square], peaceful: bool) -> None:
        self.see(
            [m._replace(peaceful=peaceful) if m.square in squares else m for m in self.monsters]
        )

    def _recognise(self, found: list[list[int]]) -> list[Monster]:
        """Return the monsters of such rows."""
        seen = []
        followed: dict[Square, int] = {}
        for y, x, species, pet in found:
            old = self._last_place((y, x), species) if self._followed else None
            if old is not None:
                del self._followed[old]
                followed[y, x] = species
            keeper = species in KEEPERS and species not in self.angry
            peaceful = old is not None or keeper or species in self.kin
            seen.append(Monster(y, x, species, bool(pet), peaceful))
        self._followed.update(followed)
        return seen

    def _last_place(self, square: Square, species: int) -> Square | None:
        """Return the nearest remembered square, within two steps, of a peaceful monster of this
        kind.
        """
        near = [
            (max(abs(old[0] - square[0]), abs(old[1] - square[1])), old)
            for old, kind in self._followed.items()
            if kind == species
        ]
        distance, old = min(near, default=(99, square))
        return old if distance <= 2 else None
