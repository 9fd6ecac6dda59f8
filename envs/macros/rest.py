"""Rest: wait for hit points where nothing threatens."""

from __future__ import annotations

from envs.game import Game
from envs.macros.base import Keys, command

ENOUGH = 0.9  # of the maximum hit points


class Rest:
    """Wait for hit points while no hostile monster is in view."""

    name = "rest"
    budget = 30

    def available(self, game: Game) -> bool:
        return game.stats.health < ENOUGH and not game.hostiles

    def play(self, game: Game) -> Keys:
        while self.available(game):
            turn = game.stats.turn
            yield from command(game, b"20s")
            if game.stats.turn == turn:
                return
