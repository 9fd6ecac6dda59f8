"""Small runs on the stub dungeon: no test here starts NetHack."""

import shutil
from pathlib import Path

import pytest
import yaml
from helpers.browser import start_browser
from typer.testing import CliRunner, Result

from experiments.cli.main import app
from experiments.replays.format import KEYS_PER_CHECK
from experiments.replays.recorder import Recording
from experiments.runs.run import open_run
from experiments.seeds import evaluation_seed
from experiments.training.parallel import play_games

STUB = {
    "env": {"game": "stub", "max_turns": 60, "reward": {"points": 1.0, "squares": 0.01}},
    "agent": {"name": "thompson", "context": "situation"},
    "train": {"games": 6, "games_per_round": 4},
    "evaluate": {"games": 0},
}


def call_yendor(*arguments: object) -> Result:
    """Calls the command as a user does, in this process."""
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def yendor():
    return call_yendor


@pytest.fixture
def stub_config(tmp_path) -> Path:
    """A config that trains for two rounds, the second one short."""
    path = tmp_path / "stub.yaml"
    path.write_text(yaml.safe_dump(STUB))
    return path


@pytest.fixture(scope="session")
def finished_run(tmp_path_factory) -> Path:
    """A run that every test shares: look, and do not touch."""
    folder = tmp_path_factory.mktemp("finished")
    (folder / "stub.yaml").write_text(yaml.safe_dump(STUB))
    arguments = ("train", folder / "stub.yaml", "--out", folder / "run", "--workers", 1)
    assert call_yendor(*arguments).exit_code == 0
    return folder / "run"


@pytest.fixture
def run_folder(finished_run, tmp_path) -> Path:
    """A finished run of the test's own."""
    return Path(shutil.copytree(finished_run, tmp_path / "run"))


@pytest.fixture(scope="session")
def evaluated(finished_run, tmp_path_factory) -> Path:
    """A run with the replays of twelve unseen games, which every test shares: do not touch."""
    folder = Path(shutil.copytree(finished_run, tmp_path_factory.mktemp("evaluated") / "run"))
    assert call_yendor("evaluate", folder, "--games", 12, "--workers", 1).exit_code == 0
    return folder


@pytest.fixture(scope="session")
def recorded(finished_run):
    """Three unseen games of a run: episodes with their replays."""
    run = open_run(finished_run)
    agent, trained = run.checkpoint()
    recording = Recording("learned", trained, first_seed=evaluation_seed(0))
    seeds = range(evaluation_seed(0), evaluation_seed(0) + 3)
    return list(play_games(run.config, agent, seeds, False, 1, recording))


@pytest.fixture(scope="session")
def long_game(finished_run):
    """The replay of a game of many keystrokes."""
    run = open_run(finished_run)
    agent, trained = run.checkpoint()
    env = run.config.env.model_copy(update={"max_turns": 2_000})
    config = run.config.model_copy(update={"env": env})
    seeds = range(evaluation_seed(0), evaluation_seed(0) + 12)
    recording = Recording("learned", trained, first_seed=evaluation_seed(0))
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


@pytest.fixture(scope="session")
def driver(tmp_path_factory):
    """One browser for all tests of pages."""
    driver = start_browser(tmp_path_factory.mktemp("profile"))
    yield driver
    driver.quit()
