"""What the compiled policies draw, with the random numbers of the agents' own classes."""

from __future__ import annotations

import math

import numpy as np

from agents.bandits.beta_log_odds import fill
from compiling.compiled import compiled


@compiled
def beta_draws(shapes: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return log-odds of one draw from each Beta posterior, (A,), as
    `agents.bandits.beta_log_odds`.
    """
    log_odds = np.empty(shapes.shape[1])
    tries = shapes.size + shapes.size // 8 + 12
    normals, exponentials = np.empty(tries), np.empty(shapes.size + tries)
    drawn = False
    while not drawn:
        for i in range(len(normals)):
            normals[i] = rng.standard_normal()
        for i in range(len(exponentials)):
            exponentials[i] = rng.standard_exponential()
        drawn = fill(shapes, normals, exponentials, log_odds)
    return log_odds


@compiled
def gaussian_draws(parameters: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return one draw from each Gaussian posterior, whose means and variances are the rows,
    (A,).
    """
    draws = np.empty(parameters.shape[1])
    for a in range(len(draws)):
        draws[a] = parameters[0, a] + math.sqrt(parameters[1, a]) * rng.standard_normal()
    return draws


@compiled
def student_draws(parameters: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Draw once from each Student-t posterior, (A,), with the rows of `posteriors.StudentT`."""
    draws = np.empty(parameters.shape[1])
    for a in range(len(draws)):
        mean, kappa, nu, squares = parameters[:, a]
        draws[a] = mean + math.sqrt(squares / (nu * kappa)) * rng.standard_t(nu)
    return draws


@compiled
def preferred(preferences: np.ndarray) -> np.ndarray:
    """Return the softmax of the preferences, (A,)."""
    weights = np.exp(preferences - preferences.max())
    total = 0.0
    for weight in weights:
        total += weight
    return weights / total


@compiled
def draw_from(probabilities: np.ndarray, rng: np.random.Generator) -> int:
    """Return an arm drawn with these probabilities."""
    cumulative = np.cumsum(probabilities)
    threshold = rng.random() * cumulative[-1]
    return int(np.searchsorted(cumulative, threshold, "right"))
