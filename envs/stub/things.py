"""What lives and lies in the stub's dungeon, with NetHack's glyphs and figures."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from nle import nethack as nh

PET_GLYPHS = nh.GLYPH_PET_OFF - nh.GLYPH_MON_OFF
N_GLYPHS = nh.GLYPH_EXPLODE_OFF  # monsters, objects and map symbols: all that the stub shows
STARTING_NUTRITION = 900
HUNGRY, WEAK, FAINTING = 150, 50, 0  # nutrition below which each sets in (eat.c, newuhs)
ARMOUR_CLASS = 6  # the hero's
SPEED = 12  # the hero's, and what one action costs (mon.c, NORMAL_SPEED)


@dataclass(frozen=True, slots=True)
class Species:
    """A kind of monster; level, speed, armour class and glyph are NetHack's own (monst.c).

    Attributes:
        damage: sides of the die that its attack rolls; 0 if it never attacks.
        verb: what its attack does, as in "The jackal bites!".
    """

    name: str
    glyph: int
    level: int
    speed: int
    armour_class: int
    damage: int
    verb: str

    @property
    def experience(self) -> int:
        """Points for the kill (exper.c, experience): base and speed, without attack bonuses."""
        return 1 + self.level**2 + (5 if self.speed > 18 else 3 if self.speed > 12 else 0)


@dataclass(slots=True, eq=False)
class Monster:
    """A monster on the map."""

    species: Species
    hp: int
    peaceful: bool = False
    pet: bool = False
    movement: int = 0
    seen: bool = False  # in view after the last turn

    @property
    def glyph(self) -> int:
        """NetHack's number of what the map shows."""
        return self.species.glyph + (PET_GLYPHS if self.pet else 0)

    @property
    def hostile(self) -> bool:
        """Whether it attacks the hero."""
        return not (self.peaceful or self.pet)

    @property
    def name(self) -> str:
        """What messages call it."""
        return f"your {self.species.name}" if self.pet else f"the {self.species.name}"


@dataclass(slots=True, eq=False)
class Item:
    """A stack of things in the inventory or on the floor.

    Attributes:
        nutrition: of each piece that is still whole; 0 if it can't be eaten.
        turns: that a whole piece takes to eat.
        left: nutrition left in a partly eaten piece; None when whole.
    """

    name: str
    glyph: int
    oclass: int
    count: int = 1
    nutrition: int = 0
    turns: int = 1
    uncursed: bool = False  # and known to be
    left: int | None = None
    suffix: str = ""

    def text(self, count: int | None = None) -> str:
        """As NetHack names it: "a food ration", "3 apples", "an uncursed apple"."""
        count = self.count if count is None else count
        state = "uncursed " if self.uncursed else ""
        state += "partly eaten " if self.left is not None else ""
        words = f"{state}{self.name}"
        if count > 1:
            return f"{count} {words}s{self.suffix}"
        return f"{'an' if words[0] in 'aeiou' else 'a'} {words}{self.suffix}"

    def stacks_with(self, other: Item) -> bool:
        """Whether the two become one stack when they are put together."""
        mine = (self.name, self.uncursed, self.left, self.suffix)
        return mine == (other.name, other.uncursed, other.left, other.suffix)


def species(name: str) -> Species:
    """Return the species of that name, with its figures from NetHack.

    Raises:
        ValueError: for a name that the stub does not have.
    """
    if name not in _ATTACKS:
        raise ValueError(f"unknown species {name!r}; the stub has {', '.join(_ATTACKS)}")
    return _species(name)


def food_ration(uncursed: bool = False) -> Item:
    """Return one, as it is bought or begun with."""
    glyph = nh.GLYPH_OBJ_OFF + _object("food ration")
    return Item("food ration", glyph, FOOD, nutrition=800, turns=5, uncursed=uncursed)


def apples(count: int) -> Item:
    """Return so many."""
    return Item("apple", nh.GLYPH_OBJ_OFF + _object("apple"), FOOD, count, nutrition=50)


def gold(count: int) -> Item:
    """Return so many pieces."""
    return Item("gold piece", nh.GLYPH_OBJ_OFF + _object("gold piece"), COINS, count)


