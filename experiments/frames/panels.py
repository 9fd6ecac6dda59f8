"""The parts of a frame beside the game's screen."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from experiments.console import Table
from experiments.frames.keys import keys_text
from experiments.playback.snapshot import Snapshot
from experiments.replays.decisions import Decision

HEADING = "bold"
CHOSEN = "bold bright_yellow"
ILLEGAL = "grey50"


def number(value: float, sign: bool = False) -> str:
    """Return a figure of any size in few characters: ``0.00123``, ``12.3``, ``1,234``."""
    lead = "+" if sign else ""
    return f"{value:{lead},.0f}" if abs(value) >= 100 else f"{value:{lead}.3g}"


def keys_line(decision: Decision, width: int) -> Text:
    """Return the macro-action in progress and the last of its keys, in one line."""
    name = f"{decision.number}. {decision.macro} "
    return Text.assemble((name, CHOSEN), _end_of(keys_text(decision.keys), width - len(name)))


def decision_text(snapshot: Snapshot, width: int) -> Text:
    """Return the decision under way in two lines: its keys, then how it ended and the rewards."""
    decision = snapshot.decision
    text = keys_line(decision, width)
    state = decision.ended or f"{len(decision.keys)} keys so far"
    reward = f"reward {number(decision.reward, sign=True)}, " if decision.ended else ""
    return text.append(f"\n   {state}; {reward}{number(snapshot.reward)} in all", "default")


def one_line(snapshot: Snapshot, width: int) -> Text:
    """Return what fits under the map: macro-action and keys, reward, hit points."""
    health = f"HP {snapshot.stats.hit_points}({snapshot.stats.max_hit_points})"
    end = f" reward {number(snapshot.reward)}  {health}"
    start = keys_line(snapshot.decision, width - len(end))
    start.pad_right(width - len(end) - len(start))
    start.no_wrap, start.overflow = True, "crop"
    return start.append(end, HEADING)


def past_table(decisions: Sequence[Decision], rows: int, width: int) -> Table:
    """Return the last decisions, newest first: macro-action, keystrokes, reward, and why it ended.

    Args:
        decisions: oldest first.
        rows: how many there are for the table and its heading; none is drawn in fewer than two.
        width: columns of the table.
    """
    table = Table(box=None, width=width, padding=(0, 1, 0, 0), header_style=HEADING)
    table.show_header = rows > 1
    table.add_column("decision", no_wrap=True, min_width=12)
    table.add_column("keys", justify="right", no_wrap=True)
    table.add_column("reward", justify="right", no_wrap=True)
    table.add_column("why it ended", ratio=1, no_wrap=True, overflow="crop")
    for decision in decisions[::-1][: max(rows - 1, 0)]:
        reward = number(decision.reward, sign=True)
        name = f"{decision.number}. {decision.macro}"
        table.add_row(name, str(len(decision.keys)), reward, decision.ended)
    return table


def _end_of(text: str, width: int) -> str:
    return text if len(text) <= width else "..." + text[-max(width - 3, 0) :]
