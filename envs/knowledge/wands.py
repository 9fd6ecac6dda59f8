"""What wands are, as far as the hero has found out by engraving with them."""

from __future__ import annotations

from nle import nethack as nh

from envs.knowledge.inventory import Item
from envs.knowledge.knowledge import Knowledge

# What the game says when a letter is written with one of which the hero does not learn the name
# (engrave.c, doengrave). What stops the bugs may be death as well, which is aimed in the same way.
_EFFECTS = {
    "unsuccessfully fights your attempt": "striking", "slow down!": "slow monster",
    "speed up!": "speed monster", "riddled by bullet holes": "magic missile",
    "stop moving!": "sleep", "ice cubes drop": "cold",
}  # fmt: skip


def wands(known: Knowledge) -> list[Item]:
    """Return the wands in the pack that may have a charge left."""
    return [wand for wand in known.equipment.usable(nh.WAND_CLASS) if not wand.spent]


def effect_of(known: Knowledge, wand: Item) -> str:
    """Return what a wand is of, e.g. ``sleep``; "" if it is not known."""
    name = wand.name.partition("wand of ")[2].partition(" (")[0]
    return name or known.wands.get(wand.name, "")


def untested(known: Knowledge, wand: Item) -> bool:
    """Whether a wand is unknown, and nothing was written with one that looks like it."""
    return "wand of" not in wand.name and wand.name not in known.wands


def learn_from_engraving(known: Knowledge, wand: Item) -> None:
    """Note what the game just said when the hero wrote with a wand; "" if that tells nothing. Where
    dust can't cover what was engraved before, it is tried again elsewhere (engrave.c, doengrave).
    """
    known.engraved_at = known.level_key, known.hero
    if known.heard("cannot wipe out"):
        return
    found = (effect for text, effect in _EFFECTS.items() if known.heard(text))
    known.wands[wand.name] = next(found, "")
