"""NetHack's key codes for a terminal's keys."""

from __future__ import annotations

from textual.events import Key

from experiments.frames.keys import META_BIT

NAMED_KEYS = {
    "enter": 13, "escape": 27, "backspace": 8, "tab": 9, "space": 32, "delete": 127,
    "left": ord("h"), "down": ord("j"), "up": ord("k"), "right": ord("l"),
    "home": ord("y"), "pageup": ord("u"), "end": ord("b"), "pagedown": ord("n"),
}  # fmt: skip


def key_code(event: Key) -> int | None:
    """Return the code of a key as NLE takes it; None for one that NetHack has no use for."""
    name = event.key
    if name in NAMED_KEYS:
        return NAMED_KEYS[name]
    if name.startswith("alt+"):
        letter = name.removeprefix("alt+")
        return META_BIT + ord(letter) if len(letter) == 1 and letter.isascii() else None
    if name.startswith("ctrl+"):
        letter = name.removeprefix("ctrl+")
        return ord(letter.upper()) - 64 if len(letter) == 1 and letter.isalpha() else None
    if event.character and event.character.isascii() and event.character.isprintable():
        return ord(event.character)
    return None
