"""Training games against unseen ones: whether what was learned holds elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from experiments.analysis.comparison import Comparison, Pair, Score, compare
from experiments.analysis.contestants import Contestant
from experiments.analysis.metrics import METRICS
from experiments.analysis.report.chart import Chart
from experiments.analysis.report.evidence import Evidence
from experiments.analysis.report.forest import draw_forest, height
from experiments.analysis.sheet import Cell, Sheet, difference_cell, show
from experiments.files import Row
from experiments.training.evaluate import SEEN

TRAINING, UNSEEN = "training games", "unseen games"


def generalisation(evidence: Evidence) -> tuple[Sheet, Chart] | None:
    """A table and a figure in the headline's metric; None if nothing was trained."""
    metric = evidence.headline.metric
    found: dict[str, tuple[Comparison, str]] = {}
    for name, seeds in evidence.contestants.items():
        if trained := {seed: c for seed, c in seeds.items() if c.training}:
            rows, how = _training_games(trained)
            unseen = {seed: c.evaluation for seed, c in trained.items()}
            comparison = compare({TRAINING: rows, UNSEEN: unseen}, [metric])[metric]
            found[name] = comparison, how
    return (_sheet(metric, found), _chart(metric, found)) if found else None


def _training_games(seeds: Mapping[int, Contestant]) -> tuple[dict[int, Sequence[Row]], str]:
    """Training games played again without learning where that was done, else the last ones."""
    again = {seed: c.run.evaluation(SEEN) for seed, c in seeds.items()}
    if all(again.values()):
        return dict(again), "played again, not learning"
    last = min(min(len(c.training), len(c.evaluation)) for c in seeds.values())
    return {seed: c.training[-last:] for seed, c in seeds.items()}, f"the last {last}, learning"


def _sheet(metric: str, found: Mapping[str, tuple[Comparison, str]]) -> Sheet:
    form = METRICS[metric].form
    rows = [
        [
            Cell(name), Cell(how), *(Cell(show(score.mean, form)) for score in comparison.scores),
            difference_cell(comparison.pairs[0], form),
        ]
        for name, (comparison, how) in found.items()
    ]  # fmt: skip
    columns = ("config", "training games", "their mean", "unseen: mean", "training − unseen")
    caption = (
        "A difference above zero is what training games make easier (overfitting), one below it"
        " what an agent plays better at the end than while it learned."
    )
    title = f"{metric}: training games against unseen ones"
    return Sheet("generalisation", title, columns, rows, caption)


def _chart(metric: str, found: Mapping[str, tuple[Comparison, str]]) -> Chart:
    pairs: dict[str, Pair] = {name: c.pairs[0] for name, (c, _) in found.items()}
    scores: dict[str, tuple[Score, ...]] = {name: c.scores for name, (c, _) in found.items()}
    names, estimates = list(pairs), [pair.difference for pair in pairs.values()]
    rows = [
        {"config": name, "games": score.config, "mean": score.mean.value, "low": score.mean.low,
         "high": score.mean.high}
        for name, both in scores.items()
        for score in both
    ] + [
        {"config": name, "games": "difference", "mean": pair.difference.value,
         "low": pair.difference.low, "high": pair.difference.high}
        for name, pair in pairs.items()
    ]  # fmt: skip
    said = "; ".join(f"{n}: {show(e, '.4g')}" for n, e in zip(names, estimates, strict=True))
    return Chart(
        "generalisation",
        "Training games minus unseen ones",
        f"Difference of the mean {metric} between training games and unseen ones, with its 95 %"
        " interval. Filled: it excludes 0.",
        f"Training games minus unseen ones in {metric}. {said}.",
        rows,
        draw_forest(names, estimates, f"difference in {metric}", zero=True),
        height(names),
    )
