"""The Python face does what the command line does, and neither prints, exits nor leaves traces."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import experiments
from experiments.errors import ConfigError, RunError, UserError
from experiments.rows import read_rows


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def test_training_gives_the_run_that_the_command_gives(stub_config, finished_run):
    run = experiments.train(stub_config, workers=1, progress=False)
    theirs = read_rows(finished_run / "episodes.jsonl")
    ours = run.episodes()
    assert [row | {"seconds": 0} for row in ours] == [row | {"seconds": 0} for row in theirs]
    assert run.metrics() == read_rows(finished_run / "metrics.jsonl")


def test_a_run_goes_on_where_it_stood(stub_config):
    experiments.train(stub_config, {"train.games": 4}, workers=1, progress=False)
    more = {"train.games": 8}
    run = experiments.train(stub_config, more, workers=1, progress=False, resume=True)
    assert run.games == 8 == len(run.episodes())


def test_without_progress_nothing_is_printed(run_folder, capfd):
    experiments.evaluate(run_folder, 2, workers=1, progress=False)
    experiments.compare(run_folder, games=2, workers=1, progress=False)
    assert capfd.readouterr() == ("", "")


def test_means_and_table_tell_the_same_games_as_the_run(run_folder):
    games = experiments.evaluate(run_folder, 3, workers=1, progress=False)
    points = [row["points"] for row in games.rows]
    assert games.means()["points"].value == pytest.approx(sum(points) / 3)
    assert experiments.load_run(run_folder).unseen() == games.rows


def test_tables_have_a_column_for_each_macro_action(finished_run):
    pytest.importorskip("pandas")
    run = experiments.load_run(finished_run)
    table = run.episodes_frame()
    assert len(table) == 6
    assert table["macros/explore"].tolist() == [row["macros"]["explore"] for row in run.episodes()]
    assert len(run.metrics_frame()) == 2  # rounds


def test_without_pandas_the_extra_is_named(finished_run, monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    run = experiments.load_run(finished_run)
    for ask in (run.episodes_frame, run.metrics_frame, run.unseen_frame):
        with pytest.raises(UserError, match=r"yendor\[frames\]"):
            ask()


def test_figures_are_drawn_and_pyplot_knows_of_none(finished_run):
    from matplotlib import pyplot

    before = pyplot.get_fignums()
    figure = experiments.load_run(finished_run).learning_curve("points")
    assert figure.axes[0].get_ylabel() == "points"
    assert figure._repr_png_().startswith(b"\x89PNG")
    assert pyplot.get_fignums() == before


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda run: experiments.load_run("no-such-run"), "there is no such run"),
        (lambda run: experiments.train("quickstar"), "did you mean 'quickstart'"),
        (lambda run: experiments.train("headline"), "is a suite"),
        (lambda run: experiments.train("quickstart", {"agent.epsilom": 1}), "epsilom"),
        (lambda run: experiments.train("quickstart", resume=True, overwrite=True), "exclude"),
        (lambda run: experiments.train(run), "holds a run"),
        (lambda run: experiments.evaluate(run, agent="randon"), "did you mean 'random'"),
        (lambda run: experiments.evaluate(run, 0), "games must be at least 1"),
        (lambda run: experiments.evaluate(run, 1, block=0), "block must be at least 1"),
        (lambda run: experiments.evaluate(run, 1, block=5000), "block 5000"),
        (lambda run: experiments.compare(run, block=0), "block must be at least 1"),
        (lambda run: experiments.compare(), "name a run"),
        (lambda run: experiments.compare(run, "no-such-run", games=0), "games must be"),
        (lambda run: experiments.load_run(run).learning_curve("point"), "did you mean 'points'"),
    ],
)
def test_mistakes_are_the_projects_own_errors(finished_run, call, told):
    with pytest.raises(UserError, match=told):
        call(finished_run)


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda run: experiments.train(5), "config must be a path or a name, not 5"),
        (lambda run: experiments.train("random", ["seed=1"]), "overrides must be values by dotted"),
        (lambda run: experiments.train("random", out=5), "out must be a path"),
        (lambda run: experiments.train("random", start=5), "run must be a folder, a name"),
        (lambda run: experiments.evaluate(run, 1.5), "games must be a whole number, not 1.5"),
        (lambda run: experiments.evaluate(run, "3"), "games must be a whole number, not '3'"),
        (lambda run: experiments.evaluate(run, True), "games must be a whole number, not True"),
        (lambda run: experiments.evaluate(run, np.array([1, 2])), "games must be a whole number"),
        (lambda run: experiments.evaluate(run, block=1.5), "block must be a whole number"),
        (lambda run: experiments.evaluate(run, block="1"), "block must be a whole number"),
        (lambda run: experiments.evaluate(run, agent=["random"]), "agent must be a text"),
        (lambda run: experiments.evaluate(None), "run must be a folder, a name"),
        (lambda run: experiments.compare([run, "random"]), "each run must be a folder, a name"),
        (lambda run: experiments.compare(run, None), "each run must be a folder, a name"),
        (lambda run: experiments.compare(run, games="3"), "games must be a whole number"),
        (lambda run: experiments.compare(run, block=1.5), "block must be a whole number"),
        (lambda run: experiments.load_run(5), "run must be a folder, a name"),
        (lambda run: experiments.load_run(run).unseen("1"), "block must be a whole number"),
        (lambda run: experiments.load_run(run).learning_curve(["points"]), "metric must be a text"),
        (lambda run: experiments.load_run(run).record(5), "path must be a path"),
        (lambda run: experiments.load_run(run).record("g.gif", -1), "game must be at least 0"),
        (lambda run: experiments.load_run(run).record("g.gif", "0"), "game must be a whole number"),
    ],
)
def test_an_argument_of_another_type_is_named(finished_run, call, told):
    with pytest.raises(UserError, match=told):
        call(finished_run)


@pytest.mark.parametrize(
    ("workers", "told"),
    [
        (0, "workers must be at least 1, not 0"),
        (-2, "workers must be at least 1, not -2"),
        (1.5, "workers must be a whole number, not 1.5"),
        ("2", "workers must be a whole number, not '2'"),
        (True, "workers must be a whole number, not True"),
    ],
)
def test_a_number_of_workers_that_can_not_play_is_refused_first(run_folder, workers, told):
    verbs = (
        lambda: experiments.train("random", out="runs/w", workers=workers),
        lambda: experiments.evaluate(run_folder, 1, workers=workers),
        lambda: experiments.compare(run_folder, games=1, workers=workers),
    )
    for verb in verbs:
        with pytest.raises(UserError, match=told):
            verb()
    assert not Path("runs").exists()


def test_values_of_numpy_are_a_configs_own(stub_config):
    given = {
        "agent": {"name": "policy_gradient", "hidden": np.array([8, 4])},
        "agent.learning_rate": np.logspace(-3, -2, 2)[0],
        "seed": np.arange(3)[1],
        "env.max_turns": np.int16(40),
        "train.games": np.uint8(0),
    }
    config = experiments.train(stub_config, given, workers=1, progress=False).config
    assert (config.seed, config.env.max_turns, config.train.games) == (1, 40, 0)
    assert config.agent.learning_rate == pytest.approx(1e-3)
    assert list(config.agent.hidden) == [8, 4]


@pytest.mark.parametrize("value", [object(), [object()], {"points": object()}])
def test_a_value_that_no_config_can_have_is_named(value):
    with pytest.raises(ConfigError, match="env.reward: a value of type object can't be used"):
        experiments.train("random", {"env.reward": value})


def test_numbers_of_numpy_are_numbers(run_folder):
    one = np.int64(1)
    assert len(experiments.evaluate(run_folder, one, workers=one, progress=False)) == 1


def test_runs_of_different_games_are_not_compared_silently(run_folder, stub_config):
    pairs = {}
    for turns in (40, 60):
        for seed in (0, 1):
            changed = {"env.max_turns": turns, "seed": seed, "train.games": 4}
            out = f"runs/{turns}-{seed}"
            pairs[out] = experiments.train(stub_config, changed, out=out, workers=1, progress=False)
    with pytest.raises(UserError, match="env.max_turns = 60"):
        experiments.compare(*pairs.values(), games=1, workers=1, progress=False)


def test_a_damaged_run_is_named(run_folder):
    (run_folder / "episodes.jsonl").write_text("{")
    with pytest.raises(RunError, match="episodes.jsonl"):
        experiments.load_run(run_folder)


def test_importing_the_package_imports_nothing_else():
    program = (
        "import sys, experiments;"
        "print([name for name in ('numpy', 'rich', 'matplotlib', 'nle', 'experiments.face')"
        " if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True,
                           check=True, cwd=sys.path[0] or None)  # fmt: skip
    assert found.stdout.strip() == "[]"
