"""Lecture 2's closing question: after (a, reward 0) and (b, reward 1), what is P(A₃ = a)?

Source: the post "DeepMind x UCL RL Lecture 2 - Solutions". The arms are a = 0 and b = 1.
"""

from __future__ import annotations

import numpy as np
from scipy import integrate

from agents.bandits import UCB, Bandit, EpsilonGreedy, Greedy, Thompson
from experiments.reproduce.plots import canvas, save
from experiments.reproduce.report import Check, Plot, Report, Settings, vector

EPSILONS = (0.0, 0.1, 0.3, 0.5, 1.0)
CS = (0.0, 0.5, 1.0, 2.0, 10.0, 1000.0)
A, B = 0, 1
EXACT, INTEGRATED = 1e-12, 1e-8  # the precision of a formula, and of `action_probabilities`


def reproduce(settings: Settings) -> Report:
    """Return the post's figures; nothing is random, since probabilities are exact."""
    thompson = seen(Thompson(2))
    assert isinstance(thompson, Thompson)
    checks = (*_choices(thompson), *_posteriors(thompson), *_errors())
    return Report("DeepMind × UCL lecture 2, solutions", checks, (_plot(thompson),))


def seen(bandit: Bandit, rewards: tuple[float, float] = (0.0, 1.0)) -> Bandit:
    """Return the bandit after a gave the first reward and b the second."""
    bandit.update(A, rewards[0])
    bandit.update(B, rewards[1])
    return bandit


def chance_of_a(bandit: Bandit) -> float:
    """Return P(A₃ = a) for an untouched bandit of two arms."""
    return float(seen(bandit).action_probabilities()[A])


def integral() -> float:
    """Return ∫₀¹ ∫₀ˣ (2 - 2x) 2y dy dx, by quadrature."""
    value, _ = integrate.dblquad(lambda y, x: (2 - 2 * x) * 2 * y, 0, 1, 0, lambda x: x)
    return float(value)


def _choices(thompson: Thompson) -> list[Check]:
    greedy = chance_of_a(Greedy(2))
    epsilon = [chance_of_a(EpsilonGreedy(2, epsilon)) for epsilon in EPSILONS]
    ucb = [chance_of_a(UCB(2, c)) for c in CS]
    sampled = float(thompson.action_probabilities()[A])
    halves = [e / 2 for e in EPSILONS]
    listed = ", ".join(f"{e:g}" for e in EPSILONS)
    c_listed = ", ".join(f"{c:g}" for c in CS)
    return [
        Check("P(A₃=a), greedy", "0", f"{greedy:g}", greedy == 0),
        Check(
            f"P(A₃=a), ε-greedy, ε = {listed}",
            f"ε/2 = {vector(halves, 2)}",
            vector(epsilon, 2),
            bool(np.allclose(epsilon, halves, rtol=0, atol=EXACT)),
        ),
        Check(f"P(A₃=a), UCB, c = {c_listed}", "0 for every c", vector(ucb), not any(ucb)),
        Check(
            "P(A₃=a), Thompson",
            "1/6",
            f"{sampled:.10f}",
            abs(sampled - 1 / 6) < INTEGRATED,
        ),
        Check(
            "the same, by the post's double integral",
            "1/6",
            f"{integral():.10f}",
            abs(integral() - 1 / 6) < INTEGRATED,
        ),
    ]


def _posteriors(thompson: Thompson) -> list[Check]:
    x = np.linspace(0, 1, 101)
    wanted = np.stack([2 - 2 * x, 2 * x])
    error = np.abs(thompson.density(x) - wanted).max(axis=1)
    means = thompson.estimates()
    names = ("density of a, Beta(1, 2)", "density of b, Beta(2, 1)")
    shown = f"{vector(means)}"
    checks = [
        Check(name, formula, f"the same at 101 points, to {worst:.0e}", worst < EXACT)
        for name, formula, worst in zip(names, ("2 − 2x", "2x"), error.tolist(), strict=True)
    ]
    right = bool(np.allclose(means, [1 / 3, 2 / 3], rtol=0, atol=EXACT))
    return [Check("posterior means of a and b", "1/3, 2/3", shown, right), *checks]


def _errors() -> list[Check]:
    swapped = float(seen(Thompson(2), (1.0, 0.0)).action_probabilities()[A])
    return [
        Check(
            "the slide's Beta updates, which the post corrects",
            "a success adds to β",
            f"a success adds to α: 1/6; swapped, P(A₃=a) = {swapped:.6f} = 5/6",
            abs(swapped - 5 / 6) < INTEGRATED,
            erratum="slide",
        ),
        Check(
            "the video's answer, which the post corrects",
            "1/4",
            f"1/6: the double integral is {integral():.6f}",
            abs(integral() - 1 / 6) < INTEGRATED,
            erratum="slide",
        ),
    ]


def _plot(thompson: Thompson) -> Plot:
    figure, (axes,) = canvas()
    x = np.linspace(0, 1, 201)
    labels = ("a: Beta(1, 2), density 2 − 2x", "b: Beta(2, 1), density 2x")
    rows = zip(labels, thompson.density(x), thompson.estimates(), strict=True)
    for label, density, mean in rows:
        (line,) = axes.plot(x, density, label=label)
        axes.axvline(mean, color=line.get_color(), linestyle=":", label=f"mean {mean:.3f}")
    axes.set_title("What is believed of each arm after (a, 0), (b, 1)")
    axes.set_xlabel("mean reward of the arm")
    axes.set_ylabel("posterior density")
    axes.legend(loc="lower center", framealpha=1)
    return save("lecture-beta", figure)
