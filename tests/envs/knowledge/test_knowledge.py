"""Promises of what the player knows, on observations set by hand and on the stub."""

import numpy as np
import pytest
from helpers.screens import monster, pet
from nle import nethack as nh

from envs.data.glyphs import Terrain, species_named
from envs.knowledge.knowledge import LATELY, Hunger, Knowledge
from envs.stub.env import Stub

NAMES = {
    "x": nh.NLE_BL_X, "y": nh.NLE_BL_Y, "dexterity": nh.NLE_BL_DEX,
    "constitution": nh.NLE_BL_CON, "intelligence": nh.NLE_BL_INT, "wisdom": nh.NLE_BL_WIS,
    "charisma": nh.NLE_BL_CHA, "score": nh.NLE_BL_SCORE, "hit_points": nh.NLE_BL_HP,
    "max_hit_points": nh.NLE_BL_HPMAX, "depth": nh.NLE_BL_DEPTH, "gold": nh.NLE_BL_GOLD,
    "energy": nh.NLE_BL_ENE, "max_energy": nh.NLE_BL_ENEMAX, "armor_class": nh.NLE_BL_AC,
    "monster_level": nh.NLE_BL_HD, "experience_level": nh.NLE_BL_XP, "experience": nh.NLE_BL_EXP,
    "turn": nh.NLE_BL_TIME, "hunger": nh.NLE_BL_HUNGER, "burden": nh.NLE_BL_CAP,
    "dungeon": nh.NLE_BL_DNUM, "level": nh.NLE_BL_DLEVEL, "condition": nh.NLE_BL_CONDITION,
    "alignment": nh.NLE_BL_ALIGN,
}  # fmt: skip


@pytest.fixture
def observation():
    """A stub's first observation, to be written over."""
    env = Stub(maps=["-----\n|.@.|\n-----"])
    return env.reset(seed=0)[0]


def say(observation, text, misc=(0, 0, 0), row=None):
    observation["message"][:] = 0
    observation["message"][: len(text)] = list(text.encode())
    observation["misc"][:] = misc
    observation["tty_chars"][0] = 32
    shown = (text if row is None else row)[:80]
    observation["tty_chars"][0, : len(shown)] = list(shown.encode())


def test_statistics_have_the_names_of_nles_indices(observation):
    observation["blstats"][:] = np.arange(27) + 1
    stats = Knowledge(observation).stats
    assert {name: getattr(stats, name) for name in NAMES} == {n: i + 1 for n, i in NAMES.items()}


@pytest.mark.parametrize("now, most, health", [(8, 16, 0.5), (0, 16, 0), (-3, 16, 0), (16, 16, 1)])
def test_health_is_a_fraction(observation, now, most, health):
    observation["blstats"][[nh.NLE_BL_HP, nh.NLE_BL_HPMAX]] = now, most
    assert Knowledge(observation).stats.health == health


def test_hunger_has_nethacks_names_in_nethacks_order():
    """eat.h: SATIATED 0, NOT_HUNGRY 1, HUNGRY 2, WEAK 3, FAINTING 4, FAINTED 5, STARVED 6."""
    assert [state.name for state in Hunger] == [
        "SATIATED", "NOT_HUNGRY", "HUNGRY", "WEAK", "FAINTING", "FAINTED", "STARVED",
    ]  # fmt: skip


@pytest.mark.parametrize("nutrition, hunger", [(1500, 0), (900, 1), (140, 2), (40, 3), (-10, 4)])
def test_hunger_is_read_from_the_statistics(nutrition, hunger):
    env = Stub(maps=["-----\n|.@.|\n-----"], nutrition=nutrition)
    env.reset(seed=0)
    assert Knowledge(env.observation).stats.hunger == hunger


def test_the_hero_is_row_then_column(observation):
    observation["blstats"][[nh.NLE_BL_X, nh.NLE_BL_Y]] = 60, 7
    known = Knowledge(observation)
    assert known.hero == (7, 60)
    assert known.adjacent((6, 59)) and known.adjacent((7, 61))
    assert not known.adjacent((7, 60)) and not known.adjacent((7, 62))


