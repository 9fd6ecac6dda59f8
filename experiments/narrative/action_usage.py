"""What an agent chose in a playback, and what it earned, in words."""

from __future__ import annotations

from collections import Counter, defaultdict

import numpy as np

from experiments.narrative.text import amount, count, listed, quoted, share
from experiments.playback.playback import Playback
from experiments.replays.decisions import BY_HAND, Decision

TOP_MACROS = 3
OFTEN_LEGAL_SHARE, OFTEN_LEGAL_DECISIONS = (
    1 / 3,
    10,
)  # of the decisions; how many of them make it remarkable


def action_usage(playback: Playback) -> str:
    """Tells which macro-actions were chosen most, and which never though they often were legal."""
    chosen = Counter(decision.macro for decision in playback.played)
    if not chosen:
        return ""
    keys: Counter[str] = Counter()
    for decision in playback.played:
        keys[decision.macro] += len(decision.keys)
    whole = max(sum(keys.values()), 1)
    top = listed(
        f"{macro} ({share(n, len(playback.played))} / {share(keys[macro], whole)})"
        for macro, n in chosen.most_common(TOP_MACROS)
    )
    never = _never(playback, chosen)
    return f"What was chosen most, by share of decisions / keystrokes: {top}.{never}"


def _never(playback: Playback, chosen: Counter[str]) -> str:
    made = [decision.choice for decision in playback.played if decision.macro != BY_HAND]
    if len(made) < OFTEN_LEGAL_DECISIONS:
        return ""
    legal = np.mean([choice.legal for choice in made], axis=0)
    ignored = [
        (float(legal[i]), name)
        for i, name in enumerate(playback.names)
        if not chosen[name] and legal[i] >= OFTEN_LEGAL_SHARE
    ]
    said = listed(
        (f"{name} ({share(part, 1)})" for part, name in sorted(ignored)[::-1][:TOP_MACROS])
    )
    return f" Never chosen, though legal at many decisions: {said}." if said else ""


def rewards(playback: Playback) -> str:
    """Tells where the reward came from, and which decision earned most."""
    sums: dict[str, float] = defaultdict(float)
    for decision in playback.played:
        sums[decision.macro] += decision.reward
    most = sorted(filter(sums.get, sums), key=lambda macro: -sums[macro])
    if not most:
        return "No decision earned any reward."
    earned = [
        f"{amount(sums[macro])} from {macro}" for macro in most[:TOP_MACROS] if sums[macro] > 0
    ]
    text = f"The reward came to {amount(sum(sums.values()))}"
    if len(most) == 1:
        text += f", all from {most[0]}"
    elif earned:
        text += f": {listed(earned)}"
    if len(most) > 1 and sums[most[-1]] < 0:
        text += f"; {most[-1]} cost {amount(-sums[most[-1]])}"
    best = max(playback.played, key=lambda decision: decision.reward)
    if best.reward <= 0 or len(playback.played) == 1:
        return text + "."
    return (
        f"{text}; the best single decision was number {best.number:,}, {best.macro}, with"
        f" {amount(best.reward)}{_what_came_of(playback, best)}."
    )


def _what_came_of(playback: Playback, decision: Decision) -> str:
    end, keys = min(decision.end, playback.length), count(len(decision.keys), "keystroke")
    before, after = playback.screens.stats(decision.start), playback.screens.stats(end)
    if after.depth != before.depth:
        return f": it ended on depth {after.depth}"
    if after.experience_level > before.experience_level:
        return f": it ended on experience level {after.experience_level}"
    if after.score > before.score:
        return f": {count(after.score - before.score, 'point')} in {keys}"
    message = quoted(playback.screens[end].message)
    if message:
        return f'; at its end the screen said "{message}"'
    return f", over {keys}"
