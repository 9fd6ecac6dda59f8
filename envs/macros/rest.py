"""Rest: wait for hit points where nothing threatens."""

from __future__ import annotations

from envs.game import Game, Hunger
from envs.macros.base import Keys, command
from envs.macros.threats import threats

ENOUGH = 0.9  # of the maximum hit points
PATIENCE = 20  # turns before it is tried again after someone unseen did harm


class Rest:
    """Wait for hit points while nothing dangerous is in view."""

    name = "rest"
    budget = 30

    def available(self, game: Game) -> bool:
        stats = game.stats
        if stats.health >= ENOUGH or stats.turn < game.no_rest_before:
            return False
        return stats.hunger < Hunger.WEAK and not threats(game)

    def play(self, game: Game) -> Keys:
        while self.available(game):
            turn, hit_points = game.stats.turn, game.stats.hit_points
            yield from command(game, b"20s")
            if game.stats.turn == turn or game.stats.hit_points < hit_points:
                game.no_rest_before = game.stats.turn + PATIENCE
