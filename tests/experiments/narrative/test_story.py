"""Stories: every sentence is what the playback shows."""

from dataclasses import replace

import numpy as np
import pytest
from helpers.outcomes import ended

from envs.knowledge.statistics import Statistics
from experiments.narrative.story import story
from experiments.narrative.text import amount, count, hero, listed, times
from experiments.playback.events import arrivals, attacker, near_deaths, new_branches
from experiments.playback.playback import Playback
from experiments.playback.replayed import ReplayPlayback
from experiments.playback.run_source import RunSource
from experiments.replays.decisions import Choice, Decision
from experiments.replays.reader import read_replay

NAMES = ("fight", "pray", "search", "descend")
OUTCOME = ended(
    points=1234, cause="killed by a jackal", depth=2, max_depth=2, turns=10, keystrokes=3
)


class Written(Playback):
    """A playback whose screens a test writes: (message, statistics) each."""

    def __init__(self, screens, macros, outcome=OUTCOME, terminated=True):
        super().__init__("written", NAMES, 0, {})
        for turn, (message, stats) in enumerate(screens, start=1):
            self.screens.append(_observation(message, {"turn": turn} | stats))
        self._outcome, self._terminated, self.over = outcome, terminated, True
        for start, macro in enumerate(macros):
            self.decisions.append(_decision(start, macro))

    def close(self):
        pass

    def advance(self):
        return False

    def outcome(self):
        return self._outcome

    @property
    def terminated(self):
        return self._terminated


def _observation(message, stats):
    chars = np.full((24, 80), ord(" "), np.uint8)
    chars[0, : len(message)] = np.frombuffer(message.encode(), np.uint8)
    usual = {"hit_points": 20, "max_hit_points": 20, "depth": 1, "experience_level": 1}
    blank = dict.fromkeys(Statistics._fields, 0)
    return {
        "tty_chars": chars,
        "tty_colors": np.zeros((24, 80), np.int8),
        "glyphs": np.zeros((21, 79), np.int16),
        "tty_cursor": np.zeros(2, np.uint8),
        "blstats": np.array(list((blank | usual | stats).values())),
    }


def _decision(start, macro, reward=1.0):
    legal = np.array([True, True, True, False])
    chances = np.array([0.5, 0.3, 0.2, 0.0])
    choice = Choice(NAMES, "", legal, chances, None, None, None, NAMES.index(macro))
    return Decision(start + 1, macro, start, choice, b"s", "done", reward)


@pytest.fixture
def live(finished_run):
    return RunSource(finished_run, live=True).open(1)


def test_a_finished_game_is_told_with_the_figures_of_its_outcome(live):
    live.play_out()
    text, outcome = " ".join(story(live)), live.outcome()
    assert "lawful female human valkyrie" in text
    assert f"on depth {outcome.depth} on turn {outcome.turns:,}" in text
    assert count(outcome.points, "point") in text
    assert count(len(live.decisions), "decision") in text
    assert amount(sum(decision.reward for decision in live.decisions)) in text


def test_a_game_that_goes_on_is_told_so_far(live):
    assert story(live)[0].startswith("So far, a lawful female human valkyrie is on depth 1")
    assert "1 decision and 0 keystrokes" in story(live)[0]
    live.play_to(20)
    assert story(live)[0].startswith("So far,")


def test_a_film_with_a_notice_ends_where_its_screens_do(live):
    live.play_out()
    live.notice = "the replay is damaged"
    told = story(live)
    assert f"turn {live.screens.stats(live.length).turn:,} where this recording ends" in told[0]
    assert "the replay is damaged" in told[0] and not any("died" in line for line in told)


def test_a_damaged_replay_is_told_as_far_as_it_goes(replay_file):
    replay_file.write_bytes(replay_file.read_bytes()[:-200])
    playback = ReplayPlayback(read_replay(replay_file))
    assert story(playback)
    playback.play_out()
    assert "the replay is damaged" in story(playback)[0]
    assert count(playback.length, "keystroke") in story(playback)[0]


def test_a_near_death_names_the_attacker_the_answer_and_what_helped():
    hurt = {"hit_points": 2}
    bitten = ("You miss the jackal.  The jackal bites!", hurt)
    playback = Written(
        [("", {}), bitten, ("", hurt), ("", {}), ("", {})],
        ["fight", "search", "pray", "fight"],
    )  # fmt: skip
    (near,) = near_deaths(playback)
    assert (near.start, near.lowest, near.end, near.health) == (1, 1, 3, 0.1)
    assert [decision.macro for decision in near.answer] == ["search", "pray"]
    (told,) = [line for line in story(playback) if "was down to" in line]
    assert "On turn 2, on depth 1, the hero was down to 2 of 20 hit points" in told
    assert "hit last by the jackal, and had 20 again on turn 4" in told
    assert "chosen meanwhile: search and pray; decision 3, pray, brought 18 of them" in told


