"""Promises of digging down, in the real game."""

import numpy as np
import pytest
from helpers.piles import drop
from helpers.screens import thing
from helpers.wizard import ENTER, ESCAPE, MAP, wizard_game
from nle import nethack as nh

from envs.data.glyphs import Terrain, species_named
from envs.data.objects import HELMET
from envs.knowledge import digging, equipment
from envs.knowledge.digging import can_dig, digger, digging_spot
from envs.knowledge.elbereth import on_elbereth
from envs.knowledge.exploring import SEARCHED_FOR_LONG
from envs.macros import REGISTRY
from envs.macros.base import direction
from envs.macros.dig import MAX_WRITINGS, STRANDED, _learn, _stand_on_elbereth
from envs.nethack.dungeons import MINES
from envs.situation import describe_situation, situation

pytestmark = pytest.mark.nethack
DIG = REGISTRY["dig"]


def test_dig_wants_a_tool():
    at = wizard_game("val-hum-neu-fem")
    assert not can_dig(at.known) and not DIG.available(at.known)
    at.wish("uncursed pick-axe")
    assert can_dig(at.known)
    assert "a digging tool in the pack" in describe_situation(situation(at.known))


@pytest.mark.parametrize("tool", ["uncursed pick-axe", "uncursed dwarvish mattock"])
def test_dig_falls_to_the_next_level(tool):
    at = wizard_game("arc-dwa-law-mal")
    at.go_to(5)
    at.wish(tool)
    for _ in range(20):
        if at.known.stats.depth == 6 or not DIG.available(at.known):
            break
        at.play("dig")
    assert at.known.stats.depth == 6


def with_a_wand(character, level):
    at = wizard_game(character)
    at.go_to(level)
    at.wish("wand of digging")
    wand = at.known.inventory[-1]
    identified = wand._replace(text="a wand of digging (0:5)", name="wand of digging (0:5)")
    at.known.inventory = (*at.known.inventory[:-1], identified)  # as after it was identified
    return at, wand.letter


def test_only_a_wand_sends_nobody_up_from_deep_in_the_mines():
    """Where it counts as a tool below a depth, and not above, the hero goes to and fro."""
    at, letter = with_a_wand("val-hum-neu-fem", 9)
    at.known.stats = at.known.stats._replace(dungeon=MINES)
    assert not can_dig(at.known)


@pytest.mark.parametrize("sticky", ["lichen", "large mimic"])
def test_who_is_held_fights_instead_of_walking_to_a_place_to_dig(sticky):
    at = wizard_game("arc-dwa-law-mal")
    at.go_to(5)
    level, hero = at.known.level, at.known.hero
    at.create("hostile newt")
    assert DIG.available(at.known)
    level.set_terrain(hero, Terrain.STAIRS_UP)
    assert digging_spot(at.known) != hero and DIG.available(at.known)
    (foe,) = [monster for monster in at.known.hostiles if monster.name == "newt"]
    level.peace.see([foe._replace(species=next(iter(species_named(sticky))))])
    assert not DIG.available(at.known)
    level.set_terrain(hero, Terrain.FLOOR)
    assert DIG.available(at.known)


@pytest.mark.parametrize("foes", [["soldier"], ["newt", "jackal", "gecko"]])
def test_who_has_a_tool_keeps_the_wand_for_haste(foes):
    """Who does not fear Elbereth, or a crowd, leaves no time for a tool."""
    at, letter = with_a_wand("arc-dwa-law-mal", 5)
    assert digger(at.known).kind == "pick-axe"
    wand = at.known.inventory[-1]
    for foe in foes:
        at.create(f"hostile {foe}")
    at.known.inventory = (*at.known.inventory[:-1], wand)
    assert digger(at.known).letter == letter
    keys = at.play("dig")
    assert at.known.stats.depth == 6 and keys.lstrip(":").startswith("z" + letter)


