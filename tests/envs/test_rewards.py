"""Promises of the reward: named deltas, weighed and discounted over a decision's keystrokes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envs.knowledge.knowledge import Knowledge
from envs.macro_settings import MacroSettings
from envs.rewards import HEAVIEST, REWARDS, Reward, Standing, standing
from envs.settings import make_settings
from envs.stub.env import Stub

START = Standing(
    points=0, progression=0.0, max_depth=1, depth=1, experience=0, experience_level=1, health=1.0,
    gold=0, squares=10, turn=1, task=0.0, dead=0,
)  # fmt: skip
QUANTITIES = {
    "points": "points", "progression": "progression", "max_depth": "max_depth", "depth": "depth",
    "experience": "experience", "experience_level": "experience_level", "hit_points": "health",
    "gold": "gold", "squares": "squares", "turn": "turn", "task": "task", "death": "dead",
}  # fmt: skip
PLAIN = ("task", "death")  # are taken as they come, whatever was before
SHAPING = ("depth", "hit_points")


def test_the_discounted_sum_by_hand():
    """γ = 0.5, weight 2, points 3, then 0, then 10: 2 · (3 + 0.5·0 + 0.25·10) = 11."""
    reward = Reward({"points": 2.0}, 0.5)
    reward.start(START)
    for points in (3, 3, 13):
        reward.add(START._replace(points=points))
    assert reward.total == pytest.approx(11.0)
    assert reward.next_discount == pytest.approx(0.125)


@given(
    st.lists(st.integers(-100, 100), max_size=30),
    st.floats(0.5, 1.0),
    st.floats(-3, 3, allow_subnormal=False),
)
def test_the_sum_is_that_of_gamma_to_the_i_times_r_i(gains, gamma, weight):
    reward = Reward({"gold": weight}, gamma)
    reward.start(START)
    gold = 0
    for gain in gains:
        gold += gain
        reward.add(START._replace(gold=gold))
    expected = sum(gamma**i * weight * gain for i, gain in enumerate(gains))
    assert reward.total == pytest.approx(expected, abs=1e-9)
    assert reward.next_discount == pytest.approx(gamma ** len(gains))


@pytest.mark.parametrize(("name", "field"), QUANTITIES.items())
def test_each_reward_is_the_change_of_its_own_quantity(name, field):
    first = START._replace(**{field: 0 if name in PLAIN else 5})
    reward = Reward({name: 1.0}, 1.0)
    reward.start(first)
    reward.add(first._replace(**{field: getattr(first, field) + 3}))
    assert reward.total == 3
    other = Reward({name: 1.0}, 1.0)
    other.start(first)
    rest = {f: getattr(first, f) + 3 for f in Standing._fields if f != field}
    other.add(first._replace(**rest))
    assert other.total == 0


def test_the_tasks_reward_and_death_are_taken_as_they_come():
    reward = Reward({"task": 1.0, "death": -5.0}, 1.0)
    reward.start(START._replace(task=7.0))  # the last decision's
    for task, dead in ((1.0, 0), (1.0, 0), (0.5, 1)):
        reward.add(START._replace(task=task, dead=dead))
    assert reward.total == 2.5 - 5.0


def test_weights_add_up():
    reward = Reward({"max_depth": 1.0, "gold": 0.1, "turn": -0.01}, 1.0)
    reward.start(START)
    reward.add(START._replace(max_depth=2, gold=20, turn=11))
    assert reward.total == pytest.approx(1 + 2 - 0.1)


def test_depth_counts_down_and_up_again_and_max_depth_only_what_is_new():
    rewards = Reward({"depth": 1.0}, 1.0), Reward({"max_depth": 1.0}, 1.0)
    totals = []
    for reward in rewards:
        reward.start(START)
        for depth, deepest in ((2, 2), (1, 2), (2, 2), (3, 3)):
            reward.add(START._replace(depth=depth, max_depth=deepest))
        totals.append(reward.total)
    assert totals == [2, 2]
    rewards[0].add(START._replace(depth=1, max_depth=3))
    rewards[1].add(START._replace(depth=1, max_depth=3))
    assert [reward.total for reward in rewards] == [0, 2]


def summed(name, gamma, values, over=False, keys_a_decision=7):
    """What a game's decisions earn together, discounted by γ per keystroke from its start."""
    field = QUANTITIES[name]
    shots = [START._replace(**{field: value}) for value in values]
    reward, total, ahead = Reward({name: 1.0}, gamma), 0.0, 1.0
    for first in range(0, len(shots) - 1, keys_a_decision):
        reward.start(shots[first])
        for key in range(first + 1, min(first + keys_a_decision, len(shots) - 1) + 1):
            reward.add(shots[key], over and key == len(shots) - 1)
        total += ahead * reward.total
        ahead *= reward.next_discount
    return total


