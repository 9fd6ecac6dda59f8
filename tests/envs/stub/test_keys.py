"""Promises of what keys do on the stub. Texts, flags and glyphs are those of NLE 1.3.0."""

from __future__ import annotations

import numpy as np
import pytest
from helpers.stub_keys import (
    CLOSED_H,
    CLOSED_V,
    CORRIDOR,
    DEPTH,
    DOORWAY,
    ENTER,
    ESC,
    FLOOR,
    GOLD,
    HP,
    HUNGER,
    KICK,
    OPEN_H,
    OPEN_V,
    POINTS,
    PRAY,
    SPACE,
    TURN,
    beside,
    message,
    misc,
    play,
    press,
    stat,
    top,
    until,
)
from nle import nethack as nh


def test_bumping_takes_no_turn():
    env = play("----\n|@#\n----")
    assert press(env, "h") == "It's a wall." and stat(env, TURN) == 1
    assert press(env, "l") == "" and stat(env, TURN) == 2
    assert press(env, "l") == "It's solid stone." and stat(env, TURN) == 2


def test_unknown_keys_take_no_turn():
    env = play()
    assert press(env, "~") == "Unknown command '~'."
    assert press(env, ENTER) == "Unknown command '^M'."
    assert press(env, chr(250)) == "Unknown command 'M-z'."
    assert press(env, ESC) == "" and stat(env, TURN) == 1


def test_walking_into_a_closed_door_opens_it():
    env = play("----\n|@.+#\n----")
    press(env, "l")
    assert beside(env, 1, 0) == CLOSED_V
    until(env, "l", "The door opens.")
    assert beside(env, 1, 0) == OPEN_V
    press(env, "o")
    assert message(env) == "In what direction? " and misc(env) == [1, 0, 0]
    assert press(env, "l") == "This door is already open."
    assert press(env, "oj") == "You see no door there."
    assert press(env, "ox") == "What a strange direction!  Never mind."


def test_a_door_in_a_horizontal_wall_has_its_own_glyph():
    env = play("-+--\n|@.|\n----")
    assert beside(env, 0, -1) == CLOSED_H
    until(env, "k", "The door opens.")
    assert beside(env, 0, -1) == OPEN_H


def test_open_doors_are_not_passed_diagonally_but_empty_doorways_are():
    env = play("----\n|@.O#\n|..|\n----")
    press(env, "j")
    x = stat(env, 0)
    press(env, "l")
    assert press(env, "u") == "You can't move diagonally into an intact doorway."
    press(env, "kl")
    assert stat(env, 0) == x + 2
    turn = stat(env, TURN)
    assert press(env, "b") == "You can't move diagonally out of an intact doorway."
    assert stat(env, TURN) == turn
    env = play("----\n|.._#\n|.@|\n----")
    press(env, "u")
    assert stat(env, TURN) == 2


def test_a_closed_door_diagonally_does_nothing():
    env = play("----\n|..+#\n|.@|\n----")
    assert press(env, "u") == "" and stat(env, TURN) == 1


def test_a_locked_door_yields_to_kicks():
    env = play("----\n|@L#\n----")
    assert press(env, "l") == "This door is locked." and stat(env, TURN) == 1
    press(env, KICK)
    assert message(env) == "In what direction? " and misc(env)[0] == 1
    press(env, ESC)
    assert misc(env) == [0, 0, 0] and stat(env, TURN) == 1
    until(env, KICK + "l", "As you kick the door, it crashes open!")
    assert beside(env, 1, 0) == DOORWAY and stat(env, TURN) > 1


def test_kicking_a_wall_hurts():
    env = play()
    press(env, "kk")
    assert press(env, KICK + "k") == "Ouch!  That hurts!" and stat(env, HP) < 16


@pytest.mark.parametrize(
    "drawing, glyph, words",
    [
        ("----\n|@S#\n----", CLOSED_V, "You find a hidden door."),
        ("----\n|._@s#\n----", CORRIDOR, "You find a hidden passage."),
    ],
)
def test_searching_finds_what_is_hidden_about_once_in_seven_turns(drawing, glyph, words):
    turns = []
    for seed in range(60):
        env = play(drawing, seed=seed)
        assert beside(env, 1, 0) != glyph
        until(env, "s", words)
        assert beside(env, 1, 0) == glyph
        turns.append(stat(env, TURN) - 1)
    # Geometric with p = 1/7: mean 7, standard deviation 6.5, so 0.84 for the mean of 60.
    assert 4.5 < np.mean(turns) < 9.5


def test_a_count_repeats_and_shows_itself():
    env = play()
    press(env, "20")
    assert top(env) == "Count: 20" and message(env) == "" and stat(env, TURN) == 1
    press(env, "s")
    assert stat(env, TURN) == 21
    press(env, "30" + ESC + "s")
    assert stat(env, TURN) == 22


def test_a_hostile_interrupts_a_counted_search():
    env = play("------\n|@.F.|\n------")
    assert "You stop searching." in press(env, "20s")
    assert stat(env, TURN) < 21


