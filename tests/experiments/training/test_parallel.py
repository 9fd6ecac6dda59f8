"""Games in other processes: what happens to one of them happens to nothing else."""

import os
import signal
import time

import pytest

from agents import Diverged
from agents.baselines import RandomAgent
from envs.macros import MACROS
from experiments.config.models import load
from experiments.errors import RunError, UserError
from experiments.playback.source import open_replay
from experiments.replays.reader import unpack_replay
from experiments.replays.recorder import Recording
from experiments.training.backends import playing_on, worker_count
from experiments.training.faults import LOST, STRIKES
from experiments.training.parallel import play_games

SEEDS = range(3, 7)
ACTIONS = len(MACROS)


class Faulty(RandomAgent):
    """Has a fault, so many times, where a game has come to its third decision.

    Args:
        fault: what happens.
        notes: a folder in which times are counted.
        times: how often it happens.
    """

    def __init__(self, fault, notes, times):
        super().__init__(ACTIONS)
        self.fault, self.notes, self.times, self.decisions = fault, notes, times, 0

    def act(self, state):
        self.decisions += 1
        if self.decisions % 3 == 0 and len(list(self.notes.iterdir())) < self.times:
            (self.notes / str(time.monotonic_ns())).touch()
            self.fault()
        return super().act(state)


def _out_of_memory():
    raise MemoryError


FAULTS = {
    "exit": (lambda: os._exit(1), "its process ended without an answer"),
    "abort": (os.abort, r"its process crashed \(SIGABRT\)"),
    "killed": (lambda: os.kill(os.getpid(), signal.SIGKILL), r"was killed \(SIGKILL\)"),
    "stopped": (lambda: os.kill(os.getpid(), signal.SIGSTOP), "longer than 6 seconds over a dec"),
    "sleeping": (lambda: time.sleep(600), "longer than 6 seconds over a decision"),
    "memory": (_out_of_memory, "ran out of memory"),
}


def rows(episodes):
    return [episode.row | {"seconds": 0} for episode in episodes]


@pytest.fixture
def config(stub_config):
    return load(stub_config)


@pytest.fixture
def notes(tmp_path):
    folder = tmp_path / "notes"
    folder.mkdir()
    return folder


@pytest.mark.parametrize(
    ("kind", "workers"),
    [("exit", 2), ("abort", 1), ("killed", 2), ("stopped", 1), ("sleeping", 2), ("memory", 2)],
)
def test_a_fault_costs_its_game_nothing_but_time(stub_config, notes, kind, workers):
    fault, told = FAULTS[kind]
    hangs = kind in ("stopped", "sleeping")
    config = load(stub_config, ("limits.seconds_per_decision=6",) if hangs else ())
    agent, faults = Faulty(fault, notes, 1), []
    with playing_on("processes"):
        played = rows(play_games(config, agent, SEEDS, True, workers, on_fault=faults.append))
    assert played == rows(play_games(config, RandomAgent(ACTIONS), SEEDS, True, 1))
    (lost,) = faults
    assert lost.seed in SEEDS and lost.strike == 1
    with pytest.raises(AssertionError, match=told):
        raise AssertionError(lost.why)


def test_any_number_of_deaths_in_a_round_do_not_end_it(config, notes):
    agent, faults = Faulty(os.abort, notes, 4), []
    played = rows(play_games(config, agent, SEEDS, True, 2, on_fault=faults.append))
    assert len(faults) >= 4
    whole = {
        row["seed"]: row for row in rows(play_games(config, RandomAgent(ACTIONS), SEEDS, True, 1))
    }
    assert [row["seed"] for row in played] == list(SEEDS)
    for row in played:
        assert row == whole[row["seed"]] or row[LOST]


class Deadly(RandomAgent):
    """Can't survive some games."""

    deadly = (4,)

    def act(self, state):
        if self.rng.bit_generator.seed_seq.entropy[1] in self.deadly:
            os.abort()
        return super().act(state)


