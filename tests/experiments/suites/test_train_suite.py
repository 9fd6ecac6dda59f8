"""A suite and a group are trained whole, go on where something is missing, and are one thing."""

import shutil

import pytest

from experiments.commands import play
from experiments.runs.run import open_run

from .conftest import RUNS


@pytest.fixture
def trained(yendor, suite_file):
    result = yendor("train", suite_file, "--workers", 1)
    assert result.exit_code == 0, result.output
    return suite_file.parent / "runs" / "small"


def test_a_suite_is_trained_and_evaluated_whole(trained):
    assert sorted(str(p.parent.relative_to(trained)) for p in trained.rglob("config.yaml")) == RUNS
    for name in RUNS:
        run = open_run(trained / name)
        assert run.checkpoint()[1] == run.config.train.games
        assert len(run.evaluation("learned")) == 3
    seeds = {open_run(trained / name).first_seed() for name in RUNS[:2]}
    assert seeds == {0, 2**32}


def rows(folder):
    return (folder / "episodes.jsonl").read_bytes()


def test_trained_again_it_does_only_what_is_missing(yendor, trained, suite_file):
    missing, unevaluated, *others = (trained / name for name in RUNS)
    before = {folder: rows(folder) for folder in others}
    shutil.rmtree(missing)
    (unevaluated / "evaluations/learned.jsonl").unlink()
    assert yendor("train", suite_file, "--workers", 1).exit_code == 0
    assert open_run(missing).checkpoint()[1] == 4
    assert len(open_run(unevaluated).evaluation("learned")) == 3
    assert {folder: rows(folder) for folder in others} == before  # to the millisecond


def test_a_damaged_run_is_told_and_the_rest_is_trained(yendor, trained, suite_file):
    (trained / RUNS[0] / "config.yaml").unlink()
    shutil.rmtree(trained / RUNS[1])
    result = yendor("train", suite_file, "--workers", 1)
    assert result.exit_code == 2
    assert "1 of 5 runs failed:\nbandit-alpha=1.0 seed 0: " in result.stderr
    assert "config.yaml is missing" in result.stderr
    assert open_run(trained / RUNS[1]).checkpoint()[1] == 4


def test_ctrl_c_says_how_to_go_on(yendor, suite_file, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(play, "play_training", interrupted)
    result = yendor("train", suite_file, "--workers", 1)
    assert result.exit_code == 130
    assert "Stopped in bandit-alpha=1.0 seed 0, 1 of 5 runs" in result.stderr
    monkeypatch.undo()


def test_several_seeds_of_a_config_are_a_group(yendor, stub_config, here):
    arguments = ("train", stub_config, "evaluate.games=1", "--workers", 1)
    result = yendor(*arguments, "--seeds", "0,3")
    assert result.exit_code == 0
    assert "2/2 stub seed 3" in result.output
    folder = here / "runs/stub"
    assert open_run(folder / "seed-3").config.seed == 3
    assert yendor(*arguments, "--seeds", 2).exit_code == 0
    assert (folder / "group.yaml").read_text() == "name: stub\nseeds:\n- 0\n- 1\n- 3\n"


def test_a_run_and_several_do_not_share_a_folder(yendor, stub_config, here):
    few = ("train.games=0", "--workers", 1)
    assert yendor("train", stub_config, *few).exit_code == 0
    result = yendor("train", stub_config, *few, "--seeds", 2)
    assert "holds a run; choose another --out for several" in result.stderr
    assert yendor("train", stub_config, *few, "--seeds", 2, "--out", "group").exit_code == 0
    result = yendor("train", stub_config, *few, "--out", "group")
    assert "holds several runs; choose another --out, or add --seeds" in result.stderr
    assert "name one of seed-0, seed-1" in yendor("watch", "group").stderr


def test_a_suite_is_compared_as_one_thing(yendor, trained, suite_file):
    for target in (suite_file, trained):
        result = yendor("compare", target, "--workers", 1)
        assert result.exit_code == 0
        assert "3 unseen games" in result.output
        names = result.output.replace("\n", "")
        for name in ("bandit-alpha=1.0", "bandit-alpha=2.0", "random"):
            assert name in names


@pytest.mark.parametrize("name", ["small", f"small/{RUNS[0].split('/')[0]}"])
def test_what_lies_under_runs_is_compared_by_its_name(yendor, trained, name):
    result = yendor("compare", name, "--games", 2, "--workers", 1)
    assert result.exit_code == 0, result.output


def test_a_wrong_name_is_answered_with_each_that_there_is_once(yendor, trained):
    result = yendor("compare", "qqqqqqqq")
    offered = result.stderr.partition("choose from ")[2].strip().split(", ")
    assert "small" in offered and "ppo" in offered and len(set(offered)) == len(offered)


def test_a_suite_that_was_not_trained_is_told(yendor, suite_file):
    result = yendor("compare", suite_file)
    assert result.exit_code == 2
    assert "suite.yaml is missing; yendor train" in result.stderr


def test_characters_are_compared_apart(yendor, here, stub_config):
    path = here / "lengths.yaml"
    path.write_text(
        "configs: [stub.yaml]\nsweep: {env.max_turns: [50, 60], agent.alpha: [1.0, 2.0]}\n"
        "set: {train.games: 0}\nevaluate: {games: 2}\n"
    )
    assert yendor("train", path, "--workers", 1).exit_code == 0
    result = yendor("compare", path, "--workers", 1)
    assert result.exit_code == 0
    assert "The games with env.max_turns = 60" in result.output
    assert result.output.count("P(A > B)") == 2
