"""Every agent by name. A new agent is one file of its own and one line here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from agents import checkpoint
from agents.amended.agent import Amended
from agents.bandits import (
    UCB,
    Bandit,
    BanditAgent,
    EpsilonGreedy,
    GradientBandit,
    Greedy,
    LinearThompson,
    LinUCB,
    Thompson,
)
from agents.bandits.agent import BanditAgentSettings
from agents.base import Agent, Starter
from agents.baselines import PriorityAgent, RandomAgent
from agents.checks import check_choice
from agents.policy_gradient.agent import PolicyGradient
from agents.settings import REQUIRED, Setting, describe
from agents.values.smdp_q import SmdpQ

# Agents, and bandits that BanditAgent makes agents of.
KINDS: tuple[type[Any], ...] = (
    RandomAgent,
    PriorityAgent,
    Greedy,
    EpsilonGreedy,
    UCB,
    Thompson,
    GradientBandit,
    LinUCB,
    LinearThompson,
    SmdpQ,
    PolicyGradient,
    Amended,
)
REGISTRY: dict[str, type[Any]] = {kind.name: kind for kind in KINDS}


def make(
    name: str,
    n_actions: int,
    n_contexts: int = 1,
    n_features: int = 0,
    rng: np.random.Generator | None = None,
    **chosen: Any,
) -> Agent:
    """Return the agent registered as `name`, with `chosen` settings over the defaults.

    Raises:
        ValueError: for an unknown name or setting (naming the nearest one), for a missing setting
            or one out of range, and for whatever the agent itself objects to.
    """
    known = settings_of(name)
    for key in chosen:
        check_choice(f"setting of agent {name!r}", key, known)
    missing = [key for key, s in known.items() if s.default is REQUIRED and key not in chosen]
    if missing:
        raise ValueError(f"agent {name!r} needs the settings {', '.join(missing)}")
    sizes = (int(n_actions), int(n_contexts), int(n_features))
    kind = REGISTRY[name]
    if issubclass(kind, Bandit):
        return BanditAgent(kind, *sizes, rng=rng, **chosen)
    agent: Agent = kind(*sizes, kind.settings_type(**chosen), rng=rng)
    return agent


def load(folder: Path) -> Agent:
    """Return the agent that `save(folder)` wrote, with all it has learned.

    Raises:
        ValueError: when the checkpoint is incomplete; it names the file and the problem.
    """
    header, arrays = checkpoint.load(folder)
    sizes = (header.n_actions, header.n_contexts, header.n_features)
    file = Path(folder) / checkpoint.JSON_NAME
    try:
        agent = make(header.name, *sizes, **header.settings)
        file = Path(folder) / checkpoint.ARRAYS_NAME
        agent.restore(arrays)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{file}: {error}") from error
    return agent


def start(agent: Agent, folder: Path) -> None:
    """Let an untrained agent begin with what the agent that `save(folder)` wrote has learned.

    Raises:
        ValueError: when the checkpoint is incomplete, or holds nothing that this agent could take.
    """
    header, arrays = checkpoint.load(folder)
    if not arrays:
        raise ValueError(f"the agent {header.name!r} learns nothing that another could start from")
    if isinstance(agent, Starter):
        agent.start_from(arrays)
    else:
        agent.restore(arrays)


def settings_of(name: str) -> dict[str, Setting]:
    """Return what is known of each setting of an agent, by the setting's name.

    Raises:
        ValueError: for an agent that there is not; it names the nearest one.
    """
    check_choice("agent", name, REGISTRY)
    kind = REGISTRY[name]
    types = [kind.settings_type, *([BanditAgentSettings] if issubclass(kind, Bandit) else [])]
    return {key: known for each in types for key, known in describe(each).items()}
