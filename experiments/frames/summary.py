"""How a watched game went."""

from __future__ import annotations

from collections import Counter

from experiments.console import Table
from experiments.frames.panels import HEADING, number
from experiments.playback.playback import Playback
from experiments.replays.decisions import BY_HAND


def outcome_line(playback: Playback) -> str:
    """Return points, depth, turns and the cause of the end in one line."""
    outcome = playback.outcome()
    return (
        f"{outcome.points:,} points, depth {outcome.depth} (deepest {outcome.max_depth}),"
        f" {outcome.turns:,} turns, {playback.ending}"
    )


def short_outcome(playback: Playback) -> str:
    """Return points and the cause of the end."""
    return f"{playback.outcome().points:,} points, {playback.ending}"


def summary_lines(playback: Playback) -> str:
    """Return the outcome, the reward, and how long the game was: two lines."""
    outcome = playback.outcome()
    reward = sum(decision.reward for decision in playback.played)
    return (
        f"{outcome_line(playback)}\nreward {number(reward)},"
        f" progression {outcome.progression:.4f}, {len(playback.played):,} decisions,"
        f" {outcome.keystrokes:,} keystrokes"
    )


def chosen_table(playback: Playback) -> Table:
    """Return how often each macro-action was chosen, with its keystrokes and its reward."""
    times: Counter[str] = Counter()
    keys: Counter[str] = Counter()
    rewards = dict.fromkeys((*playback.names, BY_HAND), 0.0)
    for decision in playback.played:
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
