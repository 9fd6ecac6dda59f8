"""Evaluation: unseen games, learning off, each played once."""

import json

import pytest

from agents.whole import PARTIAL
from experiments.training import evaluate, parallel


def rows(folder, label):
    lines = (folder / f"evaluations/{label}.jsonl").read_text().splitlines()
    return [{k: v for k, v in json.loads(line).items() if k != "seconds"} for line in lines]


@pytest.fixture
def seeds_played(monkeypatch):
    """The seeds of the evaluation games that were really played."""
    played = []

    def play_batch(batch, seeds, *others):
        assert not batch.learn
        played.extend(seeds)
        return parallel.play_batch(batch, seeds, *others)

    monkeypatch.setattr(evaluate, "play_batch", play_batch)
    return played


def test_evaluation_games_are_never_training_games(yendor, run_folder):
    assert yendor("evaluate", run_folder, "--games", 3, "--workers", 1).exit_code == 0
    evaluated = rows(run_folder, "learned")
    assert [row["seed"] for row in evaluated] == [1_000_000, 1_000_001, 1_000_002]
    assert [row["game"] for row in evaluated] == [0, 1, 2]


def test_evaluating_learns_nothing(yendor, run_folder):
    before = (run_folder / "checkpoint/agent.safetensors").read_bytes()
    assert yendor("evaluate", run_folder, "--games", 3, "--workers", 1).exit_code == 0
    assert (run_folder / "checkpoint/agent.safetensors").read_bytes() == before


def test_another_agent_plays_the_same_seeds_under_its_own_label(yendor, run_folder):
    arguments = ("evaluate", run_folder, "--games", 3, "--workers", 1)
    assert yendor(*arguments).exit_code == 0
    assert yendor(*arguments, "--agent", "priority").exit_code == 0
    learned, priority = rows(run_folder, "learned"), rows(run_folder, "priority")
    assert [row["seed"] for row in learned] == [row["seed"] for row in priority]


def test_games_played_before_are_not_played_again(yendor, run_folder, seeds_played):
    for games in (2, 4, 3):
        assert yendor("evaluate", run_folder, "--games", games, "--workers", 1).exit_code == 0
    assert seeds_played == [1_000_000, 1_000_001, 1_000_002, 1_000_003]
    assert len(rows(run_folder, "learned")) == 4


@pytest.mark.parametrize("linked", ["ahead", "ahead/learned", "evaluations"])
def test_what_a_strangers_run_links_to_is_let_lie(yendor, run_folder, tmp_path, linked):
    """Nothing is tidied where a link leads, whatever its files are called."""
    elsewhere, link = tmp_path / "mine", run_folder / linked
    inside = elsewhere / "learned" if linked == "ahead" else elsewhere
    inside.mkdir(parents=True)
    mine = [inside / name for name in ("1000000", f"{PARTIAL}0")]
    for path in mine:
        path.write_text("mine")
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(elsewhere)
    yendor("evaluate", run_folder, "--games", 2, "--workers", 1)
    assert [path.read_text() for path in mine] == ["mine", "mine"]


def test_an_agent_that_learned_more_is_evaluated_anew(yendor, stub_config, tmp_path, seeds_played):
    folder = tmp_path / "run"
    yendor("train", stub_config, "train.games=4", "--out", folder, "--workers", 1)
    yendor("evaluate", folder, "--games", 1, "--workers", 1)
    yendor("train", stub_config, "--out", folder, "--resume", "--workers", 1)
    yendor("evaluate", folder, "--games", 1, "--workers", 1)
    assert seeds_played == [1_000_000, 1_000_000]
    assert [row["trained"] for row in rows(folder, "learned")] == [6]


def test_two_workers_give_the_rows_of_one(yendor, run_folder):
    assert yendor("evaluate", run_folder, "--games", 4, "--workers", 2).exit_code == 0
    two = rows(run_folder, "learned")
    (run_folder / "evaluations/learned.jsonl").unlink()
    assert yendor("evaluate", run_folder, "--games", 4, "--workers", 1).exit_code == 0
    assert rows(run_folder, "learned") == two


def test_an_interrupted_evaluation_keeps_its_games(yendor, run_folder, monkeypatch):
    def play_batch(*arguments):
        games = parallel.play_batch(*arguments)
        yield next(games)
        raise KeyboardInterrupt

    monkeypatch.setattr(evaluate, "play_batch", play_batch)
    yendor("evaluate", run_folder, "--games", 4, "--workers", 1)
    assert len(rows(run_folder, "learned")) == 1


def test_table_shows_each_metric_with_its_interval(yendor, run_folder):
    output = yendor("evaluate", run_folder, "--games", 3, "--workers", 1).output
    for part in ("points", "progression", "max_depth", "turns", "keystrokes", "median", "95 %"):
        assert part in output


def test_unknown_agent_names_the_nearest(yendor, run_folder):
    result = yendor("evaluate", run_folder, "--agent", "randm")
    assert result.exit_code == 2
    assert "--agent: unknown agent 'randm'; did you mean 'random'?" in result.stderr
