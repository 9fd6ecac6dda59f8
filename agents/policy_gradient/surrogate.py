"""PPO's clipped objective (Schulman et al., 2017, equation 7): its value and its gradient."""

from __future__ import annotations

import numpy as np


def surrogate(advantage: np.ndarray, ratio: np.ndarray, clip: float) -> np.ndarray:
    """Return min(ρ A, clamp(ρ, 1 ± clip) A) of each decision, (N,), with ρ = π(a)/π_old(a)."""
    return np.minimum(ratio * advantage, ratio.clip(1 - clip, 1 + clip) * advantage)


def clipped_weight(advantage: np.ndarray, ratio: np.ndarray, clip: float) -> np.ndarray:
    """Return what each decision's cross-entropy gradient weighs, (N,).

    The surrogate has the gradient ρ A ∇ log π(a) as long as ρ has not left 1 ± clip in the
    direction that A pushes it, else 0.
    """
    pushed_out = np.where(advantage > 0, ratio > 1 + clip, ratio < 1 - clip)
    return np.where(pushed_out, 0.0, ratio * advantage)
