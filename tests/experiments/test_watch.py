"""Watching games of the stub dungeon, as a user does."""

import io
import shutil
import subprocess
import sys
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from rich.console import Console

from experiments.parallel import play_games
from experiments.runs import open_run
from experiments.watch import command, terminal
from experiments.watch.moments import Decision


def game_of(folder, number=0, training=False):
    game, _ = command.open_game(folder, number, training)
    return game


@pytest.mark.parametrize(("training", "seed"), [(False, 1_000_002), (True, 2)])
def test_the_game_is_the_one_that_evaluation_plays(finished_run, training, seed):
    run = open_run(finished_run)
    agent, _ = run.checkpoint()
    (episode,) = play_games(run.config, agent, [seed], False, 1)
    game = game_of(finished_run, 2, training)
    for _ in game.moments():
        pass
    played = game.outcome()
    for key in ("points", "depth", "turns", "cause", "keystrokes"):
        assert played[key] == episode.row[key]
    assert len(game.decisions) == episode.row["decisions"]
    assert game.reward == pytest.approx(episode.row["reward"])


def test_every_keystroke_is_a_moment(finished_run):
    game = game_of(finished_run)
    moments = list(game.moments())
    keystrokes = game.outcome()["keystrokes"]
    assert len(moments) == keystrokes + 2 * len(game.decisions)
    assert sum(len(decision.keys) for decision in game.decisions) == keystrokes
    assert [m.decision for m in moments if m.decision.ended] == game.decisions
    assert moments[-1].reward == pytest.approx(sum(d.reward for d in game.decisions))


def test_a_moment_stays_as_it_was(finished_run):
    moments = game_of(finished_run).moments()
    first = next(moments)
    chars = first.chars.copy()
    for _ in moments:
        pass
    assert (first.chars == chars).all()


def test_a_pipe_gets_plain_frames(yendor, finished_run):
    result = yendor("watch", finished_run)
    assert result.exit_code == 0
    assert "\x1b" not in result.output and "\r" not in result.output
    game = game_of(finished_run)
    for _ in game.moments():
        pass
    for decision in game.decisions:
        assert f"{decision.number}. {decision.macro} " in result.output
    assert "@" in result.output and "━" in result.output
    assert f"{len(game.decisions)} decisions" in result.output
    assert f"{game.outcome()['points']:,} points" in result.output


def test_a_terminal_is_left_as_it_was_found(finished_run):
    console = Console(file=io.StringIO(), force_terminal=True, width=130, height=40)
    terminal.show_live(game_of(finished_run), console, 0, "title")
    written = console.file.getvalue()
    assert written.count("\x1b[?1049h") == written.count("\x1b[?1049l") == 1  # second screen
    assert written.count("\x1b[?25l") == written.count("\x1b[?25h")  # cursor
    assert "chosen" in written[written.index("\x1b[?1049l") :]


@pytest.mark.parametrize(
    ("keys", "ended", "speed", "seconds"),
    [
        ((106,), "", 12, 1 / 12),
        ((), "", 12, 4 / 12),
        ((), "", 1, 0.5),
        ((106,), "done", 12, 0),
        ((106,), "", 0, 0),
    ],
)
def test_the_pace(finished_run, keys, ended, speed, seconds):
    moment = next(game_of(finished_run).moments())
    moment = replace(moment, decision=Decision(1, "rest", keys, ended))
    assert terminal.pause(moment, speed) == pytest.approx(seconds)


def test_a_closed_pipe_is_no_error(finished_run):
    arguments = [sys.executable, "-m", "experiments.cli", "watch", str(finished_run)]
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    process.wait(timeout=60)


def test_ctrl_c_says_how_far_the_game_got(yendor, finished_run, monkeypatch):
    def interrupted(game, console, title):
        next(game.moments())
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "show_plain", interrupted)
    result = yendor("watch", finished_run)
    assert result.exit_code == 130
    assert result.stderr == "Stopped: 0 points, depth 1 (deepest 1), 1 turns, still alive\n"


def test_a_picture_of_a_decision(yendor, finished_run, tmp_path):
    path = tmp_path / "game.svg"
    result = yendor("watch", finished_run, "--svg", path, "--decision", 2)
    assert result.exit_code == 0, result.output
    assert str(path) in result.output
    text = "".join(ElementTree.parse(path).getroot().itertext()).replace("\xa0", " ")
    assert f"2. {list_decisions(finished_run)[1].macro}" in text
    assert "@" in text and "threat:" in text


def test_the_picture_is_of_the_middle_of_the_game(yendor, finished_run, tmp_path):
    assert yendor("watch", finished_run, "--svg", tmp_path / "a.svg").exit_code == 0
    middle = len(list_decisions(finished_run)) // 2 + 1
    yendor("watch", finished_run, "--svg", tmp_path / "b.svg", "--decision", middle)
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()


def list_decisions(folder):
    game = game_of(folder)
    for _ in game.moments():
        pass
    return game.decisions


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--decision", 2), "--decision is for a picture; add --svg FILE"),
        (("--svg", "missing/game.svg"), "--svg missing/game.svg: must be a file in a folder"),
        (("--svg", "{tmp}/game.svg", "--decision", 100_000), "--decision 100000: this game has"),
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
