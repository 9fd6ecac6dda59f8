"""Promises of exploring, past traps and boulders too."""

import numpy as np
import pytest
from helpers.screens import cmap, thing
from helpers.situations import Situation
from helpers.wizard import wizard_game
from nle import nethack as nh

from envs.data.glyphs import BOULDER, Terrain
from envs.knowledge.exploring import SEARCHED_FOR_LONG, lighter_way
from envs.knowledge.level import Level
from envs.macros import REGISTRY
from envs.macros.base import walk
from envs.macros.explore import (
    PATIENCE,
    SEARCHED_TWICE,
    STUBBORN,
    _burden,
    _lay_down,
    _light,
    _push,
    _push_on,
    covered,
)
from envs.macros.shatter import blast, shatter
from envs.stub.dungeon import BLANK
from envs.stub.things import PASSABLE

ROOM = "---------\n|.......|\n|...@...|\n|.......|\n---------"
TWO_ROOMS = """
-------         --------
|..@..|         |......|
|.....O#   #####_..%...|
|.....| #### #  |......|
-------      #  --------
             #
             ####
"""
SEEDS = range(8)

BOULDER_GLYPH = nh.GLYPH_OBJ_OFF + BOULDER


def test_a_boulder_at_the_end_of_the_map_is_pushed():
    at = Situation("--------\n|@.....|\n--------")
    at.play_while_legal("explore")
    glyphs = np.array(at.known.observation["glyphs"])
    y, x = at.known.hero
    row = int(np.flatnonzero(glyphs[y] == cmap("|"))[-1])
    glyphs[y, row - 2] = BOULDER_GLYPH
    at.known.level.observe(glyphs, at.known.hero)
    assert at.legal("explore")
    at.play("explore")
    assert not at.known.level.boulders.any()  # the stub has none: the hero walked on its square


def beside_a_boulder():
    """All is explored, and a boulder lies to the left of the hero."""
    at = Situation("--------\n|@.....|\n--------")
    at.play_while_legal("explore")
    y, x = at.known.hero
    at.known.level.objects[y, x - 1] = BOULDER_GLYPH
    at.known.level._note_change()
    return at


@pytest.mark.parametrize("said, again", [
    ("You hear a monster behind the boulder.", True),
    ("You try to move the boulder, but in vain.", False),
])  # fmt: skip
def test_a_boulder_with_a_monster_behind_is_tried_again_later(said, again):
    """Who reads a scroll of earth in a corridor has no other way out."""
    at = beside_a_boulder()
    push = _push(at.known)
    assert push is not None and push.stand == at.known.hero
    for _ in _push_on(at.known, push):
        at.known.messages = [said]
    assert _push(at.known) != push
    at.known.stats = at.known.stats._replace(turn=at.known.stats.turn + PATIENCE + 1)
    assert (_push(at.known) == push) == again


def test_a_boulder_is_pushed_off_a_square_that_stairs_may_be_on():
    """Wherever it goes."""
    at = Situation(ROOM)
    at.play_while_legal("explore")
    level, (y, x) = at.known.level, at.known.hero
    level.objects[y, x + 1 if x < 40 else x - 1] = BOULDER_GLYPH
    boulder = (y, x + 1 if x < 40 else x - 1)
    level._note_change()
    assert _push(at.known) is None
    level.guessed[boulder] = True
    push = _push(at.known)
    assert push is not None and push.boulder == boulder
    level.set_terrain((y, x), Terrain.STAIRS_DOWN)
    assert _push(at.known) is None


def test_who_is_held_by_a_trap_does_not_give_a_boulder_up():
    at = Situation("--------\n|@.....|\n--------")
    at.play_while_legal("explore")
    level, (y, x) = at.known.level, at.known.hero
    level.objects[y, x - 1] = BOULDER_GLYPH
    level.set_terrain((y, x), Terrain.TRAP)
    push = _push(at.known)
    assert push is not None
    list(_push_on(at.known, push))  # the keys are not sent: the hero stays
    assert _push(at.known) == push
    level.set_terrain((y, x), Terrain.FLOOR)
    list(_push_on(at.known, push))
    assert _push(at.known) != push


