"""Writing Elbereth in the dust, and reading what is written underfoot (wiki: "Elbereth")."""

from __future__ import annotations

import re

from nle import nethack as nh

from envs.game import Game
from envs.glyphs import Terrain, species_named
from envs.level import Monster
from envs.macros.base import ENTER, ESCAPE, MAX_ANSWERS, Keys, command
from envs.progression import GEHENNOM

WORD = "Elbereth"
LONG_PATIENCE = 1_000  # turns before it is tried again, where the hands are not free
TRUST = 40  # turns for which what was read is taken to be there still

# Humans, elves and minotaurs do not fear it, nor do Riders and Angels (monmove.c, onscary).
_HUMAN_CLASS = nh.permonst(min(species_named("human"))).mlet
_FEARLESS = species_named("minotaur", "Angel", "Death", "Pestilence", "Famine") | frozenset(
    species for species in range(nh.NUMMONS) if nh.permonst(species).mlet == _HUMAN_CLASS
)
_OFF_THE_FLOOR = nh.BL_MASK_LEV | nh.BL_MASK_RIDE


def respects(monster: Monster) -> bool:
    """Whether a monster fears the word; what is unseen is taken to."""
    return monster.species not in _FEARLESS


def on_elbereth(game: Game) -> bool:
    """Whether the hero stands on the word, as far as is known: it was read there not long ago."""
    read = game.level.elbereth.get(game.hero)
    return read is not None and game.stats.turn - read <= TRUST


def can_write(game: Game) -> bool:
    """Whether the hero's finger reaches the dust here, and the word is of use in this place."""
    stats = game.stats
    if stats.turn < game.no_writing_before or stats.dungeon == GEHENNOM:
        return False
    if game.engulfed or game.transformed or stats.condition & _OFF_THE_FLOOR:
        return False
    return bool(game.level.terrain[game.hero] != Terrain.FURNITURE)


def read_dust(game: Game) -> Keys:
    """Looks at what is written underfoot, which takes no time."""
    yield from command(game, b":")
    text = re.search(r'You read: +"([^"]*)"', " ".join(game.messages))
    if text and text[1].lower() == WORD.lower():  # capitals do not matter (engrave.c, sengr_at)
        game.level.elbereth[game.hero] = game.stats.turn
    else:
        game.level.elbereth.pop(game.hero, None)


def write_elbereth(game: Game) -> Keys:
    """Writes the word with a finger, in place of what is there."""
    yield from command(game, ())
    game.begin_command()
    yield ord("E")
    for _ in range(MAX_ANSWERS):
        prompt = game.prompt
        if prompt is None or prompt.kind == "getline":
            break
        yield _answer(prompt.kind, prompt.text)
    if game.prompt is not None and "want to write" in game.prompt.text:
        yield from WORD.encode()
        yield ENTER
    if game.heard("no free hand"):  # a cursed weapon
        game.no_writing_before = game.stats.turn + LONG_PATIENCE
    yield from command(game, ())


def _answer(kind: str, text: str) -> int:
    if kind == "more":
        return ENTER
    if "write with" in text:
        return ord("-")
    return ord("n") if "add to" in text else ESCAPE
