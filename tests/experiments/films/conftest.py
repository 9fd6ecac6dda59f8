"""Recorded games of the stub dungeon."""

import pytest

from experiments.evaluate import FIRST_SEED
from experiments.films.recorder import Recording
from experiments.films.replay import KEYS_PER_CHECK
from experiments.parallel import play_games
from experiments.runs import open_run


@pytest.fixture(scope="session")
def recorded(finished_run):
    """Three unseen games of a run: episodes with their replays."""
    run = open_run(finished_run)
    agent, trained = run.checkpoint()
    recording = Recording("learned", trained, first_seed=FIRST_SEED)
    seeds = range(FIRST_SEED, FIRST_SEED + 3)
    return list(play_games(run.config, agent, seeds, False, 1, recording))


@pytest.fixture(scope="session")
def long_game(finished_run):
    """The replay of a game of many keystrokes."""
    run = open_run(finished_run)
    agent, trained = run.checkpoint()
    env = run.config.env.model_copy(update={"max_turns": 2_000})
    config = run.config.model_copy(update={"env": env})
    seeds = range(FIRST_SEED, FIRST_SEED + 12)
    recording = Recording("learned", trained, first_seed=FIRST_SEED)
    episodes = play_games(config, agent, seeds, False, 1, recording)
    longest = max(episodes, key=lambda episode: episode.row["keystrokes"])
    assert longest.row["keystrokes"] > 4 * KEYS_PER_CHECK
    return longest.replay


@pytest.fixture
def replay_file(long_game, tmp_path):
    """A file of many keystrokes, for a test to spoil."""
    path = tmp_path / "1.jsonl.gz"
    path.write_bytes(long_game)
    return path