def test_resting_stops_at_full_health():
    env = play()
    env.world.hp = 15
    assert press(env, "200s") == "You are in full health."
    assert stat(env, HP) == 16 and stat(env, TURN) <= 16


def test_stairs_lead_down_and_back_with_a_more():
    env = play("----\n|@>|\n----", "-----\n|.<.|\n-----")
    assert press(env, ">") == "You can't go down here."
    press(env, "l>")
    assert top(env) == "You descend the stairs.--More--" and misc(env) == [0, 0, 1]
    assert press(env, "x") == "You descend the stairs." and stat(env, DEPTH) == 1
    press(env, SPACE)
    assert stat(env, DEPTH) == 2 and env.observation["blstats"][24] == 2 and misc(env)[2] == 0
    assert env.world.score == 50 and beside(env, 1, 0) == FLOOR
    press(env, "<" + ENTER)
    assert stat(env, DEPTH) == 1 and beside(env, -1, 0) == FLOOR
    assert env.outcome().max_depth == 2


def test_leaving_by_the_top_stairs_asks_first():
    env = play("----\n|<.|\n----")
    press(env, "<")
    assert message(env) == "Beware, there will be no return!  Still climb? [yn] (n) "
    press(env, "n")
    assert not env.terminated
    press(env, "<y")
    assert env.terminated and env.outcome().cause == "escaped"


def test_a_pet_swaps_places_and_follows_down():
    env = play("-----\n|@P>|\n-----", "-----\n|<..|\n-----")
    pet = nh.GLYPH_PET_OFF + 32
    assert beside(env, 1, 0) == pet
    x, y = env.observation["blstats"][:2]
    assert env.observation["specials"][y, x + 1] == nh.MG_PET
    until(env, "l", "You swap places with your kitten.")
    for _ in range(30):
        stairs = env.world.level.find(24)
        if env.world.hero == stairs and pet in (beside(env, -1, 0), beside(env, 1, 0)):
            break
        press(env, "s" if env.world.hero == stairs else "l")
    press(env, "> ")
    assert stat(env, DEPTH) == 2 and pet in env.observation["glyphs"]


def test_peacefuls_are_attacked_only_after_a_yes_except_with_f():
    env = play("----\n|@p|\n----")
    for refusal in ("n", ESC, SPACE, ENTER):
        press(env, "l")
        assert message(env) == "Really attack the gnome? [yn] (n) " and misc(env)[0] == 1
        assert press(env, "z") == "Really attack the gnome? [yn] (n) "
        assert press(env, refusal) == "Really attack the gnome? [yn] (n) n"
    assert stat(env, TURN) == 1
    assert "The gnome gets angry!" in press(env, "ly") and stat(env, TURN) == 2
    env = play("----\n|@p|\n----")
    press(env, "F")
    assert misc(env) == [0, 0, 0]
    assert "The gnome gets angry!" in press(env, "l")


def test_fight_needs_a_direction():
    env = play()
    assert press(env, "Fx") == "Invalid direction for 'F' prefix." and stat(env, TURN) == 1
    assert press(env, "Fl") == "You attack thin air." and stat(env, TURN) == 2


def test_kills_give_experience_and_20_points_make_level_2():
    env = play("-----\n|@G.|\n-----", hp=100)
    for _ in range(60):
        press(env, "Fl")
        if "You kill the gnome!" in top(env):
            break
        press(env, SPACE * misc(env)[2])
    # exper.c: 1 + level squared, for a gnome of level 1; the score counts points four times.
    assert stat(env, POINTS) == 2 and env.world.score == 8
    env.world.learn(17)
    assert env.world.experience_level == 1
    env.world.learn(1)
    assert env.world.experience_level == 2


def test_reward_is_the_gain_in_score():
    env = play("----\n|@$|\n----")
    env.press(ord("l"))
    assert env.reward == 0 and message(env) == "You see here 24 gold pieces."
    _, reward, *_ = env.step(env.actions.index(ord(",")))
    assert reward == 24 and message(env) == "$ - 24 gold pieces."
    assert stat(env, GOLD) == 24 and chr(env.observation["inv_letters"][0]) == "$"


def test_one_thing_is_picked_up_at_once():
    env = play("----\n|@A|\n----")
    assert press(env, ",") == "There is nothing here to pick up."
    press(env, "l")
    assert press(env, ",") == "e - 3 apples." and stat(env, TURN) == 3
    letters = bytes(env.observation["inv_letters"]).rstrip(b"\0")
    assert letters == b"abcde"
    assert env.observation["inv_glyphs"][5] == 5976 and env.observation["inv_oclasses"][5] == 18


def test_a_pile_is_listed_and_picked_from_a_menu():
    env = play("----\n|@&|\n----")
    press(env, "l")
    assert "Things that are here:" in top(env) and misc(env) == [0, 0, 1] and message(env) == ""
    press(env, "z" + SPACE)
    assert misc(env) == [0, 0, 0] and "Things" not in env.render()
    press(env, ",")
    assert "Pick up what?" in top(env) and "a - 3 apples" in env.render() and misc(env)[2] == 1
    press(env, ESC)
    assert stat(env, TURN) == 2 and "Pick up" not in env.render()
    press(env, ",a")
    assert "a + 3 apples" in env.render()
    assert press(env, ENTER) == "e - 3 apples." and stat(env, TURN) == 3
    press(env, ",,")
    assert "$ - 24 gold pieces.  f - a food ration." in press(env, ENTER)
    assert press(env, ",") == "There is nothing here to pick up."


