"""Q-learning in whole runs: it learns from games, whoever plays them and however often resumed."""

import json

import pytest
import yaml

STAIRS = {
    "env": {
        "game": "stub",
        "task": "staircase",
        "stub": {"levels": 2, "monsters": False, "closed_doors": False},
        "max_decisions": 4,
        "discount": 0.98,
        "reward": {"task": 1.0},
    },
    "agent": {"name": "smdp_q"},
    "train": {"games": 80, "games_per_round": 20},
    "evaluate": {"games": 60, "baseline": "random"},
}


@pytest.fixture
def config(tmp_path):
    path = tmp_path / "stairs.yaml"
    path.write_text(yaml.safe_dump(STAIRS))
    return path


def test_it_learns_the_way_to_the_stairs_of_levels_not_trained_on(yendor, config, tmp_path):
    out = tmp_path / "run"
    assert yendor("train", config, "--out", out, "--workers", 1).exit_code == 0
    reached = {}
    for label in ("learned", "random"):
        rows = [json.loads(line) for line in (out / f"evaluations/{label}.jsonl").open()]
        reached[label] = sum(row["success"] for row in rows) / len(rows)
    assert reached["random"] < 0.45
    assert reached["learned"] >= 0.85


def test_one_worker_or_resumed_give_the_same_bits(yendor, config, tmp_path):
    games = ("train.games_per_round=4", "evaluate.games=0")
    whole, resumed = tmp_path / "whole", tmp_path / "resumed"
    assert yendor("train", config, "--out", whole, "train.games=8", *games).exit_code == 0
    part = ("train", config, "--out", resumed, "--workers", 1, *games)
    assert yendor(*part, "train.games=4").exit_code == 0
    assert yendor(*part, "train.games=8", "--resume").exit_code == 0
    for name in ("checkpoint/agent.json", "checkpoint/agent.safetensors", "metrics.jsonl"):
        assert (whole / name).read_bytes() == (resumed / name).read_bytes()
