"""A wheel, in a fresh environment and an empty folder, does what the README promises."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
EXTRAS = ("imageio_ffmpeg", "pandas", "tensorboard", "optuna", "torch")


def call(*command, cwd):
    """Runs a command that must succeed, without this project on the path; returns its output."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(list(map(str, command)), cwd=cwd, env=environment, text=True,
                          capture_output=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """An empty folder beside an environment that has the wheel, and what it needs."""
    folder = tmp_path_factory.mktemp("installed")
    call(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", ROOT, "-w", folder,
         cwd=folder)  # fmt: skip
    call(sys.executable, "-m", "venv", folder / "venv", cwd=folder)
    (wheel,) = folder.glob("yendor-*.whl")
    call(folder / "venv/bin/pip", "install", "--quiet", wheel, cwd=folder)
    (folder / "empty").mkdir()
    return folder


@pytest.mark.slow
def test_the_extras_stay_out(place):
    program = f"import importlib.util as i; print([n for n in {EXTRAS} if i.find_spec(n)])"
    assert call(place / "venv/bin/python", "-c", program, cwd=place / "empty") == "[]\n"


@pytest.mark.slow
def test_train_watch_and_compare_in_an_empty_folder(place):
    def yendor(*arguments):
        return call(place / "venv/bin/yendor", *arguments, cwd=place / "empty")

    assert yendor("--version").startswith("yendor ")
    yendor("train", "stub_policy_gradient", "train.games=16", "evaluate.games=4")
    assert "decision" in yendor("watch", "stub_policy_gradient", "--plain", "--speed", "0")
    yendor("watch", "stub_policy_gradient", "--html", "game.html")
    yendor("compare", "stub_policy_gradient", "random", "--games", "4", "--out", "report.html")
    assert "runs/stub_policy_gradient" in yendor("list").replace("\n", "")
    yendor("evaluate", "ppo", "--games", "1")  # the real game, by a run that ships
    assert {"game.html", "report.html", "runs"} <= {p.name for p in (place / "empty").iterdir()}


@pytest.mark.slow
def test_python_finds_the_face(place):
    program = "from experiments import load_run; print(load_run('thompson').games)"
    assert call(place / "venv/bin/python", "-c", program, cwd=place / "empty") == "200\n"
