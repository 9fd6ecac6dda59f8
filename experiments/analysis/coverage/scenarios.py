"""Simulated experiments: how often is an interval right, and how often is a difference imagined?

Every function plays the same experiment many times and returns the fraction of them in which each
method did what it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

import numpy as np
from scipy import stats

from experiments.analysis.coverage.populations import pairs, population, standardised
from experiments.analysis.statistics.confidence import LEVEL, Confidence, Estimate
from experiments.analysis.statistics.cumulants import Cumulants
from experiments.analysis.statistics.differences import paired_difference
from experiments.analysis.statistics.hierarchical import mean
from experiments.analysis.statistics.improvement import (
    improvement_confidence,
    probability_of_improvement,
)
from experiments.analysis.statistics.multiple import holm
from experiments.analysis.statistics.power import games_to_tell
from experiments.analysis.statistics.resampling import RESAMPLES, Resamples
from experiments.analysis.statistics.robust import iqm, iqm_confidence

PERCENTILE, STUDENT, OURS = "percentile bootstrap", "Student's t", "Yendor"
Fractions = dict[str, float]
SHARED = 50  # experiments that share resamples, which only saves time
MANY = 1_000_000  # games that show a truth which has no formula
FEWER = 1_999  # resamples where only the 95 % interval is asked for


def mean_covered(name: str, games: int, times: int, rng: np.random.Generator) -> Fractions:
    """Intervals of the mean of so many games of a population that hold the truth."""
    games_there_are = population(name)
    return _covered(
        float(games_there_are.mean()),
        {PERCENTILE: percentile, STUDENT: student, OURS: _interval(mean)},
        ((rng.choice(games_there_are, games), r) for r in _resamples(times, rng)),
    )


def difference_covered(metric: str, games: int, times: int, rng: np.random.Generator) -> Fractions:
    """Intervals of the mean difference of two agents in so many games that hold the truth."""
    both = pairs(metric)

    def ours(sample: np.ndarray, resamples: Resamples) -> Estimate:
        return paired_difference(sample[0], sample[1], resamples).interval()

    methods = {
        PERCENTILE: lambda sample, r: percentile(sample[0] - sample[1], r),
        STUDENT: lambda sample, r: student(sample[0] - sample[1], r),
        OURS: ours,
    }
    truth = float(both[0].mean() - both[1].mean())
    return _covered(truth, methods, _drawn_pairs(both, games, times, rng))


def iqm_covered(name: str, games: int, times: int, rng: np.random.Generator) -> Fractions:
    """Intervals of the interquartile mean that hold that of the population."""
    games_there_are = population(name)
    return _covered(
        iqm(games_there_are),
        {OURS: _interval(iqm_confidence)},
        ((rng.choice(games_there_are, games), r) for r in _resamples(times, rng)),
    )


def improvement_covered(
    metric: str, games: int, paired: bool, times: int, rng: np.random.Generator
) -> Fractions:
    """Intervals of the probability of improvement that hold that of the two populations."""
    both = pairs(metric)

    def ours(sample: np.ndarray, resamples: Resamples) -> Estimate:
        a, b = sample if paired else (sample[0], rng.choice(both[1], games))
        return improvement_confidence(a, b, resamples, paired).interval()

    truth = probability_of_improvement(*both)
    return _covered(truth, {OURS: ours}, _drawn_pairs(both, games, times, rng))


def correlated_improvement_covered(
    metric: str, games: int, correlation: float, times: int, rng: np.random.Generator
) -> Fractions:
    """Intervals of the probability of improvement, of agents whose games go together.

    Each score is a part that the game gives to both and a part of its own, both of the same
    population, and one agent is ahead by half a standard deviation.
    """

    def drawn(games: int) -> np.ndarray:
        common, own = rng.choice(scores, games), rng.choice(scores, (2, games))
        both = np.sqrt(correlation) * common + np.sqrt(1 - correlation) * own
        return both + [[0.5], [0]]

    def ours(sample: np.ndarray, resamples: Resamples) -> Estimate:
        return improvement_confidence(sample[0], sample[1], resamples).interval()

    scores = standardised(metric)
    truth = probability_of_improvement(*drawn(MANY))
    samples = ((drawn(games), resamples) for resamples in _resamples(times, rng))
    return _covered(truth, {OURS: ours}, samples)


def seeds_covered(
    seeds: int, games: int, spread: float, times: int, rng: np.random.Generator
) -> Fractions:
    """Intervals of the mean over training seeds and games that hold the truth, which is 0.

    Args:
        seeds, games: how many.
        spread: standard deviation between seeds; that between games, with one seed, is 1.
        times: how many experiments.
        rng: draws them.
    """
    samples = ((_crossed(seeds, games, spread, rng), r) for r in _resamples(times, rng))
    methods = {
        PERCENTILE: lambda scores, r: percentile(scores.ravel(), r),
        STUDENT: lambda scores, r: student(scores.mean(axis=1), r),
        OURS: _interval(mean),
    }
    return _covered(0.0, methods, samples)


def false_alarms(
    metric: str, agents: int, games: int, times: int, rng: np.random.Generator
) -> Fractions:
    """Report of equal agents in which some pair looks different, without Holm and with."""
    games_there_are, alarms = population(metric), np.zeros(2)
    for resamples in _resamples(times, rng, RESAMPLES):
        scores = rng.choice(games_there_are, (agents, games))
        p = [paired_difference(a, b, resamples).p_value() for a, b in combinations(scores, 2)]
        alarms += np.nanmin(p) <= 1 - LEVEL, np.nanmin(holm(p)) <= 1 - LEVEL
    return dict(zip(("each pair by itself", OURS), alarms / times, strict=True))


def power_reached(
    metric: str, effect: float, pilot: int | None, times: int, rng: np.random.Generator
) -> tuple[float, float]:
    """How many games `games_to_tell` asks for, and in which fraction of experiments they tell.

    Args:
        metric: whose differences are drawn from, scaled to a standard deviation of 1.
        effect: their mean instead of their own; its sign says on which side the long tail is.
        pilot: how many games the shape of the differences is read off; None: it is known.
        times: how many experiments.
        rng: draws them.

    Returns:
        The games, on average over the experiments, and the fraction.
    """
    both = pairs(metric)
    game = both[0] - both[1]
    scaled = (game - game.mean()) / game.std()
    asked, told = np.zeros(times), np.zeros(times, dtype=bool)
    for number, resamples in enumerate(_resamples(times, rng)):
        seen = rng.choice(scaled, pilot) if pilot else scaled
        needed = int(games_to_tell(effect, Cumulants.of(seen)))
        sample, none = rng.choice(scaled, needed) + effect, np.zeros(needed)
        asked[number] = needed
        told[number] = paired_difference(sample, none, resamples).p_value() <= 1 - LEVEL
    return float(asked.mean()), float(told.mean())


def percentile(values: np.ndarray, resamples: Resamples) -> Estimate:
    """Return the mean with its percentile bootstrap interval (Efron, 1979), to compare with."""
    means = resamples.counts(len(values)) @ values.astype(np.float32) / len(values)
    return Confidence(float(values.mean()), np.sort(means)).interval()


def student(values: np.ndarray, _: Resamples) -> Estimate:
    """Return the mean with Student's interval, which is exact for normal variables, to compare
    with.
    """
    half = stats.t.ppf((1 + LEVEL) / 2, len(values) - 1) * stats.sem(values)
    return Estimate(float(values.mean()), values.mean() - half, values.mean() + half)


def _crossed(seeds: int, games: int, spread: float, rng: np.random.Generator) -> np.ndarray:
    """Scores of (seeds, games): a quarter of a game's variance is the same for every seed."""
    points = standardised("points")
    game, rest = rng.choice(points, games), rng.choice(points, (seeds, games))
    return spread * rng.standard_normal((seeds, 1)) + np.sqrt(0.25) * game + np.sqrt(0.75) * rest


def _interval(estimator: Callable[..., Confidence]) -> Callable[..., Estimate]:
    return lambda sample, resamples: estimator(sample, resamples).interval()


def _resamples(times: int, rng: np.random.Generator, size: int = FEWER) -> Iterator[Resamples]:
    for number in range(times):
        if number % SHARED == 0:
            resamples = Resamples(rng, size)
        yield resamples


def _drawn_pairs(
    both: np.ndarray, games: int, times: int, rng: np.random.Generator
) -> Iterator[tuple[np.ndarray, Resamples]]:
    for resamples in _resamples(times, rng):
        yield both[:, rng.integers(both.shape[1], size=games)], resamples


def _covered(
    truth: float,
    methods: dict[str, Callable[..., Estimate]],
    samples: Iterator[tuple[np.ndarray, Resamples]],
) -> Fractions:
    hits: dict[str, list[bool]] = {name: [] for name in methods}
    for sample, resamples in samples:
        found = {name: method(sample, resamples) for name, method in methods.items()}
        if any(interval.why for interval in found.values()):
            continue  # all games alike: no interval is given, and none is judged
        for name, interval in found.items():
            hits[name].append(interval.low <= truth <= interval.high)
    return {name: float(np.mean(hit)) for name, hit in hits.items()}
