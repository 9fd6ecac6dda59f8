"""The bandits of `agents.bandits`, compiled: one run of a policy on one problem.

They use up random numbers exactly as the agents' own classes do, so that equal generators give
equal choices. Tests hold the two together, policy by policy.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from agents.bandits.forgetting import discount, slide
from agents.bandits.ucb import upper_bounds
from compiling.compiled import compiled
from experiments.testbed.draws import (
    beta_draws,
    draw_from,
    gaussian_draws,
    preferred,
    student_draws,
)

GREEDY, EPSILON_GREEDY, UCB, THOMPSON_BETA, THOMPSON_GAUSSIAN, THOMPSON_STUDENT, GRADIENT = range(7)
DISCOUNTED_UCB, WINDOW_UCB = 7, 8
THOMPSON = (THOMPSON_BETA, THOMPSON_GAUSSIAN, THOMPSON_STUDENT)  # as `PosteriorName` lists them


class Rule(NamedTuple):
    """How a policy chooses and learns; the settings of other policies are not looked at."""

    kind: int
    step_size: float = 0.0  # of action values or preferences; 0: the sample average
    epsilon: float = 0.0
    final_epsilon: float = 0.0
    decay_decisions: float = 0.0  # 0: epsilon stays
    c: float = 0.0
    forgetting: float = 1.0
    noise_variance: float = 1.0
    baseline: bool = True


class Memory(NamedTuple):
    """What a policy has learned; changed in place.

    `learned` (P, A) are Thompson's posterior parameters, or in its first row the gradient
    bandit's preferences; `average` (1,) is that one's baseline. The last three are those of
    `agents.bandits.forgetting`, of a UCB that forgets: (A,), and of a window of τ (τ,).
    """

    counts: np.ndarray  # (A,) int64
    values: np.ndarray  # (A,) float64
    learned: np.ndarray
    average: np.ndarray
    weights: np.ndarray
    recent_arms: np.ndarray
    recent_rewards: np.ndarray


class World(NamedTuple):
    """What a pull pays, and how the means move: see `Arms`."""

    bernoulli: bool
    walk: float
    burst: tuple[int, int, float] = (0, 0, 0.0)


class Run(NamedTuple):
    """One run, each (T,): the arms chosen, the rewards, and of every choice how far its mean
    was below the best one, which is `best`.
    """

    arms: np.ndarray
    rewards: np.ndarray
    gaps: np.ndarray
    best: np.ndarray


@compiled
def play(
    rule: Rule,
    memory: Memory,
    world: World,
    means: np.ndarray,
    steps: int,
    nature: np.random.Generator,
    rng: np.random.Generator,
) -> Run:
    """Choose, be paid and learn, `steps` times.

    Args:
        rule, memory: the policy; it goes on from its memory.
        world, means: the problem; means (A,) float64 are changed if they move.
        steps: T.
        nature: the problem's random numbers: each step takes as many whatever is chosen.
        rng: the policy's.
    """
    arms = np.empty(steps, np.int64)
    rewards, gaps, best = np.empty(steps), np.empty(steps), np.empty(steps)
    highest = means.max()
    for t in range(steps):
        arm = choose(rule, memory, rng)
        reward = pay(world, means[arm], nature)
        arms[t], rewards[t], gaps[t], best[t] = arm, reward, highest - means[arm], highest
        learn(rule, memory, arm, reward, rng)
        if world.walk > 0.0:
            for a in range(len(means)):
                means[a] += world.walk * nature.standard_normal()
            highest = means.max()
        begins, ends, by = world.burst
        if t + 1 == begins or t + 1 == ends:
            means[-1] += by if t + 1 == begins else -by
            highest = means.max()
    return Run(arms, rewards, gaps, best)


@compiled
def pay(world: World, mean: float, nature: np.random.Generator) -> float:
    """Return the reward of one pull."""
    if world.bernoulli:
        return 1.0 if nature.random() < mean else 0.0
    return mean + nature.standard_normal()


@compiled
def choose(rule: Rule, memory: Memory, rng: np.random.Generator) -> int:
    """`select` of the bandit's class."""
    n_arms = len(memory.values)
    if rule.kind == EPSILON_GREEDY and rng.random() < current_epsilon(rule, memory.counts):
        return int(rng.random() * n_arms) if n_arms > 1 else 0
    if rule.kind <= EPSILON_GREEDY:
        return best_of(memory.values, memory.values, rng)
    if rule.kind == UCB:
        bounds = upper_bounds(memory.values, memory.counts, rule.c)
        return best_of(bounds, memory.values, rng)
    if rule.kind >= DISCOUNTED_UCB:
        bounds = upper_bounds(memory.values, memory.weights, rule.c)
        return best_of(bounds, memory.values, rng)
    if rule.kind == THOMPSON_BETA:
        return int(np.argmax(beta_draws(memory.learned, rng)))
    if rule.kind == THOMPSON_GAUSSIAN:
        return int(np.argmax(gaussian_draws(memory.learned, rng)))
    if rule.kind == THOMPSON_STUDENT:
        return int(np.argmax(student_draws(memory.learned, rng)))
    return draw_from(preferred(memory.learned[0]), rng)


