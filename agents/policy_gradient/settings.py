"""Settings of the policy gradient, from REINFORCE to PPO."""

from __future__ import annotations

from dataclasses import dataclass

from agents.networks.activations import ActivationName
from agents.networks.backends import Backend
from agents.networks.mlp import Precision
from agents.networks.optimisers import OptimiserName
from agents.policy_gradient.prior import PriorKind
from agents.settings import LARGE, ActionIndices, FeatureIndices, Settings, setting


@dataclass(frozen=True)
class PolicyGradientSettings(Settings):
    """Settings of the policy gradient.

    `gae_lambda` 1, `epochs` 1 and no `clip` is REINFORCE with a baseline; a `gae_lambda` below 1
    makes it actor-critic; `clip` and more epochs make it PPO.
    """

    backend: Backend = setting(
        "numpy", "what runs the networks: numpy, or torch if it is installed; they are the same"
    )
    hidden: tuple[int, ...] = setting(
        (64,),
        "units of each hidden layer, of the policy and of the value network",
        low=1,
        high=10_000,
        fixed=True,
    )
    activation: ActivationName = setting("tanh", "the activation of the hidden layers", fixed=True)
    optimiser: OptimiserName = setting(
        "adam", "how both networks descend; momentum is sgd with 0.9"
    )
    learning_rate: float = setting(
        3e-3, "the step size of both networks", low=0, high=10, open_below=True
    )
    critic_learning_rate: float | None = setting(
        None, "the step size of the value network; null: learning_rate",
        low=0, high=10, open_below=True,
    )  # fmt: skip
    learning_rate_half_life: float | None = setting(
        None, "rounds in which both learning rates fall to half; null: they stay",
        low=0.1, high=LARGE,
    )  # fmt: skip
    entropy_bonus: float = setting(0.01, "the weight of the policy's entropy", low=0, high=1e3)
    gae_lambda: float = setting(
        1.0, "λ of generalised advantage estimation; 1: whole returns, 0: one step", low=0, high=1
    )
    clip: float | None = setting(
        None,
        "how far π(a)/π_old(a) may leave 1 before a decision stops counting; null: no ratio, only"
        " A ∇ log π(a), which is exact in the first step after a round",
        low=0, high=1e3, open_below=True,
    )  # fmt: skip
    epochs: int = setting(
        1, "times that each decision of a round is learned from", low=1, high=1000
    )
    batch_size: int | None = setting(
        None,
        "decisions per step at most, a round split evenly; null: all of the round at once",
        low=1, high=LARGE,
    )  # fmt: skip
    max_kl: float | None = setting(
        None,
        "mean KL(π before the round || π), in nats, beyond which the round's further epochs are"
        " dropped; null: none is",
        low=0, high=1e3, open_below=True,
    )  # fmt: skip
    max_gradient_norm: float = setting(
        0.5, "the norm to which longer gradients are shortened", low=0, high=LARGE, open_below=True
    )
    normalise_features: bool = setting(
        True,
        "whether features are shifted and scaled by their running means and deviations",
        fixed=True,
    )
    normalise_returns: bool = setting(
        True,
        "whether returns are shifted and scaled by their running mean and deviation: learning is"
        " then the same at every scale of the rewards",
        fixed=True,
    )
    prior: ActionIndices | None = setting(
        None,
        "actions, most urgent first, as the policy's first guess; null: all alike",
        fixed=True,
    )
    prior_kind: PriorKind = setting(
        "order",
        "what prior_strength sets apart: each action of the prior from the next (order), or the"
        " first that is legal from all others (first)",
        fixed=True,
    )
    prior_strength: float = setting(
        2.0,
        "how many times likelier, as a logarithm, the one action begins than the other",
        low=0, high=50, fixed=True,
    )  # fmt: skip
    greedy: bool = setting(
        False, "whether the likeliest action is taken wherever the agent is not being trained"
    )
    prior_weight: float = setting(
        0.0, "the weight of KL(π || prior) in the loss: what leaving the prior costs; 0: nothing",
        low=0, high=1e3,
    )  # fmt: skip
    prior_half_life: float | None = setting(
        None, "rounds in which prior_weight falls to half; null: it stays",
        low=0.1, high=LARGE,
    )  # fmt: skip
    masked_features: FeatureIndices | None = setting(
        None, "features that the networks do not see; null: they see all", fixed=True
    )
    see_legal: bool = setting(
        False, "whether the networks see which actions are legal, beside the features", fixed=True
    )
    lesson_temperature: float = setting(
        0.1,
        "how boldly futures are followed, in deviations of returns (in units of reward without"
        " normalise_returns): an action that is better by so much becomes e times likelier; with"
        " train.futures only",
        low=1e-3, high=1e3,
    )  # fmt: skip
    lesson_epochs: int = setting(
        4, "times that the lessons of futures are learned from after each round", low=1, high=1000
    )
    lesson_memory: int = setting(
        0,
        "lessons that are learned from again in later rounds; 0: those of the round alone",
        low=0, high=100_000,
    )  # fmt: skip
    precision: Precision = setting("float32", "the type of the networks' numbers", fixed=True)

    @property
    def fades(self) -> bool:
        """Whether any of them falls with the rounds, so that they have to be counted."""
        return self.prior_half_life is not None or self.learning_rate_half_life is not None
