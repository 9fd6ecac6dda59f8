"""Promises of the glyph tables. Expected figures: NLE's own glyph functions and symbol names."""

import numpy as np
import pytest
from nle import nethack as nh

from envs.data import glyphs
from envs.data.glyphs import Terrain, Thing

GLYPHS = np.arange(nh.MAX_GLYPH)
NAMED = {
    "wall": Terrain.WALL, "doorway": Terrain.DOORWAY, "open door": Terrain.OPEN_DOOR,
    "closed door": Terrain.CLOSED_DOOR, "iron bars": Terrain.OBSTACLE, "tree": Terrain.OBSTACLE,
    "floor of a room": Terrain.FLOOR, "corridor": Terrain.CORRIDOR,
    "lit corridor": Terrain.CORRIDOR, "staircase up": Terrain.STAIRS_UP,
    "staircase down": Terrain.STAIRS_DOWN, "ladder up": Terrain.STAIRS_UP,
    "ladder down": Terrain.STAIRS_DOWN, "altar": Terrain.FURNITURE, "grave": Terrain.FURNITURE,
    "opulent throne": Terrain.FURNITURE, "sink": Terrain.FURNITURE, "fountain": Terrain.FURNITURE,
    "water": Terrain.WATER, "ice": Terrain.FLOOR, "molten lava": Terrain.LAVA,
    "lowered drawbridge": Terrain.FLOOR, "raised drawbridge": Terrain.OBSTACLE,
    "hole": Terrain.HOLE, "trap door": Terrain.HOLE,
}  # fmt: skip


def symbol_names():
    return [nh.symdef.from_idx(i).explanation for i in range(65)]


def test_map_symbols_have_the_terrain_that_nethack_names():
    for i, name in enumerate(symbol_names()):
        if i and name in NAMED:
            assert glyphs.TERRAIN[nh.GLYPH_CMAP_OFF + i] == NAMED[name], name


def test_every_trap_is_a_trap_and_some_lead_to_other_levels():
    # NLE's own range runs one past the last trap, into the symbol of a digging beam.
    traps = [g for g in GLYPHS if nh.glyph_is_trap(int(g))][:-1]
    assert {int(glyphs.TERRAIN[g]) for g in traps} == {
        Terrain.TRAP, Terrain.HOLE, Terrain.DEADLY_TRAP
    }  # fmt: skip
    down = [g for g in traps if glyphs.TERRAIN[g] == Terrain.HOLE]
    assert [symbol_names()[g - nh.GLYPH_CMAP_OFF] for g in down] == [
        "hole", "trap door", "level teleporter"
    ]  # fmt: skip


def test_blank_stone_is_unknown():
    assert glyphs.TERRAIN[nh.GLYPH_CMAP_OFF] == Terrain.UNKNOWN


def test_nothing_harmful_or_solid_is_passable():
    for terrain in (Terrain.UNKNOWN, Terrain.WALL, Terrain.CLOSED_DOOR, Terrain.TRAP, Terrain.HOLE,
                    Terrain.WATER, Terrain.LAVA, Terrain.OBSTACLE):  # fmt: skip
        assert not glyphs.PASSABLE[terrain]


@pytest.mark.parametrize(
    "thing, is_it",
    [
        (Thing.PET, nh.glyph_is_pet),
        (Thing.OBJECT, nh.glyph_is_object),
        (Thing.MONSTER, nh.glyph_is_monster),
    ],
)
def test_things_agree_with_nle(thing, is_it):
    boulder = nh.GLYPH_OBJ_OFF + glyphs.BOULDER
    for glyph in map(int, GLYPHS):
        if glyph == boulder:
            continue
        expected = bool(is_it(glyph))
        if thing is Thing.MONSTER:
            expected = expected and not nh.glyph_is_pet(glyph)
        assert (glyphs.THING[glyph] == thing) == expected, glyph


def test_invisible_and_warned_of_monsters_are_unseen():
    unseen = GLYPHS[glyphs.THING[:-1] == Thing.UNSEEN]
    expected = [g for g in map(int, GLYPHS) if nh.glyph_is_invisible(g) or nh.glyph_is_warning(g)]
    assert unseen.tolist() == expected


def test_species_agree_with_nle_for_monsters_and_name_what_corpses_were():
    for glyph in map(int, GLYPHS):
        if nh.glyph_is_monster(glyph):
            assert glyphs.SPECIES[glyph] == nh.glyph_to_mon(glyph)
        elif nh.glyph_is_body(glyph):
            assert glyphs.SPECIES[glyph] == glyph - nh.GLYPH_BODY_OFF
        elif nh.glyph_is_statue(glyph):
            assert glyphs.SPECIES[glyph] == glyph - nh.GLYPH_STATUE_OFF
        else:
            assert glyphs.SPECIES[glyph] == -1


def test_object_types_agree_with_nle():
    for glyph in map(int, GLYPHS):
        expected = nh.glyph_to_obj(glyph) if nh.glyph_is_object(glyph) else -1
        assert glyphs.OBJECT_TYPE[glyph] == expected, glyph


def test_named_object_types_are_what_they_are_called():
    names = {glyphs.BOULDER: "boulder", glyphs.CORPSE: "corpse", glyphs.STATUE: "statue",
             glyphs.GOLD: "gold piece"}  # fmt: skip
    assert {kind: glyphs.OBJECT_NAMES[kind] for kind in names} == names
    assert glyphs.OBJECT_CLASSES[glyphs.GOLD] == nh.COIN_CLASS
    assert glyphs.THING[nh.GLYPH_OBJ_OFF + glyphs.BOULDER] == Thing.BOULDER


def test_species_by_name():
    (newt,) = glyphs.species_named("newt")
    assert nh.permonst(newt).mname == "newt"
    with pytest.raises(KeyError, match="newd"):
        glyphs.species_named("newd")
