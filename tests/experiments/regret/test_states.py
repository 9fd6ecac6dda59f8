"""The bench of states: how it is made, kept and told apart from one that is out of date."""

import re
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from experiments.errors import UserError
from experiments.regret import make
from experiments.regret import states as kept
from experiments.regret.states import STRATA, digests, load, stale
from experiments.seeds import evaluation_seed


@pytest.fixture(scope="module")
def made():
    """A small bench of the stub: a state of each player and stratum."""
    from experiments.config.models import Config, EnvConfig

    config = Config(env=EnvConfig(game="stub", max_turns=150), agent={"name": "random"})
    plan = make.Plan(("random", "expert"), "random", turns=100)
    return make.make(6, 2, 1, config, plan), make.make(6, 2, 2, config, plan)


@pytest.fixture
def file(made, tmp_path):
    path = tmp_path / "states.npz"
    made[0].save(path)
    return path


def test_the_same_command_makes_the_same_states_with_any_number_of_workers(made):
    one, two = made
    assert one.about["players"] == ("random", "expert") and one.about["turns"] == 100
    assert np.array_equal(one.outcomes, two.outcomes, equal_nan=True)
    assert np.array_equal(one.features, two.features)


def test_every_legal_choice_of_every_state_is_valued(made):
    bench, _ = made
    assert (np.isfinite(bench.outcomes).all(axis=(0, 3)) == bench.legal).all()
    assert (bench.legal.sum(axis=1) > 1).all()
    assert len(set(bench.seeds.tolist())) == len(bench.seeds)  # from a game of its own each
    assert {STRATA[k] for k in bench.strata} == set(STRATA)


def test_a_file_gives_back_what_was_saved(made, file):
    again = load(file)
    assert again.about["macros"] == made[0].about["macros"]
    assert np.array_equal(again.outcomes, made[0].outcomes, equal_nan=True)
    assert not stale(again)


def test_a_macro_action_that_changed_makes_it_stale_and_is_named(made, monkeypatch):
    now = digests()
    assert "macros/pray.py" in now
    monkeypatch.setattr(kept, "digests", lambda: now | {"macros/pray.py": "f" * 12, "new.py": ""})
    assert stale(made[0]) == ["macros/pray.py", "new.py"]


def test_words_about_the_code_do_not_make_it_stale():
    said = 'def f():\n    """Do it."""\n    return 1  # one\n'
    assert kept._digest(said) == kept._digest("def f():\n    'Does it.'\n\n    return 1\n")
    assert kept._digest(said) == kept._digest("def f():\n    return 1\n")
    assert kept._digest(said) != kept._digest(said.replace("return 1", "return 2"))


def test_a_file_of_something_else_is_told(tmp_path):
    path = tmp_path / "states.npz"
    with pytest.raises(UserError, match="is no bench of states"):
        load(path)
    path.write_bytes(b"nothing")
    with pytest.raises(UserError, match="is no bench of states"):
        load(path)
    np.savez(path, about="{}")
    with pytest.raises(UserError, match="is no bench of states"):
        load(path)


def test_a_feature_that_means_something_else_now_is_refused(finished_run, made, yendor, tmp_path):
    about = made[0].about
    old = {"features": about["features"] | {"depth": 0}, "situation": {"threat": 1, "health": 1}}
    replace(made[0], about=about | old).save(tmp_path / "old.npz")
    result = yendor("compare", finished_run, "--decisions", "--states", tmp_path / "old.npz")
    assert result.exit_code == 2
    assert "sees depth, way, hunger, branch, which the states do not tell" in result.stderr


def test_compare_scores_runs_on_the_states(finished_run, file, yendor):
    result = yendor("compare", finished_run, "--decisions", "--states", file)
    assert result.exit_code == 0, result.output
    text = " ".join(re.sub("[│┃]", " ", result.output).split())
    for part in ("regret per decision in survival", "stub", "random choice", "critical"):
        assert part in text
    assert "stale" not in text


def test_compare_says_when_the_states_are_stale(finished_run, made, yendor, tmp_path):
    about = made[0].about | {"sources": {}, "macros": made[0].about["macros"][:-1] + ["gone"]}
    replace(made[0], about=about).save(tmp_path / "old.npz")
    result = yendor("compare", finished_run, "--decisions", "--states", tmp_path / "old.npz")
    assert result.exit_code == 0 and "The states are stale: " in result.output
    assert f"know nothing of {made[0].about['macros'][-1]}" in result.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--by", "survivle"), "did you mean 'survival'"),
        (("--games", 3), "leave out --games"),
        (("--states", "none.npz"), "none.npz: is no bench of states"),
    ],
)
def test_mistakes_are_told(finished_run, yendor, arguments, said):
    result = yendor("compare", finished_run, "--decisions", *arguments)
    assert result.exit_code == 2 and said in result.stderr


@pytest.mark.skipif(not kept.SHIPPED.exists(), reason="not made yet")
def test_what_ships_has_macro_actions_that_there_are():
    from envs.macros import REGISTRY

    bench = load()
    assert set(bench.about["macros"]) <= set(REGISTRY)
    assert (np.isfinite(bench.outcomes).all(axis=(0, 3)) == bench.legal).all()
    assert (bench.seeds >= evaluation_seed(0, make.BLOCK)).all() and (
        bench.strata == 0
    ).mean() >= 0.4


@pytest.mark.parametrize(
    "given, told",
    [
        (("--players", "exprt"), "did you mean 'expert'?"),
        (("--reference", "nobody"), "nobody: there is no such config"),
        (("--turns", "0"), "--turns must be at least 1"),
        (("--workers", "0"), "--workers, --states and --turns must be at least 1"),
        (("--futures", "1"), "--futures at least 2"),
    ],
)
def test_a_bench_that_can_not_be_made_is_told_in_one_message(tmp_path, given, told):
    command = [sys.executable, "-m", "experiments.regret.make", "--states", "10", *given]
    ended = subprocess.run(
        [*command, "--out", str(tmp_path / "x.npz")], capture_output=True, text=True
    )
    assert ended.returncode == 2 and told in ended.stderr and "Traceback" not in ended.stderr
    assert not list(tmp_path.iterdir())
