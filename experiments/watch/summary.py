"""How a watched game went."""

from __future__ import annotations

from collections import Counter

from rich.table import Table

from experiments.watch.moments import WatchedGame
from experiments.watch.panels import HEADING, number


def outcome_line(game: WatchedGame) -> str:
    """Returns points, depth, turns and the cause of the end in one line."""
    outcome = game.outcome()
    cause = outcome["cause"] or _why_alive(game)
    return (
        f"{outcome['points']:,} points, depth {outcome['depth']} (deepest {outcome['max_depth']}),"
        f" {outcome['turns']:,} turns, {cause}"
    )


def _why_alive(game: WatchedGame) -> str:
    if not game.over:
        return "still alive"
    return "task done" if game.env.env.terminated else "alive at the limit of the game's length"


def summary_lines(game: WatchedGame) -> str:
    """Returns the outcome, the reward, and how long the game was: two lines."""
    outcome = game.outcome()
    return (
        f"{outcome_line(game)}\nreward {number(game.reward)},"
        f" progression {outcome['progression']:.4f}, {len(game.decisions):,} decisions,"
        f" {outcome['keystrokes']:,} keystrokes"
    )


def chosen_table(game: WatchedGame) -> Table:
    """Returns how often each macro-action was chosen, with its keystrokes and its reward."""
    times: Counter[str] = Counter()
    keys: Counter[str] = Counter()
    rewards = dict.fromkeys(game.names, 0.0)
    for decision in game.decisions:
        times[decision.macro] += 1
        keys[decision.macro] += len(decision.keys)
        rewards[decision.macro] += decision.reward
    table = Table(box=None, padding=(0, 2, 0, 0), header_style=HEADING)
    table.add_column("macro-action")
    for heading in ("chosen", "keystrokes", "reward"):
        table.add_column(heading, justify="right")
    for name in sorted(game.names, key=lambda name: -times[name]):
        table.add_row(name, f"{times[name]:,}", f"{keys[name]:,}", number(rewards[name]))
    return table
