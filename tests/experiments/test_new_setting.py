"""A setting of a game takes one field in one file: all else follows. Tried on a copied tree."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
FIELD = '    fog: int = setting(0, "how far the fog reaches", least=0, most=3)\n\n'
PLACES = {
    "stub": "@dataclass(frozen=True)\nclass StubSettings",
    "nethack": "# The public arena's limits",
}
PROGRAM = """
import sys
from pathlib import Path
import numpy as np
from envs.macro_env import MacroEnv
from envs.stub.env import Stub
from experiments.config.models import dump, load, make_agent, schema
from experiments.errors import ConfigError
from experiments.playback.source import open_replay
from experiments.replays.fields import is_game
from experiments.replays.recorder import Recorder, Recording
from experiments.training.rollout import environment, play_game

folder = Path(sys.argv[1])
config = folder / "foggy.yaml"
config.write_text("agent: {name: random}")

def refused(*overrides):
    try:
        load(config, overrides)
    except ConfigError as error:
        return str(error)
    raise AssertionError(f"{overrides} is accepted")

for game, below in (("nethack", "env."), ("stub", "env.stub.")):
    foggy = load(config, (f"env.game={game}", f"{below}fog=2", "env.max_turns=40"))
    assert "fog: 2" in dump(foggy)
    assert f"{below}fog: must be less than or equal to 3, not 9" in refused(f"{below}fog=9")
    assert "must be a valid integer" in refused(f"{below}fog=thick")
    assert "did you mean 'fog'?" in refused(f"{below}fogg=2")
    head = Recording("learned", 0).header(foggy, make_agent(foggy), 1)
    assert head["env"]["fog"] == 2 and is_game(head["env"])
    for wrong in (9, "2", None, True, [2]):
        assert not is_game(head["env"] | {"fog": wrong}), wrong
    assert is_game({key: value for key, value in head["env"].items() if key != "fog"})
assert schema().count("how far the fog reaches") == 2

assert Stub(fog=2).settings.fog == MacroEnv("stub", fog=2).env.settings.fog == 2
env, agent = environment(foggy.env), make_agent(foggy)
assert env.env.settings.fog == 2
recorder = Recorder(head, foggy.env.situation)
episode = play_game(env, agent, 1, np.random.default_rng(0), False, recorder)
path = folder / "foggy.jsonl.gz"
path.write_bytes(episode.replay)
playback = open_replay(path)
playback.play_out()
assert not playback.notice and playback._env.settings.fog == 2
assert playback.outcome().points == episode.row["points"]
"""


def add_field(path: Path, place: str) -> None:
    source = path.read_text(encoding="utf-8")
    assert source.count(place) == 1
    path.write_text(source.replace(place, FIELD + place), encoding="utf-8")


def test_one_field_is_known_to_config_schema_constructor_header_reader_and_playback(tmp_path):
    for package in ("agents", "compiling", "envs", "experiments"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / package, tmp_path / package, ignore=ignored)
    (tmp_path / "configs").mkdir()
    for game, place in PLACES.items():
        add_field(tmp_path / "envs" / game / "settings.py", place)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path)], cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
