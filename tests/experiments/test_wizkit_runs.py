"""Runs that begin with items are marked wherever they are shown, and never compared silently."""

import pytest
import yaml

from experiments.config.models import load
from experiments.errors import ConfigError

CONFIG = {
    "agent": {"name": "random"},
    "env": {"max_turns": 100},
    "train": {"games": 0},
    "evaluate": {"games": 0},
}


@pytest.fixture
def path(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plain.yaml").write_text(yaml.safe_dump(CONFIG))
    return tmp_path / "plain.yaml"


def test_a_wrong_item_is_told_with_the_nearest_and_the_key(path):
    with pytest.raises(ConfigError, match=r"env\.wizkit: .*did you mean 'pick-axe'"):
        load(path, ("env.wizkit=[pickaxe]",))
    with pytest.raises(ConfigError, match="env.wizkit: must be|env.wizkit: Input should be"):
        load(path, ("env.wizkit=pick-axe",))


def test_the_stub_has_no_items_and_says_so(path):
    with pytest.raises(ConfigError, match="wizkit: the game 'stub' has no items"):
        load(path, ("env.wizkit=[pick-axe]", "env.game=stub"))


def test_a_config_without_one_is_called_by_its_name(path):
    assert load(path).title == "plain"
    kit = load(path, ("env.wizkit=[pick-axe, 2 daggers]",))
    assert kit.title == "plain with pick-axe, 2 daggers"


@pytest.mark.nethack
def test_runs_with_and_without_are_compared_with_a_note_and_marked(yendor, path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    quick = ("--games", 2, "--workers", 1)
    assert yendor("train", path, "--workers", 1).exit_code == 0
    kit = ("env.wizkit=[pick-axe]", "--out", "runs/kit", "--workers", 1)
    assert yendor("train", path, *kit).exit_code == 0
    told = yendor("compare", "runs/plain", "runs/kit", *quick).output
    assert "Not the same game for all: the runs differ in env.wizkit." in told
    assert "plain − plain with pick-axe" in told
    evaluated = yendor("evaluate", "runs/kit", *quick).output
    assert "plain with pick-axe, learned: 2 unseen games" in evaluated
    assert "with pick-axe" in yendor("watch", "runs/kit", "--plain", "--speed", 0).output
