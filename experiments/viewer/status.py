"""The lines of text about the game: what is watched, what is going on, and how it stands."""

from __future__ import annotations

import math

from rich.text import Text

from experiments.frames.choice import preferred
from experiments.frames.panels import HEADING, keys_line, number
from experiments.frames.summary import outcome_line, short_outcome
from experiments.narrative.text import count
from experiments.playback.playback import Playback
from experiments.viewer.player import Player

DIM = "bright_black"
NOTICE = "bold black on bright_yellow"
BY_HAND = "bold white on dark_magenta"


def title_line(playback: Playback, place: str, width: int) -> Text:
    """Return what is watched, and which of how many games it is."""
    kind = "live" if playback.can_take_over else "replay"
    title = playback.title
    text = Text.assemble((f" {kind.upper()} ", "reverse"), (f" {title}", HEADING), no_wrap=True)
    text.truncate(max(width - len(place) - 2, 0), overflow="ellipsis")
    return text.append(place.rjust(width - text.cell_len), DIM)


def notice_line(text: str, width: int) -> Text:
    """Return what the viewer must know."""
    return Text(f" ! {text} ".ljust(width), NOTICE, no_wrap=True)


def hand_line(player: Player, width: int) -> Text:
    """Say that a person plays, and which keys are not NetHack's."""
    text = " By hand: keys go to NetHack; F2 hands back to the agent; F3 plays "
    choice = player.preference
    prefers = preferred(choice) if choice else "the macro-action the agent prefers"
    if len(text) + len(prefers) > width:
        text = " By hand  F2: agent plays on  F3: "
    return Text(f"{text}{prefers}".ljust(width), BY_HAND, no_wrap=True)


def decision_line(player: Player, width: int) -> Text:
    """Return the macro-action in progress, its keys so far, and its reward when it is over."""
    decision = player.decision
    end = (
        f"  {decision.ended}, reward {number(decision.reward, sign=True)}" if decision.ended else ""
    )
    return keys_line(decision, max(width - len(end), 0)).append(end, "default")


def last_line(player: Player, width: int) -> Text:
    """Return the macro-action before it: its keys, why it ended, and its reward."""
    decision = player.decision
    if decision.number == 1:
        return Text("before: nothing", DIM)
    last = player.playback.decisions[decision.number - 2]
    text = (
        f"before: {last.number}. {last.macro}, {count(len(last.keys), 'key')}:"
        f" {last.ended or 'under way'}, reward {number(last.reward, sign=True)}"
    )
    reward = number(player.playback.reward_before(decision.number))
    return _both(text, f"reward in all {reward}", width, DIM)


def state_line(player: Player, width: int) -> Text:
    """Playing or paused, speed, position, turn; at the end of the game, how it ended."""
    playback = player.playback
    if player.at_end:
        outcome = outcome_line(playback)
        outcome = outcome if len(outcome) <= width else short_outcome(playback)
        return _both(outcome, position_text(player), width, HEADING)
    turn = playback.screens.stats(player.position).turn
    return Text(f"{_state(player)}  {position_text(player)}  turn {turn:,}", HEADING, no_wrap=True)


def compact_line(player: Player, width: int) -> Text:
    """All of it in one line, for where there is no more."""
    if player.at_end:
        return state_line(player, width)
    state = f"  {_state(player)}  {position_text(player)}"
    line = keys_line(player.decision, width - len(state))
    line.pad_right(max(width - len(state) - line.cell_len, 0))
    return line.append(state, HEADING)


def position_text(player: Player) -> str:
    """Such as ``1,234 / 5,678``; of a game played live the end is unknown."""
    playback = player.playback
    if playback.total is None:
        front = "" if player.position == playback.length else f" of {playback.length:,} so far"
        return f"{player.position:,}{front}"
    return f"{player.position:,} / {playback.total:,}"


def footer_line(keys: str) -> Text:
    """Return the most important keys."""
    return Text(keys, DIM, no_wrap=True)


def _state(player: Player) -> str:
    if player.goal:
        return f"looking for {player.sought} (Esc stops)"
    if player.at_end:
        return "the end"
    if player.by_hand:
        return "by hand"
    speed = "at full speed" if math.isinf(player.speed) else f"{player.speed:g}/s"
    return f"▶ {speed}" if player.playing else f"paused {speed}"


def _both(left: str, right: str, width: int, style: str) -> Text:
    """One text at the left and one at the right, which goes first when there is no room."""
    if len(left) + 2 + len(right) > width:
        return Text(left, style, no_wrap=True)
    return Text(left + right.rjust(width - len(left)), style, no_wrap=True)
