"""A search goes on where it was cut off, stops what is hopeless, and confirms on fresh games."""

import shlex
import sys

import pytest

from experiments.commands import tune
from experiments.runs.lock import TUNING, held
from experiments.runs.run import open_run
from experiments.tuning.trial import Judge, Pruned, play_trial

ARGUMENTS = ("agent.alpha=uniform(0.5,4)", "agent.context=choice(none,situation)")
SIZES = ("--games", 2, "--confirm", 3, "--workers", 1, "--metric", "points")


@pytest.fixture
def call(yendor, stub_config, tmp_path, monkeypatch):
    pytest.importorskip("optuna")
    monkeypatch.chdir(tmp_path)
    return lambda *more: yendor("tune", stub_config, *ARGUMENTS, *SIZES, *more)


def test_the_best_is_confirmed_on_a_block_that_nothing_was_chosen_by(call, tmp_path):
    result = call("--trials", 3)
    assert result.exit_code == 0, result.output
    folder = tmp_path / "runs/stub-tuning"
    assert {path.name for path in folder.iterdir()} == {
        "study.log", "trial-0", "trial-1", "trial-2",
    }  # fmt: skip
    assert "3 games of block 2" in result.output
    assert "--seeds 5" in result.output
    evaluated = [open_run(folder / f"trial-{n}").evaluation("learned-block2") for n in range(3)]
    fresh = [[row["seed"] for row in rows] for rows in evaluated if rows]
    assert fresh and all(seeds == [2_000_000, 2_000_001, 2_000_002] for seeds in fresh)


def test_the_first_trial_is_the_config_as_it_stands(call, tmp_path):
    result = call("--trials", 1)
    assert "1/1 trial-0: agent.alpha=1, agent.context=situation: points" in result.output


def test_called_again_it_plays_only_what_is_missing(call):
    assert call("--trials", 2).exit_code == 0
    again = call("--trials", 3)
    assert "3/3 trial-2" in again.output
    assert "2/3" not in again.output
    assert "3/3" not in call("--trials", 3).output


def test_a_trial_that_was_cut_off_goes_on_with_its_values_and_its_run(call, monkeypatch, tmp_path):
    def interrupted(run, trial, judge):
        raise KeyboardInterrupt

    monkeypatch.setattr(tune, "play_trial", interrupted)
    result = call("--trials", 1)
    assert result.exit_code == 130
    assert "0 of 1 trials" in result.stderr
    monkeypatch.setattr(tune, "play_trial", play_trial)
    result = call("--trials", 1)
    assert result.exit_code == 0
    assert "1/1 trial-0: agent.alpha=1, agent.context=situation" in result.output
    assert not (tmp_path / "runs/stub-tuning/trial-1").exists()


def test_two_do_not_search_in_one_folder_at_once(call, tmp_path):
    """The second would begin the first one's trial anew."""
    assert call("--trials", 1).exit_code == 0
    folder = tmp_path / "runs/stub-tuning"
    before = (folder / "study.log").read_bytes()
    with held(folder, TUNING):
        refused = call("--trials", 2)
    assert refused.exit_code == 2 and "Traceback" not in refused.output
    assert "is held by process" in " ".join(refused.stderr.split())
    assert (folder / "study.log").read_bytes() == before
    assert call("--trials", 2).exit_code == 0


def test_another_search_in_the_same_folder_is_refused(yendor, stub_config, call):
    assert call("--trials", 1).exit_code == 0
    result = yendor("tune", stub_config, "agent.alpha=uniform(0.5,9)", *SIZES)
    assert result.exit_code == 2
    assert "was made with space = " in result.stderr and "choose another --out" in result.stderr


def test_a_hopeless_trial_is_stopped_after_a_round(run_folder, tmp_path):
    class Hopeless:
        def report(self, value, step):
            reported.append(step)

        def should_prune(self):
            return True

    from rich.console import Console

    reported = []
    run = open_run(run_folder, ("train.games=16",))
    with pytest.raises(Pruned):
        play_trial(run, Hopeless(), Judge("points", 2, 1, Console()))
    assert reported == [10]  # one round of four after the six games that the run had


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("agent.alfa=uniform(1,2)",), "agent.alfa: unknown key; did you mean 'alpha'?"),
        (("agent.alpha=uniform(-1,2)",), "agent.alpha=-1"),
        (("agent.alpha=uniform(1,2)", "--metric", "pionts"), "did you mean 'points'?"),
    ],
)
def test_a_mistake_is_told_before_any_game(yendor, stub_config, call, arguments, message):
    result = yendor("tune", stub_config, *arguments)
    assert result.exit_code == 2
    assert message in result.stderr


def test_without_optuna_it_says_what_to_install(yendor, stub_config, monkeypatch):
    monkeypatch.setitem(sys.modules, "optuna", None)
    result = yendor("tune", stub_config, *ARGUMENTS)
    assert result.exit_code == 2
    assert result.stderr == 'yendor: yendor tune needs Optuna: pip install "yendor[tune]"\n'


def test_what_is_next_can_be_done(call, yendor):
    result = call("seed=3", "--trials", 1)
    (line,) = (line for line in result.output.splitlines() if line.startswith("Next: yendor "))
    after = yendor(*shlex.split(line)[2:], "--workers", 1)
    assert after.exit_code == 0, after.output
