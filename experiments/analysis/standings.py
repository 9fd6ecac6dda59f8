"""What a comparison comes to, in sentences: one for every pair, or for every config of many."""

from __future__ import annotations

from experiments.analysis.comparison import Comparison
from experiments.analysis.metrics import METRICS
from experiments.analysis.verdicts import sign
from experiments.printable import listed

MANY = 10  # pairs, as five configs have: sentences on more of them are no summary


def many(comparison: Comparison) -> bool:
    """Whether there are too many pairs for a sentence on each."""
    return len(comparison.pairs) > MANY


def verdicts(comparison: Comparison) -> list[str]:
    """Return the verdict on every two configs; of many configs, the `standings`."""
    if many(comparison):
        return standings(comparison)
    return [f"{pair.verdict}." for pair in comparison.pairs]


def standings(comparison: Comparison) -> list[str]:
    """Return a sentence on every config, the highest mean first: whom it beats, from whom it cannot
    be told, and who beats it, by the intervals adjusted for all pairs. The last sentence is on all
    those that cannot be told from any other.
    """
    scores = sorted(comparison.scores, key=lambda score: -score.mean.value)
    names = [score.config for score in scores]
    signs = {(pair.a, pair.b): sign(pair.adjusted) for pair in comparison.pairs}
    signs |= {(b, a): -found for (a, b), found in signs.items()}
    merit = METRICS[comparison.metric].merit
    above, below = ("beats", "is beaten by") if merit else ("has more than", "has less than")
    says = {1: above, 0: "cannot be told from", -1: below}
    told = [name for name in names if any(signs[name, other] for other in names if other != name)]
    if not told:
        return [f"No two of these {len(names)} can be told apart."]
    sentences = []
    for name in told:
        others = {how: [o for o in names if o != name and signs[name, o] == how] for how in says}
        parts = (f"{says[how]} {_those(of, len(names) - 1)}" for how, of in others.items() if of)
        sentences.append(f"{name} {'; '.join(parts)}.")
    if untold := [name for name in names if name not in told]:
        sentences.append(f"{listed(untold)} cannot be told from any other.")
    return sentences


def _those(names: list[str], others: int) -> str:
    return f"all {others} others" if len(names) == others else listed(names)
