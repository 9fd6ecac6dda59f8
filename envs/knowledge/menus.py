"""Reads NetHack's menus off the terminal screen."""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np

_FOOTER = re.compile(r"\((?:end|\d+ of \d+)\)")
_PAGES = re.compile(r"\((\d+) of (\d+)\)")
_LINE = re.compile(r"^([a-zA-Z$]) [-+] (.*)$")


class MenuLine(NamedTuple):
    """A choice in a menu: the key that selects it, the heading it stands under, and its text."""

    letter: str
    heading: str
    text: str


class MenuPage(NamedTuple):
    """A page of a menu: its choices, the heading in force at its end, and whether more follow."""

    lines: list[MenuLine]
    heading: str
    more: bool


def read_menu(screen: np.ndarray, heading: str = "") -> MenuPage:
    """Return the page of a menu that the screen shows; without lines if it shows no menu.

    Args:
        screen: (24, 80) uint8, NLE's ``tty_chars``. A menu covers the right part of the screen,
            from the column of its footer, ``(end)`` or ``(1 of 2)``.
        heading: the one in force at the end of the page before.
    """
    rows = [bytes(row).decode("latin-1") for row in screen]
    footer = next(((y, f) for y, row in enumerate(rows) if (f := _FOOTER.search(row))), None)
    lines: list[MenuLine] = []
    if footer is None:
        return MenuPage(lines, heading, False)
    bottom, found = footer
    for row in rows[:bottom]:
        text = row[found.start() :].rstrip()
        choice = _LINE.match(text)
        if choice:
            lines.append(MenuLine(choice[1], heading, choice[2]))
        elif text:
            heading = text
    page = _PAGES.search(found[0])
    return MenuPage(lines, heading, page is not None and page[1] != page[2])
