"""Eat: something safe, when hungry."""

from __future__ import annotations

from nle import nethack as nh

from envs.data.glyphs import SPECIES_NAMES, species_named
from envs.data.monsters import ALL_RACES, RACE_FLAGS, safe_to_eat
from envs.knowledge import food
from envs.knowledge.corpses import corpse_at, is_fresh
from envs.knowledge.elbereth import on_elbereth, respects
from envs.knowledge.equipment import Equipment
from envs.knowledge.inventory import Item
from envs.knowledge.knowledge import Hunger, Knowledge
from envs.knowledge.paths import Square
from envs.knowledge.threats import threats, under_fire
from envs.macros.base import Keys, command, walk

ROTTEN_HARM = 8  # hit points that a bite of what is not quite fresh costs at most (eat.c)
PATIENCE = 10  # turns before a meal at which somebody unseen did harm is tried again
NEAR, FAR = 5, 99  # squares within which a dangerous monster interrupts a meal
SNACK_REACH = 12  # steps to a corpse when not hungry yet
# Monks regret other corpses (eat.c, violated_vegetarian).
_VEGAN = species_named("lichen", "shrieker")
# Kin of who caught lycanthropy, of one kind or another (were.c, were_beastie): they cost Luck.
_BEASTS = species_named(
    "sewer rat", "giant rat", "rabid rat", "jackal", "fox", "coyote", "wolf", "warg", "winter wolf"
)
_POISON_RESISTANT = ("bar", "hea", "orc")  # from the start (attrib.c)


class Eat:
    """Eat a fresh corpse close by unless satiated, and when hungry food from the pack or, if there
    is none, what lies about.
    """

    name = "eat"
    budget = 60

    def available(self, known: Knowledge) -> bool:
        """Whether a fresh corpse or, to the hungry, other food can be eaten undisturbed."""
        if known.stats.hands_full or _disturbed(known):
            return False
        if _corpse(known) is not None or _meal(known) is not None:
            return True
        return _found(known) is not None

    def play(self, known: Knowledge) -> Keys:
        """Eat a corpse, else from the pack, else what lies about; a walk may come first."""
        corpse, level = _corpse(known), known.level
        if corpse is not None:
            name = SPECIES_NAMES[corpse_at(level, corpse)]
            yield from walk(known, corpse, until=lambda: corpse in level.shop)
            if known.hero == corpse and known.level is level and corpse not in level.shop:
                here = (f"{name} corpse here; eat", ord("y"))
                yield from _in_peace(known, [here, *_answers(_meal(known))])
                if not known.heard("You stop eating"):  # what is left of it is as fresh as it was
                    level.fresh_corpses.pop(corpse, None)
                    level.objects[corpse] = -1  # what is left is seen from the next square
                return
        ration, found = _meal(known), _found(known)
        if ration is not None:
            turn, before = known.stats.turn, known.inventory
            yield from _in_peace(known, _answers(ration))
            if known.stats.turn == turn and known.inventory == before:
                known.given_up.add(ration.text)
        elif found is not None:
            yield from _eat_what_lies(known, found)


def _eat_what_lies(known: Knowledge, square: Square) -> Keys:
    """Go there and eat; what turns out to be for sale, or no food, is ignored from then on."""
    level = known.level
    yield from walk(known, square)
    if known.hero != square or known.level is not level or square in level.ignored:
        return
    turn, kinds = known.stats.turn, food.what_is_eaten(known)
    yield from _in_peace(known, [*((kind, ord("y")) for kind in kinds), *_answers(None)])
    if known.stats.turn == turn:
        level.ignored.add(square)


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
    shot = under_fire(known)
    if (known.stats.turn < known.no_rest_before or shot) and hunger < Hunger.WEAK:
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
    return food.ration(known) if known.stats.hunger >= Hunger.HUNGRY else None


def _found(known: Knowledge) -> Square | None:
    """Return where food lies, if it is missed."""
    floats = known.stats.condition & nh.BL_MASK_LEV
    if known.stats.hunger < Hunger.HUNGRY or floats or _meal(known) is not None:
        return None
    return food.lying_about(known)


def _answers(ration: Item | None) -> list[tuple[str, int]]:
    """Declines what lies here and what would choke the hero, and takes the ration."""
    from_pack = [("What do you want to eat", ord(ration.letter))] if ration else []
    return [
        ("here; eat", ord("n")),
        *from_pack,
        ("Continue eating", ord("n")),
        ("Stop eating", ord("y")),
    ]


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
    if known.feverish and species in _BEASTS and not _eats_anybody(hero):
        return False
    return hero.role != "mon" or species in _VEGAN or food.ration(known) is None


def _kin(hero: Equipment) -> int:
    """Return flags of the races that the hero must not eat."""
    return 0 if _eats_anybody(hero) else RACE_FLAGS.get(hero.race, ALL_RACES)


def _eats_anybody(hero: Equipment) -> bool:
    """Whether no corpse is the hero's kin to the gods: cavemen's and orcs' (eat.c)."""
    return hero.role == "cav" or hero.race == "orc"