@compiled
def current_epsilon(rule: Rule, counts: np.ndarray) -> float:
    """Return the epsilon of the next choice."""
    if rule.decay_decisions == 0.0:
        return rule.epsilon
    progress = min(1.0, counts.sum() / rule.decay_decisions)
    return (1 - progress) * rule.epsilon + progress * rule.final_epsilon


@compiled
def best_of(scores: np.ndarray, values: np.ndarray, rng: np.random.Generator) -> int:
    """Return an arm of the highest score; among those of the highest value; uniformly among the
    rest.
    """
    first, ties = 0, 1
    for a in range(1, len(scores)):
        same = scores[a] == scores[first]
        if scores[a] > scores[first] or (same and values[a] > values[first]):
            first, ties = a, 1
        elif same and values[a] == values[first]:
            ties += 1
    if ties == 1:
        return first
    skip = int(rng.random() * ties)
    for a in range(first, len(scores)):
        if scores[a] == scores[first] and values[a] == values[first]:
            if skip == 0:
                return a
            skip -= 1
    return first


@compiled
def learn(rule: Rule, memory: Memory, arm: int, reward: float, rng: np.random.Generator) -> None:
    """`update` of the bandit's class."""
    if rule.kind == GRADIENT:
        ascend(rule, memory, arm, reward)
    memory.counts[arm] += 1
    if rule.kind == DISCOUNTED_UCB:
        discount(memory.weights, memory.values, rule.forgetting, arm, reward)
        return
    if rule.kind == WINDOW_UCB:
        ring, t = (memory.recent_arms, memory.recent_rewards), memory.counts.sum()
        slide(memory.weights, memory.values, *ring, t, arm, reward)
        return
    constant = rule.step_size > 0.0 and rule.kind != GRADIENT
    step = rule.step_size if constant else 1 / memory.counts[arm]
    memory.values[arm] += step * (reward - memory.values[arm])
    if rule.kind == THOMPSON_BETA:
        success = rng.random() < reward
        memory.learned[0 if success else 1, arm] += 1
    elif rule.kind == THOMPSON_GAUSSIAN:
        mean, variance = memory.learned[0, arm], memory.learned[1, arm]
        new_variance = 1 / (1 / variance + 1 / rule.noise_variance)
        memory.learned[0, arm] = new_variance * (mean / variance + reward / rule.noise_variance)
        memory.learned[1, arm] = new_variance
    elif rule.kind == THOMPSON_STUDENT:
        mean, kappa = memory.learned[0, arm], memory.learned[1, arm]
        error = reward - mean
        memory.learned[0, arm] = mean + error / (kappa + 1)
        memory.learned[1, arm] = kappa + 1
        memory.learned[2, arm] += 1
        memory.learned[3, arm] += kappa / (kappa + 1) * error**2


@compiled
def ascend(rule: Rule, memory: Memory, arm: int, reward: float) -> None:
    """One step of the gradient bandit's preferences and of its baseline."""
    t = memory.counts.sum() + 1
    average = reward if t == 1 else memory.average[0]
    advantage = reward - average if rule.baseline else reward
    pi = preferred(memory.learned[0])
    for a in range(len(pi)):
        memory.learned[0, a] += rule.step_size * advantage * ((a == arm) - pi[a])
    memory.average[0] = average + (reward - average) / t
