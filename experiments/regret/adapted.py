"""An agent among more macro-actions, features and parts of the situation than its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from agents import Agent, State
from envs.situation import index_of, values_of
from experiments.config.models import EnvConfig


@dataclass(frozen=True)
class Wide:
    """Names of macro-actions, features and parts of the situation, in order."""

    macros: Sequence[str]
    features: Sequence[str]
    situation: Sequence[str]


class Adapted:
    """Sees what the agent was made for of a wider state, and chooses among its own macro-actions.

    What only the wide environment has is illegal; what only the agent has, too.

    Args:
        agent: learns nothing.
        own: names what the agent was made for.
        wide: names what there is; all features and parts of `own` among it.
    """

    learns_online = False

    def __init__(self, agent: Agent, own: EnvConfig, wide: Wide) -> None:
        self.agent, self._wide, self._own = agent, wide, own
        both = [name for name in wide.macros if name in own.macros]
        self._in_agent = [own.macros.index(name) for name in both]
        self._in_wide = [list(wide.macros).index(name) for name in both]
        self._features = [list(wide.features).index(name) for name in own.features]
        self._parts = [list(wide.situation).index(name) for name in own.situation]

    @property
    def rng(self) -> np.random.Generator:
        """The agent's."""
        return self.agent.rng

    @rng.setter
    def rng(self, rng: np.random.Generator) -> None:
        """Replace the agent's generator: adapting it draws nothing."""
        self.agent.rng = rng

    def act(self, state: State) -> int:
        """Return a legal action, by the wide numbering."""
        return self._in_wide[self._in_agent.index(self.agent.act(self._narrow(state)))]

    def action_probabilities(self, state: State) -> np.ndarray:
        """Return the distribution of the next `act(state)`, by the wide numbering."""
        result = np.zeros(len(state.action_mask))
        result[self._in_wide] = self.agent.action_probabilities(self._narrow(state))[self._in_agent]
        return result

    def _narrow(self, state: State) -> State:
        """Return the state as the agent sees it."""
        mask = np.zeros(len(self._own.macros), np.bool_)
        mask[self._in_agent] = state.action_mask[self._in_wide]
        values = values_of(state.context, self._wide.situation)
        context = index_of([values[part] for part in self._parts], self._own.situation)
        return State(state.features[self._features], context, mask)
