"""Promises that what is done by hand, or by others, is known as what a macro-action does is."""

import pytest
from helpers.screens import corpse
from helpers.situations import Situation, fallen
from nle import nethack as nh

from envs.data.glyphs import species_named
from envs.knowledge.deaths import Death, left_a_corpse
from envs.knowledge.elbereth import on_elbereth
from envs.knowledge.prayer import in_lasting_trouble
from envs.stub.things import Item

ROOM = "---------\n|.......|\n|...@...|\n|.......|\n---------"


def hear(at: Situation, text: str) -> None:
    """The game says a text; no time passes."""
    message = at.known.observation["message"]
    message[:] = 0
    message[: len(text)] = list(text.encode())
    at.known.update()


@pytest.mark.parametrize("told, name", [
    ("You kill the newt!", "newt"), ("The newt is killed!", "newt"),
    ("You destroy the newt!", "newt"), ("The kitten misses the newt.", None),
    ("You kill the gnome!", None),
])  # fmt: skip
def test_whoever_kills_it_a_corpse_is_known_to_be_fresh(told, name):
    at = Situation(ROOM)
    at.spawn("newt", 0, 1)
    hear(at, told)
    del at.world.level.monsters[at.world.hero + 1]
    at.lay(fallen("newt"), dx=1)
    fresh = {at.at(0, 1): at.known.stats.turn} if name else {}
    assert at.known.level.fresh_corpses == fresh


def test_a_corpse_that_lay_there_before_is_not_fresh():
    at = Situation(ROOM)
    square = at.at(0, 1)
    at.known.level.objects[square] = corpse("newt")
    (newt,) = species_named("newt")
    level = at.known.level
    assert not left_a_corpse(level, Death(1, square, newt, lay_there=corpse("newt")))
    assert left_a_corpse(level, Death(1, square, newt, lay_there=-1))


def test_what_a_zombie_leaves_is_an_old_corpse():
    """Of its living kind (mon.c, undead_to_corpse)."""
    at = Situation(ROOM)
    (zombie,) = species_named("gnome zombie")
    at.known.level.objects[at.at(0, 1)] = corpse("gnome")
    assert not left_a_corpse(at.known.level, Death(1, at.at(0, 1), zombie, lay_there=-1))


def test_a_corpse_eaten_by_hand_is_gone():
    at = Situation(ROOM)
    at.known.level.fresh_corpses[at.known.hero] = at.known.stats.turn
    hear(at, "You finish eating the newt corpse.")
    assert not at.known.level.fresh_corpses


def test_a_prayer_by_hand_is_not_repeated():
    at = Situation(ROOM, prayer_timeout=0, hp=20)
    at.set(turn=150, hp=2)
    assert at.legal("pray")
    at.press(chr(240) + "y\r\r\r\r")
    at.set(hp=2)
    assert at.known.last_prayer in range(150, 154) and not at.legal("pray")


def test_elbereth_by_hand_is_known_when_read():
    at = Situation(ROOM)
    hear(at, 'Something is written here in the dust. You read: "Elbereth".')
    assert on_elbereth(at.known)
    hear(at, 'Something is written here in the dust. You read: "Elbexeth".')
    assert not on_elbereth(at.known)


def test_lycanthropy_is_known_until_it_is_cured():
    at = Situation(ROOM)
    at.set(turn=150)
    assert not in_lasting_trouble(at.known)
    hear(at, "You feel feverish.")
    assert in_lasting_trouble(at.known) and at.legal("pray")
    hear(at, "You feel purified.")
    assert not in_lasting_trouble(at.known)


@pytest.mark.parametrize("name, stuck", [
    ("cursed two-handed sword (weapon in hands)", True),
    ("two-handed sword (weapon in hands)", False),
    ("cursed dagger (weapon in hand)", False),
])  # fmt: skip
def test_hands_stuck_to_a_cursed_weapon_are_a_lasting_trouble(name, stuck):
    """A cursed weapon of one hand leaves the other free (pray.c, in_trouble; freehand)."""
    at = Situation(ROOM)
    at.world.items = {"a": Item(name, nh.GLYPH_OBJ_OFF, nh.WEAPON_CLASS)}
    at.set()
    assert in_lasting_trouble(at.known) == stuck


def blind(at: Situation, is_blind: bool = True) -> None:
    condition = at.known.observation["blstats"][25:26]
    condition[:] = nh.BL_MASK_BLIND if is_blind else 0
    at.known.update()


def test_the_blind_walk_around_a_cockatrices_corpse():
    """They feel what lies there, with their bare hands (invent.c, feel_cockatrice)."""
    at = Situation(ROOM)
    at.known.level.objects[at.at(0, 1)] = corpse("cockatrice")
    at.known.level.objects[at.at(0, -1)] = corpse("newt")
    assert at.known.level.reachable(at.at(0, 1))
    blind(at)
    assert not at.known.level.reachable(at.at(0, 1)) and at.known.level.reachable(at.at(0, -1))
    blind(at, is_blind=False)
    assert at.known.level.reachable(at.at(0, 1))


@pytest.mark.parametrize("told, angry", [
    ("Gweebarra gets angry!", True), ("The watchman gets angry!", True),
    ("Halt, vandal!  You're under arrest!", True),
    ("The dwarf gets angry!", False), ("You hear the shrieks of Mr. Swidnica.", False),
])  # fmt: skip
def test_an_angry_keeper_is_peaceful_no_more(told, angry):
    at = Situation(ROOM)
    at.spawn("watchman", 0, 2)
    assert not at.known.hostiles
    hear(at, told)
    assert bool(at.known.hostiles) == angry
    at.press("s")
    assert bool(at.known.hostiles) == angry
