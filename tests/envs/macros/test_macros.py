"""Promises of the macro-actions, on situations built on the stub."""

import numpy as np
import pytest
from helpers.situations import Situation, fallen
from hypothesis import given, settings
from hypothesis import strategies as st
from nle import nethack as nh

from envs.data.glyphs import Terrain
from envs.data.monsters import KEEPERS, NEVER_MELEE, safe_to_eat, species_named
from envs.knowledge.knowledge import Prompt
from envs.macros import REGISTRY, describe, make_macros
from envs.stub.dungeon import BLANK
from envs.stub.things import DOORWAY, OPEN_DOORS, PASSABLE, apples, food_ration

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
STAIRS = "-------\n|@...>|\n-------", "-------\n|<....|\n-------"
ONE_WAY = "---------\n|.......+\n|..@....|\n---------"
SEEDS = range(8)


def monsters(at: Situation) -> list[str]:
    return [monster.species.name for monster in at.world.level.monsters.values()]


def struck(played) -> bool:
    return any(word in played.said for word in ("You hit", "You miss", "You kill", "gets angry"))


# explore


@pytest.mark.parametrize("drawing", [ROOM, TWO_ROOMS])
def test_explore_uncovers_all_that_can_be_reached(drawing):
    at = Situation(drawing)
    at.play_while_legal("explore")
    level = at.world.level
    unseen = [s for s, t in enumerate(level.terrain) if t in PASSABLE and level.seen[s] == BLANK]
    assert not unseen
    assert at.known.level.frontier() is None


@pytest.mark.parametrize("seed", SEEDS)
def test_explore_ends_on_generated_levels(seed):
    at = Situation(seed=seed, levels=1, monsters=False)
    at.play_while_legal("explore")
    assert at.known.level.frontier() is None and at.known.level.squares_seen > 40


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
    assert at.known.level.frontier() is None


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


# stairs


def test_descend_and_ascend_change_the_level():
    at = Situation(*STAIRS)
    down = at.play("descend")
    assert at.world.depth == 2 and down.ended == "another level"
    assert at.legal("ascend") and not at.legal("descend")  # the stairs underfoot are remembered
    at.play("ascend")
    assert at.world.depth == 1 and at.legal("descend")


def test_stairs_are_walked_to_by_the_shortest_way():
    at = Situation(*STAIRS)
    assert at.play("descend").keys.startswith("llll>")


def test_ascend_never_leaves_the_dungeon():
    at = Situation("-------\n|@.<..|\n-------")
    assert at.known.level.where(Terrain.STAIRS_UP) and not at.legal("ascend")
    at.press("ll")
    assert not at.legal("ascend")


def test_descend_wants_stairs_that_are_known_and_within_reach():
    assert not Situation(ROOM).legal("descend")
    assert not Situation("-------\n|@..|>|\n-------").legal("descend")


def test_stairs_that_are_none_are_forgotten():
    """The last level's stairs lead nowhere: "You can't go down here."."""
    at = Situation("-------\n|@...>|\n-------")
    assert "can't go down here" in at.play("descend").said
    assert not at.legal("descend")


# fight


@pytest.mark.parametrize("name", ["newt", "jackal", "sewer rat", "lichen", "hill orc", "wolf"])
def test_fight_kills_the_monster(name):
    at = Situation(ROOM, hp=200)
    at.spawn(name, 0, 3)
    at.play_while_legal("fight")
    assert monsters(at) == [] and at.world.experience > 0


def test_fight_goes_to_the_nearest():
    at = Situation("--------------\n|:..@....:...|\n--------------", hp=100)
    assert at.play("fight").keys[0] == "h"


def test_fight_reaches_round_corners_and_through_doors():
    at = Situation("-----   -----\n|@..O###O..F|\n-----   -----", hp=100)
    at.play_while_legal("explore")
    at.play_while_legal("fight")
    assert monsters(at) == []


