"""All figures of a report, by the section that they stand in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from experiments.analysis.comparison import Comparison
from experiments.analysis.report.chart import Chart
from experiments.analysis.report.choices import choice_charts
from experiments.analysis.report.endings import causes, survival_chart
from experiments.analysis.report.evidence import Evidence
from experiments.analysis.report.generalisation import generalisation
from experiments.analysis.report.learning import learning_curve, regret, round_charts
from experiments.analysis.report.scores import differences, distribution, means, profile
from experiments.analysis.sheet import Sheet


@dataclass(frozen=True)
class Charts:
    """The figures.

    Attributes:
        result, distributions, learning, choices, endings, rounds: of the headline's metric.
        others: of each other metric.
        generalisation: training games against unseen ones; None if nothing was trained.
        missing: what can't be drawn, and why.
    """

    result: Sequence[Chart]
    distributions: Sequence[Chart]
    learning: Sequence[Chart]
    choices: Sequence[Chart]
    endings: Sequence[Chart]
    rounds: Sequence[Chart]
    others: dict[str, list[Chart]]
    generalisation: Sheet | None
    missing: Sequence[str]

    def all(self) -> list[Chart]:
        """One after the other."""
        first = (self.result, self.distributions, self.learning, self.choices, self.endings)
        return [c for part in (*first, self.rounds, *self.others.values()) for c in part]


def charts_of(evidence: Evidence) -> Charts:
    """Return the figures of all that there is."""
    headline = evidence.headline
    samples = {name: evidence.scores(name, headline.metric) for name in evidence.names}
    held = generalisation(evidence)
    learning = [learning_curve(evidence, headline.metric), regret(evidence)]
    choices, missing = choice_charts(evidence)
    return Charts(
        result=[means(headline), *([differences(headline)] if headline.pairs else [])],
        distributions=[distribution(headline.metric, samples), profile(headline.metric, samples)],
        learning=[chart for chart in (*learning, held and held[1]) if chart],
        choices=choices,
        endings=[causes(evidence), survival_chart(evidence)],
        rounds=round_charts(evidence),
        others={other.metric: _of(evidence, other) for other in evidence.others},
        generalisation=held and held[0],
        missing=missing,
    )


def _of(evidence: Evidence, comparison: Comparison) -> list[Chart]:
    metric = comparison.metric
    samples = {name: evidence.scores(name, metric) for name in evidence.names}
    charts = [means(comparison)]
    if comparison.pairs:
        charts.append(differences(comparison))
    curve = learning_curve(evidence, metric)
    return [*charts, distribution(metric, samples), *([curve] if curve else [])]
