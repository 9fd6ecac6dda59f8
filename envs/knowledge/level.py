"""What the player remembers of one dungeon level."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
_WAYS = ("dist", "_frontier")
_MEMOS = (*_WAYS, "_places", "_last_look")  # … and the others at every change
SEARCHED_FOR_LONG = 150 * 9  # turns of searching, each of which covers nine squares
MAX_TRIES = 40  # turns at which decisions were taken before a frontier is given up
MAX_PARDONS = 3  # times that a level's blocked squares are given another chance
# What the game says to a step that fails (hack.c, test_move, u_locomotion and trap.c).
_DOOR_AHEAD, _DOOR_HERE = "diagonally into an intact", "diagonally out of an intact"
_TOO_WIDE = ("carrying too much to get through", "body is too large to fit")
_PASSING = ("in the way", "doesn't seem to move", "bear trap", "wriggle free", "pit", "web",
            "cannot escape from")  # fmt: skip


class Level:
    """Map memory of a level. All arrays are (21, 79), indexed [y, x].

    `observe` and the methods that say that they note, learn or open something change it; questions
    only read it.

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
        peace: who is taken for peaceful here.
        rooted: species of hostile monsters that never move, by the square where they were last
            seen; most are in view only from nearby.
        monsters: those in view now, pets and peaceful ones included; a new list when they change.
        changes: how often anything changed that a way may depend on, but for where the hero is.
    """

    _last_look: tuple[Square, bytes] | None = None

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
        self.need = 0
        self.undiggable = self.tight = self.groping = self.mapped = False
        self.rocky: set[Square] = set()
        self.unmovable: dict[tuple[Square, Square], float] = {}
        self.elbereth: dict[Square, int] = {}
        self.piles = np.zeros(shape, np.bool_)
        self.searched_heaps: dict[Square, int] = {}
        self.fresh_corpses: dict[Square, int] = {}
        self._shown = np.full(shape, -1, np.int16)
        self._found = np.zeros((paths.MAX_MONSTERS, 4), np.int16)
        self._monsters_key = b""
        self._bumps: dict[Square, int] = {}
        self._pardons = 0
        self._tries: dict[Square, int] = {}
        self._tried_at = -1
        self.rooted: dict[Square, int] = {}
        self.monsters: list[Monster] = []

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
        found = self._found[:count]
        key = found.tobytes()
        if key != self._monsters_key:
            self._monsters_key = key
            self.monsters = self.peace.recognise(found.tolist())
            changed = True
        if changed or (self.rooted and hero != self.hero):
            changed |= self._note_rooted(hero)
        if changed or fresh:
            self._note_change()
        elif hero != self.hero:
            self._forget(_WAYS)
        if changed or hero != self.hero:
            self._see_what_is_left(hero)
        self.hero = hero
        self._last_look = look
        return fresh

    def _note_rooted(self, hero: Square) -> bool:
        """Note who never moves, and forget whom the hero would see beside him; return whether that
        changed anything.
        """
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

    def note_piles(self, shown: np.ndarray) -> None:
        """Take in where the screen shows several things on a square.

        Args:
            shown: (21, 79) bool. The hero's own square, which the hero covers, stays as it was.
        """
        under_the_hero = self.piles[self.hero]
        self.piles = shown
        self.piles[self.hero] = under_the_hero

    def _see_what_is_left(self, hero: Square) -> None:
        """Learns what lies on top of heaps that were searched, once the hero has stepped off."""
        for square, top in self.searched_heaps.items():
            if top == WHATEVER_IS_LEFT and square != hero:
                self.searched_heaps[square] = int(self.objects[square])

    @cached_property
    def dist(self) -> np.ndarray:
        """(21, 79) int16 steps from the hero, `paths.UNREACHABLE` where there is no way.

        Squares of pets count as free, since the hero swaps with them; other monsters block, those
        out of view too if they never move. The trace of an unseen one does not: to step there is to
        strike at it, or to find it gone.

        A memo: it follows from the attributes, and is kept only until one of them changes, because
        it takes a while to find. Copies and pickles are without it.
        """
        obstacle = self.blocked | self.boulders
        if self.groping:
            obstacle |= np.isin(self.objects, _PETRIFYING)
        in_view = (m.square for m in self.monsters if not m.pet and m.species >= 0)
        for square in (*self.rooted, *in_view):
            obstacle[square] = True
        return self._distances(obstacle, self._rock, self.need)

    def grope(self, groping: bool) -> None:
        """Note whether the hero feels with bare hands what lies underfoot, as the blind do."""
        if groping != self.groping:
            self.groping = groping
            self._note_change()

    def __getstate__(self) -> dict[str, Any]:
        """All there is to know, without the memos."""
        return {name: value for name, value in self.__dict__.items() if name not in _MEMOS}

    def _distances(self, obstacle: np.ndarray, rock: np.ndarray, need: int) -> np.ndarray:
        out = np.empty(obstacle.shape, np.int16)
        paths.distances(self.terrain, obstacle, rock, need, *self.hero, out)
        return out

    def _without_monsters(self, need: int) -> np.ndarray:
        """`dist` if nobody stood in the way."""
        return self._distances(self.blocked | self.boulders, self._rock, need)

    def cut_off(self) -> bool:
        """Whether monsters in view keep the hero from stairs down, from exploring, or from most of
        what is known of the level.
        """
        dist = self._without_monsters(self.need)
        beyond = (dist != paths.UNREACHABLE) & (self.dist == paths.UNREACHABLE)
        if beyond.sum() >= (self.dist != paths.UNREACHABLE).sum():
            return True
        squares = [divmod(square, paths.WIDTH) for square in np.flatnonzero(beyond).tolist()]
        return any(
            self.terrain[square] == Terrain.STAIRS_DOWN or self.is_frontier(square)
            for square in squares
        )

    @property
    def _rock(self) -> np.ndarray:
        """(21, 79) bool, what the hero can't squeeze past diagonally."""
        return (self.terrain <= int(Terrain.WALL)) | self.boulders if self.tight else paths.NO_ROCK

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

    def path(self, square: Square) -> list[Square]:
        """Return the squares to step on to walk there, the last of them `square`; it must be
        reachable.
        """
        out = np.empty((max(int(self.dist[square]), 1), 2), np.int16)
        steps = paths.path(self.dist, self.terrain, self._rock, *square, out)
        return [(y, x) for y, x in out[:steps].tolist()]

    def path_beside(self, square: Square) -> list[Square]:
        """Return the squares to step on to stand next to `square`; none if beside it, or without a
        way.
        """
        beside = np.zeros(self.dist.shape, np.bool_)
        beside[max(square[0] - 1, 0) : square[0] + 2, max(square[1] - 1, 0) : square[1] + 2] = True
        goal = self.nearest(beside)
        return self.path(goal) if goal is not None and goal != self.hero else []

    def where(self, terrain: Terrain) -> tuple[Square, ...]:
        """Every known square of this kind."""
        if not self.knows(terrain):
            return ()
        places = self._places
        if terrain not in places:
            squares = np.flatnonzero(self.terrain == int(terrain)).tolist()
            places[terrain] = tuple(divmod(square, paths.WIDTH) for square in squares)
        return places[terrain]

    @cached_property
    def _places(self) -> dict[Terrain, tuple[Square, ...]]:
        """A memo of `where`."""
        return {}

    def kind_at(self, square: Square) -> int:
        """Return the `Terrain` of a square."""
        return int(self.terrain[square])

    def knows(self, terrain: Terrain) -> bool:
        """Whether any square is known to be of this kind."""
        return int(terrain) in self.terrain.tobytes()

    def branches_off(self, dungeon: int) -> set[Square]:
        """Stairs that are known to lead out of this branch of the dungeon into a deeper one."""
        return {square for square, (other, _) in self.leads.items() if other > dungeon}

    def frontier(self) -> Square | None:
        """Return the nearest reachable square with an unseen neighbour."""
        return self._frontier

    @cached_property
    def _frontier(self) -> Square | None:
        """A memo, as `dist` is."""
        y, x = paths.nearest_frontier(self.dist, self.seen)
        return (y, x) if y >= 0 else None

    def open_ways(self, turn: int = 0) -> Square | None:
        """Give up a frontier that was not reached for long. Where none is left, open ways to one:
        over traps, and then by squares that were blocked before; and over deadly traps, if
        something lies beyond them, once the level has been searched for long. Doing it twice in a
        turn is doing it once.

        Returns:
            The frontier then.
        """
        found = self._worth_going_on(turn)
        if found is None and self.need == 0 and self.knows(Terrain.TRAP):
            self._dare(1)
            found = self.frontier()
        if found is None and self._pardons < MAX_PARDONS and self.blocked.any():
            self._pardon()
            found = self.frontier()
        if found is None and self.need < 2 and self._only_deadly_traps_left():
            self._dare(2)
            found = self.frontier()
        return found

    def _worth_going_on(self, turn: int) -> Square | None:
        """Return the frontier; one that has been it at so many turns in vain counts as seen: a mold
        stands there, say, that is seen only from beside it.
        """
        found = self.frontier()
        tried, self._tried_at = turn == self._tried_at, turn
        if found is None or tried:
            return found
        self._tries[found] = self._tries.get(found, 0) + 1
        if self._tries[found] <= MAX_TRIES:
            return found
        self.leave_unexplored({found})
        return self.frontier()

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

    def _dare(self, need: int) -> None:
        self.need = need
        self._note_change()

    def _only_deadly_traps_left(self) -> bool:
        """Whether they bar the way to some of what is known, and searching found no other."""
        if self.searched.sum() < SEARCHED_FOR_LONG or not self.knows(Terrain.DEADLY_TRAP):
            return False
        now, then = self._without_monsters(1), self._without_monsters(2)
        beyond = (then != paths.UNREACHABLE) & (now == paths.UNREACHABLE)
        return bool((beyond & (self.terrain != int(Terrain.DEADLY_TRAP))).any())

    def _pardon(self) -> None:
        """Give blocked squares another chance: what stood there may have gone."""
        self._pardons += 1
        self.blocked[:] = False
        self._bumps.clear()
        self._note_change()

    def lighter_frontier(self) -> bool:
        """Whether there is more to explore for who carries less, between squares of rock."""
        if not self.tight:
            return False
        dist = self._distances(self.blocked | self.boulders, paths.NO_ROCK, self.need)
        return paths.nearest_frontier(dist, self.seen)[0] >= 0

    def is_frontier(self, square: Square) -> bool:
        """Whether a square has an unseen neighbour."""
        return bool(paths.borders_unseen(self.seen, *square))

    def nearest(self, wanted: np.ndarray) -> Square | None:
        """Return the nearest reachable square of a (21, 79) bool map."""
        y, x = paths.nearest(self.dist, wanted)
        return (y, x) if y >= 0 else None

    def nearest_of(self, squares: Iterable[Square]) -> Square | None:
        """Return the nearest reachable one of some squares."""
        reachable = [square for square in squares if self.reachable(square)]
        return min(reachable, key=lambda square: int(self.dist[square]), default=None)

    def distrust(self, species: int) -> None:
        """Note that one of the hero's kin attacks: its kind is no longer taken for peaceful."""
        self.peace.distrust(species)
        self._judge({m.square for m in self.monsters if m.species == species}, peaceful=False)

    def anger_keepers(self) -> None:
        """Note that keepers in view are peaceful no more."""
        angry = self.peace.anger({monster.species for monster in self.monsters})
        self._judge({m.square for m in self.monsters if m.species in angry}, peaceful=False)

    def mark_peaceful(self, square: Square) -> None:
        """Remembers that the monster on this square is peaceful, and follows it from now on."""
        species = next((m.species for m in self.monsters if m.square == square), -1)
        self.peace.follow(square, species)
        self._judge({square}, peaceful=True)

    def mark_hostile(self, square: Square) -> None:
        """Forgets that the monster on this square is, or its kind was, peaceful."""
        self.peace.forget(square)
        for species in {m.species for m in self.monsters if m.square == square}:
            self.distrust(species)

    def _judge(self, squares: set[Square], peaceful: bool) -> None:
        self.monsters = [
            m._replace(peaceful=peaceful) if m.square in squares else m for m in self.monsters
        ]

    def bump(self, square: Square, time_passed: bool, said: str = "") -> None:
        """Learns from a step into `square` that failed; after a few the square counts as blocked.

        A step that took time (out of a trap, into a pet) may well work the next time.

        Args:
            said: what the game said to it.
        """
        if _DOOR_AHEAD in said or _DOOR_HERE in said:  # something covers the door
            self.set_terrain(square if _DOOR_AHEAD in said else self.hero, Terrain.OPEN_DOOR)
        elif any(text in said for text in _TOO_WIDE):
            self.tight = True
            self._note_change()
        elif "boulder" not in said and not (time_passed and any(t in said for t in _PASSING)):
            weight = 1 if time_passed else BUMPS_TO_BLOCK // 2
            self._bumps[square] = self._bumps.get(square, 0) + weight
            if self._bumps[square] >= BUMPS_TO_BLOCK:
                self.block(square)

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
        self._forget(_MEMOS)

    def _forget(self, memos: Sequence[str]) -> None:
        for name in memos:
            self.__dict__.pop(name, None)
