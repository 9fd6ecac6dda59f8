"""The recipes of CONTRIBUTING.md work word for word, and what exists goes on as before."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from helpers.recipes import read_recipes
from typer.testing import CliRunner, Result

from experiments.cli.main import app

ROOT = Path(__file__).parents[2]
END, *RECIPES = read_recipes((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))
PROMISED = {
    "A macro-action", "An agent", "A reward", "A feature", "A statistic", "A recording format",
}  # fmt: skip
POLICY = {
    "env": {"game": "stub", "max_turns": 60},
    "agent": {"name": "policy_gradient", "masked_features": ["turn"]},
    "train": {"games": 4},
    "evaluate": {"games": 0},
}
LIKELY_TO_BREAK = (
    "tests/test_layering.py", "tests/agents/test_agent_registry.py", "tests/envs/test_features.py",
    "tests/envs/test_rewards.py", "tests/experiments/config/test_config.py",
    "tests/experiments/runs/test_shipped.py",
)  # fmt: skip
# Commands as people type them: `yendor` and `python` are those of the project in this folder.
PRELUDE = """
python() { "$PYTHON" "$@"; }
ruff() { python -m ruff "$@"; }
yendor() { python -m experiments.cli "$@"; }
set -euxo pipefail
"""


def run(folder: Path, *commands: str) -> str:
    """Types commands in a folder; returns what they printed."""
    environment = {**os.environ, "PYTHON": sys.executable, "LOKY_MAX_CPU_COUNT": "1"}
    environment |= {"COLUMNS": "200", "PYTHONPATH": "", "PYTHONDONTWRITEBYTECODE": ""}
    script = PRELUDE + "\n".join(commands)
    done = subprocess.run(
        ["bash", "-c", script], cwd=folder, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def call_yendor(*arguments: object) -> Result:
    """Calls the command in this process."""
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def copy_project(folder: Path) -> Path:
    """A copy of what the project is made of, compiled kernels included."""
    for name in ("agents", "compiling", "envs", "experiments", "configs", "tests"):
        shutil.copytree(ROOT / name, folder / name)
    for file in (*ROOT.glob("*.md"), ROOT / "pyproject.toml"):
        shutil.copy2(file, folder)
    (folder / "runs").mkdir()
    return folder


@pytest.fixture(scope="module")
def grown(tmp_path_factory) -> Path:
    """The project after all recipes were followed: every test adds to its runs only."""
    folder = copy_project(tmp_path_factory.mktemp("grown"))
    for recipe in RECIPES:
        recipe.follow(folder)
    run(folder, *END.commands)
    return folder


@pytest.fixture(scope="module")
def older_runs(finished_run, tmp_path_factory) -> Path:
    """A folder with a contextual bandit and a policy network, which have played unseen games."""
    folder = tmp_path_factory.mktemp("older")
    shutil.copytree(finished_run, folder / "bandit")
    (folder / "policy.yaml").write_text(yaml.safe_dump(POLICY))
    train = ("train", folder / "policy.yaml", "--out", folder / "policy", "--workers", 1)
    assert call_yendor(*train).exit_code == 0
    compare = ("compare", folder / "bandit", folder / "policy", "--games", 3, "--workers", 1)
    assert call_yendor(*compare).exit_code == 0
    return folder


def unseen_games(run_folder: Path) -> list[dict[str, Any]]:
    """The rows of a run's unseen games, but for the time they took."""
    rows = map(json.loads, (run_folder / "evaluations/learned.jsonl").open())
    return [{key: value for key, value in row.items() if key != "seconds"} for row in rows]


def test_there_is_a_recipe_for_everything_promised():
    assert {recipe.title for recipe in RECIPES} == PROMISED
    assert all(recipe.blocks and recipe.commands for recipe in RECIPES)


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.title)
def test_a_recipe_works_as_it_is_written(grown, recipe):
    run(grown, *recipe.commands)


def test_what_was_added_is_as_clean_as_the_rest(grown):
    run(grown, "ruff check --no-cache .", "ruff format --no-cache --check .")


def test_an_older_run_plays_the_same_games_in_the_grown_project(grown, older_runs):
    for name in ("bandit", "policy"):
        shutil.copytree(older_runs / name, grown / "runs" / name)
        shutil.rmtree(grown / "runs" / name / "evaluations")
    run(grown, "yendor compare runs/bandit runs/policy --games 3")
    for name in ("bandit", "policy"):
        assert unseen_games(grown / "runs" / name) == unseen_games(older_runs / name)


def test_the_tests_of_what_exists_pass_in_the_grown_project(grown):
    options = "-q -x -p no:cacheprovider -m 'not nethack and not slow'"
    run(grown, f"python -m pytest {options} {' '.join(LIKELY_TO_BREAK)}")
