"""What an agent makes of a state: the numbers behind its choice."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from agents import Agent, State
from envs.situation import describe_situation
from experiments.replays.decisions import Choice


def choice_of(agent: Agent, state: State, names: tuple[str, ...], parts: Sequence[str]) -> Choice:
    """Return what the agent makes of a state.

    The choice itself is not made: `chosen` is the likeliest.

    Args:
        agent: who would choose.
        state: what it sees.
        names: of the macro-actions.
        parts: of the situation, by name.
    """
    counts, bounds = getattr(agent, "counts", None), getattr(agent, "bounds", None)
    probabilities = agent.action_probabilities(state)
    return Choice(
        macros=names,
        situation=describe_situation(state.context, parts),
        legal=state.action_mask,
        probabilities=probabilities,
        estimates=agent.estimates(state),
        counts=None if counts is None else counts(state),
        bounds=None if bounds is None else bounds(state),
        chosen=int(np.argmax(probabilities)),
    )
