"""Fight: go to a hostile monster and hit it, from a place where few can hit back."""

from __future__ import annotations

import re
from math import inf

from nle import nethack as nh

from envs.data import monsters
from envs.data.glyphs import species_named
from envs.knowledge.digging import can_dig
from envs.knowledge.exploring import exits, searched_in_vain
from envs.knowledge.knowledge import Hunger, Knowledge
from envs.knowledge.outlook import blows
from envs.knowledge.paths import HEIGHT, UNREACHABLE, WIDTH, Square
from envs.knowledge.peace import Monster
from envs.knowledge.threats import distance, threats
from envs.macros.aim import friends_in_blast
from envs.macros.barred import barring, stays
from envs.macros.base import Keys, command, direction, step

REACH = 12  # steps to a slow monster that is worth going to
REACH_OF_FAST = 6  # steps to one that is faster than the hero: it comes if it wants to
FAR = 99
LEFT_ALONE = 50  # turns for which nobody sets out again for one that was lost from sight
PATIENCE = 3  # turns to wait, in a row, for monsters that come nearer
RETREAT = 4  # steps back to a place where few can attack at once
HEAVY = 1 / 15  # of the hit points a turn: a group that costs as much is not met in the open
REPLIES = 2  # that a mold gets in before it is dead, or as many as it takes blows
FEW_BLOWS = 3  # that kill what feeds on them
# Their answer to a blow costs hit points and no more (wiki: "Passive attack").
BEARABLE = species_named(
    "acid blob", "yellow mold", "green mold", "red mold", "brown mold", "spotted jelly"
)
_FED_BY_BLOWS = species_named("brown mold")  # it grows, and divides (uhitm.c, passive: AD_COLD)
COCKATRICES = species_named("cockatrice", "chickatrice")
BLAST = 20  # hit points; a gas spore's 4d6 exceed them once in 37 times (monst.c)
_NYMPHS = species_named("water nymph", "wood nymph", "mountain nymph")
_FLOATING_EYE = species_named("floating eye")
_HOLDER = re.compile(r"cannot escape from (?:the |an? )?(.+?)!")  # hack.c, domove
_IT_STRIKES = re.compile(r"\bIt (?:hits|bites|misses|just misses|kicks|stings|butts)")
# What the unseen that never attack do to who hits them (uhitm.c, passive).
_ANSWERS = ("suddenly very cold", "suddenly very hot", "splashed by", "jolted with", "frozen by")
SIGHTLESS = 100  # turns for which a blind hero takes the unseen for the pet
MAX_EXITS = 3  # passable neighbours of a place that is worth holding


class Fight:
    """Go to a hostile monster in reach and hit it until it is gone; hold a narrow place if many."""

    name = "fight"
    budget = 40

    def available(self, known: Knowledge) -> bool:
        """Whether the hero is engulfed, or can strike and has a foe in reach that may be hit."""
        if known.engulfed or not (known.hostiles or known.level.rooted):
            return known.engulfed
        return not known.stats.overloaded and self._target(known) is not None

    def play(self, known: Knowledge) -> Keys:
        """Strike who is beside the hero; else step back to a narrower place, let them come or go to
        them, until nobody is in reach or a step fails.
        """
        while known.engulfed:
            yield from command(known, b"Fj")
        level, waited, were = known.level, 0, _squares(known)
        withdrew, holder, still = False, "", None
        while known.level is level:
            holder = _holder(known) or holder
            target, before = self._target(known, holder), known.hero
            here = _squares(known)  # without one that is only remembered
            come = target is not None and target.square in here - were  # most likely nearer
            were = here
            place = _narrower(known) if come and not holder else None
            if target is not None and known.adjacent(target.square):
                waited, still = 0, None
                yield from _hit(known, target)
            elif place is not None:
                withdrew = True
                yield from step(known, level.path(place)[0])
            elif waited < PATIENCE and _better_to_wait(known, target, come, withdrew):
                waited += 1
                yield from command(known, b"s")
            elif target is not None:
                waited = 0
                still = target.square if not come else None
                yield from step(known, level.path(min(_stands(known, target))[1])[0])
                if known.hero == before:
                    return
            else:
                if still is not None:
                    level.out_of_sight[still] = known.stats.turn
                return

    def _target(self, known: Knowledge, holder: str = "") -> Monster | None:
        """Those beside the hero come first, the best to kill first; then the nearest.

        Who is held can strike at nobody but the holder (hack.c, domove).
        """
        foes = [monster for monster in known.hostiles if attackable(known, monster)]
        foes = [
            monster
            for monster in foes
            if _steps(known, monster) <= _reach(monster) and not _hidden_by_the_way(known, monster)
        ]
        foes = foes or _in_the_way(known)
        beside = [monster for monster in foes if known.adjacent(monster.square)]
        if beside:
            return max(beside, key=lambda monster: (monster.name == holder, _worth(monster)))
        return min(foes, key=lambda m: (min(_stands(known, m)), -_worth(m), m), default=None)


