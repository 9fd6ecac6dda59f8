"""Asking changes nothing: what an agent sees and may do is only read, however often it is asked."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np
import pytest
from helpers.facts import changed, facts
from helpers.screens import screen, thing
from helpers.situations import Situation
from nle import nethack as nh

from envs.bot import Bot
from envs.data.glyphs import Terrain, species_named
from envs.features import FEATURES, features
from envs.knowledge.exploring import cut_off, lighter_way
from envs.knowledge.knowledge import Knowledge
from envs.knowledge.threats import threats
from envs.macro_env import MacroEnv
from envs.macros import REGISTRY
from envs.macros.barred import shut_in
from envs.situation import situation

Question = Callable[[], Any]
ROOM = "---------\n|.......|\n|...@...|\n|.......|\n---------"
# Legal actions that come first in a game that is played for its states.
URGENT = ("vault", "pray", "heal", "fight", "throw", "cast", "eat", "pickup", "descend", "explore")


def questions(known: Knowledge) -> dict[str, Question]:
    """All that is asked of what a player knows, by name."""
    level = known.level
    asked: dict[str, Question] = {
        **{f"feature {name}": partial(feature, known) for name, feature in FEATURES.items()},
        **{f"{name} available": partial(m.available, known) for name, m in REGISTRY.items()},
        "features": lambda: features(known),
        "situation": lambda: situation(known),
        "inventory": lambda: known.inventory,
        "equipment": lambda: known.equipment.items,
        "hostiles": lambda: known.hostiles,
        "threats": lambda: threats(known),
        "shut in": lambda: shut_in(known),
        "distances": lambda: level.dist,
        "frontier": lambda: level.frontier,
        "frontier of who carries less": partial(lighter_way, level),
        "cut off": partial(cut_off, level),
    }
    for square in [(0, 0), known.hero, (20, 78)]:
        asked[f"beside {square}"] = partial(level.path_beside, square)
    return asked


def ask(asked: dict[str, Question], rng: np.random.Generator) -> dict[str, list[dict]]:
    """Asks every question twice, in any order; returns the two answers to each."""
    answers: dict[str, list[dict]] = {name: [] for name in asked}
    for name in rng.permutation([*asked, *asked]).tolist():
        answers[name].append(facts(asked[name](), identity=False))
    return answers


def check(env: MacroEnv, rng: np.random.Generator) -> None:
    """Asks the environment and what the player knows, and looks for a trace of it."""
    assert env.known is not None
    of_env = {"state": env.state, "masks": env.action_masks, "render": env.render}
    before = all_of(env)
    answers = ask(questions(env.known) | of_env, rng)
    assert not changed(before, all_of(env))
    assert all(first == second for first, second in answers.values())


def all_of(env: MacroEnv) -> dict[str, object]:
    """Facts of what the player knows, of the environment, and of its game as far as it is Python.

    The real game's own memory can't be read; what it shows are the observation's buffers.
    """
    parts = vars(env) | {f"env.{name}": part for name, part in vars(env.env).items()}
    unread = ("env", "decision", "env._nethack")
    return facts(tuple((name, part) for name, part in parts.items() if name not in unread), "env")


def check_memos(known: Knowledge, rng: np.random.Generator) -> None:
    """What is kept for speed is what would be found afresh: a copy has kept nothing."""
    afresh = copy.deepcopy(known)
    assert not changed(facts(known, identity=False), facts(afresh, identity=False))
    assert ask(questions(known), rng) == ask(questions(afresh), rng)


def states(env: MacroEnv, seed: int, decisions: int, every: int) -> Iterator[np.random.Generator]:
    """Plays a game; stops at every decision, and within macro-actions at every so many keys."""
    rng = np.random.default_rng(seed)
    env.reset(seed=seed)
    names = [macro.name for macro in env.macros]
    for _ in range(decisions):
        yield rng
        legal = np.flatnonzero(env.action_masks()).tolist()
        first = [names.index(name) for name in URGENT if names.index(name) in legal]
        action = first[0] if first and rng.random() < 0.7 else int(rng.choice(legal))
        for count, _ in enumerate(env.play(action)):
            if count % every == every - 1:
                yield rng
        if any(env.result()[2:4]):
            return


@pytest.mark.parametrize("seed", range(3))
def test_asking_changes_nothing_in_a_stub_game(seed):
    env = MacroEnv("stub", pet=True, nutrition=160, render_mode="ansi")
    for rng in states(env, seed, decisions=8, every=7):
        check(env, rng)
        check_memos(env.known, rng)


@pytest.mark.nethack
@pytest.mark.parametrize(
    ("character", "seed"), [("val-dwa-law-fem", 1), ("wiz-elf-cha-mal", 2), ("mon-hum-neu-mal", 3)]
)
def test_asking_changes_nothing_in_a_real_game(character, seed):
    env = MacroEnv("nethack", character=character, render_mode="ansi")
    for rng in states(env, seed, decisions=30, every=20):
        check(env, rng)
        check_memos(env.known, rng)
    env.close()


def check_dropped_keys(env: MacroEnv) -> None:
    """Begins every legal macro-action, whose first key is never sent: an interruption may drop any
    key. Only what is noted of tries to explore, and of the command itself, may differ.
    """
    allowed = (".tries", ".tried_at", "._begins", ".pending", ".declined")
    for macro, legal in zip(env.macros, env.action_masks(), strict=True):
        if legal:
            known = copy.deepcopy(env.known)
            before = facts(known, identity=False)
            play = macro.play(known)
            next(play, None)
            play.close()
            traces = changed(before, facts(known, identity=False))
            assert not [path for path in traces if not any(a in path for a in allowed)], macro.name


@pytest.mark.parametrize("seed", range(2))
def test_a_key_that_is_not_sent_leaves_no_trace_in_a_stub_game(seed):
    env = MacroEnv("stub", pet=True, nutrition=160)
    for _ in states(env, seed, decisions=20, every=1_000):
        check_dropped_keys(env)


@pytest.mark.nethack
@pytest.mark.parametrize(("character", "seed"), [("val-dwa-law-fem", 1), ("tou-hum-neu-fem", 2)])
def test_a_key_that_is_not_sent_leaves_no_trace_in_a_real_game(character, seed):
    env = MacroEnv("nethack", character=character)
    for _ in states(env, seed, decisions=60, every=1_000):
        check_dropped_keys(env)
    env.close()


# States that used to be changed by a question, each of them rare in a short game.


def behind_a_trap() -> Situation:
    at = explored()
    y, x = at.known.hero
    at.known.level.terrain[y - 1 : y + 2, x + 3] = Terrain.TRAP
    at.known.level.block((y, x + 3))
    at.known.level.seen[y, x + 4] = False
    return at


def behind_a_blocked_square() -> Situation:
    at = explored()
    y, x = at.known.hero
    for row in (y - 1, y, y + 1):
        at.known.level.block((row, x + 2))
    at.known.level.seen[y, x + 4] = False
    return at


def with_old_corpses() -> Situation:
    at = Situation(ROOM, nutrition=100)
    at.set(turn=100)
    at.known.level.fresh_corpses |= {at.at(0, 1): 10, at.at(1, 1): 90, at.at(1, 0): 99}
    at.known.level.objects[at.at(1, 1)] = nh.GLYPH_BODY_OFF + min(species_named("bat"))
    at.known.level.objects[at.at(1, 0)] = nh.GLYPH_BODY_OFF + min(species_named("newt"))
    return at


def in_a_shop() -> Situation:
    at = Situation(ROOM)
    glyphs, level = at.known.observation["glyphs"], at.known.level
    glyphs[at.at(0, 2)] = nh.GLYPH_MON_OFF + min(species_named("shopkeeper"))
    glyphs[at.at(1, 2)] = thing("dagger")
    level.observe(glyphs, at.known.hero)
    level.fresh_corpses.clear()
    return at


def too_wide() -> Situation:
    at = explored()
    at.known.level.observe(screen("##   ", "  #  ", y=1, x=30), at.known.hero)
    at.known.level.bump(at.at(0, 1), False, "You are carrying too much to get through.")
    return at


def explored() -> Situation:
    at = Situation(ROOM)
    at.play_while_legal("explore")
    return at


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    "build", [behind_a_trap, behind_a_blocked_square, with_old_corpses, in_a_shop, too_wide]
)
def test_asking_changes_nothing_where_there_is_something_to_conclude(build, seed):
    at, rng = build(), np.random.default_rng(seed)
    check(at.env, rng)
    check_memos(at.known, rng)
    at.known.begin_decision()
    check(at.env, rng)
    check_memos(at.known, rng)


@pytest.mark.parametrize("build", [behind_a_trap, behind_a_blocked_square, with_old_corpses])
def test_what_a_decision_concludes_is_concluded_once(build):
    at = build()
    before = facts(at.known)
    at.known.begin_decision()
    begun = facts(at.known)
    assert changed(before, begun)
    at.known.begin_decision()
    assert not changed(begun, facts(at.known))


@pytest.mark.parametrize("build", [behind_a_trap, behind_a_blocked_square])
def test_the_state_is_what_a_decision_begun_now_would_show(build):
    at = build()
    seen, info = at.env.state()
    assert not at.legal("explore") and info["action_mask"][at.names.index("explore")]
    at.known.begin_decision()
    assert (features(at.known) == seen).all()
    assert (at.env.action_masks() == info["action_mask"]).all()


def test_a_bot_only_reads_while_its_agent_chooses():
    """From the first question of a decision to the choice."""
    at = behind_a_trap()
    kept: list[dict] = []

    def choose(seen: np.ndarray, where: int, legal: np.ndarray) -> int:
        kept.append(facts(bot._known))
        assert (features(bot._known) == seen).all() and situation(bot._known) == where
        assert [m.available(bot._known) for m in REGISTRY.values()] == legal.tolist()
        assert not changed(kept[-1], facts(bot._known))
        return [*REGISTRY].index("search")

    bot = Bot(tuple(REGISTRY.values()), lambda: choose)
    bot.reset(at.known.observation)
    bot.act(at.known.observation)
    assert kept
