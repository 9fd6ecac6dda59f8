"""What the keys do: the one table behind the bindings, the help and the line at the bottom."""

from __future__ import annotations

from typing import NamedTuple

from textual.binding import Binding


class Command(NamedTuple):
    """A key's command.

    Attributes:
        keys: textual's names, with commas between them.
        shown: the keys as people write them.
        action: textual's.
        text: what it does.
        short: for the line at the bottom; "" if it has no place there.
    """

    keys: str
    shown: str
    action: str
    text: str
    short: str = ""


COMMANDS = (
    Command("space", "Space", "play", "pause or play; at the end, from the beginning", "play"),
    Command("right,full_stop", "→ .", "step(1)", "one keystroke forward", "key"),
    Command("left,comma", "← ,", "step(-1)", "one keystroke back"),
    Command("down,right_square_bracket", "↓ ]", "decision(1)", "next decision", "decision"),
    Command("up,left_square_bracket", "↑ [", "decision(-1)", "start of this decision, or the last"),
    Command("c", "c", "choice", "choice and decisions in the map's place, and back", "choice"),
    Command("plus,equals_sign", "+", "speed(1)", "faster", "speed"),
    Command("minus", "-", "speed(-1)", "slower"),
    Command("l", "l", "level(1)", "next change of level", "level"),
    Command("L", "L", "level(-1)", "last change of level"),
    Command("d", "d", "danger(1)", "next time that hit points fall below a third", "danger"),
    Command("D", "D", "danger(-1)", "last time that they did"),
    Command("m", "m", "pauses", "pause by itself at every such time, or no longer"),
    Command("x", "x", "finish", "the end of the game: mostly a death", "death"),
    Command("home", "Home", "first", "the beginning of the game"),
    Command("end", "End", "last", "the end of the game; of a game played live, as far as it went"),
    Command("pagedown", "PageDown", "page(1)", "a tenth of the game forward"),
    Command("pageup", "PageUp", "page(-1)", "a tenth of the game back"),
    Command("g", "g", "app.go_to", "go to a position, a share, a turn or a decision", "go to"),
    Command("n", "n", "app.game(1)", "next game", "game"),
    Command("p", "p", "app.game(-1)", "previous game"),
    Command("f", "f", "app.filter", "choose games by their outcome", "filter"),
    Command("h", "h", "take_over", "play on by hand (games played live)", "by hand"),
    Command("tab", "Tab", "log", "choose in the list: ↑ ↓, Enter goes there, Esc leaves"),
    Command("b", "b", "swap", "of two games side by side, let the other one lead"),
    Command("i", "i", "app.info", "the story; t in it looks for turning points", "story"),
    Command("w", "w", "app.whatif", "what other choices would have brought (games of a run)"),
    Command("question_mark", "?", "app.help", "this help", "help"),
    Command("escape", "Esc", "stop", "stop seeking"),
    Command("f2", "F2", "hand_back", "by hand: the agent plays on"),
    Command("f3", "F3", "let_agent", "by hand: the agent plays one macro-action"),
    Command("q,ctrl+c", "q Ctrl-C", "app.quit", "leave", "quit"),
)  # fmt: skip
PAIRS = {"→ .": "←→", "↓ ]": "↑↓", "+": "+-", "l": "lL", "d": "dD", "n": "np"}
BY_HAND_HELP = (
    "By hand every key goes to NetHack, Ctrl and Alt included (arrow keys move, Esc leaves its"
    " menus).",
    "F2 hands back to the agent; F3 lets it play the macro-action it prefers; Ctrl-C or Ctrl-Q"
    " leaves.",
)


def bindings() -> list[Binding]:
    """Return the game screen's."""
    return [Binding(c.keys, c.action, c.text, show=False) for c in COMMANDS]


def footer(width: int, by_hand: bool) -> str:
    """Return the most important keys in one line."""
    if by_hand:
        return "F2 the agent plays on  F3 it plays one macro-action  Ctrl-C quit"
    parts = [f"{PAIRS.get(c.shown, c.shown)} {c.short}" for c in COMMANDS if c.short]
    order = ["? help", "q quit", *[p for p in parts if p not in ("? help", "q Ctrl-C quit")]]
    line = ""
    for part in order:
        if len(line) + len(part) + 2 <= width:
            line += ("  " if line else "") + part
    return line
