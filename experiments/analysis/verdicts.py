"""What a comparison says, in words."""

from __future__ import annotations

import math

from experiments.analysis.metrics import Metric
from experiments.analysis.statistics.confidence import Estimate

MOST = 100_000  # games; beyond that the number says only that the two are alike


def verdict(
    a: str, b: str, difference: Estimate, games: float, metric: Metric, played: int = 0
) -> str:
    """Says who is better and by how much, or what it would take to tell.

    Args:
        a, b: names.
        difference: a − b, with the interval that decides: the adjusted one.
        games: how many would tell them apart.
        metric: its units.
        played: how many games there were; where that many should have told already, it is the
            doubt about the training seeds, or the games' skew, that keeps the interval wide.
    """
    if difference.why:
        return _without_interval(a, b, difference, metric)
    if difference.excludes_zero:
        winner, loser = (a, b) if difference.value > 0 else (b, a)
        least, most = sorted(abs(bound) * metric.scale for bound in difference[1:3])
        amount = f"{_number(least, metric)} to {_number(most, metric)} {metric.unit}"
        if metric.merit:
            return f"{winner} beats {loser} by {amount}"
        return f"{winner} has {amount} more than {loser}"
    return f"{a} and {b}: cannot tell apart; {_needed(games, played)}"


def sign(difference: Estimate) -> int:
    """Return 1 or -1 where it is surely above or below zero, since its interval is or every game
    says the same; else 0.
    """
    if not (difference.excludes_zero or (difference.why and not _too_few(difference))):
        return 0
    return (difference.value > 0) - (difference.value < 0)


def about(games: float) -> str:
    """Return a number of games to two digits, rounded up: "about 340 games"."""
    step = 10 ** max(0, math.floor(math.log10(games)) - 1)
    return f"about {math.ceil(games / step) * step:,} games"


def _number(value: float, metric: Metric) -> str:
    """Return a number in its metric's form; one that is not zero never reads as zero, and a large
    one is no power of ten.
    """
    text = f"{value:{metric.sentence_form}}"
    if "e+" in text:
        return f"{value:,.0f}"
    return f"{value:.1g}" if value and not text.strip("0.") else text


def _needed(games: float, played: int) -> str:
    if math.isinf(games):
        return "more training seeds might, more games would not"
    if games <= played:
        return "more training seeds would say more, or a few more games"
    if games > MOST:
        return f"more than {MOST:,} games would, so little do they differ"
    return f"{about(games)} would"


def _without_interval(a: str, b: str, difference: Estimate, metric: Metric) -> str:
    if _too_few(difference):
        return f"{a} and {b}: cannot tell: {difference.why}"
    if not difference.value:
        return f"{a} and {b}: no difference in any game"
    winner, loser = (a, b) if difference.value > 0 else (b, a)
    amount = f"{_number(abs(difference.value) * metric.scale, metric)} {metric.unit}"
    return f"{winner} has {amount} more than {loser} in every game"


def _too_few(difference: Estimate) -> bool:
    """Whether there were not enough games or training seeds to say anything."""
    return difference.why.startswith("too few")
