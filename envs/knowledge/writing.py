"""What is written in the dust, as far as it was read."""

from __future__ import annotations

import re

from envs.knowledge.level import Level
from envs.knowledge.paths import Square

WORD = "Elbereth"
_READ = re.compile(r'You read: +"([^"]*)"')
_FADED = "like a hypocrite"  # whoever attacks from the word wipes it out (mon.c, setmangry)


def note_reading(level: Level, square: Square, said: str, turn: int) -> None:
    """Note whether the word is on a square, if the game said what is written there, or that it has
    faded; capitals do not matter (engrave.c, sengr_at).
    """
    if _FADED in said:
        level.elbereth.pop(square, None)
    text = _READ.search(said)
    if text is None:
        return
    if text[1].lower() == WORD.lower():
        level.elbereth[square] = turn
    else:
        level.elbereth.pop(square, None)
