"""How the agent chose, a line per macro-action."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from rich.style import Style
from rich.text import Text

from experiments.frames.interval import Scale, interval, scale_of
from experiments.frames.panels import CHOSEN, HEADING, ILLEGAL
from experiments.replays.decisions import Choice

EIGHTHS = " ▏▎▍▌▋▊▉█"
BAR, CHOSEN_BAR = Style(color="cyan"), Style(color="bright_yellow")
BAR_WIDTH = 3  # at least, beside intervals; without them it takes what is left
SHARE_WIDTH = 5
COUNT_WIDTH = 5
LEAST_INTERVAL = 6
# What stands for the signs of bars and intervals where only ASCII can be written.
ASCII = str.maketrans("▶◀█▏▎▍▌▋▊▉●┊─├┤", "><#:::::::o:-||")


@dataclass(frozen=True)
class Columns:
    """Widths of the columns; 0 where there is none."""

    name: int
    bar: int
    value: int
    count: int
    interval: int


def choice_lines(choice: Choice, width: int, rows: int, heading: str = "choice") -> list[Text]:
    """Return a heading, a line per macro-action, and the situation in words.

    The chosen macro-action is marked, illegal ones are grey. Where there are too few rows for all,
    the illegal ones share the last lines; and if that is not enough, the legal ones that are
    likeliest to be chosen are shown, and how many more there are.

    Args:
        choice: the agent's.
        width: columns.
        rows: lines at most.
        heading: of the column of names.
    """
    situation = _situation(choice, width)
    room = rows - 1 - len(situation)
    if room < min(len(choice.macros), 5):
        situation, room = [], rows - 1
    scale = scale_of(choice)
    columns = _columns(choice, width, scale)
    actions, rest = _fitted(choice, width, room)
    lines = [_heading(heading, columns, scale)]
    lines += [_line(choice, action, columns, scale) for action in actions] + rest
    spare = room - len(actions) - len(rest)
    lines += [Text()] * (spare > 0 and bool(situation)) + situation
    return lines[: max(rows, 0)]


def _fitted(choice: Choice, width: int, rows: int) -> tuple[list[int], list[Text]]:
    """Return the actions that have a line of their own, and lines that tell of the others."""
    count = len(choice.macros)
    if count <= rows:
        return list(range(count)), []
    legal = [action for action in range(count) if choice.legal[action] or action == choice.chosen]
    illegal = [choice.macros[action] for action in range(count) if action not in legal]
    told = [Text(line, ILLEGAL, no_wrap=True) for line in _joined(illegal, "illegal: ", width)]
    if len(legal) + len(told) <= rows:
        return legal, told
    shown = likeliest(choice, rows - 1)
    return shown, [Text(f" … {count - len(shown)} more"[: max(width, 0)], ILLEGAL, no_wrap=True)]


def likeliest(choice: Choice, rows: int) -> list[int]:
    """Return at most so many actions in their order: the chosen one, and then by probability."""
    first = sorted(
        range(len(choice.macros)),
        key=lambda action: (
            action != choice.chosen, not choice.legal[action], -choice.probabilities[action]
        ),
    )  # fmt: skip
    return sorted(first[: max(rows, 1)])


def _columns(choice: Choice, width: int, scale: Scale | None) -> Columns:
    name = max(1 + max(map(len, choice.macros)), len("prefers")) + 1
    value = 0 if scale is None else scale.figure + 1
    count = 0 if choice.counts is None else COUNT_WIDTH + 1
    rest = width - name - SHARE_WIDTH - value - count
    if choice.bounds is None or rest < BAR_WIDTH + 1 + LEAST_INTERVAL:
        return Columns(name, max(rest, 0), value, count, 0)
    bar = BAR_WIDTH + max(rest - 12, 0) // 3
    return Columns(name, bar, value, count, rest - bar - 1)


def _heading(title: str, columns: Columns, scale: Scale | None) -> Text:
    probability = "probability" if columns.bar + SHARE_WIDTH > 11 else "chance"
    text = (
        f" {title:<{columns.name - 1}.{columns.name - 2}}{probability:<{columns.bar + SHARE_WIDTH}}"
    )
    if columns.value:
        text += f"{'value':>{columns.value}}"
    if columns.count:
        text += f"{'count':>{columns.count}}"
    if columns.interval and scale:
        text += " " + scale.heading(columns.interval)
    return Text(text, HEADING, no_wrap=True)


def _line(choice: Choice, action: int, columns: Columns, scale: Scale | None) -> Text:
    chosen, legal = action == choice.chosen, bool(choice.legal[action])
    style = CHOSEN if chosen else "" if legal else ILLEGAL
    text = Text(no_wrap=True)
    text.append(f"{'▶' if chosen else ' '}{choice.macros[action]:<{columns.name - 1}}", style)
    if legal:
        share = float(choice.probabilities[action])
        text.append(bar(share, columns.bar), CHOSEN_BAR if chosen else BAR)
        text.append(f"{share:>{SHARE_WIDTH}.0%}", style)
    else:
        text.append(f"{'illegal':>{columns.bar + SHARE_WIDTH}}", style)
    if scale and choice.estimates is not None:
        text.append(scale.text(choice.estimates[action]).rjust(columns.value), style)
    if choice.counts is not None:
        text.append(_count(int(choice.counts[action])).rjust(columns.count), style)
    if columns.interval and scale:
        text.append(" ")
        text.append_text(interval(choice, action, columns.interval, scale, style))
    return text


def bar(share: float, width: int) -> str:
    """Return a bar that fills `share` of its width, in eighths of a column.

    Something that is possible at all can be seen.
    """
    eighths = round(share * width * 8)
    if share > 0.005:
        eighths = max(eighths, 1)
    full, rest = divmod(eighths, 8)
    return ("█" * full + (EIGHTHS[rest] if rest else "")).ljust(width)


def _count(count: int) -> str:
    return f"{count:,}" if count < 10_000 else f"{count / 1000:,.0f}k"


def _situation(choice: Choice, width: int) -> list[Text]:
    """Return the situation's parts, as many to a line as fit."""
    return [Text(line, no_wrap=True) for line in _joined(choice.situation.split(", "), "", width)]


def _joined(parts: list[str], start: str, width: int) -> list[str]:
    """Return parts with commas between them, as many to a line as fit, after a start."""
    lines: list[str] = []
    for part in parts:
        if lines and len(lines[-1]) + 2 + len(part) <= width:
            lines[-1] += ", " + part
        else:
            lines.append(part if lines else start + part)
    return lines


def preferred(choice: Choice) -> str:
    """Return the likeliest macro-action and its probability, such as ``fight 63%``."""
    action = int(np.argmax(choice.probabilities))
    return f"{choice.macros[action]} {choice.probabilities[action]:.0%}"