def test_a_seed_with_three_faults_is_set_aside_with_a_note(config):
    faults = []
    played = list(play_games(config, Deadly(ACTIONS), SEEDS, True, 2, on_fault=faults.append))
    assert [fault.seed for fault in faults] == [4] * STRIKES
    assert [fault.final for fault in faults] == [False, False, True]
    assert "set aside" in str(faults[-1])
    (stand_in,) = [episode for episode in played if LOST in episode.row]
    assert stand_in.row["seed"] == 4 and not stand_in.transitions
    others = rows(play_games(config, RandomAgent(ACTIONS), [3, 5, 6], True, 1))
    assert [row for row in rows(played) if LOST not in row] == others


def test_a_batch_of_which_no_game_comes_to_its_end_is_an_error(config):
    with pytest.raises(RunError, match="none of 2 games came to its end.*SIGABRT"):
        agent = Deadly(ACTIONS)
        agent.deadly = (3, 4)
        list(play_games(config, agent, [3, 4], True, 2))


def test_what_was_played_of_a_lost_game_can_be_watched(config, notes, tmp_path):
    file = tmp_path / "game.jsonl.gz"
    agent, faults = Faulty(os.abort, notes, 1), []
    recording = Recording("learned", 0)
    with playing_on("processes"):
        list(play_games(config, agent, [5], True, 1, recording, on_fault=faults.append))
    file.write_bytes(faults[0].replay)
    ((whole),) = play_games(config, RandomAgent(ACTIONS), [5], True, 1, recording)
    same = unpack_replay(whole.replay, "whole").decisions[:2]  # it died as it chose the third
    playback = open_replay(file)
    assert [(d.macro, d.keys) for d in playback.decisions] == [(d.macro, d.keys) for d in same]
    assert "came to no end: its process crashed (SIGABRT)" in playback.notice
    while playback.advance():
        pass
    assert playback.length == same[-1].end


def test_a_game_that_fails_in_another_process_is_named(config):
    class Clumsy(RandomAgent):
        def act(self, state):
            raise KeyError("a bug")

    with pytest.raises(RunError, match=r"the game with seed 3 failed: KeyError\('a bug'\)"):
        list(play_games(config, Clumsy(ACTIONS), range(3, 4), True, 2))


def test_an_agent_that_diverged_in_a_game_is_told_in_one_line(config):
    class Wild(RandomAgent):
        def act(self, state):
            raise Diverged("its weights are infinite")

    with pytest.raises(RunError) as told:
        list(play_games(config, Wild(ACTIONS), [3], True, 1))
    assert str(told.value) == "the game with seed 3 failed: its weights are infinite"


def test_games_that_nobody_waits_for_any_more_are_broken_off(config):
    class Slow(RandomAgent):
        def act(self, state):
            if self.rng.bit_generator.seed_seq.entropy[1] > 3:
                time.sleep(2.5)
            return super().act(state)

    began = time.monotonic()
    next(iter(play_games(config, Slow(ACTIONS), SEEDS, True, 2)))
    again = rows(play_games(config, RandomAgent(ACTIONS), SEEDS, True, 2))
    assert again == rows(play_games(config, RandomAgent(ACTIONS), SEEDS, True, 1))
    assert time.monotonic() - began < 30


def test_an_idle_worker_that_was_killed_or_stopped_is_replaced(stub_config):
    config = load(stub_config, ("limits.seconds_per_decision=6",))
    from experiments.training.crew import crew

    expected = rows(play_games(config, RandomAgent(ACTIONS), SEEDS, True, 2))
    killed, stopped = crew()._workers[:2]
    os.kill(killed.process.pid, signal.SIGKILL)
    os.kill(stopped.process.pid, signal.SIGSTOP)
    assert rows(play_games(config, RandomAgent(ACTIONS), SEEDS, True, 2)) == expected


@pytest.mark.parametrize("asked", [0, -1, 1.5, "2", True])
def test_games_are_played_by_one_at_least(asked):
    assert worker_count(1) == 1
    with pytest.raises(UserError, match="workers must be"):
        worker_count(asked)