@pytest.mark.parametrize("gamma", [0.9, 0.999, 1.0])
def test_going_down_and_up_again_later_earns_what_the_theorem_says(gamma):
    """Ng, Harada & Russell (1999): Σ γⁱ (γ Φ(sᵢ₊₁) - Φ(sᵢ)) = γⁿ Φ(sₙ) - Φ(s₀), here n = 101."""
    values = [1, *[2] * 100, 1]  # down, 99 more keystrokes, up
    assert summed("depth", gamma, values) == pytest.approx(gamma**101 - 1)
    assert summed("depth", gamma, [1] * 102) == pytest.approx(gamma**101 - 1)  # as staying does


@given(
    st.sampled_from(SHAPING),
    st.lists(st.floats(0, 50), min_size=2, max_size=40),
    st.floats(0.5, 1.0),
    st.integers(1, 9),
)
def test_shaping_telescopes_whatever_happens(name, values, gamma, keys):
    n = len(values) - 1
    found = summed(name, gamma, values, keys_a_decision=keys)
    assert found == pytest.approx(gamma**n * values[-1] - values[0], abs=1e-9)
    ended = summed(name, gamma, values, over=True, keys_a_decision=keys)
    assert ended == pytest.approx(-values[0], abs=1e-9)  # Φ = 0 after the end, as they assume


@pytest.mark.parametrize("name", sorted(set(QUANTITIES) - set(SHAPING) - set(PLAIN)))
def test_other_rewards_are_aims_of_their_own_and_pay_what_was_gained(name):
    assert summed(name, 1.0, [4, 9, 6, 20], over=True) == 16


def test_each_decision_starts_anew():
    reward = Reward({"points": 1.0}, 0.9)
    reward.start(START)
    reward.add(START._replace(points=5))
    reward.start(START._replace(points=5))
    assert (reward.total, reward.next_discount) == (0.0, 1.0)
    reward.add(START._replace(points=6))
    assert reward.total == 1.0


def test_a_snapshot_is_of_the_game():
    env = Stub(maps=["-----\n|.@.|\n-----"], hp=20)
    env.reset(seed=0)
    env.world.hp, env.world.gold = 5, 7
    env.press(27)
    shot = standing(Knowledge(env.observation), 3, 0.1, 2.0, False)
    assert shot == START._replace(
        points=7, progression=0.1, max_depth=3, health=0.25, gold=7, squares=15, task=2.0
    )


def test_every_reward_is_described():
    assert all(delta.meaning for delta in REWARDS.values())


def test_an_unknown_reward_is_named():
    with pytest.raises(ValueError, match="'pionts'.*points"):
        Reward({"pionts": 1.0}, 0.9)


@pytest.mark.parametrize("discount", [0, -0.1, 1.01])
def test_a_discount_out_of_range_is_refused(discount):
    with pytest.raises(ValueError, match="discount"):
        Reward({"points": 1.0}, discount)


@pytest.mark.parametrize("weight", [1.001e9, -1e10, 1e308])
def test_a_weight_beyond_all_measure_is_refused(weight):
    Reward({"turn": -HEAVIEST, "gold": HEAVIEST}, 1.0)
    for make in (lambda w: Reward(w, 1.0), lambda w: make_settings(MacroSettings, {"reward": w})):
        with pytest.raises(ValueError, match="weight of turn must be from -1e9 to 1e9"):
            make({"gold": 1.0, "turn": weight})
