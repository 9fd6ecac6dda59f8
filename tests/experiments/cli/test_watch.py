"""Watching games of the stub dungeon, as a user does."""

import shutil
import subprocess
import sys
from xml.etree import ElementTree

import pytest

from experiments.commands import watch
from experiments.playback.run_source import RunSource


def played_out(folder, number=0):
    playback = RunSource(folder).open(number)
    playback.play_out()
    return playback


def test_a_pipe_gets_plain_frames(yendor, finished_run):
    result = yendor("watch", finished_run)
    assert result.exit_code == 0
    assert "\x1b" not in result.output and "\r" not in result.output
    game = played_out(finished_run)
    for decision in game.decisions:
        assert f"{decision.number}. {decision.macro} " in result.output
    assert "@" in result.output and "█" in result.output
    assert f"{len(game.decisions)} decisions" in result.output
    assert f"{game.outcome().points:,} points" in result.output


def test_a_closed_pipe_is_no_error(finished_run):
    arguments = [sys.executable, "-m", "experiments.cli", "watch", str(finished_run)]
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    process.wait(timeout=60)


def test_ctrl_c_says_how_far_the_game_got(yendor, finished_run, monkeypatch):
    def interrupted(playback, console):
        raise KeyboardInterrupt

    monkeypatch.setattr(watch, "show_plain", interrupted)
    result = yendor("watch", finished_run)
    assert result.exit_code == 130
    assert result.stderr == "Stopped: 0 points, depth 1 (deepest 1), 1 turns, still alive\n"


def test_a_picture_of_a_decision(yendor, finished_run, tmp_path):
    path = tmp_path / "game.svg"
    result = yendor("watch", finished_run, "--svg", path, "--decisions", 2)
    assert result.exit_code == 0, result.output
    assert str(path) in result.output
    text = "".join(ElementTree.parse(path).getroot().itertext()).replace("\xa0", " ")
    assert f"2. {list_decisions(finished_run)[1].macro}" in text
    assert "@" in text and "threat:" in text


def test_the_picture_is_of_the_middle_of_the_game(yendor, finished_run, tmp_path):
    assert yendor("watch", finished_run, "--svg", tmp_path / "a.svg").exit_code == 0
    middle = len(list_decisions(finished_run)) // 2 + 1
    yendor("watch", finished_run, "--svg", tmp_path / "b.svg", "--decisions", middle)
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()


def list_decisions(folder):
    return played_out(folder).decisions


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--decisions", 2), "--decisions is for --gif, --mp4, --cast and --svg"),
        (("--svg", "{tmp}/a.svg", "--decisions", "7-3"), "--decisions 7-3: write the first and"),
        (("--gif", "{tmp}/a", "--mp4", "{tmp}/a"), "two recordings can't be the same file"),
        (("--gif", "{tmp}/a.gif", "--speed", 0), "--speed 0: a recording needs a speed"),
        (("--html", "{tmp}/a.html", "--speed", "inf"), "--speed inf: a recording needs a speed"),
        (("--html", "{tmp}/a.html", "--decisions", 2), "--decisions is for --gif"),
        (("--svg", "{tmp}/a.svg", "--plain"), "--plain shows a game"),
        (("--gif", "{tmp}/a.gif", "--speed", 5000), "a recording can't show 5000"),
        (("--play",), "--play needs a terminal of its own"),
        (("--svg", "missing/game.svg"), "--svg missing/game.svg: must be a file in a folder"),
        (("--cast", "/proc/game.cast"), "/proc/game.cast: can't be written"),
        (("--svg", "/proc/game.svg"), "/proc/game.svg: can't be written"),
        (("--svg", "{tmp}/a.svg", "--ttyrec", "{tmp}/a.ttyrec"), "name it a.ttyrec3.bz2"),
        (("--svg", "{tmp}/game.svg", "--decisions", 100_000), "--decisions 100000: this game has"),
        (("--game", -1), "'--game'"),
    ],
)
def test_wrong_arguments_are_told(yendor, finished_run, tmp_path, arguments, message):
    arguments = [str(argument).format(tmp=tmp_path) for argument in arguments]
    result = yendor("watch", finished_run, *arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert not list(tmp_path.iterdir())


def test_a_missing_run_is_told(yendor, tmp_path):
    result = yendor("watch", tmp_path / "nothing")
    assert result.exit_code == 2
    assert "there is no such run" in result.stderr


def test_a_run_without_checkpoint_is_told(yendor, run_folder):
    shutil.rmtree(run_folder / "checkpoint")
    result = yendor("watch", run_folder)
    assert result.exit_code == 2
    assert "checkpoint is missing" in result.stderr
