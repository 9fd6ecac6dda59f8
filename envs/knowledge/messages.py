"""What the game's messages tell: who attacks, what the hero stands on, what the gods resent.

Each pattern names the NetHack source that says it.
"""

from __future__ import annotations

import re

from envs.data.glyphs import Terrain

# "The dwarf hits!", "The gnome lord thrusts a spear.", "The gnomish wizard points at you, then
# curses." (mhitu.c, hitmsg; mthrowu.c; mcastu.c, cursetxt and castmu)
_ATTACK = re.compile(
    r"The ([A-Za-z -]+?)"
    r" (?:hits|misses|just misses|bites|kicks|stings|butts|touches you|swings|thrusts|throws|shoots"
    r"|fires|zaps|spits|breathes|casts a spell at you|points (?:at you|and curses)"
    r"|charms you|seduces you|stole|pretends)\b"
)
_STRIKE = re.compile(r"The ([A-Za-z -]+?) (?:hits|just misses|misses|bites|kicks)!")  # the hero
# mthrowu.c, thitu; zap.c, zhitu and dobuzz
_SHOT = re.compile("You are (?:almost )?hit by|misses you|You hear a nearby zap|(?:hits|by) you!")
# trap.c, dotrap and what it calls; invent.c, look_here
_TRAP = re.compile(
    r"There is an? [\w ]*(?:trap|pit|spider web|land mine) here"
    r"|You escape an? (?!trap door|hole|level)|You are caught in"
    r"|A bear trap closes on your|shoots out at you|A trap door in the ceiling opens"
    r"|A cloud of gas puts you|A gush of water hits you|A tower of flame|You stumble into"
    r"|[Yy]ou trigger a rolling boulder|momentarily blinded by a flash of light"
    r"|You (?:fall into a|land on a set|crawl to the edge|are still in a)"
)
_DEADLY = re.compile(
    r"(?:rolling boulder|sleeping gas|fire|polymorph|magic|teleportation) trap|land mine"
    r"|A cloud of gas|A tower of flame|flash of light"
)
# invent.c, look_here and dfeature_at; of a door that is open or gone, and of what else lies under
# things: "There is an altar to Mog (lawful) here."
_FEATURE = re.compile(
    r"There is an? (?:\w+ )?"
    r"(staircase up|staircase down|ladder up|ladder down|open door|broken door|doorway"
    r"|fountain|throne|sink|altar|grave)\b[^.]* here"
)
_SEVERAL = re.compile(r"There (?:are|is) [a-z ]*objects? here")  # but "You see no objects here."
_FEATURES = {
    "staircase up": Terrain.STAIRS_UP, "ladder up": Terrain.STAIRS_UP,
    "staircase down": Terrain.STAIRS_DOWN, "ladder down": Terrain.STAIRS_DOWN,
    "open door": Terrain.OPEN_DOOR, "broken door": Terrain.DOORWAY, "doorway": Terrain.DOORWAY,
}  # fmt: skip
# trap.c, dotrap: one that has nothing left to shoot is gone, and so is magic that explodes
_SPENT = re.compile(
    r"You hear a (?:loud|soft) click|ceiling opens, but nothing falls out"
    r"|You are caught in a magical explosion"
)
# mon.c, setmangry: a shopkeeper goes by name, others by their kind; dig.c, watch_dig; lock.c
_ANGER = re.compile(
    r"(?:\A|  )(?!The )[A-Z][\w. ;-]* gets angry!"
    r"|The (?:watchman|watch captain|guard|priest\w* of .*|high priest\w*|Oracle) gets angry!"
    r"|You're under arrest!"
)
# timeout.c, slip_or_trip; dig.c, dig
_FUMBLE = re.compile(r"You (?:trip over|flounder\.|stumble\.|slip and nearly fall|fumble and drop)")
_SINS = (  # mon.c, xkilled; pray.c, angrygods; hack.c, domove; eat.c, maybe_cannibal
    "You murderer!", "rumble of distant thunder", "Thou must relearn", "Thou durst", "hast strayed",
    "art arrogant", "guilty about losing your pet", "You cannibal!",
)  # fmt: skip
# What lowers Luck or alignment forbids prayer until it has worn off: five points of Luck take 600
# turns each (timeout.c, nh_timeout).
ATONEMENT = 3_000
# The mildest answer to a prayer is most often for an alignment just below 0, which kills mend: of
# those who prayed again later, or could have, half were answered (pray.c, can_pray and angrygods).
DISPLEASED, DISPLEASURE = "is displeased.", 1_000 - 200


def attackers(message: str) -> list[str]:
    """Return the names of the monsters that attack."""
    return _ATTACK.findall(message)


def strikers(message: str) -> list[str]:
    """Return the names of those that strike at the hero, and at nobody else."""
    return _STRIKE.findall(message)


def tells_of_a_shot(message: str) -> bool:
    """Whether something came flying at the hero."""
    return _SHOT.search(message) is not None


def tells_of_a_trap_underfoot(message: str) -> bool:
    """Whether the hero stands on a trap."""
    return _TRAP.search(message) is not None


def tells_of_a_deadly_trap(message: str) -> bool:
    """Whether a trap that is told of is one of those that may kill, or change the hero."""
    return _DEADLY.search(message) is not None


def tells_of_water_underfoot(message: str) -> bool:
    """Whether the hero's own square is water: a pit or hole that fills (dig.c, liquid_flow), or one
    that was stepped into unseen (trap.c, drown). A blind hero learns of it in no other way.
    """
    return "fills with water" in message or "You fall into the water" in message


def tells_of_a_spent_trap(message: str) -> bool:
    """Whether the trap underfoot has just gone for good."""
    return _SPENT.search(message) is not None


def feature_underfoot(message: str) -> Terrain | None:
    """Return what the game says that the hero stands on, under whatever lies there; None if it says
    nothing of it.
    """
    found = _FEATURE.search(message)
    return _FEATURES.get(found[1], Terrain.FURNITURE) if found else None


def tells_of_several_things(message: str) -> bool:
    """Whether things lie underfoot that are not named."""
    return _SEVERAL.search(message) is not None


def tells_of_angry_keepers(message: str) -> bool:
    """Whether a shopkeeper, a priest, a guard or the watch is peaceful no more."""
    return _ANGER.search(message) is not None


def tells_of_fumbling(message: str) -> bool:
    """Whether the hero fumbles, as cursed gloves or boots make him do."""
    return _FUMBLE.search(message) is not None


def atonement(message: str) -> int:
    """Return for how many turns Luck, alignment or the god's anger now forbid prayer; 0: they do
    not.
    """
    if any(sin in message for sin in _SINS):
        return ATONEMENT
    return DISPLEASURE if DISPLEASED in message else 0
