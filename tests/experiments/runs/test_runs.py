"""A run folder is whole or refused, and nothing in it is lost by mistake."""

import gzip
import json
import shutil
from pathlib import Path

import pytest
from helpers.outcomes import game_row

from experiments.config.models import find, load, make_agent
from experiments.errors import RunError
from experiments.files import to_lines, write_text
from experiments.rows import read_rows
from experiments.runs import run as runs


def contents(folder):
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def cut(path, keep=0.5):
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * keep)])


def test_rows_come_back_as_written(tmp_path):
    rows = [{"game": 0, "reward": 0.1 + 0.2}, {"game": 1, "cause": "ü"}]
    write_text(tmp_path / "rows", to_lines(rows))
    assert read_rows(tmp_path / "rows") == rows


def test_a_write_that_fails_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "file"
    write_text(path, "old")

    def fail(*_):
        raise OSError("disk full")

    monkeypatch.setattr("os.replace", fail)
    with pytest.raises(OSError, match="disk full"):
        write_text(path, "new")
    assert path.read_text() == "old"


def test_a_run_folder_holds_what_the_design_says(run_folder):
    assert {"config.yaml", "versions.json", "episodes.jsonl", "checkpoint"} <= {
        path.name for path in run_folder.iterdir()
    }
    checkpoint = {path.name for path in (run_folder / "checkpoint").iterdir()}
    assert checkpoint == {"agent.json", "agent.safetensors", "checkpoint.json"}
    rows = runs.open_run(run_folder).episodes(6)
    assert [row["game"] for row in rows] == [row["seed"] for row in rows] == list(range(6))


def test_running_the_resolved_config_gives_the_same_run(run_folder, yendor, tmp_path):
    again = tmp_path / "again"
    config = run_folder / "config.yaml"
    assert yendor("train", config, "--out", again, "--workers", 1).exit_code == 0
    for name in ("config.yaml", "checkpoint/agent.safetensors", "checkpoint/agent.json"):
        assert (again / name).read_bytes() == (run_folder / name).read_bytes()


