"""Shows a game as plain text, for pipes and small terminals."""

from __future__ import annotations

from rich.console import Console

from experiments.frames.frame import frame
from experiments.frames.summary import chosen_table, summary_lines
from experiments.narrative.story import story
from experiments.playback.playback import Playback
from experiments.playback.screens import TERMINAL_COLUMNS

PLAIN_ROWS = 44


def show_plain(playback: Playback, console: Console) -> None:
    """Plays the game, printing a frame at the end of every decision, and a summary at last."""
    number = 0
    more = True
    while more:
        more = playback.advance()
        while number < len(playback.decisions) and _is_over(playback, number):
            decision = playback.decisions[number]
            snapshot = playback.snapshot(decision.end, decision)
            console.print(frame(snapshot, TERMINAL_COLUMNS, PLAIN_ROWS, playback.title))
            number += 1
    conclude(playback, console)


def conclude(playback: Playback, console: Console) -> None:
    """Print how the game went, as far as it was played."""
    if playback.notice:
        console.print(f"Note: {playback.notice}")
    console.print(summary_lines(playback))
    console.print(chosen_table(playback))
    for paragraph in story(playback):
        console.print(f"\n{paragraph}")


def _is_over(playback: Playback, number: int) -> bool:
    decision = playback.decisions[number]
    return bool(decision.ended) and decision.end <= playback.length
