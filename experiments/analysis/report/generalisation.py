"""Training games against unseen ones: whether what was learned holds elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from experiments.analysis.comparison import SEED
from experiments.analysis.contestants import Contestant
from experiments.analysis.metrics import METRICS
from experiments.analysis.report.chart import Chart
from experiments.analysis.report.evidence import Evidence
from experiments.analysis.report.forest import draw_forest, height
from experiments.analysis.samples import Group, Sample
from experiments.analysis.sheet import Cell, Sheet, show
from experiments.analysis.statistics.confidence import Estimate
from experiments.analysis.statistics.differences import independent_difference
from experiments.analysis.statistics.resampling import Resamples
from experiments.files import Row
from experiments.training.asked import SEEN


class Gap(NamedTuple):
    """One config: the means of both kinds of games, and the former minus the latter."""

    how: str
    training: Estimate
    unseen: Estimate
    difference: Estimate


def generalisation(evidence: Evidence) -> tuple[Sheet, Chart] | None:
    """Return a table and a figure in the headline's metric; None if nothing was trained."""
    resamples = Resamples(np.random.default_rng(SEED))
    gaps = {
        score.config: _gap(evidence, score.config, score.mean, resamples)
        for score in evidence.headline.scores
        if evidence.training(score.config)
    }
    metric = evidence.headline.metric
    return (_sheet(metric, gaps), _chart(metric, gaps)) if gaps else None


def _gap(evidence: Evidence, name: str, unseen: Estimate, resamples: Resamples) -> Gap:
    metric = evidence.headline.metric
    bounds = METRICS[metric].bounds
    seeds = {seed: c for seed, c in evidence.contestants[name].items() if c.training}
    rows, how = _training_games(seeds)
    training = Sample.of(rows, metric).mean(resamples)
    ours: Group = {seed: c.evaluation for seed, c in seeds.items()}
    difference = independent_difference(
        training, Sample.of(ours, metric).mean(resamples), resamples
    )
    gap = difference.interval(bounds=bounds.of_difference())
    return Gap(how, training.interval(bounds=bounds), unseen, gap)


def _training_games(seeds: Mapping[int, Contestant]) -> tuple[dict[int, Sequence[Row]], str]:
    """Training games played again without learning where that was done, else the last ones."""
    again = {seed: c.run.evaluation(SEEN) for seed, c in seeds.items()}
    if all(again.values()):
        return dict(again), "played again, not learning"
    last = min(min(len(c.training), len(c.evaluation)) for c in seeds.values())
    return {seed: c.training[-last:] for seed, c in seeds.items()}, f"the last {last}, learning"


def _sheet(metric: str, gaps: Mapping[str, Gap]) -> Sheet:
    form = METRICS[metric].form
    rows = [
        [
            Cell(name), Cell(gap.how), Cell(show(gap.training, form)),
            Cell(show(gap.unseen, form)),
            Cell(show(gap.difference, form, sign=True), gap.difference.excludes_zero),
        ]
        for name, gap in gaps.items()
    ]  # fmt: skip
    columns = ("config", "training games", "their mean", "unseen: mean", "training − unseen")
    caption = (
        "A difference above zero is what training games make easier (overfitting), one below it"
        " what an agent plays better at the end than while it learned."
    )
    title = f"{metric}: training games against unseen ones"
    return Sheet("generalisation", title, columns, rows, caption)


def _chart(metric: str, gaps: Mapping[str, Gap]) -> Chart:
    estimates = [gap.difference for gap in gaps.values()]
    rows = [
        {"config": name, "games": kind, "mean": e.value, "low": e.low, "high": e.high}
        for name, gap in gaps.items()
        for kind, e in zip(("training", "unseen", "difference"), gap[1:], strict=True)
    ]
    said = "; ".join(f"{n}: {show(e, '.4g')}" for n, e in zip(gaps, estimates, strict=True))
    return Chart(
        "generalisation",
        "Training games minus unseen ones",
        f"Difference of the mean {metric} between training games and unseen ones, with its 95 %"
        " interval. Filled: it excludes 0.",
        f"Training games minus unseen ones in {metric}. {said}.",
        rows,
        draw_forest(list(gaps), estimates, f"difference in {metric}", zero=True),
        height(list(gaps)),
    )
