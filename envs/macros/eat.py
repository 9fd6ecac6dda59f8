"""Eat: something safe, when hungry."""

from __future__ import annotations

from envs.data.glyphs import SPECIES_NAMES, species_named
from envs.data.monsters import ALL_RACES, RACE_FLAGS, safe_to_eat
from envs.data.objects import MEAT, NUTRITION, TRIPE
from envs.knowledge import equipment
from envs.knowledge.corpses import corpse_at, is_fresh
from envs.knowledge.elbereth import on_elbereth, respects
from envs.knowledge.inventory import Item
from envs.knowledge.knowledge import Hunger, Knowledge
from envs.knowledge.paths import Square
from envs.knowledge.statistics import OVERLOADED
from envs.knowledge.threats import threats
from envs.macros.base import Keys, command, walk

TRIPE_NUTRITION = 200
ROTTEN_HARM = 8  # hit points that a bite of what is not quite fresh costs at most (eat.c)
PATIENCE = 10  # turns before a meal at which somebody unseen did harm is tried again
NEAR, FAR = 5, 99  # squares within which a dangerous monster interrupts a meal
SNACK_REACH = 12  # steps to a corpse when not hungry yet
# Monks regret other corpses (eat.c, violated_vegetarian).
_VEGAN = species_named("lichen", "shrieker")
_POISON_RESISTANT = ("bar", "hea", "orc")  # from the start (attrib.c)


class Eat:
    """Eat a fresh corpse close by unless satiated, and food from the pack when hungry."""

    name = "eat"
    budget = 60

    def available(self, known: Knowledge) -> bool:
        if known.stats.burden >= OVERLOADED or _disturbed(known):
            return False
        return _corpse(known) is not None or _meal(known) is not None

    def play(self, known: Knowledge) -> Keys:
        corpse, level = _corpse(known), known.level
        if corpse is not None:
            name = SPECIES_NAMES[corpse_at(level, corpse)]
            yield from walk(known, corpse)
            if known.hero == corpse and known.level is level:
                here = (f"{name} corpse here; eat", ord("y"))
                yield from _in_peace(known, [here, *_answers(_meal(known))])
                if not known.heard("You stop eating"):  # what is left of it is as fresh as it was
                    level.fresh_corpses.pop(corpse, None)
                    level.objects[corpse] = -1  # what is left is seen from the next square
                return
        ration = _meal(known)
        if ration is not None:
            turn, before = known.stats.turn, known.inventory
            yield from _in_peace(known, _answers(ration))
            if known.stats.turn == turn and known.inventory == before:
                known.given_up.add(ration.text)


def _in_peace(known: Knowledge, answers: list[tuple[str, int]]) -> Keys:
    """Eat; if somebody does harm meanwhile, it is not tried again for some turns."""
    hit_points = known.stats.hit_points
    yield from command(known, b"e", answers)
    if known.stats.hit_points < hit_points and known.heard("You stop eating"):
        known.no_rest_before = known.stats.turn + PATIENCE


def _disturbed(known: Knowledge) -> bool:
    """Whether somebody would interrupt the meal: to the hungry only who is near matters, and on
    Elbereth only who does not fear it; to the fainting nobody.
    """
    hunger = known.stats.hunger
    if hunger >= Hunger.FAINTING:
        return False
    if known.stats.turn < known.no_rest_before and hunger < Hunger.WEAK:
        return True
    near = threats(known, NEAR if hunger >= Hunger.HUNGRY else FAR)
    if hunger >= Hunger.HUNGRY and on_elbereth(known):
        return not all(map(respects, near))
    return bool(near)


def _corpse(known: Knowledge) -> Square | None:
    """Return a fresh corpse that is worth the way: the hungrier, the further."""
    corpse = _fresh_corpse(known)
    if corpse is None or known.stats.hunger == Hunger.SATIATED:
        return None
    hungry = known.stats.hunger >= Hunger.HUNGRY
    return corpse if hungry or known.level.dist[corpse] <= SNACK_REACH else None


def _meal(known: Knowledge) -> Item | None:
    return _ration(known) if known.stats.hunger >= Hunger.HUNGRY else None


def _answers(ration: Item | None) -> list[tuple[str, int]]:
    """Declines what lies here and what would choke the hero, and takes the ration."""
    from_pack = [("What do you want to eat", ord(ration.letter))] if ration else []
    return [
        ("here; eat", ord("n")),
        *from_pack,
        ("Continue eating", ord("n")),
        ("Stop eating", ord("y")),
    ]


def _ration(known: Knowledge) -> Item | None:
    """Food from the pack that keeps: first what has been begun, then what fills most."""
    hero = known.equipment
    tripe = equipment.eats_tripe(hero.role, hero.race) or known.stats.hunger >= Hunger.WEAK
    edible = [
        item
        for item in hero.items
        if (item.kind in NUTRITION or (item.kind == TRIPE and tripe)) and _at_hand(hero, item)
    ]
    return min(edible, key=lambda item: _reluctance(hero, item), default=None)


def _at_hand(hero: equipment.Equipment, item: Item) -> bool:
    return not item.unpaid and item.text not in hero.given_up


def _reluctance(hero: equipment.Equipment, item: Item) -> tuple[bool, bool, bool, int]:
    bad = item.kind == TRIPE and not equipment.eats_tripe(hero.role, hero.race)
    regretted = hero.role == "mon" and (item.kind in MEAT or item.kind == TRIPE)
    begun = "partly eaten" in item.text
    return (
        bad or regretted, item.buc == "cursed", not begun,
        -NUTRITION.get(item.kind, TRIPE_NUTRITION),
    )  # fmt: skip


def _fresh_corpse(known: Knowledge) -> Square | None:
    level, turn = known.level, known.stats.turn
    if not level.fresh_corpses:
        return None
    stats = known.stats
    hungry = stats.hunger >= Hunger.HUNGRY and stats.hit_points > ROTTEN_HARM
    fresh = [
        (int(level.dist[square]), square)
        for square, died in level.fresh_corpses.items()
        if level.reachable(square)
        and square not in level.shop
        and is_fresh(corpse_at(level, square), turn + int(level.dist[square]) - died, hungry)
        and _agrees(known, corpse_at(level, square))
    ]
    return min(fresh)[1] if fresh else None


def _agrees(known: Knowledge, species: int) -> bool:
    """Whether a fresh corpse of this species does this hero good."""
    hero = known.equipment
    poison_resistant = hero.role in _POISON_RESISTANT or hero.race in _POISON_RESISTANT
    if species < 0 or not safe_to_eat(species, _kin(hero), poison_resistant):
        return False
    return hero.role != "mon" or species in _VEGAN or _ration(known) is None


def _kin(hero: equipment.Equipment) -> int:
    """Return flags of the races that the hero must not eat; cavemen and orcs eat anybody
    (eat.c).
    """
    if hero.role == "cav" or hero.race == "orc":
        return 0
    return RACE_FLAGS.get(hero.race, ALL_RACES)
