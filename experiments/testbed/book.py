"""The figures of chapter 2 (Sutton & Barto, 2018)."""

from __future__ import annotations

from collections.abc import Callable

from experiments.testbed.arms import GAUSSIAN, SHIFTED, Arms
from experiments.testbed.book_facts import (
    epsilon_greedy,
    gradient,
    optimistic,
    problem,
    study,
    ucb,
)
from experiments.testbed.experiment import STEPS, Drawing, Experiment, Result, Row
from experiments.testbed.policies import Policy
from experiments.testbed.settings import (
    GRADIENTS,
    GREEDY,
    OFTEN,
    OPTIMISTIC,
    RARE,
    REALISTIC,
    STUDY,
    UCB_2,
)


def _figure(
    number: str,
    title: str,
    arms: Arms,
    policies: tuple[Policy, ...],
    drawing: Drawing,
    facts: Callable[[Result], list[Row]],
    needs: int = STEPS,
) -> Experiment:
    source = f"Sutton & Barto, figure {number}"
    return Experiment(number, title, source, arms, policies, drawing, facts=facts, needs=needs)


FIGURES = (
    _figure("2.1", "One problem of the ten-armed testbed", GAUSSIAN, (), "problem", problem, 1),
    _figure("2.2", "ε-greedy methods", GAUSSIAN, (GREEDY, RARE, OFTEN), "learning", epsilon_greedy),
    _figure(
        "2.3",
        "Optimistic initial values",
        GAUSSIAN,
        (OPTIMISTIC, REALISTIC),
        "learning",
        optimistic,
    ),
    _figure("2.4", "Upper confidence bounds", GAUSSIAN, (UCB_2, OFTEN), "learning", ucb),
    _figure(
        "2.5", "Gradient bandits, rewards centred on 4", SHIFTED, GRADIENTS, "learning", gradient
    ),
    _figure("2.6", "A parameter study", GAUSSIAN, STUDY, "study", study),
)
