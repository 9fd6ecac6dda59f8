"""Which games are recorded, and that recording changes nothing."""

import pytest

from experiments.replays.reader import read_replay
from experiments.replays.recorder import Recording
from experiments.runs.run import TRAINING, open_run
from experiments.training.parallel import play_games


@pytest.mark.parametrize(
    ("every", "first", "wanted"),
    [(0, 0, []), (1, 7, [7, 8, 9, 10, 11, 12]), (3, 7, [7, 10]), (4, 0, [8, 12])],
)
def test_one_game_in_so_many_is_recorded(every, first, wanted):
    recording = Recording("x", 0, every, first)
    assert [seed for seed in range(7, 13) if recording.wants(seed)] == wanted


def test_a_sample_of_training_games_is_kept(yendor, stub_config, tmp_path):
    folder = tmp_path / "run"
    result = yendor("train", stub_config, "train.replay_every=3", "--out", folder, "--workers", 1)
    assert result.exit_code == 0, result.output
    run = open_run(folder)
    replays = run.replays(TRAINING)
    assert list(replays) == [0, 3]
    head = read_replay(replays[3]).header
    assert (head["label"], head["game"], head["seed"], head["trained"]) == ("training", 3, 3, 0)
    row = run.episodes(6)[3]
    assert row == {"game": 3, "seconds": row["seconds"]} | read_replay(replays[3]).outcome


def test_every_evaluated_game_is_kept_under_its_agents_name(yendor, run_folder):
    assert yendor("evaluate", run_folder, "--games", 3, "--workers", 1).exit_code == 0
    yendor("evaluate", run_folder, "--games", 2, "--agent", "random", "--workers", 1)
    run = open_run(run_folder)
    assert list(run.replays("learned")) == [0, 1, 2]
    assert list(run.replays("random")) == [0, 1]
    assert read_replay(run.replays("random")[1]).header["agent"] == "random"
    assert read_replay(run.replays("learned")[2]).header["seed"] == 1_000_002


def test_recording_changes_no_game_and_workers_change_no_replay(finished_run):
    run = open_run(finished_run)
    agent, trained = run.checkpoint()

    def play(workers, recording):
        games = play_games(run.config, agent, range(5), True, workers, recording)
        return [(episode.row | {"seconds": 0}, episode.replay) for episode in games]

    recording = Recording(TRAINING, trained)
    plain, alone, together = play(1, None), play(1, recording), play(2, recording)
    assert [row for row, _ in plain] == [row for row, _ in alone]
    assert alone == together
    assert all(replay is None for _, replay in plain)


def test_a_learning_agents_estimates_are_those_of_the_moment(finished_run, tmp_path):
    run = open_run(finished_run)
    agent, trained = run.checkpoint()
    (episode,) = play_games(run.config, agent, [0], True, 1, Recording(TRAINING, trained))
    path = tmp_path / "0.jsonl.gz"
    path.write_bytes(episode.replay)
    first, *_, last = read_replay(path).decisions
    assert last.choice.counts.sum() >= first.choice.counts.sum()
    assert episode.transitions[-1].state.action_mask.tolist() == last.choice.legal.tolist()
