"""Promises that what is done by hand, or by others, is known as what a macro-action does is."""

import pytest
from helpers.screens import corpse
from helpers.situations import Situation, fallen
from helpers.wizard import wizard_game
from nle import nethack as nh

from envs.data.glyphs import Terrain, species_named
from envs.knowledge.deaths import Death, left_a_corpse
from envs.knowledge.elbereth import on_elbereth
from envs.knowledge.prayer import in_lasting_trouble
from envs.knowledge.threats import under_fire
from envs.stub.things import Item

ROOM = "---------\n|.......|\n|...@...|\n|.......|\n---------"


def hear(at: Situation, text: str) -> None:
    """The game says a text; no time passes."""
    message = at.known.observation["message"]
    message[:] = 0
    message[: len(text)] = list(text.encode())
    at.known.update()


@pytest.mark.parametrize("told, name", [
    ("You kill the newt!", "newt"), ("The newt is killed!", "newt"),
    ("You destroy the newt!", "newt"), ("The kitten misses the newt.", None),
    ("You kill the gnome!", None),
])  # fmt: skip
def test_whoever_kills_it_a_corpse_is_known_to_be_fresh(told, name):
    at = Situation(ROOM)
    at.spawn("newt", 0, 1)
    hear(at, told)
    del at.world.level.monsters[at.world.hero + 1]
    at.lay(fallen("newt"), dx=1)
    fresh = {at.at(0, 1): at.known.stats.turn} if name else {}
    assert at.known.level.fresh_corpses == fresh


def test_a_corpse_that_lay_there_before_is_not_fresh():
    at = Situation(ROOM)
    square = at.at(0, 1)
    at.known.level.objects[square] = corpse("newt")
    (newt,) = species_named("newt")
    level = at.known.level
    assert not left_a_corpse(level, Death(1, square, newt, lay_there=corpse("newt")))
    assert left_a_corpse(level, Death(1, square, newt, lay_there=-1))


def test_what_a_zombie_leaves_is_an_old_corpse():
    """Of its living kind (mon.c, undead_to_corpse)."""
    at = Situation(ROOM)
    (zombie,) = species_named("gnome zombie")
    at.known.level.objects[at.at(0, 1)] = corpse("gnome")
    assert not left_a_corpse(at.known.level, Death(1, at.at(0, 1), zombie, lay_there=-1))


@pytest.mark.parametrize("told, kind", [
    ("There is a staircase down here.  You see here a large box.", Terrain.STAIRS_DOWN),
    ("There is a ladder down here.", Terrain.STAIRS_DOWN),
    ("There is a staircase up here.  You see here 3 darts.", Terrain.STAIRS_UP),
    ("There is an open door here.", Terrain.OPEN_DOOR),
    ("There is a broken door here.", Terrain.DOORWAY),
    ("There is a doorway here.", Terrain.DOORWAY),
    ("There is an altar to Mog (lawful) here.", Terrain.FURNITURE),
    ("There is an opulent throne here.", Terrain.FURNITURE),
    ("There is a kitchen sink here.", Terrain.FURNITURE),
    ("There is a bear trap here.", Terrain.TRAP),
    ("You see here a staircase of sand.", Terrain.FLOOR),
])  # fmt: skip
def test_what_the_hero_is_told_to_stand_on_is_known(told, kind):
    """Whatever lies on it hides it from the map for ever (invent.c, look_here)."""
    at = Situation(ROOM)
    level, hero = at.known.level, at.known.hero
    level.guessed[hero] = True
    level.set_terrain(hero, Terrain.FLOOR)
    hear(at, told)
    assert level.terrain[hero] == kind


@pytest.mark.parametrize("told", [
    "You hear a soft click.", "You hear a loud click!",
    "A trap door in the ceiling opens, but nothing falls out!",
    "You are caught in a magical explosion!",
])  # fmt: skip
def test_a_trap_that_is_spent_is_gone(told):
    at = Situation(ROOM)
    level, hero = at.known.level, at.known.hero
    hear(at, "There is a dart trap here.")
    assert level.terrain[hero] == Terrain.TRAP
    hear(at, told)
    assert level.terrain[hero] == Terrain.FLOOR


@pytest.mark.parametrize("told, goods", [
    ("There is a pit here.  You see no objects here.", False),
    ("There are several objects here.", True), ("There is another object here.", True),
    ("There are a few more objects here.", True), ("You see here a lamp (for sale, 9 zm).", True),
])  # fmt: skip
def test_what_lies_on_a_shops_floor_is_for_sale(told, goods):
    """And nothing else: who digs on a bare square goes on digging there."""
    at = Situation(ROOM)
    at.known.level.shop = {at.known.hero}
    hear(at, told)
    assert (at.known.hero in at.known.level.ignored) == goods


@pytest.mark.nethack
def test_a_list_of_things_tells_what_they_lie_on():
    at = wizard_game(seed=3)  # on the stairs up
    hero = at.known.hero
    for item in [item for item in at.known.inventory if not item.equipped][:2]:
        at.send("d" + item.letter)
    at.known.level.set_terrain(hero, Terrain.FLOOR)
    at.send(":")
    assert at.known.prompt is not None and at.known.level.terrain[hero] == Terrain.STAIRS_UP
    assert at.known.level.where(Terrain.STAIRS_UP) == (hero,)


