"""How the stub shows messages, prompts, ``--More--`` and windows, as NetHack's terminal does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from envs.stub import things
from envs.stub.dungeon import WIDTH
from envs.stub.screen import COLUMNS, WINDOW_COLUMN, Screen
from envs.stub.things import Item
from envs.stub.world import World

ESCAPE, DISMISSING = 27, (32, 13, 10, 27)


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question on the top line.

    Attributes:
        answer: is called with the key's character.
        choices: the characters that it takes, of which the last is the default; any if empty.
    """

    text: str
    answer: Callable[[str], None]
    choices: str = ""


class Dialogue:
    """Takes the keys that answer the game, and shows what the hero is told."""

    def __init__(self, world: World, screen: Screen) -> None:
        self.world, self.screen = world, screen
        self._lines: list[str] = []  # top lines still to be shown, each with --More-- but the last
        self._prompt: Prompt | None = None
        self._window: list[str] | None = None
        self._window_open = self._more = False
        self._menu: dict[str, Item] | None = None
        self._picked: set[str] = set()
        self._then: Callable[[], None] | None = None  # what the last --More-- holds back
        world.say("Velkommen Agent, welcome to NetHack!  You are a lawful female human Valkyrie.")
        self._show()

    def press(self, key: int) -> bool:
        """Take one key; return whether the hero's game has ended."""
        if self._more:
            if key not in DISMISSING:
                return False
            self._dismiss(key)
        elif self._menu is not None:
            self._choose(chr(key))
        elif self._prompt:
            self._answer(key)
        else:
            self.command(key)
        self.world.redraw()
        self._show()
        return self.world.cause is not None and not self._lines

    def command(self, key: int) -> None:
        """Take a key when nothing is asked."""
        raise NotImplementedError

    def _take(self, chosen: list[Item]) -> None:
        raise NotImplementedError

    def _offer_menu(self, menu: dict[str, Item]) -> None:
        self._menu, self._picked = menu, set()
        self._draw_menu()

    def _draw_menu(self) -> None:
        lines, heading = ["Pick up what?"], ""
        for letter, item in (self._menu or {}).items():
            above, heading = heading, "Coins" if item.oclass == things.COINS else "Comestibles"
            lines += [heading] if heading != above else []
            lines.append(f"{letter} {'+' if letter in self._picked else '-'} {item.text()}")
        self._window = [*lines, "(end) "]

    def _choose(self, char: str) -> None:
        menu = self._menu or {}
        if char in menu:
            self._picked ^= {char}
        elif char == ",":
            self._picked = set(menu)
        elif char == "-":
            self._picked = set()
        elif ord(char) in DISMISSING:
            chosen = [menu[letter] for letter in menu if letter in self._picked]
            self._menu = None
            self._close_window()
            if chosen and ord(char) != ESCAPE:
                self._take(chosen)
            return
        else:
            return
        self._draw_menu()

    def _answer(self, key: int) -> None:
        prompt, char = self._prompt, chr(key)
        assert prompt is not None
        if prompt.choices:
            if key == ESCAPE:
                char = "q" if "q" in prompt.choices else "n"
            elif key in DISMISSING:
                char = prompt.choices[-1]
            elif char not in prompt.choices:
                return
        self._prompt = None
        self.screen.top_line(prompt.text + char if prompt.choices else "")
        prompt.answer(char)

    def _dismiss(self, key: int) -> None:
        """Take --More-- away; ESC also what it leads to, short of death (topl.c)."""
        if self._window_open:
            self._close_window()
        elif key == ESCAPE:
            self._lines = self._lines[-1:] if self.world.cause else []
        if not self._lines:
            self.screen.top_line("")
            if self._then:
                then, self._then = self._then, None
                then()

    def _close_window(self) -> None:
        self._window, self._window_open = None, False
        self.screen.close_window()
        self.screen.top_line("")

    def _show(self) -> None:
        """Show the next line, question or window, and say what the game waits for."""
        self._lines += pack(self.world.messages)
        self.world.messages.clear()
        self._more = False
        if self._lines:
            line = self._lines.pop(0)
            after = self._lines or self._prompt or self._window or self._then
            self._more = bool(after) or self.world.cause is not None
            self.screen.top_line(line + ("--More--" if self._more else ""), message=line)
            if self._more:
                row, column = divmod(len(line) + 8, COLUMNS)
                self.screen.wait_for(self._prompt is not None, True, row, column)
                return
        elif self._window:
            if not self._window_open or self._menu is not None:
                self.screen.top_line("")
                self.screen.open_window(self._window)
                self._window_open = True
            self._more = self._menu is None
            row, column = len(self._window) - 1, WINDOW_COLUMN + len(self._window[-1])
            self.screen.wait_for(False, True, row, column)
            return
        elif self._prompt:
            self.screen.top_line(self._prompt.text)
            self.screen.wait_for(True, False, 0, len(self._prompt.text))
            return
        y, x = divmod(self.world.hero, WIDTH)
        self.screen.wait_for(False, False, y + 1, x)


def pack(messages: list[str]) -> list[str]:
    """Join messages into top lines while they and --More-- fit (topl.c, update_topl)."""
    lines: list[str] = []
    for text in messages:
        if lines and len(lines[-1]) + len(text) + 3 < COLUMNS - 8 and text[:7] != "You die":
            lines[-1] += "  " + text
        else:
            lines.append(text)
    return lines
