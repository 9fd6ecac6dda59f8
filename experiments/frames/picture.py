"""A frame as a picture."""

from __future__ import annotations

import io
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme

from experiments.frames.frame import frame
from experiments.outputs import whole_file
from experiments.playback.snapshot import Snapshot

PICTURE_COLUMNS, PICTURE_ROWS = 132, 36
# A dark terminal on which each of NetHack's sixteen colours is apart from the others.
THEME = TerminalTheme(
    background=(16, 16, 20),
    foreground=(200, 200, 200),
    normal=[
        (96, 96, 96), (205, 60, 60), (60, 170, 60), (176, 122, 60),
        (80, 110, 230), (180, 80, 190), (50, 165, 175), (195, 195, 195),
    ],
    bright=[
        (128, 128, 128), (255, 140, 60), (110, 235, 110), (250, 225, 90),
        (120, 160, 255), (245, 130, 245), (110, 230, 240), (255, 255, 255),
    ],
)  # fmt: skip


def save_svg(path: Path, snapshot: Snapshot, title: str) -> None:
    """Write a frame as SVG."""
    console = Console(
        record=True, width=PICTURE_COLUMNS, file=io.StringIO(), force_terminal=True,
        color_system="truecolor", highlight=False, markup=False,
    )  # fmt: skip
    console.print(frame(snapshot, PICTURE_COLUMNS, PICTURE_ROWS, title))
    with whole_file(path) as partial:
        partial.write_text(console.export_svg(title=title, theme=THEME), encoding="utf-8")
