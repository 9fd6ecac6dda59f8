"""Who fears the elven word, and where it is written."""

from __future__ import annotations

from nle import nethack as nh

from envs.data.glyphs import species_named
from envs.knowledge.knowledge import Knowledge
from envs.knowledge.peace import Monster

TRUST = 40  # turns for which what was read is taken to be there still
# Humans, elves and minotaurs do not fear it, nor do Riders and lawful minions, which all of Angels'
# class are (monmove.c, onscary; mondata.h, is_lminion).
_CLASSES = {nh.permonst(min(species_named(name))).mlet for name in ("human", "Angel")}
_FEARLESS = species_named("minotaur", "Death", "Pestilence", "Famine") | frozenset(
    species for species in range(nh.NUMMONS) if nh.permonst(species).mlet in _CLASSES
)


def on_elbereth(known: Knowledge) -> bool:
    """Whether the hero stands on the word, as far as is known: it was read there not long ago."""
    read = known.level.elbereth.get(known.hero)
    return read is not None and known.stats.turn - read <= TRUST


def respects(monster: Monster) -> bool:
    """Whether a monster fears the word; what is unseen is taken to."""
    return monster.species not in _FEARLESS
