"""A config is found by path or name, and an edited one in the current folder is the one meant."""

from pathlib import Path

import pytest

from experiments.config.models import CONFIGS, find, load


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


@pytest.mark.parametrize("path", sorted(CONFIGS.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_copy_of_a_packaged_config_is_called_by_its_own_file(tmp_path, path):
    if "backend: torch" in path.read_text(encoding="utf-8"):
        pytest.importorskip("torch")
    copy = tmp_path / f"my_{path.name}"
    copy.write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    assert load(copy).name == copy.stem
