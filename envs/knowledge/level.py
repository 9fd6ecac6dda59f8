"""What the player remembers of one dungeon level, and the ways that lead through it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

import numpy as np
from nle import nethack as nh

from envs.data import glyphs
from envs.data.glyphs import Terrain
from envs.data.monsters import STATIONARY
from envs.knowledge import paths
from envs.knowledge.paths import Square
from envs.knowledge.peace import Monster, Peace

_BOULDER_GLYPH = nh.GLYPH_OBJ_OFF + glyphs.BOULDER
_PETRIFYING = [
    nh.GLYPH_BODY_OFF + species for species in glyphs.species_named("cockatrice", "chickatrice")
]
WHATEVER_IS_LEFT = -2  # on top of a searched heap: not seen yet
BUMPS_TO_BLOCK = 40  # failed steps that took time before a square counts as blocked
# Memos of a level, found when asked for: these are forgotten at every change and every step, …
_WAYS = ("dist", "dist_alone", "frontier")
_OF_A_LOOK = (*_WAYS, "_last_look")  # … these at every change …
_MEMOS = (*_OF_A_LOOK, "_places")  # … and the others with the terrain
# What the game says to a step that fails (hack.c, test_move, u_locomotion and trap.c).
_DOOR_AHEAD, _DOOR_HERE = "diagonally into an intact", "diagonally out of an intact"
_LOCKED = "This door is locked"
_TOO_WIDE = ("carrying too much to get through", "body is too large to fit")
_PASSING = ("in the way", "doesn't seem to move", "bear trap", "wriggle free", "pit", "web",
            "cannot escape from")  # fmt: skip


class Level:
    """Map memory of a level. All arrays are (21, 79), indexed [y, x].

    `observe` and the methods that return nothing change it; the others are questions, and only
    read it.

    Attributes:
        terrain: uint8 codes of `Terrain`, under whatever stands or lies there.
        objects: int16 glyph of the topmost object, -1 for none.
        seen: bool, squares whose nature is known.
        searched: int16, turns spent searching with this square in reach.
        guessed: bool, squares that an object or monster has covered ever since they came into view:
            they count as floor, but may be stairs.
        blocked: bool, squares that could not be entered although they look passable.
        squares_seen: how many squares the screen has shown so far.
        hero: where the player is, or was when the level was left.
        ignored: squares whose object or door was tried and is to be left alone.
        shop: floor of shops whose keepers were seen.
        leads: (dungeon, level) that stairs were found to lead to, by square.
        tight: whether the hero was found to be too wide to get through between two squares of rock.
        mapped: whether a scroll showed all of it.
        need: which traps count as passable because no other way is left: 0 none, 1 those that
            seldom kill, 2 deadly ones too.
        no_pardon_before: the turn before which blocked squares get no further chance.
        tries: at how many turns a square was the frontier when ways to it were opened.
        tried_at: the last turn at which ways were opened (`exploring.open_ways`).
        swaps: whether the hero changes places with pets, and does not strike them or stop.
        groping: whether the hero is blind and without gloves: cockatrices' corpses, which turn who
            touches them to stone, are walked around (invent.c, feel_cockatrice).
        undiggable: whether the floor was found to be too hard to dig through.
        rocky: squares on which there was no room to dig.
        unmovable: turn until which there is no use trying again to push a boulder, by (where the
            hero stood, boulder).
        elbereth: squares with that word in the dust, and the turn when it was last read there.
        piles: bool, squares that more than one thing was shown to lie on when last in view.
        searched_heaps: the glyph that lay on top when the heap on a square was last looked through.
        fresh_corpses: turn of death by square, of monsters whose death was told.
        pet_seen: the last turn on which a pet came into view or moved, or None.
        peace: who is in view here, and who of them is taken for peaceful.
        out_of_sight: turn by square, when one who stood there without moving was lost from sight on
            the way to it.
        rooted: species of hostile monsters that never move, by the square where they were last
            seen; most are in view only from nearby.
        changes: how often anything changed that a way may depend on, but for where the hero is.
    """

    _last_look: tuple[Square, bytes] | None = None
    _places: tuple[bytes, dict[Terrain, tuple[Square, ...]]] = b"", {}  # by terrain; see `where`

    def __init__(self, kin: frozenset[int] = frozenset()) -> None:
        self.peace = Peace(kin)
        shape = (paths.HEIGHT, paths.WIDTH)
        self.terrain = np.zeros(shape, np.uint8)
        self.objects = np.full(shape, -1, np.int16)
        self.seen = np.zeros(shape, np.bool_)
        self.guessed = np.zeros(shape, np.bool_)
        self.searched = np.zeros(shape, np.int16)
        self.blocked = np.zeros(shape, np.bool_)
        self.squares_seen = self.changes = 0
        self.hero: Square = (0, 0)
        self.ignored: set[Square] = set()
        self.shop: set[Square] = set()
        self.leads: dict[Square, tuple[int, int]] = {}
        self.need = self.no_pardon_before = 0
        self.tries: dict[Square, int] = {}
        self.tried_at = -1
        self.pet_seen: int | None = None
        self.undiggable = self.tight = self.groping = self.mapped = False
        self.swaps = True
        self.rocky: set[Square] = set()
        self.unmovable: dict[tuple[Square, Square], float] = {}
        self.elbereth: dict[Square, int] = {}
        self.piles = np.zeros(shape, np.bool_)
        self.searched_heaps: dict[Square, int] = {}
        self.fresh_corpses: dict[Square, int] = {}
        self._shown = np.full(shape, -1, np.int16)
        self._found = np.zeros((paths.MAX_MONSTERS, 4), np.int16)
        self._bumps: dict[Square, int] = {}
        self.rooted: dict[Square, int] = {}
        self.out_of_sight: dict[Square, int] = {}

    def observe(self, screen: np.ndarray, hero: Square) -> int:
        """Take in what the screen shows.

        Args:
            screen: (21, 79) int16 glyphs.
            hero: the player's square.

        Returns:
            How many squares were shown for the first time.
        """
        look = hero, screen.tobytes()
        if look == self._last_look:
            return 0
        count, fresh, changed = paths.remember(
            screen, self._shown, self.terrain, self.objects, self.seen, self.guessed, *hero,
            self._found,
        )  # fmt: skip
        self.guessed[hero] = False  # the game tells what is underfoot
        self.squares_seen += fresh
        changed |= self.peace.take_in(self._found[:count])
        if changed or (self.rooted and hero != self.hero):
            changed |= self._note_rooted(hero)
        if changed or fresh:
            self._note_change()
        elif hero != self.hero:
            self._forget(*_WAYS)
        if changed or hero != self.hero:
            self._see_what_is_left(hero)
        self.hero = hero
        self._last_look = look
        return fresh

    @property
    def monsters(self) -> list[Monster]:
        """Those in view now, pets and peaceful ones included; a new list when they change."""
        return self.peace.monsters

    def _note_rooted(self, hero: Square) -> bool:
        """Note who never moves, and forget whom the hero would see beside him; return whether that
        changed anything.
        """
        if not (self.rooted or self.monsters):  # the most frequent case
            return False
        seen = {m.square: m.species for m in self.monsters if m.hostile and STATIONARY[m.species]}
        gone = [
            (y, x)
            for y, x in self.rooted
            if (y, x) not in seen and max(abs(y - hero[0]), abs(x - hero[1])) <= 1
        ]
        if not gone and seen.items() <= self.rooted.items():
            return False
        for square in gone:
            del self.rooted[square]
        self.rooted |= seen
        return True

    def note_piles(self, specials: np.ndarray) -> None:
        """Take in where the screen shows several things on a square.

        Args:
            specials: (21, 79) uint8, NLE's. The hero's own square, which the hero covers, stays as
                it was.
        """
        paths.note_piles(specials, nh.MG_OBJPILE, self.piles, *self.hero)

    def _see_what_is_left(self, hero: Square) -> None:
        """Learns what lies on top of heaps that were searched, once the hero has stepped off."""
        for square, top in self.searched_heaps.items():
            if top == WHATEVER_IS_LEFT and square != hero:
                self.searched_heaps[square] = int(self.objects[square])

    @cached_property
    def dist(self) -> np.ndarray:
        """(21, 79) int16 steps from the hero, `paths.UNREACHABLE` where there is no way.

        Squares of pets count as free where the hero swaps with them; other monsters block, those
        out of view too if they never move. The trace of an unseen one does not: to step there is to
        strike at it, or to find it gone.

        A memo: it follows from the attributes, and is kept only until one of them changes, because
        it takes a while to find. Copies and pickles are without it.
        """
        obstacle = self._obstacles
        if self.groping:
            obstacle |= np.isin(self.objects, _PETRIFYING)
        solid = (m for m in self.monsters if m.species >= 0 and not (m.pet and self.swaps))
        for square in (*self.rooted, *(m.square for m in solid)):
            obstacle[square] = True
        return self._distances(obstacle, self.need, self.tight)

    def grope(self, groping: bool) -> None:
        """Note whether the hero feels with bare hands what lies underfoot, as the blind do."""
        if groping != self.groping:
            self.groping = groping
            self._note_change()

    def pass_pets(self, swaps: bool) -> None:
        """Note whether the hero changes places with pets (uhitm.c, attack)."""
        if swaps != self.swaps:
            self.swaps = swaps
            self._note_change()

    def __getstate__(self) -> dict[str, Any]:
        """All there is to know, without the memos."""
        return {name: value for name, value in self.__dict__.items() if name not in _MEMOS}

    def dist_without_monsters(self, need: int, tight: bool) -> np.ndarray:
        """Return what `dist` would be if nobody stood in the way, and `need` and `tight` so."""
        return self._distances(self._obstacles, need, tight)

    @cached_property
    def dist_alone(self) -> np.ndarray:
        """What `dist` would be if nobody stood in the way: a memo, too."""
        return self.dist_without_monsters(self.need, self.tight)

    def _distances(self, obstacle: np.ndarray, need: int, tight: bool) -> np.ndarray:
        out = np.empty(obstacle.shape, np.int16)
        paths.distances(self.terrain, obstacle, self._rock(tight), need, *self.hero, out)
        return out

    @property
    def _obstacles(self) -> np.ndarray:
        """(21, 79) bool, what nobody gets past, whoever stands where: a new one each time."""
        return paths.obstacles(self.blocked, self.objects, _BOULDER_GLYPH)

    def _rock(self, tight: bool) -> np.ndarray:
        """(21, 79) bool, what one can't squeeze past diagonally."""
        return (self.terrain <= int(Terrain.WALL)) | self.boulders if tight else paths.NO_ROCK

    @property
    def boulders(self) -> np.ndarray:
        """(21, 79) bool."""
        return self.objects == _BOULDER_GLYPH

    def has_boulder(self, square: Square) -> bool:
        """Whether a boulder lies there."""
        return bool(self.objects[square] == _BOULDER_GLYPH)

    def reachable(self, square: Square) -> bool:
        """Whether the hero can walk there."""
        return self.dist[square] != paths.UNREACHABLE

    def open_to(self, square: Square) -> bool:
        """Whether the hero could walk there from where he is, or was last, if nobody stood in the
        way.
        """
        return self.dist_alone[square] != paths.UNREACHABLE

    def path(self, square: Square) -> list[Square]:
        """Return the squares to step on to walk there, the last of them `square`; it must be
        reachable.
        """
        out = np.empty((max(int(self.dist[square]), 1), 2), np.int16)
        steps = paths.path(self.dist, self.terrain, self._rock(self.tight), *square, out)
        return [(y, x) for y, x in out[:steps].tolist()]

    def path_beside(self, square: Square) -> list[Square]:
        """Return the squares to step on to stand next to `square`; none if beside it, or without a
        way.
        """
        beside = np.zeros(self.dist.shape, np.bool_)
        beside[max(square[0] - 1, 0) : square[0] + 2, max(square[1] - 1, 0) : square[1] + 2] = True
        goal = self.nearest(beside)
        return self.path(goal) if goal is not None and goal != self.hero else []

    @cached_property
    def frontier(self) -> Square | None:
        """The nearest reachable square with an unseen neighbour: a memo, as `dist` is."""
        y, x = paths.nearest_frontier(self.dist, self.seen)
        return (y, x) if y >= 0 else None

    def where(self, terrain: Terrain) -> tuple[Square, ...]:
        """Every known square of this kind."""
        now = self.terrain.tobytes()
        if now != self._places[0]:
            self._places = now, {}
        places = self._places[1]
        if terrain not in places:
            known = int(terrain) in now
            squares = np.flatnonzero(self.terrain == int(terrain)).tolist() if known else ()
            places[terrain] = tuple(divmod(square, paths.WIDTH) for square in squares)
        return places[terrain]

    def kind_at(self, square: Square) -> int:
        """Return the `Terrain` of a square."""
        return int(self.terrain[square])

    def knows(self, terrain: Terrain) -> bool:
        """Whether any square is known to be of this kind."""
        return int(terrain) in self.terrain.tobytes()

    def branches_off(self, dungeon: int) -> set[Square]:
        """Stairs that are known to lead out of this branch of the dungeon into a deeper one."""
        return {square for square, (other, _) in self.leads.items() if other > dungeon}

    def map_all(self) -> None:
        """Note that a scroll of magic mapping was read: what it did not show is rock."""
        self.mapped = True
        self.seen[:] = True
        self._note_change()

    def leave_unexplored(self, squares: set[Square]) -> None:
        """Count what is beside these squares as seen: there is no way on from there."""
        for y, x in squares:
            self.seen[max(y - 1, 0) : y + 2, max(x - 1, 0) : x + 2] = True
        if squares:
            self._note_change()

    def dare(self, need: int) -> None:
        """Let ways lead over traps: see `need`."""
        self.need = need
        self._note_change()

    def pardon(self, next_turn: int) -> None:
        """Give all blocked squares another chance, and none before that turn: what stood there may
        have gone.
        """
        self.no_pardon_before = next_turn
        self.blocked[:] = False
        self._bumps.clear()
        self._note_change()

    def nearest(self, wanted: np.ndarray) -> Square | None:
        """Return the nearest reachable square of a (21, 79) bool map."""
        y, x = paths.nearest(self.dist, wanted)
        return (y, x) if y >= 0 else None

    def nearest_of(self, squares: Iterable[Square]) -> Square | None:
        """Return the nearest reachable one of some squares."""
        reachable = [square for square in squares if self.reachable(square)]
        return min(reachable, key=lambda square: int(self.dist[square]), default=None)

    def bump(self, square: Square, time_passed: bool, said: str = "") -> None:
        """Learns from a step into `square` that failed: one that took no time shows that the square
        is blocked; one that took some (out of a trap, into a pet) may well work the next time, and
        after many the square counts as blocked.

        Args:
            said: what the game said to it.
        """
        if _DOOR_AHEAD in said or _DOOR_HERE in said:  # something covers the door
            self.set_terrain(square if _DOOR_AHEAD in said else self.hero, Terrain.OPEN_DOOR)
        elif _LOCKED in said:  # in spite of what lies in it
            self.set_terrain(square, Terrain.CLOSED_DOOR)
        elif any(text in said for text in _TOO_WIDE) and not self.tight:
            self.tight = True
            self._note_change()
        elif not self._may_give_way(square, time_passed, said):
            weight = 1 if time_passed else BUMPS_TO_BLOCK
            self._bumps[square] = self._bumps.get(square, 0) + weight
            if self._bumps[square] >= BUMPS_TO_BLOCK:
                self.block(square)

    def _may_give_way(self, square: Square, time_passed: bool, said: str) -> bool:
        """Whether what stopped the hero passes, or is a boulder that is seen as one, and is pushed
        from elsewhere; who hallucinates sees something else.
        """
        passes = time_passed and any(text in said for text in _PASSING)
        return passes or ("boulder" in said and self.has_boulder(square))

    def note_dropped(self, square: Square, glyph: int) -> None:
        """Count a thing as lying on a square, whatever was known of what lies there."""
        self.objects[square] = glyph
        self.searched_heaps.pop(square, None)
        self.ignored.discard(square)

    def note_trap(self, square: Square, deadly: bool = False) -> None:
        """Count a square as a trap, which goods on it may hide; one known for worse stays that, and
        so does water, out of which the hero may have crawled onto the trap a moment ago.
        """
        kind = Terrain.DEADLY_TRAP if deadly else Terrain.TRAP
        if self.kind_at(square) not in (kind, Terrain.DEADLY_TRAP, Terrain.HOLE, Terrain.WATER):
            self.set_terrain(square, kind)

    def block(self, square: Square) -> None:
        """Count a square as one that can't be entered."""
        self.blocked[square] = True
        self._note_change()

    def unblock_around(self, square: Square) -> None:
        """Give the neighbours of a square that could not be entered another chance."""
        y, x = square
        around = self.blocked[max(y - 1, 0) : y + 2, max(x - 1, 0) : x + 2]
        if around.any():
            around[:] = False
            self._note_change()

    def widen(self) -> None:
        """Note that the hero carries less now, and may get through between rocks again."""
        self.tight = False
        self._note_change()

    def set_terrain(self, square: Square, terrain: Terrain) -> None:
        """Corrects the memory of a square by what has been learnt otherwise."""
        self.terrain[square] = terrain
        self._note_change()

    def _note_change(self) -> None:
        self.changes += 1
        self._forget(*_OF_A_LOOK)

    def _forget(self, *memos: str) -> None:
        for name in memos:
            self.__dict__.pop(name, None)
