"""Numbers, lists and names in plain English."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from envs.nethack.characters import ALIGNMENTS, GENDERS, RACES, ROLES
from experiments.replays.decisions import Decision

TIMES = {1: "once", 2: "twice"}
_WOMEN = {"caveman": "cavewoman", "priest": "priestess"}


def count(number: int, noun: str) -> str:
    """Return "1 turn" or "1,234 turns"."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def times(number: int) -> str:
    """Return "once", "twice", "3 times"."""
    return TIMES.get(number, f"{number:,} times")


def listed(parts: Iterable[str], joint: str = "and") -> str:
    """Return "a", "a and b" or "a, b and c"."""
    *first, last = list(parts) or [""]
    return f"{', '.join(first)} {joint} {last}" if first else last


def with_article(words: str) -> str:
    """Return the words after "a" or "an"."""
    return ("an " if words[:1].lower() in "aeiou" else "a ") + words


def amount(number: float) -> str:
    """Return a reward with as many digits as tell something: 1,234, 23.4, 0.25, 0.0312."""
    size = abs(number)
    if size < 0.1:
        return f"{number:.4f}".rstrip("0").rstrip(".")
    return f"{number:,.{0 if size >= 100 else 1 if size >= 10 else 2}f}"


def share(part: float, whole: float) -> str:
    """Return a percentage, "under 1 %" where it would round to none."""
    percent = 100 * part / whole
    return "under 1 %" if 0 < percent < 0.5 else f"{percent:.0f} %"


def hero(character: str | None) -> str:
    """Return ``mon-hum-neu-mal`` as "a neutral male human monk"; what is unknown is left out."""
    parts = (character or "").split("-")
    if len(parts) != len(("role", "race", "alignment", "gender")) or parts[0] not in ROLES:
        return "the hero"
    role, race, alignment, gender = parts
    name = ROLES[role][0].lower()
    if gender == "fem":
        name = _WOMEN.get(name, name)
    said = (ALIGNMENTS.get(alignment), GENDERS.get(gender), RACES.get(race, ("",))[0], name)
    return with_article(" ".join(part for part in said if part))


def run_together(decisions: Iterable[Decision]) -> str:
    """Return the macro-actions in order, repeated ones once: "pray and fight (twice)"."""
    said = []
    for macro, group in groupby(decisions, key=lambda decision: decision.macro):
        repeats = len(list(group))
        said.append(macro if repeats == 1 else f"{macro} ({times(repeats)})")
    return listed(said)


def quoted(message: str) -> str:
    """Return the top line without its gaps and its --More--; "" for an empty one."""
    return " ".join(message.replace("--More--", "").split())
