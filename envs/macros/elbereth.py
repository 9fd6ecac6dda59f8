"""Elbereth: write the elven word that most monsters fear, and rest upon it."""

from __future__ import annotations

from nle import nethack as nh

from envs.game import Game, Hunger
from envs.macros.base import Keys, command
from envs.macros.engrave import can_write, on_elbereth, read_dust, respects, write_elbereth
from envs.macros.threats import threats

WORTH_WRITING, ENOUGH = 0.6, 0.8  # of the maximum hit points
NEAR = 8  # squares to the nearest danger
CLOSE = 2  # squares; attacks smudge the word (mhitu.c, hitmu), so it is read again
MAX_WRITINGS = 4  # in one go; each succeeds with probability 0.96 ** 8 (engrave.c, doengrave)
PATIENCE = 30  # turns before it is tried again after it failed
_CANNOT_READ = nh.BL_MASK_BLIND


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
                yield from read_dust(game)
            if on_elbereth(game):
                yield from _rest(game)
            elif writings < MAX_WRITINGS:
                yield from write_elbereth(game)
                writings += 1
            if game.stats.turn == turn:  # too many failures, or no place to write
                _give_up(game)


def _possible(game: Game) -> bool:
    """Whether the word can be written and helps here: nothing adjacent ignores it."""
    if not can_write(game) or game.stats.condition & _CANNOT_READ:
        return False
    if game.stats.hunger >= Hunger.FAINTING:  # time is not on the hero's side
        return False
    return all(respects(monster) for monster in threats(game, 1))


def _rest(game: Game) -> Keys:
    """Waits a while; gives the word up if somebody harms the hero although it is there."""
    hit_points = game.stats.hit_points
    yield from command(game, b"5s" if threats(game) else b"20s")
    if game.stats.hit_points < hit_points:
        yield from read_dust(game)
        if on_elbereth(game):
            _give_up(game)


def _give_up(game: Game) -> None:
    game.no_writing_before = max(game.no_writing_before, game.stats.turn + PATIENCE)