def test_who_has_only_a_wand_looks_for_a_tool_first_but_in_peril_or_lost_or_deep():
    at, letter = with_a_wand("val-hum-neu-fem", 5)
    wand = at.known.inventory[-1]
    assert digger(at.known) is None and not can_dig(at.known)
    at.create("hostile jackal")
    at.known.inventory = (*at.known.inventory[:-1], wand)
    assert digger(at.known) is None
    at.known.stats = at.known.stats._replace(hit_points=at.known.stats.max_hit_points // 3)
    assert digger(at.known).letter == letter and not can_dig(at.known)
    at.known.stats = at.known.stats._replace(hit_points=at.known.stats.max_hit_points)
    at.known.level.seen[:], at.known.level.searched[:] = True, SEARCHED_FOR_LONG
    at.known.level._note_change()
    assert digger(at.known).letter == letter  # no way leads on
    deep, letter = with_a_wand("val-hum-neu-fem", 9)
    assert digger(deep.known).letter == letter and can_dig(deep.known)


def test_stairs_are_left_before_digging():
    at = wizard_game("arc-dwa-law-mal")  # a game starts on the stairs up
    for _ in range(20):
        if at.known.stats.depth == 2:
            break
        at.play("dig")
    assert at.known.stats.depth == 2


def test_sokoban_is_not_dug():
    at = wizard_game("arc-dwa-law-mal")
    at.known.stats = at.known.stats._replace(dungeon=4)
    assert not DIG.available(at.known)


def test_a_shield_makes_way_for_a_mattock():
    """A mattock needs both hands, and one of them holds a shield (apply.c, use_pick_axe)."""
    at = wizard_game("val-hum-neu-fem")
    at.wish("uncursed dwarvish mattock")
    keys = at.play("dig")
    assert "T" in keys and not any("while wearing a shield" in text for text in at.said)
    assert can_dig(at.known)


def test_what_cannot_be_swung_is_given_up():
    at = wizard_game("val-hum-neu-fem")
    at.wish("cursed small shield")
    at.send("T")
    at.send("We")
    while at.known.prompt is not None:
        at.press(ENTER)
    at.wish("uncursed dwarvish mattock")
    keys = at.play("dig")
    assert any("while wearing a shield" in text for text in at.said)
    assert keys.count("a") == 1 and not can_dig(at.known)


def test_elbereth_is_written_again_in_the_pit():
    """The pit wipes out what was written (dig.c, digactualhole), and takes the longest."""
    at = wizard_game("arc-hum-neu-mal", seed=3)
    at.go_to(5)
    keys, said = "", []
    for _ in range(12):
        if at.known.stats.depth == 6 or not DIG.available(at.known):
            break
        keys += at.play("dig")
        said += at.said
    assert at.known.stats.depth == 6
    pit = next(i for i, text in enumerate(said) if "dig a pit" in text)
    assert any("Elbereth" in text for text in said[pit:])


def test_the_mines_are_not_dug():
    """They end soon: with a tool, the way is back up. Who is lost there for long digs after all."""
    at = wizard_game("arc-dwa-law-mal")
    at.go_to(3)
    assert DIG.available(at.known)
    at.known.stats = at.known.stats._replace(dungeon=MINES)
    assert not DIG.available(at.known)
    at.known.arrived -= STRANDED + 1
    assert DIG.available(at.known)


def test_who_knows_the_way_out_of_the_mines_is_not_lost_there():
    at = wizard_game("arc-dwa-law-mal")
    at.go_to(3)
    at.known.stats = at.known.stats._replace(dungeon=MINES)
    at.known.arrived -= STRANDED + 1
    y, x = at.known.level.nearest(at.known.level.terrain == Terrain.FLOOR)
    at.known.level.set_terrain((y, x), Terrain.STAIRS_UP)
    assert not DIG.available(at.known)
    at.known.level.set_terrain((y, x), Terrain.FLOOR)
    stairs = at.known.level.nearest(at.known.level.dist == 2)
    at.known.level.rooted = {stairs: 0}  # somebody who moves, or is struck
    at.known.level.set_terrain(stairs, Terrain.STAIRS_UP)
    assert not at.known.level.reachable(stairs) and not DIG.available(at.known)


def test_who_is_hurt_rests_before_a_dive_but_not_deep_down():
    at = wizard_game("arc-dwa-law-mal")
    at.go_to(3)
    at.known.stats = at.known.stats._replace(hit_points=at.known.stats.max_hit_points // 2)
    assert not DIG.available(at.known)
    at.known.stats = at.known.stats._replace(depth=12)
    assert DIG.available(at.known)


@pytest.mark.parametrize("attacks", [True, False])
def test_only_a_foe_that_ignores_elbereth_and_attacks_is_met_first(attacks):
    at = wizard_game("arc-dwa-law-mal")
    at.go_to(8)
    at.create("hostile Woodland-elf")
    at.known._attacks = {"Woodland-elf": at.known.stats.turn} if attacks else {}
    assert DIG.available(at.known) != attacks


def test_a_hole_is_not_dug_beside_water_nor_in_a_shop_nor_under_a_boulder():
    at = wizard_game("arc-dwa-law-mal")
    at.go_to(5)
    level, hero = at.known.level, at.known.hero
    level.set_terrain(hero, Terrain.FLOOR)
    assert digging_spot(at.known) == hero
    level.set_terrain((hero[0] - 1, hero[1]), Terrain.WATER)
    assert digging_spot(at.known) != hero
    level.set_terrain((hero[0] - 1, hero[1]), Terrain.FLOOR)
    for squares in (level.shop, level.rocky):
        squares.add(hero)
        assert digging_spot(at.known) != hero
        squares.clear()
    assert digging_spot(at.known) == hero


def test_an_empty_wand_of_digging_is_given_up():
    at = wizard_game("arc-dwa-law-mal")
    at.go_to(9)
    pick = next(item for item in at.known.inventory if item.kind == "pick-axe")
    at.known.given_up.add(pick.text)
    at.wish("wand of digging (0:0)")
    wand = at.known.inventory[-1]
    named = wand._replace(text="a wand of digging", name="wand of digging")
    at.known.inventory = (*at.known.inventory[:-1], named)  # as when its charges are not known
    assert can_dig(at.known)
    for _ in range(3):
        if can_dig(at.known) and at.known.stats.depth == 9:
            at.play("dig")
    assert not can_dig(at.known) or at.known.stats.depth == 10  # one in 121 zaps wrests a charge


def test_whom_something_holds_over_the_hole_kills_it_first():
    """A lichen, say: who is held does not fall, and digs in vain (trap.c, fall_through)."""
    at = wizard_game("arc-hum-neu-mal", seed=1)
    at.go_to(5)
    level, hero = at.known.level, at.known.hero
    at.known.messages = ["There's a gaping hole under you!  You don't fall in."]
    _learn(at.known, level, hero, digger(at.known), 0)
    assert level.terrain[hero] == Terrain.HOLE
    assert DIG.available(at.known) and digging_spot(at.known) == hero
    at.create("hostile lichen")
    assert not DIG.available(at.known)


def test_who_stands_on_stairs_that_are_not_known_looks_before_zapping_down(monkeypatch):
    """The beam would come back from the ceiling with a rock (zap.c, zap_dig)."""
    monkeypatch.setattr(digging, "TOO_LATE", 0)  # no tool is looked for first
    at = wizard_game("wiz-hum-neu-mal")
    at.wish("blessed wand of digging")
    wand = at.known.inventory[-1]
    identified = wand._replace(text="a wand of digging (0:5)", name="wand of digging (0:5)")
    at.known.inventory = (*at.known.inventory[:-1], identified)
    stairs = at.known.hero
    at.known.arrived = at.known.stats.turn  # as in the first turn of a game
    assert at.known.level.terrain[stairs] != Terrain.STAIRS_UP
    at.play("dig")
    assert at.known.levels[(0, 1)].terrain[stairs] == Terrain.STAIRS_UP
    assert not any("bounces" in text for text in at.said)


def test_elbereth_is_written_until_it_is_right():
    """A letter of dust fails once in 25 times, and so a word in four (engrave.c, doengrave)."""
    right = 0
    for seed in range(6):
        at = wizard_game("arc-hum-neu-mal", seed)
        at.go_to(4)
        at.known.level.set_terrain(at.known.hero, Terrain.TRAP)  # as in the pit
        for key in _stand_on_elbereth(at.known, MAX_WRITINGS):
            at.press(key)
        right += on_elbereth(at.known)
    assert right == 6


def test_a_list_of_goods_underfoot_tells_that_nothing_is_to_be_dug_there():
    at = wizard_game("arc-dwa-law-mal", seed=2)
    at.go_to(2)
    at.go_to(3)  # into a shop
    goods = next(
        square
        for square in sorted(at.known.level.shop, key=lambda s: int(at.known.level.dist[s]))
        if at.known.level.objects[square] >= 0
    )
    for square in at.known.level.path(goods):
        at.press(direction(at.known.hero, square))
    assert at.known.hero == goods
    at.send("d" + next(i.letter for i in at.known.inventory if "food ration" in i.text))
    while at.known.prompt is not None:
        at.press(ESCAPE)
    at.known.level.ignored.clear()
    at.known.begin_command()
    at.send(":")
    assert at.known.hero in at.known.level.ignored


def test_who_cannot_leave_a_shop_digs_in_it():
    """The keeper may take the pack, but not the tool in hand (shk.c, shopdig)."""
    at = wizard_game("arc-dwa-law-mal", seed=2)
    at.go_to(2)
    at.go_to(3)  # into a shop
    level = at.known.level
    level.ignored.add(at.known.hero)  # as when the game tells of goods for sale there
    spot = digging_spot(at.known)
    assert spot != at.known.hero and spot in level.shop and level.objects[spot] < 0
    for _ in range(20):
        if at.known.stats.depth == 4:
            break
        at.play("dig")
    assert at.known.stats.depth == 4 and can_dig(at.known)
    assert not any("stole" in text for text in at.said)


def with_gold(seed, steps=0):
    """A hero who just came to a level, and 300 pieces of gold so many steps away."""
    at = wizard_game("arc-dwa-law-mal", seed)
    at.go_to(6)
    at.wish("300 gold pieces")
    pile = at.known.hero
    drop(at, "$")
    at.press(MAP)
    away = tuple(np.argwhere(at.known.level.dist == steps)[0])
    for square in at.known.level.path(away) if steps else ():
        at.press(direction(at.known.hero, square))
    at.known.arrived = at.known.stats.turn
    assert at.known.stats.gold == 0 and at.known.level.dist[pile] == steps
    assert not steps or at.known.level.objects[pile] >= 0  # no pet stands on it, or took it
    return at


def test_gold_underfoot_is_worth_a_turn():
    at = with_gold(3)
    at.play("dig")
    assert (at.known.stats.gold, at.known.stats.depth) == (300, 7)


@pytest.mark.parametrize(("seed", "steps", "taken"), [
    (3, 1, True), (4, 2, True), (6, 2, True), (13, 2, True),
    (3, 3, False), (4, 3, False), (6, 7, False),
])  # fmt: skip
def test_the_hole_is_dug_where_gold_lies_close_by(seed, steps, taken):
    at = with_gold(seed, steps)
    at.play("dig")
    assert at.known.stats.depth == 7
    least, most = (291, 300) if taken else (0, 0)  # the pet may hold a piece
    assert least <= at.known.stats.gold <= most


def test_gold_is_let_lie_among_foes():
    at = with_gold(3)
    at.create("hostile newt")
    at.known.arrived = at.known.stats.turn
    at.play("dig")
    assert at.known.stats.gold == 0


@pytest.mark.parametrize("helmet, hit_points, digs", [
    (None, 31, False), (None, 32, True), ("dwarvish iron helm", 10, True), ("fedora", 31, False),
])  # fmt: skip
def test_an_iron_ball_falls_on_who_falls(helmet, hit_points, digs):
    """ball.c, ballfall: 25 to 31 hit points, four times in five."""
    at = wizard_game("arc-dwa-law-mal", seed=3)
    at.go_to(6)
    pack = [item for item in at.known.inventory if equipment.slot_of(item) != HELMET]
    if helmet is not None:
        pick = pack[0]
        hat = f"{helmet} (being worn)"
        worn = pick._replace(text=hat, name=helmet, glyph=thing(helmet), oclass=nh.ARMOR_CLASS)
        pack.append(worn)
    at.known.inventory = tuple(pack)
    at.known.stats = at.known.stats._replace(hit_points=hit_points)
    assert DIG.available(at.known)
    at.known.chained = True
    assert DIG.available(at.known) == digs
