"""Promises of the outlook on a fight: what it costs, and how that turns on who fights."""

from itertools import permutations

import numpy as np
import pytest
from helpers.situations import Situation

from envs.data import monsters
from envs.data.glyphs import species_named
from envs.knowledge.outlook import BARE_HAND, cost, losing, winning
from envs.knowledge.peace import Monster

ROOM = "---------\n|.......|\n|...@...|\n|.......|\n---------"


def hero(**stats) -> Situation:
    """With bare hands, of ordinary strength."""
    at = Situation(ROOM, hp=30)
    at.known.inventory = ()
    at.known.character = "pri-hum-neu-fem"
    ordinary = {"strength_125": 10, "experience_level": 1, "armor_class": 10}
    at.known.stats = at.known.stats._replace(**(ordinary | stats))
    return at


def foes(*names: str) -> list[Monster]:
    return [Monster(2, 5, min(species_named(name)), False, False) for name in names]


def test_a_single_fight_costs_its_harm_for_as_long_as_it_lasts():
    """A jackal: level 0 with d4 hit points, armour class 7, d2 at speed 12 (monst.c). At level 1
    bare hands (d2) hit it with probability (1 + 7) / 20; it hits armour class 10 with
    (9 + 0 + 10) / 20.
    """
    blows = 2.5 / (8 / 20 * 1.5)
    harm = 1.5 * 19 / 20
    assert BARE_HAND == 1.5
    assert cost(hero().known, foes("jackal")) == pytest.approx(harm * (blows - 1 / 2))


def test_no_order_of_killing_costs_less():
    known = hero().known
    group = foes("jackal", "giant ant", "hill orc", "newt")
    alone = [cost(known, [foe]) for foe in group]
    harm = [monsters.threat(foe.species, 10) for foe in group]
    blows = [c / h + 0.5 for c, h in zip(alone, harm, strict=True)]
    orders = [
        np.dot(np.take(harm, order), np.cumsum(np.take(blows, order)) - 0.5)
        for order in permutations(range(len(group)))
    ]
    assert cost(known, group) == pytest.approx(min(orders))
    assert cost(known, group) > sum(alone)  # the last one bites all the while


@pytest.mark.parametrize("better", [
    {"armor_class": 3}, {"experience_level": 5}, {"strength_125": 18},
])  # fmt: skip
def test_armour_experience_and_strength_make_it_cheaper(better):
    assert cost(hero(**better).known, foes("hill orc")) < cost(hero().known, foes("hill orc"))


def test_it_is_won_or_lost_by_the_hit_points_left():
    at = hero()
    at.spawn("hill orc", 0, 2)
    needed = cost(at.known, foes("hill orc"))
    for hit_points, expected in ((2 * needed + 1, (True, False)), (needed + 1, (False, False)),
                                 (needed - 1, (False, True))):  # fmt: skip
        at.known.stats = at.known.stats._replace(hit_points=int(hit_points))
        assert (winning(at.known), losing(at.known)) == expected


def test_it_is_won_while_they_sleep():
    at = hero(hit_points=1)
    at.spawn("wolf", 0, 2)
    assert losing(at.known)
    at.known.asleep_before = at.known.stats.turn + 1
    assert winning(at.known) and not losing(at.known)