@pytest.mark.parametrize(
    "misc, text, row, kind",
    [
        ((0, 0, 0), "You kill the newt!", None, None),
        ((1, 0, 0), "Really attack the gnome? [yn] (n)", None, "yn"),
        ((0, 1, 0), "What do you want to name it?", None, "getline"),
        ((0, 0, 1), "You die...", "You die...--More--", "more"),
        ((0, 0, 1), "", "                 Coins", "menu"),
    ],
)
def test_prompts_are_told_apart(observation, misc, text, row, kind):
    say(observation, text, misc, row)
    prompt = Knowledge(observation).prompt
    assert (prompt and prompt.kind) == kind
    assert prompt is None or prompt.text == text


def test_more_comes_before_the_question_behind_it(observation):
    """While yn_function waits for --More--, both flags are up and the question is not yet shown."""
    say(observation, "You swap places with your kitten.", (1, 0, 1),
        "You swap places with your kitten.--More--")  # fmt: skip
    prompt = Knowledge(observation).prompt
    assert prompt is not None and prompt.kind == "more"


def test_messages_of_one_command_are_kept_until_the_next_begins(observation):
    known = Knowledge(observation)
    known.begin_command()
    for text in ("You hit the newt.", "You hit the newt.", "", "The newt bites!"):
        say(observation, text)
        known.update()
    assert known.messages == ["You hit the newt.", "The newt bites!"]
    assert known.heard("bites") and known.heard("missing", "You hit") and not known.heard("misses")
    known.declined = "Really?"
    known.begin_command()
    assert known.declined == "" and known.heard("bites")  # until its first key is sent
    say(observation, "")
    known.update()
    assert known.messages == [] and not known.heard("bites")


def test_a_command_that_was_not_begun_after_all_makes_nothing_forgotten(observation):
    say(observation, "The newt bites!")
    known = Knowledge(observation)
    known.begin_command()
    known.end_command()
    say(observation, "You hear bubbling water.")
    known.update()
    assert known.messages == ["The newt bites!", "You hear bubbling water."]


def test_messages_do_not_pile_up_without_bound(observation):
    known = Knowledge(observation)
    for i in range(1000):
        say(observation, f"message {i}")
        known.update()
    assert len(known.messages) <= 100 and known.messages[-1] == "message 999"


def test_a_full_message_buffer_is_read(observation):
    say(observation, "x" * 255)
    assert Knowledge(observation).messages == ["x" * 255]


def test_levels_keep_their_own_memory():
    """Down and up again: each level's map is as it was left."""
    env = Stub(maps=["-----\n|@>.|\n-----", "-------\n|<....|\n-------"])
    env.reset(seed=0)
    known = Knowledge(env.observation)

    def press(keys):
        for key in keys:
            env.press(ord(key))
            known.update()

    first = known.level
    assert first.where(Terrain.STAIRS_DOWN) and known.squares_seen == 15
    press("l> ")
    second = known.level
    assert second is not first and len(known.levels) == 2
    assert (second.terrain != first.terrain).any() and known.squares_seen == 15 + 21
    press("l< ")
    press("h< ")
    assert known.level is first and first.where(Terrain.STAIRS_DOWN) and known.squares_seen == 36


def test_the_same_level_number_in_another_branch_is_another_level(observation):
    known = Knowledge(observation)
    main = known.level
    observation["blstats"][nh.NLE_BL_DNUM] = 2
    known.update()
    assert known.level is not main
    observation["blstats"][nh.NLE_BL_DNUM] = 0
    known.update()
    assert known.level is main


def test_hostiles_are_neither_pets_nor_peaceful():
    env = Stub(maps=["-------\n|P@.p.|\n|....:|\n-------"])
    env.reset(seed=0)
    known = Knowledge(env.observation)
    assert sorted(m.name for m in known.hostiles) == ["gnome", "newt"]
    gnome = next(m for m in known.hostiles if m.name == "gnome")
    known.level.peace.mark_peaceful(gnome.square)
    assert [m.name for m in known.hostiles] == ["newt"]


@pytest.mark.parametrize("condition", [nh.BL_MASK_CONF, nh.BL_MASK_STUN, nh.BL_MASK_HALLU])
def test_pets_bar_the_way_of_who_would_strike_them(condition):
    """display.h, is_safepet; and who drags an iron ball stops before them (uhitm.c, attack)."""
    env = Stub(maps=["-----\n|@..|\n-----"])
    env.reset(seed=0)
    known = Knowledge(env.observation)
    y, x = known.hero
    env.observation["glyphs"][y, x + 1] = pet("kitten")
    known.update()
    beyond = y, x + 2
    assert known.level.reachable(beyond)
    env.observation["blstats"][nh.NLE_BL_CONDITION] = condition
    known.update()
    assert not known.level.reachable(beyond)
    env.observation["blstats"][nh.NLE_BL_CONDITION] = 0
    known.update()
    assert known.level.reachable(beyond)
    known.chained = True
    known.update()
    assert not known.level.reachable(beyond)


