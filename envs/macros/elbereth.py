"""Elbereth: write the elven word that most monsters fear, and rest upon it."""

from __future__ import annotations

import re

from nle import nethack as nh

from envs.game import Game, Hunger
from envs.glyphs import Terrain, species_named
from envs.level import Monster
from envs.macros.base import ENTER, ESCAPE, MAX_ANSWERS, Keys, command
from envs.macros.pray import GEHENNOM
from envs.macros.threats import threats

WORD = "Elbereth"
WORTH_WRITING, ENOUGH = 0.6, 0.8  # of the maximum hit points
NEAR = 8  # squares to the nearest danger
CLOSE = 2  # squares; attacks smudge the word (mhitu.c, hitmu), so it is read again
MAX_WRITINGS = 4  # in one go; each succeeds with probability 0.96 ** 8 (engrave.c, doengrave)
PATIENCE = 30  # turns before it is tried again after it failed
LONG_PATIENCE = 1_000  # turns, where the hands are not free
TRUST = 40  # turns for which what was read is taken to be there still

# Humans, elves and minotaurs do not fear it, nor do Riders and Angels (monmove.c, onscary).
_HUMAN_CLASS = nh.permonst(min(species_named("human"))).mlet
_FEARLESS = species_named("minotaur", "Angel", "Death", "Pestilence", "Famine") | frozenset(
    species for species in range(nh.NUMMONS) if nh.permonst(species).mlet == _HUMAN_CLASS
)
_UNABLE = nh.BL_MASK_LEV | nh.BL_MASK_BLIND | nh.BL_MASK_RIDE  # can't reach the floor, or read


class Elbereth:
    """Write Elbereth in the dust where monsters threaten, and rest on it while it holds."""

    name = "elbereth"
    budget = 120

    def available(self, game: Game) -> bool:
        if game.stats.health >= WORTH_WRITING or not _possible(game):
            return False
        return any(respects(monster) for monster in threats(game, NEAR))

    def play(self, game: Game) -> Keys:
        writings, square = 0, game.hero
        while game.stats.health < ENOUGH and game.hero == square and _possible(game):
            turn = game.stats.turn
            if threats(game, CLOSE) or not on_elbereth(game):
                yield from _read(game)
            if on_elbereth(game):
                yield from _rest(game)
            elif writings < MAX_WRITINGS:
                yield from _write(game)
                writings += 1
            if game.stats.turn == turn:  # too many failures, or no place to write
                _give_up(game)


def on_elbereth(game: Game) -> bool:
    """Whether the hero stands on the word, as far as is known: it was read there not long ago."""
    read = game.level.elbereth.get(game.hero)
    return read is not None and game.stats.turn - read <= TRUST


def respects(monster: Monster) -> bool:
    """Whether a monster fears the word; what is unseen is taken to."""
    return monster.species not in _FEARLESS


def _possible(game: Game) -> bool:
    """Whether the word can be written and helps here: nothing adjacent ignores it."""
    stats = game.stats
    if stats.turn < game.no_writing_before or stats.dungeon == GEHENNOM or game.engulfed:
        return False
    if stats.hunger >= Hunger.FAINTING:  # time is not on the hero's side
        return False
    if game.transformed:
        return False
    if stats.condition & _UNABLE or game.level.terrain[game.hero] == Terrain.FURNITURE:
        return False
    return all(respects(monster) for monster in threats(game, 1))


def _rest(game: Game) -> Keys:
    """Waits a while; gives the word up if somebody harms the hero although it is there."""
    hit_points = game.stats.hit_points
    yield from command(game, b"5s" if threats(game) else b"20s")
    if game.stats.hit_points < hit_points:
        yield from _read(game)
        if on_elbereth(game):
            _give_up(game)


def _give_up(game: Game) -> None:
    game.no_writing_before = max(game.no_writing_before, game.stats.turn + PATIENCE)


def _read(game: Game) -> Keys:
    """Looks at what is written underfoot, which takes no time."""
    yield from command(game, b":")
    text = re.search(r'You read: +"([^"]*)"', " ".join(game.messages))
    if text and text[1].lower() == WORD.lower():  # capitals do not matter (engrave.c, sengr_at)
        game.level.elbereth[game.hero] = game.stats.turn
    else:
        game.level.elbereth.pop(game.hero, None)


def _write(game: Game) -> Keys:
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
