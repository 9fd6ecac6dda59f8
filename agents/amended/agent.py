"""A fixed order, amended: another action is taken where it has been shown to pay."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from agents.amended.ledger import Ledger
from agents.amended.settings import AmendedSettings
from agents.amended.value import LinearValue
from agents.base import Metrics, State, Transition, drawn, finite_rewards, legal_actions
from agents.networks.softmax import softmax
from agents.policy_gradient.advantages import advantages
from agents.policy_gradient.metrics import explained_variance
from agents.policy_gradient.prior import Prior
from agents.saved import SavedAgent

HOPELESS = 2.0  # standard errors below 0 from which on an action is not tried any more

# The metrics of a round.
MEANINGS = {
    "explained_variance": "1 - Var(returns - V) / Var(returns), V learned from other games; left"
    " out when all returns are equal",
    "advantage_deviation": "standard deviation of the round's advantages, in units of reward",
    "tried": "share of the round's decisions that were not what the order has",
    "amended": "share of the round's decisions where something else now comes before it",
    "amendments": "how many (context, action of the order, other action) those are, seen or not",
}


class Amended(SavedAgent):
    """Does what a fixed order says, but where another action has been shown to be better.

    That is a step of policy improvement from a policy that is good already. In training any legal
    action is taken now and then; each decision has an advantage by GAE, with a linear value
    function; and the gain of one action over the order's is the difference of their mean
    advantages, over *all* games so far. A policy gradient forgets a game after a round, and needs
    many to tell a gain of a few hundredths of a deviation from noise; means over all of them don't.
    The order is left only where the posterior of the gain is `caution` standard errors above 0,
    as in safe policy improvement (Thomas et al., 2015; Laroche, Trichelair & Tachet des Combes,
    2019): what was tried seldom stays as it was.

    Args:
        n_actions, n_contexts, n_features: sizes; gains are told apart by context, V sees features.
        settings: None for the defaults.
        rng: draws the actions.

    Raises:
        ValueError: for an order that names no action, or one twice.
    """

    name = "amended"
    settings_type = AmendedSettings
    settings: AmendedSettings

    def _build(self, n_actions: int, n_contexts: int, n_features: int) -> None:
        s = self.settings
        self.exploring = False
        if not set(s.where or []) <= set(range(n_features)):
            raise ValueError(f"where must be from 0 to {n_features - 1}, got {s.where}")
        self.prior = Prior(s.order or [], n_actions, "first", s.strength)
        self.values = LinearValue(n_features)
        self.ledger = Ledger(n_contexts, n_actions)
        self._weigh()

    def act(self, state: State) -> int:
        """Return a legal action: the best known, or while exploring drawn from all."""
        return drawn(self.action_probabilities(state).tolist(), self.rng)

    def action_probabilities(self, state: State) -> np.ndarray:
        """Return the distribution of the next choice, (A,): 1 on one action unless exploring."""
        legal = np.asarray(state.action_mask, bool)
        legal_actions(legal, self.header.n_actions)  # the mask is checked
        first = int(self._first(legal))
        if not self._may_leave(state.features):
            return np.eye(len(legal))[first]
        sure = np.where(legal, self._sure[state.context, first], -np.inf)
        choice = int(sure.argmax()) if sure.max() > 0 else first
        if not self.exploring:
            return np.eye(len(legal))[choice]
        tried = legal & ~self._hopeless[state.context, first]  # neither `choice` nor `first` is
        return softmax(self.prior.preferring(choice, tried), tried)

    def estimates(self, state: State) -> np.ndarray:
        """Return V(s), with the gain over the order's action added on all others, (A,)."""
        first = self._first(np.asarray(state.action_mask, bool))
        return self.values.of(state.features) + self._gain[state.context, first]

    def learn(self, transitions: Sequence[Transition]) -> Metrics:
        """Learns from a round of games.

        Returns:
            The metrics that `MEANINGS` lists.
        """
        if not transitions:
            return {}
        finite_rewards(transitions)  # or nothing is computed from them
        games = _games(transitions)
        seen = [_returns(game, self.values) for game in games]
        advantage, value = map(np.concatenate, zip(*self._advantages(games, seen), strict=True))
        returns = np.concatenate([returns for _, returns in seen])
        for game in seen:
            self.values.add(*game)
        return (
            explained_variance(returns - value, returns)
            | {"advantage_deviation": float(advantage.std())}
            | self._note(transitions, advantage)
        )

    def _note(self, transitions: Sequence[Transition], advantage: np.ndarray) -> Metrics:
        """Enter the decisions where the order may be left, and draw the conclusions."""
        may = np.array([self._may_leave(step.state.features) for step in transitions])
        contexts = np.array([step.state.context for step in transitions])
        legal = np.stack([step.state.action_mask for step in transitions]).astype(bool)
        actions, firsts = np.array([step.action for step in transitions]), self._first(legal)
        self.ledger.add(contexts[may], firsts[may], actions[may], legal[may], advantage[may])
        self._weigh()
        better = legal & (self._sure[contexts, firsts] > 0)
        return {
            "tried": float((actions != firsts).mean()),
            "amended": float((may & better.any(axis=1)).mean()),
            "amendments": float((self._sure > 0).sum()),
        }

    def _advantages(
        self, games: Sequence[Sequence[Transition]], seen: Sequence[tuple[np.ndarray, np.ndarray]]
    ) -> list[tuple[np.ndarray, np.ndarray]]:
        """Return the advantages of each game and V, which has seen every second game but not this
        one.

        Args:
            games: of the round.
            seen: features and returns of each, as V learns from them.
        """
        halves = [self.values.with_games(seen[1::2]), self.values.with_games(seen[0::2])]
        return [
            self._advantage(halves[n % 2], game, features)
            for n, (game, (features, _)) in enumerate(zip(games, seen, strict=True))
        ]

    def _advantage(
        self, values: LinearValue, game: Sequence[Transition], features: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        of_all = values.of(np.vstack([features, game[-1].next_state.features]))
        v, ahead = of_all[:-1], of_all[1:]
        discounts = np.array([step.discount for step in game])
        last = np.arange(len(game)) == len(game) - 1
        rewards = np.array([step.reward for step in game])
        return advantages(rewards, discounts, v, ahead, last, self.settings.gae_lambda), v

    def _may_leave(self, features: np.ndarray) -> bool:
        where = self.settings.where
        return where is None or bool((features[where] > 0).any())

    def _first(self, legal: np.ndarray) -> np.ndarray:
        """Return the order's action, (…), for legal masks (…, A)."""
        return np.where(legal, self.prior.rank, legal.shape[-1]).argmin(axis=-1)

    def _weigh(self) -> None:
        """Draw the conclusions of the ledger: what is better for sure, and what is hopeless."""
        s = self.settings
        self._gain, error = self.ledger.gains(s.spread, s.context_spread)
        self._sure = self._gain - s.caution * error
        self._hopeless = self._gain + HOPELESS * error < 0

    def restore(self, arrays: dict[str, np.ndarray]) -> None:
        """Take over the arrays of a checkpoint."""
        super().restore(arrays)
        self._weigh()

    def _arrays(self) -> dict[str, np.ndarray]:
        value = {"value.gram": self.values.gram, "value.moment": self.values.moment}
        return value | {f"ledger.{name}": array for name, array in self.ledger.arrays().items()}


def _games(transitions: Sequence[Transition]) -> list[list[Transition]]:
    """Return the transitions game by game."""
    games: list[list[Transition]] = [[]]
    for step in transitions:
        games[-1].append(step)
        if step.last:
            games.append([])
    return games if games[-1] else games[:-1]


def _returns(game: Sequence[Transition], values: LinearValue) -> tuple[np.ndarray, np.ndarray]:
    """Return the features (T, F) and the discounted returns (T,) of a game; V stands for what would
    have come after one that was truncated, and counts for nothing after its end.
    """
    ahead = float(values.of(game[-1].next_state.features))
    returns = np.empty(len(game))
    for t in range(len(game) - 1, -1, -1):
        returns[t] = ahead = game[t].reward + game[t].discount * ahead
    return np.stack([step.state.features for step in game]), returns
