"""Untrained agents to compare with: played once, kept apart, and safe to delete."""

import shutil

import pytest

from experiments.commands import play as plays
from experiments.config.models import find
from experiments.runs.run import open_run
from experiments.runs.untrained import untrained_config, untrained_run


@pytest.fixture
def played(monkeypatch):
    """How many games were really played, by label."""
    counted = []
    play = plays.play_evaluation

    def play_evaluation(run, games, workers, progress, *others):
        before = progress.played
        rows = play(run, games, workers, progress, *others)
        counted.append(progress.played - before)
        return rows

    monkeypatch.setattr(plays, "play_evaluation", play_evaluation)
    return counted


def test_random_and_priority_are_baselines_in_the_runs_own_games(yendor, here, run_folder, played):
    arguments = ("compare", run_folder, "random", "priority", "--games", 3, "--workers", 1)
    first = yendor(*arguments)
    assert first.exit_code == 0
    assert {"stub", "random", "priority"} <= set(first.output.split())
    again = yendor(*arguments)
    assert played == [3, 3, 3, 0, 0, 0]
    assert again.output.partition("┏")[2] == first.output.partition("┏")[2]
    shutil.rmtree(here / "runs/.baselines")
    anew = yendor(*arguments)
    assert played[6:] == [0, 3, 3]
    assert anew.output.partition("┏")[2] == first.output.partition("┏")[2]


def test_a_config_that_would_learn_is_called_untrained(yendor, here, run_folder):
    result = yendor("compare", run_folder, "thompson_situation", "--games", 2, "--workers", 1)
    assert "thompson_situation, untrained" in result.output.replace("\n", " ")


def test_baselines_of_other_games_are_kept_apart(here, run_folder):
    env = open_run(run_folder).config.env
    longer = env.model_copy(update={"max_turns": 70})
    path = find("random")
    one, other = (untrained_run(untrained_config(path, e)) for e in (env, longer))
    assert one.folder != other.folder
    assert untrained_run(untrained_config(path, env)).folder == one.folder


def test_a_damaged_baseline_is_made_anew(here, run_folder):
    config = untrained_config(find("random"), open_run(run_folder).config.env)
    folder = untrained_run(config).folder
    (folder / "config.yaml").write_text("agent: {na")
    assert untrained_run(config).config.agent.name == "random"


def test_what_can_not_be_compared_is_named_and_left_out(
    yendor, here, stub_config, run_folder, interrupted_run
):
    damaged = here / "damaged"
    shutil.copytree(run_folder, damaged)
    (damaged / "checkpoint/agent.json").write_text("{")
    arguments = ("random", damaged, "nowhere", interrupted_run, "--games", 2, "--workers", 1)
    result = yendor("compare", run_folder, *arguments)
    assert result.exit_code == 0
    told = [line for line in result.output.splitlines() if line.startswith("Left out: ")]
    assert "nowhere: there is no such run, suite or config" in told[0]
    assert "damaged/checkpoint: the checkpoint is missing or cut short" in told[1]
    assert "has learned from 4 of 6 games: it is still running, or was stopped" in told[2]
    assert "2 unseen games" in result.output


def test_an_evaluation_of_other_games_is_named_and_left_out(yendor, here, run_folder):
    assert yendor("evaluate", run_folder, "--games", 2, "--workers", 1).exit_code == 0
    path = run_folder / "evaluations/learned.jsonl"
    path.write_text(path.read_text().replace('"seed": 1000001', '"seed": 2000001'))
    result = yendor("compare", run_folder, "random", "--games", 2, "--workers", 1)
    assert result.exit_code == 0
    assert "learned.jsonl: game 1 has the seed 2000001, where 1000001 belongs" in result.output


def test_seeds_that_trained_on_the_same_games_are_told(yendor, stub_config, here):
    arguments = ("--seeds", 2, "--out", "old", "--workers", 1)
    assert yendor("train", stub_config, *arguments).exit_code == 0
    path = here / "old/seed-1/episodes.jsonl"
    path.write_text(path.read_text().replace(f'"seed": {2**32}', '"seed": 0'))
    result = yendor("compare", "old", "--games", 2, "--workers", 1)
    assert "stub: its seeds trained on the same games" in result.output


def test_nothing_to_compare_is_told(yendor, here):
    result = yendor("compare", "nowhere", "randm")
    assert result.exit_code == 2
    assert "randm: there is no such run, suite or config; did you mean 'random'?" in result.stderr


@pytest.mark.parametrize("gone", ["episodes.jsonl", "config.yaml", None])
def test_configs_do_not_play_without_the_runs_that_were_asked_for(yendor, here, run_folder, gone):
    """Theirs would be another game: that of the config, not of the run."""
    named = run_folder if gone else "nowhere"
    if gone:
        (run_folder / gone).unlink()
    result = yendor("compare", named, "random", "--games", 2, "--workers", 1)
    assert result.exit_code == 2
    assert f"{gone} is missing" in result.stderr or not gone and "no such run" in result.stderr


def test_too_few_games_for_an_interval_are_told(yendor, here, run_folder):
    result = yendor("compare", run_folder, "random", "--games", 1, "--workers", 1)
    assert result.exit_code == 0
    assert "too few games" in " ".join(result.output.split())


def test_games_of_another_block_are_compared(yendor, here, run_folder):
    arguments = ("compare", run_folder, "random", "--games", 2, "--block", 3, "--workers", 1)
    assert yendor(*arguments).exit_code == 0
    rows = open_run(run_folder).evaluation("learned-block3")
    assert [row["seed"] for row in rows] == [3_000_000, 3_000_001]


def test_progress_says_whose_games_are_played(yendor, here, run_folder):
    result = yendor("compare", run_folder, "random", "--games", 2, "--workers", 1)
    assert "stub seed 0: 2/2 games" in result.output
    assert "random: 2/2 games" in result.output


@pytest.fixture
def interrupted_run(yendor, stub_config, tmp_path):
    """A run that has learned from 4 of its 6 games."""
    folder = tmp_path / "unfinished"
    arguments = ("train", stub_config, "train.games=4", "--out", folder, "--workers", 1)
    assert yendor(*arguments).exit_code == 0
    config = folder / "config.yaml"
    text = config.read_text()
    assert text.count("games: 4\n") == 1
    config.write_text(text.replace("games: 4\n", "games: 6\n"))
    return folder
