"""A game told in a few sentences, each of which the playback shows to be true."""

from __future__ import annotations

from collections import Counter

import numpy as np

from envs.nethack.env import is_death
from experiments.narrative.action_usage import action_usage, rewards
from experiments.narrative.text import count, hero, listed, run_together, share, times
from experiments.playback import events
from experiments.playback.events import Arrival, NearDeath
from experiments.playback.playback import Playback
from experiments.replays.decisions import BY_HAND, Decision

MANY_LEVELS, SHOWN_NEAR_DEATHS = 6, 2
LAST_DECISIONS = 5  # decisions
HUNGER = ("", "", "hungry", "weak with hunger", "fainting with hunger", "fainting with hunger")
LEAST_CHANCE_TOLD = 0.005  # chance of a macro-action


def story(playback: Playback) -> list[str]:
    """Tells a game: who, how far and how it ended, near-deaths, habits, rewards, the last moments.

    Args:
        playback: played out; of one that is not, it tells the story so far.

    Returns:
        Paragraphs of plain text.
    """
    told = [_beginning_and_end(playback), _levels(playback), _dangers(playback)]
    told += [action_usage(playback), rewards(playback), _last_moments(playback)]
    return [paragraph for paragraph in told if paragraph]


def _beginning_and_end(playback: Playback) -> str:
    stats, who = playback.screens.stats(playback.length), hero(playback.outcome().character)
    where = f"on depth {stats.depth} on turn {stats.turn:,}"
    points, level = stats.score, stats.experience_level
    if playback.notice:
        end = f"{who} is {where} where this recording ends ({playback.notice})"
    elif not playback.over:
        end = (
            f"so far, {who} is {where} with {stats.hit_points} of {stats.max_hit_points} hit points"
        )
    else:
        outcome = playback.outcome()
        points, level = outcome.points, outcome.experience_level
        where = f"on depth {outcome.depth} on turn {outcome.turns:,}"
        end = f"{who} {_how_it_ended(playback, where)}"
    decided = len(playback.played)
    return (
        f"{end[0].upper()}{end[1:]}. The game stood at {count(points, 'point')} and experience"
        f" level {level} after {count(decided, 'decision')} and"
        f" {count(playback.length, 'keystroke')}."
    )


def _how_it_ended(playback: Playback, where: str) -> str:
    outcome = playback.outcome()
    cause = outcome.cause
    if cause and not is_death(cause):
        return f"left the game {where}: {cause}"
    if cause:
        return f"died {where}: {cause.removeprefix('died of ')}"
    if outcome.success:
        return f"did the task {where}, which ended the game"
    if playback.terminated:
        return f"came to the end of the game {where}"
    if playback.dice:
        return f"is still alive {where}, where this future ends"
    return f"was still alive {where}, when the game's limit was reached"


def _levels(playback: Playback) -> str:
    new, branches = events.arrivals(playback), events.new_branches(playback)
    start = int(playback.screens.stats(0).depth)
    if not new and not branches:
        return f"The hero never left depth {start}."
    sentences = []
    if new:
        told = new if len(new) <= MANY_LEVELS else _notable(new)
        places = listed(f"depth {a.depth} on turn {a.turn:,}{_jump(a)}" for a in told)
        ways = Counter(playback.decision_at(a.position - 1).macro for a in new)
        by = listed(f"{macro} {times(n)}" for macro, n in ways.most_common())
        left_out = "" if told is new else f", {count(len(new), 'new depth')} in all"
        sentences.append(f"The hero reached {places}{left_out}; what led there was {by}.")
    if branches:
        entered = listed(f"{a.branch} on turn {a.turn:,} (depth {a.depth})" for a in branches)
        sentences.append(f"{'It' if new else 'The hero'} entered {entered}.")
    return " ".join(sentences)


def _notable(new: list[Arrival]) -> list[Arrival]:
    """Return the first, the jumps and the deepest."""
    return [a for a in new if a in (new[0], new[-1]) or _jump(a)]


