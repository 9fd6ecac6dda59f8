"""Monsters in view, and which of them are at peace with the hero: the screen does not show it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

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
    """Who is taken for peaceful on a level: kin, keepers, and those found to be, wherever they go.

    Attributes:
        kin: species taken for peaceful, as they are to the hero's race until provoked.
        angry: species of keepers (`KEEPERS`) of whom one here was angered.
    """

    def __init__(self, kin: frozenset[int] = frozenset()) -> None:
        self.kin = kin
        self.angry: frozenset[int] = frozenset()
        self._followed: dict[Square, int] = {}  # where one was last, and its species

    def recognise(self, found: list[list[int]]) -> list[Monster]:
        """Return the monsters of (y, x, species, pet) rows; peaceful ones are followed from square
        to square.
        """
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

    def follow(self, square: Square, species: int) -> None:
        """Note that the one there is peaceful."""
        self._followed[square] = species

    def forget(self, square: Square) -> None:
        """Note that the one there is not."""
        self._followed.pop(square, None)

    def distrust(self, species: int) -> None:
        """Take kin of this species for peaceful no more."""
        self.kin -= {species}

    def anger(self, species: Iterable[int]) -> frozenset[int]:
        """Take the keepers among these species for peaceful no more; return all that are angry."""
        self.angry |= KEEPERS.intersection(species)
        self._followed = {s: kind for s, kind in self._followed.items() if kind not in self.angry}
        return self.angry

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
