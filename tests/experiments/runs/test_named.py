"""A run is found by the name that a person would call it."""

import os
import shutil
from pathlib import Path

import pytest

from experiments.errors import RunError
from experiments.runs.named import find_run, newest_run, own_runs
from experiments.runs.run import SHIPPED


@pytest.fixture
def place(finished_run, tmp_path, monkeypatch):
    """Puts copies of a run, whose config is called stub, under runs/: the last is the newest."""
    monkeypatch.chdir(tmp_path)
    made = []

    def put(*folders):
        for folder in folders:
            shutil.copytree(finished_run, tmp_path / "runs" / folder)
            made.append(folder)
        for age, folder in enumerate(made):
            for name in ("config.yaml", "checkpoint"):
                os.utime(tmp_path / "runs" / folder / name, (1_000 + age, 1_000 + age))

    return put


def found(name):
    return str(find_run(Path(name)))


@pytest.mark.parametrize(
    ("runs", "name", "folder"),
    [
        (["stub"], "stub", "runs/stub"),  # after `yendor train stub`
        (["stub"], "runs/stub", "runs/stub"),
        (["valkyrie"], "stub", "runs/valkyrie"),  # after `train stub --out runs/valkyrie`
        (["valkyrie"], "valkyrie", "runs/valkyrie"),
        (["one", "two"], "stub", "runs/two"),  # the newest
        (["stub", "two"], "stub", "runs/stub"),  # its folder comes before its config's name
        (["stub/seed-0", "stub/seed-1"], "stub", "runs/stub/seed-1"),
        (["stub/seed-0", "stub/seed-1"], "stub/seed-0", "runs/stub/seed-0"),
        (["suite/stub/seed-0"], "stub", "runs/suite/stub/seed-0"),
        (["ppo"], "ppo", "runs/ppo"),  # one's own before the one that ships
        ([], "ppo", str(SHIPPED / "ppo")),
    ],
)
def test_a_name_stands_for_the_newest_run(place, runs, name, folder):
    place(*runs)
    assert found(name) == folder


def test_a_folder_that_holds_no_run_does_not_hide_one(place, tmp_path):
    place("stub")
    (tmp_path / "stub").mkdir()
    assert found("stub") == "runs/stub"


def test_it_is_told_when_a_name_could_mean_the_run_that_ships(place):
    place("ppo")
    notes = []
    find_run(Path("ppo"), notes.append)
    assert len(notes) == 1 and "runs/ppo" in notes[0] and "trained/ppo" in notes[0]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("quickstart", "train it with: yendor train quickstart"),
        ("stbu", "did you mean 'stub'"),
        ("ppoo", "did you mean 'ppo'"),
    ],
)
def test_what_is_not_there_is_told_with_what_to_do(place, name, told):
    place("stub")
    with pytest.raises(RunError, match=told):
        find_run(Path(name))


def test_runs_of_the_project_itself_are_nobodys_own(place):
    place("stub", ".baselines/random-0")
    assert [str(run) for run in own_runs()] == ["runs/stub"]
    assert newest_run("random-0") is None


@pytest.mark.parametrize(
    "arguments",
    [
        ("evaluate", "stub", "--games", "1", "--workers", "1"),
        ("watch", "stub", "--plain", "--speed", "0"),
        ("compare", "stub", "random", "--games", "1", "--workers", "1"),
        ("export", "stub", "bot"),
        ("list",),
    ],
)
def test_every_verb_knows_the_run_by_its_name(yendor, place, arguments):
    place("elsewhere")
    result = yendor(*arguments)
    assert result.exit_code == 0, result.output
    if arguments == ("list",):
        assert "runs/elsewhere" in result.output


def test_whatif_knows_the_run_by_its_name(yendor, place):
    place("elsewhere")
    result = yendor("whatif", "stub", "--at", "100000")
    assert "there is no such run" not in result.output


def test_all_seeds_of_a_group_are_compared(yendor, stub_config, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    few = ("train.games=4", "--seeds", 2, "--workers", 1)
    assert yendor("train", stub_config, *few).exit_code == 0
    result = yendor("compare", "stub", "random", "--games", 1, "--workers", 1)
    assert "2 × 1" in result.output, result.output


def test_runs_that_somebody_removes_meanwhile_are_left_out(place, monkeypatch):
    place("gone", "stub")
    listed = os.listdir

    def and_remove_one(folder):
        names = listed(folder)
        shutil.rmtree("runs/gone", ignore_errors=True)
        return names

    monkeypatch.setattr(os, "listdir", and_remove_one)
    assert [str(run) for run in own_runs()] == ["runs/stub"]


def test_a_run_that_is_gone_before_its_age_is_asked_for_is_the_oldest(place, monkeypatch):
    place("gone", "stub")
    there = os.path.exists

    def and_remove_it(path):
        found = there(path)
        shutil.rmtree("runs/gone", ignore_errors=True)
        return found

    monkeypatch.setattr(os.path, "exists", and_remove_it)
    assert [str(run) for run in own_runs()] == ["runs/stub", "runs/gone"]
