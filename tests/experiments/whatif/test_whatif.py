"""`yendor whatif`: futures of a decision, on the stub; its replays; bad input."""

import gzip
import json
import re
import zlib

import pytest

from experiments.errors import UserError
from experiments.playback.replayed import ReplayPlayback
from experiments.replays.decisions import Dice
from experiments.replays.format import SUFFIX, ReplayError
from experiments.replays.reader import read_replay
from experiments.runs.run import open_run
from experiments.whatif import command
from experiments.whatif.decision import Terms, arrive, look
from experiments.whatif.game import open_game

GAME, AT = 10, 4  # eight decisions, so that something comes before and after
ASK = ("--game", GAME, "--at", AT, "--turns", 20)


@pytest.fixture
def game(evaluated):
    return open_game(open_run(evaluated), GAME, training=False)


@pytest.fixture
def kept(evaluated, yendor, tmp_path):
    """A folder with the replays of futures."""
    result = yendor("whatif", evaluated, *ASK, "--futures", 4, "--out", tmp_path / "futures")
    assert result.exit_code == 0, result.output
    return tmp_path / "futures"


def test_every_legal_macro_action_is_valued_with_intervals(evaluated, yendor, game):
    result = yendor("whatif", evaluated, *ASK, "--futures", 4)
    assert result.exit_code == 0
    legal = arrive(game, AT, Terms()).found
    names = [game.names[futures.action] for futures in legal]
    rows = [line for line in result.output.splitlines() if re.search(r"\d\.\d\d \[", line)]
    assert sorted(row.strip("▸ ").split()[0] for row in rows) == sorted(names)
    assert [row.strip("▸ ").split()[0] for row in rows if "▸" in row] == [game.decision(AT).macro]
    assert f"decision {AT} of {len(game.replay.decisions)}" in result.output
    assert "in one half of the futures" in result.output


def test_the_same_question_has_the_same_answer(evaluated, yendor):
    first, second = (
        yendor("whatif", evaluated, *ASK, "--futures", 2, "--workers", workers).output
        for workers in (1, 2)
    )
    assert first == second


def test_without_an_evaluation_the_game_is_played_now(finished_run, evaluated, yendor):
    assert not open_run(finished_run).replays("learned")
    asked = [
        yendor("whatif", run, *ASK, "--futures", 2).output for run in (finished_run, evaluated)
    ]
    assert asked[0] == asked[1]


def test_a_future_is_a_replay_that_goes_as_the_game_did_until_the_decision(kept, game, evaluated):
    paths = sorted(kept.iterdir())
    assert len(paths) == 4 * len(arrive(game, AT, Terms()).found)
    whole = read_replay(open_run(evaluated).replays("learned")[GAME])
    for path in paths:
        replay = read_replay(path)
        macro, index = path.name.removesuffix(SUFFIX).split("-")
        assert replay.dice.decision == AT and not replay.damage
        playback = ReplayPlayback(replay)
        playback.play_out()
        assert not playback.notice and playback.thrown_at == whole.decisions[AT - 1].start
        assert [d.keys for d in playback.decisions[: AT - 1]] == [
            d.keys for d in whole.decisions[: AT - 1]
        ]
        assert playback.decisions[AT - 1].macro == macro
        played = playback._env.outcome()
        for key in ("points", "depth", "turns", "cause", "keystrokes"):
            assert getattr(played, key) == getattr(playback.outcome(), key)
        assert f"{macro} at decision {AT}, future {index}" == replay.header["label"]


def test_a_future_can_be_watched(kept, yendor):
    path = next(kept.glob(f"*-1{SUFFIX}"))
    result = yendor("watch", path, "--plain")
    assert (
        result.exit_code == 0 and f"what if {path.name.split('-')[0]} at decision" in result.output
    )
    told = " ".join(result.output.split())
    assert "where this future ends" in told or "died" in told


def lines_of(path):
    return gzip.decompress(path.read_bytes()).splitlines()


def forge(path, change):
    contents, crc, lines = [json.loads(line) for line in lines_of(path)], 0, []
    change(contents[0])
    for content in contents:
        if isinstance(content, dict) and "text" in content:
            content["text"] = crc
        lines.append(json.dumps(content).encode() + b"\n")
        crc = zlib.crc32(lines[-1], crc)
    path.write_bytes(gzip.compress(b"".join(lines)))


@pytest.mark.parametrize(
    "dice",
    [
        None, 5, [], [1, 2], [1, 2, 3, 4], [0, 1, 1], [-1, 1, 1], [1, -1, 1], [1, 1, 2**63],
        [1, 1, 1.5], [True, 1, 1], [1, "1", 1], {"decision": 1}, [[1], 1, 1], [10**30, 1, 1],
    ],
)  # fmt: skip
def test_a_strangers_dice_are_checked(kept, dice):
    path = next(kept.iterdir())
    forge(path, lambda head: head.update(dice=dice))
    with pytest.raises(ReplayError, match="first line is damaged: dice"):
        read_replay(path)


def test_dice_belong_to_the_format_of_futures_alone(kept, evaluated, tmp_path):
    path = next(kept.iterdir())
    forge(path, lambda head: head.update(yendor_replay=1))
    with pytest.raises(ReplayError, match="dice"):
        read_replay(path)
    forge(path, lambda head: head.update(yendor_replay=2) or head.pop("dice"))
    with pytest.raises(ReplayError, match="dice"):
        read_replay(path)
    game = read_replay(open_run(evaluated).replays("learned")[GAME])
    assert game.header["yendor_replay"] == 1 and game.dice is None