def _jump(arrival: Arrival) -> str:
    levels = arrival.depth - arrival.came_from
    how = [f"{levels} levels at once"] if levels > 1 else []
    how += [f"through {arrival.through}"] if arrival.through else []
    return f" ({', '.join(how)})" if how else ""


def _dangers(playback: Playback) -> str:
    found = events.near_deaths(playback)
    if not found:
        return ""
    worst = sorted(found, key=lambda near: near.health)[:SHOWN_NEAR_DEATHS]
    grave = sum(near.health < events.VERY_LOW_HEALTH for near in found)
    opening = ""
    if len(found) > SHOWN_NEAR_DEATHS:
        opening = f"Hit points fell below a third {times(len(found))} and came back"
        opening += f", {times(grave)} from below a seventh" if grave else ""
        opening += f"; the closest {SHOWN_NEAR_DEATHS} follow. "
    return opening + " ".join(
        _near_death(playback, near) for near in sorted(worst, key=lambda near: near.start)
    )


def _near_death(playback: Playback, near: NearDeath) -> str:
    stats, after = playback.screens.stats(near.lowest), playback.screens.stats(near.end)
    by = f", hit last by {near.attacker}" if near.attacker else ""
    return (
        f"On turn {stats.turn:,}, on depth {stats.depth}, the hero was down to {stats.hit_points}"
        f" of {stats.max_hit_points} hit points{by}, and had {after.hit_points} again on turn"
        f" {after.turn:,}; {_answer(playback, near)}."
    )


def _answer(playback: Playback, near: NearDeath) -> str:
    if not near.answer:
        return f"{playback.decision_at(near.start).macro} went on"
    hit_points = playback.screens.series("hit_points")
    gains = [
        int(hit_points[min(d.end, playback.length)]) - int(hit_points[d.start]) for d in near.answer
    ]
    best = int(np.argmax(gains))
    helped = near.answer[best]
    chosen = _shortly(near.answer)
    if len(near.answer) == 1 or 2 * gains[best] < hit_points[near.end] - hit_points[near.lowest]:
        return f"chosen meanwhile: {chosen}"
    return (
        f"chosen meanwhile: {chosen}; decision {helped.number:,}, {helped.macro}, brought"
        f" {gains[best]} of them"
    )


def _shortly(decisions: list[Decision]) -> str:
    if len(decisions) <= 2 * LAST_DECISIONS:
        return run_together(decisions)
    chosen = Counter(decision.macro for decision in decisions)
    return listed(f"{macro} {times(n)}" for macro, n in chosen.most_common(LAST_DECISIONS))


def _last_moments(playback: Playback) -> str:
    cause = playback.outcome().cause
    if not playback.over or playback.notice or not is_death(cause):
        return ""
    last = playback.played[-LAST_DECISIONS:]
    steps = []
    for decision in last:
        stats = playback.screens.stats(decision.start)
        steps.append(f"{decision.macro} at {stats.hit_points} of {stats.max_hit_points}")
    opening = "The only decision" if len(last) == 1 else f"The last {len(last)} decisions"
    return (
        f"{opening}, with the hit points then: {listed(steps)}{_preference(last[-1])}."
        f"{_hunger(playback)}"
    )


def _hunger(playback: Playback) -> str:
    state = playback.screens.stats(playback.length).hunger
    words = HUNGER[state] if 0 <= state < len(HUNGER) else ""
    return f" The hero was {words}." if words else ""


def _preference(decision: Decision) -> str:
    """Return what else the agent might have done."""
    if decision.macro == BY_HAND:
        return ""
    choice = decision.choice
    if choice.legal.sum() == 1:
        return f"; nothing but {decision.macro} was legal at the end"
    chances = [
        f"{choice.macros[i]} {share(choice.probabilities[i], 1)}"
        for i in np.argsort(-choice.probabilities, kind="stable")[: SHOWN_NEAR_DEATHS + 1]
        if choice.probabilities[i] >= LEAST_CHANCE_TOLD
    ]
    if len(chances) == 1:
        return f"; at the end the agent was as good as certain of {decision.macro}"
    return f"; at the end the agent's chances were {listed(chances)}"
