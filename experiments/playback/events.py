"""What happened in a playback: levels reached, near-deaths, and who struck."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from experiments.playback.playback import Playback
from experiments.replays.decisions import Decision

LOW_HEALTH, VERY_LOW_HEALTH, RECOVERED_HEALTH = 1 / 3, 1 / 7, 1 / 2  # of the maximum hit points
BRANCHES = (  # in the order of NetHack's dungeon.def
    "the Dungeons of Doom", "Gehennom", "the Gnomish Mines", "the Quest", "Sokoban",
    "Fort Ludios", "Vlad's Tower", "the Elemental Planes",
)  # fmt: skip
_FALLS = {  # trap.c, fall_through
    "trap door opens": "a trap door", "gaping hole": "a hole", "You fall down a": "a shaft",
}  # fmt: skip
BLOWS_LOOKED_AT, TURNS_LOOKED_BACK = 6, 10
# mhitu.c, hitmsg: "The jackal bites!"; and mthrowu.c, thitu: "You are hit by a dart."
_BLOW = re.compile(
    r"(?:^|[.!]  )(?P<who>[^.!]+?) (?:bites|hits|kicks|butts|stings|touches you)!"
    r"|You are hit by (?P<what>[^.!]+)[.!]"
)


@dataclass(frozen=True, slots=True)
class Arrival:
    """The first time on a depth that was the deepest so far, or in a branch of the dungeon.

    Attributes:
        position: of the first screen there.
        turn: of the game.
        came_from: the deepest before it; for a branch, the depth before it.
        depth: the new one.
        branch: the branch's name if it was new, else "".
        through: "a trap door", "a hole" or "a shaft" if the message said so, else "".
    """

    position: int
    turn: int
    came_from: int
    depth: int
    branch: str = ""
    through: str = ""


@dataclass(frozen=True, slots=True)
class NearDeath:
    """Hit points fell below a third of the maximum, and came back to half of it.

    Attributes:
        start, lowest, end: positions: below a third, at the fewest hit points, at half again.
        health: the fewest, as a fraction of the maximum.
        attacker: who struck last, in the message's words; "" where no message tells.
        answer: the decisions begun meanwhile.
    """

    start: int
    lowest: int
    end: int
    health: float
    attacker: str
    answer: list[Decision]


def arrivals(playback: Playback) -> list[Arrival]:
    """Return the new depths, each deeper than all before it, in order."""
    depths, turns = playback.screens.series("depth"), playback.screens.series("turn")
    deepest = np.maximum.accumulate(depths)
    places = (np.flatnonzero(np.diff(deepest) > 0) + 1).tolist()
    return [
        Arrival(
            place, int(turns[place]), int(deepest[place - 1]), int(deepest[place]),
            through=_fell_through(playback, place),
        )
        for place in places
    ]  # fmt: skip


def _fell_through(playback: Playback, position: int) -> str:
    said = playback.screens[position - 1].message + playback.screens[position].message
    return next((what for words, what in _FALLS.items() if words in said), "")


def new_branches(playback: Playback) -> list[Arrival]:
    """Return the first time in each branch of the dungeon but the one of the beginning."""
    branches = playback.screens.series("dungeon")
    depths, turns = playback.screens.series("depth"), playback.screens.series("turn")
    _, firsts = np.unique(branches, return_index=True)
    return [
        Arrival(
            place, int(turns[place]), int(depths[place - 1]), int(depths[place]),
            BRANCHES[branches[place]],
        )
        for place in sorted(firsts.tolist())
        if place > 0 and 0 <= branches[place] < len(BRANCHES)
    ]  # fmt: skip


def health(playback: Playback) -> np.ndarray:
    """Return hit points as a fraction of their maximum at every position so far, (n,) float64.

    One who is a monster for a while is not dead without that monster's hit points: 1 then.
    """
    maximum = np.maximum(playback.screens.series("max_hit_points"), 1)
    share = playback.screens.series("hit_points") / maximum
    share[playback.screens.series("monster_level") > 0] = 1.0
    return share


def low(playback: Playback) -> np.ndarray:
    """Return at which positions so far hit points are below a third, (n,) bool."""
    return health(playback) < LOW_HEALTH


def dangers(playback: Playback) -> list[tuple[int, int]]:
    """Return (first, last) position of every stretch with hit points below a third."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], low(playback).astype(np.int8), [0]])))
    return [(int(first), int(end) - 1) for first, end in edges.reshape(-1, 2)]


def near_deaths(playback: Playback) -> list[NearDeath]:
    """Return them in order; low hit points without a recovery are none."""
    shares = health(playback)
    below, well = np.flatnonzero(shares < LOW_HEALTH), np.flatnonzero(shares >= RECOVERED_HEALTH)
    found, end = [], 0
    for start in below.tolist():
        if start < end:
            continue
        after = int(np.searchsorted(well, start))
        if after == len(well):
            break
        end = int(well[after])
        lowest = start + int(np.argmin(shares[start:end]))
        answer = [d for d in playback.decisions if start <= d.start < end]
        found.append(
            NearDeath(start, lowest, end, float(shares[lowest]), attacker(playback, lowest), answer)
        )
    return found


def attacker(playback: Playback, position: int) -> str:
    """Return who or what the last blow up to a position came from, as the message named it."""
    hit_points = playback.screens.series("hit_points")[: position + 1]
    turns = playback.screens.series("turn")
    losses = (np.flatnonzero(np.diff(hit_points) < 0) + 1)[::-1][:BLOWS_LOOKED_AT]
    for place in losses[turns[losses] >= turns[position] - TURNS_LOOKED_BACK].tolist():
        blows = list(_BLOW.finditer(playback.screens[place].message))
        if blows:
            name = blows[-1]["who"] or blows[-1]["what"]
            return "something unseen" if name == "It" else re.sub(r"^The ", "the ", name)
    return ""
