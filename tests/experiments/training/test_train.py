"""The same config gives the same bits: with one process or two, in one go or resumed."""

import json

import numpy as np
import pytest
import yaml

from experiments.config.models import WEIGHTS
from experiments.seeds import training_seed
from experiments.training import batch, parallel, train
from experiments.training.rollout import play_game
from experiments.training.train import LEARNER

LEARNED = ("checkpoint/agent.json", "checkpoint/agent.safetensors", "checkpoint/checkpoint.json",
           "metrics.jsonl")  # fmt: skip


def rows(folder):
    """The rows but for the times."""
    lines = (folder / "episodes.jsonl").read_text().splitlines()
    return [{k: v for k, v in json.loads(line).items() if k != "seconds"} for line in lines]


def assert_same_run(a, b):
    assert rows(a) == rows(b)
    for name in LEARNED:
        assert (a / name).read_bytes() == (b / name).read_bytes(), name


@pytest.fixture
def interrupt(monkeypatch):
    """Makes training stop, as by Ctrl-C, once so many games were played."""

    def after(games):
        played = []

        def play_games(*arguments):
            for episode in parallel.play_games(*arguments):
                if len(played) == games:
                    raise KeyboardInterrupt
                played.append(episode)
                yield episode

        monkeypatch.setattr(train, "play_games", play_games)

    yield after
    monkeypatch.undo()


@pytest.mark.parametrize("agent", ["thompson", "epsilon_greedy", "gradient_bandit", "random"])
def test_two_workers_give_the_bits_of_one(yendor, stub_config, tmp_path, agent):
    config = yaml.safe_load(stub_config.read_text()) | {"agent": {"name": agent}}
    stub_config.write_text(yaml.safe_dump(config))
    one, two = tmp_path / "one", tmp_path / "two"
    assert yendor("train", stub_config, "--out", one, "--workers", 1).exit_code == 0
    assert yendor("train", stub_config, "--out", two, "--workers", 2).exit_code == 0
    assert_same_run(one, two)


def test_learning_changes_the_checkpoint_and_the_seed_the_games(yendor, stub_config, tmp_path):
    a, b = tmp_path / "a", tmp_path / "b"
    assert yendor("train", stub_config, "train.games=4", "--out", a, "--workers", 1).exit_code == 0
    assert yendor("train", stub_config, "seed=1", "--out", b, "--workers", 1).exit_code == 0
    assert rows(a) != rows(b)[:4]
    assert (a / LEARNED[1]).read_bytes() != (b / LEARNED[1]).read_bytes()


@pytest.mark.parametrize("games", [0, 2, 5])
def test_ctrl_c_keeps_finished_games_and_resuming_gives_the_same_bits(
    yendor, stub_config, run_folder, tmp_path, interrupt, monkeypatch, games
):
    stopped = tmp_path / "stopped"
    interrupt(games)
    result = yendor("train", stub_config, "--out", stopped, "--workers", 1)
    assert result.exit_code == 130
    assert f"{games} of 6 games are kept" in result.stderr
    assert f"yendor train {stopped} --resume" in result.stderr
    assert len(rows(stopped)) == 4 * (games // 4)
    monkeypatch.undo()
    played = []

    def play_games(config, agent, seeds, *others):
        played.extend(seeds)
        return parallel.play_games(config, agent, seeds, *others)

    monkeypatch.setattr(train, "play_games", play_games)
    assert yendor("train", stopped, "--resume", "--workers", 1).exit_code == 0
    assert played == list(range(games, 6))
    assert not (stopped / "round").exists()
    assert_same_run(stopped, run_folder)


def test_rows_of_a_round_that_was_cut_off_are_played_again(
    yendor, run_folder, tmp_path, stub_config
):
    partial = tmp_path / "partial"
    arguments = ("train", stub_config, "train.games=4", "--out", partial, "--workers", 1)
    assert yendor(*arguments).exit_code == 0
    lines = (run_folder / "episodes.jsonl").read_text().splitlines(keepends=True)
    (partial / "episodes.jsonl").write_text("".join(lines[:5]) + lines[5][:20])
    result = yendor("train", partial, "train.games=6", "--resume", "--workers", 1)
    assert result.exit_code == 0
    assert "2 games of a round that was cut off are played again" in result.output
    assert_same_run(partial, run_folder)


def test_going_on_past_whole_rounds_gives_what_a_longer_run_gives(
    yendor, stub_config, run_folder, tmp_path
):
    short = tmp_path / "short"
    assert (
        yendor("train", stub_config, "train.games=4", "--out", short, "--workers", 1).exit_code == 0
    )
    arguments = ("train", stub_config, "--out", short, "--resume", "--workers", 1)
    assert yendor(*arguments).exit_code == 0
    assert_same_run(short, run_folder)


def test_going_on_past_a_short_round_is_refused(yendor, run_folder):
    result = yendor("train", run_folder, "train.games=12", "--resume")
    assert result.exit_code == 2
    assert "whole rounds of 4" in result.stderr


def test_going_back_to_fewer_games_is_refused(yendor, run_folder):
    result = yendor("train", run_folder, "train.games=4", "--resume")
    assert result.exit_code == 2
    assert "learned from 6 games already, more than train.games = 4" in result.stderr


def test_resuming_under_another_config_is_refused_and_names_the_key(
    yendor, run_folder, stub_config
):
    before = (run_folder / "config.yaml").read_bytes()
    result = yendor("train", stub_config, "agent.alpha=2", "--out", run_folder, "--resume")
    assert result.exit_code == 2
    assert "agent.alpha = 1.0, not 2.0" in result.stderr
    assert (run_folder / "config.yaml").read_bytes() == before


def test_resuming_a_finished_run_changes_nothing(yendor, run_folder):
    before = rows(run_folder)
    assert yendor("train", run_folder, "--resume").exit_code == 0
    assert rows(run_folder) == before


def test_a_game_that_fails_is_named_and_finished_rounds_are_kept(
    yendor, stub_config, tmp_path, monkeypatch
):
    def fail_at_five(env, agent, seed, *others):
        if seed == 5:
            raise KeyError("a bug")
        return play_game(env, agent, seed, *others)

    monkeypatch.setattr(batch, "play_game", fail_at_five)
    result = yendor("train", stub_config, "--out", tmp_path / "run", "--backend", "serial")
    assert result.exit_code == 2
    assert "the game with seed 5 failed: KeyError('a bug')" in result.stderr
    assert f"yendor train {tmp_path / 'run'} --resume" in result.stderr
    assert len(rows(tmp_path / "run")) == 4


def test_training_ends_by_saying_what_to_do_next(yendor, stub_config, tmp_path):
    arguments = ("evaluate.games=3", "--out", tmp_path / "run", "--workers", 1)
    result = yendor("train", stub_config, *arguments)
    assert result.exit_code == 0
    for part in ("learned", "thompson", "random", "progression", "yendor watch", "yendor compare"):
        assert part in result.output


@pytest.mark.parametrize("run_seed", [0, 1, 2, 3])
def test_no_random_numbers_serve_twice(run_seed):
    """Those of the learner, of the first weights and of each game's decisions are all different."""
    games = [[run_seed, training_seed(run_seed, game)] for game in range(3)]
    learner = [[run_seed, start, LEARNER] for start in range(3)]
    streams = [*games, *learner, [run_seed, 0, WEIGHTS]]
    first = [float(np.random.default_rng(stream).random()) for stream in streams]
    assert len(set(first)) == len(first)
