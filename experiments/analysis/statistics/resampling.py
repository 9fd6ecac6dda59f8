"""The bootstrap's random numbers, and the studentised error of a mean over games."""

from __future__ import annotations

import numpy as np
from scipy import stats

from compiling.compiled import compiled

RESAMPLES = 9_999  # (RESAMPLES + 1) · 2.5 % is a whole number, as order statistics want


class Resamples:
    """Resamples of games, which all intervals of a comparison share: drawn once, used often.

    Args:
        rng: draws them.
        size: how many.
    """

    def __init__(self, rng: np.random.Generator, size: int = RESAMPLES) -> None:
        self.rng, self.size = rng, size
        self._counts: dict[int, np.ndarray] = {}

    def counts(self, n: int) -> np.ndarray:
        """How often each resample drew each of n games: (size, n), every row adding up to n."""
        if n not in self._counts:
            self._counts[n] = _tally(self.rng.integers(n, size=(self.size, n), dtype=np.uint32))
        return self._counts[n]

    def shuffled(self, errors: np.ndarray) -> np.ndarray:
        """Return the same errors in another order: independent then of others from the same
        resamples.
        """
        return self.rng.permutation(errors)


def game_errors(values: np.ndarray, resamples: Resamples) -> np.ndarray:
    """Errors of a mean, sample minus truth, as the studentised bootstrap ("bootstrap-t") sees them.

    They are t* = (mean* − mean) / se* of the resamples, times se of the sample (Efron, 1981; Hall,
    1988). A skewed sample has a skewed t*, and that is what makes the interval cover. Few games
    show less skew than there is; the factor 1 + 2 / n makes up for it (chosen by the simulation in
    `experiments.analysis.coverage`, and gone for many games).

    Where every game gave one of two scores, success or none, the exact interval takes their place:
    of 2 successes in 20 games most resamples show 1, 2 or 3, and nothing of the tail.

    Args:
        values: (n,), n ≥ 2.
        resamples: of the games.

    Returns:
        (resamples.size,); zeros where all values are the same.
    """
    if len(np.unique(values)) == 2:
        return _binomial_errors(values, resamples)
    return standard_error(values) * (1 + 2 / len(values)) * _studentised(values, resamples)


def _binomial_errors(values: np.ndarray, resamples: Resamples) -> np.ndarray:
    """Errors of the mean of two scores, (n,): their intervals are Clopper & Pearson's (1934)."""
    low, high, n = values.min(), values.max(), len(values)
    k = int((values == high).sum())
    quantiles = np.arange(1, resamples.size + 1) / (resamples.size + 1)
    below, above = stats.beta(k, n - k + 1), stats.beta(k + 1, n - k)
    share = np.where(quantiles < 1 / 2, below.ppf(quantiles), above.ppf(quantiles))
    return resamples.shuffled((high - low) * (k / n - share))


def difference_errors(values: np.ndarray, resamples: Resamples) -> np.ndarray:
    """Errors of the mean of differences, which the sign may skew either way or not at all.

    Where there is no skew, the symmetric interval, by |t*|, covers best (Hall, 1988), and where
    there is some, that with equal tails does; a small sample does not tell which. So on either side
    the larger error counts.

    Args:
        values: (n,), n ≥ 2.
        resamples: of the games.

    Returns:
        (resamples.size,); zeros where all values are the same.
    """
    t = np.sort(_studentised(values, resamples))
    symmetric = np.sort(np.abs(t))
    symmetric[::2] *= -1
    skewed, symmetric = t * (1 + 2 / len(values)), np.sort(symmetric)
    middle = len(t) // 2
    t[:middle] = np.minimum(skewed, symmetric)[:middle]
    t[middle:] = np.maximum(skewed, symmetric)[middle:]
    return standard_error(values) * resamples.shuffled(t)


def standard_error(values: np.ndarray) -> float:
    """Return the standard error of the mean of (n,)."""
    return float(values.std(ddof=1) / np.sqrt(len(values)))


def _studentised(values: np.ndarray, resamples: Resamples) -> np.ndarray:
    """t* of every resample: (resamples.size,)."""
    n, t = len(values), np.zeros(resamples.size)
    centred = values - values.mean()
    scale = np.abs(centred).max()
    if scale <= 1e-12 * np.abs(values).max():
        return t
    centred = (centred / scale).astype(np.float32)
    powers = np.stack([centred, centred**2])
    means, squares = np.einsum("rn,kn->kr", resamples.counts(n), powers).astype(float) / n
    variances = (squares - means**2) * n / (n - 1)
    varied = variances > 1e-6 * centred.var()  # a resample of one game many times has none
    t[varied] = means[varied] / np.sqrt(variances[varied] / n)
    t[~varied] = np.where(means[~varied] > 0, _largest(t), -_largest(-t))
    return t


def _largest(t: np.ndarray) -> float:
    """Return the largest t*; where none is above 0, as of one success in twenty games, that of the
    other sign.
    """
    largest = float(t.max())
    return largest if largest > 1e-6 else float(-t.min())


@compiled
def _tally(drawn):  # type: ignore[no-untyped-def]
    counts = np.zeros(drawn.shape, dtype=np.float32)
    for resample in range(len(drawn)):
        for game in drawn[resample]:
            counts[resample, game] += 1
    return counts
