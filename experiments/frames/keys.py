"""Key codes in readable form."""

from __future__ import annotations

from collections.abc import Sequence

NAMES = {8: "Backspace", 9: "Tab", 10: "^J", 13: "Enter", 27: "Esc", 32: "Space", 127: "Delete"}
META_BIT = 128


def key_name(key: int) -> str:
    """Return a key as NetHack's guidebook writes it: ``j``, ``^D``, ``M-p``, ``Esc``."""
    if key >= META_BIT:
        return "M-" + key_name(key - META_BIT)
    if key in NAMES:
        return NAMES[key]
    return f"^{chr(key + 64)}" if key < 32 else chr(key)


def keys_text(keys: Sequence[int]) -> str:
    """Return keys in a row: a count stays with its command, single characters stand together.

    ``jjj20s^Dj`` becomes ``jjj 20s ^D j``.
    """
    words, run, count = [], "", ""
    for name in map(key_name, keys):
        if name.isdigit():
            count += name
        elif not count and len(name) == 1:
            run += name
        else:
            words += [run, count + name]
            run = count = ""
    return " ".join(word for word in (*words, run, count) if word)