def test_dice_beyond_the_end_of_a_damaged_replay_do_no_harm(kept):
    replay = read_replay(next(kept.iterdir()))
    replay.header["dice"] = [10_000, 1, 2]
    playback = ReplayPlayback(replay)
    playback.play_out()
    assert playback.over and playback.thrown_at is None


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--at", 0), "game 0 has decisions 1 to"),
        (("--at", 9_999), r"game 0 has decisions 1 to [\d,]+; it is over after decision"),
        (("--at", 1, "--game", 1_000_000), "game 1000000 of block 1: must be from 0 to 999,999"),
        (("--at", 1, "--training", "--game", 99), "has learned from games 0 to"),
        (("--at", 1, "--by", "survivle"), "did you mean 'survival'"),
        (("--at", 1, "--html", "none/page.html"), "must be a file in a folder that exists"),
        (("--out", "futures"), "say which with --at"),
        (("--at", 1, "--futures", 2, "--turns", 5, "--out", "none/futures"), "can't be made"),
    ],
)
def test_mistakes_are_told_without_a_traceback(evaluated, yendor, arguments, said):
    result = yendor("whatif", evaluated, *arguments)
    assert result.exit_code == 2 and re.search(said, result.output)


def test_a_folder_of_something_else_is_left_alone(evaluated, yendor, tmp_path):
    (tmp_path / "thesis.tex").touch()
    result = yendor("whatif", evaluated, *ASK, "--futures", 2, "--out", tmp_path)
    assert result.exit_code == 2 and "holds thesis.tex" in result.output


def test_a_game_that_goes_another_way_than_its_replay_can_not_be_asked(game):
    third = game.replay.decisions[2]
    game.replay.decisions[2] = type(third)(
        third.number, third.macro, third.start, third.choice, third.keys + b"s", "", 0.0
    )
    arrive(game, 3, Terms())
    with pytest.raises(UserError, match="goes another way than its replay at decision 3"):
        arrive(game, 4, Terms())


def test_a_damaged_replay_can_be_asked_as_far_as_it_is_sound(game):
    game.replay.decisions, game.replay.damage = game.replay.decisions[:4], "it is cut short"
    arrive(game, 4, Terms())
    with pytest.raises(UserError, match="decisions 1 to 4; it is cut short"):
        arrive(game, 5, Terms())


def test_ctrl_c_keeps_what_was_found(evaluated, yendor, monkeypatch, tmp_path):
    def interrupted(crossroads, record):
        for number, future in enumerate(look(crossroads, record)):
            yield future
            if number == 5:
                raise KeyboardInterrupt

    monkeypatch.setattr(command, "look", interrupted)
    result = yendor("whatif", evaluated, *ASK, "--futures", 50, "--out", tmp_path / "futures")
    assert result.exit_code == 130
    assert "Stopped" in result.output and "survival" in result.output
    assert len(list((tmp_path / "futures").iterdir())) == 6


def test_a_future_that_is_lost_is_told_of(evaluated, yendor, monkeypatch):
    from experiments.whatif import decision

    def failing(agent):
        def policy(observation, info, rng):
            raise LookupError("no idea")

        return policy

    monkeypatch.setattr(decision, "policy_of", failing)
    result = yendor("whatif", evaluated, *ASK, "--futures", 2)
    assert re.search(r"\d+ futures were lost and are not counted \(\d+ times: LookupError: no idea",
                     result.output)  # fmt: skip


def test_the_page_holds_the_table_and_a_future_of_each_macro_action(evaluated, yendor, tmp_path):
    path = tmp_path / "page.html"
    result = yendor("whatif", evaluated, *ASK, "--futures", 2, "--html", path)
    assert result.exit_code == 0
    page = path.read_text()
    shown = len(re.findall("<iframe", page))
    assert shown == len(re.findall("<circle", page)) == len(re.findall("<details", page)) >= 2
    assert "http" not in re.sub(r"https?://www.w3.org", "", page.split("<iframe")[0])
    assert [file.name for file in tmp_path.iterdir() if ".part" in file.name] == []


def test_a_games_turning_points_are_found_and_judged(evaluated, yendor, tmp_path):
    path = tmp_path / "page.html"
    arguments = ("--game", GAME, "--futures", 4, "--turns", 10, "--html", path)
    result = yendor("whatif", evaluated, *arguments)
    assert result.exit_code == 0, result.output
    assert "sequential halving picked these" in result.output
    assert re.search(r"[+-]\d\.\d\d \[-?\d\.\d\d, -?\d\.\d\d\]", result.output)
    assert "A turning point may have been decision" in path.read_text()


@pytest.mark.nethack
def test_a_future_of_nethack_is_recorded_and_played_back_and_can_be_a_ttyrec(yendor, tmp_path):
    folder = tmp_path / "futures"
    arguments = ("--at", 5, "--futures", 2, "--turns", 40, "--out", folder)
    result = yendor("whatif", "thompson", *arguments)
    assert result.exit_code == 0, result.output
    for path in list(folder.iterdir())[:3]:
        playback = ReplayPlayback(read_replay(path))
        playback.play_out()
        assert not playback.notice and playback.dice.decision == 5
        replay = read_replay(path)
        replay.header["dice"] = list(Dice(5, 1, 2))
        playback = ReplayPlayback(replay)
        playback.play_out()
        assert "not the recorded game" in playback.notice
    ttyrec = tmp_path / "future.ttyrec3.bz2"
    assert yendor("watch", path, "--ttyrec", ttyrec).exit_code == 0 and ttyrec.exists()
