"""The texts behind `?` and `i`."""

from __future__ import annotations

from rich.console import RenderableType
from rich.text import Text

from experiments.console import Table
from experiments.frames.summary import chosen_table
from experiments.playback.playback import Playback
from experiments.viewer.key_bindings import BY_HAND_HELP, COMMANDS
from experiments.viewer.timeline import LEGEND


def help_parts() -> list[RenderableType]:
    """All keys, and what the timeline and the choice show."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="bold bright_yellow", no_wrap=True)
    table.add_column()
    for command in COMMANDS:
        table.add_row(command.shown, command.text)
    more = (
        f"The timeline: {LEGEND}. A click on it goes there, as does a click on a decision.",
        "A line such as ├──●──┤ beside a macro-action is where the agent takes its value to lie;"
        " an arrow for an end means that there is none.",
        *BY_HAND_HELP,
    )
    return [table, *(Text("\n" + line) for line in more)]


def info_parts(playback: Playback) -> list[RenderableType]:
    """Return the game so far: its story, and how often each macro-action was chosen."""
    from experiments.narrative.story import story  # slow to import, and rarely needed

    return [*(Text(part + "\n") for part in story(playback)), chosen_table(playback)]