def test_fight_declines_to_attack_a_peaceful_one_and_remembers_it():
    at = Situation("-----\n|@p.|\n-----")
    (gnome,) = at.world.level.monsters.values()
    played = at.play("fight")
    assert "Really attack the gnome?" in played.said and played.ended == "question declined"
    assert gnome.peaceful and not struck(played)
    for _ in range(10):
        assert not at.legal("fight")
        at.play("search")
    assert gnome.peaceful


@pytest.mark.parametrize("seed", SEEDS)
def test_fight_among_peacefuls_harms_none_of_them(seed):
    at = Situation("-------\n|p..:p|\n|..@..|\n|F.p..|\n-------", seed=seed, hp=200)
    gnomes = [m for m in at.world.level.monsters.values() if m.peaceful]
    for _ in range(40):
        if not at.legal("fight"):
            break
        at.play("fight")
    assert len(gnomes) == 3 and all(gnome.peaceful and gnome.hp > 0 for gnome in gnomes)
    assert set(monsters(at)) == {"gnome"}


def test_fight_leaves_pets_alone():
    at = Situation("-----\n|@P.|\n-----")
    assert not at.legal("fight")


def test_fight_never_hits_what_harms_who_hits_it():
    at = Situation("-------\n|e@...|\n-------", hp=100)
    (eye,) = at.world.level.monsters.values()
    hp = eye.hp
    assert not at.legal("fight")
    at.spawn("newt", 0, 2)
    at.play_while_legal("fight")
    assert eye.hp == hp and monsters(at) == ["floating eye"]


def test_the_monsters_that_are_never_hit():
    """wiki: Passive attack. Those whose passive kills or disables; and shopkeepers and guards."""
    assert species_named("floating eye", "cockatrice", "blue jelly", "gas spore") <= NEVER_MELEE
    assert species_named("shopkeeper", "watchman", "aligned priest", "Oracle") <= KEEPERS
    assert not NEVER_MELEE & species_named("newt", "jackal", "hill orc", "lichen")


def test_fight_leaves_keepers_alone():
    at = Situation(ROOM)
    at.spawn("watchman", 0, 1, peaceful=True)
    assert not at.legal("fight")


def test_fight_is_legal_inside_a_monster():
    at = Situation(ROOM)
    y, x = at.known.hero
    at.known.observation["glyphs"][y, x - 1] = nh.GLYPH_SWALLOW_OFF
    assert REGISTRY["fight"].available(at.known)
    keys = REGISTRY["fight"].play(at.known)
    assert (next(keys), next(keys)) == (ord("F"), ord("j"))


def test_an_unseen_monster_is_hit_with_the_fight_key():
    """Walking would not attack; and F asks nothing, so it is for what can't be seen only."""
    at = Situation(ROOM)
    y, x = at.known.hero
    at.known.observation["glyphs"][y, x + 1] = nh.GLYPH_INVIS_OFF
    at.known.update()
    assert at.play("fight").keys.startswith("Fl")


def test_monsters_out_of_reach_are_no_reason_to_fight():
    assert not Situation("---------\n|@..|..F|\n---------").legal("fight")
    far = Situation("-" * 40 + "\n|@" + "." * 35 + "F.|\n" + "-" * 40)
    assert far.known.hostiles and not far.legal("fight")


# rest


def test_rest_waits_for_hit_points():
    at = Situation(ROOM, hp=40)
    at.set(hp=10)
    turn = at.world.turn
    at.play("rest")
    assert at.world.hp > 10 and at.world.turn >= turn + 20


def test_rest_ends_when_well():
    at = Situation(ROOM, hp=10)
    at.set(hp=7)
    assert at.play_while_legal("rest") >= 1
    assert at.world.hp >= 9  # nine tenths


def test_rest_stops_when_a_hostile_comes_into_view():
    at = Situation(ROOM, hp=40)
    at.set(hp=10)

    def appear(sent):
        if sent == 6:
            at.spawn("newt", -1, -3)

    played = at.play("rest", during=appear)
    assert played.ended == "new hostile in view" and len(played.keys) <= 9
    assert not at.legal("rest")


