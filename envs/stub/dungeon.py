"""Levels of the stub's dungeon: drawn by hand or generated."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from nle import nethack as nh

from envs.stub import things
from envs.stub.things import Item, Monster

WIDTH, HEIGHT = 79, 21
NEIGHBOURS = (-80, -79, -78, -1, 1, 78, 79, 80)
SIDES = (-79, -1, 1, 79)
AROUND = (0, *NEIGHBOURS)
BLANK = nh.GLYPH_CMAP_OFF + things.STONE

MONSTERS = {
    ":": "newt", "d": "jackal", "r": "sewer rat", "x": "grid bug", "F": "lichen", "G": "gnome",
    "f": "kitten", "o": "hill orc", "a": "giant ant", "w": "wolf", "e": "floating eye",
}  # fmt: skip
TERRAIN = {
    " ": things.STONE, "|": things.VWALL, "-": things.HWALL, ".": things.ROOM,
    "#": things.CORRIDOR, "<": things.STAIRS_UP, ">": things.STAIRS_DOWN, "_": things.DOORWAY,
    "s": things.STONE,
}  # fmt: skip
ITEMS = "%A$&"
LETTERS = {*MONSTERS, *TERRAIN, *ITEMS, *"@+LOSpP"}


@dataclass(eq=False)
class Level:
    """One level; a square is ``y * 79 + x``.

    Attributes:
        terrain: what stands on each square, as it shows, in NetHack's cmap indices.
        hidden: what a secret door or corridor becomes when found, by square.
        locked: squares of locked doors.
        seen: the glyph that the hero remembers on each square.
        start: where the hero of the first level begins.
    """

    terrain: list[int] = field(default_factory=lambda: [things.STONE] * (WIDTH * HEIGHT))
    hidden: dict[int, int] = field(default_factory=dict)
    locked: set[int] = field(default_factory=set)
    items: dict[int, list[Item]] = field(default_factory=dict)
    monsters: dict[int, Monster] = field(default_factory=dict)
    seen: array[int] = field(default_factory=lambda: array("h", [BLANK]) * (WIDTH * HEIGHT))
    start: int | None = None
    _views: dict[int, frozenset[int]] = field(default_factory=dict)

    def find(self, terrain: int) -> int | None:
        """Return the first square of that terrain."""
        return self.terrain.index(terrain) if terrain in self.terrain else None

    def view(self, square: int) -> frozenset[int]:
        """Squares in view from here: the eight around, and the whole lit room entered or peeped at.

        A room is all floor that is connected, so a room of any drawn shape counts as one.
        """
        if square not in self._views:
            terrain = self.terrain
            if terrain[square] in things.FLOORS:
                floor = self._floor(square)
                room = frozenset([s + d for s in floor for d in AROUND])
                self._views.update(dict.fromkeys(floor, room))
            else:
                near = frozenset([square + d for d in AROUND])
                peeps = terrain[square] != things.CORRIDOR and terrain[square] in things.PASSABLE
                inside = [square + d for d in SIDES if terrain[square + d] in things.FLOORS]
                self._views[square] = near.union(*map(self.view, inside)) if peeps else near
        return self._views[square]

    def passes(self, start: int, step: int) -> bool:
        """Whether anything can walk that step: no walls, no diagonals through an intact doorway."""
        here, there = self.terrain[start], self.terrain[start + step]
        doorway = here in things.OPEN_DOORS or there in things.OPEN_DOORS
        return there in things.PASSABLE and (step in SIDES or not doorway)

    def steps(self, start: int) -> list[int]:
        """Return the steps that anything can walk from here, in the order of `NEIGHBOURS`."""
        terrain = self.terrain
        if terrain[start] in things.OPEN_DOORS:
            return [d for d in SIDES if terrain[start + d] in things.PASSABLE]
        return [
            d
            for d in NEIGHBOURS
            if (kind := terrain[start + d]) in things.PASSABLE
            and (kind not in things.OPEN_DOORS or d in SIDES)
        ]

    def _floor(self, start: int) -> set[int]:
        terrain, found, queue = self.terrain, {start}, [start]
        while queue:
            square = queue.pop()
            for step in NEIGHBOURS:
                near = square + step
                if near not in found and terrain[near] in things.FLOORS:
                    found.add(near)
                    queue.append(near)
        return found


def draw(drawing: str, rng: np.random.Generator) -> Level:
    """Build a level from a drawing in the letters that `envs.stub.env.Stub` documents.

    Raises:
        ValueError: for a letter that means nothing, or a drawing that exceeds 19 rows of 77.
    """
    rows = drawing.strip("\n").split("\n")
    width = max(map(len, rows))
    if len(rows) > HEIGHT - 2 or width > WIDTH - 2:
        raise ValueError(
            f"a level drawing has at most {HEIGHT - 2} rows of {WIDTH - 2} letters;"
            f" this one has {len(rows)} rows of up to {width}"
        )
    top, left = (HEIGHT - len(rows)) // 2, (WIDTH - width) // 2
    letters = {
        (top + y) * WIDTH + left + x: letter
        for y, row in enumerate(rows)
        for x, letter in enumerate(row)
    }
    level = Level()
    for square, letter in letters.items():
        if letter not in LETTERS:
            raise ValueError(
                f"unknown letter {letter!r} in a level drawing; the letters are"
                f" {' '.join(sorted(LETTERS - {' '}))}"
            )
        level.terrain[square] = TERRAIN.get(letter, _under(letters, square))
        _furnish(level, square, letter, letters, rng)
    round_corners(level)
    return level


def draw_all(drawings: Sequence[str], rng: np.random.Generator) -> list[Level]:
    """Build the levels of a dungeon; the hero begins on ``@`` or ``<`` of the first.

    Raises:
        ValueError: as `draw`, or if the first level has neither.
    """
    levels = [draw(drawing, rng) for drawing in drawings]
    if levels[0].start is None:
        levels[0].start = levels[0].find(things.STAIRS_UP)
    if levels[0].start is None:
        raise ValueError("the first level drawing has nowhere to begin: give it an '@' or a '<'")
    return levels


def spawn(
    name: str, rng: np.random.Generator, peaceful: bool = False, pet: bool = False
) -> Monster:
    """Return a monster with the hit points of its level (makemon.c): d4 at level 0, else level
    d8.
    """
    kind = things.species(name)
    hp = int(rng.integers(1, 9, kind.level).sum()) if kind.level else int(rng.integers(1, 5))
    return Monster(kind, hp, peaceful, pet)


def _furnish(
    level: Level, square: int, letter: str, letters: dict[int, str], rng: np.random.Generator
) -> None:
    upright = (
        letters.get(square - WIDTH, " ") in "|-+LOS_"
        and letters.get(square + WIDTH, " ") in "|-+LOS_"
    )
    closed = things.CLOSED_IN_VWALL if upright else things.CLOSED_IN_HWALL
    if letter in "+LOS":
        level.terrain[square] = closed
    if letter == "L":
        level.locked.add(square)
    elif letter == "O":
        level.terrain[square] = things.OPEN_IN_VWALL if upright else things.OPEN_IN_HWALL
    elif letter == "S":
        level.hidden[square] = closed
        level.terrain[square] = things.VWALL if upright else things.HWALL
    elif letter == "s":
        level.hidden[square] = things.CORRIDOR
    elif letter == "@":
        level.start = square
    elif letter in MONSTERS:
        level.monsters[square] = spawn(MONSTERS[letter], rng)
    elif letter == "p":
        level.monsters[square] = spawn("gnome", rng, peaceful=True)
    elif letter == "P":
        level.monsters[square] = spawn("kitten", rng, pet=True)
    elif letter in ITEMS:
        stock = {"%": things.food_ration(), "A": things.apples(3), "$": things.gold(24)}
        level.items[square] = list(stock.values()) if letter == "&" else [stock[letter]]


def _under(letters: dict[int, str], square: int) -> int:
    """Return what a letter stands on: corridor if it has corridor and no floor around, else
    floor.
    """
    around = {letters.get(square + d, " ") for d in NEIGHBOURS}
    return things.CORRIDOR if "#" in around and "." not in around else things.ROOM


def round_corners(level: Level) -> None:
    """Give wall corners their own glyphs, which explorers may look for."""
    solid = things.WALLS | things.CLOSED_DOORS | things.OPEN_DOORS | {things.DOORWAY}
    corners: dict[tuple[int, ...], int] = {  # by arms, in the order of SIDES
        (1, WIDTH): things.TOP_LEFT,
        (-1, WIDTH): things.TOP_RIGHT,
        (-WIDTH, 1): things.BOTTOM_LEFT,
        (-WIDTH, -1): things.BOTTOM_RIGHT,
    }
    before = list(level.terrain)
    for square, terrain in enumerate(before):
        if terrain == things.HWALL and square not in level.hidden:
            arms = tuple([d for d in SIDES if before[square + d] in solid])
            level.terrain[square] = corners.get(arms, terrain)
