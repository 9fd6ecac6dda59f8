"""CONTRIBUTING.md's way to add a bandit works as it stands there."""

import importlib.util
import re
import sys
from pathlib import Path

import numpy as np
import pytest

import agents

CONTRIBUTING = Path(__file__).parents[2] / "CONTRIBUTING.md"


@pytest.fixture(autouse=True)
def boltzmann(monkeypatch, tmp_path):
    section = CONTRIBUTING.read_text(encoding="utf-8").partition("### An agent")[2]
    file = tmp_path / "boltzmann.py"
    file.write_text(re.search(r"```python\n(.*?)```", section, re.DOTALL).group(1))
    spec = importlib.util.spec_from_file_location("boltzmann", file)
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "boltzmann", module)
    spec.loader.exec_module(module)
    monkeypatch.setitem(agents.REGISTRY, "boltzmann", module.Boltzmann)


def test_the_bandit_of_the_recipe_is_made_and_learns(tmp_path):
    agent = agents.make("boltzmann", 3, 2, temperature=0.5, context="situation")
    state = agents.State(np.zeros(0, np.float32), 1, np.array([True, True, False]))
    agent.learn([agents.Transition(state, 1, 1.0, 0.9, state, False)])
    # exp(0 / 0.5) against exp(1 / 0.5), and nothing on the illegal arm
    expected = np.array([1, np.e**2, 0]) / (1 + np.e**2)
    assert agent.action_probabilities(state) == pytest.approx(expected)
    assert agent.act(state) in (0, 1)
    agent.save(tmp_path)
    assert agents.load(tmp_path).header.settings["temperature"] == 0.5


def test_its_setting_is_checked_by_what_stands_in_the_recipe():
    with pytest.raises(ValueError, match="temperature must be above 0"):
        agents.make("boltzmann", 3, temperature=0.0)