def _hidden_by_the_way(known: Knowledge, monster: Monster) -> bool:
    """Whether the way to one that does not move led out of sight of it not long ago: who went on
    with something else then would see it again, and turn to it, for ever.
    """
    left = known.level.out_of_sight.get(monster.square)
    lately = left is not None and known.stats.turn - left < LEFT_ALONE
    return lately and not known.adjacent(monster.square)


def attackable(known: Knowledge, monster: Monster) -> bool:
    """Whether hitting it is neither a crime nor suicide: some turn bare hands and bites to stone,
    and who is unseen may be the keeper of a shop or the pet of a blind hero, unless they strike.
    """
    if monster.species < 0 and (_in_a_shop(known, monster.square) or _may_be_the_pet(known)):
        return bool(_IT_STRIKES.search(" ".join(known.messages)))
    if monster.species in COCKATRICES:
        armed = any(item.wielded for item in known.inventory) and not known.transformed
        return armed and known.adjacent(monster.square)
    if monster.species in _NYMPHS and can_dig(known) and not known.attacks(monster):
        return False  # most sleep, and steal whatever they can from who wakes them
    return monster.hostile and monster.species not in monsters.NEVER_MELEE


def _may_be_the_pet(known: Knowledge) -> bool:
    """Whether the hero is blind, and a pet was about not long ago."""
    return bool(known.stats.condition & nh.BL_MASK_BLIND) and known.pet_unseen(SIGHTLESS)


def _in_a_shop(known: Knowledge, square: Square) -> bool:
    """Whether a square is in a shop, or its door."""
    return any(distance(square, inside) <= 1 for inside in known.level.shop)


def _in_the_way(known: Knowledge) -> list[Monster]:
    """Those that keep the hero from all ways on: whom he would strike anyway, however far off, and
    those that burn, sting or burst when hit, as far as he can bear it, beside him or rooted.
    """
    return [
        monster
        for monster in barring(known)
        if _stands(known, monster)
        and (attackable(known, monster) or (stays(known, monster) and _bearable(known, monster)))
    ]


def _bearable(known: Knowledge, monster: Monster) -> bool:
    stats, long = known.stats, searched_in_vain(known.level)
    if monster.species in _FLOATING_EYE:  # it paralyses for 70 turns on average (uhitm.c, passive)
        fed = stats.hunger < Hunger.HUNGRY  # who is frozen again and again may starve
        return fed and long and _safe_for_long(known)
    if monster.species in monsters.GAS_SPORE:  # one sets off the other
        spores = sum(
            known.adjacent(m.square) and m.species in monsters.GAS_SPORE for m in known.hostiles
        )
        no_other_hope = stats.hunger >= Hunger.WEAK or (long and stats.health == 1)
        harmless = stats.hit_points > BLAST * spores and not friends_in_blast(known, monster.square)
        return no_other_hope or harmless
    if monster.species not in BEARABLE:
        return False
    to_kill, reply = blows(known, monster), monsters.REPLY[monster.species]
    fed = monster.species in _FED_BY_BLOWS and to_kill > FEW_BLOWS
    return not fed and bool(known.stats.hit_points > reply * max(REPLIES, to_kill))


def _safe_for_long(known: Knowledge) -> bool:
    """Whether nobody can come to the hero: none in view, or harmless ones on all squares beside."""
    walled_in = (known.level.dist != UNREACHABLE).sum() == 1
    return not threats(known, 1 if walled_in else FAR) and known.stats.health >= 1 / 2


def _holder(known: Knowledge) -> str:
    """Who the game just said holds the hero, or ""."""
    found = _HOLDER.search(" ".join(known.messages))
    return found[1] if found else ""


