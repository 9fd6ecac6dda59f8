"""Promises of throwing and shooting, in the real game."""

from types import SimpleNamespace

import pytest
from helpers.screens import thing
from helpers.wizard import wizard_game
from nle import nethack as nh

from envs.data.glyphs import Terrain, species_named
from envs.knowledge.peace import Monster
from envs.macros import REGISTRY
from envs.macros.aim import Shot, _bursts_near
from envs.macros.barred import shut_in
from envs.macros.shoot import OUT_OF_BLAST, _choice, _stand

pytestmark = pytest.mark.nethack
THROW = REGISTRY["throw"]
ROGUE, SAMURAI, RANGER = "rog-hum-cha-mal", "sam-hum-law-mal", "ran-elf-cha-mal"


def quantity(at, kind):
    return sum(item.quantity for item in at.known.inventory if item.kind == kind)


def take_bow(at):
    at.send("wb")
    while at.known.prompt is not None:
        at.press(13)


def test_daggers_are_thrown_at_what_must_not_be_touched():
    at = wizard_game(ROGUE, seed=3)
    assert not THROW.available(at.known)
    at.create("floating eye")
    before = quantity(at, "dagger")
    keys = at.play("throw")
    assert keys.startswith("tb") and quantity(at, "dagger") < before
    assert any("dagger" in text for text in at.said)


def test_one_dagger_is_not_spent_on_what_does_no_harm():
    at = wizard_game("val-hum-neu-fem", seed=3)
    at.create("floating eye")
    assert not THROW.available(at.known)


@pytest.mark.parametrize("character, throws", [
    ("val-hum-neu-fem", False), ("tou-hum-neu-fem", True), (ROGUE, True),
])  # fmt: skip
def test_a_foe_beside_the_hero_is_met_with_what_hurts_most(character, throws):
    """A tourist's darts rather than his fists; a rogue throws up to two daggers (dothrow.c)."""
    at = wizard_game(character, seed=3)
    at.create("hostile hill orc")
    assert THROW.available(at.known) == throws and REGISTRY["fight"].available(at.known)


def test_nobody_turns_away_from_a_foe_beside_him_to_throw_at_another():
    at = wizard_game("val-hum-neu-fem", seed=3)
    at.wish("9 daggers")
    y, x = at.known.hero
    (orc,) = species_named("hill orc")
    beside, far = (Monster(y, x + d, orc, False, False) for d in (1, -3))
    at.known.level.terrain[y, x - 4 : x + 5] = Terrain.FLOOR
    at.known.level.peace.see([far])
    assert THROW.available(at.known)
    at.known.level.peace.see([beside, far])
    assert not THROW.available(at.known)


def test_an_archer_takes_the_bow_for_what_must_not_be_touched():
    at = wizard_game(SAMURAI, seed=3)
    at.create("floating eye")
    before = quantity(at, "ya")
    keys = at.play("throw")
    assert keys.startswith("wctd") and quantity(at, "ya") < before


def test_an_archer_with_the_bow_in_hand_shoots_at_what_is_beside_him():
    at = wizard_game(RANGER, seed=3)
    take_bow(at)
    at.create("hostile hill orc")
    before = quantity(at, "elven arrow")
    keys = at.play("throw")
    assert "tc" in keys and quantity(at, "elven arrow") < before


def test_a_peaceful_monster_is_recognised_before_it_is_shot():
    at = wizard_game(RANGER, seed=3)
    take_bow(at)
    at.create("peaceful gnome")
    before = quantity(at, "elven arrow")
    keys = at.play("throw")
    assert keys.startswith(";") and quantity(at, "elven arrow") == before
    gnome = next(m for m in at.known.level.monsters if m.name == "gnome")
    assert gnome.peaceful and not THROW.available(at.known)


def test_a_gas_spore_is_not_burst_beside_the_hero():
    at = wizard_game(ROGUE, seed=3)
    at.create("gas spore")
    assert not THROW.available(at.known)


