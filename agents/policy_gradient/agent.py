"""Policy gradient: REINFORCE with a learned baseline, and actor-critic with PPO's clipping."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from agents import checkpoint
from agents.base import (
    Diverged,
    Metrics,
    State,
    Transition,
    drawn,
    finite_rewards,
    legal_actions,
)
from agents.lessons import Lesson
from agents.networks.backends import Network, Optimiser, make_network
from agents.networks.losses import softmax_cross_entropy
from agents.networks.optimisers import clip_norm
from agents.networks.softmax import log_softmax, softmax
from agents.policy_gradient.advantages import advantages, standardise
from agents.policy_gradient.batches import even_batches
from agents.policy_gradient.lessons import LessonMemory, improved
from agents.policy_gradient.metrics import StepMeans, explained_variance
from agents.policy_gradient.normaliser import Normaliser
from agents.policy_gradient.prior import Prior, divergence
from agents.policy_gradient.settings import PolicyGradientSettings
from agents.policy_gradient.surrogate import clipped_weight, surrogate
from agents.saved import SavedAgent

SMALL_OUTPUT = 0.01  # the policy's last layer begins this small: all legal actions nearly alike


class PolicyGradient(SavedAgent):
    """A small network whose softmax output is the policy; learns from whole rounds of games.

    REINFORCE (Williams, 1992) climbs Σ_t A_t log π(a_t | s_t). With y the one-hot vector of the
    chosen action that is minus the cross-entropy of S = π(· | s) with the target y, and so

        ∇_z A log S_a = - A ∇_z XE(S, y) = - A (S - y)

    the gradient of the softmax derivation, times the advantage: a network that classifies states
    by the action taken, each example weighing as much as the action was better than expected.
    The entropy bonus, the penalty for leaving the prior and PPO's clipping (Schulman et al., 2017)
    only change that weighted target.

    Args:
        n_actions, n_contexts, n_features: sizes; the networks see the features, and with
            `see_legal` which actions are legal.
        settings: None for the defaults.
        rng: draws the first weights, and then the actions and the batches.

    Raises:
        ValueError: for a backend that is not installed, and for indices of no action or feature.
    """

    name = "policy_gradient"
    settings_type = PolicyGradientSettings
    settings: PolicyGradientSettings
    reach: int | None = None  # its critic ends futures of any length

    def _build(self, n_actions: int, n_contexts: int, n_features: int) -> None:
        s = self.settings
        self.n_actions = n_actions
        n_inputs = n_features + n_actions * s.see_legal
        self.features, self.returns = Normaliser(n_inputs), Normaliser(1, smallest_std=0.0)
        seen = _mask(s.masked_features, n_features, n_inputs)
        self.policy, self.policy_optimiser = self._network(n_inputs, n_actions, seen)
        self.critic, self.critic_optimiser = self._network(n_inputs, 1, seen)
        self.n_last_inputs = s.hidden[-1] if s.hidden else n_inputs
        self.policy.parameters[-(self.n_last_inputs + 1) * n_actions :] *= SMALL_OUTPUT
        # V begins at 0: anything else would be a guess at the scale of the rewards, and would
        # enter the first returns, and with them the statistics that returns are normalised by
        self.critic.parameters[-(self.n_last_inputs + 1) :] = 0
        self.prior = Prior(s.prior, n_actions, s.prior_kind, s.prior_strength)
        self.policy.parameters[-n_actions:] += self.prior.biases  # those of the last layer are last
        self.exploring = False
        self.rounds = np.zeros(1, np.int64)  # that were learned from
        self.lessons = LessonMemory(s.lesson_memory, n_features, n_actions)

    def _network(
        self, n_inputs: int, n_outputs: int, seen: np.ndarray | None
    ) -> tuple[Network, Optimiser]:
        s = self.settings
        return make_network(
            s.backend, (n_inputs, *s.hidden, n_outputs), activation=s.activation,
            precision=s.precision, input_mask=seen,
            optimiser=s.optimiser, learning_rate=s.learning_rate, rng=self.rng,
        )  # fmt: skip

    def act(self, state: State) -> int:
        """Return a legal action, drawn from π(· | s)."""
        return drawn(self.action_probabilities(state).tolist(), self.rng)

    def action_probabilities(self, state: State) -> np.ndarray:
        """Return π(· | s), (A,) float64: exactly 0 on illegal actions.

        With `greedy`, and unless the agent is `exploring`, 1 on the likeliest action.
        """
        probabilities = self._policy_at(state)
        if self.settings.greedy and not self.exploring:
            return np.eye(self.n_actions)[probabilities.argmax()]
        return probabilities

    def _policy_at(self, state: State) -> np.ndarray:
        legal = np.asarray(state.action_mask, bool)
        legal_actions(legal, self.n_actions)  # the mask is checked
        z = self.policy.predict(self._inputs(state.features, legal)).astype(np.float64)
        probabilities = softmax(self.prior.added_to(z, legal), legal)
        if not np.isfinite(probabilities).all():
            raise Diverged(self._advice("the policy's probabilities are NaN or infinite"))
        return probabilities

    def value(self, features: np.ndarray, legal: np.ndarray) -> np.ndarray:
        """Return V(s) in units of reward, (N,).

        Args:
            features: (N, F).
            legal: (N, A) bool.
        """
        outputs = self.critic.predict(self._inputs(features, legal))[:, 0].astype(np.float64)
        return self.returns.mean + self.returns.std * outputs

    def estimates(self, state: State) -> None:
        """Keep no action values."""

    def learn(self, transitions: Sequence[Transition]) -> Metrics:
        """Learns from a round of games that the policy has just played.

        Returns:
            The metrics that `metrics.MEANINGS` lists.

        Raises:
            Diverged: when a loss or a gradient is NaN or infinite; the networks are then spoilt.
        """
        if not transitions:
            return {}
        rewards = np.array(finite_rewards(transitions))
        features, legal = _stack([step.state for step in transitions])
        before = self.prior.added_to(self.policy.predict(self._inputs(features, legal)), legal)
        if self.settings.normalise_features:
            self.features.update(self._seen(features, legal).astype(np.float64))
        values, advantage = self._evaluate(transitions, rewards, features, legal)
        returns = values + advantage
        explained = explained_variance(advantage, returns)
        self._rescale_returns(returns)
        goals = ((returns - self.returns.mean) / self.returns.std)[:, None]
        advantage = standardise(advantage, returns)
        actions = np.array([t.action for t in transitions])
        x = self._inputs(features, legal).astype(self.policy.parameters.dtype)
        self._set_learning_rates()
        old = softmax(before, legal)[np.arange(len(x)), actions]
        means, max_kl, last = StepMeans(), self.settings.max_kl, self.settings.epochs - 1
        for epoch in range(self.settings.epochs):
            for batch in even_batches(len(x), self.settings.batch_size, self.rng):
                step = self._improve_policy(
                    x[batch], legal[batch], actions[batch], advantage[batch], old[batch]
                )
                means.add(len(batch), step | self._improve_critic(x[batch], goals[batch]))
            if max_kl is not None or epoch == last:
                kl = self._kl_from(before, x, legal)
                if max_kl is not None and kl > max_kl:
                    break
        self._check_weights()
        told = self._with_loss(means.result()) | explained | {"kl": kl}
        self.rounds += 1
        return told

    def _kl_from(self, before: np.ndarray, x: np.ndarray, legal: np.ndarray) -> float:
        """Return the mean KL(π before || π) over inputs x (N, D), by the logits (N, A) before."""
        after = self.prior.added_to(self.policy.predict(x), legal)
        both = (log_softmax(z.astype(np.float64), legal) for z in (before, after))
        return float(divergence(*both)[0].mean())

    def _set_learning_rates(self) -> None:
        s, left = self.settings, self._faded(self.settings.learning_rate_half_life)
        self.policy_optimiser.learning_rate = left * s.learning_rate
        critics = s.learning_rate if s.critic_learning_rate is None else s.critic_learning_rate
        self.critic_optimiser.learning_rate = left * critics

    def _faded(self, half_life: float | None) -> float:
        """Return what is left by now of a weight that halves in so many rounds; None: all."""
        return 1.0 if half_life is None else float(2.0 ** -(self.rounds[0] / half_life))

    def study(self, lessons: Sequence[Lesson]) -> Metrics:
        """Learns from futures: classifies their states by the better policies found there.

        The loss is the cross-entropy XE(π(. | s), q) with q from `lessons.improved`, by π as it
        stands now; lessons that are remembered keep the q of their round.

        Returns:
            The metrics that `metrics.LESSON_MEANINGS` lists; {} before the first lesson.
        """
        means, temperature = StepMeans(), self.settings.lesson_temperature
        memory = self.lessons
        if not self.settings.lesson_memory:
            memory = LessonMemory(len(lessons), self.header.n_features, self.n_actions)
        for lesson in lessons:
            policy, returns = self._policy_at(lesson.state), lesson.returns
            better, told = improved(policy, returns / self.returns.std, temperature)
            memory.add(lesson.state.features, better, lesson.state.action_mask)
            means.add(1, told)
        return means.result() | self._classify(memory)

    def _classify(self, memory: LessonMemory) -> Metrics:
        """Make steps on the cross-entropy with the better policies in a memory."""
        means, s = StepMeans(), self.settings
        for rows in memory.batches(s.lesson_epochs, s.batch_size, self.rng):
            q, legal = memory.targets[rows], memory.legal[rows]
            z = self.policy.forward(self._inputs(memory.features[rows], legal))
            z = self.prior.added_to(z, legal)
            loss, _ = softmax_cross_entropy(z, q, legal)
            norm = self._step_policy(softmax(z, legal), q, legal)
            means.add(len(rows), {"lesson_loss": loss, "lesson_gradient_norm": norm})
        self._check_weights()
        return means.result()

    def _improve_policy(
        self, x: np.ndarray, legal: np.ndarray, actions: np.ndarray, advantage: np.ndarray,
        old: np.ndarray,
    ) -> Metrics:  # fmt: skip
        """Make a step on the cross-entropy with the chosen actions, weighted by advantages."""
        logs = log_softmax(self.prior.added_to(self.policy.forward(x), legal), legal)
        s = np.exp(logs)
        y = np.zeros_like(s)
        chosen = np.arange(len(s)), actions
        y[chosen] = 1
        weight, metrics = self._weigh(advantage, logs[chosen], s[chosen], old)
        target = weight[:, None].astype(s.dtype) * y
        # The entropy H = -Σ S log S has dH/dz = -S (log S + H), which sums to 0 over the actions:
        # as a target it moves the gradient S Σ_k t_k - t by just that.
        plogp = s * np.where(legal, logs, 0)
        entropy = -plogp.sum(axis=1, keepdims=True)
        target -= self.settings.entropy_bonus * (plogp + s * entropy)
        metrics["entropy"] = float(entropy.mean())
        if self.settings.prior_weight:  # likewise: its gradient sums to 0 over the actions
            prior_logs = log_softmax(self.prior.logits(legal).astype(logs.dtype), legal)
            kl, slope = divergence(logs, prior_logs)
            target -= self._prior_weight() * slope
            metrics["prior_kl"] = float(kl.mean())
        return metrics | {"gradient_norm": self._step_policy(s, target, legal)}

    def _step_policy(self, s: np.ndarray, target: np.ndarray, legal: np.ndarray) -> float:
        """Make a step on XE(S, t), (N, A) both, after `forward`; return its gradient's norm.

        The network knows its own logits alone, not what the prior adds to them. Its gradient is
        S' Σ_k t'_k - t', S' being the softmax of its own: t' = t - S Σ_k t_k, which sums to 0,
        makes it S Σ_k t_k - t.
        """
        if self.prior.depends_on_legal:
            target = target - s * target.sum(axis=1, keepdims=True)
        loss = self.policy.cross_entropy(target, legal)
        return self._descend(self.policy, self.policy_optimiser, loss)

    def _prior_weight(self) -> float:
        return self.settings.prior_weight * self._faded(self.settings.prior_half_life)

    def _weigh(
        self, advantage: np.ndarray, logs: np.ndarray, chosen: np.ndarray, old: np.ndarray
    ) -> tuple[np.ndarray, Metrics]:
        """Return what each decision weighs, (N,), and the policy's loss.

        Args:
            advantage, logs, chosen, old: (N,): A, log π(a), π(a), and π(a) before the round.
        """
        clip = self.settings.clip
        if clip is None:
            return advantage, {"policy_loss": -float((advantage * logs).mean())}
        ratio = chosen / old
        return clipped_weight(advantage, ratio, clip), {
            "policy_loss": -float(surrogate(advantage, ratio, clip).mean()),
            "clip_fraction": float((np.abs(ratio - 1) > clip).mean()),
        }

    def _improve_critic(self, x: np.ndarray, goals: np.ndarray) -> Metrics:
        """Make a step on the squared error against the normalised returns, (N, 1)."""
        self.critic.forward(x)
        loss = self.critic.squared_error(goals)
        norm = self._descend(self.critic, self.critic_optimiser, loss)
        return {"value_loss": loss, "value_gradient_norm": norm}

    def _descend(self, network: Network, optimiser: Optimiser, loss: float) -> float:
        """Make a step of an optimiser, and return the norm of the gradient."""
        norm = clip_norm(network.gradient, self.settings.max_gradient_norm)
        if not (np.isfinite(loss) and np.isfinite(norm)):
            raise Diverged(self._advice(f"the loss is {loss}, its gradient has the norm {norm}"))
        optimiser.step(network.gradient)
        return norm

    def _check_weights(self) -> None:
        for network in (self.policy, self.critic):
            if not np.isfinite(network.parameters).all():
                raise Diverged(self._advice("a weight is NaN or infinite"))

    def _with_loss(self, means: Metrics) -> Metrics:
        policy = means["policy_loss"] - self.settings.entropy_bonus * means["entropy"]
        policy += self._prior_weight() * means.get("prior_kl", 0.0)
        return {"loss": policy + means["value_loss"]} | means

    def _evaluate(
        self, transitions: Sequence[Transition], rewards: np.ndarray, features: np.ndarray,
        legal: np.ndarray,
    ) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
        """Return V(s_t) and A_t, (T,) both, in units of reward."""
        last = np.array([t.last for t in transitions])
        last[-1] = True
        values = self.value(features, legal)
        next_values = np.append(values[1:], 0.0)
        ends = [transitions[index].next_state for index in np.flatnonzero(last).tolist()]
        next_values[last] = self.value(*_stack(ends))
        discounts = np.array([t.discount for t in transitions])
        return values, advantages(
            rewards, discounts, values, next_values, last, self.settings.gae_lambda
        )

    def _rescale_returns(self, returns: np.ndarray) -> None:
        """Take in returns (T,), and moves the critic's last layer so that V stays what it was.

        (Pop-Art: van Hasselt et al., 2016.)
        """
        if not self.settings.normalise_returns:
            return
        if not self.returns.count[0]:  # nothing is learned yet that could be kept
            self.returns.update(returns[:, None])
            return
        mean, std = self.returns.mean.copy(), self.returns.std
        self.returns.update(returns[:, None])
        last_layer = self.critic.parameters[-(self.n_last_inputs + 1) :]  # weights, then the bias
        last_layer *= std / self.returns.std
        last_layer[-1:] += (mean - self.returns.mean) / self.returns.std

    def _inputs(self, features: np.ndarray, legal: np.ndarray) -> np.ndarray:
        """Return what the networks take, (…, F) or with `see_legal` (…, F + A)."""
        seen = self._seen(features, legal)
        return self.features.apply(seen) if self.settings.normalise_features else seen

    def _seen(self, features: np.ndarray, legal: np.ndarray) -> np.ndarray:
        if not self.settings.see_legal:
            return features
        return np.concatenate([features, legal], axis=-1, dtype=features.dtype)

    def _advice(self, problem: str) -> str:
        return (
            f"{problem}: learning diverged. agent.learning_rate = {self.settings.learning_rate}"
            f" is likely too high; agent.max_gradient_norm and the weights of env.reward matter too"
        )

    def start_from(self, arrays: Mapping[str, np.ndarray]) -> None:
        """Take over both networks, and the normalisers that say what their inputs and outputs mean.

        Optimisers, lessons that are kept and the rounds by which settings fade begin anew.
        """
        known = {name: array for name, array in self._arrays().items() if _is_learned(name)}
        checkpoint.fill(known, {name: arrays[name] for name in arrays if _is_learned(name)})

    def _arrays(self) -> dict[str, np.ndarray]:
        """Both networks, their optimisers, both normalisers."""
        arrays = {"policy": self.policy.parameters, "critic": self.critic.parameters}
        parts: dict[str, Optimiser | Normaliser | LessonMemory] = {
            "policy_optimiser": self.policy_optimiser, "critic_optimiser": self.critic_optimiser,
            "features": self.features, "returns": self.returns,
        }  # fmt: skip
        if self.settings.lesson_memory:
            parts["lessons"] = self.lessons
        if self.settings.fades:
            arrays["rounds"] = self.rounds
        for name, part in parts.items():
            arrays |= {f"{name}.{key}": array for key, array in part.arrays().items()}
        return arrays


def _is_learned(name: str) -> bool:
    """Whether an array of a checkpoint is of use to another training."""
    return name.partition(".")[0] in ("policy", "critic", "features", "returns")


def _mask(masked: Sequence[int] | None, n_features: int, n_inputs: int) -> np.ndarray | None:
    """Return False on the features that are masked, first of the inputs, (inputs,) bool; None if
    none is.
    """
    if not masked:
        return None
    if not set(masked) <= set(range(n_features)):
        raise ValueError(f"masked_features must be from 0 to {n_features - 1}, got {list(masked)}")
    mask = np.ones(n_inputs, np.bool_)
    mask[list(masked)] = False
    return mask


def _stack(states: Sequence[State]) -> tuple[np.ndarray, np.ndarray]:
    """Return the features (N, F) and the action masks (N, A) of states."""
    return np.stack([s.features for s in states]), np.stack([s.action_mask for s in states])
