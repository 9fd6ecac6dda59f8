"""Policy-gradient runs: exact, guarded against divergence and misfits, and they learn."""

import json
import shutil
import sys

import pytest
import yaml

from agents.policy_gradient.agent import PolicyGradient
from envs.features import FEATURE_NAMES
from experiments.runs.run import open_run

BASE = {
    "env": {"game": "stub", "max_turns": 60, "reward": {"points": 1.0, "squares": 0.01}},
    "agent": {"name": "policy_gradient", "hidden": [8], "batch_size": 16},
    "train": {"games": 6, "games_per_round": 4},
    "evaluate": {"games": 0},
}


@pytest.fixture
def config(tmp_path):
    path = tmp_path / "pg.yaml"
    path.write_text(yaml.safe_dump(BASE))
    return path


def learned(folder):
    names = ("checkpoint/agent.json", "checkpoint/agent.safetensors", "metrics.jsonl")
    return [(folder / name).read_bytes() for name in names]


def test_one_worker_or_two_at_once_or_resumed_give_the_same_bits(yendor, config, tmp_path):
    folders = [tmp_path / name for name in ("one", "two", "resumed")]
    assert yendor("train", config, "--out", folders[0], "--workers", 1).exit_code == 0
    assert yendor("train", config, "--out", folders[1], "--workers", 2).exit_code == 0
    part = ("train", config, "--out", folders[2], "--workers", 1)
    assert yendor(*part, "train.games=4").exit_code == 0
    assert yendor(*part, "--resume").exit_code == 0
    assert learned(folders[0]) == learned(folders[1]) == learned(folders[2])


def test_divergence_stops_training_and_keeps_the_last_good_checkpoint(
    yendor, config, tmp_path, monkeypatch
):
    """No setting within its bounds brings it about: the weights are spoilt by hand."""
    out, check = tmp_path / "run", PolicyGradient._check_weights

    def spoilt(agent):
        if agent.rounds:  # in the second round
            agent.policy.parameters[0] = float("nan")
        check(agent)

    monkeypatch.setattr(PolicyGradient, "_check_weights", spoilt)
    result = yendor("train", config, "--out", out, "--workers", 1)
    assert result.exit_code == 2
    assert "a weight is NaN or infinite" in result.stderr
    assert "last good checkpoint, of 4 games, is kept" in result.stderr
    assert open_run(out).checkpoint()[1] == 4


@pytest.mark.parametrize(
    ("override", "difference"),
    [
        ("agent.hidden=[9]", "agent.hidden: the checkpoint has [9], the config [8]"),
        ("agent.backend=numpy", ""),
        ("env.macros=[explore, search, fight]", "macros: the config alone has descend, ascend"),
    ],
)
def test_a_checkpoint_that_does_not_fit_is_refused_and_the_difference_named(
    yendor, config, tmp_path, override, difference
):
    one, two = tmp_path / "one", tmp_path / "two"
    few = ("train.games=0", "--workers", 1)
    assert yendor("train", config, "--out", one, *few).exit_code == 0
    assert yendor("train", config, "--out", two, override, *few).exit_code == 0
    shutil.rmtree(one / "checkpoint")
    shutil.copytree(two / "checkpoint", one / "checkpoint")
    result = yendor("evaluate", one, "--games", 1, "--workers", 1)
    assert (result.exit_code == 2) == bool(difference)
    assert difference in result.stderr
    assert not difference or str(one / "config.yaml") in result.stderr


def test_a_checkpoint_of_another_agent_is_refused(yendor, config, finished_run, tmp_path):
    run = tmp_path / "run"
    assert yendor("train", config, "train.games=0", "--out", run).exit_code == 0
    shutil.rmtree(run / "checkpoint")
    shutil.copytree(finished_run / "checkpoint", run / "checkpoint")
    result = yendor("evaluate", run)
    assert result.exit_code == 2
    assert "the checkpoint has 'thompson', the config 'policy_gradient'" in result.stderr


def test_a_run_serves_as_the_config_of_another_with_other_layers(yendor, config, tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    assert yendor("train", config, "train.games=0", "--out", one).exit_code == 0
    assert yendor("train", one, "agent.hidden=[9]", "--out", two, "--workers", 1).exit_code == 0
    header = json.loads((two / "checkpoint/agent.json").read_text())
    assert header["settings"]["hidden"] == [9]


def test_features_are_masked_by_name_and_a_misspelt_one_is_answered(yendor, config, tmp_path):
    out = tmp_path / "run"
    masked = "agent.masked_features=[health, turn]"
    assert yendor("train", config, masked, "train.games=0", "--out", out).exit_code == 0
    header = json.loads((out / "checkpoint/agent.json").read_text())
    assert header["settings"]["masked_features"] == [
        FEATURE_NAMES.index("health"), FEATURE_NAMES.index("turn")
    ]  # fmt: skip
    result = yendor("train", config, "agent.masked_features=[helth]", "--out", tmp_path / "no")
    assert "unknown feature 'helth'; did you mean 'health'?" in result.stderr


def test_without_torch_asking_for_it_says_how_to_install_it(yendor, config, tmp_path, monkeypatch):
    monkeypatch.delitem(sys.modules, "agents.networks.torch_mlp", raising=False)
    monkeypatch.setitem(sys.modules, "torch", None)
    result = yendor("train", config, "agent.backend=torch", "--out", tmp_path / "run")
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1
    assert 'pip install "yendor[torch]"' in result.stderr


def test_generalisation_plays_training_games_again_without_learning(yendor, config, tmp_path):
    out = tmp_path / "run"
    assert yendor("train", config, "--out", out, "--workers", 1).exit_code == 0
    before = learned(out)
    result = yendor("evaluate", out, "--games", 50, "--generalisation", "--workers", 1)
    assert result.exit_code == 0
    assert "6 training games against 6 unseen ones" in " ".join(result.output.split())
    lines = (out / "evaluations/training_games.jsonl").read_text().splitlines()
    assert [json.loads(line)["seed"] for line in lines] == list(range(6))
    assert learned(out) == before


def test_generalisation_of_an_untrained_agent_is_refused(yendor, config, tmp_path):
    out = tmp_path / "run"
    assert yendor("train", config, "train.games=0", "--out", out).exit_code == 0
    assert "has learned from no games" in yendor("evaluate", out, "--generalisation").stderr
    both = yendor("evaluate", out, "--generalisation", "--agent", "random")
    assert "leave out --agent" in both.stderr


@pytest.mark.parametrize("backend", ["numpy", "torch"])
def test_the_shipped_config_learns_to_find_stairs_on_levels_not_trained_on(
    yendor, tmp_path, backend
):
    if backend == "torch":
        pytest.importorskip("torch")
    out = tmp_path / "run"
    arguments = ("stub_policy_gradient", f"agent.backend={backend}", "--out", out)
    assert yendor("train", *arguments).exit_code == 0
    games = {
        label: [json.loads(line) for line in (out / f"evaluations/{label}.jsonl").open()]
        for label in ("learned", "random")
    }
    reached = {label: sum(g["success"] for g in rows) / len(rows) for label, rows in games.items()}
    assert reached["random"] < 0.4
    assert reached["learned"] >= 0.95
