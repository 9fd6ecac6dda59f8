"""The other of two games on one seed: it is shown at the turn that the leading one has reached."""

from __future__ import annotations

from experiments.viewer import jumps
from experiments.viewer.main_view import MainView
from experiments.viewer.player import Player


def follow(other: Player, leader: Player) -> None:
    """Bring a game to the turn of another, or to its end; what is not known yet is played ahead.

    A game that ended earlier stays at its end; one that goes on longer waits there.
    """
    turn = leader.playback.screens.stats(leader.position).turn
    if other.goal is None or other.sought != f"turn {turn}":
        other.seek(jumps.at_turn(turn), f"turn {turn}", pause=True)


def arrange(
    views: list[MainView], lead: int, width: int, height: int, least: tuple[int, int]
) -> str:
    """Show both games where there is room for both, else the leading one.

    Args:
        views: of the two games.
        lead: which of them leads.
        width, height: of the terminal.
        least: columns and rows that one game needs.

    Returns:
        "horizontal" or "vertical": how they are to be put.
    """
    beside, below = width > 2 * least[0], height >= 2 * least[1]
    for number, view in enumerate(views):
        view.display = number == lead or beside or below
        view.set_class(number == lead and len(views) > 1, "leading")
        view.set_class(number + 1 < len(views) and beside, "left")
    return "horizontal" if beside else "vertical"
