"""Policies of the testbed: a bandit of ours with its settings, and its compiled twin."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, get_args, get_origin

import numpy as np
from pydantic import TypeAdapter, ValidationError

from agents.bandits import UCB, Bandit, EpsilonGreedy, GradientBandit, Greedy, Thompson
from agents.bandits.posteriors import PosteriorName
from agents.settings import describe
from envs.names import nearest
from experiments.config.yaml import YAMLProblem, parse_value
from experiments.errors import UserError
from experiments.testbed import kernels
from experiments.testbed.arms import Arms
from experiments.testbed.kernels import Memory, Rule

POSTERIORS = get_args(PosteriorName)
BANDITS: dict[str, type[Bandit]] = {
    kind.name: kind for kind in (Greedy, EpsilonGreedy, UCB, Thompson, GradientBandit)
}
SYMBOLS = {
    "alpha": "Beta({:g}, ·)",
    "beta": "Beta(·, {:g})",
    "prior_mean": "m = {:g}",
    "prior_variance": "v = {:g}",
    "noise_variance": "σ² = {:g}",
    "noise_weight": "ν = {:g}",
    "epsilon": "ε = {:g}",
    "step_size": "α = {:g}",
    "initial_value": "Q₁ = {:g}",
    "c": "c = {:.4g}",
    "forgetting": "γ = {:g}",
    "window": "τ = {:g}",
    "final_epsilon": "to {:g}",
    "decay_decisions": "over {:g}",
}
POSTERIOR_NAMES = {None: "Beta", "beta": "Beta", "gaussian": "Gaussian", "student_t": "Student-t"}
NAMES = {
    "epsilon_greedy": "ε-greedy",
    "ucb": "UCB",
    "thompson": "Thompson",
    "gradient_bandit": "gradient",
}


@dataclass(frozen=True, slots=True)
class Policy:
    """One of `BANDITS`, by name, with its settings as (key, value) pairs.

    `title` stands in for the label that is made of them.
    """

    name: str
    settings: tuple[tuple[str, Any], ...] = ()
    title: str = field(default="", compare=False)

    @property
    def label(self) -> str:
        """For tables and figures, such as "ε-greedy, ε = 0.1"."""
        if self.title:
            return self.title
        parts = [NAMES.get(self.name, self.name)]
        for key, value in self.settings:
            if key == "baseline":
                parts.append("baseline" if value else "no baseline")
            elif key == "posterior":
                parts.append(POSTERIOR_NAMES[value])
            elif key in SYMBOLS:
                parts.append(SYMBOLS[key].format(value))
        if self.name == "thompson" and "posterior" not in dict(self.settings):
            parts.append("Beta")
        return ", ".join(parts)

    @property
    def spelling(self) -> str:
        """As `--policies` takes it, such as "epsilon_greedy:epsilon=0.1"."""
        pairs = ",".join(f"{key}={_spell(value)}" for key, value in self.settings)
        return f"{self.name}:{pairs}" if pairs else self.name

    def bandit(self, n_arms: int, rng: np.random.Generator | None = None) -> Bandit:
        """Return a new bandit of the agents' own class; ValueError for a setting out of range."""
        return BANDITS[self.name](n_arms, rng=rng, **dict(self.settings))


def policy(name: str, **settings: Any) -> Policy:
    """Return a policy with keyword settings."""
    return Policy(name, tuple(settings.items()))


def parse(text: str) -> Policy:
    """Read "NAME" or "NAME:KEY=VALUE,KEY=VALUE".

    Raises:
        UserError: for an unknown name or setting (naming the nearest one), or a value that the
            bandit can't have.
    """
    name, _, pairs = text.strip().partition(":")
    if name not in BANDITS:
        raise UserError(f"--policies {text}: unknown policy {name!r}; {nearest(name, BANDITS)}")
    settings = dict(_setting(text, name, pair) for pair in pairs.split(",") if pair)
    read = policy(name, **settings)
    try:
        read.bandit(1)
    except ValueError as error:
        raise UserError(f"--policies {text}: {error}") from None
    return read


