"""A save, a creation and an overwrite can be cut at every point: the run is the old or the new."""

import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from helpers.crashes import Disk, crash_points, lay_out

import agents
from experiments.config.models import make_agent
from experiments.errors import RunError
from experiments.rows import read_rows
from experiments.runs import run as runs
from experiments.runs.commit import current_checkpoint, remove
from experiments.runs.contents import is_half_made


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Reads and writes the same config again without parsing it, and syncs nothing for real."""
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)
    load, dump = runs.load, runs.dump
    by_content, by_config = {}, {}

    def load_once(path, *arguments, **options):
        key = (path.read_bytes(), repr(arguments), repr(options))
        if key not in by_content:
            by_content[key] = load(path, *arguments, **options)
        return by_content[key]

    def dump_once(config):
        if id(config) not in by_config:
            by_config[id(config)] = dump(config)
        return by_config[id(config)]

    monkeypatch.setattr(runs, "load", load_once)
    monkeypatch.setattr(runs, "dump", dump_once)
    monkeypatch.setattr(runs, "versions", lambda: {"python": "3"})


@pytest.fixture
def learned(finished_run):
    """What a run saves next: an agent that differs, and its rows; 6 games become 8."""
    run = runs.open_run(finished_run)
    agent, games = run.checkpoint()
    assert games == 6
    agent.bandit.values += 1
    rows = run.episodes(6)
    rows += [rows[-1] | {"game": 6, "seed": 6}, rows[-1] | {"game": 7, "seed": 7}]
    return agent, rows, [{"round": 0, "games": 8}]


def names(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def state(folder):
    """Which of both a run is: its number of games, of which all rows are there."""
    return runs.open_run(folder).checkpoint()[1]


def test_a_save_that_is_killed_at_any_call_blocks_nothing(finished_run, learned, tmp_path):
    folder, values = tmp_path / "run", learned[0].bandit.values
    old = runs.open_run(finished_run).checkpoint()[0].bandit.values

    def prepare():
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(finished_run, folder)

    def save():
        runs.open_run(folder).save(*learned)

    seen = []
    for _ in crash_points(save, prepare):
        before = names(folder)
        seen.append(state(folder))
        found = agents.load(current_checkpoint(folder)).bandit.values
        assert np.array_equal(found, old if seen[-1] == 6 else values)
        assert names(folder) == before, "a reader writes nothing"
        save()
        assert state(folder) == 8
        assert names(folder) == names(finished_run), "nothing is left behind"
    assert set(seen) == {6, 8} and seen == sorted(seen)
    assert len(seen) > 30


@pytest.mark.parametrize("overwritten", [False, True])
def test_a_creation_that_is_killed_at_any_call_begins_anew(finished_run, tmp_path, overwritten):
    config = runs.open_run(finished_run).config
    folder = tmp_path / "run"

    def prepare():
        shutil.rmtree(folder, ignore_errors=True)
        if overwritten:
            shutil.copytree(finished_run, folder)

    def create():
        runs.create(folder, config, make_agent(config))

    ends = []
    for number in crash_points(create, prepare):
        whole = runs.holds_run(folder) and not is_half_made(folder)
        ends.append(state(folder) if whole else None)
        if number % 4:
            continue  # each is made anew in the same way
        create()
        assert state(folder) == 0
        kept = {"config.yaml", "versions.json", "episodes.jsonl", "metrics.jsonl", "checkpoint"}
        assert {path.name for path in folder.iterdir()} == kept
    assert ends[-1] == 0 and None in ends
    assert set(ends) == ({6, None, 0} if overwritten else {None, 0})


def test_a_killed_creation_is_made_anew_by_the_same_command(yendor, stub_config, tmp_path):
    folder = tmp_path / "run"
    folder.mkdir()
    for name in ("versions.json", "episodes.jsonl"):  # as an older version left it
        (folder / name).write_text("")
    assert yendor("evaluate", folder).exit_code == 2
    result = yendor("train", stub_config, "--out", folder, "--workers", 1)
    assert result.exit_code == 0 and "begins anew" in result.output
    assert state(folder) == 6


def test_a_killed_creation_is_resumed_from_its_folder_alone(yendor, run_folder):
    (run_folder / "config.yaml").rename(run_folder / "config.yaml.making")
    result = yendor("train", run_folder, "--resume", "--workers", 1)
    assert result.exit_code == 0 and "begins anew" in result.output
    assert state(run_folder) == 6


@pytest.mark.parametrize("theirs", ["checkpoint/model.pt", "metrics.jsonl", "replays/1"])
def test_what_others_keep_in_a_folder_is_not_taken_for_half_made(
    yendor, stub_config, tmp_path, theirs
):
    path = tmp_path / "work" / theirs
    path.parent.mkdir(parents=True)
    path.write_text("mine")
    for versions in (False, True):
        if versions:
            (tmp_path / "work/versions.json").write_text("{}")
        result = yendor("train", stub_config, "--out", tmp_path / "work")
        assert result.exit_code == 2 and "holds a run" in result.stderr
        assert path.read_text() == "mine"


def test_a_run_without_its_config_is_not_taken_for_half_made(run_folder, yendor, stub_config):
    (run_folder / "config.yaml").unlink()
    assert yendor("train", stub_config, "--out", run_folder).exit_code == 2
    assert read_rows(run_folder / "episodes.jsonl")


def power_cuts(disk, tmp_path):
    """Give a folder for every different state that a power cut may leave."""
    seen = set()
    for moment in disk.moments:
        for tree in moment:
            key = repr(tree)
            if key not in seen:
                seen.add(key)
                place = tmp_path / f"cut-{len(seen)}"
                lay_out(tree, place)
                yield place
                shutil.rmtree(place)


def test_a_save_outlives_a_power_cut_at_any_moment(finished_run, learned, tmp_path):
    folder = tmp_path / "disk" / "run"
    shutil.copytree(finished_run, folder)
    disk = Disk(folder)
    with disk.followed():
        runs.open_run(folder).save(*learned)
    found = []
    for place in power_cuts(disk, tmp_path):
        found.append(state(place))
        runs.open_run(place).save(*learned)
        assert state(place) == 8
    assert set(found) == {6, 8} and len(found) > 20


@pytest.mark.parametrize("overwritten", [False, True])
def test_a_creation_outlives_a_power_cut_at_any_moment(finished_run, tmp_path, overwritten):
    config = runs.open_run(finished_run).config
    root = tmp_path / "disk"
    root.mkdir()
    if overwritten:
        shutil.copytree(finished_run, root / "run")
    disk = Disk(root)
    with disk.followed():
        runs.create(root / "run", config, make_agent(config))
    count = 0
    for place in power_cuts(disk, tmp_path):
        folder, count = place / "run", count + 1
        if runs.holds_run(folder) and not is_half_made(folder):
            assert state(folder) in ({0, 6} if overwritten else {0})
        if count % 8:
            continue
        runs.create(folder, config, make_agent(config))
        assert state(folder) == 0
    assert count > 10


def test_the_simulated_power_cut_finds_what_is_not_synced(
    finished_run, learned, tmp_path, monkeypatch
):
    folder = tmp_path / "run"
    shutil.copytree(finished_run, folder)
    disk = Disk(folder)
    noted = Disk._data

    def no_sync(disk, name, node, arguments):
        if name != "fsync":
            noted(disk, name, node, arguments)

    monkeypatch.setattr(Disk, "_data", no_sync)
    with disk.followed():
        runs.open_run(folder).save(*learned)
    with pytest.raises(RunError):
        for place in power_cuts(disk, tmp_path):
            state(place)


def test_a_reader_takes_whichever_checkpoint_is_whole(run_folder):
    shutil.copytree(run_folder / "checkpoint", run_folder / "checkpoint.old")
    content = json.loads((run_folder / "checkpoint/checkpoint.json").read_text())
    (run_folder / "checkpoint").rename(run_folder / "checkpoint.new")
    (run_folder / "checkpoint.new/checkpoint.json").write_text(json.dumps(content | {"games": 5}))
    before = names(run_folder)
    assert runs.open_run(run_folder).checkpoint()[1] == 5
    (run_folder / "checkpoint.new/checkpoint.json").write_text("{")
    assert runs.open_run(run_folder).checkpoint()[1] == 6
    assert names(run_folder) == before


def test_leftovers_of_any_kind_never_block_a_save(run_folder, learned):
    for name in ("checkpoint.old/x/y", "checkpoint.new/x", ".part-1/z"):
        (run_folder / name).mkdir(parents=True)
    (run_folder / ".part-2").write_text("half")
    run = replace(runs.open_run(run_folder), lock=None)
    run.save(*learned)
    assert state(run_folder) == 8
    assert not [
        name for name in names(run_folder) if "part" in name or name.endswith((".old", "new"))
    ]


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_a_signal_while_something_is_removed_leaves_nothing_of_it(tmp_path, monkeypatch, kind):
    """The soak found it: who was terminated in a removal left a folder `.part-…` behind."""
    path = tmp_path / "round"
    if kind == "folder":
        (path / "games").mkdir(parents=True)
    else:
        path.write_text("half")
    rmtree, unlink = shutil.rmtree, Path.unlink
    signals = [KeyboardInterrupt()]

    def interrupted(delete):
        def deleted(*arguments, **options):
            if signals:
                raise signals.pop()
            delete(*arguments, **options)

        return deleted

    monkeypatch.setattr(shutil, "rmtree", interrupted(rmtree))
    monkeypatch.setattr(Path, "unlink", interrupted(unlink))
    with pytest.raises(KeyboardInterrupt):
        remove(path)
    assert not signals and not list(tmp_path.iterdir())


def test_a_reader_during_saves_sees_whole_checkpoints(run_folder, learned):
    """Reads while another process saves again and again: every read is of one checkpoint."""
    agent, rows, metrics = learned
    child = os.fork()
    if not child:
        run = runs.open_run(run_folder)
        for number in range(60):
            agent.bandit.values[:] = number
            run.save(agent, rows + rows[:1] * number, metrics)
        os._exit(0)
    reads = 0
    while os.waitpid(child, os.WNOHANG) == (0, 0):
        values, games = (lambda pair: (pair[0].bandit.values, pair[1]))(
            runs.open_run(run_folder).checkpoint()
        )
        assert games == 6 or (values == games - 8).all()
        reads += 1
    assert reads
