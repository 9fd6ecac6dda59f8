"""Policy gradient: REINFORCE with a learned baseline, and actor-critic with PPO's clipping."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path

import numpy as np

from agents import checkpoint
from agents.base import ActionIndices, Diverged, FeatureIndices, State, Transition, legal_actions
from agents.baselines import PriorityAgent
from agents.checks import check_range
from agents.networks.activations import ActivationName
from agents.networks.backends import Backend, Network, Optimiser, make_network
from agents.networks.mlp import Precision
from agents.networks.optimisers import OptimiserName, clip_norm
from agents.networks.softmax import log_softmax, softmax
from agents.policy_gradient.advantages import advantages
from agents.policy_gradient.normaliser import Normaliser

SMALL_OUTPUT = 0.01  # the policy's last layer begins this small: all legal actions nearly alike


class PolicyGradient:
    """A small network whose softmax output is the policy; learns from whole rounds of games.

    REINFORCE (Williams, 1992) climbs Σ_t A_t log π(a_t | s_t). With y the one-hot vector of the
    chosen action that is minus the cross-entropy of S = π(· | s) with the target y, and so

        ∇_z A log S_a = - A ∇_z XE(S, y) = - A (S - y)

    the gradient of the softmax derivation, times the advantage: a network that classifies states
    by the action taken, each example weighing as much as the action was better than expected.
    The entropy bonus and PPO's clipping (Schulman et al., 2017) only change that weighted target.

    Settings from REINFORCE to PPO: `trace` 1, `epochs` 1 and no `clip` is REINFORCE with a
    baseline; a `trace` below 1 makes it actor-critic; `clip` and more epochs make it PPO.

    Args:
        backend: "numpy" or "torch", which must be installed: the same network.
        hidden: units of each hidden layer, of the policy and of the value network.
        activation: of the hidden layers.
        optimiser: "adam", "sgd", or "momentum".
        learning_rate: of both networks.
        entropy_bonus: weight of the policy's entropy.
        trace: λ of generalised advantage estimation.
        clip: how far π(a)/π_old(a) may leave 1 before a decision stops counting; None: no limit,
            and no ratio.
        epochs: times that each decision of a round is learned from.
        batch_size: decisions per step; None: all of the round at once.
        max_gradient_norm: longer gradients are shortened to it.
        normalise_features, normalise_returns: by their running means and deviations.
        prior: actions, most urgent first: the policy begins as a soft version of the fixed order
            of `agents.PriorityAgent`, and learns where to leave it. None: all actions alike.
        prior_strength: how many times likelier, as a logarithm, an action begins than the next.
        masked_features: features that the networks do not see.
        precision: "float32" or "float64".

    Raises:
        ValueError: for a setting out of range, or a backend that is not installed.
    """

    name = "policy_gradient"
    learns_online = False

    def __init__(
        self,
        n_actions: int,
        n_situations: int = 1,
        n_features: int = 0,
        *,
        backend: Backend = "numpy",
        hidden: tuple[int, ...] = (64,),
        activation: ActivationName = "tanh",
        optimiser: OptimiserName = "adam",
        learning_rate: float = 3e-3,
        entropy_bonus: float = 0.01,
        trace: float = 1.0,
        clip: float | None = None,
        epochs: int = 1,
        batch_size: int | None = None,
        max_gradient_norm: float = 0.5,
        normalise_features: bool = True,
        normalise_returns: bool = True,
        prior: ActionIndices | None = None,
        prior_strength: float = 2.0,
        masked_features: FeatureIndices | None = None,
        precision: Precision = "float32",
        rng: np.random.Generator | None = None,
    ) -> None:
        check_range("learning_rate", learning_rate, 0, open_below=True)
        check_range("entropy_bonus", entropy_bonus, 0)
        check_range("trace", trace, 0, 1)
        check_range("epochs", epochs, 1)
        check_range("max_gradient_norm", max_gradient_norm, 0, open_below=True)
        check_range("prior_strength", prior_strength, 0)
        if clip is not None:
            check_range("clip", clip, 0, open_below=True)
        if batch_size is not None:
            check_range("batch_size", batch_size, 1)
        settings = {
            "backend": backend, "hidden": list(hidden), "activation": activation,
            "optimiser": optimiser, "learning_rate": learning_rate,
            "entropy_bonus": entropy_bonus, "trace": trace, "clip": clip, "epochs": epochs,
            "batch_size": batch_size, "max_gradient_norm": max_gradient_norm,
            "normalise_features": normalise_features, "normalise_returns": normalise_returns,
            "prior": prior, "prior_strength": prior_strength,
            "masked_features": masked_features, "precision": precision,
        }  # fmt: skip
        self.header = checkpoint.Header(self.name, n_actions, n_situations, n_features, settings)
        self.rng = np.random.default_rng() if rng is None else rng
        self.n_actions, self.clip, self.epochs = n_actions, clip, epochs
        self.entropy_bonus, self.trace, self.batch_size = entropy_bonus, trace, batch_size
        self.max_gradient_norm, self.learning_rate = max_gradient_norm, learning_rate
        self.normalise_features, self.normalise_returns = normalise_features, normalise_returns
        self.features, self.returns = Normaliser(n_features), Normaliser(1)

        mask = _mask(masked_features, n_features)

        def make(n_outputs: int) -> tuple[Network, Optimiser]:
            return make_network(
                backend, (n_features, *hidden, n_outputs), activation=activation,
                precision=precision, input_mask=mask, optimiser=optimiser,
                learning_rate=learning_rate, rng=self.rng,
            )  # fmt: skip

        self.policy, self.policy_optimiser = make(n_actions)
        self.critic, self.critic_optimiser = make(1)
        self.n_last_inputs = hidden[-1] if hidden else n_features
        self.policy.parameters[-(self.n_last_inputs + 1) * n_actions :] *= SMALL_OUTPUT
        if prior is not None:  # the last layer's biases come last
            order = PriorityAgent(n_actions, order=prior).order
            self.policy.parameters[-n_actions:] -= prior_strength * np.argsort(order)

    def act(self, state: State) -> int:
        """A legal action, drawn from π(· | s)."""
        cumulative = list(accumulate(self.action_probabilities(state).tolist()))
        action = bisect_right(cumulative, self.rng.random() * cumulative[-1])
        # rounding may put the draw past the end: the last legal action's share ends there
        return action if action < self.n_actions else int(np.flatnonzero(state.legal)[-1])

    def action_probabilities(self, state: State) -> np.ndarray:
        """(A,) float64: π(· | s), exactly 0 on illegal actions."""
        legal_actions(state.legal, self.n_actions)  # the mask is checked
        z = self.policy.predict(self._inputs(state.features))
        probabilities = softmax(z.astype(np.float64), state.legal)
        if not np.isfinite(probabilities).all():
            raise Diverged(self._advice("the policy's probabilities are no numbers"))
        return probabilities

    def value(self, states: np.ndarray) -> np.ndarray:
        """V(s) in units of reward, (N,), of feature vectors (N, F)."""
        outputs = self.critic.predict(self._inputs(states))[:, 0].astype(np.float64)
        return self.returns.mean + self.returns.std * outputs

    def estimates(self, state: State) -> None:
        """Keeps no action values."""

    def learn(self, transitions: Sequence[Transition]) -> None:
        """One round of learning from the games that the policy has just played.

        Raises:
            Diverged: for a loss or a gradient that is no number; the networks are then spoilt.
        """
        if not transitions:
            return
        states, legal = _stack(transitions)
        if self.normalise_features:
            self.features.update(states.astype(np.float64))
        values, advantage = self._evaluate(transitions, states)
        self._rescale_returns(values + advantage)
        goals = ((values + advantage - self.returns.mean) / self.returns.std)[:, None]
        advantage = (advantage - advantage.mean()) / (advantage.std() + 1e-8)
        actions = np.array([t.action for t in transitions])
        x = self._inputs(states)
        old = softmax(self.policy.predict(x), legal)[np.arange(len(x)), actions]
        for batch in self._batches(len(x)):
            self._improve_policy(
                x[batch], legal[batch], actions[batch], advantage[batch], old[batch]
            )
            self.critic.forward(x[batch])
            loss = self.critic.squared_error(goals[batch])
            self._descend(self.critic, self.critic_optimiser, loss)
        for network in (self.policy, self.critic):
            if not np.isfinite(network.parameters).all():
                raise Diverged(self._advice("a weight is no finite number"))

    def _improve_policy(
        self, x: np.ndarray, legal: np.ndarray, actions: np.ndarray, advantage: np.ndarray,
        old: np.ndarray,
    ) -> None:  # fmt: skip
        """One step: the cross-entropy with the chosen actions, weighted by their advantages."""
        logs = log_softmax(self.policy.forward(x), legal)
        s = np.exp(logs)
        y = np.zeros_like(s)
        y[np.arange(len(s)), actions] = 1
        weight = advantage
        if self.clip is not None:
            weight = clipped_weight(advantage, s[y == 1] / old, self.clip)
        target = weight[:, None].astype(s.dtype) * y
        # The entropy H = -Σ S log S has dH/dz = -S (log S + H), which sums to 0 over the actions:
        # as a target it moves the gradient S Σ_k t_k - t by just that.
        plogp = s * np.where(legal, logs, 0)
        entropy = -plogp.sum(axis=1, keepdims=True)
        target -= self.entropy_bonus * (plogp + s * entropy)
        loss = self.policy.cross_entropy(target, legal)
        self._descend(self.policy, self.policy_optimiser, loss)

    def _descend(self, network: Network, optimiser: Optimiser, loss: float) -> None:
        norm = clip_norm(network.gradient, self.max_gradient_norm)
        if not (np.isfinite(loss) and np.isfinite(norm)):
            raise Diverged(self._advice(f"the loss is {loss}, its gradient has the norm {norm}"))
        optimiser.step(network.gradient)

    def _evaluate(
        self, transitions: Sequence[Transition], states: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """V(s_t) and A_t, (T,) both, in units of reward."""
        rewards = np.array([t.reward for t in transitions])
        if not np.isfinite(rewards).all():
            raise Diverged("a reward is no finite number: look at env.reward")
        last = np.array([t.last for t in transitions])
        last[-1] = True
        values = self.value(states)
        next_values = np.append(values[1:], 0.0)
        ends = np.flatnonzero(last).tolist()
        final = [transitions[index].next_state.features for index in ends]
        next_values[last] = self.value(np.stack(final))
        discounts = np.array([t.discount for t in transitions])
        return values, advantages(rewards, discounts, values, next_values, last, self.trace)

    def _rescale_returns(self, returns: np.ndarray) -> None:
        """Takes in returns (T,), and moves the critic's last layer so that V stays what it was.

        (Pop-Art: van Hasselt et al., 2016.)
        """
        if not self.normalise_returns:
            return
        mean, std = self.returns.mean.copy(), self.returns.std
        self.returns.update(returns[:, None])
        last_layer = self.critic.parameters[-(self.n_last_inputs + 1) :]  # weights, then the bias
        last_layer *= std / self.returns.std
        last_layer[-1:] += (mean - self.returns.mean) / self.returns.std

    def _batches(self, n: int) -> Iterator[np.ndarray]:
        """Indices of the decisions of each step, shuffled anew in every epoch."""
        size = n if self.batch_size is None else self.batch_size
        for _ in range(self.epochs):
            order = self.rng.permutation(n)
            for start in range(0, n, size):
                yield order[start : start + size]

    def _inputs(self, features: np.ndarray) -> np.ndarray:
        return self.features.apply(features) if self.normalise_features else features

    def _advice(self, problem: str) -> str:
        return (
            f"{problem}: learning diverged. agent.learning_rate = {self.learning_rate} is likely"
            f" too high; agent.max_gradient_norm and the weights of env.reward matter too"
        )

    def save(self, folder: Path) -> None:
        """Write the checkpoint: both networks, their optimisers, both normalisers."""
        checkpoint.save(folder, self.header, self._arrays())

    def restore(self, arrays: dict[str, np.ndarray]) -> None:
        """Take over the arrays of a checkpoint."""
        checkpoint.fill(self._arrays(), arrays)

    def _arrays(self) -> dict[str, np.ndarray]:
        arrays = {"policy": self.policy.parameters, "critic": self.critic.parameters}
        parts: dict[str, Optimiser | Normaliser] = {
            "policy_optimiser": self.policy_optimiser, "critic_optimiser": self.critic_optimiser,
            "features": self.features, "returns": self.returns,
        }  # fmt: skip
        for name, part in parts.items():
            arrays |= {f"{name}.{key}": array for key, array in part.arrays().items()}
        return arrays


def clipped_weight(advantage: np.ndarray, ratio: np.ndarray, clip: float) -> np.ndarray:
    """What a decision's cross-entropy gradient weighs in PPO, (N,).

    The surrogate min(ρ A, clamp(ρ, 1 ± clip) A), with ρ = π(a)/π_old(a), has the gradient
    ρ A ∇ log π(a) as long as ρ has not left 1 ± clip in the direction that A pushes it, else 0
    (Schulman et al., 2017, equation 7).
    """
    pushed_out = np.where(advantage > 0, ratio > 1 + clip, ratio < 1 - clip)
    return np.where(pushed_out, 0.0, ratio * advantage)


def _mask(masked: Sequence[int] | None, n_features: int) -> np.ndarray | None:
    """(F,) bool, False on the features that are masked."""
    if not masked:
        return None
    if not set(masked) <= set(range(n_features)):
        raise ValueError(f"masked_features must be from 0 to {n_features - 1}, got {list(masked)}")
    mask = np.ones(n_features, np.bool_)
    mask[list(masked)] = False
    return mask


def _stack(transitions: Sequence[Transition]) -> tuple[np.ndarray, np.ndarray]:
    """Features (T, F) and legal masks (T, A) of the states."""
    states = np.stack([t.state.features for t in transitions])
    return states, np.stack([t.state.legal for t in transitions])
