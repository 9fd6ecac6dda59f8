"""Promises of fighting: whom to hit, whom to leave alone, and where to stand."""

import pytest
from helpers.screens import thing
from helpers.situations import Situation, show
from helpers.wizard import wizard_game
from nle import nethack as nh

from envs.data.monsters import KEEPERS, NEVER_MELEE, species_named
from envs.knowledge.exploring import SEARCHED_FOR_LONG, exits
from envs.knowledge.inventory import Item
from envs.knowledge.knowledge import Hunger
from envs.knowledge.peace import Monster
from envs.macros import REGISTRY
from envs.macros.aim import LATELY
from envs.macros.fight import LEFT_ALONE, MAX_EXITS, _bearable

SMALL_ROOM = "---------\n|.......|\n|...@...|\n|.......|\n---------"
SEEDS = range(8)

ROOM = "-----------\n|.........|\n|....@....|\n|.........|\n-----------"
FIGHT = REGISTRY["fight"]


def test_the_most_harm_for_the_fewest_blows_is_hit_first():
    at = Situation(ROOM, hp=100)
    for name, dy, dx in (("lichen", 0, -1), ("giant ant", -1, 0), ("newt", 1, 1)):
        at.spawn(name, dy, dx)
    assert at.play("fight").keys[0] == "k"


def test_who_calls_others_is_hit_before_those_who_do_more_harm():
    at = Situation(ROOM, hp=100)
    at.spawn("giant ant", -1, 0)
    show(at, "wererat", 0, -1)
    assert at.play("fight").keys[0] == "h"


def test_one_beside_the_hero_comes_before_one_further_away():
    at = Situation(ROOM, hp=100)
    at.spawn("lichen", 0, -1)
    at.spawn("wolf", 0, 3)
    assert at.play("fight").keys[0] == "h"


@pytest.mark.parametrize("seed", range(5))
def test_a_monster_that_comes_is_let_come(seed):
    """Who steps beside the other is hit first: the hero never makes the last step."""
    at = Situation("------------------\n|@...............|\n------------------", seed=seed, hp=100)
    at.spawn("jackal", 0, 8)
    start, turn = at.known.hero, at.known.stats.turn
    steps = []

    def note(sent):
        if any(at.known.adjacent(m.square) for m in at.known.hostiles):
            steps.append((at.known.hero[1] - start[1], at.known.stats.turn - turn))

    at.play("fight", during=note)
    walked, turns = steps[0]
    assert walked < turns  # a turn at least was spent waiting


def test_fight_does_not_go_to_what_stays_where_it_is():
    at = Situation(ROOM)
    for name in ("brown mold", "shrieker", "blue jelly"):
        show(at, name, 0, 3)
        legal = FIGHT.available(at.known)
        assert legal == (name == "shrieker")  # it creeps, and can't hurt


def test_fight_does_not_go_to_the_water():
    at = Situation(ROOM)
    show(at, "giant eel", 0, 3)
    assert not FIGHT.available(at.known)
    show(at, "newt", 1, 3)
    assert FIGHT.available(at.known)


def test_who_is_lost_from_sight_on_the_way_is_left_alone_for_a_while():
    """The way leads round a wall; what the hero does next leads back to where it is in view."""
    at = Situation(ROOM)
    show(at, "lichen", 0, 4)
    (square,) = [monster.square for monster in at.known.hostiles]

    def gone(sent):
        at.known.observation["glyphs"][square] = at.known.observation["glyphs"][at.at(1, 0)]
        at.known.update()

    at.play("fight", gone)
    show(at, "lichen", square[0] - at.known.hero[0], square[1] - at.known.hero[1])
    assert at.known.hostiles and not at.legal("fight")
    at.known.level.out_of_sight[square] -= LEFT_ALONE
    assert at.legal("fight")


def test_nobody_is_left_alone_where_one_was_killed():
    at = Situation(ROOM)
    at.spawn("lichen", 0, 3)
    at.play("fight")
    assert not at.known.hostiles and not at.known.level.out_of_sight


def test_fast_monsters_far_away_are_not_chased():
    at = Situation("-" * 14 + "\n|@" + "." * 11 + "|\n" + "-" * 14)
    show(at, "giant bat", 0, 10)
    assert not FIGHT.available(at.known)
    at = Situation("-" * 14 + "\n|@" + "." * 11 + "|\n" + "-" * 14)
    show(at, "giant bat", 0, 4)
    assert FIGHT.available(at.known)


def test_a_mold_in_the_only_way_is_hit_when_the_hero_can_bear_it():
    """Its answer is 2d6 (level 1); about four blows kill it."""
    closed_in = "----\n|@.|\n----"
    strong, weak = Situation(closed_in, hp=60), Situation(closed_in, hp=12)
    for at in (strong, weak):
        show(at, "brown mold", 0, 1)
    assert FIGHT.available(strong.known) and not FIGHT.available(weak.known)
    show(strong, "floating eye", 0, 1)
    assert not FIGHT.available(strong.known)
    elsewhere = Situation("------\n|@...O##\n------", hp=60)  # there is more to see
    show(elsewhere, "brown mold", 1, 0)
    assert not FIGHT.available(elsewhere.known)


