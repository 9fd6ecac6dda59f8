"""Characters by NLE's names: role-race-alignment-gender, as in ``mon-hum-neu-mal``."""

from __future__ import annotations

import difflib
import re

from envs.names import LONGEST, shown

# NetHack 3.6.7, role.c: the races, alignments and genders that each role allows.
ROLES = {
    "arc": ("Archeologist", "hum dwa gno", "law neu"),
    "bar": ("Barbarian", "hum orc", "neu cha"),
    "cav": ("Caveman", "hum dwa gno", "law neu"),
    "hea": ("Healer", "hum gno", "neu"),
    "kni": ("Knight", "hum", "law"),
    "mon": ("Monk", "hum", "law neu cha"),
    "pri": ("Priest", "hum elf", "law neu cha"),
    "rog": ("Rogue", "hum orc", "cha"),
    "ran": ("Ranger", "hum elf gno orc", "neu cha"),
    "sam": ("Samurai", "hum", "law"),
    "tou": ("Tourist", "hum", "neu"),
    "val": ("Valkyrie", "hum dwa", "law neu"),
    "wiz": ("Wizard", "hum elf gno orc", "neu cha"),
}
# Alignments that each race allows (role.c): the game needs role and race to agree.
RACES = {
    "hum": ("human", "law neu cha"),
    "elf": ("elven", "cha"),
    "dwa": ("dwarven", "law"),
    "gno": ("gnomish", "neu"),
    "orc": ("orcish", "cha"),
}
# What a role is called on its first experience level (role.c), as the bottom lines show it.
TITLES = {
    "Digger": "arc", "Plunderer": "bar", "Plunderess": "bar", "Troglodyte": "cav",
    "Rhizotomist": "hea", "Gallant": "kni", "Candidate": "mon", "Aspirant": "pri",
    "Footpad": "rog", "Tenderfoot": "ran", "Hatamoto": "sam", "Rambler": "tou",
    "Stripling": "val", "Evoker": "wiz",
}  # fmt: skip
ALIGNMENTS = {"law": "lawful", "neu": "neutral", "cha": "chaotic"}
GENDERS = {"mal": "male", "fem": "female"}
RANDOM = "@"

_WELCOME = re.compile(
    r"You are an? (?:(?P<align>\w+) )?(?:(?P<gender>male|female) )?(?P<race>\w+) (?P<role>\w+)\."
)


def characters() -> list[str]:
    """Every character the game allows, in NLE's order of parts."""
    return [
        f"{role}-{race}-{align}-{gender}"
        for role, (_, races, aligns) in ROLES.items()
        for race in races.split()
        for align in aligns.split()
        if align in RACES[race][1].split()
        for gender in GENDERS
        if not (role == "val" and gender == "mal")
    ]


def check_character(character: str) -> None:
    """Raise ValueError, naming the nearest valid character, unless the game allows this one."""
    valid = characters()
    if character == RANDOM or character in valid:
        return
    raise ValueError(
        f'unknown character {shown(character)}: use "@", in YAML with its quotes, to let the game'
        f" draw one, or role-race-alignment-gender; the nearest valid one is"
        f" {_nearest(character, valid)!r}"
    )


def _nearest(character: str, valid: list[str]) -> str:
    """Return the nearest valid character: of the role that is meant, if a role begins so."""
    wanted = character[:LONGEST].strip().lower()
    role = next((key for key, value in ROLES.items() if value[0].lower().startswith(wanted)), "")
    role = role or next((key for key in ROLES if wanted.startswith(key)), "")
    likely = [one for one in valid if one.startswith(role)] if wanted else valid
    return difflib.get_close_matches(wanted, likely, n=1, cutoff=0.0)[0]


def character_from_welcome(message: str) -> str | None:
    """Read ``sam-hum-law-fem`` from "You are a lawful female human Samurai."; None if absent."""
    found = _WELCOME.search(message)
    if not found:
        return None
    role = found["role"].replace("Cavewoman", "Caveman").replace("Priestess", "Priest")
    gender = found["gender"] or ("female" if found["role"] in _FEMALE else "male")
    parts = (
        _key(role, {key: value[0] for key, value in ROLES.items()}),
        _key(found["race"], {key: value[0] for key, value in RACES.items()}),
        _key(found["align"], ALIGNMENTS),
        _key(gender, GENDERS),
    )
    return "-".join(part or "?" for part in parts)


_FEMALE = ("Valkyrie", "Priestess", "Cavewoman")


def _key(value: str, table: dict[str, str]) -> str | None:
    return next((key for key, name in table.items() if name == value), None)


def character_from_title(line: str) -> str | None:
    """Read ``val-?-neu-?`` from a bottom line such as "Agent the Stripling  St:18 ... Neutral".

    For when another message covers the welcome: new moon, full moon, Friday the 13th.
    """
    role = next((role for title, role in TITLES.items() if f" the {title} " in line), None)
    align = next((key for key, name in ALIGNMENTS.items() if name in line.lower()), "?")
    return f"{role}-?-{align}-?" if role else None
