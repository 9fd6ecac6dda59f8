"""An exported agent: a folder that plays as the run does, and needs none of the project."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import yaml

from envs.macro_env import MacroEnv
from envs.stub.env import Stub
from experiments.commands import train
from experiments.export import bot as template
from experiments.export import command
from experiments.export.modules import EMPTY, needed
from experiments.runs.interface import names_of
from experiments.runs.run import open_run
from experiments.training.rollout import play_game

KEYSTROKES = 1_200
ALLOWED = {"agents", "compiling", "envs", "nle", "numba", "numpy", "scipy"}
POLICY = {
    "env": {"game": "stub", "max_turns": 60},
    "agent": {"name": "policy_gradient"},
    "train": {"games": 4, "games_per_round": 4},
    "evaluate": {"games": 0},
}


def train_policy(folder: Path, *overrides: str) -> Path:
    (folder / "policy.yaml").write_text(yaml.safe_dump(POLICY))
    out = folder / "policy"
    train.train(str(folder / "policy.yaml"), overrides, out, 1, resume=False, overwrite=False)
    return out


def export(run: Path, folder: Path) -> Path:
    command.export(run, folder)
    return folder


@pytest.fixture(scope="module")
def runs(finished_run, tmp_path_factory) -> dict[str, Path]:
    """Runs by kind of agent: look, and do not touch."""
    return {"bandit": finished_run, "policy": train_policy(tmp_path_factory.mktemp("policy"))}


@pytest.fixture(scope="module")
def exports(runs, tmp_path_factory) -> dict[str, Path]:
    """Their exports: play with them, and do not change them."""
    folder = tmp_path_factory.mktemp("exports")
    return {kind: export(run, folder / kind) for kind, run in runs.items()}


def evaluated_keys(folder: Path, env: MacroEnv, seed: int) -> list[int]:
    """The keystrokes of the game as `yendor evaluate` plays it, on an env for this game alone."""
    keys, press = [], env.env.press

    def recording_press(key):
        keys.append(key)
        return press(key)

    env.env.press = recording_press
    run = open_run(folder)
    rng = np.random.default_rng([run.config.seed, seed])
    play_game(env, run.checkpoint()[0], seed, rng, learn=False)
    return keys


def arena(exported: Path, bot_seed, game_seed: int) -> dict:
    """What the exported bot does in NLE's own challenge env, in a process of its own."""
    seeds = np.random.SeedSequence(game_seed).generate_state(3, np.uint64) >> 1
    script = Path(__file__).parents[2] / "helpers" / "arena_process.py"
    command = [script, exported, json.dumps(bot_seed), *seeds, KEYSTROKES]
    done = subprocess.run([sys.executable, *map(str, command)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.nethack
@pytest.mark.parametrize("seed", [1_000_000, 1_000_003])
@pytest.mark.parametrize("kind", ["bandit", "policy"])
def test_plays_keystroke_for_keystroke_as_evaluate_does(runs, exports, kind, seed):
    evaluated = evaluated_keys(runs[kind], MacroEnv(max_keystrokes=KEYSTROKES), seed)
    assert len(evaluated) > 100
    played = arena(exports[kind], [open_run(runs[kind]).config.seed, seed], seed)
    assert played["keys"] == evaluated


@pytest.mark.nethack
def test_imports_little_and_nothing_of_the_project(exports):
    played = arena(exports["bandit"], None, 5)
    assert set(played["imports"]) - sys.stdlib_module_names <= ALLOWED
    assert played["elsewhere"] == []


@pytest.mark.nethack
def test_without_a_seed_plays_by_that_of_the_run(runs, exports):
    seed = open_run(runs["policy"]).config.seed
    by_default, by_seed = (arena(exports["policy"], given, 6)["keys"] for given in (None, seed))
    assert by_default == by_seed


@pytest.mark.parametrize("backend", ["numpy", "torch"])
def test_weights_of_either_backend_play_on_numpy_with_what_the_run_sees(
    tmp_path, monkeypatch, backend
):
    if backend == "torch":
        pytest.importorskip("torch")
    seen = ("env.features=[turn, health, hostiles]", "env.macros=[explore, search, fight]")
    run = train_policy(tmp_path, f"agent.backend={backend}", *seen)
    monkeypatch.setattr(template, "FOLDER", export(run, tmp_path / "exported"))
    bot, game = template.make_agent([0, 9]), Stub(max_turns=100)
    game.reset(seed=9)
    bot.reset(game.observation)
    played, over = [], False
    while not over:
        played.append(game.actions[bot.act(game.observation)])
        over = game.press(played[-1])
    assert description(tmp_path / "exported")["agent"]["settings"]["backend"] == "numpy"
    names = names_of(open_run(run).config.env)
    assert played == evaluated_keys(run, MacroEnv("stub", max_turns=100, **names), 9)


def description(exported: Path) -> dict:
    return json.loads((exported / "yendor_export.json").read_text())


def test_says_how_to_play_it_in_the_arena(yendor, finished_run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    output = yendor("export", finished_run, "exported").output
    assert 'pip install "nethackers[nle]"' in output
    assert f"--solution {tmp_path / 'exported'}" in output  # the arena needs the whole path


def test_what_only_functions_import_is_left_out():
    files = needed("from envs.macros import make_macros\nimport agents.registry\n")
    assert "envs/macros/base.py" in files
    assert "agents/networks/torch_mlp.py" not in files
    assert "envs/nethack.py" not in files


def test_a_package_is_kept_only_when_names_are_taken_from_it():
    files = needed("from envs.macros import make_macros\n")
    assert files["envs/__init__.py"] == EMPTY
    assert "def make_macros" in files["envs/macros/__init__.py"]


def test_replaces_an_earlier_export_and_nothing_else(runs, tmp_path):
    exported = export(runs["bandit"], tmp_path / "exported")
    (exported / "notes.txt").write_text("mine")
    (exported / "bot.py").unlink()  # as after an export that was cut off
    export(runs["policy"], exported)
    assert description(exported)["agent"]["name"] == "policy_gradient"
    assert (exported / "bot.py").exists()
    assert (exported / "notes.txt").read_text() == "mine"


def test_a_folder_with_other_things_is_refused(yendor, finished_run, tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "bot.py").write_text("mine")
    result = yendor("export", finished_run, folder)
    assert result.exit_code == 2
    assert f"{folder}: is not empty, and no earlier export; choose a new folder" in result.stderr
    assert (folder / "bot.py").read_text() == "mine"
    assert [path.name for path in folder.iterdir()] == ["bot.py"]


def test_a_file_is_refused(yendor, finished_run, tmp_path):
    (tmp_path / "file").write_text("mine")
    for out in (tmp_path / "file", tmp_path / "file/inside"):
        result = yendor("export", finished_run, out)
        assert result.exit_code == 2
        assert f"yendor: {out}: " in result.stderr
    assert (tmp_path / "file").read_text() == "mine"


def test_a_run_that_is_not_there_is_told(yendor, finished_run, tmp_path):
    result = yendor("export", finished_run.with_name("rnu"), tmp_path / "exported")
    assert result.exit_code == 2
    assert "there is no such run; did you mean 'run'?" in result.stderr
    assert not (tmp_path / "exported").exists()
