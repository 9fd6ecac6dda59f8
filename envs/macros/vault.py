"""Vault: leave a vault with the guard who came for the gold."""

from __future__ import annotations

from envs.game import Game
from envs.level import Monster
from envs.macros.base import Keys, command, step
from envs.monsters import GUARDS

PATIENCE = 30  # turns in a row beside a guard who does not move on


class Vault:
    """Drop the gold that a vault's guard asks for, and follow the guard out."""

    name = "vault"
    budget = 80

    def available(self, game: Game) -> bool:
        return _guard(game) is not None

    def play(self, game: Game) -> Keys:
        """Source: vault.c, invault and gd_move; the guard asks for a name, which is declined."""
        if game.stats.gold:
            yield from command(game, b"d$")
        level, waited = game.level, 0
        while (guard := _guard(game)) is not None and game.level is level and waited < PATIENCE:
            before, way = game.hero, level.path_beside(guard.square)
            if way:
                yield from step(game, way[0])
            else:
                yield from command(game, b"s")
            waited = waited + 1 if game.hero == before else 0


def _guard(game: Game) -> Monster | None:
    return next((m for m in game.level.monsters if m.species in GUARDS), None)
