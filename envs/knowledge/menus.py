"""Reads NetHack's menus off the terminal screen."""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np

_FOOTER = re.compile(r"\((?:end|\d+ of \d+)\)")
_LINE = re.compile(r"^([a-zA-Z$]) [-+] (.*)$")


class MenuLine(NamedTuple):
    """A choice in a menu: the key that selects it, the heading it stands under, and its text."""

    letter: str
    heading: str
    text: str


def read_menu(screen: np.ndarray) -> list[MenuLine]:
    """Return the choices on the page that is shown; empty if the screen shows no menu.

    Args:
        screen: (24, 80) uint8, NLE's ``tty_chars``. A menu covers the right part of the screen,
            from the column of its footer, ``(end)`` or ``(1 of 2)``.
    """
    rows = [bytes(row).decode("latin-1") for row in screen]
    footer = next(((y, f) for y, row in enumerate(rows) if (f := _FOOTER.search(row))), None)
    if footer is None:
        return []
    bottom, found = footer
    heading, lines = "", []
    for row in rows[:bottom]:
        text = row[found.start() :].rstrip()
        choice = _LINE.match(text)
        if choice:
            lines.append(MenuLine(choice[1], heading, choice[2]))
        elif text:
            heading = text
    return lines
