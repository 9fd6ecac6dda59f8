"""Promises of pray: when a god helps, and when it is no use asking."""

from types import SimpleNamespace

import pytest
from helpers.screens import thing
from helpers.situations import Situation
from nle import nethack as nh

from envs.data.glyphs import Terrain
from envs.knowledge.inventory import Item
from envs.knowledge.messages import ATONEMENT, DISPLEASURE
from envs.knowledge.prayer import AT_DEATHS_DOOR, critically_low, in_major_trouble
from envs.nethack.dungeons import GEHENNOM

ROOM = "---------\n|.......|\n|...@...|\n|.......|\n---------"


def dying() -> Situation:
    at = Situation(ROOM, prayer_timeout=0, hp=20)
    at.set(turn=150, hp=2)
    return at


@pytest.mark.parametrize(
    "hit_points, maximum, level, low",
    [
        (5, 100, 1, True),  # below 6
        (6, 60, 1, False),  # a maximum above 15 a level does not count: 6 > 15/5
        (12, 60, 4, True),  # 1/5 up to level 5
        (13, 60, 4, False),
        (12, 60, 3, False),  # 12 > 45/5
        (10, 60, 6, True),  # 1/6 up to level 13
        (11, 60, 6, False),
        (20, 140, 14, True),  # 1/7 up to level 21
        (25, 200, 22, True),  # 1/8 up to level 29
        (26, 200, 22, False),
        (22, 200, 30, True),  # 1/9
        (23, 200, 30, False),
    ],
)
def test_low_hit_points_are_those_of_pray_c(hit_points, maximum, level, low):
    stats = Situation(ROOM).known.stats._replace(
        hit_points=hit_points, max_hit_points=maximum, experience_level=level
    )
    assert critically_low(SimpleNamespace(stats=stats)) == low


@pytest.mark.parametrize(
    "illness", [nh.BL_MASK_STONE, nh.BL_MASK_SLIME, nh.BL_MASK_STRNGL, nh.BL_MASK_FOODPOIS]
)
def test_a_deadly_illness_is_major_trouble(illness):
    stats = Situation(ROOM).known.stats
    assert not in_major_trouble(SimpleNamespace(stats=stats))
    assert in_major_trouble(SimpleNamespace(stats=stats._replace(condition=illness)))
    assert not in_major_trouble(SimpleNamespace(stats=stats._replace(condition=nh.BL_MASK_CONF)))


def test_it_is_no_use_in_gehennom():
    at = dying()
    assert at.legal("pray")
    at.known.stats = at.known.stats._replace(dungeon=GEHENNOM)
    assert not at.legal("pray")


def test_no_prayer_on_what_may_be_another_gods_altar():
    at = dying()
    at.known.level.set_terrain(at.known.hero, Terrain.FURNITURE)
    assert not at.legal("pray")


SINS = [
    "You murderer!",
    "You hear the rumble of distant thunder...",
    '"Thou must relearn thy lessons!"',
]


def hear(at, message):
    at.world.say(message)
    at.known.observation["message"][:] = 0
    at.known.observation["message"][: len(message)] = list(message.encode())
    at.known.update()


@pytest.mark.parametrize(
    "message, turns",
    [*((sin, ATONEMENT) for sin in SINS), ("You feel that Tyr is displeased.", DISPLEASURE)],
)
def test_no_prayer_for_long_after_a_sin_and_for_a_while_after_one_that_failed(message, turns):
    at = dying()
    hear(at, message)
    for later, legal in ((0, False), (turns - 1, False), (turns, True)):
        at.known.stats = at.known.stats._replace(turn=150 + later)
        assert at.legal("pray") == legal


@pytest.mark.parametrize("sin", SINS)
def test_a_god_who_is_displeased_forgives_no_sin_the_sooner(sin):
    at = dying()
    hear(at, sin)
    hear(at, "You feel that Tyr is displeased.")
    at.known.stats = at.known.stats._replace(turn=150 + ATONEMENT - 1)
    assert not at.legal("pray")


def troubled(**settings) -> Situation:
    at = Situation(ROOM, **{"prayer_timeout": 0, "hp": 20} | settings)
    at.set(turn=150)
    return at


def test_pray_heals_in_trouble():
    at = troubled()
    at.set(hp=2)
    played = at.play("pray")
    assert at.world.hp == at.world.max_hp and "You feel much better." in played.said


def test_pray_feeds_the_weak():
    at = troubled(nutrition=40)
    assert at.legal("pray")
    at.play("pray")
    assert at.world.nutrition >= 890 and at.world.anger == 0


def test_pray_is_for_trouble_only():
    at = troubled()
    assert not at.legal("pray")
    at.set(hp=6)
    assert not at.legal("pray")
    at.set(hp=5)
    assert at.legal("pray")


def test_pray_does_not_come_too_early_or_twice_soon():
    """Timeouts: about 300 at the start and 50 to 1,000 after a prayer; 200 is low enough. Who dies
    otherwise does not wait for the worst of them to run down."""
    early = Situation(ROOM, hp=20)
    early.set(hp=2, turn=50)
    assert not early.legal("pray")
    at = troubled()
    at.set(hp=2)
    at.play("pray")
    at.set(hp=2)
    assert not at.legal("pray")
    at.set(turn=at.world.turn + AT_DEATHS_DOOR - 50)
    assert not at.legal("pray")
    at.set(turn=at.world.turn + 100)
    assert at.legal("pray")


def test_who_has_healing_to_drink_waits_for_the_god():
    at = troubled()
    at.set(hp=2)
    at.play("pray")
    at.set(hp=2, turn=at.world.turn + AT_DEATHS_DOOR + 50)
    assert at.legal("pray")
    potion = Item("p", 0, nh.POTION_CLASS, "a potion of extra healing", 1, None, "healing")
    at.known.inventory = (potion._replace(name="potion of extra healing"),)
    assert not at.legal("pray") and at.legal("quaff")


@pytest.mark.parametrize("trouble", ["fumbles", "chained"])
def test_minor_trouble_is_prayed_away_in_peace_when_the_god_has_time(trouble):
    """The timeout must be at most 100 (pray.c, can_pray)."""
    at = troubled()
    setattr(at.known, trouble, True)
    assert not at.legal("pray")  # 300 at the start
    at.set(turn=250)
    assert at.legal("pray")
    at.spawn("wolf", 0, 2)
    assert not at.legal("pray")
    calm = troubled()
    setattr(calm.known, trouble, True)
    calm.known.last_prayer = 150
    calm.set(turn=150 + 850)
    assert not calm.legal("pray")
    calm.set(turn=150 + 950)
    assert calm.legal("pray")


@pytest.mark.parametrize("held, tool, prays", [
    ("cursed", True, True), ("cursed", False, False), ("uncursed", True, False),
])  # fmt: skip
def test_a_cursed_weapon_that_keeps_from_digging_is_prayed_away(held, tool, prays):
    at = troubled()
    at.set(turn=250)
    text = f"a {held} -1 dagger (weapon in hand)"
    dagger = Item("a", thing("dagger"), nh.WEAPON_CLASS, text, 1, held, "dagger (weapon in hand)")
    pick = Item("b", thing("pick-axe"), nh.TOOL_CLASS, "a pick-axe", 1, None, "pick-axe")
    at.known.inventory = (dagger, pick) if tool else (dagger,)
    at.known.given_up.add("a pick-axe")
    assert at.legal("pray") == prays
