"""A config is found by path or name, and an edited one in the current folder is the one meant."""

from pathlib import Path

import pytest

from experiments.cli.options import names
from experiments.config.models import find, load
from experiments.config.names import CONFIGS, configs
from experiments.errors import ConfigError
from experiments.suites.model import find_target


def test_a_config_that_was_edited_in_a_clone_is_the_one_that_is_trained(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert find("epsilon_greedy") == CONFIGS / "epsilon_greedy.yaml"
    mine = tmp_path / "configs" / "epsilon_greedy.yaml"
    mine.parent.mkdir()
    mine.write_text("agent: {name: epsilon_greedy, epsilon: 0.33, reward_range: [0, 1]}")
    for name in ("epsilon_greedy", "epsilon_greedy.yaml", "configs/epsilon_greedy.yaml"):
        assert find(name).resolve() == mine
    assert load(find("epsilon_greedy")).agent.epsilon == 0.33
    assert load(find("epsilon_greedy")).name == "epsilon_greedy"
    assert find("quickstart") == CONFIGS / "quickstart.yaml"  # not there: packaged


def test_one_of_ones_own_in_that_folder_has_a_name_too(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "configs").mkdir()
    (tmp_path / "configs" / "mine.yaml").write_text("agent: {name: random}")
    assert find("mine") == Path("configs/mine.yaml")


@pytest.fixture
def mine(tmp_path, monkeypatch):
    """One's own config in the folder `configs` of the current one, beside a packaged one's name."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "configs").mkdir()
    for name in ("meinlauf", "ucb"):
        (tmp_path / "configs" / f"{name}.yaml").write_text("# Mein Lauf.\nagent: {name: random}")
    (tmp_path / "configs" / "folder.yaml").mkdir()
    (tmp_path / "configs" / "latin.yaml").write_bytes(b"# \xe4\nagent: {name: random}")


@pytest.mark.parametrize("find", [find, find_target])
def test_ones_own_are_suggested_where_a_name_is_wrong(mine, find):
    with pytest.raises(ConfigError, match="did you mean 'meinlauf'"):
        find("meinlaf")
    with pytest.raises(ConfigError, match="choose from .*quickstart.*meinlauf"):
        find("zzzzzz")


@pytest.mark.parametrize(("verb", "told"), [
    ("compare", "did you mean 'meinlauf'"), ("watch", "yendor train meinlauf")
])  # fmt: skip
def test_verbs_of_runs_know_ones_own_configs_too(mine, yendor, verb, told):
    wrong = "meinlaf" if verb == "compare" else "meinlauf"
    assert told in " ".join(yendor(verb, wrong).output.split())


def test_every_name_that_is_known_is_found(mine):
    known = configs()
    assert {"meinlauf", "ucb", "latin", "quickstart"} < known.keys() and "folder" not in known
    assert all(find(name) == path for name, path in known.items())
    assert known["ucb"] == Path("configs/ucb.yaml")


def test_ones_own_are_listed_and_completed(mine, yendor, monkeypatch):
    monkeypatch.setenv("COLUMNS", "250")
    listed = yendor("list").output
    assert "meinlauf" in listed and "Mein Lauf." in listed and "latin" in listed
    assert names("mein") == ["meinlauf"]


@pytest.mark.parametrize("path", sorted(CONFIGS.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_copy_of_a_packaged_config_is_called_by_its_own_file(tmp_path, path):
    if "backend: torch" in path.read_text(encoding="utf-8"):
        pytest.importorskip("torch")
    copy = tmp_path / f"my_{path.name}"
    copy.write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    assert load(copy).name == copy.stem
