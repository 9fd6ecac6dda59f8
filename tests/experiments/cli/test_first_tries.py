"""What anybody tries first works, or says what does."""

import subprocess
import sys
from importlib.metadata import version

import pytest

from experiments.bench.command import BENCHMARKS, SURVIVAL
from experiments.recordings.formats import FORMATS
from experiments.reproduce.command import POSTS
from experiments.runs.run import shipped_runs

WIDE = {"COLUMNS": "250", "TERMINAL_WIDTH": "250"}


def module(request, *arguments, **environment):
    """Runs `python -m experiments` in the project's folder."""
    return subprocess.run([sys.executable, "-m", "experiments", *arguments], text=True,
                          capture_output=True, cwd=request.config.rootpath,
                          env={"PATH": "", **environment}, check=False)  # fmt: skip


def test_the_version_is_told(yendor, request):
    told = f"yendor {version('yendor')}\n"
    assert yendor("--version").output == told
    assert module(request, "--version").stdout == told


def test_a_shell_can_complete_verbs_and_names(request):
    asked = {"_YENDOR_COMPLETE": "complete_bash", "COMP_CWORD": "1"}
    assert module(request, COMP_WORDS="yendor tra", **asked).stdout.split() == ["train"]
    asked["COMP_CWORD"] = "2"
    assert "quickstart" in module(request, COMP_WORDS="yendor train qui", **asked).stdout.split()
    assert "ppo" in module(request, COMP_WORDS="yendor watch pp", **asked).stdout.split()


def test_help_lists_the_posts_and_the_benchmarks(yendor, monkeypatch):
    for key, value in WIDE.items():
        monkeypatch.setenv(key, value)
    for verb, names in (("reproduce", POSTS), ("bench", [*BENCHMARKS, SURVIVAL])):
        told = yendor(verb, "--help").output
        assert not [name for name in names if name not in told], told


@pytest.mark.parametrize("verb", ["evaluate", "watch", "whatif", "export"])
def test_help_says_that_a_run_may_be_one_that_ships(yendor, verb):
    told = " ".join(yendor(verb, "--help").output.replace("│", " ").split())
    assert "a run that ships, such as ppo" in told
    assert "ppo" in shipped_runs()


def test_brackets_in_descriptions_are_shown_as_they_are(yendor, monkeypatch):
    monkeypatch.setenv("COLUMNS", "250")
    assert '"yendor[torch]"' in yendor("list").output


@pytest.mark.parametrize("name", FORMATS)
def test_a_recording_is_refused_under_another_formats_name(yendor, finished_run, tmp_path, name):
    out = tmp_path / "out.mov"
    result = yendor("watch", finished_run, f"--{name}", out)
    assert result.exit_code == 2 and not out.exists()
    assert f"--{name}" in result.output and "name it out." in result.output.replace("\n", "")


@pytest.mark.parametrize("kind", ["out", "json", "csv", "latex", "markdown"])
def test_numbers_are_refused_under_another_formats_name(yendor, finished_run, tmp_path, kind):
    out = tmp_path / "out.xlsx"
    result = yendor("compare", finished_run, "--games", 1, f"--{kind}", out)
    assert result.exit_code == 2 and not out.exists()
    assert f"--{kind}" in result.output


def test_a_text_may_go_to_a_device_that_has_no_suffix(yendor, run_folder, tmp_path):
    out = tmp_path / "numbers"
    assert yendor("compare", run_folder, "--games", 1, "--workers", 1, "--csv", out).exit_code == 0
    assert out.read_text().startswith("metric,") or out.read_text().startswith('"metric"')


@pytest.mark.parametrize(("arguments", "named"), [
    (("testbed", "--policies", ""), "--policies"), (("testbed", "--policies= "), "--policies="),
    (("testbed", "--policies="), "--policies="), (("testbed", "--policies", " "), "--policies"),
    (("train", "random", "--out", ""), "--out"), (("train", "random", "--from", ""), "--from"),
    (("compare", ""), "compare"), (("watch", ""), "watch"), (("evaluate", ""), "evaluate"),
])  # fmt: skip
def test_what_is_empty_means_neither_everything_nor_the_current_folder(
    yendor, tmp_path, monkeypatch, arguments, named
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TERMINAL_WIDTH", "250")
    monkeypatch.setattr("experiments.testbed.command.testbed", pytest.fail)
    result = yendor(*arguments)
    assert result.exit_code == 2 and not list(tmp_path.iterdir())
    assert f"{named} is empty; give it a value" in result.output


def test_an_override_may_end_with_an_equals_sign(yendor):
    assert "give it a value" not in yendor("train", "random", "env.character=").output


@pytest.mark.parametrize(("verb", "more"), [
    ("watch", ()), ("watch", ("--game", 3)), ("watch", ("--plain",)), ("evaluate", ()),
    ("whatif", ()), ("export", ("out",)),
])  # fmt: skip
def test_who_names_a_config_in_a_runs_place_is_told(yendor, tmp_path, monkeypatch, verb, more):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.yml").write_text("agent: {name: random}")
    result = yendor(verb, "mine.yml", *more)
    assert result.exit_code == 2
    assert "mine.yml: is a config or a suite, and no run" in result.output
    assert "train it with: yendor train mine.yml" in result.output


def test_who_names_a_file_of_a_run_is_told_the_folder(yendor, finished_run):
    result = yendor("watch", finished_run / "config.yaml")
    assert f"is a file of the run {finished_run}; name that folder" in result.output


def test_the_bar_names_the_run(yendor, run_folder):
    result = yendor("evaluate", run_folder, "--games", 1, "--workers", 1, "--block", 9)
    assert result.output.startswith("stub, learned-block9: 1/1 games"), result.output