def compiled(bandit: Bandit) -> tuple[Rule, Memory]:
    """Return the rule of a bandit, and a copy of what it has learned in its first context."""
    arrays = bandit.arrays()
    average = np.zeros(1)
    learned = np.zeros((2, bandit.n_arms))
    if isinstance(bandit, Thompson):
        learned = arrays["parameters"][0].copy()
    elif isinstance(bandit, GradientBandit):
        learned[0], average[0] = arrays["preferences"][0], arrays["average_reward"][0]
    own = (bandit.counts[0].copy(), bandit.values[0].copy(), learned, average)
    nothing = np.zeros((1, 0))
    weights, rewards = (arrays.get(n, nothing)[0].copy() for n in ("weights", "recent_rewards"))
    arms = arrays.get("recent_arms", nothing.astype(np.int64))[0].copy()
    return _rule(bandit), Memory(*own, weights, arms, rewards)


def check_rewards(chosen: Policy, arms: Arms) -> None:
    """UserError for a policy that can't learn from such rewards."""
    beta = chosen.name == "thompson" and dict(chosen.settings).get("posterior") in (None, "beta")
    if beta and arms.rewards != "bernoulli":
        raise UserError(
            f"--policies {chosen.spelling}: Beta posteriors need rewards in [0, 1], and arms"
            f" {arms.name!r} pay any number; take thompson:posterior=student_t or --arms bernoulli"
        )


def _rule(bandit: Bandit) -> Rule:
    settings = bandit.settings
    if isinstance(bandit, EpsilonGreedy):
        return Rule(
            kernels.EPSILON_GREEDY,
            float(bandit.value_step or 0),
            float(settings.epsilon),
            float(settings.epsilon if settings.final_epsilon is None else settings.final_epsilon),
            float(settings.decay_decisions or 0),
        )
    if isinstance(bandit, UCB):
        kind = kernels.UCB if settings.window is None else kernels.WINDOW_UCB
        if settings.forgetting is not None:
            kind = kernels.DISCOUNTED_UCB
        return Rule(kind, c=float(settings.c), forgetting=float(settings.forgetting or 1))
    if isinstance(bandit, Thompson):
        kind = kernels.THOMPSON[POSTERIORS.index(bandit.posterior)]
        return Rule(kind, noise_variance=float(settings.noise_variance))
    if isinstance(bandit, GradientBandit):
        return Rule(kernels.GRADIENT, float(settings.step_size), baseline=settings.baseline)
    return Rule(kernels.GREEDY, float(bandit.value_step or 0))


def _setting(text: str, name: str, pair: str) -> tuple[str, Any]:
    key, equals, written = pair.partition("=")
    known = describe(BANDITS[name].settings_type)
    if key not in known:
        raise UserError(f"--policies {text}: {name} has no setting {key!r}; {nearest(key, known)}")
    if not equals or not written:
        raise UserError(f"--policies {text}: {key} needs a value, as in {key}=0.1")
    try:
        adapter = TypeAdapter(known[key].annotation)
        value = adapter.validate_python(parse_value(written), strict=True)
    except (ValidationError, YAMLProblem):
        wanted = _wanted(known[key].annotation, written)
        raise UserError(f"--policies {text}: {key} {wanted}, got {written!r}") from None
    return key, value


def _wanted(annotation: Any, written: str) -> str:
    choices = [kind for kind in (annotation, *get_args(annotation)) if get_origin(kind) is Literal]
    if choices:
        names = get_args(choices[0])
        return f"must be {' or '.join(names)} ({nearest(written, names)})"
    if annotation is bool:
        return "must be true or false"
    return f"must be a {'whole ' if 'int' in str(annotation) else ''}number"


def _spell(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
