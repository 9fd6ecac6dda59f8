"""Shows a game as plain text, for pipes and small terminals."""

from __future__ import annotations

from rich.console import Console

from experiments.films.film import Film
from experiments.films.story import story
from experiments.watch.frame import SCREEN_COLUMNS, frame
from experiments.watch.summary import chosen_table, summary_lines

ROWS = 44


def show_plain(film: Film, console: Console) -> None:
    """Plays the game, printing a frame at the end of every decision, and a summary at last."""
    number = 0
    more = True
    while more:
        more = film.advance()
        while number < len(film.decisions) and _is_over(film, number):
            decision = film.decisions[number]
            moment = film.moment(decision.end, decision)
            console.print(frame(moment, SCREEN_COLUMNS, ROWS, film.title))
            number += 1
    conclude(film, console)


def conclude(film: Film, console: Console) -> None:
    """Prints how the game went, as far as it was played."""
    if film.notice:
        console.print(f"Note: {film.notice}")
    console.print(summary_lines(film))
    console.print(chosen_table(film))
    for paragraph in story(film):
        console.print(f"\n{paragraph}")


def _is_over(film: Film, number: int) -> bool:
    decision = film.decisions[number]
    return bool(decision.ended) and decision.end <= film.length
