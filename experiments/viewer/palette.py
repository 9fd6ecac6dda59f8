"""The viewer's colours, on a dark ground and on a light one."""

from __future__ import annotations

from dataclasses import dataclass

from rich.terminal_theme import TerminalTheme

from experiments.frames.picture import THEME


@dataclass(frozen=True)
class Palette:
    """Colours of everything.

    Attributes:
        theme: textual's own, for what is not ours.
        variables: of the viewer's style sheet.
        terminal: what the sixteen colours of a terminal look like, NetHack's among them.
    """

    theme: str
    variables: dict[str, str]
    terminal: TerminalTheme


DARK = Palette(
    "textual-dark",
    {
        "ground": "#101014", "ink": "#c8c8c8", "shade": "#000000 60%", "dialog": "#1c1c24",
        "edge": "#5a6a9a", "edge-focus": "#7a8aca", "heading": "#fae15a", "wrong": "#ff8c3c",
    },
    THEME,
)  # fmt: skip
LIGHT = Palette(
    "textual-light",
    {
        "ground": "#fcfcfa", "ink": "#2a2a30", "shade": "#ffffff 60%", "dialog": "#f0f0ea",
        "edge": "#7080b0", "edge-focus": "#3a50a0", "heading": "#6a5000", "wrong": "#a83800",
    },
    TerminalTheme(
        background=(252, 252, 250),
        foreground=(42, 42, 48),
        normal=[
            (24, 24, 28), (176, 32, 32), (24, 116, 24), (140, 88, 20),
            (40, 70, 200), (150, 50, 160), (0, 116, 126), (70, 70, 76),
        ],
        bright=[
            (128, 128, 128), (200, 88, 8), (36, 140, 36), (160, 116, 0),
            (50, 96, 230), (186, 60, 186), (0, 140, 156), (0, 0, 0),
        ],
    ),
)  # fmt: skip
