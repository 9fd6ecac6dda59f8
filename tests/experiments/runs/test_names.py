"""A name is a name: whatever a run or a suite is called, nothing is made outside of `runs/`."""

import json
import os
import shutil

import pytest
import yaml

from experiments.errors import RunError
from experiments.runs.names import LONGEST, unfit
from experiments.runs.run import open_run
from experiments.suites.folders import read_suite

PATHS = [
    "../x", "../../x", "/tmp/x", "a/b", "a/../../b", ".", "..", "", " ", "a\\b", "..\\x", ".hidden",
    "a\nb", "a\x00b", "\x1b[31m", "a\u202eb", "a\u2028b",
    "x" * 300, "ü" * 100, " x", "x ", "\ud800",
]  # fmt: skip
NAMES = [
    "ppo-2",
    "PPO, untrained",
    "thompson seed 3",
    "ε-greedy",
    "a.b",
    "1e-3",
    "x" * LONGEST,
    "📈",
]


@pytest.mark.parametrize("name", NAMES)
def test_what_people_call_their_runs_is_a_name(name):
    assert not unfit(name)


@pytest.mark.parametrize("name", PATHS, ids=ascii)
def test_a_path_is_no_name(name):
    assert unfit(name)


@pytest.mark.parametrize("name", [name for name in PATHS if name != "\ud800"], ids=ascii)
@pytest.mark.parametrize("more", [(), ("--overwrite",), ("--seeds", "2"), ("--out", "here")])
def test_a_config_with_such_a_name_is_refused_and_nothing_is_touched(
    yendor, stub_config, tmp_path, monkeypatch, name, more
):
    (tmp_path / "a/b/work").mkdir(parents=True)
    (tmp_path / "a/x").mkdir()
    (tmp_path / "a/x/config.yaml").write_text("mine")
    monkeypatch.chdir(tmp_path / "a/b/work")
    before = sorted(tmp_path.rglob("*"))
    result = yendor("train", stub_config, f"name={json.dumps(name)}", *more, "--workers", 1)
    if more[:1] == ("--seeds",) and not result.exit_code:
        pytest.fail("trained")
    assert result.exit_code == 2
    assert "Traceback" not in result.output and len(result.stderr) < 1_000
    assert result.stderr.rstrip("\n").isprintable()
    assert sorted(tmp_path.rglob("*")) == before


def test_a_suites_name_is_a_name_too(yendor, stub_config, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    suite = {"name": "../x", "configs": [str(stub_config)]}
    (tmp_path / "suite.yaml").write_text(yaml.safe_dump(suite))
    result = yendor("train", "suite.yaml")
    assert result.exit_code == 2 and "is a path, not a name" in result.stderr
    suite = {"name": "x", "configs": [{"config": str(stub_config), "name": "../../y"}]}
    (tmp_path / "suite.yaml").write_text(yaml.safe_dump(suite))
    result = yendor("train", "suite.yaml")
    assert result.exit_code == 2 and "is a path, not a name" in result.stderr
    assert not (tmp_path / "runs").exists()


def test_a_studys_name_is_a_name_too(yendor, stub_config, tmp_path, monkeypatch):
    pytest.importorskip("optuna")
    monkeypatch.chdir(tmp_path)
    result = yendor("tune", stub_config, "agent.alpha=uniform(1,2)", "name=../x", "--trials", 1)
    assert result.exit_code == 2 and "is a path, not a name" in result.stderr
    assert not (tmp_path / "x-tuning").exists()


@pytest.mark.parametrize("name", ["../other", "/tmp", "a/../../b"])
def test_a_suites_folder_holds_no_groups_outside_of_it(tmp_path, name):
    (tmp_path / "suite.yaml").write_text(yaml.safe_dump({"name": "s", "groups": [name]}))
    with pytest.raises(RunError, match="must be the name of a folder beside it"):
        read_suite(tmp_path)


def test_a_run_of_before_opens_whatever_it_is_called(run_folder):
    text = (run_folder / "config.yaml").read_text()
    (run_folder / "config.yaml").write_text(text.replace("name: stub", "name: ../x", 1))
    assert open_run(run_folder).config.name == "../x"


@pytest.mark.parametrize("inner", ["replays", "evaluations", "checkpoint", "episodes.jsonl"])
@pytest.mark.parametrize("verb", ["evaluate", "overwrite", "resume"])
def test_no_link_in_a_strangers_run_is_written_through(
    yendor, run_folder, stub_config, tmp_path, monkeypatch, inner, verb
):
    """A run with a link in place of what is written: its target stays as it is."""
    monkeypatch.chdir(tmp_path)
    victim = tmp_path / "victim"
    shutil.rmtree(run_folder / "replays", ignore_errors=True)
    if (run_folder / inner).exists():
        (run_folder / inner).rename(victim)
    else:
        victim.mkdir()
        (victim / "learned.jsonl").write_text("mine\n")
        os.mkdir(victim / "learned")
    (run_folder / inner).symlink_to(victim)
    before = {p: p.read_bytes() for p in (victim, *victim.rglob("*")) if p.is_file()}
    calls = {
        "evaluate": ("evaluate", run_folder, "--games", 2, "--workers", 1),
        "overwrite": ("train", stub_config, "--out", run_folder, "--overwrite", "--workers", 1),
        "resume": ("train", run_folder, "evaluate.games=2", "--resume", "--workers", 1),
    }
    result = yendor(*calls[verb])
    assert result.exit_code in (0, 2), result.output
    assert "Traceback" not in result.output
    after = {p: p.read_bytes() for p in (victim, *victim.rglob("*")) if p.is_file()}
    assert after == before
