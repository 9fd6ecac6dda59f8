"""Cast, heal and zap: magic against monsters in line, and for the hero's wounds."""

from __future__ import annotations

from nle import nethack as nh

from envs.game import Game, Hunger
from envs.inventory import Item
from envs.macros.aim import Shot, look, may_be_peaceful, shots
from envs.macros.base import Keys, command
from envs.menus import MenuLine
from envs.monsters import NEVER_MELEE, threat
from envs.spellbook import Spell, read_spells

# What roles may begin with, of use in a fight and for wounds (u_init.c); taken for granted until
# the menu of spells has been looked at.
BEGINNERS_ATTACK = {"wiz": "force bolt", "mon": "sleep"}
BEGINNERS_HEALING = ("hea", "mon", "pri")
ENERGY = 5  # a spell costs this times its level (spell.c, spelleffects)
MAX_FAIL = 40  # percent, of a spell that is worth trying
BOLTS = ("force bolt", "striking", "slow monster", "teleportation")  # they hit and stop
RAYS = ("magic missile", "sleep", "cone of cold", "cold", "fire", "lightning", "fireball")
BOLT_REACH, RAY_REACH = 6, 7  # a bolt flies 6 to 13 squares, a ray 7 to 13 (zap.c)
TO_BOUNCE = 7  # squares to a wall from which a ray does not come back to the hero
WORTH = 1.0  # hit points a turn that a monster must cost to be worth a spell
HORIZON = 4.0  # turns that the hero should live: if fewer, a wand's charge is well spent
SLEEP_LASTS = 10  # turns before the next sleep ray; it holds for 1 to 50
HURT = 1 / 2  # of the maximum hit points


class Cast:
    """Cast an attack spell, mostly force bolt, at a dangerous monster in line."""

    name = "cast"
    budget = 40

    def available(self, game: Game) -> bool:
        return bool(game.hostiles) and _may_cast(game) and _cast_choice(game) is not None

    def play(self, game: Game) -> Keys:
        yield from _learn(game)
        while _may_cast(game) and (choice := _cast_choice(game)) is not None:
            shot, spell = choice
            if may_be_peaceful(shot.target):
                yield from look(game, shot.target)
                if _cast_choice(game) != choice:
                    continue
            yield from _cast(game, spell, shot.key)


class Heal:
    """Cast a healing spell at oneself when badly hurt."""

    name = "heal"
    budget = 20

    def available(self, game: Game) -> bool:
        return game.stats.health < HURT and _may_cast(game) and _healing(game) is not None

    def play(self, game: Game) -> Keys:
        yield from _learn(game)
        while game.stats.health < HURT and _may_cast(game) and (spell := _healing(game)):
            yield from _cast(game, spell, ord("."))


class Zap:
    """Zap an attack wand, or once an unknown one, at a monster that may kill the hero."""

    name = "zap"
    budget = 20

    def available(self, game: Game) -> bool:
        return bool(game.hostiles) and _in_danger(game) and _zap_choice(game) is not None

    def play(self, game: Game) -> Keys:
        choice = _zap_choice(game)
        if choice is None:
            return
        shot, wand = choice
        if may_be_peaceful(shot.target):
            yield from look(game, shot.target)
            if _zap_choice(game) != choice:
                return
        answers = [("want to zap", ord(wand.letter)), ("In what direction", shot.key)]
        yield from command(game, b"z", answers)
        _note_sleep(game, wand.name)
        if "wand of" not in wand.name or game.heard("Nothing happens", "You wrest"):
            game.given_up.add(wand.text)


def _may_cast(game: Game) -> bool:
    """Whether there is energy for a spell, and one is known or may well be."""
    stats = game.stats
    if stats.energy < ENERGY or stats.hunger >= Hunger.WEAK or game.engulfed:
        return False
    if stats.condition & nh.BL_MASK_STUN:
        return False
    return game.spells is None or bool(game.spells)


def _learn(game: Game) -> Keys:
    """Looks at the menu of spells once, which takes no time."""
    lines: list[MenuLine] = []

    def note(shown: list[MenuLine]) -> str:
        lines.extend(shown)
        return ""

    if game.spells is None:
        yield from command(game, b"Z", choose=note)
        game.spells = read_spells(lines)


def _cast(game: Game, spell: Spell, key: int) -> Keys:
    turn, energy = game.stats.turn, game.stats.energy
    yield from command(
        game,
        b"Z",
        [("In what direction", key)],
        choose=lambda lines: "".join(x.letter for x in lines if x.text.startswith(spell.name)),
    )
    _note_sleep(game, spell.name)
    if game.stats.turn == turn and game.stats.energy == energy:  # too weak, or no hand is free
        game.spells = ()


def _known(game: Game) -> list[Spell]:
    """The spells that are worth trying now."""
    return [
        spell
        for spell in (_guess(game) if game.spells is None else game.spells)
        if spell.fail <= MAX_FAIL and game.stats.energy >= ENERGY * spell.level
    ]


def _guess(game: Game) -> list[Spell]:
    attack = BEGINNERS_ATTACK.get(game.role)
    names = [attack] if attack else []
    names += ["healing"] if game.role in BEGINNERS_HEALING else []
    return [Spell("a", name, 1, 0) for name in names]


def _cast_choice(game: Game) -> tuple[Shot, Spell] | None:
    """The first that fits."""
    for spell in _known(game):
        for shot in _lines(game, spell.name):
            species = shot.target.species
            if species in NEVER_MELEE or threat(species, game.stats.armor_class) >= WORTH:
                return shot, spell
    return None


def _healing(game: Game) -> Spell | None:
    return next((s for s in _known(game) if s.name in ("healing", "extra healing")), None)


def _zap_choice(game: Game) -> tuple[Shot, Item] | None:
    """Known wands first; unknown ones are tried on what is near, as if they were rays."""
    wands = [i for i in game.inventory if i.oclass == nh.WAND_CLASS]
    wands = [i for i in wands if i.text not in game.given_up and "(0:0)" not in i.text]
    for wand in sorted(wands, key=lambda wand: "wand of" not in wand.name):
        kind = wand.name.partition("wand of ")[2].partition(" (")[0]
        lines = _lines(game, kind) if kind else shots(game, 3)
        if lines:
            return lines[0], wand
    return None


def _lines(game: Game, kind: str) -> list[Shot]:
    """The shots in which a spell or a wand of this name hits the monster and not the hero."""
    if kind in BOLTS:
        return shots(game, BOLT_REACH)
    if kind not in RAYS or (kind == "sleep" and game.stats.turn < game.no_sleep_before):
        return []
    return [shot for shot in shots(game, RAY_REACH) if shot.to_wall >= TO_BOUNCE]


def _in_danger(game: Game) -> bool:
    """Whether the hostile monsters nearby may kill the hero within some turns."""
    near = (m for m in game.hostiles if max(abs(m.y - game.hero[0]), abs(m.x - game.hero[1])) <= 6)
    harm = sum(threat(monster.species, game.stats.armor_class) for monster in near)
    hurt = game.stats.health < HURT and harm >= WORTH
    return hurt or harm * HORIZON >= game.stats.hit_points


def _note_sleep(game: Game, name: str) -> None:
    if name == "sleep" or "wand of sleep" in name:
        game.no_sleep_before = game.stats.turn + SLEEP_LASTS
