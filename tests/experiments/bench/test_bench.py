"""`yendor bench`: what it prints and how it counts; a timing is never a test."""

import json
import sys

import pytest

from experiments.bench import (
    bandits,
    command,
    futures,
    game,
    networks,
    policy_gradient,
    replays,
    scaling,
    testbed,
)
from experiments.bench.measure import Effort, Result, over_and_over, take_turns

TINY = Effort(repeats=2, seconds=1e-5, decisions=16, keystrokes=1)
ROW = {
    "benchmark", "what", "unit", "ours", "peer", "theirs", "ratio", "min", "max", "target", "met",
    "note",
}  # fmt: skip


@pytest.fixture(autouse=True)
def little(monkeypatch):
    monkeypatch.setattr(command, "EFFORT", TINY)


@pytest.fixture
def bare(monkeypatch):
    """None of the optional libraries is installed."""
    for module in ("torch", "stable_baselines3", "mabwiser", "mabwiser.mab"):
        monkeypatch.setitem(sys.modules, module, None)


def test_the_ratio_is_of_neighbouring_measurements():
    result = Result("x", "/s", (2.0, 30.0, 4.0), "peer", (1.0, 10.0, 1.0), target=3.0)
    assert result.ratio == (3.0, 2.0, 4.0)
    assert result.met is True
    assert Result("x", "/s", (2.0,), "peer", (1.0,), target=2.5).met is False


@pytest.mark.parametrize("peer", ["", "one that is not installed"])
def test_without_a_peer_there_is_no_ratio_to_meet(peer):
    result = Result("x", "/s", (2.0, 3.0), peer, target=3.0)
    assert result.ratio is None
    assert result.met is None


def test_trials_take_turns_after_a_warm_up():
    calls = []

    def trial(name):
        return lambda: calls.append(name) or float(len(calls))

    speeds = take_turns({"a": trial("a"), "b": trial("b")}, repeats=2)
    assert calls == ["a", "b"] * 3
    assert speeds == {"a": (3.0, 5.0), "b": (4.0, 6.0)}


def test_a_speed_is_calls_per_second(monkeypatch):
    clock = iter(range(1_000))  # every look at it is a second later
    monkeypatch.setattr("time.perf_counter", lambda: next(clock))
    calls = []
    assert over_and_over(lambda: calls.append(1), seconds=1)() == len(calls)


def test_json_is_one_object_and_nothing_else(yendor):
    done = yendor("bench", "bandits", "networks", "--json")
    assert done.exit_code == 0
    told = json.loads(done.stdout)
    assert {"python", "numpy", "torch", "cpus"} <= set(told["machine"])
    assert all(set(row) == ROW for row in told["results"])
    assert {row["benchmark"] for row in told["results"]} == {"bandits", "networks"}
    assert all(len(row["ours"]) == TINY.repeats for row in told["results"])


