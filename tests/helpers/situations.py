"""Situations built on the stub, and what its player knows in them."""

from __future__ import annotations

from typing import NamedTuple

from helpers.screens import corpse
from nle import nethack as nh

from envs.data.glyphs import species_named
from envs.knowledge.knowledge import Knowledge
from envs.knowledge.paths import Square
from envs.macro_env import MacroEnv
from envs.stub.dungeon import WIDTH, spawn
from envs.stub.things import Item
from envs.stub.world import World

CORPSES = {"newt": 20, "bat": 20}  # nutrition


class Played(NamedTuple):
    """A macro-action, played: the keys sent, why it ended, all it made the game say, and info."""

    keys: str
    ended: str
    said: str
    info: dict


class Situation:
    """A stub game drawn by `maps` (see `Stub`), or generated, played by macro-action."""

    def __init__(self, *maps: str, seed: int = 0, **settings) -> None:
        if maps:
            settings["maps"] = maps
        self.env = MacroEnv("stub", **settings)
        self.env.reset(seed=seed)
        self.names = [macro.name for macro in self.env.macros]

    @property
    def known(self) -> Knowledge:
        assert self.env.known is not None
        return self.env.known

    @property
    def world(self) -> World:
        return self.env.env.world

    def legal(self, name: str) -> bool:
        return bool(self.env.action_masks()[self.names.index(name)])

    def press(self, keys: str) -> None:
        """Sends keys by hand."""
        for key in keys:
            self.env.env.press(ord(key))
            self.known.update()

    def set(self, **attributes) -> None:
        """Sets attributes of the world, and shows them."""
        for name, value in attributes.items():
            setattr(self.world, name, value)
        self.world.hunger = self.world.hunger_now()
        self.world.note_inventory()
        self.press("\x1b")

    def lay(self, item: Item, dy: int = 0, dx: int = 0) -> None:
        """Lays an item down beside the hero, or under."""
        square = self.world.hero + dy * WIDTH + dx
        self.world.level.items.setdefault(square, []).append(item)
        self.world.touch(square)
        self.world.redraw()
        self.known.update()

    def spawn(self, name: str, dy: int, dx: int, **kind: bool) -> None:
        """Puts a monster in view, so far from the hero; no time passes."""
        square = self.world.hero + dy * WIDTH + dx
        self.world.level.monsters[square] = spawn(name, self.world.rng, **kind)
        self.world.touch(square)
        self.world.redraw()
        self.known.update()

    def at(self, dy: int, dx: int) -> Square:
        """The square so far from the hero, as the player counts them."""
        y, x = self.known.hero
        return y + dy, x + dx

    def play(self, name: str, during=lambda sent: None) -> Played:
        """Plays a legal macro-action; `during(keys sent so far)` is called after each key."""
        assert self.legal(name), f"{name} is not legal here"
        sent, said = "", []
        for key in self.env.play(self.names.index(name)):
            sent += chr(key)
            said += self.known.messages[-1:]
            during(len(sent))
        return Played(sent, self.env.decision.ended, "\n".join(said), self.env.result()[-1])

    def play_while_legal(self, name: str, most: int = 40) -> int:
        """Plays a macro-action again and again; returns how often."""
        for times in range(most):
            if not self.legal(name) or self.env.env.terminated:
                return times
            self.play(name)
        raise AssertionError(f"{name} was still legal after {most} times")


def fallen(name: str) -> Item:
    """The corpse of one of the stub's monsters."""
    return Item(f"{name} corpse", corpse(name), nh.FOOD_CLASS, nutrition=CORPSES[name])


def show(at: Situation, name: str, dy: int, dx: int) -> None:
    """Paints a monster that the stub does not know, without moving any; of were creatures the
    animal.
    """
    y, x = at.at(dy, dx)
    species = min(species_named(name))
    at.known.observation["glyphs"][y, x] = nh.GLYPH_MON_OFF + species
    at.known.update()
