"""What a hero's armour and weapons are worth to them, and what they can carry.

Source: NetHack 3.6.7, do_wear.c (canwearobj), weapon.c (skill_init: the skills that a role starts
with), role.c; wiki: "Armor", "Weapon", "Monk".
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from nle import nethack as nh

from envs.data import objects
from envs.data.objects import AMMUNITION, ARMOR, BODY, HELMET, SHIELD, SHIRT, SOFT_HATS, WEAPONS
from envs.knowledge.inventory import Item
from envs.knowledge.statistics import Statistics

# Skills that a role has practised when the game begins; others cost 4 to hit and 2 of the damage.
_PRACTISED: dict[str, tuple[str, ...]] = {
    "arc": ("whip", "pick-axe"), "bar": ("two-handed sword", "axe", "short sword"),
    "cav": ("club",), "hea": ("knife",), "kni": ("long sword",), "mon": (), "pri": ("mace",),
    "ran": ("dagger",), "rog": ("short sword", "dagger"), "sam": ("long sword", "short sword"),
    "tou": (), "val": ("long sword", "dagger"), "wiz": ("quarterstaff",),
}  # fmt: skip
_SPELLCASTERS = ("wiz", "hea")  # metal armour and shields spoil their spells (spell.c)
UNPRACTISED = 3.0  # points of damage that want of practice costs, all told
ARCHERS = ("ran", "sam")  # who shoot so well that they take the bow in hand for it (weapon.c)
MARTIAL_ARTS = {"mon": 10.0, "sam": 4.0}  # what the bare hand is worth
CLEARLY_BETTER = 1.0
NO_WEAPON = "-"  # the bare hand, among `Equipment.given_up`
# Weight with which a hero still squeezes diagonally between two rocks (hack.c, cant_squeeze_thru).
SQUEEZE = 600
MAX_CAPACITY = 1_000
IMMOVABLE = 99  # protection that counts for a slot where nothing can be changed


@dataclass(frozen=True, eq=False, slots=True)
class Equipment:
    """A hero and their pack; a new one when either changed, so that it can be a key.

    Attributes:
        role, race: as in `Knowledge.character`, e.g. ``val`` and ``hum``; "" if not known.
        items: the pack.
        given_up: texts of items that turned out to be of no use.
    """

    role: str
    race: str
    items: tuple[Item, ...]
    given_up: frozenset[str]

    def may_use(self, item: Item) -> bool:
        """Whether a thing in the pack is paid for, and did not turn out to be of no use."""
        return not item.unpaid and item.text not in self.given_up

    def usable(self, oclass: int) -> list[Item]:
        """Return the things of a class, such as ``POTION_CLASS``, that may be used."""
        return [item for item in self.items if item.oclass == oclass and self.may_use(item)]


def may_wear(role: str, kind: str) -> bool:
    """Whether a kind of armour does a hero of this role any good."""
    armor = ARMOR.get(kind)
    if armor is None or kind in objects.HARMFUL_ARMOR or armor.slot == SHIRT:
        return False
    if role in _SPELLCASTERS and kind not in objects.NO_METAL:
        return armor.slot not in (BODY, SHIELD)
    return role != "mon" or armor.slot not in (BODY, SHIELD)


def protection(item: Item) -> int:
    """By how much a piece lowers the armour class, as far as is known."""
    return ARMOR[item.kind].protection + item.enchantment


def weapon_value(role: str, kind: str, enchantment: int = 0) -> float:
    """Mean damage of a wielded weapon, less what the role's want of practice costs; 0 for what is
    no weapon.
    """
    weapon = WEAPONS.get(kind)
    if weapon is None:
        return 0.0
    practised = weapon.skill in _PRACTISED.get(role, (weapon.skill,))
    return max(weapon.damage + enchantment - (0.0 if practised else UNPRACTISED), 0.5)


def value_in_hand(role: str, item: Item | None) -> float:
    """Return what wielding an item is worth; None is the bare hand."""
    if item is None:
        return MARTIAL_ARTS.get(role, 0.0)
    return weapon_value(role, item.kind, item.enchantment)


@lru_cache(maxsize=64)
def wielded(gear: Equipment) -> Item | None:
    """Return what the hero holds."""
    return next((item for item in gear.items if item.wielded), None)


@lru_cache(maxsize=256)
def worn(gear: Equipment, slot: str) -> Item | None:
    """Return what the hero wears there."""
    return next((item for item in gear.items if item.worn and slot_of(item) == slot), None)


def slot_of(item: Item) -> str:
    """Where an item is worn; "" if it is not armour."""
    armor = ARMOR.get(item.kind)
    return armor.slot if armor else ""


def holds_two_handed(gear: Equipment) -> bool:
    """Whether no hand is free for a shield."""
    held = wielded(gear)
    return held is not None and held.kind in WEAPONS and WEAPONS[held.kind].two_handed


@lru_cache(maxsize=64)
def best_weapon(gear: Equipment) -> Item | None:
    """Return what is best wielded for melee; None is the bare hand. Stacks are kept for
    throwing.
    """
    shielded = worn(gear, SHIELD) is not None
    best, most = None, value_in_hand(gear.role, None)
    for item in gear.items:
        weapon = WEAPONS.get(item.kind)
        if weapon is None or not (item.wielded or _may_wield(gear, item)):
            continue
        if weapon.two_handed and shielded:
            continue
        value = value_in_hand(gear.role, item)
        if value > most:
            best, most = item, value
    return best


def shoots(gear: Equipment, item: Item) -> bool:
    """Whether an item is a launcher, and there are missiles for it in the pack."""
    missiles = AMMUNITION.get(item.kind, ())
    return any(other.kind in missiles for other in gear.items)


def shoots_with(gear: Equipment, launcher: Item) -> bool:
    """Whether the hero shoots with a launcher: an archer takes it in hand, others only use what
    they hold.
    """
    return launcher.kind in AMMUNITION and (launcher.wielded or gear.role in ARCHERS)


def _may_wield(gear: Equipment, item: Item) -> bool:
    return item.quantity == 1 and item.buc != "cursed" and gear.may_use(item)


def capacity(strength: int, constitution: int) -> int:
    """Return the weight that the hero carries without being burdened (hack.c, weight_cap)."""
    return min(25 * (strength + constitution) + 50, MAX_CAPACITY)


@lru_cache(maxsize=64)
def load(gear: Equipment) -> int:
    """Return the weight of the pack without gold, as far as it can be known."""
    return sum(item.weight for item in gear.items if item.oclass != nh.COIN_CLASS)


@lru_cache(maxsize=64)
def load_on(gear: Equipment) -> int:
    """Return the weight of what is worn or held, and of the best weapon."""
    best = best_weapon(gear)
    return sum(item.weight for item in gear.items if item.equipped or item is best)


def room(gear: Equipment, stats: Statistics, limit: int = SQUEEZE) -> int:
    """Return the weight that can still be taken up; below 0 if it is too much.

    Args:
        gear, stats: the hero.
        limit: weight of the pack that is not to be exceeded, besides `capacity`.
    """
    most = min(capacity(stats.strength, stats.constitution), limit)
    return most - load(gear) - stats.gold // 100


def hard_hat(gear: Equipment) -> bool:
    """Whether a helmet of metal is worn: what falls on it does next to no harm (ball.c, trap.c)."""
    helmet = worn(gear, HELMET)
    return helmet is not None and helmet.kind not in SOFT_HATS


def protection_by_slot(gear: Equipment, carried: bool = True) -> dict[str, int]:
    """Protection of the best piece that is worn, or also of what is only carried, by slot."""
    best: dict[str, int] = {}
    for item in gear.items:
        slot = slot_of(item)
        if not slot or not (item.worn or (carried and item.text not in gear.given_up)):
            continue
        worth = IMMOVABLE if item.worn and item.buc == "cursed" else protection(item)
        best[slot] = max(best.get(slot, worth), worth)
    if holds_two_handed(gear):
        best[SHIELD] = IMMOVABLE
    return best


def eats_tripe(role: str, race: str) -> bool:
    """Whether tripe agrees with the hero (eat.c, fprefx)."""
    return role == "cav" or race == "orc"
