"""Promises of spells and wands, in the real game."""

from unittest import mock

import pytest
from helpers.situations import Situation
from helpers.wizard import wizard_game
from nle import nethack as nh

from envs.data.glyphs import species_named
from envs.data.monsters import GAS_SPORE
from envs.knowledge.inventory import Item
from envs.knowledge.menus import MenuLine
from envs.knowledge.outlook import winning
from envs.knowledge.peace import Monster
from envs.knowledge.spellbook import Spell, read_spells
from envs.macros import REGISTRY
from envs.macros.aim import Shot, shots
from envs.macros.rays import _sleep_rays, lines_of_fire
from envs.macros.spells import cast_spell

CAST, HEAL, ZAP = REGISTRY["cast"], REGISTRY["heal"], REGISTRY["zap"]


def test_the_menu_of_spells_is_read():
    """As NetHack 3.6 shows it; a forgotten spell is marked by a star."""
    lines = [
        MenuLine("a", "", "force bolt             1   attack         0%      100%"),
        MenuLine("b", "", "extra healing          3   healing       54%       87%"),
        MenuLine("c", "", "cone of cold         * 4   attack       100%        0%"),
    ]
    assert read_spells(lines) == (
        Spell("a", "force bolt", 1, 0),
        Spell("b", "extra healing", 3, 54),
        Spell("c", "cone of cold", 4, 100),
    )


@pytest.mark.nethack
def test_a_wizard_casts_force_bolt_at_a_dangerous_monster():
    at = wizard_game("wiz-hum-neu-mal", seed=3)
    assert not CAST.available(at.known)
    at.create("hostile hill orc")
    energy = at.known.stats.energy
    keys = at.play(CAST)
    assert "Za" in keys and at.known.stats.energy <= energy - 5
    assert any("hill orc" in text for text in at.said)
    assert at.known.spells and at.known.spells[0].name == "force bolt"


@pytest.mark.nethack
def test_a_newt_is_not_worth_a_spell():
    at = wizard_game("wiz-hum-neu-mal", seed=3)
    at.create("newt")
    assert not CAST.available(at.known)


@pytest.mark.nethack
@pytest.mark.parametrize("character", ["hea-gno-neu-fem", "pri-hum-neu-mal"])
def test_who_knows_no_attack_spell_finds_out_once(character):
    at = wizard_game(character, seed=3)
    at.create("hostile hill orc")
    if CAST.available(at.known):
        at.play(CAST)
    assert not CAST.available(at.known)


@pytest.mark.nethack
def test_a_fighter_never_looks_for_spells():
    at = wizard_game("val-hum-neu-fem", seed=3)
    at.create("hostile hill orc")
    assert not CAST.available(at.known) and not HEAL.available(at.known)


@pytest.mark.nethack
def test_a_hurt_healer_heals_himself():
    at = wizard_game("hea-gno-neu-fem", seed=3)
    assert not HEAL.available(at.known)
    at.known.spells = (Spell("a", "healing", 1, 0),)
    at.known.stats = at.known.stats._replace(hit_points=1)
    energy = at.known.stats.energy
    assert at.play(HEAL).startswith("Za.")
    assert at.known.stats.energy <= energy - 5 and any("better" in text for text in at.said)


@pytest.mark.nethack
@pytest.mark.parametrize("seed", range(3, 11))
def test_an_unknown_wand_is_tried_once_in_danger_and_where_no_ray_comes_back(seed):
    at = wizard_game("val-hum-neu-fem", seed)
    at.wish("wand of opening")
    wand = next(item for item in at.known.inventory if "wand" in item.text)
    at.create("hostile newt")
    assert not ZAP.available(at.known)
    at.create("hostile soldier ant")
    safe = [shot for shot in lines_of_fire(at.known, "fire") if shot.distance <= 3]
    assert ZAP.available(at.known) == bool(safe)
    if safe:
        assert at.play(ZAP).startswith(f"z{wand.letter}")
        assert not ZAP.available(at.known)


@pytest.mark.nethack
def test_nobody_bursts_a_gas_spore_beside_himself():
    at = wizard_game("wiz-elf-cha-fem", seed=3)
    at.wish("wand of striking")
    at.create("hostile gas spore")
    spores = [m for m in at.known.hostiles if m.species in GAS_SPORE]
    assert spores and not CAST.available(at.known) and not ZAP.available(at.known)


@pytest.mark.nethack
def test_a_spell_that_was_forgotten_is_not_tried_again():
    """By amnesia, say (spell.c, cast_forgotten)."""
    at = wizard_game("hea-gno-neu-fem", seed=3)
    at.known.stats = at.known.stats._replace(hit_points=1)
    spell, other = Spell("a", "healing", 1, 0), Spell("b", "extra healing", 3, 0)
    at.known.spells = (spell, other)
    for key in cast_spell(at.known, spell, ord(".")):
        at.press(key)
        at.known.messages = ["Your knowledge of this spell is twisted."]
    assert at.known.spells == (other,)


@pytest.mark.nethack
@pytest.mark.parametrize("seed", range(3, 8))
def test_a_ray_that_may_come_back_is_not_zapped(seed):
    """A ray flies 13 squares at most; a bounce takes one, a hit two of them (zap.c, dobuzz)."""
    at = wizard_game("hea-gno-neu-fem", seed)
    at.create("hostile soldier ant")
    safe = any(2 * shot.to_wall + 1 + 2 > 13 and shot.distance <= 7 for shot in shots(at.known))
    for kind in ("fire", "death"):
        assert bool(lines_of_fire(at.known, kind)) == safe