def _worth(monster: Monster) -> float:
    """Harm that it does a turn, by the blows it takes to kill: to fight in this order costs the
    fewest hit points in all (Smith's rule for weighted completion times, 1956). Who calls others
    comes before all (were.c, were_summon).
    """
    if monsters.SUMMONS[monster.species]:
        return inf
    return monsters.threat(monster.species) / (1 + max(float(monsters.LEVEL[monster.species]), 0.0))


def _reach(monster: Monster) -> int:
    """Return steps from which it is worth going to: never to one that stays where it is, or in
    water.
    """
    if monsters.STATIONARY[monster.species] or monsters.AQUATIC[monster.species]:
        return 0
    return REACH if monsters.SPEED[monster.species] <= monsters.NORMAL_SPEED else REACH_OF_FAST


def _hit(known: Knowledge, target: Monster) -> Keys:
    """Attacks by walking into the monster, because the game then asks before it hits a peaceful
    one; ``F`` (fight) hits without a question (uhitm.c, attack_checks), so it is for the unseen.
    """
    way = direction(known.hero, target.square)
    blow = command(known, (ord("F"), way) if target.species < 0 else (way,))
    yield from blow
    peace = known.level.peace
    if target.species < 0 and known.heard(*_ANSWERS):
        peace.mark_peaceful(target.square)  # one that only answers blows is let alone too, …
        known.level.block(target.square)  # … and not walked into
    if "Really attack" in known.declined:
        peace.mark_peaceful(target.square)


def _better_to_wait(known: Knowledge, target: Monster | None, come: bool, withdrew: bool) -> bool:
    """Who steps beside the other is hit first, so let one that comes do it (wiki: "Strategy").

    A hero who withdrew to a narrow place waits for the others there, even out of their sight.
    """
    if target is None:
        return withdrew
    if monsters.SHOOTS[target.species] or target.species < 0:
        return False
    return come and (withdrew or _steps(known, target) == 1)


def _narrower(known: Knowledge) -> Square | None:
    """Return a place nearby where fewer of a dangerous group can attack at once, and that the hero
    reaches before them; None if there is none, or no such group.
    """
    group = _group(known)
    harm = sum(monsters.threat(m.species, known.stats.armor_class) for m in group)
    if len(group) < 2 or harm < HEAVY * known.stats.hit_points:
        return None
    here, (y, x) = exits(known.level, known.hero), known.hero
    dist = known.level.dist
    found = [
        (exits(known.level, (v, u)), int(dist[v, u]), (v, u))
        for v in range(max(y - RETREAT, 0), min(y + RETREAT + 1, HEIGHT))
        for u in range(max(x - RETREAT, 0), min(x + RETREAT + 1, WIDTH))
        if 0 < dist[v, u] <= RETREAT
        and all(
            dist[v, u] * monsters.SPEED[m.species] < monsters.NORMAL_SPEED * _apart(m, (v, u))
            for m in group
        )
    ]
    fewest, _, place = min(found, default=(9, 0, known.hero))
    return place if fewest <= MAX_EXITS and fewest < here else None


def _group(known: Knowledge) -> list[Monster]:
    """Return the hostile monsters that are near and come to blows."""
    return [
        monster
        for monster in known.hostiles
        if monsters.threatening(monster.species) and monsters.SPEED[monster.species] > 3
        and not monsters.SHOOTS[monster.species] and _apart(monster, known.hero) <= 8
    ]  # fmt: skip


def _apart(monster: Monster, square: Square) -> int:
    return max(abs(monster.y - square[0]), abs(monster.x - square[1]))


def _squares(known: Knowledge) -> set[Square]:
    return {monster.square for monster in known.hostiles}


def _stands(known: Knowledge, target: Monster) -> list[tuple[int, Square]]:
    """Return (steps, square) of every reachable square beside the monster."""
    dist = known.level.dist
    return [
        (int(dist[y, x]), (y, x))
        for y in range(max(target.y - 1, 0), min(target.y + 2, HEIGHT))
        for x in range(max(target.x - 1, 0), min(target.x + 2, WIDTH))
        if dist[y, x] != UNREACHABLE
    ]


def _steps(known: Knowledge, target: Monster) -> int:
    """Return steps to the nearest square beside the monster."""
    away = _apart(target, known.hero) - 1
    return away if away == 0 or away > REACH else min(_stands(known, target), default=(FAR,))[0]
