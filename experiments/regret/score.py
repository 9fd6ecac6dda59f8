"""A policy's regret per decision on a bench of states, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from agents import Agent, State
from experiments.analysis.statistics.confidence import Confidence, Estimate
from experiments.analysis.statistics.differences import paired_difference
from experiments.analysis.statistics.hierarchical import mean
from experiments.analysis.statistics.resampling import RESAMPLES, Resamples
from experiments.config.models import EnvConfig
from experiments.regret.adapted import Adapted, Wide
from experiments.regret.states import MEASURES, STRATA, States

FEW = 30  # states, most of them with a regret of 0: below, an interval can't be trusted
SEED = 0  # of the resamples: the same policies give the same table


@dataclass(frozen=True)
class Score:
    """A policy on a bench of states.

    Attributes:
        name: the policy's.
        regrets: (N,) of each state.
        overall: their mean, with its interval over states.
        strata: the same of each of `STRATA`.
    """

    name: str
    regrets: np.ndarray
    overall: Estimate
    strata: tuple[Estimate, ...]


def score(states: States, name: str, policy: np.ndarray, measure: str) -> Score:
    """Scores the probabilities (N, A) that a policy gives the macro-actions of each state."""
    values = regrets(states, policy, measure)
    strata = (values[states.strata == stratum] for stratum in range(len(STRATA)))
    return Score(name, values, _estimate(values), tuple(_estimate(part) for part in strata))


def regrets(states: States, policy: np.ndarray, measure: str) -> np.ndarray:
    """Return the expected regret Q(s, a*) - Σ_a π(a | s) Q(s, a) of each state, (N,).

    The best of many estimates looks better than it is, so a* is chosen by one half of the futures,
    and all values are those of the other half; then the halves change places, and the mean of both
    counts. Where the chosen a* is not the best, the regret is somewhat too small, never too large
    on average; it is so by the same amount for every policy, and cancels when two are compared.

    Args:
        states: N of them.
        policy: (N, A), 0 on illegal macro-actions.
        measure: of `MEASURES`.
    """
    outcomes = states.outcomes[MEASURES.index(measure)].astype(float)
    halves = outcomes[:, :, ::2].mean(axis=2), outcomes[:, :, 1::2].mean(axis=2)
    chosen, judged = np.stack(halves), np.stack(halves[::-1])
    best = np.where(states.legal, chosen, -np.inf).argmax(axis=2)
    there = np.take_along_axis(judged, best[:, :, None], axis=2)[:, :, 0]
    expected = (policy * np.where(states.legal, judged, 0.0)).sum(axis=2)
    return np.asarray((there - expected).mean(axis=0))


def difference(a: Score, b: Score) -> Confidence:
    """Return the mean regret of a less that of b, on the same states."""
    return paired_difference(a.regrets, b.regrets, _resamples())


def policy_on(states: States, agent: Agent, env: EnvConfig) -> np.ndarray:
    """Return the agent's probabilities of the bench's macro-actions, (N, A).

    Args:
        states: N of them.
        agent: whose.
        env: names the macro-actions that the agent chooses among, the features and the parts of the
            situation that it sees, none of them `unknown`. Macro-actions that the bench does not
            have are illegal; those that the agent does not have it can't choose.
    """
    about = states.about
    wide = Wide(about["macros"], list(about["features"]), list(about["situation"]))
    adapted = Adapted(agent, env, wide)
    rows = zip(states.features, states.situations.tolist(), states.legal, strict=True)
    return np.stack([adapted.action_probabilities(State(*row)) for row in rows])


def uniform_on(states: States) -> np.ndarray:
    """Return the probabilities of random choice, (N, A)."""
    return states.legal / states.legal.sum(axis=1, keepdims=True)


def _estimate(values: np.ndarray) -> Estimate:
    if len(values) < FEW:
        return Estimate(float(values.mean()) if len(values) else np.nan, np.nan, np.nan, "few")
    return mean(values, _resamples()).interval()


def _resamples() -> Resamples:
    return Resamples(np.random.default_rng(SEED), RESAMPLES)