def test_stairs_are_looked_for_under_objects_when_nothing_else_is_left():
    at = Situation("--------\n|@.....|\n--------")
    glyphs = np.array(at.known.observation["glyphs"])
    y, x = at.known.hero
    at.known.level.__init__()  # type: ignore[misc]
    glyphs[y, x + 4] = thing("dagger")
    at.known.level.observe(glyphs, at.known.hero)
    at.play_while_legal("explore")
    assert at.known.hero != (y, x + 4)
    at.known.level.searched[y, x] = SEARCHED_TWICE
    at.play_while_legal("explore")
    assert at.known.hero == (y, x + 4) and not at.known.level.guessed.any()


def test_a_thing_that_was_not_reached_is_looked_under_again():
    """A pet in a doorway ends the walk there."""
    at = Situation("--------\n|@.....|\n--------")
    at.play_while_legal("explore")
    level, (y, x) = at.known.level, at.known.hero
    square = (y, x + 4)
    level.guessed[square], level.objects[square] = True, thing("dagger")
    level._note_change()
    level.block((y, x + 2))
    assert list(walk(at.known, square)) == [] and level.guessed[square]
    level.unblock_around((y, x + 1))
    assert covered(level) == square


@pytest.mark.nethack
def test_a_heavy_pack_is_lightened_where_the_only_way_is_narrow():
    """A caveman carries 30 rocks and more; nobody squeezes past rock with more than 600."""
    at = wizard_game("cav-hum-law-mal")
    at.wish("30 rocks")
    level = Level()
    y, x = at.known.hero
    glyphs = np.full((21, 79), nh.GLYPH_CMAP_OFF, np.int16)
    glyphs[y, x], glyphs[y + 1, x + 1] = cmap("#"), cmap("#")
    level.observe(glyphs, (y, x))
    at.known.level = level
    level.bump((y + 1, x + 1), False, "You are carrying too much to get through.")
    assert level.frontier is None and lighter_way(level)
    item = _burden(at.known)
    assert item is not None and item.kind == "rock"
    for key in _lay_down(at.known, item):
        at.press(key)
    assert not any(i.letter == item.letter for i in at.known.inventory)
    assert level.tight == (not _light(at.known))


@pytest.mark.parametrize("beyond", [Terrain.STAIRS_DOWN, Terrain.DEADLY_TRAP])
def test_who_carries_less_gets_to_stairs_or_past_a_trap(beyond):
    """All is seen: there is a narrow way to what lies diagonally behind rock."""
    level = Level()
    glyphs = np.full((21, 79), nh.GLYPH_CMAP_OFF, np.int16)
    for square in ((10, 40), (11, 41), (11, 42)):
        glyphs[square] = cmap("#")
    level.observe(glyphs, (10, 40))
    level.seen[:] = True
    level.set_terrain((11, 41), beyond)
    level.seen[12, 43] = beyond == Terrain.STAIRS_DOWN
    assert not lighter_way(level)
    level.bump((11, 41), False, "You are carrying too much to get through.")
    assert level.frontier is None and lighter_way(level)


@pytest.mark.parametrize("drawing", [ROOM, TWO_ROOMS])
def test_explore_uncovers_all_that_can_be_reached(drawing):
    at = Situation(drawing)
    at.play_while_legal("explore")
    level = at.world.level
    unseen = [s for s, t in enumerate(level.terrain) if t in PASSABLE and level.seen[s] == BLANK]
    assert not unseen
    assert at.known.level.frontier is None


@pytest.mark.parametrize("seed", SEEDS)
def test_explore_ends_on_generated_levels(seed):
    at = Situation(seed=seed, levels=1, monsters=False)
    at.play_while_legal("explore")
    assert at.known.level.frontier is None and at.known.level.squares_seen > 40


