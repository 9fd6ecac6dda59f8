"""Pray: ask the god for help when in trouble and not too soon after the last time."""

from __future__ import annotations

from envs.game import Game, Hunger
from envs.macros.base import PRAY, Keys, command

# pray.c, can_pray: in major trouble a prayer works while the timeout is at most 200; it starts at
# 300, falls by one a turn, and is set anew to 50 to 1,000 by a prayer.
FIRST_PRAYER = 300 - 200
BETWEEN_PRAYERS = 1_000 - 200


class Pray:
    """Pray when hit points are critical or weak from hunger, and a prayer is likely to work."""

    name = "pray"
    budget = 40

    def available(self, game: Game) -> bool:
        return in_major_trouble(game) and prayer_ready(game)

    def play(self, game: Game) -> Keys:
        turn = game.stats.turn
        yield from command(game, (PRAY,), [("Are you sure you want to pray", ord("y"))])
        game.last_prayer = turn


def in_major_trouble(game: Game) -> bool:
    """Low hit points (below 1/7 of the maximum, or under 6) or weak from hunger (pray.c)."""
    stats = game.stats
    low = stats.hit_points < 6 or stats.hit_points * 7 <= stats.max_hit_points
    return low or stats.hunger >= Hunger.WEAK


def prayer_ready(game: Game) -> bool:
    """Whether the prayer timeout has most likely run down far enough."""
    if game.last_prayer is None:
        return game.stats.turn > FIRST_PRAYER
    return game.stats.turn - game.last_prayer > BETWEEN_PRAYERS