def test_low_hit_points_without_recovery_are_no_near_death():
    hurt = {"hit_points": 2}
    playback = Written([("", {}), ("The jackal bites!", hurt), ("", hurt)], ["fight", "fight"])
    assert not near_deaths(playback)
    assert "fight at 20 of 20 and fight at 2 of 20" in story(playback)[-1]
    assert "fight 50 %, pray 30 % and search 20 %" in story(playback)[-1]


def test_hunger_at_the_end_is_told():
    playback = Written([("", {}), ("", {"hunger": 3})], ["fight"])
    assert story(playback)[-1].endswith("search 20 %. The hero was weak with hunger.")


def test_the_hit_points_of_a_monster_that_the_hero_became_do_not_count():
    other = {"hit_points": 1, "monster_level": 3}
    assert not near_deaths(Written([("", {}), ("", other), ("", {})], ["fight", "fight"]))


@pytest.mark.parametrize(
    ("message", "name"),
    [
        ("The dwarf lord swings his broad pick.  The dwarf lord hits!--More--", "the dwarf lord"),
        ("Aigoragor of Azu hits!", "Aigoragor of Azu"),
        ("You are hit by a dart.  You stop searching.", "a dart"),
        ("It bites!", "something unseen"),
        ("The kitten bites the newt.", ""),
    ],
)
def test_the_attacker_is_who_the_message_says(message, name):
    playback = Written([("", {}), (message, {"hit_points": 9})], ["search"])
    assert attacker(playback, 1) == name


def test_levels_are_told_with_falls_and_branches():
    screens = [("", {}), ("A trap door opens up under you!", {}), ("", {"depth": 4}),
               ("", {"depth": 5, "dungeon": 2})]  # fmt: skip
    playback = Written(screens, ["search", "fight", "descend"])
    assert [arrival.depth for arrival in arrivals(playback)] == [4, 5]
    assert [arrival.branch for arrival in new_branches(playback)] == ["the Gnomish Mines"]
    text = " ".join(story(playback))
    assert "depth 4 on turn 3 (3 levels at once, through a trap door)" in text
    assert "fight once and descend once" in text
    assert "entered the Gnomish Mines on turn 4 (depth 5)" in text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "died on depth 2 on turn 10: killed by a jackal."),
        ({"cause": "died of starvation"}, "died on depth 2 on turn 10: starvation."),
        ({"cause": "escaped"}, "left the game on depth 2 on turn 10: escaped."),
        ({"cause": None, "success": True}, "did the task on depth 2 on turn 10"),
        ({"cause": None, "terminated": False}, "was still alive on depth 2 on turn 10"),
        ({"character": None}, "The hero died"),
    ],
)
def test_how_the_game_ended(changes, said):
    terminated = changes.get("terminated", True)
    outcome = replace(OUTCOME, **{k: v for k, v in changes.items() if k != "terminated"})
    playback = Written([("", {}), ("", {})], ["fight"], outcome, terminated)
    assert said in story(playback)[0]
    assert "1 decision and 1 keystroke." in story(playback)[0]


def test_what_was_never_chosen_though_legal_is_told_of_long_games():
    long = Written([("", {})] * 13, ["fight"] * 12)
    assert "Never chosen, though legal at many decisions: search (100 %) and pray (100 %)." in (
        " ".join(story(long))
    )
    assert "Never" not in " ".join(story(Written([("", {})] * 4, ["fight"] * 3)))


@pytest.mark.parametrize(
    ("character", "words"),
    [
        ("mon-hum-neu-mal", "a neutral male human monk"),
        ("pri-elf-cha-fem", "a chaotic female elven priestess"),
        ("arc-?-neu-?", "a neutral archeologist"),
        ("arc-?-?-?", "an archeologist"),
        ("?-?-?-?", "the hero"),
        (None, "the hero"),
    ],
)
def test_heroes_in_words(character, words):
    assert hero(character) == words


def test_numbers_and_lists_in_words():
    assert (count(1, "turn"), count(1234, "turn")) == ("1 turn", "1,234 turns")
    assert [times(n) for n in (1, 2, 3)] == ["once", "twice", "3 times"]
    assert (listed([]), listed("a"), listed("abc")) == ("", "a", "a, b and c")
    assert [amount(n) for n in (1234.5, 23.44, -1.25, 0.03124, 0.01, 0)] == (
        ["1,234", "23.4", "-1.25", "0.0312", "0.01", "0"]
    )
