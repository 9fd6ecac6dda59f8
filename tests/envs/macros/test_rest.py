"""Promises of rest: until when, and what is a danger to the resting."""

import pytest
from helpers.situations import Situation
from nle import nethack as nh

from envs.knowledge.knowledge import Hunger

ROOM = "---------\n|.......|\n|...@...|\n|.......|\n---------"


def hurt() -> Situation:
    at = Situation(ROOM, hp=20)
    at.set(hp=8)
    return at


@pytest.mark.parametrize(
    "name, rests", [("floating eye", True), ("newt", False), ("lichen", False), ("wolf", False)]
)
def test_what_never_attacks_does_not_disturb(name, rests):
    at = hurt()
    at.spawn(name, 1, 3)
    assert at.legal("rest") == rests


def test_the_weak_do_not_rest():
    at = hurt()
    at.known.stats = at.known.stats._replace(hunger=Hunger.HUNGRY)
    assert at.legal("rest")
    at.known.stats = at.known.stats._replace(hunger=Hunger.WEAK)
    assert not at.legal("rest")


def test_it_is_left_off_for_a_while_when_someone_unseen_does_harm():
    at = hurt()

    def shot(sent):
        if sent == 3:
            at.world.hp -= 2

    at.play("rest", during=shot)
    assert not at.legal("rest")
    at.known.stats = at.known.stats._replace(turn=at.known.stats.turn + 40)
    assert at.legal("rest")


@pytest.mark.parametrize("condition", [nh.BL_MASK_BLIND, nh.BL_MASK_STUN, nh.BL_MASK_CONF])
def test_the_dazed_wait_for_clear_senses_at_full_health(condition):
    at = Situation(ROOM, hp=20)
    assert not at.legal("rest")
    at.known.stats = at.known.stats._replace(condition=condition)
    assert at.legal("rest")
    at.known.stats = at.known.stats._replace(hunger=Hunger.HUNGRY)  # it may be a curse
    assert not at.legal("rest")


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
    at.known.level.peace.mark_peaceful(at.at(0, 3))
    assert at.legal("rest")
    at.spawn("newt", 1, 3)
    assert not at.legal("rest")