def test_a_corpse_eaten_by_hand_is_gone():
    at = Situation(ROOM)
    at.known.level.fresh_corpses[at.known.hero] = at.known.stats.turn
    hear(at, "You finish eating the newt corpse.")
    assert not at.known.level.fresh_corpses


def test_a_prayer_by_hand_is_not_repeated():
    at = Situation(ROOM, prayer_timeout=0, hp=20)
    at.set(turn=150, hp=2)
    assert at.legal("pray")
    at.press(chr(240) + "y\r\r\r\r")
    at.set(hp=2)
    assert at.known.last_prayer in range(150, 154) and not at.legal("pray")


def test_elbereth_by_hand_is_known_when_read():
    at = Situation(ROOM)
    hear(at, 'Something is written here in the dust. You read: "Elbereth".')
    assert on_elbereth(at.known)
    hear(at, 'Something is written here in the dust. You read: "Elbexeth".')
    assert not on_elbereth(at.known)


def test_lycanthropy_is_known_until_it_is_cured():
    at = Situation(ROOM)
    at.set(turn=150)
    assert not in_lasting_trouble(at.known)
    hear(at, "You feel feverish.")
    assert in_lasting_trouble(at.known) and at.legal("pray")
    hear(at, "You feel purified.")
    assert not in_lasting_trouble(at.known)


@pytest.mark.parametrize("name, stuck", [
    ("cursed two-handed sword (weapon in hands)", True),
    ("two-handed sword (weapon in hands)", False),
    ("cursed dagger (weapon in hand)", False),
])  # fmt: skip
def test_hands_stuck_to_a_cursed_weapon_are_a_lasting_trouble(name, stuck):
    """A cursed weapon of one hand leaves the other free (pray.c, in_trouble; freehand)."""
    at = Situation(ROOM)
    at.world.items = {"a": Item(name, nh.GLYPH_OBJ_OFF, nh.WEAPON_CLASS)}
    at.set()
    assert in_lasting_trouble(at.known) == stuck


def blind(at: Situation, is_blind: bool = True) -> None:
    condition = at.known.observation["blstats"][25:26]
    condition[:] = nh.BL_MASK_BLIND if is_blind else 0
    at.known.update()


def test_the_blind_walk_around_a_cockatrices_corpse():
    """They feel what lies there, with their bare hands (invent.c, feel_cockatrice)."""
    at = Situation(ROOM)
    at.known.level.objects[at.at(0, 1)] = corpse("cockatrice")
    at.known.level.objects[at.at(0, -1)] = corpse("newt")
    assert at.known.level.reachable(at.at(0, 1))
    blind(at)
    assert not at.known.level.reachable(at.at(0, 1)) and at.known.level.reachable(at.at(0, -1))
    blind(at, is_blind=False)
    assert at.known.level.reachable(at.at(0, 1))


@pytest.mark.parametrize("told, angry", [
    ("Gweebarra gets angry!", True), ("The watchman gets angry!", True),
    ("Halt, vandal!  You're under arrest!", True),
    ("The dwarf gets angry!", False), ("You hear the shrieks of Mr. Swidnica.", False),
])  # fmt: skip
def test_an_angry_keeper_is_peaceful_no_more(told, angry):
    at = Situation(ROOM)
    at.spawn("watchman", 0, 2)
    assert not at.known.hostiles
    hear(at, told)
    assert bool(at.known.hostiles) == angry
    at.press("s")
    assert bool(at.known.hostiles) == angry


def test_elbereth_fades_under_who_attacks_from_it():
    at = Situation(ROOM)
    hear(at, 'Something is written here in the dust. You read: "Elbereth".')
    hear(at, "You feel like a hypocrite.  The engraving beneath you fades.")
    assert not on_elbereth(at.known)


@pytest.mark.parametrize("told", [
    "There is a dart trap here.", "There is a pit here.  You see here a newt corpse.",
    "You escape a bear trap.", "A bear trap closes on your foot!", "You are caught in a bear trap.",
    "An arrow shoots out at you!  You are hit by an arrow!",
    "A trap door in the ceiling opens and a rock falls on your head!", "You fall into a pit!",
    "You land on a set of sharp iron spikes!", "You crawl to the edge of the pit.",
    "Click!  You trigger a rolling boulder trap!", "You stumble into a spider web!",
    "A cloud of gas puts you to sleep!", "A gush of water hits you on the head!",
    "You are momentarily blinded by a flash of light!",
])  # fmt: skip
def test_a_trap_underfoot_is_known_though_the_hero_covers_it(told):
    at = Situation(ROOM)
    hear(at, told)
    deadly = any(word in told for word in ("boulder", "gas", "flash"))
    kind = Terrain.DEADLY_TRAP if deadly else Terrain.TRAP
    assert at.known.level.kind_at(at.known.hero) == kind


