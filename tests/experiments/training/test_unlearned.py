"""Games of a round that is not over are kept bit for bit, and what is damaged is played again."""

import shutil

import numpy as np
import pytest
import yaml
from helpers.crashes import killed_after

from agents.lessons import Lesson
from experiments.replays.recorder import Recording
from experiments.runs.run import open_run
from experiments.training import parallel, train, unlearned
from experiments.training.parallel import play_games
from experiments.training.rollout import Episode


def test_a_game_comes_back_as_it_was(finished_run):
    run = open_run(finished_run)
    agent, _ = run.checkpoint()
    (episode,) = play_games(run.config, agent, [0], True, 1, Recording("training", 0))
    state = episode.transitions[0].state
    lesson = Lesson(state, np.array([[1.0, 2.0], [np.nan, 0.1]]), np.array([[1, 7], [1, 3]]))
    taught = Episode(episode.row, episode.transitions, episode.replay, (None, lesson, None, lesson))
    for given in (episode, taught):
        found = unlearned.unpacked(unlearned.packed(given, 6), 6)
        assert (found.row, found.replay) == (given.row, given.replay)
        assert len(found.transitions) == len(given.transitions)
        for ours, theirs in zip(found.transitions, given.transitions, strict=True):
            same = (ours.action, ours.reward, ours.discount, ours.last, ours.keystrokes)
            assert same == (
                theirs.action, theirs.reward, theirs.discount, theirs.last, theirs.keystrokes,
            )  # fmt: skip
            for a, b in ((ours.state, theirs.state), (ours.next_state, theirs.next_state)):
                assert a.context == b.context and a.features.dtype == b.features.dtype
                assert np.array_equal(a.features, b.features)
                assert np.array_equal(a.action_mask, b.action_mask)
        assert [o is None for o in found.lessons] == [o is None for o in given.lessons]
        for ours, theirs in zip(found.lessons, given.lessons, strict=True):
            assert ours is None or np.array_equal(ours.returns, theirs.returns, equal_nan=True)
            assert ours is None or np.array_equal(ours.keystrokes, theirs.keystrokes)


@pytest.fixture
def stopped(yendor, stub_config, tmp_path):
    """A run that was killed in its first round of four games, three of which were played."""
    folder = tmp_path / "stopped"
    killed_after(3, train, lambda: yendor("train", stub_config, "--out", folder, "--workers", 1))
    return folder


def seeds_kept(folder, seeds=range(4), trained=0):
    return [episode.row["seed"] for episode in unlearned.kept(open_run(folder), seeds, trained)]


def test_a_kill_in_the_first_round_keeps_its_games(yendor, stopped, run_folder):
    assert seeds_kept(stopped) == [0, 1, 2]
    assert yendor("train", stopped, "--resume", "--workers", 1).exit_code == 0
    learned = "checkpoint/agent.safetensors"
    assert (stopped / learned).read_bytes() == (run_folder / learned).read_bytes()


@pytest.mark.parametrize("keep", [0, 8, 32, 33, 100, 0.5, 0.99])
def test_a_game_that_is_cut_short_is_played_again(stopped, keep):
    path = stopped / "round/1"
    data = path.read_bytes()
    path.write_bytes(data[: int(keep * len(data)) if keep < 1 else keep])
    assert seeds_kept(stopped) == [0]


@pytest.mark.parametrize("at", [0, 40, -1])
def test_a_game_with_another_byte_is_played_again(stopped, at):
    data = bytearray((stopped / "round/2").read_bytes())
    data[at] ^= 1
    (stopped / "round/2").write_bytes(data)
    assert seeds_kept(stopped) == [0, 1]


def test_games_of_another_round_or_another_seed_are_not_taken(stopped):
    assert seeds_kept(stopped, trained=4) == []
    assert seeds_kept(stopped, seeds=range(4, 8)) == []
    shutil.copy(stopped / "round/0", stopped / "round/1")
    assert seeds_kept(stopped) == [0]


def test_a_policy_network_learns_the_same_from_kept_games(
    yendor, stub_config, tmp_path, monkeypatch
):
    config = yaml.safe_load(stub_config.read_text()) | {"agent": {"name": "policy_gradient"}}
    stub_config.write_text(yaml.safe_dump(config))
    one, two = tmp_path / "one", tmp_path / "two"
    assert yendor("train", stub_config, "--out", one, "--workers", 1).exit_code == 0

    def play_games(*arguments):
        games = parallel.play_games(*arguments)
        yield next(games)
        yield next(games)
        raise KeyboardInterrupt

    monkeypatch.setattr(train, "play_games", play_games)
    for _ in range(2):  # stopped in the first round, and again after two games more
        yendor("train", stub_config, "--out", two, "--workers", 1, *["--resume"] * two.exists())
    monkeypatch.undo()
    assert yendor("train", two, "--resume", "--workers", 1).exit_code == 0
    for name in ("checkpoint/agent.safetensors", "metrics.jsonl"):
        assert (one / name).read_bytes() == (two / name).read_bytes()
