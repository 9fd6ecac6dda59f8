"""Promises of futures: other dice, the same game; the same seed, the same futures."""

import errno
import os
import re

import numpy as np
import pytest

from envs.futures import Future, FuturesUnavailable, Horizon, Lost, futures
from envs.macro_env import MacroEnv
from envs.nethack.env import NetHack

GAMES = ["stub", pytest.param("nethack", marks=pytest.mark.nethack)]
SOON = Horizon(decisions=6)


def at_random(observation, info, rng):
    return int(rng.choice(np.flatnonzero(info["action_mask"])))


def at_decision(game, number=12, seed=3):
    """A game after some decisions, and the legal actions."""
    env = MacroEnv(game, max_turns=2_000)
    observation, info = env.reset(seed=seed)
    rng = np.random.default_rng(0)
    for _ in range(number):
        observation, _, terminated, truncated, info = env.step(at_random(observation, info, rng))
        assert not (terminated or truncated)
    return env, [int(action) for action in np.flatnonzero(info["action_mask"])]


def told(future):
    """All that is to be the same of two futures, as far as it can be compared at once."""
    return (
        future.action, future.index, future.seeds, future.keys, future.outcome, future.survived,
        future.reward, future.discount, future.decisions, future.observation.tobytes(),
    )  # fmt: skip


def play_on(env, decisions=8):
    """What comes of the game itself: plays on, always alike."""
    rng, seen = np.random.default_rng(1), []
    observation, info = env.state()
    for _ in range(decisions):
        observation, reward, *_, info = env.step(at_random(observation, info, rng))
        seen.append((observation.tobytes(), reward, info["keys"]))
    return seen


@pytest.mark.parametrize("game", GAMES)
def test_the_same_seed_gives_the_same_futures_with_any_number_of_workers(game):
    env, legal = at_decision(game)
    runs = [[told(f) for f in futures(env, legal, at_random, 2, SOON, 7, workers=w)]
            for w in (1, 3)]  # fmt: skip
    assert runs[0] == runs[1]
    assert [(f[0], f[1]) for f in runs[0]] == [(a, i) for i in range(2) for a in legal]


@pytest.mark.parametrize("game", GAMES)
def test_later_futures_can_be_had_on_their_own(game):
    env, legal = at_decision(game)
    whole = [told(f) for f in futures(env, legal[:2], at_random, 3, SOON, (7, 8))]
    late = [told(f) for f in futures(env, legal[:2], at_random, 1, SOON, (7, 8), first=2)]
    assert late == whole[-2:]


@pytest.mark.parametrize("game", GAMES)
def test_futures_differ_from_each_other_and_with_the_seed(game):
    env, legal = at_decision(game)
    long = Horizon(decisions=20)
    first = list(futures(env, legal[:1], at_random, 8, long, 1))
    other = list(futures(env, legal[:1], at_random, 8, long, 2))
    assert len({f.keys for f in first}) > 1
    assert {f.seeds for f in first}.isdisjoint(f.seeds for f in other)
    assert [f.keys for f in first] != [f.keys for f in other]


@pytest.mark.parametrize("game", GAMES)
def test_the_game_itself_goes_on_as_if_nobody_had_looked_ahead(game):
    env, _ = at_decision(game)
    expected = play_on(env)
    env, legal = at_decision(game)
    list(futures(env, legal, at_random, 2, SOON, 7, workers=2))
    assert play_on(env) == expected


@pytest.mark.parametrize("game", GAMES)
def test_a_future_is_the_game_itself_with_dice_thrown_anew(game):
    env, legal = at_decision(game)
    for future in futures(env, legal[:3], at_random, 1, SOON, 7):
        again, _ = at_decision(game)
        again.env.reseed(*future.seeds)
        again.begin_by_hand()
        for key in future.keys:
            again.press(key)
        assert again.env.outcome() == future.outcome


@pytest.mark.parametrize("game", GAMES)
def test_a_horizon_of_decisions_counts_the_first_one(game):
    env, legal = at_decision(game)
    for future in futures(env, legal, at_random, 1, Horizon(decisions=1), 7):
        assert future.decisions == 1
        assert future.discount == pytest.approx(0.999 ** len(future.keys))


@pytest.mark.parametrize("game", GAMES)
def test_a_horizon_of_turns_ends_a_future_at_the_first_key_that_reaches_it(game):
    env, legal = at_decision(game)
    end = env.known.stats.turn + 30
    for future in futures(env, legal[:3], at_random, 2, Horizon(turns=30), 7):
        again, _ = at_decision(game)
        again.env.reseed(*future.seeds)
        again.begin_by_hand()
        turns = []
        for key in future.keys:
            again.press(key)
            turns.append(again.known.stats.turn)
        assert max(turns[:-1], default=0) < end
        assert future.over or turns[-1] >= end


def test_the_reward_is_discounted_over_all_keys_of_a_future():
    env, legal = at_decision("stub")
    rewards = []

    class Listener:
        def chosen(self, observation, info, action): ...
        def played(self, env, action, reward, info):
            rewards.append((reward, info["discount"]))

        def report(self, env, over):
            return list(rewards)

    for future in futures(env, legal[:1], at_random, 1, SOON, 7, watch=lambda *_: Listener()):
        worth, total = 1.0, 0.0
        for reward, discount in future.report:
            total, worth = total + worth * reward, worth * discount
        assert (future.reward, future.discount) == pytest.approx((total, worth))
        assert len(future.report) == future.decisions == 6


