"""The rows of `metrics.jsonl`: how far training was after a round, and what learning was like."""

from __future__ import annotations

from collections.abc import Sequence

from agents import Metrics
from experiments.files import Row
from experiments.runs.metric_rows import is_metric


def metrics_row(number: int, episodes: Sequence[Row], metrics: Metrics, macros: list[str]) -> Row:
    """Return the row of a round.

    Args:
        number: of the round, from 0.
        episodes: the rows of all games so far, those of this round last.
        metrics: what the agent's `learn` returned.
        macros: names of the actions.

    Returns:
        The round, and so far in all the games, decisions and keystrokes; then the metrics, a
        macro-action's with its name after the slash. What is NaN, infinite, or no longer read
        (`is_metric`) is left out.
    """
    named = {_named(name, macros): value for name, value in metrics.items()}
    return {
        "round": number,
        "games": len(episodes),
        "decisions": sum(row["decisions"] for row in episodes),
        "keystrokes": sum(row["keystrokes"] for row in episodes),
        **{name: value for name, value in named.items() if is_metric(value)},
    }


def _named(metric: str, macros: list[str]) -> str:
    name, slash, action = metric.partition("/")
    return f"{name}/{macros[int(action)]}" if slash else metric
