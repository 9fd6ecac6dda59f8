"""Right answers to the questions of the lessons, each written another way than the grader's."""

from __future__ import annotations

import math

import numpy as np


def ucb_arm(counts, means, c):
    t = sum(counts)
    best, best_bound = 0, -math.inf
    for arm, (n, q) in enumerate(zip(counts, means, strict=True)):
        if n == 0:
            return arm
        bound = q + c * math.sqrt(math.log(t) / n)
        if bound > best_bound:
            best, best_bound = arm, bound
    return best


def thompson_probability(successes, failures):
    rng = np.random.default_rng(0)
    a, b = rng.beta(successes[:, None] + 1, failures[:, None] + 1, size=(2, 400_000))
    return (b > a).mean()


def choose(counts, means, rng):
    wins = counts * means
    return int(rng.beta(wins + 1, counts - wins + 1).argmax())


def decision_reward(rewards, gamma):
    total, discount = 0.0, 1.0
    for reward in rewards:
        total += discount * reward
        discount *= gamma
    return total, discount


def posterior(rewards, prior_mean, prior_variance, noise_variance):
    mean, variance = prior_mean, prior_variance
    for reward in rewards:  # Bayes' rule, one reward at a time: a Kalman filter's gain
        gain = variance / (variance + noise_variance)
        mean, variance = mean + gain * (reward - mean), (1 - gain) * variance
    return mean, variance


def worth_of_context(values, frequency):
    seeing = sum(f * max(row) for f, row in zip(frequency, values, strict=True))
    blind = max(np.average(values, axis=0, weights=frequency))
    return seeing - blind


def linucb_bounds(features, seen, rewards, alpha):
    design = np.eye(len(features))
    target = np.zeros(len(features))
    for x, reward in zip(seen, rewards, strict=True):
        design += np.outer(x, x)
        target += reward * x
    return features @ np.linalg.solve(design, target) + alpha * np.sqrt(
        features @ np.linalg.solve(design, features)
    )


def softmax(z):
    exps = np.exp(z - max(z))
    return exps / sum(exps)


def logits_gradient(z, y):
    return softmax(z) - y


def policy_gradient(z, action, advantage, legal):
    gradient = np.zeros(len(z))
    gradient[legal] = softmax(z[legal])
    gradient[action] -= 1
    return advantage * gradient


def returns(rewards, discounts):
    result, ahead = [], 0.0
    for reward, discount in zip(reversed(rewards), reversed(discounts), strict=True):
        ahead = reward + discount * ahead
        result.insert(0, ahead)
    return result


def generalised_advantages(rewards, discounts, values, lam):
    result, ahead, next_value = [], 0.0, 0.0
    for t in reversed(range(len(rewards))):
        delta = rewards[t] + discounts[t] * next_value - values[t]
        ahead = delta + discounts[t] * lam * ahead
        next_value = values[t]
        result.insert(0, ahead)
    return np.array(result)


def ppo_weight(advantage, ratio, clip):
    clamped = min(max(ratio, 1 - clip), 1 + clip)
    return ratio * advantage if ratio * advantage <= clamped * advantage else 0.0


def interval(scores, rng):
    n, mean, error = len(scores), scores.mean(), scores.std(ddof=1) / math.sqrt(len(scores))
    drawn = scores[rng.integers(n, size=(400, n))]  # the studentised bootstrap
    t = (drawn.mean(axis=1) - mean) / (drawn.std(axis=1, ddof=1) / math.sqrt(n))
    low, high = np.quantile(t, [0.025, 0.975])
    return mean - high * error, mean - low * error


def holm(p_values, level):
    stands = np.zeros(len(p_values), dtype=bool)
    for i, which in enumerate(sorted(range(len(p_values)), key=lambda k: p_values[k])):
        if p_values[which] > level / (len(p_values) - i):
            break
        stands[which] = True
    return stands
