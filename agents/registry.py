"""Every agent by name. A new agent is one file of its own and one line here."""

from __future__ import annotations

import difflib
import inspect
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from agents import checkpoint
from agents.bandits import (
    UCB,
    Bandit,
    BanditAgent,
    EpsilonGreedy,
    GradientBandit,
    Greedy,
    Thompson,
)
from agents.base import Agent
from agents.baselines import PriorityAgent, RandomAgent
from agents.policy_gradient.agent import PolicyGradient

# Agents, and bandits that BanditAgent makes agents of.
REGISTRY: dict[str, type[Any]] = {
    kind.name: kind
    for kind in (
        RandomAgent,
        PriorityAgent,
        Greedy,
        EpsilonGreedy,
        UCB,
        Thompson,
        GradientBandit,
        PolicyGradient,
    )
}

# What every constructor takes and no config sets.
NOT_SETTINGS = {"policy", "n_arms", "n_actions", "n_situations", "n_features", "rng"}


def make(
    name: str,
    n_actions: int,
    n_situations: int = 1,
    n_features: int = 0,
    rng: np.random.Generator | None = None,
    **chosen: Any,
) -> Agent:
    """Build the agent registered as `name`, with `chosen` settings over the defaults.

    Raises ValueError for an unknown name or setting (naming the nearest one), for a missing
    setting, and for whatever the agent itself objects to.
    """
    known = settings(name)
    for setting in chosen:
        if setting not in known:
            raise ValueError(unknown(f"setting of agent {name!r}", setting, known))
    filled = {key: parameter.default for key, parameter in known.items()} | chosen
    missing = [key for key, value in filled.items() if value is inspect.Parameter.empty]
    if missing:
        raise ValueError(f"agent {name!r} needs the settings {', '.join(missing)}")
    sizes = (int(n_actions), int(n_situations), int(n_features))
    kind = REGISTRY[name]
    if issubclass(kind, Bandit):
        return BanditAgent(kind, *sizes, rng=rng, **filled)
    agent: Agent = kind(*sizes, rng=rng, **filled)
    return agent


def load(folder: Path) -> Agent:
    """Build the agent that `save(folder)` wrote, with all it has learned.

    Raises ValueError naming the file and the problem when there is no whole checkpoint.
    """
    header, arrays = checkpoint.load(folder)
    sizes = (header.n_actions, header.n_situations, header.n_features)
    file = Path(folder) / checkpoint.JSON_NAME
    try:
        agent = make(header.name, *sizes, **header.settings)
        file = Path(folder) / checkpoint.ARRAYS_NAME
        agent.restore(arrays)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{file}: {error}") from error
    return agent


def settings(name: str) -> dict[str, inspect.Parameter]:
    """The agent's settings: name -> parameter with its annotation (a type) and default."""
    if name not in REGISTRY:
        raise ValueError(unknown("agent", name, REGISTRY))
    kind = REGISTRY[name]
    sources = [kind, BanditAgent] if issubclass(kind, Bandit) else [kind]
    return {
        key: parameter
        for source in sources
        for key, parameter in inspect.signature(source, eval_str=True).parameters.items()
        if key not in NOT_SETTINGS and parameter.kind is not inspect.Parameter.VAR_KEYWORD
    }


def unknown(what: str, given: str, valid: Iterable[str]) -> str:
    """The message for a misspelt name: the nearest valid one, and all of them."""
    names = list(valid)
    near = difflib.get_close_matches(given, names, n=1)
    hint = f"did you mean {near[0]!r}? " if near else ""
    return f"unknown {what} {given!r}: {hint}Valid: {', '.join(names) or 'none'}"
