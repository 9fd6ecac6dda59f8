"""Lecture 2's closing question. Expected figures are the post's own."""

import pytest

from agents.bandits import UCB, EpsilonGreedy, Greedy, Thompson
from experiments.reproduce import lecture
from experiments.reproduce.report import Settings


def test_every_figure_comes_out():
    report = lecture.reproduce(Settings())
    assert not report.failures
    assert [check.verdict for check in report.checks].count("slide errs") == 2
    assert report.plots[0].png.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("bandit", "chance"),
    [
        (Greedy(2), 0),
        (EpsilonGreedy(2, 0.3), 0.15),
        (UCB(2, 1000.0), 0),
        (Thompson(2), 1 / 6),
    ],
)
def test_chance_of_a(bandit, chance):
    assert lecture.chance_of_a(bandit) == pytest.approx(chance, abs=1e-8)


def test_the_double_integral_is_a_sixth_and_not_a_quarter():
    assert lecture.integral() == pytest.approx(1 / 6, abs=1e-8)


def test_swapped_updates_give_five_sixths():
    swapped = lecture.seen(Thompson(2), (1.0, 0.0)).action_probabilities()[0]
    assert swapped == pytest.approx(5 / 6, abs=1e-8)


def test_the_working_of_q_a_has_the_reward_of_step_2_in_it():
    """The post prints (1×0) + (0×0); the reward of step 2 is 1, and its indicator is what is 0."""
    assert lecture.seen(Greedy(2)).estimates()[0] == (1 * 0 + 0 * 1) / 1
