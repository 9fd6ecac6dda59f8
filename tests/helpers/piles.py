"""Piles of things on the floor of the real game, for tests."""

from __future__ import annotations

from helpers.wizard import ESCAPE, WizardGame, wizard_game


def drop(at: WizardGame, letter: str) -> None:
    """Lays one thing down."""
    at.press(ord("d"), ord(letter))
    while at.known.prompt is not None:
        at.press(ESCAPE)


def beside(*things: str, character: str = "val-hum-neu-fem", seed: int = 1) -> WizardGame:
    """The hero next to a pile of these things, in sight of it, whatever the pet does."""
    at = wizard_game(character, seed)
    at.press(*b"hh")
    pile = at.known.hero
    for thing in things:
        before = {item.letter for item in at.known.inventory}
        at.wish(thing)
        drop(at, next(i.letter for i in at.known.inventory if i.letter not in before))
    for key in b"lhyulhjkbn" * 4:
        at.press(key)
        if at.known.hero != pile and at.known.level.objects[pile] >= 0:
            return at
    raise AssertionError("the pile never came into sight")