@pytest.mark.parametrize("game", GAMES)
def test_a_future_that_fails_is_counted_and_told_of(game):
    env, legal = at_decision(game)

    def fails_at_times(observation, info, rng):
        if rng.random() < 0.2:
            raise LookupError("lost my way")
        return at_random(observation, info, rng)

    found = list(futures(env, legal, fails_at_times, 4, Horizon(decisions=8), 7))
    lost = [f for f in found if isinstance(f, Lost)]
    assert lost and {f.why for f in lost} == {"LookupError: lost my way"}
    assert len(found) == 4 * len(legal) and any(isinstance(f, Future) for f in found)


def test_a_future_of_the_stub_that_takes_too_long_is_lost():
    env, legal = at_decision("stub")
    [lost] = futures(env, legal[:1], at_random, 1, SOON, 7, seconds=0.0)
    assert isinstance(lost, Lost) and "took longer than 0 seconds" in lost.why


@pytest.mark.nethack
def test_a_crash_of_nethack_is_told_of():
    env, legal = at_decision("nethack")

    def crash(observation, info, rng):
        os.abort()

    [lost] = futures(env, legal[:1], crash, 1, SOON, 7)
    assert lost == Lost(legal[0], 0, "its process crashed (SIGABRT)")


@pytest.mark.nethack
def test_unseen_levels_stay_the_same_and_only_the_dice_are_thrown_anew():
    env = MacroEnv("nethack", character="val-dwa-law-fem", macros=["descend", "explore", "search"])

    def downwards(observation, info, rng=None):
        return int(np.flatnonzero(info["action_mask"])[0])

    class Levels:
        def chosen(self, observation, info, action): ...
        def played(self, env, action, reward, info):
            # the stairs that the hero came by: whoever stands on them pushes him aside (do.c)
            self.seen = getattr(self, "seen", {})
            self.seen.setdefault(env.known.stats.depth, tuple(env.known.level.leads))

        def report(self, env, over):
            return self.seen

    _, info = env.reset(seed=0)
    first = downwards(None, info)
    found = list(
        futures(env, [first], downwards, 6, Horizon(turns=400), 1, watch=lambda *_: Levels())
    )
    for depth in (2, 3):
        places = [f.report[depth] for f in found if depth in f.report]
        assert len(places) > 1 and len(set(places)) == 1 and places[0], depth
    assert len({f.keys for f in found}) > 1


@pytest.mark.parametrize("game", GAMES)
def test_a_game_that_is_over_has_no_futures(game):
    env = MacroEnv(game, max_turns=5)
    _, info = env.reset(seed=3)
    while not (env.env.terminated or env.env.truncated):
        env.step(0)
    with pytest.raises(ValueError, match="over: it has no futures"):
        futures(env, [0], at_random, 1, SOON, 7)


def test_bad_input_is_told_at_once():
    env, legal = at_decision("stub")
    illegal = next(a for a in range(len(env.macros)) if a not in legal)
    name = re.escape(env.macros[illegal].name)
    with pytest.raises(ValueError, match=f"{name} is not legal at this decision; there are "):
        futures(env, [illegal], at_random, 1, SOON, 7)
    with pytest.raises(ValueError, match="99 is not legal"):
        futures(env, [99], at_random, 1, SOON, 7)
    with pytest.raises(ValueError, match="1 worker are needed, not 1 and 0"):
        futures(env, legal, at_random, 1, SOON, 7, workers=0)
    with pytest.raises(ValueError, match="at least 1 future"):
        futures(env, legal, at_random, 0, SOON, 7)
    with pytest.raises(ValueError, match="at least 1 of turns, not 0"):
        Horizon(turns=0)
    with pytest.raises(ValueError, match="reset"):
        futures(MacroEnv("stub"), [0], at_random, 1, SOON, 7)


@pytest.mark.nethack
def test_without_fork_it_says_so(monkeypatch):
    env, legal = at_decision("nethack", number=0)
    monkeypatch.delattr(os, "fork")
    with pytest.raises(FuturesUnavailable, match="os.fork"):
        futures(env, legal, at_random, 1, SOON, 7)


@pytest.mark.nethack
def test_where_the_system_refuses_another_process_it_says_so(monkeypatch):
    env, legal = at_decision("nethack", number=0)

    def refuse():
        raise OSError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr(os, "fork", refuse)
    with pytest.raises(FuturesUnavailable, match="can't be forked: Resource temporarily"):
        list(futures(env, legal, at_random, 1, SOON, 7))


@pytest.mark.nethack
def test_a_game_that_is_being_recorded_can_not_be_forked(tmp_path):
    env = MacroEnv("nethack")
    env.env = NetHack(ttyrec=tmp_path / "game.ttyrec3.bz2")
    _, info = env.reset(seed=1)
    [lost] = futures(env, [int(np.argmax(info["action_mask"]))], at_random, 1, SOON, 7)
    assert "ttyrec" in lost.why
