"""Every lesson runs from its first cell to its last, in an empty folder, as a student runs it."""

import os
import re
from pathlib import Path

import pytest

nbclient = pytest.importorskip("nbclient")
nbformat = pytest.importorskip("nbformat")

ROOT = Path(__file__).resolve().parents[2]
LESSONS = sorted((ROOT / "docs" / "lessons").glob("*.ipynb"))


def _printed(notebook):
    outputs = [o for cell in notebook.cells for o in cell.get("outputs", ())]
    return "".join(o.text for o in outputs if o.output_type == "stream" and o.name == "stdout")


def _context_costs_first_and_pays_later(printed):
    rows = re.findall(r"^with\S* context +(\S+) in the first 20 steps, (\S+) in", printed, re.M)
    (blind_first, blind_last), (seeing_first, seeing_last) = rows
    assert float(seeing_first) < float(blind_first)
    assert float(seeing_last) > float(blind_last)


def _four_agents_learn_differently(printed):
    rows = re.findall(r"^([a-z-]+) +((?:\d\.\d\d ?){10})$", printed, re.M)
    assert [name for name, _ in rows] == ["reinforce", "actor-critic", "between", "ppo"]
    curves = [[float(part) for part in row.split()] for _, row in rows]
    for i, one in enumerate(curves):
        for other in curves[:i]:
            assert sum(a != b for a, b in zip(one, other, strict=True)) >= 5


def _pairing_helps_where_luck_is_shared(printed):
    found = re.findall(r"and (\w+): standard error (\d+) if .*, (\d+) paired", printed)
    gained = {name: int(apart) / int(paired) for name, apart, paired in found}
    assert gained["devout"] > 1.3 > gained["careless"]


CLAIMS = {  # what a lesson's text says that its cells show
    "3-context": _context_costs_first_and_pays_later,
    "5-policies": _four_agents_learn_differently,
    "6-evidence": _pairing_helps_where_luck_is_shared,
}


@pytest.mark.nethack
@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_lesson_runs(path, tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(ROOT), prepend=os.pathsep)
    monkeypatch.setenv("MPLBACKEND", "agg")
    notebook = nbformat.read(path, as_version=4)
    client = nbclient.NotebookClient(
        notebook, timeout=600, kernel_name="python3", resources={"metadata": {"path": tmp_path}}
    )
    client.execute()
    CLAIMS.get(path.stem, lambda printed: None)(_printed(notebook))


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_lesson_is_kept_without_outputs_and_names_its_questions(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert all(not cell.outputs for cell in notebook.cells if cell.cell_type == "code")
    assert "## Questions" in notebook.cells[-1].source
    assert "yendor grade answers.py" in notebook.cells[-1].source
