"""An experiment of the testbed: which policies on which arms, and what should be seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from experiments.testbed.arms import Arms
from experiments.testbed.policies import Policy
from experiments.testbed.simulate import Outcome, simulate

RUNS, STEPS = 2_000, 1_000
Drawing = Literal["problem", "learning", "comparison", "regret", "study"]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: what should be seen, who says so, and what was seen."""

    figure: str
    what: str
    expected: str
    source: str
    seen: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Result:
    """An experiment, played.

    Attributes:
        experiment: that it is of.
        outcomes: one for each of its policies, in order.
        seed: of all random numbers.
    """

    experiment: Experiment
    outcomes: tuple[Outcome, ...]
    seed: int

    def of(self, policy: Policy) -> Outcome:
        """Return the outcome of one of the experiment's policies."""
        return self.outcomes[self.experiment.policies.index(policy)]


@dataclass(frozen=True, slots=True)
class Experiment:
    """What one figure shows.

    Attributes:
        name: as `--figure` takes it.
        title: above the figure.
        source: where it is from.
        arms, policies: that are played.
        steps, runs: played if nobody says otherwise.
        drawing: how it is drawn.
        facts: what should be seen; empty where the experiment is one's own.
        needs: steps that the facts are about; fewer leave them out.
    """

    name: str
    title: str
    source: str
    arms: Arms
    policies: tuple[Policy, ...]
    drawing: Drawing
    steps: int = STEPS
    runs: int = RUNS
    facts: Callable[[Result], Sequence[Row]] = lambda _: ()
    needs: int = STEPS

    def play(self, seed: int, tick: Callable[[], None]) -> Result:
        """Play every policy; `tick` is called after each run of each."""
        return Result(
            self,
            tuple(simulate(p, self.arms, self.runs, self.steps, seed, tick) for p in self.policies),
            seed,
        )

    def rows(self, result: Result) -> Sequence[Row]:
        """Return the facts as seen, or nothing where the runs are too short for them."""
        return self.facts(result) if self.steps >= self.needs else ()
