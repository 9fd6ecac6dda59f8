"""Fight: go to the nearest hostile monster and hit it."""

from __future__ import annotations

from envs.game import Game
from envs.glyphs import CORPSE, OBJECT_TYPE
from envs.level import Monster
from envs.macros.base import Keys, command, direction, step
from envs.monsters import KEEPERS, NEVER_MELEE
from envs.paths import UNREACHABLE

REACH = 12  # steps to a monster that is worth going to


class Fight:
    """Go to the nearest hostile monster in reach and hit it until it is gone."""

    name = "fight"
    budget = 40

    def available(self, game: Game) -> bool:
        return game.engulfed or self._target(game) is not None

    def play(self, game: Game) -> Keys:
        while game.engulfed:
            yield from command(game, b"Fj")
        level = game.level
        while game.level is level and (target := self._target(game)) is not None:
            if game.adjacent(target.square):
                yield from _hit(game, target)
                continue
            before = game.hero
            path = level.path(_stand(game, target))
            yield from step(game, path[0])
            if game.hero == before:
                return

    def _target(self, game: Game) -> Monster | None:
        near = [(_steps(game, m), m) for m in game.hostiles if attackable(m)]
        steps, target = min(near, default=(UNREACHABLE, None))
        return target if target is not None and steps <= REACH else None


def attackable(monster: Monster) -> bool:
    """Whether hitting it by hand is neither a crime nor suicide."""
    return monster.hostile and monster.species not in NEVER_MELEE | KEEPERS


def _hit(game: Game, target: Monster) -> Keys:
    level = game.level
    yield from command(game, (ord("F"), direction(game.hero, target.square)))
    if "Really attack" in game.declined:
        level.mark_peaceful(target.square)
    elif game.heard("You kill", "You destroy"):
        remains = level.objects[target.square]
        if remains >= 0 and OBJECT_TYPE[remains] == CORPSE:
            level.fresh_corpses[target.square] = game.stats.turn


def _neighbours(game: Game, target: Monster) -> list[tuple[int, tuple[int, int]]]:
    dist = game.level.dist
    return [
        (int(dist[y, x]), (y, x))
        for y in range(max(target.y - 1, 0), min(target.y + 2, dist.shape[0]))
        for x in range(max(target.x - 1, 0), min(target.x + 2, dist.shape[1]))
        if dist[y, x] != UNREACHABLE
    ]


def _steps(game: Game, target: Monster) -> int:
    return min(_neighbours(game, target), default=(REACH + 1, None))[0]


def _stand(game: Game, target: Monster) -> tuple[int, int]:
    return min(_neighbours(game, target))[1]
