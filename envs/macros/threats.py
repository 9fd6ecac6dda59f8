"""Which monsters in view are a danger: what the skills of survival go by."""

from __future__ import annotations

from envs.game import Game
from envs.level import Monster, Square
from envs.monsters import STATIONARY, threatening


def distance(a: Square, b: Square) -> int:
    """King's moves between two squares, walls aside."""
    return max(abs(a[0] - b[0]), abs(a[1] - b[1]))


def dangerous(game: Game, monster: Monster) -> bool:
    """Whether a monster may come and attack; what is unseen or rooted counts while adjacent."""
    if not monster.hostile or not threatening(monster.species):
        return False
    comes = monster.species >= 0 and not STATIONARY[monster.species]
    return comes or game.adjacent(monster.square)


def threats(game: Game, within: int = 99) -> list[Monster]:
    """The dangerous monsters in view, at most so many squares away."""
    return [
        monster
        for monster in game.level.monsters
        if distance(monster.square, game.hero) <= within and dangerous(game, monster)
    ]
