"""`yendor testbed`: files, tables, mistakes, interruption."""

import csv
import json

import pytest
from typer.testing import CliRunner

from experiments.cli.main import app
from experiments.testbed.choice import EXPERIMENTS, Request, chosen
from experiments.testbed.experiment import Experiment
from experiments.testbed.figures import style
from experiments.testbed.policies import parse, policy

SHORT = ("--runs", "3", "--steps", "30")


@pytest.fixture(autouse=True)
def small_pictures(monkeypatch):
    monkeypatch.setattr(style, "DPI", 30)


def run(*arguments: object):
    return CliRunner().invoke(app, ["testbed", *map(str, arguments)])


def test_a_figure_is_two_pictures_and_its_numbers(tmp_path):
    result = run("--figure", "2.2", *SHORT, "--out", tmp_path / "new" / "folder")
    assert result.exit_code == 0, result.output
    assert "Figure 2.2 is not judged" in result.output  # thirty steps are too few
    folder = tmp_path / "new" / "folder"
    assert {path.name for path in folder.iterdir()} == {
        f"figure-2.2.{ending}" for ending in ("png", "svg", "csv", "json")
    }
    assert (folder / "figure-2.2.png").read_bytes().startswith(b"\x89PNG")
    assert "</svg>" in (folder / "figure-2.2.svg").read_text()
    rows = list(csv.DictReader((folder / "figure-2.2.csv").open()))
    assert len(rows) == 3 * 30
    assert {row["policy"] for row in rows} == {
        "greedy", "epsilon_greedy:epsilon=0.01", "epsilon_greedy:epsilon=0.1"
    }  # fmt: skip
    summary = json.loads((folder / "figure-2.2.json").read_text())
    assert (summary["runs"], summary["steps"], summary["seed"]) == (3, 30, 0)
    last = [float(row["regret"]) for row in rows if row["step"] == "30"]
    assert last == pytest.approx([ended["regret"] for ended in summary["policies"]], rel=1e-5)


@pytest.mark.parametrize("name", ["2.1", "2.5", "2.6", "walk", "regret"])  # each way of drawing
def test_every_figure_is_drawn(name, tmp_path):
    result = run("--figure", name, "--runs", 2, "--steps", 12, "--out", tmp_path)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert len(list(tmp_path.iterdir())) == 4


def test_the_same_seed_gives_the_same_files(tmp_path):
    for folder in ("a", "b"):
        assert (
            run("--figure", "2.4", *SHORT, "--seed", 5, "--out", tmp_path / folder).exit_code == 0
        )
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes(), path.name


def test_expected_stands_beside_seen(tmp_path):
    result = run("--figure", "2.1", "--runs", 400, "--out", tmp_path)
    assert result.exit_code == 0
    assert "the best arm's q*" in result.output and "1.539" in result.output
    assert "3 of 3 are as they should be" in result.output


def test_one_s_own_policies_are_compared(tmp_path):
    policies = ("--policies", "greedy ucb:c=1", "--policies", "thompson")
    result = run(*policies, "--arms", "bernoulli", *SHORT, "--out", tmp_path)
    assert result.exit_code == 0, result.output
    assert "UCB, c = 1" in result.output and "Thompson, Beta" in result.output
    assert "judged" not in result.output
    assert (tmp_path / "figure-bernoulli.png").exists()


def test_json_is_all_that_is_printed(tmp_path):
    result = run("--figure", "2.1", "--figure", "2.3", *SHORT, "--json", "--out", tmp_path)
    assert [figure["figure"] for figure in json.loads(result.stdout)] == ["2.1", "2.3"]


def test_interrupting_keeps_whole_figures_only(tmp_path, monkeypatch):
    play = Experiment.play

    def interrupted(self, seed, tick):
        if self.name == "2.3":
            raise KeyboardInterrupt
        return play(self, seed, tick)

    monkeypatch.setattr(Experiment, "play", interrupted)
    result = run("--figure", "2.2", "--figure", "2.3", *SHORT, "--out", tmp_path)
    assert result.exit_code == 130
    assert "finished" in result.stderr
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".csv", ".json", ".png", ".svg"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--figure", "2.7"], "did you mean '2.6'"),
        (["--figure", "regrets"], "did you mean 'regret'"),
        (["--arms", "bernouli"], "did you mean 'bernoulli'"),
        (["--policies", "gready"], "did you mean 'greedy'"),
        (["--policies", "epsilon_greedy:epsilom=0.1"], "did you mean 'epsilon'"),
        (["--policies", "ucb:c=-1"], "c must be from 0"),
        (["--policies", "ucb:c=two"], "c must be a number, got 'two'"),
        (["--policies", "ucb:c"], "c needs a value"),
        (["--policies", "thompson:posterior=gausian"], "did you mean 'gaussian'"),
        (["--policies", "gradient_bandit:baseline=5"], "true or false"),
        (["--policies", "greedy:step_size=0"], "step_size must be above 0"),
        (["--policies", "epsilon_greedy:decay_decisions=1.5,final_epsilon=0.1"], "whole number"),
        (["--policies", "thompson"], "take thompson:posterior=student_t or --arms bernoulli"),
        (["--policies", " ".join(f"ucb:c={c}" for c in range(1, 9))], "8 are too many"),
        (["--figure", "2.6", "--arms", "walk"], "figure 2.6 has its own"),
        (["--figure", "2.1", "--policies", "ucb"], "figure 2.1 has its own"),
    ],
)
def test_mistakes_are_told_with_what_is_right(arguments, told, tmp_path):
    result = run(*arguments, *SHORT, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert told in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_file_can_not_be_the_folder(tmp_path):
    (tmp_path / "file").write_text("")
    result = run("--figure", "2.2", *SHORT, "--out", tmp_path / "file")
    assert result.exit_code == 2
    assert "can't be made a folder" in result.stderr


@pytest.mark.parametrize("option", ["--runs", "--steps", "--seed"])
def test_sizes_have_a_least_value(option, tmp_path):
    assert run(option, -1, "--out", tmp_path).exit_code == 2


def test_all_figures_are_the_default_and_arms_alone_ask_for_a_comparison():
    assert [experiment.name for experiment in chosen(Request())] == list(EXPERIMENTS)
    assert [experiment.name for experiment in chosen(Request(arms="walk"))] == ["walk"]
    assert chosen(Request(arms="walk"))[0] == EXPERIMENTS["walk"]
    assert [e.name for e in chosen(Request(policies=("ucb",)))] == ["gaussian"]
    assert len(chosen(Request(policies=("ucb ucb",)))[0].policies) == 1


def test_nothing_is_expected_of_a_figure_that_was_changed():
    (changed,) = chosen(Request(figures=("2.2",), arms="walk"))
    assert changed.source == "" and changed.facts is not EXPERIMENTS["2.2"].facts


@pytest.mark.parametrize("name", [n for n, e in EXPERIMENTS.items() if e.policies])
def test_policies_are_spelt_as_they_are_read(name):
    for listed in EXPERIMENTS[name].policies:
        assert parse(listed.spelling) == listed


def test_labels_say_what_differs():
    assert policy("greedy", step_size=0.1, initial_value=5.0).label == "greedy, α = 0.1, Q₁ = 5"
    assert parse("gradient_bandit:baseline=false").label == "gradient, no baseline"
    assert parse("thompson:posterior=gaussian,prior_mean=1.0").label == "Thompson, Gaussian, m = 1"
