"""docs/python.md is a session that runs, word for word, on the stub."""

import re
from pathlib import Path

import pytest

import experiments
from experiments.errors import ConfigError

PAGE = Path(__file__).parents[3] / "docs" / "python.md"
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_every_block_of_the_page_runs(tmp_path, monkeypatch):
    pytest.importorskip("pandas")
    pyplot = pytest.importorskip("matplotlib.pyplot")
    pyplot.switch_backend("agg")
    monkeypatch.chdir(tmp_path)
    blocks = BLOCK.findall(PAGE.read_text(encoding="utf-8"))
    assert len(blocks) > 5
    names = {}
    with monkeypatch.context() as quick:
        quick.setattr("joblib.cpu_count", lambda: 1)  # in this process: starting others takes long
        for block in blocks:
            exec(compile(block, str(PAGE), "exec"), names)
    pyplot.close("all")  # what pandas drew
    assert len(names["played"]) == 8
    assert (tmp_path / "runs/small/episodes.jsonl").exists()
    assert (tmp_path / "curve.pdf").exists() and (tmp_path / "report.html").exists()


def test_the_error_that_the_page_shows_is_the_error(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigError, match="did you mean 'learning_rate'"):
        experiments.train("stub_policy_gradient", {"agent.learning_rat": 0.1})