CLOSED_IN = "----\n|@.|\n----"


def test_a_gas_spore_in_the_only_way_is_burst_by_who_outlives_it():
    """It does 4d6; the starving have no choice, nor have those who wait in vain (monst.c)."""
    for hp, hunger, turns, bursts in (
        (24, 1, 0, True), (12, 1, 0, False), (12, 3, 0, True), (12, 1, SEARCHED_FOR_LONG, True),
    ):  # fmt: skip
        at = Situation(CLOSED_IN, hp=hp)
        show(at, "gas spore", 0, 1)
        at.known.stats = at.known.stats._replace(hunger=hunger)
        at.known.level.searched[at.known.hero] = turns
        assert FIGHT.available(at.known) == bursts


def test_a_gas_spore_that_bars_the_way_is_burst_when_the_pet_has_gone():
    """Its blast killed the kitten of 1 hero in 100, and no god helped them after that."""
    at = Situation(CLOSED_IN, hp=48)
    show(at, "gas spore", 0, 1)
    at.known.level.pet_seen = at.known.stats.turn
    assert not FIGHT.available(at.known)
    at.known.level.pet_seen = at.known.stats.turn - LATELY
    assert FIGHT.available(at.known)


def test_of_two_gas_spores_one_sets_off_the_other():
    for hp, bursts in ((48, True), (36, False)):
        at = Situation("----\n|@.|\n|..|\n----", hp=hp)
        for dy, dx in ((0, 1), (1, 0), (1, 1)):
            show(at, "gas spore" if dx != dy else "blue jelly", dy, dx)
        assert FIGHT.available(at.known) == bursts


def test_a_mold_that_bars_the_way_is_gone_to_even_if_it_is_out_of_view_by_now():
    """In the dark, molds are seen only from beside them."""
    at = Situation("-----------\n|.@.......|\n-----------", hp=60)
    floor = at.known.observation["glyphs"][at.at(0, 3)]
    show(at, "yellow mold", 0, 3)
    at.known.observation["glyphs"][at.at(0, 3)] = floor
    at.known.update()
    assert not at.known.hostiles and not at.known.level.reachable(at.at(0, 3))
    assert FIGHT.available(at.known) and at.play("fight").keys.startswith("l")
    small = Situation("-----------\n|.@.......|\n-----------", hp=8)
    show(small, "yellow mold", 0, 3)
    assert not FIGHT.available(small.known)


def test_a_floating_eye_in_the_only_way_is_hit_only_after_a_long_wait_in_safety():
    at = Situation(CLOSED_IN, hp=20)
    show(at, "floating eye", 0, 1)
    assert not FIGHT.available(at.known)
    at.known.level.searched[at.known.hero] = SEARCHED_FOR_LONG
    assert FIGHT.available(at.known)
    well = at.known.stats
    for worse in ({"hit_points": 5}, {"hunger": Hunger.HUNGRY}):
        at.known.stats = well._replace(**worse)
        assert not FIGHT.available(at.known)


def test_only_a_weapon_touches_a_cockatrice():
    at = Situation(ROOM)
    show(at, "cockatrice", 0, 1)
    assert FIGHT.available(at.known) == any(item.wielded for item in at.known.inventory)
    at.known.stats = at.known.stats._replace(monster_level=3)  # in a monster's body: it bites
    assert not FIGHT.available(at.known)
    far = Situation(ROOM)
    show(far, "cockatrice", 0, 3)
    assert not FIGHT.available(far.known)


def test_who_is_held_strikes_at_the_holder():
    at = Situation(ROOM, hp=100)
    for name, dy, dx in (("lichen", 0, -1), ("giant ant", -1, 0)):
        at.spawn(name, dy, dx)
    at.known.messages.append("You cannot escape from the lichen!")
    assert at.play("fight").keys[0] == "h"


def test_a_group_is_met_where_few_can_attack_at_once():
    hall = "|" + "." * 13 + "|\n"
    at = Situation(f"---------------\n{hall}#.@{hall[4:]}{hall}---------------", hp=30)
    for dy in (-1, 0, 1):
        at.spawn("jackal", dy, 8)
    at.play("fight")
    assert exits(at.known.level, at.known.hero) <= MAX_EXITS and at.world.hp == 30


def test_a_single_weak_monster_is_met_anywhere():
    hall = "|" + "." * 13 + "|\n"
    at = Situation(f"---------------\n{hall}#.@{hall[4:]}{hall}---------------", hp=30)
    at.spawn("jackal", 0, 8)
    at.play("fight")
    assert exits(at.known.level, at.known.hero) > MAX_EXITS


def test_what_petrifies_or_paralyses_is_never_hit():
    assert species_named(
        "floating eye", "cockatrice", "chickatrice", "blue jelly", "acid blob"
    ) <= (NEVER_MELEE)