def test_explore_ends_when_stairs_down_come_into_view():
    at = Situation("-------     -------\n|@....O#####O..>..O###\n-------     -------")
    for _ in range(10):
        ended = at.play("explore").ended
        if at.known.level.where(Terrain.STAIRS_DOWN):
            break
    assert ended == "done" and at.legal("explore")  # there is more to see to the east


def test_explore_goes_on_with_stairs_down_already_known():
    at = Situation("-------\n|@..>.O#####\n-------")
    at.play_while_legal("explore")
    assert at.known.level.frontier is None


def test_explore_does_not_go_through_closed_doors_or_peaceful_monsters():
    at = Situation("-----   -----\n|@..+###+...|\n-----   -----")
    at.play_while_legal("explore")
    assert not at.known.level.terrain[at.at(0, 10)]
    blocked = Situation("-----\n|@..O#p###\n-----")
    gnome = next(iter(blocked.world.level.monsters.values()))
    for _ in range(30):
        if not blocked.legal("explore"):
            break
        blocked.play("explore")
    assert gnome.peaceful and not gnome.hostile


def test_who_is_shut_up_in_a_corner_by_his_pack_lightens_it():
    """All is seen, no stairs are known; most of it is beyond a gap that is too narrow."""
    level = Level()
    glyphs = np.full((21, 79), nh.GLYPH_CMAP_OFF, np.int16)
    for square in ((10, 40), (11, 41), (11, 42), (11, 43)):
        glyphs[square] = cmap("#")
    level.observe(glyphs, (10, 40))
    level.seen[:] = True
    level.bump((11, 41), False, "You are carrying too much to get through.")
    assert level.frontier is None and lighter_way(level)


@pytest.mark.nethack
@pytest.mark.parametrize("character, wish, breaks", [
    ("wiz-hum-neu-mal", None, True),  # who knows force bolt
    ("val-hum-neu-fem", "wand of striking", True),
    ("val-hum-neu-fem", "wand of light", False),
])  # fmt: skip
def test_a_boulder_that_shuts_the_hero_in_is_shattered(character, wish, breaks):
    """Around who reads a scroll of earth in a corridor; none gives way there."""
    at = wizard_game(character)
    if wish is not None:
        at.wish(wish)
        wand = next(item for item in at.known.inventory if item.oclass == nh.WAND_CLASS)
        at.known.wands[wand.name] = wish.removeprefix("wand of ")  # as engraving with it told
    level, (y, x) = at.known.level, at.known.hero
    level.peace.see([])
    level.terrain[:] = Terrain.WALL
    level.objects[:] = -1
    level.seen[:] = True
    level.terrain[y, x + 1] = Terrain.FLOOR
    level.objects[y, x + 1] = BOULDER_GLYPH
    level.searched[y, x] = SEARCHED_FOR_LONG
    level.set_terrain((y, x), Terrain.FLOOR)
    plan = blast(at.known)
    assert (plan is not None) == breaks == at_wits_end(at)
    if plan is not None:
        assert plan.stand == (y, x) and plan.boulder == (y, x + 1)
        turn = at.known.stats.turn
        for key in shatter(at.known, plan):
            at.press(key)
        assert at.known.stats.turn > turn
    level.searched[y, x] = 0
    assert blast(at.known) is None


def at_wits_end(at) -> bool:
    """Whether nothing but a blast is left, and makes `explore` legal."""
    return _push(at.known) is None and REGISTRY["explore"].available(at.known)


def test_a_boulder_that_a_monster_holds_again_and_again_is_left_for_longer():
    at = beside_a_boulder()
    level, waits = at.known.level, []
    for _ in range(2):
        level.unmovable = {key: 0 for key in level.unmovable}
        for _ in _push_on(at.known, _push(at.known)):
            at.known.messages = ["You hear a monster behind the boulder."]
        waits += [until - at.known.stats.turn for until in level.unmovable.values()]
    assert waits == [PATIENCE, PATIENCE * STUBBORN]
