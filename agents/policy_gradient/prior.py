"""The policy that is known before learning: a fixed order of actions, and what leaving it costs.

Kickstarting (Schmitt et al., 2018) holds a learner near a teacher by a penalty that fades, so that
the teacher is left only where rewards ask for it, and in the end is no limit. Their penalty is the
cross-entropy H(prior || π), for a teacher to be imitated; here the policy begins as the prior, and
KL(π || prior) keeps it from wandering off, as in KL control (Todorov, 2007; Jaques et al., 2017).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from agents.baselines import complete_order

PriorKind = Literal["order", "first"]
FALL = 0.5  # of the logits of the actions behind the first legal one, from each to the next


class Prior:
    """Logits of a policy that prefers actions by a fixed order.

    Args:
        order: actions, most urgent first, the others follow in their own order; None: no prior.
        n_actions: A.
        kind: `order`: each action is e^strength times as likely as the next, a strict order the
            stronger it is, in which those far down are hardly ever tried. `first`: the first legal
            action is e^strength times as likely as the second legal one, and each of the others
            √e times as likely as the next: what `PriorityAgent` does, and now and then another.
        strength: a difference of logits.

    Attributes:
        biases: (A,) float64, what a network's last layer begins with.
        rank: (A,) of each action in the order, from 0.
        depends_on_legal: whether there is more to it than the biases.

    Raises:
        ValueError: for what is no action, or is named twice.
    """

    def __init__(
        self, order: Sequence[int] | None, n_actions: int, kind: PriorKind, strength: float
    ) -> None:
        self._order = np.array(complete_order(order, n_actions))
        self.rank = np.argsort(self._order)
        self.strength = strength
        self.biases = np.zeros(n_actions)
        if kind == "order" and order is not None:
            self.biases -= strength * self.rank
        self.depends_on_legal = kind == "first" and order is not None

    def added_to(self, z: np.ndarray, legal: np.ndarray) -> np.ndarray:
        """Return a network's outputs, (…, A), and what it can't know: which legal action is first.

        Args:
            z: (…, A), in whose precision the result is.
            legal: (…, A) bool.
        """
        if not self.depends_on_legal:
            return z
        in_order = np.cumsum(legal[..., self._order], axis=-1)[..., self.rank]  # 1 on the first
        behind = np.where(in_order > 1, self.strength + FALL * (in_order - 2), 0)
        return z - behind.astype(z.dtype)

    def preferring(self, action: int, legal: np.ndarray) -> np.ndarray:
        """Return logits as of `first`, (A,), with a legal action of one's own as the first.

        Args:
            action: the one.
            legal: (A,) bool.
        """
        others = legal.copy()
        others[action] = False
        behind = np.cumsum(others[self._order])[self.rank]  # 1 on the first of the others
        logits = -(self.strength + FALL * (behind - 1.0))
        logits[action] = 0.0
        return logits

    def logits(self, legal: np.ndarray) -> np.ndarray:
        """Return the logits of the prior itself, (…, A) float64, for legal masks (…, A)."""
        return self.added_to(np.broadcast_to(self.biases, legal.shape), legal)


def divergence(logs: np.ndarray, prior_logs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return KL(S || p) = Σ_k S_k (log S_k - log p_k) of each row, and its gradient at the logits.

    With dS_k/dz_j = S_k (δ_kj - S_j), and since Σ_k dS_k/dz_j = 0,

        dKL/dz_j = Σ_k dS_k/dz_j (log S_k - log p_k + 1) = S_j (log S_j - log p_j - KL)

    Args:
        logs: (N, A) log S; -inf on illegal actions.
        prior_logs: (N, A) log p; -inf on the same actions.

    Returns:
        (N,) and (N, A): 0 on illegal actions.
    """
    s = np.exp(logs)
    gain = np.subtract(logs, prior_logs, out=np.zeros_like(s), where=s > 0)
    kl = (s * gain).sum(axis=1)
    return kl, s * (gain - kl[:, None])