DAMAGES = {
    "config cut in a line": (lambda run: cut(run / "config.yaml", 0.5), "config.yaml"),
    "config without its last lines": (
        lambda run: (run / "config.yaml").write_text(
            "".join((run / "config.yaml").read_text().splitlines(True)[:-2])
        ),
        "config.yaml",
    ),
    "config empty": (lambda run: cut(run / "config.yaml", 0), "config.yaml"),
    "config missing": (lambda run: (run / "config.yaml").unlink(), "config.yaml"),
    "episodes missing": (lambda run: (run / "episodes.jsonl").unlink(), "episodes.jsonl"),
    "episodes cut in a line": (lambda run: cut(run / "episodes.jsonl", 0.9), "episodes.jsonl"),
    "episodes empty": (lambda run: cut(run / "episodes.jsonl", 0), "episodes.jsonl"),
    "no checkpoint": (lambda run: shutil.rmtree(run / "checkpoint"), "checkpoint"),
    "checkpoint empty": (lambda run: cut(run / "checkpoint/checkpoint.json", 0), "checkpoint"),
    "agent cut": (lambda run: cut(run / "checkpoint/agent.json"), "agent.json"),
    "agent missing": (lambda run: (run / "checkpoint/agent.json").unlink(), "agent.json"),
    "arrays cut": (lambda run: cut(run / "checkpoint/agent.safetensors"), "agent.safetensors"),
    "arrays empty": (lambda run: cut(run / "checkpoint/agent.safetensors", 0), "safetensors"),
}
VERBS = {
    "resume": lambda run: ("train", run, "--resume"),
    "evaluate": lambda run: ("evaluate", run, "--games", 1),
    "compare": lambda run: ("compare", run, "--games", 1),
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize(("damage", "told"), DAMAGES.values(), ids=DAMAGES.keys())
def test_damaged_run_is_told_and_left_as_it_is(run_folder, yendor, damage, told, verb):
    damage(run_folder)
    before = contents(run_folder)
    result = yendor(*VERBS[verb](run_folder))
    assert result.exit_code == 2
    assert told in result.stderr
    assert "Traceback" not in result.output
    assert contents(run_folder) == before


def test_nobody_is_told_to_go_on_with_a_damaged_run(run_folder, yendor):
    cut(run_folder / "metrics.jsonl", 0.9)
    result = yendor("train", run_folder, "--resume")
    assert result.exit_code == 2
    assert "metrics.jsonl: line 2 is cut short" in result.stderr
    assert "go on with" not in result.stderr


def test_damaged_evaluation_is_told(run_folder, yendor):
    assert yendor("evaluate", run_folder, "--games", 2, "--workers", 1).exit_code == 0
    cut(run_folder / "evaluations/learned.jsonl", 0.9)
    result = yendor("evaluate", run_folder, "--games", 2)
    assert result.exit_code == 2
    assert "learned.jsonl: line 2 is cut short" in result.stderr


def test_missing_run_names_the_nearest(run_folder, yendor):
    result = yendor("evaluate", run_folder.with_name("rum"))
    assert result.exit_code == 2
    assert "there is no such run; did you mean 'run'?" in result.stderr


@pytest.mark.parametrize("verb", ["evaluate", "compare", "train"])
def test_folder_without_a_run_is_told(tmp_path, yendor, verb):
    (tmp_path / "other").mkdir()
    result = yendor(verb, tmp_path / "other")
    assert result.exit_code == 2
    assert "other" in result.stderr


def test_train_refuses_a_folder_that_holds_a_run(run_folder, stub_config, yendor):
    before = contents(run_folder)
    result = yendor("train", stub_config, "--out", run_folder)
    assert result.exit_code == 2
    assert "--resume" in result.stderr
    assert "--overwrite" in result.stderr
    assert contents(run_folder) == before


def test_overwrite_replaces_the_run_and_nothing_else(run_folder, stub_config, yendor):
    (run_folder / "notes.txt").write_text("mine")
    arguments = ("train", stub_config, "train.games=1", "--out", run_folder, "--overwrite")
    assert yendor(*arguments, "--workers", 1).exit_code == 0
    assert (run_folder / "notes.txt").read_text() == "mine"
    assert len(runs.open_run(run_folder).episodes(1)) == 1


def test_a_mistaken_config_overwrites_nothing(run_folder, stub_config, yendor):
    before = contents(run_folder)
    result = yendor("train", stub_config, "trian=1", "--out", run_folder, "--overwrite")
    assert result.exit_code == 2
    assert contents(run_folder) == before


def test_checkpoint_survives_a_stop_between_its_two_renames(run_folder):
    (run_folder / "checkpoint").rename(run_folder / "checkpoint.old")
    _, games = runs.open_run(run_folder).checkpoint()
    assert games == 6


def test_versions_name_the_packages(run_folder):
    versions = json.loads((run_folder / "versions.json").read_text())
    assert {"python", "nle", "numpy"} <= versions.keys()


def test_missing_rows_are_told(run_folder):
    run = runs.open_run(run_folder)
    with pytest.raises(RunError, match="6 rows where 7 are needed"):
        run.episodes(7)


def test_a_shipped_run_is_opened_by_name_and_stays_as_it_is(tmp_path, monkeypatch):
    monkeypatch.setattr(runs, "SHIPPED", tmp_path / "trained")
    config = load(find("random"), ("train.games=0",))
    made = runs.create(tmp_path / "trained" / "veteran", config, make_agent(config))
    monkeypatch.chdir(tmp_path)
    run = runs.open_run(Path("veteran"))
    assert run.folder == made.folder and runs.shipped_runs() == ["veteran"]
    before = sorted(made.folder.rglob("*"))
    run.save_evaluation("learned", [game_row(seed=1)])
    run.save_replay("learned", 0, b"a game")
    assert run.evaluation("learned") == [game_row(seed=1)]
    assert run.replays("learned").keys() == {0}
    assert sorted(made.folder.rglob("*")) == before
    with pytest.raises(RunError, match="veteran"):
        runs.open_run(Path("vetran"))


def test_packed_rows_serve_where_there_are_no_others(tmp_path):
    rows = [{"game": 0}, {"game": 1}]
    (tmp_path / "rows.gz").write_bytes(gzip.compress(to_lines(rows).encode()))
    assert read_rows(tmp_path / "rows") == rows
    (tmp_path / "rows.gz").write_bytes((tmp_path / "rows.gz").read_bytes()[:-9])
    with pytest.raises(RunError, match="can't be read"):
        read_rows(tmp_path / "rows")