def test_rest_is_for_the_hurt_and_unthreatened():
    assert not Situation(ROOM).legal("rest")
    at = Situation(ROOM)
    at.set(hp=5)
    assert at.legal("rest")
    at.spawn("gnome", 0, 3, peaceful=True)
    at.known.level.mark_peaceful(at.at(0, 3))
    assert at.legal("rest")
    at.spawn("newt", 1, 3)
    assert not at.legal("rest")


# search


@pytest.mark.parametrize(
    "drawing",
    [
        "-------\n|.....|\n|..@..S###\n|.....|\n-------",
        "-----\n|.@.O####s###\n-----",
        "-----\n|.@.|\n--S--\n  #\n  ##",
    ],
)
@pytest.mark.parametrize("seed", range(3))
def test_search_finds_what_is_hidden(drawing, seed):
    """15 turns beside it miss it with probability (6/7)^15 < 0.1; it also has to be beside it."""
    at = Situation(drawing, seed=seed)
    at.play_while_legal("explore")
    for _ in range(30):
        at.play("search")
        if not at.world.level.hidden:
            return
    pytest.fail("nothing was found")


def test_search_takes_its_turns_and_remembers_where():
    at = Situation(ROOM)
    turn = at.world.turn
    at.play("search")
    y, x = at.known.hero
    assert at.world.turn >= turn + 15
    assert at.known.level.searched[y - 1 : y + 2, x - 1 : x + 2].min() >= 15


def test_search_is_always_legal():
    for drawing in (ROOM, "---\n|@|\n---", "@"):
        assert Situation(drawing).legal("search")
        Situation(drawing).play("search")


# eat


def test_eat_when_hungry():
    at = Situation(ROOM, nutrition=140)
    at.play("eat")
    assert at.world.nutrition > 140 + 700  # a food ration is 800, less the turns it takes
    assert not at.legal("eat") and "d" not in at.world.items


def test_eat_is_for_the_hungry_who_have_food():
    assert not Situation(ROOM, nutrition=900).legal("eat")
    at = Situation(ROOM, nutrition=140)
    assert at.legal("eat")
    del at.world.items["d"]
    at.set()
    assert not at.legal("eat")


def test_eat_takes_from_the_pack_and_not_what_lies_underfoot():
    at = Situation(ROOM, nutrition=140)
    at.lay(apples(3))
    at.play("eat")
    (pile,) = at.world.level.items.values()
    assert pile[0].count == 3 and "d" not in at.world.items


def test_eat_goes_to_a_fresh_corpse():
    at = Situation(ROOM, nutrition=140)
    at.lay(fallen("newt"), dx=2)
    at.known.level.fresh_corpses[at.at(0, 2)] = at.known.stats.turn
    played = at.play("eat")
    assert "newt corpse" in played.said and not at.world.level.items
    assert "d" in at.world.items


@pytest.mark.parametrize("name, age", [("newt", 60), ("bat", 0)])
def test_eat_leaves_old_and_harmful_corpses(name, age):
    at = Situation(ROOM, nutrition=140)
    at.set(turn=100)
    at.lay(fallen(name), dx=2)
    at.known.level.fresh_corpses[at.at(0, 2)] = 100 - age
    at.play("eat")
    assert at.world.level.items and "d" not in at.world.items


def test_eat_is_not_given_up_when_interrupted_on_arrival():
    at = Situation(ROOM, nutrition=140)
    del at.world.items["d"]
    at.lay(fallen("newt"), dx=2)
    at.known.level.fresh_corpses[at.at(0, 2)] = at.known.stats.turn
    played = at.play("eat", during=lambda sent: sent == 2 and at.spawn("floating eye", -1, -5))
    assert played.ended == "new hostile in view" and at.world.level.items
    assert at.legal("eat")


