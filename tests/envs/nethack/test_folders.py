"""NetHack's folders of levels are gone soon after the process that played, however it ended."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from envs.nethack import folders
from envs.nethack.env import NetHack

pytestmark = pytest.mark.nethack

PLAYING = """
import os, sys, time
from envs.nethack.env import NetHack
game = NetHack()
game.reset(seed=1)
print(game._nethack._vardir, flush=True)
sys.stdin.read() if sys.argv[1] == "closed" else time.sleep(60)
"""


def play(place, how="sleep"):
    environment = os.environ | {"TMPDIR": str(place)}
    process = subprocess.Popen(
        [sys.executable, "-c", PLAYING, how], env=environment, cwd=Path(__file__).parents[3],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    return process, Path(process.stdout.readline().strip())


def gone(place, seconds=10):
    until = time.monotonic() + seconds
    while list(place.iterdir()) and time.monotonic() < until:
        time.sleep(0.02)
    return not list(place.iterdir())


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGKILL", "SIGABRT"])
def test_nothing_is_left_by_a_process_that_is_killed(tmp_path, name):
    process, folder = play(tmp_path)
    assert folder.is_relative_to(tmp_path) and (folder / "nhdat").exists()
    process.send_signal(getattr(signal, name))
    process.wait()
    assert gone(tmp_path)


def test_nothing_is_left_at_once_by_a_process_that_ends(tmp_path):
    process, _ = play(tmp_path, "closed")
    process.communicate("")
    assert process.returncode == 0
    assert not list(tmp_path.iterdir())


def test_what_a_killed_guard_left_goes_when_the_next_game_begins(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    left, foreign = tmp_path / f"{folders.PREFIX}left", tmp_path / "yendor-other"
    (left / "nle123").mkdir(parents=True)
    foreign.mkdir()
    process, folder = play(tmp_path, "closed")
    assert not left.exists() and foreign.exists() and folder.exists()
    folders._sweep()
    assert folder.exists()  # it is in use
    process.communicate("")


@pytest.mark.parametrize("moment", [(tempfile, "mkdtemp"), (os, "open")])
def test_who_begins_while_others_do_takes_another_folder_if_they_sweep_it(
    tmp_path, monkeypatch, moment
):
    """Between its making, its opening and the lock nothing tells that a folder is in use."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(folders, "_home", None)
    do, swept = getattr(*moment), []

    def and_be_swept(*arguments, **options):
        done = do(*arguments, **options)
        if not swept:
            swept.extend(tmp_path.iterdir())
            for folder in swept:
                shutil.rmtree(folder)
        return done

    monkeypatch.setattr(*moment, and_be_swept)
    claimed = folders.home()
    assert len(swept) == 1 and claimed not in swept and claimed.parent == tmp_path
    assert list(tmp_path.iterdir()) == [claimed]


def test_a_game_goes_on_after_someone_has_tidied_up(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(folders, "_home", tmp_path / "removed")
    game = NetHack()
    game.reset(seed=0)
    assert Path(game._nethack._vardir).parent.parent == tmp_path
    game.close()
