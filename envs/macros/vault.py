"""Vault: leave a vault with the guard who came for the gold."""

from __future__ import annotations

from envs.data.monsters import GUARDS
from envs.knowledge.knowledge import Knowledge
from envs.knowledge.peace import Monster
from envs.macros.base import Keys, command, step

PATIENCE = 30  # turns in a row beside a guard who does not move on


class Vault:
    """Drop the gold that a vault's guard asks for, and follow the guard out."""

    name = "vault"
    budget = 80

    def available(self, known: Knowledge) -> bool:
        """Whether a guard is in view: they come only to who is in a vault."""
        return _guard(known) is not None

    def play(self, known: Knowledge) -> Keys:
        """Source: vault.c, invault and gd_move; the guard asks for a name, which is declined."""
        level, square, waited = known.level, known.hero, 0
        if known.stats.gold:
            yield from command(known, b"d$")
            level.ignored.add(square)  # or it is picked up again
        while (guard := _guard(known)) is not None and known.level is level and waited < PATIENCE:
            before, way = known.hero, level.path_beside(guard.square)
            if way:
                yield from step(known, way[0])
            else:
                level.unblock_around(known.hero)  # the guard's passage was still closed
                yield from command(known, b"s")
            waited = waited + 1 if known.hero == before else 0


def _guard(known: Knowledge) -> Monster | None:
    """Return the guard who waits for the hero; an angered one is fought or fled like others."""
    guards = (m for m in known.level.monsters if m.species in GUARDS and not m.hostile)
    return next(guards, None)