def starting_inventory() -> dict[str, Item]:
    """Return a Valkyrie's, by inventory letter."""

    def item(name: str, oclass: int, state: str, suffix: str) -> Item:
        return Item(f"{state}{name}", nh.GLYPH_OBJ_OFF + _object(name), oclass, suffix=suffix)

    return {
        "a": item("long sword", nh.WEAPON_CLASS, "+1 ", " (weapon in hand)"),
        "b": item("dagger", nh.WEAPON_CLASS, "+0 ", " (alternate weapon; not wielded)"),
        "c": item("small shield", nh.ARMOR_CLASS, "uncursed +3 ", " (being worn)"),
        "d": food_ration(uncursed=True),
    }


def appearance(glyph: int) -> tuple[int, int, int]:
    """Character, colour and special bits (NLE's ``MG_`` flags) of a glyph below `N_GLYPHS`."""
    if glyph >= nh.GLYPH_CMAP_OFF:
        symbol = nh.symdef.from_idx(glyph - nh.GLYPH_CMAP_OFF)
        index = glyph - nh.GLYPH_CMAP_OFF
        return (
            ord(symbol.sym) if isinstance(symbol.sym, str) else symbol.sym,
            (0 if index == STONE else 8 if index == DARK_ROOM else symbol.color),
            0,
        )
    if glyph >= nh.GLYPH_OBJ_OFF:
        thing = nh.objclass(glyph - nh.GLYPH_OBJ_OFF)
        return ord("$" if ord(thing.oc_class) == COINS else "%"), thing.oc_color, 0
    monster = nh.permonst(glyph % PET_GLYPHS)
    symbol = nh.class_sym.from_mlet(monster.mlet).sym
    pet = nh.MG_PET if glyph >= PET_GLYPHS else 0
    return ord(symbol) if isinstance(symbol, str) else symbol, monster.mcolor, pet


# NetHack's cmap indices (rm.h); a map glyph is nh.GLYPH_CMAP_OFF plus one of these.
STONE, VWALL, HWALL, TOP_LEFT, TOP_RIGHT, BOTTOM_LEFT, BOTTOM_RIGHT = range(7)
DOORWAY, OPEN_IN_VWALL, OPEN_IN_HWALL, CLOSED_IN_VWALL, CLOSED_IN_HWALL = 12, 13, 14, 15, 16
ROOM, DARK_ROOM, CORRIDOR, STAIRS_UP, STAIRS_DOWN = 19, 20, 21, 23, 24
OPEN_DOORS = frozenset((OPEN_IN_VWALL, OPEN_IN_HWALL))
CLOSED_DOORS = frozenset((CLOSED_IN_VWALL, CLOSED_IN_HWALL))
OPENED = {CLOSED_IN_VWALL: OPEN_IN_VWALL, CLOSED_IN_HWALL: OPEN_IN_HWALL}
STAIR_NAMES = {STAIRS_UP: "staircase up", STAIRS_DOWN: "staircase down"}
FLOORS = frozenset((ROOM, STAIRS_UP, STAIRS_DOWN))
PASSABLE = FLOORS | OPEN_DOORS | {DOORWAY, CORRIDOR}
WALLS = frozenset(range(VWALL, BOTTOM_RIGHT + 1))

FOOD, COINS = nh.FOOD_CLASS, nh.COIN_CLASS
_ATTACKS = {
    "newt": (3, "bites"),
    "jackal": (2, "bites"),
    "sewer rat": (3, "bites"),
    "grid bug": (1, "bites"),
    "lichen": (1, "touches you"),
    "gnome": (6, "hits"),
    "kitten": (6, "bites"),
    "hill orc": (6, "hits"),
    "giant ant": (4, "bites"),
    "wolf": (8, "bites"),
    "watchman": (8, "hits"),
    "floating eye": (0, ""),
}


@cache
def _species(name: str) -> Species:
    index = next(i for i in range(nh.NUMMONS) if nh.permonst(i).mname == name)
    kind = nh.permonst(index)
    damage, verb = _ATTACKS[name]
    glyph = nh.GLYPH_MON_OFF + index
    return Species(name, glyph, kind.mlevel, kind.mmove, kind.ac, damage, verb)


@cache
def _object(name: str) -> int:
    return next(i for i in range(nh.NUM_OBJECTS) if nh.OBJ_NAME(nh.objclass(i)) == name)


HERO_GLYPH = nh.GLYPH_MON_OFF + next(
    i for i in range(nh.NUMMONS) if nh.permonst(i).mname == "valkyrie"
)
