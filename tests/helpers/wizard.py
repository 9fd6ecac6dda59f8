"""Situations built in the real game through its wizard mode (wiki: "Wizard mode"), for tests."""

from __future__ import annotations

from functools import partial
from unittest import mock

from nle import nethack as nh

from envs.knowledge.knowledge import Knowledge
from envs.macros import REGISTRY
from envs.macros.base import Macro
from envs.macros.driver import Driver
from envs.nethack.env import NetHack

ENTER, ESCAPE = 13, 27
CREATE, MAP, TELEPORT, WISH = 7, 6, 22, 23  # ^G, ^F, ^V, ^W
CHARACTER = "val-hum-neu-fem"


class WizardGame:
    """A real game in wizard mode, and what the player knows of it.

    Attributes:
        env: the game; `known` is kept up to date with it.
        said: all that the last macro-action or wizard command made the game say.
    """

    def __init__(self, character: str = CHARACTER, seed: int = 0) -> None:
        with mock.patch.object(nh, "Nethack", partial(_wizard_mode, nh.Nethack, character)):
            self.env = NetHack(character=character)
        self.env.reset(seed=seed)
        self.known = Knowledge(self.env.observation)
        self.said: list[str] = []

    def press(self, *keys: int) -> None:
        """Sends key codes."""
        for key in keys:
            self.env.press(key)
            self.known.update()
            self.said += self.known.messages[-1:]

    def send(self, text: str) -> None:
        """Types a text."""
        self.press(*text.encode("latin-1"))

    def wish(self, text: str) -> None:
        """Puts an item into the pack."""
        self._order(WISH, text)

    def create(self, monster: str) -> None:
        """Puts a monster beside the hero, e.g. ``hostile newt``."""
        self._order(CREATE, monster)

    def go_to(self, level: int) -> None:
        """Teleports to another level of this dungeon."""
        self._order(TELEPORT, str(level))

    def play(self, macro: Macro | str) -> str:
        """Plays a macro-action; returns the keys sent, as text."""
        macro = REGISTRY[macro] if isinstance(macro, str) else macro
        self.known.begin_decision()
        assert macro.available(self.known), f"{macro.name} is not legal here"
        driver, sent, self.said = Driver(self.known, macro), "", []
        while not self.env.terminated and (key := driver.next_key()) is not None:
            sent += chr(key)
            self.press(key)
        return sent

    def _order(self, command: int, text: str) -> None:
        self.said = []
        self.known.begin_command()
        self.press(command)
        self.send(text)
        self.press(ENTER)
        while self.known.prompt is not None:
            self.press(ENTER if self.known.prompt.kind == "more" else ESCAPE)


def _wizard_mode(nethack, character: str, options: tuple[str, ...], **settings):
    """The game in wizard mode, which renames the hero: the character must come as options."""
    parts = zip(("role", "race", "align", "gender"), character.split("-"), strict=True)
    options = (*options, *(f"{part}:{value}" for part, value in parts))
    return nethack(options=options, **settings | {"wizard": True})


def wizard_game(character: str = CHARACTER, seed: int = 0) -> WizardGame:
    """Starts a game in wizard mode."""
    return WizardGame(character, seed)
