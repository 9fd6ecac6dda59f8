"""Lesson (a): the lecture's question, the testbed, regret."""

from __future__ import annotations

import math

import numpy as np

from agents.bandits import Thompson
from experiments.exercises.question import Answer, Question, Wrong, same

PROBLEMS, STEPS, N_ARMS = 100, 500, 5
EXPLORING = 0.1  # ε of the policy to beat
SHARE = 0.75  # of its regret that is beyond luck: ε-greedy against itself has 0.85 to 1.2


def ucb_arm(counts: np.ndarray, means: np.ndarray, c: float) -> int:
    """Return the arm that UCB chooses: the largest Q(a) + c sqrt(ln t / n(a)).

    counts (A,) is how often each arm was pulled, means (A,) what it paid on average, and t the sum
    of the counts. An arm that was never pulled comes first; of equals, the one of the lowest index.
    """
    raise NotImplementedError


def thompson_probability(successes: np.ndarray, failures: np.ndarray) -> float:
    """Return the probability that Thompson sampling pulls the second of two arms.

    Arm a has paid 1 successes[a] times and 0 failures[a] times; before that, every mean from 0 to 1
    was as likely as any other. The error may be 0.005.
    """
    raise NotImplementedError


def choose(counts: np.ndarray, means: np.ndarray, rng: np.random.Generator) -> int:
    """Return an arm, by a policy of your own.

    It is played on problems of five arms that pay 0 or 1, 500 pulls each, and its regret must be
    below three quarters of that of ε-greedy with ε = 0.1 on the same problems: less might be luck.
    counts and means are as above; the mean of an arm never pulled is 0.
    """
    raise NotImplementedError


def _check_ucb(answer: Answer, rng: np.random.Generator) -> None:
    calls = [_any_call(rng) for _ in range(100)]
    calls += [_close_call(1 if i % 2 else -1, rng) for i in range(20)]
    calls += [_tie(pulled, rng) for pulled in (0, 1, 5)]
    for counts, means, c in calls:
        bonus = [math.inf if n == 0 else math.sqrt(math.log(counts.sum()) / n) for n in counts]
        bounds = means + np.array([math.inf if b == math.inf else c * b for b in bonus])
        case = f"counts {counts}, means {means}, c {c:.3f}"
        same(answer(counts.copy(), means.copy(), c), int(bounds.argmax()), case)


def _any_call(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, float]:
    """Return counts, means and c of four arms."""
    counts = rng.integers(0 if rng.random() < 0.3 else 1, 20, size=4)
    counts[rng.integers(4)] += 1
    return counts, rng.random(4).round(2), float(rng.uniform(0, 2))


def _close_call(off: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, float]:
    """Return counts, means and c of two arms between which UCB with t + off chooses otherwise."""
    counts, c = rng.choice(np.arange(1, 5), size=2, replace=False), float(rng.uniform(0.2, 0.8))
    few, many = counts.argsort()
    spread = np.sqrt(np.log(counts.sum() + np.array([0, off]))).mean()
    lead = c * spread * (counts[few] ** -0.5 - counts[many] ** -0.5)
    means = np.zeros(2)
    means[few] = rng.uniform(0, 1 - lead)
    means[many] = means[few] + lead
    return counts, means, c


def _tie(pulled: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, float]:
    """Return counts, means and c of four arms, the best two of which were pulled alike."""
    best = rng.choice(4, size=2, replace=False)
    counts, means = np.full(4, 5), np.zeros(4)
    counts[best] = pulled
    means[best] = 0.9 if pulled else 0.0
    return counts, means, float(rng.uniform(0.1, 2))


def _check_probability(answer: Answer, rng: np.random.Generator) -> None:
    for _ in range(10):
        successes, failures = rng.integers(0, 8, size=2), rng.integers(0, 8, size=2)
        bandit = Thompson(2)
        for arm in range(2):
            for reward in [1.0] * int(successes[arm]) + [0.0] * int(failures[arm]):
                bandit.update(arm, reward)
        case = f"successes {successes}, failures {failures}"
        expected = bandit.action_probabilities()[1]
        same(answer(successes.copy(), failures.copy()), expected, case, 0.005)


def _check_choose(answer: Answer, rng: np.random.Generator) -> None:
    problems = rng.random((PROBLEMS, N_ARMS))
    dice = rng.random((PROBLEMS, STEPS))
    yours, theirs = (
        sum(_regret(policy, arms, row, rng) for arms, row in zip(problems, dice, strict=True))
        for policy in (answer, _epsilon_greedy)
    )
    if yours >= SHARE * theirs:
        raise Wrong(
            f"a regret of {yours / PROBLEMS:.1f} a problem; three quarters of ε-greedy's are "
            f"{SHARE * theirs / PROBLEMS:.1f}"
        )


def _epsilon_greedy(counts: np.ndarray, means: np.ndarray, rng: np.random.Generator) -> int:
    if rng.random() < EXPLORING:
        return int(rng.integers(len(counts)))
    return int(rng.choice(np.flatnonzero(means == means.max())))


def _regret(policy: Answer, arms: np.ndarray, dice: np.ndarray, rng: np.random.Generator) -> float:
    """Return what a policy loses on one problem against always pulling the best arm."""
    counts, means = np.zeros(len(arms), dtype=int), np.zeros(len(arms))
    lost = 0.0
    for die in dice:
        arm = policy(counts.copy(), means.copy(), rng)
        if arm not in range(len(arms)):
            raise Wrong(f"expected an arm from 0 to {len(arms) - 1}, got {arm!r}")
        counts[arm] += 1
        means[arm] += (float(die < arms[arm]) - means[arm]) / counts[arm]
        lost += float(arms.max() - arms[arm])
    return lost


QUESTIONS = (
    Question(ucb_arm, _check_ucb),
    Question(thompson_probability, _check_probability),
    Question(choose, _check_choose),
)
