"""A folder that holds no run is in nobody's way, though it has the name of a config."""

import json
from pathlib import Path

import pytest

from experiments import train
from experiments.runs.run import SHIPPED, open_run

STUB = ("train.games=0", "evaluate.games=0", "env.game=stub")


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A current folder with folders of figures, of which one lies by a config's name."""
    monkeypatch.chdir(tmp_path)
    for name in ("quickstart", "mine", "ppo", "stub"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "figure.svg").write_text("<svg/>")
    return tmp_path


def test_a_config_is_trained_beside_a_folder_of_its_name(yendor, here):
    result = yendor("train", "quickstart", *STUB, "--workers", 1)
    assert result.exit_code == 0, result.output
    assert open_run(Path("runs/quickstart")).config.name == "quickstart"
    settings = {"train.games": 0, "evaluate.games": 0, "env.game": "stub"}
    again = train("quickstart", settings, out="again", workers=1, progress=False)
    assert again.config.name == "quickstart"


def test_so_are_its_seeds_and_a_suite(yendor, here):
    seeds = yendor("train", "quickstart", *STUB, "--seeds", 2, "--workers", 1)
    assert seeds.exit_code == 0, seeds.output
    assert "seed" in yendor("train", "stub", "seed=1").output  # a suite's mistake: it was found


def test_a_folder_of_another_name_is_told(yendor, here):
    result = yendor("train", "mine")
    assert result.exit_code == 2 and "mine: is a folder, but holds no run" in result.output


def test_a_run_in_a_folder_of_a_configs_name_is_the_one_that_is_meant(yendor, here, stub_config):
    more = ("--out", "random", "--workers", 1)
    assert yendor("train", stub_config, *more).exit_code == 0
    result = yendor("train", "random")
    assert "random: holds a run; add --resume" in result.output


def test_a_shipped_run_is_opened_beside_such_a_folder(here):
    assert open_run(Path("ppo")).folder == SHIPPED / "ppo"


def test_a_config_is_compared_beside_such_a_folder(yendor, here, run_folder):
    (here / "random").mkdir()
    arguments = ("random", "--games", 2, "--workers", 1, "--json", "numbers.json")
    result = yendor("compare", run_folder, *arguments)
    assert result.exit_code == 0 and "Left out" not in result.output
    assert "random" in json.dumps(json.loads(Path("numbers.json").read_text()))


def test_a_folder_without_runs_is_left_out(yendor, here, run_folder):
    result = yendor("compare", run_folder, "mine", "--games", 2, "--workers", 1)
    assert "Left out: mine: is not a complete run" in result.output