def test_the_table_has_a_row_for_each_bandit(yendor, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    output = yendor("bench", "bandits").stdout
    for kind in bandits.BANDITS:
        assert kind.name in output


def test_cells_show_medians_and_dashes():
    full = Result("x", "steps/s", (2_000.0, 4_000.0), "peer", (1_000.0, 1_000.0), target=4.0)
    assert command.cells(full) == (
        "x", "3,000 steps/s", "1,000 peer", "3.00 [2.00, 4.00]", "≥ 4", "no",
    )  # fmt: skip
    alone = Result("x", "steps/s", (2.0,))
    assert command.cells(alone) == ("x", "2 steps/s", "-", "-", "-", "-")


@pytest.mark.parametrize(
    "measure, rows",
    [(networks.measure, 2), (policy_gradient.measure, 3), (bandits.measure, 5)],
)
def test_a_missing_peer_says_what_to_install(bare, measure, rows):
    results = measure(TINY)
    assert len(results) == rows
    for result in results:
        assert result.ratio is None
        assert ("pip install" in result.note) == bool(result.peer)
        assert result.note in command.cells(result)[2].replace("\\", "")


def test_a_missing_peer_is_no_error(bare, yendor, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    done = yendor("bench", "networks")
    assert done.exit_code == 0
    assert 'pip install "yendor[bench]"' in done.stdout


def test_mabwiser_is_asked_for_its_policies_of_the_same_kind():
    pytest.importorskip("mabwiser")
    ratios = {result.what: result.ratio for result in bandits.measure(TINY)}
    assert [name for name, ratio in ratios.items() if ratio is None] == ["gradient_bandit"]


def test_an_unknown_benchmark_is_told_before_anything_is_measured(yendor):
    done = yendor("bench", "bandits", "netwrks")
    assert done.exit_code == 2
    assert done.stderr == "yendor: unknown benchmark 'netwrks'; did you mean 'networks'?\n"


@pytest.mark.nethack
def test_the_raw_game_gets_the_same_keys():
    same, chance, opponent = game.measure(TINY)
    assert same.ours == chance.ours
    assert "same keys" in same.peer
    assert same.ratio and chance.ratio
    assert opponent.peer == "AutoAscend" and (opponent.ratio or opponent.note)


@pytest.mark.slow
def test_stable_baselines3_trains_beside_ours():
    pytest.importorskip("stable_baselines3")
    training, learner, alone = policy_gradient.measure(TINY)
    assert training.ratio and learner.ratio
    assert alone.ratio is None


@pytest.mark.nethack
def test_films_are_recorded_replayed_and_encoded(monkeypatch):
    for name, value in {"GAMES": 1, "TRAINING_GAMES": 1, "TURNS": 30, "FRAMES": 3}.items():
        monkeypatch.setattr(replays, name, value)
    rows = replays.measure(Effort(repeats=1, seconds=1e-5))
    assert [row.unit.split("/")[0] for row in rows] == [
        "games", "keystrokes", "keystrokes", "seeks", "frames", "frames"
    ]  # fmt: skip
    assert all(row.ratio and row.ours[0] > 0 for row in rows)


@pytest.mark.nethack
def test_futures_are_timed_and_their_precision_is_priced(monkeypatch):
    for name, value in {"GAMES": 1, "DECISIONS_PER_GAME": 1, "FUTURES_PER_DECISION": 2}.items():
        monkeypatch.setattr(futures, name, value)
    rows = futures.measure(Effort(repeats=1))
    assert [row.unit.split("/")[0] for row in rows] == ["futures", "keystrokes"] + 3 * ["futures"]
    assert rows[0].ours[0] > 0 and rows[1].ratio


def test_a_share_of_a_half_needs_384_futures_for_five_points_either_way():
    assert futures.needed(variance=0.25, half_width=0.05) == pytest.approx(384.16)


def test_the_testbed_is_measured_against_the_bandits_own_classes(monkeypatch):
    monkeypatch.setattr(testbed, "RUNS", 2)
    rows = testbed.measure(TINY)
    assert len(rows) == len({row.what for row in rows}) > 0
    assert all(row.ratio is not None and row.unit == "decisions/s" for row in rows)


def test_games_go_to_whoever_is_free_first():
    # Worked by hand: 3 and 1 at once; the other 1 from 1 to 2, the 2 from 2 to 4.
    assert scaling.makespan([3, 1, 1, 2], 2, 0.0) == 4
    assert scaling.makespan([3, 1, 1, 2], 1, 0.0) == 7
    # One runner gives out a game a second: the fourth begins after 4 seconds.
    assert scaling.makespan([3, 1, 1, 2], 64, 1.0) == 6


@pytest.mark.nethack
def test_scaling_measures_workers_beside_one_and_projects_many(monkeypatch):
    monkeypatch.setattr(scaling, "MAX_TURNS", 20)
    bare, *more = scaling.measure(TINY)
    assert (bare.what, bare.peer, bare.target) == ("1 worker", "the bare loop", 0.95)
    assert more[0].what == "2 workers" and more[0].target == 1.8
    by_work = [result for result in more if result.what.endswith("by processor time")]
    assert [result.peer for result in by_work[:2]] == 2 * ["the bare loop"]
    assert all(result.ratio and result.ratio.value > 0 for result in by_work)
    (memory,) = [result for result in more if result.unit == "MB"]
    assert all(megabytes > 1 for megabytes in memory.ours)
    assert sum(result.what.startswith("64 workers") for result in more) == 2
