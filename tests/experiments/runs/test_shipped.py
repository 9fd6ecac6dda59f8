"""Promises of the runs that come with the project: whole, small, and made by their configs."""

import numpy as np
import pytest

from experiments.config.models import find, load
from experiments.runs import run as runs
from experiments.runs.interface import names_of
from experiments.training.rollout import environment, play_game

MEGABYTE = 1_000_000
NAMES = runs.shipped_runs()


def test_there_are_a_bandit_and_a_policy_network():
    agents = {runs.open_run(runs.SHIPPED / name).config.agent.name for name in NAMES}
    assert {"thompson", "policy_gradient"} <= agents


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_run_is_what_its_config_makes(name):
    run = runs.open_run(runs.SHIPPED / name)
    assert run.config == load(find(name), pinned=names_of(run.config.env))
    assert run.checkpoint()[1] == run.config.train.games
    sizes = [file.stat().st_size for file in (run.folder / "checkpoint").iterdir()]
    assert sum(sizes) < MEGABYTE
    assert (run.folder / "README.md").read_text().startswith("# ")


@pytest.mark.nethack
@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_agent_plays(name):
    run = runs.open_run(runs.SHIPPED / name)
    env = environment(run.config.env.model_copy(update={"max_turns": 300}))
    row = play_game(env, run.checkpoint()[0], 1_000_000, np.random.default_rng(0), False).row
    assert row["decisions"] > 5