def test_a_trap_under_what_lies_on_it_is_remembered_and_walked_around():
    at = Situation("-------\n|..@..|\n|.....|\n-------", hp=20)
    hear(at, "There is a rolling boulder trap here.  You see here a newt corpse.")
    trap = at.known.hero
    at.lay(fallen("newt"))
    at.press("h")
    assert at.known.level.kind_at(trap) == Terrain.DEADLY_TRAP
    assert trap not in at.known.level.path(at.at(0, 2))


@pytest.mark.parametrize("told", [
    "The jackal is caught in a bear trap.", "You see here a bear trap.", "You fall into the water!",
    "The newt falls into a pit!", "You escape a trap door.", "There is a hole here.",
])  # fmt: skip
def test_the_traps_of_others_are_not_underfoot(told):
    at = Situation(ROOM)
    hear(at, told)
    assert at.known.level.kind_at(at.known.hero) != Terrain.TRAP


def test_a_hole_that_the_hero_escaped_is_still_a_hole():
    at = Situation(ROOM)
    at.known.level.set_terrain(at.known.hero, Terrain.HOLE)
    hear(at, "You escape a trap door.")
    assert at.known.level.kind_at(at.known.hero) == Terrain.HOLE


@pytest.mark.parametrize("told", [
    "You are hit by an arrow!", "You are almost hit by a dagger.", "A crossbow bolt misses you.",
    "You hear a nearby zap.  The sleep ray hits you!", "The bolt of fire whizzes by you!",
    "The wand hits you!",
])  # fmt: skip
def test_shots_from_out_of_sight_put_the_hero_under_fire_for_some_turns(told):
    at = Situation(ROOM)
    assert not under_fire(at.known)
    hear(at, told)
    assert under_fire(at.known)
    at.set(turn=at.world.turn + 4)
    assert not under_fire(at.known)


def test_a_shooter_in_view_is_judged_as_a_foe_in_view():
    at = Situation(ROOM)
    at.spawn("gnome", 0, 3)
    hear(at, "You are hit by an arrow!")
    assert not under_fire(at.known)


@pytest.mark.parametrize("told", [
    "You feel guilty about losing your pet like this.", "You feel that Venus is displeased.",
])  # fmt: skip
def test_an_angry_god_is_not_prayed_to(told):
    at = Situation(ROOM, prayer_timeout=0, hp=20)
    at.set(turn=150, hp=2)
    assert at.legal("pray")
    hear(at, told)
    assert not at.legal("pray")


@pytest.mark.parametrize("told, fumbles", [
    ("You trip over a bow.  You make a lot of noise!", True), ("You flounder.", True),
    ("You stumble.", True), ("You slip and nearly fall.", True),
    ("You fumble and drop your pick-axe.", True), ("You stumble into a spider web!", False),
])  # fmt: skip
def test_who_fumbles_is_known_until_the_next_prayer(told, fumbles):
    at = Situation(ROOM)
    hear(at, told)
    assert at.known.fumbles == fumbles
    hear(at, "You begin praying to Tyr.")
    assert not at.known.fumbles


def test_an_iron_ball_hangs_from_the_leg_until_the_chain_is_gone():
    at = Situation(ROOM)
    hear(at, "You are being punished for your misbehavior!")
    assert at.known.chained
    hear(at, "You begin praying to Tyr.")
    assert at.known.chained
    hear(at, "Your chain disappears.")
    assert not at.known.chained


@pytest.mark.parametrize("said", [
    "As you dig, the hole fills with water!", "You fall into the water!  You sink like a rock.",
])  # fmt: skip
def test_who_crawls_out_of_water_does_not_walk_back_into_it(said):
    """A blind hero, told of a trap on the bank while the game still showed him in the water, took
    it for a pit, and walked into it again and again.
    """
    at = Situation(ROOM)
    hear(at, said)
    hear(at, "A trap door in the ceiling opens and a rock falls on your head!")
    assert at.known.level.terrain[at.known.hero] == Terrain.WATER


@pytest.mark.parametrize("said", [
    "Your spear softly glows amber.", "You return to human form!", "You return to dwarvish form!",
])  # fmt: skip
def test_what_was_given_up_may_be_of_use_once_a_curse_is_lifted_or_the_hero_has_hands(said):
    at = Situation(ROOM)
    at.known.given_up.add("a pick-axe")
    hear(at, said)
    assert not at.known.given_up


@pytest.mark.nethack
def test_who_crawled_out_of_the_water_is_where_the_cursor_is():
    """The status line goes on telling of the water, so that heroes went on from there, and back
    into it.
    """
    at = wizard_game("val-hum-neu-fem")
    y, x = at.known.hero
    at.known.level.set_terrain((y, x), Terrain.WATER)
    at.env.observation["tty_cursor"][:] = y + 2, x + 1
    at.known.update()
    assert at.known.hero == (y + 1, x + 1) == (at.known.stats.y, at.known.stats.x)
    at.env.observation["tty_cursor"][:] = 0, 9  # where a number is typed
    at.known.update()
    assert at.known.hero == (y, x)
