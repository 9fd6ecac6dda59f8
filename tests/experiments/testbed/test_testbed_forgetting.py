"""Where arms change, UCB that forgets does better than UCB1 (Garivier & Moulines, 2011)."""

import math
from dataclasses import replace

import numpy as np
import pytest

from experiments.testbed.arms import FIXED, SWITCH, Arms
from experiments.testbed.choice import EXPERIMENTS
from experiments.testbed.facts import AGREES
from experiments.testbed.kernels import World, play
from experiments.testbed.policies import Policy, compiled, policy
from experiments.testbed.simulate import generators, simulate

RUNS, STEPS = 30, 10_000
C = math.sqrt(0.5)
D_UCB = policy("ucb", c=C, forgetting=1 - 1 / (4 * math.sqrt(STEPS)))
SW_UCB = policy("ucb", c=C, window=round(4 * math.sqrt(STEPS * math.log(STEPS))))
FORGETFUL = [pytest.param(D_UCB, id="discounted"), pytest.param(SW_UCB, id="window")]


def regret(chosen: Policy, arms: Arms) -> np.ndarray:
    """(RUNS,), on the same problems for every policy."""
    return simulate(chosen, arms, RUNS, STEPS).run_regret


@pytest.mark.parametrize("chosen", FORGETFUL)
@pytest.mark.parametrize("c", [C, math.sqrt(2)])
def test_on_arms_that_change_abruptly_both_lose_less_than_ucb1(chosen, c):
    """UCB1 as wide as they are, and with the textbook's width."""
    gain = regret(policy("ucb", c=c), SWITCH) - regret(chosen, SWITCH)
    assert gain.mean() > 5 * gain.std(ddof=1) / math.sqrt(RUNS)


@pytest.mark.parametrize("chosen", FORGETFUL)
def test_on_arms_that_stay_they_pay_for_forgetting(chosen):
    """What is forgotten has to be tried again, for ever."""
    loss = regret(chosen, FIXED) - regret(policy("ucb", c=C), FIXED)
    assert loss.mean() > 5 * loss.std(ddof=1) / math.sqrt(RUNS)


def test_a_burst_raises_the_last_arm_for_its_steps_alone():
    """Of arms at 0.5, 0.3 and 0.4 a policy on the first loses 0.4 a step while the last has 0.9."""
    rule, memory = compiled(policy("greedy").bandit(3))
    memory.values[:] = 9.0, -9.0, -9.0  # and the first stays: the average of rewards is at least 0
    nature, rng = generators(0, 0)
    world = World(True, 0.0, (2, 5, 0.5))
    run = play(rule, memory, world, SWITCH.draw(nature), 8, nature, rng)
    assert run.gaps == pytest.approx([0, 0, 0.4, 0.4, 0.4, 0, 0, 0])
    assert run.best == pytest.approx([0.5, 0.5, 0.9, 0.9, 0.9, 0.5, 0.5, 0.5])


@pytest.mark.parametrize("name", ["walk", "switch"])
def test_the_rows_of_arms_that_change_agree(name):
    played = replace(EXPERIMENTS[name], runs=RUNS)
    rows = [row for row in played.rows(played.play(3, lambda: None)) if "UCB" in row.what]
    assert {row.verdict for row in rows} == {AGREES}