def test_the_unseen_that_only_answers_blows_is_let_alone():
    """A blue jelly freezes who hits it (uhitm.c, passive)."""
    at = Situation(ROOM, hp=100)
    y, x = at.at(0, 1)
    at.known.observation["glyphs"][y, x] = nh.GLYPH_INVISIBLE
    at.known.update()
    assert FIGHT.available(at.known)
    keys = FIGHT.play(at.known)
    assert [next(keys), next(keys)] == [ord("F"), ord("l")]
    at.known.messages = ["You are suddenly very cold!"]
    next(keys, None)
    assert not FIGHT.available(at.known) and at.known.level.blocked[y, x]


def monsters(at: Situation) -> list[str]:
    return [monster.species.name for monster in at.world.level.monsters.values()]


def struck(played) -> bool:
    return any(word in played.said for word in ("You hit", "You miss", "You kill", "gets angry"))


@pytest.mark.parametrize("name", ["newt", "jackal", "sewer rat", "lichen", "hill orc", "wolf"])
def test_fight_kills_the_monster(name):
    at = Situation(SMALL_ROOM, hp=200)
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
    at = Situation(SMALL_ROOM)
    at.spawn("watchman", 0, 1, peaceful=True)
    assert not at.legal("fight")


def test_fight_is_legal_inside_a_monster():
    at = Situation(SMALL_ROOM)
    y, x = at.known.hero
    at.known.observation["glyphs"][y, x - 1] = nh.GLYPH_SWALLOW_OFF
    assert REGISTRY["fight"].available(at.known)
    keys = REGISTRY["fight"].play(at.known)
    assert (next(keys), next(keys)) == (ord("F"), ord("j"))


def test_an_unseen_monster_is_hit_with_the_fight_key():
    """Walking would not attack; and F asks nothing, so it is for what can't be seen only."""
    at = Situation(SMALL_ROOM)
    y, x = at.known.hero
    at.known.observation["glyphs"][y, x + 1] = nh.GLYPH_INVIS_OFF
    at.known.update()
    assert at.play("fight").keys.startswith("Fl")


def test_monsters_out_of_reach_are_no_reason_to_fight():
    assert not Situation("---------\n|@..|..F|\n---------").legal("fight")
    far = Situation("-" * 40 + "\n|@" + "." * 35 + "F.|\n" + "-" * 40)
    assert far.known.hostiles and not far.legal("fight")


def test_the_unseen_in_a_shop_may_be_its_keeper():
    at = Situation(ROOM, hp=100)
    y, x = at.at(0, 1)
    at.known.observation["glyphs"][y, x] = nh.GLYPH_INVISIBLE
    at.known.update()
    assert at.legal("fight")
    at.known.level.shop.add(at.at(0, 2))
    assert not at.legal("fight")
    at.known.messages = ["It hits!"]
    assert at.legal("fight")


def test_the_unseen_beside_the_blind_may_be_their_pet():
    """To kill it costs the god's favour, and 5 of Luck (mon.c, xkilled)."""
    at = Situation(ROOM, hp=100)
    y, x = at.at(0, 1)
    at.known.observation["glyphs"][y, x] = nh.GLYPH_INVISIBLE
    at.known.update()
    at.known.level.pet_seen = at.known.stats.turn
    assert at.legal("fight")  # who sees would see the pet
    at.known.stats = at.known.stats._replace(condition=nh.BL_MASK_BLIND)
    assert not at.legal("fight")
    at.known.messages = ["It bites!"]
    assert at.legal("fight")
    at.known.messages, at.known.level.pet_seen = [], None
    assert at.legal("fight")


def test_nymphs_are_let_sleep_by_who_has_a_digging_tool_to_lose():
    at = Situation(ROOM, hp=100)
    show(at, "water nymph", 0, 1)
    assert at.legal("fight")
    pick = Item("b", thing("pick-axe"), nh.TOOL_CLASS, "a pick-axe", 1, None, "pick-axe")
    at.known.inventory = (pick,)
    assert not at.legal("fight")
    at.known._attacks["water nymph"] = at.known.stats.turn
    assert at.legal("fight")


DEAD_END = "-----------\n|.@.......|\n-----------"


def test_one_that_is_only_remembered_does_not_come():
    """A hero stepped back from it to where few attack at once, and forth, for 2,000 turns."""
    at = Situation(DEAD_END, hp=60)
    floor = at.known.observation["glyphs"][at.at(0, 2)]
    show(at, "yellow mold", 0, 2)
    at.known.observation["glyphs"][at.at(0, 2)] = floor
    at.known.update()
    assert at.known.level.rooted and not at.known.hostiles
    assert "s" not in at.play("fight").keys


@pytest.mark.nethack
@pytest.mark.parametrize("character, struck", [
    ("sam-hum-law-mal", True), ("hea-hum-neu-mal", False),
])  # fmt: skip
def test_a_brown_mold_is_left_alone_by_who_only_feeds_it(character, struck):
    """A scalpel does d3, and cold makes the mold grow by half of what it takes (uhitm.c)."""
    known = wizard_game(character).known
    known.stats = known.stats._replace(hit_points=60)
    mold = Monster(1, 1, min(species_named("brown mold")), False, False)
    assert _bearable(known, mold) == struck