def test_who_is_shut_in_by_a_gas_spore_goes_back_to_throw_at_it():
    """Or throws nothing, if there is no going back."""
    for steps, throws in ((6, True), (1, False)):
        at = wizard_game("val-hum-neu-fem", seed=3)
        at.create("gas spore")
        level, (y, x) = at.known.level, at.known.hero
        (spore,) = [m for m in at.known.hostiles if m.name == "gas spore"]
        level.peace.see([spore._replace(y=y, x=x + 1)])
        level.terrain[:] = Terrain.WALL
        level.seen[:] = True
        level.terrain[y, x - steps : x + 2] = Terrain.CORRIDOR
        level.set_terrain((y, x + 2), Terrain.STAIRS_DOWN)
        stand = _stand(at.known)
        assert stand == ((y, x - OUT_OF_BLAST + 1) if throws else None)
        assert THROW.available(at.known) == throws


def test_what_bars_the_only_way_is_pelted_with_whatever_may_hurt_it():
    """A valkyrie's one dagger; never what is in her hand."""
    at = wizard_game("val-hum-neu-fem", seed=3)
    at.create("floating eye")
    assert not THROW.available(at.known)
    level = at.known.level
    (eye,) = [m for m in at.known.hostiles if m.name == "floating eye"]
    level.terrain[:] = Terrain.WALL
    level.seen[:] = True
    for square in (at.known.hero, eye.square):
        level.terrain[square] = Terrain.CORRIDOR
    level.set_terrain(at.known.hero, Terrain.CORRIDOR)
    assert shut_in(at.known) and THROW.available(at.known)
    choice = _choice(at.known)
    assert choice is not None
    shot, missile = choice
    assert missile.item.kind == "dagger" and shot.target == eye
    digs = choice[1].item._replace(glyph=thing("dwarvish mattock"), name="dwarvish mattock")
    at.known.inventory = tuple(
        digs if item.kind == "dagger" else item for item in at.known.inventory
    )
    assert not THROW.available(at.known)  # what digs is worth more than any way on


def test_nothing_is_thrown_while_floating():
    """Who levitates is hurled back by a throw, and into walls (dothrow.c, throwit)."""
    at = wizard_game(ROGUE, seed=3)
    at.create("floating eye")
    assert THROW.available(at.known)
    at.known.stats = at.known.stats._replace(condition=nh.BL_MASK_LEV)
    assert not THROW.available(at.known)


def test_a_gas_spore_is_not_burst_beside_the_hero_or_a_peaceful_monster():
    """Its blast would anger a shopkeeper (explode.c), or kill a pet that is out of view."""
    spore = Monster(5, 8, min(species_named("gas spore")), False, False)
    keeper = Monster(5, 9, min(species_named("shopkeeper")), False, True)
    for hero, others, unseen, harm in (
        ((5, 5), [], False, False), ((5, 5), [keeper], False, True), ((5, 5), [], True, True),
        ((5, 5), [keeper._replace(x=10)], False, False), ((5, 7), [], False, True),
        ((4, 7), [], False, True), ((5, 6), [], False, False),
    ):  # fmt: skip
        known = SimpleNamespace(hero=hero, level=SimpleNamespace(monsters=[spore, *others]))
        known.pet_unseen = lambda turns, unseen=unseen: unseen
        assert _bursts_near(known, Shot(3, ord("l"), spore, 9)) == harm


@pytest.mark.parametrize("foe", [None, "hostile newt"])
def test_a_mold_out_of_view_that_bars_the_way_is_gone_to_and_pelted(foe):
    """In the dark it is seen only from beside it; not while somebody threatens."""
    at = wizard_game("val-hum-neu-fem", seed=3)
    if foe is not None:
        at.create(foe)
    level, (y, x) = at.known.level, at.known.hero
    level.terrain[:] = Terrain.WALL
    level.seen[:] = True
    level.terrain[y, x - 5 : x + 1] = Terrain.CORRIDOR
    level.terrain[y, x - 6] = Terrain.STAIRS_DOWN
    level.rooted[y, x - 5] = min(species_named("brown mold"))
    level.peace.see([] if foe is None else list(level.monsters))
    level.set_terrain((y, x), Terrain.CORRIDOR)
    assert _stand(at.known) == ((y, x - 4) if foe is None else None)
    assert THROW.available(at.known) == (foe is None)