@pytest.mark.nethack
def test_what_is_no_menu_of_spells_is_not_answered():
    """With a cursed weapon in both hands there is no menu: the letter would be a command."""
    at = wizard_game("wiz-hum-neu-mal", seed=3)
    at.known.spells = (Spell("a", "force bolt", 1, 0),)
    at.wish("cursed two-handed sword")
    sword = next(item for item in at.known.inventory if "two-handed sword" in item.text)
    at.press(ord("w"), ord(sword.letter), ord("\r"))
    at.create("hostile hill orc")
    keys = at.play(CAST)
    assert "a" not in keys and any("not free to cast" in text for text in at.said)
    assert not CAST.available(at.known)


@pytest.mark.nethack
def test_a_priest_who_has_not_looked_takes_no_attack_spell_for_granted():
    at = wizard_game("pri-hum-neu-mal", seed=3)
    at.create("hostile hill orc")
    assert not CAST.available(at.known)


@pytest.mark.parametrize("role, books, heals", [
    ("pri", ("spellbook of light",), False), ("pri", ("blessed spellbook of healing",), True),
    ("mon", ("spellbook of sleep",), False), ("mon", ("spellbook of extra healing",), True),
    ("hea", (), True), ("wiz", ("spellbook of haste self",), False), ("val", (), False),
])  # fmt: skip
def test_healing_is_only_tried_by_who_most_likely_knows_it(role, books, heals):
    """Priests and monks begin with spells that are drawn (u_init.c): their books tell which."""
    at = Situation("-----\n|.@.|\n-----", hp=20)
    at.set(hp=3)
    at.known.character = f"{role}-hum-neu-fem"
    at.known.stats = at.known.stats._replace(energy=20)
    at.known.inventory = tuple(Item("a", 0, nh.SPBOOK_CLASS, n, 1, None, n) for n in books)
    assert HEAL.available(at.known) == heals


@pytest.mark.parametrize("hp, energy, heals", [
    (13, 10, True), (13, 9, False),  # one spell is kept for danger
    (18, 20, False), (9, 5, True),
])  # fmt: skip
def test_in_peace_a_spell_saves_a_long_rest(hp, energy, heals):
    at = Situation("------\n|.@..|\n------", hp=24)
    at.set(hp=hp)
    at.known.spells = (Spell("a", "healing", 1, 0),)
    at.known.stats = at.known.stats._replace(energy=energy)
    assert HEAL.available(at.known) == heals
    at.spawn("wolf", 0, 2)
    at.known.stats = at.known.stats._replace(energy=energy)
    assert HEAL.available(at.known) == (hp < 12)


@pytest.mark.nethack
def test_a_healer_puts_a_dangerous_fight_to_sleep_at_full_health():
    at = wizard_game("hea-gno-neu-fem", seed=3)
    at.create("hostile hill orc")
    at.create("hostile hill orc")
    assert not winning(at.known) and ZAP.available(at.known)
    at.play(ZAP)
    assert any("sleep ray" in text for text in at.said)
    if any("sleep ray hits the hill orc" in text for text in at.said):
        assert winning(at.known) and not ZAP.available(at.known)


def facing(name: str = "dwarf", race: str = "hum", level: int = 1, to_wall: int = 3) -> bool:
    """Whether a sleep ray is sent at a foe two squares to the east."""
    at = Situation("---------\n|@......|\n|.......|\n---------")
    y, x = at.known.hero
    target = Monster(y, x + 2, min(species_named(name)), False, False)
    at.known.level.peace.see([target])
    at.known.stats = at.known.stats._replace(experience_level=level)
    at.known.character = f"hea-{race}-neu-fem"
    return bool(_sleep_rays_of(at.known, Shot(2, ord("l"), target, to_wall)))


def _sleep_rays_of(known, shot):
    with mock.patch("envs.macros.rays.shots", lambda known, reach: [shot]):
        return _sleep_rays(known)


@pytest.mark.nethack
def test_no_bolt_is_sent_that_may_break_the_goods_of_a_shop():
    at = wizard_game("wiz-hum-neu-mal", seed=3)
    at.create("hostile hill orc")
    (orc,) = [m for m in at.known.hostiles if m.name == "hill orc"]
    assert lines_of_fire(at.known, "force bolt")
    at.known.level.shop = {orc.square}
    assert not lines_of_fire(at.known, "force bolt")


@pytest.mark.parametrize("sent, situation", [
    (False, {}), (False, {"to_wall": 4}), (True, {"to_wall": 5}),
    (False, {"to_wall": 5, "name": "orc zombie"}),
    (False, {"race": "elf", "level": 3}), (True, {"race": "elf", "level": 4}),
])  # fmt: skip
def test_a_sleep_ray_that_comes_back_is_for_those_who_resist_it(sent, situation):
    """It flies 13 squares at most: 5 there and back, 1 for the bounce, and 2 for each of two hits;
    elves resist from experience level 4 on, and who is dead already always (zap.c, attrib.c).
    """
    assert facing(**situation) == sent
