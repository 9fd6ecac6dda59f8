"""n-step Q-learning over decisions of unequal length, with values linear in the features."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from agents.bandits.base import argmax
from agents.bandits.linear import with_one
from agents.base import Diverged, Metrics, State, Transition, finite_rewards, legal_actions
from agents.epsilon import EpsilonSettings
from agents.saved import SavedAgent
from agents.settings import setting
from agents.values.targets import n_step_returns

# The metrics of a round. Errors are G - Q(s, a), each with the weights from before its update.
MEANINGS = {
    "td_error": "root mean square of G - Q(s, a), in units of reward, Q from before the update",
    "td_bias": "mean of G - Q(s, a), in units of reward: above 0 while values are too low",
    "target": "mean of the n-step targets G, in units of reward",
    "epsilon": "the probability of exploring after the round",
}


@dataclass(frozen=True)
class SmdpQSettings(EpsilonSettings):
    """Settings of n-step SMDP Q-learning."""

    n_steps: int = setting(
        4, "decisions whose rewards are added up before values take over", low=1, high=1000
    )
    step_size: float = setting(
        0.05,
        "the share of its error that Q(s, a) moves by at each update, whatever the features' scale",
        low=0, high=1, open_below=True,
    )  # fmt: skip


class SmdpQ(SavedAgent):
    """Q-learning with macro-actions: the textbook's step from bandits to values.

    Q(s, a) = w_aᵀ x with x = (1, features). Decision t, which took k keystrokes, has the
    discounted reward R_t and the discount Γ_t = γᵏ (Bradtke & Duff, 1995; Sutton, Precup & Singh,
    1999, section 3). After each round of games, for every decision in the order of play,

        G_t = R_t + Γ_t R_{t+1} + … + Γ_t … Γ_{t+n-1} max_{a legal} Q(s_{t+n}, a)
        w_a <- w_a + step_size (G_t - w_aᵀ x) x / |x|²

    where a game that terminated before t + n has no further value, and one that was truncated is
    continued by the value of its last state. n = 1 is one-step SMDP Q-learning.

    Dividing by |x|² (normalised least mean squares: Nagumo & Noda, 1967) makes `step_size` the
    share of the error that is corrected; x has a 1 in it, so |x|² ≥ 1. Weights begin at 0 and every
    update is linear in rewards and weights: rewards times c give the same choices, and values
    times c. So there is no range of rewards to set, and none are clipped.

    Two things that the textbook warns of hold here too. G sums the rewards of what was played,
    exploration included, without importance weights: with n > 1 it is *off-policy and
    uncorrected*, biased towards ε-greedy play within those n decisions, and much faster to carry a
    late reward back (Sutton & Barto, 2018, section 7.3; Hernandez-Garcia & Sutton, 2019). And
    bootstrapping, linear values and learning off-policy together may diverge (section 11.3), the
    larger n is the less (van Hasselt et al., 2018); if weights overflow, `learn` raises.

    ε is as in `epsilon_greedy`, and holds in games of evaluation as well.

    Args:
        n_actions, n_contexts, n_features: sizes; contexts are not looked at.
        settings: None for the defaults.
        rng: explores, and breaks ties.

    Attributes:
        weights: (A, 1 + F) float64, w_a.
        taken: (A,) int64, decisions learned from.
    """

    name = "smdp_q"
    settings_type = SmdpQSettings
    settings: SmdpQSettings

    def _build(self, n_actions: int, n_contexts: int, n_features: int) -> None:
        self.weights = np.zeros((n_actions, 1 + n_features))
        self.taken = np.zeros(n_actions, np.int64)

    def act(self, state: State) -> int:
        """Return any legal action with probability ε, otherwise one of the highest value."""
        actions = self._legal(state)
        if self.rng.random() >= self.current_epsilon():
            actions = self._greedy(state, actions)
        return actions[int(self.rng.random() * len(actions))]

    def action_probabilities(self, state: State) -> np.ndarray:
        """Return ε / |legal| + (1 - ε) [a is greedy] / |greedy| of legal actions, (A,) float64."""
        legal = self._legal(state)
        greedy, epsilon = self._greedy(state, legal), self.current_epsilon()
        probabilities = np.zeros(len(self.taken))
        probabilities[legal] = epsilon / len(legal)
        probabilities[greedy] += (1 - epsilon) / len(greedy)
        return probabilities

    def current_epsilon(self) -> float:
        """Return the epsilon of the next choice."""
        return self.settings.epsilon_after(int(self.taken.sum()))

    def estimates(self, state: State) -> np.ndarray:
        """Return Q(s, a) in units of reward, (A,) float64."""
        return np.asarray(self.weights @ with_one(state))

    def counts(self, state: State) -> np.ndarray:
        """Return how often each action was learned from, anywhere, (A,) int64."""
        return self.taken.copy()

    def learn(self, transitions: Sequence[Transition]) -> Metrics:
        """Learns from a round of games, decision by decision.

        Returns:
            The metrics that `MEANINGS` lists; {} of no decisions.

        Raises:
            Diverged: for a reward that is NaN or infinite, or weights that come out so; nothing is
                then learned.
        """
        if not transitions:
            return {}
        weights = self.weights.copy()
        with np.errstate(over="ignore", invalid="ignore"):
            targets, errors = self._sweep(weights, transitions)
            told = _told(targets, errors)
        if not (np.isfinite(weights).all() and np.isfinite(list(told.values())).all()):
            raise Diverged(
                "action values are NaN or infinite: learning diverged. agent.step_size ="
                f" {self.settings.step_size} is likely too high, or agent.n_steps ="
                f" {self.settings.n_steps} too low; the weights of env.reward matter too"
            )
        self.weights = weights
        np.add.at(self.taken, [step.action for step in transitions], 1)
        return told | {"epsilon": self.current_epsilon()}

    def _sweep(
        self, weights: np.ndarray, transitions: Sequence[Transition]
    ) -> tuple[np.ndarray, np.ndarray]:
        """Update the weights in place by each decision in turn; return targets and errors, (T,)."""
        returns = n_step_returns(
            np.array(finite_rewards(transitions)),
            np.array([step.discount for step in transitions]),
            np.array([step.last for step in transitions]),
            self.settings.n_steps,
        )
        targets, errors = returns.rewards.copy(), np.empty(len(transitions))
        for t, step in enumerate(transitions):
            if returns.worth[t] > 0:
                ahead = transitions[returns.end[t]].next_state
                targets[t] += returns.worth[t] * _best(weights, ahead)
            x, w = with_one(step.state), weights[step.action]
            errors[t] = targets[t] - w @ x
            w += self.settings.step_size * errors[t] / (x @ x) * x
        return targets, errors

    def _legal(self, state: State) -> list[int]:
        return legal_actions(state.action_mask, len(self.taken))

    def _greedy(self, state: State, legal: list[int]) -> list[int]:
        return argmax(self.estimates(state).tolist(), legal)

    def _arrays(self) -> dict[str, np.ndarray]:
        return {"weights": self.weights, "taken": self.taken}


def _best(weights: np.ndarray, state: State) -> float:
    """Return the highest value of a legal action."""
    return float((weights @ with_one(state))[np.asarray(state.action_mask, bool)].max())


def _told(targets: np.ndarray, errors: np.ndarray) -> Metrics:
    """Return the metrics of a round's targets and errors, (T,) both."""
    return {
        "td_error": math.hypot(*errors) / math.sqrt(len(errors)),  # squares may overflow
        "td_bias": float(errors.mean()),
        "target": float(targets.mean()),
    }
