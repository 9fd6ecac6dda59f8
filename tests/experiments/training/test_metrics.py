"""A round leaves a row of numbers: what was learned from, and what learning was like."""

import json

import pytest

from experiments.runs.metric_rows import misfit
from experiments.runs.run import open_run
from experiments.training.metrics import metrics_row

GAMES = [{"decisions": 3, "keystrokes": 30}, {"decisions": 4, "keystrokes": 50}]


def test_a_row_counts_all_games_so_far_and_names_macro_actions():
    metrics = {"loss": 0.5, "pulls/0": 2, "estimate/1": -1.5}
    assert metrics_row(1, GAMES, metrics, ["explore", "fight"]) == {
        "round": 1, "games": 2, "decisions": 7, "keystrokes": 80,
        "loss": 0.5, "pulls/explore": 2, "estimate/fight": -1.5,
    }  # fmt: skip


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf")])
def test_what_is_no_number_for_json_is_left_out(number):
    row = metrics_row(0, GAMES, {"loss": number, "kl": 0.0}, [])
    assert "loss" not in row and row["kl"] == 0.0
    json.dumps(row, allow_nan=False)


@pytest.mark.parametrize("number", [1e25, 1e100, 1e101, 1e308, -1e308, 2**64, float("inf")])
def test_no_row_is_written_that_is_not_read_again(number):
    row = metrics_row(0, GAMES, {"loss": number}, [])
    assert misfit(row) == ""
    assert ("loss" in row) == (number in (1e25, 1e100))


def test_a_run_has_a_row_for_each_round(finished_run):
    run = open_run(finished_run)
    games = run.episodes(6)
    rows = run.metrics()
    assert [(row["round"], row["games"]) for row in rows] == [(0, 4), (1, 6)]
    for row in rows:
        played = games[: row["games"]]
        assert row["decisions"] == sum(game["decisions"] for game in played)
        assert row["keystrokes"] == sum(game["keystrokes"] for game in played)


def test_a_bandits_pulls_are_the_choices_of_the_rounds_games(finished_run):
    run = open_run(finished_run)
    first, second = run.metrics()
    for row, games in ((first, run.episodes(6)[:4]), (second, run.episodes(6)[4:])):
        for macro in run.config.env.macros:
            chosen = sum(game["macros"][macro] for game in games)
            assert row[f"pulls/{macro}"] == chosen
            assert (f"estimate/{macro}" in row) == (chosen > 0)


def test_rows_beyond_the_checkpoint_can_be_left_out(finished_run):
    assert [row["round"] for row in open_run(finished_run).metrics(4)] == [0]


def test_a_run_from_before_there_were_metrics_opens_without(run_folder):
    (run_folder / "metrics.jsonl").unlink()
    assert open_run(run_folder).metrics() == []
    assert open_run(open_run_name("ppo")).metrics() == []


def open_run_name(name):
    from experiments.runs.run import SHIPPED

    return SHIPPED / name


def test_training_anew_leaves_no_rows_of_the_run_before(yendor, stub_config, run_folder):
    again = ("train", stub_config, "train.games=0", "--out", run_folder, "--overwrite")
    assert yendor(*again, "--workers", 1).exit_code == 0
    assert open_run(run_folder).metrics() == []
