"""What a comparison comes to, in sentences: one for every pair, or for every config of many."""

from __future__ import annotations

from experiments.analysis.comparison import Comparison
from experiments.analysis.metrics import METRICS
from experiments.analysis.verdicts import sign

MANY = 10  # pairs, as five configs have: sentences on more of them are no summary


def verdicts(comparison: Comparison) -> list[str]:
    """Return the verdict on every two configs; with more than `MANY` pairs, the `standings`."""
    if len(comparison.pairs) > MANY:
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
    if not any(signs.values()):
        return [f"No two of these {len(names)} can be told apart."]
    merit = METRICS[comparison.metric].merit
    above, below = ("beats", "is beaten by") if merit else ("has more than", "has less than")
    sentences, open_ = [], []
    for name in names:
        others = [other for other in names if other != name]
        if not any(signs[name, other] for other in others):
            open_.append(name)
            continue
        parts = [
            f"{says} {_listed(found, len(others))}"
            for wanted, says in ((1, above), (0, "cannot be told from"), (-1, below))
            if (found := [other for other in others if signs[name, other] == wanted])
        ]
        sentences.append(f"{name} {'; '.join(parts)}.")
    if open_:
        sentences.append(f"{_listed(open_)} cannot be told from any other.")
    return sentences


def _listed(names: list[str], all_others: int = 0) -> str:
    if len(names) == all_others:
        return f"all {all_others} others"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
