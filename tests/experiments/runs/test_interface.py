"""A run keeps the macro-actions, features and situation that it was made for, or is refused."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from envs.features import FEATURE_NAMES, FEATURE_VERSIONS
from envs.macros import REGISTRY as MACROS
from envs.situation import PART_NAMES, PARTS
from experiments.errors import RunError
from experiments.runs import run as runs

FEATURES = ["turn", "health", "hostiles"]
PARTS_CHOSEN = ["hunger", "threat"]
FEW = (f"env.features={FEATURES}", f"env.situation={PARTS_CHOSEN}", "env.macros=[search, explore]")
# The parts of the situation in the days when a checkpoint had one version for all features.
FORMER_PARTS = ["threat", "health", "way", "hunger", "branch"]


def train(yendor, config: Path, out: Path, *more: str) -> Path:
    result = yendor("train", config, "--out", out, "--workers", 1, *more)
    assert result.exit_code == 0, result.output
    return out


def games(folder: Path) -> list[dict]:
    rows = map(json.loads, (folder / "evaluations/learned.jsonl").open())
    return [row | {"seconds": 0} for row in rows]


def rewrite(path: Path, change) -> None:
    """Changes the content of a JSON file, or of a run's YAML."""
    read, write = (json.loads, json.dumps) if path.suffix == ".json" else (yaml.safe_load, dumped)
    content = read(path.read_text())
    change(content)
    path.write_text(write(content))


def dumped(content: dict) -> str:
    return yaml.safe_dump(content) + "...\n"


def make_it_old(folder: Path, features: list[str]) -> None:
    """Makes a run folder look as it did before configs named features."""

    def forget(content):
        for key in ("features", "situation"):
            del content["env"][key]

    rewrite(folder / "config.yaml", forget)
    checkpoint = {"games": 6, "features": features, "features_version": 2}
    checkpoint["macros"] = yaml.safe_load((folder / "config.yaml").read_text())["env"]["macros"]
    (folder / "checkpoint/checkpoint.json").write_text(json.dumps(checkpoint))


def test_a_resolved_config_names_all_that_there_is(run_folder):
    env = yaml.safe_load((run_folder / "config.yaml").read_text())["env"]
    assert env["macros"] == list(MACROS)
    assert env["features"] == list(FEATURE_NAMES)
    assert env["situation"] == list(PART_NAMES)


def test_a_checkpoint_says_what_it_was_made_for(yendor, stub_config, tmp_path):
    folder = train(yendor, stub_config, tmp_path / "run", *FEW)
    content = json.loads((folder / "checkpoint/checkpoint.json").read_text())
    assert content["macros"] == ["search", "explore"]
    assert list(content["features"]) == FEATURES
    assert list(content["situation"]) == PARTS_CHOSEN
    header = json.loads((folder / "checkpoint/agent.json").read_text())
    sizes = [header[f"n_{what}"] for what in ("actions", "features", "contexts")]
    assert sizes == [2, 3, 2 * 4]  # fed or hungry, four threats


def test_a_run_of_before_configs_named_features_is_read_with_its_checkpoints(
    yendor, stub_config, tmp_path
):
    agent = "agent={name: policy_gradient, hidden: [8], masked_features: [health]}"
    seen = (f"env.features={FEATURES}", f"env.situation={FORMER_PARTS}")
    folder = train(yendor, stub_config, tmp_path / "run", agent, *seen)
    assert yendor("evaluate", folder, "--games", 3, "--workers", 1).exit_code == 0
    before = games(folder)
    make_it_old(folder, FEATURES)
    (folder / "evaluations/learned.jsonl").unlink()
    run = runs.open_run(folder)
    assert run.config.env.features == FEATURES
    assert run.config.env.situation == FORMER_PARTS
    assert yendor("evaluate", folder, "--games", 3, "--workers", 1).exit_code == 0
    assert games(folder) == before


def test_a_run_goes_on_with_its_own_names_if_the_config_leaves_them_open(
    yendor, stub_config, tmp_path
):
    one = train(yendor, stub_config, tmp_path / "one", *FEW, "train.games=8")
    two = train(yendor, stub_config, tmp_path / "two", *FEW, "train.games=4")
    train(yendor, stub_config, two, "train.games=8", "--resume")
    for name in ("checkpoint/agent.safetensors", "checkpoint/checkpoint.json", "config.yaml"):
        ours, theirs = ((run / name).read_text(errors="replace") for run in (one, two))
        assert ours == theirs
    result = yendor("train", stub_config, "env.features=[turn]", "--out", two, "--resume")
    assert result.exit_code == 2 and "was made with env.features = ['turn', 'health'" in (
        result.stderr
    )


def test_a_feature_whose_meaning_changed_is_refused_where_it_is_used(
    yendor, stub_config, tmp_path, monkeypatch
):
    folder = train(yendor, stub_config, tmp_path / "run", *FEW)
    monkeypatch.setitem(FEATURE_VERSIONS, "depth", 2)
    assert runs.open_run(folder).config.env.features == FEATURES
    monkeypatch.setitem(FEATURE_VERSIONS, "health", 2)
    with pytest.raises(RunError, match="features: health had another meaning when it was made"):
        runs.open_run(folder)


def test_a_part_of_the_situation_whose_meaning_changed_is_refused_where_it_is_used(
    yendor, stub_config, tmp_path, monkeypatch
):
    folder = train(yendor, stub_config, tmp_path / "run", *FEW)
    monkeypatch.setitem(PARTS, "way", replace(PARTS["way"], version=2))
    runs.open_run(folder)
    monkeypatch.setitem(PARTS, "threat", replace(PARTS["threat"], version=2))
    with pytest.raises(RunError, match="situation: threat had another meaning when it was made"):
        runs.open_run(folder)


def test_an_old_checkpoint_is_refused_when_a_meaning_has_changed_since(
    yendor, stub_config, tmp_path, monkeypatch
):
    parts = f"env.situation={FORMER_PARTS}"
    folder = train(yendor, stub_config, tmp_path / "run", parts)
    make_it_old(folder, list(FEATURE_NAMES))
    runs.open_run(folder)
    monkeypatch.setitem(FEATURE_VERSIONS, "health", 2)
    with pytest.raises(RunError, match="health had another meaning"):
        runs.open_run(folder)


def test_a_checkpoint_of_the_first_features_is_refused(run_folder):
    make_it_old(run_folder, list(FEATURE_NAMES))
    rewrite(run_folder / "checkpoint/checkpoint.json", lambda c: c.update(features_version=1))
    with pytest.raises(RunError, match="had another meaning when it was made; train anew"):
        runs.open_run(run_folder)


@pytest.mark.parametrize(
    ("key", "names", "told"),
    [
        ("features", FEATURES[:2], "features: the checkpoint alone has hostiles"),
        ("features", FEATURES[::-1], r"features: the checkpoint has \['turn'.* the config"),
        ("situation", ["hunger"], "situation: the checkpoint alone has threat"),
    ],
)
def test_a_config_edited_by_hand_is_told_what_its_checkpoint_was_made_for(
    yendor, stub_config, tmp_path, key, names, told
):
    folder = train(yendor, stub_config, tmp_path / "run", *FEW)
    rewrite(folder / "config.yaml", lambda content: content["env"].update({key: names}))
    with pytest.raises(RunError, match=told):
        runs.open_run(folder)
