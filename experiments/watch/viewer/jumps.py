"""Where in a game something happens.

Forward searches are goals: called again and again while more of the film becomes known, they
return the position, or None as long as it is not there.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np

from envs.nethack import is_death
from experiments.errors import UserError
from experiments.films.events import dangers as stretches
from experiments.films.film import Film
from experiments.watch.viewer.scale import end_of

Goal = Callable[[Film], int | None]
Events = Callable[[Film], np.ndarray]  # positions, ascending
GO_TO_HELP = "a position such as 1234, a share 50%, a turn t2000, or a decision #45"


def level_changes(film: Film) -> np.ndarray:
    """Positions at which another level than before is on the screen."""
    screens = film.screens
    moved = np.diff(screens.series("depth")) != 0
    return np.flatnonzero(moved | (np.diff(screens.series("dungeon")) != 0)) + 1


def dangers(film: Film) -> np.ndarray:
    """Positions at which a stretch of low hit points begins."""
    return np.array([first for first, _ in stretches(film)], int)


def died(film: Film) -> bool:
    """Whether the game ended in the hero's death."""
    return film.over and not film.notice and is_death(film.outcome()["cause"])


def at(position: int) -> Goal:
    """A position; the last one there is if the game is shorter."""
    return lambda film: position if film.length >= position else film.length if film.over else None


def after(events: Events, position: int) -> Goal:
    """The first of the events, such as `dangers`, after a position."""

    def goal(film: Film) -> int | None:
        places = events(film)
        later = places[np.searchsorted(places, position, side="right") :]
        return int(later[0]) if len(later) else None

    return goal


def before(events: np.ndarray, position: int) -> int | None:
    """The last of the events before a position."""
    place = int(np.searchsorted(events, position))
    return int(events[place - 1]) if place else None


def decision_starts(film: Film) -> np.ndarray:
    """Positions at which a decision begins that can be looked at; and the end of the game."""
    begun = [decision.start for decision in film.decisions if decision.start <= film.length]
    return np.array(begun + [film.length] * film.over)


def start_of(number: int) -> Goal:
    """Where the decision of that number begins; the end of a game that has fewer."""

    def goal(film: Film) -> int | None:
        if number <= len(film.decisions):
            return at(film.decisions[max(number, 1) - 1].start)(film)
        return film.length if film.over else None

    return goal


def end_of_decision(film: Film, number: int) -> int | None:
    """Where the decision of that number ends."""
    if number > len(film.decisions) or not film.decisions[number - 1].ended:
        return None
    return at(film.decisions[number - 1].end)(film)


def to_end(film: Film) -> int | None:
    """The last position of the game."""
    return film.length if film.over else None


def parse(text: str, film: Film) -> Goal:
    """Returns the goal that a person typed; see `GO_TO_HELP`.

    Raises:
        UserError: when it can't be understood.
    """
    form = re.fullmatch(r"\s*(?:([#t]?)\s*(\d+)|(\d+(?:\.\d+)?)\s*%)\s*", text.replace(",", ""))
    if not form:
        raise UserError(f"{text!r} is no place in a game")
    kind, value, share = form.groups()
    if share:
        return at(round(min(float(share), 100) / 100 * end_of(film)))
    if kind == "t":
        return lambda film: _turn(film, int(value))
    if kind == "#":
        return start_of(int(value))
    return at(int(value))


def _turn(film: Film, turn: int) -> int | None:
    turns = film.screens.series("turn")
    place = int(np.argmax(turns >= turn))
    if turns[place] >= turn:
        return place
    return film.length if film.over else None
