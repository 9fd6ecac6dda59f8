"""How a watched game went."""

from __future__ import annotations

from collections import Counter

from rich.table import Table

from experiments.films.decisions import BY_HAND
from experiments.films.film import Film
from experiments.watch.panels import HEADING, number


def outcome_line(film: Film) -> str:
    """Returns points, depth, turns and the cause of the end in one line."""
    outcome = film.outcome()
    return (
        f"{outcome['points']:,} points, depth {outcome['depth']} (deepest {outcome['max_depth']}),"
        f" {outcome['turns']:,} turns, {film.ending}"
    )


def short_outcome(film: Film) -> str:
    """Returns points and the cause of the end."""
    return f"{film.outcome()['points']:,} points, {film.ending}"


def summary_lines(film: Film) -> str:
    """Returns the outcome, the reward, and how long the game was: two lines."""
    outcome = film.outcome()
    reward = sum(decision.reward for decision in film.played)
    return (
        f"{outcome_line(film)}\nreward {number(reward)},"
        f" progression {outcome['progression']:.4f}, {len(film.played):,} decisions,"
        f" {outcome['keystrokes']:,} keystrokes"
    )


def chosen_table(film: Film) -> Table:
    """Returns how often each macro-action was chosen, with its keystrokes and its reward."""
    times: Counter[str] = Counter()
    keys: Counter[str] = Counter()
    rewards = dict.fromkeys((*film.names, BY_HAND), 0.0)
    for decision in film.played:
        times[decision.macro] += 1
        keys[decision.macro] += len(decision.keys)
        rewards[decision.macro] += decision.reward
    table = Table(box=None, padding=(0, 2, 0, 0), header_style=HEADING)
    table.add_column("macro-action")
    for heading in ("chosen", "keystrokes", "reward"):
        table.add_column(heading, justify="right")
    for name in sorted(rewards, key=lambda name: -times[name]):
        if name == BY_HAND and not times[name]:
            continue
        table.add_row(name, f"{times[name]:,}", f"{keys[name]:,}", number(rewards[name]))
    return table
