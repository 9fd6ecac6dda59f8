"""Eat: something safe, when hungry."""

from __future__ import annotations

from envs import gear
from envs.game import Game, Hunger
from envs.glyphs import SPECIES, SPECIES_NAMES, species_named
from envs.inventory import Item
from envs.level import Square
from envs.macros.base import Keys, command, walk
from envs.macros.threats import threats
from envs.monsters import ALL_RACES, RACE_FLAGS, safe_to_eat
from envs.objects import MEAT, NUTRITION, TRIPE

FRESH = 30  # turns; corpses turn dangerous from an age of 50 (wiki: "Corpse", eat.c)
OVERLOADED = 5  # burden at which nothing can be eaten (hack.c, near_capacity; eat.c, doeat)
TRIPE_NUTRITION = 200
NEAR = 5  # squares within which a dangerous monster interrupts a meal
SNACK_REACH = 12  # steps to a corpse when not hungry yet
_LASTING = species_named("lichen", "lizard")  # their corpses never rot (eat.c, nonrotting_corpse)
# Monks regret other corpses (eat.c, violated_vegetarian).
_VEGAN = species_named("lichen", "shrieker")
_POISON_RESISTANT = ("bar", "hea", "orc")  # from the start (attrib.c)


class Eat:
    """Eat a fresh corpse close by unless satiated, and food from the pack when hungry."""

    name = "eat"
    budget = 60

    def available(self, game: Game) -> bool:
        if game.stats.burden >= OVERLOADED or _disturbed(game):
            return False
        return _corpse(game) is not None or _meal(game) is not None

    def play(self, game: Game) -> Keys:
        corpse, level = _corpse(game), game.level
        if corpse is not None:
            name = SPECIES_NAMES[SPECIES[level.objects[corpse]]]
            yield from walk(game, corpse)
            if game.hero == corpse and game.level is level:
                here = (f"{name} corpse here; eat", ord("y"))
                yield from command(game, b"e", [here, *_answers(_meal(game))])
                level.fresh_corpses.pop(corpse, None)
                level.objects[corpse] = -1  # what is left will be seen from the next square
                return
        ration = _meal(game)
        if ration is not None:
            turn, before = game.stats.turn, game.inventory
            yield from command(game, b"e", _answers(ration))
            if game.stats.turn == turn and game.inventory == before:
                game.given_up.add(ration.text)


def _disturbed(game: Game) -> bool:
    """Whether somebody would interrupt the meal; to the fainting that does not matter."""
    return game.stats.hunger < Hunger.FAINTING and bool(threats(game, NEAR))


def _corpse(game: Game) -> Square | None:
    """A fresh corpse that is worth the way: the hungrier, the further."""
    corpse = _fresh_corpse(game)
    if corpse is None or game.stats.hunger == Hunger.SATIATED:
        return None
    hungry = game.stats.hunger >= Hunger.HUNGRY
    return corpse if hungry or game.level.dist[corpse] <= SNACK_REACH else None


def _meal(game: Game) -> Item | None:
    return _ration(game) if game.stats.hunger >= Hunger.HUNGRY else None


def _answers(ration: Item | None) -> list[tuple[str, int]]:
    """Declines what lies here and what would choke the hero, and takes the ration."""
    from_pack = [("What do you want to eat", ord(ration.letter))] if ration else []
    return [("here; eat", ord("n")), *from_pack, ("Continue eating", ord("n")),
            ("Stop eating", ord("y"))]


def _ration(game: Game) -> Item | None:
    """Food from the pack that keeps: first what has been begun, then what fills most."""
    hero = gear.gear_of(game)
    tripe = gear.eats_tripe(hero.role, hero.race) or game.stats.hunger >= Hunger.WEAK
    edible = [
        item
        for item in hero.items
        if (item.kind in NUTRITION or (item.kind == TRIPE and tripe)) and _at_hand(hero, item)
    ]
    return min(edible, key=lambda item: _reluctance(hero, item), default=None)


def _at_hand(hero: gear.Gear, item: Item) -> bool:
    return not item.unpaid and item.text not in hero.given_up


def _reluctance(hero: gear.Gear, item: Item) -> tuple[bool, bool, bool, int]:
    bad = item.kind == TRIPE and not gear.eats_tripe(hero.role, hero.race)
    regretted = hero.role == "mon" and (item.kind in MEAT or item.kind == TRIPE)
    begun = "partly eaten" in item.text
    return (
        bad or regretted, item.buc == "cursed", not begun,
        -NUTRITION.get(item.kind, TRIPE_NUTRITION),
    )  # fmt: skip


def _fresh_corpse(game: Game) -> Square | None:
    level, turn = game.level, game.stats.turn
    if not level.fresh_corpses:
        return None
    for square, died in list(level.fresh_corpses.items()):
        species = int(SPECIES[level.objects[square]])
        if not _fresh(species, turn - died) or not _agrees(game, species):
            del level.fresh_corpses[square]
    fresh = [
        (int(level.dist[square]), square)
        for square, died in level.fresh_corpses.items()
        if level.reachable(square)
        and _fresh(int(SPECIES[level.objects[square]]), turn + int(level.dist[square]) - died)
    ]
    return min(fresh)[1] if fresh else None


def _fresh(species: int, age: int) -> bool:
    return age <= FRESH or species in _LASTING


def _agrees(game: Game, species: int) -> bool:
    """Whether a fresh corpse of this species does this hero good."""
    hero = gear.gear_of(game)
    poison_resistant = hero.role in _POISON_RESISTANT or hero.race in _POISON_RESISTANT
    if species < 0 or not safe_to_eat(species, _kin(hero), poison_resistant):
        return False
    return hero.role != "mon" or species in _VEGAN or _ration(game) is None


def _kin(hero: gear.Gear) -> int:
    """Flags of the races that the hero must not eat; cavemen and orcs eat anybody (eat.c)."""
    if hero.role == "cav" or hero.race == "orc":
        return 0
    return RACE_FLAGS.get(hero.race, ALL_RACES)
