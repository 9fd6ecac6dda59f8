"""Configs and runs of before are read with a note, and gone on with; never in two ways."""

import json

import pytest

from experiments.config.models import dump, find, load
from experiments.errors import ConfigError

OLD = """
agent: {name: policy_gradient, trace: 0.9}
evaluate: {games: 0, against: priority}
"""


@pytest.fixture
def old_config(tmp_path):
    path = tmp_path / "old.yaml"
    path.write_text(OLD)
    return path


def test_old_keys_are_read_and_written_by_their_new_names(old_config, capsys):
    config = load(old_config)
    assert config.agent.model_dump()["gae_lambda"] == 0.9
    assert config.evaluate.baseline == "priority"
    assert "trace" not in dump(config) and "against" not in dump(config)
    load(old_config)
    note = capsys.readouterr().err
    assert note.count(str(old_config)) == 1
    assert "evaluate.against is now called evaluate.baseline" in note
    assert "agent.trace is now called agent.gae_lambda" in note


@pytest.mark.parametrize(
    "text",
    [
        "agent: {name: policy_gradient, trace: 0.9, gae_lambda: 0.9}",
        "agent: {name: random}\nevaluate: {against: random, baseline: priority}",
    ],
)
def test_both_names_in_a_file_are_an_error(tmp_path, text):
    (tmp_path / "both.yaml").write_text(text)
    with pytest.raises(ConfigError, match=r"both\.yaml: .* is now called .*both are given"):
        load(tmp_path / "both.yaml")


@pytest.mark.parametrize("override", ["agent.trace=0.5", "agent.gae_lambda=0.5"])
def test_an_override_by_either_name_wins_over_the_file(old_config, override):
    for config in (old_config, find("ppo")):
        assert load(config, (override,)).agent.model_dump()["gae_lambda"] == 0.5


def test_an_old_key_may_come_before_the_agents_name(old_config):
    overrides = ("agent.trace=0.25", "agent.name=policy_gradient")
    assert load(find("random"), overrides).agent.model_dump()["gae_lambda"] == 0.25


def test_overrides_by_both_names_are_an_error(old_config):
    with pytest.raises(ConfigError, match=r"agent\.trace=1.*agent\.gae_lambda=0.*both set"):
        load(old_config, ("agent.trace=1", "agent.gae_lambda=0"))


def test_a_mistake_in_an_old_key_names_the_override_as_it_was_given():
    with pytest.raises(ConfigError, match="override 'evaluate.against=randm'.*'random'"):
        load(find("thompson"), ("evaluate.against=randm",))


def make_old(folder):
    """Gives a run the names of before, in its config and in its checkpoint's header."""
    config = folder / "config.yaml"
    config.write_text(config.read_text().replace("  baseline: random", "  against: random"))
    header = folder / "checkpoint/agent.json"
    header.write_text(header.read_text().replace("n_contexts", "n_situations"))
    (folder / "metrics.jsonl").unlink()
    assert "against" in config.read_text() and "n_situations" in header.read_text()


def test_an_old_run_is_gone_on_with(yendor, run_folder, tmp_path):
    make_old(run_folder)
    played = ("--workers", 1)
    result = yendor("train", run_folder, "--resume", "train.games=12", *played)
    assert result.exit_code == 2 and "whole rounds" in result.stderr  # it has 6, rounds have 4
    result = yendor("evaluate", run_folder, "--games", 1, *played)
    assert result.exit_code == 0, result.output


def test_an_old_run_of_whole_rounds_is_resumed_like_a_new_one(yendor, stub_config, tmp_path):
    old, new = tmp_path / "old", tmp_path / "new"
    for out in (old, new):
        train = ("train", stub_config, "train.games=4", "--out", out, "--workers", 1)
        assert yendor(*train).exit_code == 0
    make_old(old)
    for out in (old, new):
        result = yendor("train", stub_config, "--out", out, "--resume", "--workers", 1)
        assert result.exit_code == 0, result.output
    name = "checkpoint/agent.safetensors"
    assert (old / name).read_bytes() == (new / name).read_bytes()
    assert (old / "config.yaml").read_bytes() == (new / "config.yaml").read_bytes()
    rounds = [json.loads(line) for line in (old / "metrics.jsonl").read_text().splitlines()]
    assert [row["games"] for row in rounds] == [6]  # the round before was never written
