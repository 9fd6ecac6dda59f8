"""Fight: go to the nearest hostile monster and hit it."""

from __future__ import annotations

from envs.game import Game
from envs.glyphs import CORPSE, OBJECT_TYPE
from envs.level import Monster, Square
from envs.macros.base import Keys, command, direction, step
from envs.monsters import NEVER_MELEE
from envs.paths import HEIGHT, UNREACHABLE, WIDTH

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
            stand = min(_stands(game, target))[1]
            yield from step(game, level.path(stand)[0])
            if game.hero == before:
                return

    def _target(self, game: Game) -> Monster | None:
        near = [(_steps(game, m), m) for m in game.hostiles if attackable(m)]
        steps, target = min(near, default=(UNREACHABLE, None))
        return target if target is not None and steps <= REACH else None


def attackable(monster: Monster) -> bool:
    """Whether hitting it by hand is neither a crime nor suicide."""
    return monster.hostile and monster.species not in NEVER_MELEE


def _hit(game: Game, target: Monster) -> Keys:
    """Attacks by walking into the monster, because the game then asks before it hits a peaceful
    one; ``F`` (fight) hits without a question (uhitm.c, attack_checks), so it is for the unseen."""
    level, way = game.level, direction(game.hero, target.square)
    before = level.objects[target.square]
    yield from command(game, (ord("F"), way) if target.species < 0 else (way,))
    if "Really attack" in game.declined:
        level.mark_peaceful(target.square)
    elif game.heard("You kill", "You destroy"):
        remains = level.objects[target.square]
        lay_there = before >= 0 and OBJECT_TYPE[before] == CORPSE
        if remains >= 0 and OBJECT_TYPE[remains] == CORPSE and not lay_there:
            level.fresh_corpses[target.square] = game.stats.turn


def _stands(game: Game, target: Monster) -> list[tuple[int, Square]]:
    """(steps, square) of every reachable square beside the monster."""
    dist = game.level.dist
    return [
        (int(dist[y, x]), (y, x))
        for y in range(max(target.y - 1, 0), min(target.y + 2, HEIGHT))
        for x in range(max(target.x - 1, 0), min(target.x + 2, WIDTH))
        if dist[y, x] != UNREACHABLE
    ]


def _steps(game: Game, target: Monster) -> int:
    y, x = game.hero
    away = max(abs(target.y - y), abs(target.x - x)) - 1
    return away if away == 0 or away > REACH else min(_stands(game, target), default=(99, None))[0]
