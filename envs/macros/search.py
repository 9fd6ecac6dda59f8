"""Search: look for hidden doors and passages where they are most likely."""

from __future__ import annotations

import numpy as np

from envs.data.monsters import STATIONARY
from envs.knowledge import paths
from envs.knowledge.exploring import roomy
from envs.knowledge.knowledge import Knowledge
from envs.knowledge.paths import Square
from envs.macros.barred import shut_in
from envs.macros.base import Keys, command, walk

TURNS = 15  # an adjacent hidden thing is found with probability 1/7 a turn (detect.c, dosearch0)


class Search:
    """Walk to the most promising dead end or wall and search it for 15 turns."""

    name = "search"
    budget = 80

    def available(self, known: Knowledge) -> bool:
        """Return True: this is the one macro-action that can be chosen at any decision."""
        return True

    def play(self, known: Knowledge) -> Keys:
        """Walk to the likeliest spot, or to room to pass a barring monster; search for 15 turns."""
        level = known.level
        spot = _open_place(known) or paths.best_search(
            level.dist, level.terrain, level.seen, level.searched
        )
        yield from walk(known, spot)
        if known.level is not level:
            return
        turn, (y, x) = known.stats.turn, known.hero
        yield from command(known, b"%ds" % TURNS)
        spent = max(known.stats.turn - turn, 1)
        level.searched[max(y - 1, 0) : y + 2, max(x - 1, 0) : x + 2] += spent


def _open_place(known: Knowledge) -> Square | None:
    """Return the furthest open place, if the only way on is barred by what must not be hit but
    moves.

    It comes after the hero, however slowly (monmove.c, m_move), and can be passed there.
    """
    level = known.level
    bars = [m for m in known.hostiles if not STATIONARY[m.species]]
    if not bars or not shut_in(known):
        return None
    steps = np.where(level.dist == paths.UNREACHABLE, -1, level.dist)
    for square in np.argsort(steps, axis=None)[::-1].tolist():
        place = divmod(square, paths.WIDTH)
        if steps[place] < 0:
            return None
        if roomy(known.level, place):
            return place
    return None