@pytest.mark.parametrize(
    "name, safe",
    [
        ("newt", True), ("jackal", True), ("sewer rat", True), ("wolf", True),
        ("cockatrice", False), ("kobold", False), ("acid blob", False), ("gnome zombie", False),
        ("green slime", False), ("little dog", False), ("human", False), ("lizard", True),
    ],
)  # fmt: skip
def test_corpses_that_are_safe(name, safe):
    """wiki: Corpse. Poison, acid, rot, petrification, pets and one's own kind are not."""
    (species,) = species_named(name)
    assert bool(safe_to_eat(species)) == safe


# pray


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
    at.set(turn=at.world.turn + 450)
    assert not at.legal("pray")
    at.set(turn=at.world.turn + 100)
    assert at.legal("pray")


# pickup


def test_pickup_of_one_thing():
    at = Situation("-------\n|@.$..|\n-------")
    at.play("pickup")
    assert at.world.gold == 24 and not at.world.level.items and not at.legal("pickup")


def test_pickup_from_a_menu_takes_all_that_is_wanted():
    at = Situation("-------\n|@.&..|\n-------")
    at.play("pickup")
    assert at.world.gold == 24 and not at.world.level.items
    assert {"food ration", "apple"} <= {item.name for item in at.world.items.values()}


def test_pickup_leaves_what_is_not_wanted():
    at = Situation(ROOM)
    for item in (fallen("newt"), food_ration()):
        at.lay(item, dx=2)
    at.play("pickup")
    (left,) = at.world.level.items.values()
    assert [item.name for item in left] == ["newt corpse"]
    assert not at.legal("pickup")


def test_pickup_chooses_by_the_headings_of_the_menu():
    """The stub has no weapons: the menu is laid over its screen by hand, once the key is sent."""
    at = Situation("-------\n|@$...|\n-------")
    known = at.known
    keys = REGISTRY["pickup"].play(known)
    at.press(chr(next(keys)))
    assert next(keys) == ord(",")
    for row, line in enumerate(
        ("Pick up what?", "", "Coins", "$ - 24 gold pieces", "Weapons", "a - a bullwhip",
         "Potions", "b - a murky potion", "(end)")
    ):  # fmt: skip
        known.observation["tty_chars"][row, 41:80] = list(line.ljust(39).encode())
    known.prompt = Prompt("menu", "")
    assert [chr(next(keys)) for _ in range(3)] == ["$", "b", "\r"]


def test_pickup_does_not_fetch_corpses():
    at = Situation(ROOM)
    at.lay(fallen("newt"), dx=2)
    assert not at.legal("pickup")


def test_pickup_takes_nothing_in_a_shop(monkeypatch):
    """The stub has no shopkeepers: a watchman plays one."""
    monkeypatch.setattr("envs.knowledge.shops.SHOPKEEPERS", species_named("watchman"))
    at = Situation("-------\n|@.$..|\n-------")
    at.spawn("watchman", 0, 4, peaceful=True)
    assert not at.legal("pickup")


def test_pickup_is_not_given_up_when_interrupted_on_arrival():
    at = Situation("--------\n|@$....|\n--------")
    played = at.play("pickup", during=lambda sent: sent == 1 and at.spawn("lichen", 0, 4))
    assert played.ended == "new hostile in view" and at.world.gold == 0
    assert at.legal("pickup")


# door


@pytest.mark.parametrize("seed", SEEDS)
def test_door_opens_the_nearest_and_pulls_again_when_it_resists(seed):
    """A pull fails with probability 1/4 here; 8 seeds without one have probability 0.1."""
    at = Situation(ONE_WAY, seed=seed)
    at.play("door")
    assert set(at.world.level.terrain) & OPEN_DOORS and not at.legal("door")


