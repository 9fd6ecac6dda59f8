"""A bandit as an agent: the arms are the actions."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np

from agents import checkpoint
from agents.bandits.base import Bandit
from agents.bandits.credit import CreditSettings, credited, credited_returns
from agents.bandits.reward_range import RewardRange
from agents.base import Metrics, State, Transition
from agents.lessons import Lesson, Pupil, pulls
from agents.settings import describe, setting


@dataclass(frozen=True)
class BanditAgentSettings(CreditSettings):
    """Settings that every bandit has as an agent, beside its own."""

    context: Literal["none", "situation"] = setting(
        "none",
        "none: one row of estimates, the textbook's bandit; situation: one for each",
        fixed=True,
    )


class BanditAgent(Pupil):
    """Chooses by a bandit.

    UCB's c and Thompson's priors assume rewards in [0, 1], which `reward_range` brings about.
    A bandit's horizon is one decision: it looks at each decision's own reward, in all or per
    keystroke (`credit`), and ignores the discount and the next state.

    Args:
        policy: the class of the bandit.
        n_actions: its arms.
        n_contexts: of the states; the bandit has as many rows if `context` is "situation".
        n_features: of the states; the bandit does not see them.
        rng: the bandit's.
        chosen: settings by name, of `BanditAgentSettings` and of the bandit.
    """

    learns_online = True

    def __init__(
        self,
        policy: type[Bandit],
        n_actions: int,
        n_contexts: int = 1,
        n_features: int = 0,
        *,
        rng: np.random.Generator | None = None,
        **chosen: Any,
    ) -> None:
        own = {key: chosen.pop(key) for key in describe(BanditAgentSettings) if key in chosen}
        self.settings = BanditAgentSettings(**own)
        self._pulls = [f"pulls/{action}" for action in range(n_actions)]  # names of metrics
        self.range = RewardRange.of(self.settings.reward_range)
        rows = n_contexts if self.settings.context == "situation" else 1
        chosen = policy.suited(chosen, self.range)
        self.bandit = policy(n_actions, n_contexts=rows, rng=rng, **chosen)
        settings = self.bandit.settings.to_json() | self.settings.to_json()
        self.header = checkpoint.Header(policy.name, n_actions, n_contexts, n_features, settings)

    @property
    def rng(self) -> np.random.Generator:
        """The bandit's own generator."""
        return self.bandit.rng

    @rng.setter
    def rng(self, rng: np.random.Generator) -> None:
        """Replace the bandit's generator: the agent has none beside it."""
        self.bandit.rng = rng

    def act(self, state: State) -> int:
        """Return the bandit's choice among the legal actions."""
        return self.bandit.select(state.action_mask, self._row(state))

    def learn(self, transitions: Sequence[Transition]) -> Metrics:
        """Learns from each decision, in order.

        Returns:
            For each action ``pulls/<action>``, how many of these decisions took it, all contexts
            together; and of those taken ``estimate/<action>``, its action value afterwards in
            units of reward, averaged over contexts by how often it was ever taken in each.

        Raises:
            Diverged: for a reward that is NaN or infinite; nothing is then learned.
        """
        metrics: Metrics = dict.fromkeys(self._pulls, 0)
        rewards = credited(transitions, self.settings.credit)
        for transition, reward in zip(transitions, rewards, strict=True):
            state = transition.state
            unit = self.range.unit(reward)
            self.bandit.update(transition.action, unit, self._row(state), legal=state.action_mask)
            metrics[self._pulls[transition.action]] += 1
        for action in sorted({transition.action for transition in transitions}):
            estimate = self.bandit.mean_estimate(action)
            if math.isfinite(estimate):  # it is not where all of them were forgotten again
                metrics[f"estimate/{action}"] = self.range.rewards(np.array(estimate)).item()
        return metrics

    def study(self, lessons: Sequence[Lesson]) -> Metrics:
        """Learns from futures of one decision as from choices of its own: every action was tried.

        Returns:
            `lesson_pulls`: how many rewards that were.
        """
        for lesson in lessons:
            row = self._row(lesson.state)
            units = self.range.units(credited_returns(lesson, self.settings.credit))
            for rewards in units.T:  # a future of each action, NaN of illegal ones
                self.bandit.update_all(rewards, row)
        return {"lesson_pulls": pulls(lessons)}

    def action_probabilities(self, state: State) -> np.ndarray:
        """Return the exact distribution of the next `act(state)`, (A,) float64."""
        return self.bandit.action_probabilities(state.action_mask, self._row(state))

    def estimates(self, state: State) -> np.ndarray:
        """Return action values, mapped back to units of reward, (A,) float64."""
        return self.range.rewards(self.bandit.estimates(self._row(state)))

    def bounds(self, state: State) -> np.ndarray | None:
        """Return the bandit's `bounds`, mapped back to units of reward, (2, A) float64."""
        bounds = self.bandit.bounds(self._row(state))
        return None if bounds is None else self.range.rewards(bounds)

    def counts(self, state: State) -> np.ndarray:
        """Return how often each action was learned from in this state's context, (A,) int64."""
        return self.bandit.counts[self._row(state)].copy()

    def save(self, folder: Path) -> None:
        """Write the checkpoint."""
        checkpoint.save(folder, self.header, self.bandit.arrays())

    def restore(self, arrays: dict[str, np.ndarray]) -> None:
        """Take over the arrays of a checkpoint."""
        self.bandit.restore(arrays)

    def _row(self, state: State) -> int:
        return state.context if self.settings.context == "situation" else 0
