"""Search: look for hidden doors and passages where they are most likely."""

from __future__ import annotations

from envs import paths
from envs.game import Game
from envs.macros.base import Keys, command, walk

TURNS = 15  # an adjacent hidden thing is found with probability 1/7 a turn (detect.c, dosearch0)


class Search:
    """Walk to the most promising dead end or wall and search it for 15 turns."""

    name = "search"
    budget = 80

    def available(self, game: Game) -> bool:
        return True

    def play(self, game: Game) -> Keys:
        level = game.level
        spot = paths.best_search(level.dist, level.terrain, level.seen, level.searched)
        yield from walk(game, spot)
        if game.level is not level:
            return
        turn, (y, x) = game.stats.turn, game.hero
        yield from command(game, b"15s")
        spent = max(game.stats.turn - turn, 1)
        level.searched[max(y - 1, 0) : y + 2, max(x - 1, 0) : x + 2] += spent