def test_engulfed_is_seen_by_the_walls_of_the_engulfer(observation):
    known = Knowledge(observation)
    assert not known.engulfed
    y, x = known.hero
    observation["glyphs"][y, x - 1] = nh.GLYPH_SWALLOW_OFF + 3
    assert known.engulfed


def test_the_inventory_is_read_again_when_it_changes(observation):
    known = Knowledge(observation)
    before = known.inventory
    known.update()
    assert known.inventory is before
    observation["inv_strs"][3, :20] = list(b"3 uncursed apples   ")
    known.update()
    assert known.inventory is not before and len(known.inventory) == len(before)


def test_remembers_a_monster_only_while_it_shows(observation):
    known = Knowledge(observation)
    y, x = known.hero
    observation["glyphs"][y, x + 1] = monster("jackal")
    known.update()
    assert [m.square for m in known.hostiles] == [(y, x + 1)]
    observation["glyphs"][y, x + 1] = nh.GLYPH_CMAP_OFF + 19
    known.update()
    assert known.hostiles == []


def test_a_dwarf_trusts_gnomes_until_one_attacks():
    observation = Stub().reset(seed=0)[0]
    welcome = b"Hello Agent, welcome to NetHack!  You are a lawful female dwarven Valkyrie."
    observation["message"][:] = 0
    observation["message"][: len(welcome)] = list(welcome)
    observation["blstats"][20] = 1  # the turn
    known = Knowledge(observation)
    (gnome,) = species_named("gnome")
    assert gnome in known.level.peace.kin
    said = b"The gnome thrusts a crossbow.  The gnome misses!"
    observation["message"][:] = 0
    observation["message"][: len(said)] = list(said)
    known.update()
    assert gnome not in known.level.peace.kin


def with_a_gnome(observation) -> Knowledge:
    """A gnome beside the hero, whom the hero takes for peaceful."""
    known = Knowledge(observation)
    y, x = known.hero
    observation["glyphs"][y, x + 1] = monster("gnome")
    known.update()
    known.level.peace.mark_peaceful((y, x + 1))
    return known


@pytest.mark.parametrize("attack", [
    "hits!", "just misses!", "kicks!", "stings!", "butts!", "touches you!", "zaps a pine wand!",
    "points at you, then curses.", "casts a spell at you!", "points and curses in your direction.",
    "spits venom!", "breathes fire!", "stole an apple.", "pretends to be friendly.",
])  # fmt: skip
def test_who_attacks_is_peaceful_no_longer(observation, attack):
    """The mark may have passed to a hostile neighbour of the same kind."""
    known = with_a_gnome(observation)
    (gnome,) = known.level.monsters
    assert gnome.peaceful and not known.attacks(gnome)
    say(observation, f"The gnome {attack}")
    known.update()
    (gnome,) = known.level.monsters
    assert not gnome.peaceful and known.attacks(gnome)


@pytest.mark.parametrize("said, angry", [
    ("The watchman hits!", True), ("The watchman just misses!", True),
    ("The watchman hits the newt.", False), ("The newt hits!", False),
])  # fmt: skip
def test_a_keeper_who_strikes_the_hero_is_angry(observation, said, angry):
    known = Knowledge(observation)
    y, x = known.hero
    observation["glyphs"][y, x + 1] = monster("watchman")
    known.update()
    assert known.hostiles == []
    say(observation, said)
    known.update()
    assert bool(known.hostiles) == angry


def test_an_attack_is_news_for_some_turns(observation):
    known = with_a_gnome(observation)
    say(observation, "The gnome thrusts a spear.")
    known.update()
    (gnome,) = known.level.monsters
    assert known.attacks(gnome)
    known.stats = known.stats._replace(turn=known.stats.turn + LATELY)
    assert not known.attacks(gnome)


def test_the_unseen_always_attack(observation):
    known = with_a_gnome(observation)
    assert known.attacks(known.level.monsters[0]._replace(species=-1))
