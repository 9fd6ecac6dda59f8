"""A small suite on the stub, in a folder of the test's own."""

import pytest
import yaml

SUITE = {
    "configs": [
        {"config": "stub.yaml", "name": "bandit", "sweep": {"agent.alpha": [1.0, 2.0]}},
        {"config": "random", "seeds": 1, "set": {"train.games": 0, "agent": {"name": "random"}}},
    ],
    "seeds": 2,
    "set": {
        "env.game": "stub", "env.max_turns": 60, "train.games": 4, "train.games_per_round": 4,
        "env.reward": {"points": 1.0},
    },
    "evaluate": {"games": 3},
}  # fmt: skip
RUNS = [
    "bandit-alpha=1.0/seed-0", "bandit-alpha=1.0/seed-1",
    "bandit-alpha=2.0/seed-0", "bandit-alpha=2.0/seed-1", "random/seed-0",
]  # fmt: skip


@pytest.fixture
def here(stub_config, tmp_path, monkeypatch):
    """The folder in which a person works: runs/ comes to lie in it."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def suite_file(here):
    return write_suite(here, {})


def write_suite(folder, changes):
    path = folder / "small.yaml"
    path.write_text(yaml.safe_dump(SUITE | changes))
    return path
