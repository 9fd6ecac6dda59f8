"""Where in a game something happens.

Forward searches are goals: called again and again while more of the playback becomes known, they
return the position, or None as long as it is not there.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np

from envs.nethack.env import is_death
from experiments.errors import UserError
from experiments.playback.events import dangers as stretches
from experiments.playback.playback import Playback
from experiments.viewer.scale import end_of

Goal = Callable[[Playback], int | None]
Events = Callable[[Playback], np.ndarray]  # positions, ascending
GO_TO_HELP = "a position such as 1234, a share 50%, a turn t2000, or a decision #45"


def level_changes(playback: Playback) -> np.ndarray:
    """Positions at which another level than before is on the screen."""
    screens = playback.screens
    moved = np.diff(screens.series("depth")) != 0
    return np.flatnonzero(moved | (np.diff(screens.series("dungeon")) != 0)) + 1


def dangers(playback: Playback) -> np.ndarray:
    """Positions at which a stretch of low hit points begins."""
    return np.array([first for first, _ in stretches(playback)], int)


def died(playback: Playback) -> bool:
    """Whether the game ended in the hero's death."""
    return playback.over and not playback.notice and is_death(playback.outcome().cause)


def at(position: int) -> Goal:
    """Where a position is; the last one there is if the game is shorter."""
    return lambda playback: (
        position if playback.length >= position else playback.length if playback.over else None
    )


def after(events: Events, position: int) -> Goal:
    """Where the first of the events is, such as `dangers`, after a position."""

    def goal(playback: Playback) -> int | None:
        places = events(playback)
        later = places[np.searchsorted(places, position, side="right") :]
        return int(later[0]) if len(later) else None

    return goal


def before(events: np.ndarray, position: int) -> int | None:
    """Return the last of the events before a position."""
    place = int(np.searchsorted(events, position))
    return int(events[place - 1]) if place else None


def decision_starts(playback: Playback) -> np.ndarray:
    """Positions at which a decision begins that can be looked at; and the end of the game."""
    begun = [decision.start for decision in playback.decisions if decision.start <= playback.length]
    return np.array(begun + [playback.length] * playback.over)


def start_of(number: int) -> Goal:
    """Where the decision of that number begins; the end of a game that has fewer."""

    def goal(playback: Playback) -> int | None:
        if number <= len(playback.decisions):
            return at(playback.decisions[max(number, 1) - 1].start)(playback)
        return playback.length if playback.over else None

    return goal


def end_of_decision(playback: Playback, number: int) -> int | None:
    """Where the decision of that number ends."""
    if number > len(playback.decisions) or not playback.decisions[number - 1].ended:
        return None
    return at(playback.decisions[number - 1].end)(playback)


def to_end(playback: Playback) -> int | None:
    """Return the last position of the game."""
    return playback.length if playback.over else None


def parse(text: str, playback: Playback) -> Goal:
    """Return the goal that a person typed; see `GO_TO_HELP`.

    Raises:
        UserError: when it can't be understood.
    """
    form = re.fullmatch(r"\s*(?:([#t]?)\s*(\d+)|(\d+(?:\.\d+)?)\s*%)\s*", text.replace(",", ""))
    if not form:
        raise UserError(f"{text!r} is not a place in a game")
    kind, value, share = form.groups()
    if share:
        return at(round(min(float(share), 100) / 100 * end_of(playback)))
    if kind == "t":
        return at_turn(int(value))
    if kind == "#":
        return start_of(int(value))
    return at(int(value))


def at_turn(turn: int) -> Goal:
    """Return where a turn of the game begins; the end of a game that has fewer."""

    def goal(playback: Playback) -> int | None:
        turns = playback.screens.series("turn")
        place = int(np.argmax(turns >= turn))
        if turns[place] >= turn:
            return place
        return playback.length if playback.over else None

    return goal
