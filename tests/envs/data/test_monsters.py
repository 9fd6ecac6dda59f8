"""What the tables of monsters say, against monst.c and the wiki."""

import numpy as np
import pytest
from nle import nethack as nh

from envs.data import monsters
from envs.data.glyphs import SPECIES_NAMES, species_named
from envs.data.monster_attacks import ATTACKERS, ATTACKS, Attack


def one(name: str) -> int:
    (species,) = species_named(name)
    return species


def test_every_species_has_its_attacks():
    assert ATTACKERS == SPECIES_NAMES
    assert ATTACKS[one("soldier ant")] == (
        Attack("bite", "phys", 2, 4),
        Attack("sting", "drst", 3, 4),
    )
    assert ATTACKS[one("shrieker")] == ()


def test_tables_have_an_entry_for_the_unseen():
    for table in (monsters.LEVEL, monsters.SPEED, monsters.DAMAGE, monsters.ACTIVE):
        assert table.shape == (nh.NUMMONS + 1,)
    assert monsters.threatening(-1) and 1 < monsters.threat(-1) < 10


def test_damage_is_the_mean_of_the_dice_at_the_monsters_speed():
    """Two dice of 4 are 5 on average, three are 7.5; a soldier ant moves 18/12 times a turn."""
    assert monsters.DAMAGE[one("soldier ant")] == pytest.approx((5 + 7.5) * 18 / 12)
    assert monsters.DAMAGE[one("jackal")] == pytest.approx(1.5)


def test_threat_is_damage_times_the_chance_to_hit():
    """A jackal of level 0 hits armour class 6 if 10 + 6 + 0 > d20: 15 of 20."""
    assert monsters.threat(one("jackal"), 6) == pytest.approx(1.5 * 15 / 20)
    assert monsters.threat(one("jackal"), -30) == pytest.approx(1.5 * 0.05)
    assert monsters.threat(one("minotaur"), 10) == pytest.approx(monsters.DAMAGE[one("minotaur")])


def test_what_paralyses_or_poisons_counts_for_more_than_its_dice():
    assert monsters.threat(one("cockatrice")) > monsters.threat(one("hill orc"))
    assert monsters.threat(one("killer bee")) > 2 * monsters.threat(one("jackal"))


def test_what_only_answers_blows_is_no_threat():
    """wiki: Passive attack."""
    harmless = species_named("floating eye", "blue jelly", "brown mold", "gas spore", "acid blob")
    assert harmless <= monsters.HARMLESS_ALONE
    assert all(monsters.threat(species) == 0 for species in harmless)
    assert not monsters.HARMLESS_ALONE & species_named("lichen", "violet fungus", "newt")
    assert not monsters.threatening(one("floating eye")) and monsters.threatening(one("lichen"))


def test_molds_and_jellies_stay_where_they_are():
    stays = {SPECIES_NAMES[i] for i in np.flatnonzero(monsters.STATIONARY[:-1])}
    assert {"blue jelly", "spotted jelly", "brown mold", "red mold"} <= stays
    assert not stays & {"floating eye", "lichen", "ochre jelly"}


def test_who_harms_from_a_distance():
    for name in ("red dragon", "cobra", "floating eye", "jackal", "gnome lord"):
        far = name not in ("floating eye", "jackal")
        assert monsters.RANGED[one(name)] == far, name
    assert monsters.SHOOTS[one("cobra")] and not monsters.SHOOTS[one("gnome lord")]
    assert monsters.AQUATIC[one("giant eel")] and not monsters.AQUATIC[one("crocodile")]


def test_who_may_be_peaceful():
    """makemon.c, peace_minded: always hostile kinds are not, unless of the hero's own race."""
    assert not monsters.MAY_BE_PEACEFUL[one("jackal")]
    assert all(
        monsters.MAY_BE_PEACEFUL[one(name)]
        for name in ("gnome", "hill orc", "white unicorn", "dwarf")
    )


def test_kin_are_peaceful_by_race():
    dwarves = species_named("dwarf", "dwarf lord", "gnome", "gnome lord", "gnome king")
    assert dwarves <= monsters.kin_of("dwa") and monsters.kin_of("gno") == monsters.kin_of("dwa")
    assert not monsters.kin_of("dwa") & species_named(
        "hobbit", "hill orc", "gnome zombie", "dwarf mummy"
    )
    assert species_named("Woodland-elf") <= monsters.kin_of("elf")
    assert not monsters.kin_of("hum") and not monsters.kin_of("?")
