"""What an agent makes of a state: the numbers behind its choice."""

from __future__ import annotations

import numpy as np

from agents import Agent, State
from envs.features import describe_situation
from experiments.replays.decisions import Choice


def choice_of(agent: Agent, state: State, names: tuple[str, ...]) -> Choice:
    """Returns what the agent makes of a state; the choice itself is not made: `chosen` is the
    likeliest."""
    counts, bounds = getattr(agent, "counts", None), getattr(agent, "bounds", None)
    probabilities = agent.action_probabilities(state)
    return Choice(
        macros=names,
        situation=describe_situation(state.context),
        legal=state.action_mask,
        probabilities=probabilities,
        estimates=agent.estimates(state),
        counts=None if counts is None else counts(state),
        bounds=None if bounds is None else bounds(state),
        chosen=int(np.argmax(probabilities)),
    )