def test_eating_from_the_inventory():
    env = play(nutrition=100)
    assert press(env, "e") == "What do you want to eat? [d or ?*] " and misc(env) == [1, 0, 0]
    assert press(env, ESC) == "Never mind."
    assert press(env, "ea") == "You cannot eat that!"
    press(env, "ez")
    assert top(env) == "You don't have that object.--More--" and misc(env) == [1, 0, 1]
    press(env, SPACE)
    assert message(env) == "What do you want to eat? [d or ?*] "
    press(env, "d")
    assert "You finish eating the food ration." in message(env)
    assert stat(env, TURN) == 6 and env.world.nutrition == 100 + 800 - 5
    assert press(env, "e") == "You don't have anything to eat."


def test_food_on_the_floor_is_offered_first():
    env = play("----\n|@%|\n----")
    press(env, "l")
    question = "There is a food ration here; eat it? [ynq] (n) "
    assert press(env, "e") == question and misc(env)[0] == 1
    assert press(env, ESC) == question + "q"
    assert press(env, "en") == "What do you want to eat? [d or ?*] "
    press(env, ESC)
    press(env, "ey")
    assert press(env, ",") == "There is nothing here to pick up."
    env = play("----\n|@A|\n----")
    press(env, "l")
    assert press(env, "e") == "There are 3 apples here; eat one? [ynq] (n) "
    assert press(env, "y") == "This apple is delicious!"
    assert press(env, ",") == "e - 2 apples."


def test_a_meal_is_interrupted_and_resumed():
    env = play("------\n|@...x\n------", nutrition=100, hp=100)
    press(env, "ed")
    while misc(env)[2]:
        press(env, SPACE)
    left = env.world.items["d"]
    assert left.left and "partly eaten" in left.text()
    before = env.world.nutrition
    env.world.level.monsters.clear()
    press(env, "ed")
    assert "d" not in env.world.items and env.world.nutrition > before


def test_hunger_comes_by_turns_and_kills():
    env = play(nutrition=155)
    assert stat(env, HUNGER) == 1
    assert "You are beginning to feel hungry." in press(env, "20s")
    assert stat(env, HUNGER) == 2 and "Hungry" in env.render() and stat(env, TURN) == 7
    assert "weak" in press(env, "200s") and stat(env, HUNGER) == 3
    while not env.terminated:
        press(env, "s")
    assert env.outcome().cause == "died of starvation"


def test_prayer_heals_when_allowed():
    env = play(prayer_timeout=100)
    env.world.hp = 3
    assert press(env, PRAY) == "Are you sure you want to pray? [yn] (n) " and misc(env)[0] == 1
    assert press(env, "n") == "Are you sure you want to pray? [yn] (n) n"
    press(env, PRAY + "y")
    said = message(env)
    while misc(env)[2]:
        said += press(env, SPACE)
    assert "You begin praying to Tyr." in said and "You feel much better." in said
    assert stat(env, HP) == 16 and stat(env, TURN) == 4


def test_prayer_feeds_the_weak():
    env = play(prayer_timeout=0, nutrition=40)
    press(env, PRAY + "y" + SPACE)
    assert env.world.nutrition == 900 and stat(env, HUNGER) == 1


def test_prayer_too_soon_angers():
    env = play()
    env.world.hp = 3
    press(env, PRAY + "y" + SPACE)
    assert message(env) == "You feel that Tyr is displeased." and stat(env, HP) == 3
    for _ in range(2):
        press(env, PRAY + "y")
        while misc(env)[2] and not env.terminated:
            press(env, SPACE)
    assert env.terminated and "wrath of Tyr" in env.outcome().cause


def test_more_appears_when_messages_do_not_fit_and_ignores_other_keys():
    env = play(hp=100)
    env.world.say("a" * 40)
    env.world.say("b" * 40)
    press(env, ESC)
    assert top(env) == "a" * 40 + "--More--" and misc(env) == [0, 0, 1]
    assert press(env, "lhx") == "a" * 40 and stat(env, TURN) == 1
    for key in (SPACE, ENTER, "\n", ESC):
        env.world.say("c" * 40)
        env.world.say("d" * 40)
        press(env, "x" + key)
        while misc(env)[2]:
            press(env, key)
    assert misc(env) == [0, 0, 0]


def test_escape_drops_the_messages_behind_more():
    env = play()
    for letter in "abc":
        env.world.say(letter * 60)
    press(env, "x")
    assert misc(env)[2] == 1
    assert press(env, ESC) == "" and misc(env)[2] == 0


def test_a_floating_eye_freezes_who_strikes_it():
    env = play("----\n|@e|\n----")
    turn = stat(env, TURN)
    until(env, "Fl", "You are frozen by the floating eye's gaze!")
    assert stat(env, TURN) > turn + 4
