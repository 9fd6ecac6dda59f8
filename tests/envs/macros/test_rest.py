"""Promises of rest: what is a danger to the resting, and what is not."""

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