@pytest.mark.parametrize("seed", SEEDS)
def test_door_kicks_a_locked_one_in(seed):
    at = Situation(ONE_WAY.replace("+", "L"), seed=seed, hp=50)
    played = at.play("door")
    assert "This door is locked." in played.said and "\x04" in played.keys
    assert DOORWAY in at.world.level.terrain  # broken


def test_door_stands_before_it_and_not_at_its_corner():
    at = Situation("----\n|@.+\n|..|\n----")
    at.play("door")
    assert set(at.world.level.terrain) & OPEN_DOORS


def test_door_of_a_closed_shop_is_left_alone():
    at = Situation("----\n|..L\n|@.|\n----")
    at.world.say('You read: "Closed for inventory".')  # engraved before a shop's locked door
    assert "\x04" not in at.play("door").keys
    assert not at.legal("door")


def test_door_is_not_given_up_when_interrupted():
    at = Situation("--------\n|@.....+\n--------")
    played = at.play("door", during=lambda sent: sent == 2 and at.spawn("lichen", 0, 2))
    assert played.ended == "new hostile in view"
    at.play_while_legal("fight")
    assert at.legal("door")


def test_door_wants_one_within_reach():
    assert not Situation(ROOM).legal("door")
    assert not Situation("---------\n|@..|..+\n---------").legal("door")
    assert not Situation("-----\n|@..O\n-----").legal("door")


# all of them


def test_every_macro_action_says_what_it_does_and_how_long_it_may_take():
    for name, macro in REGISTRY.items():
        assert macro.name == name and 0 < macro.budget <= 200
        assert len(describe(macro)) > 10 and "\n" not in describe(macro)


def test_macro_actions_come_in_the_order_asked_for():
    assert make_macros(("search", "fight")) == (REGISTRY["search"], REGISTRY["fight"])
    assert [macro.name for macro in make_macros()] == list(REGISTRY)


SETTINGS = st.fixed_dictionaries(
    {
        "hp": st.integers(3, 60),
        "nutrition": st.integers(-50, 1200),
        "prayer_timeout": st.integers(0, 400),
        "pet": st.booleans(),
        "levels": st.integers(1, 3),
    }
)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**31), SETTINGS, st.data())
def test_every_macro_action_ends_within_its_budget_and_passes_time_at_last(seed, given_, data):
    at = Situation(seed=seed, max_turns=600, **given_)
    rng = np.random.default_rng(data.draw(st.integers(0, 2**31)))
    still, turn = 0, at.world.turn
    for _ in range(60):
        legal = np.flatnonzero(at.env.action_masks())
        name = at.names[rng.choice(legal)]
        played = at.play(name)
        assert 1 <= len(played.keys) <= REGISTRY[name].budget + 101
        if at.env.env.terminated or at.env.env.truncated:
            break
        still = 0 if at.world.turn > turn else still + 1
        turn = at.world.turn
        assert still <= 6
        assert at.known.prompt is None or at.known.prompt.kind == "more"


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**31), st.sampled_from(list(REGISTRY)))
def test_a_macro_action_played_anywhere_says_nothing_rash(seed, name):
    """Whatever is asked, no peaceful monster is attacked and the dungeon is not left."""
    at = Situation(seed=seed, levels=2, hp=60, max_turns=400)
    rng = np.random.default_rng(seed)
    for _ in range(25):
        legal = at.env.action_masks()
        index = at.names.index(name)
        choice = index if legal[index] else rng.choice(np.flatnonzero(legal))
        played = at.play(at.names[choice])
        assert "gets angry" not in played.said
        if at.env.env.terminated or at.env.env.truncated:
            break
    assert at.world.cause != "escaped"


def test_play_starts_by_clearing_what_is_still_on_the_screen():
    """A question left open by someone else is declined before the first key."""
    at = Situation(ROOM)
    at.press(chr(240))
    assert at.known.prompt is not None
    played = at.play("search")
    assert played.keys[0] == "\x1b" and at.known.prompt is None
    assert at.world.prayer_timeout > 200 and "You begin praying" not in played.said
