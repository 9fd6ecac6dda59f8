"""All numbers of a comparison, computed once: tables, figures and words read them from here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from experiments.analysis.metrics import METRICS
from experiments.analysis.samples import Group, Sample, games_needed, paired
from experiments.analysis.statistics.columns import STATISTICS
from experiments.analysis.statistics.confidence import Bounds, Confidence, Estimate
from experiments.analysis.statistics.differences import independent_difference, paired_difference
from experiments.analysis.statistics.improvement import improvement_confidence
from experiments.analysis.statistics.multiple import holm, holm_levels
from experiments.analysis.statistics.resampling import RESAMPLES, Resamples
from experiments.analysis.statistics.robust import iqm_confidence
from experiments.analysis.verdicts import verdict

SEED = 0  # of the resamples: the same games give the same numbers


@dataclass(frozen=True)
class Score:
    """One config in one metric.

    Attributes:
        config: its name.
        seeds: how many training seeds.
        games: how many games of each, or of all together where each played its own.
        mean, iqm: over seeds and games; the interquartile mean is of all games pooled.
        others: of all games, by name of `STATISTICS`.
    """

    config: str
    seeds: int
    games: int
    mean: Estimate
    iqm: Estimate
    others: Mapping[str, float]


@dataclass(frozen=True)
class Pair:
    """Two configs in one metric.

    Attributes:
        a, b: their names.
        paired: whether they played the same games, which are compared one by one then.
        difference: mean of a − mean of b, with the 95 % interval of this pair by itself.
        adjusted: the same with Holm's interval: it excludes zero just where `adjusted_p` ≤ 0.05.
        p, adjusted_p: of there being no difference: by itself, and by Holm among all pairs.
        improvement: the probability that a game of a beats one of b, with its 95 % interval.
        games_to_tell: how many would tell them apart with a power of 80 %; may be infinite.
        verdict: all that in words.
    """

    a: str
    b: str
    paired: bool
    difference: Estimate
    adjusted: Estimate
    p: float
    adjusted_p: float
    improvement: Estimate
    games_to_tell: float
    verdict: str


@dataclass(frozen=True)
class Comparison:
    """One metric of all configs: every one by itself, and every two of them."""

    metric: str
    scores: tuple[Score, ...]
    pairs: tuple[Pair, ...]


def compare(
    groups: Mapping[str, Group], metrics: Iterable[str], rng: np.random.Generator | None = None
) -> dict[str, Comparison]:
    """Return the comparison in each metric. Holm adjusts for all pairs of one metric.

    Games are paired by their `seed`; configs that played other games are compared as wholes.

    Args:
        groups: for each config, by its name, the rows of its games for each training seed.
        metrics: keys of the rows, of `METRICS`.
        rng: draws resamples; omitted: the same every time.

    Raises:
        ValueError: for a config without games, and for a score that is NaN or infinite.
    """
    pairs = len(groups) * (len(groups) - 1) // 2
    size = RESAMPLES * max(1, pairs // 40)  # Holm asks for p-values as small as 0.05 / pairs
    resamples = Resamples(np.random.default_rng(SEED) if rng is None else rng, size)
    return {metric: _in_metric(groups, metric, resamples) for metric in metrics}


def _in_metric(groups: Mapping[str, Group], metric: str, resamples: Resamples) -> Comparison:
    samples = {name: Sample.of(group, metric) for name, group in groups.items()}
    means = {name: sample.mean(resamples) for name, sample in samples.items()}
    bounds = METRICS[metric].bounds
    scores = tuple(_score(name, samples[name], means[name], bounds, resamples) for name in groups)
    names = list(combinations(groups, 2))
    differences = [_difference(samples, means, pair, resamples) for pair in names]
    p = [difference.p_value() for difference in differences]
    adjusted_p, levels = holm(p), holm_levels(p)
    pairs = tuple(
        _pair(samples, names[i], metric, differences[i], (adjusted_p[i], levels[i]), resamples)
        for i in range(len(names))
    )
    return Comparison(metric, scores, pairs)


def _score(
    name: str, sample: Sample, average: Confidence, bounds: Bounds, resamples: Resamples
) -> Score:
    pooled, interval = sample.pooled, average.interval(bounds=bounds)
    middle = sample.whole(iqm_confidence(pooled, resamples).interval(bounds=bounds))
    others = {name: statistic(pooled.ravel()) for name, statistic in STATISTICS.items()}
    return Score(name, len(sample.scores), pooled.shape[1], interval, middle, others)


def _difference(
    samples: Mapping[str, Sample],
    means: Mapping[str, Confidence],
    names: tuple[str, str],
    resamples: Resamples,
) -> Confidence:
    a, b = (samples[name] for name in names)
    if paired(a, b):
        return paired_difference(a.pooled, b.pooled, resamples)
    return independent_difference(means[names[0]], means[names[1]], resamples)


def _pair(
    samples: Mapping[str, Sample],
    names: tuple[str, str],
    metric: str,
    difference: Confidence,
    holm_says: tuple[float, float],
    resamples: Resamples,
) -> Pair:
    a, b = (samples[name] for name in names)
    adjusted_p, level = holm_says
    bounds = METRICS[metric].bounds.of_difference()
    itself = difference.interval(bounds=bounds)
    adjusted = itself if np.isnan(level) else difference.interval(level, bounds)
    games = games_needed(a, b, difference.value, level)
    better = improvement_confidence(a.pooled, b.pooled, resamples, paired(a, b)).interval()
    return Pair(
        *names,
        paired=paired(a, b),
        difference=itself,
        adjusted=adjusted,
        p=difference.p_value(),
        adjusted_p=adjusted_p,
        improvement=a.whole(b.whole(better)),
        games_to_tell=games,
        verdict=verdict(*names, adjusted, games, METRICS[metric], a.pooled.shape[1]),
    )
